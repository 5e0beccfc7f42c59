//! Two ensembles with noise of single atoms. `--once TASK` runs one task and prints its seconds, for a comparison with peers;
//! otherwise the growth with the size.

mod timing;

use timing::{growth, run, seconds};
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

fn main() {
    run(&[("steady12", &|| seconds(|| steady_state(12))), ("dynamics4", &|| seconds(|| dynamics(4)))], sizes);
}

/// Seconds, the exponent between one size and the next, and ξ² with its error.
fn sizes() {
    let xi2 = |n: usize, m: Moments| m.xi2([n; 2]).map(|e| e.to_string()).unwrap_or_default();
    let each = [4, 8, 12, 16];
    growth(steady_state, &each, "n", |n, m| format!("steady state, {n} atoms each, ξ² = {}", xi2(n, m)));
    growth(dynamics, &each, "n", |n, m| format!("dynamics, {n} atoms each, ξ² = {}", xi2(n, m)));
}
