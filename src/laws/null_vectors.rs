//! Vectors in the null space of a matrix, found by elimination. The kernel checks what is found here.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::exact::number::{Rational, integer};
use crate::exact::rank::{Row, SparseMatrix};

/// A basis of the null space of a matrix of rationals.
///
/// Gauss-Jordan elimination, the row with the fewest entries first; one vector for each column without a pivot. Cost: at
/// most the number of columns times the square of the rank, with numbers that grow; matrices of independent blocks cost as
/// much as the blocks.
///
/// ```
/// use twomode::exact::number::rational;
/// use twomode::exact::rank::SparseMatrix;
/// use twomode::laws::null_vectors::null_vectors;
/// let row = [(0, rational(2, 1)), (1, rational(1, 1))].into();
/// let matrix = SparseMatrix { name: "a row".to_owned(), columns: 2, rows: vec![row] };
/// assert_eq!(null_vectors(&matrix), [[(0, rational(-1, 2)), (1, rational(1, 1))].into()]);
/// ```
pub fn null_vectors(matrix: &SparseMatrix) -> Vec<Row<Rational>> {
    let mut rest = matrix.rows.clone();
    let mut pivots: BTreeMap<usize, Row<Rational>> = BTreeMap::new();
    while let Some(at) = (0..rest.len()).filter(|k| !rest[*k].is_empty()).min_by_key(|k| rest[*k].len()) {
        let mut pivot = rest.swap_remove(at);
        let Some((&column, scale)) = pivot.first_key_value() else { break };
        let scale = Rational::one() / scale.clone();
        pivot.values_mut().for_each(|x| *x *= scale.clone());
        rest.iter_mut().chain(pivots.values_mut()).for_each(|row| eliminate(row, column, &pivot));
        pivots.insert(column, pivot);
    }
    let free = (0..matrix.columns).filter(|k| !pivots.contains_key(k));
    free.map(|k| {
        let others = pivots.iter().filter_map(|(column, row)| Some((*column, -row.get(&k)?.clone())));
        others.chain([(k, Rational::from(integer(1)))]).collect()
    })
    .collect()
}

/// Removes a column from a row by the row whose entry there is 1.
fn eliminate(row: &mut Row<Rational>, column: usize, pivot: &Row<Rational>) {
    let Some(factor) = row.get(&column).cloned() else { return };
    for (k, x) in pivot {
        let entry = row.entry(*k).or_insert_with(Rational::zero);
        *entry -= factor.clone() * x;
        if entry.is_zero() {
            row.remove(k);
        }
    }
}
