//! What a proof covers, in words.

use crate::exact::domain::Domain;
use crate::exact::{Proposition, Statement};

/// The scope of a proof of a statement: `2S` instead of `m_max` for spins; `up_to` when not all sizes are covered.
///
/// ```
/// use twomode::audit::scope::describe;
/// use twomode::exact::{Statement, domain::Domain, expression::symbol};
/// let statement = Statement::equation(Domain::sizes("M", 1).with_unit("t"), symbol("t"), symbol("t"));
/// assert_eq!(describe(&statement, None, true), "all 2S >= 1, all finite r");
/// assert_eq!(describe(&statement, Some(60), false), "1 <= m_max <= 60, all finite r");
/// let positive = Statement::equation(Domain::default().with_fraction("t"), symbol("t"), symbol("t"));
/// assert_eq!(describe(&positive, None, false), "all finite r > 0");
/// ```
pub fn describe(statement: &Statement, up_to: Option<i64>, spins: bool) -> String {
    let domain = &statement.domain;
    let mut parts = Vec::new();
    if let Some(size) = &domain.size {
        let name = match size.symbol.name() {
            "n" => "2S",
            "M" if spins => "2S",
            "M" => "m_max",
            other => other,
        };
        parts.push(match up_to {
            None if matches!(statement.proposition, Proposition::LargeSize { .. }) => format!("{name} -> infinity"),
            Some(bound) if size.least == 0 => format!("{name} <= {bound}"),
            Some(bound) => format!("{} <= {name} <= {bound}", size.least),
            None => format!("all {name} >= {}", size.least),
        });
    }
    parts.extend(indices(domain));
    let squeezing = domain.reals.iter().find(|r| r.symbol.name() == "t");
    match &statement.proposition {
        Proposition::Limit { .. } => parts.push("r -> infinity".to_owned()),
        Proposition::Expansion { symbol, .. } => parts.push(format!("{} -> 0", written(symbol.name()))),
        _ => parts.extend(squeezing.map(|t| {
            let positive = if t.range.is_positive() { " > 0" } else { "" };
            format!("all finite r{positive}")
        })),
    }
    if !domain.ladders.is_empty() {
        parts.push(if domain.nonzero.is_empty() { "any o(m)" } else { "any o(m) without zeros" }.to_owned());
    }
    if !domain.sequences.is_empty() {
        parts.push("any a_m".to_owned());
    }
    if let Proposition::Enclosure { variables, .. } = &statement.proposition {
        parts.extend(variables.iter().map(|(s, a, b)| format!("{a} <= {} <= {b}", written(s.name()))));
    }
    if parts.is_empty() { "all values of the variables".to_owned() } else { parts.join(", ") }
}

/// The letter of the ledger for a quantity, as a reader would write it.
fn written(symbol: &str) -> &str {
    match symbol {
        "y" => "1/S",
        "x" => "e^(-2r)",
        other => other,
    }
}

fn indices(domain: &Domain) -> Vec<String> {
    domain.indices.iter().map(|i| format!("every {}", i.symbol)).collect()
}
