//! The steady state of the engineered dissipation, Eq. (10), for any two ladders.
//!
//! **Equal ladders**: the GTMSS, in closed form. **Different spins**: a closed form, too ([`super::unequal`]). **No squeezing**:
//! `|0,0>`. **Otherwise** elimination along the line of blocks.
//! Let `x_d` hold the elements `p <= q` of the symmetric block `ρ_d`. Both jumps change `d` by one, so
//!
//! > `0 = A_d x_d + B_d x_{d+1} + C_d x_{d-1}`, hence `x_d = V_d x_{d-1}` with `V_d = -(A_d + B_d V_{d+1})^{-1} C_d` for `d > 0`,
//!
//! from the largest `d` inwards, and likewise `x_d = W_d x_{d+1}` for `d < 0`. What remains is `M x_0 = 0`, with one equation
//! replaced by the trace. `V_d` says what is in block `d` while the last visit to block `d - 1` is remembered: a completely
//! positive map, so that signs do not mix. The meeting point matters: block 0 holds `|0,0>`, and blocks far from it are so
//! rarely visited that an elimination through block 0 would subtract nearly equal numbers, about `r²` at each step.
//!
//! # Errors
//! The same is done with the two systems exchanged and the unknowns of each block in the opposite order. The error of a number
//! is twice the distance of the two, plus the rounding of sums and `8 ε e^{4|r|}` of the number, for matrix elements that are
//! not exact, plus what the probabilities of the single systems, known exactly, miss. The residual is `max |𝓛ρ|` over the bound of `𝓛`, computed with the matrix-free Liouvillian.
//!
//! # How many steady states
//! A ladder falls into pieces at the zeros of `o`. Without zeros the steady state is unique for every finite `r` (the chapter
//! on the steady state has the proof). With zeros there are several; which of them is reached depends on where the evolution
//! starts, and none is returned.
//!
//! Cost: `Σ_d n_d^6/3` operations, about `n^7/25` for `n` levels, and `n^5/10` numbers of memory.

use faer::Mat;
use faer::linalg::solvers::Solve;

use super::Estimate;
use super::evolve::{Moments, Watch};
use super::lindblad::line::Line;
use super::lindblad::sector::Sector;
use super::lindblad::{Dissipation, DissipationError};
use super::minimum::{bracket, brent, flatness};
use super::state::{FUNCTIONALS, Functional, gtmss_value};
use super::unequal::steady_vector;
use crate::exact::number::Rational;

/// The steady state, or how many there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Steady {
    /// The dimension of the kernel of the Liouvillian.
    pub nullity: usize,
    /// The steady state, if it is the only one.
    pub state: Option<SteadyState>,
}

/// A steady state.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadyState {
    /// Its expectation values.
    pub moments: Moments,
    /// `max |𝓛ρ|` over the bound of `𝓛`; zero for a pure state in closed form.
    pub residual: f64,
    /// Whether the state is known in closed form.
    pub closed_form: bool,
}

/// The least `ξ²` over `r`.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimum {
    /// Where it is.
    pub r: Estimate,
    /// `ξ²` there.
    pub xi2: Estimate,
    /// The steady state there.
    pub state: SteadyState,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SteadyError {
    /// The master equation itself.
    Dissipation(DissipationError),
    /// The elimination met a block that has no inverse.
    Singular {
        /// `m1 - m2` of the block.
        d: i64,
    },
    /// Equal ladders: `ξ²` falls towards `r → ∞` and has no minimum.
    NoOptimum,
    /// The smallest `ξ²` of the search is at its end.
    AtTheEnd {
        /// The largest `r` of the search.
        r: f64,
    },
    /// More than one steady state.
    NotUnique {
        /// How many.
        nullity: usize,
    },
    /// Somebody stopped it.
    Interrupted,
}

impl std::fmt::Display for SteadyError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Dissipation(error) => error.fmt(f),
            Self::Singular { d } => {
                write!(
                    f,
                    "the elimination fails at d = {d}: a part of the levels is never left; no steady state is given"
                )
            }
            Self::NoOptimum => write!(
                f,
                "equal ladders: ξ² falls towards its limit 3/(N+4) (for spins) as r grows and reaches it for no finite r; \
                 accepted: two different ladders"
            ),
            Self::AtTheEnd { r } => write!(f, "ξ² still falls at the end of the search, r = {r}"),
            Self::NotUnique { nullity } => {
                write!(f, "there are {nullity} independent steady states, so ξ² has no value")
            }
            Self::Interrupted => write!(f, "interrupted before the optimum was found"),
        }
    }
}

impl std::error::Error for SteadyError {}

