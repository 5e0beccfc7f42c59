//! What the book refuses: every variant of every error, tripped.

use std::fs;
use std::path::Path;

use super::sample::{Sample, report};
use twomode::book::{self, BookError, FormulaError, Mistake, Problem};

/// The mistakes that a changed chapter leads to, with file and line.
fn problems(file: &str, added: &str) -> Vec<Problem> {
    let sample = Sample::new();
    sample.append(file, added);
    match sample.build("out").unwrap_err() {
        BookError::Problems(problems) => problems,
        other => panic!("{other}"),
    }
}

#[test]
fn mistakes_in_chapters_are_found_with_their_lines() {
    let line = fs::read_to_string(Sample::new().path("src/states.md")).unwrap().lines().count() + 2;
    let id = || "s36a".to_owned();
    for (text, mistake) in [
        ("{{claim s99}}", Mistake::UnknownClaim { id: "s99".into() }),
        ("{{number s99.x}}", Mistake::UnknownClaim { id: "s99".into() }),
        (
            "{{number s36a.x}}",
            Mistake::UnknownNumber {
                id: id(),
                name: "x".into(),
                known: vec!["bound".into(), "peak".into(), "ratio".into()],
            },
        ),
        ("{{nothing}}", Mistake::Malformed { text: "{{nothing}}".into() }),
        ("{{number s36a", Mistake::Malformed { text: "{{number s36a".into() }),
        ("see {{summary}}", Mistake::NotAlone { text: "{{summary}}".into() }),
        ("$a", Mistake::UnclosedFormula { start: "$a".into() }),
        ("${{number s36a.peak}}$", Mistake::DirectiveInFormula { formula: "{{number s36a.peak}}".into() }),
        ("{{claim s36a}}", Mistake::RepeatedBox { id: id(), file: "src/states.md".into(), line: 3 }),
    ] {
        let expected = Problem { file: "src/states.md".into(), line: Some(line), mistake };
        assert_eq!(problems("src/states.md", &format!("\n{text}\n")), [expected], "{text}");
    }
}

#[test]
fn a_bad_formula_is_named() {
    let found = problems("src/introduction.md", "\n$\\nosuch$\n");
    let [Problem { file, line: Some(_), mistake: Mistake::Formula(FormulaError { formula, .. }) }] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!((file.as_path(), formula.as_str()), (Path::new("src/introduction.md"), r"\nosuch"));
    assert!(found[0].to_string().starts_with("src/introduction.md:"), "{}", found[0]);
}

#[test]
fn a_bad_formula_of_the_report_is_named_at_the_box() {
    let mut report = report();
    report.claims[1].correction = Some(r"\nosuch".into());
    let sample = Sample::new();
    let error = book::build(&sample.root(), &sample.path("out"), &report).unwrap_err();
    let BookError::Problems(found) = error else { panic!("{error}") };
    assert!(found.iter().any(|p| p.line == Some(3) && matches!(p.mistake, Mistake::Formula(_))), "{found:?}");
}

#[test]
fn every_mistake_is_reported_at_once() {
    assert_eq!(problems("src/states.md", "\n$\\no$\n\n{{no}}\n\n{{claim no}}\n").len(), 3);
}

#[test]
fn coverage_wants_every_audited_claim_once_in_its_chapter() {
    let sample = Sample::new();
    let check = |report| book::coverage(&sample.root(), &report);
    assert_eq!(check(report()), Ok(()));

    let mut moved = report();
    moved.claims[1].chapter = Some("introduction.html#s36a".into());
    let mistake = Mistake::WrongChapter { id: "s36a".into(), expected: "src/introduction.md".into() };
    assert_eq!(check(moved), Err(vec![Problem { file: "src/states.md".into(), line: Some(3), mistake }]));

    let mut more = report();
    more.claims[1].id = "new".into();
    more.claims[1].chapter = Some("states.html#new".into());
    let mistake = Mistake::MissingBox { id: "new".into() };
    assert_eq!(check(more), Err(vec![Problem { file: "src/states.md".into(), line: None, mistake }]));

    let mut bad = report();
    bad.claims[1].chapter = Some("states.html".into());
    let found = check(bad).unwrap_err();
    assert!(matches!(found[..], [Problem { mistake: Mistake::BadPlace { .. }, .. }]), "{found:?}");

    fs::remove_file(sample.path("src/states.md")).unwrap();
    let found = check(report()).unwrap_err();
    assert!(matches!(found[..], [Problem { mistake: Mistake::Unreadable { .. }, .. }]), "{found:?}");
    assert!(!sample.path("src/states.md").exists(), "nothing is created in the sources");
}

#[test]
fn a_claim_nobody_audited_needs_no_box() {
    let sample = Sample::new();
    let text = fs::read_to_string(sample.path("src/states.md")).unwrap();
    sample.write("src/states.md", &text.replace("{{claim fig2}}", ""));
    assert_eq!(book::coverage(&sample.root(), &report()), Ok(()));
}

#[test]
fn a_partial_report_makes_no_book() {
    let mut partial = report();
    partial.partial = true;
    let sample = Sample::new();
    let error = book::build(&sample.root(), &sample.path("out"), &partial).unwrap_err();
    assert!(matches!(error, BookError::PartialReport { claims: 3 }), "{error}");
}

#[test]
fn folders_that_are_not_books_are_left_alone() {
    let sample = Sample::new();
    fs::create_dir(sample.path("out")).unwrap();
    sample.build("out").unwrap();
    let error = sample.build("src").unwrap_err();
    assert!(matches!(&error, BookError::Occupied(path) if *path == sample.path("src")), "{error}");
    let error = sample.build("book.toml").unwrap_err();
    assert!(matches!(error, BookError::Occupied(_)), "{error}");
}

#[test]
fn settings_are_checked() {
    let sample = Sample::new();
    sample.write("book.toml", "[preprocessor.twomode]\nsource-url = \"ftp://x\"\n");
    let error = sample.build("out").unwrap_err();
    assert!(matches!(&error, BookError::Setting { value, .. } if value.contains("ftp://x")), "{error}");
}

#[test]
fn unreadable_books_and_unwritable_places() {
    let sample = Sample::new();
    let error = sample.build("book.toml/out").unwrap_err();
    assert!(matches!(&error, BookError::Io { path, .. } if *path == sample.path("book.toml")), "{error}");
    sample.write("src/SUMMARY.md", "- [Missing](missing.md)\n");
    let error = sample.build("out").unwrap_err();
    assert!(matches!(&error, BookError::Mdbook { message, .. } if message.contains("missing.md")), "{error}");
    assert!(!sample.path("src/missing.md").exists());
}

#[test]
fn a_taken_port_is_an_error() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let sample = Sample::new();
    let error = book::serve(&sample.root(), &sample.path("out"), &report(), port, |_| ()).unwrap_err();
    assert!(matches!(error, BookError::Listen { port: p, .. } if p == port), "{error}");
}

#[test]
fn dead_links_are_found() {
    for target in ["nowhere.html", "introduction.html#nowhere", "#nowhere", "missing.png"] {
        let expected =
            Problem { file: "states.html".into(), line: None, mistake: Mistake::DeadLink { target: target.into() } };
        assert_eq!(problems("src/states.md", &format!("\n[a]({target})\n")), [expected], "{target}");
    }
    let sample = Sample::new();
    let good = "\n[a](introduction.md#eq2) [b](#s36a) [c](https://example.org/x#y) ![d](d.svg)\n";
    sample.append("src/states.md", good);
    sample.write("src/d.svg", "<svg/>");
    sample.build("out").unwrap();
}
