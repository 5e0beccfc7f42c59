//! States of two ladders: the GTMSS of Eq. (1) and general paired states.

use super::squeezing::{tanh, tanh_to};
use super::{m_max, trace};
use crate::exact::expression::{Expression, Linear, Symbol};
use crate::exact::ket::Ket;

/// The unnormalised GTMSS `Σ_{m=0}^{m_max} (-tanh r)^m |m,m>`.
pub fn gtmss() -> Ket {
    trace::uses("eq1");
    Ket::series(0, m_max(), (-tanh()).to_the(Linear::symbol("m")), &[], (0, 0))
}

/// `|0,0>`, the state from which the unitary protocols start.
pub fn vacuum() -> Ket {
    Ket::series(0, Linear::from(0), Expression::from(1), &[], (0, 0))
}

/// `Σ_m a_m |m,m>` with `a_m = x(m) + i y(m)`, not normalised.
pub fn paired() -> Ket {
    Ket::series(0, m_max(), amplitude(Linear::symbol("m")), &[], (0, 0))
}

/// The amplitude `a_L = x(L) + i y(L)` of a paired state.
pub fn amplitude(l: Linear) -> Expression {
    Expression::Value(Symbol::new("x"), l.clone()) + Expression::I * Expression::Value(Symbol::new("y"), l)
}

/// `tanh^{2m}(r)`, the unnormalised weight of `|m,m>` in the GTMSS.
pub fn weight(m: Linear) -> Expression {
    tanh_to(m * 2)
}
