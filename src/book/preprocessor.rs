//! Expands the directives and formulas of the chapters, inside mdBook.

use std::path::{Path, PathBuf};

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::audit::report::Report;

use super::boxes::Boxes;
use super::coverage::coverage_of;
use super::error::{BookError, Mistake, Problem};
use super::math;
use super::source::{Piece, scan};

/// The setting that holds the address of the package's sources.
const SOURCE_URL: &str = "preprocessor.twomode.source-url";

/// The preprocessor: fills chapters from a report.
pub(super) struct Filler {
    report: Report,
}

impl Filler {
    /// A preprocessor for this report.
    pub fn new(report: &Report) -> Filler {
        Filler { report: report.clone() }
    }
}

impl Preprocessor for Filler {
    fn name(&self) -> &str {
        "twomode"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> mdbook_preprocessor::errors::Result<Book> {
        let source_url = source_url(&context.root, &context.config)?;
        let mut problems = coverage_of(&book, &context.config.book.src, &self.report);
        book.for_each_chapter_mut(|chapter| {
            let file = file_of(chapter, &context.config.book.src);
            match expand(chapter, &self.report, source_url.as_deref()) {
                Ok(content) => chapter.content = content,
                Err(mistakes) => problems.extend(mistakes.into_iter().map(|(line, mistake)| Problem {
                    file: file.clone(),
                    line: Some(line),
                    mistake,
                })),
            }
        });
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        if problems.is_empty() { Ok(book) } else { Err(BookError::Problems(problems).into()) }
    }
}

/// The chapter's file, relative to the book's folder.
pub(super) fn file_of(chapter: &Chapter, source: &Path) -> PathBuf {
    source.join(chapter.source_path.as_deref().unwrap_or(Path::new("")))
}

/// The chapters with a file, in order.
pub(super) fn chapters(book: &Book) -> impl Iterator<Item = &Chapter> {
    book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) if chapter.source_path.is_some() => Some(chapter),
        _ => None,
    })
}

/// The address of the sources from `book.toml`, without a slash at the end.
fn source_url(root: &Path, config: &Config) -> Result<Option<String>, BookError> {
    let value: Option<toml::Value> = config
        .get(SOURCE_URL)
        .map_err(|error| BookError::Mdbook { book: root.to_owned(), message: error.to_string() })?;
    let Some(value) = value else { return Ok(None) };
    match value.as_str().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        Some(url) => Ok(Some(url.trim_end_matches('/').to_owned())),
        None => Err(BookError::Setting {
            file: root.join("book.toml"),
            key: SOURCE_URL,
            value: value.to_string(),
            expected: "an address that starts with https:// or http://",
        }),
    }
}

/// The chapter's text with everything filled in, or all mistakes with their lines.
fn expand(chapter: &Chapter, report: &Report, source_url: Option<&str>) -> Result<String, Vec<(usize, Mistake)>> {
    let depth = chapter.path.as_ref().map_or(0, |path| path.components().count().saturating_sub(1));
    let boxes = Boxes { report, source_url, root: &"../".repeat(depth) };
    let mut text = String::with_capacity(chapter.content.len());
    let mut mistakes = Vec::new();
    for (line, piece) in scan(&chapter.content) {
        match piece.and_then(|piece| html(&piece, &boxes)) {
            Ok(html) => text.push_str(&html),
            Err(mistake) => mistakes.push((line, mistake)),
        }
    }
    if mistakes.is_empty() { Ok(text) } else { Err(mistakes) }
}

/// The text that replaces a piece; a block gets blank lines around it.
fn html(piece: &Piece<'_>, boxes: &Boxes<'_>) -> Result<String, Mistake> {
    match piece {
        Piece::Text(text) => Ok((*text).to_owned()),
        Piece::Formula { latex, display } => Ok(math::render(latex, *display)?),
        Piece::Directive(directive) if directive.is_block() => Ok(format!("\n\n{}\n\n", boxes.fill(*directive)?)),
        Piece::Directive(directive) => boxes.fill(*directive),
    }
}
