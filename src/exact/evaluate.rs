//! Evaluation of expressions at a point, in any field.
//!
//! The same expression is evaluated in the algebraic numbers (counterexamples), in fractions of polynomials (symbolic
//! `o²(1), o²(2), ...`) and in [`super::packed`] numbers (every value of `t` at once).

use num_traits::{One, Signed, Zero};

use super::expression::{Expression, Symbol, Upper};
use super::number::{Integer, Rational, integer};
use super::polynomial::{Fraction, Polynomial, Variable};

/// A field: what expressions are evaluated in.
pub trait Field: Clone {
    /// The image of a rational.
    fn rational(q: &Rational) -> Self;
    /// The imaginary unit, if the field has one.
    fn imaginary_unit() -> Option<Self>;
    /// `√2`, if the field has it.
    fn sqrt2() -> Option<Self>;
    /// `self + other`.
    fn plus(&self, other: &Self) -> Self;
    /// `-self`.
    fn negated(&self) -> Self;
    /// `self · other`.
    fn times(&self, other: &Self) -> Self;
    /// `1/self`; `None` for zero.
    fn inverse(&self) -> Option<Self>;
}

/// Why an expression has no value at a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// A denominator is zero.
    DivisionByZero,
    /// A symbol or sequence has no value at the point.
    Unbound(String),
    /// An infinite sum or an elementary function cannot be evaluated exactly.
    NotExact,
    /// An index, bound or exponent is beyond the range of the program.
    OutOfRange,
}

impl std::fmt::Display for Undefined {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::DivisionByZero => f.write_str("undefined (division by zero)"),
            Self::Unbound(name) => write!(f, "`{name}` has no value"),
            Self::NotExact => f.write_str("not exactly computable"),
            Self::OutOfRange => f.write_str("an integer out of range"),
        }
    }
}

/// Values of the symbols.
pub trait Point<F> {
    /// The value of a real symbol.
    fn real(&self, s: &Symbol) -> Option<F>;
    /// The value of an integer symbol.
    fn integer(&self, s: &Symbol) -> Option<i64>;
    /// The value of a sequence.
    fn value(&self, f: &Symbol, at: i64) -> Option<F>;
    /// The binomial coefficient, zero outside `0 <= k <= n`.
    fn binomial(&self, n: i64, k: i64) -> Integer {
        binomial(n, k)
    }
}

/// `n!/(k!(n-k)!)` by the product formula; zero outside `0 <= k <= n`.
pub fn binomial(n: i64, k: i64) -> Integer {
    if k < 0 || k > n {
        return integer(0);
    }
    (0..k.min(n - k)).fold(integer(1), |c, j| c * integer(n - j) / integer(j + 1))
}

/// Factorials of larger numbers are refused.
const LARGEST_FACTORIAL: i64 = 10_000;

/// Sums longer than this are refused.
const LONGEST_SUM: i64 = 10_000_000;

/// The value of an expression at a point.
///
/// # Errors
/// [`Undefined`] when it has none there.
pub fn evaluate<F: Field>(e: &Expression, point: &impl Point<F>) -> Result<F, Undefined> {
    Evaluator { point, bound: Vec::new() }.go(e)
}

struct Evaluator<'a, P> {
    point: &'a P,
    bound: Vec<(Symbol, i64)>,
}

