//! How the steady state is approached from `|0,0>`: Fig. 1(b), and the infidelity of section XI and Fig. S4.
//!
//! Criteria, fixed before anything was computed; times in units of `1/γ`. Our copy has captions and no curves, so the ranges are
//! ours.
//!
//! - **Fig. 1(b)**: at 200 equidistant times up to `γt = 20`, `<X+²>` is below and `<X-²>` above the value of the vacuum; at the last
//!   one both are within 1% of the values of the state that is stabilised.
//! - **infidelity**: as printed, `||ρ(t) - ρ_G||`. The norm is not named; it is taken as that of Frobenius, the length of the
//!   vectorised difference. Which norm does not matter for a rate, since all norms of matrices of one size are equivalent. The
//!   usual meaning of the word, `1 - <ψ_G|ρ|ψ_G>`, is computed beside it.
//! - **λ_gap**: the smallest non-zero decay rate among the eigenvalues of the Liouvillian on the space that the evolution from
//!   `|0,0>` cannot leave.
//! - **exponential aside from short transients**: between 2 and 20 decay times `1/λ_gap`, the local rate
//!   `-d ln||ρ - ρ_G||/dt`, taken over half a decay time, is within 10% of `λ_gap`. After 2 decay times `e^{-2} = 14%` would be
//!   left, so a transient that lasts longer is not short; 20 are `e^{-20} = 2·10^-9`. For `S = 5/2` and `r = 0.5, 1, 1.5, 2`
//!   (Fig. S4(a)), and for `r = 1.5` and `2S = 1, ..., 10` (Fig. S4(c)).
//! - **decays as exp(-λ_gap t)**: at 20 decay times the local rate is within 1% of `λ_gap`, for the same `S` and `r`.
//! - **improvement for larger S**: at `r = 1.5` the time after which the infidelity stays below 0.01 falls with every step of
//!   `2S = 1, ..., 10`, and `λ_gap` rises.
//!
//! The values show each outcome also at half and at twice the criterion.

/// The last time of Fig. 1(b).
const LAST: f64 = 20.0;

/// How near the end has to be to the steady values.
const STABILISED: f64 = 0.01;

/// Where the transient has to be over, and where the test ends, in decay times.
const DECAY_TIMES: (f64, f64) = (2.0, 20.0);

/// How far the local rate may be from the gap after the transient.
const EXPONENTIAL: f64 = 0.1;

/// How far the late rate may be from the gap.
const LATE_RATE: f64 = 0.01;

/// The infidelity that has to be reached.
const REACHED: f64 = 0.01;
