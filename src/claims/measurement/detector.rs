//! The detector: its coupling, its noise, and what it reads: (S11) to (S14), (S16).

use super::{Assertion, Claim, Class, Limits, Plan, Side, equal, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, symbol};
use crate::laws::DIRECT;
use crate::laws::assertion::{at_least, equal_operators};
use crate::model::calculus::derivative;
use crate::model::gaussian::{
    coupling, heisenberg_rate, log_joint_amplitude, log_wave_function, momentum_mean, momentum_of, momentum_spread,
    momentum_variance, position_of, position_variance,
};
use crate::model::operators::Quadrature::XPlus;
use crate::model::{any_ladder, zero};

/// The symbols of the detector: `q`, `x` (an eigenvalue of `X+`), and the positive `λ`, `T`, `σ_q`.
pub(super) fn detector() -> Domain {
    let axes = ["q", "x"].into_iter().fold(Domain::default(), Domain::with_real);
    ["lambda", "T", "sigma"].into_iter().fold(axes, Domain::with_positive)
}

/// Functions `q^k φ(q)`. The kernel takes symbolic powers of `0 < |q| < 1` only; both sides are polynomials in `q` for each
/// `k`, apart from `k q^{k-1}`, so their equality extends to every `q`.
fn powers() -> Domain {
    let axes = Domain::default().with_unit("q").with_real("x").with_index("k", 0, None);
    ["lambda", "T", "sigma"].into_iter().fold(axes, Domain::with_positive)
}

/// `σ_q`.
fn sigma() -> Expression {
    symbol("sigma")
}

/// `λT`.
fn strength() -> Expression {
    symbol("lambda") * symbol("T")
}

/// `Λ = λ²T²σ_q`, the measurement strength.
pub(super) fn lambda() -> Expression {
    strength().pow(2) * sigma()
}

// ---- (S11), (S12) and (S16) ----

pub(super) fn s11(_: Limits) -> Claim {
    Claim::new(vec![
        equal(
            powers(),
            side!(heisenberg_rate(position_of)).written(r"i[\hat H_{\rm int},\hat q]\,q^k\phi(q)\big/\phi(q)"),
            side!(zero()),
            vec![DIRECT],
        ),
        equal_operators(
            any_ladder(1).with_real("lambda").with_real("q"),
            side!(commutator_with_x()).written(r"[\hat H_{\rm int},\hat X_+]"),
            side!(no_operator()).written("0"),
            vec![DIRECT],
        ),
    ])
    .definition(
        "chooses the coupling; what the scheme needs of it is checked: it changes neither the position of the detector nor \
         X+, so that X+ is measured without being disturbed. An infinitely heavy mass has no motion of its own",
    )
}

/// `[-λ q X+, X+]` at a position `q`.
fn commutator_with_x() -> Operator {
    let x = XPlus.operator();
    x.scaled(&-(symbol("lambda") * symbol("q"))).commutator(&x)
}

fn no_operator() -> Operator {
    Operator::zero()
}

/// `λ X+`, applied to `q^k φ` and divided by `φ`, for an eigenvalue `x`.
fn printed_force() -> Expression {
    symbol("lambda") * symbol("x") * symbol("q").to_the(Linear::symbol("k"))
}

pub(super) fn s12(_: Limits) -> Claim {
    let rate = side!(heisenberg_rate(momentum_of)).written(r"i[\hat H_{\rm int},\hat p]\,q^k\phi(q)\big/\phi(q)");
    let force = side!(printed_force()).written(r"\lambda x\,q^k");
    Claim::new(vec![equal(powers(), rate, force, vec![DIRECT])])
        .remark("Checked on the functions q^k φ(q), with p = -i d/dq and X+ replaced by its eigenvalue x.")
}

