//! Initial states, and the linear functionals that give expectation values.

use super::lindblad::Dissipation;
use super::lindblad::sector::Sector;
use crate::model::lindblad::{Element, Pair};

/// Where an evolution starts.
#[derive(Clone, Debug, PartialEq)]
pub enum Initial {
    /// `|m1,m2>`.
    Product(usize, usize),
    /// `Σ_m a_m |m,m>` with these amplitudes, real and imaginary parts, normalised here.
    Paired(Vec<[f64; 2]>),
    /// A density matrix: row `m1 (M2+1) + m2`, real and imaginary parts.
    Density(Vec<Vec<[f64; 2]>>),
}

/// Why an initial state was refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StateError {
    /// A level that a ladder does not have.
    Level {
        /// The system.
        system: u8,
        /// The level.
        m: usize,
        /// Its largest one.
        top: usize,
    },
    /// The wrong number of amplitudes, rows or columns.
    Size {
        /// What is counted.
        what: &'static str,
        /// How many were given.
        given: usize,
        /// How many are accepted.
        accepted: usize,
    },
    /// A number that is not finite, or nothing but zeros.
    NotNormalisable,
    /// Not Hermitian: the pair of elements that differ most.
    NotHermitian {
        /// The row and the column.
        at: (usize, usize),
        /// `|ρ_ij - ρ_ji*|`.
        difference: f64,
    },
    /// A trace other than 1.
    Trace(f64),
    /// A negative eigenvalue.
    Negative(f64),
}

impl std::fmt::Display for StateError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Level { system, m, top } => write!(f, "level {m} of system {system}; accepted: 0 to {top}"),
            Self::Size { what, given, accepted } => write!(f, "{given} {what}; accepted: {accepted}"),
            Self::NotNormalisable => write!(f, "the state is zero or has a number that is not finite"),
            Self::NotHermitian { at: (i, j), difference } => {
                write!(f, "the matrix is not Hermitian: elements ({i},{j}) and ({j},{i}) differ by {difference:e}")
            }
            Self::Trace(trace) => write!(f, "the trace is {trace}; accepted: 1 to within 1e-9"),
            Self::Negative(lowest) => write!(f, "the lowest eigenvalue is {lowest:e}; accepted: at least -1e-9"),
        }
    }
}

impl std::error::Error for StateError {}

/// How far a given density matrix may be from Hermitian, of trace one, and positive.
const SLACK: f64 = 1e-9;

impl Initial {
    /// The elements `ρ(m1,m2; n1,n2)` that are not zero, as real and imaginary parts.
    ///
    /// # Errors
    /// What is no state of these ladders.
    pub fn elements(&self, [top1, top2]: [usize; 2]) -> Result<Vec<(Element, [f64; 2])>, StateError> {
        match self {
            Self::Product(m1, m2) => {
                for (system, m, top) in [(1, *m1, top1), (2, *m2, top2)] {
                    if m > top {
                        return Err(StateError::Level { system, m, top });
                    }
                }
                Ok(vec![([*m1, *m2, *m1, *m2], [1.0, 0.0])])
            }
            Self::Paired(amplitudes) => paired(amplitudes, top1.min(top2) + 1),
            Self::Density(rows) => density(rows, [top1, top2]),
        }
    }
}

fn paired(amplitudes: &[[f64; 2]], accepted: usize) -> Result<Vec<(Element, [f64; 2])>, StateError> {
    if amplitudes.len() > accepted {
        return Err(StateError::Size { what: "amplitudes", given: amplitudes.len(), accepted });
    }
    let norm = amplitudes.iter().flatten().map(|a| a * a).sum::<f64>();
    if !(norm > 0.0 && norm.is_finite()) {
        return Err(StateError::NotNormalisable);
    }
    let kept = || amplitudes.iter().enumerate().filter(|(_, a)| **a != [0.0, 0.0]);
    let product = |[a, b]: [f64; 2], [c, d]: [f64; 2]| [(a * c + b * d) / norm, (b * c - a * d) / norm];
    Ok(kept().flat_map(|(m, a)| kept().map(move |(n, b)| ([m, m, n, n], product(*a, *b)))).collect())
}

