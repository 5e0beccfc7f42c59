//! Time evolution under the engineered dissipation, Eq. (10).
//!
//! The deviation `δ = ρ - |ψ_G><ψ_G|` is evolved where the steady state is known (equal ladders): it obeys the same linear
//! equation and fades, so that small infidelities keep their digits; elsewhere `ρ` itself. Each sector of `d_ket - d_bra`
//! that the initial state touches evolves alone, real and imaginary parts apart ([`super::lindblad`]), by Chebyshev series
//! ([`super::chebyshev`]).
//!
//! # Errors
//! Everything is computed twice, with another scaling of the spectrum, other steps, and a deviation that was rounded
//! otherwise (near the steady state little but rounding is left of it). The error of a number is twice the distance of the
//! two, plus what both share: the rounding of sums, `16 ε Σ|w x|`, that of the steps ([`super::chebyshev`]), and that of the
//! matrix elements, which acts as a change of rates by `ε b`, with `b` the bound on the spectrum, for the time `t`: `4 ε b t`
//! of the deviation.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::Estimate;
use super::chebyshev::{Evolution, FLOOR, Generator, MOST_OUTPUTS, TWINS, Variant};
use super::lindblad::Dissipation;
use super::lindblad::sector::Sector;
use super::lindblad::spins::SpinBand;
use super::state::{FUNCTIONALS, Functional, Initial, StateError, gtmss_amplitudes, gtmss_value, smallest};
use crate::model::lindblad::Element;

/// The expectation values at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// `<X+²>`, `<X-²>`, `<Y+²>`, `<Y-²>`.
    pub quadratures: [Estimate; 4],
    /// `<Z_1>`, `<Z_2>`.
    pub z: [Estimate; 2],
    /// `Tr ρ`, whose distance from 1 is an error of its own.
    pub trace: Estimate,
    /// `1 - <ψ_G|ρ|ψ_G>`; `None` for ladders that differ.
    pub infidelity: Option<Estimate>,
    /// `||ρ - |ψ_G><ψ_G|||` in the norm of Frobenius; `None` for ladders that differ.
    pub distance: Option<Estimate>,
    /// `Tr ρ²`.
    pub purity: Estimate,
}

impl Moments {
    /// The Wineland parameter `ξ² = N <X+²>/(<Z_1> + <Z_2>)²`, with `N` atoms in all: Eq. (8).
    pub fn xi2(&self, atoms: f64) -> Estimate {
        let [x, z] = [self.quadratures[0], Estimate { value: self.z[0].value + self.z[1].value, error: 0.0 }];
        let value = atoms * x.value / z.value.powi(2);
        let relative = x.error / x.value.abs() + 2.0 * (self.z[0].error + self.z[1].error) / z.value.abs();
        Estimate { value, error: value.abs() * (relative + 4.0 * f64::EPSILON) }
    }
}

/// What was computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// One entry for each time reached, in the order of the times.
    pub moments: Vec<Moments>,
    /// Whether every time was reached.
    pub complete: bool,
    /// The smallest eigenvalue of `ρ` at the last time reached: negative by rounding only. `None` for more than
    /// [`LARGEST_SPECTRUM`] levels in a block.
    pub lowest_eigenvalue: Option<f64>,
    /// Products with the Liouvillian, of the first of the two computations.
    pub products: u64,
}

/// The latest time, in units of 1/γ: at the largest accepted `|r|` the slow rate `e^{-2r}` has long done its work.
pub const LATEST: f64 = 1e9;

/// The largest block whose eigenvalues are computed.
pub const LARGEST_SPECTRUM: usize = 512;

/// Looks on while something long runs.
pub trait Watch: Sync {
    /// The part of the work that is done, from 0 to 1.
    fn advanced(&self, _part: f64) {}
    /// Whether to stop now, keeping what there is.
    fn stop(&self) -> bool {
        false
    }
}

/// Nobody looks on.
pub struct Unwatched;

impl Watch for Unwatched {}

/// Why an evolution was refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EvolveError {
    /// No times.
    NoTimes,
    /// A time that is negative, beyond [`LATEST`], or before the one in front of it.
    Time {
        /// Its position.
        at: usize,
        /// Its value.
        time: f64,
    },
    /// The initial state.
    State(StateError),
}

