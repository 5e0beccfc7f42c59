//! Wrong variants of a printed form: each sign, factor, index, exponent and bound changed, one at a time.
//!
//! The check that establishes the right form must refuse each of them; otherwise it would accept anything.

use std::sync::Arc;

use num_traits::{One, Zero};

use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, Linear, Series, Upper};
use crate::exact::ket::Ket;
use crate::exact::number::{Rational, rational};
use crate::exact::{Proposition, Statement};

/// All variants of a statement in which its right side is changed in one place; an enclosure gets the neighbouring
/// ranges.
pub fn mutants(statement: &Statement) -> Vec<Statement> {
    use Proposition as P;
    let with = |proposition| Statement { domain: statement.domain.clone(), proposition };
    match &statement.proposition {
        P::Equation { lhs, rhs } => {
            expressions(rhs).into_iter().map(|rhs| with(P::Equation { lhs: lhs.clone(), rhs })).collect()
        }
        P::Limit { expression, symbol, at, value } => expressions(value)
            .into_iter()
            .map(|value| {
                with(P::Limit { expression: expression.clone(), symbol: symbol.clone(), at: at.clone(), value })
            })
            .collect(),
        P::Vectors { lhs, rhs } => {
            kets(rhs).into_iter().map(|rhs| with(P::Vectors { lhs: lhs.clone(), rhs })).collect()
        }
        P::Operators { lhs, rhs, ladder } => operators(rhs)
            .into_iter()
            .map(|rhs| with(P::Operators { lhs: lhs.clone(), rhs, ladder: ladder.clone() }))
            .collect(),
        P::OperatorsOf { lhs, rhs, formula } => operators(rhs)
            .into_iter()
            .map(|rhs| with(P::OperatorsOf { lhs: lhs.clone(), rhs, formula: formula.clone() }))
            .collect(),
        P::NonNegative { operator, formula } => {
            let operator = operator.scaled(&Expression::from(-1));
            vec![with(P::NonNegative { operator, formula: formula.clone() })]
        }
        P::UniqueNullVector { operators, ladder } => (0..operators.len())
            .map(|without| {
                let mut operators = operators.clone();
                operators.remove(without);
                with(P::UniqueNullVector { operators, ladder: ladder.clone() })
            })
            .collect(),
        P::NullSpaces { matrices, dimensions } => {
            // The first matrix of each dimension stands for the others.
            let first = |k: &usize| !dimensions[..*k].contains(&dimensions[*k]);
            let wrong = |d: usize| [Some(d + 1), d.checked_sub(1)].into_iter().flatten();
            let mutant = |k: usize, d| {
                let matrices = matrices.get(k).cloned().into_iter().collect();
                with(P::NullSpaces { matrices, dimensions: vec![d] })
            };
            let cases = (0..dimensions.len()).filter(first);
            cases.flat_map(|k| wrong(dimensions[k]).map(move |d| (k, d))).map(|(k, d)| mutant(k, d)).collect()
        }
        // A weaker bound would hold too, so only the inequality the other way round is a mutant.
        P::AtLeast { lhs, rhs, .. } => {
            vec![with(P::AtLeast { lhs: rhs.clone(), rhs: lhs.clone(), strict: true })]
        }
        P::Expansion { expression, symbol, coefficients } => coefficients
            .iter()
            .enumerate()
            .flat_map(|(k, c)| expressions(c).into_iter().map(move |changed| (k, changed)))
            .map(|(k, changed)| {
                let mut coefficients = coefficients.clone();
                coefficients[k] = changed;
                with(P::Expansion { expression: expression.clone(), symbol: symbol.clone(), coefficients })
            })
            .collect(),
        P::LargeSize { expression, value } => expressions(value)
            .into_iter()
            .map(|value| with(P::LargeSize { expression: expression.clone(), value }))
            .collect(),
        P::Enclosure { expression, variables, low, high } => {
            let width = high.clone() - low;
            let shifted = |k: i64| {
                let by = width.clone() * rational(k, 1);
                (low.clone() + &by, high.clone() + &by)
            };
            [shifted(1), shifted(-1), (-high.clone(), -low.clone())]
                .into_iter()
                .map(|(low, high)| {
                    with(P::Enclosure { expression: expression.clone(), variables: variables.clone(), low, high })
                })
                .collect()
        }
    }
}

