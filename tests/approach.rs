//! How fast the steady state is approached, and steady states of unequal ensembles, by matrices written out here.

use nalgebra::{DMatrix, DVector};
use twomode::numeric::evolve::{Unwatched, evolve};
use twomode::numeric::lindblad::Dissipation;
use twomode::numeric::lindblad::spins::SpinBand;
use twomode::numeric::state::Initial;
use twomode::numeric::steady::steady;

/// `S^-` of a spin `two_s/2`.
fn lowering(two_s: usize) -> DMatrix<f64> {
    let n = two_s + 1;
    DMatrix::from_fn(n, n, |i, j| if j == i + 1 { ((j * (n - j)) as f64).sqrt() } else { 0.0 })
}

/// The Liouvillian of Eq. (10) on the whole space, rows of `ρ` one below the other.
fn liouvillian(two_s: [usize; 2], r: f64) -> DMatrix<f64> {
    let [n1, n2] = two_s.map(|n| n + 1);
    let o = [
        lowering(two_s[0]).kronecker(&DMatrix::identity(n2, n2)),
        DMatrix::identity(n1, n1).kronecker(&lowering(two_s[1])),
    ];
    let one = DMatrix::<f64>::identity(n1 * n2, n1 * n2);
    let dissipator = |l: DMatrix<f64>| {
        let k = l.transpose() * &l;
        l.kronecker(&l) - (k.kronecker(&one) + one.kronecker(&k)) * 0.5
    };
    dissipator(&o[0] * r.cosh() + o[1].transpose() * r.sinh())
        + dissipator(&o[1] * r.cosh() + o[0].transpose() * r.sinh())
}

#[test]
fn the_slowest_rate_is_an_eigenvalue_of_the_whole_liouvillian() {
    for (two_s, r) in [(1, 0.5), (1, 1.5), (2, 0.5), (2, 1.0)] {
        let band = SpinBand::new(&Dissipation::spins(two_s, two_s, r).unwrap()).unwrap();
        let rate = band.slowest_rate().unwrap();
        let whole = liouvillian([two_s, two_s], r);
        let all = faer::Mat::from_fn(whole.nrows(), whole.ncols(), |i, j| whole[(i, j)]).eigenvalues().unwrap();
        let nearest = all.iter().map(|lambda| (lambda.re + rate.value).hypot(lambda.im)).fold(f64::INFINITY, f64::min);
        assert!(nearest < 1e-9 && rate.error < 1e-9 && rate.value > 0.01, "2S = {two_s}, r = {r}: {rate}, {nearest}");
    }
}

#[test]
fn the_evolution_ends_with_the_slowest_rate() {
    let pair = Dissipation::spins(4, 4, 1.0).unwrap();
    let rate = SpinBand::new(&pair).unwrap().slowest_rate().unwrap().value;
    let reached = evolve(&pair, &Initial::Product(0, 0), &[0.0, 15.0 / rate, 16.0 / rate], &Unwatched).unwrap();
    let [start, a, b] = [0, 1, 2].map(|at| reached.moments[at]);
    // Two pure states: ||ρ - σ||² = 2 (1 - F).
    let (distance, infidelity) = (start.distance.unwrap(), start.infidelity.unwrap());
    assert!(distance.agrees_with((2.0 * infidelity.value).sqrt()), "{distance}, {infidelity}");
    for (a, b) in [(a.distance, b.distance), (a.infidelity, b.infidelity)] {
        let ratio = a.unwrap().value / b.unwrap().value;
        assert!((ratio / 1f64.exp() - 1.0).abs() < 1e-6, "{ratio}");
    }
}

/// `ξ²` from the null vector of the whole Liouvillian, where the trace takes the place of the first row.
fn naive_xi2(two_s: [usize; 2], r: f64) -> f64 {
    let [n1, n2] = two_s.map(|n| n + 1);
    let n = n1 * n2;
    let mut matrix = liouvillian(two_s, r);
    (0..n * n).for_each(|k| matrix[(0, k)] = f64::from(k % (n + 1) == 0));
    let null = matrix.lu().solve(&DVector::from_fn(n * n, |k, _| f64::from(k == 0))).unwrap();
    let rho = DMatrix::from_fn(n, n, |i, j| null[i * n + j]);
    let (a, b) = (lowering(two_s[0]), lowering(two_s[1]));
    let (one, other) = (DMatrix::<f64>::identity(n1, n1), DMatrix::<f64>::identity(n2, n2));
    let x = (a.kronecker(&other) + one.kronecker(&b)) * 0.5;
    let x = &x + x.transpose();
    let z = |a: &DMatrix<f64>| (a.transpose() * a - a * a.transpose()) * 0.5;
    let z = z(&a).kronecker(&other) + one.kronecker(&z(&b));
    (two_s[0] + two_s[1]) as f64 * (&rho * &x * &x).trace() / (&rho * &z).trace().powi(2)
}

#[test]
fn unequal_steady_states_agree_with_the_null_vector_of_the_whole_liouvillian() {
    for (two_s, r) in [([1, 2], 0.3), ([1, 3], 0.2), ([2, 3], 0.45), ([2, 3], 1.5)] {
        let state = steady(&Dissipation::spins(two_s[0], two_s[1], r).unwrap()).unwrap().state.unwrap();
        let xi2 = state.moments.xi2((two_s[0] + two_s[1]) as f64);
        assert!((xi2.value / naive_xi2(two_s, r) - 1.0).abs() < 1e-9, "{two_s:?}, r = {r}: {xi2}");
    }
}

/// To first order `ξ² = 1 - 8 r N_1 N_2/N²`, for any two sizes: small `r` and very different sizes are no difficulty.
#[test]
fn weak_squeezing_of_any_two_ensembles() {
    for (n1, n2) in [(1usize, 9usize), (9, 10), (8, 12), (3, 12)] {
        let n = (n1 + n2) as f64;
        for r in [1e-3, 1e-2] {
            let state = steady(&Dissipation::spins(n1, n2, r).unwrap()).unwrap().state.unwrap();
            let slope = (1.0 - state.moments.xi2(n).value) / r;
            let expected = 8.0 * (n1 * n2) as f64 / (n * n);
            assert!((slope / expected - 1.0).abs() < 10.0 * r, "({n1},{n2}), r = {r}: {slope}, {expected}");
        }
    }
}