/// Bytes that [`steady`] needs for ladders with these largest levels, two computations at a time: for spins a few vectors,
/// otherwise the maps of the elimination.
pub fn memory([top1, top2]: [usize; 2], spins: bool) -> u128 {
    if spins {
        return 16 * Sector::bytes([top1, top2]);
    }
    let (small, large) = (top1.min(top2) as u128 + 1, top1.max(top2) as u128 + 1);
    let block = small * (small + 1) / 2;
    // Σ_d b_d b_{d-1}: the longest blocks, and two staircases, of which each sums to about n^5/20.
    2 * 8 * ((large - small + 4) * block * block + 2 * small.pow(5) / 20)
}

/// The steady state of these ladders.
///
/// # Errors
/// [`SteadyError::Singular`] where the elimination finds no inverse.
///
/// ```
/// use twomode::numeric::{lindblad::Dissipation, steady::steady};
/// let unequal = steady(&Dissipation::spins(1, 2, 0.5).unwrap()).unwrap();
/// assert_eq!(unequal.nullity, 1);
/// let state = unequal.state.unwrap();
/// assert!(state.residual < 1e-15 && state.moments.trace.agrees_with(1.0));
/// assert!(state.moments.purity.value < 0.9); // no pure state is steady
/// ```
pub fn steady(dissipation: &Dissipation) -> Result<Steady, SteadyError> {
    let nullity = dissipation.nullity();
    if nullity != 1 {
        return Ok(Steady { nullity, state: None });
    }
    let state = if dissipation.exchange_symmetric() || dissipation.r() == 0.0 {
        closed_form(dissipation)
    } else {
        match unequal_spins(dissipation) {
            Some(state) => state,
            None => by_elimination(dissipation)?,
        }
    };
    Ok(Steady { nullity, state: Some(state) })
}

/// Two different spins, [`steady_vector`]; computed again with the systems exchanged and the levels in the opposite order.
fn unequal_spins(dissipation: &Dissipation) -> Option<SteadyState> {
    let sector = Sector::new(dissipation, 0, false)?;
    let swapped = dissipation.exchanged();
    let one = steady_vector(dissipation, &sector, false)?;
    let swapped_sector = Sector::new(&swapped, 0, false)?;
    let other = steady_vector(&swapped, &swapped_sector, true)?;
    let twin = exchanged(&swapped_sector, &sector, &other)?;
    // Only r itself is rounded: t changes by ε, and cosh²r of it are left in 1 - t².
    let sensitivity = 8.0 * f64::EPSILON * (2.0 * dissipation.r().abs()).exp();
    Some(SteadyState { closed_form: true, ..from_vectors(dissipation, &sector, &one, &twin, sensitivity) })
}

/// A vector of the sector of the exchanged systems as one of `sector`.
fn exchanged(other_sector: &Sector, sector: &Sector, other: &[f64]) -> Option<Vec<f64>> {
    let mut vector = vec![0.0; sector.len()];
    for ([m1, m2, n1, n2], at, _) in sector.elements() {
        vector[at] = other[other_sector.index([m2, m1, n2, n1])?];
    }
    Some(vector)
}

/// The GTMSS, or `|0,0>` without squeezing.
fn closed_form(dissipation: &Dissipation) -> SteadyState {
    let value = |functional: Functional| {
        let value = if dissipation.exchange_symmetric() {
            gtmss_value(dissipation, functional)
        } else {
            vacuum_value(dissipation, functional)
        };
        let error = if matches!(functional, Functional::Trace) { 0.0 } else { 16.0 * f64::EPSILON * value.abs() };
        Estimate { value, error }
    };
    let exactly = |value: f64| Estimate { value, error: 0.0 };
    let moments = Moments::from_values(value, dissipation.exchange_symmetric().then(|| exactly(0.0)), exactly(1.0));
    SteadyState { moments, residual: 0.0, closed_form: true }
}

/// The value of a functional in `|0,0>`: `<X±²> = <Y±²> = (o_1²(1) + o_2²(1))/4`, `<Z_j> = -o_j²(1)/2`.
fn vacuum_value(dissipation: &Dissipation, functional: Functional) -> f64 {
    let [first, second] = dissipation.ladders().each_ref().map(|ladder| ladder.up[0].powi(2));
    match functional {
        Functional::Z1 => -0.5 * first,
        Functional::Z2 => -0.5 * second,
        Functional::Trace => 1.0,
        Functional::Fidelity => 0.0,
        _ => 0.25 * (first + second),
    }
}

