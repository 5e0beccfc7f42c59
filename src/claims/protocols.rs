//! Unitary protocols: section IV.

use super::{Chapter, Claim, Class, Limits, Observation, observed, side};
use crate::audit::report::Value;
use crate::numeric::Estimate;
use crate::numeric::unitary::two_axis_optimum;

pub(super) const CLAIMS: Chapter = &[("s27-2m2a-fit", s27_2m2a_fit)];

/// The sizes `2S` at which `N ξ²` is computed; the last two are extrapolated.
const SIZES: [u64; 6] = [50, 100, 200, 1000, 2000, 4000];

/// `N ξ²` at the first minimum.
fn scaled_optimum(two_s: u64) -> Estimate {
    let atoms = 2.0 * two_s as f64;
    match two_axis_optimum(two_s) {
        Ok(optimum) => Estimate { value: atoms * optimum.xi2.value, error: atoms * optimum.xi2.error },
        Err(_) => Estimate { value: f64::NAN, error: f64::INFINITY },
    }
}

/// The limit of `N ξ²` for large `N`: what the last two sizes give with an error term `1/N`, and how far that is from the
/// same with the two sizes before.
fn asymptotic_constant() -> Estimate {
    let [.., a, b, c] = SIZES.map(|two_s| scaled_optimum(two_s).value);
    let extrapolated = 2.0 * c - b;
    let before = 2.0 * b - a;
    Estimate { value: extrapolated, error: (extrapolated - before).abs().max(1e-9) }
}

fn rounds_to_5_1() -> (f64, f64) {
    (5.05, 5.15)
}

fn rounds_to_5_31() -> (f64, f64) {
    (5.305, 5.315)
}

fn part(range: super::Side<(f64, f64)>, criterion: &'static str) -> Observation {
    let left = side!(asymptotic_constant()).written(r"\lim_{N\to\infty} N\,(\xi^2_{\rm 2M2A})_{\rm opt}");
    observed(left, range, criterion, "2S = 1000, 2000, 4000, extrapolated in 1/N")
}

fn s27_2m2a_fit(_: Limits) -> Claim {
    let claim = Claim::new(vec![part(
        side!(rounds_to_5_1()).written("[5.05, 5.15]"),
        "a prefactor of an asymptotic law is right when the limit of N ξ² rounds to the printed digits",
    )])
    .corrected(
        vec![part(side!(rounds_to_5_31()).written("[5.305, 5.315]"), "the limit rounds to 5.31")],
        r"(\xi^2_{\rm 2M2A})_{\rm opt}\sim\frac{5.31}{N}",
        Class::Approximate,
        "a fit over a range of N that the text does not give: N ξ² grows with N and passes 5.1 between N = 100 and \
         N = 200; the scaling 1/N itself is right",
    );
    [50, 100, 200, 1000, 4000]
        .into_iter()
        .fold(claim, |claim, two_s| {
            let value = scaled_optimum(two_s);
            claim.value(
                &format!("n_xi2_at_n_{}", 2 * two_s),
                Value::Estimated { value: value.value, error: value.error },
            )
        })
        .value("limit", {
            let e = asymptotic_constant();
            Value::Estimated { value: e.value, error: e.error }
        })
}
