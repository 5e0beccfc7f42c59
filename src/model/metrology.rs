//! Expectation values, the quantum Fisher information matrix, the Wineland parameter.

use super::lowering::Lowering;
use super::operators::{QUADRATURES, Quadrature, z};
use super::state::gtmss;
use super::{ladder, size};
use crate::exact::algebra::Operator;
use crate::exact::expression::Expression;
use crate::exact::ket::Ket;

/// `<φ|χ>`.
///
/// # Panics
/// When an odd power of `o` is left, which cannot happen for vectors built from one paired state by the same operators.
pub fn inner(bra: &Ket, ket: &Ket) -> Expression {
    bra.inner(ket).expect("vectors made from one paired state have inner products in o²")
}

/// `<ψ|A B|ψ>` of an unnormalised vector, as `<A†ψ|Bψ>`.
pub fn raw_product(a: &Operator, b: &Operator, ket: &Ket) -> Expression {
    inner(&a.adjoint().apply(ket, &ladder()), &b.apply(ket, &ladder()))
}

/// `<ψ|A|ψ>/<ψ|ψ>`.
pub fn expectation(a: &Operator, ket: &Ket) -> Expression {
    inner(ket, &a.apply(ket, &ladder())) / inner(ket, ket)
}

/// `<ψ|A B|ψ>/<ψ|ψ>`.
pub fn product_expectation(a: &Operator, b: &Operator, ket: &Ket) -> Expression {
    raw_product(a, b, ket) / inner(ket, ket)
}

/// An element of the quantum Fisher information matrix of a pure state for `exp(-i Σ θ_j W_j)`:
/// `Q_ij = 4 (Re<W_i W_j> - <W_i><W_j>)`.
///
/// The real part is taken by symmetrising: `2<W_i W_j> + 2<W_j W_i>`. Reference: Liu, Yuan, Lu, Wang, J. Phys. A 53,
/// 023001 (2020), Eq. (26).
pub fn qfim_element(i: Quadrature, j: Quadrature, ket: &Ket) -> Expression {
    let (a, b) = (i.operator(), j.operator());
    2 * product_expectation(&a, &b, ket) + 2 * product_expectation(&b, &a, ket)
        - 4 * expectation(&a, ket) * expectation(&b, ket)
}

/// All sixteen elements for a state, in the order of [`QUADRATURES`].
pub fn qfim(ket: &Ket) -> Vec<(Quadrature, Quadrature, Expression)> {
    QUADRATURES
        .into_iter()
        .flat_map(|i| QUADRATURES.map(|j| (i, j)))
        .map(|(i, j)| (i, j, qfim_element(i, j, ket)))
        .collect()
}

/// `<W²>` of the GTMSS for any lowering operator.
pub fn second_moment(w: Quadrature) -> Expression {
    product_expectation(&w.operator(), &w.operator(), &gtmss())
}

/// `<Z_1>` of the GTMSS for any lowering operator.
pub fn mean_z(j: u8) -> Expression {
    expectation(&z(j), &gtmss())
}

/// The number of atoms of two spins `S` each: `N = 4S = 2 m_max`.
pub fn atoms() -> Expression {
    2 * size()
}

/// The Wineland parameter `ξ² = N <X+²>/|<Z_1> + <Z_2>|²` of the GTMSS of two spins.
pub fn wineland_parameter() -> Expression {
    super::trace::uses("wineland-definition");
    let signal = mean_z(1) + mean_z(2);
    Lowering::Spin.specialise(&(atoms() * second_moment(Quadrature::XPlus) / signal.pow(2)))
}

/// The error of `θ` from measuring `A` after `exp(-iθ B)`: `Var(A)/|∂<A>/∂θ|²` with `∂<A>/∂θ = -i<[A,B]>`, for a state
/// in which `<A> = 0`.
pub fn propagated_error(a: Quadrature, b: Quadrature, ket: &Ket) -> Expression {
    let slope = -Expression::I * expectation(&a.operator().commutator(&b.operator()), ket);
    product_expectation(&a.operator(), &a.operator(), ket) / slope.pow(2)
}
