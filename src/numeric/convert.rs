//! Between exact numbers and doubles.

use num_traits::Signed;

use crate::exact::number::{Integer, Rational, bits};

/// The nearest double to a rational, to within two units in the last place.
///
/// Numerator and denominator are cut to 64 significant bits first, so that sizes beyond the range of a double work.
///
/// ```
/// use twomode::{exact::number::rational, numeric::convert::to_f64};
/// assert_eq!(to_f64(&rational(-1, 4)), -0.25);
/// ```
pub fn to_f64(q: &Rational) -> f64 {
    let cut = |n: Integer| {
        let shift = bits(&n).saturating_sub(64) as usize;
        let top = n.abs() >> shift;
        (top.to_string().parse::<f64>().unwrap_or(f64::NAN), shift as i64)
    };
    let negative = q.numer().is_negative();
    let (p, a) = cut(q.numer().clone());
    let (d, b) = cut(q.denom().clone());
    let exponent = (a - b).clamp(-4000, 4000) as i32;
    // Two steps: 2^exponent alone may overflow where the product does not.
    let magnitude = (p / d) * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2);
    if negative { -magnitude } else { magnitude }
}

/// A double that is not above the rational.
pub fn below(q: &Rational) -> f64 {
    (0..4).fold(to_f64(q), |x, _| x.next_down())
}

/// A double that is not below the rational.
pub fn above(q: &Rational) -> f64 {
    (0..4).fold(to_f64(q), |x, _| x.next_up())
}
