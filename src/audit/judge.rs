//! From evidence to a verdict on one claim. Claim code says what to check; only this file says what was found.

use super::inventory::{InventoryClaim, definitions};
use super::mutants::mutants;
use super::report::{Checked, ClaimReport, Finding, GradedScope, MutantReport, ReadingReport, ReadingResult, State};
use super::scope;
use crate::claims::{Claim, Class, Entry, Limits, Observation, Part, Reading, affirmed, negated};
use crate::exact::certificate::{Certificate, NotRefuted, check, refute, refute_with};
use crate::exact::sample::Sample;
use crate::exact::{Counterexample, Grade, Outcome, Proof, Proposition, Statement};
use crate::laws::assertion::Plan;
use crate::laws::certificates::{certificate, lemma};
use crate::model::{latex, trace};
use crate::search::points::points;

/// The verdict on a claim for which there is code.
pub fn judge(claim: &InventoryClaim, entry: &Entry, limits: Limits) -> ClaimReport {
    let started = std::time::Instant::now();
    let (stated, used) = trace::collect(|| (entry.state)(limits));
    let corrected = stated.corrected.as_ref().map(|reading| judge_reading(reading, &[], stated.spins));
    let proofs: Vec<Proof> = corrected.iter().flat_map(|c| c.proofs.iter().cloned()).collect();
    let printed = judge_reading(&stated.printed, &proofs, stated.spins);
    let (finding, complaint) = finding(entry.id, &printed, corrected.as_ref(), &stated);
    let established = match finding {
        Finding::Holds | Finding::Definition => Some(&printed),
        Finding::Misprint | Finding::False | Finding::Approximate => corrected.as_ref(),
        Finding::Undecided => None,
    };
    let graded = established.and_then(|e| e.strongest.clone());
    let mutants = established.map(try_mutants).unwrap_or_default();
    let mut report = ClaimReport {
        finding,
        state: if finding == Finding::Undecided { State::Attempted } else { State::Audited },
        grade: graded.as_ref().map(|g| g.grade.clone()),
        scope: graded.map(|g| g.scope),
        also: established.map(|e| e.also.clone()).unwrap_or_default(),
        correction: stated.correction.clone(),
        reason: complaint.or_else(|| reason(&stated)),
        values: stated.values.clone(),
        relies_on: used.into_iter().filter(|id| *id != entry.id).map(str::to_owned).collect(),
        mutants,
        chapter: Some(format!("{}.html#{}", entry.chapter, entry.id)),
        ..not_audited(claim)
    };
    report.printed = Some(printed.report);
    report.corrected = corrected.map(|c| c.report);
    report.seconds = started.elapsed().as_secs_f64();
    report
}

/// The reason or remark of the ledger, with the criteria that were fixed for numbers as printed.
fn reason(stated: &Claim) -> Option<String> {
    let text = stated.class.map(|(_, reason)| reason).or(stated.remark)?;
    let criteria = stated.printed.parts.iter().filter_map(|part| match part {
        Part::Observed(observation) => Some(observation.criterion),
        Part::Exact(_) | Part::Fails(_) => None,
    });
    let mut criteria: Vec<&str> = criteria.collect();
    criteria.dedup();
    let criteria = criteria.iter().map(|criterion| format!(". Criterion, fixed first: {criterion}"));
    Some(text.to_owned() + &criteria.collect::<String>())
}

/// The entry of a claim for which there is no code yet.
pub fn not_audited(claim: &InventoryClaim) -> ClaimReport {
    ClaimReport {
        id: claim.id.clone(),
        location: claim.location.clone(),
        kind: claim.kind.clone(),
        finding: Finding::Undecided,
        recorded: None,
        state: State::NotAudited,
        printed: None,
        corrected: None,
        correction: None,
        reason: None,
        grade: None,
        scope: None,
        also: Vec::new(),
        values: Default::default(),
        relies_on: Vec::new(),
        mutants: MutantReport::default(),
        test: format!("audit {}", claim.id),
        chapter: None,
        seconds: 0.0,
    }
}