impl std::fmt::Display for EvolveError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::NoTimes => write!(f, "no times are given; accepted: at least one"),
            Self::Time { at, time } => {
                write!(
                    f,
                    "time number {} is {time}; accepted are times from 0 to {LATEST:e}, none below the one before",
                    at + 1
                )
            }
            Self::State(error) => write!(f, "the initial state: {error}"),
        }
    }
}

impl std::error::Error for EvolveError {}

/// One real vector that evolves alone: the real or the imaginary part of a sector.
struct Part {
    sector: Sector,
    /// Two diagonals of each block, where they determine the rest.
    band: Option<SpinBand>,
    imaginary: bool,
    start: Vec<f64>,
    /// The same, rounded otherwise: where the second computation starts.
    twin: Vec<f64>,
    /// For a deviation, whose trace is zero.
    traceless: Option<Traceless>,
    /// Of each functional, on the whole sector.
    weights: Vec<Vec<(usize, f64)>>,
    /// On the spectrum.
    bound: f64,
}

/// What takes the trace out of a deviation.
struct Traceless {
    /// The weights of the trace.
    trace: Vec<(usize, f64)>,
    /// `|ψ_G><ψ_G|`.
    steady: Vec<f64>,
}

impl Generator for Part {
    fn apply(&self, x: &[f64], out: &mut [f64]) {
        match &self.band {
            Some(band) => band.apply(x, out),
            None => self.sector.apply(x, out),
        }
    }

    fn bound(&self) -> f64 {
        self.bound
    }

    fn clean(&self, x: &mut [f64]) {
        if let Some(Traceless { trace, steady }) = &self.traceless {
            let trace: f64 = trace.iter().map(|(at, w)| w * x[*at]).sum();
            x.iter_mut().zip(steady).for_each(|(x, value)| *x -= trace * value);
        }
    }
}

/// The state as parts, and whether they hold the deviation from the GTMSS.
struct Parts {
    parts: Vec<Part>,
    deviation: bool,
}

/// Evolves `initial` to each of the times (in units of 1/γ).
///
/// # Errors
/// Times that do not rise, or a state that does not fit.
///
/// ```
/// use twomode::numeric::{evolve::{Unwatched, evolve}, lindblad::Dissipation, state::Initial};
/// let atoms = Dissipation::spins(1, 1, 0.0).unwrap();
/// let decayed = evolve(&atoms, &Initial::Product(1, 0), &[0.0, 2.0], &Unwatched).unwrap();
/// // Without squeezing an excited atom decays at rate 1: <Z_1> = e^{-t} - 1/2.
/// assert!(decayed.moments[1].z[0].agrees_with((-2f64).exp() - 0.5));
/// ```
pub fn evolve(
    dissipation: &Dissipation,
    initial: &Initial,
    times: &[f64],
    watch: &dyn Watch,
) -> Result<Trajectory, EvolveError> {
    check_times(times)?;
    let parts = Parts::new(dissipation, initial).map_err(EvolveError::State)?;
    let [first, second] = TWINS.map(|variant| (variant, variant == TWINS[0]));
    let run = |(variant, shown): (Variant, bool)| parts.run(dissipation, times, variant, shown, watch);
    let (first, second) = rayon::join(|| run(first), || run(second));
    let reached = first.readings.len().min(second.readings.len());
    let moments =
        (0..reached).map(|at| combine(dissipation, parts.deviation, &first.readings[at], &second.readings[at]));
    Ok(Trajectory {
        moments: moments.collect(),
        complete: reached == times.len(),
        lowest_eigenvalue: first.lowest_eigenvalue.filter(|_| reached == first.readings.len()),
        products: first.products,
    })
}

/// Whether the times rise from 0 on, up to [`LATEST`].
///
/// # Errors
/// No time, or the first that does not fit.
pub fn check_times(times: &[f64]) -> Result<(), EvolveError> {
    if times.is_empty() {
        return Err(EvolveError::NoTimes);
    }
    let before = |at: usize| if at == 0 { 0.0 } else { times[at - 1] };
    let bad = |&(at, time): &(usize, f64)| !(time <= LATEST && time >= before(at));
    let found = times.iter().copied().enumerate().find(bad);
    found.map_or(Ok(()), |(at, time)| Err(EvolveError::Time { at, time }))
}

