//! The dissipative model: evolution and steady states. `--once TASK` runs one task and prints its seconds, for
//! `run_dissipation.sh`; otherwise the growth with the size.

mod timing;

use timing::{growth, run, seconds};
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

fn main() {
    run(
        &[
            ("fig1b", &|| seconds(|| fig1b(9))),
            ("spin20", &|| seconds(|| fig1b(40))),
            ("spin50", &|| seconds(|| fig1b(100))),
            ("steady", &|| seconds(|| unequal(19, 21))),
        ],
        sizes,
    );
}

/// Seconds, and the exponent between one size and the next.
fn sizes() {
    growth(fig1b, &[5, 10, 20, 40, 80], "S", |two_s, _| format!("spins, S = {two_s}/2"));
    growth(fig1b_any_ladder, &[5, 10, 20, 40], "S", |two_s, _| format!("any ladder, S = {two_s}/2"));
    for total in [10, 20, 40] {
        println!(
            "steady state, {} and {} atoms: {:.4} s",
            total / 2 - 1,
            total / 2 + 1,
            seconds(|| unequal(total / 2 - 1, total / 2 + 1))
        );
    }
}
