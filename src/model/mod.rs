//! The paper's objects, written once, as exact expressions.
//!
//! Every quantity is built from its definition as an [`Expression`]: a symbolic
//! size `M = m_max`, `t = tanh r` (every dependence on `r` is then rational), and an arbitrary `o²(m)`, the sequence
//! `o2`. The same expression is proved, evaluated at rational points, enclosed, or printed as LaTeX.
//!
//! Functions that define an object of the paper say so to [`trace`], which is how the audit learns what relies on what.

use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, symbol};
use crate::exact::ket::Ket;

pub mod atoms;
pub mod calculus;
pub mod element;
pub mod gaussian;
pub mod ghz;
pub mod hamiltonian;
pub mod latex;
pub mod laurent;
pub mod levels;
pub mod lindblad;
pub mod lowering;
pub mod matrix;
pub mod metrology;
pub mod moments;
pub mod operators;
pub mod pieces;
pub mod squeezing;
pub mod state;
pub mod trace;

/// The name of the size: `M = m_max`, which is `2S` for spins.
pub const SIZE: &str = "M";

/// The name of the squared matrix elements of the lowering operator.
pub const LADDER: &str = "o2";

/// `m_max` as a linear form.
pub fn m_max() -> Linear {
    Linear::symbol(SIZE)
}

/// `m_max` as an expression.
pub fn size() -> Expression {
    symbol(SIZE)
}

/// The ladder symbol `o2`.
pub fn ladder() -> Symbol {
    Symbol::new(LADDER)
}

/// The index `m` of a level or a sum.
pub fn m() -> Linear {
    Linear::symbol("m")
}

/// The number 0, as one side of a statement.
pub fn zero() -> Expression {
    Expression::from(0)
}

/// The number 1.
pub fn one() -> Expression {
    Expression::from(1)
}

/// The vector 0.
pub fn no_vector() -> Ket {
    Ket::zero()
}

/// Every `m_max >= least`, every `r` with `0 < |r| < ∞`.
pub fn squeezed(least: i64) -> Domain {
    Domain::sizes(SIZE, least).with_unit("t")
}

/// The same with an arbitrary lowering operator.
pub fn any_ladder(least: i64) -> Domain {
    squeezed(least).with_ladder(LADDER)
}
