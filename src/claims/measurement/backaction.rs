//! The encoded state and what the first measurement does to the second: (S10), (S15), (S17) to (S20).

use super::{Assertion, Claim, Limits, Plan, Side, equal, equal_vectors, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, symbol};
use crate::exact::ket::Ket;
use crate::laws::assertion::equal_operators;
use crate::laws::rotation::{self, Rotated, conjugation};
use crate::laws::{DIRECT, NORM, SYMBOLIC, information};
use crate::model::calculus::derivative;
use crate::model::gaussian::{Trigonometric, decay};
use crate::model::lowering::Lowering;
use crate::model::metrology::{expectation, inner, mean_z, product_expectation, propagated_error};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::z;
use crate::model::squeezing::exp_2r;
use crate::model::state::gtmss;
use crate::model::{SIZE, any_ladder, ladder, no_vector, one, trace, zero};

use super::detector::lambda;

/// `Z- = Z_1 - Z_2`.
fn z_minus() -> Operator {
    z(1).minus(&z(2))
}

// ---- (S10) and (S15) ----

/// `∂<A>/∂θ = -i <[A, G]>` for `exp(-iθG)`, at `θ = 0`.
fn slope(a: &Operator, generator: &Operator) -> Expression {
    let slope = a.commutator(generator).scaled(&-Expression::I);
    expectation(&slope, &gtmss())
}

fn response(a: Quadrature, angle: &str, generator: Quadrature, right: Side<Expression>) -> Assertion {
    let left = side!(slope(&a.operator(), &generator.operator()))
        .written(format!(r"\partial_{{\theta_{angle}}}\langle {}\rangle", a.latex()));
    equal(any_ladder(1), left, right, vec![NORM, SYMBOLIC])
}

/// How the two measured means respond to the two angles, in first order.
fn responses() -> Vec<Assertion> {
    vec![
        response(XPlus, "A", YPlus, side!(signal()).written(r"-\tfrac12\mathcal N_Q")),
        response(XPlus, "B", XMinus, side!(zero())),
        response(YMinus, "A", YPlus, side!(zero())),
        response(YMinus, "B", XMinus, side!(opposite_signal()).written(r"\tfrac12\mathcal N_Q")),
    ]
}

/// `<Z_1 + Z_2> = -N_Q/2`.
fn signal() -> Expression {
    -information::prefactor() / 2
}

fn opposite_signal() -> Expression {
    information::prefactor() / 2
}

pub(super) fn s10(_: Limits) -> Claim {
    let mut assertions = responses();
    let total = side!(total_z()).written(r"\langle\hat Z_1+\hat Z_2\rangle");
    assertions.push(equal(
        any_ladder(1),
        total,
        side!(signal()).written(r"-\tfrac12\mathcal N_Q"),
        vec![NORM, SYMBOLIC],
    ));
    Claim::new(assertions).definition(
        "names the state that carries the two angles; checked is that it serves its purpose: in first order <X+> responds to \
         θ_A alone and <Y-> to θ_B alone",
    )
}

fn total_z() -> Expression {
    mean_z(1) + mean_z(2)
}

/// The four responses, for the conclusion of the section.
pub(super) fn no_cross_talk() -> Vec<Assertion> {
    trace::uses("s10");
    responses()
}

pub(super) fn s15(_: Limits) -> Claim {
    let ratio = side!(signal_to_noise())
        .written(r"\frac{\left(\partial_{\theta_B}\langle\hat Y_-\rangle\right)^2}{\langle\hat Y_-^2\rangle}");
    Claim::new(vec![equal(
        any_ladder(1),
        ratio,
        side!(atoms_over_wineland()).written(r"\frac N{\xi^2}"),
        vec![NORM, SYMBOLIC],
    )])
    .remark(
        "The ratio itself is a definition; judged is the sentence before it. To the order θ² the signal-to-noise ratio of \
         Y- is N θ_B²/ξ², with the same ξ² as for X+.",
    )
}

/// The ratio for `Y-`, divided by `θ_B²`.
fn signal_to_noise() -> Expression {
    1 / propagated_error(YMinus, XMinus, &gtmss())
}

/// `N/ξ² = |<Z_1>+<Z_2>|²/<X+²>`, from the definition of `ξ²`.
fn atoms_over_wineland() -> Expression {
    1 / information::wineland_over_atoms()
}

// ---- the commutator ----