/// The expression with one node changed, for every node; and as a whole with the other sign and twice as large.
fn expressions(e: &Expression) -> Vec<Expression> {
    let mut variants = nodes(e);
    if *e != Expression::from(0) {
        variants.push(-e.clone());
        variants.push(2 * e.clone());
    }
    variants.dedup();
    variants
}

fn nodes(e: &Expression) -> Vec<Expression> {
    let mut variants = own_changes(e);
    for (position, part) in e.parts().into_iter().enumerate() {
        variants.extend(nodes(part).into_iter().map(|changed| {
            let mut at = 0;
            e.map_parts(&mut |old| {
                at += 1;
                if at == position + 1 { changed.clone() } else { old.clone() }
            })
        }));
    }
    variants
}

fn steps(l: &Linear) -> [Linear; 2] {
    [l.clone() + 1, l.clone() - 1]
}

/// The node itself changed, its parts kept.
fn own_changes(e: &Expression) -> Vec<Expression> {
    use Expression as E;
    match e {
        E::Number(q) => {
            let next = E::Number(q.clone() + Rational::one());
            if q.is_zero() { vec![next] } else { vec![next, E::Number(-q.clone())] }
        }
        E::I | E::Sqrt2 | E::Symbol(_) => vec![-e.clone()],
        E::Add(a, b) => vec![E::Add(a.clone(), Arc::new(-(**b).clone()))],
        E::Negate(a) => vec![(**a).clone()],
        E::Multiply(a, b) => vec![E::Divide(a.clone(), b.clone())],
        E::Divide(a, b) => vec![E::Multiply(a.clone(), b.clone())],
        E::Power(a, k) => [k + 1, k - 1, -k].into_iter().map(|k| (**a).clone().pow(k)).collect(),
        E::Exponential(a, l) => steps(l).into_iter().map(|l| (**a).clone().to_the(l)).collect(),
        E::Value(f, l) => steps(l).into_iter().map(|l| E::Value(f.clone(), l)).collect(),
        E::Binomial(n, k) => {
            let uppers = steps(n).into_iter().map(|n| E::Binomial(n, k.clone()));
            uppers.chain(steps(k).into_iter().map(|k| E::Binomial(n.clone(), k))).collect()
        }
        E::Factorial(l) => steps(l).into_iter().map(E::Factorial).collect(),
        E::Sum(s) => bounds(s).into_iter().map(|s| E::Sum(Arc::new(s))).collect(),
        E::Elementary(..) => Vec::new(),
    }
}

fn bounds(s: &Series) -> Vec<Series> {
    let lower = steps(&s.from).into_iter().map(|from| Series { from, ..s.clone() });
    let upper = match &s.to {
        Upper::Finite(to) => steps(to).into_iter().map(|to| Series { to: Upper::Finite(to), ..s.clone() }).collect(),
        Upper::Infinite => Vec::new(),
    };
    lower.chain(upper).collect()
}

/// The vector with one coefficient, bound, root or basis label changed.
fn kets(ket: &Ket) -> Vec<Ket> {
    let mut variants = Vec::new();
    for (position, term) in ket.terms.iter().enumerate() {
        let mut changed = Vec::new();
        changed.extend(expressions(&term.coefficient).into_iter().map(|coefficient| {
            let mut t = term.clone();
            t.coefficient = coefficient;
            t
        }));
        for step in [1, -1] {
            let moved = |change: &dyn Fn(&mut crate::exact::ket::KetTerm)| {
                let mut t = term.clone();
                change(&mut t);
                t
            };
            changed.push(moved(&|t| t.from = t.from.clone() + step));
            changed.push(moved(&|t| t.to = t.to.clone() + step));
            changed.push(moved(&|t| t.at.1 = t.at.1.clone() + step));
            changed.push(moved(&|t| {
                t.roots = t.roots.iter().map(|((s, l), e)| ((s.clone(), l.clone() + step), *e)).collect();
            }));
        }
        variants.extend(changed.into_iter().map(|t| {
            let mut ket = ket.clone();
            ket.terms[position] = t;
            ket
        }));
    }
    variants
}

/// The operator with one coefficient changed.
fn operators(operator: &Operator) -> Vec<Operator> {
    let changes = operator.terms().flat_map(|(word, c)| expressions(c).into_iter().map(move |changed| (word, changed)));
    changes.map(|(word, changed)| operator.with_coefficient(word, changed)).collect()
}
