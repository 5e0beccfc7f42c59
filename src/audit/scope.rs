//! What a statement is about and what a proof of it covers, in words.

use crate::exact::domain::{Domain, Range, Real};
use crate::exact::expression::Linear;
use crate::exact::rank::SparseMatrix;
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
/// // The domain of t leaves out t = 0; an equation extends to it by continuity, an inequality does not.
/// # use twomode::exact::{Proposition, expression::Expression};
/// let proposition = Proposition::AtLeast { lhs: symbol("t").pow(2), rhs: Expression::from(0), strict: true };
/// let strict = Statement { domain: Domain::sizes("S", 1).with_unit("t"), proposition };
/// assert_eq!(describe(&strict, None, true), "all integer S >= 1, all finite r != 0");
/// ```
pub fn describe(statement: &Statement, up_to: Option<i64>, spins: bool) -> String {
    let domain = &statement.domain;
    let mut parts = Vec::new();
    if let Some(size) = &domain.size {
        let name = match size.symbol.name() {
            "n" => "2S",
            "M" if spins => "2S",
            "M" => "m_max",
            // The letter for spins that are integer, with 2S = 2, 4, 6, ...
            "S" => "integer S",
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
        proposition => parts.extend(squeezing.map(|t| {
            let part = match t.range {
                Range::Fraction | Range::Positive => " > 0",
                Range::Unit if !continues(proposition) => " != 0",
                Range::Unit | Range::Any => "",
            };
            format!("all finite r{part}")
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
    if let Proposition::NullSpaces { matrices, .. } = &statement.proposition {
        parts.push(matrix_names(matrices));
    }
    if parts.is_empty() { "all values of the variables".to_owned() } else { parts.join(", ") }
}

/// How many matrices, with the names of the first and the last.
fn matrix_names(matrices: &[SparseMatrix]) -> String {
    match matrices {
        [] => "no matrix".to_owned(),
        [only] => only.name.clone(),
        [first, .., last] => format!("{} matrices, from {} to {}", matrices.len(), first.name, last.name),
    }
}

/// Whether a statement for all `t != 0` is one for `t = 0` too: its sides are continuous there, but inequalities and ranks
/// may change.
fn continues(proposition: &Proposition) -> bool {
    !matches!(
        proposition,
        Proposition::AtLeast { .. } | Proposition::NonNegative { .. } | Proposition::UniqueNullVector { .. }
    )
}

/// The variables of a statement with their ranges, by the names that its formula shows.
///
/// ```
/// use twomode::audit::scope::domain;
/// use twomode::exact::{Statement, domain::Domain, expression::{Linear, symbol}};
/// let words = |d: Domain, spins| domain(&Statement::equation(d, symbol("t"), symbol("t")), spins);
/// let top = Linear::symbol("M");
/// let squeezed = Domain::sizes("M", 1).with_index("m", 0, Some(top - 1)).with_unit("t").with_ladder("o2");
/// assert_eq!(words(squeezed, false), "m_max >= 1, 0 <= m <= m_max-1, finite r != 0, any o(m)");
/// let spins = Domain::sizes("M", 0).with_real("c").with_sequence("x");
/// assert_eq!(words(spins, true), "m_max = 2S >= 0, any number for cosh(r), any real x_m");
/// assert_eq!(words(Domain::sizes("n", 1).with_real("y").with_positive("x"), true), "2S >= 1, any real y, x > 0");
/// assert_eq!(words(Domain::default(), false), "no variables");
/// ```
pub fn domain(statement: &Statement, spins: bool) -> String {
    let Statement { domain, proposition } = statement;
    let mut parts = Vec::new();
    if let Some(size) = &domain.size {
        let name = if spins && size.symbol.name() == "M" { "m_max = 2S" } else { integer(size.symbol.name()) };
        match proposition {
            Proposition::LargeSize { .. } => parts.push(format!("{name} -> infinity")),
            _ => parts.push(format!("{name} >= {}", size.least)),
        }
    }
    for i in &domain.indices {
        let m = integer(i.symbol.name());
        parts.push(match &i.to {
            Some(to) => format!("{} <= {m} <= {}", integers(&i.from), integers(to)),
            None => format!("{m} >= {}", integers(&i.from)),
        });
    }
    // A variable of the proposition itself has no other range.
    match proposition {
        Proposition::Limit { symbol, .. } | Proposition::Expansion { symbol, .. } => {
            parts.extend(domain.without_real(symbol).reals.iter().map(real));
        }
        Proposition::Enclosure { variables, .. } => parts.extend(variables.iter().map(|(x, low, high)| {
            if low == high { format!("{x} = {low}") } else { format!("{low} <= {x} <= {high}") }
        })),
        _ => parts.extend(domain.reals.iter().map(real)),
    }
    parts.extend(domain.ladders.iter().map(|s| {
        let zeros = if domain.nonzero.contains(s) { " without zeros" } else { "" };
        format!("any {}(m){zeros}", s.name().trim_end_matches('2'))
    }));
    parts.extend(domain.sequences.iter().map(|s| format!("any real {s}_m")));
    if let Proposition::NullSpaces { matrices, .. } = proposition {
        parts.push(matrix_names(matrices));
    }
    if parts.is_empty() { "no variables".to_owned() } else { parts.join(", ") }
}

fn real(real: &Real) -> String {
    match (real.symbol.name(), real.range) {
        ("t", Range::Unit) => "finite r != 0".to_owned(),
        ("t", Range::Fraction) => "finite r > 0".to_owned(),
        ("c", Range::Any) => "any number for cosh(r)".to_owned(),
        ("c", Range::Positive) => "any positive number for cosh(r)".to_owned(),
        (x, Range::Any) => format!("any real {x}"),
        (x, Range::Unit) => format!("0 < |{x}| < 1"),
        (x, Range::Fraction) => format!("0 < {x} < 1"),
        (x, Range::Positive) => format!("{x} > 0"),
    }
}

/// A linear form in the names of the paper.
fn integers(l: &Linear) -> String {
    l.terms.keys().fold(l.clone(), |l, s| l.substitute(s, &Linear::symbol(integer(s.name())))).to_string()
}

/// The name of an integer in the paper.
fn integer(symbol: &str) -> &str {
    match symbol {
        "M" => "m_max",
        "n" => "2S",
        other => other,
    }
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
