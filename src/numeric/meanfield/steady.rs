//! The steady state of the mean-field equations in closed form.
//!
//! The equations of one ensemble do not name the other. `dz/dt = 0` gives `a`, linear in `z`; then `da/dt = 0` gives `j`, the
//! square of the total spin, quadratic in `z`; what is left, `dj/dt = 0`, is one quadratic equation for `z`. Without local noise
//! `j` is conserved and keeps the value of the initial state, all atoms down; then `da/dt = 0` is the quadratic. The physical root
//! has `|z| <= n/2` and `a >= 0`; there must be exactly one. `X+²`, `Z-²` and `C^zz` follow from linear equations.
//!
//! # Errors
//! All of it is done in twice the precision, and so is one step of Newton's method on the derived polynomials, whose size is part
//! of the error. What remains is the rounding of the inputs, `e^r` and the rates, by one unit in the last place, and of the result: the
//! first is found by moving each input.

use faer::Mat;
use faer::linalg::solvers::Solve;

use super::equations::{Equations, PAIR, PARAMETERS, ZZ, ensemble};
use super::{MeanField, MeanFieldError, Moments, Values, X_PLUS_SQ, XI2, read};
use crate::numeric::Estimate;
use crate::numeric::double::Double;
use crate::numeric::polynomials::System;

