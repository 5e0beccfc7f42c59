//! The dissipation and its steady state: Eq. (10), sections VII, VIII and XI.

use super::{Assertion, Chapter, Claim, Class, Limits, Side, equal_vectors, side};
use crate::exact::expression::{Expression, Linear, symbol};
use crate::exact::ket::Ket;
use crate::laws::{DIRECT, SYMBOLIC, dissipation};
use crate::model::squeezing::{cosh, sinh, tanh};
use crate::model::{LADDER, any_ladder, m_max};

pub(super) const CLAIMS: Chapter = &[("eq10", eq10), ("s44a", s44a), ("s44b", s44b), ("s44c", s44c), ("s44d", s44d)];

fn m() -> Linear {
    Linear::symbol("m")
}

/// `[-tanh r]^L`.
fn minus_tanh_to(l: Linear) -> Expression {
    (-tanh()).to_the(l)
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
