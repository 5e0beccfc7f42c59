//! Sparse multivariate polynomials with integer coefficients, and fractions of them.
//!
//! A polynomial is zero exactly when no monomial is left, so the zero test of a fraction is that of its numerator:
//! no greatest common divisor is ever needed. Some variables satisfy `v² = c` (the imaginary unit, `√2`, a sign
//! `(-1)^m`); products are reduced by that rule as they are formed, so the normal form stays unique.

use std::collections::BTreeMap;

use num_traits::Zero;

use super::number::{Integer, Rational, integer};

/// What a polynomial is a polynomial in.
pub trait Variable: Clone + Ord {
    /// `Some(c)` when the variable satisfies `v² = c`.
    fn square(&self) -> Option<i64> {
        None
    }
}

impl Variable for u32 {}

/// Exponents of a monomial, sorted by variable, none zero.
pub type Monomial<V> = Vec<(V, u32)>;

/// `Σ c_j Π v^{e}` with integer `c_j ≠ 0`.
///
/// ```
/// use twomode::exact::polynomial::Polynomial;
/// let x = Polynomial::variable(0u32);
/// let one = Polynomial::from(1);
/// // (x + 1)(x - 1) - x² + 1 = 0
/// let p = x.add(&one).mul(&x.sub(&one)).sub(&x.mul(&x)).add(&one);
/// assert!(p.is_zero());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Polynomial<V: Ord> {
    terms: BTreeMap<Monomial<V>, Integer>,
}

impl<V: Variable> From<i64> for Polynomial<V> {
    fn from(n: i64) -> Self {
        Self::constant(integer(n))
    }
}

impl<V: Variable> Polynomial<V> {
    /// The zero polynomial.
    pub fn zero() -> Self {
        Self { terms: BTreeMap::new() }
    }

    /// A constant.
    pub fn constant(c: Integer) -> Self {
        let mut p = Self::zero();
        p.accumulate(Vec::new(), c);
        p
    }

    /// The variable `v`.
    pub fn variable(v: V) -> Self {
        Self::monomial(vec![(v, 1)], integer(1))
    }

    /// `c · monomial`, reduced by the rules `v² = const`.
    pub fn monomial(monomial: Monomial<V>, c: Integer) -> Self {
        let mut p = Self::zero();
        p.accumulate_reduced(monomial, c);
        p
    }

    /// The terms, in the order of their monomials.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial<V>, &Integer)> {
        self.terms.iter()
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term, which is the same as [`Self::is_zero`].
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether the polynomial is zero.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// The value of a polynomial without variables.
    pub fn as_constant(&self) -> Option<Integer> {
        match self.terms.len() {
            0 => Some(integer(0)),
            1 => self.terms.get(&Vec::new()).cloned(),
            _ => None,
        }
    }

    /// All variables that occur.
    pub fn variables(&self) -> impl Iterator<Item = &V> {
        self.terms.keys().flatten().map(|(v, _)| v)
    }

    /// `self + other`; linear cost.
    pub fn add(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (m, c) in &other.terms {
            sum.accumulate(m.clone(), c.clone());
        }
        sum
    }

    /// `-self`.
    pub fn neg(&self) -> Self {
        Self { terms: self.terms.iter().map(|(m, c)| (m.clone(), -c.clone())).collect() }
    }

    /// `self - other`.
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// `self · other`; schoolbook, `O(#self · #other)` coefficient products.
    pub fn mul(&self, other: &Self) -> Self {
        let mut product = Self::zero();
        for (ma, ca) in &self.terms {
            for (mb, cb) in &other.terms {
                product.accumulate_reduced(merge(ma, mb), ca.clone() * cb);
            }
        }
        product
    }

    fn accumulate(&mut self, monomial: Monomial<V>, c: Integer) {
        if c.is_zero() {
            return;
        }
        use std::collections::btree_map::Entry;
        match self.terms.entry(monomial) {
            Entry::Vacant(slot) => {
                slot.insert(c);
            }
            Entry::Occupied(mut slot) => {
                *slot.get_mut() += c;
                if slot.get().is_zero() {
                    slot.remove();
                }
            }
        }
    }

    fn accumulate_reduced(&mut self, mut monomial: Monomial<V>, mut c: Integer) {
        for (v, e) in &mut monomial {
            if let Some(square) = v.square() {
                for _ in 0..*e / 2 {
                    c *= integer(square);
                }
                *e %= 2;
            }
        }
        monomial.retain(|(_, e)| *e > 0);
        self.accumulate(monomial, c);
    }
}

