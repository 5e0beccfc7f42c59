//! Every audited claim has its box exactly once, in the chapter that the report names.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_preprocessor::book::Book;

use crate::audit::report::{ClaimReport, Report, State};

use super::build::load;
use super::error::{Mistake, Problem};
use super::preprocessor::{chapters, file_of};
use super::source::{Directive, Piece, scan};

/// Checks that every claim of the report that was audited or attempted has its box in exactly one chapter, the one
/// that [`ClaimReport::chapter`] names, and that no claim has two.
pub fn coverage(source: &Path, report: &Report) -> Result<(), Vec<Problem>> {
    let problems = match load(source) {
        Ok(MDBook { book, config, .. }) => coverage_of(&book, &config.book.src, report),
        Err(error) => {
            let mistake = Mistake::Unreadable { reason: error.to_string() };
            vec![Problem { file: source.to_owned(), line: None, mistake }]
        }
    };
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// As [`coverage`], for a book that is already loaded with its chapters in `source`.
pub(super) fn coverage_of(book: &Book, source: &Path, report: &Report) -> Vec<Problem> {
    let mut problems = Vec::new();
    let boxes = places(book, source, &mut problems);
    for claim in &report.claims {
        let expected = match expected(claim, source) {
            Ok(expected) => expected,
            Err(mistake) => {
                problems.push(Problem { file: "the report".into(), line: None, mistake });
                continue;
            }
        };
        problems.extend(misplaced(claim, boxes.get(claim.id.as_str()), expected, source));
    }
    problems
}

/// A chapter and a line.
type Place = (PathBuf, usize);

/// Where the box of each claim is; a second box is a problem.
fn places<'a>(book: &'a Book, source: &Path, problems: &mut Vec<Problem>) -> HashMap<&'a str, Place> {
    let mut boxes: HashMap<&str, Place> = HashMap::new();
    for chapter in chapters(book) {
        for (line, piece) in scan(&chapter.content) {
            let Ok(Piece::Directive(Directive::Claim(id))) = piece else {
                continue;
            };
            let file = file_of(chapter, source);
            if let Some((first, at)) = boxes.get(id) {
                let mistake = Mistake::RepeatedBox { id: id.to_owned(), file: first.clone(), line: *at };
                problems.push(Problem { file, line: Some(line), mistake });
            } else {
                boxes.insert(id, (file, line));
            }
        }
    }
    boxes
}

/// The chapter that the report names for a claim.
fn expected(claim: &ClaimReport, source: &Path) -> Result<Option<PathBuf>, Mistake> {
    let Some(chapter) = &claim.chapter else {
        return Ok(None);
    };
    match chapter.split_once(".html#") {
        Some((stem, anchor)) if anchor == claim.id => Ok(Some(source.join(format!("{stem}.md")))),
        _ => Err(Mistake::BadPlace { id: claim.id.clone(), chapter: chapter.clone() }),
    }
}

/// What is wrong with the place of a claim's box.
fn misplaced(claim: &ClaimReport, place: Option<&Place>, expected: Option<PathBuf>, source: &Path) -> Option<Problem> {
    let id = claim.id.clone();
    match (place, expected) {
        (None, expected) => (claim.state != State::NotAudited).then(|| Problem {
            file: expected.unwrap_or_else(|| source.to_owned()),
            line: None,
            mistake: Mistake::MissingBox { id },
        }),
        (Some((file, line)), Some(expected)) if *file != expected => {
            Some(Problem { file: file.clone(), line: Some(*line), mistake: Mistake::WrongChapter { id, expected } })
        }
        (Some(_), _) => None,
    }
}
