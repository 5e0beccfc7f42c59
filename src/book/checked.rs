//! The part of a box that shows what the kernel was asked, beside what a reader is shown.
//!
//! The HTML of a formula is some fifty times as long as its LaTeX. So a long formula, a formula that the box has shown
//! already, and what goes beyond the room of a reading are left out; `twomode show` has everything.

use std::collections::BTreeSet;

use crate::audit::report::ReadingReport;

use super::boxes::typeset;
use super::error::FormulaError;
use super::lines::broken;
use super::math::{escape, prose, render};

/// The longest formula on a page, in characters of LaTeX.
pub(super) const LONGEST: usize = 400;

/// The most that one reading may show, in characters of LaTeX.
pub(super) const ROOM: usize = 1000;

/// The checked forms that the readings of one claim show.
#[derive(Default)]
pub(super) struct CheckedForms<'a> {
    shown: BTreeSet<&'a str>,
}

impl<'a> CheckedForms<'a> {
    /// A list to unfold, numbered as the statements of the reading. Nothing where every statement is shown as it was
    /// checked, and only a pointer where every formula is too long.
    pub fn of(&mut self, reading: &'a ReadingReport, id: &str) -> Result<String, FormulaError> {
        let (mut items, mut left_out, mut used) = (Vec::new(), 0, 0);
        let mut domain = None;
        for (k, checked) in reading.checked.iter().enumerate() {
            let Some((checked, formula)) = checked.as_ref().and_then(|c| Some((c, c.formula.as_deref()?))) else {
                continue;
            };
            let length = formula.chars().count();
            let text = if self.shown.contains(formula) {
                "as above".to_owned()
            } else if length > LONGEST || used + length > ROOM {
                left_out += 1;
                continue;
            } else {
                used += length;
                self.shown.insert(formula);
                format!("<div class=\"claim-statement\">{}</div>", render(&broken(formula), true)?)
            };
            // A domain holds until another one is named.
            let is_known = domain.replace(&checked.domain) == Some(&checked.domain);
            let range = if is_known { String::new() } else { range(&checked.domain)? };
            items.push(match reading.checked.len() {
                1 => format!("<div>{range}{text}</div>"),
                _ => format!("<li value=\"{}\">{range}{text}</li>", k + 1),
            });
        }
        let pointer = format!("<code>twomode show {} --json</code>", escape(id));
        Ok(match (items.is_empty(), left_out) {
            (true, 0) => String::new(),
            (true, _) => {
                format!("<div class=\"claim-checked\">What was checked is too long for this page: {pointer}</div>")
            }
            (false, 0) => unfolded(&items.concat(), ""),
            (false, n) => unfolded(&items.concat(), &format!("<p>{n} not shown here; all are in {pointer}</p>")),
        })
    }
}

fn unfolded(items: &str, rest: &str) -> String {
    let list = if items.starts_with("<li") { format!("<ol>{items}</ol>") } else { items.to_owned() };
    format!("<details class=\"claim-checked\"><summary>What was checked</summary>{list}{rest}</details>")
}

fn range(domain: &str) -> Result<String, FormulaError> {
    Ok(format!("<span class=\"claim-domain\">for {}:</span> ", prose(&typeset(domain))?))
}
