//! Limits and expansions.

use super::certificate::{Checked, Failure, equal, require, sound_normal_form, sum_rules};
use super::domain::Domain;
use super::expression::{Expression, Series, Symbol, Upper};
use super::normal::{Atom, Normal, Normaliser, never_zero};
use super::number::{Rational, bits, rational};
use super::polynomial::Polynomial;
use super::roots::{roots_between, without_roots};
use super::series::expansion;
use super::wellformed::well_formed_witness;
use super::{Grade, Proof};

/// Accepts when the expression equals a form that is continuous at the point and has the claimed value there.
pub fn limit(
    expression: &Expression,
    symbol: &Symbol,
    at: &Rational,
    value: &Expression,
    domain: &Domain,
    form: &Expression,
    lemmas: &[Proof],
) -> Checked {
    well_formed_witness(form, domain, None)?;
    let rules = sum_rules(lemmas, domain)?;
    equal(expression, form, domain, &rules)?;
    let there = |e: &Expression| e.substitute(symbol, &Expression::Number(at.clone()));
    let rest = domain.without_real(symbol);
    continuous(form, &there, &rest)?;
    equal(&there(form), value, &rest, &[])?;
    Ok((Grade::Certificate, None))
}

/// Every denominator inside the form has a value different from zero at the point, so the form is continuous there.
fn continuous(form: &Expression, there: &dyn Fn(&Expression) -> Expression, rest: &Domain) -> Result<(), Failure> {
    let denominator = match form {
        Expression::Divide(_, d) => Some(d),
        Expression::Power(d, k) if *k < 0 => Some(d),
        Expression::Exponential(_, l) if rest.least_value(l).is_none_or(|least| least < 0) => {
            return Err(Failure::Declined("a symbolic power in a regular form may be negative".to_owned()));
        }
        Expression::Elementary(..) => {
            return Err(Failure::Declined("a regular form has no elementary functions".to_owned()));
        }
        _ => None,
    };
    if let Some(d) = denominator {
        let value = Normaliser::new(rest, &[]).fraction(&there(d))?;
        if !never_zero(value.numerator(), rest) || !never_zero(value.denominator(), rest) {
            return Err(Failure::Declined(format!("the denominator {d} may vanish at the limit")));
        }
    }
    match form {
        // A finite sum of powers of the symbol, with exponents that are not negative, is a polynomial in it.
        Expression::Sum(s) => polynomial_summand(&s.term, rest, s),
        _ => form.parts().into_iter().try_for_each(|part| continuous(part, there, rest)),
    }
}

fn polynomial_summand(term: &Expression, rest: &Domain, s: &Series) -> Result<(), Failure> {
    let Upper::Finite(to) = &s.to else {
        return Err(Failure::Declined("a regular form has no infinite sums".to_owned()));
    };
    let inside = rest.clone().with_index(s.index.name(), s.from.clone(), Some(to.clone()));
    let mut sound = true;
    term.visit(&mut |e| match e {
        Expression::Divide(..) | Expression::Elementary(..) | Expression::Sum(_) => sound = false,
        Expression::Power(_, k) => sound &= *k >= 0,
        Expression::Exponential(_, l) => sound &= inside.least_value(l).is_some_and(|least| least >= 0),
        _ => {}
    });
    if sound { Ok(()) } else { Err(Failure::Declined("a summand of the regular form is not a polynomial".to_owned())) }
}

/// Accepts when the coefficients of the Laurent series are the claimed ones.
pub fn expands(
    expression: &Expression,
    symbol: &Symbol,
    coefficients: &[Expression],
    domain: &Domain,
    lemmas: &[Proof],
) -> Checked {
    let rest = domain.without_real(symbol);
    let rules = sum_rules(lemmas, &rest)?;
    let found = expansion(expression, symbol, coefficients.len(), &rest, &rules)?;
    for (k, (found, claimed)) in found.iter().zip(coefficients).enumerate() {
        let claimed = sound_normal_form(claimed, &rest, &rules)?;
        let difference = Normaliser::new(&rest, &rules).minus(found, &claimed)?;
        require(difference.is_zero(), || format!("the coefficients of {symbol}^{k} differ"))?;
    }
    Ok((if rules.is_empty() { Grade::Identity } else { Grade::Certificate }, None))
}

