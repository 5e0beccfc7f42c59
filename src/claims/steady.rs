//! The dissipation and its steady state: Eq. (10), sections VII and VIII, (S54) and (S57).

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, equal_vectors, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, symbol};
use crate::exact::ket::Ket;
use crate::laws::assertion::{equal_operators, unique_null_vector};
use crate::laws::{DIRECT, SYMBOLIC, dissipation};
use crate::model::lindblad::jump_operator;
use crate::model::lowering::{Lowering, any};
use crate::model::operators::lowering;
use crate::model::squeezing::{cosh, minus_tanh_to, sinh, tanh, tanh_to};
use crate::model::state::gtmss;
use crate::model::{LADDER, SIZE, any_ladder, ladder, m, m_max, size, trace};

mod dynamics;
mod matrices;
mod unequal;
mod unique;

use matrices::{s46, s47, s57, s57_stacking};
use unique::{eq10_unique, s53_unique, s58};

pub(super) const CLAIMS: Chapter = &[
    ("eq10", eq10),
    ("eq10-unique", eq10_unique),
    ("eq10-modular", eq10_modular),
    ("s44a", s44a),
    ("s44b", s44b),
    ("s44c", s44c),
    ("s44d", s44d),
    ("s44-unique-dark", s44_unique_dark),
    ("s45", s45),
    ("s46", s46),
    ("s47", s47),
    ("s48-matrix", s48_matrix),
    ("s48-psi", s48_psi),
    ("s48", s48),
    ("s48-jump", s48_jump),
    ("s49", s49),
    ("s50", s50),
    ("s51a", s51a),
    ("s51b", s51b),
    ("s52", s52),
    ("s53", s53),
    ("s53-unique", s53_unique),
    ("s54", s54),
    ("s57", s57),
    ("s57-stacking", s57_stacking),
    ("s58", s58),
    ("fig1b", dynamics::fig1b),
    ("figs4a", dynamics::figs4a),
    ("figs4c", dynamics::figs4c),
    ("figs4-infidelity", dynamics::figs4_infidelity),
    ("main-unequal", unequal::main_unequal),
    ("figs2a", unequal::figs2a),
    ("figs2-robust", unequal::figs2_robust),
    ("figs2-nonmonotone", unequal::figs2_nonmonotone),
    ("figs2-slow", unequal::figs2_slow),
    ("figs2-equal", unequal::figs2_equal),
];

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

// ---- Uniqueness ----

fn s44_unique_dark(_: Limits) -> Claim {
    let unique = |domain: Domain| {
        let operators = side!(both_jump_operators()).written(r"\hat L_1,\hat L_2");
        unique_null_vector(domain.with_unit("t").with_positive("c"), operators, "one_dark_state", vec![Plan::Sizes(8)])
    };
    let without_zeros = || Domain::sizes(SIZE, 0).with_nonzero_ladder(LADDER);
    let unsqueezed = side!(jump_operators_without_squeezing()).written(r"\hat L_1,\hat L_2\big|_{r=0}");
    let at_zero = unique_null_vector(without_zeros(), unsqueezed, "one_dark_state", vec![Plan::Sizes(8)]);
    Claim::new(vec![unique(Domain::sizes(SIZE, 0).with_ladder(LADDER))]).corrected(
        vec![unique(without_zeros()), at_zero],
        r"\text{unique if } o(m)\neq 0 \text{ for } 1\le m\le m_{\max}",
        Class::False,
        "a zero of o(m) inside cuts the ladder into pieces, and each piece has a dark state of its own; two pieces with \
         the same |o(m)| give two more, one piece in each system. For spins and bosons no o(m) is zero. Checked is that \
         the state is unique without zeros; the converse, that a zero always gives a second dark state, is shown by the \
         witness in one case and argued in the chapter",
    )
}

/// The two operators at `r = 0`, where `cosh r = 1` and `sinh r = 0`.
fn jump_operators_without_squeezing() -> Vec<Operator> {
    vec![lowering(1), lowering(2)]
}

fn both_jump_operators() -> Vec<Operator> {
    vec![jump_operator(1), jump_operator(2)]
}

