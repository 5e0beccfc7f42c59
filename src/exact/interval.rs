//! Enclosures: intervals with dyadic ends and outward rounding.
//!
//! An [`Interval`] `[lo, hi] / 2^p` contains the exact result of the operation that made it; every operation rounds the
//! lower end down and the upper end up. No floating-point number is involved.

use num_traits::Signed;

use super::expression::{Elementary, Expression, Symbol};
use super::number::{Integer, Rational, floor_div, integer, power, quotient};

/// Bits after the binary point.
const PRECISION: u64 = 192;

/// Terms of the Taylor and artanh series.
const TERMS: i64 = 60;

/// `[lo, hi] / 2^192`.
///
/// ```
/// use twomode::exact::{interval::Interval, number::rational};
/// let third = Interval::point(&rational(1, 3));
/// assert!(third.contains(&rational(1, 3)) && !third.contains(&rational(333, 1000)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    lo: Integer,
    hi: Integer,
}

fn unit() -> Integer {
    power(&integer(2), PRECISION)
}

fn ceil_div(p: &Integer, q: &Integer) -> Integer {
    -floor_div(&-p.clone(), q)
}

impl Interval {
    /// The tightest enclosure of a rational.
    pub fn point(q: &Rational) -> Self {
        Self::between(q, q)
    }

    /// The tightest enclosure of `[a, b]`; the ends may come in either order.
    pub fn between(a: &Rational, b: &Rational) -> Self {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let scaled = |q: &Rational| (q.numer().clone() * unit(), q.denom().clone());
        let ((p, q), (r, s)) = (scaled(a), scaled(b));
        Self { lo: floor_div(&p, &q), hi: ceil_div(&r, &s) }
    }

    /// The lower end.
    pub fn low(&self) -> Rational {
        quotient(self.lo.clone(), unit())
    }

    /// The upper end.
    pub fn high(&self) -> Rational {
        quotient(self.hi.clone(), unit())
    }

    /// Whether a rational lies in the interval.
    pub fn contains(&self, q: &Rational) -> bool {
        self.low() <= *q && *q <= self.high()
    }

    /// Whether the whole interval lies in `[a, b]`.
    pub fn within(&self, a: &Rational, b: &Rational) -> bool {
        *a <= self.low() && self.high() <= *b
    }

    /// Whether the interval and `[a, b]` have no point in common.
    pub fn disjoint(&self, a: &Rational, b: &Rational) -> bool {
        self.high() < *a || *b < self.low()
    }

    /// `{x + y}`.
    pub fn plus(&self, other: &Self) -> Self {
        Self { lo: self.lo.clone() + &other.lo, hi: self.hi.clone() + &other.hi }
    }

    /// `{-x}`.
    pub fn negated(&self) -> Self {
        Self { lo: -self.hi.clone(), hi: -self.lo.clone() }
    }

    /// `{x y}`: the extremes are among the four products of ends.
    pub fn times(&self, other: &Self) -> Self {
        let ends = [&self.lo, &self.hi].map(|a| [&other.lo, &other.hi].map(|b| a.clone() * b));
        let products = ends.as_flattened();
        let lo = products.iter().min().expect("four products");
        let hi = products.iter().max().expect("four products");
        Self { lo: floor_div(lo, &unit()), hi: ceil_div(hi, &unit()) }
    }

    /// `{1/x}`; `None` when the interval contains zero.
    pub fn inverse(&self) -> Option<Self> {
        let one = unit() * unit();
        if self.lo.is_positive() {
            Some(Self { lo: floor_div(&one, &self.hi), hi: ceil_div(&one, &self.lo) })
        } else if self.hi.is_negative() {
            self.negated().inverse().map(|i| i.negated())
        } else {
            None
        }
    }

    /// `{x^k}`; `None` for a negative power of an interval that contains zero.
    pub fn raised(&self, k: i32) -> Option<Self> {
        let one = Self { lo: unit(), hi: unit() };
        let positive = (0..k.unsigned_abs()).fold(one, |p, _| p.times(self));
        if k >= 0 { Some(positive) } else { positive.inverse() }
    }

    /// `{exp x}`; `None` beyond `|x| <= 2^20`.
    ///
    /// `exp` increases, so only the two ends are evaluated. `exp y = (exp(y/2^k))^{2^k}` with `|y/2^k| <= 1/2`; the
    /// Taylor series is cut after `TERMS` terms, and the rest is below `2^{1-TERMS}/TERMS!`.
    pub fn exp(&self) -> Option<Self> {
        let end = |a: &Integer| exp_point(&Self { lo: a.clone(), hi: a.clone() });
        Some(Self { lo: end(&self.lo)?.lo, hi: end(&self.hi)?.hi })
    }

