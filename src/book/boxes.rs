//! What the report puts into a chapter: the box of a claim, a number, the tables. Everything is one line of HTML.

use crate::audit::report::{
    ClaimReport, Finding, GradedScope, ReadingReport, ReadingResult, Report, State, Summary, runs,
};

use crate::figures::{Detail, FigureError, Unwatched, figure};

use super::checked::CheckedForms;
use super::error::{FormulaError, Mistake};
use super::lines::broken;
use super::math::{escape, formula_or_prose, prose, render};
use super::number::number;
use super::source::Directive;

/// All findings, in the order of the tables.
const FINDINGS: [Finding; 6] =
    [Finding::Holds, Finding::Misprint, Finding::False, Finding::Approximate, Finding::Definition, Finding::Undecided];

/// A figure with its caption. The drawing stands in the page itself, so that its lines and letters take the colour of the text
/// in every theme.
fn drawing(id: &str) -> Result<String, Mistake> {
    let failed = |error: FigureError| Mistake::Figure { id: id.to_owned(), reason: error.to_string() };
    let figure = figure(id).map_err(failed)?;
    let svg = figure.data(Detail::Full, &Unwatched).and_then(|data| figure.svg(&data)).map_err(failed)?;
    let caption = format!("<b>As {}.</b> {}", escape(figure.location), escape(figure.caption));
    let svg = svg.replace('\n', "");
    Ok(format!("<figure class=\"drawing\" id=\"figure-{id}\">{svg}<figcaption>{caption}</figcaption></figure>"))
}

/// Fills in the directives of one chapter.
pub(super) struct Boxes<'a> {
    /// The report.
    pub report: &'a Report,
    /// The address of the package's sources, without a slash at the end.
    pub source_url: Option<&'a str>,
    /// The way from the chapter's folder to the book's: `../` for each folder.
    pub root: &'a str,
}

