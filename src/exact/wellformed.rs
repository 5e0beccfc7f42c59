//! Whether a statement says anything: every symbol is declared, once, and used as what it is.
//!
//! Without this the checks could give one name two meanings. Real symbols stand alone; integer symbols may also occur in
//! linear forms; a summation index is known only inside its sum, where it may hide another index but not the size or a real
//! variable.

use super::algebra::{Formula, LABELS, Operator};
use super::domain::Domain;
use super::expression::{Expression, Linear, Symbol, Upper};
use super::ket::Ket;
use super::number::{Rational, rational};
use super::{Proposition, Statement};

/// # Errors
/// A sentence that names the symbol.
pub fn well_formed(statement: &Statement) -> Result<(), String> {
    let domain = &statement.domain;
    declarations(domain)?;
    match &statement.proposition {
        Proposition::Equation { lhs, rhs } => [lhs, rhs].into_iter().try_for_each(|e| known(e, domain, &mut vec![])),
        Proposition::Vectors { lhs, rhs } => [lhs, rhs].into_iter().try_for_each(|ket| vector(ket, domain)),
        Proposition::Operators { lhs, rhs, .. } => [lhs, rhs].into_iter().try_for_each(|o| operator(o, domain)),
        Proposition::OperatorsOf { lhs, rhs, formula } => {
            [lhs, rhs].into_iter().try_for_each(|o| operator(o, domain))?;
            particular(formula, domain)
        }
        Proposition::NonNegative { operator: o, formula } => {
            operator(o, domain)?;
            particular(formula, domain)
        }
        Proposition::UniqueNullVector { operators, .. } => {
            sized(domain)?;
            operators.iter().try_for_each(|o| operator(o, domain))
        }
        Proposition::NullSpaces { matrices, dimensions } => {
            match !matrices.is_empty() && matrices.len() == dimensions.len() && matrices.iter().all(|m| m.is_valid()) {
                true => Ok(()),
                false => Err("there is no matrix, or one without its dimension, or too large".to_owned()),
            }
        }
        Proposition::AtLeast { lhs, rhs, .. } => [lhs, rhs].into_iter().try_for_each(|e| known(e, domain, &mut vec![])),
        Proposition::Expansion { expression, symbol, coefficients } => {
            near(symbol, &rational(0, 1), expression, coefficients, domain)
        }
        Proposition::LargeSize { expression, value } => {
            known(expression, domain, &mut vec![])?;
            known(value, &Domain { size: None, ..domain.clone() }, &mut vec![])
        }
        Proposition::Limit { expression, symbol, at, value } => {
            near(symbol, at, expression, std::slice::from_ref(value), domain)
        }
        Proposition::Enclosure { variables, .. } => distinct(variables.iter().map(|(s, _, _)| s)),
    }
}

/// A function of a real variable near a number, and values without the variable.
fn near(x: &Symbol, at: &Rational, e: &Expression, values: &[Expression], domain: &Domain) -> Result<(), String> {
    if !domain.range(x).is_some_and(|range| range.approaches(at)) {
        return Err(format!("{x} is not a real variable that comes near {at}"));
    }
    known(e, domain, &mut vec![])?;
    let rest = domain.without_real(x);
    values.iter().try_for_each(|value| known(value, &rest, &mut vec![]))
}

/// Whether a certificate's expression names only what its statement names, and the given index.
///
/// # Errors
/// A sentence that names the symbol.
pub fn well_formed_witness(e: &Expression, domain: &Domain, index: Option<&Symbol>) -> Result<(), String> {
    known(e, domain, &mut index.into_iter().cloned().collect())
}

fn distinct<'a>(names: impl Iterator<Item = &'a Symbol>) -> Result<(), String> {
    let mut seen = Vec::new();
    for name in names {
        if seen.contains(&name) {
            return Err(format!("{name} is declared twice"));
        }
        free(name)?;
        seen.push(name);
    }
    Ok(())
}

/// The kernel makes names of its own with this character.
fn free(name: &Symbol) -> Result<(), String> {
    if name.name().contains('#') { Err(format!("the name {name} is the kernel's")) } else { Ok(()) }
}

