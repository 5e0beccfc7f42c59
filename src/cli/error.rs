//! What can go wrong before or around the work itself: each error names the value and what would be accepted.

use std::path::PathBuf;

use twomode::figures::FigureError;
use twomode::numeric::meanfield::MeanFieldError;
use twomode::numeric::permutation::LocalError;
use twomode::numeric::steady::SteadyError;

/// A usage or tool error; the exit status is 3.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// An id that is not in the inventory.
    #[error("there is no claim `{id}`{}; `twomode claims` lists all ids", near.as_ref().map(|n| format!(" (did you mean `{n}`?)")).unwrap_or_default())]
    UnknownClaim {
        /// The id.
        id: String,
        /// The most similar id.
        near: Option<String>,
    },
    /// A section that the paper does not have.
    #[error("there is no section `{0}`; accepted are `main` and `S1` to `S13`")]
    UnknownSection(String),
    /// Two filters that no claim passes.
    #[error("no claim is in section `{0}` and among those named by --claim")]
    EmptySelection(String),
    /// A number outside its range.
    #[error("--{name} {value}: accepted are whole numbers from {least} to {most}")]
    OutOfRange {
        /// The option.
        name: &'static str,
        /// The value.
        value: i64,
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// Two options that say different things.
    #[error("--json and --format {0} ask for different formats; give one of them")]
    TwoFormats(&'static str),
    /// A value that an option does not accept.
    #[error("--{option} {value}: {accepted}")]
    Refused {
        /// The option.
        option: &'static str,
        /// The value.
        value: String,
        /// What is accepted.
        accepted: String,
    },
    /// A spin too large for exact numbers.
    #[error("--spin {spin} with --t: exact numbers are given up to S = {most}; use --r for larger spins")]
    SpinTooLargeForExact {
        /// The spin.
        spin: String,
        /// The largest.
        most: String,
    },
    /// Sizes that would not fit in memory.
    #[error("these sizes need {} of memory, {} are free; accepted are smaller ones", gigabytes(*need), gigabytes(*free))]
    Memory {
        /// How many bytes they need.
        need: u128,
        /// How many there are.
        free: u128,
    },
    /// An optimum of what is not defined.
    #[error(
        "--optimise-r looks for the lowest xi², which needs a number of atoms; accepted with --spin, --spins or --atoms"
    )]
    NoAtoms,
    /// The steady state cannot be given.
    #[error("{0}")]
    Steady(SteadyError),
    /// The steady state with noise of single atoms cannot be given.
    #[error("{0}")]
    Local(LocalError),
    /// Mean-field theory has no answer.
    #[error("{0}")]
    MeanField(MeanFieldError),
    /// Ctrl-C, with nothing to keep.
    #[error("interrupted; nothing was found that could be kept")]
    Interrupted,
    /// A quantity has no exact value.
    #[error("{0} has no value: {1}")]
    NoValue(&'static str, String),
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{}: {why}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A folder without certificates.
    #[error("{} has no .cert files", .0.display())]
    NoCertificates(PathBuf),
    /// The folder of an output file is missing.
    #[error("--{option} {}: the folder {} does not exist; create it first", file.display(), folder.display())]
    NoFolder {
        /// The option.
        option: &'static str,
        /// The file.
        file: PathBuf,
        /// Its folder.
        folder: PathBuf,
    },
    /// A figure that does not exist.
    #[error("{error} and all{}", near.as_ref().map(|n| format!(" (did you mean `{n}`?)")).unwrap_or_default())]
    UnknownFigure {
        /// Which ones exist.
        error: FigureError,
        /// The most similar id.
        near: Option<String>,
    },
    /// A figure that cannot be made.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// Writing failed.
    #[error("cannot write {to}: {source}")]
    Write {
        /// Where.
        to: String,
        /// Why.
        source: std::io::Error,
    },
    /// A tool of the system refused.
    #[error("{0}")]
    System(String),
}

impl CliError {
    /// A value that an option does not accept.
    pub fn refused(option: &'static str, value: &str, accepted: impl ToString) -> Self {
        Self::Refused { option, value: value.to_owned(), accepted: accepted.to_string() }
    }
}

fn gigabytes(bytes: u128) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}
