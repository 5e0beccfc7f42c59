//! The quantum Fisher information of two spins grows with the squeezing.

use super::assertion::{Assertion, Plan, at_least, equal, expands, side};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, sum, symbol};
use crate::model::calculus::derivative;
use crate::model::lowering::{Lowering, any};
use crate::model::metrology::qfim_element;
use crate::model::operators::Quadrature::XMinus;
use crate::model::squeezing::{tanh, tanh_to};
use crate::model::state::gtmss;
use crate::model::{SIZE, m, m_max, one, size, zero};

/// The moments of the weights `t^{2m}` up to the fifth, over one denominator.
const MOMENTS: &[&str] = &["moment-0", "moment-1", "moment-2", "moment-3", "moment-4", "moment-5"];

/// `dQ[X-,X-]/dt > 0` for spins and `0 < t < 1`: the closed form of `Q`, the derivatives of its two sums, and the sign of
/// the numerator that the quotient rule gives.
pub fn information_grows() -> Vec<Assertion> {
    let domain = || Domain::sizes(SIZE, 1).with_fraction("t");
    let model = side!(spin_information()).written(r"Q[\hat X_-,\hat X_-]");
    let closed = r"\frac{2(1+t)^2\sum_{m=1}^{2S} t^{2m-2}m(2S+1-m)}{\sum_{m=0}^{2S}t^{2m}}";
    let stepped = |name: &str| format!(r"\sum {name}\Big|_{{t\to t(1+h)}}");
    let rungs_step = side!(rungs_after_step()).written(stepped("t^{2m-2}m(2S+1-m)"));
    let levels_step = side!(levels_after_step()).written(stepped("t^{2m}"));
    let rungs_slope = side!(rungs_and_slope()).written(r"\sum\left[1+(2m-2)h\right]t^{2m-2}m(2S+1-m)");
    let levels_step_slope = side!(levels_and_slope()).written(r"\sum(1+2mh)\,t^{2m}");
    let positive = side!(slope_numerator()).written(r"\frac{t\left(\sum t^{2m}\right)^2}{2(1+t)}\frac{dQ}{dt}");
    let expansion = |left, right| expands(domain().with_real("h"), left, "h", right, vec![Plan::Expansion(&[])]);
    vec![
        equal(domain(), model, side!(closed_information()).written(closed), vec![Plan::Identity(MOMENTS)]),
        expansion(rungs_step, rungs_slope),
        expansion(levels_step, levels_step_slope),
        equal(
            domain(),
            side!(slope()).written(r"\frac{dQ}{dt}"),
            side!(from_quotient_rule()).written(r"\frac{2(1+t)}{t\left(\sum t^{2m}\right)^2}[\ldots]"),
            vec![Plan::Identity(MOMENTS), Plan::Sizes(60)],
        ),
        at_least(domain(), positive, side!(zero()), true, vec![Plan::Manifest(slope_form(), MOMENTS)]),
    ]
}

fn spin_information() -> Expression {
    Lowering::Spin.specialise(&qfim_element(XMinus, XMinus, &gtmss()))
}

/// `Σ_{m=1}^{2S} factor o²(m) t^{2m-2}`.
pub fn rungs(power: &dyn Fn(Linear) -> Expression, factor: Expression) -> Expression {
    let squared = Lowering::Spin.specialise(&any(m()));
    sum("m", 1, m_max(), factor * squared * power(m() * 2 - 2))
}

/// `Σ_{m=0}^{2S} factor t^{2m}`.
fn levels(power: &dyn Fn(Linear) -> Expression, factor: Expression) -> Expression {
    sum("m", 0, m_max(), factor * power(m() * 2))
}

/// `2 (1+t)² Σ t^{2m-2} o²(m) / Σ t^{2m}`.
pub fn closed_information() -> Expression {
    2 * (1 + tanh()).pow(2) * rungs(&tanh_to, one()) / levels(&tanh_to, one())
}

