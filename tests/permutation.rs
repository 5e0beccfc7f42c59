//! Two ensembles with noise of single atoms: the permutation-symmetric equations against all `2^N` levels.
//!
//! The other side is made of single-atom matrices alone: bits for atoms, jump operators as lists of entries, no total spins,
//! no multiplicities, no symmetry. Steady states are null vectors of a dense matrix, evolutions Taylor series in short steps.
#![cfg(feature = "numeric")]

use nalgebra::{DMatrix, DVector};
use twomode::numeric::Estimate;
use twomode::numeric::evolve::{Unwatched, Watch};
use twomode::numeric::lindblad::Dissipation;
use twomode::numeric::permutation::{Local, LocalError, Moments, Rates, SteadyState, evolve, steady};
use twomode::numeric::state::Initial;

// ---- All levels --------------------------------------------------------------------------------------------------------

/// A real operator as its entries: row, column, value.
type Operator = Vec<(usize, usize, f64)>;

/// All `2^N` levels; a bit that is set is an atom that is up.
struct Levels {
    atoms: [usize; 2],
    jumps: Vec<Operator>,
}

fn scaled(operator: &Operator, by: f64) -> Operator {
    operator.iter().map(|(i, j, x)| (*i, *j, by * x)).collect()
}

fn transposed(operator: &Operator) -> Operator {
    operator.iter().map(|(i, j, x)| (*j, *i, *x)).collect()
}

impl Levels {
    fn new(atoms: [usize; 2], r: f64, rates: Rates) -> Self {
        let mut levels = Self { atoms, jumps: Vec::new() };
        let [one, two] = [0, 1].map(|e| levels.collective(e));
        let sum = |a: &Operator, b: &Operator| [scaled(a, r.cosh()), scaled(&transposed(b), r.sinh())].concat();
        levels.jumps = vec![sum(&one, &two), sum(&two, &one)];
        for atom in 0..atoms[0] + atoms[1] {
            let down = levels.down(atom);
            let sign = |b: usize| if b >> atom & 1 == 1 { 1.0 } else { -1.0 };
            let phase = (0..levels.count()).map(|b| (b, b, sign(b))).collect();
            levels.jumps.extend([
                scaled(&down, rates.relaxation.sqrt()),
                scaled(&phase, rates.dephasing.sqrt()),
                scaled(&transposed(&down), rates.pumping.sqrt()),
            ]);
        }
        levels
    }

    fn count(&self) -> usize {
        1 << (self.atoms[0] + self.atoms[1])
    }

    fn down(&self, atom: usize) -> Operator {
        (0..self.count()).filter(|b| b >> atom & 1 == 1).map(|b| (b & !(1 << atom), b, 1.0)).collect()
    }

    fn range(&self, ensemble: usize) -> std::ops::Range<usize> {
        if ensemble == 0 { 0..self.atoms[0] } else { self.atoms[0]..self.atoms[0] + self.atoms[1] }
    }

    fn collective(&self, ensemble: usize) -> Operator {
        self.range(ensemble).flat_map(|atom| self.down(atom)).collect()
    }

    fn dense(&self, operator: &Operator) -> DMatrix<f64> {
        let mut matrix = DMatrix::zeros(self.count(), self.count());
        operator.iter().for_each(|(i, j, x)| matrix[(*i, *j)] += x);
        matrix
    }

    fn liouvillian(&self) -> impl Fn(&DMatrix<f64>) -> DMatrix<f64> {
        let n = self.count();
        let jumps: Vec<Operator> = self.jumps.iter().filter(|l| l.iter().any(|e| e.2 != 0.0)).cloned().collect();
        let decay = jumps.iter().fold(DMatrix::zeros(n, n), |sum, l| {
            let l = self.dense(l);
            sum + l.transpose() * l
        });
        move |rho| {
            let product = &decay * rho;
            let mut image = (&product + rho * &decay) * -0.5;
            for jump in &jumps {
                for (i, j, x) in jump {
                    for (k, l, y) in jump {
                        image[(*i, *k)] += x * y * rho[(*j, *l)];
                    }
                }
            }
            image
        }
    }

    /// `M_1 - M_2`, doubled and up to a constant.
    fn difference(&self, b: usize) -> i64 {
        let up = |ensemble: usize| self.range(ensemble).filter(|atom| b >> atom & 1 == 1).count() as i64;
        up(0) - up(1)
    }

