//! The audit as a test suite: one test for each claim of the paper, named `audit ID` and marked with the finding on record.
//!
//! A test passes when the audit, run now, finds what is on record, and when the check refuses every wrong variant of the
//! claim. A claim without a check is shown as ignored; how many there may be is on record and may only fall.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use libtest_mimic::{Arguments, Failed, Trial};
use twomode::audit::inventory::{InventoryClaim, definitions, inventory, record};
use twomode::audit::report::{ClaimReport, Finding, ReadingResult, State};
use twomode::audit::{Selection, run};
use twomode::claims::{Entry, Limits, ledger};
use twomode::model::trace;

fn main() {
    let checked: BTreeSet<&str> = ledger().into_iter().map(|e| e.id).collect();
    let mut trials: Vec<Trial> = inventory().into_iter().map(|c| trial(c, &checked)).collect();
    trials.push(Trial::test("inventory: every id of the ledger is in it, once", ledger_is_in_inventory));
    trials.push(Trial::test("inventory: 228 claims, every id once", inventory_is_complete));
    trials.push(Trial::test("record: undecided claims may only become fewer", undecided_only_falls));
    trials.push(Trial::test("record: definitions are listed with a reason", definitions_are_listed));
    trials.push(Trial::test("ledger: no claim relies on itself through others", no_circular_reasoning));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn trial(claim: InventoryClaim, checked: &BTreeSet<&str>) -> Trial {
    let name = format!("audit {}", claim.id);
    match record().findings.get(&claim.id) {
        Some(&finding) => Trial::test(name, move || agrees(&claim.id, finding)).with_kind(finding.word()),
        None if checked.contains(claim.id.as_str()) => {
            Trial::test(name, || Err(Failed::from("there is a check, but no finding on record")))
        }
        None => Trial::test(name, || Ok(())).with_ignored_flag(true).with_kind("undecided (not_audited)"),
    }
}

fn audited(id: &str) -> Result<ClaimReport, Failed> {
    let selection = Selection { ids: BTreeSet::from([id.to_owned()]) };
    let report = run(&selection, Limits { max_2s: 100 }, &(), &AtomicBool::new(false));
    report.claims.into_iter().next().ok_or_else(|| Failed::from("the audit returned nothing"))
}

fn agrees(id: &str, recorded: Finding) -> Result<(), Failed> {
    let claim = audited(id)?;
    let fail = |why: String| Err(Failed::from(why));
    if claim.finding != recorded {
        return fail(format!("found {:?} ({:?}), recorded {recorded:?}", claim.finding, claim.reason));
    }
    if claim.state != State::Audited || claim.grade.is_none() || claim.scope.is_none() {
        return fail("a decided claim has a grade and a scope".to_owned());
    }
    if claim.mutants.tried == 0 || !claim.mutants.survivors.is_empty() {
        return fail(format!("mutants: {:?}", claim.mutants));
    }
    let printed = claim.printed.map(|p| p.result);
    let refuted = matches!(recorded, Finding::Misprint | Finding::False | Finding::Approximate);
    if refuted != (printed == Some(ReadingResult::Refuted)) {
        return fail(format!("found {recorded:?}, but the printed reading is {printed:?}"));
    }
    Ok(())
}

fn ledger_is_in_inventory() -> Result<(), Failed> {
    let known: BTreeSet<String> = inventory().into_iter().map(|c| c.id).collect();
    let ids: Vec<&str> = ledger().into_iter().map(|e| e.id).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    let strangers: Vec<&&str> = distinct.iter().filter(|id| !known.contains(**id)).collect();
    if distinct.len() != ids.len() || !strangers.is_empty() {
        return Err(Failed::from(format!("repeated ids, or unknown ones: {strangers:?}")));
    }
    Ok(())
}

/// Strikes out the claims that rely on none of those left, until there are none.
fn no_circular_reasoning() -> Result<(), Failed> {
    let relies_on = |e: &Entry| trace::collect(|| (e.state)(Limits { max_2s: 1 })).1;
    let mut left: BTreeMap<&str, BTreeSet<&str>> = ledger().iter().map(|e| (e.id, relies_on(e))).collect();
    for (id, used) in &mut left {
        used.remove(id);
    }
    loop {
        let open: BTreeSet<&str> = left.keys().copied().collect();
        left.retain(|_, used| !used.is_disjoint(&open));
        if left.len() == open.len() {
            break;
        }
    }
    if left.is_empty() { Ok(()) } else { Err(Failed::from(format!("in circles, or relying on such: {left:?}"))) }
}

fn inventory_is_complete() -> Result<(), Failed> {
    let ids: BTreeSet<String> = inventory().into_iter().map(|c| c.id).collect();
    if ids.len() == 228 && inventory().len() == 228 { Ok(()) } else { Err(Failed::from(format!("{} ids", ids.len()))) }
}

fn undecided_only_falls() -> Result<(), Failed> {
    let checked = ledger().len();
    let undecided = inventory().len() - checked;
    let record = record();
    if undecided > record.undecided_at_most {
        return Err(Failed::from(format!("{undecided} undecided, at most {} on record", record.undecided_at_most)));
    }
    if record.findings.len() + record.undecided_at_most != inventory().len() {
        return Err(Failed::from(
            "the record is not that of a whole audit: `twomode audit --record proofs/verdicts.json`",
        ));
    }
    Ok(())
}

fn definitions_are_listed() -> Result<(), Failed> {
    let listed = definitions();
    let recorded = record().findings;
    let found: BTreeSet<&String> =
        recorded.iter().filter(|(_, f)| **f == Finding::Definition).map(|(id, _)| id).collect();
    let allowed: BTreeSet<&String> = listed.iter().map(|d| &d.id).collect();
    if !found.is_subset(&allowed) || listed.iter().any(|d| d.reason.is_empty()) {
        return Err(Failed::from(format!("definitions found {found:?}, allowed {allowed:?}")));
    }
    Ok(())
}
