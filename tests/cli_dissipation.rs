//! The commands `evolve` and `steady`: closed forms, every way to give the systems, every error.

mod common;

use common::{folder, json, refused, run, stdout};
use serde_json::Value;

/// A number with its error; the error must be there.
fn estimate(v: &Value) -> (f64, f64) {
    let [value, error] = ["value", "error"].map(|key| v[key].as_f64().unwrap_or_else(|| panic!("no {key} in {v}")));
    assert!(error >= 0.0);
    (value, error)
}

/// Within the stated error, which must be small.
fn agrees(v: &Value, truth: f64) {
    let (value, error) = estimate(v);
    assert!((value - truth).abs() <= error, "{value} ± {error}, not {truth}");
    assert!(error <= 1e-9 * truth.abs().max(1.0), "{error} is too large an error");
}

/// Two results within the sum of their errors.
fn same(a: &Value, b: &Value) {
    let ((x, dx), (y, dy)) = (estimate(a), estimate(b));
    assert!((x - y).abs() <= dx + dy, "{x} ± {dx} and {y} ± {dy}");
    assert!(dx + dy <= 1e-8, "{dx} and {dy} are too large errors");
}

fn evolve(arguments: &str) -> Value {
    let all: Vec<&str> = ["evolve", "--json"].into_iter().chain(arguments.split_whitespace()).collect();
    json(&all)
}

fn steady(arguments: &str) -> Value {
    let all: Vec<&str> = ["steady", "--json"].into_iter().chain(arguments.split_whitespace()).collect();
    json(&all)
}

/// The arguments, separated by blanks, are refused with these words.
fn bad(arguments: &str, words: &[&str]) {
    refused(&arguments.split_whitespace().collect::<Vec<_>>(), words);
}

const MOMENTS: [&str; 6] = ["x_plus_sq", "x_minus_sq", "y_plus_sq", "y_minus_sq", "z1", "z2"];

#[test]
fn the_keys_are_those_that_are_documented() {
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let found = evolve("--spin 1 --r 0.5 --times 0,1");
    let mut expected = vec!["times", "xi2", "infidelity", "purity", "trace", "lowest_eigenvalue", "partial"];
    expected.extend(MOMENTS);
    expected.sort_unstable();
    assert_eq!(keys(&found), expected);
    assert_eq!(found["times"], serde_json::json!([0.0, 1.0]));
    assert_eq!(found["partial"], false);
    let mut expected = vec!["r", "xi2", "infidelity", "purity", "trace", "nullity", "residual", "closed_form", "note"];
    expected.extend(MOMENTS);
    expected.sort_unstable();
    assert_eq!(keys(&steady("--spin 1 --r 0.5")), expected);
}

#[test]
fn an_excited_atom_decays_at_the_given_rate() {
    for gamma in [1.0, 2.5] {
        let found = evolve(&format!("--spin 1/2 --r 0 --from 1,0 --times 0,0.5,2 --gamma {gamma}"));
        for (at, t) in [0.0, 0.5, 2.0].into_iter().enumerate() {
            let p = f64::exp(-gamma * t);
            agrees(&found["z1"][at], p - 0.5);
            agrees(&found["z2"][at], -0.5);
            agrees(&found["infidelity"][at], p); // the steady state is |0,0>
            agrees(&found["purity"][at], p * p + (1.0 - p) * (1.0 - p));
            agrees(&found["trace"][at], 1.0);
        }
        // Z_1 + Z_2 = 0 at the beginning: no Wineland parameter there, but later.
        assert!(found["xi2"][0].is_null() && found["xi2"][1].is_object());
    }
}

#[test]
fn small_infidelities_keep_their_digits() {
    // Two spins 1/2 from |0,0>: 1 - <ψ_G|exp(tL)|0,0><0,0||ψ_G> with the full 16x16 matrix in mpmath 1.3, 50 digits.
    for (r, expected) in [
        ("0.001", [9.999983333360444e-07, 6.004230559177119e-07, 1.343071806418048e-08]),
        ("0.000001", [9.999999999983333e-13, 6.004235991057287e-13, 1.3430494068632444e-14]),
        ("0.3", [0.07822465618909667, 0.049989046866627786, 0.0031256097632966057]),
    ] {
        let found = evolve(&format!("--spin 1/2 --r {r} --times 0,1,5"));
        for (at, truth) in expected.into_iter().enumerate() {
            agrees(&found["infidelity"][at], truth);
            let (_, error) = estimate(&found["infidelity"][at]);
            assert!(error < 1e-5 * truth, "{error} is too large for {truth}");
        }
    }
}

