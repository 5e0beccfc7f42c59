//! A machine-checked audit of every claim of PRL 134, 073603, "Non-Gaussian Generalized Two-Mode Squeezing".
//!
//! Data flows one way: claim → evidence → verdict → report and book.
//!
//! ```
//! # #[cfg(feature = "cli")] {
//! use std::sync::atomic::AtomicBool;
//! use twomode::audit::report::Finding;
//! use twomode::audit::{Selection, run};
//! use twomode::claims::Limits;
//!
//! let selection = Selection { ids: ["s71".to_owned()].into() };
//! let report = run(&selection, Limits { max_2s: 20 }, &(), &AtomicBool::new(false));
//! let claim = &report.claims[0];
//! assert_eq!(claim.finding, Finding::Misprint);
//! assert_eq!(claim.printed.as_ref().unwrap().witness.as_deref(), Some("t = 1/2: left side 28, right side 116/3"));
//! # }
//! ```
//!
//! `claims` states what the paper says, [`exact`] proves or refutes it, `audit` turns that into findings. To check the
//! laws of the paper on a lowering operator of your own, see [`laws::check`].

// rug has inherent methods where num-bigint has those of num-traits; the imports are needed for one of the two.
#![cfg_attr(feature = "gmp", allow(unused_imports))]

#[cfg(feature = "cli")]
pub mod audit;
#[cfg(feature = "book")]
pub mod book;
#[cfg(feature = "cli")]
pub mod claims;
pub mod exact;
#[cfg(feature = "cli")]
pub mod figures;
pub mod format;
pub mod laws;
pub mod model;
#[cfg(feature = "numeric")]
pub mod numeric;
pub mod search;
