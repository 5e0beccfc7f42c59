//! Symmetric logarithmic derivatives: (S1) to (S9).
//!
//! For a pure state `ρ = |ψ><ψ|` the operators of this chapter are of the form `|v><ψ|` or `|ψ><v|`, which the vector `v`
//! determines. So lines about `Aρ` are stated as lines about `A|ψ>`, and lines about `ρA` about `A†|ψ>`.

use super::{Assertion, Chapter, Claim, Class, Limits, Side, equal, equal_matrices, equal_vectors, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Symbol, symbol};
use crate::exact::ket::Ket;
use crate::laws::{DIRECT, NORM, SYMBOLIC, information};
use crate::model::calculus::derivative;
use crate::model::matrix::Matrix;
use crate::model::metrology::{expectation, inner, product_expectation};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{QUADRATURES, lowering};
use crate::model::squeezing::{exp_2r, minus_tanh_to, tanh};
use crate::model::state::{gtmss, weight};
use crate::model::{LADDER, any_ladder, ladder, m, m_max, trace, zero};

mod commuting;

use commuting::{smallest, smallest_state};

pub(super) const CLAIMS: Chapter = &[
    ("eq5-commuting-slds", commuting::eq5_commuting_slds),
    ("s1", s1),
    ("s2", s2),
    ("s3", s3),
    ("s4", s4),
    ("s5", s5),
    ("s6", s6),
    ("s7", commuting::s7),
    ("s7-state", commuting::s7_state),
    ("s8", commuting::s8),
    ("s8-arbitrary", commuting::s8_arbitrary),
    ("s9", commuting::s9),
];

/// `(W, sign of the exponent, V)` for `L_W = ±2e^{±2r} V`, plus for `W = X±`.
type Solution = (Quadrature, i32, Quadrature);

/// Eq. (5) with `±` on the left.
const SOLUTIONS: [Solution; 4] = [(XPlus, -1, YPlus), (XMinus, 1, YMinus), (YPlus, 1, XPlus), (YMinus, -1, XMinus)];

/// The logarithmic derivative of `W`.
fn solution(w: Quadrature) -> Operator {
    trace::uses("eq5");
    let all: Vec<Operator> = SOLUTIONS.into_iter().filter(|s| s.0 == w).map(sld).collect();
    all.into_iter().fold(Operator::zero(), |sum, l| sum.plus(&l))
}

/// `±2e^{2kr} V`.
fn sld((w, k, v): Solution) -> Operator {
    let sign = if matches!(w, XPlus | XMinus) { 2 } else { -2 };
    v.operator().scaled(&(sign * exp_2r(k)))
}

// ---- (S1) and (S2) ----

fn s1(_: Limits) -> Claim {
    let element = |(a, b): (Quadrature, Quadrature)| {
        let (a_sld, b_sld) = (sld_latex(a), sld_latex(b));
        let left = side!(symmetrised(a, b))
            .written(format!(r"\tfrac12\operatorname{{tr}}\left[\rho_G({a_sld}{b_sld}+{b_sld}{a_sld})\right]"));
        let right = if a == b { information(a) } else { side!(zero()) };
        equal(any_ladder(1), left, right, vec![NORM, SYMBOLIC])
    };
    let pairs = QUADRATURES.into_iter().flat_map(|a| QUADRATURES.map(|b| (a, b)));
    Claim::new(pairs.map(element).collect()).remark(
        "All sixteen elements, with the operators of Eq. (5), ± on its left sides, against the matrix of Eq. (4), which is \
         four times the symmetrised covariance matrix. Any other solution of (S2) gives the same: the trace contains \
         only the vectors L|ψ>.",
    )
}

fn sld_latex(w: Quadrature) -> String {
    format!(r"\hat L_{{{}}}", w.latex())
}

/// `tr[ρ (L_a L_b + L_b L_a)]/2`.
fn symmetrised(a: Quadrature, b: Quadrature) -> Expression {
    let (a, b) = (solution(a), solution(b));
    (product_expectation(&a, &b, &gtmss()) + product_expectation(&b, &a, &gtmss())) / 2
}