/// `{"exact": "p/q"}` as a double.
fn exact(v: &Value) -> f64 {
    let text = v["exact"].as_str().unwrap();
    let (p, q) = text.split_once('/').unwrap_or((text, "1"));
    p.parse::<f64>().unwrap() / q.parse::<f64>().unwrap()
}

#[test]
fn equal_spins_end_in_the_state_that_metrology_describes() {
    let state = json(&["metrology", "--spin", "5/2", "--t", "1/2", "--json"]);
    let late = evolve("--spin 5/2 --t 1/2 --times 200");
    let found = steady("--spin 5/2 --t 1/2");
    for key in MOMENTS {
        let of = if key.starts_with('z') { "z" } else { key };
        agrees(&late[key][0], exact(&state[of]));
        agrees(&found[key], exact(&state[of]));
    }
    agrees(&late["xi2"][0], exact(&state["xi2"]));
    agrees(&found["xi2"], exact(&state["xi2"]));
    agrees(&late["infidelity"][0], 0.0);
    agrees(&found["purity"], 1.0);
    assert_eq!((&found["nullity"], &found["closed_form"]), (&Value::from(1), &Value::from(true)));
    assert!(late["lowest_eigenvalue"].as_f64().unwrap().abs() < 1e-9);
}

#[test]
fn every_way_to_give_the_same_systems_gives_the_same_numbers() {
    let equal = [
        "--spin 5/2",
        "--spin 2.5",
        "--spins 5/2,5/2",
        "--atoms 5,5",
        "--table 5,8,9,8,5",
        "--o2 m*(M+1-m) --m-max 5",
        "--o2 m*(M+1-m);6*m-m^2 --m-max 5,5",
    ];
    let unequal = [
        "--spins 1,3/2",
        "--atoms 2,3",
        "--table 2,2;3,4,3",
        "--o2 m*(M+1-m) --m-max 2,3",
        "--o2 m*(3-m);m*(4-m) --m-max 2,3",
    ];
    for (systems, with_infidelity) in [(&equal[..], true), (&unequal[..], false)] {
        let first = evolve(&format!("{} --r 0.4 --times 0.3,1", systems[0]));
        for system in systems {
            let found = evolve(&format!("{system} --r 0.4 --times 0.3,1"));
            MOMENTS.iter().for_each(|key| assert_eq!(found[key], first[key], "{system}: {key}"));
            assert_eq!(found["infidelity"].is_array(), with_infidelity, "{system}");
            let atoms = system.contains("spin") || system.contains("atoms");
            assert_eq!(found["xi2"], if atoms { first["xi2"].clone() } else { Value::Null }, "{system}");
        }
    }
}

#[test]
fn r_and_t_say_the_same() {
    let t = evolve("--spins 1/2,1 --t 0.5 --times 1");
    let r = evolve(&format!("--spins 1/2,1 --r {:?} --times 1", 0.5f64.atanh()));
    MOMENTS.iter().for_each(|key| same(&t[key][0], &r[key][0]));
}

#[test]
fn times_are_equally_spaced_or_scaled() {
    let spaced = evolve("--spin 1 --r 0.5 --until 20 --points 5");
    assert_eq!(spaced["times"], serde_json::json!([0.0, 5.0, 10.0, 15.0, 20.0]));
    assert_eq!(evolve("--spin 1/2 --r 0.5 --until 1")["times"].as_array().unwrap().len(), 201);
    let fast = evolve("--spin 1 --r 0.5 --times 0.5,1 --gamma 2");
    let slow = evolve("--spin 1 --r 0.5 --times 1,2");
    MOMENTS.iter().for_each(|key| assert_eq!(fast[key], slow[key]));
}