/// The steady state by elimination, for any two ladders without zeros and `r ≠ 0`: what [`steady`] does where no closed form is
/// known.
///
/// # Errors
/// [`SteadyError::Singular`] where the elimination finds no inverse, as for equal ladders.
///
/// ```
/// use twomode::numeric::{lindblad::Dissipation, steady::{by_elimination, steady}};
/// let pair = Dissipation::spins(3, 4, 0.7).unwrap();
/// let (a, b) = (steady(&pair).unwrap().state.unwrap(), by_elimination(&pair).unwrap());
/// assert!((a.moments.purity.value - b.moments.purity.value).abs() < 1e-12);
/// ```
pub fn by_elimination(dissipation: &Dissipation) -> Result<SteadyState, SteadyError> {
    let swapped = dissipation.exchanged();
    let singular = || SteadyError::Singular { d: 0 };
    let sector = Sector::new(dissipation, 0, false).ok_or_else(singular)?;
    let swapped_sector = Sector::new(&swapped, 0, false).ok_or_else(singular)?;
    let (one, other) =
        rayon::join(|| eliminate(dissipation, &sector, false), || eliminate(&swapped, &swapped_sector, true));
    let (one, other) = (one?, other?);
    let twin = exchanged(&swapped_sector, &sector, &other).ok_or_else(singular)?;
    let sensitivity = 8.0 * f64::EPSILON * (4.0 * dissipation.r().abs()).exp();
    Ok(from_vectors(dissipation, &sector, &one, &twin, sensitivity))
}

/// The moments of a vector, with the distance of its twin and a relative `sensitivity` as errors.
fn from_vectors(
    dissipation: &Dissipation,
    sector: &Sector,
    one: &[f64],
    twin: &[f64],
    sensitivity: f64,
) -> SteadyState {
    let mut rest = vec![0.0; sector.len()];
    sector.apply(one, &mut rest);
    let residual = rest.iter().fold(0.0f64, |a, b| a.max(b.abs())) / sector.bound();
    let missed = distance_from_thermal(dissipation, sector, one);
    let value = |functional: Functional| {
        let mut sum = Estimate { value: 0.0, error: 0.0 };
        let (mut again, mut largest) = (0.0, 0.0f64);
        for (at, w) in functional.weights(dissipation, sector) {
            sum.value += w * one[at];
            sum.error += 16.0 * f64::EPSILON * (w * one[at]).abs();
            again += w * twin[at];
            largest = largest.max(w.abs());
        }
        let relative = if functional == Functional::Trace { 0.0 } else { sensitivity };
        sum.error += 2.0 * (sum.value - again).abs() + relative * sum.value.abs();
        if functional != Functional::Trace {
            sum.error += 4.0 * missed * largest;
        }
        sum
    };
    let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
    let (a, b) = (square(one), square(twin));
    let purity_error = 2.0 * (a - b).abs() + (32.0 * f64::EPSILON + sensitivity) * a + 4.0 * missed;
    let purity = Estimate { value: a, error: purity_error };
    SteadyState { moments: Moments::from_values(value, None, purity), residual, closed_form: false }
}

/// The sum of the differences between the probabilities of each system and their exact values, `p_m ∝ tanh^{2m} r`: each system
/// relaxes by itself. A test of the elimination that does not share its rounding; it counts where `o²` spans many decades.
fn distance_from_thermal(dissipation: &Dissipation, sector: &Sector, x: &[f64]) -> f64 {
    let t2 = dissipation.r().tanh().powi(2);
    let mut off: Vec<Vec<f64>> = dissipation.top().iter().map(|top| vec![0.0; top + 1]).collect();
    for ([m1, m2, n1, n2], at, _) in sector.elements() {
        if (m1, m2) == (n1, n2) {
            off[0][m1] += x[at];
            off[1][m2] += x[at];
        }
    }
    let distance = |p: &Vec<f64>| {
        let powers: Vec<f64> = (0..p.len()).map(|m| t2.powi(m as i32)).collect();
        let norm: f64 = powers.iter().sum();
        p.iter().zip(&powers).map(|(p, power)| (p - power / norm).abs()).sum::<f64>()
    };
    let found: f64 = off.iter().map(distance).sum();
    // What rounding alone makes.
    if found < 64.0 * f64::EPSILON * (dissipation.top()[0] + dissipation.top()[1]) as f64 { 0.0 } else { found }
}

