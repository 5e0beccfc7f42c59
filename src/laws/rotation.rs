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
    /// `F(π/2)`.
    pub fn quarter_turn(&self) -> Operator {
        self.constant.plus(&self.sine)
    }
}

/// `e^{-iθG} A e^{iθG} = F(θ)` for two spins of every size.
///
/// Both sides solve the linear differential equation `dF/dθ = -i [G, F]`, whose solution is fixed by its value at zero.
/// With `cos θ` and `sin θ` linearly independent this is four identities: `F_0 + F_c = A`, `[G, F_0] = 0`,
/// `-i [G, F_c] = F_s`, `-i [G, F_s] = -F_c`.
pub fn conjugation(generator: &Operator, operator: &Operator, rotated: &Rotated) -> Vec<Assertion> {
    let domain = || Domain::sizes(SIZE, 1);
    let plans = || vec![DIRECT, Plan::Sizes(6)];
    let same = |left: Side<Operator>, right: Side<Operator>| {
        equal_operators_of(domain(), &Lowering::Spin, left, right, plans())
    };
    vec![
        same(side!(at_zero(rotated)).written("F(0)"), side!(itself(operator)).written(r"\hat A")),
        same(side!(derivative(generator, &rotated.constant)).written(r"[\hat G,F_0]"), side!(nothing()).written("0")),
        same(
            side!(derivative(generator, &rotated.cosine)).written(r"-i[\hat G,F_c]"),
            side!(itself(&rotated.sine)).written("F_s"),
        ),
        same(
            side!(derivative(generator, &rotated.sine)).written(r"-i[\hat G,F_s]"),
            side!(opposite(&rotated.cosine)).written("-F_c"),
        ),
    ]
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