    /// The null vector among the elements that keep `M_1 - M_2`, with one equation replaced by the trace.
    fn steady(&self) -> DMatrix<f64> {
        let n = self.count();
        let liouvillian = self.liouvillian();
        let all = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        let kept: Vec<(usize, usize)> = all.filter(|(i, j)| self.difference(*i) == self.difference(*j)).collect();
        let mut matrix = DMatrix::zeros(kept.len(), kept.len());
        for (column, at) in kept.iter().enumerate() {
            let mut unit = DMatrix::zeros(n, n);
            unit[*at] = 1.0;
            let image = liouvillian(&unit);
            kept.iter().enumerate().for_each(|(row, at)| matrix[(row, column)] = image[*at]);
            let inside: f64 = kept.iter().map(|at| image[*at].abs()).sum();
            assert!(image.iter().map(|x| x.abs()).sum::<f64>() <= inside * (1.0 + 1e-12), "the symmetry holds");
            matrix[(0, column)] = if at.0 == at.1 { 1.0 } else { 0.0 };
        }
        let mut right = DVector::zeros(kept.len());
        right[0] = 1.0;
        let lu = matrix.clone().lu();
        let mut x = lu.solve(&right).expect("one steady state");
        x += lu.solve(&(&right - &matrix * &x)).expect("a refinement");
        let mut rho = DMatrix::zeros(n, n);
        kept.iter().enumerate().for_each(|(row, at)| rho[*at] = x[row]);
        rho
    }

    /// From every atom down, by Taylor series in steps of norm one half.
    fn evolved(&self, time: f64) -> DMatrix<f64> {
        let liouvillian = self.liouvillian();
        let bound: f64 = self.jumps.iter().map(|l| 2.0 * self.dense(l).norm_squared()).sum();
        let steps = (time * bound.min(400.0)).ceil() as usize;
        let h = time / steps as f64;
        let mut rho = DMatrix::zeros(self.count(), self.count());
        rho[(0, 0)] = 1.0;
        for _ in 0..steps {
            let mut term = rho.clone();
            for order in 1..40 {
                term = liouvillian(&term) * (h / f64::from(order));
                rho += &term;
                if term.amax() < 1e-19 {
                    break;
                }
            }
        }
        rho
    }

    /// `X`, `iY`, `Z` of an ensemble.
    fn spin(&self, ensemble: usize) -> [DMatrix<f64>; 3] {
        let o = self.dense(&self.collective(ensemble));
        let z = (o.transpose() * &o - &o * o.transpose()) * 0.5;
        [(&o + o.transpose()) * 0.5, (&o - o.transpose()) * 0.5, z]
    }

    /// The probabilities of the total spins, the largest first.
    fn spins(&self, ensemble: usize, rho: &DMatrix<f64>) -> Vec<f64> {
        let [x, iy, z] = self.spin(ensemble);
        let square = &x * &x - &iy * &iy + &z * &z;
        let n = self.atoms[ensemble];
        let spins: Vec<f64> = (n % 2..=n).rev().step_by(2).map(|two_j| 0.5 * two_j as f64).collect();
        let value = |j: f64| j * (j + 1.0);
        let one = DMatrix::<f64>::identity(self.count(), self.count());
        let projector = |j: f64| {
            let others = spins.iter().filter(|i| **i != j);
            others.fold(one.clone(), |p, i| p * (&square - &one * value(*i)) / (value(j) - value(*i)))
        };
        spins.iter().map(|j| (projector(*j) * rho).trace()).collect()
    }
}