/// `t^L` at `t (1+h)` instead of `t`.
fn stepped_power(l: Linear) -> Expression {
    tanh_to(l.clone()) * (1 + symbol("h")).to_the(l)
}

fn rungs_after_step() -> Expression {
    rungs(&stepped_power, one())
}

fn levels_after_step() -> Expression {
    levels(&stepped_power, one())
}

fn two_m() -> Expression {
    2 * m().to_expression()
}

fn rungs_and_slope() -> Vec<Expression> {
    vec![rungs(&tanh_to, one()), rungs(&tanh_to, two_m() - 2)]
}

/// `t d/dt Σ t^{2m}`.
fn levels_slope() -> Expression {
    sum("m", 1, m_max(), two_m() * tanh_to(m() * 2))
}

fn levels_and_slope() -> Vec<Expression> {
    vec![levels(&tanh_to, one()), levels_slope()]
}

/// For `Q = 2 (1+t)² A/B` the quotient rule gives `t dQ/dt = 2 (1+t) [2t A B + (1+t) (t A' B - A t B')]/B²`; this is the
/// bracket.
fn slope_numerator() -> Expression {
    let (a, b) = (rungs(&tanh_to, one()), levels(&tanh_to, one()));
    let (da, db) = (rungs(&tanh_to, two_m() - 2), levels_slope());
    2 * tanh() * a.clone() * b.clone() + (1 + tanh()) * (da * b - a * db)
}

/// `dQ/dt`, by the rules of differentiation.
fn slope() -> Expression {
    derivative(&closed_information(), &Symbol::new("t"))
}

fn from_quotient_rule() -> Expression {
    2 * (1 + tanh()) * slope_numerator() / (tanh() * levels(&tanh_to, one()).pow(2))
}

/// The same as `2t (1-t) C` with a polynomial `C` in `t`, palindromic of degree `4(2S-1)`, whose coefficients are positive.
fn slope_form() -> Expression {
    let j = Linear::symbol("j");
    let part =
        |from: i64, to: Linear, coefficient: Expression| sum("j", from, to, coefficient * tanh_to(j.clone() * 2));
    let (last_even, last_odd) = (m_max() - 1, m_max() - 2);
    let lower_even = part(0, last_even.clone(), even_coefficient(j.clone()));
    let lower_odd = part(0, last_odd.clone(), odd_coefficient(j.clone()));
    // The upper half is the mirror image of the lower one about t^{2(2S-1)}.
    let upper_even = part(1, last_even.clone(), even_coefficient(last_even - j.clone()));
    let upper_odd = part(0, last_odd.clone(), odd_coefficient(last_odd - j.clone()));
    let mirror = tanh_to(m_max() * 2 - 2);
    let c = lower_even + tanh() * lower_odd + mirror.clone() * upper_even + tanh() * mirror * upper_odd;
    2 * tanh() * (1 - tanh()) * c
}

/// The coefficient of `t^{2j}`, `0 <= j <= 2S-1`: `(j+1)(j+2)(j+3)(10n + 5nj - 11j - 4j²)/60` with `n = 2S`.
fn even_coefficient(j: Linear) -> Expression {
    let (j, n) = (j.to_expression(), size());
    let last = 10 * n.clone() + 5 * n * j.clone() - 11 * j.clone() - 4 * j.clone().pow(2);
    (j.clone() + 1) * (j.clone() + 2) * (j + 3) * last / 60
}

/// The coefficient of `t^{2j+1}`, `0 <= j <= 2S-2`: `(j+1)(j+2)(j+3)(j+4)(5n - 4j - 5)/60`.
fn odd_coefficient(j: Linear) -> Expression {
    let (j, n) = (j.to_expression(), size());
    (j.clone() + 1) * (j.clone() + 2) * (j.clone() + 3) * (j.clone() + 4) * (5 * n - 4 * j - 5) / 60
}
