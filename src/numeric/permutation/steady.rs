//! The steady state, by elimination of the coherences.
//!
//! Only the engineered dissipation changes `k`, by one, so the matrix is block-tridiagonal in `k`. From the largest `k` inwards
//!
//! > `S_k = A_kk - A_{k,k+1} S_{k+1}^{-1} A_{k+1,k}`,
//!
//! and `S_0 x_0` is what remains for the populations `k = 0`.
//!
//! # Small rates
//! The engineered dissipation keeps the total spins, so without noise there is a steady state for each pair `(J_1, J_2)`, and with
//! rates near zero the equations are nearly singular. Therefore one equation of each pair is replaced by the sum of all of them:
//! the balance of the probability of the pair, in which the engineered dissipation cancels exactly and is not computed. These
//! balances, divided by the largest rate, and the other equations have a solution that stays well-conditioned as the rates go to
//! zero. The balance of the pair of largest spins follows from the others and makes room for the trace.
//!
//! Without any noise of single atoms only the largest spins are kept; what starts with every atom down ends there.
//!
//! # Errors
//! The solution is refined with the residual. With `g = A^{-T} f`, an expectation value `f x` is wrong by at most
//! `Σ_i |g_i| (|residual_i| + 16 ε (|A||x|)_i)` in first order, where the second term stands for the rounding of matrix elements
//! and of the residual. To this is added twice the change of the last refinement, and the rounding of the sum `f x`.
//!
//! Cost: with `m_k` elements for each `k`, about `2 Σ m_k³` operations and `3 m_0² + Σ m_k²` numbers of memory; `m_0` is about
//! `(n/2+1)⁴/2` for equal ensembles of `n` atoms, twice that otherwise.

use faer::linalg::solvers::{DenseSolveCore, PartialPivLu, Solve};
use faer::{Col, Mat};

use super::ensemble::{Column, merged};
use super::generator::{Space, Sparse, offsets};
use super::moments::{functionals, lowest_eigenvalue, squares};
use super::{Local, LocalError, Moments};
use crate::numeric::Estimate;
use crate::numeric::evolve::Watch;

/// The steady state that is reached with every atom down at first.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadyState {
    /// Its expectation values.
    pub moments: Moments,
    /// `max |𝓛ρ|` over the bound on the spectrum of `𝓛`.
    pub residual: f64,
    /// The smallest eigenvalue, each counted with the copies of its spins: negative by rounding only.
    pub lowest_eigenvalue: f64,
}

/// Bytes that [`steady`] needs for so many atoms, with noise of single atoms or without; from sizes alone.
///
/// ```
/// use twomode::numeric::permutation::steady::memory;
/// // Twelve atoms each: the blocks have 1225, 903, 666, ... elements.
/// assert!((5e7..2e8).contains(&(memory([12, 12], true) as f64)));
/// ```
pub fn memory(atoms: [usize; 2], local: bool) -> u128 {
    let offsets = offsets(atoms, local);
    let sizes: Vec<u128> = offsets.windows(2).map(|w| (w[1] - w[0]) as u128).collect();
    let inverses: u128 = sizes.iter().map(|m| m * m).sum();
    let length = offsets[offsets.len() - 1] as u128;
    // Of the largest block also the matrix before, its product with the couplings, and room for the factors.
    8 * (inverses + 3 * sizes[0] * sizes[0]) + 2 * ENTRY * length
}

/// Bytes for the column of an element: at most 4 + 2 · 9 entries of the ensembles alone and 8 of both.
pub(super) const ENTRY: u128 = 16 * 30;