/// A steady state.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadyState {
    /// Its means and covariances.
    pub moments: Moments,
    /// `max |f_k| / Σ |terms of f_k|` of the derived polynomials, computed in twice the precision.
    pub residual: f64,
    /// Whether every rate in [`MeanField::relaxation_rates`] has a negative real part, but for conserved total spins.
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
    /// use twomode::numeric::{meanfield::MeanField, permutation::Rates};
    /// // Dephasing alone: C^xx = n/4, and <Z> = -n/(2 cosh 2r).
    /// let rates = Rates { dephasing: 0.1, ..Rates::default() };
    /// let steady = MeanField::new([100, 100], 0.5, rates).unwrap().steady().unwrap();
    /// assert!(steady.moments.z[0].agrees_with(-50.0 / 1f64.cosh()));
    /// ```
    pub fn steady(&self) -> Result<SteadyState, MeanFieldError> {
        let parameters = self.parameters();
        let system = self.system()?;
        let (state, moved) = self.polished(&system, &self.root(&system, &parameters)?);
        let values = self.read_off(&parameters, &state)?;
        let relative = moved + 4.0 * f64::EPSILON;
        // In twice the precision rounding leaves less than this of the terms.
        let terms = Equations::general()?.read.at(&parameters).magnitudes(&doubles(&state));
        let rest = |k: usize| 1e-28 * terms.get(k).copied().unwrap_or(0.0);
        let mut errors: Values<f64> = std::array::from_fn(|k| relative * values[k].to_f64().abs() + rest(k));
        for input in [0, 2, 3, 4] {
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
        let conserved = self.rates.largest() == 0.0;
        let growing = |rate: &[f64; 2]| rate[0] > 0.0 || (rate[0] == 0.0 && !conserved);
        let stable = !rates(&system, &state).iter().any(growing);
        Ok(SteadyState { moments, residual: residual(&system, &state), stable })
    }

    /// `ξ²` of the steady state, without its error.
    pub(super) fn steady_xi2(&self) -> Result<f64, MeanFieldError> {
        self.steady_xi2_of().map(Double::to_f64)
    }

    /// The same in twice the precision.
    pub(super) fn steady_xi2_of(&self) -> Result<Double, MeanFieldError> {
        let parameters = self.parameters();
        let state = self.root(&self.system()?, &parameters)?;
        let values = self.read_off(&parameters, &state)?;
        physical(&values)
    }

    /// The eigenvalues of the Jacobian at the steady state, as real and imaginary parts, in units of γ, slowest first: how small
    /// deviations that keep the symmetry of rotations about `z` fade.
    ///
    /// They are those of three blocks: `(z, a, j)` of each ensemble and `(X+², Z-²)`, because none of the first two depends on
    /// what follows. Coefficients of the characteristic polynomials are computed in twice the precision, so that slow rates
    /// beside fast ones keep their digits: about ten, less where two rates coincide.
    ///
    /// # Errors
    /// As [`MeanField::steady`].
    ///
    /// ```
    /// use twomode::numeric::{meanfield::MeanField, permutation::Rates};
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
    fn root(&self, system: &System, parameters: &[Double; PARAMETERS]) -> Result<Vec<Double>, MeanFieldError> {
        let mut state = Equations::general()?.start(parameters);
        for i in 0..2 {
            let n = parameters[5 + i];
            let places = ensemble(i);
            let conserved = self.rates.largest() == 0.0;
            let mut physical = Vec::new();
            for x in roots_of(|x| on_curve(system, &mut state.clone(), places, n * (x - Double::from(0.5)), conserved))
            {
                let mut candidate = state.clone();
                on_curve(system, &mut candidate, places, n * (x - Double::from(0.5)), conserved);
                let tiny = 1e-20;
                let [place, a] = [x.to_f64(), candidate[places[1]].to_f64() / n.to_f64()];
                if (-tiny..=1.0 + tiny).contains(&place) && a >= -tiny {
                    physical.push(candidate);
                }
            }
            state = match physical.len() {
                1 => physical.swap_remove(0),
                roots => return Err(MeanFieldError::Root { roots }),
            };
        }
        let linear: Vec<usize> = PAIR.into_iter().chain(ZZ).collect();
        linear.iter().for_each(|&k| state[k] = Double::default());
        let (flow, rows) = (system.flow_of(&state), system.jacobian_of(&state));
        let m = PAIR.map(|k| PAIR.map(|l| rows[k][l]));
        let determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
        let [x, gap] = PAIR.map(|k| -flow[k]);
        state[PAIR[0]] = (x * m[1][1] - m[0][1] * gap) / determinant;
        state[PAIR[1]] = (m[0][0] * gap - x * m[1][0]) / determinant;
        ZZ.into_iter().for_each(|k| state[k] = -flow[k] / rows[k][k]);
        Ok(state)
    }

    /// One step of Newton's method, and its largest relative size; conserved variables stay.
    fn polished(&self, system: &System, state: &[Double]) -> (Vec<Double>, f64) {
        let (flow, rows, magnitudes) =
            (system.flow_of(state), system.jacobian_of(state), system.magnitudes(&doubles(state)));
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

fn doubles(state: &[Double]) -> Vec<f64> {
    state.iter().map(|y| y.to_f64()).collect()
}

fn residual(system: &System, state: &[Double]) -> f64 {
    let (flow, magnitudes) = (system.flow_of(state), system.magnitudes(&doubles(state)));
    let relative = flow.iter().zip(magnitudes).filter(|(_, m)| *m > 0.0).map(|(f, m)| f.to_f64().abs() / m);
    relative.fold(0.0, f64::max)
}

/// `a` and `j` of an ensemble with this `z` from `dz/dt = 0` and `da/dt = 0`, put into the state; what is left of `dj/dt`. If
/// `j` is conserved, it stays and what is left is `da/dt`.
fn on_curve(system: &System, state: &mut [Double], [z, a, j]: [usize; 3], value: Double, conserved: bool) -> Double {
    state[z] = value;
    // Both equations are linear in what they determine.
    let solve = |state: &mut [Double], unknown: usize, equation: usize| {
        state[unknown] = Double::default();
        let slope = system.jacobian_of(state)[equation][unknown];
        state[unknown] = -system.flow_of(state)[equation] / slope;
    };
    solve(state, a, z);
    if conserved {
        return system.flow_of(state)[a];
    }
    solve(state, j, a);
    system.flow_of(state)[j]
}

/// The real roots of a polynomial of degree two at most, from its values at 0, 1/2 and 1.
fn roots_of(value: impl Fn(Double) -> Double) -> Vec<Double> {
    let [zero, half, one] = [0.0, 0.5, 1.0].map(|x| value(Double::from(x)));
    let number = Double::from;
    let square = number(2.0) * (zero - half - half + one);
    let linear = one - zero - square;
    let discriminant = linear * linear - number(4.0) * square * zero;
    if discriminant.to_f64() < 0.0 {
        return Vec::new();
    }
    let root = discriminant.sqrt();
    // -(linear ± root)/2 without cancellation.
    let sum = if linear.to_f64() < 0.0 { root - linear } else { -(root + linear) } * number(0.5);
    let largest = linear.to_f64().abs().max(zero.to_f64().abs());
    let quadratic = square.to_f64().abs() > 1e-28 * largest;
    [quadratic.then(|| sum / square), (sum.to_f64() != 0.0).then(|| zero / sum)].into_iter().flatten().collect()
}

// ---- Eigenvalues ----

/// The eigenvalues of the blocks of the Jacobian, slowest first.
fn rates(system: &System, state: &[Double]) -> Vec<[f64; 2]> {
    let rows = system.jacobian_of(state);
    let block = |places: &[usize]| -> Vec<Vec<Double>> {
        places.iter().map(|&k| places.iter().map(|&l| rows[k][l]).collect()).collect()
    };
    let mut rates: Vec<[f64; 2]> = eigenvalues(&characteristic(&block(&PAIR)));
    for [z, a, j] in [ensemble(0), ensemble(1)] {
        let conserved = rows[j].iter().all(|x| x.to_f64() == 0.0);
        let places = if conserved { vec![z, a] } else { vec![z, a, j] };
        rates.extend(eigenvalues(&characteristic(&block(&places))));
        rates.extend(conserved.then_some([0.0; 2]));
    }
    rates.sort_by(|a, b| b[0].total_cmp(&a[0]));
    rates
}

/// `c_0, ..., c_{n-1}` of `det(λ - A) = λ^n + Σ c_k λ^k`, for two or three rows: determinant, principal minors and trace, as
/// sums of products of elements, so that a small row is a factor.
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