fn density(rows: &[Vec<[f64; 2]>], [top1, top2]: [usize; 2]) -> Result<Vec<(Element, [f64; 2])>, StateError> {
    let accepted = (top1 + 1) * (top2 + 1);
    let wrong = |what, given| (given != accepted).then_some(StateError::Size { what, given, accepted });
    if let Some(error) = wrong("rows", rows.len()).or_else(|| rows.iter().find_map(|r| wrong("columns", r.len()))) {
        return Err(error);
    }
    if rows.iter().flatten().flatten().any(|x| !x.is_finite()) {
        return Err(StateError::NotNormalisable);
    }
    for (i, row) in rows.iter().enumerate() {
        for (j, [a, b]) in row.iter().enumerate().take(i + 1) {
            let [c, d] = rows[j][i];
            let difference = (a - c).hypot(b + d);
            if difference > SLACK {
                return Err(StateError::NotHermitian { at: (i, j), difference });
            }
        }
    }
    let trace: f64 = (0..accepted).map(|i| rows[i][i][0]).sum();
    if (trace - 1.0).abs() > SLACK {
        return Err(StateError::Trace(trace));
    }
    let lowest = lowest_eigenvalue(rows);
    if lowest < -SLACK {
        return Err(StateError::Negative(lowest));
    }
    let pair = |i: usize| [i / (top2 + 1), i % (top2 + 1)];
    let mut elements = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (j, [a, b]) in row.iter().enumerate() {
            let [c, d] = rows[j][i];
            let mean = [0.5 * (a + c) / trace, 0.5 * (b - d) / trace];
            if mean != [0.0, 0.0] {
                let ([m1, m2], [n1, n2]) = (pair(i), pair(j));
                elements.push(([m1, m2, n1, n2], mean));
            }
        }
    }
    Ok(elements)
}

/// The lowest eigenvalue of a Hermitian matrix `A + iB`: that of the real symmetric `[[A, -B], [B, A]]`, which has each twice.
pub fn lowest_eigenvalue(rows: &[Vec<[f64; 2]>]) -> f64 {
    let n = rows.len();
    let real = faer::Mat::from_fn(2 * n, 2 * n, |i, j| {
        let [a, b] = rows[i % n][j % n];
        match (i < n, j < n) {
            (true, false) => -b,
            (false, true) => b,
            _ => a,
        }
    });
    smallest(&real)
}

/// The smallest eigenvalue of a real symmetric matrix; NaN when it has entries that are not finite.
pub fn smallest(matrix: &faer::Mat<f64>) -> f64 {
    let values = matrix.self_adjoint_eigenvalues(faer::Side::Lower).unwrap_or_default();
    values.into_iter().reduce(f64::min).unwrap_or(f64::NAN)
}

/// The expectation values that an evolution or a steady state reports, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Functional {
    /// `<X+²>`.
    XPlusSq,
    /// `<X-²>`.
    XMinusSq,
    /// `<Y+²>`.
    YPlusSq,
    /// `<Y-²>`.
    YMinusSq,
    /// `<Z_1>`.
    Z1,
    /// `<Z_2>`.
    Z2,
    /// `Tr ρ`.
    Trace,
    /// `<ψ_G|ρ|ψ_G>`; zero for ladders of different length or different elements, where there is no such state.
    Fidelity,
}

/// All of them.
pub const FUNCTIONALS: [Functional; 8] = [
    Functional::XPlusSq,
    Functional::XMinusSq,
    Functional::YPlusSq,
    Functional::YMinusSq,
    Functional::Z1,
    Functional::Z2,
    Functional::Trace,
    Functional::Fidelity,
];

impl Functional {
    /// The weights `w` with `<A> = Σ w x` for the real part `x` of a sector; all `A` here are real and symmetric, so the
    /// imaginary part gives nothing. Sectors with `k > 0` also stand for `-k`. Cost: some steps for each element.
    pub fn weights(self, dissipation: &Dissipation, sector: &Sector) -> Vec<(usize, f64)> {
        let amplitudes = gtmss_amplitudes(dissipation);
        let both = if sector.k() > 0 { 2.0 } else { 1.0 };
        let weight = |element: Element| self.element(dissipation, &amplitudes, element);
        let weighted = sector.elements().map(|(element, at, copies)| {
            // Of a mirrored block only one is kept; the functional takes the mean of the two, twice.
            let [m1, m2, n1, n2] = element;
            let mirrored = if copies == 2.0 { weight([m2, m1, n2, n1]) } else { 0.0 };
            (at, both * (weight(element) + mirrored))
        });
        weighted.filter(|(_, w)| *w != 0.0).collect()
    }

