//! Second-order mean-field theory of two ensembles with local noise, Section XII: the derived moment equations
//! ([`crate::model::moments`]) solved for any number of atoms.
//!
//! `γ = 1` throughout: rates are in units of γ, times in units of 1/γ. The equations are the derived ones, compiled;
//! nothing here repeats them.
//!
//! | what | how | cost |
//! |---|---|---|
//! | [`MeanField::steady`] | a quadratic, then linear equations, in twice the precision | constant |
//! | [`MeanField::evolve`] | Radau IIA of order 9 ([`super::radau`]), twice | some hundred steps |
//! | [`MeanField::relaxation_rates`] | characteristic polynomials of the blocks of the Jacobian | constant |
//! | [`optimise_r`], [`optimise_rt`] | a grid, then Brent's method; zeros of `dξ²/dt` | about 70 of the above |

mod equations;
mod evolve;
mod optimum;
mod steady;

pub use evolve::{Lowest, Trajectory};
pub use optimum::{Optimum, optimise_r, optimise_rt};
pub use steady::SteadyState;

use equations::{Equations, PARAMETERS, READ};

use super::Estimate;
use super::double::{Double, Number};
use super::evolve::EvolveError;
use super::noise::{PairMoments, Rates};
use super::polynomials::{CompileError, System};
use super::radau::RadauError;

/// Two ensembles, squeezing, rates.
///
/// ```
/// use twomode::numeric::{meanfield::MeanField, noise::Rates};
/// let rates = Rates { relaxation: 0.3, dephasing: 0.2, pumping: 0.0 };
/// let steady = MeanField::new([500, 500], 0.7, rates).unwrap().steady().unwrap();
/// assert!(steady.stable && steady.moments.xi2.value < 0.3);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MeanField {
    atoms: [u64; 2],
    r: f64,
    rates: Rates,
}

/// The moments of a state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Means and covariances.
    pub pair: PairMoments,
    /// `C11zz + C22zz - 2 C12zz`.
    pub z_minus_sq: Estimate,
    /// `ξ² = (n_1 + n_2) <X+²>/(<Z_1> + <Z_2>)²`, Eq. (8).
    pub xi2: Estimate,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MeanFieldError {
    /// An empty ensemble, or one with more atoms than [`MeanField::MAX_ATOMS`].
    Atoms(u64),
    /// The squeezing strength is no number, or beyond [`MeanField::MAX_R`].
    Squeezing(f64),
    /// A rate that is negative, no number, or beyond [`MeanField::MAX_RATE`].
    Rate {
        /// Which one.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The times.
    Times(EvolveError),
    /// The equations cannot be compiled, which is a mistake in the program.
    Compile(CompileError),
    /// No root, or more than one, with `|z| <= n/2` and variances that are not negative.
    Root {
        /// How many.
        roots: usize,
    },
    /// `X+²` or the polarisation of the steady state is not positive: the closure fails here.
    Unphysical {
        /// `X+²`.
        x_plus_sq: f64,
    },
    /// The evolution.
    Evolution(RadauError),
    /// The least `ξ²` is at an end of the search: without squeezing, or at the largest `r`.
    AtTheEnd {
        /// That `r`.
        r: f64,
    },
    /// `ξ²` has no minimum at a finite time: it is least in the steady state.
    NoMinimum,
    /// Somebody stopped it.
    Interrupted,
}

impl std::fmt::Display for MeanFieldError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Atoms(n) => write!(f, "an ensemble has {n} atoms; accepted: from 1 to {}", MeanField::MAX_ATOMS),
            Self::Squeezing(r) => write!(f, "r is {r}; accepted: |r| <= {}", MeanField::MAX_R),
            Self::Rate { name, value } => write!(f, "{name} is {value}; accepted: from 0 to {:e}", MeanField::MAX_RATE),
            Self::Times(error) => error.fmt(f),
            Self::Compile(error) => error.fmt(f),
            Self::Root { roots } => {
                write!(f, "{roots} steady states have |z| <= n/2 and variances that are not negative; one is expected")
            }
            Self::Unphysical { x_plus_sq } => {
                write!(f, "mean-field theory fails: its steady state has X+² = {x_plus_sq}, or no polarisation")
            }
            Self::Evolution(error) => error.fmt(f),
            Self::AtTheEnd { r } => {
                write!(f, "xi² is least at the end of the search, r = {r}: there is no optimum inside")
            }
            Self::NoMinimum => write!(f, "xi² has no minimum at a finite time; it is least in the steady state"),
            Self::Interrupted => write!(f, "interrupted before the optimum was found"),
        }
    }
}

