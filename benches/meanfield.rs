//! Mean-field theory: the sweep of Fig. 3(a), 50 strengths for each of 10 cooperativities, and one evolution.
//!
//! `benches/peers` has the same sweep with SciPy.

#![allow(missing_docs)]

use divan::{Bencher, black_box};
use twomode::numeric::evolve::Unwatched;
use twomode::numeric::meanfield::{MeanField, optimise_r, optimise_rt};
use twomode::numeric::noise::Rates;

fn main() {
    divan::main();
}

/// Cooperativities `N γ/γ_-` from 1 to 10^4.
fn rates(atoms: u64) -> Vec<Rates> {
    let cooperativity = |k: i32| 10f64.powf(f64::from(k) * 4.0 / 9.0);
    (0..10).map(|k| Rates { relaxation: atoms as f64 / cooperativity(k), ..Rates::default() }).collect()
}

/// Every moment with its error, and the stability.
#[divan::bench(args = [10_000, 1_000_000])]
fn sweep(bencher: Bencher, atoms: u64) {
    let rates = rates(atoms);
    bencher.bench(|| {
        for rates in &rates {
            for k in 0..50 {
                let r = 0.1 + 5.9 * f64::from(k) / 49.0;
                black_box(MeanField::new([atoms / 2; 2], r, *rates).and_then(|pair| pair.steady())).unwrap();
            }
        }
    });
}

#[divan::bench(args = [10_000, 1_000_000])]
fn optimum_over_r(bencher: Bencher, atoms: u64) {
    let pair = MeanField::new([atoms / 2; 2], 0.0, rates(atoms)[5]).unwrap();
    bencher.bench(|| optimise_r(black_box(&pair), &Unwatched).unwrap());
}

#[divan::bench(args = [10_000, 1_000_000])]
fn optimum_over_r_and_time(bencher: Bencher, atoms: u64) {
    let dephasing = Rates { dephasing: atoms as f64 / 100.0, ..Rates::default() };
    let pair = MeanField::new([atoms / 2; 2], 0.0, dephasing).unwrap();
    bencher.bench(|| optimise_rt(black_box(&pair), &Unwatched).unwrap());
}

#[divan::bench(args = [1_000, 1_000_000_000])]
fn evolution(bencher: Bencher, atoms: u64) {
    let pair = MeanField::new([atoms / 2; 2], 2.0, Rates { dephasing: 1.0, ..Rates::default() }).unwrap();
    bencher.bench(|| pair.evolve(black_box(&[1e6]), &Unwatched).unwrap());
}
