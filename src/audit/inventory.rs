//! What is committed about the claims: the inventory, the list of definitions, the record of findings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::report::{Finding, Report};

/// One claim of the paper.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InventoryClaim {
    /// The permanent id.
    pub id: String,
    /// Where in the paper.
    #[serde(rename = "where")]
    pub location: String,
    /// `equation`, `text` or `figure`.
    pub kind: String,
    /// What it says, in a few words.
    pub says: String,
}

#[derive(Deserialize)]
struct Inventory {
    claim: Vec<InventoryClaim>,
}

#[derive(Deserialize)]
struct Definitions {
    definition: Vec<Definition>,
}

/// A claim that is allowed to be a definition.
#[derive(Clone, Debug, Deserialize)]
pub struct Definition {
    /// The claim.
    pub id: String,
    /// Why there is nothing to prove.
    pub reason: String,
}

/// The record of findings that later audits are compared with. It is no evidence.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// How many claims may be undecided; may only fall.
    pub undecided_at_most: usize,
    /// The finding for each decided claim.
    pub findings: BTreeMap<String, Finding>,
}

impl Record {
    /// The record that a report would make.
    pub fn of(report: &Report) -> Self {
        let decided = report.claims.iter().filter(|c| c.finding != Finding::Undecided);
        Self {
            undecided_at_most: report.summary.undecided,
            findings: decided.map(|c| (c.id.clone(), c.finding)).collect(),
        }
    }
}

/// All claims of the paper, in order.
///
/// # Panics
/// When the file compiled in is not readable, which a test excludes.
pub fn inventory() -> Vec<InventoryClaim> {
    let text = include_str!("../../proofs/inventory.toml");
    toml::from_str::<Inventory>(text).expect("the committed inventory is valid").claim
}

/// A part of the paper, under a heading of the inventory.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading, as `Supplement V: optimal symmetric state`.
    pub title: String,
    /// The claims under it.
    pub ids: Vec<String>,
}

impl Section {
    /// Whether a reader's name means this section: `main`, or `S5` for a heading that covers supplement section V.
    ///
    /// ```
    /// let sections = twomode::audit::inventory::sections();
    /// assert!(sections.iter().any(|s| s.is_called("S8") && s.title.contains("VII-VIII")));
    /// assert!(!sections.iter().any(|s| s.is_called("S14")));
    /// ```
    pub fn is_called(&self, name: &str) -> bool {
        if name.eq_ignore_ascii_case("main") {
            return self.title.starts_with("Main");
        }
        let number = name.strip_prefix(['S', 's']).and_then(|n| n.parse::<usize>().ok());
        let range = self.title.strip_prefix("Supplement ").and_then(|rest| rest.split(':').next());
        let (Some(number), Some(range)) = (number, range) else { return false };
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let place = |numeral: &str| ROMAN.iter().position(|r| *r == numeral.trim()).map(|p| p + 1);
        place(first).zip(place(last)).is_some_and(|(first, last)| (first..=last).contains(&number))
    }
}

/// The numbers of the supplement's sections.
const ROMAN: [&str; 13] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"];

/// The headings of the inventory (its comment lines `# ---- TITLE ----`) with the claims under them, in order.
pub fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in include_str!("../../proofs/inventory.toml").lines() {
        if let Some(title) = line.strip_prefix("# ---- ") {
            sections.push(Section { title: title.trim_end_matches('-').trim().to_owned(), ids: Vec::new() });
        } else if let (Some(id), Some(section)) = (line.strip_prefix("id = \""), sections.last_mut()) {
            section.ids.push(id.trim_end_matches('"').to_owned());
        }
    }
    sections
}

/// The claims that may be definitions.
///
/// # Panics
/// As [`inventory`].
pub fn definitions() -> Vec<Definition> {
    let text = include_str!("../../proofs/definitions.toml");
    toml::from_str::<Definitions>(text).expect("the committed definitions are valid").definition
}

/// The committed record.
///
/// # Panics
/// As [`inventory`].
pub fn record() -> Record {
    serde_json::from_str(include_str!("../../proofs/verdicts.json")).expect("the committed record is valid")
}
