//! The part of a box that shows what the kernel was asked, beside what a reader is shown.

use crate::audit::report::{Checked, ReadingReport};

use super::boxes::typeset;
use super::error::FormulaError;
use super::lines::broken;
use super::math::{escape, prose, render};

/// The longest formula on a page, in characters of LaTeX: the HTML of a formula is some thirty times longer.
pub(super) const LONGEST: usize = 500;

/// A list to unfold with one item for each statement; nothing where every statement is shown as it was checked.
pub(super) fn checked(reading: &ReadingReport, id: &str) -> Result<String, FormulaError> {
    if !reading.checked.iter().flatten().any(|checked| checked.formula.is_some()) {
        return Ok(String::new());
    }
    let mut domain = None;
    let items: Vec<String> =
        reading.checked.iter().map(|c| item(c.as_ref(), &mut domain)).collect::<Result<_, FormulaError>>()?;
    let list = match &items[..] {
        [one] => format!("<div>{one}</div>"),
        _ => format!("<ol>{}</ol>", items.iter().map(|item| format!("<li>{item}</li>")).collect::<String>()),
    };
    let is_long = |c: &Checked| c.formula.as_ref().is_some_and(|formula| formula.chars().count() > LONGEST);
    let pointer = match reading.checked.iter().flatten().any(is_long) {
        true => format!("<p>In full: <code>twomode show {} --json</code></p>", escape(id)),
        false => String::new(),
    };
    Ok(format!("<details class=\"claim-checked\"><summary>What was checked</summary>{list}{pointer}</details>"))
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
        Some(formula) => match formula.chars().count() {
            length if length > LONGEST => format!("a formula of {length} characters, too long for this page"),
            _ => format!("<div class=\"claim-statement\">{}</div>", render(&broken(formula), true)?),
        },
    };
    Ok(domain + &formula)
}
