//! `o²(m)` given as an expression in `m` and `M = m_max`: its exact values.

use twomode::exact::evaluate::{Algebraic, Field, Point, binomial, evaluate};
use twomode::exact::expression::{Expression, Symbol};
use twomode::exact::number::{Integer, Rational, bits, integer, power};
use twomode::format::parse;

/// What an expression may be.
pub const ACCEPTED: &str = "accepted are expressions in m and M such as m*(M+1-m), once or twice (m;2*m)";

/// Numbers that may take more digits than this are refused.
const MOST_BITS: f64 = 20_000.0;
/// Binomial coefficients of larger numbers are refused.
const LARGEST_BINOMIAL: i64 = 10_000;

/// Reads an expression.
pub fn parse(text: &str) -> Result<Expression, String> {
    parse::expression(text).map_err(|e| format!("{e}; {ACCEPTED}"))
}

/// The values at `m = 1, ..., top`.
pub fn squares(expression: &Expression, top: usize) -> Result<Vec<Rational>, String> {
    (1..=top as i64).map(|m| square(expression, m, top as i64)).collect()
}

fn square(expression: &Expression, m: i64, top: i64) -> Result<Rational, String> {
    let refused = |why: &dyn std::fmt::Display| format!("o²({m}) with M = {top}: {why}; {ACCEPTED}");
    let level = Level { m, top };
    let length: Length = evaluate(expression, &level).map_err(|e| refused(&e))?;
    if length.0 > MOST_BITS {
        return Err(refused(&"a number with too many digits"));
    }
    let value: Algebraic = evaluate(expression, &level).map_err(|e| refused(&e))?;
    value.as_rational().cloned().ok_or_else(|| refused(&format!("{value} is not rational")))
}

/// `m` and `M`.
struct Level {
    m: i64,
    top: i64,
}

impl<F: Field> Point<F> for Level {
    fn real(&self, _: &Symbol) -> Option<F> {
        None
    }
    fn integer(&self, s: &Symbol) -> Option<i64> {
        match s.name() {
            "m" => Some(self.m),
            "M" => Some(self.top),
            _ => None,
        }
    }
    fn value(&self, _: &Symbol, _: i64) -> Option<F> {
        None
    }
    fn binomial(&self, n: i64, k: i64) -> Integer {
        // Too long, so that the expression is refused.
        if n > LARGEST_BINOMIAL { power(&integer(2), MOST_BITS as u64) } else { binomial(n, k) }
    }
}

/// A bound on the binary digits of a rational, found without computing it, so that no text can ask for numbers that fill
/// the memory.
#[derive(Clone)]
struct Length(f64);

impl Field for Length {
    fn rational(q: &Rational) -> Self {
        // Powers of ±1 stay short.
        let length = |n: &Integer| if bits(n) > 1 { bits(n) as f64 } else { 0.0 };
        Self(length(q.numer()) + length(q.denom()))
    }
    fn imaginary_unit() -> Option<Self> {
        Some(Self(1.0))
    }
    fn sqrt2() -> Option<Self> {
        Some(Self(1.0))
    }
    fn plus(&self, other: &Self) -> Self {
        Self(self.0 + other.0 + 1.0)
    }
    fn negated(&self) -> Self {
        self.clone()
    }
    fn times(&self, other: &Self) -> Self {
        Self(self.0 + other.0)
    }
    fn inverse(&self) -> Option<Self> {
        Some(self.clone())
    }
}
