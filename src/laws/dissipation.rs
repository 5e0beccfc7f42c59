//! What the engineered dissipation does to the GTMSS.

use super::assertion::{Assertion, Side, equal_operators, equal_vectors, side};
use super::{DIRECT, SYMBOLIC};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::ratio;
use crate::exact::ket::Ket;
use crate::model::lindblad::jump_operator;
use crate::model::operators::lowering;
use crate::model::squeezing::{cosh, sinh, tanh};
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

/// `L_{j̄}† = tanh(r) L_j + cosh(r)(1 - tanh²r) O_{j̄}†`, and the two operators on the right commute.
///
/// From this it follows that two subspaces which the jump operators do not leave are never orthogonal (see the book).
pub fn adjoint_jumps() -> Vec<Assertion> {
    let same = |left: Side<Operator>, right: Side<Operator>, names: [String; 2]| {
        let [of, to] = names;
        equal_operators(domain(), left.written(of), right.written(to), vec![DIRECT, SYMBOLIC])
    };
    let part = |j: u8| {
        let other = 3 - j;
        let (jump, raise) = (format!(r"\hat L_{j}"), format!(r"\hat O_{other}^\dagger"));
        let sum = format!(r"\tanh(r)\,{jump}+\cosh(r)(1-\tanh^2r)\,{raise}");
        let adjoint =
            same(side!(adjoint_jump(other)), side!(jump_and_raising(j)), [format!(r"\hat L_{other}^\dagger"), sum]);
        let orders = [format!("{jump}{raise}"), format!("{raise}{jump}")];
        [adjoint, same(side!(jump_after_raising(j)), side!(raising_after_jump(j)), orders)]
    };
    [1, 2].into_iter().flat_map(part).collect()
}

fn adjoint_jump(j: u8) -> Operator {
    jump_operator(j).adjoint()
}

/// `tanh(r) L_j + cosh(r)(1 - tanh²r) O_{j̄}†`.
fn jump_and_raising(j: u8) -> Operator {
    let raising = lowering(3 - j).adjoint().scaled(&(cosh() * (1 - tanh().pow(2))));
    jump_operator(j).scaled(&tanh()).plus(&raising)
}

/// `L_j O_{j̄}†`.
fn jump_after_raising(j: u8) -> Operator {
    jump_operator(j).times(&lowering(3 - j).adjoint())
}

/// `O_{j̄}† L_j`.
fn raising_after_jump(j: u8) -> Operator {
    lowering(3 - j).adjoint().times(&jump_operator(j))
}

/// The adjoint Liouvillian of an operator of one system alone, here `A = O_1†O_1`, contains this system only:
/// `cosh²r (O†AO - {O†O, A}/2) + sinh²r (OAO† - {OO†, A}/2)`.
///
/// So each system relaxes by itself, whatever the other one is (see the book); in particular to probabilities `∝ tanh^{2m} r`.
pub fn each_system_alone() -> Vec<Assertion> {
    let left =
        side!(adjoint_liouvillian(&number_like())).written(r"\mathcal L^\dagger\big(\hat O_1^\dagger\hat O_1\big)");
    let own = r"\cosh^2r\,\mathcal D^\dagger[\hat O_1](\hat O_1^\dagger\hat O_1)+\sinh^2r\,\mathcal D^\dagger[\hat O_1^\dagger](\hat O_1^\dagger\hat O_1)";
    vec![equal_operators(domain(), left, side!(own_dissipation(&number_like())).written(own), vec![DIRECT, SYMBOLIC])]
}

fn number_like() -> Operator {
    lowering(1).adjoint().times(&lowering(1))
}

/// `L†AL - {L†L, A}/2`.
fn adjoint_dissipator(jump: &Operator, a: &Operator) -> Operator {
    let rate = jump.adjoint().times(jump);
    let loss = rate.times(a).plus(&a.times(&rate)).scaled(&ratio(1, 2));
    jump.adjoint().times(a).times(jump).minus(&loss)
}

/// `Σ_j (L_j†AL_j - {L_j†L_j, A}/2)`.
fn adjoint_liouvillian(a: &Operator) -> Operator {
    adjoint_dissipator(&jump_operator(1), a).plus(&adjoint_dissipator(&jump_operator(2), a))
}

/// `cosh²r D†[O_1](A) + sinh²r D†[O_1†](A)`.
fn own_dissipation(a: &Operator) -> Operator {
    let lowered = adjoint_dissipator(&lowering(1), a).scaled(&cosh().pow(2));
    lowered.plus(&adjoint_dissipator(&lowering(1).adjoint(), a).scaled(&sinh().pow(2)))
}
