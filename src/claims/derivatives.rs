//! Symmetric logarithmic derivatives: (S1) to (S9).

use super::Chapter;

pub(super) const CLAIMS: Chapter = &[];