/// The rule that makes a finding of two results and a classification; the sentence says why it is undecided.
fn finding(id: &str, printed: &Judged, corrected: Option<&Judged>, stated: &Claim) -> (Finding, Option<String>) {
    use ReadingResult::{Declined, Proved, Refuted, Supported};
    let undecided = |why: String| (Finding::Undecided, Some(why));
    if let Some(why) = &printed.complaint {
        return undecided(why.clone());
    }
    let established = corrected.map(|c| matches!(c.report.result, Proved | Supported));
    match (printed.report.result, stated.class.map(|(class, _)| class), established) {
        (Proved, Some(Class::Definition), _) => {
            if definitions().iter().any(|d| d.id == id) {
                (Finding::Definition, None)
            } else {
                undecided("classified as a definition, but not listed as one".to_owned())
            }
        }
        (Proved | Supported, None, _) => (Finding::Holds, None),
        (Proved | Supported, Some(class), _) => undecided(format!("classified as {class:?}, but it holds as printed")),
        (Refuted, Some(Class::Misprint), Some(true)) => (Finding::Misprint, None),
        (Refuted, Some(Class::Approximate), Some(true)) => (Finding::Approximate, None),
        (Refuted, Some(Class::False), None | Some(true)) => (Finding::False, None),
        (Refuted, None | Some(Class::Definition), _) => undecided("refuted as printed, but not classified".to_owned()),
        (Refuted, Some(_), _) => undecided(match corrected.and_then(|c| c.complaint.clone()) {
            Some(why) => format!("refuted as printed, and the corrected form is not established: {why}"),
            None => "refuted as printed, and no corrected form is established".to_owned(),
        }),
        (Declined, _, _) => undecided("no check of the printed form came to a decision".to_owned()),
    }
}

/// What became of one reading.
struct Judged {
    report: ReadingReport,
    strongest: Option<GradedScope>,
    also: Vec<GradedScope>,
    proofs: Vec<Proof>,
    observed: Vec<(f64, f64, f64, f64)>,
    instances: usize,
    complaint: Option<String>,
}

/// What the kernel is asked, beside what a reader is shown.
fn checked(part: &Part, spins: bool) -> Option<Checked> {
    let (assertion, formula) = match part {
        Part::Exact(assertion) => (assertion, latex::proposition(&assertion.statement)),
        Part::Fails(assertion) => (assertion, negated(&latex::proposition(&assertion.statement))),
        Part::Observed(_) => return None,
    };
    let domain = scope::domain(&assertion.statement, spins);
    Some(Checked { formula: (formula != assertion.latex).then_some(formula), domain })
}

/// What became of one part.
enum Verdict {
    Proved(Vec<Proof>),
    /// Shown by one exact instance.
    Instance(String),
    Supported {
        value: f64,
        error: f64,
        range: (f64, f64),
        scope: String,
    },
    Refuted(String),
    Declined(String),
}

