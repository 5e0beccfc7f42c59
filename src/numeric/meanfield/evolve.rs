//! Evolution of the mean-field equations from all atoms down, and the lowest `ξ²` on the way.
//!
//! # Errors
//! Everything is computed with two tolerances. The error of a number is twice the distance of the two, plus the
//! rounding of its terms, of the right sides behind them ([`rounding`]) and of the steps, plus what a change of all
//! rates by a few units in the last place makes, `4 ε t |d/dt|`.

use super::equations::Equations;
use super::{MeanField, MeanFieldError, Moments, Values, X_PLUS_SQ, XI2, read};
use crate::numeric::Estimate;
use crate::numeric::double::Double;
use crate::numeric::evolve::{Watch, check_times};
use crate::numeric::polynomials::System;
use crate::numeric::radau::{RadauError, Solution, Step, rounding};

/// What was computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// One entry for each time reached.
    pub moments: Vec<Moments>,
    /// Whether every time was reached.
    pub complete: bool,
}

/// The lowest `ξ²` of a trajectory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lowest {
    /// When.
    pub time: Estimate,
    /// The moments at that time.
    pub moments: Moments,
}

/// The relative tolerances of a step.
const TOLERANCES: [f64; 2] = [1e-11, 1e-10];

/// Rounding of a moment, in units of its terms.
const ROUNDING: f64 = 16.0 * f64::EPSILON;

/// Deviations from the steady state are `e^{-40}` at the end of a search.
const LIFETIMES: f64 = 40.0;

/// A value of `ξ²` that is not this much below the steady one is the steady one.
const DISTINCT: f64 = 1e-9;

/// The equations at fixed parameters, for the evolution.
pub(super) struct Evolution {
    system: System<f64>,
    read: System<Double>,
    /// The same with rounded coefficients.
    read_rounded: System<f64>,
    start: Vec<f64>,
    atoms: f64,
    equal: bool,
}

/// A state with its time.
#[derive(Clone)]
struct Point {
    time: f64,
    state: Vec<f64>,
    /// Each of them rounds the state once.
    steps: usize,
}

impl MeanField {
    /// Evolves from all atoms down to each of the times (in units of 1/γ).
    ///
    /// # Errors
    /// Times that do not rise, and [`RadauError`].
    ///
    /// ```
    /// use twomode::numeric::{evolve::Unwatched, meanfield::MeanField, noise::Rates};
    /// let rates = Rates { dephasing: 0.3, ..Rates::default() };
    /// let pair = MeanField::new([2, 2], 0.0, rates).unwrap();
    /// let moments = pair.evolve(&[1.0], &Unwatched).unwrap().moments;
    /// assert!(moments[0].pair.z[0].agrees_with(-1.0)); // nothing leaves the ground state without squeezing
    /// ```
    pub fn evolve(&self, times: &[f64], watch: &dyn Watch) -> Result<Trajectory, MeanFieldError> {
        check_times(times).map_err(MeanFieldError::Times)?;
        let evolution = Evolution::new(self)?;
        let run = |at: usize| evolution.states(times, TOLERANCES[at], at == 0, watch);
        let (fine, coarse) = rayon::join(|| run(0), || run(1));
        let (fine, coarse) = (fine?, coarse?);
        let moments: Vec<Moments> = fine.iter().zip(&coarse).map(|(a, b)| evolution.moments(a, b)).collect();
        Ok(Trajectory { complete: moments.len() == times.len(), moments })
    }

