//! Optimal paired states: Fig. 2(b), section V.

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, estimated, exact, limit, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, sum, symbol};
use crate::laws::{DIRECT, information};
use crate::model::lowering::any;
use crate::model::metrology::inner;
use crate::model::operators::lowering;
use crate::model::state::{amplitude, gtmss, paired, weight};
use crate::model::{SIZE, ladder, m, m_max, squeezed, trace};
use crate::numeric::unitary::two_axis_optimum;

mod ansatz;
pub(super) mod bound;
mod maximum;

pub(super) const CLAIMS: Chapter = &[
    ("main-binomial", maximum::main_binomial),
    ("main-two-mode-bound", bound::main_two_mode_bound),
    ("fig2b", fig2b),
    ("s28", ansatz::s28),
    ("s29", ansatz::s29),
    ("s29-offdiagonal", ansatz::s29_offdiagonal),
    ("s30", ansatz::s30),
    ("s31a", s31a),
    ("s31b", s31b),
    ("s31c", s31c),
    ("s32", maximum::s32),
    ("s33", maximum::s33),
    ("s33-real", maximum::s33_real),
    ("s34", maximum::s34),
    ("s35", maximum::s35),
    ("s36a", s36a),
    ("s36b", s36b),
    ("s37", s37),
    ("s37-global", maximum::s37_global),
    ("s37-equal-partner", maximum::s37_equal_partner),
    ("s37-local-rotation", bound::s37_local_rotation),
    ("s37-angular-momentum", bound::s37_angular_momentum),
    ("s37-y-bound", bound::s37_y_bound),
    ("s37-qfi-bound", bound::s37_qfi_bound),
];

/// `2S`.
fn two_s() -> Linear {
    Linear::symbol("n")
}

// ---- (S31) ----

/// `|z|²` for `z = x + iy`.
fn modulus(z: Expression) -> Expression {
    z.conjugate() * z
}

fn s31_part(right: Side<Expression>, name: &str) -> Assertion {
    information::paired_equality(right.written(name))
}

fn s31a(_: Limits) -> Claim {
    Claim::new(vec![
        s31_part(
            side!(s31_expanded()),
            r"\sum_{m,m'}a_m^*a_{m'}\langle m,m|\left[\begin{aligned}&\hat O_1^\dagger\hat O_1+\hat O_1\hat O_1^\dagger+\hat O_2^\dagger\hat O_2+\hat O_2\hat O_2^\dagger\\&-2\hat O_1\hat O_2-2\hat O_1^\dagger\hat O_2^\dagger\end{aligned}\right]|m',m'\rangle",
        ),
    ])
    .remark(
        "X-|ψ> contains only |m+1,m> and |m,m+1>, so <X-> = 0 and the second line of S30 is zero. An equality between \
         paired states: as an operator the square has further terms, such as O_1² and O_1 O_2†, with \
         no matrix element between |m,m> and |m',m'>.",
    )
}

fn s31_expanded() -> Expression {
    let (a, b) = (lowering(1), lowering(2));
    let number = |o: &Operator| o.adjoint().times(o).plus(&o.times(&o.adjoint()));
    let pairs = a.times(&b).plus(&a.adjoint().times(&b.adjoint())).scaled(&Expression::from(-2));
    inner(&paired(), &number(&a).plus(&number(&b)).plus(&pairs).apply(&paired(), &ladder()))
}

fn s31b(_: Limits) -> Claim {
    let name = |index: &str| {
        format!(
            r"2\sum_m\left[\begin{{aligned}}&|a_m|^2o^2(m)+|a_{{{index}}}|^2o^2(m+1)\\&-a_m^*a_{{m+1}}o^2(m+1)-a_m^*a_{{m-1}}o^2(m)\end{{aligned}}\right]"
        )
    };
    let (printed, corrected) = (name("m+1"), name("m"));
    Claim::new(vec![s31_part(side!(s31_sum(m() + 1)), &printed)]).corrected(
        vec![s31_part(side!(s31_sum(m())), &corrected)],
        &corrected,
        Class::Misprint,
        "in the second term the modulus must be that of a_m: O O† on |m> gives o²(m+1). Reading the sum over all \
         integers m does not help",
    )
}

/// The second line, with `|a_{second}|²` in its second term.
fn s31_sum(second: Linear) -> Expression {
    let a = amplitude;
    let square = |l: Linear| modulus(a(l));
    let cross = |l: Linear| a(m()).conjugate() * a(l);
    let term = square(m()) * any(m()) + square(second) * any(m() + 1)
        - cross(m() + 1) * any(m() + 1)
        - cross(m() - 1) * any(m());
    2 * sum("m", 0, m_max(), term)
}

fn s31c(_: Limits) -> Claim {
    Claim::new(information::paired_information())
        .remark("Equal to the QFI itself, for complex amplitudes; not to the line printed above it, see s31b.")
}

// ---- (S36), (S37) ----

fn binomial(n: Linear, k: Linear) -> Expression {
    Expression::Binomial(n, k)
}

/// `S(S+1) - (m-S)(m-S+shift)`, which is `o²(m)` for `shift = -1` and `o²(m+1)` for `shift = 1`.
fn spin_element(shift: i64) -> Expression {
    let (s, m) = (symbol("n") / 2, symbol("m"));
    s.clone() * (s.clone() + 1) - (m.clone() - s.clone()) * (m - s + shift)
}

fn s36a(limits: Limits) -> Claim {
    let plans = vec![Plan::Witness("s36a"), limits.cheap()];
    Claim::new(vec![equal(Domain::sizes("n", 0), side!(s36a_sum()), side!(s36a_value()), plans)]).for_spins()
}

