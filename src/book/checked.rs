//! The part of a box that shows what the kernel was asked, beside what a reader is shown.

use crate::audit::report::{Checked, ReadingReport};

use super::boxes::typeset;
use super::error::FormulaError;
use super::lines::broken;
use super::math::{escape, prose, render};

/// The longest formula on a page, in characters of LaTeX: the HTML of a formula is some thirty times longer.
pub(super) const LONGEST: usize = 500;

/// A list to unfold with one item for each statement; nothing where every statement is shown as it was checked, and only
/// a pointer where all formulas are too long.
pub(super) fn checked(reading: &ReadingReport, id: &str) -> Result<String, FormulaError> {
    let formulas = || reading.checked.iter().flatten().filter_map(|checked| checked.formula.as_deref());
    if formulas().next().is_none() {
        return Ok(String::new());
    }
    let pointer = format!("<code>twomode show {} --json</code>", escape(id));
    if formulas().all(is_long) {
        return Ok(format!("<div class=\"claim-checked\">What was checked is too long for this page: {pointer}</div>"));
    }
    let mut domain = None;
    let items: Vec<String> =
        reading.checked.iter().map(|c| item(c.as_ref(), &mut domain)).collect::<Result<_, FormulaError>>()?;
    let list = match &items[..] {
        [one] => format!("<div>{one}</div>"),
        _ => format!("<ol>{}</ol>", items.iter().map(|item| format!("<li>{item}</li>")).collect::<String>()),
    };
    let rest = if formulas().any(is_long) { format!("<p>In full: {pointer}</p>") } else { String::new() };
    Ok(format!("<details class=\"claim-checked\"><summary>What was checked</summary>{list}{rest}</details>"))
}

fn is_long(formula: &str) -> bool {
    formula.chars().count() > LONGEST
}

/// One statement: its domain, unless it is the one before, and its formula.
fn item<'a>(checked: Option<&'a Checked>, last: &mut Option<&'a str>) -> Result<String, FormulaError> {
    let Some(checked) = checked else { return Ok("A floating-point number.".to_owned()) };
    let domain = match last.replace(&checked.domain) {
        Some(known) if known == checked.domain => String::new(),
        _ => format!("<span class=\"claim-domain\">for {}:</span> ", prose(&typeset(&checked.domain))?),
    };
    let formula = match &checked.formula {
        None => "as written above".to_owned(),
        Some(formula) if is_long(formula) => "too long for this page".to_owned(),
        Some(formula) => format!("<div class=\"claim-statement\">{}</div>", render(&broken(formula), true)?),
    };
    Ok(domain + &formula)
}