/// The diagonal element of Eq. (4).
fn information(w: Quadrature) -> Side<Expression> {
    let exponent = if squeezed(w) < 0 { "-2r" } else { "2r" };
    side!(diagonal_element(w)).written(format!(r"\mathcal N_Q\,e^{{{exponent}}}"))
}

/// The sign of the exponent in Eq. (4).
fn squeezed(w: Quadrature) -> i32 {
    if matches!(w, XPlus | YMinus) { -1 } else { 1 }
}

fn diagonal_element(w: Quadrature) -> Expression {
    information::prefactor() * exp_2r(squeezed(w))
}

fn s2(_: Limits) -> Claim {
    let square = |w: Quadrature| {
        let left = side!(square_of_solution(w)).written(format!(r"\langle {}^2\rangle", sld_latex(w)));
        equal(any_ladder(1), left, information(w), vec![NORM, SYMBOLIC])
    };
    let mean = |w: Quadrature| {
        let left = side!(mean_of_solution(w)).written(format!(r"\langle {}\rangle", sld_latex(w)));
        equal(any_ladder(1), left, side!(zero()), vec![NORM, SYMBOLIC])
    };
    Claim::new(QUADRATURES.map(mean).into_iter().chain(QUADRATURES.map(square)).collect()).definition(
        "defines the symmetric logarithmic derivative; two consequences are checked: its mean is zero, because the trace of \
         ρ does not change, and its mean square is the quantum Fisher information, which depends on the factor 2",
    )
}

fn square_of_solution(w: Quadrature) -> Expression {
    product_expectation(&solution(w), &solution(w), &gtmss())
}

fn mean_of_solution(w: Quadrature) -> Expression {
    expectation(&solution(w), &gtmss())
}

// ---- (S3) and (S4) ----

/// `<ψ|L_W = 2i<ψ|W`, written for the adjoint vectors: the second terms of (S3).
fn on_the_right(solution: Solution) -> Assertion {
    let (w, k, v) = solution;
    let sign = if matches!(w, XPlus | XMinus) { "" } else { "-" };
    let exponent = if k > 0 { "2r" } else { "-2r" };
    let derivative = side!(bra_of_derivative(w)).written(format!(r"(2i\langle\psi_G|{})^\dagger", w.latex()));
    let applied = side!(bra_of_solution(solution))
        .written(format!(r"({sign}2e^{{{exponent}}}\langle\psi_G|{})^\dagger", v.latex()));
    equal_vectors(any_ladder(1), derivative, applied, vec![DIRECT, SYMBOLIC])
}

fn bra_of_derivative(w: Quadrature) -> Ket {
    w.operator().scaled(&(2 * Expression::I)).adjoint().apply(&gtmss(), &ladder())
}

fn bra_of_solution(solution: Solution) -> Ket {
    sld(solution).adjoint().apply(&gtmss(), &ladder())
}

/// Both orderings of (S3) for these operators.
fn both_orderings(solutions: [Solution; 4]) -> Vec<Assertion> {
    let left = solutions.map(|(w, k, v)| information::logarithmic_derivative(w, k, v));
    left.into_iter().chain(solutions.map(on_the_right)).collect()
}

fn s3(_: Limits) -> Claim {
    let mut assertions: Vec<Assertion> = QUADRATURES.into_iter().flat_map(rotation_of_the_smallest).collect();
    assertions.extend(both_orderings(SOLUTIONS));
    Claim::new(assertions).remark(
        "The derivative is computed from the rotated state itself for one atom on each side, where exp(-iθW) is known in \
         closed form; then come both terms of the equation, for any o(m), with the operators of Eq. (5). The density \
         matrix is not changed in the limit θ -> 0; its derivative is.",
    )
}

