//! `e^{tA} v` for a matrix whose spectrum lies near a segment of the negative real axis, by Chebyshev series.
//!
//! With `B = 1 + 2A/b`, where the eigenvalues of `A` have real parts in `[-b, 0]`, and `z = tb/2`,
//!
//! > `e^{tA} v = e^{-z} [I_0(z) φ_0 + 2 Σ_k I_k(z) φ_k]`, `φ_k = T_k(B) v`, `φ_{k+1} = 2Bφ_k - φ_{k-1}`.
//!
//! The coefficients fall as `exp(-k²/2z)`, so about `√(80 z)` products give all digits: the square root is what makes stiff
//! equations cheap. One series serves every time inside a step, since only the coefficients depend on the time. Imaginary
//! parts of eigenvalues, and a matrix that is not normal, let the `φ_k` grow, and a vector that decays much within a step is
//! what is left of larger ones. The loss, the largest `φ_k` over the result, is watched: a step where it would cost more than
//! three digits is made again, shorter; where it costs little the next step is longer. So small vectors keep their digits.

use std::ops::ControlFlow;

/// A linear map with a bound on its spectrum.
pub trait Generator: Sync {
    /// `out = A x`.
    fn apply(&self, x: &[f64], out: &mut [f64]);
    /// `b` with `|A| <= b` and every eigenvalue in `Re λ >= -b`.
    fn bound(&self) -> f64;
    /// Takes out of a vector what rounding has put in and what the evolution would keep for ever.
    fn clean(&self, _x: &mut [f64]) {}
}

/// What differs between two computations of the same evolution: the scaling of the spectrum and the length of steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variant {
    /// Factor on the bound, at least 1.
    pub stretch: f64,
    /// The first `z`.
    pub first: f64,
}

/// The two that are compared for an estimate of the error.
pub const TWINS: [Variant; 2] = [Variant { stretch: 1.0, first: 24.0 }, Variant { stretch: 1.13, first: 17.0 }];

/// The loss at which a step is refused: three digits of sixteen.
const TOO_MUCH: f64 = 1e3;
/// The loss below which the next step is longer.
const LITTLE: f64 = 30.0;
/// The largest `z`, for which the series has about a million terms.
const LARGEST: f64 = 1e10;
/// Coefficients below this are left out.
const NEGLIGIBLE: f64 = 1e-18;
/// A vector with no element above this is replaced by zero.
pub const FLOOR: f64 = 1e-20;
/// The most vectors that are summed at a time.
pub const MOST_OUTPUTS: usize = 32;
/// A step with `z` beyond this, whose series is long, serves one output.
const LONG: f64 = 1e6;

/// A vector that evolves by `dv/dt = A v`.
pub struct Evolution<'a, G: Generator> {
    generator: &'a G,
    half: f64,
    z: f64,
    time: f64,
    state: Vec<f64>,
    /// `φ_{k-1}`, `φ_k` and room for the next one.
    room: [Vec<f64>; 3],
    /// `Σ loss²` over the steps.
    losses: f64,
    /// Products with the matrix so far.
    pub products: u64,
}

impl<'a, G: Generator> Evolution<'a, G> {
    /// Starts at time 0.
    pub fn new(generator: &'a G, state: Vec<f64>, variant: Variant) -> Self {
        let half = (0.5 * variant.stretch * generator.bound()).max(f64::MIN_POSITIVE);
        let room = [0; 3].map(|_| vec![0.0; state.len()]);
        Self { generator, half, z: variant.first, time: 0.0, state, room, losses: 0.0, products: 0 }
    }

    /// The vector as it is now.
    pub fn state(&self) -> &[f64] {
        &self.state
    }

    /// What rounding in the steps so far has done to the vector, relative to its size: each step rounds by its loss, and steps
    /// add up as random errors do, `4 ε √(Σ loss²)`.
    fn rounding(&self) -> f64 {
        4.0 * f64::EPSILON * self.losses.sqrt()
    }