impl Boxes<'_> {
    /// The HTML of a directive.
    pub fn fill(&self, directive: Directive<'_>) -> Result<String, Mistake> {
        match directive {
            Directive::Claim(id) => Ok(self.claim(self.find(id)?)?),
            Directive::Number(id, name) => self.number(id, name),
            Directive::Figure(id) => drawing(id),
            Directive::Summary => Ok(self.summary()),
            Directive::Findings => Ok(self.findings()?),
        }
    }

    fn find(&self, id: &str) -> Result<&ClaimReport, Mistake> {
        let claim = self.report.claims.iter().find(|claim| claim.id == id);
        claim.ok_or_else(|| Mistake::UnknownClaim { id: id.to_owned() })
    }

    fn number(&self, id: &str, name: &str) -> Result<String, Mistake> {
        let values = &self.find(id)?.values;
        match values.get(name) {
            Some(value) => Ok(number(value)?),
            None => Err(Mistake::UnknownNumber {
                id: id.to_owned(),
                name: name.to_owned(),
                known: values.keys().cloned().collect(),
            }),
        }
    }

    /// The box of a claim; its anchor is the id.
    fn claim(&self, claim: &ClaimReport) -> Result<String, FormulaError> {
        let id = escape(&claim.id);
        let rows: String = self.rows(claim)?.iter().map(|(label, html)| row(label, html)).collect();
        let grey = if claim.state == State::NotAudited { " claim-not-audited" } else { "" };
        Ok(format!(
            "<aside aria-label=\"Claim {id}\" class=\"claim claim-{}{grey}\" id=\"{id}\"><div class=\"claim-head\">{}\
             <span class=\"claim-where\">{}</span><a class=\"claim-id\" href=\"#{id}\">{id}</a></div>{rows}</aside>",
            claim.finding.word(),
            badge(claim),
            prose(&claim.location)?,
        ))
    }

    /// The labelled rows of a box; what is empty has no row.
    fn rows(&self, claim: &ClaimReport) -> Result<Vec<(&'static str, String)>, FormulaError> {
        let mut rows = Vec::new();
        if claim.grade.is_some() || claim.scope.is_some() {
            rows.push(("Established", evidence(claim.grade.as_deref(), claim.scope.as_deref())?));
        }
        let mut forms = CheckedForms::default();
        if let Some(printed) = &claim.printed {
            rows.push(("As printed", reading(printed, claim, &mut forms)?));
        }
        if let Some(corrected) = &claim.corrected {
            rows.push(("Corrected", reading(corrected, claim, &mut forms)?));
        }
        if let Some(correction) = &claim.correction {
            rows.push(("Should say", formula_or_prose(correction, true)?));
        }
        if let Some(reason) = &claim.reason {
            let label = if claim.finding == Finding::Holds { "Remark" } else { "Reason" };
            rows.push((label, prose(reason)?));
        }
        if !claim.also.is_empty() {
            rows.push(("Also", also(&claim.also)?));
        }
        if !claim.values.is_empty() {
            rows.push(("Numbers", values(claim)?));
        }
        if claim.mutants.tried > 0 {
            rows.push(("Mutants", mutants(claim)?));
        }
        if !claim.relies_on.is_empty() {
            let links: Vec<String> = claim.relies_on.iter().map(|id| self.link(id)).collect();
            rows.push(("Uses", links.join(", ")));
        }
        if let Some(recorded) = claim.recorded.filter(|recorded| *recorded != claim.finding) {
            rows.push(("On record", format!("<strong>{}</strong>: differs", recorded.word())));
        }
        if claim.state != State::NotAudited {
            rows.push(("Test", self.test(&claim.test)));
        }
        Ok(rows)
    }

    /// The name of a test, linked to its source.
    fn test(&self, test: &str) -> String {
        let name = format!("<code>{}</code>", escape(test));
        match self.source_url {
            Some(url) => format!("<a href=\"{}/tests/audit.rs\">{name}</a>", escape(url)),
            None => name,
        }
    }

    /// A claim's id, linked to its box; a claim that nobody audited may have none.
    fn link(&self, id: &str) -> String {
        let mut claims = self.report.claims.iter();
        let claim = claims.find(|claim| claim.id == id && claim.state != State::NotAudited);
        match claim.and_then(|claim| claim.chapter.as_deref()) {
            Some(chapter) => {
                format!("<a href=\"{}{}\">{}</a>", self.root, escape(chapter), escape(id))
            }
            None => escape(id),
        }
    }

    /// How many claims have each finding.
    fn summary(&self) -> String {
        let row = |shape: &str, name: &str, count: usize| {
            format!("<tr><td><span aria-hidden=\"true\">{shape}</span> {name}</td><td>{count}</td></tr>")
        };
        let counts = FINDINGS.map(|finding| (finding, count(&self.report.summary, finding)));
        let rows: String = counts.iter().map(|(finding, n)| row(shape(*finding), finding.word(), *n)).collect();
        let total = row("", "all claims", counts.iter().map(|(_, n)| n).sum());
        let head = "<thead><tr><th>Finding</th><th>Claims</th></tr></thead>";
        format!("<table class=\"claim-summary\">{head}<tbody>{rows}{total}</tbody></table>")
    }

    /// The claims that do not hold as printed.
    fn findings(&self) -> Result<String, FormulaError> {
        let fails =
            |claim: &&ClaimReport| matches!(claim.finding, Finding::Misprint | Finding::False | Finding::Approximate);
        let items: Vec<String> =
            self.report.claims.iter().filter(fails).map(|claim| self.item(claim)).collect::<Result<_, _>>()?;
        if items.is_empty() {
            return Ok("<p>Every claim that was decided holds as printed.</p>".to_owned());
        }
        Ok(format!("<ul class=\"claim-findings\">{}</ul>", items.concat()))
    }

    fn item(&self, claim: &ClaimReport) -> Result<String, FormulaError> {
        let correction = claim.correction.as_ref().map(|text| formula_or_prose(text, false)).transpose()?;
        let reason = claim.reason.as_ref().map(|text| prose(text)).transpose()?;
        let text: String = [correction, reason].into_iter().flatten().map(|html| format!("<br>{html}")).collect();
        Ok(format!(
            "<li class=\"claim-{}\">{} {} {}{text}</li>",
            claim.finding.word(),
            badge(claim),
            prose(&claim.location)?,
            self.link(&claim.id),
        ))
    }
}

fn row(label: &str, html: &str) -> String {
    format!(
        "<div class=\"claim-row\"><span class=\"claim-label\">{label}</span><div class=\"claim-text\">{html}</div></div>"
    )
}