#[test]
fn the_initial_state_is_the_given_one() {
    // The GTMSS itself does not move: amplitudes (-t)^m with t = 1/2.
    let still = evolve("--spin 1 --t 1/2 --paired 1,-0.5,0.25 --times 0,3");
    for at in [0, 1] {
        agrees(&still["infidelity"][at], 0.0);
        agrees(&still["purity"][at], 1.0);
    }
    // Another state of two paired levels: <Z> = -1 · 0.64 + 0 · 0.36 of spins 1.
    agrees(&evolve("--spin 1 --r 0.5 --paired 0.8,0.6 --times 0")["z1"][0], -0.64);
    let folder = folder();
    let file = folder.path().join("rho.json");
    let path = file.to_str().unwrap();
    // |1,0> of two spins 1/2: row 1*2+0.
    std::fs::write(&file, "[[0,0,0,0],[0,0,0,0],[0,0,[1,0],0],[0,0,0,0]]").unwrap();
    let [matrix, product] = ["--density ".to_owned() + path, "--from 1,0".to_owned()]
        .map(|start| evolve(&format!("--spin 1/2 --r 0.7 {start} --times 0,0.5")));
    for key in MOMENTS {
        (0..2).for_each(|at| same(&matrix[key][at], &product[key][at]));
    }
    // (|0,0> + i|1,0>)/√2 of one atom: <Z_1> = 0 at the beginning, pure.
    std::fs::write(&file, "[[0.5,0,[0,-0.5],0],[0,0,0,0],[[0,0.5],0,0.5,0],[0,0,0,0]]").unwrap();
    let complex = evolve(&format!("--spin 1/2 --r 0.7 --density {path} --times 0"));
    agrees(&complex["z1"][0], 0.0);
    agrees(&complex["purity"][0], 1.0);
}

#[test]
fn unequal_systems_have_the_steady_state_that_they_evolve_to() {
    for system in ["--spins 1/2,1 --r 0.3", "--atoms 3,2 --t -1/3", "--table 1,2;3 --r 0.4"] {
        let found = steady(system);
        let late = evolve(&format!("{system} --times 3000"));
        MOMENTS.iter().for_each(|key| same(&found[key], &late[key][0]));
        same(&found["purity"], &late["purity"][0]);
        assert_eq!(
            (&found["nullity"], &found["closed_form"]),
            (&Value::from(1), &Value::from(!system.contains("table")))
        );
        assert!(found["residual"].as_f64().unwrap() < 1e-9);
        assert_eq!(found["xi2"].is_null(), system.contains("table"));
        assert!(found["note"].is_null());
    }
}