fn declarations(domain: &Domain) -> Result<(), String> {
    if domain.size.as_ref().is_some_and(|size| size.least < 0) {
        return Err("a size is negative".to_owned());
    }
    if let Some(s) = domain.nonzero.iter().find(|s| !domain.ladders.contains(s) || domain.size.is_none()) {
        return Err(format!("{s}, which vanishes nowhere, is no ladder of a size"));
    }
    let size = domain.size.iter().map(|s| &s.symbol);
    let numbers = size.clone().chain(domain.indices.iter().map(|i| &i.symbol));
    distinct(numbers.chain(domain.reals.iter().map(|r| &r.symbol)))?;
    distinct(domain.ladders.iter().chain(&domain.sequences))?;
    let mut known: Vec<&Symbol> = size.collect();
    for index in &domain.indices {
        let ends = index.from.terms.keys().chain(index.to.iter().flat_map(|to| to.terms.keys()));
        if let Some(s) = ends.into_iter().find(|s| !known.contains(s)) {
            return Err(format!("an end of the range of {} names {s}", index.symbol));
        }
        known.push(&index.symbol);
    }
    Ok(())
}

fn linear(l: &Linear, domain: &Domain, bound: &[Symbol]) -> Result<(), String> {
    match l.terms.keys().find(|s| !bound.contains(s) && !domain.is_integer(s)) {
        None => Ok(()),
        Some(s) => Err(format!("{s} is not an integer variable")),
    }
}

fn index(name: &Symbol, domain: &Domain) -> Result<(), String> {
    free(name)?;
    match domain.size.as_ref().is_some_and(|s| s.symbol == *name) || domain.range(name).is_some() {
        false => Ok(()),
        true => Err(format!("the summation index {name} is the size or a real variable")),
    }
}

fn known(e: &Expression, domain: &Domain, bound: &mut Vec<Symbol>) -> Result<(), String> {
    match e {
        Expression::Symbol(s) if !bound.contains(s) && !domain.is_integer(s) && domain.range(s).is_none() => {
            return Err(format!("the symbol {s} is not declared"));
        }
        Expression::Value(f, _) if !domain.ladders.contains(f) && !domain.sequences.contains(f) => {
            return Err(format!("the sequence {f} is not declared"));
        }
        Expression::Value(_, l) | Expression::Exponential(_, l) | Expression::Factorial(l) => linear(l, domain, bound)?,
        Expression::Binomial(n, k) => [n, k].into_iter().try_for_each(|l| linear(l, domain, bound))?,
        Expression::Sum(s) => {
            index(&s.index, domain)?;
            linear(&s.from, domain, bound)?;
            if let Upper::Finite(to) = &s.to {
                linear(to, domain, bound)?;
            }
            bound.push(s.index.clone());
            known(&s.term, domain, bound)?;
            bound.pop();
            return Ok(());
        }
        _ => {}
    }
    e.parts().into_iter().try_for_each(|part| known(part, domain, bound))
}

fn vector(ket: &Ket, domain: &Domain) -> Result<(), String> {
    for term in &ket.terms {
        index(&term.index, domain)?;
        [&term.from, &term.to].into_iter().try_for_each(|l| linear(l, domain, &[]))?;
        let mut bound = vec![term.index.clone()];
        [&term.at.0, &term.at.1].into_iter().try_for_each(|l| linear(l, domain, &bound))?;
        for (ladder, l) in term.roots.keys() {
            if !domain.ladders.contains(ladder) {
                return Err(format!("{ladder} is not a ladder"));
            }
            linear(l, domain, &bound)?;
        }
        known(&term.coefficient, domain, &mut bound)?;
    }
    Ok(())
}

/// The levels of a particular space are counted.
fn sized(domain: &Domain) -> Result<(), String> {
    domain.size.as_ref().map(|_| ()).ok_or_else(|| "the levels have no size".to_owned())
}

/// A formula names its index and nothing else that is not declared; the labels of levels are not taken.
fn particular(formula: &Formula, domain: &Domain) -> Result<(), String> {
    sized(domain)?;
    let taken = LABELS.iter().find(|l| domain.is_integer(&Symbol::new(l)) || domain.range(&Symbol::new(l)).is_some());
    match taken {
        Some(label) => Err(format!("{label} is the name of a level")),
        None => {
            index(&formula.index, domain)?;
            known(&formula.squared, domain, &mut vec![formula.index.clone()])
        }
    }
}

fn operator(o: &Operator, domain: &Domain) -> Result<(), String> {
    o.terms().try_for_each(|(_, c)| known(c, domain, &mut vec![]))
}
