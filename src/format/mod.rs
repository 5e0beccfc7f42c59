//! Statements and certificates as text.
//!
//! Outside the kernel: what was understood is printed from the kernel's own value (`twomode check` does), so a reader
//! need not trust the parser.

pub mod certificate;
pub mod parse;