fn merge<V: Variable>(a: &Monomial<V>, b: &Monomial<V>) -> Monomial<V> {
    let mut merged: Monomial<V> = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => {
                merged.push(a[i].clone());
                i += 1;
            }
            std::cmp::Ordering::Greater => {
                merged.push(b[j].clone());
                j += 1;
            }
            std::cmp::Ordering::Equal => {
                let e = a[i].1.checked_add(b[j].1).expect("an exponent below 2^32");
                merged.push((a[i].0.clone(), e));
                i += 1;
                j += 1;
            }
        }
    }
    merged.extend_from_slice(&a[i..]);
    merged.extend_from_slice(&b[j..]);
    merged
}

/// `numerator / denominator`, not reduced; the denominator is never the zero polynomial.
///
/// ```
/// use twomode::exact::polynomial::{Fraction, Polynomial};
/// let x = Fraction::from(Polynomial::variable(0u32));
/// let one = Fraction::from(Polynomial::from(1));
/// // (x² - 1)/(x - 1) - (x + 1) = 0
/// let q = x.mul(&x).sub(&one).div(&x.sub(&one)).unwrap().sub(&x.add(&one));
/// assert!(q.is_zero());
/// ```
#[derive(Clone, Debug)]
pub struct Fraction<V: Ord> {
    numerator: Polynomial<V>,
    denominator: Polynomial<V>,
}

impl<V: Variable> From<Polynomial<V>> for Fraction<V> {
    fn from(numerator: Polynomial<V>) -> Self {
        Self { numerator, denominator: Polynomial::from(1) }
    }
}

impl<V: Variable> Fraction<V> {
    /// The fraction of two polynomials; `None` when the denominator is zero.
    pub fn new(numerator: Polynomial<V>, denominator: Polynomial<V>) -> Option<Self> {
        (!denominator.is_zero()).then_some(Self { numerator, denominator })
    }

    /// A rational constant.
    pub fn constant(q: &Rational) -> Self {
        Self {
            numerator: Polynomial::constant(q.numer().clone()),
            denominator: Polynomial::constant(q.denom().clone()),
        }
    }

    /// The variable `v`.
    pub fn variable(v: V) -> Self {
        Self::from(Polynomial::variable(v))
    }

    /// The numerator.
    pub fn numerator(&self) -> &Polynomial<V> {
        &self.numerator
    }

    /// The denominator.
    pub fn denominator(&self) -> &Polynomial<V> {
        &self.denominator
    }

    /// Whether the fraction is zero: its numerator is.
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// `self + other`; equal denominators are kept.
    pub fn add(&self, other: &Self) -> Self {
        if self.denominator == other.denominator {
            return Self { numerator: self.numerator.add(&other.numerator), denominator: self.denominator.clone() };
        }
        Self {
            numerator: self.numerator.mul(&other.denominator).add(&other.numerator.mul(&self.denominator)),
            denominator: self.denominator.mul(&other.denominator),
        }
    }

    /// `-self`.
    pub fn neg(&self) -> Self {
        Self { numerator: self.numerator.neg(), denominator: self.denominator.clone() }
    }

    /// `self - other`.
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// `self · other`.
    pub fn mul(&self, other: &Self) -> Self {
        Self { numerator: self.numerator.mul(&other.numerator), denominator: self.denominator.mul(&other.denominator) }
    }

    /// `self / other`; `None` when `other` is zero.
    pub fn div(&self, other: &Self) -> Option<Self> {
        Self::new(self.numerator.mul(&other.denominator), self.denominator.mul(&other.numerator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    enum V {
        I,
        X,
    }
    impl Variable for V {
        fn square(&self) -> Option<i64> {
            matches!(self, V::I).then_some(-1)
        }
    }

    #[test]
    fn the_imaginary_unit_squares_to_minus_one() {
        let i = Polynomial::variable(V::I);
        let x = Polynomial::variable(V::X);
        // (x + i)(x - i) = x² + 1
        let product = x.add(&i).mul(&x.sub(&i));
        assert_eq!(product, x.mul(&x).add(&Polynomial::from(1)));
        assert_eq!(i.mul(&i).mul(&i), i.neg());
    }

    #[test]
    fn division_by_zero_is_refused() {
        let x = Fraction::variable(V::X);
        assert!(x.div(&x.sub(&x)).is_none());
        assert!(x.div(&x).unwrap().sub(&Fraction::from(Polynomial::from(1))).is_zero());
    }
}
