//! The numbers of section III for large `N`: (S21) to (S25).

use num_traits::One;

use super::backaction::{no_cross_talk, reduction};
use super::detector::{detector, imprecision, lambda};
use super::{Assertion, Claim, Class, Limits, Plan, Side, enclosed, equal, exact, side};
use crate::audit::report::Value;
use crate::claims::sensitivity::{Eq8, s70b_from};
use crate::exact::certificate::enclosure;
use crate::exact::domain::Domain;
use crate::exact::expression::{Elementary, Expression, Symbol, ratio, symbol};
use crate::exact::number::{Rational, rational};
use crate::laws::{DIRECT, NORM, SYMBOLIC, information};
use crate::model::metrology::second_moment;
use crate::model::operators::Quadrature::{XMinus, XPlus, YMinus};
use crate::model::squeezing::{exp_2r, tanh};
use crate::model::{any_ladder, trace};

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

/// That `u` is what it is said to be, at exact sizes: the exponent `4S + 2` is a number only at a given size.
fn power_at_sizes() -> Vec<Assertion> {
    let at = |s: i64| {
        let left = side!(u_over_power(s))
            .written(format!(r"e^{{-(8+4y)\operatorname{{artanh}}(y)/y}}\Big/\tanh^{{4S+2}}r\,\Big|_{{S={s}}}"));
        let range = side!(nearly_one()).written(r"[1\pm10^{-20}]");
        enclosed(left, at_atoms(4 * s), range)
    };
    [2, 10, 50].map(at).into()
}

/// `u` over `tanh^{4S+2} r` with `tanh r = (N-4)/(N+4)` and `N = 4S`.
fn u_over_power(s: i64) -> Expression {
    let exponent = i32::try_from(4 * s + 2).expect("a small size");
    u() / ratio(4 * s - 4, 4 * s + 4).pow(exponent)
}

fn nearly_one() -> (Rational, Rational) {
    let error = Rational::one() / rational(10_i64.pow(10), 1) / rational(10_i64.pow(10), 1);
    (Rational::one() - &error, Rational::one() + &error)
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
    trace::uses("s22");
    1 / (2 * regular_variance(u()))
}

/// By how much the printed `C_0` is too large, relative to the true one.
fn printed_excess() -> Expression {
    ratio(667, 1000) / c0() - 1
}

fn c1() -> Expression {
    trace::uses("s23");
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
        Err(reason) => exact(reason),
    }
}

/// The limit itself.
fn at_infinity() -> Vec<(Symbol, Rational, Rational)> {
    vec![(Symbol::new("y"), rational(0, 1), rational(0, 1))]
}

fn at_atoms(n: i64) -> Vec<(Symbol, Rational, Rational)> {
    vec![(Symbol::new("y"), rational(4, n), rational(4, n))]
}

/// The variance at the choice (S21), for every `y` and `u`.
fn variance_part() -> Assertion {
    let left = side!(variance()).written(r"\langle\hat X_+^2\rangle\big|_{e^{2r}=N/4}");
    equal(plane(), left, side!(regular_variance(symbol("u"))), vec![Plan::Identity(&[])])
}

/// The Wineland parameter.
fn wineland_part() -> Assertion {
    let left = side!(scaled_wineland()).written(r"N\xi^2\big|_{e^{2r}=N/4}");
    equal(plane(), left, side!(regular_wineland(symbol("u"))), vec![Plan::Identity(&[])])
}

/// Both squeezed quadratures have the variance that Eq. (4) gives; their means are zero.
fn same_variance() -> [Assertion; 2] {
    [XPlus, YMinus].map(|w| {
        let moment = side!(second_moment(w)).written(format!(r"\langle {}^2\rangle", w.latex()));
        let quarter = side!(squeezed_moment()).written(r"\tfrac14\mathcal N_Qe^{-2r}");
        equal(any_ladder(1), moment, quarter, vec![NORM, SYMBOLIC])
    })
}

fn squeezed_moment() -> Expression {
    information::diagonal(XPlus) / 4
}

