//! The only place where evidence becomes a verdict.
//!
//! [`run`] takes the claims of the inventory, states each one for which the ledger has code, lets the kernel judge it and
//! collects a [`report::Report`]. The claims run in parallel; the order and content of the report do not depend on that.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

pub mod inventory;
pub mod judge;
pub mod mutants;
pub mod report;
pub mod scope;

use crate::claims::{Entry, Limits, ledger};
use inventory::{InventoryClaim, inventory, record};
use report::{ClaimReport, Finding, Report, SCHEMA, State, Summary};

/// What to audit.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these claims; empty means all.
    pub ids: BTreeSet<String>,
}

/// Told about the progress of an audit; called from several threads.
pub trait Progress: Sync {
    /// A claim is being checked.
    fn started(&self, _id: &str) {}
    /// A claim is done.
    fn finished(&self, _report: &ClaimReport) {}
}

/// No progress.
impl Progress for () {}

/// Audits the selected claims.
///
/// When `stop` becomes true, claims not yet started are left out and the report says that it is partial.
pub fn run(selection: &Selection, limits: Limits, progress: &dyn Progress, stop: &AtomicBool) -> Report {
    let entries = ledger();
    let record = record();
    let chosen: Vec<InventoryClaim> =
        inventory().into_iter().filter(|c| selection.ids.is_empty() || selection.ids.contains(&c.id)).collect();
    let judged: Vec<Option<ClaimReport>> = chosen
        .par_iter()
        .with_max_len(1)
        .map(|claim| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            progress.started(&claim.id);
            let mut report = one(claim, &entries, limits);
            report.recorded = record.findings.get(&claim.id).copied();
            progress.finished(&report);
            Some(report)
        })
        .collect();
    let partial = judged.iter().any(Option::is_none);
    let claims: Vec<ClaimReport> = judged.into_iter().flatten().collect();
    Report {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        max_2s: limits.max_2s,
        partial,
        summary: summarise(&claims),
        claims,
    }
}

fn one(claim: &InventoryClaim, entries: &[Entry], limits: Limits) -> ClaimReport {
    match entries.iter().find(|e| e.id == claim.id) {
        Some(entry) => judge::judge(claim, entry, limits),
        None => judge::not_audited(claim),
    }
}

fn summarise(claims: &[ClaimReport]) -> Summary {
    let count = |finding: Finding| claims.iter().filter(|c| c.finding == finding).count();
    Summary {
        holds: count(Finding::Holds),
        misprint: count(Finding::Misprint),
        wrong: count(Finding::False),
        approximate: count(Finding::Approximate),
        definition: count(Finding::Definition),
        undecided: count(Finding::Undecided),
    }
}

/// How an audit ended, for the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything is decided as recorded.
    Clean,
    /// A verdict differs from the record.
    Differs,
    /// Something is undecided.
    Undecided,
}

/// Compares the report with the record: a difference counts more than an undecided claim.
pub fn ending(report: &Report) -> Ending {
    let differs = |c: &ClaimReport| match c.recorded {
        Some(recorded) => recorded != c.finding,
        None => c.state != State::NotAudited,
    };
    if report.claims.iter().any(differs) {
        Ending::Differs
    } else if report.claims.iter().any(|c| c.finding == Finding::Undecided) {
        Ending::Undecided
    } else {
        Ending::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_from_the_record_counts_more_than_an_undecided_claim() {
        let ids = BTreeSet::from(["eq1".to_owned(), "s31b".to_owned()]);
        let mut report = run(&Selection { ids }, Limits { max_2s: 2 }, &(), &AtomicBool::new(false));
        report.claims[1] = judge::not_audited(&inventory().remove(0));
        assert_eq!(ending(&report), Ending::Undecided);
        report.claims[0].finding = Finding::False;
        assert_eq!(ending(&report), Ending::Differs);
        report.claims.truncate(1);
        report.claims[0].finding = Finding::Holds;
        assert_eq!(ending(&report), Ending::Clean);
        report.claims[0].recorded = None;
        assert_eq!(ending(&report), Ending::Differs);
    }
}
