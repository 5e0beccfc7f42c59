//! Untrusted: looks for points at which a statement may fail. The kernel evaluates them and decides.

pub mod points;
