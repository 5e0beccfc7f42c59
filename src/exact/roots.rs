//! Real roots of polynomials in one variable, counted exactly by Sturm's theorem.

use num_traits::{Signed, Zero};

use super::number::{Rational, rational};

/// The coefficients of `x^0, x^1, ...`, the last one not zero; empty for the zero polynomial.
pub type Coefficients = Vec<Rational>;

/// The number of distinct roots in the open interval `(a, b)`; `None` for the zero polynomial.
///
/// Roots at the ends are divided out; then the changes of sign in the chain `p, p', -rem(p, p'), ...` are compared.
/// Reference: S. Basu, R. Pollack, M.-F. Roy, *Algorithms in Real Algebraic Geometry*, section 2.2. Cost: quadratic in the
/// degree, with coefficients that grow linearly with it.
///
/// ```
/// use twomode::exact::{number::rational, roots::roots_between};
/// let whole = |c: &[i64]| c.iter().map(|n| rational(*n, 1)).collect::<Vec<_>>();
/// let between = |c: &[i64]| roots_between(whole(c), &rational(0, 1), &rational(1, 1));
/// // (2x-1)² (x-1) and x² + 1
/// assert_eq!(between(&[-1, 5, -8, 4]), Some(1));
/// assert_eq!(between(&[1, 0, 1]), Some(0));
/// assert_eq!(between(&[]), None);
/// ```
pub fn roots_between(mut p: Coefficients, a: &Rational, b: &Rational) -> Option<usize> {
    trim(&mut p);
    if p.is_empty() {
        return None;
    }
    p = without_roots(p, &[a.clone(), b.clone()]);
    let mut chain = vec![p.clone(), derivative(&p)];
    while let [.., q, r] = chain.as_slice()
        && !r.is_empty()
    {
        let next = remainder(q, r).into_iter().map(|c| -c).collect();
        chain.push(next);
    }
    let changes = |x: &Rational| {
        let signs: Vec<bool> =
            chain.iter().map(|q| value(q, x)).filter(|v| !v.is_zero()).map(|v| v.is_positive()).collect();
        signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
    };
    changes(a).checked_sub(changes(b))
}

/// A polynomial that is not zero, divided by every factor `x - root` that it has.
pub fn without_roots(mut p: Coefficients, roots: &[Rational]) -> Coefficients {
    for root in roots {
        while value(&p, root).is_zero() {
            p = without_root(&p, root);
        }
    }
    p
}

/// `p(x)`.
pub fn value(p: &[Rational], x: &Rational) -> Rational {
    p.iter().rev().fold(rational(0, 1), |sum, c| sum * x + c)
}

fn trim(p: &mut Coefficients) {
    while p.last().is_some_and(Rational::is_zero) {
        p.pop();
    }
}

fn derivative(p: &[Rational]) -> Coefficients {
    p.iter().enumerate().skip(1).map(|(k, c)| c.clone() * rational(k as i64, 1)).collect()
}

/// `p/(x - root)`, by Horner's scheme.
fn without_root(p: &[Rational], root: &Rational) -> Coefficients {
    let mut quotient: Coefficients = Vec::new();
    let mut carry = rational(0, 1);
    for c in p.iter().skip(1).rev() {
        carry = carry * root + c;
        quotient.push(carry.clone());
    }
    quotient.reverse();
    quotient
}

/// The remainder of the division by a polynomial that is not zero.
fn remainder(p: &[Rational], q: &[Rational]) -> Coefficients {
    let mut rest = p.to_vec();
    trim(&mut rest);
    while rest.len() >= q.len() {
        let shift = rest.len() - q.len();
        let factor = rest[rest.len() - 1].clone() / &q[q.len() - 1];
        for (k, c) in q.iter().enumerate() {
            rest[k + shift] = rest[k + shift].clone() - c.clone() * &factor;
        }
        trim(&mut rest);
    }
    rest
}
