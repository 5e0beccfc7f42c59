//! Expressions that are manifestly not negative: their form alone shows it.
//!
//! A sum of such forms, a product, an even power, a value of a ladder, `1 - x^k` for `|x| < 1`, a polynomial in integer
//! variables with positive coefficients in their distances from the ends of their ranges. Sufficient, not necessary.

use num_traits::{Signed, Zero};

use super::domain::{Domain, Range};
use super::expression::{Expression, Linear, Series, Symbol, Upper};
use super::normal::{Normaliser, slack_sign};

/// `Some(true)` when the form is positive wherever it is defined on the domain, `Some(false)` when it is not negative;
/// `None` when neither is evident.
///
/// ```
/// use twomode::exact::{domain::Domain, sign::sign};
/// use twomode::format::parse::expression;
/// let domain = Domain::sizes("M", 1).with_unit("t").with_index("m", 0, Some(twomode::format::parse::linear("M").unwrap()));
/// let of = |text| sign(&expression(text).unwrap(), &domain);
/// assert_eq!(of("t^2*(M-m)"), Some(false));
/// assert_eq!(of("(1-t^2)*(M-m+1)"), Some(true));
/// assert_eq!(of("t"), None);
/// assert_eq!(of("m-M"), None);
/// ```
pub fn sign(e: &Expression, domain: &Domain) -> Option<bool> {
    use Expression as E;
    let evident = match e {
        E::Number(q) if q.is_negative() => None,
        E::Number(q) => Some(!q.is_zero()),
        E::Sqrt2 | E::Factorial(_) => Some(true),
        E::Symbol(s) if domain.range(s).is_some_and(Range::is_positive) => Some(true),
        E::Add(one, b) if **one == E::from(1) && matches!(&**b, E::Negate(x) if below_one(x, domain)) => Some(true),
        E::Add(a, b) => sign(a, domain).zip(sign(b, domain)).map(|(a, b)| a || b),
        E::Multiply(a, b) => sign(a, domain).zip(sign(b, domain)).map(|(a, b)| a && b),
        E::Divide(a, b) => sign(b, domain).filter(|strict| *strict).and_then(|_| sign(a, domain)),
        E::Power(a, k) => power(a, *k % 2 == 0, *k < 0, *k == 0, domain),
        E::Exponential(a, l) => {
            let even = l.constant % 2 == 0 && l.terms.values().all(|k| k % 2 == 0);
            power(a, even, false, false, domain)
        }
        E::Value(f, l) if domain.ladders.contains(f) => Some(domain.nonzero.contains(f) && within(l, 1, domain)),
        E::Binomial(n, k) => Some(domain.least_value(k).is_some_and(|least| least >= 0) && not_above(k, n, domain)),
        E::Sum(s) => sum(s, domain),
        _ => None,
    };
    evident.or_else(|| of_integers(e, domain))
}

/// `a^k`, which for a negative exponent is defined only where `a` is not zero.
fn power(a: &Expression, even: bool, negative: bool, zeroth: bool, domain: &Domain) -> Option<bool> {
    let nonzero = matches!(a, Expression::Symbol(s) if domain.range(s).is_some_and(Range::is_proper));
    match sign(a, domain) {
        Some(strict) => Some(strict || negative || zeroth),
        None if even && real(a) => Some(nonzero || negative || zeroth),
        None => None,
    }
}

/// Whether every part is real: squares of other numbers may be negative.
fn real(e: &Expression) -> bool {
    let mut real = true;
    e.visit(&mut |part| real &= !matches!(part, Expression::I));
    real
}

/// Whether `|e| < 1` is evident.
fn below_one(e: &Expression, domain: &Domain) -> bool {
    match e {
        Expression::Symbol(s) => domain.range(s).is_some_and(Range::is_proper),
        Expression::Power(a, k) => *k >= 1 && below_one(a, domain),
        Expression::Exponential(a, l) => domain.least_value(l).is_some_and(|k| k >= 1) && below_one(a, domain),
        Expression::Multiply(a, b) => below_one(a, domain) && below_one(b, domain),
        _ => false,
    }
}

fn not_above(a: &Linear, b: &Linear, domain: &Domain) -> bool {
    domain.least_value(&(b.clone() - a.clone())).is_some_and(|least| least >= 0)
}

/// Whether `first <= l <= M`.
fn within(l: &Linear, first: i64, domain: &Domain) -> bool {
    let top = domain.top().is_none_or(|top| not_above(l, &top, domain));
    top && not_above(&Linear::from(first), l, domain)
}

fn sum(s: &Series, domain: &Domain) -> Option<bool> {
    // An outer index of the same name would give the ends of the range another meaning.
    if domain.is_integer(&s.index) {
        return None;
    }
    let (to, nonempty) = match &s.to {
        Upper::Finite(to) => (Some(to.clone()), not_above(&s.from, to, domain)),
        Upper::Infinite => (None, true),
    };
    let inside = domain.clone().with_index(s.index.name(), s.from.clone(), to);
    sign(&s.term, &inside).map(|strict| strict && nonempty)
}

/// A quotient of polynomials in the integer variables.
fn of_integers(e: &Expression, domain: &Domain) -> Option<bool> {
    let mut integers = true;
    let known = |s: &Symbol| domain.is_integer(s);
    e.visit(&mut |part| match part {
        Expression::Symbol(s) => integers &= known(s),
        Expression::Number(_) | Expression::Add(..) | Expression::Negate(_) | Expression::Multiply(..) => {}
        Expression::Divide(..) | Expression::Power(..) => {}
        _ => integers = false,
    });
    let value = integers.then(|| Normaliser::new(domain, &[]).fraction(e).ok()).flatten()?;
    let (p, q) = (value.numerator(), value.denominator());
    let positive = |q| slack_sign(q, domain) == Some(true);
    let of = |p, q| if positive(q) { slack_sign(p, domain) } else { None };
    let (minus_p, minus_q) = (p.neg(), q.neg());
    of(p, q).or_else(|| of(&minus_p, &minus_q))
}
