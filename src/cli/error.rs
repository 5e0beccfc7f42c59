//! What can go wrong before or around the work itself: each error names the value and what would be accepted.

use std::path::PathBuf;

use twomode::figures::FigureError;

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
    /// Not a spin.
    #[error("--spin {0}: accepted are 1/2, 1, 3/2, ... up to 1000000 (a half-integer, not zero)")]
    Spin(String),
    /// A spin too large for exact numbers.
    #[error("--spin {spin} with --t: exact numbers are given up to S = {most}; use --r for larger spins")]
    SpinTooLargeForExact {
        /// The spin.
        spin: String,
        /// The largest.
        most: String,
    },
    /// Not a squeezing strength.
    #[error("--r {value}: {accepted}")]
    Squeezing {
        /// The value.
        value: String,
        /// What is accepted.
        accepted: String,
    },
    /// Not a hyperbolic tangent.
    #[error("--t {0}: accepted are rationals between -1 and 1, such as 1/2 or -0.75")]
    Tanh(String),
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
    #[error("--output {}: the folder {} does not exist; create it first", file.display(), folder.display())]
    NoFolder {
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