/// Each estimate beside its true value, with a name.
fn beside(levels: &Levels, rho: &DMatrix<f64>, m: &Moments) -> Vec<(String, Estimate, f64)> {
    let mean = |a: &DMatrix<f64>| (a * rho).trace();
    let [[x1, iy1, z1], [x2, iy2, z2]] = [0, 1].map(|e| levels.spin(e));
    let covariance = |a: &DMatrix<f64>, b: &DMatrix<f64>| {
        let shifted = |a: &DMatrix<f64>| a - DMatrix::identity(a.nrows(), a.nrows()) * mean(a);
        mean(&(shifted(a) * shifted(b)))
    };
    let minus = |e: Estimate| Estimate { value: -e.value, ..e };
    let mut all = vec![
        ("z1", m.z[0], mean(&z1)),
        ("z2", m.z[1], mean(&z2)),
        ("x1²", m.xx[0], mean(&(&x1 * &x1))),
        ("x2²", m.xx[1], mean(&(&x2 * &x2))),
        ("y1²", m.xx[0], -mean(&(&iy1 * &iy1))),
        ("y2²", m.xx[1], -mean(&(&iy2 * &iy2))),
        ("x1x2", m.cross_xx, mean(&(&x1 * &x2))),
        ("-y1y2", minus(m.cross_xx), -mean(&(&iy1 * &iy2))),
        ("z1z1", m.zz[0], covariance(&z1, &z1)),
        ("z2z2", m.zz[1], covariance(&z2, &z2)),
        ("z1z2", m.cross_zz, covariance(&z1, &z2)),
        ("x+²", m.x_plus_sq, mean(&((&x1 + &x2) * (&x1 + &x2)))),
        ("y-²", m.x_plus_sq, -mean(&((&iy1 - &iy2) * (&iy1 - &iy2)))),
        ("trace", m.trace, rho.trace()),
        ("purity", m.purity, (rho * rho).trace()),
    ]
    .into_iter()
    .map(|(name, e, truth)| (name.to_owned(), e, truth))
    .collect::<Vec<_>>();
    for ensemble in 0..2 {
        let truth = levels.spins(ensemble, rho);
        assert_eq!(m.spins[ensemble].len(), truth.len());
        let named = m.spins[ensemble].iter().zip(truth).enumerate();
        all.extend(named.map(|(at, (e, truth))| (format!("spin {at} of {ensemble}"), *e, truth)));
    }
    all
}

/// Equal to 1e-12, with an error that is no larger than that, and that covers the difference up to the rounding of the other
/// side.
fn equal(levels: &Levels, rho: &DMatrix<f64>, moments: &Moments) {
    for (name, e, truth) in beside(levels, rho, moments) {
        let off = (e.value - truth).abs();
        assert!(off < 1e-12, "{:?}, {name}: {e}, not {truth}", levels.atoms);
        assert!(e.error < 1e-11, "{:?}, {name}: the error of {e} is too large", levels.atoms);
        assert!(off <= e.error + 2e-14, "{:?}, {name}: {e} is off by {off}", levels.atoms);
    }
}

const SIZES: [[usize; 2]; 5] = [[1, 1], [2, 1], [2, 2], [3, 3], [4, 2]];

/// Each kind of noise alone, and all of them.
fn noises() -> [Rates; 4] {
    [
        Rates { relaxation: 0.7, ..Rates::default() },
        Rates { dephasing: 0.4, ..Rates::default() },
        Rates { pumping: 0.3, ..Rates::default() },
        Rates { relaxation: 0.2, dephasing: 0.35, pumping: 0.6 },
    ]
}

fn local(atoms: [usize; 2], r: f64, rates: Rates) -> Local {
    Local::new(atoms, r, rates).unwrap()
}

fn found(local: &Local) -> SteadyState {
    steady(local, &Unwatched).unwrap()
}

#[test]
fn steady_states_are_those_of_all_levels() {
    for atoms in SIZES {
        for (rates, r) in noises().into_iter().zip([0.6, -0.3, 0.9, 0.5]) {
            let levels = Levels::new(atoms, r, rates);
            let rho = levels.steady();
            let state = found(&local(atoms, r, rates));
            equal(&levels, &rho, &state.moments);
            assert!(state.residual < 1e-15, "{}", state.residual);
            assert!(state.lowest_eigenvalue > -1e-15, "{}", state.lowest_eigenvalue);
        }
    }
}

#[test]
fn evolutions_are_those_of_all_levels() {
    for atoms in SIZES {
        for (rates, r) in noises().into_iter().zip([0.6, -0.3, 0.9, 0.5]) {
            let levels = Levels::new(atoms, r, rates);
            let trajectory = evolve(&local(atoms, r, rates), &[0.0, 0.15, 0.5], &Unwatched).unwrap();
            assert!(trajectory.complete && trajectory.lowest_eigenvalue.unwrap() > -1e-15);
            for (time, moments) in [0.15, 0.5].into_iter().zip(&trajectory.moments[1..]) {
                equal(&levels, &levels.evolved(time), moments);
            }
        }
    }
}
