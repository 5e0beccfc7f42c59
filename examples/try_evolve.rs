//! Scratch.
#![allow(missing_docs)]
use std::time::Instant;
use twomode::numeric::{
    evolve::{Unwatched, evolve},
    lindblad::Dissipation,
    state::Initial,
};
fn main() {
    let a: Vec<f64> = std::env::args().skip(1).map(|x| x.parse().unwrap()).collect();
    let (two_s, r, until, points) = (a[0] as usize, a[1], a[2], a[3] as usize);
    let d = Dissipation::spins(two_s, two_s, r).unwrap();
    let times: Vec<f64> = (0..points).map(|k| until * k as f64 / (points - 1) as f64).collect();
    let start = Instant::now();
    let t = evolve(&d, &Initial::Product(0, 0), &times, &Unwatched).unwrap();
    println!("{:?} products {} lowest {:?}", start.elapsed(), t.products, t.lowest_eigenvalue);
    for k in [0, points / 20, points / 4, points - 1] {
        let m = &t.moments[k];
        println!(
            "{} x+ {} x- {} z {} tr {} inf {} pur {}",
            times[k],
            m.quadratures[0],
            m.quadratures[1],
            m.z[0],
            m.trace,
            m.infidelity.unwrap(),
            m.purity
        );
    }
}