/// The steady state as a vector of the sector `k = 0`, of trace one. `backwards`: each block is solved from its last unknown.
fn eliminate(dissipation: &Dissipation, sector: &Sector, backwards: bool) -> Result<Vec<f64>, SteadyError> {
    let [top1, top2] = dissipation.top().map(|m| m as i64);
    let lines: Vec<Line> = (-top2..=top1).filter_map(|d| Line::new(dissipation, d)).collect();
    let (middle, last) = (top2 as usize, lines.len() - 1);
    let above = maps(&lines, (middle + 1..=last).rev(), [1, 0], backwards)?; // V_d from the largest d inwards
    let below = maps(&lines, 0..middle, [0, 1], backwards)?; // W_d from the smallest d inwards
    let mut centre = decay(&lines[middle]);
    for (maps, j, neighbour) in [(&above, 0, middle + 1), (&below, 1, middle.wrapping_sub(1))] {
        if let Some(map) = maps.last() {
            add_product(&mut centre, &arrival(&lines[middle], j, lines[neighbour].len()), map);
        }
    }
    // The equation of |0,0> follows from the others, because the trace is kept.
    let n = lines[middle].len();
    (0..packed(n)).for_each(|k| centre[(0, k)] = 0.0);
    (0..n).for_each(|p| centre[(0, place(p, p))] = 1.0);
    let one = Mat::from_fn(packed(n), 1, |k, _| if k == 0 { 1.0 } else { 0.0 });
    let mut blocks = vec![Mat::zeros(0, 0); lines.len()];
    blocks[middle] = solved(centre, one, backwards);
    above.iter().rev().enumerate().for_each(|(k, map)| blocks[middle + k + 1] = map * &blocks[middle + k]);
    below.iter().rev().enumerate().for_each(|(k, map)| blocks[middle - k - 1] = map * &blocks[middle - k]);
    unpacked(sector, &lines, &blocks).ok_or(SteadyError::Singular { d: 0 })
}

/// For each of these blocks the map to it from the next one. `[next, previous]` are the jumps that bring something from the
/// next block and from the previous one: jump 0 from `d + 1`, jump 1 from `d - 1`.
fn maps(
    lines: &[Line],
    order: impl Iterator<Item = usize>,
    [next, previous]: [usize; 2],
    backwards: bool,
) -> Result<Vec<Mat<f64>>, SteadyError> {
    let neighbour = |at: usize, j: usize| if j == 0 { at + 1 } else { at - 1 };
    let mut maps: Vec<Mat<f64>> = Vec::new();
    for at in order {
        let mut diagonal = decay(&lines[at]);
        if let Some(map) = maps.last() {
            let arrivals = arrival(&lines[at], previous, lines[neighbour(at, previous)].len());
            add_product(&mut diagonal, &arrivals, map);
        }
        let source = lines[neighbour(at, next)].len();
        let mut right = Mat::zeros(packed(lines[at].len()), packed(source));
        arrival(&lines[at], next, source).iter().for_each(|(row, column, x)| right[(*row, *column)] -= x);
        let map = solved(diagonal, right, backwards);
        if !map.as_ref().norm_max().is_finite() {
            return Err(SteadyError::Singular { d: lines[at].d });
        }
        maps.push(map);
    }
    Ok(maps)
}

/// The blocks as a vector of the sector, normalised; `None` if the trace is not positive and finite.
fn unpacked(sector: &Sector, lines: &[Line], blocks: &[Mat<f64>]) -> Option<Vec<f64>> {
    let trace: f64 = lines.iter().zip(blocks).flat_map(|(line, x)| (0..line.len()).map(|p| x[(place(p, p), 0)])).sum();
    let mut vector = vec![0.0; sector.len()];
    for ([m1, m2, n1, _], at, _) in sector.elements() {
        let d = m1 as i64 - m2 as i64;
        let block = (d - lines[0].d) as usize;
        let lowest = lines[block].lowest[0];
        let (p, q) = (m1 - lowest, n1 - lowest);
        vector[at] = blocks[block][(place(p.min(q), p.max(q)), 0)] / trace;
    }
    (trace > 0.0 && trace.is_finite()).then_some(vector)
}

/// `A^{-1} B`; `backwards` with the unknowns in the opposite order, which rounds differently.
fn solved(a: Mat<f64>, mut b: Mat<f64>, backwards: bool) -> Mat<f64> {
    if backwards {
        let x = a.as_ref().reverse_rows_and_cols().partial_piv_lu().solve(b.as_ref().reverse_rows());
        return x.as_ref().reverse_rows().to_owned();
    }
    a.partial_piv_lu().solve_in_place(b.as_mut());
    b
}

/// The number of elements `p <= q` of a symmetric block.
fn packed(n: usize) -> usize {
    n * (n + 1) / 2
}

/// The position of the element `p <= q`.
fn place(p: usize, q: usize) -> usize {
    q * (q + 1) / 2 + p
}

