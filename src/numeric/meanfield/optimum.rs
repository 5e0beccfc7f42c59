//! The least `ξ²` over the squeezing strength, and over strength and time: a grid in `r`, then Brent's method around
//! its best point. For steady states, which are known in twice the precision, parabolas through three near points
//! follow.

use super::{MeanField, MeanFieldError, Moments};
use crate::numeric::Estimate;
use crate::numeric::double::Number;
use crate::numeric::evolve::Watch;

/// A least `ξ²`.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimum {
    /// Where it is.
    pub r: Estimate,
    /// When, if it is not the steady state.
    pub time: Option<Estimate>,
    /// The moments there.
    pub moments: Moments,
}

/// The points of the grid.
const GRID: usize = 48;
/// The search ends at `e^{2r} = N e^{2 BEYOND}`: where all squeezing is lost.
const BEYOND: f64 = 3.0;
/// An optimum below this `r` is none.
const SMALLEST_R: f64 = 1e-6;

/// The `r > 0` of least `ξ²` in the steady state; the strength in `pair` plays no part.
///
/// # Errors
/// [`MeanFieldError::AtTheEnd`] when it is least without squeezing or at the largest `r`; what [`MeanField::steady`]
/// refuses.
///
/// ```
/// use twomode::numeric::{evolve::Unwatched, meanfield::{MeanField, optimise_r}, noise::Rates};
/// let pair = MeanField::new([5000, 5000], 0.0, Rates { relaxation: 10.0, ..Rates::default() }).unwrap();
/// let best = optimise_r(&pair, &Unwatched).unwrap(); // N γ/γ_- = 1000
/// assert!(best.moments.xi2.value < 0.02 && best.r.value > 1.0);
/// ```
pub fn optimise_r(pair: &MeanField, watch: &dyn Watch) -> Result<Optimum, MeanFieldError> {
    let r = least(pair, watch, &|r| pair.with_r(r).steady_xi2().map(Number::to_f64))?;
    let nearer = vertex(pair, vertex(pair, r.value)?.value)?;
    let r = vertex(pair, nearer.value)?;
    let moments = pair.with_r(r.value).steady()?.moments;
    Ok(Optimum { r, time: None, moments: with_distance(moments, r) })
}

/// The vertex of a parabola through three points around `r`; its error is the square of their distance.
fn vertex(pair: &MeanField, r: f64) -> Result<Estimate, MeanFieldError> {
    let h = NEAR * r;
    let (low, high) = (r - h, r + h);
    let [left, middle, right] = [low, r, high].map(|r| pair.with_r(r).steady_xi2());
    let (left, middle, right) = (left?, middle?, right?);
    let (rise, fall) = ((right - middle).to_f64() / (high - r), (middle - left).to_f64() / (r - low));
    let value = r - 0.25 * (rise + fall) * (high - low) / (rise - fall);
    Ok(Estimate { value, error: (value - r).abs() + 10.0 * h * h + 4.0 * f64::EPSILON * r })
}

/// The moments with the error that `ξ²` has because the optimum is not quite there: the square of the distance.
fn with_distance(mut moments: Moments, r: Estimate) -> Moments {
    moments.xi2.error += 2.0 * moments.xi2.value * r.error.powi(2);
    moments
}

/// The `r > 0` and the time of least `ξ²` on the way from all atoms down.
///
/// # Errors
/// As [`optimise_r`].
///
/// ```
/// use twomode::numeric::{evolve::Unwatched, meanfield::{MeanField, optimise_rt}, noise::Rates};
/// let pair = MeanField::new([500, 500], 0.0, Rates { dephasing: 10.0, ..Rates::default() }).unwrap();
/// let best = optimise_rt(&pair, &Unwatched).unwrap(); // N γ/γ_z = 100
/// assert!(best.moments.xi2.value < 0.12 && best.time.is_some());
/// ```
pub fn optimise_rt(pair: &MeanField, watch: &dyn Watch) -> Result<Optimum, MeanFieldError> {
    let r = least(pair, watch, &|r| pair.with_r(r).first_low(watch))?;
    let best = pair.with_r(r.value);
    match best.lowest(watch) {
        Ok(lowest) => {
            let r = known_to(r, lowest.moments.xi2);
            Ok(Optimum { r, time: Some(lowest.time), moments: with_distance(lowest.moments, r) })
        }
        Err(MeanFieldError::NoMinimum) => {
            let moments = best.steady()?.moments;
            let r = known_to(r, moments.xi2);
            Ok(Optimum { r, time: None, moments: with_distance(moments, r) })
        }
        Err(error) => Err(error),
    }
}

