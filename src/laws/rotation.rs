//! Conjugation of spin operators by a rotation.

use super::DIRECT;
use super::assertion::{Assertion, Plan, Side, equal_operators_of, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::Expression;
use crate::model::SIZE;
use crate::model::lowering::Lowering;

/// `F(θ) = constant + cosine cos θ + sine sin θ`, an operator that turns with an angle.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// The part that does not turn.
    pub constant: Operator,
    /// The coefficient of `cos θ`.
    pub cosine: Operator,
    /// The coefficient of `sin θ`.
    pub sine: Operator,
}

impl Rotated {
    /// `F(π)`.
    pub fn half_turn(&self) -> Operator {
        self.constant.minus(&self.cosine)
    }
}

/// `e^{-iθG} A e^{iθG} = F(θ)` for two spins of every size, `written` as LaTeX.
///
/// Both sides solve the linear differential equation `dF/dθ = -i [G, F]`, whose solution is fixed by its value at zero.
/// With `cos θ` and `sin θ` linearly independent this is four identities, the parts of the law: `F_0 + F_c = A`,
/// `-i [G, F_0] = 0`, `-i [G, F_c] = F_s`, `-i [G, F_s] = -F_c`.
pub fn conjugation(written: &str, generator: &Operator, operator: &Operator, rotated: &Rotated) -> Vec<Assertion> {
    let same = |left: Side<Operator>, right: Side<Operator>| {
        let plans = vec![DIRECT, Plan::Sizes(6)];
        let part = equal_operators_of(Domain::sizes(SIZE, 1), &Lowering::Spin, left, right, plans);
        Assertion { latex: written.to_owned(), ..part }
    };
    vec![
        same(side!(at_zero(rotated)), side!(itself(operator))),
        same(side!(derivative(generator, &rotated.constant)), side!(nothing())),
        same(side!(derivative(generator, &rotated.cosine)), side!(itself(&rotated.sine))),
        same(side!(derivative(generator, &rotated.sine)), side!(opposite(&rotated.cosine))),
    ]
}

/// `e^{-iθG} A e^{iθG} = right` as LaTeX.
pub fn turned(generator: &str, operator: &str, right: &str) -> String {
    format!(r"e^{{-i\theta {generator}}}{operator}e^{{i\theta {generator}}} = {right}")
}

fn at_zero(rotated: &Rotated) -> Operator {
    rotated.constant.plus(&rotated.cosine)
}

fn itself(operator: &Operator) -> Operator {
    operator.clone()
}

fn opposite(operator: &Operator) -> Operator {
    operator.scaled(&Expression::from(-1))
}

fn nothing() -> Operator {
    Operator::zero()
}

/// `-i [G, A]`.
fn derivative(generator: &Operator, operator: &Operator) -> Operator {
    generator.commutator(operator).scaled(&-Expression::I)
}
