//! Derivatives of expressions by a real symbol.

use crate::exact::expression::{Elementary, Expression, Series, Symbol};
use std::sync::Arc;

/// `d e / d s`, by the rules of differentiation; sums term by term.
///
/// ```
/// use twomode::exact::expression::{Symbol, symbol};
/// use twomode::model::calculus::derivative;
/// let x = symbol("x");
/// assert_eq!(derivative(&(3 * x.clone().pow(2)), &Symbol::new("x")).to_string(), "3*2*x");
/// assert_eq!(derivative(&(1 / x.clone()), &Symbol::new("y")).to_string(), "0");
/// ```
pub fn derivative(e: &Expression, s: &Symbol) -> Expression {
    use Expression as E;
    let d = |e: &Expression| derivative(e, s);
    match e {
        E::Symbol(name) if name == s => E::from(1),
        E::Number(_) | E::I | E::Sqrt2 | E::Symbol(_) | E::Value(..) | E::Binomial(..) | E::Factorial(_) => E::from(0),
        E::Add(a, b) => add(d(a), d(b)),
        E::Negate(a) => multiply(E::from(-1), d(a)),
        E::Multiply(a, b) => add(multiply(d(a), (**b).clone()), multiply((**a).clone(), d(b))),
        E::Divide(a, b) => {
            let numerator = add(multiply(d(a), (**b).clone()), multiply(multiply(E::from(-1), (**a).clone()), d(b)));
            multiply(numerator, (**b).clone().pow(-2))
        }
        E::Power(a, k) => {
            let lower = if *k == 2 { (**a).clone() } else { (**a).clone().pow(k - 1) };
            multiply(multiply(E::from(i64::from(*k)), lower), d(a))
        }
        E::Exponential(a, l) => multiply(multiply(l.to_expression(), (**a).clone().to_the(l.clone() - 1)), d(a)),
        E::Elementary(Elementary::Exp, a) => multiply(e.clone(), d(a)),
        // f(y) = artanh(y)/y has f' = (1/(1-y²) - f)/y.
        E::Elementary(Elementary::ArtanhRatio, a) => {
            let y = (**a).clone();
            multiply((1 / (1 - y.clone().pow(2)) - e.clone()) / y, d(a))
        }
        E::Sum(series) if series.index == *s => E::from(0),
        E::Sum(series) => E::Sum(Arc::new(Series { term: d(&series.term), ..(**series).clone() })),
    }
}

fn is(e: &Expression, n: i64) -> bool {
    *e == Expression::from(n)
}

/// `a + b` without zeros.
pub(super) fn add(a: Expression, b: Expression) -> Expression {
    if is(&a, 0) {
        b
    } else if is(&b, 0) {
        a
    } else {
        a + b
    }
}

/// `a b` without zeros and ones.
pub(super) fn multiply(a: Expression, b: Expression) -> Expression {
    if is(&a, 0) || is(&b, 0) {
        Expression::from(0)
    } else if is(&a, 1) {
        b
    } else if is(&b, 1) {
        a
    } else {
        a * b
    }
}