fn s36a_sum() -> Expression {
    sum("m", 0, two_s(), binomial(two_s(), m()).pow(2))
}

fn s36a_value() -> Expression {
    binomial(two_s() * 2, two_s())
}

fn s36b(limits: Limits) -> Claim {
    let plans = vec![Plan::Witness("s36b"), limits.cheap()];
    Claim::new(vec![equal(Domain::sizes("n", 1), side!(s36b_sum()), side!(s36b_value()), plans)])
        .for_spins()
        .remark("For 2S = 0 the sum is empty and the right side is zero.")
}

fn s36b_sum() -> Expression {
    let neighbours = binomial(two_s(), m()) + binomial(two_s(), m() - 1);
    sum("m", 1, two_s(), neighbours.pow(2) * spin_element(-1))
}

fn s36b_value() -> Expression {
    symbol("n") * (symbol("n") + 1) * binomial(two_s() * 2, two_s())
}

fn every_m() -> Domain {
    Domain::sizes("n", 0).with_index("m", 0, Some(two_s()))
}

fn s37(limits: Limits) -> Claim {
    Claim::new(vec![equal(every_m(), side!(s37_left()), side!(s37_right()), vec![DIRECT, limits.cheap()])])
        .for_spins()
        .remark("One bracket is missing in the print; where it closes is evident.")
}

fn s37_left() -> Expression {
    binomial(two_s(), m()) * symbol("n") * (symbol("n") + 1)
}

fn s37_right() -> Expression {
    let b = |k: Linear| binomial(two_s(), k);
    (b(m() + 1) + b(m())) * spin_element(1) + (b(m() - 1) + b(m())) * spin_element(-1)
}

// ---- Fig. 2(b) ----

fn fig2b(limits: Limits) -> Claim {
    let amplitudes = Domain::sizes("n", 1).with_sequence("x");
    let gap = side!(fisher_gap()).written(r"2S(2S+1)\sum_m a_m^2-\sum_m(a_m-a_{m-1})^2o^2(m)");
    let squares = side!(sum_of_squares()).written(r"\sum_{m=1}^{2S}\left[m\,a_m+(2S+1-m)\,a_{m-1}\right]^2");
    let probability = side!(gtmss_probability()).written(r"\frac{\tanh^{2m}r}{\sum_{m'}\tanh^{2m'}r}");
    let uniform = squeezed(1).with_index("m", 0, Some(m_max()));
    let claim = Claim::new(vec![
        equal(amplitudes, gap, squares, vec![DIRECT, Plan::Sizes(4)]),
        squares_vanish(limits),
        limit(uniform, probability, side!(uniform_probability()), vec![Plan::RegularForm(gtmss_probability(), &[
            "geometric",
        ])]),
    ])
    .for_spins()
    .remark(
        "The QFI falls short of 2S(2S+1) times the norm (twice that with the factor of S31) by a sum of squares that \
         vanishes only for m a_m = -(2S+1-m) a_(m-1), the staggered binomials: they are the optimum at m_max = 30 and at \
         every size, up to normalisation. For complex a_m the identity holds for real and imaginary parts. The curves of \
         the figure itself are not available to us; the 2M2A amplitudes are computed by our own integration.",
    );
    match two_axis_optimum(30) {
        Ok(optimum) => {
            claim.value("two_axis_time", estimated(optimum.time)).value("two_axis_xi2", estimated(optimum.xi2))
        }
        Err(error) => claim.value("two_axis", exact(error)),
    }
}

/// The binomials make every square of the gap vanish.
fn squares_vanish(limits: Limits) -> Assertion {
    let domain = Domain::sizes("n", 1).with_index("m", 1, Some(two_s()));
    let attained = side!(weighted_binomial()).written(r"m\,a_m\big|_{a_m=(-1)^m\binom{2S}{m}}");
    let previous = side!(weighted_previous()).written(r"-(2S+1-m)\,a_{m-1}");
    equal(domain, attained, previous, vec![DIRECT, limits.cheap()])
}

fn real_amplitude(l: Linear) -> Expression {
    Expression::Value(Symbol::new("x"), l)
}

/// `2S(2S+1) Σ a_m² - Σ (a_m - a_{m-1})² o²(m)` for real amplitudes.
fn fisher_gap() -> Expression {
    trace::uses("s31c");
    let norm = sum("m", 0, two_s(), real_amplitude(m()).pow(2));
    let difference = real_amplitude(m()) - real_amplitude(m() - 1);
    symbol("n") * (symbol("n") + 1) * norm - sum("m", 1, two_s(), difference.pow(2) * spin_element(-1))
}

fn sum_of_squares() -> Expression {
    let m = symbol("m");
    let combination = m.clone() * real_amplitude(Linear::symbol("m"))
        + (symbol("n") + 1 - m) * real_amplitude(Linear::symbol("m") - 1);
    sum("m", 1, two_s(), combination.pow(2))
}

/// The staggered binomial `a_L = (-1)^L C(2S, L)` of the caption and of Eq. (S32).
fn staggered(l: Linear) -> Expression {
    Expression::from(-1).to_the(l.clone()) * binomial(two_s(), l)
}

/// `m a_m` for the staggered binomials.
fn weighted_binomial() -> Expression {
    symbol("m") * staggered(m())
}

/// `-(2S+1-m) a_{m-1}` for them: with the line above, every square vanishes.
fn weighted_previous() -> Expression {
    -((symbol("n") + 1 - symbol("m")) * staggered(m() - 1))
}

fn gtmss_probability() -> Expression {
    weight(m()) / inner(&gtmss(), &gtmss())
}

fn uniform_probability() -> Expression {
    1 / (symbol(SIZE) + 1)
}
