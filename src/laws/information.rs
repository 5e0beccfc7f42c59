//! What can be estimated with the GTMSS and with paired states.

use super::assertion::{Assertion, Plan, Side, equal, equal_vectors, limit, side};
use super::{DIRECT, NORM, SYMBOLIC};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, sum};
use crate::exact::ket::Ket;
use crate::model::lowering::any;
use crate::model::metrology::{atoms, expectation, mean_z, propagated_error, qfim_element, raw_product, second_moment};
use crate::model::operators::QUADRATURES;
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::squeezing::{cosh_squared, exp_2r, sinh_squared, tanh, tanh_to};
use crate::model::state::{amplitude, gtmss, paired, weight};
use crate::model::{LADDER, SIZE, any_ladder, ladder, m, m_max, size, trace, zero};

/// `Q = N_Q diag(e^{-2r}, e^{2r}, e^{2r}, e^{-2r})`, every element, Eq. (4).
pub fn fisher_information() -> Vec<Assertion> {
    let mut assertions = Vec::new();
    for (i, a) in QUADRATURES.into_iter().enumerate() {
        for b in QUADRATURES.into_iter().skip(i) {
            let element = side!(qfim_element(a, b, &gtmss())).written(format!(r"Q[{},{}]", a.latex(), b.latex()));
            let formula = if a == b {
                let exponent = if exponent(a) < 0 { "-2r" } else { "2r" };
                side!(diagonal(a)).written(format!(
                    r"\frac{{2\sum_{{m=0}}^{{m_{{\max}}}}\tanh^{{2m}}(r)\,o^2(m)}}{{\cosh^2 r\,\sinh^2 r\,[1-\tanh^{{2m_{{\max}}+2}} r]}}\,e^{{{exponent}}}"
                ))
            } else {
                side!(zero())
            };
            assertions.push(equal(any_ladder(1), element, formula, vec![NORM, SYMBOLIC]));
        }
    }
    assertions
}

/// `N_Q = 2 Σ tanh^{2m}(r) o²(m) / (cosh² r sinh² r [1 - tanh^{2m_max+2} r])`.
pub fn prefactor() -> Expression {
    trace::uses("eq4");
    let weighted = sum("m", 0, m_max(), weight(m()) * any(m()));
    2 * weighted / (cosh_squared() * sinh_squared() * (1 - tanh_to(m_max() * 2 + 2)))
}

/// The sign in `e^{∓2r}`: squeezed are `X+`, `Y-`, antisqueezed `X-`, `Y+`.
fn exponent(w: Quadrature) -> i32 {
    if matches!(w, XPlus | YMinus) { -1 } else { 1 }
}

/// `N_Q e^{∓2r}`, a diagonal element of Eq. (4).
pub fn diagonal(w: Quadrature) -> Expression {
    prefactor() * exp_2r(exponent(w))
}

/// `L_{X±} = 2e^{∓2r} Y±`, `L_{Y±} = -2e^{±2r} X±`, Eq. (5).
pub fn logarithmic_derivatives() -> Vec<Assertion> {
    [(XPlus, -1, YPlus), (XMinus, 1, YMinus), (YPlus, 1, XPlus), (YMinus, -1, XMinus)]
        .map(|(w, k, v)| logarithmic_derivative(w, k, v))
        .into()
}

/// `L_W|ψ> = -2i W|ψ>` for `L_W = ±2 e^{2kr} V`, plus for `W = X±`, minus for `Y±`.
///
/// As `<W> = 0`, this is equivalent to `Lρ + ρL = 2(-iWρ + iρW)` for the pure state: with `v = Lψ + 2iWψ` the difference
/// is `|v><ψ| + |ψ><v|`, and `v` is orthogonal to `ψ`.
pub fn logarithmic_derivative(w: Quadrature, k: i32, v: Quadrature) -> Assertion {
    let derivative = side!(derivative_of(w)).written(format!(r"-2i{}|\psi_G\rangle", w.latex()));
    let sign = if matches!(w, XPlus | XMinus) { "" } else { "-" };
    let factor = if k > 0 { "2e^{2r}" } else { "2e^{-2r}" };
    let applied = side!(quadrature_applied(w, k, v)).written(format!(r"{sign}{factor}{}|\psi_G\rangle", v.latex()));
    equal_vectors(any_ladder(1), derivative, applied, vec![DIRECT, SYMBOLIC])
}

fn derivative_of(w: Quadrature) -> Ket {
    w.operator().scaled(&(-2 * Expression::I)).apply(&gtmss(), &ladder())
}

fn quadrature_applied(w: Quadrature, k: i32, v: Quadrature) -> Ket {
    let sign = if matches!(w, XPlus | XMinus) { 2 } else { -2 };
    v.operator().scaled(&(sign * exp_2r(k))).apply(&gtmss(), &ladder())
}

