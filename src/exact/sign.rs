//! Expressions that are manifestly not negative: their form alone shows it.
//!
//! A sum of such forms, a product, an even power, a value of a ladder, `1 - x^k` for `|x| < 1`, a polynomial in integer
//! variables with positive coefficients in their distances from the ends of their ranges. Sufficient, not necessary.
//!
//! A form may have holes where the expression that it equals has none, and there that expression may vanish: `x²` is
//! `1/x^{-2}`. So a form is called positive only if it has a value everywhere.

use num_traits::{Signed, Zero};

use super::domain::{Domain, Range};
use super::expression::{Expression, Linear, Series};
use super::normal::{Normaliser, slack_sign};

/// `Some(true)` when the form is defined and positive everywhere on the domain, `Some(false)` when it is not negative
/// wherever it is defined; `None` when neither is evident.
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
    manifest(e, &Normaliser::new(domain, &[]))
}

/// The normaliser carries the domain, and bounds the work of all polynomials together.
fn manifest(e: &Expression, normaliser: &Normaliser) -> Option<bool> {
    use Expression as E;
    let domain = &normaliser.domain;
    let sign = |e| manifest(e, normaliser);
    let evident = match e {
        E::Number(q) if q.is_negative() => None,
        E::Number(q) => Some(!q.is_zero()),
        E::Sqrt2 | E::Factorial(_) => Some(true),
        E::Symbol(s) if domain.range(s).is_some_and(Range::is_positive) => Some(true),
        E::Add(one, b) if **one == E::from(1) && matches!(&**b, E::Negate(x) if below_one(x, domain)) => Some(true),
        E::Add(a, b) => {
            let positive = |(p, q)| (p && (q || whole(b))) || (q && whole(a));
            sign(a).zip(sign(b)).map(positive)
        }
        E::Multiply(a, b) | E::Divide(a, b) => sign(a).zip(sign(b)).map(|(a, b)| a && b),
        E::Power(a, k) => power(a, k % 2 == 0, normaliser),
        E::Exponential(a, l) => power(a, [l.constant].iter().chain(l.terms.values()).all(|k| k % 2 == 0), normaliser),
        E::Value(f, l) if domain.ladders.contains(f) => Some(domain.nonzero.contains(f) && within(l, 1, domain)),
        E::Binomial(n, k) => Some(domain.least_value(k).is_some_and(|least| least >= 0) && not_above(k, n, domain)),
        E::Sum(s) => sum(s, normaliser),
        _ => None,
    };
    evident.or_else(|| of_integers(e, normaliser))
}

/// A power of `a`, with an even exponent or any.
fn power(a: &Expression, even: bool, normaliser: &Normaliser) -> Option<bool> {
    let nonzero = matches!(a, Expression::Symbol(s) if normaliser.domain.range(s).is_some_and(Range::is_proper));
    // The squares of numbers that are not real may be negative.
    let real = all(a, &|part| !matches!(part, Expression::I));
    manifest(a, normaliser).or((even && real).then_some(nonzero))
}

/// Whether no part has a denominator that may vanish: what remains has a value everywhere.
fn whole(e: &Expression) -> bool {
    all(e, &|part| match part {
        Expression::Divide(_, d) => matches!(**d, Expression::Number(_)),
        Expression::Power(_, k) => *k >= 0,
        _ => true,
    })
}

fn all(e: &Expression, holds: &dyn Fn(&Expression) -> bool) -> bool {
    let mut all = true;
    e.visit(&mut |part| all &= holds(part));
    all
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

fn sum(s: &Series, normaliser: &Normaliser) -> Option<bool> {
    let domain = &normaliser.domain;
    // An outer index of the same name would give the ends of the range another meaning.
    if domain.is_integer(&s.index) {
        return None;
    }
    let to = s.to.finite();
    let nonempty = to.as_ref().is_none_or(|to| not_above(&s.from, to, domain));
    let inside = domain.clone().with_index(s.index.name(), s.from.clone(), to);
    manifest(&s.term, &normaliser.on(inside)).map(|positive| positive && nonempty)
}

/// What one term of a polynomial costs when it is written in the distances from the ends, and its largest degree.
const TERM: u64 = 10_000;
const LARGEST_DEGREE: u32 = 16;

/// A polynomial in the integer variables.
fn of_integers(e: &Expression, normaliser: &Normaliser) -> Option<bool> {
    use Expression as E;
    let integers = all(e, &|part| match part {
        E::Symbol(s) => normaliser.domain.is_integer(s),
        E::Number(_) | E::Add(..) | E::Negate(_) | E::Multiply(..) | E::Divide(..) | E::Power(..) => true,
        _ => false,
    });
    let value = (integers && whole(e)).then(|| normaliser.fraction(e).ok()).flatten()?;
    let p = value.numerator();
    normaliser.charge(TERM * p.len() as u64).ok()?;
    let low = p.terms().all(|(m, _)| m.iter().fold(0u32, |sum, (_, e)| sum.saturating_add(*e)) <= LARGEST_DEGREE);
    let positive = value.denominator().as_constant().is_some_and(|q| q.is_positive());
    (low && positive).then(|| slack_sign(p, &normaliser.domain)).flatten()
}
