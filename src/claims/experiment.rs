//! A level scheme for the dissipation: section X.

use super::Chapter;

pub(super) const CLAIMS: Chapter = &[];
