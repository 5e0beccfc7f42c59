//! Unitary protocols: section IV.
//!
//! The supplement does not say which sign the strength `J` has. We take it to be positive, because the main text (Optimal
//! paired states) writes the same Hamiltonian as `X_1 X_2 - Y_1 Y_2`, with the coefficient `+1`; the time starts at zero.
//! `p` and `q` stand for `sin θ` and `cos θ`.

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, equal_vectors, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, sum, symbol};
use crate::exact::ket::Ket;
use crate::laws::assertion::{at_least, equal_operators};
use crate::laws::{DIRECT, SYMBOLIC};
use crate::model::hamiltonian::{one_axis, squared_moment, strength, two_axis};
use crate::model::lowering::{Lowering, any};
use crate::model::metrology::{atoms, inner, raw_product};
use crate::model::operators::Quadrature::{XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{lowering, z};
use crate::model::state::{amplitude, paired, vacuum};
use crate::model::{LADDER, SIZE, ladder, m_max, one, zero};

mod fit;

pub(super) const CLAIMS: Chapter = &[
    ("s26", s26),
    ("s26-equal-squeezing", s26_equal_squeezing),
    ("s26-parameter", s26_parameter),
    ("s27", s27),
    ("s27-squeezed-pair", s27_squeezed_pair),
    ("s27-parameter", s27_parameter),
    ("s27-paired-subspace", s27_paired_subspace),
    ("s27-2m2a-fit", fit::s27_2m2a_fit),
];

/// The orders in time through which moments are compared.
const ORDERS: std::ops::RangeInclusive<i32> = 0..=2;

/// Any lowering operator, any strength of the Hamiltonian, of either sign.
fn any_strength() -> Domain {
    Domain::sizes(SIZE, 1).with_ladder(LADDER).with_real("J")
}

fn with_angle() -> Domain {
    any_strength().with_real("p").with_real("q")
}

fn operators(domain: Domain, left: Side<Operator>, right: Side<Operator>) -> Assertion {
    equal_operators(domain, left, right, vec![DIRECT, SYMBOLIC])
}

fn scalars(domain: Domain, left: Side<Expression>, right: Side<Expression>) -> Assertion {
    equal(domain, left, right, vec![DIRECT, SYMBOLIC])
}

fn adjoint_of(operator: &Operator) -> Operator {
    operator.adjoint()
}

fn same(operator: &Operator) -> Operator {
    operator.clone()
}

fn negated(operator: &Operator) -> Operator {
    operator.scaled(&Expression::from(-1))
}

// ---- One-axis twisting ----

fn s26(_: Limits) -> Claim {
    let h = one_axis();
    let words = r"\tfrac J4\left(\hat O_1^\dagger\hat O_2^\dagger+\hat O_1\hat O_2+\hat O_1^\dagger\hat O_2+\hat O_1\hat O_2^\dagger\right)";
    let slope = r"\tfrac{d}{dt}\big\langle(\sin\theta\,\hat X_++\cos\theta\,\hat Y_+)^2\big\rangle_{t=0}";
    Claim::new(vec![
        operators(
            any_strength(),
            side!(adjoint_of(&h)).written(r"\hat H_{\rm 2M1A}^\dagger"),
            side!(one_axis()).written(r"\hat H_{\rm 2M1A}"),
        ),
        operators(
            any_strength(),
            side!(one_axis()).written(r"\hat H_{\rm 2M1A}"),
            side!(one_axis_words()).written(words),
        ),
        scalars(
            with_angle(),
            side!(one_axis_slope()).written(slope),
            side!(printed_one_axis_slope()).written(r"\tfrac12J\sin\theta\cos\theta\,o^4(1)"),
        ),
    ])
    .definition(
        "it names a Hamiltonian; checked: it is Hermitian, its expansion, and that it squeezes |0,0> at short times \
         whenever J sin θ cos θ < 0",
    )
}

fn one_axis_words() -> Operator {
    let (a, b) = (lowering(1), lowering(2));
    let both = a.times(&b).plus(&a.adjoint().times(&b.adjoint()));
    let one = a.adjoint().times(&b).plus(&a.times(&b.adjoint()));
    both.plus(&one).scaled(&(strength() / 4))
}

fn one_axis_slope() -> Expression {
    squared_moment(&one_axis(), &first_combination(), 1)
}

fn printed_one_axis_slope() -> Expression {
    strength() / 2 * symbol("p") * symbol("q") * any(Linear::from(1)).pow(2)
}

/// `sin θ X+ + cos θ Y+`.
fn first_combination() -> Operator {
    XPlus.operator().scaled(&symbol("p")).plus(&YPlus.operator().scaled(&symbol("q")))
}

/// `sin θ X- - cos θ Y-`.
fn second_combination() -> Operator {
    XMinus.operator().scaled(&symbol("p")).minus(&YMinus.operator().scaled(&symbol("q")))
}

const FIRST: &str = r"\sin\theta\,\hat X_++\cos\theta\,\hat Y_+";
const SECOND: &str = r"\sin\theta\,\hat X_--\cos\theta\,\hat Y_-";

/// The image under `τ`: complex conjugation in the basis `|m,m'>`, then the signs `|m,m'> -> (-1)^m' |m,m'>` (for spins, up
/// to a phase, half a turn of ensemble 2 about `z`). It takes `i` to `-i` and `O_2` to `-O_2`, and keeps products and the
/// vector `|0,0>`.
fn reflected(operator: &Operator) -> Operator {
    operator.terms().fold(Operator::zero(), |image, ((first, second), c)| {
        let sign = if second.len() % 2 == 0 { 1 } else { -1 };
        image.plus(&Operator::word((first.clone(), second.clone()), sign * c.conjugate()))
    })
}

fn s26_equal_squeezing(_: Limits) -> Claim {
    let (h, first, signal) = (one_axis(), first_combination(), z(1).plus(&z(2)));
    let image = |of: &str| format!(r"\tau\left({of}\right)\tau^{{-1}}");
    let mut parts = vec![
        operators(
            any_strength(),
            side!(reflected(&h)).written(image(r"\hat H_{\rm 2M1A}")),
            side!(negated(&h)).written(r"-\hat H_{\rm 2M1A}"),
        ),
        operators(
            with_angle(),
            side!(reflected(&first)).written(image(FIRST)),
            side!(second_combination()).written(SECOND),
        ),
        operators(
            any_strength(),
            side!(reflected(&signal)).written(image(r"\hat Z_1+\hat Z_2")),
            side!(same(&signal)).written(r"\hat Z_1+\hat Z_2"),
        ),
    ];
    parts.extend(ORDERS.map(|order| {
        let coefficient = |of: &str| format!(r"[t^{order}]\,\big\langle({of})^2\big\rangle");
        scalars(
            with_angle(),
            side!(difference_of_moments(order)).written(format!("{}-{}", coefficient(FIRST), coefficient(SECOND))),
            side!(zero()),
        )
    }));
    Claim::new(parts).remark(
        "τ is antiunitary: it takes H to -H and i to -i, so it commutes with exp(-iHt), and it keeps |0,0>. So both \
         variances are equal at every time and angle, for any o(m). The coefficients of the powers of t are a second, \
         independent check. That the angle has to be optimised needs no proof.",
    )
}

fn difference_of_moments(order: i32) -> Expression {
    let moment = |a: &Operator| squared_moment(&one_axis(), a, order);
    moment(&first_combination()) - moment(&second_combination())
}

/// The image under the parity `(-1)^{m+m'}`, which takes `O_j` to `-O_j` and keeps `|0,0>`.
fn parity_image(operator: &Operator) -> Operator {
    operator.terms().fold(Operator::zero(), |image, ((first, second), c)| {
        let sign = if (first.len() + second.len()) % 2 == 0 { 1 } else { -1 };
        image.plus(&Operator::word((first.clone(), second.clone()), sign * c.clone()))
    })
}

fn s26_parameter(_: Limits) -> Claim {
    let (h, a) = (one_axis(), first_combination());
    let partner = r"\cos\theta\,\hat X_+-\sin\theta\,\hat Y_+";
    Claim::new(vec![
        operators(
            with_angle(),
            side!(commutator_with_partner()).written(format!(r"\left[{FIRST},\ {partner}\right]")),
            side!(signal_of_unit_vector()).written(r"-i\left(\sin^2\theta+\cos^2\theta\right)(\hat Z_1+\hat Z_2)"),
        ),
        operators(
            any_strength(),
            side!(parity_image(&h)).written(r"\Pi\hat H_{\rm 2M1A}\Pi"),
            side!(one_axis()).written(r"\hat H_{\rm 2M1A}"),
        ),
        operators(
            with_angle(),
            side!(parity_image(&a)).written(format!(r"\Pi\left({FIRST}\right)\Pi")),
            side!(negated(&a)).written(format!(r"-\left({FIRST}\right)")),
        ),
        scalars(
            Domain::sizes(SIZE, 1).with_real("p").with_real("q"),
            side!(initial_parameter()).written(r"\xi^2_{\rm 2M1A}(t=0)"),
            side!(unit()).written(r"\sin^2\theta+\cos^2\theta"),
        ),
    ])
    .for_spins()
    .remark(
        "The form N Var(A)/<[A,B]>² with the partner B of A; <A> = 0 at all times because of the parity Π = (-1)^(m+m'). \
         At t = 0 the parameter is 1, the value without squeezing.",
    )
}

/// `[A, B]` for `A` and the operator `B = cos θ X+ - sin θ Y+` that rotates it.
fn commutator_with_partner() -> Operator {
    let partner = XPlus.operator().scaled(&symbol("q")).minus(&YPlus.operator().scaled(&symbol("p")));
    first_combination().commutator(&partner)
}

fn unit() -> Expression {
    symbol("p").pow(2) + symbol("q").pow(2)
}

fn signal_of_unit_vector() -> Operator {
    z(1).plus(&z(2)).scaled(&(-Expression::I * unit()))
}

/// `N <A²>/(<Z_1> + <Z_2>)²` in `|0,0>`.
fn initial_parameter() -> Expression {
    spin_parameter(&first_combination())
}

fn spin_parameter(a: &Operator) -> Expression {
    let signal = inner(&vacuum(), &z(1).plus(&z(2)).apply(&vacuum(), &ladder()));
    Lowering::Spin.specialise(&(atoms() * raw_product(a, a, &vacuum()) / signal.pow(2)))
}

// ---- Two-axis twisting ----

fn s27(_: Limits) -> Claim {
    let h = two_axis();
    Claim::new(vec![
        operators(
            any_strength(),
            side!(adjoint_of(&h)).written(r"\hat H_{\rm 2M2A}^\dagger"),
            side!(two_axis()).written(r"\hat H_{\rm 2M2A}"),
        ),
        operators(
            any_strength(),
            side!(two_axis()).written(r"\hat H_{\rm 2M2A}"),
            side!(pair_words()).written(r"\tfrac J2\left(\hat O_1\hat O_2+\hat O_1^\dagger\hat O_2^\dagger\right)"),
        ),
    ])
    .definition("it names a Hamiltonian; checked: it is Hermitian and makes and removes pairs")
}

fn pair_words() -> Operator {
    let pair = lowering(1).times(&lowering(2));
    pair.plus(&pair.adjoint()).scaled(&(strength() / 2))
}

/// `X_± + sign Y_±`.
fn at_45_degrees(plus: bool, sign: i64) -> Operator {
    let (x, y) = if plus { (XPlus, YPlus) } else { (XMinus, YMinus) };
    x.operator().plus(&y.operator().scaled(&Expression::from(sign)))
}

/// `d/dt <(X_± + sign Y_±)²/2>` at `t = 0`.
fn initial_slope(plus: bool, sign: i64) -> Expression {
    squared_moment(&two_axis(), &at_45_degrees(plus, sign), 1) / 2
}

/// `J > 0`, the sign of the main text, and an `o` without zeros.
fn forward() -> Domain {
    Domain::sizes(SIZE, 1).with_nonzero_ladder(LADDER).with_positive("J")
}

/// `J o⁴(1)/2`, the rate at which one variance grows and the other falls.
fn rate() -> Expression {
    strength() / 2 * any(Linear::from(1)).pow(2)
}

/// The variance of `(X_± + sign Y_±)/√2` falls at first.
fn squeezed(plus: bool, sign: i64) -> Assertion {
    let written = format!(r"\tfrac{{d}}{{dt}}\big\langle\tfrac12({})^2\big\rangle_{{t=0}}", combination(plus, sign));
    let slope = side!(initial_slope(plus, sign)).written(written);
    at_least(forward(), side!(zero()), slope, true, vec![Plan::Manifest(rate(), &[])])
}

fn combination(plus: bool, sign: i64) -> String {
    let (mode, sign) = (if plus { "+" } else { "-" }, if sign > 0 { "+" } else { "-" });
    format!(r"\hat X_{mode}{sign}\hat Y_{mode}")
}

fn s27_squeezed_pair(_: Limits) -> Claim {
    let slope = |plus, sign| {
        let written =
            format!(r"\tfrac{{d}}{{dt}}\big\langle\tfrac12({})^2\big\rangle_{{t=0}}", combination(plus, sign));
        scalars(
            any_strength(),
            side!(initial_slope(plus, sign)).written(written),
            side!(falling()).written(r"-\tfrac12J\,o^4(1)"),
        )
    };
    let mut corrected =
        vec![squeezed(true, -1), squeezed(false, 1), slope(true, -1), slope(false, 1), quiet_variance()];
    corrected.extend(opposite_strength());
    Claim::new(vec![squeezed(true, 1), squeezed(false, -1)]).corrected(
        corrected,
        r"\frac{\hat X_+-\hat Y_+}{\sqrt2},\qquad\frac{\hat X_-+\hat Y_-}{\sqrt2}\qquad(J>0)",
        Class::Misprint,
        "J > 0 is the sign of the main text, which writes H = X1 X2 - Y1 Y2. With it and the paper's signs of Y the \
         printed pair is the noisy one. Complex conjugation K keeps H and |0,0> and turns i into -i, so the state for -J is \
         the conjugate of that for J, and the printed pair does for J < 0 what the corrected one does for J > 0. Only the \
         signs are affected, not the amount of squeezing",
    )
}

/// Complex conjugation in the basis `|m,m'>` keeps `H`, and makes one pair of the other: `K e^{-iHt} K = e^{iHt}`.
fn opposite_strength() -> Vec<Assertion> {
    let conjugate = |of: &str| format!(r"K\left({of}\right)K");
    let pair = |plus, sign| {
        operators(
            Domain::sizes(SIZE, 1).with_ladder(LADDER),
            side!(conjugated(&at_45_degrees(plus, sign))).written(conjugate(&combination(plus, sign))),
            side!(at_45_degrees(plus, -sign)).written(combination(plus, -sign)),
        )
    };
    vec![
        operators(
            any_strength(),
            side!(conjugated(&two_axis())).written(conjugate(r"\hat H_{\rm 2M2A}")),
            side!(two_axis()).written(r"\hat H_{\rm 2M2A}"),
        ),
        pair(true, 1),
        pair(false, -1),
    ]
}

/// The image under complex conjugation in the basis `|m,m'>`.
fn conjugated(operator: &Operator) -> Operator {
    operator.terms().fold(Operator::zero(), |image, ((first, second), c)| {
        image.plus(&Operator::word((first.clone(), second.clone()), c.conjugate()))
    })
}

fn falling() -> Expression {
    -rate()
}

/// The variance of `(X+ - Y+)/√2` is a sum of squares in every paired state; with `a_m = (-i)^m b_m` and real `b_m`, as in
/// the evolving state, `|a_m + i a_{m-1}|² = (b_m - b_{m-1})²`.
fn quiet_variance() -> Assertion {
    let domain = Domain::sizes(SIZE, 1).with_ladder(LADDER).with_sequence("x").with_sequence("y");
    let left = side!(variance_of_quiet()).written(r"\tfrac12\langle(\hat X_+-\hat Y_+)^2\rangle");
    let right = side!(sum_of_quiet_squares()).written(r"\tfrac12\sum_m|a_m+i\,a_{m-1}|^2\,o^2(m)");
    scalars(domain, left, right)
}

fn variance_of_quiet() -> Expression {
    let a = at_45_degrees(true, -1);
    raw_product(&a, &a, &paired()) / 2
}

fn sum_of_quiet_squares() -> Expression {
    let m = || Linear::symbol("m");
    let step = amplitude(m()) + Expression::I * amplitude(m() - 1);
    sum("m", 0, m_max(), step.conjugate() * step * any(m())) / 2
}

fn s27_parameter(_: Limits) -> Claim {
    Claim::new(parameter(1)).corrected(
        parameter(-1),
        r"\xi^2_{\rm 2M2A}=\frac N2\,\frac{\langle(\hat X_+-\hat Y_+)^2\rangle}{(\langle\hat Z_1\rangle+\langle\hat Z_2\rangle)^2}\qquad(J>0)",
        Class::Misprint,
        "the same slip of a sign as in s27-squeezed-pair: as printed, the parameter grows from 1 for J > 0, the sign of \
         the main text. The prefactor N/2 is right",
    )
}

/// `(N/2) <(X+ + sign Y+)²>/(<Z_1> + <Z_2>)²` is `N Var(B)/<[B,B']>²`, starts at 1 and falls at first.
fn parameter(sign: i64) -> Vec<Assertion> {
    let (b, partner) = (combination(true, sign), combination(true, -sign));
    let commutator = format!(r"\left[\tfrac1{{\sqrt2}}({b}),\tfrac1{{\sqrt2}}({partner})\right]");
    let signal = format!(r"{}i(\hat Z_1+\hat Z_2)", if sign > 0 { "-" } else { "" });
    let still = r"\tfrac{d}{dt}\langle\hat Z_1+\hat Z_2\rangle_{t=0}";
    vec![
        operators(
            Domain::sizes(SIZE, 1).with_ladder(LADDER),
            side!(commutator_at_45_degrees(sign)).written(commutator),
            side!(signed_signal(sign)).written(signal),
        ),
        scalars(Domain::sizes(SIZE, 1), side!(initial_two_axis(sign)).written(r"\xi^2_{\rm 2M2A}(t=0)"), side!(one())),
        scalars(any_strength(), side!(slope_of_signal()).written(still), side!(zero())),
        squeezed(true, sign),
    ]
}

fn normalised(sign: i64) -> Operator {
    at_45_degrees(true, sign).scaled(&(1 / Expression::Sqrt2))
}

fn commutator_at_45_degrees(sign: i64) -> Operator {
    normalised(sign).commutator(&normalised(-sign))
}

fn signed_signal(sign: i64) -> Operator {
    z(1).plus(&z(2)).scaled(&(-sign * Expression::I))
}

/// `(N/2) <(X+ + sign Y+)²>/(<Z_1> + <Z_2>)²` in `|0,0>`.
fn initial_two_axis(sign: i64) -> Expression {
    spin_parameter(&at_45_degrees(true, sign)) / 2
}

/// `i <[H, Z_1 + Z_2]>` in `|0,0>`.
fn slope_of_signal() -> Expression {
    let rate = two_axis().commutator(&z(1).plus(&z(2))).scaled(&Expression::I);
    inner(&vacuum(), &rate.apply(&vacuum(), &ladder()))
}

fn s27_paired_subspace(_: Limits) -> Claim {
    let domain = any_strength().with_sequence("x").with_sequence("y");
    let left = side!(twisted_pair()).written(r"\hat H_{\rm 2M2A}\sum_ma_m|m,m\rangle");
    let right =
        side!(pair_again()).written(r"\tfrac J2\sum_m\left[o^2(m)\,a_{m-1}+o^2(m+1)\,a_{m+1}\right]|m,m\rangle");
    Claim::new(vec![equal_vectors(domain, left, right, vec![DIRECT, SYMBOLIC])]).remark(
        "H maps paired vectors to paired vectors, for any o(m), and the start |0,0> is one. So this holds at all times and \
         not only for squeezed states.",
    )
}

fn twisted_pair() -> Ket {
    two_axis().apply(&paired(), &ladder())
}

fn pair_again() -> Ket {
    let m = || Linear::symbol("m");
    let coefficient = any(m()) * amplitude(m() - 1) + any(m() + 1) * amplitude(m() + 1);
    Ket::series(0, m_max(), strength() / 2 * coefficient, &[], (0, 0))
}
