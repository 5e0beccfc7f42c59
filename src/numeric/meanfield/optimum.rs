//! The least `ξ²` over the squeezing strength, and over strength and time: a grid in `r`, then Brent's method around
//! its best point. For steady states, which are known in twice the precision, parabolas through three near points
//! follow.

use super::{MeanField, MeanFieldError, Moments};
use crate::numeric::Estimate;
use crate::numeric::double::Number;
use crate::numeric::evolve::Watch;
use crate::numeric::minimum::{bracket, brent, flatness};

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

/// [`flatness`] added to the error of `r`.
fn known_to(r: Estimate, xi2: Estimate) -> Estimate {
    Estimate { value: r.value, error: r.error + flatness(xi2) }
}

/// The part of `r` at which the parabola has its points.
const NEAR: f64 = 1e-6;

fn least(
    pair: &MeanField,
    watch: &dyn Watch,
    f: &dyn Fn(f64) -> Result<f64, MeanFieldError>,
) -> Result<Estimate, MeanFieldError> {
    let largest = (0.5 * pair.total().ln() + BEYOND).min(MeanField::MAX_R);
    let grid: Vec<f64> = (0..=GRID).map(|k| largest * k as f64 / GRID as f64).collect();
    let on_grid = |r: f64| {
        if watch.stop() {
            return Err(MeanFieldError::Interrupted);
        }
        watch.advanced(0.7 * r / largest);
        f(r)
    };
    let Some([low, high]) = bracket(&on_grid, &grid)? else {
        return Err(MeanFieldError::AtTheEnd { r: largest });
    };
    let r = brent(f, low, high)?;
    if r.value < SMALLEST_R { Err(MeanFieldError::AtTheEnd { r: 0.0 }) } else { Ok(r) }
}
