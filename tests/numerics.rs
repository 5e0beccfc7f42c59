//! The floating-point room against exact sums, closed forms, dense matrices and the numbers of other programs.
//!
//! Each check compares the true error with the stated one; a stated error that is far too large fails as well.
#![cfg(feature = "numeric")]

use nalgebra::{DMatrix, DVector, SymmetricEigen};
use num_bigint::BigInt;
use num_complex::Complex64;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use twomode::numeric::Estimate;
use twomode::numeric::metrology::{MetrologyError, SpinPair};
use twomode::numeric::unitary::{MAX_TWO_S, UnitaryError, two_axis_amplitudes, two_axis_limit, two_axis_optimum};

/// Rows of a reference file, numbers as doubles.
fn rows(csv: &str) -> Vec<Vec<f64>> {
    let rows: Vec<_> = csv.lines().skip(1).map(|l| l.split(',').map(|x| x.parse().unwrap()).collect()).collect();
    assert!(!rows.is_empty());
    rows
}

fn relative(estimate: Estimate, truth: f64) -> f64 {
    (estimate.value / truth - 1.0).abs()
}

// ---- metrology ------------------------------------------------------------------------------------------------------

/// Z, <X+^2>, <X-^2> at tanh r = t, summed over the definition in exact rationals.
fn exact_moments(two_s: i64, t: &BigRational) -> [BigRational; 3] {
    let whole = |n: i64| BigRational::from_integer(BigInt::from(n));
    let o2 = |m: i64| whole(m * (two_s + 1 - m));
    let (mut norm, mut z, mut single, mut pair) = (whole(0), whole(0), whole(0), whole(0));
    let mut amplitude = BigRational::one(); // (-t)^m
    for m in 0..=two_s {
        let p = &amplitude * &amplitude;
        norm += &p;
        z += &p * whole(2 * m - two_s) / whole(2);
        single += &p * (o2(m) + o2(m + 1)) / whole(2); // <X_1^2 + X_2^2>
        let next = -&amplitude * t;
        pair += &amplitude * &next * o2(m + 1); // 2 <X_1 X_2>
        amplitude = next;
    }
    [z / &norm, (&single + &pair) / &norm, (single - pair) / norm]
}

