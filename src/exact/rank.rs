//! Exact elimination: the rank of a matrix over a field, and over fractions of polynomials with pivots that vanish
//! nowhere; the null space of a matrix of rationals, from vectors in it and the rank modulo a prime.

use std::collections::BTreeMap;

use num_integer::Integer as _;
use num_traits::Zero;

use super::algebra::{Column, Defined, Level, Operator, levels};
use super::certificate::{Failure, require};
use super::evaluate::{Algebraic, Field};
use super::number::{Integer, Rational, bits, integer};

/// A row: its entries by column.
pub type Row<F> = BTreeMap<usize, F>;

/// The rank of the rows, by Gaussian elimination with pivots for which `usable` holds; `None` when an entry that is not
/// zero is left among rows without a usable one.
///
/// With symbolic entries and pivots that vanish nowhere this is the rank at every point. Cost: the number of rows times
/// that of pivots times the length of a row; of several rows the shortest is taken as the pivot's.
///
/// ```
/// use std::collections::BTreeMap;
/// use twomode::exact::evaluate::{Algebraic, Field};
/// use twomode::exact::{number::rational, rank::rank};
/// let row = |entries: &[i64]| -> BTreeMap<usize, Algebraic> {
///     entries.iter().map(|n| Algebraic::rational(&rational(*n, 1))).enumerate().collect()
/// };
/// let rows = vec![row(&[1, 2, 3]), row(&[2, 4, 6]), row(&[0, 1, 1])];
/// assert_eq!(rank(rows, &|x: &Algebraic| x.is_zero(), &|x| !x.is_zero()), Some(2));
/// ```
pub fn rank<F: Field>(
    mut rows: Vec<Row<F>>,
    is_zero: &dyn Fn(&F) -> bool,
    usable: &dyn Fn(&F) -> bool,
) -> Option<usize> {
    let mut rank = 0;
    loop {
        for row in &mut rows {
            row.retain(|_, x| !is_zero(x));
        }
        rows.retain(|row| !row.is_empty());
        if rows.is_empty() {
            return Some(rank);
        }
        rows.sort_by_key(BTreeMap::len);
        let (at, column, inverse) = rows.iter().enumerate().find_map(|(at, row)| {
            let (column, pivot) = row.iter().find(|(_, x)| usable(x))?;
            Some((at, *column, pivot.inverse()?))
        })?;
        let pivot = rows.remove(at);
        for row in rows.iter_mut().filter(|row| row.contains_key(&column)) {
            let factor = row[&column].times(&inverse).negated();
            for (k, x) in &pivot {
                let product = x.times(&factor);
                let sum = row.get(k).map_or(product.clone(), |old| old.plus(&product));
                row.insert(*k, sum);
            }
            row.remove(&column);
        }
        rank += 1;
    }
}

/// The equations `A_k ψ = 0` for the amplitudes of `ψ`, numbered `(top+1) m1 + m2`.
pub fn null_equations<F: Field>(
    operators: &[Operator],
    top: i64,
    column: &dyn Fn(&Operator, Level) -> Defined<Column<F>>,
) -> Defined<Vec<Row<F>>> {
    let mut rows: BTreeMap<(usize, Level), Row<F>> = BTreeMap::new();
    for (k, operator) in operators.iter().enumerate() {
        for start in levels(top) {
            for (target, value) in column(operator, start)? {
                rows.entry((k, target)).or_default().insert(((top + 1) * start.0 + start.1) as usize, value);
            }
        }
    }
    Ok(rows.into_values().collect())
}

/// A matrix of rationals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparseMatrix {
    /// What it is, for a reader; nothing is concluded from it.
    pub name: String,
    /// The number of columns.
    pub columns: usize,
    /// The rows, each with its entries that are not zero.
    pub rows: Vec<Row<Rational>>,
}

/// Matrices with more columns, rows, or entries are refused.
const MOST_COLUMNS: usize = 10_000;
const MOST_ENTRIES: usize = 1_000_000;
/// Numbers with more bits are refused.
const MOST_BITS: u64 = 1_000;
/// With more entries exact elimination takes too long to look for a counterexample.
const MOST_ENTRIES_OVER_Q: usize = 10_000;
/// Elimination modulo the prime stops after this many products.
const MOST_PRODUCTS: usize = 1 << 28;