    /// `{artanh(y)/y} = Σ y^{2k}/(2k+1)` for an interval in `[0, 1/2]`; `None` elsewhere.
    ///
    /// It increases, so only the two ends are evaluated; what is left out is below `y^{2n}`.
    pub fn artanh_ratio(&self) -> Option<Self> {
        if self.lo.is_negative() || self.hi.clone() * integer(2) > unit() {
            return None;
        }
        let end = |a: &Integer| {
            let y = Self { lo: a.clone(), hi: a.clone() };
            let square = y.times(&y);
            let mut term = Self { lo: unit(), hi: unit() };
            let mut total = Self { lo: integer(0), hi: integer(0) };
            for k in 0..TERMS {
                total = total.plus(&term.divided(2 * k + 1));
                term = term.times(&square);
            }
            // What is left out is below y^{2n}/((2n+1)(1-y²)), which is below y^{2n}.
            Self { lo: total.lo, hi: total.hi + term.hi }
        };
        Some(Self { lo: end(&self.lo).lo, hi: end(&self.hi).hi })
    }

    fn divided(&self, n: i64) -> Self {
        Self { lo: floor_div(&self.lo, &integer(n)), hi: ceil_div(&self.hi, &integer(n)) }
    }
}

fn exp_point(x: &Interval) -> Option<Interval> {
    let mut halvings = 1u32;
    let mut y = x.divided(2);
    while y.lo.clone().abs().max(y.hi.clone().abs()) * integer(2) > unit() {
        y = y.divided(2);
        halvings += 1;
        if halvings > 21 {
            return None;
        }
    }
    let mut term = Interval { lo: unit(), hi: unit() };
    let mut total = Interval { lo: integer(0), hi: integer(0) };
    for n in 0..TERMS {
        total = total.plus(&term);
        term = term.times(&y).divided(n + 1);
    }
    // |y| <= 1/2 and TERMS! > 2^192: one unit in the last place is more than what is left out.
    let rest = integer(1);
    let mut value = Interval { lo: total.lo - rest.clone(), hi: total.hi + rest };
    for _ in 0..halvings {
        value = value.times(&value.clone());
    }
    Some(value)
}

/// Encloses an expression for all values of its real symbols in the given intervals.
///
/// # Errors
/// A sentence that says which part cannot be enclosed.
pub fn enclose(e: &Expression, at: &dyn Fn(&Symbol) -> Option<Interval>) -> Result<Interval, String> {
    use Expression as E;
    Ok(match e {
        E::Number(q) => Interval::point(q),
        E::Symbol(s) => at(s).ok_or_else(|| format!("the symbol {s} has no interval"))?,
        E::Add(a, b) => enclose(a, at)?.plus(&enclose(b, at)?),
        E::Negate(a) => enclose(a, at)?.negated(),
        E::Multiply(a, b) => enclose(a, at)?.times(&enclose(b, at)?),
        E::Divide(a, b) => {
            let denominator = enclose(b, at)?.inverse().ok_or_else(|| format!("the denominator {b} may vanish"))?;
            enclose(a, at)?.times(&denominator)
        }
        E::Power(a, k) => enclose(a, at)?.raised(*k).ok_or_else(|| format!("{a} may vanish"))?,
        E::Elementary(Elementary::Exp, a) => {
            enclose(a, at)?.exp().ok_or_else(|| format!("the exponent {a} is too large"))?
        }
        E::Elementary(Elementary::ArtanhRatio, a) => {
            enclose(a, at)?.artanh_ratio().ok_or_else(|| format!("{a} is not in [0, 1/2]"))?
        }
        other => return Err(format!("{other} cannot be enclosed")),
    })
}

/// The interval in decimals, rounded outward to 20 digits after the point.
pub fn short(i: &Interval) -> String {
    format!("[{}, {}]", decimal(&i.lo, false), decimal(&i.hi, true))
}

fn decimal(end: &Integer, up: bool) -> String {
    let scaled = end.clone() * power(&integer(10), 20);
    let digits = if up { ceil_div(&scaled, &unit()) } else { floor_div(&scaled, &unit()) };
    let sign = if digits.is_negative() { "-" } else { "" };
    let text = format!("{:0>21}", digits.abs().to_string());
    let (whole, fraction) = text.split_at(text.len() - 20);
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::super::number::{parse_rational, rational};
    use super::*;

    fn tight(i: &Interval, digits: &str) {
        let value = parse_rational(digits).unwrap();
        let slack = rational(1, 1_000_000_000_000_000_000);
        let slack = slack.clone() * &slack;
        assert!(i.low() <= value.clone() + &slack && value - &slack <= i.high(), "{} {}", i.low(), i.high());
        assert!(i.high() - i.low() < slack, "width");
    }

    // Digits from mpmath 1.3 at 60 digits: exp(-8), exp(1), atanh(1/3)*3.
    #[test]
    fn elementary_functions_against_mpmath() {
        let at = |p, q| Interval::point(&rational(p, q));
        tight(&at(-8, 1).exp().unwrap(), "0.000335462627902511838821389125780861019310900133720319360544576");
        tight(&at(1, 1).exp().unwrap(), "2.718281828459045235360287471352662497757247093699959574966968");
        tight(&at(1, 3).artanh_ratio().unwrap(), "1.03972077083991796412584818218726485211325020154038288118102");
        assert!(at(0, 1).artanh_ratio().unwrap().contains(&rational(1, 1)));
        assert!(at(-1, 3).artanh_ratio().is_none());
        assert!(at(2_000_000, 1).exp().is_none());
    }
}