pub(super) fn s16(_: Limits) -> Claim {
    Claim::new(vec![
        equal(
            detector(),
            side!(energy_of_amplitude()).written(r"i\,\partial_T\Psi/\Psi"),
            side!(coupling()).written(r"-\lambda x q"),
            vec![DIRECT],
        ),
        equal(
            detector(),
            side!(log_wave_function()).written(r"\log\phi(q)"),
            side!(amplitude_at_start()).written(r"\log\Psi\big|_{T=0}"),
            vec![DIRECT],
        ),
    ])
    .remark(
        "The printed state solves the Schrödinger equation of (S11), for each q and each eigenvalue x of X+, and starts as \
         the product of both initial states.",
    )
}

/// `i ∂_T log Ψ` of the printed amplitude.
fn energy_of_amplitude() -> Expression {
    Expression::I * derivative(&log_joint_amplitude(), &Symbol::new("T"))
}

fn amplitude_at_start() -> Expression {
    log_joint_amplitude().substitute(&Symbol::new("T"), &zero())
}

// ---- variances of the detector ----

pub(super) fn s11_position_variance(_: Limits) -> Claim {
    let variance = side!(position_variance()).written(r"\int dq\,q^2|\phi(q)|^2");
    Claim::new(vec![equal(detector(), variance, side!(sigma()).written(r"\sigma_q"), vec![DIRECT])])
        .remark(
            "From φ'/φ = -q/(2σ_q) by integration by parts. The printed prefactor (2πσ_q)^{-1/4} drops out of φ'/φ; that it \
             makes the integral of φ² one is the Gaussian integral, ∫exp(-q²/2σ_q)dq = √(2πσ_q), which is taken as known. \
             σ_q is a variance, and not a standard deviation.",
        )
}

fn momentum_part(right: Side<Expression>, name: &str) -> Assertion {
    let variance = side!(momentum_variance()).written(r"\int dq\,|\phi'(q)|^2");
    equal(detector(), variance, right.written(name), vec![DIRECT])
}

pub(super) fn s11_momentum_variance(_: Limits) -> Claim {
    Claim::new(vec![momentum_part(side!(inverse_sigma(2)), r"\frac1{2\sigma_q}")]).corrected(
        vec![momentum_part(side!(inverse_sigma(4)), r"\frac1{4\sigma_q}")],
        r"\sigma_p=\frac1{4\sigma_q}",
        Class::False,
        "the product of the variances of a Gaussian is 1/4. The printed 1/2 is that of the standard deviations, while σ_q \
         in the printed wave function is a variance; (S14) and what follows from it inherit the factor 2",
    )
}

/// `1/(n σ_q)`.
fn inverse_sigma(n: i64) -> Expression {
    1 / (n * sigma())
}

// ---- (S13) and (S14) ----

/// With the first two moments of `X+` as symbols.
fn moments() -> Domain {
    detector().with_real("mean").with_real("square")
}

/// `<<X+²>>`.
fn spread() -> Expression {
    symbol("square") - symbol("mean").pow(2)
}

pub(super) fn s13(_: Limits) -> Claim {
    let ratio = || {
        side!(signal_to_noise()).written(r"\frac{\langle\hat p(T)\rangle^2}{\langle\langle\hat p(T)^2\rangle\rangle}")
    };
    Claim::new(vec![
        equal(
            moments(),
            ratio(),
            side!(s13_middle()).written(
                r"\frac{(\lambda T\langle\hat X_+\rangle)^2}{\sigma_p+(\lambda T)^2\langle\langle\hat X_+^2\rangle\rangle}",
            ),
            vec![DIRECT],
        ),
        equal(
            moments(),
            ratio(),
            side!(s13_last()).written(
                r"\frac{\langle\hat X_+\rangle^2}{\langle\langle\hat X_+^2\rangle\rangle_{\rm imp}+\langle\langle\hat X_+^2\rangle\rangle}",
            ),
            vec![DIRECT],
        ),
    ])
    .remark(
        "From the joint state (S16). σ_p is the momentum variance of the printed Gaussian, whatever its value, and the \
         imprecision is σ_p/(λT)². Detector and spins are not entangled at the start, so there is no mixed term.",
    )
}

fn signal_to_noise() -> Expression {
    momentum_mean().pow(2) / momentum_spread()
}

