//! Two ensembles with noise of single atoms. `--once TASK` runs one task and prints its seconds, for a comparison with peers;
//! otherwise the growth with the size.

use std::hint::black_box;
use std::time::Instant;

use twomode::numeric::evolve::Unwatched;
use twomode::numeric::noise::Rates;
use twomode::numeric::permutation::{Local, Moments, evolve, steady};

/// Relaxation and dephasing at r = 0.7, ensembles of these many atoms.
fn local(atoms: [usize; 2]) -> Local {
    Local::new(atoms, 0.7, Rates { relaxation: 0.3, dephasing: 0.2, pumping: 0.0 }).expect("rates")
}

fn steady_state(n: usize) -> Moments {
    steady(&local([n, n]), &Unwatched).expect("a steady state").moments
}

/// 51 times up to 5/γ.
fn dynamics(n: usize) -> Moments {
    let times: Vec<f64> = (0..=50).map(|k| f64::from(k) * 0.1).collect();
    evolve(&local([n, n]), &times, &Unwatched).expect("an evolution").moments.pop().expect("the last time")
}

/// The median of about half a second of repetitions.
fn seconds<T>(task: impl Fn() -> T) -> f64 {
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
        ["--once", "steady12"] => println!("{:.6} s", seconds(|| steady_state(12))),
        ["--once", "dynamics4"] => println!("{:.6} s", seconds(|| dynamics(4))),
        [] => growth(),
        other => {
            eprintln!("{other:?}: accepted are --once steady12|dynamics4, or nothing");
            std::process::exit(3);
        }
    }
}

/// Seconds, the exponent between one size and the next, and ξ² with its error.
fn growth() {
    type Task = (&'static str, fn(usize) -> Moments, &'static [usize]);
    let tasks: [Task; 2] = [("steady state", steady_state, &[4, 8, 12, 16]), ("dynamics", dynamics, &[4, 8, 12, 16])];
    for (name, task, sizes) in tasks {
        let mut before: Option<(usize, f64)> = None;
        for n in sizes {
            let now = seconds(|| task(*n));
            let exponent = before.map(|(size, then)| (now / then).ln() / (*n as f64 / size as f64).ln());
            let xi2 = task(*n).xi2([*n; 2]).map(|e| e.to_string()).unwrap_or_default();
            let growth = exponent.map(|e| format!(", n^{e:.1}")).unwrap_or_default();
            println!("{name}, {n} atoms each: {now:.4} s{growth}; ξ² = {xi2}");
            before = Some((*n, now));
        }
    }
}
