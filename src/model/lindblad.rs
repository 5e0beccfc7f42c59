//! The engineered dissipation of Eq. (10): jump operators, dissipators as matrices, the Liouvillian column by column.

use std::collections::BTreeMap;
use std::ops::{Div, Neg};

use num_traits::{One, Zero};

use super::matrix::Matrix;
use super::squeezing::{cosh, sinh};
use super::{operators::lowering, trace};
use crate::exact::algebra::Operator;
use crate::exact::expression::{Expression, ratio};
use crate::exact::number::{Rational, integer};
use crate::exact::rank::{Row, SparseMatrix};

/// `L_j = cosh(r) O_j + sinh(r) O_{j̄}†`, with `j̄` the other subsystem.
pub fn jump_operator(j: u8) -> Operator {
    trace::uses("eq10");
    let other = lowering(3 - j).adjoint();
    lowering(j).scaled(&cosh()).plus(&other.scaled(&sinh()))
}

/// `D[Γ]ρ = ΓρΓ† - Γ†Γρ/2 - ρΓ†Γ/2`.
pub fn dissipator(jump: &Matrix, rho: &Matrix) -> Matrix {
    trace::uses("eq10");
    let rate = jump.adjoint().times(jump);
    let loss = rate.times(rho).plus(&rho.times(&rate)).scaled(&ratio(1, 2));
    jump.times(rho).times(&jump.adjoint()).minus(&loss)
}

/// The elements conjugated.
pub fn conjugated(a: &Matrix) -> Matrix {
    a.map(Expression::conjugate)
}

/// The transposed matrix.
pub fn transposed(a: &Matrix) -> Matrix {
    conjugated(&a.adjoint())
}

/// The rows of a matrix in one column, one below the other: `A ρ B` becomes `(A ⊗ Bᵀ) vec ρ`.
pub fn rows_stacked(a: &Matrix) -> Matrix {
    Matrix::column(a.rows().iter().flatten().cloned().collect())
}

/// The columns of a matrix in one column, one below the other: `A ρ B` becomes `(Bᵀ ⊗ A) vec ρ`.
pub fn columns_stacked(a: &Matrix) -> Matrix {
    rows_stacked(&transposed(a))
}

/// What matrix elements are made of: rationals or floating-point numbers.
pub trait Scalar: Clone + Zero + One + Neg<Output = Self> + Div<Output = Self> {}

impl<T: Clone + Zero + One + Neg<Output = T> + Div<Output = T>> Scalar for T {}

/// An operator `O` that lowers the levels `0, ..., m_max` of one system by one, and its adjoint, in one basis.
///
/// The basis need not be normalised: in `e_m = |m>/(o(1)...o(m))`, `down` is 1 and `up` is `o²`, both rational.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder<T> {
    /// `down[m]` is the coefficient of level `m-1` in `O` on level `m`; `down[0]` is not used.
    pub down: Vec<T>,
    /// `up[m]` is the coefficient of level `m+1` in `O†` on level `m`; the last one is not used.
    pub up: Vec<T>,
}

impl<T: Scalar> Ladder<T> {
    /// The operator times a real number.
    pub fn scaled(&self, factor: &T) -> Self {
        let by = |entries: &[T]| entries.iter().map(|x| x.clone() * factor.clone()).collect();
        Self { down: by(&self.down), up: by(&self.up) }
    }

    fn lower(&self, m: usize) -> Option<(usize, T)> {
        Some((m.checked_sub(1)?, self.down.get(m)?.clone()))
    }

    fn raise(&self, m: usize) -> Option<(usize, T)> {
        (m + 1 < self.up.len()).then(|| (m + 1, self.up[m].clone()))
    }
}

