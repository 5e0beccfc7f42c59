//! Moments of the spins: section XII.

use super::{Chapter, Claim, Limits, equal, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, symbol};
use crate::exact::ket::Ket;
use crate::laws::DIRECT;
use crate::laws::assertion::{Assertion, Side, equal_operators};
use crate::model::lowering::Lowering;
use crate::model::metrology::{atoms, expectation};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{number, x, y, z};
use crate::model::{SIZE, ladder, zero};

mod equations;

pub(super) const CLAIMS: Chapter = &[
    ("s59", equations::s59),
    ("s59-initial", s59_initial),
    ("s59-nontrivial", equations::s59_nontrivial),
    ("s60", equations::s60),
    ("s61", equations::s61),
    ("s62", equations::s62),
    ("s63", equations::s63),
    ("s64", equations::s64),
    ("s65", equations::s65),
    ("s66", equations::s66),
    ("s67", equations::s67),
    ("s68", s68),
    ("s69", s69),
];

// ---- The moments of |0,0> ----

/// One of the three spin components.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Component {
    X,
    Y,
    Z,
}

use Component::{X, Y, Z};

impl Component {
    fn operator(self, ensemble: u8) -> Operator {
        match self {
            X => x(ensemble),
            Y => y(ensemble),
            Z => z(ensemble),
        }
    }

    fn name(self) -> &'static str {
        match self {
            X => "x",
            Y => "y",
            Z => "z",
        }
    }
}

fn s59_initial(limits: Limits) -> Claim {
    let mut parts = Vec::new();
    for ensemble in [1, 2] {
        for a in [X, Y, Z] {
            parts.push(first_moment(ensemble, a, limits));
        }
    }
    for (i, j) in [(1, 1), (2, 2), (1, 2)] {
        for (k, a) in [X, Y, Z].into_iter().enumerate() {
            // Within one ensemble the covariance is symmetric in the components.
            for b in [X, Y, Z].into_iter().skip(if i == j { k } else { 0 }) {
                parts.push(second_moment((i, a), (j, b), limits));
            }
        }
    }
    Claim::new(parts).for_spins()
}

fn first_moment(i: u8, a: Component, limits: Limits) -> Assertion {
    let mean = side!(initial_mean(a.operator(i))).written(format!("S_{i}^{}", a.name()));
    initial(mean, if a == Z { side!(minus_quarter_of_atoms()).written("-N/4") } else { side!(zero()) }, limits)
}

fn second_moment((i, a): (u8, Component), (j, b): (u8, Component), limits: Limits) -> Assertion {
    let covariance = side!(initial_covariance(a.operator(i), b.operator(j)));
    let noisy = i == j && a == b && a != Z;
    initial(
        covariance.written(format!("C_{{{i}{j}}}^{{{}{}}}", a.name(), b.name())),
        if noisy { side!(eighth_of_atoms()).written("N/8") } else { side!(zero()) },
        limits,
    )
}

fn initial(moment: Side<Expression>, printed: Side<Expression>, limits: Limits) -> Assertion {
    equal(Domain::sizes(SIZE, 1), moment, printed, vec![DIRECT, limits.cheap()])
}

/// `|0,0>`: all atoms down.
fn all_down() -> Ket {
    Ket::series(0, Linear::from(0), Expression::from(1), &[], (0, 0))
}

fn initial_mean(a: Operator) -> Expression {
    Lowering::Spin.specialise(&expectation(&a, &all_down()))
}

/// `<ab + ba>/2 - <a><b>`.
fn initial_covariance(a: Operator, b: Operator) -> Expression {
    let symmetric = a.times(&b).plus(&b.times(&a));
    initial_mean(symmetric) / 2 - initial_mean(a) * initial_mean(b)
}

fn minus_quarter_of_atoms() -> Expression {
    -atoms() / 4
}

fn eighth_of_atoms() -> Expression {
    atoms() / 8
}

// ---- (S68) and (S69) ----

fn s68(_: Limits) -> Claim {
    Claim::new(vec![from_moments(XPlus, 1), from_moments(XMinus, -1)]).remark(SQUARES)
}

fn s69(_: Limits) -> Claim {
    Claim::new(vec![from_moments(YPlus, 1), from_moments(YMinus, -1)]).remark(SQUARES)
}

const SQUARES: &str = "The definitions of the covariances are put in, with the means as arbitrary numbers; what is left is an \
                       identity between operators, so the equation holds in every state, mixed or pure.";

/// `W² = C_11 + (S_1)² + C_22 + (S_2)² ± 2 (C_12 + S_1 S_2)`, before the expectation value is taken.
fn from_moments(w: Quadrature, sign: i64) -> Assertion {
    let (component, a) = if matches!(w, XPlus | XMinus) { (X, "x") } else { (Y, "y") };
    let pm = if sign > 0 { "+" } else { "-" };
    let square = side!(square_of(w)).written(format!(r"\langle {}^2\rangle", w.latex()));
    let moments = side!(moments_of(component, sign)).written(format!(
        r"C_{{11}}^{{{a}{a}}}+(S_1^{a})^2+C_{{22}}^{{{a}{a}}}+(S_2^{a})^2{pm}2\left(C_{{12}}^{{{a}{a}}}+S_1^{a}S_2^{a}\right)"
    ));
    let domain = Domain::sizes(SIZE, 1).with_ladder(ladder().name()).with_real(MEANS[0]).with_real(MEANS[1]);
    equal_operators(domain, square, moments, vec![DIRECT, crate::laws::SYMBOLIC])
}

/// The means of the component in both ensembles, as symbols.
const MEANS: [&str; 2] = ["s1", "s2"];

fn square_of(w: Quadrature) -> Operator {
    w.operator().times(&w.operator())
}

fn mean(i: u8) -> Expression {
    symbol(MEANS[usize::from(i) - 1])
}

/// `(A_i A_j + A_j A_i)/2 - <A_i><A_j>`, whose expectation value is the covariance.
fn covariance(component: Component, i: u8, j: u8) -> Operator {
    let (a, b) = (component.operator(i), component.operator(j));
    let symmetric = a.times(&b).plus(&b.times(&a)).scaled(&(Expression::from(1) / 2));
    symmetric.minus(&number(mean(i) * mean(j)))
}

fn moments_of(component: Component, sign: i64) -> Operator {
    let own = |i: u8| covariance(component, i, i).plus(&number(mean(i).pow(2)));
    let cross = covariance(component, 1, 2).plus(&number(mean(1) * mean(2)));
    own(1).plus(&own(2)).plus(&cross.scaled(&Expression::from(2 * sign)))
}
