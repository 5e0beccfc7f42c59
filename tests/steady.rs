//! Steady states against exact rationals and 25-digit numbers of another program: the true error is within the stated one.

use serde_json::Value;
use twomode::exact::number::{Rational, parse_rational};
use twomode::numeric::Estimate;
use twomode::numeric::convert::to_f64;
use twomode::numeric::lindblad::Dissipation;
use twomode::numeric::steady::{SteadyState, steady};

fn reference() -> Value {
    serde_json::from_str(include_str!("../proofs/reference/steady_exact.json")).unwrap()
}

/// The quantities with their names in the reference.
fn quantities(state: &SteadyState) -> [(&'static str, Estimate); 7] {
    let ([a, b, c, d], [z1, z2]) = (state.moments.quadratures, state.moments.z);
    let names = ["x_plus_sq", "x_minus_sq", "y_plus_sq", "y_minus_sq", "z1", "z2", "purity"];
    let values = [a, b, c, d, z1, z2, state.moments.purity];
    std::array::from_fn(|k| (names[k], values[k]))
}

/// Relative errors: the true one must be within the stated one, and this one small.
fn compare(case: &Value, state: &SteadyState, largest: f64) {
    for (name, estimate) in quantities(state) {
        let text = case[name].as_str().unwrap();
        let truth = parse_rational(text).map(|q| to_f64(&q)).or_else(|| text.parse().ok()).unwrap();
        assert!((estimate.value - truth).abs() <= estimate.error + 1e-16 * truth.abs(), "{case}: {name} is {estimate}");
        assert!(estimate.error <= largest * truth.abs(), "{case}: {name} is {estimate}");
    }
}

fn size(spin: &str) -> usize {
    spin.strip_suffix("/2").unwrap().parse().unwrap()
}

#[test]
fn large_unequal_spins() {
    let reference = reference();
    let cases = reference["large"].as_array().unwrap();
    for case in cases {
        let name = case["case"].as_str().unwrap();
        let (one, two) = name.strip_prefix("spins ").and_then(|spins| spins.split_once(" and ")).unwrap();
        let r = case["r"].as_f64().unwrap();
        let found = steady(&Dissipation::spins(size(one), size(two), r).unwrap()).unwrap().state.unwrap();
        compare(case, &found, 1e-13 * (4.0 * r).exp());
    }
    assert_eq!(cases.len(), 24);
}

/// Ladders without zeros at finite `r`; `r = artanh t` is rounded, which the stated error includes.
#[test]
fn small_ladders_of_every_kind() {
    let squares = |case: &Value, name: &str| -> Vec<Rational> {
        case[name].as_array().unwrap().iter().map(|o2| parse_rational(o2.as_str().unwrap()).unwrap()).collect()
    };
    let reference = reference();
    let mut compared = 0;
    for case in reference["exact"].as_array().unwrap() {
        let t = to_f64(&parse_rational(case["t"].as_str().unwrap()).unwrap());
        if t == 1.0 {
            continue; // infinite r
        }
        let ladders = [squares(case, "o2_1"), squares(case, "o2_2")];
        let found = steady(&Dissipation::engineered([&ladders[0], &ladders[1]], t.atanh()).unwrap()).unwrap();
        if let Some(state) = found.state {
            assert!(case.get("nullity").is_none_or(|nullity| nullity == 1), "{case}");
            compare(case, &state, 1e-13 * (4.0 * t.atanh().abs()).exp());
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
}

/// Far from `d = 0` nothing is there for small `r`; the elimination must not subtract through it.
#[test]
fn small_squeezing_of_large_unequal_spins() {
    for r in [1e-8, 1e-3, 0.03, 0.1, 0.2] {
        for (one, two) in [(9, 11), (4, 16), (1, 19), (19, 21)] {
            let state = steady(&Dissipation::spins(one, two, r).unwrap()).unwrap().state.unwrap();
            assert!(state.residual < 1e-15, "{one} {two} {r}: {}", state.residual);
            let xi2 = state.moments.xi2((one + two) as f64);
            assert!(xi2.error < 1e-12 * xi2.value, "{one} {two} {r}: {xi2}");
        }
    }
}
