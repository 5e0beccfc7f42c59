//! Laurent polynomials with rational coefficients: sums of `c x^a y^b ...` with integer exponents of either sign.
//!
//! With `e = e^r` the hyperbolic functions are polynomials, `cosh 2r = (e² + e^{-2})/2`, and equal ones have equal terms.
//! The symbol `i` is the imaginary unit: `i² = -1`.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_traits::{One, Signed, Zero};

use crate::exact::expression::{Expression, Symbol};
use crate::exact::number::{Rational, rational};

/// The exponents of a term, none zero.
pub type Exponents = BTreeMap<Symbol, i32>;

/// The name of the imaginary unit.
const UNIT: &str = "i";

/// A Laurent polynomial.
///
/// ```
/// use twomode::model::laurent::{Laurent, variable};
/// let (e, i) = (variable("e"), variable("i"));
/// let cosh = (e.clone() + e.power(-1)).half();
/// let sinh = (e.clone() - e.power(-1)).half();
/// assert_eq!(cosh.clone() * cosh - sinh.clone() * sinh, Laurent::from(1));
/// assert_eq!(i.clone() * i, Laurent::from(-1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laurent {
    terms: BTreeMap<Exponents, Rational>,
}

/// The polynomial that is the symbol of this name.
pub fn variable(name: &str) -> Laurent {
    Laurent::term([(Symbol::new(name), 1)].into(), rational(1, 1))
}

/// The imaginary unit.
pub fn unit() -> Laurent {
    variable(UNIT)
}

impl From<i64> for Laurent {
    fn from(n: i64) -> Self {
        Self::term(Exponents::new(), rational(n, 1))
    }
}

impl Laurent {
    /// The zero polynomial.
    pub fn zero() -> Self {
        Self::default()
    }

    /// `p/q`.
    pub fn ratio(p: i64, q: i64) -> Self {
        Self::term(Exponents::new(), rational(p, q))
    }

    /// `c Π x^k`.
    pub fn term(exponents: Exponents, c: Rational) -> Self {
        let mut result = Self::zero();
        result.accumulate(exponents, c);
        result
    }

    /// The terms.
    pub fn terms(&self) -> impl Iterator<Item = (&Exponents, &Rational)> {
        self.terms.iter()
    }

    /// Whether no term is left.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// Half of it.
    pub fn half(&self) -> Self {
        self.clone() * Self::ratio(1, 2)
    }

    /// The symbols that occur.
    pub fn symbols(&self) -> impl Iterator<Item = &Symbol> {
        self.terms.keys().flat_map(BTreeMap::keys)
    }

    /// `self^k`; a negative power exists for a single term only.
    ///
    /// # Panics
    /// When a negative power of a sum is asked for, which is a mistake in the calling code.
    pub fn power(&self, k: i32) -> Self {
        if k < 0 {
            return self.inverse().power(-k);
        }
        (0..k).fold(Self::from(1), |product, _| product * self.clone())
    }

    fn inverse(&self) -> Self {
        let mut terms = self.terms.iter();
        let (Some((exponents, c)), None) = (terms.next(), terms.next()) else {
            panic!("only a single term has an inverse, not {self}");
        };
        Self::term(exponents.iter().map(|(s, k)| (s.clone(), -k)).collect(), rational(1, 1) / c)
    }

    /// `i` replaced by `-i`.
    pub fn conjugate(&self) -> Self {
        self.substitute(&Symbol::new(UNIT), &-unit())
    }

    /// The terms without `i`.
    pub fn real(&self) -> Self {
        self.without(&|s| s.name() == UNIT)
    }

    /// `self` with a symbol replaced.
    ///
    /// # Panics
    /// When the symbol has a negative exponent and `by` is no single term.
    pub fn substitute(&self, s: &Symbol, by: &Self) -> Self {
        self.terms.iter().fold(Self::zero(), |sum, (exponents, c)| {
            let mut rest = exponents.clone();
            let term = match rest.remove(s) {
                Some(k) => Self::term(rest, c.clone()) * by.power(k),
                None => Self::term(rest, c.clone()),
            };
            sum + term
        })
    }

