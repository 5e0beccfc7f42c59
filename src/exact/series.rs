//! Truncated Laurent series in one real symbol, with normal forms as coefficients, for symbolic sizes.
//!
//! `((1-x)/(1+x))^{2m}` is expanded with coefficients that are polynomials in `m`; a finite sum over `m` is then the sum of
//! each coefficient. For each size the function is rational in the symbol, so the expansion is that of its Laurent series.

use super::domain::Domain;
use super::expression::{Expression, Linear, Series, Symbol, Upper};
use super::normal::{
    Atom, Declined, Normal, Normaliser, SumRule, excludes_zero, never_zero, nowhere_zero, standard_term,
};
use super::number::rational;
use super::polynomial::Polynomial;

/// `Σ_k c_k x^{start+k}`, known up to the last coefficient.
#[derive(Clone)]
struct Laurent {
    start: i64,
    coefficients: Vec<Normal>,
}

/// The first exponents lost to divisions by functions that vanish at zero.
const SPARE: usize = 6;

/// The largest first exponent, up to sign.
const FARTHEST_START: i64 = 1_000_000;

/// The coefficients of `x^0, ..., x^{order-1}` of an expression at `x = 0`, for a domain without `x`.
///
/// # Errors
/// When a part cannot be expanded, when a leading coefficient that is divided by may vanish, or when the expression has a
/// pole.
pub fn expansion(
    e: &Expression,
    x: &Symbol,
    order: usize,
    domain: &Domain,
    rules: &[SumRule],
) -> Result<Vec<Normal>, Declined> {
    let normaliser = Normaliser::new(domain, rules);
    let series = Expander { x, terms: order + SPARE, domain, normaliser: &normaliser }.expand(e)?;
    let at = |k: i64| usize::try_from(k - series.start).ok().and_then(|k| series.coefficients.get(k));
    if (series.start..0).any(|k| at(k).is_some_and(|c| !c.is_zero())) {
        return Err("the expression may have a pole".to_owned());
    }
    (0..order as i64)
        .map(|k| match at(k) {
            Some(c) if nowhere_zero(c.denominator(), domain) => Ok(c.clone()),
            Some(_) => Err(format!("a denominator in the coefficient of the power {k} may vanish")),
            None if k < series.start => Ok(zero()),
            None => Err(format!("the power {k} is lost in a division")),
        })
        .collect()
}

fn zero() -> Normal {
    Normal::constant(&rational(0, 1))
}

struct Expander<'a> {
    x: &'a Symbol,
    terms: usize,
    domain: &'a Domain,
    normaliser: &'a Normaliser<'a>,
}

