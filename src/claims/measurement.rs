//! Sequential measurement: the constants of section III.

use num_traits::One;

use super::sensitivity::{Eq8, s70b_from};
use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, enclosed, equal, side};
use crate::audit::report::Value;
use crate::exact::certificate::enclosure;
use crate::exact::domain::Domain;
use crate::exact::expression::{Elementary, Expression, Symbol, symbol};
use crate::exact::number::{Rational, rational};
use crate::model::trace;

pub(super) const CLAIMS: Chapter = &[("s22", s22), ("s23", s23)];

// (S21): e^{2r} = N/4 = S. With y = 1/S everything is a function of y and u = tanh^{4S+2} r, where tanh r = (1-y)/(1+y),
// so u = exp(-2 (4/y + 2) artanh y) = exp(-(8 + 4y) artanh(y)/y), which is continuous at y = 0, the limit of large N.

/// `1/S`.
fn y() -> Expression {
    trace::uses("s21");
    symbol("y")
}

/// `u = tanh^{4S+2} r` at `e^{2r} = S`, for the interval arithmetic.
fn u() -> Expression {
    (-((8 + 4 * y()) * y().elementary(Elementary::ArtanhRatio))).exp()
}

/// `cosh 2r = (S + 1/S)/2`.
fn cosh_2r() -> Expression {
    (1 / y() + y()) / 2
}

/// `cosh² r = (1 + cosh 2r)/2`.
fn cosh_squared() -> Expression {
    (1 + cosh_2r()) / 2
}

/// Both variables; the identity holds for every `y` and `u`.
fn plane() -> Domain {
    Domain::default().with_real("y").with_real("u")
}

/// `<X+²>` of (S70) at `e^{2r} = S`.
fn variance() -> Expression {
    trace::uses("s70b");
    s70b_from(y(), cosh_2r(), 1 / y(), symbol("u"))
}

/// The same without a pole at `y = 0`: `[(2+y)(1+u)/(1-u) - (1+y²)/2]/2`.
fn regular_variance(u: Expression) -> Expression {
    ((2 + y()) * (1 + u.clone()) / (1 - u) - (1 + y().pow(2)) / 2) / 2
}

/// `N ξ²` of Eq. (8) at `e^{2r} = S`, `N = 4S`.
fn scaled_wineland() -> Expression {
    trace::uses("eq8");
    let eq8 = Eq8 { exp_minus_2r: y(), cosh_2r: cosh_2r(), cosh_squared: cosh_squared(), s: 1 / y(), u: symbol("u") };
    4 / y() * eq8.printed()
}

/// The same without a pole at `y = 0`: `16 (1-u)/(4(1+u) + (1+y)² u - (1-y)²)`.
fn regular_wineland(u: Expression) -> Expression {
    16 * (1 - u.clone()) / (4 * (1 + u.clone()) + (1 + y()).pow(2) * u - (1 - y()).pow(2))
}

fn c0() -> Expression {
    1 / (2 * regular_variance(u()))
}

fn c1() -> Expression {
    regular_wineland(u())
}

/// All `N >= 4·10^12` and the limit `N → ∞`.
fn large() -> Vec<(Symbol, Rational, Rational)> {
    vec![(Symbol::new("y"), rational(0, 1), rational(1, 1_000_000_000_000))]
}

/// The numbers that round to the printed decimal: half a unit in its last place to either side.
fn rounds_to(thousandths: i64, last_place: i64) -> (Rational, Rational) {
    let unit = rational(last_place, 1000);
    let centre = rational(thousandths, 1000);
    let half = unit / (Rational::one() + Rational::one());
    (centre.clone() - &half, centre + &half)
}

fn rounding(left: Side<Expression>, thousandths: i64, last_place: i64, printed: &str) -> Assertion {
    let right =
        side!(rounds_to(thousandths, last_place)).written(format!(r"[{printed} \pm \tfrac12\text{{ last digit}}]"));
    enclosed(left, large(), right)
}

fn interval(e: &Expression, variables: &[(Symbol, Rational, Rational)]) -> Value {
    match enclosure(e, variables) {
        Ok(i) => Value::Enclosed {
            lo: crate::numeric::convert::below(&i.low()),
            hi: crate::numeric::convert::above(&i.high()),
        },
        Err(reason) => super::exact(reason),
    }
}

/// The limit itself.
fn at_infinity() -> Vec<(Symbol, Rational, Rational)> {
    vec![(Symbol::new("y"), rational(0, 1), rational(0, 1))]
}

fn at_atoms(n: i64) -> Vec<(Symbol, Rational, Rational)> {
    vec![(Symbol::new("y"), rational(4, n), rational(4, n))]
}

fn s22(_: Limits) -> Claim {
    let variance_part = || {
        let left = side!(variance()).written(r"\langle\hat X_+^2\rangle\big|_{e^{2r}=N/4}");
        equal(plane(), left, side!(regular_variance(symbol("u"))), vec![Plan::Identity(&[])])
    };
    let c0_side = || side!(c0()).written(r"C_0=\frac{1}{2\langle\hat X_+^2\rangle}");
    Claim::new(vec![variance_part(), rounding(c0_side(), 667, 1, "0.667")])
        .corrected(
            vec![variance_part(), rounding(c0_side(), 666, 1, "0.666")],
            r"C_0=\frac{1}{2\left(\coth 4-\frac14\right)}\simeq 0.666",
            Class::Approximate,
            "the printed 0.667 is 2/3, what is left when coth 4 is replaced by 1, and above the \
             limit, which rounds to 0.666. The variance does become independent of N",
        )
        .value("c0", interval(&c0(), &at_infinity()))
        .value("c0_at_n_4000", interval(&c0(), &at_atoms(4000)))
}

fn s23(_: Limits) -> Claim {
    Claim::new(vec![
        equal(
            plane(),
            side!(scaled_wineland()).written(r"N\xi^2\big|_{e^{2r}=N/4}"),
            side!(regular_wineland(symbol("u"))),
            vec![Plan::Identity(&[])],
        ),
        rounding(side!(c1()).written(r"C_1=N\xi^2"), 5330, 10, "5.33"),
    ])
    .remark("The sign ≃ is read as: the limit rounds to the printed digits.")
    .value("c1", interval(&c1(), &at_infinity()))
    .value("c1_at_n_4000", interval(&c1(), &at_atoms(4000)))
}
