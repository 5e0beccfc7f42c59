//! The text format of certificates (`proofs/README.md` explains it with examples).
//!
//! A file has one `key: value` per line; empty lines and lines that start with `#` are skipped. Keys that are not known,
//! missing or given twice are errors. The text is read without any file: the caller passes it in.

use std::collections::BTreeMap;

use super::parse::{expression, linear};
use crate::exact::certificate::Certificate;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear};
use crate::exact::{Proposition, Statement};

/// The largest certificate that is read, in bytes.
pub const LARGEST: usize = 64 * 1024;

/// Why a certificate text was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextError {
    /// The text is larger than [`LARGEST`].
    TooLarge(usize),
    /// A line is not `key: value`.
    NotAKey(usize, String),
    /// A key is not one of the format.
    UnknownKey(usize, String),
    /// A key is given twice.
    Repeated(usize, String),
    /// A key is missing.
    Missing(&'static str),
    /// The format version is not 1.
    Version(String),
    /// The kind is not one that has a text format.
    Kind(String),
    /// A value does not parse; key, value, reason.
    Value(&'static str, String, String),
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::TooLarge(n) => write!(f, "the certificate has {n} bytes; at most {LARGEST} are read"),
            Self::NotAKey(line, text) => {
                write!(f, "line {line}: `{text}` is not of the form `key: value`")
            }
            Self::UnknownKey(line, key) => {
                write!(f, "line {line}: unknown key `{key}`; known are {}", KEYS.join(", "))
            }
            Self::Repeated(line, key) => write!(f, "line {line}: the key `{key}` is given twice"),
            Self::Missing(key) => write!(f, "the key `{key}` is missing"),
            Self::Version(v) => write!(f, "format version `{v}`; only 1 is known"),
            Self::Kind(kind) => write!(f, "kind `{kind}`; known are telescoping, wilf-zeilberger, identity"),
            Self::Value(key, value, why) => write!(f, "`{key}: {value}`: {why}"),
        }
    }
}

impl std::error::Error for TextError {}

const KEYS: [&str; 9] =
    ["twomode-certificate", "kind", "size", "unit", "real", "ladder", "identity", "antidifference", "multiplier"];

/// A statement with its certificate, as read from a text.
#[derive(Clone, Debug)]
pub struct Certified {
    /// What is claimed.
    pub statement: Statement,
    /// How it is proved.
    pub certificate: Certificate,
}

/// Reads a certificate.
///
/// # Errors
/// [`TextError`], which names the line or key and says what would be accepted.
pub fn read(text: &str) -> Result<Certified, TextError> {
    if text.len() > LARGEST {
        return Err(TextError::TooLarge(text.len()));
    }
    let entries = entries(text)?;
    let get = |key: &'static str| entries.get(key).copied().ok_or(TextError::Missing(key));
    let version = get("twomode-certificate")?;
    if version != "1" {
        return Err(TextError::Version(version.to_owned()));
    }
    let domain = domain(&entries)?;
    let identity = get("identity")?;
    let (lhs, rhs) = split_equation(identity).ok_or_else(|| {
        TextError::Value("identity", identity.to_owned(), "expected `left side == right side`".to_owned())
    })?;
    let statement = Statement {
        domain,
        proposition: Proposition::Equation { lhs: parsed("identity", lhs)?, rhs: parsed("identity", rhs)? },
    };
    let certificate = match get("kind")? {
        "telescoping" => Certificate::Telescoping { antidifference: parsed("antidifference", get("antidifference")?)? },
        "wilf-zeilberger" => Certificate::WilfZeilberger { multiplier: parsed("multiplier", get("multiplier")?)? },
        "identity" => Certificate::Identity { lemmas: Vec::new() },
        other => return Err(TextError::Kind(other.to_owned())),
    };
    Ok(Certified { statement, certificate })
}

fn split_equation(text: &str) -> Option<(&str, &str)> {
    text.split_once("==").map(|(l, r)| (l.trim(), r.trim()))
}

fn entries(text: &str) -> Result<BTreeMap<&'static str, &str>, TextError> {
    let mut entries = BTreeMap::new();
    for (n, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(':').ok_or_else(|| TextError::NotAKey(n, line.to_owned()))?;
        let known = KEYS.into_iter().find(|k| *k == key.trim());
        let key = known.ok_or_else(|| TextError::UnknownKey(n, key.trim().to_owned()))?;
        if entries.insert(key, value.trim()).is_some() {
            return Err(TextError::Repeated(n, key.to_owned()));
        }
    }
    Ok(entries)
}

fn parsed(key: &'static str, value: &str) -> Result<Expression, TextError> {
    expression(value).map_err(|e| TextError::Value(key, value.to_owned(), e.to_string()))
}

/// `size: M >= 0`, `unit: t`, `real: x, y`, `ladder: o2`.
fn domain(entries: &BTreeMap<&'static str, &str>) -> Result<Domain, TextError> {
    let mut domain = match entries.get("size") {
        None => Domain::default(),
        Some(text) => size(text)
            .ok_or_else(|| TextError::Value("size", (*text).to_owned(), "expected `NAME >= INTEGER`".to_owned()))?,
    };
    for (key, add) in [
        ("unit", Domain::with_unit as fn(Domain, &str) -> Domain),
        ("real", Domain::with_real),
        ("ladder", Domain::with_ladder),
    ] {
        for name in entries.get(key).into_iter().flat_map(|v| v.split(',')).map(str::trim) {
            let symbol = linear(name).ok().filter(|l| *l == Linear::symbol(name));
            symbol.ok_or_else(|| TextError::Value(key, name.to_owned(), "expected a name".to_owned()))?;
            domain = add(domain, name);
        }
    }
    Ok(domain)
}

fn size(text: &str) -> Option<Domain> {
    let (name, least) = text.split_once(">=")?;
    let name = name.trim();
    let least = linear(least.trim()).ok()?.as_integer().filter(|least| *least >= 0)?;
    (linear(name).ok()? == Linear::symbol(name)).then(|| Domain::sizes(name, least))
}
