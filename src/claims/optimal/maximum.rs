//! The maximum over all paired states of two spins: (S32) to (S35) and the text after (S37).

use super::super::{Assertion, Claim, Limits, Plan, equal, side};
use super::ansatz::{element, element_is, scalars};
use super::{every_m, m, modulus, real_amplitude, spin_element, squares_vanish, staggered, two_s};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, sum, symbol};
use crate::laws::DIRECT;
use crate::laws::assertion::large_size;
use crate::model::lowering::{Lowering, any};
use crate::model::metrology::{inner, raw_product};
use crate::model::operators::Quadrature::{self, XMinus, YPlus};
use crate::model::state::{amplitude, paired};
use crate::model::{SIZE, m_max, trace, zero};

/// A quantity of two spins with `2S` written as `n`.
fn of_spins(e: &Expression) -> Expression {
    Lowering::Spin.specialise(e).substitute_integer(&Symbol::new(SIZE), &two_s())
}

/// `N = 4S`.
fn atoms() -> Expression {
    2 * symbol("n")
}

/// `N (N/2 + 1)`.
fn optimum() -> Expression {
    atoms() * (atoms() / 2 + 1)
}

/// `4<ψ|X-²|ψ>` of an unnormalised paired state of two spins, complex amplitudes: the QFI, since the mean is zero.
fn unnormalised_information() -> Expression {
    trace::uses("s28");
    trace::uses("s30");
    of_spins(&(4 * raw_product(&XMinus.operator(), &XMinus.operator(), &paired())))
}

fn norm() -> Expression {
    inner(&paired(), &paired()).substitute_integer(&Symbol::new(SIZE), &two_s())
}

/// `N(N/2+1) Σ|a_m|² - 2 Σ |m a_m + (2S+1-m) a_{m-1}|²`.
fn bound_minus_squares() -> Expression {
    let combination = symbol("m") * amplitude(m()) + (symbol("n") + 1 - symbol("m")) * amplitude(m() - 1);
    optimum() * sum("m", 0, two_s(), modulus(amplitude(m()))) - 2 * sum("m", 1, two_s(), modulus(combination))
}

/// The QFI falls short of its bound by a sum of squares, complex amplitudes.
pub(super) fn gap() -> Assertion {
    let domain = Domain::sizes("n", 1).with_sequence("x").with_sequence("y");
    let left = side!(unnormalised_information()).written(r"4\langle\psi|\hat X_-^2|\psi\rangle");
    let right = side!(bound_minus_squares())
        .written(r"N\left(\tfrac N2+1\right)\sum_m|a_m|^2-2\sum_{m=1}^{2S}\left|m\,a_m+(2S+1-m)\,a_{m-1}\right|^2");
    equal(domain, left, right, vec![DIRECT, Plan::Sizes(4)])
}

pub(super) fn s32(limits: Limits) -> Claim {
    let plans = || vec![DIRECT, limits.spins()];
    let factorials = side!(with_factorials()).written(r"(-1)^m\frac{(2S)!}{m!\,(2S-m)!}");
    Claim::new(vec![
        equal(every_m(), side!(staggered(m())), factorials, plans()),
        spin_information_in_steps(XMinus),
        gap(),
        squares_vanish(limits),
    ])
    .for_spins()
    .remark(
        "The squares vanish for these coefficients, up to a common factor, and for no others. So the maximum is N(N/2+1), \
         at every S >= 1/2. The coefficients are not normalised; the QFI is that of the normalised state.",
    )
}

/// The QFI of `W` in a normalised paired state of two spins: the mean of `W` is zero.
fn spin_information_in_steps(w: Quadrature) -> Assertion {
    let domain = Domain::sizes("n", 1).with_sequence("x").with_sequence("y");
    let right = side!(differences_of_spins()).written(r"2\sum_m|a_m-a_{m-1}|^2\,m(2S+1-m)");
    equal(domain, side!(information_of_spins(w)).written(four_variances(w)), right, vec![DIRECT, Plan::Sizes(4)])
}

fn information_of_spins(w: Quadrature) -> Expression {
    of_spins(&element(w, w))
}

fn differences_of_spins() -> Expression {
    of_spins(&differences())
}

fn four_variances(w: Quadrature) -> String {
    format!(r"4\langle{0}^2\rangle-4\langle{0}\rangle^2", w.latex())
}

fn with_factorials() -> Expression {
    let f = Expression::Factorial;
    Expression::from(-1).to_the(m()) * (f(two_s()) / (f(m()) * f(two_s() - m())))
}

