//! Matrix elements between single levels `|k1,k2>`, whose labels may contain the size.

use std::collections::BTreeMap;

use super::calculus::{add, multiply};
use super::lowering::{Lowering, any};
use super::{SIZE, ladder};
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, Linear, Symbol};

/// A pair of labels.
pub type Levels = [Linear; 2];

/// `<bra|A|ket>` for sizes from `least` on.
///
/// A word moves the ket by fixed steps. Where the labels say that it arrives for one size only, as from `|0,0>` to
/// `|M,M>`, the element gets the factor `C(0, M-k)`, which is 1 for `M = k` and 0 for other sizes.
///
/// # Panics
/// When an odd power of `o` is left, which cannot happen between levels with equal labels or from a level to itself.
pub fn element(bra: &Levels, a: &Operator, ket: &Levels, least: i64) -> Expression {
    a.terms().fold(Expression::from(0), |sum, ((first, second), c)| {
        let mut roots = BTreeMap::new();
        let reached = [walk(&ket[0], first, &mut roots), walk(&ket[1], second, &mut roots)];
        let [one, two] = [0, 1].map(|j| meets(&(bra[j].clone() - reached[j].clone()), least));
        match one.zip(two) {
            Some((one, two)) => add(sum, multiply(multiply(c.clone(), multiply(one, two)), product(&roots))),
            None => sum,
        }
    })
}

/// `<k1,k2|A|k1,k2>` of two spins.
pub fn spin_diagonal(a: &Operator, at: &Levels) -> Expression {
    Lowering::Spin.specialise(&element(at, a, at, 0))
}

/// The label after the letters of one subsystem, the last one first; counts the roots on the way.
fn walk(from: &Linear, letters: &[bool], roots: &mut BTreeMap<Linear, i32>) -> Linear {
    letters.iter().rev().fold(from.clone(), |at, &raise| {
        let next = at.clone() + if raise { 1 } else { -1 };
        *roots.entry(if raise { next.clone() } else { at }).or_insert(0) += 1;
        next
    })
}

/// The factor that says for which sizes `difference = 0`; `None` when for none.
fn meets(difference: &Linear, least: i64) -> Option<Expression> {
    if let Some(constant) = difference.as_integer() {
        return (constant == 0).then(|| Expression::from(1));
    }
    let slope = difference.coefficient(&Symbol::new(SIZE));
    assert!(slope.abs() == 1 && difference.terms.len() == 1, "labels are 0, M or an index, up to integers");
    let only = -difference.constant * slope;
    (only >= least).then(|| Expression::Binomial(Linear::from(0), Linear::symbol(SIZE) - only))
}

/// The squares of the roots; zero below the lowest and above the highest level.
fn product(roots: &BTreeMap<Linear, i32>) -> Expression {
    roots.iter().fold(Expression::from(1), |product, (l, power)| {
        assert!(power % 2 == 0, "an odd power of the root of {}({l})", ladder());
        let outside = *l == Linear::from(0) || *l == Linear::symbol(SIZE) + 1;
        let square = if outside { Expression::from(0) } else { any(l.clone()) };
        multiply(
            product,
            match (outside, power) {
                (true, _) | (_, 2) => square,
                _ => square.pow(power / 2),
            },
        )
    })
}

/// `<A>` in `(|0,0> + |M,M>)/√2` of two spins, for sizes from `least >= 1` on.
pub fn superposition_mean(a: &Operator, least: i64) -> Expression {
    let ends = [Linear::from(0), Linear::symbol(SIZE)].map(|l| [l.clone(), l]);
    let pairs = ends.iter().flat_map(|bra| ends.iter().map(move |ket| (bra, ket)));
    let sum = pairs.fold(Expression::from(0), |sum, (bra, ket)| add(sum, element(bra, a, ket, least)));
    Lowering::Spin.specialise(&(sum / 2))
}
