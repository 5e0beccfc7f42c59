//! Moments of the spins: section XII.

use super::Chapter;

pub(super) const CLAIMS: Chapter = &[];