pub(super) fn main_binomial(limits: Limits) -> Claim {
    trace::uses("s37-equal-partner");
    Claim::new(vec![
        spin_information_in_steps(XMinus),
        spin_information_in_steps(YPlus),
        gap(),
        squares_vanish(limits),
        large_size(
            Domain::sizes("n", 1),
            side!(optimum_over_square()).written(r"\frac{N\left(\frac N2+1\right)}{N^2}"),
            side!(half()),
            vec![Plan::LargeSize(&[])],
        ),
    ])
    .for_spins()
    .remark(
        "For all complex amplitudes, and for each of the two equally sensitive quadratures: the information of Y+ is that \
         of X-.",
    )
}

fn optimum_over_square() -> Expression {
    optimum() / atoms().pow(2)
}

fn half() -> Expression {
    Expression::from(1) / 2
}

// ---- (S33) to (S35): the Rayleigh quotient and its gradient, real amplitudes ----

fn real(e: &Expression) -> Expression {
    e.replace_values(&Symbol::new("y"), &|_| zero())
}

fn real_information() -> Expression {
    real(&unnormalised_information())
}

fn real_norm() -> Expression {
    real(&norm())
}

/// `Σ_k (a_k - a_{k-1})² [S(S+1) - (k-S)(k-S-1)]`.
fn printed_numerator() -> Expression {
    let k = || Linear::symbol("k");
    let step = real_amplitude(k()) - real_amplitude(k() - 1);
    sum("k", 0, two_s(), step.pow(2) * spin_element(-1).substitute_integer(&Symbol::new("m"), &k()))
}

fn twice_printed_numerator() -> Expression {
    2 * printed_numerator()
}

/// `Σ_k a_k²`.
fn printed_norm() -> Expression {
    sum("k", 0, two_s(), real_amplitude(Linear::symbol("k")).pow(2))
}

fn real_domain() -> Domain {
    Domain::sizes("n", 1).with_sequence("x")
}

const NUMERATOR: &str = r"\sum_{m'}(a_{m'}-a_{m'-1})^2\left[S(S+1)-(m'-S)(m'-S-1)\right]";
const NORM: &str = r"\sum_{m'}a_{m'}^2";

pub(super) fn s33(_: Limits) -> Claim {
    trace::uses("s31c");
    let information = side!(real_information()).written(r"4\langle\psi|\hat X_-^2|\psi\rangle");
    let norm = side!(real_norm()).written(r"\langle\psi|\psi\rangle");
    let plans = || vec![DIRECT, Plan::Sizes(4)];
    Claim::new(vec![
        equal(real_domain(), information, side!(twice_printed_numerator()).written(format!("2{NUMERATOR}")), plans()),
        equal(real_domain(), norm, side!(printed_norm()).written(NORM), plans()),
    ])
    .for_spins()
    .remark("Numerator and denominator, for real amplitudes that are not all zero.")
}

pub(super) fn s33_real(limits: Limits) -> Claim {
    Claim::new(vec![gap(), squares_vanish(limits)]).for_spins().remark(
        "At a maximum every |m a_m + (2S+1-m) a_(m-1)|² is zero, so each amplitude is a negative real multiple of the one \
         before: real once the first is. The printed reason, that each term is largest for opposite signs, is about moduli \
         that are already fixed and gives the same.",
    )
}

/// `D² Σ_m y_m ∂Q/∂a_m` for `Q = K/D`. `K` and `D` are quadratic, so half the difference between the steps `+y` and `-y`
/// is the derivative along `y`, exactly.
fn derivative_along() -> Expression {
    let moved = |e: &Expression, sign: i64| {
        let by = |l: &Linear| real_amplitude(l.clone()) + sign * Expression::Value(Symbol::new("y"), l.clone());
        e.replace_values(&Symbol::new("x"), &by)
    };
    let along = |e: &Expression| (moved(e, 1) - moved(e, -1)) / 2;
    let (k, d) = (real_information(), real_norm());
    along(&k) * d.clone() - k * along(&d)
}

/// The printed gradient times `D²`, summed with `y_m`.
fn printed_gradient_along() -> Expression {
    let y = || Expression::Value(Symbol::new("y"), m());
    let [up, down] = [real_amplitude(m() + 1) - real_amplitude(m()), real_amplitude(m()) - real_amplitude(m() - 1)];
    let links = -4 * (up * spin_element(1)) + 4 * (down * spin_element(-1));
    let norm = printed_norm();
    norm * sum("m", 0, two_s(), y() * links)
        - 4 * (sum("m", 0, two_s(), y() * real_amplitude(m())) * printed_numerator())
}

