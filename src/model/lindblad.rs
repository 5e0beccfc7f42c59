//! The engineered dissipation of Eq. (10), and dissipators as matrices.

use super::matrix::Matrix;
use super::squeezing::{cosh, sinh};
use super::{operators::lowering, trace};
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, ratio};

/// `L_j = cosh(r) O_j + sinh(r) O_{j̄}†`, with `j̄` the other subsystem.
pub fn jump_operator(j: u8) -> Operator {
    trace::uses("eq10");
    let other = lowering(3 - j).adjoint();
    lowering(j).scaled(&cosh()).plus(&other.scaled(&sinh()))
}

/// `D[Γ]ρ = ΓρΓ† - Γ†Γρ/2 - ρΓ†Γ/2`.
pub fn dissipator(jump: &Matrix, rho: &Matrix) -> Matrix {
    trace::uses("eq10");
    let rate = jump.adjoint().times(jump);
    let loss = rate.times(rho).plus(&rho.times(&rate)).scaled(&ratio(1, 2));
    jump.times(rho).times(&jump.adjoint()).minus(&loss)
}

/// The elements conjugated.
pub fn conjugated(a: &Matrix) -> Matrix {
    a.map(Expression::conjugate)
}

/// The transposed matrix.
pub fn transposed(a: &Matrix) -> Matrix {
    conjugated(&a.adjoint())
}

/// The rows of a matrix in one column, one below the other: `A ρ B` becomes `(A ⊗ Bᵀ) vec ρ`.
pub fn rows_stacked(a: &Matrix) -> Matrix {
    Matrix::column(a.rows().iter().flatten().cloned().collect())
}

/// The columns of a matrix in one column, one below the other: `A ρ B` becomes `(Bᵀ ⊗ A) vec ρ`.
pub fn columns_stacked(a: &Matrix) -> Matrix {
    rows_stacked(&transposed(a))
}
