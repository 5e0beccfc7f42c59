//! `twomode claims` and `twomode show`.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use serde::Serialize;
use twomode::audit::Selection;
use twomode::audit::inventory::inventory;
use twomode::audit::report::{ClaimReport, ReadingReport, Value};
use twomode::claims::{Limits, ledger};

use super::audit::{known, with_progress};
use super::error::CliError;
use super::output::print;
use super::render::{finding, json, plain_table};

#[derive(Serialize)]
struct Listed {
    id: String,
    r#where: String,
    kind: String,
    says: String,
    has_check: bool,
    chapter: Option<String>,
}

/// Lists the inventory, and which claims have a check.
pub fn claims(as_json: bool) -> Result<u8, CliError> {
    let entries = ledger();
    let listed: Vec<Listed> = inventory()
        .into_iter()
        .map(|c| {
            let entry = entries.iter().find(|e| e.id == c.id);
            let chapter = entry.map(|e| format!("{}.html#{}", e.chapter, e.id));
            Listed { has_check: entry.is_some(), chapter, id: c.id, r#where: c.location, kind: c.kind, says: c.says }
        })
        .collect();
    if as_json {
        print(&json(&listed)?)?;
        return Ok(0);
    }
    let mut table = plain_table(["claim", "where", "says", "check"]);
    for c in &listed {
        table.add_row([c.id.as_str(), &c.r#where, &c.says, if c.has_check { "yes" } else { "not yet" }]);
    }
    print(&format!("{table}\n"))?;
    Ok(0)
}

/// Audits one claim and shows everything about it.
pub fn show(id: &str, as_json: bool) -> Result<u8, CliError> {
    let id = known(id)?;
    let says = inventory().into_iter().find(|c| c.id == id).map(|c| c.says).unwrap_or_default();
    let selection = Selection { ids: BTreeSet::from([id]) };
    let report = with_progress(&selection, Limits { max_2s: 100 }, &AtomicBool::new(false));
    let Some(claim) = report.claims.first() else {
        return Err(CliError::System("the audit returned nothing".to_owned()));
    };
    print(&if as_json { json(claim)? } else { sheet(claim, &says) })?;
    Ok(0)
}

fn sheet(c: &ClaimReport, says: &str) -> String {
    let mut lines = vec![format!("{} ({}, {})", c.id, c.location, c.kind), format!("  says: {says}")];
    let mut line = |name: &str, value: Option<String>| lines.extend(value.map(|v| format!("  {name}: {v}")));
    let graded = c.grade.as_ref().zip(c.scope.as_ref()).map(|(g, s)| format!("{g}, {s}"));
    line("finding", Some(finding(c)));
    line("established", graded);
    for g in &c.also {
        line("also", Some(format!("{}, {}", g.grade, g.scope)));
    }
    line("printed", c.printed.as_ref().map(reading));
    line("counterexample", c.printed.as_ref().and_then(|p| p.witness.clone()));
    line("correction", c.correction.clone());
    line("corrected", c.corrected.as_ref().map(reading));
    line("reason", c.reason.clone());
    for (name, value) in &c.values {
        line(name, Some(value_text(value)));
    }
    line("relies on", (!c.relies_on.is_empty()).then(|| c.relies_on.join(", ")));
    let m = &c.mutants;
    line("mutants", (m.tried > 0).then(|| format!("{} of {} refuted", m.refuted, m.tried)));
    for survivor in &m.survivors {
        line("survivor", Some(survivor.clone()));
    }
    line("test", Some(format!("cargo test --test audit -- '{}'", c.test)));
    line("chapter", c.chapter.clone());
    lines.join("\n") + "\n"
}

fn reading(r: &ReadingReport) -> String {
    let result = match r.result {
        twomode::audit::report::ReadingResult::Proved => "proved",
        twomode::audit::report::ReadingResult::Refuted => "refuted",
        twomode::audit::report::ReadingResult::Supported => "supported by floating point",
        twomode::audit::report::ReadingResult::Declined => "not decided",
    };
    let mut text = result.to_owned();
    let mut domain = None;
    for (k, statement) in r.statements.iter().enumerate() {
        if k == 0 || *statement != r.statements[k - 1] {
            text += &format!("\n    {}", shortened(statement));
        }
        let Some(Some(checked)) = r.checked.get(k) else { continue };
        if let Some(formula) = &checked.formula {
            text += &format!("\n      checked: {}", shortened(formula));
        }
        // A domain holds until another one is named.
        if domain.replace(&checked.domain) != Some(&checked.domain) {
            text += &format!("\n      for {}", checked.domain);
        }
    }
    text
}

/// The longest side of a statement that is shown in full.
const LONGEST_SIDE: usize = 160;

/// Each side of a statement, cut where it is long; `--json` has all of it.
///
/// Both sides are kept apart so that the cut never takes a whole side away.
fn shortened(latex: &str) -> String {
    let relation =
        [" = ", " > ", r" \le ", r" \ge ", r" \in "].into_iter().filter_map(|r| Some((latex.find(r)?, r))).min();
    match relation {
        Some((at, relation)) => {
            let (left, right) = (&latex[..at], &latex[at + relation.len()..]);
            format!("{}{relation}{}", cut(left), shortened(right))
        }
        None => cut(latex),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SIDE) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Exact { exact } => exact.clone(),
        Value::Enclosed { lo, hi } => format!("in [{lo}, {hi}]"),
        Value::Estimated { value, error } => format!("{value} ± {error:.1e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_leaves_something_of_every_side() {
        let long = "x+".repeat(200);
        let shown = shortened(&format!(r"{long} \le y = {long}z"));
        assert!(shown.starts_with("x+x+") && shown.contains(r"… \le y = x+") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() < 2 * LONGEST_SIDE + 20);
        assert_eq!(shortened(r"\sum_{m=1}^{3} m = 6"), r"\sum_{m=1}^{3} m = 6");
        assert_eq!(cut(&"é".repeat(LONGEST_SIDE)), "é".repeat(LONGEST_SIDE));
    }
}