fn judge_reading(reading: &Reading, known: &[Proof], spins: bool) -> Judged {
    let verdicts: Vec<Verdict> = reading.parts.iter().map(|part| judge_part(part, known)).collect();
    let mut judged = Judged {
        report: ReadingReport {
            result: ReadingResult::Declined,
            grade: None,
            scope: None,
            witness: None,
            statements: reading.parts.iter().map(|p| p.latex().to_owned()).collect(),
            checked: reading.parts.iter().map(|p| checked(p, spins)).collect(),
        },
        strongest: None,
        also: Vec::new(),
        proofs: Vec::new(),
        observed: Vec::new(),
        instances: 0,
        complaint: None,
    };
    if reading.parts.is_empty() {
        judged.complaint = Some("the claim asserts nothing".to_owned());
        return judged;
    }
    let mut evidence = Vec::new();
    let mut result = ReadingResult::Proved;
    for (verdict, part) in verdicts.into_iter().zip(&reading.parts) {
        match verdict {
            Verdict::Refuted(witness) => {
                judged.report.witness.get_or_insert(witness);
                result = ReadingResult::Refuted;
            }
            Verdict::Declined(why) if result != ReadingResult::Refuted => {
                judged.complaint.get_or_insert(format!("{}: {why}", part.latex()));
                result = ReadingResult::Declined;
            }
            Verdict::Declined(_) => {}
            Verdict::Supported { value, error, range, scope } => {
                if result == ReadingResult::Proved {
                    result = ReadingResult::Supported;
                }
                judged.observed.push((value, error, range.0, range.1));
                let graded = GradedScope { grade: Grade::Observed.to_string(), scope };
                evidence.push(vec![(Grade::Observed, graded)]);
            }
            Verdict::Instance(point) => {
                judged.instances += 1;
                let graded = GradedScope { grade: Grade::Certificate.to_string(), scope: format!("one case: {point}") };
                evidence.push(vec![(Grade::Certificate, graded)]);
            }
            Verdict::Proved(proofs) => {
                let grades = |p: &Proof| {
                    let scope = scope::describe(p.statement(), p.up_to(), spins);
                    (p.grade(), GradedScope { grade: p.grade().to_string(), scope })
                };
                let mut graded: Vec<_> = proofs.iter().map(grades).collect();
                graded.sort_by_key(|(grade, _)| *grade);
                evidence.push(graded);
                judged.proofs.extend(proofs);
            }
        }
    }
    judged.report.result = result;
    if result == ReadingResult::Refuted {
        judged.complaint = None;
        return judged;
    }
    if result != ReadingResult::Declined {
        judged.weigh(evidence);
    }
    judged
}

impl Judged {
    /// The reading is as strong as its weakest part; everything else is further evidence.
    fn weigh(&mut self, evidence: Vec<Vec<(Grade, GradedScope)>>) {
        // The first of the weakest: the parts come in the order of the claim.
        let strongest = evidence.iter().filter_map(|part| part.first()).rev();
        let weakest = strongest.max_by_key(|(grade, _)| *grade).map(|(_, g)| g.clone());
        self.report.grade = weakest.as_ref().map(|g| g.grade.clone());
        self.report.scope = weakest.as_ref().map(|g| g.scope.clone());
        for (_, g) in evidence.into_iter().flatten() {
            if Some(&g) != weakest.as_ref() && !self.also.contains(&g) {
                self.also.push(g);
            }
        }
        self.strongest = weakest;
    }
}

fn judge_part(part: &Part, known: &[Proof]) -> Verdict {
    let (left, right) = part.sides();
    if left == right {
        return Verdict::Declined(format!("both sides come from {left}"));
    }
    match part {
        Part::Exact(assertion) => judge_statement(&assertion.statement, &assertion.plans, known),
        Part::Fails(assertion) => match judge_statement(&assertion.statement, &assertion.plans, known) {
            Verdict::Refuted(witness) => Verdict::Instance(witness),
            Verdict::Proved(_) => Verdict::Refuted(format!("it is proved: ${}$", affirmed(&assertion.latex))),
            other => other,
        },
        Part::Observed(observation) => judge_observation(observation),
    }
}

/// Supported or refuted only when the whole error bar is on one side of both ends of the range.
fn judge_observation(observation: &Observation) -> Verdict {
    let Observation { value: crate::numeric::Estimate { value, error }, range, scope, .. } = observation;
    let (low, high) = (value - error, value + error);
    if range.0 <= low && high <= range.1 {
        Verdict::Supported { value: *value, error: *error, range: *range, scope: scope.clone() }
    } else if high < range.0 || range.1 < low {
        Verdict::Refuted(format!("{value} ± {error:.1e}, outside {range:?}"))
    } else {
        Verdict::Declined(format!("{value} ± {error:.1e} straddles an end of {range:?}"))
    }
}

