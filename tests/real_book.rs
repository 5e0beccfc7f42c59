//! The book of the package: every claim has its place, and it builds from the report of the audit itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use twomode::audit::report::Report;
use twomode::audit::{Selection, run};
use twomode::book;
use twomode::claims::Limits;

/// One audit for all tests; small sizes, as the text depends on the findings and not on how far they were checked.
static REPORT: LazyLock<Report> =
    LazyLock::new(|| run(&Selection::default(), Limits { max_2s: 20 }, &(), &AtomicBool::new(false)));

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book")
}

#[test]
fn every_audited_claim_has_its_place() {
    assert_eq!(book::coverage(&source(), &REPORT), Ok(()));
}

/// mdBook's own pages may have scripts; the text, its formulas and its boxes may not.
#[test]
fn pages_are_complete_and_bring_no_scripts() {
    let folder = tempfile::tempdir().unwrap();
    // Set `TWOMODE_BOOK` to keep the pages and look at them.
    let output = std::env::var_os("TWOMODE_BOOK").map_or_else(|| folder.path().join("book"), PathBuf::from);
    book::build(&source(), &output, &REPORT).unwrap_or_else(|error| panic!("{error}"));
    for stem in ["introduction", "states", "optimal", "measurement", "protocols", "other"] {
        let html = fs::read_to_string(output.join(format!("{stem}.html"))).unwrap();
        let main = html.split_once("<main>").and_then(|(_, rest)| rest.split_once("</main>")).unwrap().0;
        assert!(!main.contains("<script"), "{stem}");
        // What a reader sees: everything outside of tags.
        let text: String = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        for leftover in ["{{", "}}", "$", "\\", "[t]"] {
            let at = text.find(leftover);
            assert!(
                at.is_none(),
                "{stem}: {leftover} in …{}",
                text[at.unwrap_or(0)..].chars().take(200).collect::<String>()
            );
        }
    }
}