    /// The lowest `ξ²` on the way from all atoms down to the steady state.
    ///
    /// A step in which `dξ²/dt` turns positive is searched for its zero; the evolution ends after 40 lifetimes of the
    /// slowest deviation. Without local noise the slowest that is not conserved counts.
    ///
    /// # Errors
    /// [`MeanFieldError::NoMinimum`] when `ξ²` is nowhere lower than in the steady state by more than 1e-9 of it.
    ///
    /// ```
    /// use twomode::numeric::{evolve::Unwatched, meanfield::MeanField, noise::Rates};
    /// let pair = MeanField::new([50, 50], 1.0, Rates { dephasing: 1.0, ..Rates::default() }).unwrap();
    /// let (lowest, steady) = (pair.lowest(&Unwatched).unwrap(), pair.steady().unwrap());
    /// assert!(lowest.moments.xi2.value < steady.moments.xi2.value);
    /// ```
    pub fn lowest(&self, watch: &dyn Watch) -> Result<Lowest, MeanFieldError> {
        let evolution = Evolution::new(self)?;
        let (end, steady) = (self.end()?, self.steady_xi2()?.to_f64());
        let run = |at: usize| evolution.lowest(end, TOLERANCES[at], false, watch);
        let (fine, coarse) = rayon::join(|| run(0), || run(1));
        let (fine, coarse) = (fine?, coarse?);
        let distinct = |point: &Point| evolution.xi2(&point.state) < steady * (1.0 - DISTINCT);
        let (Some(fine), Some(coarse)) = (fine.filter(distinct), coarse.filter(distinct)) else {
            return Err(MeanFieldError::NoMinimum);
        };
        let moments = evolution.moments(&fine, &coarse);
        // Near the minimum ξ² is flat: it says where only to within the root of its own error.
        let curvature = evolution.curvature(&fine);
        let flat = if curvature > 0.0 { (2.0 * moments.xi2.error / moments.xi2.value / curvature).sqrt() } else { 0.0 };
        let error = 2.0 * (fine.time - coarse.time).abs() + flat;
        Ok(Lowest { time: Estimate { value: fine.time, error }, moments })
    }

    /// `ξ²` at its first minimum in time, or in the steady state if there is none: what a search over `r` compares.
    pub(super) fn first_low(&self, watch: &dyn Watch) -> Result<f64, MeanFieldError> {
        let evolution = Evolution::new(self)?;
        let steady = self.steady_xi2()?.to_f64();
        let low = evolution.lowest(self.end()?, TOLERANCES[1], true, watch)?;
        Ok(low.map_or(steady, |point| evolution.xi2(&point.state).min(steady)))
    }

    /// When nothing moves any more.
    fn end(&self) -> Result<f64, MeanFieldError> {
        let rates = self.relaxation_rates()?;
        let slowest = rates.iter().map(|rate| -rate[0]).find(|rate| *rate > 0.0).unwrap_or(1.0);
        Ok(LIFETIMES / slowest)
    }
}

impl Evolution {
    fn new(pair: &MeanField) -> Result<Self, MeanFieldError> {
        let equal = pair.atoms[0] == pair.atoms[1];
        let equations = if equal { Equations::equal()? } else { Equations::general()? };
        let parameters = pair.parameters::<Double>();
        Ok(Self {
            system: equations.flow.at(&parameters).rounded(),
            read_rounded: equations.read.at(&parameters).rounded(),
            read: equations.read.at(&parameters),
            start: equations.start(&parameters).into_iter().map(Double::to_f64).collect(),
            atoms: pair.total(),
            equal,
        })
    }

