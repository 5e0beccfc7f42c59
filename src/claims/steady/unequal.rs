//! Two ensembles of different size: section IX, Fig. S2 and the sentence of the main text.
//!
//! Criteria, fixed before anything was computed. `ξ² = N <X+²>/(<Z_1> + <Z_2>)²` with `N = N_1 + N_2` atoms, in the steady
//! state, at the `r` where it is smallest; `δN = N_2 - N_1 > 0`.
//!
//! - **small**: `δN/N <= 0.1`. The caption normalises the difference by the total number; a tenth is what "slightly
//!   different" can mean at most. Sizes: every `N <= 24` that has such a pair, `N = 11, ..., 24`.
//! - **squeezing persists**: `ξ² <= 1/2`, 3 dB. Less than 1 would be no test: to first order in `r` every pair has
//!   `ξ² = 1 - 8 r N_1 N_2/N²`.
//! - **remains robust**: `ξ²` is at most twice the limit `3/(N+4)` of two equal ensembles of `N` atoms in all, that is, at most
//!   3 dB are lost. The figure starts from that limit at `δN = 0`.
//! - **non-monotonic in r**: for every pair with `N <= 12`, `ξ²` falls below its value 1 at `r = 0`, and is at least 10% above its
//!   minimum again at `r = 4`.
//! - **no rapid variations**: for every pair with `N <= 16`, an `r` that is wrong by 10% costs at most 10% of `ξ²`. Whoever sets
//!   a ratio of two drives knows it better than that.
//! - **exact steady state**: the time evolution from `|0,0>`, by which the paper finds the state, gives at `γt = 100` the `ξ²` of
//!   the steady state to `10^-6`, at the best `r`, for `(N_1,N_2) = (1,2), (2,3), (2,4), (3,4)`.
//!
//! The values show each outcome also at half and at twice the criterion.

/// Largest `δN/N` that is called small.
const SMALL: f64 = 0.1;

/// Largest `N` of the pairs with a small difference.
const LARGEST_SMALL: usize = 24;

/// `ξ²` at which squeezing is said to persist.
const PERSISTS: f64 = 0.5;

/// What robust allows `ξ²/[3/(N+4)] - 1` to be.
const ROBUST: f64 = 1.0;

/// The least `ξ²(r = 4)/min ξ² - 1` of a curve that is called non-monotonic.
const RISE: f64 = 0.1;

/// Largest `N` of the curves.
const LARGEST_CURVE: usize = 12;

/// The relative change of `ξ²` that is called rapid, for a relative change of `r` of [`STEP`].
const RAPID: f64 = 0.1;

/// The relative change of `r`.
const STEP: f64 = 0.1;

/// Largest `N` of the pairs whose optimum is tested for rapid variations.
const LARGEST_STEP: usize = 16;

/// The time of the evolution.
const LATE: f64 = 100.0;

/// The relative difference of `ξ²` that evolution and elimination may have.
const SAME_STATE: f64 = 1e-6;