fn judge_statement(statement: &Statement, plans: &[Plan], known: &[Proof]) -> Verdict {
    if let Proposition::Equation { lhs, rhs } = &statement.proposition
        && lhs == rhs
    {
        return Verdict::Declined("both sides are the same expression".to_owned());
    }
    if let Some(counterexample) = first_counterexample(statement, known, &points(&statement.domain)) {
        return match counterexample.statement() == statement {
            true => Verdict::Refuted(witness(counterexample.description())),
            false => Verdict::Declined("a counterexample to something else".to_owned()),
        };
    }
    let mut proofs = Vec::new();
    for plan in plans {
        match certificate(plan).map(|c| check(statement, &c)) {
            Ok(Outcome::Accepted(proof)) if proof.statement() == statement => proofs.push(proof),
            Ok(Outcome::Accepted(_)) => return Verdict::Declined("a proof of something else".to_owned()),
            Ok(Outcome::Rejected(why) | Outcome::Declined(why)) => return Verdict::Declined(why),
            Err(why) => return Verdict::Declined(why),
        }
    }
    if proofs.is_empty() { Verdict::Declined("nothing was tried".to_owned()) } else { Verdict::Proved(proofs) }
}

/// A counterexample as a reader would write it: the symbol `c` is `cosh r`.
fn witness(description: &str) -> String {
    description.replace(", c = ", ", cosh(r) = ")
}

/// The first point at which the statement fails, directly or, where its left side has no value at a point, by a proved
/// statement about the same left side.
fn first_counterexample(statement: &Statement, known: &[Proof], points: &[Sample]) -> Option<Counterexample> {
    points.iter().find_map(|point| match refute(statement, point) {
        Ok(counterexample) => Some(counterexample),
        Err(NotRefuted::Agrees) => None,
        Err(NotRefuted::NoValue(_)) => known.iter().find_map(|proof| refute_with(proof, statement, point).ok()),
    })
}

/// Changes each statement that was established, one place at a time, and asks for a counterexample.
///
/// A change that leaves the statement as it is, as `(-t)²` for `t²`, is no mutant; the kernel has to prove that it is one.
fn try_mutants(established: &Judged) -> MutantReport {
    let mut report = MutantReport::default();
    let mut seen: Vec<&Statement> = Vec::new();
    let lemmas: Vec<Proof> = LEMMAS.iter().filter_map(|name| lemma(name).ok()).collect();
    for proof in &established.proofs {
        let statement = proof.statement();
        if seen.contains(&statement) {
            continue;
        }
        seen.push(statement);
        let points = points(&statement.domain);
        // Most mutants fail at the first or the last point, the smallest and the largest; of the others, most say the
        // same, which is cheaper to see than to try all.
        let quick: Vec<Sample> = [points.first(), points.last()].into_iter().flatten().cloned().collect();
        for mutant in mutants(statement) {
            let refuted = first_counterexample(&mutant, std::slice::from_ref(proof), &quick).is_some();
            if !refuted && says_the_same(&mutant, proof, &lemmas) {
                continue;
            }
            report.tried += 1;
            if refuted || refused(&mutant, proof, &points) {
                report.refuted += 1;
            } else {
                report.survivors.push(right_side(&mutant));
            }
        }
    }
    for &(value, error, low, high) in &established.observed {
        let width = high - low;
        for shift in [width, -width] {
            report.tried += 1;
            if value + error < low + shift || high + shift < value - error {
                report.refuted += 1;
            } else {
                report.survivors.push(format!("the range moved by {shift}"));
            }
        }
    }
    report
}

/// The lemmas with which a mutant may be shown to say the same.
const LEMMAS: [&str; 3] = ["geometric", "geometric-1", "geometric-2"];