/// Accepts when the ratio of the leading coefficients in the size is the claimed limit.
///
/// A power `t^{kM}` with `|t| < 1` tends to zero faster than every power of `M` and drops out. The leading coefficient of
/// the denominator must not vanish for any value of the other variables: it may contain one of them, whose roots are
/// counted.
pub fn large_size(expression: &Expression, value: &Expression, domain: &Domain, lemmas: &[Proof]) -> Checked {
    let declined = |why: &str| Failure::Declined(why.to_owned());
    let size = domain.size.as_ref().ok_or_else(|| declined("the statement has no size"))?;
    if !domain.indices.is_empty() {
        return Err(declined("an index may grow with the size"));
    }
    let rules = sum_rules(lemmas, domain)?;
    let whole = sound_normal_form(expression, domain, &rules)?;
    let (numerator, p) = leading(whole.numerator(), &size.symbol)?;
    let (denominator, q) = leading(whole.denominator(), &size.symbol)?;
    let rest = Domain { size: None, ..domain.clone() };
    if denominator.is_zero() || !rootless(&denominator, &rest) {
        return Err(declined("the leading coefficient of the denominator may vanish"));
    }
    let limit = if numerator.is_zero() || p < q {
        Normal::from(Polynomial::zero())
    } else if p == q {
        Normal::new(numerator, denominator).ok_or_else(|| declined("the denominator vanishes"))?
    } else {
        return Err(declined("the expression may grow with the size"));
    };
    let claimed = sound_normal_form(value, &rest, &[])?;
    let difference = Normaliser::new(&rest, &[]).minus(&limit, &claimed)?;
    require(difference.is_zero(), || format!("the limit is not {value}"))?;
    Ok((if rules.is_empty() { Grade::Identity } else { Grade::Certificate }, None))
}

/// The coefficient of the highest power of the size among the terms without `t^M`, and that power.
fn leading(p: &Polynomial<Atom>, size: &Symbol) -> Result<(Polynomial<Atom>, u32), String> {
    let mut best = (Polynomial::zero(), 0);
    for (monomial, c) in p.terms() {
        let decays = monomial.iter().any(|(a, _)| matches!(a, Atom::Power(_, s) if s == size));
        let strange = |a: &Atom| match a {
            Atom::Symbol(_) | Atom::Power(..) | Atom::I | Atom::Sqrt2 => false,
            Atom::Sign(_) | Atom::Value(..) | Atom::Factorial(_) | Atom::Sum(..) => true,
        };
        if let Some((a, _)) = monomial.iter().find(|(a, _)| strange(a)) {
            return Err(format!("how {a:?} grows with the size is not known"));
        }
        if decays {
            continue;
        }
        let is_size = |a: &Atom| matches!(a, Atom::Symbol(s) if s == size);
        let degree = monomial.iter().find(|(a, _)| is_size(a)).map_or(0, |(_, e)| *e);
        let rest = monomial.iter().filter(|(a, _)| !is_size(a)).cloned().collect();
        let term = Polynomial::monomial(rest, c.clone());
        if degree > best.1 {
            best = (term, degree);
        } else if degree == best.1 {
            best.0 = best.0.add(&term);
        }
    }
    Ok(best)
}

/// Roots are counted of polynomials up to this degree,
const LARGEST_DEGREE: usize = 60;
/// after the factors `x` and `x ± 1` of one up to this degree are taken out,
const LONGEST_POWER: usize = 1_000;
/// with coefficients of at most so many bits.
const LONGEST_COEFFICIENT: u64 = 1_000;

/// Whether a polynomial in at most one real variable has no root in the range of that variable, 0 aside where excluded.
fn rootless(p: &Polynomial<Atom>, domain: &Domain) -> bool {
    let mut variables: Vec<&Atom> = p.variables().collect();
    variables.sort();
    variables.dedup();
    let x = match variables.as_slice() {
        [] => return !p.is_zero(),
        [Atom::Symbol(x)] => x,
        _ => return false,
    };
    let Some(range) = domain.range(x).filter(|range| range.is_proper()) else { return false };
    let mut coefficients: Vec<Rational> = Vec::new();
    for (monomial, c) in p.terms() {
        let degree = monomial.first().map_or(0, |(_, e)| *e as usize);
        if degree > LONGEST_POWER || bits(c) > LONGEST_COEFFICIENT {
            return false;
        }
        coefficients.resize(coefficients.len().max(degree + 1), rational(0, 1));
        coefficients[degree] = Rational::from(c.clone());
    }
    // What a product of many factors of hyperbolic functions leaves at the ends.
    let ends = [-1, 0, 1].map(|n| rational(n, 1));
    let coefficients = without_roots(coefficients, &ends);
    if coefficients.len() > LARGEST_DEGREE {
        return false;
    }
    let none = |a, b| roots_between(coefficients.clone(), &rational(a, 1), &rational(b, 1)) == Some(0);
    none(0, 1) && (range.is_positive() || none(-1, 0))
}
