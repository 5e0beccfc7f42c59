//! Statements that hold for every lowering operator: a suite that users run on theirs.
//!
//! Each [`Law`] is written with an arbitrary `o²(m)` and an arbitrary `m_max`; the kernel proves it so. The claims of the
//! paper instantiate these laws. [`check`] tries all of them on one operator at one size.

use crate::exact::certificate::{Certificate, check as kernel};
use crate::exact::domain::{Domain, Size};
use crate::exact::expression::{Expression, Linear};
use crate::exact::number::{Rational, rational};
use crate::exact::{Outcome, Proposition, Statement};
use crate::model::lowering::Lowering;
use crate::model::{SIZE, ladder};

pub mod assertion;
pub mod certificates;
pub mod dissipation;
pub mod growth;
pub mod information;
pub mod null_vectors;
pub mod rotation;
pub mod state;

use assertion::{Assertion, Plan};

/// A statement about every lowering operator.
pub struct Law {
    /// A short name.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// Its assertions, whose right sides are the formulas.
    pub assertions: fn() -> Vec<Assertion>,
}

/// All laws.
pub const LAWS: &[Law] = &[
    Law { name: "norm", says: "the norm of the GTMSS", assertions: state::norm },
    Law {
        name: "quadratures", says: "the quadratures are Hermitian and O† = X + iY", assertions: state::quadratures
    },
    Law { name: "commutator", says: "[X-, Y+] = i(Z1 - Z2) annihilates the GTMSS", assertions: state::commutator },
    Law { name: "fisher-information", says: "the QFIM of the GTMSS", assertions: information::fisher_information },
    Law {
        name: "logarithmic-derivatives",
        says: "quadratures are symmetric logarithmic derivatives",
        assertions: information::logarithmic_derivatives,
    },
    Law { name: "infinite-squeezing", says: "the QFIM for r -> infinity", assertions: information::infinite_squeezing },
    Law {
        name: "error-propagation",
        says: "the Wineland parameter is an error",
        assertions: information::error_propagation,
    },
    Law { name: "saturation", says: "the Wineland parameter saturates the QCRB", assertions: information::saturation },
    Law { name: "paired-information", says: "the QFI of a paired state", assertions: information::paired_information },
    Law { name: "dark-state", says: "the dissipation annihilates the GTMSS", assertions: dissipation::dark_state },
    Law {
        name: "adjoint-jumps",
        says: "an adjoint jump operator is the other one and a raising operator, which commute",
        assertions: dissipation::adjoint_jumps,
    },
    Law {
        name: "each-system-alone",
        says: "an operator of one system evolves by this system alone",
        assertions: dissipation::each_system_alone,
    },
];

/// Bounds of the check with symbolic `o²(1), ..., o²(m_max)`.
pub const SYMBOLIC: Plan = Plan::Sizes(4);

/// Normal forms without lemmas.
pub const DIRECT: Plan = Plan::Identity(&[]);

/// Normal forms with the closed form of the norm.
pub const NORM: Plan = Plan::Identity(&["geometric"]);

/// What the kernel said about one assertion of a law.
#[derive(Debug)]
pub struct Verified {
    /// The law.
    pub law: &'static str,
    /// The assertion as LaTeX.
    pub assertion: String,
    /// The answer.
    pub outcome: Outcome,
}

/// Tries every law on a lowering operator with this `m_max >= 1`.
///
/// Equations are evaluated with the operator's own numbers, exactly and for every `r`; equations between vectors,
/// operators and limits are proved for every operator, and that proof is run again. Cost: quadratic in `m_max`.
///
/// ```
/// use twomode::exact::{Outcome, number::rational};
/// use twomode::laws;
/// use twomode::model::lowering::Lowering;
/// let mine = Lowering::table(vec![rational(1, 1), rational(0, 1), rational(9, 4)]).unwrap();
/// let results = laws::check(&mine, 3);
/// assert!(!results.is_empty());
/// assert!(results.iter().all(|r| matches!(r.outcome, Outcome::Accepted(_))));
/// ```
pub fn check(lowering: &Lowering, m_max: i64) -> Vec<Verified> {
    let mut results = Vec::new();
    for law in LAWS {
        for assertion in (law.assertions)() {
            let outcome = on_operator(&assertion, lowering, m_max);
            results.push(Verified { law: law.name, assertion: assertion.latex, outcome });
        }
    }
    results
}

fn on_operator(assertion: &Assertion, lowering: &Lowering, m_max: i64) -> Outcome {
    match &assertion.statement.proposition {
        Proposition::Equation { lhs, rhs } if assertion.statement.domain.sequences.is_empty() => {
            let squared = interpolated(lowering, m_max);
            let own = |e: &Expression| e.replace_values(&ladder(), &|l| squared(l));
            let mut domain = assertion.statement.domain.clone();
            domain.ladders.clear();
            let statement = Statement::equation(at_size(domain, m_max), own(lhs), own(rhs));
            kernel(&statement, &Certificate::Exhaustive { up_to: m_max })
        }
        _ => match assertion.plans.first().map(certificates::certificate) {
            Some(Ok(certificate)) => kernel(&assertion.statement, &certificate),
            Some(Err(why)) => Outcome::Declined(why),
            None => Outcome::Declined("the law has no proof".to_owned()),
        },
    }
}

fn at_size(mut domain: Domain, m_max: i64) -> Domain {
    let symbol = crate::exact::expression::Symbol::new(SIZE);
    domain.size = Some(Size { symbol, least: m_max });
    domain
}

/// `o²(L)` as the polynomial through `o²(0) = 0, o²(1), ..., o²(m_max), o²(m_max+1) = 0` (Newton's form), so that a table
/// can stand where the statement has a symbolic index.
fn interpolated(lowering: &Lowering, m_max: i64) -> impl Fn(&Linear) -> Expression {
    let values: Vec<Rational> = (0..=m_max + 1).map(|m| lowering.squared(m, m_max)).collect();
    let coefficients = divided_differences(values);
    move |l| {
        let x = l.to_expression();
        let last = coefficients.len() - 1;
        let top = Expression::Number(coefficients[last].clone());
        (0..last).rev().fold(top, |sum, k| Expression::Number(coefficients[k].clone()) + (x.clone() - k as i64) * sum)
    }
}

/// Newton's coefficients for the nodes `0, 1, 2, ...`.
fn divided_differences(mut values: Vec<Rational>) -> Vec<Rational> {
    for order in 1..values.len() {
        for at in (order..values.len()).rev() {
            values[at] = (values[at].clone() - &values[at - 1]) / rational(order as i64, 1);
        }
    }
    values
}