// ---- Section VIII: operators on one system as vectors of two ----

/// `Σ_m |m,m>`, which turns an operator `A` of system 1 into the vector `Σ <m|A|n> |m,n>`.
fn paired_basis() -> Ket {
    Ket::series(0, m_max(), Expression::from(1), &[], (0, 0))
}

/// `(D ⊗ 1)|ket>` with `D|m> = f(m)|m>`.
fn diagonal(mut ket: Ket, f: impl Fn(Linear) -> Expression) -> Ket {
    for term in &mut ket.terms {
        term.coefficient = term.coefficient.clone() * f(term.at.0.clone());
    }
    ket
}

fn vectors(left: Side<Ket>, right: Side<Ket>) -> Assertion {
    equal_vectors(any_ladder(1).with_real("c"), left, right, vec![DIRECT, SYMBOLIC])
}

/// The Schmidt coefficients `tanh^m(r)` are positive for `r > 0` only.
fn vectors_for_positive_r(left: Side<Ket>, right: Side<Ket>) -> Assertion {
    let domain = Domain::sizes(SIZE, 1).with_fraction("t").with_ladder(LADDER).with_real("c");
    equal_vectors(domain, left, right, vec![DIRECT, SYMBOLIC])
}

fn eq10_modular(_: Limits) -> Claim {
    let mut parts = vec![schmidt_form(), modular_relation()];
    parts.extend(dissipation::dark_state());
    Claim::new(parts).remark(
        "The claim is read as existence: the state is steady. That it is the only steady state does not follow from the \
         symmetry (see s44-unique-dark) and is a claim of its own, eq10-unique. For r > 0 the relation is (S46), with K and \
         the matrix elements in the Schmidt basis |m>, (-1)^m|m>, where the part of the jump operator in system 2 is \
         -sinh(r) O†. It is equivalent to L|ψ> = 0, because the square root Ψ of the reduced state is invertible. For r < 0 \
         the basis needs no signs, which the chapter argues.",
    )
}

/// `|ψ_G> = (Ψ ⊗ 1) Σ_m |m> (-1)^m|m>` with `Ψ = |tanh r|^m`, for `r > 0`.
fn schmidt_form() -> Assertion {
    let state = side!(gtmss()).written(r"|\psi_G\rangle");
    let schmidt =
        side!(root_on_schmidt_basis()).written(r"\mathcal N\sum_m\tanh^m(r)\,|m\rangle\otimes(-1)^m|m\rangle");
    vectors_for_positive_r(state, schmidt)
}

/// Both diagonals on `Σ_m |m,m>`: the signs of the Schmidt basis and `Ψ`.
fn root_on_schmidt_basis() -> Ket {
    diagonal(paired_basis(), |l| (Expression::from(-1) * tanh()).to_the(l))
}

/// `O_1 Ψ = -Ψ K O_2† K^{-1}` for the two parts of the first jump operator, as vectors.
///
/// Multiplied by the invertible `Ψ`, the relation of (S46).
fn modular_relation() -> Assertion {
    let part = side!(own_part_times_root()).written(r"\cosh r\,\hat O_1\,\hat\Psi");
    let conjugated = side!(modular_conjugate())
        .written(r"-\hat\Psi\,\hat K\left(-\sinh r\,\hat O^\dagger\right)^\dagger\hat K^{-1}");
    vectors_for_positive_r(part, conjugated)
}

/// `cosh(r) O Ψ` as a vector.
fn own_part_times_root() -> Ket {
    lowering(1).scaled(&cosh()).apply(&diagonal(paired_basis(), tanh_to), &ladder())
}

/// `-Ψ (-sinh(r) O†)†` as a vector; all elements are real, so `K` changes nothing.
fn modular_conjugate() -> Ket {
    let in_schmidt_basis = lowering(1).adjoint().scaled(&-sinh());
    let applied = in_schmidt_basis.adjoint().scaled(&Expression::from(-1)).apply(&paired_basis(), &ladder());
    diagonal(applied, tanh_to)
}

