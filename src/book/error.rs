//! What can go wrong with a book: one variant for each way.

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;

/// Why a book was not built or served.
#[derive(Debug, Error)]
pub enum BookError {
    /// The chapters have mistakes; all of them are listed.
    #[error("{}", lines(.0))]
    Problems(Vec<Problem>),
    /// A formula cannot be rendered.
    #[error(transparent)]
    Formula(#[from] FormulaError),
    /// The report ends before the last claim.
    #[error("the report is partial ({claims} claims): the audit was interrupted; a book needs a complete one")]
    PartialReport {
        /// How many claims the report has.
        claims: usize,
    },
    /// The output exists and is not a book: it is left alone.
    #[error("{}: exists and is not a built book; give an empty or a new folder", .0.display())]
    Occupied(PathBuf),
    /// A setting of `book.toml` has an unusable value.
    #[error("{}: {key} = {value:?}: expected {expected}", file.display())]
    Setting {
        /// The configuration file.
        file: PathBuf,
        /// The setting.
        key: &'static str,
        /// Its value.
        value: String,
        /// What would be accepted.
        expected: &'static str,
    },
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// mdBook failed, for instance because `SUMMARY.md` names a missing file.
    #[error("{}: {message}", book.display())]
    Mdbook {
        /// The book's folder.
        book: PathBuf,
        /// What mdBook said.
        message: String,
    },
    /// The server cannot listen.
    #[error("cannot listen on 127.0.0.1:{port}: {message}")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        message: String,
    },
}

/// A formula that cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("formula `{formula}`: {reason}")]
pub struct FormulaError {
    /// The formula, as LaTeX.
    pub formula: String,
    /// What is wrong with it.
    pub reason: String,
}

/// A mistake in a chapter, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The chapter, relative to the book's folder.
    pub file: PathBuf,
    /// The line, from 1, unless the mistake is that something is missing.
    pub line: Option<usize>,
    /// The mistake.
    pub mistake: Mistake,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.mistake)
    }
}

impl std::error::Error for Problem {}

/// A mistake that a chapter can contain.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Mistake {
    /// `{{...` without an end, or with wrong arguments.
    #[error(
        "malformed directive `{text}`: expected {{{{claim ID}}}}, {{{{number ID.NAME}}}}, {{{{figure ID}}}}, {{{{summary}}}} \
         or {{{{findings}}}}"
    )]
    Malformed {
        /// The directive as written.
        text: String,
    },
    /// A directive that makes a block has company on its line.
    #[error("`{text}` must stand alone at the start of its own line")]
    NotAlone {
        /// The directive as written.
        text: String,
    },
    /// The report has no such claim.
    #[error("no claim `{id}` in the report")]
    UnknownClaim {
        /// The id as written.
        id: String,
    },
    /// The claim has no such value.
    #[error("claim `{id}` has no number `{name}`; it has: {}", listed(.known))]
    UnknownNumber {
        /// The claim.
        id: String,
        /// The name as written.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// There is no such figure, or it cannot be made.
    #[error("figure `{id}`: {reason}")]
    Figure {
        /// The id as written.
        id: String,
        /// Why.
        reason: String,
    },
    /// A dollar sign opens a formula that its paragraph does not close.
    #[error("formula `{start}` is not closed in its paragraph (write \\$ for a dollar sign)")]
    UnclosedFormula {
        /// Its first line.
        start: String,
    },
    /// Directives are not expanded inside formulas.
    #[error("formula `{formula}` contains a directive: put it outside the dollar signs")]
    DirectiveInFormula {
        /// The formula.
        formula: String,
    },
    /// A formula, of the chapter or of the report, cannot be rendered.
    #[error(transparent)]
    Formula(#[from] FormulaError),
    /// A claim of the report has no box.
    #[error("the box of claim `{id}` is missing: add {{{{claim {id}}}}}")]
    MissingBox {
        /// The claim.
        id: String,
    },
    /// A claim has more than one box.
    #[error("claim `{id}` already has its box at {}:{line}", file.display())]
    RepeatedBox {
        /// The claim.
        id: String,
        /// The chapter with the first box.
        file: PathBuf,
        /// Its line.
        line: usize,
    },
    /// A box is not where the report says.
    #[error("the box of claim `{id}` belongs in {}", expected.display())]
    WrongChapter {
        /// The claim.
        id: String,
        /// The chapter that the report names.
        expected: PathBuf,
    },
    /// The report's link is not `FILE.html#ID`.
    #[error("the report places claim `{id}` at `{chapter}`: expected FILE.html#{id}")]
    BadPlace {
        /// The claim.
        id: String,
        /// The link.
        chapter: String,
    },
    /// A link inside the book leads nowhere; the file is the built page.
    #[error("the link `{target}` leads nowhere in the book")]
    DeadLink {
        /// The link as written.
        target: String,
    },
    /// The chapters cannot be read.
    #[error("{reason}")]
    Unreadable {
        /// What the reader said.
        reason: String,
    },
}

/// One problem a line.
fn lines(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

/// The names that would have been accepted.
fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
