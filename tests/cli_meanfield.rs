//! The command `meanfield`.

mod common;

use common::{folder, json, refused, run, stdout};
use serde_json::Value;

fn meanfield(arguments: &str) -> Value {
    let all: Vec<&str> = ["meanfield", "--json"].into_iter().chain(arguments.split_whitespace()).collect();
    json(&all)
}

fn estimate(v: &Value) -> (f64, f64) {
    let [value, error] = ["value", "error"].map(|key| v[key].as_f64().unwrap_or_else(|| panic!("no {key} in {v}")));
    assert!(error >= 0.0);
    (value, error)
}

/// The arguments, separated by blanks, are refused with these words.
fn bad(arguments: &str, words: &[&str]) {
    let all: Vec<&str> = ["meanfield"].into_iter().chain(arguments.split_whitespace()).collect();
    refused(&all, words);
}

#[test]
fn a_steady_state_has_every_number_with_its_error() {
    let halves = meanfield("--atoms 1000 --gamma-minus 0.3 --gamma-z 0.2 --r 0.7");
    for key in ["s1", "s2", "c11xx", "c22xx", "c11zz", "c22zz", "c12xx", "c12zz", "x_plus_sq", "xi2"] {
        let (value, error) = estimate(&halves[key]);
        assert!(error > 0.0 && error < 1e-12 * value.abs(), "{key}");
    }
    assert_eq!(halves["stable"], true);
    assert!(halves["residual"].as_f64().unwrap() < 1e-20 && halves["slowest"].as_f64().unwrap() < 0.0);
    assert_eq!(halves["time"], Value::Null);
    assert_eq!(halves, meanfield("--atoms 500,500 --gamma-minus 0.3 --gamma-z 0.2 --r 0.7"));
    // Dephasing alone: <Z> = -n/(2 cosh 2r), C^xx = n/4, n atoms in each ensemble.
    let alone = meanfield("--atoms 40,60 --gamma-z 0.2 --r 0.7");
    for (key, truth) in [("s1", -20.0 / 1.4f64.cosh()), ("s2", -30.0 / 1.4f64.cosh()), ("c22xx", 15.0)] {
        let (value, error) = estimate(&alone[key]);
        assert!((value - truth).abs() <= error, "{key}");
    }
}

#[test]
fn it_evolves_to_one_time_or_through_several() {
    let one = meanfield("--atoms 40,60 --gamma-minus 0.3 --r 0.7 --time 2");
    let many = meanfield("--atoms 40,60 --gamma-minus 0.3 --r 0.7 --until 2 --points 3");
    assert_eq!(many["times"], serde_json::json!([0.0, 1.0, 2.0]));
    assert_eq!((&one["partial"], &many["partial"]), (&Value::Bool(false), &Value::Bool(false)));
    let ((a, da), (b, db)) = (estimate(&one["xi2"][0]), estimate(&many["xi2"][2]));
    assert!((a - b).abs() <= da + db && da + db < 1e-9);
    assert_eq!(estimate(&many["s2"][0]).0, -30.0);
}

#[test]
fn it_finds_the_optimum() {
    let over_r = meanfield("--atoms 1000 --gamma-minus 10 --optimise r");
    let over_time = meanfield("--atoms 1000 --gamma-z 10 --optimise r,t");
    assert_eq!(over_r["time"], Value::Null);
    assert!(estimate(&over_time["time"]).0 > 0.0 && over_time["stable"] == Value::Null);
    let r = estimate(&over_r["r"]).0;
    let at_optimum = meanfield(&format!("--atoms 1000 --gamma-minus 10 --r {r}"));
    assert_eq!(at_optimum["xi2"]["value"], over_r["xi2"]["value"]);
    let near = meanfield(&format!("--atoms 1000 --gamma-minus 10 --r {}", r + 0.01));
    assert!(estimate(&near["xi2"]).0 > estimate(&over_r["xi2"]).0);
}

#[test]
fn a_table_and_a_file() {
    let folder = folder();
    let file = folder.path().join("steady.csv");
    let out = run(&["meanfield", "--atoms", "100", "--r", "0.5", "--csv", file.to_str().unwrap()]);
    assert!(stdout(&out).contains("steady and stable"));
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("stable,residual,slowest,r,r_error,") && lines[1].starts_with("1.0,"));
    let out = run(&[
        "meanfield",
        "--atoms",
        "100",
        "--r",
        "0.5",
        "--until",
        "1",
        "--points",
        "4",
        "--csv",
        file.to_str().unwrap(),
    ]);
    assert!(stdout(&out).contains("X+²"));
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 5);
}

#[test]
fn wrong_arguments_are_refused_by_name() {
    for atoms in ["0", "1", "-4", "x", "2.5", "5,0", "1000000000002"] {
        bad(&format!("--atoms {atoms} --r 1"), &[&format!("--atoms {atoms}: "), "from 2 to 1000000000000"]);
    }
    bad("--atoms 7 --r 1", &["--atoms 7: an odd number has no halves", "3,4"]);
    for r in ["nan", "inf", "16", "-16"] {
        bad(&format!("--atoms 10 --r {r}"), &[&format!("--r {r}: "), "|r| <= 15"]);
    }
    for option in ["gamma-minus", "gamma-z", "gamma-plus"] {
        for rate in ["-1", "nan", "inf", "x"] {
            bad(&format!("--atoms 10 --r 1 --{option} {rate}"), &[&format!("--{option} {rate}: "), "numbers from 0"]);
        }
    }
    bad("--atoms 10 --r 1 --time 0", &["--time 0: ", "positive"]);
    bad("--atoms 10 --r 1 --time 1e12", &["--time 1e12: ", "from 0 to 1e9"]);
    bad("--atoms 10 --r 1 --until 3 --points 1", &["--points 1: "]);
    bad("--atoms 10 --r 1 --time 1 --until 3", &["cannot be used with"]);
    bad("--atoms 10 --r 1 --optimise r", &["cannot be used with"]);
    bad("--atoms 10 --optimise r --time 3", &["cannot be used with"]);
    bad("--atoms 10 --optimise t", &["invalid value 't'", "r,t"]);
    bad("--atoms 10", &["--r <R>|--optimise <r|r,t>"]);
    bad("--atoms 2 --gamma-z 1e9 --optimise r", &["least at the end of the search, r = 0"]);
}