fn s45(_: Limits) -> Claim {
    let part = |j: u8| {
        let jump = side!(jump_operator(j)).written(format!(r"\hat L_{j}"));
        equal_operators(dissipation::domain(), jump, side!(sum_form(j)).written(s45_name(j)), vec![DIRECT, SYMBOLIC])
    };
    Claim::new(vec![part(1), part(2)]).definition(
        "introduces the general form of a jump operator; checked is that both jump operators of Eq. (10) have it",
    )
}

fn s45_name(j: u8) -> &'static str {
    if j == 1 {
        r"\cosh r\,\hat O\otimes 1+1\otimes\sinh r\,\hat O^\dagger"
    } else {
        r"\sinh r\,\hat O^\dagger\otimes 1+1\otimes\cosh r\,\hat O"
    }
}

/// `A ⊗ 1 + 1 ⊗ B` with `A = cosh(r) O`, `B = sinh(r) O†`, or the other way round.
fn sum_form(j: u8) -> Operator {
    let (lower, raise) = (vec![false], vec![true]);
    let sum = |first, second| Operator::word((first, vec![]), cosh()).plus(&Operator::word((vec![], second), sinh()));
    if j == 1 {
        sum(lower, raise)
    } else {
        Operator::word((vec![], lower), cosh()).plus(&Operator::word((raise, vec![]), sinh()))
    }
}

// ---- (S48) ----

fn s48_matrix(_: Limits) -> Claim {
    let part = |shift: (i64, i64), name: &str| {
        let model = side!(lowering_as_vector()).written(r"\sum_{m,n}\langle m|\hat O_1|n\rangle\,|m,n\rangle");
        vectors(model, side!(single_diagonal(shift)).written(name))
    };
    Claim::new(vec![part((0, -1), r"\sum_{m,n} o(m)\,\delta_{m,n+1}\,|m,n\rangle")]).corrected(
        vec![part((-1, 0), r"\sum_{m,n} o(n)\,\delta_{m,n-1}\,|m,n\rangle")],
        r"(\hat O_1)_{mn} = o(n)\,\delta_{m,n-1}",
        Class::Misprint,
        "the printed elements are those of the raising operator: O_1|n> = o(n)|n-1>, Eq. (2). With the other order of \
         indices they would be right, but then (S47) needs the reciprocal ratio",
    )
}

fn lowering_as_vector() -> Ket {
    lowering(1).apply(&paired_basis(), &ladder())
}

/// `Σ_k o(k) |k+a, k+b>`.
fn single_diagonal(shift: (i64, i64)) -> Ket {
    line(1, 0, Expression::from(1), 0, shift)
}

fn s48_psi(_: Limits) -> Claim {
    let part = |base: Expression, name: &str| {
        let state = side!(gtmss()).written(r"\tfrac1{\mathcal N}|\psi_G\rangle");
        let printed = side!(powers_of(base)).written(format!(r"\sum_m {name}\,|m,m\rangle"));
        vectors(state, printed)
    };
    Claim::new(vec![part(tanh(), r"\tanh^m(r)")]).corrected(
        vec![part(-tanh(), r"[-\tanh(r)]^m")],
        r"\psi_m = [-\tanh(r)]^m",
        Class::Misprint,
        "Eq. (1) has (-tanh r)^m. The signs may be put into the basis of system 2, but then they come back in O_2, and \
         the jump operator printed next needs -sinh(r)",
    )
}

fn powers_of(base: Expression) -> Ket {
    Ket::series(0, m_max(), base.to_the(m()), &[], (0, 0))
}

fn s48(_: Limits) -> Claim {
    let part = |sign: i64, name: &str| {
        let own = side!(minus_own_part_on_state()).written(r"-\hat O_1|\psi_G\rangle");
        let partner = side!(partner_on_state(sign));
        vectors(
            own,
            partner.written(format!(r"\hat O_2|\psi_G\rangle,\quad \hat O_1={name}\tanh^{{-1}}(r)\hat O_2^\dagger")),
        )
    };
    Claim::new(vec![part(-1, "-")]).corrected(
        vec![part(1, "")],
        r"\hat O_1 = \tanh^{-1}(r)\,\hat O_2^\dagger",
        Class::Misprint,
        "for the state of Eq. (1) the sign is plus, and so it is for the jump operator printed after it. The minus follows \
         from the slip just before, ψ_m = tanh^m(r); for that other state it is right",
    )
}

