//! The dissipative model: evolution and steady states. `--once TASK` runs one task and prints its seconds, for
//! `run_dissipation.sh`; otherwise the growth with the size.

use std::hint::black_box;
use std::time::Instant;

use twomode::numeric::evolve::{Moments, Unwatched, evolve};
use twomode::numeric::lindblad::Dissipation;
use twomode::numeric::state::Initial;
use twomode::numeric::steady::steady;

/// Fig. 1(b) for a spin `two_s/2`: r = 0.75, 201 points up to γt = 20.
fn fig1b(two_s: usize) -> Vec<Moments> {
    let spins = Dissipation::spins(two_s, two_s, 0.75).expect("spins");
    let times: Vec<f64> = (0..=200).map(|k| f64::from(k) * 0.1).collect();
    evolve(&spins, &Initial::Product(0, 0), &times, &Unwatched).expect("an evolution").moments
}

/// The same with a level behind a zero of `o` that is never reached, which takes away the relations that only spins have.
fn fig1b_any_ladder(two_s: usize) -> Vec<Moments> {
    use twomode::exact::number::rational;
    let spin = (1..=two_s as i64).map(|m| rational(m * (two_s as i64 + 1 - m), 1));
    let squares: Vec<_> = spin.chain([rational(0, 1)]).collect();
    let ladders = Dissipation::engineered([&squares, &squares], 0.75).expect("a ladder");
    let times: Vec<f64> = (0..=200).map(|k| f64::from(k) * 0.1).collect();
    evolve(&ladders, &Initial::Product(0, 0), &times, &Unwatched).expect("an evolution").moments
}

/// The steady state of spins `a/2` and `b/2` at r = 0.75.
fn unequal(a: usize, b: usize) -> Moments {
    steady(&Dissipation::spins(a, b, 0.75).expect("spins")).expect("a steady state").state.expect("one").moments
}

fn seconds<T>(task: impl Fn() -> T) -> f64 {
    // Short tasks are repeated for about half a second; the median counts.
    let mut all = Vec::new();
    let begin = Instant::now();
    while all.is_empty() || begin.elapsed().as_secs_f64() < 0.5 {
        let start = Instant::now();
        black_box(task());
        all.push(start.elapsed().as_secs_f64());
    }
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--once", "fig1b"] => println!("{:.6} s", seconds(|| fig1b(9))),
        ["--once", "spin20"] => println!("{:.6} s", seconds(|| fig1b(40))),
        ["--once", "spin50"] => println!("{:.6} s", seconds(|| fig1b(100))),
        ["--once", "steady"] => println!("{:.6} s", seconds(|| unequal(19, 21))),
        [] => growth(),
        other => {
            eprintln!("{other:?}: accepted are --once fig1b|spin20|spin50|steady, or nothing");
            std::process::exit(3);
        }
    }
}

/// Seconds, and the exponent between one size and the next.
fn growth() {
    type Task = (&'static str, fn(usize) -> Vec<Moments>, &'static [usize]);
    let tasks: [Task; 2] = [("spins", fig1b, &[5, 10, 20, 40, 80]), ("any ladder", fig1b_any_ladder, &[5, 10, 20, 40])];
    for (name, task, sizes) in tasks {
        let mut before: Option<(usize, f64)> = None;
        for two_s in sizes {
            let now = seconds(|| task(*two_s));
            let exponent = before.map(|(size, then)| (now / then).ln() / (*two_s as f64 / size as f64).ln());
            println!(
                "{name}, S = {two_s}/2: {now:.4} s{}",
                exponent.map(|e| format!(", S^{e:.1}")).unwrap_or_default()
            );
            before = Some((*two_s, now));
        }
    }
    for total in [10, 20, 40] {
        println!(
            "steady state, {} and {} atoms: {:.4} s",
            total / 2 - 1,
            total / 2 + 1,
            seconds(|| unequal(total / 2 - 1, total / 2 + 1))
        );
    }
}
