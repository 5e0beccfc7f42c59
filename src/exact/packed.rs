//! Identities in one variable decided at one point: Kronecker substitution.
//!
//! A polynomial with `Σ|coefficients| < 2^k` is zero exactly when its value at `t = 2^k` is. So an identity in `t` costs two
//! evaluations: one with [`Norm`] numbers, which bounds the coefficients, and one with [`Packed`] numbers, which are
//! polynomials at `2^k` for the `k` that the bound asks for. Products cost one big-integer product each.

use num_traits::{One, Signed, Zero};

use super::evaluate::Field;
use super::number::{Integer, Rational, bits, integer, power};

/// How a polynomial is represented by one integer.
pub trait Weight: Clone {
    /// The constant polynomial `n`.
    fn of(n: &Integer) -> Self;
    /// The integer.
    fn get(&self) -> &Integer;
    /// The integer as a weight.
    fn new(n: Integer) -> Self;
    /// `-self`.
    fn negated(&self) -> Self;
}

/// Its value at `2^k`.
#[derive(Clone, Debug)]
pub struct Value(Integer);

impl Weight for Value {
    fn of(n: &Integer) -> Self {
        Self(n.clone())
    }
    fn get(&self) -> &Integer {
        &self.0
    }
    fn new(n: Integer) -> Self {
        Self(n)
    }
    fn negated(&self) -> Self {
        Self(-self.0.clone())
    }
}

/// A bound, at least 1, for the sum of its absolute coefficients: `|a b| <= |a||b|`, `|a ± b| <= |a| + |b|`.
#[derive(Clone, Debug)]
pub struct Bound(Integer);

impl Weight for Bound {
    fn of(n: &Integer) -> Self {
        Self(n.clone().abs().max(integer(1)))
    }
    fn get(&self) -> &Integer {
        &self.0
    }
    fn new(n: Integer) -> Self {
        Self(n)
    }
    fn negated(&self) -> Self {
        self.clone()
    }
}

/// A rational function of `t`: constants exactly, everything else as two weights.
///
/// Both kinds of weights take the same steps, because every decision depends on constants alone: zero constants are
/// dropped, and equal constant denominators are kept. So the bounds are bounds for exactly the polynomials computed.
#[derive(Clone, Debug)]
pub enum Quotient<W> {
    /// `p/q` without `t`, not reduced, `q > 0`.
    Constant(Integer, Integer),
    /// `p/q`.
    Quotient {
        /// The numerator.
        p: W,
        /// The denominator.
        q: W,
        /// The denominator, when it is a constant.
        constant: Option<Integer>,
    },
}

/// A rational function at `t = 2^k`.
pub type Packed = Quotient<Value>;

/// Bounds for its coefficients.
pub type Norm = Quotient<Bound>;

impl Packed {
    /// The variable itself, packed with `k` bits for each coefficient.
    pub fn variable(k: u64) -> Self {
        Self::Quotient { p: Value(power(&integer(2), k)), q: Value(integer(1)), constant: Some(integer(1)) }
    }

    /// Whether two numbers are equal: `p₁ q₂ - p₂ q₁ = 0`.
    pub fn equals(&self, other: &Self) -> bool {
        let ((p, q, _), (r, s, _)) = (self.parts(), other.parts());
        p.0 * &s.0 == r.0 * &q.0
    }
}

impl Norm {
    /// The variable: one coefficient, 1.
    pub fn variable() -> Self {
        Self::Quotient { p: Bound(integer(1)), q: Bound(integer(1)), constant: Some(integer(1)) }
    }

    /// How many bits the packing needs so that two numbers can be compared.
    ///
    /// Numerators and denominators on the way are told from zero; their bounds are no larger than those of the result,
    /// because every bound is at least 1.
    pub fn packing(&self, other: &Self) -> u64 {
        let ((p, q, _), (r, s, _)) = (self.parts(), other.parts());
        let cross = p.0.clone() * &s.0 + r.0.clone() * &q.0;
        [cross, p.0, q.0, r.0, s.0].iter().map(bits).max().unwrap_or(0) + 2
    }
}

impl<W: Weight> Quotient<W> {
    fn parts(&self) -> (W, W, Option<Integer>) {
        match self {
            Self::Constant(p, q) => (W::of(p), W::of(q), Some(q.clone())),
            Self::Quotient { p, q, constant } => (p.clone(), q.clone(), constant.clone()),
        }
    }