/// `∂ρ/∂θ = -iWρ + iρW` at `θ = 0` for two spins-1/2, with `ρ = e^{-iθW} |ψ><ψ| e^{iθW}`.
fn rotation_of_the_smallest(w: Quadrature) -> Vec<Assertion> {
    let left = side!(derivative_of_rotated(w)).written(format!(r"\partial_\theta\rho_{{{}}}", w.latex()));
    let right = side!(von_neumann(w)).written(format!(r"-i{0}\rho_G+i\rho_G{0}", w.latex()));
    equal_matrices(Domain::default().with_unit("t"), left, right, vec![DIRECT])
}

fn density(state: &Matrix) -> Matrix {
    state.times(&state.adjoint())
}

fn von_neumann(w: Quadrature) -> Matrix {
    let (rho, w) = (density(&smallest_state()), smallest(&w.operator()));
    w.times(&rho).scaled(&-Expression::I).plus(&rho.times(&w).scaled(&Expression::I))
}

/// The derivative by `θ` of the rotated density matrix, at `θ = 0`.
///
/// As `(2X_j)² = (2Y_j)² = 1`, each factor is `exp(-iθV) = cos(θ/2) - 2i sin(θ/2) V`. With `k = tan(θ/4)` it is rational,
/// and `dk/dθ = 1/4` at 0.
fn derivative_of_rotated(w: Quadrature) -> Matrix {
    let k = symbol("k");
    let cosine = (1 - k.clone().pow(2)) / (1 + k.clone().pow(2));
    let sine = 2 * k.clone() / (1 + k.pow(2));
    let factor = |v: &Operator| {
        let turned = smallest(v).scaled(&(-2 * Expression::I * sine.clone()));
        Matrix::identity(4).scaled(&cosine).plus(&turned)
    };
    let (first, second) = parts(w);
    let rotated = factor(&first).times(&factor(&second)).times(&smallest_state());
    let k = Symbol::new("k");
    density(&rotated).map(|e| derivative(e, &k).substitute(&k, &zero()) / 4)
}

/// `W` as the sum of its terms on the two subsystems.
fn parts(w: Quadrature) -> (Operator, Operator) {
    use crate::model::operators::{x, y};
    let minus = Expression::from(-1);
    match w {
        XPlus => (x(1), x(2)),
        XMinus => (x(1), x(2).scaled(&minus)),
        YPlus => (y(1), y(2)),
        YMinus => (y(1), y(2).scaled(&minus)),
    }
}

fn s4(_: Limits) -> Claim {
    // Our copy has L_{X+} and L_{Y+} on the left for both signs.
    let copy = [(XPlus, -1, YPlus), (XPlus, 1, YMinus), (YPlus, 1, XPlus), (YPlus, -1, XMinus)];
    Claim::new(both_orderings(copy)).corrected(
        both_orderings(SOLUTIONS),
        r"\hat L_{\hat X_\pm} = 2e^{\mp 2r}\hat Y_\pm,\qquad \hat L_{\hat Y_\pm} = -2e^{\pm 2r}\hat X_\pm",
        Class::Misprint,
        "as for Eq. (5): the left sides read X+ and Y+ for both signs in our copy. With X± and Y± all four operators \
         solve the equation, on the left of ρ and on its right. The slip may be the transcription's",
    )
}

// ---- (S5) and (S6) ----

/// `Σ_{m=0}^{m_max} coefficient o(m+c) |m+a, m+b>`.
fn term(coefficient: Expression, c: i64, at: (i64, i64)) -> Ket {
    Ket::series(0, m_max(), coefficient, &[(LADDER, c)], at)
}

/// `[-tanh r]^m`.
fn power() -> Expression {
    minus_tanh_to(m())
}

/// `Σ_m [-tanh r]^m |m,m>`, as printed.
fn printed_state() -> Ket {
    Ket::series(0, m_max(), power(), &[], (0, 0))
}

/// `-i factor Σ s_j (word j)|ψ>` for the four letters `O_1†, O_1, O_2†, O_2`.
fn letters(factor: Expression, signs: [i64; 4], state: &Ket) -> Ket {
    let (a, b) = (lowering(1), lowering(2));
    let words = [a.adjoint(), a, b.adjoint(), b];
    let sum = words.iter().zip(signs).fold(Operator::zero(), |o, (word, s)| o.plus(&word.scaled(&Expression::from(s))));
    sum.scaled(&(-Expression::I * factor)).apply(state, &ladder())
}