pub(super) fn s22(_: Limits) -> Claim {
    let parts = |thousandths: i64, printed: &str| {
        let c0 = side!(c0()).written(r"C_0=\frac{1}{2\langle\hat X_+^2\rangle}");
        let mut parts = vec![variance_part(), rounding(c0, thousandths, 1, printed)];
        parts.extend(power_at_sizes());
        parts.extend(same_variance());
        parts
    };
    Claim::new(parts(667, "0.667"))
        .corrected(
            parts(666, "0.666"),
            r"C_0=\frac{1}{2\left(\coth 4-\frac14\right)}\simeq 0.666",
            Class::Approximate,
            "the printed 0.667 is 2/3, what is left when coth 4 is replaced by 1, and above the \
             limit, which rounds to 0.666. The variance does become independent of N, and that of Y- is the same",
        )
        .value("c0", interval(&c0(), &at_infinity()))
        .value("printed_excess", interval(&printed_excess(), &at_infinity()))
        .value("c0_at_n_4000", interval(&c0(), &at_atoms(4000)))
}

pub(super) fn s23(_: Limits) -> Claim {
    let mut parts = vec![wineland_part(), rounding(side!(c1()).written(r"C_1=N\xi^2"), 5330, 10, "5.33")];
    parts.extend(power_at_sizes());
    parts.push(information::error_of(YMinus, XMinus));
    Claim::new(parts)
        .remark(
            "The sign ≃ is read as: the limit rounds to the printed digits. The last part is ξ_Y² = ξ_X², both divided by \
             N, for any o(m).",
        )
        .value("c1", interval(&c1(), &at_infinity()))
        .value("c1_at_n_4000", interval(&c1(), &at_atoms(4000)))
}

// ---- (S21) ----

pub(super) fn s21(_: Limits) -> Claim {
    let atoms = Domain::default().with_real("N");
    let left = side!(exp_2r_at_choice()).written(r"\frac{1+\tanh r}{1-\tanh r}\Big|_{\tanh r=\frac{N-4}{N+4}}");
    Claim::new(vec![equal(atoms, left, side!(quarter_of_atoms()).written(r"\frac N4"), vec![DIRECT])]).definition(
        "a choice; checked is what it means for tanh r: (N-4)/(N+4), so that r > 0 from N = 5 on, and e^{2r} = S",
    )
}

fn exp_2r_at_choice() -> Expression {
    let choice = (symbol("N") - 4) / (symbol("N") + 4);
    match tanh() {
        Expression::Symbol(t) => exp_2r(1).substitute(&t, &choice),
        other => other,
    }
}

fn quarter_of_atoms() -> Expression {
    symbol("N") / 4
}

// ---- the strength of the first measurement ----

/// The squeezed variance `1/(2C_0)` when `C_0 = k Λ_0`.
fn squeezed_variance(k: i64) -> Expression {
    trace::uses("s22");
    1 / (2 * (k * lambda()))
}

pub(super) fn s23_equal_noise(_: Limits) -> Claim {
    let part = |k: i64, choice: &str| {
        let noise = side!(imprecision()).written(r"\frac{\sigma_p}{\lambda^2T^2}");
        let variance = side!(squeezed_variance(k)).written(format!(r"\frac1{{2C_0}}\Big|_{{{choice}}}"));
        equal(detector(), noise, variance, vec![DIRECT])
    };
    Claim::new(vec![part(1, r"C_0=\Lambda_0")])
        .corrected(
            vec![part(2, r"C_0=2\Lambda_0")],
            r"\Lambda_0=\frac{C_0}2",
            Class::False,
            "the imprecision is 1/(4Λ_0), see (S14). It equals the squeezed variance 1/(2C_0) for Λ_0 = C_0/2; at the \
             printed Λ_0 = C_0 it is half of it",
        )
        .value("strength", interval(&(c0() / 2), &at_infinity()))
}

pub(super) fn s24(_: Limits) -> Claim {
    let factor = |k: i64, right: Side<Expression>, choice: &str| {
        let left = side!(noise_factor(k)).written(format!(
            r"\frac{{\langle\langle\hat X_+^2\rangle\rangle_{{\rm imp}}+\langle\langle\hat X_+^2\rangle\rangle}}{{\langle\langle\hat X_+^2\rangle\rangle}}\Big|_{{{choice}}}"
        ));
        equal(detector(), left, right, vec![DIRECT])
    };
    let printed_choice = r"\Lambda_0=C_0";
    Claim::new(vec![factor(1, side!(two()), printed_choice)])
        .corrected(
            vec![factor(1, side!(three_halves()), printed_choice), factor(2, side!(two()), r"\Lambda_0=C_0/2")],
            r"\xi_{X_+}^2\to\frac{3C_1}{2N}\quad(\Lambda_0=C_0),\qquad \xi_{X_+}^2\to\frac{2C_1}{N}\quad\left(\Lambda_0=\tfrac{C_0}2\right)",
            Class::False,
            "at the printed choice Λ_0 = C_0, which (S25) uses too, the imprecision is half of the variance and not equal \
             to it. The parameter doubles for Λ_0 = C_0/2",
        )
        .value("n_xi2_printed_choice", interval(&scaled_first(1), &at_infinity()))
        .value("n_xi2_equal_noise", interval(&scaled_first(2), &at_infinity()))
}