#[test]
fn several_steady_states_are_counted_and_none_is_chosen() {
    let found = steady("--table 1,0,4 --r 0.5");
    assert!(found["nullity"].as_u64().unwrap() > 1);
    for key in MOMENTS.iter().chain(&["xi2", "infidelity", "purity", "residual", "closed_form"]) {
        assert!(found[key].is_null(), "{key}");
    }
    assert!(found["note"].as_str().unwrap().contains("depends on the initial state"));
    let output = run(&["steady", "--table", "1,0,4", "--r", "0.5"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("depends on the initial state"));
}

#[test]
fn the_best_squeezing_strength_is_better_than_its_neighbours() {
    let best = steady("--spins 1/2,1 --optimise-r");
    let (r, _) = estimate(&best["r"]);
    let (lowest, _) = estimate(&best["xi2"]);
    assert!(lowest < 1.0);
    for off in [-0.1, 0.1] {
        let (beside, _) = estimate(&steady(&format!("--spins 1/2,1 --r {}", r + off))["xi2"]);
        assert!(beside > lowest, "{beside} at {off}, {lowest} at r = {r}");
    }
    // Equal spins: the longer squeezed the better, without an end.
    bad("steady --spin 1 --optimise-r", &["3/(N+4)", "no finite r"]);
    bad("steady --table 1,2 --optimise-r", &["--optimise-r", "--spins"]);
    bad("steady --spins 1/2,1 --optimise-r --r 1", &["--optimise-r", "--r"]);
}

/// The values of a column of a file.
fn column(csv: &str, name: &str) -> Vec<f64> {
    let mut lines = csv.lines().filter(|line| !line.starts_with('#'));
    let at = lines.next().unwrap().split(',').position(|n| n == name).unwrap_or_else(|| panic!("no column {name}"));
    lines.map(|line| line.split(',').nth(at).unwrap().parse().unwrap_or(f64::NAN)).collect()
}

#[test]
fn a_file_has_the_same_numbers_or_is_not_there() {
    let folder = folder();
    let file = folder.path().join("out.csv");
    let path = file.to_str().unwrap();
    let found = evolve(&format!("--spins 1/2,1 --r 0.5 --times 0.1,1 --csv {path}"));
    let csv = std::fs::read_to_string(&file).unwrap();
    assert_eq!(column(&csv, "time"), [0.1, 1.0]);
    for key in MOMENTS.iter().chain(&["xi2", "purity", "trace"]) {
        for at in 0..2 {
            let (value, error) = estimate(&found[key][at]);
            assert_eq!((column(&csv, key)[at], column(&csv, &format!("{key}_error"))[at]), (value, error), "{key}");
        }
    }
    assert!(column(&csv, "infidelity")[0].is_nan()); // empty
    let found = steady(&format!("--spins 1/2,1 --r 0.5 --csv {path}"));
    let csv = std::fs::read_to_string(&file).unwrap();
    assert_eq!(column(&csv, "z2"), [found["z2"]["value"].as_f64().unwrap()]);
    assert_eq!(column(&csv, "nullity"), [1.0]);
    // Nothing but the file, and nothing where the command is refused.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    std::fs::remove_file(&file).unwrap();
    bad(&format!("evolve --spin 1 --r 0.5 --times 1 --from 9,0 --csv {path}"), &["--from 9,0"]);
    bad(&format!("steady --table -1 --r 0.5 --csv {path}"), &["--table -1"]);
    assert!(!file.exists());
    bad("evolve --spin 1 --r 0.5 --times 1 --csv /nowhere/at/all.csv", &["--csv", "/nowhere/at does not exist"]);
    bad("steady --spin 1 --r 0.5 --csv /", &["/: it is a folder", "accepted: the name of a file"]);
    if cfg!(unix) {
        bad("steady --spin 1 --r 0.5 --csv /dev/null", &["/dev/null", "device or a pipe"]);
    }
    bad("steady --spin 1 --r 0.5 --csv /nowhere/at/all.csv", &["--csv", "/nowhere/at does not exist"]);
}

#[test]
fn tables_are_for_reading() {
    let text = stdout(&run(&["evolve", "--spin", "1/2", "--r", "0", "--from", "1,0", "--times", "1"]));
    assert!(text.contains("infidelity") && text.contains("-0.132121"), "{text}"); // e^-1 - 1/2
    let text = stdout(&run(&["steady", "--spin", "1/2", "--t", "0"]));
    assert!(text.contains("steady states: 1") && text.contains("-0.5"), "{text}");
}

#[test]
fn bad_systems() {
    for command in ["evolve --times 1", "steady"] {
        let refuse = |system: &str, words: &[&str]| bad(&format!("{command} --r 0.5 {system}"), words);
        refuse("", &["--spin", "--spins", "--atoms", "--table", "--o2"]);
        refuse("--spin 1 --atoms 2,2", &["--spin", "--atoms"]);
        refuse("--spin 1/3", &["--spin 1/3", "1/2, 1, 3/2"]);
        refuse("--spin 0", &["--spin 0", "1/2, 1, 3/2"]);
        refuse("--spins 1", &["--spins 1", "two values"]);
        refuse("--spins 1,2,3", &["--spins 2,3", "1/2, 1, 3/2"]);
        refuse("--spins 1,-1/2", &["--spins -1/2", "1/2, 1, 3/2"]);
        refuse("--atoms 2,0", &["--atoms 0", "whole numbers"]);
        refuse("--atoms 2,1.5", &["--atoms 1.5", "whole numbers"]);
        refuse("--table 1,x", &["--table 1,x", "9/4"]);
        refuse("--table 1,-4", &["--table 1,-4", ">= 0"]);
        refuse("--table 1;2;3", &["--table 1;2;3", "once or twice"]);
        refuse("--table 1,,2", &["--table 1,,2"]);
        refuse("--o2 m", &["--m-max"]);
        refuse("--spin 1 --m-max 3", &["--m-max"]);
        refuse("--o2 m --m-max 0", &["--m-max 0", "whole numbers"]);
        refuse("--o2 m --m-max 1,2,3", &["--m-max 1,2,3", "two with a comma"]);
        refuse("--o2 m*( --m-max 3", &["--o2 m*(", "column 4", "m*(M+1-m)"]);
        refuse("--o2 m-2 --m-max 3", &["--o2 m-2", "o²(1) is -1", "not negative"]);
        refuse("--o2 x*m --m-max 3", &["--o2 x*m", "`x` has no value", "m and M"]);
        refuse("--o2 o(m) --m-max 3", &["--o2 o(m)", "o(1)"]);
        refuse("--o2 1/(m-2) --m-max 3", &["o²(2)", "division by zero"]);
        refuse("--o2 sqrt2*m --m-max 3", &["o²(1)", "not rational"]);
        refuse("--o2 (2^1000000)^1000000 --m-max 1", &["too many digits"]);
        refuse("--o2 binomial(1000000*M,500000*M) --m-max 9", &["too many digits"]);
        refuse("--o2 10^400 --m-max 1", &["o²(1) is inf"]);
        refuse("--spin 1000000", &["GB of memory", "are free"]);
        refuse("--o2 m --m-max 1000000", &["GB of memory", "are free"]);
    }
}

#[test]
fn bad_squeezing_and_rates() {
    for command in ["evolve --spin 1 --times 1", "steady --spin 1"] {
        let refuse = |options: &str, words: &[&str]| bad(&format!("{command} {options}"), words);
        refuse("", &["--r", "--t"]);
        refuse("--r 1 --t 1/2", &["--r", "--t"]);
        refuse("--r x", &["--r x", "0.75"]);
        refuse("--r nan", &["--r nan", "|r| <= 9"]);
        refuse("--r -9.5", &["--r -9.5", "|r| <= 9"]);
        refuse("--t 0.9999999999", &["--t 0.9999999999", "|r| <= 9"]);
        refuse("--t 1", &["--t 1", "between -1 and 1"]);
        for gamma in ["0", "-1", "nan", "inf", "x"] {
            refuse(&format!("--r 1 --gamma {gamma}"), &[&format!("--gamma {gamma}"), "positive"]);
        }
    }
}

#[test]
fn bad_times_and_states() {
    let refuse = |options: &str, words: &[&str]| bad(&format!("evolve --spin 1 --r 0.5 {options}"), words);
    refuse("", &["--times", "--until"]);
    refuse("--times 1 --until 2", &["--times", "--until"]);
    refuse("--times 1 --points 3", &["--points"]);
    refuse("--times 1,0.5", &["--times 1,0.5", "number 2 is 0.5", "none below the one before"]);
    refuse("--times -1", &["--times -1", "number 1 is -1"]);
    refuse("--times 1,nan", &["number 2 is NaN"]);
    refuse("--times 1e6 --gamma 1e4", &["number 1 is 10000000000", "1e9", "--gamma"]);
    refuse("--times 1,x", &["--times x", "0.01,0.1,1"]);
    refuse("--until 0", &["--until 0", "positive"]);
    refuse("--until inf", &["--until inf", "positive"]);
    for points in ["1", "1000000000", "2.5", "-1"] {
        refuse(&format!("--until 1 --points {points}"), &[&format!("--points {points}"), "2 to 100000"]);
    }
    refuse("--times 1 --from 0,3", &["--from 0,3", "system 2", "0 to 2"]);
    refuse("--times 1 --from 0", &["--from 0", "two values"]);
    refuse("--times 1 --from 0,-1", &["--from -1", "levels"]);
    refuse("--times 1 --paired 1,1,1,1", &["--paired 1,1,1,1", "4 amplitudes", "3"]);
    refuse("--times 1 --paired 0", &["--paired 0", "zero"]);
    refuse("--times 1 --paired x", &["--paired x"]);
    refuse("--times 1 --from 0,0 --paired 1", &["--from", "--paired"]);
    refuse("--times 1 --density /nowhere.json", &["/nowhere.json"]);
    let folder = folder();
    let file = folder.path().join("rho.json");
    let path = file.to_str().unwrap();
    for (text, word) in [
        ("[[1", "list of rows"),
        ("[[\"a\"]]", "list of rows"),
        ("[[1]]", "1 rows; accepted: 4"),
        ("[[1,0,0,0],[0,0],[0,0,0,0],[0,0,0,0]]", "2 columns; accepted: 4"),
        ("[[1,1,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,0]]", "(1,0) and (0,1)"),
        ("[[2,0,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,0]]", "trace is 2"),
        ("[[2,0,0,0],[0,-1,0,0],[0,0,0,0],[0,0,0,0]]", "lowest eigenvalue"),
    ] {
        std::fs::write(&file, text).unwrap();
        bad(&format!("evolve --spin 1/2 --r 0.5 --times 1 --density {path}"), &[path, word]);
    }
}

#[cfg(unix)]
#[test]
fn interruption_keeps_what_was_computed() {
    let folder = folder();
    let file = folder.path().join("out.csv");
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("twomode"))
        .args(["evolve", "--spin", "40", "--r", "1", "--until", "2000", "--points", "20001", "--json", "--csv"])
        .arg(&file)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(child.try_wait().unwrap().is_none(), "it ended before it was interrupted");
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["partial"], true);
    let reached = found["times"].as_array().unwrap().len();
    assert!((1..20001).contains(&reached), "{reached} times");
    MOMENTS.iter().for_each(|key| assert_eq!(found[key].as_array().unwrap().len(), reached));
    let csv = std::fs::read_to_string(&file).unwrap();
    assert!(csv.ends_with(&format!("# partial: {reached} of 20001 times\n")));
    assert_eq!(column(&csv, "time").len(), reached);
}