pub(super) fn s10_commutator_powers(_: Limits) -> Claim {
    let right = side!(i_z_minus_on_state()).written(r"i(\hat Z_1-\hat Z_2)|\psi_G\rangle");
    let annihilated = equal_vectors(any_ladder(1), side!(no_vector()).written("0"), right, vec![DIRECT, SYMBOLIC]);
    let mean_square = equal(
        any_ladder(1),
        side!(mean_square_of_commutator()).written(r"\langle[\hat X_+,\hat Y_-]^2\rangle"),
        side!(zero()),
        vec![NORM, SYMBOLIC],
    );
    let written = || side!(commutator()).written(r"[\hat X_+,\hat Y_-]");
    let formula = side!(i_z_minus()).written(r"i(\hat Z_1-\hat Z_2)");
    Claim::new(vec![
        equal_operators(any_ladder(1), written(), formula, vec![DIRECT, SYMBOLIC]),
        equal(
            Domain::sizes(SIZE, 1),
            side!(element_at_the_bottom()).written(r"\langle1,0|\hat Z_1-\hat Z_2|1,0\rangle"),
            side!(one()),
            vec![DIRECT, Plan::Sizes(6)],
        ),
        annihilated,
        mean_square,
    ])
    .remark(
        "Not zero: for spins of every size it has the element i at |1,0>. As the commutator annihilates the state, so does \
         every power of it from the first on, C^k ψ = C^{k-1} 0; the mean square is written out.",
    )
}

fn commutator() -> Operator {
    XPlus.operator().commutator(&YMinus.operator())
}

fn i_z_minus() -> Operator {
    z_minus().scaled(&Expression::I)
}

fn i_z_minus_on_state() -> Ket {
    i_z_minus().apply(&gtmss(), &ladder())
}

fn mean_square_of_commutator() -> Expression {
    product_expectation(&commutator(), &commutator(), &gtmss())
}

/// For spins.
fn element_at_the_bottom() -> Expression {
    let ket = Ket::series(0, Linear::from(0), one(), &[], (1, 0));
    Lowering::Spin.specialise(&inner(&ket, &z_minus().apply(&ket, &ladder())))
}

// ---- (S17) ----

pub(super) fn s17(_: Limits) -> Claim {
    let rotated = Rotated { constant: Operator::zero(), cosine: YMinus.operator(), sine: z_minus() };
    let written = rotation::turned(r"\hat X_+", r"\hat Y_-", r"\cos\theta\,\hat Y_-+\sin\theta\,\hat Z_-");
    Claim::new(conjugation(&written, &XPlus.operator(), &YMinus.operator(), &rotated)).for_spins().remark(
        "Both sides solve the same linear differential equation in θ, which with the value at 0 fixes them; these are the \
         parts. Z- is Z_1 - Z_2. For another o(m), [X+, Z-] is in general no multiple of Y-.",
    )
}

pub(super) fn s17_z_minus(_: Limits) -> Claim {
    let annihilated = side!(z_minus_on_state()).written(r"\hat Z_-|\psi_G\rangle");
    let first_order = |angle: &str, generator: Quadrature| {
        let left = side!(slope(&z_minus(), &generator.operator()))
            .written(format!(r"\partial_{{\theta_{angle}}}\langle\hat Z_-\rangle"));
        equal(any_ladder(1), left, side!(zero()), vec![NORM, SYMBOLIC])
    };
    Claim::new(vec![
        equal_vectors(any_ladder(1), side!(no_vector()).written("0"), annihilated, vec![DIRECT, SYMBOLIC]),
        first_order("A", YPlus),
        first_order("B", XMinus),
    ])
    .remark(
        "To first order in both angles. (S18) does not even need it: the average of sin(λqT) over a Gaussian is zero.",
    )
}

fn z_minus_on_state() -> Ket {
    z_minus().apply(&gtmss(), &ladder())
}

// ---- (S18) to (S20) ----

/// `g = e^{-Λ/2}`, the average of `e^{iλTq}`.
fn g() -> Expression {
    symbol("g")
}

/// `Y-(T)` turned by an angle: `cos θ Y- + sin θ Z-`, with numbers in place of the operators.
fn turned(y: &Expression, z: &Expression) -> Trigonometric {
    trace::uses("s17");
    Trigonometric::cosine().scaled(y).plus(&Trigonometric::sine().scaled(z))
}

fn means() -> Domain {
    ["g", "y", "z"].into_iter().fold(Domain::default(), Domain::with_real)
}

