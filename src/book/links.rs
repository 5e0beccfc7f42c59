//! Every link of the built pages that stays in the book must arrive: at a file and, if it names one, at an anchor.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::error::{BookError, Mistake, Problem};

/// Pages that mdBook makes from the others.
const COPIES: [&str; 4] = ["404.html", "index.html", "print.html", "toc.html"];

/// Checks the pages in the folder of a built book.
pub(super) fn check(output: &Path) -> Result<(), BookError> {
    let mut pages = BTreeMap::new();
    read(output, Path::new(""), &mut pages)?;
    let mut problems = Vec::new();
    for (page, html) in pages.iter().filter(|(page, _)| !COPIES.iter().any(|copy| page.ends_with(copy))) {
        for link in targets(html).filter(|link| !arrives(output, &pages, page, link)) {
            let mistake = Mistake::DeadLink { target: link.to_owned() };
            problems.push(Problem { file: page.clone(), line: None, mistake });
        }
    }
    problems.dedup();
    if problems.is_empty() { Ok(()) } else { Err(BookError::Problems(problems)) }
}

/// Reads the pages in a folder and below.
fn read(output: &Path, folder: &Path, pages: &mut BTreeMap<PathBuf, String>) -> Result<(), BookError> {
    let fail = |source| BookError::Io { path: folder.to_owned(), source };
    for entry in fs::read_dir(output.join(folder)).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = folder.join(entry.file_name());
        if entry.path().is_dir() {
            read(output, &name, pages)?;
        } else if name.extension().is_some_and(|extension| extension == "html") {
            let html = fs::read_to_string(entry.path()).map_err(fail)?;
            pages.insert(name, html);
        }
    }
    Ok(())
}

/// What a page links to inside the book.
fn targets(html: &str) -> impl Iterator<Item = &str> {
    let values = ["href=\"", "src=\""].into_iter().flat_map(move |key| html.split(key).skip(1));
    let values = values.filter_map(|tail| Some(tail.split_once('"')?.0));
    values.filter(|link| !link.is_empty() && !link.starts_with("//") && !link.contains([':', '%', '&']))
}

/// True if the link of a page leads to a file of the book and to an anchor that is there.
fn arrives(output: &Path, pages: &BTreeMap<PathBuf, String>, page: &Path, link: &str) -> bool {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() { page.to_owned() } else { resolved(page, path) };
    match pages.get(&target) {
        Some(html) => anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")),
        None => output.join(target).is_file(),
    }
}

/// The file, relative to the book, that a path on a page means.
fn resolved(page: &Path, path: &str) -> PathBuf {
    let mut target = page.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(path.split('?').next().unwrap_or(path)).components() {
        match part {
            Component::ParentDir => drop(target.pop()),
            Component::Normal(name) => target.push(name),
            _ => {}
        }
    }
    target
}