/// `1 + imprecision/variance` when `C_0 = k Λ_0`.
fn noise_factor(k: i64) -> Expression {
    1 + imprecision() / squeezed_variance(k)
}

fn two() -> Expression {
    Expression::from(2)
}

fn three_halves() -> Expression {
    Expression::from(3) / 2
}

// ---- (S25) and the conclusion ----

/// `C_0` in the limit, on which the measurement strength is based.
fn limiting_c0() -> Expression {
    c0().substitute(&Symbol::new("y"), &Expression::from(0))
}

fn cosh(e: Expression) -> Expression {
    (e.clone().exp() + (-e).exp()) / 2
}

/// `cosh Λ_0` for `Λ_0 = C_0/k`.
fn cosh_strength(k: i64) -> Expression {
    trace::uses("s20");
    cosh(limiting_c0() / k)
}

pub(super) fn s25(_: Limits) -> Claim {
    let factor = side!(cosh_strength(1)).written(r"\cosh C_0");
    Claim::new(vec![reduction(), rounding(factor, 1230, 10, "1.23")])
        .remark(
            "The Wineland parameter of Y- is N θ_B² over the signal-to-noise ratio, which falls by 1/cosh Λ. With Λ_0 = C_0, \
             as printed. For the smaller Λ_0 = C_0/2, at which the first measurement adds as much noise as there is, the \
             factor is closer to 1.",
        )
        .value("factor", interval(&cosh_strength(1), &at_infinity()))
        .value("factor_equal_noise", interval(&cosh_strength(2), &at_infinity()))
        .value("n_xi2_printed_choice", interval(&scaled_second(1), &at_infinity()))
        .value("n_xi2_equal_noise", interval(&scaled_second(2), &at_infinity()))
}

/// `N ξ²` of `X+` with the imprecision `1/(4Λ_0)`, for `Λ_0 = C_0/k`.
fn scaled_first(k: i64) -> Expression {
    trace::uses("s14");
    c1() * (1 + k / (4 * limiting_c0()) / regular_variance(u()))
}

/// `N ξ²` of `Y-` after the first measurement, for `Λ_0 = C_0/k`.
fn scaled_second(k: i64) -> Expression {
    c1() * cosh_strength(k)
}

/// All `N >= 40` and the limit.
fn every_size() -> Vec<(Symbol, Rational, Rational)> {
    vec![(Symbol::new("y"), rational(0, 1), rational(1, 10))]
}

/// The constant of the criterion.
fn bounded() -> (Rational, Rational) {
    (rational(0, 1), rational(10, 1))
}

pub(super) fn s25_heisenberg(_: Limits) -> Claim {
    let range = || side!(bounded()).written(r"[0,10]\quad\text{for all }N\ge40");
    let mut parts = vec![
        enclosed(side!(scaled_first(1)).written(r"N\xi_{X_+}^2"), every_size(), range()),
        enclosed(side!(scaled_second(1)).written(r"N\xi_{Y_-}^2"), every_size(), range()),
    ];
    parts.extend([variance_part(), wineland_part(), reduction()]);
    parts.extend(no_cross_talk());
    Claim::new(parts).remark(
        "Criterion, fixed first: N ξ² of both stays below one constant, 10, for all N >= 40, so that both errors √(ξ²/N) \
         are at most √10/N; and in first order neither measured mean contains the other angle. With the corrected \
         imprecision 1/(4Λ_0) and Λ_0 = C_0. Half the constant, 5, would be too small and twice it would do as well: \
         the values are what N ξ² is enclosed in.",
    )
    .value("n_xi2_first", interval(&scaled_first(1), &every_size()))
    .value("n_xi2_second", interval(&scaled_second(1), &every_size()))
}
