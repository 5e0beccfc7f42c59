//! The state, its quadratures, its QFIM, and the dissipation that stabilises it: Eqs. (1) to (5), (10), (S44).

use super::{Assertion, Chapter, Claim, Class, Limits, Side, equal, equal_vectors, side};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, symbol};
use crate::exact::ket::Ket;
use crate::laws::{DIRECT, SYMBOLIC, dissipation, information, state};
use crate::model::lowering::symmetric_atoms;
use crate::model::operators::Quadrature::{XMinus, XPlus, YMinus, YPlus};
use crate::model::squeezing::{cosh, sinh, tanh};
use crate::model::{LADDER, SIZE, any_ladder, m_max, size};

pub(super) const CLAIMS: Chapter = &[
    ("eq1", eq1),
    ("eq2", eq2),
    ("eq3", eq3),
    ("eq4", eq4),
    ("eq5", eq5),
    ("eq5-commutator", eq5_commutator),
    ("eq10", eq10),
    ("s44a", s44a),
    ("s44b", s44b),
    ("s44c", s44c),
    ("s44d", s44d),
];

fn m() -> Linear {
    Linear::symbol("m")
}

/// `[-tanh r]^L`.
fn minus_tanh_to(l: Linear) -> Expression {
    (-tanh()).to_the(l)
}

/// `S = m_max/2`.
fn spin() -> Expression {
    size() / 2
}

fn zero() -> Expression {
    Expression::from(0)
}

// ---- Eq. (1) ----

fn eq1(limits: Limits) -> Claim {
    let mut assertions = state::norm();
    assertions.iter_mut().for_each(|a| a.plans.push(limits.spins()));
    Claim::new(assertions)
}

// ---- Eq. (2) ----

fn eq2(limits: Limits) -> Claim {
    let on_ladder = Domain::sizes(SIZE, 1).with_index("m", 1, Some(m_max()));
    let boundary = |at: Linear| side!(spin_squared(&at)).written(format!("o^2({at})").replace('M', r"m_{\max}"));
    let from_atoms = side!(symmetric_atoms(&m())).written(r"\left|\langle D_{m-1}|\hat J_-|D_m\rangle\right|^2");
    let boson = side!(boson_from_commutator(&m())).written(r"\langle m|[\hat a,\hat a^\dagger]|m\rangle");
    Claim::new(vec![
        equal(on_ladder, from_atoms, side!(spin_squared(&m())), vec![DIRECT, limits.spins()]),
        equal(Domain::sizes(SIZE, 1), boundary(Linear::from(0)), side!(zero()), vec![DIRECT, limits.spins()]),
        equal(Domain::sizes(SIZE, 1), boundary(m_max() + 1), side!(zero()), vec![DIRECT, limits.spins()]),
        equal(Domain::default().with_index("m", 0, None), boson, side!(one()), vec![DIRECT]),
    ])
    .for_spins()
    .remark(
        "The spin formula is compared with the counting of atoms in symmetric states; then come both ends of the ladder, \
         o(0) = 0 and 2S, and the commutator of the boson.",
    )
}

/// `o²(m) = S(S+1) - (m-S)(m-S-1)`.
fn spin_squared(at: &Linear) -> Expression {
    let (s, m) = (spin(), at.to_expression());
    s.clone() * (s.clone() + 1) - (m.clone() - s.clone()) * (m - s - 1)
}

/// `<m|[a, a†]|m> = o²(m+1) - o²(m)` with `o(m) = √m`, the square of the printed matrix element.
fn boson_from_commutator(m: &Linear) -> Expression {
    let squared = |l: &Linear| l.to_expression();
    squared(&(m.clone() + 1)) - squared(m)
}

fn one() -> Expression {
    Expression::from(1)
}

// ---- Eq. (3) ----

fn eq3(_: Limits) -> Claim {
    Claim::new(state::quadratures()).definition(
        "defines the quadratures; checked are that they are Hermitian and that O† = X + iY. With this sign of Y a boson \
         has [X, Y] = -i/2: Y is minus the usual momentum quadrature.",
    )
}

// ---- Eq. (4) ----

fn eq4(_: Limits) -> Claim {
    Claim::new(information::fisher_information()).remark(
        "Q is the QFIM proper, 4 Re(<W_i W_j> - <W_i><W_j>). Without the real part, as the text before Eq. (4) has it, \
         4<X+ Y+> = 2i<Z_1 + Z_2> is not zero. The printed prefactor is 0/0 at r = 0; its limit there is 2 o²(1).",
    )
}

// ---- Eq. (5) ----

fn eq5(_: Limits) -> Claim {
    // (W, sign of the exponent, quadrature on the right): our copy has L_{X+} and L_{Y+} on the left for both signs.
    let copy = [(XPlus, -1, YPlus), (XPlus, 1, YMinus), (YPlus, 1, XPlus), (YPlus, -1, XMinus)];
    Claim::new(copy.map(|(w, k, v)| information::logarithmic_derivative(w, k, v)).into()).corrected(
        information::logarithmic_derivatives(),
        r"\hat L_{\hat X_\pm} = 2e^{\mp 2r}\hat Y_\pm,\qquad \hat L_{\hat Y_\pm} = -2e^{\pm 2r}\hat X_\pm",
        Class::Misprint,
        "as it stands in our copy, the left sides read X+ and Y+ for both signs; with X± and Y± all four hold. The slip \
         may be the transcription's",
    )
}

