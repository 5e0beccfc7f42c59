//! The report of an audit: what was found for each claim, in the order of the inventory.
//!
//! These types are the JSON format (`proofs/report.schema.json` describes the same format to other programs).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the report format.
pub const SCHEMA: u32 = 1;

/// The outcome of one audit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Version of this format.
    pub schema: u32,
    /// Version of the program.
    pub version: String,
    /// Exhaustive checks ran for every `2S` up to this bound.
    pub max_2s: u32,
    /// True when the audit was interrupted: claims not reached are missing.
    pub partial: bool,
    /// One entry for each claim, in the order of the inventory.
    pub claims: Vec<ClaimReport>,
    /// How many claims have each finding.
    pub summary: Summary,
}

/// What the audit found about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Finding {
    /// Established as printed.
    Holds,
    /// Refuted as printed; the intended form is evident and established.
    Misprint,
    /// Wrong in substance.
    False,
    /// Rounded, fitted or qualitative: the true value and the range of validity are given.
    Approximate,
    /// A definition: there is nothing to prove.
    Definition,
    /// Not decided; the state says whether it was tried.
    Undecided,
}

impl Finding {
    /// The finding as a word, as in the JSON format.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Holds => "holds",
            Finding::Misprint => "misprint",
            Finding::False => "false",
            Finding::Approximate => "approximate",
            Finding::Definition => "definition",
            Finding::Undecided => "undecided",
        }
    }
}

/// How far the audit of a claim has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The claim has a finding.
    Audited,
    /// It was tried without success; the reason says what was tried.
    Attempted,
    /// Nobody has written its check yet.
    NotAudited,
}

/// The result of checking one reading of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadingResult {
    /// The kernel made a proof.
    Proved,
    /// The kernel evaluated both sides to different values, or excluded the statement.
    Refuted,
    /// Floating-point evidence with an error estimate.
    Supported,
    /// No decision.
    Declined,
}

/// One claim in the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimReport {
    /// The permanent id, as in the inventory.
    pub id: String,
    /// Where in the paper.
    #[serde(rename = "where")]
    pub location: String,
    /// `equation`, `text` or `figure`.
    pub kind: String,
    /// What was found.
    pub finding: Finding,
    /// The finding on record (`proofs/verdicts.json`), if there is one.
    pub recorded: Option<Finding>,
    /// Whether the claim was audited.
    pub state: State,
    /// The claim as it stands in our copy of the paper.
    pub printed: Option<ReadingReport>,
    /// The corrected claim, where the printed one fails.
    pub corrected: Option<ReadingReport>,
    /// What the paper should say, as LaTeX or text.
    pub correction: Option<String>,
    /// Why the finding was classified so, or what was tried.
    pub reason: Option<String>,
    /// The weakest grade among the parts of what was established.
    pub grade: Option<String>,
    /// What it was established for.
    pub scope: Option<String>,
    /// Further evidence for the same reading.
    pub also: Vec<GradedScope>,
    /// Numbers that belong to the claim.
    pub values: BTreeMap<String, Value>,
    /// Claims whose objects this one uses, recorded while checking.
    pub relies_on: Vec<String>,
    /// The variants of the printed form that the same check must refuse.
    pub mutants: MutantReport,
    /// The test that checks the claim.
    pub test: String,
    /// Its place in the book.
    pub chapter: Option<String>,
    /// Time spent.
    pub seconds: f64,
}

/// One reading with its evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadingReport {
    /// The result.
    pub result: ReadingResult,
    /// Grade of the evidence.
    pub grade: Option<String>,
    /// What the evidence covers.
    pub scope: Option<String>,
    /// The instance that refutes the reading, with both values.
    pub witness: Option<String>,
    /// The statements checked, as LaTeX.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
    /// For each of `statements` what the kernel was asked; `None` for a floating-point number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<Option<Checked>>,
}

/// A statement as the kernel has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Its formula as LaTeX, on one line; left out where it is the one in `statements`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Its variables and their ranges, in words.
    pub domain: String,
}

/// A grade with its scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GradedScope {
    /// The grade.
    pub grade: String,
    /// What it covers.
    pub scope: String,
}

/// A number: exact, enclosed, or with an error estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A rational `p/q`, or a closed form.
    Exact {
        /// The exact value as text.
        exact: String,
    },
    /// A rigorous interval.
    Enclosed {
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
    },
    /// A floating-point value.
    Estimated {
        /// The value.
        value: f64,
        /// The estimate of its absolute error.
        error: f64,
    },
}

/// Mutants tried, refuted and surviving.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MutantReport {
    /// How many variants were tried.
    pub tried: usize,
    /// How many the check refused.
    pub refuted: usize,
    /// The others, each with the reason why it is harmless.
    pub survivors: Vec<String>,
}

/// How many claims have each finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Findings `holds`.
    pub holds: usize,
    /// Findings `misprint`.
    pub misprint: usize,
    /// Findings `false`.
    #[serde(rename = "false")]
    pub wrong: usize,
    /// Findings `approximate`.
    pub approximate: usize,
    /// Findings `definition`.
    pub definition: usize,
    /// Findings `undecided`.
    pub undecided: usize,
}

/// Equal neighbours together, with their number: a statement about a matrix or a rotation has several parts.
///
/// ```
/// use twomode::audit::report::runs;
/// let statements = ["a", "a", "b"].map(str::to_owned);
/// assert_eq!(runs(&statements).collect::<Vec<_>>(), [("a", 2), ("b", 1)]);
/// ```
pub fn runs(statements: &[String]) -> impl Iterator<Item = (&str, usize)> {
    statements.chunk_by(|a, b| a == b).map(|run| (run[0].as_str(), run.len()))
}
