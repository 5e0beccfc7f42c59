//! Exact elimination: the rank of a matrix over a field, and over fractions of polynomials with pivots that vanish nowhere.

use std::collections::BTreeMap;

use super::algebra::{Column, Defined, Level, Operator, levels};
use super::evaluate::Field;

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
