//! The command line: every exit status, every error, every format.

mod common;

use std::path::Path;

use common::{folder, json, refused, run, stdout};
use serde_json::Value;

#[test]
fn status_0_when_the_selected_claims_are_as_recorded() {
    let output = run(&["audit", "--claim", "eq1", "--claim", "s44a", "--max-2s", "6"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(stdout(&output).contains("2 claims: 1 hold, 1 misprints"));
}

/// A claim for which there is no code yet.
fn not_audited() -> &'static str {
    let written: Vec<&str> = twomode::claims::ledger().iter().map(|entry| entry.id).collect();
    let claim = twomode::audit::inventory::inventory().into_iter().find(|c| !written.contains(&c.id.as_str()));
    claim.expect("a claim that is not audited").id.leak()
}

#[test]
fn status_2_when_something_is_undecided() {
    assert_eq!(run(&["audit", "--claim", not_audited()]).status.code(), Some(2));
}

#[test]
fn the_report_matches_its_schema_and_the_summary_adds_up() {
    let schema: Value = serde_json::from_str(include_str!("../proofs/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let report = json(&["audit", "--json", "--max-2s", "4"]);
    let problems: Vec<String> =
        validator.iter_errors(&report).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let claims = report["claims"].as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> = claims.iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!((claims.len(), ids.len()), (228, 228));
    for (finding, count) in report["summary"].as_object().unwrap() {
        let found = claims.iter().filter(|c| c["finding"] == finding.as_str()).count();
        assert_eq!(count.as_u64().unwrap() as usize, found, "{finding}");
    }
    // The schema refuses what is not a report.
    for (pointer, wrong) in [
        ("/claims/0/finding", Value::from("true")),
        ("/claims/0/mutants/tried", Value::from(-1)),
        ("/schema", Value::from(2)),
        ("/claims/0/grade", Value::from("certain")),
        ("/claims/0/printed/checked/0", Value::from("x = 1")),
        ("/claims/0/printed/checked/0/domain", Value::from("")),
    ] {
        let mut broken = report.clone();
        *broken.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
}

#[test]
fn the_report_does_not_depend_on_the_number_of_threads() {
    let strip = |mut report: Value| {
        for claim in report["claims"].as_array_mut().unwrap() {
            claim["seconds"] = Value::from(0);
        }
        report
    };
    let one = strip(json(&["audit", "--json", "--max-2s", "3", "--section", "S7", "--jobs", "1"]));
    let four = strip(json(&["audit", "--json", "--max-2s", "3", "--section", "S7", "--jobs", "4"]));
    assert_eq!(one, four);
    assert!(one["claims"].as_array().unwrap().iter().any(|c| c["id"] == "s44a"));
}

#[test]
fn the_other_formats() {
    let markdown = stdout(&run(&["audit", "--claim", "eq1", "--max-2s", "3", "--format", "markdown"]));
    assert!(markdown.starts_with("# Audit") && markdown.contains("| eq1 | Eq. (1) | holds | certificate |"));
    let junit =
        stdout(&run(&["audit", "--claim", "eq1", "--claim", not_audited(), "--max-2s", "3", "--format", "junit"]));
    assert!(junit.contains(r#"tests="2""#) && junit.contains(r#"skipped="1""#) && junit.contains(r#"failures="0""#));
}

#[test]
fn output_and_diff() {
    let folder = folder();
    let file = folder.path().join("report.json");
    let path = file.to_str().unwrap();
    let output = run(&["audit", "--claim", "eq1", "--max-2s", "3", "--json", "--output", path]);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty() && file.exists());
    let same = stdout(&run(&["audit", "--claim", "eq1", "--max-2s", "3", "--diff", path]));
    assert!(same.contains("no difference from the older report"), "{same}");
    let further = stdout(&run(&["audit", "--claim", "s44a", "--max-2s", "3", "--diff", path]));
    assert!(further.contains("s44a: new, misprint") && further.contains("eq1: not in this report"), "{further}");
    // Only the report is in the folder: no temporary file is left.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn bad_input_to_the_audit() {
    refused(&["audit", "--max-2s", "-3"], &["-3", "1 to 1000"]);
    refused(&["audit", "--max-2s", "many"], &["many"]);
    refused(&["audit", "--jobs", "0"], &["--jobs 0"]);
    refused(&["audit", "--claim", "eq999"], &["eq999", "twomode claims"]);
    refused(&["audit", "--claim", "s44"], &["did you mean `s44a`"]);
    refused(&["audit", "--section", "S14"], &["S14", "S1` to `S13"]);
    refused(&["audit", "--section", "S5", "--claim", "eq1"], &["no claim is in section `S5`"]);
    refused(&["audit", "--json", "--format", "table"], &["different formats"]);
    refused(&["audit", "--format", "yaml"], &["yaml", "markdown"]);
    refused(&["audit", "--output", "/nowhere/at/all.json"], &["/nowhere/at does not exist"]);
    refused(&["audit", "--diff", "/nowhere.json"], &["/nowhere.json"]);
    refused(&["frobnicate"], &["frobnicate"]);
    let folder = folder();
    let bad = folder.path().join("old.json");
    std::fs::write(&bad, "{}").unwrap();
    refused(&["audit", "--diff", bad.to_str().unwrap()], &["expected a report made by"]);
}

#[test]
fn claims_and_show() {
    let listed = json(&["claims", "--json"]);
    assert_eq!(listed.as_array().unwrap().len(), 228);
    let text = stdout(&run(&["show", "s71"]));
    for word in ["misprint", "counterexample: t = 1/2: left side 28, right side 116/3", "mutants", "other.html#s71"] {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
    assert_eq!(json(&["show", "s71", "--json"])["finding"], "misprint");
    refused(&["show", "eq-1"], &["eq-1", "did you mean"]);
}

#[test]
fn show_has_the_checked_form_beside_the_written_one() {
    // The written form has the norm and ends at m_max - 1; the checked one has no norm, which both sides share.
    let text = stdout(&run(&["show", "s44a"]));
    let printed = text.split("  corrected:").next().unwrap();
    for words in [
        r"|\psi_G\rangle = \begin{aligned}&\mathcal N\cosh r\sum_{m=1}^{m_{\max}-1}",
        r"checked: \sum_{m=0}^{m_{\max}} \sinh(r)(-\tanh(r))^{m}\,o(m+1)\,|m,m+1\rangle",
        r" = \sum_{m=1}^{m_{\max}-1} \cosh(r)(-\tanh(r))^{m}\,o(m)\,|m-1,m\rangle",
        "for m_max >= 0, finite r != 0, any number for cosh(r), any o(m)",
        "counterexample: M = 1, t = 3/5, cosh(r) = 5/4, o2(1..) = 1, amplitude of |0,1>: left side 0, right side 3/4",
    ] {
        assert!(printed.contains(words), "{words:?} is not in {printed}");
    }
    let eq4 = json(&["show", "eq4", "--json"]);
    let (statements, checked) = (&eq4["printed"]["statements"], &eq4["printed"]["checked"]);
    assert_eq!(statements.as_array().unwrap().len(), checked.as_array().unwrap().len());
    let formula = checked[0]["formula"].as_str().unwrap();
    // Full in JSON, cut in the text, where both sides are still there.
    let text = stdout(&run(&["show", "eq4"]));
    assert!(!text.contains(formula) && text.contains(&formula[..100]) && text.contains(" … = "), "{text}");
    // A statement that is written as it was checked is shown once, with its domain.
    assert_eq!(json(&["show", "s36a", "--json"])["printed"]["checked"][0], serde_json::json!({"domain": "2S >= 0"}));
}

#[test]
fn check_accepts_rejects_and_refuses() {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/proofs/certificates");
    let output = run(&["check", committed]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let folder = folder();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let good = std::fs::read_to_string(Path::new(committed).join("power-1.cert")).unwrap();
    let wrong = write("wrong.cert", &good.replace("m*(m-1)/2", "m*(m+1)/2"));
    assert_eq!(run(&["check", &wrong]).status.code(), Some(1));
    let open = write("open.cert", &good.replace("M >= 0", "M >= 0\nreal: m"));
    assert_eq!(run(&["check", &open]).status.code(), Some(2));
    assert_eq!(json(&["check", &wrong, "--json"])[0]["outcome"], "rejected");
    refused(&["check", &write("a.cert", "hello")], &["a.cert", "line 1", "key: value"]);
    refused(&["check", &write("b.cert", &good.replace("m*(m-1)/2", "m*(m-1"))], &["antidifference", "expected"]);
    refused(&["check", "/nowhere.cert"], &["/nowhere.cert"]);
    refused(&["check", &write("c.cert", &"#".repeat(70_000))], &["at most 65536"]);
    std::fs::write(folder.path().join("d.cert"), [0xff, 0xfe]).unwrap();
    refused(&["check", folder.path().join("d.cert").to_str().unwrap()], &["d.cert"]);
    let empty = tempfile::tempdir().unwrap();
    refused(&["check", empty.path().to_str().unwrap()], &["no .cert files"]);
}

#[test]
fn metrology_exact_and_estimated_agree() {
    let exact = json(&["metrology", "--spin", "5/2", "--t", "1/2", "--json"]);
    // The same from another program: proofs/reference/metrology.py.
    assert_eq!(exact["n_q"]["exact"], "3946/455");
    let estimated = json(&["metrology", "--spin", "2.5", "--r", "0.5493061443340549", "--json"]);
    for name in ["n_q", "q_max", "x_plus_sq", "x_minus_sq", "y_plus_sq", "y_minus_sq", "z", "xi2"] {
        let (p, q) = exact[name]["exact"].as_str().unwrap().split_once('/').unwrap();
        let exact = p.parse::<f64>().unwrap() / q.parse::<f64>().unwrap();
        let value = estimated[name]["value"].as_f64().unwrap();
        assert!((value - exact).abs() < 1e-14 * exact.abs(), "{name}: {value} {exact}");
    }
    assert_eq!(exact["qfim"].as_array().unwrap().len(), 4);
    assert_eq!(exact["qfim"][0][1]["exact"], "0");
}

#[test]
fn metrology_at_the_ends_of_its_range() {
    let large = json(&["metrology", "--spin", "1000000", "--r", "20", "--json"]);
    assert!(large["xi2"]["value"].as_f64().unwrap() > 0.0);
    assert_eq!(json(&["metrology", "--spin", "1/2", "--t", "0", "--json"])["xi2"]["exact"], "1");
    let negative = json(&["metrology", "--spin", "1", "--t", "-1/2", "--json"]);
    let positive = json(&["metrology", "--spin", "1", "--t", "1/2", "--json"]);
    assert_eq!(negative["x_plus_sq"], positive["x_minus_sq"]);
}

#[test]
fn bad_input_to_metrology() {
    for spin in ["1/3", "0", "-1", "abc", "1e3", "1000000.5", "99999999999999999999"] {
        refused(&["metrology", "--spin", spin, "--r", "1"], &[spin, "1/2, 1, 3/2"]);
    }
    refused(&["metrology", "--spin", "1", "--r", "NaN"], &["NaN"]);
    refused(&["metrology", "--spin", "1", "--r", "inf"], &["inf"]);
    refused(&["metrology", "--spin", "1", "--r", "x"], &["x", "decimal"]);
    refused(&["metrology", "--spin", "1", "--r", "1e9"], &["160"]);
    for t in ["1", "-1", "3/2", "1/0", "NaN"] {
        refused(&["metrology", "--spin", "1", "--t", t], &[t, "between -1 and 1"]);
    }
    refused(&["metrology", "--spin", "1000", "--t", "1/2"], &["1000", "use --r"]);
    refused(&["metrology", "--spin", "1"], &["--r"]);
    refused(&["metrology", "--spin", "1", "--r", "1", "--t", "1/2"], &["--t"]);
}

#[test]
fn completions_help_and_version() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(stdout(&run(&["completions", shell])).contains("twomode"));
    }
    refused(&["completions", "cmd"], &["cmd", "bash"]);
    assert_eq!(run(&["--help"]).status.code(), Some(0));
    assert!(stdout(&run(&["--version"])).contains(env!("CARGO_PKG_VERSION")));
}

#[cfg(unix)]
#[test]
fn interruption_gives_a_partial_report() {
    let folder = folder();
    let file = folder.path().join("report.json");
    let binary = assert_cmd::cargo::cargo_bin("twomode");
    let mut child = std::process::Command::new(binary)
        .args(["audit", "--json", "--jobs", "1", "--output"])
        .arg(&file)
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1000));
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    let report: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(report["partial"], true);
    assert!(report["claims"].as_array().unwrap().len() < 228);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let binary = assert_cmd::cargo::cargo_bin("twomode");
    let mut child =
        std::process::Command::new(binary).arg("claims").stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