/// The steady state.
///
/// # Errors
/// [`LocalError::Singular`] where the refinement does not converge; [`LocalError::Interrupted`].
///
/// ```
/// use twomode::numeric::{evolve::Unwatched, noise::Rates, permutation::{Local, steady}};
/// // Relaxation alone, without squeezing: every atom ends down.
/// let local = Local::new([3, 2], 0.0, Rates { relaxation: 0.4, ..Rates::default() }).unwrap();
/// let state = steady(&local, &Unwatched).unwrap();
/// assert!(state.moments.pair.z[0].agrees_with(-1.5) && state.moments.pair.x_plus_sq.agrees_with(1.25));
/// ```
pub fn steady(local: &Local, watch: &dyn Watch) -> Result<SteadyState, LocalError> {
    let space = Space::new(local);
    let balances = Balances::new(&space, local.rates().largest());
    let equations = Equations::new(&space, &balances, watch)?;
    let mut right = vec![0.0; space.len()];
    right[balances.trace] = 1.0;
    let (x, change) = equations.refined(&right)?;
    let mut rest = equations.residual(&right, &x);
    let magnitudes = equations.matrix.magnitudes(&x);
    rest.iter_mut().zip(&magnitudes).for_each(|(r, m)| *r = r.abs() + 16.0 * f64::EPSILON * m);
    let estimate = |weights: &[f64]| {
        let adjoint = equations.solve_transposed(weights);
        let condition: f64 = adjoint.iter().zip(&rest).map(|(g, r)| g.abs() * r).sum();
        let terms = || weights.iter().zip(&x).map(|(w, x)| w * x);
        let rounding = 16.0 * f64::EPSILON * terms().map(f64::abs).sum::<f64>();
        let changed: f64 = weights.iter().zip(&change).map(|(w, c)| w * c).sum();
        Estimate { value: terms().sum(), error: condition + rounding + 2.0 * changed.abs() }
    };
    let mean = |weights: &Vec<f64>| weights.iter().zip(&x).map(|(w, x)| w * x).sum();
    let [z1, z2, ..] = &functionals(&space, [0.0; 2])[..] else { return Err(LocalError::Singular) };
    let estimates: Vec<Estimate> =
        functionals(&space, [mean(z1), mean(z2)]).iter().map(|weights| estimate(weights)).collect();
    // Tr ρ² changes by twice the weights times x.
    let squared: Vec<f64> = squares(&space).iter().zip(&x).map(|(w, x)| w * x).collect();
    let Estimate { value, error } = estimate(&squared);
    Ok(SteadyState {
        moments: Moments::new(&space, &estimates, Estimate { value, error: 2.0 * error }),
        residual: residual(&space, &x),
        lowest_eigenvalue: lowest_eigenvalue(&space, &x),
    })
}

/// `max |𝓛x|` over the bound.
fn residual(space: &Space, x: &[f64]) -> f64 {
    use crate::numeric::chebyshev::Generator;
    let mut image = vec![0.0; x.len()];
    space.apply(x, &mut image);
    image.into_iter().fold(0.0f64, |a, b| a.max(b.abs())) / space.bound()
}

/// Which equations are replaced, and by what.
struct Balances {
    /// For each place of `k = 0` the equation of its pair of spins.
    row: Vec<usize>,
    /// For each place of `k = 0` what it adds to the balances.
    columns: Vec<Column>,
    /// The equation of the trace.
    trace: usize,
}

impl Balances {
    fn new(space: &Space, scale: f64) -> Self {
        let size = space.offsets[1];
        let (mut row, mut columns) = (vec![0; size], vec![Column::new(); size]);
        // The equation that makes room is that of the lowest M of both.
        let lowest = |two_j: [i64; 2]| {
            let bottom = [0, 1].map(|e: usize| {
                let state = super::ensemble::State { two_j: two_j[e], two_m: -two_j[e] };
                space.ensembles[e].index(0, state).unwrap_or_default()
            });
            space.place(0, bottom)
        };
        let trace = lowest(space.ensembles.each_ref().map(|e| e.n));
        for element in space.elements_of(0) {
            let pair = space.states(element).map(|s| s.two_j);
            let own = lowest(pair);
            row[element.place] = own;
            for (e, ensemble) in space.ensembles.iter().enumerate() {
                for (to, rate) in &ensemble.changes[element.at[e]] {
                    let mut reached = pair;
                    reached[e] = ensemble.coherences[0].states[*to].two_j;
                    let flow = [(own, -rate / scale), (lowest(reached), rate / scale)];
                    columns[element.place].extend(flow.into_iter().filter(|(row, _)| *row != trace));
                }
            }
            columns[element.place].push((trace, 1.0));
        }
        // Where two elements share a place both count, also in the trace.
        let columns = columns.into_iter().map(merged).collect();
        Self { row, columns, trace }
    }
}

