//! The steady state of the mean-field equations in closed form.
//!
//! The equations of one ensemble do not name the other. `dz/dt = 0` gives `a`, linear in `z`; then `da/dt = 0` gives
//! `j`, the square of the total spin, quadratic in `z`; what is left, `dj/dt = 0`, is one quadratic equation for `z`.
//! Without local noise `j` is conserved and keeps the value of the initial state, all atoms down; then `da/dt = 0` is
//! the quadratic. The physical root has `|z| <= n/2` and `a >= 0`; there must be exactly one. `X+²`, `Z-²` and `C^zz`
//! follow from linear equations.
//!
//! # Errors
//! All of it is done in twice the precision, and so is one step of Newton's method on the derived polynomials, whose
//! size is part of the error. What remains is the rounding of the inputs, `e^r` and the rates, by one unit in the last
//! place, and of the result: the first is found by moving each input.

use faer::Mat;
use faer::linalg::solvers::Solve;

use super::equations::{Equations, PAIR, PARAMETERS, ZZ, ensemble};
use super::{MeanField, MeanFieldError, Moments, Values, X_PLUS_SQ, XI2, read};
use crate::numeric::Estimate;
use crate::numeric::double::{Double, Number};
use crate::numeric::polynomials::System;

/// A steady state.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadyState {
    /// Its means and covariances.
    pub moments: Moments,
    /// `max |f_k| / Σ |terms of f_k|` of the derived polynomials, computed in twice the precision.
    pub residual: f64,
    /// Whether every rate in [`MeanField::relaxation_rates`] has a negative real part, by the criterion of Routh and
    /// Hurwitz; conserved total spins do not count.
    pub stable: bool,
}

/// By what part each input is moved to see how the results follow.
const MOVE: f64 = 1.0 / (1u64 << 26) as f64;

impl MeanField {
    /// The steady state that is reached from all atoms down.
    ///
    /// # Errors
    /// [`MeanFieldError::Root`] or [`MeanFieldError::Unphysical`] where the closure has no physical steady state.
    ///
    /// ```
    /// use twomode::numeric::{meanfield::MeanField, noise::Rates};
    /// // Dephasing alone: C^xx = n/4, and <Z> = -n/(2 cosh 2r).
    /// let rates = Rates { dephasing: 0.1, ..Rates::default() };
    /// let steady = MeanField::new([100, 100], 0.5, rates).unwrap().steady().unwrap();
    /// assert!(steady.moments.pair.z[0].agrees_with(-50.0 / 1f64.cosh()));
    /// ```
    pub fn steady(&self) -> Result<SteadyState, MeanFieldError> {
        let parameters = self.parameters();
        let system = self.system()?;
        let (state, moved) = self.polished(&system, &self.root(&system, &parameters)?);
        let values = self.read_off(&parameters, &state)?;
        let relative = moved + 4.0 * f64::EPSILON;
        // In twice the precision rounding leaves less than this of the terms.
        let terms = Equations::general()?.read.at(&parameters).magnitudes(&state);
        let rest = |k: usize| 1e-28 * terms.get(k).copied().unwrap_or(0.0);
        let mut errors: Values<f64> = std::array::from_fn(|k| relative * values[k].to_f64().abs() + rest(k));
        // A rate that is zero is exact.
        for input in [0, 2, 3, 4].into_iter().filter(|&input| parameters[input].to_f64() != 0.0) {
            let mut other = parameters;
            other[input] = other[input] * Double::from(1.0 + MOVE);
            let system = Equations::general()?.flow.at(&other);
            let shifted = self.read_off(&other, &self.root(&system, &other)?)?;
            for ((error, value), shifted) in errors.iter_mut().zip(values).zip(shifted) {
                *error += f64::EPSILON * ((shifted - value).to_f64() / MOVE).abs();
            }
        }
        physical(&values)?;
        let moments = Moments::new(|k| Estimate { value: values[k].to_f64(), error: errors[k] });
        let stable = blocks(&system, &state).iter().all(|block| stable(&characteristic(block)));
        Ok(SteadyState { moments, residual: residual(&system, &state), stable })
    }

    /// `ξ²` of the steady state in twice the precision, without its error.
    pub(super) fn steady_xi2(&self) -> Result<Double, MeanFieldError> {
        let parameters = self.parameters();
        let state = self.root(&self.system()?, &parameters)?;
        let values = self.read_off(&parameters, &state)?;
        physical(&values)
    }

