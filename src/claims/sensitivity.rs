//! Infinite squeezing, the Heisenberg limit and the Wineland parameter: Eqs. (6) to (9), (S70).

use super::Chapter;

pub(super) const CLAIMS: Chapter = &[];
