//! twomode: a machine-checked audit of every claim of PRL 134, 073603.

#[cfg(feature = "cli")]
pub mod audit;
#[cfg(feature = "book")]
pub mod book;
#[cfg(feature = "cli")]
pub mod claims;
pub mod exact;
pub mod laws;
pub mod model;
#[cfg(feature = "numeric")]
pub mod numeric;
pub mod search;
