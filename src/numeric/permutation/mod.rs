//! Two ensembles of atoms with engineered dissipation and noise of single atoms, Eq. (S59), exactly.
//!
//! > `dρ/dt = (D[Γ_a] + D[Γ_b] + Σ_ij (γ_- D[σ⁻_ij] + γ_z D[σᶻ_ij] + γ_+ D[σ⁺_ij])) ρ`, in units of `γ`; `σᶻ = ±1`.
//!
//! What starts with every atom down stays symmetric under the permutations in each ensemble; about `n⁵/60` numbers for two
//! ensembles of `n` atoms describe it instead of `16^n` (`ensemble.rs`, `generator.rs`). The steady state is found by elimination
//! ([`steady`](mod@steady)), the evolution by Chebyshev series ([`evolve`](mod@evolve)).
//!
//! Noise of single atoms changes the total spins `J_1`, `J_2`; without it they are kept. So the limit of small rates of the
//! steady state is not the steady state without noise: the rates decide how the spins are distributed, however small they are.

mod ensemble;
pub mod evolve;
mod generator;
mod moments;
pub mod steady;

pub use evolve::{Trajectory, evolve};
pub use moments::Moments;
pub use steady::{SteadyState, steady};

use super::evolve::EvolveError;
use super::noise::Rates;

/// The master equation: two ensembles, squeezing, rates.
///
/// ```
/// use twomode::numeric::{noise::Rates, permutation::Local};
/// let local = Local::new([4, 6], 0.5, Rates { relaxation: 0.1, ..Rates::default() }).unwrap();
/// assert_eq!(local.atoms(), [4, 6]);
/// assert!(Local::new([4, 6], 0.5, Rates { dephasing: -0.1, ..Rates::default() }).is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    atoms: [usize; 2],
    r: f64,
    rates: Rates,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LocalError {
    /// An empty ensemble, or one with more atoms than [`Local::MAX_ATOMS`].
    Atoms(usize),
    /// The squeezing strength is no number, or beyond [`Local::MAX_R`].
    Squeezing(f64),
    /// A rate that is negative, no number, or beyond [`Local::MAX_RATE`].
    Rate {
        /// Which one.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The times.
    Times(EvolveError),
    /// The elimination lost all digits.
    Singular,
    /// Somebody stopped it.
    Interrupted,
}

impl std::fmt::Display for LocalError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Atoms(n) => write!(f, "an ensemble has {n} atoms; accepted: from 1 to {}", Local::MAX_ATOMS),
            Self::Squeezing(r) => {
                write!(f, "r is {r}; accepted: |r| <= {} (digits are lost as e^(-4|r|))", Local::MAX_R)
            }
            Self::Rate { name, value } => write!(f, "{name} is {value}; accepted: from 0 to {:e}", Local::MAX_RATE),
            Self::Times(error) => error.fmt(f),
            Self::Singular => write!(f, "rounding has taken all digits of the steady state; accepted: a smaller |r|"),
            Self::Interrupted => write!(f, "interrupted before the steady state was found"),
        }
    }
}

impl std::error::Error for LocalError {}

impl Local {
    /// The most atoms of an ensemble; memory sets a lower limit ([`steady::memory`]).
    pub const MAX_ATOMS: usize = 1000;
    /// The largest rate.
    pub const MAX_RATE: f64 = 1e9;
    /// The largest `|r|`: the slow and the fast rates of the engineered dissipation differ by `e^{4|r|}`.
    pub const MAX_R: f64 = 6.0;

    /// Eq. (S59) for ensembles of so many atoms.
    ///
    /// # Errors
    /// An empty or too large ensemble, `|r|` beyond [`Self::MAX_R`], a rate that is negative or not finite.
    pub fn new(atoms: [usize; 2], r: f64, rates: Rates) -> Result<Self, LocalError> {
        if let Some(n) = atoms.into_iter().find(|n| !(1..=Self::MAX_ATOMS).contains(n)) {
            return Err(LocalError::Atoms(n));
        }
        if r.is_nan() || r.abs() > Self::MAX_R {
            return Err(LocalError::Squeezing(r));
        }
        match rates.outside(Self::MAX_RATE) {
            Some((name, value)) => Err(LocalError::Rate { name, value }),
            None => Ok(Self { atoms, r, rates }),
        }
    }

    /// The atoms of each ensemble.
    pub fn atoms(&self) -> [usize; 2] {
        self.atoms
    }

    /// The squeezing strength.
    pub fn r(&self) -> f64 {
        self.r
    }

    /// The rates of what acts on single atoms.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// The number of independent steady states among those with the symmetries of the ground state: one with any noise of
    /// single atoms; without it, one for each pair of total spins.
    pub fn nullity(&self) -> usize {
        if self.rates.largest() > 0.0 { 1 } else { self.atoms.iter().map(|n| n / 2 + 1).product() }
    }
}