/// The equations with their factors.
struct Equations<'a> {
    space: &'a Space,
    matrix: Sparse,
    /// `S_k^{-1}` for `k = 1, 2, ...`.
    inverses: Vec<Mat<f64>>,
    populations: PartialPivLu<f64>,
}

impl<'a> Equations<'a> {
    fn new(space: &'a Space, balances: &Balances, watch: &dyn Watch) -> Result<Self, LocalError> {
        let replaced = |row: &usize| balances.row.get(*row).is_some_and(|balance| balance == row);
        let column = |place: usize| {
            let kept = space.matrix.column(place).iter().filter(|(row, _)| !replaced(row)).copied();
            merged(kept.chain(balances.columns.get(place).into_iter().flatten().copied()).collect())
        };
        let matrix = Sparse::new((0..space.len()).map(column));
        let sizes: Vec<f64> = space.offsets.windows(2).map(|w| ((w[1] - w[0]) as f64).powi(3)).collect();
        let whole: f64 = sizes.iter().sum();
        let mut inverses: Vec<Mat<f64>> = Vec::new();
        for k in (1..=space.top()).rev() {
            if watch.stop() {
                return Err(LocalError::Interrupted);
            }
            let inverse = eliminated(space, &matrix, k, inverses.last()).partial_piv_lu().inverse();
            inverses.push(inverse);
            watch.advanced(sizes[k..].iter().sum::<f64>() / whole);
        }
        let populations = eliminated(space, &matrix, 0, inverses.last()).partial_piv_lu();
        inverses.reverse();
        Ok(Self { space, matrix, inverses, populations })
    }

    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut right = right.to_vec();
        for k in (0..self.space.top()).rev() {
            let above = self.inverse(k + 1, &right);
            self.subtract(k + 1, k, &above, &mut right);
        }
        let mut x = vec![0.0; right.len()];
        self.put(0, &self.populations.solve(self.part(0, &right)), &mut x);
        for k in 1..=self.space.top() {
            let below: Vec<f64> = self.part(k - 1, &x).iter().copied().collect();
            self.subtract(k - 1, k, &Col::from_fn(below.len(), |i| below[i]), &mut right);
            let solved = self.inverse(k, &right);
            self.put(k, &solved, &mut x);
        }
        x
    }

    /// `A^{-T} f`; what `f` lacks at the end is zero.
    fn solve_transposed(&self, f: &[f64]) -> Vec<f64> {
        let mut right = f.to_vec();
        right.resize(self.space.len(), 0.0);
        let transposed = |k: usize, right: &[f64]| self.inverses[k - 1].transpose() * self.part(k, right);
        for k in (0..self.space.top()).rev() {
            let above = transposed(k + 1, &right);
            self.subtract_transposed(k + 1, k, &above, &mut right);
        }
        let mut g = vec![0.0; right.len()];
        self.put(0, &self.populations.solve_transpose(self.part(0, &right)), &mut g);
        for k in 1..=self.space.top() {
            let below = self.part(k - 1, &g);
            self.subtract_transposed(k - 1, k, &below, &mut right);
            self.put(k, &transposed(k, &right), &mut g);
        }
        g
    }

    /// The refined solution and its last change.
    fn refined(&self, right: &[f64]) -> Result<(Vec<f64>, Vec<f64>), LocalError> {
        let largest = |x: &[f64]| x.iter().fold(0.0f64, |a, b| a.max(b.abs()));
        let mut x = self.solve(right);
        let mut before = f64::INFINITY;
        for _ in 0..REFINEMENTS {
            let change = self.solve(&self.residual(right, &x));
            x.iter_mut().zip(&change).for_each(|(x, c)| *x += c);
            let relative = largest(&change) / largest(&x);
            if relative < 4.0 * f64::EPSILON || relative > 0.25 * before && relative < 1e-3 {
                return Ok((x, change));
            }
            before = relative;
        }
        Err(LocalError::Singular)
    }

    /// `right - A x`.
    fn residual(&self, right: &[f64], x: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; x.len()];
        self.matrix.apply(x, &mut image);
        image.iter_mut().zip(right).for_each(|(i, r)| *i = r - *i);
        image
    }

    fn part(&self, k: usize, x: &[f64]) -> Col<f64> {
        let start = self.space.offsets[k];
        Col::from_fn(self.space.offsets[k + 1] - start, |i| x[start + i])
    }

    fn put(&self, k: usize, part: &Col<f64>, x: &mut [f64]) {
        x[self.space.offsets[k]..].iter_mut().zip(part.iter()).for_each(|(x, p)| *x = *p);
    }

    fn inverse(&self, k: usize, right: &[f64]) -> Col<f64> {
        &self.inverses[k - 1] * self.part(k, right)
    }

    /// `right_to -= A_{to,from} x`.
    fn subtract(&self, from: usize, to: usize, x: &Col<f64>, right: &mut [f64]) {
        for (column, x) in x.iter().enumerate() {
            let place = self.space.offsets[from] + column;
            block(self.space, &self.matrix, to, place)
                .for_each(|(row, a)| right[self.space.offsets[to] + row] -= a * x);
        }
    }

    /// `right_to -= (A_{from,to})^T x`.
    fn subtract_transposed(&self, from: usize, to: usize, x: &Col<f64>, right: &mut [f64]) {
        let columns = self.space.offsets[to]..self.space.offsets[to + 1];
        for (place, right) in columns.clone().zip(&mut right[columns]) {
            *right -= block(self.space, &self.matrix, from, place).map(|(row, a)| a * x[row]).sum::<f64>();
        }
    }
}