/// `-i factor Σ_m [-tanh r]^m bracket o(m) (|m,m-1> + |m-1,m>)`.
fn gathered(factor: Expression, bracket: Expression) -> Ket {
    let coefficient = -Expression::I * factor * power() * bracket;
    term(coefficient.clone(), 0, (0, -1)).plus(term(coefficient, 0, (-1, 0)))
}

/// `-i factor Σ_m [-tanh r]^m [...]` with the four kets of the fourth line, lowered ones with the sign `s`.
fn four_kets(factor: Expression, s: i64) -> Ket {
    let raised = -Expression::I * factor * power();
    let lowered = s * raised.clone();
    let second = term(lowered.clone(), 0, (0, -1)).plus(term(lowered, 0, (-1, 0)));
    term(raised.clone(), 1, (1, 0)).plus(second).plus(term(raised, 1, (0, 1)))
}

fn s5(_: Limits) -> Claim {
    let prefactor = || exp_2r(-1);
    let line = |right: Side<Ket>, text: &str| {
        let left = side!(s5_first_line()).written(r"2e^{-2r}\hat Y_+|\psi\rangle");
        equal_vectors(any_ladder(1), left, right.written(text), vec![DIRECT, SYMBOLIC])
    };
    Claim::new(vec![
        line(
            side!(letters(prefactor(), [1, -1, 1, -1], &gtmss())),
            r"-ie^{-2r}(\hat O_1^\dagger-\hat O_1+\hat O_2^\dagger-\hat O_2)|\psi\rangle",
        ),
        line(
            side!(letters(prefactor(), [1, -1, 1, -1], &printed_state())),
            r"-ie^{-2r}(\hat O_1^\dagger-\hat O_2-\hat O_1+\hat O_2^\dagger)\sum_m(-\tanh r)^m|m,m\rangle",
        ),
        line(
            side!(four_kets(prefactor(), -1)),
            r"\begin{aligned}-ie^{-2r}\sum_m(-\tanh r)^m\big[&o(m+1)|m+1,m\rangle-o(m)|m,m-1\rangle\\&-o(m)|m-1,m\rangle+o(m+1)|m,m+1\rangle\big]\end{aligned}",
        ),
        line(
            side!(gathered(prefactor(), 1 / -tanh() - 1)),
            r"-ie^{-2r}\sum_m(-\tanh r)^m\left[\tfrac{o(m)}{-\tanh r}-o(m)\right]\left(|m,m-1\rangle+|m-1,m\rangle\right)",
        ),
        line(
            side!(gathered(Expression::from(1), -exp_2r(-1) / tanh() - exp_2r(-1))),
            r"-i\sum_m(-\tanh r)^m\left[\tfrac{-e^{-2r}}{\tanh r}-e^{-2r}\right]o(m)\left(|m,m-1\rangle+|m-1,m\rangle\right)",
        ),
        line(
            side!(last_line()),
            r"-i\sum_m(-\tanh r)^m\left[\tfrac{-1}{\tanh r}+1\right]o(m)\left(|m,m-1\rangle+|m-1,m\rangle\right)",
        ),
    ])
    .remark(
        "Every line is an operator 𝒩²|v><ψ|; stated is the vector v. The sums run over 0..m_max with o(0) = 0 and \
         o(m_max+1) = 0. The last three lines contain 1/tanh r and need r ≠ 0; at r = 0 the factor tanh^m r with m >= 1 \
         keeps their limit finite.",
    )
}

fn s5_first_line() -> Ket {
    sld((XPlus, -1, YPlus)).apply(&gtmss(), &ladder())
}

/// The last line of both chains.
fn last_line() -> Ket {
    gathered(Expression::from(1), -1 / tanh() + 1)
}

