//! twomode
#[cfg(feature = "cli")]
pub mod audit;