impl Expander<'_> {
    fn expand(&self, e: &Expression) -> Result<Laurent, Declined> {
        use Expression as E;
        if !e.mentions(self.x) {
            return Ok(self.constant(self.normaliser.fraction(e)?));
        }
        match e {
            E::Symbol(_) => Ok(Laurent { start: 1, ..self.constant(Normal::constant(&rational(1, 1))) }),
            E::Add(a, b) => self.plus(&self.expand(a)?, &self.expand(b)?),
            E::Negate(a) => self.scaled(&self.expand(a)?, &Normal::constant(&rational(-1, 1))),
            E::Multiply(a, b) => self.times(&self.expand(a)?, &self.expand(b)?),
            E::Divide(a, b) => self.times(&self.expand(a)?, &self.inverse(&self.expand(b)?)?),
            E::Power(a, k) => {
                let one = self.constant(Normal::constant(&rational(1, 1)));
                let base = self.expand(a)?;
                let base = if *k < 0 { self.inverse(&base)? } else { base };
                (0..k.unsigned_abs()).try_fold(one, |power, _| self.times(&power, &base))
            }
            E::Exponential(a, l) => self.exponential(&self.expand(a)?, l),
            E::Sum(s) => self.sum(s),
            _ => Err(format!("{e} has no expansion")),
        }
    }

    fn constant(&self, c: Normal) -> Laurent {
        let mut coefficients = vec![zero(); self.terms];
        coefficients[0] = c;
        Laurent { start: 0, coefficients }
    }

    fn plus(&self, a: &Laurent, b: &Laurent) -> Result<Laurent, Declined> {
        let start = a.start.min(b.start);
        let end = (a.start + a.coefficients.len() as i64).min(b.start + b.coefficients.len() as i64);
        let of = |s: &Laurent, k: i64| {
            usize::try_from(k - s.start).ok().and_then(|k| s.coefficients.get(k).cloned()).unwrap_or_else(zero)
        };
        let coefficients =
            (start..end).map(|k| self.normaliser.plus(&of(a, k), &of(b, k))).collect::<Result<_, _>>()?;
        Ok(Laurent { start, coefficients })
    }

    fn scaled(&self, a: &Laurent, c: &Normal) -> Result<Laurent, Declined> {
        let coefficients = a.coefficients.iter().map(|d| self.normaliser.times(d, c)).collect::<Result<_, _>>()?;
        Ok(Laurent { start: a.start, coefficients })
    }

    fn times(&self, a: &Laurent, b: &Laurent) -> Result<Laurent, Declined> {
        let known = a.coefficients.len().min(b.coefficients.len());
        let mut coefficients = vec![zero(); known];
        for (i, c) in a.coefficients[..known].iter().enumerate().filter(|(_, c)| !c.is_zero()) {
            for (j, d) in b.coefficients[..known - i].iter().enumerate().filter(|(_, d)| !d.is_zero()) {
                let product = self.normaliser.times(c, d)?;
                coefficients[i + j] = self.normaliser.plus(&coefficients[i + j], &product)?;
            }
        }
        self.from(a.start + b.start, coefficients)
    }

    /// A series whose exponents are not too far from zero.
    fn from(&self, start: i64, coefficients: Vec<Normal>) -> Result<Laurent, Declined> {
        self.normaliser.charge(1)?;
        match start.abs() <= FARTHEST_START {
            true => Ok(Laurent { start, coefficients }),
            false => Err(format!("a series starts at the power {start}")),
        }
    }

    /// `1/(c x^s (1 - δ)) = (1 + δ + δ² + ...)/(c x^s)`, where `c` vanishes nowhere.
    fn inverse(&self, a: &Laurent) -> Result<Laurent, Declined> {
        let leading = a.coefficients.iter().position(|c| !c.is_zero()).ok_or("a denominator vanishes")?;
        let c = &a.coefficients[leading];
        // No value of a real variable is excepted: where `c` vanishes the series is another one.
        let fixed = |p: &Polynomial<Atom>| {
            never_zero(p, self.domain) || (p.len() == 1 && p.variables().all(|a| excludes_zero(a, self.domain)))
        };
        if !fixed(c.numerator()) || !fixed(c.denominator()) {
            return Err("the leading coefficient of a denominator may vanish".to_owned());
        }
        let one = Normal::constant(&rational(1, 1));
        let inverse = self.normaliser.over(&one, c)?.ok_or("a denominator vanishes")?;
        let mut result: Vec<Normal> = vec![inverse.clone()];
        for k in 1..a.coefficients.len() - leading {
            let mut sum = zero();
            for j in 1..=k {
                let product = self.normaliser.times(&a.coefficients[leading + j], &result[k - j])?;
                sum = self.normaliser.plus(&sum, &product)?;
            }
            result.push(self.normaliser.times(&sum.neg(), &inverse)?);
        }
        self.from(-(a.start + leading as i64), result)
    }

    /// `(1 + δ)^L = Σ_k C(L, k) δ^k` for a base whose value at zero is 1.
    fn exponential(&self, base: &Laurent, l: &Linear) -> Result<Laurent, Declined> {
        let one = self.constant(Normal::constant(&rational(1, 1)));
        let delta = self.plus(base, &self.scaled(&one, &Normal::constant(&rational(-1, 1)))?)?;
        if delta.start < 0 || (delta.start == 0 && delta.coefficients.first().is_some_and(|c| !c.is_zero())) {
            return Err("the base of a symbolic power is not 1 at zero".to_owned());
        }
        let l = self.normaliser.linear(l)?;
        let (mut total, mut power, mut binomial) = (one.clone(), one, Normal::constant(&rational(1, 1)));
        for k in 0..self.terms as i64 {
            let factor = self.normaliser.plus(&l, &Normal::constant(&rational(-k, 1)))?;
            let factor = self.normaliser.times(&factor, &Normal::constant(&rational(1, k + 1)))?;
            binomial = self.normaliser.times(&binomial, &factor)?;
            power = self.times(&power, &delta)?;
            total = self.plus(&total, &self.scaled(&power, &binomial)?)?;
        }
        Ok(total)
    }

    fn sum(&self, s: &Series) -> Result<Laurent, Declined> {
        if s.index == *self.x || s.to == Upper::Infinite {
            return Err("an infinite sum has no expansion".to_owned());
        }
        let inside = self.normaliser.inside(s)?;
        let term = Expander { normaliser: &inside, ..*self }.expand(&standard_term(s))?;
        let sums = term.coefficients.iter().map(|c| self.normaliser.sum_of(c, &s.from, &s.to));
        Ok(Laurent { start: term.start, coefficients: sums.collect::<Result<_, _>>()? })
    }
}
