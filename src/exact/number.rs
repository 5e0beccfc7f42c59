//! Integers and rationals: one alias each, chosen at compile time.
//!
//! By default the types are num-bigint's and num-rational's; with the feature `gmp` they are rug's (GMP).
//! The kernel uses only what both offer: `From<i64>`, arithmetic with an owned left operand, comparison,
//! `Display`, `FromStr` and the traits of num-traits and num-integer.

use num_integer::Integer as _;
use num_traits::Zero;

/// Arbitrary-precision integer.
#[cfg(not(feature = "gmp"))]
pub type Integer = num_bigint::BigInt;
/// Arbitrary-precision rational, always in lowest terms.
#[cfg(not(feature = "gmp"))]
pub type Rational = num_rational::Ratio<Integer>;
/// Arbitrary-precision integer.
#[cfg(feature = "gmp")]
pub type Integer = rug::Integer;
/// Arbitrary-precision rational, always in lowest terms.
#[cfg(feature = "gmp")]
pub type Rational = rug::Rational;

/// The integer `n`.
pub fn integer(n: i64) -> Integer {
    Integer::from(n)
}

/// The rational `p/q`.
///
/// # Panics
/// When `q = 0`, which is a mistake in the calling code: user input goes through [`parse_rational`].
///
/// ```
/// assert_eq!(twomode::exact::number::rational(2, -4).to_string(), "-1/2");
/// ```
pub fn rational(p: i64, q: i64) -> Rational {
    quotient(integer(p), integer(q))
}

/// The rational `p/q` of two integers; `q` must not be zero.
pub fn quotient(p: Integer, q: Integer) -> Rational {
    Rational::from((p, q))
}

/// Reads `7`, `-3/4` or `0.75`; `None` for anything else, a zero denominator included.
///
/// ```
/// use twomode::exact::number::{parse_rational, rational};
/// assert_eq!(parse_rational("0.75"), Some(rational(3, 4)));
/// assert_eq!(parse_rational("1/0"), None);
/// ```
pub fn parse_rational(text: &str) -> Option<Rational> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let value = if let Some((p, q)) = body.split_once('/') {
        if !digits(p) || !digits(q) {
            return None;
        }
        let q: Integer = q.parse().ok()?;
        if q.is_zero() {
            return None;
        }
        quotient(p.parse().ok()?, q)
    } else if let Some((whole, fraction)) = body.split_once('.') {
        if !digits(whole) || !digits(fraction) {
            return None;
        }
        quotient(format!("{whole}{fraction}").parse().ok()?, power(&integer(10), fraction.len() as u64))
    } else if digits(body) {
        Rational::from(body.parse::<Integer>().ok()?)
    } else {
        return None;
    };
    Some(if negative { -value } else { value })
}

/// `base^exponent` by repeated squaring.
pub fn power(base: &Integer, mut exponent: u64) -> Integer {
    let mut square = base.clone();
    let mut result = integer(1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result *= &square;
        }
        exponent >>= 1;
        if exponent > 0 {
            let copy = square.clone();
            square *= &copy;
        }
    }
    result
}

/// Number of bits of `|n|`; zero has none.
pub fn bits(n: &Integer) -> u64 {
    #[cfg(not(feature = "gmp"))]
    return n.bits();
    #[cfg(feature = "gmp")]
    return u64::from(n.significant_bits());
}

/// `⌊p/q⌋` for `q > 0`.
pub fn floor_div(p: &Integer, q: &Integer) -> Integer {
    p.div_floor(q)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsing_refuses_everything_but_numbers() {
        for bad in ["", "-", "1/", "/2", "1/0", "1/-2", "0.", ".5", "1e3", "NaN", "inf", "--1", "1 2", "½"] {
            assert_eq!(parse_rational(bad), None, "{bad:?}");
        }
        assert_eq!(parse_rational("-6/4"), Some(rational(-3, 2)));
        assert_eq!(parse_rational("-0.125"), Some(rational(-1, 8)));
    }
}
