//! The figures of the paper that show what the exact and floating-point rooms compute: data first, then the drawing.
//!
//! A figure's data are tables of numbers with errors ([`data`]); its drawing ([`draw`]) is made from these data
//! alone. We have the captions of the paper and not its curves, so these figures illustrate what was computed here.
//! They are no evidence about what is printed there.
//!
//! | id | what it shows | made by |
//! |---|---|---|
//! | `1b` | variances against time | [`dynamics`] |
//! | `2a` | Wineland parameter against `r` | [`squeezing`] |
//! | `s2a` | Wineland parameter for unequal ensembles, best `r` | [`unequal`] |
//! | `s4a`, `s4c` | infidelity against time | [`dynamics`] |

pub mod data;
pub mod draw;
pub mod dynamics;
pub mod squeezing;
pub mod unequal;

use data::Data;
use draw::Plot;

use crate::numeric::evolve::EvolveError;
pub use crate::numeric::evolve::{Unwatched, Watch};
use crate::numeric::lindblad::DissipationError;
use crate::numeric::metrology::MetrologyError;
use crate::numeric::steady::SteadyError;

/// How many points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Those of the published figure.
    Full,
    /// A few, for tests.
    Coarse,
}

/// A figure: how its data are made, and how they are drawn.
pub struct Figure {
    /// As on the command line: `1b`, `s2a`.
    pub id: &'static str,
    /// The figure of the paper whose caption it follows: `Fig. 1(b)`.
    pub location: &'static str,
    /// What it shows, in a few words.
    pub title: &'static str,
    /// What it shows, in a few sentences.
    pub caption: &'static str,
    make: fn(&Figure, Detail, &dyn Watch) -> Result<Data, FigureError>,
    plot: fn(&Data) -> Result<Plot, FigureError>,
}

/// All figures, in the order of the paper.
pub const FIGURES: &[Figure] =
    &[dynamics::VARIANCES, squeezing::SPINS, unequal::ENSEMBLES, dynamics::BY_R, dynamics::BY_SPIN];

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FigureError {
    /// An id that no figure has.
    #[error("there is no figure `{id}`; accepted are {}", ids())]
    Unknown {
        /// The id.
        id: String,
    },
    /// Columns that do not fit together.
    #[error("table {table}: {why}")]
    Table {
        /// The table.
        table: String,
        /// What is wrong and what is accepted.
        why: String,
    },
    /// An axis without a range.
    #[error("figure {figure}: the axis from {from} to {to} has no length or is not finite")]
    Axis {
        /// The figure.
        figure: &'static str,
        /// The lower end.
        from: f64,
        /// The upper end.
        to: f64,
    },
    /// The master equation.
    #[error(transparent)]
    Dissipation(#[from] DissipationError),
    /// The time evolution.
    #[error(transparent)]
    Evolve(#[from] EvolveError),
    /// The steady state.
    #[error("N1 = {}, N2 = {}: {error}", atoms[0], atoms[1])]
    Steady {
        /// The atoms of the two ensembles.
        atoms: [usize; 2],
        /// Why.
        error: SteadyError,
    },
    /// The closed forms.
    #[error(transparent)]
    Metrology(#[from] MetrologyError),
    /// The serialiser.
    #[error("cannot write JSON: {0}")]
    Json(String),
    /// Somebody stopped it.
    #[error("interrupted")]
    Interrupted,
}

fn ids() -> String {
    FIGURES.iter().map(|f| f.id).collect::<Vec<_>>().join(", ")
}

/// The figure with this id.
///
/// # Errors
/// There is none.
///
/// ```
/// assert!(twomode::figures::figure("2a").is_ok());
/// let refused = twomode::figures::figure("2b").err().unwrap();
/// assert_eq!(refused.to_string(), "there is no figure `2b`; accepted are 1b, 2a, s2a, s4a, s4c");
/// ```
pub fn figure(id: &str) -> Result<&'static Figure, FigureError> {
    FIGURES.iter().find(|f| f.id == id).ok_or_else(|| FigureError::Unknown { id: id.to_owned() })
}

impl Figure {
    /// Computes the data.
    ///
    /// # Errors
    /// [`FigureError::Interrupted`], or what the computation says.
    pub fn data(&self, detail: Detail, watch: &dyn Watch) -> Result<Data, FigureError> {
        (self.make)(self, detail, watch)
    }

    /// Draws the data as SVG.
    ///
    /// # Errors
    /// Data of another figure.
    pub fn svg(&self, data: &Data) -> Result<String, FigureError> {
        (self.plot)(data)?.svg(self.id, self.title, self.caption)
    }

    /// Data of this figure, still without tables.
    fn empty(&self) -> Data {
        Data {
            id: self.id,
            location: self.location,
            title: self.title,
            caption: self.caption,
            parameters: Vec::new(),
            tables: Vec::new(),
        }
    }
}

/// Looks on at one of several equal steps of a longer work.
pub struct Step<'a> {
    /// Who looks on at the whole.
    pub watch: &'a dyn Watch,
    /// Which step, from 0.
    pub number: usize,
    /// How many there are.
    pub count: usize,
}

impl Watch for Step<'_> {
    fn advanced(&self, part: f64) {
        self.watch.advanced((self.number as f64 + part) / self.count as f64);
    }
    fn stop(&self) -> bool {
        self.watch.stop()
    }
}

/// `steps + 1` points from `from` to `to`.
fn linspace(from: f64, to: f64, steps: usize) -> Vec<f64> {
    (0..=steps).map(|k| from + (to - from) * k as f64 / steps as f64).collect()
}

/// A spin by twice its size: 1 is `1/2`, 4 is `2`.
fn spin_name(two_s: f64) -> String {
    if two_s % 2.0 == 0.0 { format!("{}", two_s / 2.0) } else { format!("{two_s}/2") }
}
