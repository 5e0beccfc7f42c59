//! Two ensembles with noise of single atoms: the permutation-symmetric equations against all `2^N` levels.
//!
//! The other side is made of single-atom matrices alone: bits for atoms, jump operators as lists of entries, no total spins,
//! no multiplicities, no symmetry. Steady states are null vectors of a dense matrix, evolutions Taylor series in short steps.
#![cfg(feature = "numeric")]

use nalgebra::{DMatrix, DVector};
use twomode::numeric::Estimate;
use twomode::numeric::evolve::{Unwatched, Watch};
use twomode::numeric::lindblad::Dissipation;
use twomode::numeric::noise::Rates;
use twomode::numeric::permutation::{Local, LocalError, Moments, SteadyState, evolve, steady};
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
        ("z1", m.pair.z[0], mean(&z1)),
        ("z2", m.pair.z[1], mean(&z2)),
        ("x1²", m.pair.xx[0], mean(&(&x1 * &x1))),
        ("x2²", m.pair.xx[1], mean(&(&x2 * &x2))),
        ("y1²", m.pair.xx[0], -mean(&(&iy1 * &iy1))),
        ("y2²", m.pair.xx[1], -mean(&(&iy2 * &iy2))),
        ("x1x2", m.pair.cross_xx, mean(&(&x1 * &x2))),
        ("-y1y2", minus(m.pair.cross_xx), -mean(&(&iy1 * &iy2))),
        ("z1z1", m.pair.zz[0], covariance(&z1, &z1)),
        ("z2z2", m.pair.zz[1], covariance(&z2, &z2)),
        ("z1z2", m.pair.cross_zz, covariance(&z1, &z2)),
        ("x+²", m.pair.x_plus_sq, mean(&((&x1 + &x2) * (&x1 + &x2)))),
        ("y-²", m.pair.x_plus_sq, -mean(&((&iy1 - &iy2) * (&iy1 - &iy2)))),
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
            // Up to two atoms each spin has one copy, so the eigenvalues are those of the blocks.
            if atoms.iter().all(|n| *n <= 2) {
                let lowest = rho.symmetric_eigenvalues().min();
                assert!((state.lowest_eigenvalue - lowest).abs() < 1e-14, "{}, not {lowest}", state.lowest_eigenvalue);
            }
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

// ---- Without noise of single atoms --------------------------------------------------------------------------------------

/// The two within the sum of their errors, which are small.
fn same(a: Estimate, b: Estimate) {
    assert!((a.value - b.value).abs() <= a.error + b.error, "{a} and {b}");
    assert!(a.error + b.error < 1e-9, "{a} and {b}");
}

#[test]
fn without_noise_the_largest_spins_evolve_as_before() {
    for (atoms, r) in [([1, 1], 0.8), ([2, 1], 0.4), ([3, 3], -0.7), ([5, 2], 0.6)] {
        let times = [0.0, 0.1, 0.7, 3.0];
        let spins = Dissipation::spins(atoms[0], atoms[1], r).unwrap();
        let quiet = local(atoms, r, Rates::default());
        assert_eq!(quiet.nullity(), (atoms[0] / 2 + 1) * (atoms[1] / 2 + 1));
        let here = evolve(&quiet, &times, &Unwatched).unwrap().moments;
        let there =
            twomode::numeric::evolve::evolve(&spins, &Initial::Product(0, 0), &times, &Unwatched).unwrap().moments;
        let state = twomode::numeric::steady::steady(&spins).unwrap().state.unwrap().moments;
        let all = here.iter().zip(&there).map(|(a, b)| (a.clone(), *b)).chain([(found(&quiet).moments, state)]);
        for (a, b) in all {
            (0..2).for_each(|e| same(a.pair.z[e], b.z[e]));
            same(a.pair.x_plus_sq, b.quadratures[0]);
            same(a.pair.x_plus_sq, b.quadratures[3]);
            same(a.purity, b.purity);
            same(a.trace, b.trace);
            assert!(a.spins.iter().all(|p| p.len() == 1 && p[0].agrees_with(1.0)));
        }
    }
}