    fn is_zero(&self) -> bool {
        matches!(self, Self::Constant(p, _) if p.is_zero())
    }
}

fn product<W: Weight>(a: &W, b: &W) -> W {
    W::new(a.get().clone() * b.get())
}

fn sum<W: Weight>(a: &W, b: &W) -> W {
    W::new(a.get().clone() + b.get())
}

impl<W: Weight> Field for Quotient<W> {
    fn rational(q: &Rational) -> Self {
        Self::Constant(q.numer().clone(), q.denom().clone())
    }
    fn imaginary_unit() -> Option<Self> {
        None
    }
    fn sqrt2() -> Option<Self> {
        None
    }
    fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Constant(p, q), Self::Constant(r, s)) if q == s => Self::Constant(p.clone() + r, q.clone()),
            (Self::Constant(p, q), Self::Constant(r, s)) if s.is_one() => {
                Self::Constant(p.clone() + r.clone() * q, q.clone())
            }
            (Self::Constant(p, q), Self::Constant(r, s)) => {
                Self::Constant(p.clone() * s + r.clone() * q, q.clone() * s)
            }
            (zero, x) | (x, zero) if zero.is_zero() => x.clone(),
            _ => {
                let ((p, q, c), (r, s, d)) = (self.parts(), other.parts());
                if c.is_some() && c == d {
                    return Self::Quotient { p: sum(&p, &r), q, constant: c };
                }
                let constant = c.zip(d).map(|(c, d)| c * &d);
                Self::Quotient { p: sum(&product(&p, &s), &product(&r, &q)), q: product(&q, &s), constant }
            }
        }
    }
    fn negated(&self) -> Self {
        match self {
            Self::Constant(p, q) => Self::Constant(-p.clone(), q.clone()),
            Self::Quotient { p, q, constant } => {
                Self::Quotient { p: p.negated(), q: q.clone(), constant: constant.clone() }
            }
        }
    }
    fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Constant(p, q), Self::Constant(r, s)) => Self::Constant(p.clone() * r, q.clone() * s),
            (zero, _) | (_, zero) if zero.is_zero() => zero.clone(),
            _ => {
                let ((p, q, c), (r, s, d)) = (self.parts(), other.parts());
                let constant = c.zip(d).map(|(c, d)| c * &d);
                Self::Quotient { p: product(&p, &r), q: product(&q, &s), constant }
            }
        }
    }
    fn inverse(&self) -> Option<Self> {
        match self {
            Self::Constant(p, _) if p.is_zero() => None,
            Self::Constant(p, q) if p.is_negative() => Some(Self::Constant(-q.clone(), -p.clone())),
            Self::Constant(p, q) => Some(Self::Constant(q.clone(), p.clone())),
            Self::Quotient { p, .. } if p.get().is_zero() => None,
            Self::Quotient { p, q, .. } => Some(Self::Quotient { p: q.clone(), q: p.clone(), constant: None }),
        }
    }
}

/// `a + b i` over a field in which -1 is no square.
#[derive(Clone, Debug)]
pub struct Gaussian<F> {
    /// The real part.
    pub re: F,
    /// The imaginary part.
    pub im: F,
}

impl<F: Field> Gaussian<F> {
    /// A number without imaginary part.
    pub fn real(re: F) -> Self {
        Self { re, im: F::rational(&Rational::zero()) }
    }
}

impl<F: Field> Field for Gaussian<F> {
    fn rational(q: &Rational) -> Self {
        Self::real(F::rational(q))
    }
    fn imaginary_unit() -> Option<Self> {
        Some(Self { re: F::rational(&Rational::zero()), im: F::rational(&Rational::one()) })
    }
    fn sqrt2() -> Option<Self> {
        F::sqrt2().map(Self::real)
    }
    fn plus(&self, other: &Self) -> Self {
        Self { re: self.re.plus(&other.re), im: self.im.plus(&other.im) }
    }
    fn negated(&self) -> Self {
        Self { re: self.re.negated(), im: self.im.negated() }
    }
    fn times(&self, other: &Self) -> Self {
        Self {
            re: self.re.times(&other.re).plus(&self.im.times(&other.im).negated()),
            im: self.re.times(&other.im).plus(&self.im.times(&other.re)),
        }
    }
    fn inverse(&self) -> Option<Self> {
        let norm = self.re.times(&self.re).plus(&self.im.times(&self.im)).inverse()?;
        Some(Self { re: self.re.times(&norm), im: self.im.negated().times(&norm) })
    }
}
