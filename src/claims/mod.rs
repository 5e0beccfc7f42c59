//! The ledger: what each claim of the paper says, in a form that the kernel can judge.
//!
//! One file per chapter of the book, claims in the order of the paper. A claim is written as two independent sides: what
//! the model gives from the definitions (left) and what the paper prints (right), with the ways in which the kernel is to
//! try to prove their equality. Nothing here says whether a claim holds: [`crate::audit`] finds that out.

use std::collections::BTreeMap;

use crate::audit::report::Value;
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Symbol};
use crate::exact::ket::Ket;
use crate::exact::number::Rational;
use crate::exact::{Proposition, Statement};
use crate::model::ladder;
use crate::model::latex::latex;
use crate::numeric::Estimate;

pub mod certificates;
mod measurement;
mod optimal;
mod other;
mod protocols;
mod states;

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

/// The bound of checks with symbolic `o²(1), ..., o²(m_max)`.
pub const SYMBOLIC: Plan = Plan::Sizes(4);

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
        ("optimal", optimal::CLAIMS),
        ("measurement", measurement::CLAIMS),
        ("protocols", protocols::CLAIMS),
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
    pub fn new(parts: Vec<Part>) -> Self {
        Self {
            printed: Reading { parts },
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
    pub fn corrected(mut self, parts: Vec<Part>, correction: &str, class: Class, reason: &'static str) -> Self {
        self.corrected = Some(Reading { parts });
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

/// One thing that a reading asserts.
pub struct Part {
    /// The function that made the model's side.
    pub left: String,
    /// The function that made the printed side.
    pub right: String,
    /// The assertion as LaTeX.
    pub latex: String,
    /// What is to be established, and how.
    pub assertion: Assertion,
}

/// What is to be established.
pub enum Assertion {
    /// A statement for the kernel.
    Exact {
        /// The statement; its right side is the printed one.
        statement: Box<Statement>,
        /// Ways to prove it.
        plans: Vec<Plan>,
    },
    /// A floating-point number that has to lie in a range fixed beforehand.
    Observed {
        /// The number.
        value: Estimate,
        /// The accepted range.
        range: (f64, f64),
        /// Why this range.
        criterion: &'static str,
        /// What was computed: the range of sizes.
        scope: String,
    },
}

/// A way to prove a statement.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Normal forms, with these committed lemmas.
    Identity(&'static [&'static str]),
    /// The committed certificate of this name.
    Witness(&'static str),
    /// Every size up to a bound.
    Sizes(i64),
    /// A form that is continuous at the limit.
    RegularForm(Expression, &'static [&'static str]),
    /// Interval arithmetic.
    Enclosure,
}

/// A value with the name of the function that made it and how a reader would write it.
pub struct Side<T> {
    function: &'static str,
    latex: Option<String>,
    value: T,
}

impl<T> Side<T> {
    /// Called by [`side!`].
    pub fn new(function: &'static str, value: T) -> Self {
        Self { function, latex: None, value }
    }

    /// How a reader would write it; expressions are printed as they are otherwise.
    pub fn written(mut self, latex: impl Into<String>) -> Self {
        self.latex = Some(latex.into());
        self
    }
}

/// `side!(path::function(arguments))`: the value together with the name of the function.
macro_rules! side {
    ($($path:ident)::+ ( $($argument:expr),* $(,)? )) => {
        $crate::claims::Side::new(stringify!($($path)::+), $($path)::+($($argument),*))
    };
}
use side;

/// `left = right` for scalars.
pub fn equal(domain: Domain, left: Side<Expression>, right: Side<Expression>, plans: Vec<Plan>) -> Part {
    let latex = format!("{} = {}", written(&left), written(&right));
    let proposition = Proposition::Equation { lhs: left.value, rhs: right.value };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `left = right` for vectors of two ladders.
pub fn equal_vectors(domain: Domain, left: Side<Ket>, right: Side<Ket>, plans: Vec<Plan>) -> Part {
    let latex = [&left, &right].map(|s| s.latex.clone().unwrap_or_else(|| "0".to_owned())).join(" = ");
    let proposition = Proposition::Vectors { lhs: left.value, rhs: right.value };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `left = right` for operators, for any lowering operator.
pub fn equal_operators(domain: Domain, left: Side<Operator>, right: Side<Operator>, plans: Vec<Plan>) -> Part {
    let latex = [&left, &right].map(|s| s.latex.clone().unwrap_or_default()).join(" = ");
    let proposition = Proposition::Operators { lhs: left.value, rhs: right.value, ladder: ladder() };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `lim_{t → 1} left = right`, which is `r → ∞`.
pub fn limit(domain: Domain, left: Side<Expression>, right: Side<Expression>, plans: Vec<Plan>) -> Part {
    let latex = format!(r"\lim_{{r\to\infty}} {} = {}", written(&left), written(&right));
    let proposition = Proposition::Limit {
        expression: left.value,
        symbol: Symbol::new("t"),
        at: crate::exact::number::rational(1, 1),
        value: right.value,
    };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `low <= left <= high` for all values of the variables in their ranges; `right` names where the bounds come from.
pub fn enclosed(
    left: Side<Expression>,
    variables: Vec<(Symbol, Rational, Rational)>,
    right: Side<(Rational, Rational)>,
) -> Part {
    let (low, high) = right.value;
    let latex = format!(r"{} \in {}", written(&left), right.latex.unwrap_or_default());
    let domain = variables.iter().fold(Domain::default(), |d, (s, _, _)| d.with_real(s.name()));
    let proposition = Proposition::Enclosure { expression: left.value, variables, low, high };
    part(left.function, right.function, latex, domain, proposition, vec![Plan::Enclosure])
}

/// A floating-point value that has to lie in a range fixed beforehand.
pub fn observed(
    left: Side<Estimate>,
    right: Side<(f64, f64)>,
    criterion: &'static str,
    scope: impl Into<String>,
) -> Part {
    Part {
        left: tidy(left.function),
        right: tidy(right.function),
        latex: format!(r"{} \in {}", left.latex.unwrap_or_default(), right.latex.unwrap_or_default()),
        assertion: Assertion::Observed { value: left.value, range: right.value, criterion, scope: scope.into() },
    }
}

fn part(left: &str, right: &str, latex: String, domain: Domain, proposition: Proposition, plans: Vec<Plan>) -> Part {
    let statement = Box::new(Statement { domain, proposition });
    Part { left: tidy(left), right: tidy(right), latex, assertion: Assertion::Exact { statement, plans } }
}

fn written(side: &Side<Expression>) -> String {
    side.latex.clone().unwrap_or_else(|| latex(&side.value))
}

fn tidy(path: &str) -> String {
    path.replace(' ', "")
}

/// An exact value for the report.
pub fn exact(value: impl std::fmt::Display) -> Value {
    Value::Exact { exact: value.to_string() }
}