#[test]
fn the_limit_of_small_rates_is_another_state_than_that_without_noise() {
    let weak = |rate: f64| Rates { relaxation: rate, ..Rates::default() };
    let quiet = found(&local([3, 3], 0.5, Rates::default())).moments;
    // First no noise, then long times: a pure state of the largest spins.
    assert!(quiet.purity.agrees_with(1.0) && quiet.spins[0].len() == 1);
    // First long times, then no noise: rates of 1e-8 and of 1e-200 have the same limit to within the rate.
    let [small, tiny] = [1e-8, 1e-200].map(|rate| found(&local([3, 3], 0.5, weak(rate))).moments);
    assert!((small.pair.z[0].value - tiny.pair.z[0].value).abs() < 1e-7 && small.pair.z[0].error < 1e-12);
    assert!(tiny.spins[0][0].value < 0.99 && (tiny.purity.value - 1.0).abs() > 0.05);
    // At times between the two scales the state without noise is there.
    let between = evolve(&local([3, 3], 0.5, weak(1e-8)), &[60.0], &Unwatched).unwrap().moments.remove(0);
    assert!((between.pair.x_plus_sq.value - quiet.pair.x_plus_sq.value).abs() < 1e-5);
    assert!((tiny.pair.x_plus_sq.value - quiet.pair.x_plus_sq.value).abs() > 1e-2);
}

// ---- Relations and errors -----------------------------------------------------------------------------------------------

#[test]
fn long_evolutions_end_in_the_steady_state() {
    for (atoms, r) in [([5, 5], 0.4), ([6, 3], 0.7)] {
        let noisy = local(atoms, r, Rates { relaxation: 0.9, dephasing: 0.2, pumping: 0.1 });
        let trajectory = evolve(&noisy, &[40.0, 60.0], &Unwatched).unwrap();
        let [early, late] = &trajectory.moments[..] else { panic!("two times") };
        let state = found(&noisy).moments;
        let pick = |m: &Moments| {
            [
                m.pair.z[0],
                m.pair.z[1],
                m.pair.xx[1],
                m.pair.zz[0],
                m.pair.cross_xx,
                m.pair.cross_zz,
                m.pair.x_plus_sq,
                m.purity,
            ]
        };
        for ((late, early), end) in pick(late).into_iter().zip(pick(early)).zip(pick(&state)) {
            same(late, end);
            same(early, end);
        }
        same(late.spins[0][1], state.spins[0][1]);
    }
}

#[test]
fn means_balance_and_each_ensemble_is_steady_by_itself() {
    // d<Z>/dt = -γ_-(<Z> + n/2) + γ_+(n/2 - <Z>) - (2<X²> + cosh(2r) <Z>), exactly; nothing of the other ensemble enters.
    let rates = Rates { relaxation: 0.3, dephasing: 0.2, pumping: 0.05 };
    let r = 0.7;
    let states = [[12, 12], [12, 1], [9, 12]].map(|atoms| (atoms, found(&local(atoms, r, rates)).moments));
    for (atoms, m) in &states {
        for e in 0..2 {
            let half = 0.5 * atoms[e] as f64;
            let (z, x) = (m.pair.z[e], m.pair.xx[e]);
            let change = -0.3 * (z.value + half) + 0.05 * (half - z.value) - 2.0 * x.value - (2.0 * r).cosh() * z.value;
            assert!(change.abs() <= 3.0 * (z.error + x.error), "{atoms:?}: {change}, {z}, {x}");
            assert!(z.error + x.error < 1e-11, "{z}, {x}");
        }
        for spins in &m.spins {
            let total: f64 = spins.iter().map(|p| p.value).sum();
            assert!((total - 1.0).abs() < 1e-14 && spins.iter().all(|p| p.value > 0.0));
        }
    }
    let [(_, a), (_, b), (_, c)] = &states;
    same(a.pair.zz[0], b.pair.zz[0]);
    same(a.spins[0][2], b.spins[0][2]);
    same(a.pair.xx[1], c.pair.xx[1]);
    // In the other order the elimination is another one.
    let turned = found(&local([1, 12], r, rates)).moments;
    same(turned.pair.x_plus_sq, b.pair.x_plus_sq);
    same(turned.pair.cross_zz, b.pair.cross_zz);
    same(turned.purity, b.purity);
}