/// Bytes that [`evolve`] needs for ladders with these largest levels, and so many times; built from sizes alone.
///
/// Each of the two computations has four vectors of a sector and one for each of up to 32 times inside a step; starts and
/// ends are kept for each sector. The elements of a density matrix are listed and its eigenvalues computed.
///
/// ```
/// use twomode::numeric::{evolve::memory, state::Initial};
/// // S = 50 at 201 times: two-thirds of 103³ doubles, 75 times.
/// assert!((3e8..6e8).contains(&(memory([100, 100], &Initial::Product(0, 0), 201) as f64)));
/// ```
pub fn memory(top: [usize; 2], initial: &Initial, times: usize) -> u128 {
    let vectors = 2 * (4 + times.min(MOST_OUTPUTS) as u128) + 4;
    let levels = (top[0] as u128 + 1) * (top[1] as u128 + 1);
    let all = if matches!(initial, Initial::Density(_)) { 320 * levels * levels } else { 0 };
    vectors * Sector::bytes(top) + all
}

/// What is read off at one time: for each functional its value and the rounding error of its sum.
struct Reading {
    values: [f64; FUNCTIONALS.len()],
    rounding: [f64; FUNCTIONALS.len()],
    /// `4 ε b t`.
    drift: f64,
    /// The relative rounding of the steps.
    steps: f64,
    /// `Σ |x|²` over all elements.
    square: f64,
}

/// One of the two computations.
struct Run {
    readings: Vec<Reading>,
    lowest_eigenvalue: Option<f64>,
    products: u64,
}

impl Parts {
    fn new(dissipation: &Dissipation, initial: &Initial) -> Result<Self, StateError> {
        let mut elements: BTreeMap<Element, [f64; 2]> = initial.elements(dissipation.top())?.into_iter().collect();
        let amplitudes = gtmss_amplitudes(dissipation);
        for (m, a) in amplitudes.iter().enumerate() {
            for (n, b) in amplitudes.iter().enumerate() {
                elements.entry([m, m, n, n]).or_default()[0] -= a * b;
            }
        }
        let difference = |[m1, m2, n1, n2]: &Element| *m1 as i64 - *m2 as i64 - *n1 as i64 + *n2 as i64;
        let image = |[m1, m2, n1, n2]: &Element| elements.get(&[*m2, *m1, *n2, *n1]).copied().unwrap_or_default();
        let exchange = dissipation.exchange_symmetric() && elements.iter().all(|(e, x)| x[0] == image(e)[0]);
        let mut parts = Vec::new();
        // Zero is among them also when the state is the steady one and there is no deviation.
        let sectors: BTreeSet<i64> = elements.keys().map(difference).filter(|k| *k >= 0).chain([0]).collect();
        for k in sectors {
            for imaginary in [false, true] {
                let at = usize::from(imaginary);
                let first = k == 0 && !imaginary;
                if !first && !elements.iter().any(|(e, x)| difference(e) == k && x[at] != 0.0) {
                    continue;
                }
                let Some(sector) = Sector::new(dissipation, k, exchange && first) else { continue };
                let mut start = vec![0.0; sector.len()];
                for (element, x) in elements.iter().filter(|(e, _)| difference(e) == k) {
                    if let Some(place) = sector.index(*element) {
                        start[place] += x[at];
                    }
                }
                let steady = (first && !amplitudes.is_empty()).then(|| steady(&sector, &amplitudes));
                parts.push(Part::new(dissipation, sector, imaginary, start, steady));
            }
        }
        Ok(Self { parts, deviation: !amplitudes.is_empty() })
    }