fn s6(_: Limits) -> Claim {
    let line = |right: Side<Ket>, text: &str| {
        let left = side!(s6_first_line()).written(r"-2i\hat X_+|\psi\rangle");
        equal_vectors(any_ladder(1), left, right.written(text), vec![DIRECT, SYMBOLIC])
    };
    let one = || Expression::from(1);
    let expanded = || {
        line(
            side!(letters(one(), [1, 1, 1, 1], &gtmss())),
            r"-i(\hat O_1^\dagger+\hat O_1+\hat O_2^\dagger+\hat O_2)|\psi\rangle",
        )
    };
    let reordered = || {
        line(
            side!(letters(one(), [1, 1, 1, 1], &printed_state())),
            r"-i(\hat O_1^\dagger+\hat O_2+\hat O_1+\hat O_2^\dagger)\sum_m(-\tanh r)^m|m,m\rangle",
        )
    };
    let last = || {
        line(
            side!(last_line()),
            r"-i\sum_m(-\tanh r)^m\left[\tfrac{-1}{\tanh r}+1\right]o(m)\left(|m,m-1\rangle+|m-1,m\rangle\right)",
        )
    };
    let kets = |twice: &str| {
        format!(
            r"\begin{{aligned}}-i\sum_m(-\tanh r)^m\big[&o(m+1)|m+1,m\rangle+o(m)|m,m-1\rangle\\&+{twice}o(m)|m-1,m\rangle+o(m+1)|m,m+1\rangle\big]\end{{aligned}}"
        )
    };
    // The second line with one sum, m' = m, as operators applied to the state.
    let one_sum = equal_vectors(
        any_ladder(1),
        side!(s6_first_line_on_state()).written(r"-2i\hat X_+|\psi\rangle\langle\psi|\psi\rangle"),
        side!(diagonal_sum_on_state()).written(
            r"-i(\hat O_1^\dagger+\hat O_2+\hat O_1+\hat O_2^\dagger)\sum_{m}(-\tanh r)^{2m}|m,m\rangle\langle m,m|\psi\rangle",
        ),
        vec![DIRECT],
    );
    Claim::new(vec![
        expanded(),
        one_sum,
        line(side!(five_kets()), &kets(r"o(m)|m-1,m\rangle+")),
        last(),
    ])
    .corrected(
        vec![expanded(), reordered(), line(side!(four_kets(one(), 1)), &kets("")), last()],
        r"\begin{aligned}&\ldots=-i\mathcal N^2(\hat O_1^\dagger+\hat O_2+\hat O_1+\hat O_2^\dagger)\sum_{m,m'}(-\tanh r)^{m+m'}|m,m\rangle\langle m',m'|\\&=-i\mathcal N^2\sum_{m,m'}(-\tanh r)^{m+m'}\big[o(m+1)|m+1,m\rangle+o(m)|m,m-1\rangle\\&\qquad+o(m)|m-1,m\rangle+o(m+1)|m,m+1\rangle\big]\langle m',m'|\end{aligned}",
        Class::Misprint,
        "in our copy the second line sums over m,m instead of m,m', and the third line has the term o(m)|m-1,m> twice, \
         five terms for four operators. Either may be the transcription's. The first line and the result hold",
    )
}

fn s6_first_line() -> Ket {
    XPlus.operator().scaled(&(-2 * Expression::I)).apply(&gtmss(), &ladder())
}

fn s6_first_line_on_state() -> Ket {
    s6_first_line().scaled(&inner(&gtmss(), &gtmss()))
}

/// `Σ_m tanh^{2m}(r) |m,m><m,m|` in place of `ρ`, applied to `Σ_m [-tanh r]^m |m,m>`.
fn diagonal_sum_on_state() -> Ket {
    let state = Ket::series(0, m_max(), weight(m()) * power(), &[], (0, 0));
    letters(Expression::from(1), [1, 1, 1, 1], &state)
}

/// The third line as it stands in our copy.
fn five_kets() -> Ket {
    four_kets(Expression::from(1), 1).plus(term(-Expression::I * power(), 0, (-1, 0)))
}
