//! Builds the book beside its destination, then renames it: a failed build changes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::audit::report::Report;

use super::error::BookError;
use super::links;
use super::preprocessor::Filler;

/// Builds the book in `source` (the folder of `book.toml`) from the report and puts it into `output`, which may be a
/// new or empty folder or a book built earlier.
pub fn build(source: &Path, output: &Path, report: &Report) -> Result<(), BookError> {
    if report.partial {
        return Err(BookError::PartialReport { claims: report.claims.len() });
    }
    if !is_replaceable(output) {
        return Err(BookError::Occupied(output.to_owned()));
    }
    let parent = parent(output)?;
    let work = tempfile::Builder::new()
        .prefix("book-")
        .suffix(".partial")
        .tempdir_in(&parent)
        .map_err(|source| BookError::Io { path: parent, source })?;
    let new = work.path().join("new");
    render(source, &new, report)?;
    links::check(&new)?;
    replace(output, &new, &work.path().join("old"))
}

/// Loads the chapters. Formulas and boxes come before mdBook's includes, so that lines are those of the files.
pub(super) fn load(source: &Path) -> Result<MDBook, BookError> {
    load_for(source, &source.join("book"))
}

fn load_for(source: &Path, output: &Path) -> Result<MDBook, BookError> {
    let mut config = Config::from_disk(source.join("book.toml")).map_err(|error| mdbook(source, error))?;
    config.build.create_missing = false;
    config.build.build_dir = output.to_owned();
    config.set("preprocessor.twomode.before", ["links", "index"]).map_err(|error| mdbook(source, error))?;
    MDBook::load_with_config(source, config).map_err(|error| mdbook(source, error))
}

fn render(source: &Path, output: &Path, report: &Report) -> Result<(), BookError> {
    let mut book = load_for(source, output)?;
    book.with_preprocessor(Filler::new(report));
    book.build().map_err(|error| mdbook(source, error))
}

/// Our own error if mdBook passed one on, otherwise mdBook's.
fn mdbook(source: &Path, error: mdbook_driver::errors::Error) -> BookError {
    error
        .downcast::<BookError>()
        .unwrap_or_else(|error| BookError::Mdbook { book: source.to_owned(), message: format!("{error:#}") })
}

/// True for what may be replaced: nothing, an empty folder, or a book.
fn is_replaceable(output: &Path) -> bool {
    let is_book = output.join(".nojekyll").exists() && output.join("toc.html").exists();
    match fs::read_dir(output) {
        Ok(mut entries) => entries.next().is_none() || is_book,
        Err(_) => !output.exists(),
    }
}

/// The absolute folder that the output is in, created if need be.
fn parent(output: &Path) -> Result<PathBuf, BookError> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |source| BookError::Io { path, source }
    };
    let output = std::path::absolute(output).map_err(fail(output))?;
    let parent = output.parent().unwrap_or(&output).to_owned();
    fs::create_dir_all(&parent).map_err(fail(&parent))?;
    Ok(parent)
}

/// Moves the old book aside and the new one into its place; if that fails, the old one returns.
fn replace(output: &Path, new: &Path, old: &Path) -> Result<(), BookError> {
    let fail = |source| BookError::Io { path: output.to_owned(), source };
    let had_one = output.exists();
    if had_one {
        fs::rename(output, old).map_err(fail)?;
    }
    fs::rename(new, output).map_err(|error| {
        if had_one {
            // The first error is the one to report.
            let _ = fs::rename(old, output);
        }
        fail(error)
    })
}
