//! `twomode local`: numbers with their errors, and every refusal.

mod common;

use common::{folder, json, refused, run, stdout};
use serde_json::Value;

fn local(arguments: &str) -> Value {
    let all: Vec<&str> = ["local", "--json"].into_iter().chain(arguments.split_whitespace()).collect();
    json(&all)
}

fn estimate(v: &Value) -> (f64, f64) {
    let [value, error] = ["value", "error"].map(|key| v[key].as_f64().unwrap_or_else(|| panic!("no {key} in {v}")));
    assert!(error >= 0.0);
    (value, error)
}

/// Within the stated error, which must be small.
fn agrees(v: &Value, truth: f64) {
    let (value, error) = estimate(v);
    assert!((value - truth).abs() <= error + f64::EPSILON * truth.abs(), "{value} ± {error}, not {truth}");
    assert!(error <= 1e-10, "{error} is too large an error");
}

fn bad(arguments: &str, words: &[&str]) {
    let all: Vec<&str> = ["local"].into_iter().chain(arguments.split_whitespace()).collect();
    refused(&all, words);
}

fn keys(v: &Value) -> Vec<String> {
    v.as_object().unwrap().keys().cloned().collect()
}

const COLUMNS: [&str; 12] =
    ["c11xx", "c11zz", "c12xx", "c12zz", "c22xx", "c22zz", "purity", "s1", "s2", "trace", "x_plus_sq", "xi2"];

fn sorted(more: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = COLUMNS.iter().chain(more).map(|key| (*key).to_owned()).collect();
    all.sort_unstable();
    all
}

#[test]
fn the_keys_are_those_that_are_documented() {
    let found = local("--atoms 2,3 --gamma-minus 0.3 --gamma-z 0.2 --r 0.7");
    assert_eq!(
        keys(&found),
        sorted(&["spins1", "spins2", "nullity", "stable", "residual", "lowest_eigenvalue", "note"])
    );
    assert!(COLUMNS.iter().all(|key| found[key]["error"].is_f64()));
    assert_eq!(
        (&found["nullity"], &found["stable"], &found["note"]),
        (&Value::from(1), &Value::from(true), &Value::Null)
    );
    assert_eq!(found["spins1"].as_array().unwrap().len(), 2);
    let found = local("--atoms 2,3 --gamma-minus 0.3 --r 0.7 --until 2 --points 3");
    assert_eq!(keys(&found), sorted(&["times", "spins1", "spins2", "lowest_eigenvalue", "partial"]));
    assert_eq!((&found["times"], &found["partial"]), (&serde_json::json!([0.0, 1.0, 2.0]), &Value::from(false)));
    assert!(COLUMNS.iter().all(|key| found[key].as_array().unwrap().len() == 3));
}

#[test]
fn a_number_of_atoms_is_halved() {
    let options = "--gamma-minus 0.3 --gamma-z 0.2 --gamma-plus 0.1 --r 0.7";
    assert_eq!(local(&format!("--atoms 6 {options}")), local(&format!("--atoms 3,3 {options}")));
    assert_ne!(local(&format!("--atoms 6 {options}")), local(&format!("--atoms 2,4 {options}")));
    let same = "--atoms 4 --gamma-minus 0.3";
    assert_eq!(local(&format!("{same} --t 0.5")), local(&format!("{same} --t 1/2")));
}

#[test]
fn single_atoms_do_what_is_known() {
    // One atom each, r = 0: rates 1 + γ_- down and γ_+ up, so <Z> -> up/(up + down) - 1/2, at the rate up + down.
    let options = "--atoms 1,1 --r 0 --gamma-minus 0.5 --gamma-plus 0.5 --gamma-z 2";
    agrees(&local(options)["s1"], 0.25 - 0.5);
    let at = local(&format!("{options} --time 0.3"));
    agrees(&at["s2"][0], 0.25 * (1.0 - (-0.6f64).exp()) - 0.5);
    agrees(&at["c11xx"][0], 0.25);
    agrees(&at["c12xx"][0], 0.0);
    // Tiny rates keep their digits: mpmath, as in tests/permutation.rs.
    agrees(&local("--atoms 2,2 --r 0.5 --gamma-minus 1e-8")["s1"], -0.731_471_229_267_706_8);
}

