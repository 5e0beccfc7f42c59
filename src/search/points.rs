//! Exact points of a domain, small ones first, with the degenerate cases that statements tend to forget.

use std::collections::BTreeMap;

use num_traits::Signed;

use crate::exact::domain::{Domain, Range};
use crate::exact::expression::{Linear, Symbol};
use crate::exact::number::{Rational, rational};
use crate::exact::sample::Sample;

/// Sizes tried, counted from the least one.
const SIZES: i64 = 4;

/// Points of a domain: every size from the least one up, every value of the indices, several values of everything else.
///
/// ```
/// use twomode::exact::domain::Domain;
/// use twomode::search::points::points;
/// assert!(points(&Domain::sizes("M", 1).with_unit("t")).iter().all(|p| p.size >= Some(1)));
/// // t = tanh r together with c = cosh r:
/// assert!(points(&Domain::default().with_unit("t").with_real("c")).iter().all(|p| {
///     let [t, c] = ["t", "c"].map(|name| p.reals[&twomode::exact::expression::Symbol::new(name)].clone());
///     let (t, c) = (t.clone() * t, c.clone() * c);
///     // c² (1 - t²) = 1
///     (c.clone() - c * t).to_string() == "1"
/// }));
/// ```
pub fn points(domain: &Domain) -> Vec<Sample> {
    let sizes: Vec<Option<i64>> = match &domain.size {
        Some(size) => (size.least..size.least + SIZES).map(Some).collect(),
        None => vec![None],
    };
    let mut found = Vec::new();
    for size in sizes {
        for variant in 0..3 {
            let base = Sample {
                size,
                integers: BTreeMap::new(),
                reals: reals(domain, variant),
                roots: domain
                    .ladders
                    .iter()
                    .map(|l| (l.clone(), roots(size.unwrap_or(4), variant, domain.nonzero.contains(l))))
                    .collect(),
                sequences: domain
                    .sequences
                    .iter()
                    .enumerate()
                    .map(|(k, s)| (s.clone(), sequence(k, variant)))
                    .collect(),
            };
            with_indices(domain, 0, base, &mut found);
        }
    }
    found.dedup();
    found
}

/// Different values for different symbols, small denominators first, both signs; where `c` stands for `cosh r`, it has the
/// value that belongs to `t = tanh r`.
fn reals(domain: &Domain, variant: usize) -> BTreeMap<Symbol, Rational> {
    let mut values = unrelated_reals(domain, variant);
    let names = ["t", "c"].map(Symbol::new);
    if names.iter().all(|name| values.contains_key(name)) {
        // 1 - t² = 1/c²
        let pairs = [((3, 5), (5, 4)), ((-5, 13), (13, 12)), ((8, 17), (17, 15))];
        let (t, c) = pairs[variant % pairs.len()];
        let positive = domain.range(&names[0]).is_some_and(Range::is_positive);
        let [tanh, cosh] = names;
        values.insert(tanh, rational(if positive { t.0.abs() } else { t.0 }, t.1));
        values.insert(cosh, rational(c.0, c.1));
    }
    values
}

fn unrelated_reals(domain: &Domain, variant: usize) -> BTreeMap<Symbol, Rational> {
    let unit = [rational(1, 2), rational(-1, 3), rational(9, 10), rational(2, 7), rational(-3, 5)];
    let any = [rational(2, 1), rational(3, 2), rational(-3, 1), rational(5, 7), rational(-1, 4)];
    domain
        .reals
        .iter()
        .enumerate()
        .map(|(k, r)| {
            let values = if r.range.is_proper() { &unit } else { &any };
            let value = values[(k + variant) % values.len()].clone();
            (r.symbol.clone(), if r.range.is_positive() { value.abs() } else { value })
        })
        .collect()
}

/// `o(1), o(2), ...`: increasing, with a zero inside if it may be, with signs.
fn roots(size: i64, variant: usize, nonzero: bool) -> Vec<Rational> {
    (1..=size)
        .map(|m| match variant {
            0 => rational(m, 1),
            1 if nonzero => rational(if m == 3 { 5 } else { 3 - m }, 1),
            1 => rational(if m == 2 { 0 } else { 3 - m }, 1),
            _ => rational(2 * m + 1, m + 1),
        })
        .collect()
}

/// Amplitudes: only the first, all different, all different with signs.
fn sequence(k: usize, variant: usize) -> Vec<Rational> {
    let k = k as i64;
    (0..=8)
        .map(|m| match variant {
            0 => rational(if m == 0 { 1 + k } else { 0 }, 1),
            1 => rational(m + 2 + k, m + 1),
            _ => rational((m * m + k - 3) * (1 - 2 * (m % 2)), 2),
        })
        .collect()
}

fn with_indices(domain: &Domain, depth: usize, sample: Sample, found: &mut Vec<Sample>) {
    let Some(index) = domain.indices.get(depth) else {
        found.push(sample);
        return;
    };
    let value = |l: &Linear| {
        l.evaluate(&|s| match &domain.size {
            Some(size) if size.symbol == *s => sample.size,
            _ => sample.integers.get(s).copied(),
        })
    };
    let from = value(&index.from).unwrap_or(0);
    let to = index.to.as_ref().and_then(value).unwrap_or(from + SIZES);
    for m in from..=to {
        let mut next = sample.clone();
        next.integers.insert(index.symbol.clone(), m);
        with_indices(domain, depth + 1, next, found);
    }
}
