//! What the engineered dissipation does to the GTMSS.

use super::assertion::{Assertion, Side, equal_vectors, side};
use super::{DIRECT, SYMBOLIC};
use crate::exact::domain::Domain;
use crate::exact::ket::Ket;
use crate::model::lindblad::jump_operator;
use crate::model::state::gtmss;
use crate::model::{any_ladder, ladder, no_vector};

/// Vectors with `cosh r` as a symbol, a common factor.
pub fn domain() -> Domain {
    any_ladder(0).with_real("c")
}

/// Both jump operators annihilate the state, so it is a steady state, Eq. (10) and (S44).
pub fn dark_state() -> Vec<Assertion> {
    let dark = |j: u8| {
        let applied = jump_on_gtmss(j).written(format!(r"\hat L_{j}|\psi_G\rangle"));
        equal_vectors(domain(), side!(no_vector()).written("0"), applied, vec![DIRECT, SYMBOLIC])
    };
    vec![dark(1), dark(2)]
}

/// `L_j |ψ_G>`.
pub fn jump_on_gtmss(j: u8) -> Side<Ket> {
    side!(jump_on_state(j))
}

fn jump_on_state(j: u8) -> Ket {
    jump_operator(j).apply(&gtmss(), &ladder())
}