pub(super) fn s34(_: Limits) -> Claim {
    let left = side!(derivative_along())
        .written(r"D^2\,\frac{d}{d\varepsilon}\mathcal Q(a+\varepsilon y)\Big|_{\varepsilon=0}");
    let right = side!(printed_gradient_along()).written(format!(
        r"D^2\sum_my_m\left[\begin{{aligned}}&-\tfrac4D(a_{{m+1}}-a_m)[S(S+1)-(m-S)(m-S+1)]\\&+\tfrac4D(a_m-a_{{m-1}})[S(S+1)-(m-S)(m-S-1)]\\&-\tfrac{{4a_m}}{{D^2}}{NUMERATOR}\end{{aligned}}\right],\quad D={NORM}"
    ));
    Claim::new(vec![equal(real_domain().with_sequence("y"), left, right, vec![DIRECT, Plan::Sizes(4)])])
        .for_spins()
        .remark("The derivative along an arbitrary direction y, which is the gradient at every m at once; both ends included.")
}

/// `-D²/4` times the printed gradient at `m`.
fn gradient_at_m() -> Expression {
    trace::uses("s34");
    let [up, down] = [real_amplitude(m() + 1) - real_amplitude(m()), real_amplitude(m()) - real_amplitude(m() - 1)];
    let d = printed_norm();
    up * spin_element(1) * d.clone() - down * spin_element(-1) * d + real_amplitude(m()) * printed_numerator()
}

/// Left minus right side of (S35).
fn stationarity() -> Expression {
    let [up, down] = [real_amplitude(m() + 1) - real_amplitude(m()), real_amplitude(m() - 1) - real_amplitude(m())];
    real_amplitude(m()) * printed_numerator() - -(printed_norm() * (up * spin_element(1) + down * spin_element(-1)))
}

pub(super) fn s35(_: Limits) -> Claim {
    let domain = real_domain().with_index("m", 0, Some(two_s()));
    let left = side!(gradient_at_m()).written(r"-\tfrac{D^2}4\,\frac{\partial\mathcal Q}{\partial a_m}");
    let right = side!(stationarity()).written(format!(
        r"\begin{{aligned}}&a_m{NUMERATOR}\\&+{NORM}\left[\begin{{aligned}}&(a_{{m+1}}-a_m)[S(S+1)-(m-S)(m-S+1)]\\&+(a_{{m-1}}-a_m)[S(S+1)-(m-S)(m-S-1)]\end{{aligned}}\right]\end{{aligned}}"
    ));
    Claim::new(vec![equal(domain, left, right, vec![DIRECT, Plan::Sizes(4)])])
        .for_spins()
        .remark("The printed condition, both sides on one side, is the gradient times a factor without zeros.")
}

// ---- After (S37) ----

pub(super) fn s37_global(limits: Limits) -> Claim {
    Claim::new(vec![spin_information_in_steps(XMinus), gap(), squares_vanish(limits)]).for_spins().remark(
        "A vanishing gradient alone would not show it. The sum of squares does, over all complex amplitudes, and the \
         maximum is unique up to a factor. It is that of X-, as in (S32); Y+ has the same, see s37-equal-partner.",
    )
}

/// The QFI of `W` in a normalised paired state, whose mean of `W` is zero.
fn information_in_steps(w: Quadrature) -> Assertion {
    let left = side!(element(w, w)).written(four_variances(w));
    scalars(left, side!(differences()).written(r"2\sum_m|a_m-a_{m-1}|^2o^2(m)"))
}

fn differences() -> Expression {
    2 * sum("m", 0, m_max(), modulus(amplitude(m()) - amplitude(m() - 1)) * any(m()))
}

pub(super) fn s37_equal_partner(_: Limits) -> Claim {
    Claim::new(vec![
        information_in_steps(XMinus),
        information_in_steps(YPlus),
        element_is(XMinus, YPlus, side!(zero())),
    ])
    .remark(
        "In every paired state, for any o(m) and complex amplitudes. The printed reason, symmetry under exchange of the \
         ensembles, does not show it: exchange takes X- to -X- and Y+ to itself. What relates the two operators are the \
         phases exp[-iφ(m1-m2)] of the level numbers m1 and m2, at φ = π/2; they change no paired state. For spins m1-m2 \
         is Z1-Z2, and this is a rotation.",
    )
}