fn s13_middle() -> Expression {
    (strength() * symbol("mean")).pow(2) / (momentum_variance() + strength().pow(2) * spread())
}

fn s13_last() -> Expression {
    symbol("mean").pow(2) / (imprecision() + spread())
}

/// `<<X+²>>_imp = σ_p/(λT)²` with the momentum variance of the printed Gaussian.
pub(super) fn imprecision() -> Expression {
    momentum_variance() / strength().pow(2)
}

/// `1/(n λ²T²σ_q)`.
fn imprecision_from_position(n: i64) -> Expression {
    1 / (n * symbol("lambda").pow(2) * symbol("T").pow(2) * sigma())
}

/// `1/(nΛ)`.
fn imprecision_from_strength(n: i64) -> Expression {
    1 / (n * lambda())
}

fn imprecision_side() -> Side<Expression> {
    side!(imprecision()).written(r"\frac{\sigma_p}{\lambda^2T^2}")
}

pub(super) fn s14(_: Limits) -> Claim {
    let parts = |n: i64| {
        let position = side!(imprecision_from_position(n)).written(format!(r"\frac1{{{n}\lambda^2T^2\sigma_q}}"));
        let strength = side!(imprecision_from_strength(n)).written(format!(r"\frac1{{{n}\Lambda}}"));
        vec![
            equal(detector(), imprecision_side(), position, vec![DIRECT]),
            equal(detector(), imprecision_side(), strength, vec![DIRECT]),
        ]
    };
    Claim::new(parts(2)).corrected(
        parts(4),
        r"\langle\langle X_+^2\rangle\rangle_{\rm imp}=\frac{\sigma_p}{\lambda^2T^2}=\frac1{4\lambda^2T^2\sigma_q}=\frac1{4\Lambda},\qquad \Lambda=\lambda^2T^2\sigma_q",
        Class::False,
        "uses σ_p = 1/(2σ_q) where 1/(4σ_q) is right. Λ = λ²T²σ_q is kept, as (S18) and (S19) need it; the imprecision is \
         then 1/(4Λ), half of what is printed",
    )
}

// ---- after (S20) ----

pub(super) fn s20_imprecision_floor(_: Limits) -> Claim {
    let value = |n: i64| {
        let strength = side!(imprecision_from_strength(n)).written(format!(r"\frac1{{{n}\Lambda_0}}"));
        equal(detector(), imprecision_side(), strength, vec![DIRECT])
    };
    Claim::new(vec![value(2), no_point(2)]).corrected(
        vec![value(4), no_point(4)],
        r"\langle\langle\hat X_+^2\rangle\rangle_{\rm imp}=\frac1{4\Lambda_0}",
        Class::False,
        "the imprecision is 1/(4Λ_0), half of what is printed, because σ_p is. The conclusion stands at that level, with \
         the criterion: when the variance has come down to it, no further squeezing, from V to s²V, reduces the noise by a \
         factor of 2. From the printed level it can be reduced by more, up to a factor of 3",
    )
}

/// From the level `V = 1/(nΛ)`, squeezing to `s²V` gains less than a factor of 2.
fn no_point(n: i64) -> Assertion {
    let gain = side!(gain_below(n)).written(format!(
        r"\frac{{\langle\langle\hat X_+^2\rangle\rangle_{{\rm imp}}+V}}{{\langle\langle\hat X_+^2\rangle\rangle_{{\rm imp}}+s^2V}}\bigg|_{{V=\frac1{{{n}\Lambda_0}}}}"
    ));
    // The difference at the true level, 2 - 2/(1+s²).
    let form = 2 * symbol("s").pow(2) / (1 + symbol("s").pow(2));
    at_least(detector().with_fraction("s"), side!(two()), gain, true, vec![Plan::Manifest(form, &[])])
}

/// The noise at the level `1/(nΛ)` of the variance over that at `s²` times the level.
fn gain_below(n: i64) -> Expression {
    let level = imprecision_from_strength(n);
    (imprecision() + level.clone()) / (imprecision() + symbol("s").pow(2) * level)
}

fn two() -> Expression {
    Expression::from(2)
}
