//! The only place where evidence becomes a verdict.

pub mod report;