impl Ladder<Rational> {
    /// The ladder with these `o²(1), ..., o²(m_max)` in the basis `e_m`, in which it is rational. The product in `e_m`
    /// starts again after each zero of `o`, so there `down` is zero too.
    ///
    /// ```
    /// use twomode::exact::number::rational;
    /// use twomode::model::lindblad::Ladder;
    /// let ladder = Ladder::rational(&[rational(3, 1), rational(0, 1)]);
    /// assert_eq!(ladder.down, [0, 1, 0].map(|n| rational(n, 1)));
    /// assert_eq!(ladder.up, [3, 0, 0].map(|n| rational(n, 1)));
    /// ```
    pub fn rational(squares: &[Rational]) -> Self {
        let none = || Rational::from(integer(0));
        let down = squares.iter().map(|o2| if o2.is_zero() { none() } else { Rational::from(integer(1)) });
        Self { down: [none()].into_iter().chain(down).collect(), up: squares.iter().cloned().chain([none()]).collect() }
    }
}

/// The jump operator `A_j + B†_{j̄}`: it lowers one system, or raises the other one, `j̄`.
#[derive(Clone, Debug, PartialEq)]
pub struct Jump<T> {
    /// Whether `j` is system 1; otherwise it is system 2.
    pub first: bool,
    /// `A`.
    pub lowers: Ladder<T>,
    /// `B`.
    pub raises: Ladder<T>,
}

/// `|m1,m2>`.
pub type Pair = [usize; 2];

/// `|m1,m2><n1,n2|` as `[m1, m2, n1, n2]`.
pub type Element = [usize; 4];

impl<T: Scalar> Jump<T> {
    /// The positions of `j` and `j̄` in a pair.
    fn systems(&self) -> [usize; 2] {
        if self.first { [0, 1] } else { [1, 0] }
    }

    /// The jump operator applied to `|m1,m2>`: at most two levels, with their coefficients.
    pub fn apply(&self, m: Pair) -> Vec<(Pair, T)> {
        let [own, other] = self.systems();
        moved(m, own, self.lowers.lower(m[own]))
            .into_iter()
            .chain(moved(m, other, self.raises.raise(m[other])))
            .collect()
    }

    /// Its adjoint `A†_j + B_{j̄}` applied to `|m1,m2>`.
    pub fn apply_adjoint(&self, m: Pair) -> Vec<(Pair, T)> {
        let [own, other] = self.systems();
        moved(m, own, self.lowers.raise(m[own]))
            .into_iter()
            .chain(moved(m, other, self.raises.lower(m[other])))
            .collect()
    }
}

/// The pair with one system on another level, unless the coefficient vanishes.
fn moved<T: Zero>(mut m: Pair, system: usize, to: Option<(usize, T)>) -> Option<(Pair, T)> {
    let (level, c) = to.filter(|(_, c)| !c.is_zero())?;
    m[system] = level;
    Some((m, c))
}

/// The jump operators `cosh(r) O_j + sinh(r) O_{j̄}†` of Eq. (10), for two ladders that may differ.
///
/// With the factors 1 and `tanh r` they are divided by `cosh r`, and rational.
pub fn jumps<T: Scalar>(ladders: &[Ladder<T>; 2], cosh: &T, sinh: &T) -> [Jump<T>; 2] {
    let jump = |first, own: &Ladder<T>, other: &Ladder<T>| Jump {
        first,
        lowers: own.scaled(cosh),
        raises: other.scaled(sinh),
    };
    let [one, two] = ladders;
    [jump(true, one, two), jump(false, two, one)]
}

