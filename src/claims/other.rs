//! Other lowering operators: section XIII.

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, exact, side};
use crate::audit::report::Value;
use crate::exact::domain::Domain;
use crate::exact::evaluate::{Algebraic, evaluate};
use crate::exact::expression::{Expression, Linear, Symbol, infinite_sum};
use crate::exact::number::rational;
use crate::exact::sample::Sample;
use crate::model::lowering::Lowering;
use crate::model::squeezing::{cosh_squared, exp_2r, sinh_squared};
use crate::model::state::weight;
use crate::model::trace;

pub(super) const CLAIMS: Chapter = &[("s71", s71)];

fn s71(_: Limits) -> Claim {
    let name = |exponent: &str| format!(r"4\left(1-e^{{{exponent}}}+e^{{4r}}\right)");
    Claim::new(vec![s71_part(side!(s71_form(-1)), &name("-2r"))]).corrected(
        vec![
            s71_part(side!(s71_form(1)), &name("2r")),
            equal(
                Domain::default().with_unit("t"),
                side!(two_photon_information(-1)).written(r"\mathcal N_Q e^{-2r}"),
                side!(s71_squeezed()).written(r"4\left(1-e^{-2r}+e^{-4r}\right)"),
                vec![Plan::Identity(&["infinite-1", "infinite-2"])],
            ),
        ],
        r"\mathcal N_Q e^{2r} = 4\left(1-e^{2r}+e^{4r}\right)",
        Class::Misprint,
        "the second exponent must be +2r for the antisqueezed quadratures, which the growth e⁴ʳ and the symbol Q_max \
         point to (a value at finite r, no limit). With e⁻⁴ʳ in place of e⁴ʳ the printed form is that of the \
         squeezed quadratures, N_Q e⁻²ʳ; both forms agree at r = 0",
        )
        .value("printed_at_t_1_2", at_half(&s71_form(-1)))
        .value("corrected_at_t_1_2", at_half(&s71_form(1)))
}

/// The exact value at `tanh r = 1/2`.
fn at_half(e: &Expression) -> Value {
    let point = Sample { reals: [(Symbol::new("t"), rational(1, 2))].into(), ..Sample::default() };
    match evaluate::<Algebraic>(e, &point.on(&Domain::default().with_unit("t"))) {
        Ok(value) => exact(value),
        Err(undefined) => exact(undefined),
    }
}

fn s71_part(right: Side<Expression>, name: &str) -> Assertion {
    let left = side!(two_photon_information(1)).written(r"\mathcal N_Q e^{2r}");
    let domain = Domain::default().with_unit("t");
    equal(domain, left, right.written(name), vec![Plan::Identity(&["infinite-1", "infinite-2"])])
}

/// `N_Q e^{2kr}` of Eq. (4) for `o²(m) = 2m(2m-1)` and `m_max = ∞`, where `tanh^{2m_max+2} r → 0`.
fn two_photon_information(k: i32) -> Expression {
    trace::uses("eq4");
    trace::uses("s71-o");
    let m = Linear::symbol("m");
    let squared = Lowering::TwoPhoton.specialise(&crate::model::lowering::any(m.clone()));
    let prefactor = 2 * infinite_sum("m", 1, weight(m) * squared) / (cosh_squared() * sinh_squared());
    prefactor * exp_2r(k)
}

/// `4 (1 - e^{2kr} + e^{4r})`.
fn s71_form(k: i32) -> Expression {
    4 * (1 - exp_2r(k) + exp_2r(2))
}

fn s71_squeezed() -> Expression {
    4 * (1 - exp_2r(-1) + exp_2r(-2))
}
