//! What the benches that are compared with peers share.

use std::hint::black_box;
use std::time::Instant;

/// The median of about half a second of repetitions.
pub fn seconds<T>(task: impl Fn() -> T) -> f64 {
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

/// Runs the task named behind `--once` and prints its seconds; without arguments `growth`.
pub fn run(tasks: &[(&str, &dyn Fn() -> f64)], growth: impl Fn()) {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let task = |name: &str| tasks.iter().find(|(task, _)| *task == name);
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--once", name] if task(name).is_some() => println!("{:.6} s", task(name).map_or(0.0, |(_, run)| run())),
        [] => growth(),
        other => {
            let names: Vec<&str> = tasks.iter().map(|(name, _)| *name).collect();
            eprintln!("{other:?}: accepted are --once {}, or nothing", names.join("|"));
            std::process::exit(3);
        }
    }
}

/// Prints the seconds of a task at each size, and the exponent between one size and the next; `what` says the size and the result.
pub fn growth<T>(task: impl Fn(usize) -> T, sizes: &[usize], letter: &str, what: impl Fn(usize, T) -> String) {
    let mut before: Option<(usize, f64)> = None;
    for &size in sizes {
        let now = seconds(|| task(size));
        let exponent = before.map(|(last, then)| (now / then).ln() / (size as f64 / last as f64).ln());
        let exponent = exponent.map(|e| format!(", {letter}^{e:.1}")).unwrap_or_default();
        println!("{}: {now:.4} s{exponent}", what(size, task(size)));
        before = Some((size, now));
    }
}