/// Whether a mutant is refused: a counterexample, or no value at any point.
fn refused(mutant: &Statement, proof: &Proof, points: &[Sample]) -> bool {
    let known = std::slice::from_ref(proof);
    let nothing = |r: Result<Counterexample, NotRefuted>| matches!(r, Err(NotRefuted::NoValue(_)));
    let valueless = |p: &Sample| nothing(refute(mutant, p)) && nothing(refute_with(proof, mutant, p));
    first_counterexample(mutant, known, points).is_some() || (!points.is_empty() && points.iter().all(valueless))
}

/// Whether the right side of a mutant is, in other words, that of the proved statement.
fn says_the_same(mutant: &Statement, proof: &Proof, lemmas: &[Proof]) -> bool {
    use Proposition as P;
    let mut domain = mutant.domain.clone();
    let proposition = match (&proof.statement().proposition, &mutant.proposition) {
        (P::Equation { rhs, .. }, P::Equation { rhs: changed, .. })
        | (P::Limit { value: rhs, .. }, P::Limit { value: changed, .. }) => {
            P::Equation { lhs: rhs.clone(), rhs: changed.clone() }
        }
        (P::Vectors { rhs, .. }, P::Vectors { rhs: changed, .. }) => {
            P::Vectors { lhs: rhs.clone(), rhs: changed.clone() }
        }
        (P::Operators { rhs, ladder, .. }, P::Operators { rhs: changed, .. }) => {
            P::Operators { lhs: rhs.clone(), rhs: changed.clone(), ladder: ladder.clone() }
        }
        (P::OperatorsOf { rhs, formula, .. }, P::OperatorsOf { rhs: changed, .. }) => {
            P::OperatorsOf { lhs: rhs.clone(), rhs: changed.clone(), formula: formula.clone() }
        }
        (P::LargeSize { value, .. }, P::LargeSize { value: changed, .. }) => {
            domain.size = None;
            P::Equation { lhs: value.clone(), rhs: changed.clone() }
        }
        (P::Expansion { coefficients, symbol, .. }, P::Expansion { coefficients: changed, .. }) => {
            domain = domain.without_real(symbol);
            match coefficients.iter().zip(changed).find(|(c, d)| c != d) {
                Some((c, d)) => P::Equation { lhs: c.clone(), rhs: d.clone() },
                None => return true,
            }
        }
        _ => return false,
    };
    let same = Statement { domain, proposition };
    [Vec::new(), lemmas.to_vec()]
        .into_iter()
        .any(|lemmas| matches!(check(&same, &Certificate::Identity { lemmas }), Outcome::Accepted(_)))
}