#[test]
fn without_noise_the_answer_is_that_of_steady_and_evolve() {
    let found = local("--atoms 3,3 --r 0.6");
    let known = json(&["steady", "--json", "--atoms", "3,3", "--r", "0.6"]);
    agrees(&found["x_plus_sq"], estimate(&known["x_plus_sq"]).0);
    agrees(&found["s1"], estimate(&known["z1"]).0);
    agrees(&found["xi2"], estimate(&known["xi2"]).0);
    assert_eq!((&found["nullity"], &found["stable"]), (&Value::from(4), &Value::from(false)));
    assert!(found["note"].as_str().unwrap().contains("J = n/2"));
    let found = local("--atoms 3,3 --r 0.6 --time 1.5");
    let known = json(&["evolve", "--json", "--atoms", "3,3", "--r", "0.6", "--times", "1.5"]);
    agrees(&found["x_plus_sq"][0], estimate(&known["x_plus_sq"][0]).0);
    agrees(&found["purity"][0], estimate(&known["purity"][0]).0);
}

#[test]
fn tables_and_files_have_the_same_numbers() {
    let folder = folder();
    let file = folder.path().join("local.csv");
    let path = file.to_str().unwrap();
    let common = ["local", "--atoms", "2,2", "--gamma-minus", "0.3", "--r", "0.7", "--csv", path];
    let output = run(&common);
    assert_eq!(output.status.code(), Some(0));
    let table = stdout(&output);
    assert!(table.contains("X+²") && table.contains("steady states: 1") && table.contains("residual"), "{table}");
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!((lines.len(), &lines[0][..4]), (2, &["nullity", "residual", "s1", "s1_error"][..]));
    let found = local("--atoms 2,2 --gamma-minus 0.3 --r 0.7");
    let column = lines[0].iter().position(|name| *name == "x_plus_sq").unwrap();
    assert_eq!(lines[1][column].parse::<f64>().unwrap(), estimate(&found["x_plus_sq"]).0);
    let output = run(&[&common[..], &["--until", "1", "--points", "3"]].concat());
    assert!(stdout(&output).contains("lowest eigenvalue of the state at the last time"));
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 4);
}

#[test]
fn wrong_values_are_refused_by_name() {
    for atoms in ["0", "1", "-4", "x", "3,0", "2,3,4", ""] {
        let output = run(&["local", "--atoms", atoms, "--r", "0.5"]);
        assert_eq!(output.status.code(), Some(3), "--atoms {atoms}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(&format!("--atoms {atoms}: accepted")), "{error}");
    }
    bad("--atoms 7 --r 0.5", &["--atoms 7", "odd", "accepted are two numbers, as 3,4"]);
    bad("--atoms 1500,1 --r 0.5", &["1500", "accepted: from 1 to 1000"]);
    bad("--atoms 300,300 --r 0.5 --gamma-z 1", &["GB", "accepted are smaller ones"]);
    bad("--atoms 300,300 --r 0.5 --gamma-z 1 --time 1", &["GB", "accepted are smaller ones"]);
    for rate in ["--gamma-minus", "--gamma-z", "--gamma-plus"] {
        for value in ["-0.1", "nan", "inf", "x", "1e10"] {
            bad(
                &format!("--atoms 2,2 --r 0.5 {rate} {value}"),
                &[&format!("{rate} {value}"), "accepted are numbers from 0"],
            );
        }
    }
    for r in ["nan", "6.5", "-inf", "x"] {
        bad(&format!("--atoms 2,2 --r {r}"), &[&format!("--r {r}"), "accepted"]);
    }
    bad("--atoms 2,2 --t 1", &["--t 1", "accepted"]);
    bad("--atoms 2,2", &["--r"]);
    bad("--r 0.5", &["--atoms"]);
    for (time, word) in [("--time -1", "--time -1"), ("--time 0", "--time 0"), ("--time inf", "--time inf")] {
        bad(&format!("--atoms 2,2 --r 0.5 {time}"), &[word, "accepted are positive numbers"]);
    }
    bad("--atoms 2,2 --r 0.5 --time 2e9", &["--time 2e9", "accepted are times from 0 to 1e9"]);
    bad("--atoms 2,2 --r 0.5 --until 3 --points 1", &["--points 1", "accepted are whole numbers from 2"]);
    bad("--atoms 2,2 --r 0.5 --points 3", &["--until"]);
    bad("--atoms 2,2 --r 0.5 --time 1 --until 3", &["--until", "--time"]);
    bad("--atoms 2,2 --r 0.5 --csv /no/such/folder/x.csv", &["--csv", "does not exist"]);
}