    fn run(&self, dissipation: &Dissipation, times: &[f64], variant: Variant, shown: bool, watch: &dyn Watch) -> Run {
        let mut run = Run { readings: Vec::new(), lowest_eigenvalue: None, products: 0 };
        let mut reached = times.len();
        let mut last = Vec::new();
        for (number, part) in self.parts.iter().enumerate() {
            let mut start = if shown { &part.start } else { &part.twin }.clone();
            part.clean(&mut start);
            let mut evolution = Evolution::new(part, start, variant);
            let mut count = 0;
            let output = |at: usize, time: f64, x: &[f64], rounding: f64| {
                if watch.stop() {
                    return ControlFlow::Break(());
                }
                let reading = part.read(x, rounding, 4.0 * f64::EPSILON * part.bound * time);
                match run.readings.get_mut(at) {
                    Some(sum) => sum.add(&reading),
                    None => run.readings.push(reading),
                }
                count = at + 1;
                ControlFlow::Continue(())
            };
            let step = |time: f64| {
                if shown {
                    let done = time / times[times.len() - 1].max(f64::MIN_POSITIVE);
                    watch.advanced((number as f64 + done) / self.parts.len() as f64);
                }
                if watch.stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let flow = evolution.run(&times[..reached], output, step);
            if flow.is_break() {
                reached = count;
            }
            run.products += evolution.products;
            last.push(part.whole(evolution.state()).into_owned());
        }
        run.readings.truncate(reached);
        if shown && reached == times.len() {
            run.lowest_eigenvalue = self.lowest_eigenvalue(dissipation, &last);
        }
        run
    }

    /// The smallest eigenvalue of `ρ`, block by block where only `k = 0` is there, else of the whole matrix.
    fn lowest_eigenvalue(&self, dissipation: &Dissipation, vectors: &[Vec<f64>]) -> Option<f64> {
        let amplitudes = gtmss_amplitudes(dissipation);
        let [top1, top2] = dissipation.top();
        if let ([part], [x]) = (self.parts.as_slice(), vectors)
            && part.sector.k() == 0
            && !part.imaginary
        {
            if top1.min(top2) >= LARGEST_SPECTRUM {
                return None;
            }
            let lowest = part.sector.block_rows(x).map(|(d, rows)| {
                let pure = |p: usize, q: usize| {
                    if d == 0 && self.deviation { amplitudes[p] * amplitudes[q] } else { 0.0 }
                };
                smallest(&faer::Mat::from_fn(rows.len(), rows.len(), |p, q| {
                    0.5 * (rows[p][q] + rows[q][p]) + pure(p, q)
                }))
            });
            return lowest.reduce(f64::min);
        }
        let n = (top1 + 1) * (top2 + 1);
        if n > LARGEST_SPECTRUM {
            return None;
        }
        let at = |m1: usize, m2: usize| m1 * (top2 + 1) + m2;
        let mut rows = vec![vec![[0.0; 2]; n]; n];
        if self.deviation {
            for (m, a) in amplitudes.iter().enumerate() {
                amplitudes.iter().enumerate().for_each(|(k, b)| rows[at(m, m)][at(k, k)][0] += a * b);
            }
        }
        for (part, x) in self.parts.iter().zip(vectors) {
            for ([m1, m2, n1, n2], place, copies) in part.sector.elements() {
                let mut put = |i: usize, j: usize| {
                    rows[i][j][usize::from(part.imaginary)] += x[place];
                    if part.sector.k() > 0 {
                        rows[j][i][usize::from(part.imaginary)] += if part.imaginary { -x[place] } else { x[place] };
                    }
                };
                put(at(m1, m2), at(n1, n2));
                if copies == 2.0 {
                    put(at(m2, m1), at(n2, n1));
                }
            }
        }
        Some(super::state::lowest_eigenvalue(&rows))
    }
}

/// `|ψ_G><ψ_G|` as a vector of the sector.
fn steady(sector: &Sector, amplitudes: &[f64]) -> Vec<f64> {
    let mut vector = vec![0.0; sector.len()];
    for (m, a) in amplitudes.iter().enumerate() {
        for (n, b) in amplitudes.iter().enumerate() {
            if let Some(at) = sector.index([m, m, n, n]) {
                vector[at] = a * b;
            }
        }
    }
    vector
}

/// The weights of each functional; none where the part cannot contribute: imaginary ones, and sectors that no quadrature reaches.
fn weights(dissipation: &Dissipation, sector: &Sector, imaginary: bool) -> Vec<Vec<(usize, f64)>> {
    let none = imaginary || ![0, 2].contains(&sector.k());
    FUNCTIONALS.map(|f| if none { Vec::new() } else { f.weights(dissipation, sector) }).to_vec()
}

/// The deviation `start`, a difference of two states, moved by the rounding of both. The signs have no pattern: the top bit of
/// the position times 2^64 over the golden ratio.
fn otherwise_rounded(start: &[f64], steady: &[f64]) -> Vec<f64> {
    let sign = |at: usize| if (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 63 == 0 { 1.0 } else { -1.0 };
    let moved = |(at, (x, s)): (usize, (&f64, &f64))| x + sign(at) * 4.0 * f64::EPSILON * (x.abs() + 2.0 * s.abs());
    start.iter().zip(steady).enumerate().map(moved).collect()
}

impl Part {
    /// With the steady state, `start` is a deviation of trace zero.
    fn new(
        dissipation: &Dissipation,
        sector: Sector,
        imaginary: bool,
        start: Vec<f64>,
        steady: Option<Vec<f64>>,
    ) -> Self {
        let (weights, bound) = (weights(dissipation, &sector, imaginary), sector.bound());
        let band = if sector.exchange() { SpinBand::new(dissipation) } else { None };
        let reduced = band.and_then(|band| {
            let vectors = (band.contract(&start)?, band.contract(steady.as_ref()?)?);
            Some((band, vectors))
        });
        match reduced {
            Some((band, (start, steady))) => {
                let twin = otherwise_rounded(&start, &steady);
                let traceless = Some(Traceless { trace: band.trace(), steady });
                Self { sector, band: Some(band), imaginary, start, twin, traceless, weights, bound }
            }
            None => {
                let twin = steady.as_ref().map_or_else(|| start.clone(), |steady| otherwise_rounded(&start, steady));
                let trace = || Functional::Trace.weights(dissipation, &sector);
                let traceless = steady.map(|steady| Traceless { trace: trace(), steady });
                Self { sector, band: None, imaginary, start, twin, traceless, weights, bound }
            }
        }
    }

    /// A vector of the sector.
    fn whole<'a>(&self, x: &'a [f64]) -> Cow<'a, [f64]> {
        match &self.band {
            Some(band) => Cow::Owned(band.expand(x)),
            None => Cow::Borrowed(x),
        }
    }