/// `-(K x + x K)/2` on a symmetric block.
fn decay(line: &Line) -> Mat<f64> {
    let n = line.len();
    let mut matrix = Mat::zeros(packed(n), packed(n));
    for q in 0..n {
        for p in 0..=q {
            let row = place(p, q);
            let mut add = |i: usize, j: usize, x: f64| matrix[(row, place(i.min(j), i.max(j)))] -= 0.5 * x;
            add(p, q, line.rate[p] + line.rate[q]);
            if p > 0 {
                add(p - 1, q, line.coupling[p]);
            }
            if p + 1 < n {
                add(p + 1, q, line.coupling[p + 1]);
            }
            if q > 0 {
                add(p, q - 1, line.coupling[q]);
            }
            if q + 1 < n {
                add(p, q + 1, line.coupling[q + 1]);
            }
        }
    }
    matrix
}

/// `L_j x L_j†` from the neighbouring block, as a list of entries.
fn arrival(line: &Line, j: usize, source: usize) -> Vec<(usize, usize, f64)> {
    let arrival = &line.arrivals[j];
    let from = |p: usize| {
        let at = p as isize + arrival.offset;
        let inside = move |i: isize| usize::try_from(i).ok().filter(|i| *i < source);
        [(inside(at), arrival.low[p]), (inside(at + 1), arrival.high[p])]
            .into_iter()
            .filter_map(|(i, x)| i.map(|i| (i, x)))
    };
    let mut entries = Vec::new();
    for q in 0..line.len() {
        for p in 0..=q {
            for (i, x) in from(p) {
                for (k, y) in from(q) {
                    entries.push((place(p, q), place(i.min(k), i.max(k)), x * y));
                }
            }
        }
    }
    entries
}

/// `target += (entries) · matrix`.
fn add_product(target: &mut Mat<f64>, entries: &[(usize, usize, f64)], matrix: &Mat<f64>) {
    for column in 0..matrix.ncols() {
        let source = matrix.col(column);
        let mut into = target.col_mut(column);
        for (row, k, x) in entries {
            into[*row] += x * source[*k];
        }
    }
}

/// The search for the least `ξ²` begins on these many points, `r` from 0.1 on in equal steps.
const GRID: usize = 40;
/// The last point of the search.
const LAST_R: f64 = 4.0;

/// The `r > 0` of least `ξ²` for `atoms` atoms in all, by a search on a grid from `r = 0.1` to 4 and Brent's method around its
/// best point.
///
/// # Errors
/// Equal ladders, more than one steady state, an optimum at the end of the grid, an interruption.
pub fn optimise_r(squares: [&[Rational]; 2], atoms: f64, watch: &dyn Watch) -> Result<Optimum, SteadyError> {
    let at = |r: f64| -> Result<(Estimate, SteadyState), SteadyError> {
        if watch.stop() {
            return Err(SteadyError::Interrupted);
        }
        let dissipation = Dissipation::engineered(squares, r).map_err(SteadyError::Dissipation)?;
        if dissipation.exchange_symmetric() {
            return Err(SteadyError::NoOptimum);
        }
        let found = steady(&dissipation)?;
        let state = found.state.ok_or(SteadyError::NotUnique { nullity: found.nullity })?;
        Ok((state.moments.xi2(atoms), state))
    };
    let grid: Vec<f64> = (1..=GRID).map(|k| LAST_R * k as f64 / GRID as f64).collect();
    let xi2 = |r: f64| at(r).map(|(xi2, _)| xi2.value);
    let on_grid = |r: f64| {
        watch.advanced(0.8 * r / LAST_R);
        xi2(r)
    };
    let [low, high] = bracket(&on_grid, &grid)?.ok_or(SteadyError::AtTheEnd { r: LAST_R })?;
    // The lowest may lie before the first point.
    let low = if low == grid[0] { 0.0 } else { low };
    let r = brent(&xi2, low, high)?;
    let (xi2, state) = at(r.value)?;
    let r = Estimate { error: r.error + flatness(xi2), ..r };
    Ok(Optimum { r, xi2, state })
}

impl Moments {
    /// The moments from the value of each functional; the infidelity of a steady state is zero or has no meaning, and so its
    /// distance.
    fn from_values(value: impl Fn(Functional) -> Estimate, infidelity: Option<Estimate>, purity: Estimate) -> Self {
        let [a, b, c, d, z1, z2, trace, _] = FUNCTIONALS.map(value);
        Self { quadratures: [a, b, c, d], z: [z1, z2], trace, infidelity, distance: infidelity, purity }
    }
}