    /// The eigenvalues of the Jacobian at the steady state, as real and imaginary parts, in units of γ, slowest first:
    /// how small deviations that keep the symmetry of rotations about `z` fade.
    ///
    /// They are those of three blocks: `(z, a, j)` of each ensemble and `(X+², Z-²)`, because none of the first two
    /// depends on what follows. Coefficients of the characteristic polynomials are computed in twice the precision, so
    /// that slow rates beside fast ones keep their digits: about ten, less where two rates coincide.
    ///
    /// # Errors
    /// As [`MeanField::steady`].
    ///
    /// ```
    /// use twomode::numeric::{meanfield::MeanField, noise::Rates};
    /// let rates = Rates { dephasing: 1e-3, ..Rates::default() };
    /// let slow = MeanField::new([500_000, 500_000], 1.0, rates).unwrap().relaxation_rates().unwrap()[0];
    /// assert!(slow[0] < 0.0 && slow[0] > -1e-3);
    /// ```
    pub fn relaxation_rates(&self) -> Result<Vec<[f64; 2]>, MeanFieldError> {
        let system = self.system()?;
        Ok(rates(&system, &self.root(&system, &self.parameters())?))
    }

    fn read_off(&self, parameters: &[Double; PARAMETERS], state: &[Double]) -> Result<Values<Double>, MeanFieldError> {
        Ok(read(&Equations::general()?.read.at(parameters), state, self.total()))
    }

    /// The closed form.
    fn root<T: Number>(&self, system: &System<T>, parameters: &[T; PARAMETERS]) -> Result<Vec<T>, MeanFieldError> {
        let mut state = Equations::general()?.start(parameters);
        self.root_of_ensemble(system, &mut state, 0)?;
        if self.atoms[0] == self.atoms[1] {
            ensemble(0).into_iter().zip(ensemble(1)).for_each(|(first, second)| state[second] = state[first]);
        } else {
            self.root_of_ensemble(system, &mut state, 1)?;
        }
        // What is linear in X+² and the gap, and in each b.
        let [p, q] = PAIR;
        (state[p], state[q]) = (T::default(), T::default());
        let zero = PAIR.map(|k| system.value(k, &state));
        let [[a, b], [c, d]] = PAIR.map(|k| PAIR.map(|l| system.slope(k, l, &state)));
        let determinant = a * d - b * c;
        state[p] = (b * zero[1] - d * zero[0]) / determinant;
        state[q] = (c * zero[0] - a * zero[1]) / determinant;
        ZZ.into_iter().for_each(|k| solve_linear(system, &mut state, k, k));
        Ok(state)
    }

    fn root_of_ensemble<T: Number>(&self, system: &System<T>, state: &mut [T], i: usize) -> Result<(), MeanFieldError> {
        let (n, conserved, places) = (self.atoms[i] as f64, self.rates.largest() == 0.0, ensemble(i));
        let value = |x: T| T::from(n) * (x - T::from(0.5));
        let mut found = None;
        let mut roots = 0;
        let candidates = roots_of(|x| on_curve(system, state, places, value(x), conserved));
        for x in candidates.into_iter().flatten() {
            on_curve(system, state, places, value(x), conserved);
            let [place, a] = [x.to_f64(), state[places[1]].to_f64() / n];
            if (-EDGE..=1.0 + EDGE).contains(&place) && a >= -EDGE {
                found = Some(places.map(|k| state[k]));
                roots += 1;
            }
        }
        match (found, roots) {
            (Some(values), 1) => {
                places.into_iter().zip(values).for_each(|(k, value)| state[k] = value);
                Ok(())
            }
            _ => Err(MeanFieldError::Root { roots }),
        }
    }

    /// One step of Newton's method, and its largest relative size; conserved variables stay.
    fn polished(&self, system: &System<Double>, state: &[Double]) -> (Vec<Double>, f64) {
        let (flow, rows, magnitudes) = (system.flow(state), system.jacobian(state), system.magnitudes(state));
        let n = state.len();
        let matrix = |k: usize, l: usize| {
            if magnitudes[k] == 0.0 {
                f64::from(u8::from(k == l))
            } else {
                rows[k][l].to_f64() * scale(state[l]) / magnitudes[k]
            }
        };
        let right = |k: usize| if magnitudes[k] == 0.0 { 0.0 } else { -flow[k].to_f64() / magnitudes[k] };
        let step = Mat::from_fn(n, n, matrix).partial_piv_lu().solve(Mat::from_fn(n, 1, |k, _| right(k)));
        let step: Vec<f64> = step.col(0).iter().copied().collect();
        let polished = (0..n).map(|k| state[k] + Double::from(step[k] * scale(state[k]))).collect();
        (polished, step.iter().fold(0.0, |largest, x| x.abs().max(largest)))
    }
}