/// `lim_{r→∞} Q[X-,X-] = 8 ||O||²/(1 + m_max)`, Eq. (6).
pub fn infinite_squeezing() -> Vec<Assertion> {
    let weighted = sum("m", 1, m_max(), tanh_to(m() * 2 - 2) * any(m()));
    let regular = 2 * (1 + tanh()).pow(2) * weighted / sum("m", 0, m_max(), weight(m()));
    let element = side!(qfim_element(XMinus, XMinus, &gtmss())).written(r"Q[\hat X_-,\hat X_-]");
    let frobenius = side!(frobenius_from_columns()).written(r"\sum_m \|\hat O^\dagger|m\rangle\|^2");
    let norm = side!(frobenius_norm()).written(r"\sum_{m=0}^{m_{\max}} o^2(m)");
    vec![
        limit(any_ladder(1), element, side!(limit_of_information()), vec![Plan::RegularForm(regular, &["geometric"])]),
        equal(any_ladder(1), frobenius, norm, vec![DIRECT, SYMBOLIC]),
    ]
}

/// `8/(1 + m_max) Σ o²(m)`.
pub fn limit_of_information() -> Expression {
    trace::uses("eq6");
    8 / (1 + size()) * frobenius_norm()
}

/// `||O||² = Σ o²(m)`.
fn frobenius_norm() -> Expression {
    sum("m", 0, m_max(), any(m()))
}

/// `tr O O†`: the squared lengths of `O†|m>` for `m = 0..m_max`.
fn frobenius_from_columns() -> Expression {
    sum("m", 0, m_max(), any(m() + 1))
}

/// Measuring `X+` after `exp(-iθY+)`, or `Y-` after `exp(-iθX-)`, has the error `ξ²/N`; before Eq. (8).
pub fn error_propagation() -> Vec<Assertion> {
    let vanishes = |w: Quadrature| {
        let mean = side!(mean_of(w)).written(format!(r"\langle {}\rangle", w.latex()));
        equal(any_ladder(1), mean, side!(zero()), vec![NORM, SYMBOLIC])
    };
    let signal = equal(
        any_ladder(1),
        side!(mean_z(1)).written(r"\langle \hat Z_1\rangle"),
        side!(minus_quarter()).written(r"-\tfrac14\mathcal N_Q"),
        vec![NORM, SYMBOLIC],
    );
    vec![error_of(XPlus, YPlus), error_of(YMinus, XMinus), vanishes(XPlus), vanishes(YMinus), signal]
}

/// The error from measuring `A` after `exp(-iθB)` is `ξ²/N`, with the `ξ²` of `X+`.
pub fn error_of(a: Quadrature, b: Quadrature) -> Assertion {
    let written = format!(r"\frac{{\langle {0}^2\rangle}}{{|\langle[{0},{1}]\rangle|^2}}", a.latex(), b.latex());
    equal(any_ladder(1), side!(propagated_error(a, b, &gtmss())).written(written), ratio(), vec![NORM, SYMBOLIC])
}

fn ratio() -> Side<Expression> {
    side!(wineland_over_atoms())
        .written(r"\frac{\langle \hat X_+^2\rangle}{|\langle \hat Z_1\rangle+\langle \hat Z_2\rangle|^2}")
}

/// `ξ²/N` with `ξ² = N <X+²>/|<Z_1> + <Z_2>|²`.
pub fn wineland_over_atoms() -> Expression {
    let n = atoms();
    n.clone() * second_moment(XPlus) / (mean_z(1) + mean_z(2)).pow(2) / n
}

fn mean_of(w: Quadrature) -> Expression {
    expectation(&w.operator(), &gtmss())
}

fn minus_quarter() -> Expression {
    -prefactor() / 4
}

/// `<X+²>/|<Z_1> + <Z_2>|² = 1/(N_Q e^{2r})`, after Eq. (9).
pub fn saturation() -> Vec<Assertion> {
    let bound = side!(inverse_information()).written(r"\frac{1}{\mathcal N_Q\,e^{2r}}");
    vec![equal(any_ladder(1), ratio(), bound, vec![NORM, SYMBOLIC])]
}

/// `1/(N_Q e^{2r})`.
pub fn inverse_information() -> Expression {
    1 / (prefactor() * exp_2r(1))
}

/// `Q[X-,X-] = 2 Σ |a_m - a_{m-1}|² o²(m)` for a normalised paired state with complex amplitudes, (S31).
pub fn paired_information() -> Vec<Assertion> {
    vec![paired_equality(side!(differences()).written(r"2\sum_m|a_m-a_{m-1}|^2o^2(m)"))]
}

/// `4 <ψ|X-²|ψ> = right` for every paired state.
pub fn paired_equality(right: Side<Expression>) -> Assertion {
    let left = side!(variance_of_sensitive()).written(r"4\langle\psi|\hat X_-^2|\psi\rangle");
    let domain = Domain::sizes(SIZE, 1).with_ladder(LADDER).with_sequence("x").with_sequence("y");
    equal(domain, left, right, vec![DIRECT, SYMBOLIC])
}

fn variance_of_sensitive() -> Expression {
    4 * raw_product(&XMinus.operator(), &XMinus.operator(), &paired())
}

fn differences() -> Expression {
    let step = amplitude(m()) - amplitude(m() - 1);
    2 * sum("m", 0, m_max(), step.conjugate() * step * any(m()))
}