/// `Σ_j D[L_j]` applied to `|m1,m2><n1,n2|`: the elements reached, in order, with their coefficients; rate 1.
///
/// Jump operators are real, so in any real basis, normalised or not, a bra takes the coefficients of its ket:
/// `Lρ L† = Σ (L|m>)(L|n>)†` and `L†Lρ = Σ (L†L|m>)<n|`. Cost: at most 22 products for each jump operator.
///
/// ```
/// use twomode::exact::number::rational;
/// use twomode::model::lindblad::{Ladder, jumps, liouvillian_column};
/// let ladder = Ladder::rational(&[rational(1, 1)]);
/// let both = jumps(&[ladder.clone(), ladder], &rational(1, 1), &rational(0, 1));
/// // |1,0><1,0| decays to |0,0><0,0| at rate 1.
/// let column = liouvillian_column(&both, [1, 0, 1, 0]);
/// assert_eq!(column, [([0, 0, 0, 0], rational(1, 1)), ([1, 0, 1, 0], rational(-1, 1))]);
/// ```
pub fn liouvillian_column<T: Scalar>(jumps: &[Jump<T>], [m1, m2, n1, n2]: Element) -> Vec<(Element, T)> {
    let (m, n) = ([m1, m2], [n1, n2]);
    let half = T::one() / (T::one() + T::one());
    let mut column: BTreeMap<Element, T> = BTreeMap::new();
    let mut add = |[m1, m2]: Pair, [n1, n2]: Pair, c: T| {
        let sum = column.entry([m1, m2, n1, n2]).or_insert_with(T::zero);
        *sum = sum.clone() + c;
    };
    for jump in jumps {
        let (ket, bra) = (jump.apply(m), jump.apply(n));
        for (to, a) in &ket {
            bra.iter().for_each(|(from, b)| add(*to, *from, a.clone() * b.clone()));
        }
        for (through, a) in ket {
            jump.apply_adjoint(through).into_iter().for_each(|(to, b)| add(to, n, -(half.clone() * a.clone() * b)));
        }
        for (through, a) in bra {
            jump.apply_adjoint(through).into_iter().for_each(|(to, b)| add(m, to, -(half.clone() * a.clone() * b)));
        }
    }
    column.into_iter().filter(|(_, c)| !c.is_zero()).collect()
}

/// The elements `|m1,m2><n1,n2|` with `(m1 - m2) - (n1 - n2) = k`, in order: no other one is reached from them.
///
/// Each jump operator changes `m1 - m2` of ket and bra by the same amount. `levels` has the number of levels of each system.
///
/// ```
/// use twomode::model::lindblad::sector;
/// assert_eq!(sector([2, 2], 2), [[1, 0, 0, 1]]);
/// assert_eq!((-2..=2).map(|k| sector([2, 2], k).len()).sum::<usize>(), 16);
/// ```
pub fn sector(levels: [usize; 2], k: i64) -> Vec<Element> {
    let difference = |[m1, m2]: Pair| m1 as i64 - m2 as i64;
    let pairs: Vec<Pair> = (0..levels[0]).flat_map(|m1| (0..levels[1]).map(move |m2| [m1, m2])).collect();
    let elements = pairs.iter().flat_map(|m| pairs.iter().map(move |n| (*m, *n)));
    elements.filter(|(m, n)| difference(*m) - difference(*n) == k).map(|(m, n)| [m[0], m[1], n[0], n[1]]).collect()
}

/// The place of `|m1,m2><n1,n2|` among all elements.
pub fn place(levels: [usize; 2], [m1, m2, n1, n2]: Element) -> usize {
    ((m1 * levels[1] + m2) * levels[0] + n1) * levels[1] + n2
}

/// `Σ_j D[L_j]` as a matrix that acts on all elements, numbered by [`place`]; rate 1.
///
/// Whatever the basis, it is similar to the matrix in orthonormal levels, with a null space of the same dimension.
pub fn liouvillian(name: String, jumps: &[Jump<Rational>], levels: [usize; 2]) -> SparseMatrix {
    trace::uses("eq10");
    let most = (levels[0] + levels[1]) as i64;
    let columns = (levels[0] * levels[1]).pow(2);
    let mut rows: Vec<Row<Rational>> = vec![Row::new(); columns];
    for element in (-most..=most).flat_map(|k| sector(levels, k)) {
        for (to, x) in liouvillian_column(jumps, element) {
            rows[place(levels, to)].insert(place(levels, element), x);
        }
    }
    SparseMatrix { name, columns, rows }
}

/// `|ψ><ψ|` for real amplitudes, as a vector that [`liouvillian`] acts on.
pub fn projector(levels: [usize; 2], amplitudes: &[(Pair, Rational)]) -> Row<Rational> {
    let pairs = amplitudes.iter().flat_map(|a| amplitudes.iter().map(move |b| (a, b)));
    pairs.map(|((m, a), (n, b))| (place(levels, [m[0], m[1], n[0], n[1]]), a.clone() * b)).collect()
}
