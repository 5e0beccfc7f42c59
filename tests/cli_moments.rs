//! `twomode moments`: what it prints.

use assert_cmd::Command;

fn run(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("twomode").unwrap().arg("moments").args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn text_has_an_equation_for_each_moment_that_moves() {
    let (status, text) = run(&[]);
    assert_eq!((status, text.lines().count()), (0, 11));
    assert!(text.contains("d c12zz/dt") && !text.contains("c12yx"), "{text}");
    assert_eq!(run(&["--all"]).1.lines().count(), 27);
}

#[test]
fn the_closure_shows_in_the_coefficient_of_the_polarisation() {
    let line = |closure: &str| {
        let text = run(&["--closure", closure]).1;
        text.lines().find(|line| line.starts_with("d c11xx")).unwrap().to_owned()
    };
    assert!(line("cartesian").contains("- 1/2*gamma*s1z"), "{}", line("cartesian"));
    assert!(line("symmetrised").contains("- 1/6*gamma*s1z"), "{}", line("symmetrised"));
}

#[test]
fn json_and_latex() {
    for arguments in [&["--json"][..], &["--show", "json"]] {
        let json: serde_json::Value = serde_json::from_str(&run(arguments).1).unwrap();
        let terms = json["c12xx"].as_array().unwrap();
        let damped = terms.iter().find(|t| t["powers"] == serde_json::json!({"c12xx": 1, "gamma_z": 1})).unwrap();
        assert_eq!(damped["coefficient"]["exact"], "-4");
    }
    let latex = run(&["--show", "latex"]).1;
    assert!(latex.contains("C_{12}^{xx}") && latex.contains("e^{-2r}") && latex.contains(r"\gamma_z"), "{latex}");
}

#[test]
fn an_unknown_closure_is_refused() {
    assert_eq!(run(&["--closure", "hermitian"]).0, 3);
}