    fn solution(&self, relative: f64) -> Solution<'_> {
        Solution::new(&self.system, self.start.clone(), relative)
    }

    /// The states at these times, as many as are reached before somebody stops it.
    fn states(&self, times: &[f64], relative: f64, shown: bool, watch: &dyn Watch) -> Result<Vec<Point>, RadauError> {
        let mut solution = self.solution(relative);
        let mut points = Vec::new();
        let last = times[times.len() - 1].max(f64::MIN_POSITIVE);
        for &time in times {
            while solution.time() < time {
                if watch.stop() {
                    return Ok(points);
                }
                solution.step(time)?;
                if shown {
                    watch.advanced(solution.time() / last);
                }
            }
            points.push(Point { time, state: solution.state().to_vec(), steps: solution.steps() });
        }
        Ok(points)
    }

    fn values(&self, state: &[f64]) -> Values<Double> {
        read(&self.read, &state.iter().copied().map(Double::from).collect::<Vec<_>>(), self.atoms)
    }

    /// The moments from the same time of two runs.
    fn moments(&self, fine: &Point, coarse: &Point) -> Moments {
        let (values, others) = (self.values(&fine.state), self.values(&coarse.state));
        let terms = self.read_rounded.magnitudes(&fine.state);
        // All rates by a part δ larger, as the time.
        let delta = 1e-6;
        let flow = self.system.flow(&fine.state);
        let later: Vec<f64> = fine.state.iter().zip(&flow).map(|(y, f)| y + delta * fine.time * f).collect();
        let later = self.values(&later);
        let mut noise = rounding(&self.system, &fine.state, fine.time);
        noise.iter_mut().zip(&fine.state).for_each(|(noise, y)| *noise += fine.steps as f64 * f64::EPSILON * y.abs());
        let by_state = self.read_rounded.jacobian(&fine.state);
        let rounded = |k: usize| {
            let behind = noise.iter().enumerate().map(|(l, noise)| by_state[k][l].abs() * noise);
            ROUNDING * terms[k] + behind.sum::<f64>()
        };
        let z = values[0].to_f64() + values[1].to_f64();
        let xi2 = values[XI2].to_f64();
        let relative = rounded(X_PLUS_SQ) / values[X_PLUS_SQ].to_f64() + 2.0 * (rounded(0) + rounded(1)) / z.abs();
        Moments::new(|k| {
            let drift = 4.0 * f64::EPSILON / delta * (later[k] - values[k]).to_f64().abs();
            let rounded = if k == XI2 { relative.abs() * xi2 } else { rounded(k) };
            let error = 2.0 * (values[k] - others[k]).to_f64().abs() + rounded + drift;
            Estimate { value: values[k].to_f64(), error }
        })
    }

    fn xi2(&self, state: &[f64]) -> f64 {
        self.values(state)[XI2].to_f64()
    }

    /// `d ln ξ²/dt = X+²'/X+² - 2 z'/z`.
    fn slope(&self, state: &[f64]) -> f64 {
        let flow = self.system.flow(state);
        let (x, z, moved) =
            if self.equal { (3, 2.0 * state[0], 2.0 * flow[0]) } else { (6, state[0] + state[1], flow[0] + flow[1]) };
        flow[x] / state[x] - 2.0 * moved / z
    }

    /// `d² ln ξ²/dt²`, from the slope a little later on the tangent.
    fn curvature(&self, at: &Point) -> f64 {
        let flow = self.system.flow(&at.state);
        let h = 1e-6 * at.time;
        let later: Vec<f64> = at.state.iter().zip(&flow).map(|(y, f)| y + h * f).collect();
        (self.slope(&later) - self.slope(&at.state)) / h
    }

    /// The lowest of the minima of `ξ²` up to the time `end`, or the first one.
    fn lowest(&self, end: f64, relative: f64, first: bool, watch: &dyn Watch) -> Result<Option<Point>, MeanFieldError> {
        let mut solution = self.solution(relative);
        let mut best: Option<Point> = None;
        while solution.time() < end {
            if watch.stop() {
                return Err(MeanFieldError::Interrupted);
            }
            let step = solution.step(end)?;
            if self.slope(&step.start) < 0.0 && self.slope(&step.end) >= 0.0 {
                let found = self.turn(&solution, &step)?;
                if best.as_ref().is_none_or(|best| self.xi2(&found.state) < self.xi2(&best.state)) {
                    best = Some(found);
                }
                if first {
                    break;
                }
            }
        }
        Ok(best)
    }

    /// The zero of the slope inside a step, by the Illinois method.
    fn turn(&self, solution: &Solution, step: &Step) -> Result<Point, RadauError> {
        let (mut low, mut high) = (step.from, step.to);
        let (mut at_low, mut at_high) = (self.slope(&step.start), self.slope(&step.end));
        let mut point = Point { time: step.to, state: step.end.clone(), steps: solution.steps() };
        let mut kept = 0i32;
        for _ in 0..60 {
            if high - low <= 1e-12 * high || at_high == at_low {
                break;
            }
            let time = (low * at_high - high * at_low) / (at_high - at_low);
            if !(time > low && time < high) {
                break;
            }
            point = Point { time, state: solution.inside(step, time)?, ..point };
            let slope = self.slope(&point.state);
            if slope < 0.0 {
                (low, at_low) = (time, slope);
                at_high *= if kept < 0 { 0.5 } else { 1.0 };
                kept = -1;
            } else {
                (high, at_high) = (time, slope);
                at_low *= if kept > 0 { 0.5 } else { 1.0 };
                kept = 1;
            }
            if slope == 0.0 {
                break;
            }
        }
        Ok(point)
    }
}
