//! Runs the program and reads what it prints.

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

pub fn run(arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("twomode").unwrap();
    command.args(arguments).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{arguments:?}: {e}: {output:?}"))
}

/// Exit status 3, one line on the error output with these words, nothing on the standard output.
pub fn refused(arguments: &[&str], words: &[&str]) {
    let output = run(arguments);
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(3), "{arguments:?}: {output:?}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed {:?}", stdout(&output));
    for word in words {
        assert!(error.contains(word), "{arguments:?}: {word:?} is not in {error:?}");
    }
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}