/// Near a minimum values differ by the square of the distance: `r` is as sure as that allows.
fn known_to(r: Estimate, xi2: Estimate) -> Estimate {
    Estimate { value: r.value, error: r.error + 4.0 * (xi2.error / xi2.value).sqrt() }
}

/// The part of `r` at which the parabola has its points.
const NEAR: f64 = 1e-6;

/// A function of `r` that may fail.
type Objective<'a> = dyn Fn(f64) -> Result<f64, MeanFieldError> + 'a;

fn least(pair: &MeanField, watch: &dyn Watch, f: &Objective) -> Result<Estimate, MeanFieldError> {
    let largest = (0.5 * pair.total().ln() + BEYOND).min(MeanField::MAX_R);
    let point = |k: usize| largest * k as f64 / GRID as f64;
    let mut best = (0, f64::INFINITY);
    for k in 0..=GRID {
        if watch.stop() {
            return Err(MeanFieldError::Interrupted);
        }
        let value = f(point(k))?;
        watch.advanced(0.7 * k as f64 / GRID as f64);
        if value < best.1 {
            best = (k, value);
        }
    }
    if best.0 == GRID {
        return Err(MeanFieldError::AtTheEnd { r: largest });
    }
    let from = point(best.0.saturating_sub(1));
    let r = brent(f, from, point(best.0 + 1))?;
    if r.value < SMALLEST_R { Err(MeanFieldError::AtTheEnd { r: 0.0 }) } else { Ok(r) }
}

/// The minimum of a function with one of them between `low` and `high`, by R. P. Brent, Algorithms for Minimization
/// Without Derivatives (1973), chapter 5: parabolas where they fit, golden sections elsewhere.
fn brent(f: &Objective, mut low: f64, mut high: f64) -> Result<Estimate, MeanFieldError> {
    let golden = 0.5 * (3.0 - 5f64.sqrt());
    let mut x = low + golden * (high - low);
    let (mut second, mut third) = (x, x);
    let mut at_x = f(x)?;
    let (mut at_second, mut at_third) = (at_x, at_x);
    let (mut step, mut before) = (0.0f64, 0.0f64);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        let tolerance = 1e-8 * (1.0 + x.abs());
        if (x - middle).abs() <= 2.0 * tolerance - 0.5 * (high - low) {
            break;
        }
        let (mut p, mut q) = (0.0, 0.0);
        if before.abs() > tolerance {
            let s = (x - second) * (at_x - at_third);
            q = (x - third) * (at_x - at_second);
            p = (x - third) * q - (x - second) * s;
            q = 2.0 * (q - s);
            if q > 0.0 { p = -p } else { q = -q }
        }
        if p.abs() < (0.5 * q * before).abs() && p > q * (low - x) && p < q * (high - x) {
            (before, step) = (step, p / q);
        } else {
            before = if x < middle { high - x } else { low - x };
            step = golden * before;
        }
        let move_by = if step.abs() >= tolerance { step } else { tolerance.copysign(step) };
        let u = x + move_by;
        let at_u = f(u)?;
        if at_u <= at_x {
            if u < x {
                high = x
            } else {
                low = x
            }
            (third, at_third, second, at_second, x, at_x) = (second, at_second, x, at_x, u, at_u);
        } else {
            if u < x {
                low = u
            } else {
                high = u
            }
            if at_u <= at_second || second == x {
                (third, at_third, second, at_second) = (second, at_second, u, at_u);
            } else if at_u <= at_third || third == x || third == second {
                (third, at_third) = (u, at_u);
            }
        }
    }
    Ok(Estimate { value: x, error: high - low })
}