    /// Calls `at` with each time, the vector at it and its relative rounding, and `step` with the present time before each
    /// step. Times rise and start at or after the present one; both may stop.
    ///
    /// Cost: per unit of time, about the larger of `√(40 b/h)` products, with `h` the distance of the outputs or the longest
    /// step, and a small multiple of the largest imaginary part of an eigenvalue.
    pub fn run(
        &mut self,
        times: &[f64],
        mut at: impl FnMut(usize, f64, &[f64], f64) -> ControlFlow<()>,
        mut step: impl FnMut(f64) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut next = 0;
        while next < times.len() {
            while next < times.len() && times[next] <= self.time {
                at(next, times[next], &self.state, self.rounding())?;
                next += 1;
            }
            if next == times.len() {
                break;
            }
            step(self.time)?;
            let longest = self.z / self.half;
            let inside = times[next..]
                .iter()
                .take(if self.z > LONG { 1 } else { MOST_OUTPUTS })
                .take_while(|t| **t - self.time <= longest)
                .count();
            // A step ends at an output if there is one inside.
            let end = if inside > 0 { times[next + inside - 1] } else { self.time + longest };
            let outputs: Vec<f64> = if inside > 0 { times[next..next + inside].to_vec() } else { vec![end] };
            let steps: Vec<f64> = outputs.iter().map(|t| t - self.time).collect();
            match self.step(&steps) {
                None => self.z *= 0.5,
                Some((mut vectors, loss)) => {
                    self.losses += loss * loss;
                    vectors.iter_mut().for_each(|vector| self.generator.clean(vector));
                    for (k, vector) in vectors.iter().enumerate().take(inside) {
                        at(next + k, outputs[k], vector, self.rounding())?;
                    }
                    next += inside;
                    self.time = end;
                    self.state = vectors.into_iter().next_back().unwrap_or_default();
                    if loss < LITTLE {
                        self.z = (1.6 * self.z).min(LARGEST);
                    } else if loss > 0.3 * TOO_MUCH {
                        self.z *= 0.8;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// The vectors after each of the rising steps, and the loss; `None` when it was too much.
    fn step(&mut self, steps: &[f64]) -> Option<(Vec<Vec<f64>>, f64)> {
        let series: Vec<Vec<f64>> = steps.iter().map(|h| coefficients(h * self.half)).collect();
        let terms = series.iter().map(Vec::len).max().unwrap_or(0);
        let mut sums = vec![vec![0.0; self.state.len()]; steps.len()];
        let norm = largest(&self.state);
        if norm < FLOOR {
            return Some((sums, 1.0));
        }
        let mut top = norm;
        let [previous, current, next] = &mut self.room;
        previous.fill(0.0); // so that φ_1 follows from the same formula
        current.copy_from_slice(&self.state);
        for k in 0..terms {
            top = top.max(largest(current));
            // Also where numbers overflow.
            if top > TOO_MUCH * norm || top.is_nan() {
                return None;
            }
            for (sum, coefficients) in sums.iter_mut().zip(&series) {
                if let Some(&c) = coefficients.get(k) {
                    sum.iter_mut().zip(current.iter()).for_each(|(s, x)| *s += c * x);
                }
            }
            if k + 1 == terms {
                break;
            }
            self.generator.apply(current, next);
            self.products += 1;
            let factor = if k == 0 { 1.0 } else { 2.0 };
            let scale = factor / self.half;
            let old = current.iter().zip(previous.iter());
            next.iter_mut().zip(old).for_each(|(n, (c, p))| *n = scale * *n + factor * c - p);
            std::mem::swap(previous, current);
            std::mem::swap(current, next);
        }
        let left = sums.last().map_or(norm, |v| largest(v)).max(FLOOR);
        (top <= TOO_MUCH * left).then_some((sums, top / left))
    }
}

fn largest(x: &[f64]) -> f64 {
    x.iter().fold(0.0, |a, b| a.max(b.abs()))
}

/// `e^{-z} I_0(z), 2e^{-z} I_1(z), 2e^{-z} I_2(z), ...` until they are negligible.
///
/// Miller's downward recurrence `I_{k-1} = I_{k+1} + (2k/z) I_k`, normalised by `I_0 + 2 Σ I_k = e^z`.
fn coefficients(z: f64) -> Vec<f64> {
    if z <= NEGLIGIBLE {
        return vec![1.0]; // I_1(z) is about z/2
    }
    // e^{-z} I_k(z) < exp(-k²/(2z + 2k/3))-like: beyond this k it is below 10^-25.
    let start = (60.0 + (120.0 * z).sqrt()) as usize;
    let mut values = vec![0.0; start + 2];
    values[start] = 1e-250;
    let mut total = 0.0;
    for k in (1..=start).rev() {
        values[k - 1] = values[k + 1] + 2.0 * k as f64 / z * values[k];
        if values[k - 1] > 1e200 {
            values.iter_mut().for_each(|v| *v *= 1e-200);
            total *= 1e-200;
        }
        total += 2.0 * values[k];
    }
    // In the loop each value was counted as it stood before a later scaling of the total; both are scaled together.
    total += values[0];
    for (k, v) in values.iter_mut().enumerate() {
        *v *= if k == 0 { 1.0 } else { 2.0 } / total;
    }
    let used = values.iter().rposition(|v| *v > NEGLIGIBLE).map_or(1, |at| at + 1);
    values.truncate(used);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_are_scaled_bessel_functions() {
        // e^{-z} I_k(z) from mpmath 1.3 (besseli).
        for (z, k, value) in [
            (1.0, 0, 0.465_759_607_593_640_44),
            (1.0, 3, 2.0 * 0.008_155_307_772_814_294),
            (100.0, 10, 2.0 * 0.024_176_682_718_258_83),
            (5000.0, 100, 2.0 * 0.002_075_451_001_604_574),
        ] {
            let got = coefficients(z)[k];
            assert!((got / value - 1.0).abs() < 1e-13, "z = {z}, k = {k}: {got}");
        }
        for z in [1e-9, 0.3, 7.0, 300.0, 2e4] {
            let sum: f64 = coefficients(z).iter().sum();
            assert!((sum - 1.0).abs() < 1e-13, "z = {z}: {sum}"); // T_k(1) = 1 and e^0 = 1
        }
    }
}
