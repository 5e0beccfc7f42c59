//! The ledger: what each claim of the paper says, in a form that the kernel can judge.
//!
//! One file or folder per chapter of the book, claims in the order of the paper. A claim is written as two independent sides: what
//! the model gives from the definitions (left) and what the paper prints (right), with the ways in which the kernel is to
//! try to prove their equality. Nothing here says whether a claim holds: [`crate::audit`] finds that out.

use std::collections::BTreeMap;

use crate::audit::report::Value;
use crate::exact::evaluate::{Algebraic, evaluate};
use crate::exact::expression::{Expression, Symbol};
use crate::exact::number::{Rational, rational};
use crate::exact::sample::Sample;
use crate::laws::assertion::{
    Assertion, Plan, Side, enclosed, equal, equal_matrices, equal_vectors, limit, side, tidy,
};
use crate::model::{any_ladder, ladder};
use crate::numeric::Estimate;

mod derivatives;
mod experiment;
mod ghz;
mod meanfield;
mod measurement;
mod optimal;
mod other;
mod protocols;
mod sensitivity;
mod states;
mod steady;

/// How far the exhaustive checks go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Every spin with `2S` up to this.
    pub max_2s: u32,
}

impl Limits {
    /// The bound of checks that cost little for each size: at least 400.
    pub fn cheap(self) -> Plan {
        Plan::Sizes(i64::from(self.max_2s.max(400)))
    }

    /// The bound of checks with every `r` at once.
    pub fn spins(self) -> Plan {
        Plan::Sizes(i64::from(self.max_2s))
    }
}

/// A claim of the inventory with the code that states it.
pub struct Entry {
    /// The permanent id.
    pub id: &'static str,
    /// The chapter of the book (file stem).
    pub chapter: &'static str,
    /// States the claim.
    pub state: fn(Limits) -> Claim,
}

/// All claims for which there is code.
pub fn ledger() -> Vec<Entry> {
    let mut entries = Vec::new();
    for (chapter, claims) in [
        ("states", states::CLAIMS),
        ("sensitivity", sensitivity::CLAIMS),
        ("derivatives", derivatives::CLAIMS),
        ("measurement", measurement::CLAIMS),
        ("protocols", protocols::CLAIMS),
        ("optimal", optimal::CLAIMS),
        ("ghz", ghz::CLAIMS),
        ("steady", steady::CLAIMS),
        ("experiment", experiment::CLAIMS),
        ("meanfield", meanfield::CLAIMS),
        ("other", other::CLAIMS),
    ] {
        entries.extend(claims.iter().map(|&(id, state)| Entry { id, chapter, state }));
    }
    entries
}

/// The claims of one chapter: ids with the functions that state them.
type Chapter = &'static [(&'static str, fn(Limits) -> Claim)];

/// A claim, stated.
pub struct Claim {
    /// The claim as it stands in our copy of the paper.
    pub printed: Reading,
    /// What holds instead, for claims whose printed form fails.
    pub corrected: Option<Reading>,
    /// The corrected form as LaTeX.
    pub correction: Option<String>,
    /// How a failing claim, or a definition, is to be classified, with a one-line reason.
    pub class: Option<(Class, &'static str)>,
    /// A remark for the reader, for claims without classification.
    pub remark: Option<&'static str>,
    /// Numbers that belong to the claim.
    pub values: BTreeMap<String, Value>,
    /// Whether the size of the claim is `2S` rather than `m_max`.
    pub spins: bool,
}

/// The classification of a claim that does not simply hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The intended form is evident.
    Misprint,
    /// Wrong in substance.
    False,
    /// Rounded, fitted or qualitative.
    Approximate,
    /// Nothing to prove.
    Definition,
}

impl Claim {
    /// A claim with these parts.
    pub fn new(parts: Vec<impl Into<Part>>) -> Self {
        Self {
            printed: Reading::new(parts),
            corrected: None,
            correction: None,
            class: None,
            remark: None,
            values: BTreeMap::new(),
            spins: false,
        }
    }

    /// The size of the claim is `2S`.
    pub fn for_spins(mut self) -> Self {
        self.spins = true;
        self
    }

    /// What holds instead, the correction as LaTeX, and how the failure is classified.
    pub fn corrected(
        mut self,
        parts: Vec<impl Into<Part>>,
        correction: &str,
        class: Class,
        reason: &'static str,
    ) -> Self {
        self.corrected = Some(Reading::new(parts));
        self.correction = Some(correction.to_owned());
        self.class = Some((class, reason));
        self
    }

