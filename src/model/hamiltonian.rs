//! The twisting Hamiltonians of section IV of the supplement and what they do at short times.

use super::operators::{x, y};
use super::{ladder, metrology::inner, state::vacuum, trace};
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, symbol};
use crate::exact::ket::Ket;

/// The strength `J`.
pub fn strength() -> Expression {
    symbol("J")
}

/// Two-mode one-axis twisting, `J X_1 X_2`, (S26).
pub fn one_axis() -> Operator {
    trace::uses("s26");
    x(1).times(&x(2)).scaled(&strength())
}

/// Two-mode two-axis twisting, `J (X_1 X_2 - Y_1 Y_2)`, (S27).
pub fn two_axis() -> Operator {
    trace::uses("s27");
    x(1).times(&x(2)).minus(&y(1).times(&y(2))).scaled(&strength())
}

/// The coefficient of `t^order` in `<A²>` of `e^{-iHt}|0,0>`:
/// `Σ_{j+k=order} i^j (-i)^k <A H^j|0,0>, A H^k|0,0>>/(j! k!)`.
///
/// Cost: the number of words of `H` to the power `order`.
pub fn squared_moment(hamiltonian: &Operator, a: &Operator, order: i32) -> Expression {
    let mut powers = vec![vacuum()];
    for k in 0..order as usize {
        powers.push(hamiltonian.apply(&powers[k], &ladder()));
    }
    let measured: Vec<Ket> = powers.iter().map(|ket| a.apply(ket, &ladder())).collect();
    (0..=order).fold(Expression::from(0), |sum, j| {
        let k = order - j;
        let phase = Expression::I.pow(j) * (-Expression::I).pow(k);
        sum + phase / (factorial(j) * factorial(k)) * inner(&measured[j as usize], &measured[k as usize])
    })
}

fn factorial(k: i32) -> Expression {
    Expression::from((1..=i64::from(k)).product::<i64>())
}