impl<P> Evaluator<'_, P> {
    fn integer<F: Field>(&self, s: &Symbol) -> Option<i64>
    where
        P: Point<F>,
    {
        self.bound.iter().rev().find(|(name, _)| name == s).map(|(_, n)| *n).or_else(|| self.point.integer(s))
    }

    fn linear<F: Field>(&self, l: &super::expression::Linear) -> Result<i64, Undefined>
    where
        P: Point<F>,
    {
        if let Some(s) = l.terms.keys().find(|s| self.integer(s).is_none()) {
            return Err(Undefined::Unbound(s.to_string()));
        }
        l.evaluate(&|s| self.integer(s)).ok_or(Undefined::OutOfRange)
    }

    fn go<F: Field>(&mut self, e: &Expression) -> Result<F, Undefined>
    where
        P: Point<F>,
    {
        use Expression as E;
        Ok(match e {
            E::Number(q) => F::rational(q),
            E::I => F::imaginary_unit().ok_or(Undefined::NotExact)?,
            E::Sqrt2 => F::sqrt2().ok_or(Undefined::NotExact)?,
            E::Symbol(s) => match self.integer(s) {
                Some(n) => F::rational(&Rational::from(integer(n))),
                None => self.point.real(s).ok_or_else(|| Undefined::Unbound(s.to_string()))?,
            },
            E::Add(a, b) => self.go::<F>(a)?.plus(&self.go(b)?),
            E::Negate(a) => self.go::<F>(a)?.negated(),
            E::Multiply(a, b) => self.go::<F>(a)?.times(&self.go(b)?),
            E::Divide(a, b) => {
                let denominator = self.go::<F>(b)?.inverse().ok_or(Undefined::DivisionByZero)?;
                self.go::<F>(a)?.times(&denominator)
            }
            E::Power(a, k) => raise(self.go::<F>(a)?, i64::from(*k))?,
            E::Exponential(a, l) => {
                let exponent = self.linear(l)?;
                raise(self.go::<F>(a)?, exponent)?
            }
            E::Value(f, l) => {
                let at = self.linear(l)?;
                self.point.value(f, at).ok_or_else(|| Undefined::Unbound(format!("{f}({at})")))?
            }
            E::Binomial(n, k) => {
                let (n, k) = (self.linear(n)?, self.linear(k)?);
                F::rational(&Rational::from(self.point.binomial(n, k)))
            }
            E::Factorial(l) => {
                let n = self.linear(l)?;
                if !(0..=LARGEST_FACTORIAL).contains(&n) {
                    return Err(Undefined::OutOfRange);
                }
                F::rational(&Rational::from((1..=n).fold(integer(1), |product, j| product * integer(j))))
            }
            E::Sum(s) => {
                let from = self.linear(&s.from)?;
                let Upper::Finite(to) = &s.to else {
                    return Err(Undefined::NotExact);
                };
                let to = self.linear(to)?;
                if to.saturating_sub(from) > LONGEST_SUM {
                    return Err(Undefined::OutOfRange);
                }
                let mut total = F::rational(&Rational::zero());
                for m in from..=to {
                    self.bound.push((s.index.clone(), m));
                    let term = self.go::<F>(&s.term);
                    self.bound.pop();
                    total = total.plus(&term?);
                }
                total
            }
            E::Elementary(..) => return Err(Undefined::NotExact),
        })
    }
}

/// `base^exponent` by repeated squaring; `0^0 = 1`.
fn raise<F: Field>(base: F, exponent: i64) -> Result<F, Undefined> {
    if exponent < 0 {
        return raise(base.inverse().ok_or(Undefined::DivisionByZero)?, -exponent);
    }
    let mut square = base;
    let mut left = exponent;
    let mut result = F::rational(&Rational::one());
    while left > 0 {
        if left & 1 == 1 {
            result = result.times(&square);
        }
        left >>= 1;
        if left > 0 {
            square = square.times(&square);
        }
    }
    Ok(result)
}

/// A number of `Q(i, √2)`: `a + b i + c √2 + d i√2`.
///
/// ```
/// use twomode::exact::evaluate::{Algebraic, Field};
/// let i = Algebraic::imaginary_unit().unwrap();
/// let z = Algebraic::sqrt2().unwrap().plus(&i);
/// // (√2 + i)(√2 - i) = 3
/// assert_eq!(z.times(&Algebraic::sqrt2().unwrap().plus(&i.negated())).to_string(), "3");
/// assert_eq!(z.times(&z.inverse().unwrap()).to_string(), "1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Algebraic([Rational; 4]);

impl Algebraic {
    /// Whether all four parts are zero.
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|q| q.is_zero())
    }

    /// The value when it is rational.
    pub fn as_rational(&self) -> Option<&Rational> {
        self.0[1..].iter().all(|q| q.is_zero()).then_some(&self.0[0])
    }

    /// The same number as an expression.
    pub fn to_expression(&self) -> Expression {
        use Expression as E;
        let units = [None, Some(E::I), Some(E::Sqrt2), Some(E::I * E::Sqrt2)];
        let parts = self.0.iter().zip(units).filter(|(q, _)| !q.is_zero());
        let terms = parts.map(|(q, unit)| match unit {
            Some(unit) => E::Number(q.clone()) * unit,
            None => E::Number(q.clone()),
        });
        terms.reduce(|sum, term| sum + term).unwrap_or(E::from(0))
    }

    fn zero() -> [Rational; 4] {
        std::array::from_fn(|_| Rational::zero())
    }

    fn unit(k: usize) -> Self {
        let mut parts = Self::zero();
        parts[k] = Rational::one();
        Self(parts)
    }

    /// The image under `i -> -i` (mask 1) or `√2 -> -√2` (mask 2).
    fn conjugate(&self, mask: usize) -> Self {
        Self(std::array::from_fn(|k| if k & mask != 0 { -self.0[k].clone() } else { self.0[k].clone() }))
    }
}

