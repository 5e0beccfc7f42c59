//! The committed certificates of `proofs/certificates/`, compiled in so that nothing has to be read.

use crate::exact::certificate::{Certificate, check};
use crate::exact::{Outcome, Proof};
use crate::format::certificate::{Certified, read};

use super::assertion::Plan;

macro_rules! texts {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../proofs/certificates/", $name, ".cert")))),*]
    };
}

/// Name and text of every committed certificate.
pub const COMMITTED: &[(&str, &str)] = texts![
    "geometric",
    "geometric-1",
    "geometric-2",
    "infinite-0",
    "infinite-1",
    "infinite-2",
    "moment-0",
    "moment-1",
    "moment-2",
    "moment-3",
    "moment-4",
    "moment-5",
    "power-1",
    "power-2",
    "power-3",
    "power-4",
    "s36a",
    "s36b",
];

/// The certificate of this name.
///
/// # Errors
/// A sentence with the name, when there is none or it cannot be read.
pub fn committed(name: &str) -> Result<Certified, String> {
    let (_, text) = COMMITTED
        .iter()
        .find(|(n, _)| *n == name)
        .ok_or_else(|| format!("there is no committed certificate `{name}`"))?;
    read(text).map_err(|e| format!("certificate `{name}`: {e}"))
}

/// The statement of a committed certificate, proved again by the kernel now.
///
/// # Errors
/// A sentence with the name, when the kernel does not accept it.
pub fn lemma(name: &str) -> Result<Proof, String> {
    let Certified { statement, certificate } = committed(name)?;
    match check(&statement, &certificate) {
        Outcome::Accepted(proof) => Ok(proof),
        Outcome::Rejected(why) | Outcome::Declined(why) => Err(format!("lemma `{name}`: {why}")),
    }
}

/// What the kernel is given to try a plan.
///
/// # Errors
/// As [`committed`] and [`lemma`].
pub fn certificate(plan: &Plan) -> Result<Certificate, String> {
    let proved = |names: &[&str]| names.iter().map(|n| lemma(n)).collect::<Result<Vec<_>, _>>();
    Ok(match plan {
        Plan::Identity(lemmas) => Certificate::Identity { lemmas: proved(lemmas)? },
        Plan::Witness(name) => committed(name)?.certificate,
        Plan::Sizes(up_to) => Certificate::Exhaustive { up_to: *up_to },
        Plan::RegularForm(form, lemmas) => Certificate::RegularForm { form: form.clone(), lemmas: proved(lemmas)? },
        Plan::Manifest(form, lemmas) => Certificate::Manifest { form: form.clone(), lemmas: proved(lemmas)? },
        Plan::Split { step, here, there } => {
            Certificate::Split { step: *step, here: here.clone(), there: there.clone() }
        }
        Plan::Expansion(lemmas) => Certificate::Expansion { lemmas: proved(lemmas)? },
        Plan::LargeSize(lemmas) => Certificate::LargeSize { lemmas: proved(lemmas)? },
        Plan::NullVectors(vectors) => Certificate::NullVectors { vectors: vectors.clone() },
        Plan::Enclosure => Certificate::Enclosure,
    })
}
