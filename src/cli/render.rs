//! A report as table, JSON, JUnit XML or Markdown.

use std::io::IsTerminal;

use comfy_table::presets::NOTHING;
use comfy_table::{Attribute, Cell, Color, ContentArrangement, Row, Table};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use twomode::audit::inventory::sections;
use twomode::audit::report::{ClaimReport, Finding, Report, State, Summary};

use super::Format;
use super::error::CliError;

/// The report in a format; `styled` allows colours when the standard output is a terminal.
pub fn report(report: &Report, format: Format, styled: bool) -> Result<String, CliError> {
    let colours = styled && std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Ok(match format {
        Format::Table => table(report, colours),
        Format::Json => json(report)?,
        Format::Markdown => markdown(report),
        Format::Junit => junit(report)?,
    })
}

/// Any value as indented JSON with a final newline.
pub fn json(value: &impl serde::Serialize) -> Result<String, CliError> {
    let text = serde_json::to_string_pretty(value);
    text.map(|t| t + "\n").map_err(|e| CliError::System(format!("cannot write JSON: {e}")))
}

/// The finding as a word; undecided claims say why.
pub fn finding(claim: &ClaimReport) -> String {
    match (claim.finding, claim.state) {
        (Finding::Undecided, State::NotAudited) => "undecided (not_audited)".to_owned(),
        (Finding::Undecided, _) => "undecided (attempted)".to_owned(),
        (finding, _) => finding.word().to_owned(),
    }
}

fn colour(finding: Finding) -> Color {
    match finding {
        Finding::Holds | Finding::Definition => Color::Green,
        Finding::Misprint | Finding::Approximate => Color::Yellow,
        Finding::False => Color::Red,
        Finding::Undecided => Color::DarkGrey,
    }
}

/// The claims of the report under the headings of the inventory.
fn grouped(report: &Report) -> Vec<(String, Vec<&ClaimReport>)> {
    sections()
        .into_iter()
        .map(|s| (s.title.clone(), report.claims.iter().filter(|c| s.ids.contains(&c.id)).collect::<Vec<_>>()))
        .filter(|(_, claims)| !claims.is_empty())
        .collect()
}

fn table(report: &Report, colours: bool) -> String {
    let mut text = String::new();
    for (title, claims) in grouped(report) {
        let mut table = plain_table(["claim", "where", "finding", "grade", "scope"]);
        for claim in claims {
            let changed = claim.recorded.is_some_and(|r| r != claim.finding);
            let mut cell = Cell::new(format!("{}{}", finding(claim), if changed { " (differs)" } else { "" }));
            if colours {
                cell = cell.fg(colour(claim.finding));
                if changed {
                    cell = cell.add_attribute(Attribute::Bold);
                }
            }
            let or_dash = |s: &Option<String>| s.clone().unwrap_or_else(|| "-".to_owned());
            table.add_row([
                Cell::new(&claim.id),
                Cell::new(&claim.location),
                cell,
                Cell::new(or_dash(&claim.grade)),
                Cell::new(or_dash(&claim.scope)),
            ]);
        }
        text += &format!("{title}\n{table}\n\n");
    }
    text + &summary_line(report)
}

/// A table without lines, as wide as the terminal, or 110 columns where there is none.
pub fn plain_table(header: impl Into<Row>) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_header(header);
    if !std::io::stdout().is_terminal() {
        table.set_width(110);
    }
    table
}

/// One line with the counts.
fn summary_line(report: &Report) -> String {
    let Summary { holds, misprint, wrong, approximate, definition, undecided } = &report.summary;
    let partial = if report.partial { "PARTIAL (interrupted): " } else { "" };
    format!(
        "{partial}{} claims: {holds} hold, {misprint} misprints, {wrong} false, {approximate} approximate, {definition} \
         definitions, {undecided} undecided\n",
        report.claims.len()
    )
}

fn markdown(report: &Report) -> String {
    let cell = |s: &str| s.replace('|', r"\|").replace('\n', " ");
    let mut text = String::from("# Audit of PRL 134, 073603\n\n");
    text += &summary_line(report);
    for (title, claims) in grouped(report) {
        text += &format!("\n## {title}\n\n| claim | where | finding | grade | scope |\n|---|---|---|---|---|\n");
        for c in claims {
            let or_dash = |s: &Option<String>| cell(s.as_deref().unwrap_or("-"));
            let row = [cell(&c.id), cell(&c.location), finding(c), or_dash(&c.grade), or_dash(&c.scope)];
            text += &format!("| {} |\n", row.join(" | "));
        }
    }
    text
}

/// One test case for each claim: failed where the finding differs from the record, skipped where it is undecided.
fn junit(report: &Report) -> Result<String, CliError> {
    let mut suite = TestSuite::new("audit");
    for c in &report.claims {
        let expected = c.recorded.map_or("nothing", Finding::word);
        let status = match (c.state, c.recorded) {
            (State::NotAudited, None) => TestCaseStatus::skipped(),
            (_, Some(recorded)) if recorded == c.finding => TestCaseStatus::success(),
            _ => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(format!("found {}, recorded {expected}", finding(c)));
                status
            }
        };
        let mut case = TestCase::new(c.id.clone(), status);
        case.set_classname("twomode.audit").set_time(std::time::Duration::from_secs_f64(c.seconds));
        suite.add_test_case(case);
    }
    let mut document = quick_junit::Report::new("twomode");
    document.add_test_suite(suite);
    document.to_string().map_err(|e| CliError::System(format!("cannot write JUnit XML: {e}")))
}

/// What changed since an older report; nothing for formats that a program reads.
pub fn difference(old: &Report, new: &Report, format: Format) -> String {
    if matches!(format, Format::Json | Format::Junit) {
        eprint!("{}", difference(old, new, Format::Table));
        return String::new();
    }
    let mut lines = Vec::new();
    for c in &new.claims {
        match old.claims.iter().find(|o| o.id == c.id) {
            None => lines.push(format!("{}: new, {}", c.id, finding(c))),
            Some(o) if (o.finding, &o.grade, &o.scope) != (c.finding, &c.grade, &c.scope) => {
                lines.push(format!("{}: {} -> {}", c.id, brief(o), brief(c)));
            }
            Some(_) => {}
        }
    }
    lines.extend(
        old.claims
            .iter()
            .filter(|o| !new.claims.iter().any(|c| c.id == o.id))
            .map(|o| format!("{}: not in this report", o.id)),
    );
    match lines.is_empty() {
        true => "no difference from the older report\n".to_owned(),
        false => format!("differences from the older report:\n  {}\n", lines.join("\n  ")),
    }
}

fn brief(c: &ClaimReport) -> String {
    match (&c.grade, &c.scope) {
        (Some(grade), Some(scope)) => format!("{} ({grade}, {scope})", finding(c)),
        _ => finding(c),
    }
}