/// `-O_1|ψ_G>` with `O_1 = cosh(r) O`.
fn minus_own_part_on_state() -> Ket {
    lowering(1).scaled(&-cosh()).apply(&gtmss(), &ladder())
}

/// `O_2|ψ_G>` with `O_1 = sign O_2†/tanh(r)`, that is `O_2 = sign tanh(r) O_1†`.
fn partner_on_state(sign: i64) -> Ket {
    lowering(2).adjoint().scaled(&(sign * (tanh() * cosh()))).apply(&gtmss(), &ladder())
}

fn s48_jump(_: Limits) -> Claim {
    let reading = |sign: i64, name: &str| {
        let own = side!(own_part()).written(r"\cosh(r)\,\hat O");
        let partner = side!(partner_over_tanh(sign))
            .written(format!(r"{name}\tanh^{{-1}}(r)\left[\sinh(r)\,\hat O^\dagger\right]^\dagger"));
        let mut parts = vec![equal_operators(dissipation::domain(), own, partner, vec![DIRECT, SYMBOLIC])];
        parts.extend(dissipation::dark_state().into_iter().take(1));
        parts
    };
    Claim::new(reading(-1, "-")).corrected(
        reading(1, ""),
        r"\cosh(r)\,\hat O=\tanh^{-1}(r)\left[\sinh(r)\,\hat O^\dagger\right]^\dagger,\quad\hat L|\psi_G\rangle=0",
        Class::Misprint,
        "the two parts of this jump operator, cosh(r) O and sinh(r) O†, satisfy (S48) with a plus sign and not with the \
         printed minus. With the plus sign the sentence is right: (S48) is then the condition (S46) for the state of Eq. \
         (1), and the jump operator annihilates this state, for any o(m)",
    )
}

/// `cosh(r) O`, the part of the jump operator in its own system.
fn own_part() -> Operator {
    lowering(1).scaled(&cosh())
}

/// `sign tanh^{-1}(r) O_2†` with `O_2 = sinh(r) O†`, as an operator on one system.
fn partner_over_tanh(sign: i64) -> Operator {
    lowering(1).adjoint().scaled(&sinh()).adjoint().scaled(&(sign * tanh().pow(-1)))
}

// ---- The binomial state ----

fn s49(limits: Limits) -> Claim {
    let part = |right: Side<Expression>, name: &str| {
        let left = side!(staggered_binomial(m())).written(r"(-1)^m\binom{2S}{m}");
        let plans = vec![DIRECT, limits.spins()];
        equal(Domain::sizes(SIZE, 1).with_index("m", 0, Some(m_max())), left, right.written(name), plans)
    };
    let name =
        |factorial: &str| format!(r"\frac{{\psi_m}}{{\psi_0}},\quad\psi_m=\frac{{(-1)^m(2S)!}}{{{factorial}m!}}");
    Claim::new(vec![part(side!(s49_literal()), &name("(2S-m!)"))])
        .corrected(
            vec![part(side!(s49_read()), &name("(2S-m)!"))],
            r"|\psi\rangle=\mathcal N\sum_{m=0}^{2S}\frac{(-1)^m(2S)!}{(2S-m)!\,m!}|m,m\rangle",
            Class::Misprint,
            "the exclamation mark must stand after the bracket. Compared are amplitudes relative to the first one",
        )
        .for_spins()
}

/// `ψ_L = (-1)^L C(2S,L)`.
fn staggered_binomial(l: Linear) -> Expression {
    trace::uses("s32");
    Expression::from(-1).to_the(l.clone()) * Expression::Binomial(m_max(), l)
}

fn factorial(l: Linear) -> Expression {
    Expression::Factorial(l)
}

