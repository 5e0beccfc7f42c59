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
