//! The kernel refuses what is wrong.
use twomode::exact::{Outcome, certificate::check, text};
#[test]
fn committed_certificates_are_accepted() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/proofs/certificates");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let certified = text::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let outcome = check(&certified.statement, &certified.certificate);
        assert!(matches!(outcome, Outcome::Accepted(_)), "{path:?}: {outcome:?}");
        count += 1;
    }
    assert!(count > 0);
}