/// `ψ_m/ψ_0` with `(2S - m!) m!` as printed.
fn s49_literal() -> Expression {
    let amplitude =
        |l: Linear, sign: Expression| sign * factorial(m_max()) / ((size() - factorial(l.clone())) * factorial(l));
    amplitude(m(), Expression::from(-1).to_the(m())) / amplitude(Linear::from(0), Expression::from(1))
}

/// `ψ_m/ψ_0` with `(2S-m)! m!`; `ψ_0 = 1`.
fn s49_read() -> Expression {
    Expression::from(-1).to_the(m()) * factorial(m_max()) / (factorial(m_max() - m()) * factorial(m()))
}

/// `Σ_m (-1)^m C(2S,m) |m,m>`.
fn binomial_state() -> Ket {
    Ket::series(0, m_max(), staggered_binomial(m()), &[], (0, 0))
}

fn on_binomial(left: Side<Ket>, right: Side<Ket>) -> Assertion {
    equal_vectors(Domain::sizes(SIZE, 1).with_ladder(LADDER), left, right, vec![DIRECT, SYMBOLIC])
}

/// What `O_2` must do to the state when `O_1` is the lowering operator: `O_2|ψ> = -O_1|ψ>`.
fn required() -> Side<Ket> {
    side!(minus_lowering_on_binomial()).written(r"-\hat S_1^-|\psi\rangle")
}

fn minus_lowering_on_binomial() -> Ket {
    lowering(1).scaled(&Expression::from(-1)).apply(&binomial_state(), &ladder())
}

/// `Σ_{m=0}^{2S-1} õ(m) ψ_m |m,m+1>` with `õ(m) = o(m+1) f(m)`.
fn raised_binomial(f: Expression) -> Ket {
    line(0, -1, f * staggered_binomial(m()), 1, (0, 1))
}

fn s50(_: Limits) -> Claim {
    let form = side!(raised_as_s47_demands()).written(
        r"\sum_{m=0}^{2S-1}\tilde o(m)\,\psi_m|m,m+1\rangle,\quad\tilde o(m)=-o(m+1)\frac{\psi_{m+1}}{\psi_m}",
    );
    Claim::new(vec![on_binomial(required(), form)]).for_spins().remark(
        "No amplitude is zero, so O_2|m> can be read off: it is õ(m)|m+1>, and no other elements are allowed. The form \
         does not depend on the binomials or on o(m).",
    )
}

/// `Σ_{m=0}^{2S-1} -o(m+1) ψ_{m+1} |m,m+1>`.
fn raised_as_s47_demands() -> Ket {
    line(0, -1, -staggered_binomial(m() + 1), 1, (0, 1))
}

fn s51a(_: Limits) -> Claim {
    let name = |sign: &str| {
        format!(
            r"\sum_m\tilde o(m)\,\psi_m|m,m+1\rangle,\quad\tilde o(m)={sign}o(m+1)\frac{{(2S-m)!\,m!}}{{(2S-m-1)!\,(m+1)!}}"
        )
    };
    let part = |sign: i64, name: &str| on_binomial(required(), side!(s51a_raised(sign)).written(name));
    Claim::new(vec![part(-1, &name("-"))])
        .corrected(
            vec![part(1, &name(""))],
            r"\tilde o(m) = \sqrt{S(S+1)-(m-S)(m-S+1)}\,\frac{(2S-m)!\,m!}{(2S-m-1)!\,(m+1)!}",
            Class::Misprint,
            "the minus sign in front is cancelled by that of (-1)^m in ψ_{m+1}/ψ_m, and the second line does not have it",
        )
        .for_spins()
}

fn s51a_raised(sign: i64) -> Ket {
    let ratio = factorial(m_max() - m()) * factorial(m()) / (factorial(m_max() - m() - 1) * factorial(m() + 1));
    raised_binomial(sign * ratio)
}