impl Field for Algebraic {
    fn rational(q: &Rational) -> Self {
        let mut parts = Self::zero();
        parts[0] = q.clone();
        Self(parts)
    }
    fn imaginary_unit() -> Option<Self> {
        Some(Self::unit(1))
    }
    fn sqrt2() -> Option<Self> {
        Some(Self::unit(2))
    }
    fn plus(&self, other: &Self) -> Self {
        let sum = |a: &Rational, b: &Rational| if b.is_zero() { a.clone() } else { a.clone() + b };
        Self(std::array::from_fn(|k| sum(&self.0[k], &other.0[k])))
    }
    fn negated(&self) -> Self {
        Self(std::array::from_fn(|k| -self.0[k].clone()))
    }
    fn times(&self, other: &Self) -> Self {
        let mut parts = Self::zero();
        for (j, a) in self.0.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            for (k, b) in other.0.iter().enumerate().filter(|(_, b)| !b.is_zero()) {
                // Bit 0 counts i, bit 1 counts √2: both set in j and k means a factor -1 or 2.
                let mut c = a.clone() * b;
                if j & k & 1 != 0 {
                    c = -c;
                }
                if j & k & 2 != 0 {
                    c *= Rational::from(integer(2));
                }
                parts[j ^ k] += c;
            }
        }
        Self(parts)
    }
    fn inverse(&self) -> Option<Self> {
        if let Some(q) = self.as_rational() {
            return (!q.is_zero()).then(|| Self::rational(&(Rational::one() / q.clone())));
        }
        let a = self.conjugate(1);
        let norm_i = self.times(&a);
        let b = norm_i.conjugate(2);
        let norm = norm_i.times(&b).0[0].clone();
        (!norm.is_zero()).then(|| a.times(&b).times(&Self::rational(&(Rational::one() / norm))))
    }
}

impl std::fmt::Display for Algebraic {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let mut text = String::new();
        for (q, unit) in self.0.iter().zip(["", "i", "sqrt2", "i*sqrt2"]).filter(|(q, _)| !q.is_zero()) {
            let sign = if q.is_negative() {
                "-"
            } else if text.is_empty() {
                ""
            } else {
                "+"
            };
            let size = q.clone().abs();
            let factor = match (size.is_one(), unit) {
                (_, "") => size.to_string(),
                (true, _) => unit.to_owned(),
                _ => format!("{size}*{unit}"),
            };
            text += &format!("{sign}{factor}");
        }
        f.write_str(if text.is_empty() { "0" } else { &text })
    }
}

impl<V: Variable + Roots> Field for Fraction<V> {
    fn rational(q: &Rational) -> Self {
        Fraction::constant(q)
    }
    fn imaginary_unit() -> Option<Self> {
        Some(Fraction::variable(V::imaginary_unit()))
    }
    fn sqrt2() -> Option<Self> {
        Some(Fraction::variable(V::sqrt2()))
    }
    fn plus(&self, other: &Self) -> Self {
        self.add(other)
    }
    fn negated(&self) -> Self {
        self.neg()
    }
    fn times(&self, other: &Self) -> Self {
        self.mul(other)
    }
    fn inverse(&self) -> Option<Self> {
        Fraction::from(Polynomial::from(1)).div(self)
    }
}

/// Variables among which are `i` and `√2`.
pub trait Roots {
    /// The variable with square -1.
    fn imaginary_unit() -> Self;
    /// The variable with square 2.
    fn sqrt2() -> Self;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::parse::expression;

    struct At(i64);
    impl Point<Algebraic> for At {
        fn real(&self, s: &Symbol) -> Option<Algebraic> {
            (s.name() == "t").then(|| Algebraic::rational(&super::super::number::rational(1, 2)))
        }
        fn integer(&self, s: &Symbol) -> Option<i64> {
            (s.name() == "M").then_some(self.0)
        }
        fn value(&self, _: &Symbol, at: i64) -> Option<Algebraic> {
            Some(Algebraic::rational(&Rational::from(integer(at * at))))
        }
    }

    #[test]
    fn sums_binomials_and_sequences() {
        let value = |text: &str, size| evaluate(&expression(text).unwrap(), &At(size)).map(|v| v.to_string());
        assert_eq!(value("sum(m=0..M, t^(2*m))", 2).unwrap(), "21/16");
        assert_eq!(value("sum(m=0..M, binomial(M,m)^2)-binomial(2*M,M)", 7).unwrap(), "0");
        assert_eq!(value("sum(m=1..M, o2(m))", 3).unwrap(), "14");
        assert_eq!(value("sum(m=1..M, o2(m))", 0).unwrap(), "0");
        assert_eq!(value("1/(1-2*t)", 0), Err(Undefined::DivisionByZero));
        assert_eq!(value("x", 0), Err(Undefined::Unbound("x".into())));
        assert_eq!(value("(1+i)^(-2)", 0).unwrap(), "-1/2*i");
    }
}