    fn read(&self, x: &[f64], rounding: f64, drift: f64) -> Reading {
        let x = &*self.whole(x);
        let mut reading = Reading {
            values: [0.0; FUNCTIONALS.len()],
            rounding: [0.0; FUNCTIONALS.len()],
            drift,
            steps: rounding,
            square: 0.0,
        };
        for (f, weights) in self.weights.iter().enumerate() {
            for (at, w) in weights {
                reading.values[f] += w * x[*at];
                reading.rounding[f] += (16.0 * f64::EPSILON + rounding) * (w * x[*at]).abs() + FLOOR * w.abs();
            }
        }
        let both = if self.sector.k() > 0 { 2.0 } else { 1.0 };
        reading.square = if self.sector.exchange() {
            self.sector.elements().map(|(_, at, copies)| copies * x[at] * x[at]).sum()
        } else {
            both * x.iter().map(|x| x * x).sum::<f64>()
        };
        reading
    }
}

impl Reading {
    fn add(&mut self, other: &Self) {
        for f in 0..FUNCTIONALS.len() {
            self.values[f] += other.values[f];
            self.rounding[f] += other.rounding[f];
        }
        self.drift = self.drift.max(other.drift);
        self.steps = self.steps.max(other.steps);
        self.square += other.square;
    }
}

/// The moments from two readings of the same time.
fn combine(dissipation: &Dissipation, deviation: bool, a: &Reading, b: &Reading) -> Moments {
    let estimate = |functional: Functional| {
        let f = FUNCTIONALS.iter().position(|g| *g == functional).unwrap_or_default();
        let steady = if deviation { gtmss_value(dissipation, functional) } else { 0.0 };
        let error = 2.0 * (a.values[f] - b.values[f]).abs() + a.rounding[f] + a.drift * a.values[f].abs();
        (steady, Estimate { value: a.values[f], error: error + 8.0 * f64::EPSILON * steady.abs() })
    };
    let whole = |functional: Functional| {
        let (steady, change) = estimate(functional);
        Estimate { value: steady + change.value, error: change.error }
    };
    let (_, lost) = estimate(Functional::Fidelity);
    // The steady part is exactly one and does not round.
    let infidelity = deviation.then_some(Estimate { value: 0.0 - lost.value, error: lost.error - 8.0 * f64::EPSILON });
    let start = if deviation { 1.0 + 2.0 * lost.value } else { 0.0 };
    let purity_error = 2.0 * (a.square - b.square).abs() + (32.0 * f64::EPSILON + 2.0 * (a.drift + a.steps)) * a.square;
    let lost_error = if deviation { 2.0 * lost.error } else { 0.0 };
    let distance = deviation.then(|| {
        let value = a.square.sqrt();
        // ∣√a - √b∣ <= ∣a - b∣/√a.
        Estimate { value, error: purity_error / value.max(f64::MIN_POSITIVE) }
    });
    use Functional::*;
    Moments {
        quadratures: [XPlusSq, XMinusSq, YPlusSq, YMinusSq].map(whole),
        z: [Z1, Z2].map(whole),
        trace: whole(Trace),
        infidelity,
        distance,
        purity: Estimate { value: start + a.square, error: purity_error + lost_error },
    }
}
