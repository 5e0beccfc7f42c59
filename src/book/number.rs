//! Numbers of the report as formulas. No digit is shown that the evidence does not support.

use crate::audit::report::Value;

use super::error::FormulaError;
use super::math::{formula_or_prose, render};

/// A value as HTML.
pub(super) fn number(value: &Value) -> Result<String, FormulaError> {
    match value {
        Value::Exact { exact } => match fraction(exact) {
            Some(latex) => render(&latex, false),
            None => formula_or_prose(exact, false),
        },
        Value::Enclosed { lo, hi } => render(&enclosure(*lo, *hi), false),
        Value::Estimated { value, error } => render(&estimate(*value, *error), false),
    }
}

/// The LaTeX of `p` or `p/q`, if the text is such.
fn fraction(text: &str) -> Option<String> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (sign, size) = text.strip_prefix('-').map_or(("", text), |size| ("-", size));
    match size.split_once('/') {
        None => digits(size).then(|| text.to_owned()),
        Some((p, q)) => (digits(p) && digits(q)).then(|| format!(r"{sign}\frac{{{p}}}{{{q}}}")),
    }
}

/// `lo \ldots hi` with as many places as the width leaves meaningful, rounded outward.
fn enclosure(lo: f64, hi: f64) -> String {
    if let Some(power) = power(lo.abs().max(hi.abs())) {
        let scaled = enclosure(shifted(lo, power), shifted(hi, power));
        return format!(r"({scaled}) \times 10^{{{power}}}");
    }
    if lo == hi {
        return format!("{lo}");
    }
    let places = (-(hi - lo).log10()).ceil().clamp(0.0, 15.0) as usize;
    let text = format!(r"{} \ldots {}", -rounded_up(-lo, places), rounded_up(hi, places));
    text.replace("inf", r"\infty")
}

/// The least multiple of `10^-places` that is not below `x`, as printed.
fn rounded_up(x: f64, places: usize) -> Decimal {
    let nearest = Decimal { value: x, places };
    if nearest.to_string().parse::<f64>().is_ok_and(|shown| shown < x) {
        return Decimal { value: x + 0.1_f64.powi(places as i32), places };
    }
    nearest
}

/// A number printed with a fixed number of places.
struct Decimal {
    value: f64,
    places: usize,
}

impl std::ops::Neg for Decimal {
    type Output = Decimal;

    fn neg(self) -> Decimal {
        Decimal { value: -self.value, places: self.places }
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:.*}", self.places, self.value);
        let is_zero = text.bytes().all(|b| b"-0.".contains(&b));
        f.write_str(if is_zero { text.trim_start_matches('-') } else { &text })
    }
}

/// `value \pm error` with one digit of the error, rounded up.
fn estimate(value: f64, error: f64) -> String {
    if let Some(power) = power(value.abs().max(error)) {
        let scaled = estimate(shifted(value, power), shifted(error, power));
        return format!(r"({scaled}) \times 10^{{{power}}}");
    }
    if error <= 0.0 {
        return format!(r"{value} \pm 0");
    }
    let (digit, exponent) = one_digit(error);
    let places = usize::try_from(-exponent).unwrap_or(0);
    let value = Decimal { value, places };
    match (digit, places) {
        (_, 0) => format!(r"{value} \pm {}", error.ceil()),
        (_, 1..=4) => format!(r"{value} \pm {:.places$}", f64::from(digit) * 10_f64.powi(exponent)),
        (1, _) => format!(r"{value} \pm 10^{{{exponent}}}"),
        _ => format!(r"{value} \pm {digit} \times 10^{{{exponent}}}"),
    }
}

/// The least `d * 10^e` with one digit `d` that is not below `x > 0`; at most 15 places.
fn one_digit(x: f64) -> (u8, i32) {
    let exponent = (x.log10().floor() as i32).max(-15);
    let digit = (x / 10_f64.powi(exponent) * (1.0 - 1e-9)).ceil().max(1.0);
    if digit > 9.0 { (1, exponent + 1) } else { (digit as u8, exponent) }
}

/// The power of ten to take out of very large and very small numbers of this size.
fn power(size: f64) -> Option<i32> {
    let exponent = size.log10().floor();
    let plain = size == 0.0 || !exponent.is_finite() || (-3.0..6.0).contains(&exponent);
    (!plain).then_some(exponent as i32)
}

/// `x / 10^power`, moving the point of the shortest decimal form so that no digit changes.
fn shifted(x: f64, power: i32) -> f64 {
    let text = format!("{x:e}");
    let parts = text.split_once('e').and_then(|(digits, e)| Some((digits, e.parse::<i32>().ok()?)));
    parts.and_then(|(digits, e)| format!("{digits}e{}", e - power).parse().ok()).unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions() {
        assert_eq!(fraction("5/4").unwrap(), r"\frac{5}{4}");
        assert_eq!(fraction("-5/4").unwrap(), r"-\frac{5}{4}");
        assert_eq!(fraction("-12").unwrap(), "-12");
        assert_eq!([fraction("1/"), fraction("sqrt(2)"), fraction("1.5"), fraction("")], [None, None, None, None]);
    }

    #[test]
    fn enclosures_are_rounded_outward() {
        for (lo, hi, text) in [
            (1.24, 1.26, r"1.24 \ldots 1.26"),
            (1.2412, 1.2588, r"1.24 \ldots 1.26"),
            (-1.2588, -1.2412, r"-1.26 \ldots -1.24"),
            (0.999_999, 1.000_001, r"0.999999 \ldots 1.000001"),
            (-0.001, 3.0, r"-1 \ldots 3"),
            (0.5, 0.5, "0.5"),
            (3.1e-9, 3.3e-9, r"(3.1 \ldots 3.3) \times 10^{-9}"),
            (0.0, f64::INFINITY, r"0 \ldots \infty"),
        ] {
            assert_eq!(enclosure(lo, hi), text);
        }
    }

    #[test]
    fn estimates_show_one_digit_of_the_error() {
        for (value, error, text) in [
            (1.25, 1e-9, r"1.250000000 \pm 10^{-9}"),
            (1.254_321, 0.0021, r"1.254 \pm 0.003"),
            (1.25, 0.099, r"1.2 \pm 0.1"),
            (1.25, 0.0, r"1.25 \pm 0"),
            (12.3, 4.0, r"12 \pm 4"),
            (0.1, 30.0, r"0 \pm 30"),
            (2.5e-7, 2.1e-9, r"(2.50 \pm 0.03) \times 10^{-7}"),
            (1.25, 2.5e-8, r"1.25000000 \pm 3 \times 10^{-8}"),
        ] {
            assert_eq!(estimate(value, error), text);
        }
    }
}
