//! Operators: `O_j`, the local quadratures `X_j`, `Y_j`, `Z_j`, and the joint `X±`, `Y±`, Eq. (3).

use super::trace;
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, ratio};

/// `O_j`.
pub fn lowering(j: u8) -> Operator {
    trace::uses("eq2");
    Operator::lowering(j)
}

/// `c` times the identity.
pub fn number(c: Expression) -> Operator {
    Operator::word((vec![], vec![]), c)
}

/// `X_j = (O_j† + O_j)/2`.
pub fn x(j: u8) -> Operator {
    trace::uses("eq3");
    let o = lowering(j);
    o.adjoint().plus(&o).scaled(&ratio(1, 2))
}

/// `Y_j = -i (O_j† - O_j)/2`.
pub fn y(j: u8) -> Operator {
    trace::uses("eq3");
    let o = lowering(j);
    o.adjoint().minus(&o).scaled(&(-Expression::I / 2))
}

/// `Z_j = (O_j† O_j - O_j O_j†)/2`.
pub fn z(j: u8) -> Operator {
    let o = lowering(j);
    o.adjoint().commutator(&o).scaled(&ratio(1, 2))
}

/// The four joint quadratures, in the order in which the paper's matrices list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrature {
    /// `X+ = X_1 + X_2`.
    XPlus,
    /// `X- = X_1 - X_2`.
    XMinus,
    /// `Y+ = Y_1 + Y_2`.
    YPlus,
    /// `Y- = Y_1 - Y_2`.
    YMinus,
}

/// `W = (X+, X-, Y+, Y-)`.
pub const QUADRATURES: [Quadrature; 4] = [Quadrature::XPlus, Quadrature::XMinus, Quadrature::YPlus, Quadrature::YMinus];

impl Quadrature {
    /// The operator.
    pub fn operator(self) -> Operator {
        match self {
            Self::XPlus => x(1).plus(&x(2)),
            Self::XMinus => x(1).minus(&x(2)),
            Self::YPlus => y(1).plus(&y(2)),
            Self::YMinus => y(1).minus(&y(2)),
        }
    }

    /// Its name in LaTeX.
    pub fn latex(self) -> &'static str {
        match self {
            Self::XPlus => r"\hat X_+",
            Self::XMinus => r"\hat X_-",
            Self::YPlus => r"\hat Y_+",
            Self::YMinus => r"\hat Y_-",
        }
    }
}
