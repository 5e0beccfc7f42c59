//! `twomode audit`.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use indicatif::ProgressBar;
use twomode::audit::inventory::{Record, inventory, sections};
use twomode::audit::report::{ClaimReport, Report};
use twomode::audit::{Ending, Progress, Selection, ending};
use twomode::claims::Limits;

use super::error::CliError;
use super::output::{Target, print};
use super::progress::{bar, interruptible};
use super::{AuditArgs, Format, render};

const MAX_2S: i64 = 1000;
const MOST_JOBS: i64 = 1024;

/// Runs the audit and prints the report; the status is that of the command.
pub fn run(args: AuditArgs, json: bool) -> Result<u8, CliError> {
    let format = format(&args, json)?;
    let selection = Selection { ids: select(&args)? };
    let limits = Limits { max_2s: ranged("max-2s", args.max_2s.unwrap_or(100), MAX_2S)? as u32 };
    let target = args.output.as_deref().map(|file| Target::new("output", file)).transpose()?;
    let record = args.record.as_deref().map(|file| Target::new("record", file)).transpose()?;
    let old = args.diff.as_deref().map(read_report).transpose()?;
    if let Some(jobs) = args.jobs {
        let threads = ranged("jobs", jobs, MOST_JOBS)? as usize;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        pool.map_err(|e| CliError::System(format!("cannot start {threads} threads: {e}")))?;
    }
    let stop = interruptible("claims that are being checked are finished, then the partial report is printed")?;
    let report = with_progress(&selection, limits, &stop);
    let mut text = render::report(&report, format, target.is_none())?;
    if let Some(old) = old {
        text += &render::difference(&old, &report, format);
    }
    if let Some(record) = record.filter(|_| !report.partial) {
        record.write(&render::json(&Record::of(&report))?)?;
    }
    match target {
        Some(target) => target.write(&text)?,
        None => print(&text)?,
    }
    Ok(match ending(&report) {
        _ if report.partial => 130,
        Ending::Differs => 1,
        Ending::Undecided => 2,
        Ending::Clean => 0,
    })
}

/// Runs the audit with a progress bar on the error output, if that is a terminal.
pub fn with_progress(selection: &Selection, limits: Limits, stop: &AtomicBool) -> Report {
    let count = if selection.ids.is_empty() { inventory().len() } else { selection.ids.len() };
    let bar = Bar(bar(count as u64, "{bar:30} {pos}/{len} {msg} {elapsed}"));
    let report = twomode::audit::run(selection, limits, &bar, stop);
    bar.0.finish_and_clear();
    report
}

struct Bar(ProgressBar);

impl Progress for Bar {
    fn started(&self, id: &str) {
        self.0.set_message(id.to_owned());
    }
    fn finished(&self, _: &ClaimReport) {
        self.0.inc(1);
    }
}

fn format(args: &AuditArgs, json: bool) -> Result<Format, CliError> {
    match (args.format, json) {
        (None, false) => Ok(Format::Table),
        (None | Some(Format::Json), true) => Ok(Format::Json),
        (Some(format), false) => Ok(format),
        (Some(Format::Table), true) => Err(CliError::TwoFormats("table")),
        (Some(Format::Junit), true) => Err(CliError::TwoFormats("junit")),
        (Some(Format::Markdown), true) => Err(CliError::TwoFormats("markdown")),
    }
}

fn ranged(name: &'static str, value: i64, most: i64) -> Result<i64, CliError> {
    if (1..=most).contains(&value) { Ok(value) } else { Err(CliError::OutOfRange { name, value, least: 1, most }) }
}

/// The ids that the options select; empty for all.
fn select(args: &AuditArgs) -> Result<BTreeSet<String>, CliError> {
    let named: BTreeSet<String> = args.claims.iter().map(|id| known(id)).collect::<Result<_, _>>()?;
    let Some(section) = &args.section else { return Ok(named) };
    let members: BTreeSet<String> =
        sections().into_iter().filter(|s| s.is_called(section)).flat_map(|s| s.ids).collect();
    if members.is_empty() {
        return Err(CliError::UnknownSection(section.clone()));
    }
    let both: BTreeSet<String> = match named.is_empty() {
        true => members,
        false => members.intersection(&named).cloned().collect(),
    };
    if both.is_empty() { Err(CliError::EmptySelection(section.clone())) } else { Ok(both) }
}

/// The id itself, when the inventory has it.
pub fn known(id: &str) -> Result<String, CliError> {
    let all = inventory();
    if all.iter().any(|c| c.id == id) {
        return Ok(id.to_owned());
    }
    let continued = all.iter().find(|c| c.id.starts_with(id) && !id.is_empty()).map(|c| c.id.clone());
    let similar = all.iter().map(|c| (strsim::damerau_levenshtein(&c.id, id), &c.id)).min();
    let near = continued.or(similar.filter(|(distance, _)| *distance <= 3).map(|(_, id)| id.clone()));
    Err(CliError::UnknownClaim { id: id.to_owned(), near })
}

/// Reads a report in JSON.
pub fn read_report(path: &Path) -> Result<Report, CliError> {
    let text = std::fs::read_to_string(path).map_err(|source| CliError::Read { path: path.to_owned(), source })?;
    serde_json::from_str(&text).map_err(|e| CliError::Malformed {
        path: path.to_owned(),
        why: format!("{e}; expected a report made by `twomode audit --json`"),
    })
}