fn right_side(statement: &Statement) -> String {
    match &statement.proposition {
        Proposition::Equation { rhs, .. } => rhs.to_string(),
        Proposition::Limit { value, .. } => value.to_string(),
        Proposition::Vectors { rhs, .. } => rhs.to_string(),
        Proposition::Operators { rhs, .. } | Proposition::OperatorsOf { rhs, .. } => rhs.to_string(),
        Proposition::NonNegative { operator, .. } => format!("{operator} >= 0"),
        Proposition::UniqueNullVector { operators, .. } => format!("{} operators", operators.len()),
        Proposition::NullSpaces { matrices, dimensions } => {
            let names: Vec<&str> = matrices.iter().map(|m| m.name.as_str()).collect();
            format!("dimensions {dimensions:?} for {}", names.join("; "))
        }
        Proposition::AtLeast { lhs, rhs, .. } => format!("{lhs} > {rhs}"),
        Proposition::Expansion { coefficients, .. } => {
            coefficients.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
        Proposition::LargeSize { value, .. } => value.to_string(),
        Proposition::Enclosure { low, high, .. } => format!("[{low}, {high}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::domain::Domain;
    use crate::exact::expression::{Expression, symbol};
    use crate::laws::DIRECT;
    use crate::laws::assertion::{Assertion, equal, side};
    use crate::numeric::Estimate;

    fn square() -> Expression {
        (symbol("x") + 1).pow(2)
    }
    fn expanded() -> Expression {
        symbol("x").pow(2) + 2 * symbol("x") + 1
    }
    fn wrong() -> Expression {
        symbol("x").pow(2) + symbol("x") + 1
    }
    fn again() -> Expression {
        square()
    }

    fn right() -> Assertion {
        equal(Domain::default().with_real("x"), side!(square()), side!(expanded()), vec![DIRECT])
    }
    fn false_one() -> Assertion {
        equal(Domain::default().with_real("x"), side!(square()), side!(wrong()), vec![DIRECT])
    }

    /// The finding and its reason for a claim made of these parts.
    fn judged(state: fn(Limits) -> Claim) -> (Finding, String) {
        let claim = super::super::inventory::inventory().remove(0);
        let entry = Entry { id: "x-test", chapter: "test", state };
        let report = judge(&claim, &entry, Limits { max_2s: 3 });
        (report.finding, report.reason.unwrap_or_default())
    }

    fn undecided(state: fn(Limits) -> Claim, words: &str) {
        let (finding, reason) = judged(state);
        assert!(finding == Finding::Undecided && reason.contains(words), "{finding:?}: {reason}");
    }

    #[test]
    fn findings_follow_from_the_two_results() {
        assert_eq!(judged(|_| Claim::new(vec![right()])).0, Finding::Holds);
        let misprint = |_| Claim::new(vec![false_one()]).corrected(vec![right()], "", Class::Misprint, "why");
        assert_eq!(judged(misprint), (Finding::Misprint, "why".to_owned()));
        let wrong = |_| Claim::new(vec![false_one()]).corrected(vec![right()], "", Class::False, "why");
        assert_eq!(judged(wrong).0, Finding::False);
    }

    #[test]
    fn classifications_that_contradict_the_results_are_refused() {
        undecided(|_| Claim::new(vec![false_one()]), "not classified");
        undecided(
            |_| Claim::new(vec![right()]).corrected(vec![right()], "", Class::Misprint, "why"),
            "it holds as printed",
        );
        undecided(
            |_| Claim::new(vec![false_one()]).corrected(vec![false_one()], "", Class::Misprint, "why"),
            "no corrected form is established",
        );
        undecided(|_| Claim::new(vec![right()]).definition("why"), "not listed as one");
        undecided(|_| Claim::new(vec![false_one()]).definition("why"), "not classified");
    }

    #[test]
    fn two_equal_sides_and_empty_claims_are_refused() {
        undecided(|_| Claim::new(Vec::<Assertion>::new()), "asserts nothing");
        undecided(|_| Claim::new(vec![Assertion { right: "square".to_owned(), ..right() }]), "both sides come from");
        undecided(
            |_| {
                let domain = Domain::default().with_real("x");
                Claim::new(vec![equal(domain, side!(square()), side!(again()), vec![DIRECT])])
            },
            "the same expression",
        );
        undecided(|_| Claim::new(vec![Assertion { plans: vec![], ..right() }]), "nothing was tried");
    }

    #[test]
    fn an_observation_that_straddles_its_range_is_no_evidence() {
        let observed = |value: f64, error: f64| Observation {
            left: "computed".to_owned(),
            right: "printed".to_owned(),
            latex: String::new(),
            value: Estimate { value, error },
            range: (1.0, 2.0),
            criterion: "",
            scope: String::new(),
        };
        assert!(matches!(judge_observation(&observed(1.5, 0.1)), Verdict::Supported { .. }));
        assert!(matches!(judge_observation(&observed(2.5, 0.1)), Verdict::Refuted(_)));
        assert!(matches!(judge_observation(&observed(2.0, 0.1)), Verdict::Declined(_)));
        assert!(matches!(judge_observation(&observed(f64::NAN, 0.1)), Verdict::Declined(_)));
        assert!(matches!(judge_observation(&observed(1.5, f64::INFINITY)), Verdict::Declined(_)));
    }
}
