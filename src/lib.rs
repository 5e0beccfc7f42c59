//! twomode
#[cfg(feature = "cli")]
pub mod audit;
#[cfg(feature = "book")]
pub mod book;