#[test]
fn errors_cover_the_true_errors_also_for_tiny_rates_and_strong_squeezing() {
    // z1, z2, C_zz of both, X+², Tr ρ² of the null vector on all 2^N levels in mpmath 1.3 with 200 digits.
    type Case = ([usize; 2], f64, [f64; 3], [f64; 5]);
    let cases: [Case; 9] = [
        (
            [2, 2],
            0.5,
            [1e-08, 0.0, 0.0],
            [-0.7314712292677068, -0.7314712292677068, 0.23831587687036887, 0.2991392369754722, 0.868856193941737],
        ),
        (
            [2, 2],
            0.5,
            [0.0, 1e-08, 0.0],
            [-0.6480542736638853, -0.6480542736638853, 0.18706013042980527, 0.3488419001873415, 0.5551378803820056],
        ),
        (
            [3, 1],
            0.5,
            [1e-08, 0.0, 0.0],
            [-1.197878975506193, -0.32402713797234234, 0.13865356634936235, 0.6483628571061416, 0.6635278493231637],
        ),
        (
            [2, 2],
            0.5,
            [1e-60, 2e-60, 0.0],
            [-0.6631800804320619, -0.6631800804320619, 0.19589413429162583, 0.3414309860372284, 0.6021118167299448],
        ),
        (
            [2, 2],
            3.0,
            [1e-08, 0.5, 0.0],
            [
                -0.004957473943011626,
                -0.004957473943011626,
                0.0024574142726005448,
                0.9950849916976497,
                0.06251070473032226,
            ],
        ),
        (
            [2, 2],
            6.0,
            [0.3, 0.2, 0.0],
            [
                -1.597493529111526e-05,
                -1.597493529111526e-05,
                1.4833315141081406e-05,
                0.9999737564087827,
                0.06250000023321721,
            ],
        ),
        ([2, 2], 0.0, [0.0, 1e-08, 0.0], [-1.0, -1.0, 0.0, 1.0, 1.0]),
        (
            [2, 2],
            1.0,
            [1000000000.0, 1e-09, 0.0],
            [-0.9999999972378043, -0.9999999972378043, 1.3154116220054805e-17, 0.999999995508475, 0.9999999889512174],
        ),
        (
            [3, 2],
            4.0,
            [0.01, 0.0, 0.02],
            [
                -0.000996080632608734,
                -0.0006641281489807119,
                0.015614325631885513,
                1.218548891593967,
                0.03131114335011903,
            ],
        ),
    ];
    for (atoms, r, [relaxation, dephasing, pumping], truth) in cases {
        let m = found(&local(atoms, r, Rates { relaxation, dephasing, pumping })).moments;
        for (e, truth) in [m.pair.z[0], m.pair.z[1], m.pair.cross_zz, m.pair.x_plus_sq, m.purity].into_iter().zip(truth)
        {
            let rounding = f64::EPSILON * truth.abs();
            assert!((e.value - truth).abs() <= e.error + rounding, "{atoms:?}, r = {r}: {e}, not {truth}");
            // Digits are lost as e^{4r} only, not with small rates.
            assert!(e.error <= 1e-12 + 1e-15 * (4.0 * r).exp(), "{atoms:?}, r = {r}: {e}");
        }
    }
}

#[test]
fn the_wineland_parameter_is_that_of_its_definition() {
    let m = found(&local([4, 2], 0.6, Rates { relaxation: 0.5, ..Rates::default() })).moments;
    let expected = 6.0 * m.pair.x_plus_sq.value / (m.pair.z[0].value + m.pair.z[1].value).powi(2);
    assert!(m.xi2([4, 2]).unwrap().agrees_with(expected));
    let mut unsure = m;
    unsure.pair.z[0].error = 10.0;
    assert_eq!(unsure.xi2([4, 2]), None);
}

// ---- What is refused, and what is interrupted ---------------------------------------------------------------------------

#[test]
fn values_outside_the_range_are_refused_by_name() {
    let quiet = Rates::default();
    assert_eq!(Local::new([0, 3], 0.1, quiet), Err(LocalError::Atoms(0)));
    assert_eq!(Local::new([3, 1001], 0.1, quiet), Err(LocalError::Atoms(1001)));
    assert_eq!(Local::new([3, 3], 6.1, quiet), Err(LocalError::Squeezing(6.1)));
    assert!(Local::new([3, 3], f64::NAN, quiet).is_err());
    for bad in [-1e-9, f64::NAN, f64::INFINITY, 2e9] {
        for at in 0..3 {
            let mut rates = [0.1; 3];
            rates[at] = bad;
            let [relaxation, dephasing, pumping] = rates;
            let error = Local::new([2, 2], 0.1, Rates { relaxation, dephasing, pumping }).unwrap_err().to_string();
            assert!(error.starts_with(["γ_-", "γ_z", "γ_+"][at]) && error.contains("accepted"), "{error}");
        }
    }
    let fine = local([2, 2], 0.1, quiet);
    for times in [&[][..], &[1.0, 0.5], &[-1.0], &[f64::NAN]] {
        assert!(matches!(evolve(&fine, times, &Unwatched), Err(LocalError::Times(_))));
    }
}

struct Stopped;

impl Watch for Stopped {
    fn stop(&self) -> bool {
        true
    }
}

#[test]
fn an_interrupted_computation_says_so() {
    let noisy = local([3, 3], 0.4, Rates { relaxation: 0.1, ..Rates::default() });
    assert_eq!(steady(&noisy, &Stopped), Err(LocalError::Interrupted));
    let trajectory = evolve(&noisy, &[0.0, 1.0], &Stopped).unwrap();
    assert!(!trajectory.complete && trajectory.moments.len() <= 1 && trajectory.lowest_eigenvalue.is_none());
}