/// The finding as a shape and a word.
fn badge(claim: &ClaimReport) -> String {
    let (shape, word) = match claim.state {
        State::NotAudited => ("\u{25cb}", "not audited"),
        _ => (shape(claim.finding), claim.finding.word()),
    };
    format!("<span class=\"claim-finding\"><span aria-hidden=\"true\">{shape}</span> {word}</span>")
}

fn shape(finding: Finding) -> &'static str {
    match finding {
        Finding::Holds => "\u{2713}",
        Finding::Misprint => "\u{270e}",
        Finding::False => "\u{2717}",
        Finding::Approximate => "\u{2248}",
        Finding::Definition => ":=",
        Finding::Undecided => "?",
    }
}

fn count(summary: &Summary, finding: Finding) -> usize {
    match finding {
        Finding::Holds => summary.holds,
        Finding::Misprint => summary.misprint,
        Finding::False => summary.wrong,
        Finding::Approximate => summary.approximate,
        Finding::Definition => summary.definition,
        Finding::Undecided => summary.undecided,
    }
}

/// A grade together with the scope that it holds for.
fn evidence(grade: Option<&str>, scope: Option<&str>) -> Result<String, FormulaError> {
    let grade = grade.map(|grade| format!("<strong class=\"claim-grade\">{}</strong>", escape(grade)));
    let scope = scope.map(|scope| prose(&typeset(scope))).transpose()?;
    Ok(grade.into_iter().chain(scope).collect::<Vec<_>>().join(", "))
}

/// The scope with the signs that a keyboard lacks.
pub(super) fn typeset(scope: &str) -> String {
    [("!=", "\u{2260}"), (">=", "\u{2265}"), ("<=", "\u{2264}"), ("->", "\u{2192}"), ("infinity", "\u{221e}")]
        .into_iter()
        .fold(scope.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The result of one reading, what was checked and its witness; the evidence where it is not that of the claim.
fn reading<'a>(
    reading: &'a ReadingReport,
    claim: &ClaimReport,
    forms: &mut CheckedForms<'a>,
) -> Result<String, FormulaError> {
    let mut html = match reading.result {
        ReadingResult::Proved => "proved",
        ReadingResult::Refuted => "refuted",
        ReadingResult::Supported => "supported",
        ReadingResult::Declined => "not decided",
    }
    .to_owned();
    let evidence = evidence(reading.grade.as_deref(), reading.scope.as_deref())?;
    let is_known = (&reading.grade, &reading.scope) == (&claim.grade, &claim.scope);
    if !evidence.is_empty() && !is_known {
        html.push_str(&format!(" ({evidence})"));
    }
    for (statement, parts) in runs(&reading.statements) {
        let count =
            if parts > 1 { format!("<span class=\"claim-parts\">in {parts} parts</span>") } else { String::new() };
        html.push_str(&format!("<div class=\"claim-statement\">{}{count}</div>", render(&broken(statement), true)?));
    }
    html.push_str(&forms.of(reading, &claim.id)?);
    if let Some(witness) = &reading.witness {
        let witness = formula_or_prose(witness, false)?;
        html.push_str(&format!("<div class=\"claim-witness\">Refuted by: {witness}</div>"));
    }
    Ok(html)
}

fn also(list: &[GradedScope]) -> Result<String, FormulaError> {
    let items: Vec<String> =
        list.iter().map(|entry| evidence(Some(&entry.grade), Some(&entry.scope))).collect::<Result<_, _>>()?;
    Ok(items.join("; "))
}

fn values(claim: &ClaimReport) -> Result<String, FormulaError> {
    let items = claim.values.iter().map(|(name, value)| {
        let html = number(value)?;
        Ok(format!("<li><span class=\"claim-name\">{}</span> {html}</li>", escape(name)))
    });
    Ok(format!("<ul>{}</ul>", items.collect::<Result<String, FormulaError>>()?))
}

fn mutants(claim: &ClaimReport) -> Result<String, FormulaError> {
    let mutants = &claim.mutants;
    let counts = format!("{} tried, {} refuted", mutants.tried, mutants.refuted);
    if mutants.survivors.is_empty() {
        return Ok(counts);
    }
    let items = mutants.survivors.iter().map(|text| Ok(format!("<li>{}</li>", formula_or_prose(text, false)?)));
    let items: String = items.collect::<Result<_, FormulaError>>()?;
    let survivors = mutants.survivors.len();
    Ok(format!("{counts}<details><summary>{survivors} not refuted</summary><ul>{items}</ul></details>"))
}