pub(super) fn s18(_: Limits) -> Claim {
    let strength = ["kappa", "lambda", "T", "sigma", "q"].into_iter().fold(Domain::default(), Domain::with_real);
    Claim::new(vec![
        equal(
            means(),
            side!(mean_after()).written(
                r"\int dq|\phi|^2\left[\langle\hat Y_-\rangle\cos(\lambda qT)+\langle\hat Z_-\rangle\sin(\lambda qT)\right]",
            ),
            side!(printed_mean()).written(r"\langle\hat Y_-\rangle e^{-\Lambda/2}"),
            vec![DIRECT],
        ),
        equal(
            strength,
            side!(decay_of_average()).written(r"\partial_\kappa\log\int dq|\phi|^2e^{i\kappa\lambda qT}"),
            side!(printed_decay()).written(r"\partial_\kappa\left(-\tfrac12\kappa^2\Lambda\right)"),
            vec![DIRECT],
        ),
    ])
    .remark(
        "The second part says that g = e^{-Λ/2} with Λ = λ²T²σ_q is the average of e^{iλqT}: both have the same \
         logarithmic derivative in κ and the value 1 at κ = 0.",
    )
}

fn mean_after() -> Expression {
    turned(&symbol("y"), &symbol("z")).average(&g())
}

fn printed_mean() -> Expression {
    symbol("y") * g()
}

/// `∂_κ log <e^{iκλTq}>`.
fn decay_of_average() -> Expression {
    let frequency = symbol("kappa") * symbol("lambda") * symbol("T");
    decay(1, &frequency) * symbol("lambda") * symbol("T")
}

/// The same for `e^{-κ²Λ/2}`.
fn printed_decay() -> Expression {
    derivative(&(-(symbol("kappa").pow(2) * lambda()) / 2), &Symbol::new("kappa"))
}

/// `cosh Λ = (e^Λ + e^{-Λ})/2` with `e^{-Λ} = g²`.
fn cosh_strength() -> Expression {
    (g().pow(-2) + g().pow(2)) / 2
}

pub(super) fn s19(_: Limits) -> Claim {
    Claim::new(vec![equal(
        any_ladder(1).with_real("g"),
        side!(square_after()).written(
            r"\int dq|\phi|^2\left\langle\left[\cos(\lambda qT)\hat Y_-+\sin(\lambda qT)\hat Z_-\right]^2\right\rangle",
        ),
        side!(printed_square()).written(r"\langle\hat Y_-^2\rangle\cosh\Lambda\,e^{-\Lambda}"),
        vec![NORM, SYMBOLIC],
    )])
    .remark(
        "To zeroth order in the angles, as the paper says: Z- annihilates the state, so that the mixed terms and <Z-²> \
         vanish. The rotation (S17) is that of spins; the averages are as stated for any o(m).",
    )
}

/// `<A B>` of the state.
fn moment(a: &Operator, b: &Operator) -> Expression {
    product_expectation(a, b, &gtmss())
}

fn square_after() -> Expression {
    let (y, z, c, s) = (YMinus.operator(), z_minus(), Trigonometric::cosine(), Trigonometric::sine());
    let mixed = moment(&y, &z) + moment(&z, &y);
    let sum = c.times(&c).scaled(&moment(&y, &y)).plus(&c.times(&s).scaled(&mixed));
    sum.plus(&s.times(&s).scaled(&moment(&z, &z))).average(&g())
}

/// `<Y-²> = N_Q e^{-2r}/4`, times `cosh Λ e^{-Λ}`.
fn printed_square() -> Expression {
    information::prefactor() * exp_2r(-1) / 4 * cosh_strength() * g().pow(2)
}

pub(super) fn s20(_: Limits) -> Claim {
    Claim::new(vec![reduction()])
        .remark("From (S18) and (S19). The variance is the mean square up to θ², which is beyond the order needed.")
}

/// The ratio for `Y-` after the first measurement over that before.
pub(super) fn reduction() -> Assertion {
    trace::uses("s18");
    trace::uses("s19");
    let left = side!(ratio_of_ratios()).written(r"\frac{({\rm SNR})_{Y_-}(T)}{({\rm SNR})_{Y_-}(0)}");
    equal(means(), left, side!(printed_reduction()).written(r"\frac1{\cosh\Lambda}"), vec![DIRECT])
}

/// With `y` for `<Y->` and `z` for `<Y-²>`.
fn ratio_of_ratios() -> Expression {
    let square = Trigonometric::cosine().times(&Trigonometric::cosine()).scaled(&symbol("z")).average(&g());
    let before = symbol("y").pow(2) / symbol("z");
    turned(&symbol("y"), &zero()).average(&g()).pow(2) / square / before
}

fn printed_reduction() -> Expression {
    1 / cosh_strength()
}