impl SparseMatrix {
    /// Whether it is a matrix of a size that can be treated.
    pub(super) fn is_valid(&self) -> bool {
        let small = |x: &Rational| bits(x.numer()).max(bits(x.denom())) <= MOST_BITS;
        (1..=MOST_COLUMNS).contains(&self.columns)
            && self.rows.len() <= MOST_COLUMNS
            && self.entries() <= MOST_ENTRIES
            && self.rows.iter().flatten().all(|(k, x)| *k < self.columns && small(x))
    }

    fn entries(&self) -> usize {
        self.rows.iter().map(Row::len).sum()
    }

    /// A number that the dimension of the null space does not exceed: a minor that is not zero modulo a prime is not zero.
    fn nullity_at_most(&self) -> Option<usize> {
        self.columns.checked_sub(modular_rank(&self.rows)?)
    }

    /// Whether the null space has this dimension: as many independent vectors in it, and no more modulo a prime.
    pub(super) fn has_nullity(&self, dimension: usize, vectors: &[Row<Rational>]) -> Result<(), Failure> {
        let name = &self.name;
        require(vectors.len() == dimension, || format!("{name}: {} vectors are given", vectors.len()))?;
        let annihilated = |v: &Row<Rational>| self.rows.iter().all(|row| product(row, v).is_zero());
        let inside = |v: &Row<Rational>| v.keys().all(|k| *k < self.columns) && annihilated(v);
        require(vectors.iter().all(inside), || format!("{name}: a vector is not in the null space"))?;
        if modular_rank(vectors) != Some(dimension) {
            return Err(Failure::Declined(format!("{name}: the vectors are not evidently independent")));
        }
        match self.nullity_at_most() {
            Some(most) if most == dimension => Ok(()),
            _ => Err(Failure::Declined(format!("{name}: the rank modulo a prime leaves room for more vectors"))),
        }
    }

    /// The dimension of the null space when it is not this one; `None` when it is or cannot be found out.
    pub(super) fn another_nullity(&self, dimension: usize) -> Option<String> {
        let most = self.nullity_at_most()?;
        if most < dimension {
            return Some(format!("at most {most}"));
        }
        if most == dimension || self.entries() > MOST_ENTRIES_OVER_Q {
            return None;
        }
        let exact = |row: &Row<Rational>| row.iter().map(|(k, x)| (*k, Algebraic::rational(x))).collect();
        let rank = rank(self.rows.iter().map(exact).collect(), &Algebraic::is_zero, &|x| !x.is_zero())?;
        Some(self.columns - rank).filter(|found| *found != dimension).map(|found| found.to_string())
    }
}

fn product(row: &Row<Rational>, vector: &Row<Rational>) -> Rational {
    let terms = row.iter().filter_map(|(k, x)| Some(x.clone() * vector.get(k)?));
    terms.fold(Rational::from(integer(0)), |sum, x| sum + x)
}

/// The largest prime below 2³¹, so that products fit in 64 bits.
const PRIME: u64 = (1 << 31) - 1;

/// The rank modulo a prime, which is not larger than the rank; `None` when a denominator is a multiple of the prime or it
/// takes too long.
///
/// Each row is reduced by those before it, from its first column on; short rows come first.
fn modular_rank(rows: &[Row<Rational>]) -> Option<usize> {
    let residues = |row: &Row<Rational>| row.iter().map(|(k, x)| Some((*k, residue(x)?))).collect::<Option<Row<u64>>>();
    let mut rows = rows.iter().map(residues).collect::<Option<Vec<_>>>()?;
    rows.sort_by_key(BTreeMap::len);
    let (mut pivots, mut products): (BTreeMap<usize, Row<u64>>, usize) = (BTreeMap::new(), 0);
    for mut row in rows {
        row.retain(|_, x| *x != 0);
        while let Some((&column, &x)) = row.first_key_value() {
            let Some(pivot) = pivots.get(&column) else {
                let inverse = power(x, PRIME - 2);
                row.values_mut().for_each(|y| *y = *y * inverse % PRIME);
                pivots.insert(column, row);
                break;
            };
            products += pivot.len();
            for (k, y) in pivot {
                let old = row.remove(k).unwrap_or(0);
                let new = (old + (PRIME - x) * y) % PRIME;
                if new != 0 {
                    row.insert(*k, new);
                }
            }
        }
        if products > MOST_PRODUCTS {
            return None;
        }
    }
    Some(pivots.len())
}

fn residue(x: &Rational) -> Option<u64> {
    let prime = Integer::from(PRIME as i64);
    let of = |n: &Integer| n.mod_floor(&prime).to_string().parse::<u64>().ok();
    match of(x.denom())? {
        0 => None,
        denominator => Some(of(x.numer())? * power(denominator, PRIME - 2) % PRIME),
    }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