fn s51b(limits: Limits) -> Claim {
    let demanded = side!(minus_next_amplitude()).written(r"-\psi_{m+1}");
    let factor = side!(s51b_factor()).written(r"\frac{\tilde o(m)}{o(m+1)}\,\psi_m=\frac{2S-m}{m+1}\,\psi_m");
    let root = side!(next_element()).written("o^2(m+1)");
    let printed = side!(s51_under_the_root()).written("S(S+1)-(m-S)(m-S+1)");
    let inside = || Domain::sizes(SIZE, 1).with_index("m", 0, Some(m_max() - 1));
    let plans = || vec![DIRECT, limits.cheap()];
    Claim::new(vec![equal(inside(), demanded, factor, plans()), equal(inside(), root, printed, plans())])
        .for_spins()
        .remark("Right as the value of õ(m). It is not equal to the first line, which has another sign.")
}

/// What (S50) asks of `õ(m) ψ_m/o(m+1)`.
fn minus_next_amplitude() -> Expression {
    trace::uses("s50");
    -staggered_binomial(m() + 1)
}

fn s51b_factor() -> Expression {
    (size() - symbol("m")) / (symbol("m") + 1) * staggered_binomial(m())
}

fn next_element() -> Expression {
    Lowering::Spin.specialise(&any(m() + 1))
}

fn s51_under_the_root() -> Expression {
    let (s, m) = (size() / 2, symbol("m"));
    s.clone() * (s.clone() + 1) - (m.clone() - s.clone()) * (m - s + 1)
}

fn s52(_: Limits) -> Claim {
    let applied = side!(gamma_on_binomial(1)).written(r"(\hat S^-\otimes 1+1\otimes\hat O_2)|\psi\rangle");
    Claim::new(vec![on_binomial(side!(nothing()).written("0"), applied)]).for_spins().remark(ANY_LADDER)
}

fn s53(_: Limits) -> Claim {
    let applied = side!(gamma_on_binomial(2)).written(r"(1\otimes\hat S^-+\hat O_2\otimes 1)|\psi\rangle");
    Claim::new(vec![on_binomial(side!(nothing()).written("0"), applied)]).for_spins().remark(ANY_LADDER)
}

const ANY_LADDER: &str = "With õ(m) as in the second line of (S51); with the sign of the first line it is not annihilated. Any \
                          o(m) in place of the spin's will do.";

fn nothing() -> Ket {
    Ket::zero()
}

/// `Γ|ψ>` for the binomial state: `S^-` on one system plus `O_2` of (S50), (S51) on the other.
fn gamma_on_binomial(lowered: u8) -> Ket {
    trace::uses("s50");
    trace::uses("s51b");
    let state = binomial_state();
    lowering(lowered).apply(&state, &ladder()).plus(generalised_raising(&state, lowered != 1))
}

/// `O_2|ψ>` on the first or the second system, `O_2|m> = o(m+1) (2S-m)/(m+1) |m+1>`.
fn generalised_raising(ket: &Ket, first: bool) -> Ket {
    let mut raised = ket.ladder(&ladder(), first, true);
    for (after, before) in raised.terms.iter_mut().zip(&ket.terms) {
        let level = if first { &before.at.0 } else { &before.at.1 };
        let level = level.to_expression();
        after.coefficient = after.coefficient.clone() * ((size() - level.clone()) / (level + 1));
    }
    raised
}

// ---- (S54) ----

fn s54(_: Limits) -> Claim {
    let part = |j: u8, name: &str| {
        let jump = side!(jump_operator(j)).written(format!(r"\hat L_{j}"));
        let other = 3 - j;
        let printed = side!(s54_printed(j, other));
        let name = format!(r"{name}=\cosh(r)\hat O_{j}+\sinh(r)\hat O_{other}^\dagger");
        equal_operators(dissipation::domain(), jump, printed.written(name), vec![DIRECT, SYMBOLIC])
    };
    Claim::new(vec![part(1, r"\hat\Gamma_a"), part(2, r"\hat\Gamma_b")])
        .remark("The two jump operators of Eq. (10), in the same order.")
}

fn s54_printed(j: u8, other: u8) -> Operator {
    let at = |system: u8, letter: bool| if system == 1 { (vec![letter], vec![]) } else { (vec![], vec![letter]) };
    Operator::word(at(j, false), cosh()).plus(&Operator::word(at(other, true), sinh()))
}
