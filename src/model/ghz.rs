//! The GHZ states of section VI of the supplement, through their rotated operators.
//!
//! `|GHZ> = e^{-iπG/2} |Φ>` with `|Φ> = (|0,0> + |M,M>)/√2`, so `<GHZ|A|GHZ> = <Φ|A'|Φ>` with `A' = e^{iπG/2} A e^{-iπG/2}`.

use super::element::superposition_mean;
use super::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use super::operators::z;
use super::trace;
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, ratio};

/// Which GHZ state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ghz {
    /// `G = Y-`, (S38).
    One,
    /// `G = (X+ + Y-)/√2`, (S42).
    Two,
}

impl Ghz {
    /// `G`.
    pub fn generator(self) -> Operator {
        match self {
            Self::One => YMinus.operator(),
            Self::Two => XPlus.operator().plus(&YMinus.operator()).scaled(&(Expression::Sqrt2 / 2)),
        }
    }

    /// The parts of `e^{iθG} W e^{-iθG} = constant + cosine cos θ + sine sin θ`.
    pub fn turning(self, w: Quadrature) -> [Operator; 3] {
        let zero = Operator::zero;
        let (sum, difference) = (z(1).plus(&z(2)), z(1).minus(&z(2)));
        match (self, w) {
            (Self::One, XMinus) => [zero(), w.operator(), sum],
            (Self::One, XPlus) => [zero(), w.operator(), difference],
            (Self::One, YPlus | YMinus) => [w.operator(), zero(), zero()],
            (Self::Two, _) => {
                let (other, sign, sine) = match w {
                    XMinus => (YPlus, 1, sum),
                    YPlus => (XMinus, -1, sum),
                    XPlus => (YMinus, 1, difference),
                    YMinus => (XPlus, -1, difference),
                };
                let half =
                    |c: i64| w.operator().plus(&other.operator().scaled(&Expression::from(c))).scaled(&ratio(1, 2));
                [half(1), half(-1), sine.scaled(&(sign * Expression::Sqrt2 / 2))]
            }
        }
    }

    /// `e^{iπG/2} W e^{-iπG/2}`.
    pub fn rotated(self, w: Quadrature) -> Operator {
        trace::uses(if self == Self::One { "s38" } else { "s42" });
        let [constant, _, sine] = self.turning(w);
        constant.plus(&sine)
    }

    /// An element of the QFIM, for sizes from `least` on.
    pub fn qfim_element(self, a: Quadrature, b: Quadrature, least: i64) -> Expression {
        let (a, b) = (self.rotated(a), self.rotated(b));
        let mean = |operator: &Operator| superposition_mean(operator, least);
        2 * mean(&a.times(&b)) + 2 * mean(&b.times(&a)) - 4 * mean(&a) * mean(&b)
    }
}
