//! Numbers of twice the precision of a double: an unevaluated sum of two, with about 32 digits.
//!
//! Sources: T. J. Dekker, Numer. Math. 18, 224 (1971); D. E. Knuth, The Art of Computer Programming 2, 4.2.2.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::convert::to_f64;
use crate::exact::number::{Integer, Rational};

/// `high + low`, with `|low|` at most half a unit in the last place of `high`.
///
/// ```
/// use twomode::numeric::double::Double;
/// let third = Double::from(1.0) / Double::from(3.0);
/// assert!((third * Double::from(3.0) - Double::from(1.0)).to_f64().abs() < 1e-31);
/// assert!((Double::from(2.0).sqrt() * Double::from(2.0).sqrt() - Double::from(2.0)).to_f64().abs() < 1e-31);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Double {
    high: f64,
    low: f64,
}

impl From<f64> for Double {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

impl From<&Rational> for Double {
    /// Numerator over denominator, each rounded to a double.
    fn from(q: &Rational) -> Self {
        let part = |n: &Integer| Self::from(to_f64(&Rational::from(n.clone())));
        part(q.numer()) / part(q.denom())
    }
}

/// What formulas need that are computed in either precision.
pub trait Number:
    Copy
    + Default
    + From<f64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// The number of twice the precision, rounded if necessary.
    fn of(x: Double) -> Self;
    /// The nearest double.
    fn to_f64(self) -> f64;
    /// The square root; zero of what is not positive.
    fn sqrt(self) -> Self;
}

impl Number for f64 {
    fn of(x: Double) -> Self {
        x.high
    }
    fn to_f64(self) -> f64 {
        self
    }
    fn sqrt(self) -> Self {
        f64::sqrt(self.max(0.0))
    }
}

impl Number for Double {
    fn of(x: Double) -> Self {
        x
    }
    fn to_f64(self) -> f64 {
        self.high
    }
    fn sqrt(self) -> Self {
        Double::sqrt(self)
    }
}

impl Double {
    /// `a + b` exactly.
    fn two_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let virtual_b = high - a;
        Self { high, low: (a - (high - virtual_b)) + (b - virtual_b) }
    }

    /// `a + b` exactly, for `|a| >= |b|`.
    fn quick_two_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        Self { high, low: b - (high - a) }
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        self.high
    }

    /// The square root; zero of what is not positive.
    pub fn sqrt(self) -> Self {
        if self.high <= 0.0 {
            return Self::default();
        }
        let root = Self::from(self.high.sqrt());
        root + (self - root * root) / (root + root)
    }
}

impl Add for Double {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (sum, rest) = (Self::two_sum(self.high, other.high), Self::two_sum(self.low, other.low));
        let sum = Self::quick_two_sum(sum.high, sum.low + rest.high);
        Self::quick_two_sum(sum.high, sum.low + rest.low)
    }
}

impl Neg for Double {
    type Output = Self;
    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Sub for Double {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Double {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let high = self.high * other.high;
        let exact_rest = self.high.mul_add(other.high, -high);
        Self::quick_two_sum(high, exact_rest + (self.high * other.low + self.low * other.high))
    }
}

impl Div for Double {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = Self::from(self.high / other.high);
        let rest = self - first * other;
        let second = Self::from(rest.high / other.high);
        let rest = rest - second * other;
        first + second + Self::from(rest.high / other.high)
    }
}
