//! The evolution from the state with every atom down, by Chebyshev series ([`crate::numeric::chebyshev`]).
//!
//! # Errors
//! Everything is computed twice, with another scaling of the spectrum and other steps. The error of a number `f x` is twice the
//! distance of the two plus what both share: the rounding of the sum and of the steps, and that of the matrix elements, which
//! changes rates by `ε b`, with `b` the bound on the spectrum, for the time `t`: `4 ε b t Σ|f x|`.

use std::ops::ControlFlow;

use super::generator::{Space, offsets};
use super::moments::{functionals, lowest_eigenvalue, squares};
use super::{Local, LocalError, Moments};
use crate::numeric::Estimate;
use crate::numeric::chebyshev::{Evolution, FLOOR, Generator, MOST_OUTPUTS, TWINS, Variant};
use crate::numeric::evolve::{Watch, check_times};

/// What was computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// One entry for each time reached, in the order of the times.
    pub moments: Vec<Moments>,
    /// Whether every time was reached.
    pub complete: bool,
    /// The smallest eigenvalue at the last time, each counted with the copies of its spins; `None` where it was not reached.
    pub lowest_eigenvalue: Option<f64>,
    /// Products with the Liouvillian, of the first of the two computations.
    pub products: u64,
}

/// Bytes that [`evolve`] needs for so many atoms and times, with noise of single atoms or without; from sizes alone.
///
/// ```
/// assert!(twomode::numeric::permutation::evolve::memory([4, 4], true, 51) < 1_000_000);
/// ```
pub fn memory(atoms: [usize; 2], local: bool, times: usize) -> u128 {
    let offsets = offsets(atoms, local);
    let vectors = 2 * (4 + times.min(MOST_OUTPUTS) as u128) + 2;
    let spins = atoms.map(|n| n as u128 / 2 + 1);
    let functionals = (11 + spins[0] + spins[1]) * offsets[2] as u128;
    let readings = 2 * 8 * 3 * times as u128 * (11 + spins[0] + spins[1]);
    offsets[offsets.len() - 1] as u128 * (8 * vectors + super::steady::ENTRY) + 8 * functionals + readings
}

/// Evolves the state with every atom down to each of the times, in units of `1/γ`.
///
/// # Errors
/// Times that do not rise, [`LocalError::Times`].
///
/// Cost: as many products with a sparse matrix as [`Evolution::run`] says, of about `n⁵/60` columns with 20 entries each.
///
/// ```
/// use twomode::numeric::{evolve::Unwatched, noise::Rates, permutation::{Local, evolve}};
/// // Pumping alone on one atom each, beside the decay at rate 1 of the engineered dissipation at r = 0.
/// let local = Local::new([1, 1], 0.0, Rates { pumping: 0.5, ..Rates::default() }).unwrap();
/// let found = evolve(&local, &[0.0, 2.0], &Unwatched).unwrap();
/// let up = 0.5 / 1.5 * (1.0 - (-1.5f64 * 2.0).exp());
/// assert!(found.moments[1].pair.z[0].agrees_with(up - 0.5));
/// ```
pub fn evolve(local: &Local, times: &[f64], watch: &dyn Watch) -> Result<Trajectory, LocalError> {
    check_times(times).map_err(LocalError::Times)?;
    let space = Space::new(local);
    let reader = Reader { space: &space, means: functionals(&space, [0.0; 2]), squares: squares(&space) };
    let (first, second) =
        rayon::join(|| reader.run(times, TWINS[0], watch, true), || reader.run(times, TWINS[1], watch, false));
    let reached = first.readings.len().min(second.readings.len());
    let complete = reached == times.len();
    let both = first.readings.iter().zip(&second.readings);
    Ok(Trajectory {
        moments: both.map(|(a, b)| combine(&space, a, b)).collect(),
        complete,
        lowest_eigenvalue: complete.then(|| lowest_eigenvalue(&space, &first.last)),
        products: first.products,
    })
}

/// What is read off at one time: of each functional, and last of `Tr ρ²`, the value and what both computations share of its error.
type Reading = Vec<Estimate>;

/// One of the two computations.
struct Run {
    readings: Vec<Reading>,
    last: Vec<f64>,
    products: u64,
}

/// Reads expectation values off a vector.
struct Reader<'a> {
    space: &'a Space,
    /// The weights about zero, of which the first two are those of the means.
    means: Vec<Vec<f64>>,
    squares: Vec<f64>,
}

impl Reader<'_> {
    fn run(&self, times: &[f64], variant: Variant, watch: &dyn Watch, shown: bool) -> Run {
        let mut start = vec![0.0; self.space.len()];
        start[self.space.ground()] = 1.0;
        let mut evolution = Evolution::new(self.space, start, variant);
        let mut readings = Vec::new();
        let goes_on = || if watch.stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let output = |_: usize, time: f64, x: &[f64], rounding: f64| {
            let drift = 4.0 * f64::EPSILON * self.space.bound() * time;
            readings.push(self.read(x, 16.0 * f64::EPSILON + rounding + drift));
            goes_on()
        };
        let end = times.last().copied().unwrap_or_default().max(f64::MIN_POSITIVE);
        let step = |time: f64| {
            if shown {
                watch.advanced(time / end);
            }
            goes_on()
        };
        // Stopped or not, what was read counts.
        let _ = evolution.run(times, output, step);
        Run { readings, last: evolution.state().to_vec(), products: evolution.products }
    }

    fn read(&self, x: &[f64], relative: f64) -> Reading {
        let sum = |weights: &[f64]| {
            let terms = || weights.iter().zip(x).map(|(w, x)| w * x);
            let floor = FLOOR * weights.iter().map(|w| w.abs()).sum::<f64>();
            Estimate { value: terms().sum(), error: relative * terms().map(f64::abs).sum::<f64>() + floor }
        };
        let centre = [0, 1].map(|f: usize| sum(&self.means[f]).value);
        let squared: Vec<f64> = self.squares.iter().zip(x).map(|(w, x)| w * x).collect();
        let purity = sum(&squared);
        let values = functionals(self.space, centre).into_iter().map(|weights| sum(&weights));
        values.chain([Estimate { error: 2.0 * purity.error, ..purity }]).collect()
    }
}

fn combine(space: &Space, a: &[Estimate], b: &[Estimate]) -> Moments {
    let both = |(a, b): (&Estimate, &Estimate)| Estimate { error: a.error + 2.0 * (a.value - b.value).abs(), ..*a };
    let mut estimates: Vec<Estimate> = a.iter().zip(b).map(both).collect();
    let purity = estimates.pop().unwrap_or(Estimate { value: f64::NAN, error: f64::INFINITY });
    Moments::new(space, &estimates, purity)
}
