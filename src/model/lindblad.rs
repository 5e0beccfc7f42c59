//! The engineered dissipation of Eq. (10).

use super::squeezing::{cosh, sinh};
use super::{operators::lowering, trace};
use crate::exact::algebra::Operator;

/// `L_j = cosh(r) O_j + sinh(r) O_{j̄}†`, with `j̄` the other subsystem.
pub fn jump_operator(j: u8) -> Operator {
    trace::uses("eq10");
    let other = lowering(3 - j).adjoint();
    lowering(j).scaled(&cosh()).plus(&other.scaled(&sinh()))
}