/// `ξ²`, if `X+²` is positive and there is a polarisation.
fn physical(values: &Values<Double>) -> Result<Double, MeanFieldError> {
    let (x_plus_sq, xi2) = (values[X_PLUS_SQ].to_f64(), values[XI2].to_f64());
    if x_plus_sq > 0.0 && xi2.is_finite() { Ok(values[XI2]) } else { Err(MeanFieldError::Unphysical { x_plus_sq }) }
}

/// The size of a variable.
fn scale(y: Double) -> f64 {
    if y.to_f64() == 0.0 { 1.0 } else { y.to_f64().abs() }
}

fn residual(system: &System<Double>, state: &[Double]) -> f64 {
    let (flow, magnitudes) = (system.flow(state), system.magnitudes(state));
    let relative = flow.iter().zip(magnitudes).filter(|(_, m)| *m > 0.0).map(|(f, m)| f.to_f64().abs() / m);
    relative.fold(0.0, f64::max)
}

/// How far a root may lie outside for its rounding, in units of `n`.
const EDGE: f64 = 1e-12;

/// `a` and `j` of an ensemble with this `z` from `dz/dt = 0` and `da/dt = 0`, put into the state; what is left of `dj/dt`.
/// If `j` is conserved, it stays and what is left is `da/dt`.
fn on_curve<T: Number>(system: &System<T>, state: &mut [T], [z, a, j]: [usize; 3], value: T, conserved: bool) -> T {
    state[z] = value;
    solve_linear(system, state, a, z);
    if conserved {
        return system.value(a, state);
    }
    solve_linear(system, state, j, a);
    system.value(j, state)
}

/// Solves an equation for an unknown in which it is linear.
fn solve_linear<T: Number>(system: &System<T>, state: &mut [T], unknown: usize, equation: usize) {
    state[unknown] = T::default();
    state[unknown] = -system.value(equation, state) / system.slope(equation, unknown, state);
}

/// The real roots of a polynomial of degree two at most, from its values at 0, 1/2 and 1.
fn roots_of<T: Number>(mut value: impl FnMut(T) -> T) -> [Option<T>; 2] {
    let [zero, half, one] = [0.0, 0.5, 1.0].map(|x| value(T::from(x)));
    let square = T::from(2.0) * (zero - half - half + one);
    let linear = one - zero - square;
    let discriminant = linear * linear - T::from(4.0) * square * zero;
    let real = discriminant.to_f64() >= 0.0;
    let root = discriminant.sqrt();
    // -(linear ± root)/2 without cancellation.
    let sum = if linear.to_f64() < 0.0 { root - linear } else { -(root + linear) } * T::from(0.5);
    [sum / square, zero / sum].map(|x| Some(x).filter(|x| real && x.to_f64().is_finite()))
}

// ---- Eigenvalues ----

/// The diagonal blocks of the Jacobian; a conserved total spin is left out.
fn blocks(system: &System<Double>, state: &[Double]) -> Vec<Vec<Vec<Double>>> {
    let block = |places: &[usize]| -> Vec<Vec<Double>> {
        places.iter().map(|&k| places.iter().map(|&l| system.slope(k, l, state)).collect()).collect()
    };
    let ensembles = [0, 1].map(|i| {
        let places = ensemble(i);
        let conserved = system.magnitudes(state)[places[2]] == 0.0;
        block(if conserved { &places[..2] } else { &places })
    });
    ensembles.into_iter().chain([block(&PAIR)]).collect()
}

/// Whether every root of `λ^n + Σ c_k λ^k` has a negative real part, `n <= 3`: Routh and Hurwitz.
fn stable(c: &[Double]) -> bool {
    let positive = c.iter().all(|c| c.to_f64() > 0.0);
    positive && (c.len() < 3 || (c[2] * c[1] - c[0]).to_f64() > 0.0)
}

/// The eigenvalues of the blocks of the Jacobian, slowest first; zero for a conserved total spin.
fn rates(system: &System<Double>, state: &[Double]) -> Vec<[f64; 2]> {
    let blocks = blocks(system, state);
    let mut rates: Vec<[f64; 2]> = blocks.iter().flat_map(|block| eigenvalues(&characteristic(block))).collect();
    let left_out = blocks[..2].iter().filter(|block| block.len() == 2).count();
    rates.extend(vec![[0.0; 2]; left_out]);
    rates.sort_by(|a, b| b[0].total_cmp(&a[0]));
    rates
}

