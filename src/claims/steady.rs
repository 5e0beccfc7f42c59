//! The dissipation and its steady state: Eq. (10), sections VII, VIII and XI.

use super::Chapter;

pub(super) const CLAIMS: Chapter = &[];