    /// A definition, whose parts are consequences that are checked.
    pub fn definition(mut self, reason: &'static str) -> Self {
        self.class = Some((Class::Definition, reason));
        self
    }

    /// A remark for the reader.
    pub fn remark(mut self, text: &'static str) -> Self {
        self.remark = Some(text);
        self
    }

    /// A number that belongs to the claim.
    pub fn value(mut self, name: &str, value: Value) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }
}

/// One reading of a claim: all of its parts together.
pub struct Reading {
    /// The parts.
    pub parts: Vec<Part>,
}

impl Reading {
    /// A reading with these parts.
    pub fn new(parts: Vec<impl Into<Part>>) -> Self {
        Self { parts: parts.into_iter().map(Into::into).collect() }
    }
}

/// One thing that a reading asserts.
pub enum Part {
    /// A statement for the kernel.
    Exact(Box<Assertion>),
    /// The negation of a statement: it fails for some values of its variables.
    Fails(Box<Assertion>),
    /// A floating-point number that has to lie in a range fixed beforehand.
    Observed(Observation),
}

impl From<Assertion> for Part {
    fn from(assertion: Assertion) -> Self {
        Self::Exact(Box::new(assertion))
    }
}

impl From<Observation> for Part {
    fn from(observation: Observation) -> Self {
        Self::Observed(observation)
    }
}

impl Part {
    /// The assertion as LaTeX.
    pub fn latex(&self) -> &str {
        match self {
            Self::Exact(assertion) | Self::Fails(assertion) => &assertion.latex,
            Self::Observed(observation) => &observation.latex,
        }
    }

    /// The functions that made the two sides.
    pub fn sides(&self) -> (&str, &str) {
        match self {
            Self::Exact(assertion) | Self::Fails(assertion) => (&assertion.left, &assertion.right),
            Self::Observed(observation) => (&observation.left, &observation.right),
        }
    }
}

/// The negation of an assertion: that it fails for some values of its variables. Proved by an exact point at which it
/// does, refuted by a proof.
pub fn fails(mut assertion: Assertion) -> Part {
    assertion.latex = negated(&assertion.latex);
    Part::Fails(Box::new(assertion))
}

/// The negation of a statement as LaTeX.
pub fn negated(latex: &str) -> String {
    format!(r"\text{{not for all values: }} {latex}")
}

/// What a negation as LaTeX denies.
pub fn affirmed(latex: &str) -> &str {
    latex.strip_prefix(&negated("")).unwrap_or(latex)
}

/// A floating-point number that has to lie in a range fixed beforehand.
pub struct Observation {
    /// The function that computed it.
    pub left: String,
    /// The function that gives the range.
    pub right: String,
    /// The assertion as LaTeX.
    pub latex: String,
    /// The number.
    pub value: Estimate,
    /// The accepted range.
    pub range: (f64, f64),
    /// Why this range.
    pub criterion: &'static str,
    /// What was computed: the range of sizes.
    pub scope: String,
}

/// A floating-point value that has to lie in a range fixed beforehand.
pub fn observed(
    left: Side<Estimate>,
    right: Side<(f64, f64)>,
    criterion: &'static str,
    scope: impl Into<String>,
) -> Observation {
    Observation {
        left: tidy(left.function),
        right: tidy(right.function),
        latex: format!(r"{} \in {}", left.latex.unwrap_or_default(), right.latex.unwrap_or_default()),
        value: left.value,
        range: right.value,
        criterion,
        scope: scope.into(),
    }
}

/// The exact value of an expression on three levels (`m_max = 2`) with these `o(1)`, `o(2)`, at `tanh r = t`.
///
/// # Panics
/// When the expression has no rational value there.
fn three_levels(e: &Expression, o: [i64; 2], t: Rational) -> Expression {
    let point = Sample {
        size: Some(2),
        reals: [(Symbol::new("t"), t)].into(),
        roots: [(ladder(), o.map(|o| rational(o, 1)).into())].into(),
        ..Sample::default()
    };
    let value: Result<Algebraic, _> = evaluate(e, &point.on(&any_ladder(2)));
    let value = value.ok().and_then(|value| value.as_rational().cloned());
    Expression::Number(value.expect("a mean value on three levels is a rational number"))
}

/// An exact value for the report.
pub fn exact(value: impl std::fmt::Display) -> Value {
    Value::Exact { exact: value.to_string() }
}

/// A computed number with its error, for the values of a claim.
pub fn estimated(e: Estimate) -> Value {
    Value::Estimated { value: e.value, error: e.error }
}