    /// `<n1,n2|A|m1,m2>`.
    fn element(self, dissipation: &Dissipation, gtmss: &[f64], [m1, m2, n1, n2]: Element) -> f64 {
        if self != Self::Fidelity && m1.abs_diff(n1) + m2.abs_diff(n2) > 2 {
            return 0.0; // every other operator here moves two steps at most
        }
        let same = (m1, m2) == (n1, n2);
        let number = |j: usize, m: usize| {
            let ladder = &dissipation.ladders()[j];
            0.5 * (ladder.down[m].powi(2) - ladder.up[m].powi(2))
        };
        let squared = |sum: f64, sign: f64| {
            sign * moved(dissipation, [m1, m2], sum, sign)
                .iter()
                .flat_map(|(through, a)| {
                    moved(dissipation, *through, sum, sign).into_iter().map(move |(to, b)| (to, a * b))
                })
                .filter(|(to, _)| *to == [n1, n2])
                .map(|(_, c)| c)
                .sum::<f64>()
        };
        match self {
            Self::XPlusSq => squared(1.0, 1.0),
            Self::XMinusSq => squared(-1.0, 1.0),
            Self::YPlusSq => squared(1.0, -1.0),
            Self::YMinusSq => squared(-1.0, -1.0),
            Self::Z1 if same => number(0, m1),
            Self::Z2 if same => number(1, m2),
            Self::Trace if same => 1.0,
            Self::Fidelity if m1 == m2 && n1 == n2 => {
                gtmss.get(m1).copied().unwrap_or(0.0) * gtmss.get(n1).copied().unwrap_or(0.0)
            }
            _ => 0.0,
        }
    }
}

/// `(O_1† ± O_1)/2 + sum (O_2† ± O_2)/2` on a level, with the sign `±` of `adjoint`: `X`, or `iY`, whose square is `-Y²`.
fn moved(dissipation: &Dissipation, m: Pair, sum: f64, adjoint: f64) -> Vec<(Pair, f64)> {
    let mut to = Vec::with_capacity(4);
    for (j, factor) in [(0, 0.5), (1, 0.5 * sum)] {
        let ladder = &dissipation.ladders()[j];
        let step = |level: usize| if j == 0 { [level, m[1]] } else { [m[0], level] };
        if m[j] > 0 {
            to.push((step(m[j] - 1), adjoint * factor * ladder.down[m[j]]));
        }
        if m[j] + 1 < ladder.up.len() {
            to.push((step(m[j] + 1), factor * ladder.up[m[j]]));
        }
    }
    to
}

/// The amplitudes of the GTMSS, Eq. (1): `(-tanh r)^m`, normalised; none for ladders that differ.
pub fn gtmss_amplitudes(dissipation: &Dissipation) -> Vec<f64> {
    if !dissipation.exchange_symmetric() {
        return Vec::new();
    }
    let raw: Vec<f64> = (0..=dissipation.top()[0]).map(|m| (-dissipation.r().tanh()).powi(m as i32)).collect();
    let norm = raw.iter().map(|a| a * a).sum::<f64>().sqrt();
    raw.iter().map(|a| a / norm).collect()
}

/// The value of a functional in the GTMSS: `Z = -½ (1-t²) Σ o²(m) p_{m-1}` and `<X±²> = -e^{∓2r} Z`, Eqs. (4) and (6), for any
/// `o(m)`; zero for ladders that differ. Nothing cancels.
pub fn gtmss_value(dissipation: &Dissipation, functional: Functional) -> f64 {
    let amplitudes = gtmss_amplitudes(dissipation);
    if amplitudes.is_empty() {
        return 0.0;
    }
    let r = dissipation.r();
    let sum: f64 = amplitudes.iter().zip(&dissipation.ladders()[0].up).map(|(a, o)| (a * o).powi(2)).sum();
    let polarisation = 0.5 * sum / r.cosh().powi(2);
    match functional {
        Functional::XPlusSq | Functional::YMinusSq => polarisation * (-2.0 * r).exp(),
        Functional::XMinusSq | Functional::YPlusSq => polarisation * (2.0 * r).exp(),
        Functional::Z1 | Functional::Z2 => -polarisation,
        Functional::Trace | Functional::Fidelity => 1.0,
    }
}