impl std::error::Error for MeanFieldError {}

impl From<CompileError> for MeanFieldError {
    fn from(error: CompileError) -> Self {
        Self::Compile(error)
    }
}

impl From<RadauError> for MeanFieldError {
    fn from(error: RadauError) -> Self {
        Self::Evolution(error)
    }
}

impl MeanField {
    /// The most atoms of an ensemble.
    pub const MAX_ATOMS: u64 = 1_000_000_000_000;
    /// The largest rate: beyond it nothing is left of the engineered dissipation, even for the most atoms.
    pub const MAX_RATE: f64 = 1e12;
    /// The largest `|r|`: `e^{2r}` is then 10^13.
    pub const MAX_R: f64 = 15.0;

    /// Eq. (S59) for ensembles of so many atoms.
    ///
    /// # Errors
    /// An empty or too large ensemble, `|r|` beyond [`Self::MAX_R`], a rate that is negative or not finite.
    pub fn new(atoms: [u64; 2], r: f64, rates: Rates) -> Result<Self, MeanFieldError> {
        if let Some(n) = atoms.into_iter().find(|n| !(1..=Self::MAX_ATOMS).contains(n)) {
            return Err(MeanFieldError::Atoms(n));
        }
        if r.is_nan() || r.abs() > Self::MAX_R {
            return Err(MeanFieldError::Squeezing(r));
        }
        match rates.outside(Self::MAX_RATE) {
            Some((name, value)) => Err(MeanFieldError::Rate { name, value }),
            None => Ok(Self { atoms, r, rates }),
        }
    }

    /// The atoms of each ensemble.
    pub fn atoms(&self) -> [u64; 2] {
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

    /// The same with another squeezing strength.
    fn with_r(&self, r: f64) -> Self {
        Self { r, ..self.clone() }
    }

    /// Atoms in all.
    fn total(&self) -> f64 {
        (self.atoms[0] + self.atoms[1]) as f64
    }

    /// `e^r`, `γ`, `γ_-`, `γ_z`, `γ_+`, `n_1`, `n_2`.
    fn parameters<T: Number>(&self) -> [T; PARAMETERS] {
        let Rates { relaxation, dephasing, pumping } = self.rates;
        let [n1, n2] = self.atoms.map(|n| n as f64);
        [self.r.exp(), 1.0, relaxation, dephasing, pumping, n1, n2].map(T::from)
    }

    /// The derived equations at these parameters.
    fn system(&self) -> Result<System<Double>, MeanFieldError> {
        Ok(Equations::general()?.flow.at(&self.parameters()))
    }
}

/// The values of [`READ`], then `ξ²`.
type Values<T> = [T; READ.len() + 1];
const X_PLUS_SQ: usize = 8;
const XI2: usize = READ.len();

/// The moments of a state in the variables of the equations.
fn read<T: Number>(read: &System<T>, state: &[T], atoms: f64) -> Values<T> {
    let values = read.flow(state);
    let z = values[0] + values[1];
    let xi2 = T::from(atoms) * values[X_PLUS_SQ] / (z * z);
    std::array::from_fn(|k| values.get(k).copied().unwrap_or(xi2))
}

impl Moments {
    fn new(value: impl Fn(usize) -> Estimate) -> Self {
        let [z1, z2, xx1, xx2, zz1, zz2, cross_xx, cross_zz, x_plus_sq, z_minus_sq, xi2] = std::array::from_fn(value);
        let (z, xx, zz) = ([z1, z2], [xx1, xx2], [zz1, zz2]);
        Self { pair: PairMoments { z, xx, zz, cross_xx, cross_zz, x_plus_sq }, z_minus_sq, xi2 }
    }
}
