//! GHZ states and single ensembles: section VI.

use super::Chapter;

pub(super) const CLAIMS: Chapter = &[];