// ---- after Eq. (5) ----

fn eq5_commutator(_: Limits) -> Claim {
    Claim::new(state::commutator()).remark(
        "That the commutator is not zero holds for every finite m_max with O ≠ 0: tr Z = 0, so Z_1 - Z_2 = 0 would make \
         Z a multiple of 1 and hence 0, o(m) constant and equal to o(0) = 0. For bosons it is zero.",
    )
}

// ---- Eq. (10) and (S44) ----

fn eq10(_: Limits) -> Claim {
    Claim::new(dissipation::dark_state()).remark(
        "Both jump operators annihilate the state, so both dissipators vanish on it. For infinite m_max the same \
         coefficients vanish; |r| < ∞ keeps the state normalisable.",
    )
}

/// `Σ_{m=from}^{to} coefficient o(m+c) |m+a, m+b>`.
fn line(from: i64, to: i64, coefficient: Expression, c: i64, at: (i64, i64)) -> Ket {
    Ket::series(from, m_max() + to, coefficient, &[(LADDER, c)], at)
}

fn s44_part(right: Side<Ket>, name: &str) -> Assertion {
    let left = dissipation::jump_on_gtmss(1).written(r"(\cosh r\,\hat O_1+\sinh r\,\hat O_2^\dagger)|\psi_G\rangle");
    equal_vectors(dissipation::domain(), left, right.written(name), vec![DIRECT, SYMBOLIC])
}

fn s44a(_: Limits) -> Claim {
    let name = |top: &str| {
        format!(
            r"\begin{{aligned}}&\mathcal N\cosh r\sum_{{m=1}}^{{{top}}}(-\tanh r)^m o(m)|m-1,m\rangle\\&+\mathcal N\sinh r\sum_{{m=0}}^{{m_{{\max}}-1}}(-\tanh r)^m o(m+1)|m,m+1\rangle\end{{aligned}}"
        )
    };
    let (printed, corrected) = (name(r"m_{\max}-1"), name(r"m_{\max}"));
    Claim::new(vec![s44_part(side!(s44_first_line(-1)), &printed)]).corrected(
        vec![s44_part(side!(s44_first_line(0)), &corrected)],
        &corrected,
        Class::Misprint,
        "the first sum must run to m_max: its last term cancels the last term of the second sum",
    )
}

/// The first line with the first sum up to `m_max + end`.
fn s44_first_line(end: i64) -> Ket {
    let lowered = line(1, end, cosh() * minus_tanh_to(m()), 0, (-1, 0));
    lowered.plus(line(0, -1, sinh() * minus_tanh_to(m()), 1, (0, 1)))
}

fn s44b(_: Limits) -> Claim {
    let name = r"\begin{aligned}&\mathcal N\cosh r\sum_{m=0}^{m_{\max}-1}(-\tanh r)^{m+1} o(m+1)|m,m+1\rangle\\&+\mathcal N\sinh r\sum_{m=0}^{m_{\max}-1}(-\tanh r)^m o(m+1)|m,m+1\rangle\end{aligned}";
    Claim::new(vec![s44_part(side!(s44_shifted(cosh(), sinh())), name)])
}

fn s44_shifted(cosh: Expression, sinh: Expression) -> Ket {
    let lowered = line(0, -1, cosh * minus_tanh_to(m() + 1), 1, (0, 1));
    lowered.plus(line(0, -1, sinh * minus_tanh_to(m()), 1, (0, 1)))
}

fn s44c(_: Limits) -> Claim {
    // cosh, sinh and tanh independent: the step from the line above only takes a factor out.
    let regrouping = any_ladder(1).with_real("c").with_real("s");
    let above = || side!(s44_shifted(cosh(), symbol("s"))).written(r"\text{the line above}");
    let name = |power: &str| {
        format!(
            r"\begin{{aligned}}&\mathcal N\sum_{{m=0}}^{{m_{{\max}}-1}}(-\tanh r)^{{{power}}}\\&\times\left[-\cosh r\tanh r\,o(m+1)+\sinh r\,o(m+1)\right]|m,m+1\rangle\end{{aligned}}"
        )
    };
    let step = |power: i64, name: &str| {
        let right = side!(s44_bracket(power, cosh(), symbol("s"))).written(name);
        equal_vectors(regrouping.clone(), above(), right, vec![DIRECT, SYMBOLIC])
    };
    let (printed, corrected) = (name("-m"), name("m"));
    Claim::new(vec![step(-1, &printed)]).corrected(
        vec![step(1, &corrected)],
        &corrected,
        Class::Misprint,
        "the exponent must be m: the line takes a common factor out of the line above, and is judged as that step, \
         before tanh = sinh/cosh is used. With that relation the bracket is zero, so for r ≠ 0 the printed line still \
         equals the vector 0; at r = 0 it contains 1/0^m",
    )
}

fn s44_bracket(power: i64, cosh: Expression, sinh: Expression) -> Ket {
    line(0, -1, minus_tanh_to(m() * power) * (-(cosh * tanh()) + sinh), 1, (0, 1))
}

fn s44d(_: Limits) -> Claim {
    Claim::new(dissipation::dark_state())
}
