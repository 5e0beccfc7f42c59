//! twomode: a machine-checked audit of every claim of PRL 134, 073603.

#[cfg(feature = "cli")]
pub mod audit;
pub mod exact;
#[cfg(feature = "numeric")]
pub mod numeric;