/// The most refinements.
const REFINEMENTS: usize = 12;

/// The entries of a column in the rows of one `k`, counted from its first.
fn block<'a>(
    space: &'a Space,
    matrix: &'a Sparse,
    k: usize,
    column: usize,
) -> impl Iterator<Item = (usize, f64)> + use<'a> {
    let rows = space.offsets[k]..space.offsets[k + 1];
    let start = rows.start;
    matrix.column(column).iter().filter(move |(row, _)| rows.contains(row)).map(move |(row, a)| (row - start, *a))
}

/// `S_k`, from `S_{k+1}^{-1}`.
fn eliminated(space: &Space, matrix: &Sparse, k: usize, inverse: Option<&Mat<f64>>) -> Mat<f64> {
    let size = space.offsets[k + 1] - space.offsets[k];
    let mut schur = Mat::zeros(size, size);
    let mut image = inverse.map_or_else(Vec::new, |inverse| vec![0.0; inverse.nrows()]);
    for column in 0..size {
        let place = space.offsets[k] + column;
        let mut into = schur.col_mut(column);
        block(space, matrix, k, place).for_each(|(row, a)| into[row] += a);
        let Some(inverse) = inverse else { continue };
        image.fill(0.0);
        for (row, a) in block(space, matrix, k + 1, place) {
            image.iter_mut().zip(inverse.col(row).iter()).for_each(|(i, x)| *i += a * x);
        }
        for (above, x) in image.iter().enumerate() {
            block(space, matrix, k, space.offsets[k + 1] + above).for_each(|(row, a)| into[row] -= a * x);
        }
    }
    schur
}