/// `c_0, ..., c_{n-1}` of `det(λ - A) = λ^n + Σ c_k λ^k`, for two or three rows: determinant, principal minors and
/// trace, as sums of products of elements, so that a small row is a factor.
fn characteristic(a: &[Vec<Double>]) -> Vec<Double> {
    let minor = |i: usize, j: usize, k: usize, l: usize| a[i][k] * a[j][l] - a[i][l] * a[j][k];
    let trace = (0..a.len()).fold(Double::default(), |sum, i| sum + a[i][i]);
    if a.len() == 2 {
        return vec![minor(0, 1, 0, 1), -trace];
    }
    let minors = minor(0, 1, 0, 1) + minor(0, 2, 0, 2) + minor(1, 2, 1, 2);
    // Along the last row, which is the smallest.
    let determinant = a[2][0] * minor(0, 1, 1, 2) - a[2][1] * minor(0, 1, 0, 2) + a[2][2] * minor(0, 1, 0, 1);
    vec![-determinant, minors, -trace]
}

/// The roots of `λ^n + Σ c_k λ^k`, `n <= 3`: Newton's method finds a real one of a cubic, and a quadratic is left.
fn eigenvalues(c: &[Double]) -> Vec<[f64; 2]> {
    match c {
        [c, b] => quadratic_roots(*b, *c),
        [d, c, b] => {
            let real = real_root(*b, *c, *d);
            // λ³ + bλ² + cλ + d = (λ - real)(λ² + pλ + q); q from the end that does not cancel.
            let p = *b + real;
            let (forwards, backwards) = (*c + p * real, -*d / real);
            let terms = c.to_f64().abs().max((p * real).to_f64().abs());
            let cancels = forwards.to_f64().abs() < 1e-8 * terms;
            let q = if cancels && real.to_f64() != 0.0 { backwards } else { forwards };
            let mut roots = quadratic_roots(p, q);
            roots.push([real.to_f64(), 0.0]);
            roots
        }
        _ => Vec::new(),
    }
}

/// The roots of `λ² + pλ + q`.
fn quadratic_roots(p: Double, q: Double) -> Vec<[f64; 2]> {
    let half = p * Double::from(0.5);
    let discriminant = half * half - q;
    if discriminant.to_f64() < 0.0 {
        let frequency = (-discriminant).sqrt().to_f64();
        return vec![[-half.to_f64(), frequency], [-half.to_f64(), -frequency]];
    }
    let root = discriminant.sqrt();
    let large = if half.to_f64() < 0.0 { root - half } else { -(root + half) };
    let small = if large.to_f64() == 0.0 { Double::default() } else { q / large };
    vec![[large.to_f64(), 0.0], [small.to_f64(), 0.0]]
}

/// A real root of `λ³ + bλ² + cλ + d`: bisection of an interval that holds one, then Newton's method.
fn real_root(b: Double, c: Double, d: Double) -> Double {
    let value = |x: Double| ((x + b) * x + c) * x + d;
    if d.to_f64() == 0.0 {
        return Double::default();
    }
    // Every root is below this in modulus (Fujiwara).
    let bound = 2.0 * b.to_f64().abs().max(c.to_f64().abs().sqrt()).max(d.to_f64().abs().cbrt());
    let sign = if d.to_f64() > 0.0 { -1.0 } else { 1.0 };
    // Between 0 and ± bound; halved on a logarithmic scale, so that a small root keeps its digits.
    let (mut low, mut high) = (f64::MIN_POSITIVE.sqrt(), bound);
    for _ in 0..120 {
        let middle = (low * high).sqrt();
        let before = (value(Double::from(sign * middle)).to_f64() > 0.0) == (d.to_f64() > 0.0);
        if before { low = middle } else { high = middle }
    }
    let mut x = Double::from(sign * low);
    for _ in 0..3 {
        let slope = (Double::from(3.0) * x + Double::from(2.0) * b) * x + c;
        if slope.to_f64() != 0.0 {
            x = x - value(x) / slope;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `c_0, c_1, ...` of `Π (λ - λ_k)` with these factors `λ + a` and `λ² + pλ + q`.
    fn cubic(a: f64, p: f64, q: f64) -> Vec<Double> {
        [a * q, q + a * p, a + p].map(Double::from).to_vec()
    }

    #[test]
    fn stability_is_that_of_the_roots() {
        // A root at 1; a pair of roots that grows although all coefficients are positive; a pair that grows slowly.
        for unstable in [cubic(-1.0, 3.0, 2.0), cubic(1.0, -0.1, 1.0), cubic(1.0, -1e-9, 1.0)] {
            assert!(!stable(&unstable), "{unstable:?}");
            assert!(eigenvalues(&unstable).iter().any(|root| root[0] > 0.0));
        }
        for fading in [cubic(1.0, 0.1, 1.0), cubic(1.0, 3.0, 2.0), [2.0, 3.0].map(Double::from).to_vec()] {
            assert!(stable(&fading), "{fading:?}");
            assert!(eigenvalues(&fading).iter().all(|root| root[0] < 0.0));
        }
        assert!(!stable(&[-1.0, 3.0].map(Double::from)) && !stable(&[1.0, -3.0].map(Double::from)));
    }
}