    /// `self` with these symbols replaced by zero.
    pub fn without(&self, zeros: &dyn Fn(&Symbol) -> bool) -> Self {
        let kept = self.terms.iter().filter(|(exponents, _)| !exponents.keys().any(zeros));
        Self { terms: kept.map(|(exponents, c)| (exponents.clone(), c.clone())).collect() }
    }

    /// `∂self/∂s`.
    pub fn derivative(&self, s: &Symbol) -> Self {
        self.terms.iter().fold(Self::zero(), |sum, (exponents, c)| {
            let k = exponents.get(s).copied().unwrap_or(0);
            let mut lower = exponents.clone();
            lower.insert(s.clone(), k - 1);
            sum + Self::term(lower, c.clone() * rational(i64::from(k), 1))
        })
    }

    /// The same as an expression, with the value of each power of a symbol.
    pub fn to_expression(&self, power: &dyn Fn(&Symbol, i32) -> Expression) -> Expression {
        let terms = self.terms.iter().map(|(exponents, c)| {
            let factors = exponents.iter().map(|(s, k)| if s.name() == UNIT { Expression::I } else { power(s, *k) });
            let c = Expression::Number(c.clone());
            factors.fold(c, |product, factor| product * factor)
        });
        terms.reduce(|sum, term| sum + term).unwrap_or_else(|| Expression::from(0))
    }

    fn accumulate(&mut self, mut exponents: Exponents, mut c: Rational) {
        exponents.retain(|_, k| *k != 0);
        if let Some(k) = exponents.remove(&Symbol::new(UNIT)) {
            if k.rem_euclid(4) >= 2 {
                c = -c;
            }
            if k.rem_euclid(2) == 1 {
                exponents.insert(Symbol::new(UNIT), 1);
            }
        }
        let sum = match self.terms.remove(&exponents) {
            Some(old) => old + c,
            None => c,
        };
        if !sum.is_zero() {
            self.terms.insert(exponents, sum);
        }
    }
}

impl Add for Laurent {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        for (exponents, c) in other.terms {
            self.accumulate(exponents, c);
        }
        self
    }
}

impl Neg for Laurent {
    type Output = Self;
    fn neg(self) -> Self {
        Self { terms: self.terms.into_iter().map(|(exponents, c)| (exponents, -c)).collect() }
    }
}

impl Sub for Laurent {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Laurent {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let mut product = Self::zero();
        for (a, ca) in &self.terms {
            for (b, cb) in &other.terms {
                let mut exponents = a.clone();
                for (s, k) in b {
                    *exponents.entry(s.clone()).or_insert(0) += k;
                }
                product.accumulate(exponents, ca.clone() * cb);
            }
        }
        product
    }
}

impl fmt::Display for Laurent {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.is_zero() {
            return f.write_str("0");
        }
        for (k, (exponents, c)) in self.terms.iter().enumerate() {
            let sign = match (c.is_negative(), k) {
                (true, 0) => "-",
                (true, _) => " - ",
                (false, 0) => "",
                (false, _) => " + ",
            };
            f.write_str(sign)?;
            let factors = exponents.iter().map(|(s, k)| if *k == 1 { s.to_string() } else { format!("{s}^{k}") });
            let factors = factors.collect::<Vec<_>>().join("*");
            let size = if c.is_negative() { -c.clone() } else { c.clone() };
            match (size.is_one(), factors.is_empty()) {
                (_, true) => write!(f, "{size}")?,
                (true, false) => f.write_str(&factors)?,
                (false, false) => write!(f, "{size}*{factors}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_by_hand() {
        let (x, y) = (variable("x"), variable("y"));
        let p = (x.clone() + y.clone()) * (x.clone() - y.clone());
        assert_eq!(p.to_string(), "x^2 - y^2");
        assert_eq!(p.derivative(&Symbol::new("y")), -(Laurent::from(2) * y.clone()));
        assert_eq!(p.substitute(&Symbol::new("x"), &y), Laurent::zero());
        assert_eq!(p.without(&|s| s.name() == "x"), -(y.clone() * y.clone()));
        assert_eq!((unit() * x.power(-2)).conjugate(), -(unit() * x.power(-2)));
        assert_eq!(x.power(-1).derivative(&Symbol::new("x")), -x.power(-2));
        assert_eq!(unit().power(-1), -unit());
        assert_eq!(unit().power(3), -unit());
    }
}
