//! The GTMSS and its quadratures.

use super::assertion::{Assertion, equal, equal_operators, equal_vectors, side};
use super::{DIRECT, NORM, SYMBOLIC};
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, Linear, sum};
use crate::exact::ket::Ket;
use crate::model::lowering::any;
use crate::model::metrology::inner;
use crate::model::operators::Quadrature::{self, XMinus, YPlus};
use crate::model::operators::{QUADRATURES, lowering, x, y, z};
use crate::model::squeezing::{cosh_squared, tanh_to};
use crate::model::state::gtmss;
use crate::model::{any_ladder, ladder, m_max, no_vector, squeezed, zero};

/// `𝒩^{-2} = cosh²(r) [1 - tanh^{2m_max+2}(r)]`, Eq. (1).
pub fn norm() -> Vec<Assertion> {
    let norm = side!(inner(&gtmss(), &gtmss())).written(r"\sum_{m=0}^{m_{\max}} \tanh^{2m} r");
    let formula = side!(inverse_norm()).written(r"\cosh^2 r\left[1-\tanh^{2m_{\max}+2} r\right]");
    vec![equal(squeezed(0), norm, formula, vec![NORM])]
}

fn inverse_norm() -> Expression {
    cosh_squared() * (1 - tanh_to(m_max() * 2 + 2))
}

/// `W† = W` for the joint quadratures, and `X + iY = O†`, Eq. (3).
pub fn quadratures() -> Vec<Assertion> {
    let hermitian = |w: Quadrature| {
        let adjoint = side!(adjoint_of(w)).written(format!(r"{}^\dagger", w.latex()));
        let itself = side!(Quadrature::operator(w)).written(w.latex());
        equal_operators(any_ladder(1), adjoint, itself, vec![DIRECT, SYMBOLIC])
    };
    let mut assertions: Vec<Assertion> = QUADRATURES.into_iter().map(hermitian).collect();
    assertions.push(equal_operators(
        any_ladder(1),
        side!(raising_from_quadratures()).written(r"\hat X_1 + i \hat Y_1"),
        side!(raising()).written(r"\hat O_1^\dagger"),
        vec![DIRECT, SYMBOLIC],
    ));
    assertions
}

fn adjoint_of(w: Quadrature) -> Operator {
    w.operator().adjoint()
}

fn raising_from_quadratures() -> Operator {
    x(1).plus(&y(1).scaled(&Expression::I))
}

fn raising() -> Operator {
    lowering(1).adjoint()
}

/// `[X-, Y+] = i(Z_1 - Z_2)`, which annihilates the GTMSS, and `tr Z = 0`; after Eq. (5).
pub fn commutator() -> Vec<Assertion> {
    let commutator = side!(commutator_of_sensitive()).written(r"[\hat X_-,\hat Y_+]");
    let formula = side!(difference_of_z()).written(r"i(\hat Z_1-\hat Z_2)");
    let on_state = side!(commutator_on_state()).written(r"i(\hat Z_1-\hat Z_2)|\psi_G\rangle");
    let trace = side!(trace_of_z()).written(r"\operatorname{tr}\hat Z_1");
    let plans = || vec![DIRECT, SYMBOLIC];
    vec![
        equal_operators(any_ladder(1), commutator, formula, plans()),
        equal_vectors(any_ladder(1), side!(no_vector()).written("0"), on_state, plans()),
        equal(any_ladder(1), trace, side!(zero()), plans()),
    ]
}

fn commutator_of_sensitive() -> Operator {
    XMinus.operator().commutator(&YPlus.operator())
}

fn difference_of_z() -> Operator {
    z(1).minus(&z(2)).scaled(&Expression::I)
}

fn commutator_on_state() -> Ket {
    difference_of_z().apply(&gtmss(), &ladder())
}

/// `Σ_m <m|Z|m>` with `<m|Z|m> = (o²(m) - o²(m+1))/2`.
fn trace_of_z() -> Expression {
    let m = Linear::symbol("m");
    sum("m", 0, m_max(), (any(m.clone()) - any(m + 1)) / 2)
}