#[test]
fn metrology_equals_exact_sums_at_rational_points() {
    let points = [(1, 1000), (-1, 3), (1, 2), (2, 3), (-9, 10), (999, 1000)];
    let mut checked = 0;
    for two_s in (1..=12).chain([31, 400]) {
        for (p, q) in points {
            let t = BigRational::new(BigInt::from(p), BigInt::from(q));
            // r is the double nearest to artanh t, not artanh t: each result may move by 2|r| roundings of r, and one or
            // two more come from the logarithms.
            let (p, q) = (f64::from(p), f64::from(q));
            let r = 0.5 * (2.0 * p / (q - p)).ln_1p();
            let allowed = SpinPair::RELATIVE_ERROR + 8.0 * f64::EPSILON * r.abs();
            let pair = SpinPair::new(two_s, r).unwrap();
            let computed = [pair.z(), pair.x_plus_sq(), pair.x_minus_sq()];
            for (estimate, exact) in computed.into_iter().zip(exact_moments(two_s as i64, &t)) {
                assert!(!exact.is_zero());
                assert!(relative(estimate, exact.to_f64().unwrap()) < allowed, "2S = {two_s}, t = {t}: {estimate}");
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 14 * 6 * 3);
}

#[test]
fn metrology_equals_fifty_digit_sums() {
    let mut worst = 0f64;
    for row in rows(include_str!("../proofs/reference/metrology_large.csv")) {
        let pair = SpinPair::new(row[0] as u64, row[1]).unwrap();
        let computed = [pair.z(), pair.n_q(), pair.x_plus_sq(), pair.x_minus_sq(), pair.xi2()];
        for (estimate, truth) in computed.into_iter().zip(&row[2..]) {
            assert!(estimate.agrees_with(*truth), "2S = {}, r = {}: {estimate}, {truth}", row[0], row[1]);
            worst = worst.max(relative(estimate, *truth));
        }
    }
    println!("largest relative error {worst:.1e}, stated {:.1e}", SpinPair::RELATIVE_ERROR);
    assert!(SpinPair::RELATIVE_ERROR < 30.0 * worst, "stated {:e}, true {worst:e}", SpinPair::RELATIVE_ERROR);
}

#[test]
fn metrology_is_finite_and_consistent_everywhere() {
    let squeezings = [0.0, 5e-324, 1e-300, 1e-16, 1e-3, 0.5, 3.0, 18.0, 19.1, 50.0, SpinPair::MAX_R];
    for two_s in [1, 2, 3, 10, 1000, 2_000_000, u64::MAX] {
        for r in squeezings.into_iter().flat_map(|r| [r, -r]) {
            let pair = SpinPair::new(two_s, r).unwrap();
            let (z, q) = (pair.z(), pair.qfim());
            let positive = [pair.n_q(), pair.xi2(), pair.q_max(), q[0][0], q[1][1], q[2][2], q[3][3]];
            assert!(positive.iter().all(|x| x.value.is_normal() && x.value > 0.0 && x.error.is_normal()), "{pair:?}");
            assert!(z.value < 0.0 && z.value >= -0.5 * two_s as f64);
            let (n_q, product) = (pair.n_q().value, q[0][0].value.sqrt() * q[1][1].value.sqrt());
            assert!((product / n_q - 1.0).abs() < 1e-14);
            assert!((0..16).all(|k| k % 5 == 0 || q[k / 4][k % 4].value == 0.0));
            assert!(q[1][1].value.max(q[0][0].value) <= pair.q_max().value * (1.0 + 1e-14), "{pair:?}");
        }
    }
}

#[test]
fn metrology_refuses_with_a_reason() {
    assert_eq!(SpinPair::new(0, 1.0), Err(MetrologyError::NoSpin));
    assert!(matches!(SpinPair::new(1, f64::NAN), Err(MetrologyError::NotFinite(_))));
    assert_eq!(SpinPair::new(1, f64::INFINITY), Err(MetrologyError::NotFinite(f64::INFINITY)));
    let refused = SpinPair::new(1, -171.5);
    assert_eq!(refused, Err(MetrologyError::TooSqueezed(-171.5)));
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("-171.5") && message.contains("160"), "{message}");
}

// ---- the two-axis protocol ------------------------------------------------------------------------------------------

fn o2(two_s: u64, m: u64) -> f64 {
    (m * (two_s + 1 - m)) as f64
}

/// i^k
fn phase(k: usize) -> Complex64 {
    [Complex64::ONE, Complex64::I, -Complex64::ONE, -Complex64::I][k % 4]
}

/// X_1, Y_1, Z_1, X_2, Y_2 on the whole space of two spins.
fn spin_matrices(two_s: u64) -> [DMatrix<Complex64>; 5] {
    let n = two_s as usize + 1;
    let lower =
        DMatrix::from_fn(
            n,
            n,
            |i, j| {
                if j == i + 1 { Complex64::from(o2(two_s, j as u64).sqrt()) } else { Complex64::ZERO }
            },
        );
    let (raise, one) = (lower.adjoint(), DMatrix::identity(n, n));
    let x = (&raise + &lower) * Complex64::from(0.5);
    let y = (&raise - &lower) * Complex64::new(0.0, -0.5);
    let z = (&raise * &lower - &lower * &raise) * Complex64::from(0.5);
    [x.kronecker(&one), y.kronecker(&one), z.kronecker(&one), one.kronecker(&x), one.kronecker(&y)]
}

fn mean(state: &DVector<Complex64>, operator: &DMatrix<Complex64>) -> f64 {
    state.dotc(&(operator * state)).re
}

#[test]
fn two_axis_equals_the_dense_matrix_exponential() {
    for (two_s, time) in [(1, 0.7), (2, 0.4), (3, -0.3), (4, 0.35), (5, 2.0)] {
        let [x1, y1, z1, x2, y2] = spin_matrices(two_s);
        let h = &x1 * &x2 - &y1 * &y2;
        let n = two_s as usize + 1;
        let mut start = DVector::zeros(n * n);
        start[0] = Complex64::ONE;
        let psi = (h * Complex64::new(0.0, -time)).exp() * start;
        let state = two_axis_amplitudes(two_s, time).unwrap();
        for (m, b) in state.values().iter().enumerate() {
            assert!((psi[m * n + m] - phase(3 * m) * b).norm() < 1e-13);
        }
        assert!((psi.norm() - 1.0).abs() < 1e-13, "paired components only");
        let half = Complex64::from(0.5f64.sqrt());
        let minus = (&x1 + &x2 - &y1 - &y2) * half;
        let plus = (&x1 + &x2 + &y1 + &y2) * half;
        let second_pair = [(&x1 - &x2 + &y1 - &y2) * half, (&x1 - &x2 - &y1 + &y2) * half];
        let [v_minus, v_plus] = state.variances();
        for (operator, variance) in [(&minus, v_minus), (&plus, v_plus), (&second_pair[0], v_minus)] {
            assert!((mean(&psi, &(operator * operator)) - variance.value).abs() < 1e-12);
        }
        assert!((mean(&psi, &(&second_pair[1] * &second_pair[1])) - v_plus.value).abs() < 1e-12);
        assert!((mean(&psi, &z1) - state.z().value).abs() < 1e-13);
        assert!(time > 1.0 || (v_minus.value < v_plus.value) == (time > 0.0)); // which one is squeezed
        // These are the extremes over all directions.
        for k in 0..64 {
            let (sin, cos) = (f64::from(k) * std::f64::consts::PI / 64.0).sin_cos();
            let w = (&x1 + &x2) * Complex64::from(cos) + (&y1 + &y2) * Complex64::from(sin);
            let v = mean(&psi, &(&w * &w));
            assert!(v > v_minus.value.min(v_plus.value) - 1e-12 && v < v_minus.value.max(v_plus.value) + 1e-12);
        }
    }
}

#[test]
fn two_axis_equals_closed_forms() {
    for k in -20..=20 {
        let t = 0.17 * f64::from(k);
        let state = two_axis_amplitudes(1, t).unwrap();
        let truth = [(t / 2.0).cos(), (t / 2.0).sin()];
        assert!(state.values().iter().zip(truth).all(|(b, c)| (b - c).abs() <= state.error()));
        let state = two_axis_amplitudes(2, t).unwrap();
        let (s, c) = (t * 2f64.sqrt()).sin_cos();
        let truth = [(1.0 + c) / 2.0, s * 0.5f64.sqrt(), (1.0 - c) / 2.0];
        assert!(state.values().iter().zip(truth).all(|(b, c)| (b - c).abs() <= state.error()));
        assert!(state.variances()[0].agrees_with((2f64.sqrt() - s).powi(2) / 2.0));
        assert!(state.z().agrees_with(-c) && state.error() < 1e-13);
    }
    let best = two_axis_optimum(1).unwrap();
    assert_eq!((best.xi2.value, best.time.value), (0.5, std::f64::consts::FRAC_PI_2));
    let near = two_axis_amplitudes(1, 1.4).unwrap().wineland(); // the formula beside its removable 0/0
    assert!(near.agrees_with(1.0 / (1.0 + 1.4f64.sin())));
    assert!(two_axis_amplitudes(1, best.time.value).unwrap().wineland().error.is_infinite());
}

/// b_m(t) and xi^2(t) from the eigenvectors of H, the variance by the form that cancels.
struct Spectral {
    two_s: u64,
    eigen: SymmetricEigen<f64, nalgebra::Dyn>,
}

impl Spectral {
    fn new(two_s: u64) -> Self {
        let n = two_s as usize + 1;
        let h = DMatrix::from_fn(n, n, |i, j| if i.abs_diff(j) == 1 { o2(two_s, i.max(j) as u64) / 2.0 } else { 0.0 });
        Self { two_s, eigen: SymmetricEigen::new(h) }
    }

    fn amplitudes(&self, t: f64) -> Vec<f64> {
        let (e, v) = (&self.eigen.eigenvalues, &self.eigen.eigenvectors);
        let spectrum: Vec<_> = (0..e.len()).map(|k| Complex64::from_polar(v[(0, k)], -e[k] * t)).collect();
        let at = |m: usize| -> Complex64 { spectrum.iter().enumerate().map(|(k, c)| c * v[(m, k)]).sum() };
        (0..e.len()).map(|m| (phase(m) * at(m)).re).collect()
    }

    fn xi2(&self, t: f64) -> f64 {
        let b = self.amplitudes(t);
        let (mut x_sq, mut c, mut z) = (0.0, 0.0, 0.0);
        for (m, b_m) in (0..).zip(&b) {
            x_sq += b_m * b_m * (o2(self.two_s, m) + if m < self.two_s { o2(self.two_s, m + 1) } else { 0.0 }) / 2.0;
            z += b_m * b_m * (m as f64 - self.two_s as f64 / 2.0);
            c += if m > 0 { o2(self.two_s, m) * b_m * b[m as usize - 1] } else { 0.0 };
        }
        self.two_s as f64 * (x_sq - c.abs()) / (2.0 * z * z)
    }
}

#[test]
fn two_axis_equals_the_eigensolver_and_finds_the_first_minimum() {
    for two_s in [2, 3, 4, 7, 10, 31, 60, 100] {
        let (spectral, best) = (Spectral::new(two_s), two_axis_optimum(two_s).unwrap());
        let t = best.time.value;
        let truth = spectral.amplitudes(t);
        let distance = best.amplitudes.iter().zip(&truth).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
        assert!(distance < 1e-12, "2S = {two_s}: {distance:e}");
        assert!(relative(best.xi2, spectral.xi2(t)) < 1e-10);
        // xi^2 falls all the way to the minimum and rises after it.
        let curve: Vec<f64> = (0..=400).map(|k| spectral.xi2(t * f64::from(k) / 400.0)).collect();
        assert!(curve.windows(2).all(|w| w[1] < w[0]), "2S = {two_s}");
        assert!(spectral.xi2(1.0025 * t) > curve[400]);
    }
}

#[test]
fn two_axis_optimum_equals_fixed_point_references() {
    for row in rows(include_str!("../proofs/reference/two_axis_optimum.csv")) {
        let best = two_axis_optimum(row[0] as u64).unwrap();
        println!(
            "2S = {}: true {:.1e} stated {:.1e}; time: true {:.1e} stated {:.1e} (relative)",
            row[0],
            relative(best.xi2, row[2]),
            best.xi2.error / row[2],
            relative(best.time, row[1]),
            best.time.error / row[1]
        );
        assert!(best.time.agrees_with(row[1]), "{} at 2S = {}, {}", best.time, row[0], row[1]);
        assert!(best.xi2.agrees_with(row[2]), "{} at 2S = {}, {}", best.xi2, row[0], row[2]);
        // The statement is not empty: near rounding for small sizes, and growing no faster than S² of them.
        assert!(best.xi2.error / best.xi2.value < 4e-13 + 0.03 * f64::EPSILON * row[0] * row[0], "2S = {}", row[0]);
        assert!(relative(best.xi2, row[3]) < 1e-15 * row[0] * row[0] + 1e-14, "scipy at 2S = {}", row[0]);
    }
}

#[test]
fn two_axis_evolution_composes() {
    // Forth and on: the state at t by one call against a different partition of time, beyond the optimum as well.
    for (two_s, t) in [(9, 3.0), (40, 1.0), (200, 0.1), (2000, 0.005)] {
        let state = two_axis_amplitudes(two_s, t).unwrap();
        let norm: f64 = state.values().iter().map(|b| b * b).sum();
        assert!((norm - 1.0).abs() <= 2.0 * state.error(), "2S = {two_s}: {:e}, {:e}", norm - 1.0, state.error());
        assert!(state.error() < 1e-12);
        let back = two_axis_amplitudes(two_s, -t).unwrap();
        let mirrored = state.values().iter().zip(back.values()).enumerate();
        assert!(mirrored.into_iter().all(|(m, (a, b))| if m % 2 == 0 { a == b } else { *a == -b }));
        // <b(0)|e^{tG} e^{tG} b(0)> = <b(-t)|b(t)>: the first amplitude at twice the time.
        let overlap: f64 = state.values().iter().zip(back.values()).map(|(a, b)| a * b).sum();
        let twice = two_axis_amplitudes(two_s, 2.0 * t).unwrap();
        assert!((overlap - twice.values()[0]).abs() <= 2.0 * state.error() + twice.error(), "2S = {two_s}");
    }
}

#[test]
fn two_axis_optimum_tends_to_its_limit() {
    let limit = two_axis_limit();
    let scaled = |two_s: u64| 2.0 * two_s as f64 * two_axis_optimum(two_s).unwrap().xi2.value;
    let mut last = 0.0;
    let mut values = vec![];
    for two_s in [1, 2, 3, 5, 10, 20, 50, 100, 200, 400, 1000, 2000, 4000, 10_000, MAX_TWO_S] {
        let value = scaled(two_s);
        values.push(value);
        assert!(last < value && value < limit.value);
        last = value;
    }
    // The first correction is of order 1/S, and eliminating it leaves 1/S².
    let extrapolated = |k: usize| 2.0 * values[k] - values[k - 1];
    let [near, far] = [extrapolated(12), extrapolated(14)].map(|x| (x - limit.value).abs()); // from 4000, from 20000
    assert!(near < 2e-5 && far < 1e-6 && far < 0.1 * near, "{near:e}, {far:e}");
    assert!((limit.value - 5.312914397823).abs() < 1e-11);
}

#[test]
fn two_axis_refuses_with_a_reason() {
    assert_eq!(two_axis_optimum(0), Err(UnitaryError::Size(0)));
    assert_eq!(two_axis_optimum(MAX_TWO_S + 1), Err(UnitaryError::Size(MAX_TWO_S + 1)));
    assert_eq!(two_axis_optimum(u64::MAX), Err(UnitaryError::Size(u64::MAX)));
    for time in [f64::NAN, f64::INFINITY, 1e7] {
        let refused = two_axis_amplitudes(3, time).unwrap_err();
        assert!(matches!(refused, UnitaryError::Time { max, .. } if max == 250_000.0));
        assert!(refused.to_string().contains("250000"), "{refused}");
    }
    assert_eq!(UnitaryError::Size(0).to_string(), "2S is 0; accepted: 1 <= 2S <= 20000");
}
