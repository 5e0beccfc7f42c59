//! Small matrices of expressions: operators and states of few levels, written out.

use super::SIZE;
use super::calculus::{add, multiply};
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, Linear, Symbol};
use crate::exact::ket::Ket;

/// A matrix; a vector is a matrix with one column.
///
/// Zeros and ones are left out of sums and products, so that entries stay short.
///
/// ```
/// use twomode::exact::expression::Expression;
/// use twomode::model::matrix::Matrix;
/// let number = |n: i64| Expression::from(n);
/// let a = Matrix::from_rows(vec![vec![number(0), number(1)], vec![number(0), number(0)]]);
/// assert_eq!(a.times(&a), a.minus(&a));
/// assert_eq!(a.kronecker(&a).rows().len(), 4);
/// assert_eq!(a.adjoint().element(1, 0).to_string(), "1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    rows: Vec<Vec<Expression>>,
}

impl Matrix {
    /// A matrix from its rows, all of one length.
    pub fn from_rows(rows: Vec<Vec<Expression>>) -> Self {
        Self { rows }
    }

    /// A matrix from a function of row and column, both counted from 0.
    pub fn from_function(rows: usize, columns: usize, f: impl Fn(usize, usize) -> Expression) -> Self {
        Self { rows: (0..rows).map(|i| (0..columns).map(|j| f(i, j)).collect()).collect() }
    }

    /// A vector.
    pub fn column(entries: Vec<Expression>) -> Self {
        Self { rows: entries.into_iter().map(|e| vec![e]).collect() }
    }

    /// The unit matrix.
    pub fn identity(n: usize) -> Self {
        Self::from_function(n, n, |i, j| Expression::from(i64::from(i == j)))
    }

    /// The rows.
    pub fn rows(&self) -> &[Vec<Expression>] {
        &self.rows
    }

    /// The element in this row and column, counted from 0.
    pub fn element(&self, row: usize, column: usize) -> Expression {
        self.rows[row][column].clone()
    }

    fn columns(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// The matrix with every element changed.
    pub fn map(&self, f: impl Fn(&Expression) -> Expression) -> Self {
        Self { rows: self.rows.iter().map(|row| row.iter().map(&f).collect()).collect() }
    }

    /// `self + other`.
    pub fn plus(&self, other: &Self) -> Self {
        Self::from_function(self.rows.len(), self.columns(), |i, j| add(self.element(i, j), other.element(i, j)))
    }

    /// `self - other`.
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.scaled(&Expression::from(-1)))
    }

    /// `c · self`.
    pub fn scaled(&self, c: &Expression) -> Self {
        self.map(|e| multiply(c.clone(), e.clone()))
    }

    /// `self · other`.
    pub fn times(&self, other: &Self) -> Self {
        Self::from_function(self.rows.len(), other.columns(), |i, j| {
            (0..other.rows.len())
                .map(|k| multiply(self.element(i, k), other.element(k, j)))
                .fold(Expression::from(0), add)
        })
    }

    /// `self†`.
    pub fn adjoint(&self) -> Self {
        Self::from_function(self.columns(), self.rows.len(), |i, j| self.element(j, i).conjugate())
    }

    /// `[self, other]`.
    pub fn commutator(&self, other: &Self) -> Self {
        self.times(other).minus(&other.times(self))
    }

    /// `self ⊗ other`, the index of `other` running faster.
    pub fn kronecker(&self, other: &Self) -> Self {
        let (height, width) = (other.rows.len(), other.columns());
        Self::from_function(self.rows.len() * height, self.columns() * width, |i, j| {
            multiply(self.element(i / height, j / width), other.element(i % height, j % width))
        })
    }

    /// `O` in the basis `|m_max>, ..., |1>, |0>`, from the values `o(1), ..., o(m_max)`.
    pub fn lowering(roots: &[Expression]) -> Self {
        let top = roots.len();
        Self::from_function(top + 1, top + 1, |i, j| {
            // Row i belongs to m = top - i.
            if i == j + 1 { roots[top - j - 1].clone() } else { Expression::from(0) }
        })
    }

    /// An operator of two subsystems, each with the lowering operator `o`.
    pub fn of_operator(operator: &Operator, o: &Self) -> Self {
        let unit = Self::identity(o.rows.len());
        let word = |letters: &[bool]| {
            letters.iter().fold(unit.clone(), |w, &raise| w.times(&if raise { o.adjoint() } else { o.clone() }))
        };
        let nothing = unit.kronecker(&unit).scaled(&Expression::from(0));
        operator
            .terms()
            .fold(nothing, |sum, ((first, second), c)| sum.plus(&word(first).kronecker(&word(second)).scaled(c)))
    }

    /// A vector of two subsystems at one size, from the values `o(1), ..., o(m_max)`; both labels fall from `m_max`.
    pub fn of_ket(ket: &Ket, roots: &[Expression]) -> Self {
        let top = roots.len() as i64;
        let mut entries = vec![Expression::from(0); roots.len().saturating_add(1).pow(2)];
        let fixed = |l: &Linear| l.substitute(&Symbol::new(SIZE), &Linear::from(top)).as_integer();
        for term in &ket.terms {
            let (Some(from), Some(to)) = (fixed(&term.from), fixed(&term.to)) else { continue };
            for m in from..=to {
                let place = |l: &Linear| fixed(&l.substitute(&term.index, &Linear::from(m)));
                let (Some(first), Some(second)) = (place(&term.at.0), place(&term.at.1)) else { continue };
                if !(0..=top).contains(&first) || !(0..=top).contains(&second) {
                    continue;
                }
                let coefficient = term.coefficient.substitute_integer(&term.index, &Linear::from(m));
                let coefficient = coefficient.substitute_integer(&Symbol::new(SIZE), &Linear::from(top));
                let amplitude = term.roots.iter().fold(coefficient, |product, ((_, l), e)| {
                    let at = place(l).filter(|at| (1..=top).contains(at));
                    let root = at.map_or(Expression::from(0), |at| roots[at as usize - 1].clone());
                    (0..*e).fold(product, |p, _| multiply(p, root.clone()))
                });
                let at = ((top - first) * (top + 1) + top - second) as usize;
                entries[at] = add(entries[at].clone(), amplitude);
            }
        }
        Self::column(entries)
    }
}
