//! `twomode check`: the kernel alone.

use std::path::{Path, PathBuf};

use serde::Serialize;
use twomode::exact::certificate::check;
use twomode::exact::{Outcome, Proposition};
use twomode::format::certificate::{LARGEST, read};

use super::error::CliError;
use super::output::print;
use super::render::json;

#[derive(Serialize)]
struct Checked {
    file: String,
    outcome: &'static str,
    statement: String,
    assumptions: String,
    grade: Option<String>,
    reason: Option<String>,
}

/// Checks one file, or every `.cert` file of a folder. Status 0: all accepted, 1: one rejected, 2: one declined.
pub fn run(path: &Path, as_json: bool) -> Result<u8, CliError> {
    // Everything is read first: a file that cannot be read stops the command before any output.
    let checked: Vec<Checked> = files(path)?.iter().map(|f| one(f)).collect::<Result<_, _>>()?;
    let text = match as_json {
        true => json(&checked)?,
        false => checked.iter().map(line).collect(),
    };
    print(&text)?;
    let any = |outcome| checked.iter().any(|c| c.outcome == outcome);
    Ok(if any("rejected") { 1 } else { u8::from(any("declined")) * 2 })
}

fn files(path: &Path) -> Result<Vec<PathBuf>, CliError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = |source| CliError::Read { path: path.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_some_and(|e| e == "cert") {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() { Err(CliError::NoCertificates(path.to_owned())) } else { Ok(files) }
}

fn one(file: &Path) -> Result<Checked, CliError> {
    let unreadable = |source| CliError::Read { path: file.to_owned(), source };
    let malformed = |why: String| CliError::Malformed { path: file.to_owned(), why };
    let size = std::fs::metadata(file).map_err(unreadable)?.len();
    if size > LARGEST as u64 {
        return Err(malformed(format!("{size} bytes; at most {LARGEST} are read")));
    }
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    let certified = read(&text).map_err(|e| malformed(e.to_string()))?;
    let statement = match &certified.statement.proposition {
        Proposition::Equation { lhs, rhs } => format!("{lhs} == {rhs}"),
        other => format!("{other:?}"),
    };
    let (outcome, grade, reason) = match check(&certified.statement, &certified.certificate) {
        Outcome::Accepted(proof) => ("accepted", Some(proof.grade().to_string()), None),
        Outcome::Rejected(why) => ("rejected", None, Some(why)),
        Outcome::Declined(why) => ("declined", None, Some(why)),
    };
    let assumptions = certified.statement.domain.to_string();
    Ok(Checked { file: file.display().to_string(), outcome, statement, assumptions, grade, reason })
}

fn line(c: &Checked) -> String {
    let reason = c.reason.as_ref().map(|r| format!("\n  because: {r}")).unwrap_or_default();
    format!("{}: {}\n  {}\n  for {}{reason}\n", c.file, c.outcome, c.statement, c.assumptions)
}
