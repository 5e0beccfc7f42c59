//! Normal form of an expression with symbolic sizes: a fraction of polynomials in [`Atom`]s.
//!
//! Powers `t^{2m+1}` become `(t^m)² t`, binomials become factorials of the homogeneous part of their arguments, and a
//! sum whose summand is a polynomial in its index is split into monomials, each shifted to a standard place and to the
//! standard range `1..=M`; what is left over at the two ends is written out. Distinct atoms may still be related, so
//! equal normal forms prove an identity, unequal ones prove nothing.

use std::cell::Cell;
use std::rc::Rc;

use num_traits::Signed;

use super::domain::{Domain, Range};
use super::evaluate::Roots;
use super::expression::{Expression, Linear, Series, Symbol, Upper};
use super::number::{Rational, bits, integer};
use super::polynomial::{Fraction, Monomial, Polynomial, Variable};

/// A variable of the normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// The imaginary unit.
    I,
    /// `√2`.
    Sqrt2,
    /// `(-1)^s`.
    Sign(Symbol),
    /// A real or integer symbol.
    Symbol(Symbol),
    /// `x^s` for a real symbol `x` and an integer symbol `s`.
    Power(Symbol, Symbol),
    /// A value of a sequence.
    Value(Symbol, Linear),
    /// `L!` for a linear form without constant.
    Factorial(Linear),
    /// `Σ_{#=1}^{M}` (or to infinity) of a monomial in atoms that contain the index `#`.
    Sum(Monomial<Atom>, bool),
}

impl Variable for Atom {
    fn square(&self) -> Option<i64> {
        match self {
            Atom::I => Some(-1),
            Atom::Sqrt2 => Some(2),
            Atom::Sign(_) => Some(1),
            _ => None,
        }
    }
}

impl Roots for Atom {
    fn imaginary_unit() -> Self {
        Atom::I
    }
    fn sqrt2() -> Self {
        Atom::Sqrt2
    }
}

/// A fraction of polynomials in atoms.
pub type Normal = Fraction<Atom>;

/// A proved closed form of a standard sum.
#[derive(Clone, Debug)]
pub struct SumRule {
    /// The sum.
    pub atom: Atom,
    /// Its value.
    pub value: Normal,
}

/// Why no normal form was found.
pub type Declined = String;

/// Sums between two integers are written out up to this length.
const LONGEST_EXPLICIT_SUM: i64 = 1000;

/// What one normal form may cost, in products of coefficients of one machine word: seconds.
const WORK: u64 = 4_000_000;

/// The largest exponent of an atom.
const LARGEST_EXPONENT: u32 = 1 << 22;

/// The largest coefficient of a linear form and end of a sum that is written out.
const LARGEST_INTEGER: i64 = 1 << 40;

/// The name of the standard summation index; no parsed symbol can have it.
fn hash() -> Symbol {
    Symbol::new("#")
}

/// Brings expressions on a domain to normal form.
pub struct Normaliser<'a> {
    pub(super) domain: Domain,
    rules: &'a [SumRule],
    work: Rc<Cell<u64>>,
}

impl<'a> Normaliser<'a> {
    /// For expressions on this domain, with these closed forms of sums.
    pub fn new(domain: &Domain, rules: &'a [SumRule]) -> Self {
        Self { domain: domain.clone(), rules, work: Rc::new(Cell::new(WORK)) }
    }

    /// The normal form.
    ///
    /// # Errors
    /// A sentence that says which part has no normal form, and why.
    pub fn fraction(&self, e: &Expression) -> Result<Normal, Declined> {
        use Expression as E;
        self.charge(1)?;
        Ok(match e {
            E::Number(q) => Normal::constant(q),
            E::I => Normal::variable(Atom::I),
            E::Sqrt2 => Normal::variable(Atom::Sqrt2),
            E::Symbol(s) => self.symbol(s)?,
            E::Add(a, b) => self.plus(&self.fraction(a)?, &self.fraction(b)?)?,
            E::Negate(a) => self.fraction(a)?.neg(),
            E::Multiply(a, b) => self.times(&self.fraction(a)?, &self.fraction(b)?)?,
            E::Divide(a, b) => {
                let quotient = self.over(&self.fraction(a)?, &self.fraction(b)?)?;
                quotient.ok_or_else(|| format!("the denominator {b} is zero"))?
            }
            E::Power(a, k) => self.raised(&self.fraction(a)?, *k)?.ok_or_else(|| format!("{a} is zero"))?,
            E::Exponential(a, l) => self.exponential(a, l)?,
            E::Value(f, l) => self.value(f, l)?,
            E::Binomial(n, k) => self.binomial(n, k)?,
            E::Factorial(l) => self.factorial(l, true)?,
            E::Sum(series) => self.sum(series)?,
            E::Elementary(function, _) => {
                return Err(format!("{} has no normal form", function.name()));
            }
        })
    }

    /// `a - b`.
    ///
    /// # Errors
    /// When that costs too much.
    pub fn minus(&self, a: &Normal, b: &Normal) -> Result<Normal, Declined> {
        self.plus(a, &b.neg())
    }

    pub(super) fn charge(&self, cost: u64) -> Result<(), Declined> {
        match self.work.get().checked_sub(cost) {
            Some(left) => {
                self.work.set(left);
                Ok(())
            }
            None => Err("the normal form is too large".to_owned()),
        }
    }

    /// Charges for the product of two polynomials before it is formed.
    fn allow(&self, a: &Polynomial<Atom>, b: &Polynomial<Atom>) -> Result<(), Declined> {
        let weight = |p: &Polynomial<Atom>| p.terms().map(|(m, c)| 1 + m.len() as u64 / 8 + bits(c) / 64).sum::<u64>();
        let degree = |p: &Polynomial<Atom>| p.terms().flat_map(|(m, _)| m).map(|(_, e)| *e).max().unwrap_or(0);
        self.charge(weight(a).saturating_mul(weight(b)))?;
        match degree(a).saturating_add(degree(b)) <= LARGEST_EXPONENT {
            true => Ok(()),
            false => Err(format!("an exponent is larger than {LARGEST_EXPONENT}")),
        }
    }

    pub(super) fn plus(&self, a: &Normal, b: &Normal) -> Result<Normal, Declined> {
        if a.denominator() != b.denominator() {
            self.allow(a.numerator(), b.denominator())?;
            self.allow(b.numerator(), a.denominator())?;
            self.allow(a.denominator(), b.denominator())?;
        }
        self.charge((a.numerator().len() + b.numerator().len()) as u64)?;
        Ok(a.add(b))
    }

    pub(super) fn times(&self, a: &Normal, b: &Normal) -> Result<Normal, Declined> {
        self.allow(a.numerator(), b.numerator())?;
        self.allow(a.denominator(), b.denominator())?;
        Ok(a.mul(b))
    }

    /// `a/b`; `None` when `b` is zero.
    pub(super) fn over(&self, a: &Normal, b: &Normal) -> Result<Option<Normal>, Declined> {
        self.allow(a.numerator(), b.denominator())?;
        self.allow(a.denominator(), b.numerator())?;
        Ok(a.div(b))
    }

    /// `a^k`; `None` for a negative power of zero.
    fn raised(&self, a: &Normal, k: i32) -> Result<Option<Normal>, Declined> {
        let one = Normal::from(Polynomial::from(1));
        let power = (0..k.unsigned_abs()).try_fold(one.clone(), |power, _| self.times(&power, a))?;
        if k >= 0 { Ok(Some(power)) } else { self.over(&one, &power) }
    }

    fn symbol(&self, s: &Symbol) -> Result<Normal, Declined> {
        if *s == hash() || self.domain.is_integer(s) || self.domain.range(s).is_some() {
            Ok(Normal::variable(Atom::Symbol(s.clone())))
        } else {
            Err(format!("the symbol {s} is not declared"))
        }
    }

    pub(super) fn linear(&self, l: &Linear) -> Result<Normal, Declined> {
        self.fraction(&l.to_expression())
    }

    /// `base^l`, where the base is a product of powers of real symbols and a sign.
    pub(super) fn exponential(&self, base: &Expression, l: &Linear) -> Result<Normal, Declined> {
        use Expression as E;
        let one = Normal::from(Polynomial::from(1));
        match base {
            E::Number(q) if *q == Rational::from(integer(1)) => Ok(one),
            E::Number(q) if *q == Rational::from(integer(-1)) => Ok(sign(l)),
            E::Symbol(x) if self.domain.range(x).is_some_and(Range::is_proper) => {
                let mut product = power(&Atom::Symbol(x.clone()), l.constant)?;
                for (s, &k) in &l.terms {
                    product = self.times(&product, &power(&Atom::Power(x.clone(), s.clone()), k)?)?;
                }
                Ok(product)
            }
            E::Negate(a) => self.times(&sign(l), &self.exponential(a, l)?),
            E::Multiply(a, b) => self.times(&self.exponential(a, l)?, &self.exponential(b, l)?),
            E::Divide(a, b) => self.times(&self.exponential(a, l)?, &self.exponential(b, &multiple(l, -1)?)?),
            E::Power(a, k) => self.exponential(a, &multiple(l, i64::from(*k))?),
            _ if let Some(k) = l.as_integer().and_then(|k| i32::try_from(k).ok()) => {
                self.raised(&self.fraction(base)?, k)?.ok_or_else(|| format!("{base} is zero"))
            }
            _ => Err(format!("the base {base} of a symbolic power is not a monomial in symbols between 0 and 1")),
        }
    }

    fn value(&self, f: &Symbol, l: &Linear) -> Result<Normal, Declined> {
        let ladder = self.domain.ladders.contains(f);
        if !ladder && !self.domain.sequences.contains(f) {
            return Err(format!("the sequence {f} is not declared"));
        }
        if self.domain.outside(l, i64::from(ladder)) {
            return Ok(Normal::from(Polynomial::zero()));
        }
        Ok(Normal::variable(Atom::Value(f.clone(), l.clone())))
    }

    /// `n!/(k!(n-k)!)` with each factorial reduced to that of a form without constant.
    fn binomial(&self, n: &Linear, k: &Linear) -> Result<Normal, Declined> {
        let rest = n.clone() - k.clone();
        let top = self.factorial(n, true)?;
        let bottom = self.times(&self.factorial(k, false)?, &self.factorial(&rest, false)?)?;
        self.over(&top, &bottom)?.ok_or_else(|| "a factorial is zero".to_owned())
    }

    /// `(L+c)! = L! (L+1)...(L+c)`, or `L!/(L (L-1)...)` for `c < 0`.
    ///
    /// In a denominator `1/(L-j)!` with `L < j` is 0, which `L (L-1).../L!` gives too as long as `L >= 0`.
    fn factorial(&self, l: &Linear, numerator: bool) -> Result<Normal, Declined> {
        let base = l.homogeneous();
        let least = self.domain.least_value(&base);
        let needed = if numerator { (-l.constant).max(0) } else { 0 };
        if least.is_none_or(|least| least < needed) {
            return Err(format!("{base} may be less than {needed} in a binomial"));
        }
        if l.constant.saturating_abs() > LONGEST_EXPLICIT_SUM {
            return Err(format!("the constant {} in a binomial is too large", l.constant));
        }
        let mut product = match base.as_integer() {
            Some(_) => Normal::from(Polynomial::from(1)),
            None => Normal::variable(Atom::Factorial(base.clone())),
        };
        for j in 1..=l.constant {
            product = self.times(&product, &self.linear(&(base.clone() + j))?)?;
        }
        for j in 0..-l.constant {
            let factor = self.linear(&(base.clone() - j))?;
            product = self.over(&product, &factor)?.ok_or("a factorial of a negative number")?;
        }
        Ok(product)
    }

    fn sum(&self, s: &Series) -> Result<Normal, Declined> {
        if let (Some(from), Upper::Finite(to)) = (s.from.as_integer(), &s.to)
            && let Some(to) = to.as_integer()
        {
            return self.explicit_sum(s, from, to);
        }
        let term = self.inside(s)?.fraction(&standard_term(s))?;
        self.sum_of(&term, &s.from, &s.to)
    }

    /// `Σ_{#=from}^{to}` of a normal form in the standard index.
    pub(super) fn sum_of(&self, term: &Normal, from: &Linear, to: &Upper) -> Result<Normal, Declined> {
        if term.denominator().variables().any(contains_index) {
            return Err("a summand is not a polynomial in its index".to_owned());
        }
        let mut total = Normal::from(Polynomial::zero());
        for (monomial, c) in term.numerator().terms() {
            let coefficient = Polynomial::constant(c.clone());
            let part = self.times(&self.monomial_sum(monomial, from, to)?, &Normal::from(coefficient))?;
            total = self.plus(&total, &part)?;
        }
        let denominator = Normal::from(term.denominator().clone());
        self.over(&total, &denominator)?.ok_or_else(|| "the denominator of a summand is zero".to_owned())
    }

    fn explicit_sum(&self, s: &Series, from: i64, to: i64) -> Result<Normal, Declined> {
        if to.saturating_sub(from) > LONGEST_EXPLICIT_SUM {
            return Err(format!("the sum over {} is too long to be written out", s.index));
        }
        if from.checked_abs().is_none_or(|from| from > LARGEST_INTEGER / 1_000_000) {
            return Err(format!("the sum over {} starts too far from zero", s.index));
        }
        (from..=to).try_fold(Normal::from(Polynomial::zero()), |total, m| {
            self.plus(&total, &self.fraction(&s.term_at(&Linear::from(m)))?)
        })
    }

    /// For another domain, with what is left of the work.
    pub(super) fn on(&self, domain: Domain) -> Self {
        Self { domain, rules: self.rules, work: Rc::clone(&self.work) }
    }

    /// The same normaliser inside a sum, where the standard index has the range of the sum; there is only one such index.
    pub(super) fn inside(&self, s: &Series) -> Result<Self, Declined> {
        if self.domain.is_integer(&hash()) {
            return Err("sums inside sums have no normal form".to_owned());
        }
        Ok(self.on(self.domain.clone().with_index(hash().name(), s.from.clone(), s.to.finite())))
    }

    /// `Σ` of one monomial: factors without the index are taken out, the rest is shifted to its standard place.
    fn monomial_sum(&self, monomial: &Monomial<Atom>, from: &Linear, to: &Upper) -> Result<Normal, Declined> {
        let (inside, outside): (Monomial<Atom>, Monomial<Atom>) =
            monomial.iter().cloned().partition(|(a, _)| contains_index(a));
        let outside = Normal::from(Polynomial::monomial(outside, integer(1)));
        let shift = standard_shift(&inside)?;
        if shift == 0 {
            return self.times(&outside, &self.standard_sum(&inside, from, to)?);
        }
        let index = Linear::symbol(hash().name()) - shift;
        let shifted = self.instantiate(&inside, &index)?;
        if shifted.denominator().variables().any(contains_index) {
            return Err("a shifted summand is not a polynomial in its index".to_owned());
        }
        let from = from.clone() + shift;
        let to = match to {
            Upper::Finite(to) => Upper::Finite(to.clone() + shift),
            Upper::Infinite => Upper::Infinite,
        };
        let mut total = Normal::from(Polynomial::zero());
        for (m, c) in shifted.numerator().terms() {
            let coefficient = Normal::from(Polynomial::constant(c.clone()));
            let part = self.times(&self.monomial_sum(m, &from, &to)?, &coefficient)?;
            total = self.plus(&total, &part)?;
        }
        let denominator = Normal::from(shifted.denominator().clone());
        let total = self.over(&total, &denominator)?.ok_or("the denominator of a summand is zero")?;
        self.times(&outside, &total)
    }

    /// The sum of a monomial in its standard place, over `1..=M` or `1..∞` plus what is left over at the ends.
    fn standard_sum(&self, monomial: &Monomial<Atom>, from: &Linear, to: &Upper) -> Result<Normal, Declined> {
        let Some(first) = from.as_integer() else {
            return Err(format!("a sum starts at {from}, not at an integer"));
        };
        let mut total = self.standard_atom(monomial, matches!(to, Upper::Infinite))?;
        let mut correct = |positions: std::ops::Range<i64>, base: &Linear, sign: i64| -> Result<(), Declined> {
            if positions.end.saturating_sub(positions.start) > LONGEST_EXPLICIT_SUM {
                return Err("the ends of a sum are too far from 1 and M".to_owned());
            }
            for j in positions {
                let term = self.instantiate(monomial, &(base.clone() + j))?;
                total = self.plus(&total, &self.times(&term, &Normal::from(Polynomial::from(sign)))?)?;
            }
            Ok(())
        };
        let zero = Linear::from(0);
        correct(first..1, &zero, 1)?;
        correct(1..first, &zero, -1)?;
        if let Upper::Finite(to) = to {
            let top = self.domain.top().ok_or("a sum ends at a symbol that is not the size")?;
            let extra = (to.clone() - top.clone()).as_integer();
            let extra = extra.ok_or_else(|| format!("a sum ends at {to}, not at the size plus an integer"))?;
            if self.domain.least_value(&(to.clone() - first)).is_none_or(|length| length < -1) {
                return Err(format!("the sum from {first} to {to} may be empty by more than one term"));
            }
            correct(1..extra + 1, &top, 1)?;
            correct(extra + 1..1, &top, -1)?;
        }
        Ok(total)
    }

    fn standard_atom(&self, monomial: &Monomial<Atom>, infinite: bool) -> Result<Normal, Declined> {
        let decays = monomial.iter().any(|(a, _)| matches!(a, Atom::Power(..)));
        let grows = monomial.iter().any(|(a, _)| matches!(a, Atom::Value(..) | Atom::Factorial(_)));
        if infinite && (grows || !decays) {
            return Err("an infinite sum without a factor x^m, or with an arbitrary one, may diverge".to_owned());
        }
        if monomial.is_empty() {
            let top = self.domain.top();
            return self.linear(&top.ok_or("a sum ends at a symbol that is not the size")?);
        }
        let atom = Atom::Sum(monomial.clone(), infinite);
        Ok(match self.rules.iter().find(|rule| rule.atom == atom) {
            Some(rule) => rule.value.clone(),
            None => Normal::variable(atom),
        })
    }

    /// The monomial with its index replaced by a linear form.
    fn instantiate(&self, monomial: &Monomial<Atom>, at: &Linear) -> Result<Normal, Declined> {
        let index = hash();
        let mut product = Normal::from(Polynomial::from(1));
        for (atom, e) in monomial {
            let factor = match atom {
                Atom::Symbol(s) if *s == index => self.linear(at)?,
                Atom::Sign(s) if *s == index => sign(at),
                Atom::Power(x, s) if *s == index => self.exponential(&Expression::Symbol(x.clone()), at)?,
                Atom::Value(f, l) => self.value(f, &l.substitute(&index, at))?,
                Atom::Factorial(_) => return Err("a sum of factorials is left over".to_owned()),
                other => Normal::variable(other.clone()),
            };
            let e = i32::try_from(*e).map_err(|_| "an exponent is too large")?;
            product = self.times(&product, &self.raised(&factor, e)?.ok_or("zero to a negative power")?)?;
        }
        Ok(product)
    }
}

/// The summand with the standard index.
pub(super) fn standard_term(s: &Series) -> Expression {
    s.term_at(&Linear::symbol(hash().name()))
}

fn contains_index(a: &Atom) -> bool {
    let index = hash();
    match a {
        Atom::Symbol(s) | Atom::Sign(s) | Atom::Power(_, s) => *s == index,
        Atom::Value(_, l) | Atom::Factorial(l) => l.coefficient(&index) != 0,
        Atom::I | Atom::Sqrt2 | Atom::Sum(..) => false,
    }
}

/// By how much the index must grow so that the smallest argument of a sequence is the index itself.
fn standard_shift(monomial: &Monomial<Atom>) -> Result<i64, Declined> {
    let standard = Linear::symbol(hash().name());
    let mut least: Option<i64> = None;
    for (atom, _) in monomial {
        if let Atom::Value(f, l) = atom {
            let offset = (l.clone() - standard.clone()).as_integer();
            let offset = offset.ok_or_else(|| format!("the argument {l} of {f} is not the index plus an integer"))?;
            least = Some(least.map_or(offset, |c| c.min(offset)));
        }
    }
    Ok(least.unwrap_or(0))
}

/// `a^k`.
fn power(a: &Atom, k: i64) -> Result<Normal, Declined> {
    let e = u32::try_from(k.unsigned_abs()).ok().filter(|e| *e <= LARGEST_EXPONENT);
    let e = e.ok_or_else(|| format!("the exponent {k} is too large"))?;
    let factors = if e == 0 { Vec::new() } else { vec![(a.clone(), e)] };
    let (power, one) = (Polynomial::monomial(factors, integer(1)), Polynomial::from(1));
    let value = if k >= 0 { Normal::new(power, one) } else { Normal::new(one, power) };
    value.ok_or_else(|| "a power is zero".to_owned())
}

/// `k l`, when its coefficients stay small.
fn multiple(l: &Linear, k: i64) -> Result<Linear, Declined> {
    let small = |c: &i64| c.checked_mul(k).is_some_and(|c| (-LARGEST_INTEGER..=LARGEST_INTEGER).contains(&c));
    match small(&l.constant) && l.terms.values().all(small) {
        true => Ok(l.clone() * k),
        false => Err(format!("the exponent {k}*({l}) is too large")),
    }
}

/// `(-1)^l`.
fn sign(l: &Linear) -> Normal {
    let odd: Monomial<Atom> =
        l.terms.iter().filter(|(_, k)| *k % 2 != 0).map(|(s, _)| (Atom::Sign(s.clone()), 1)).collect();
    Normal::from(Polynomial::monomial(odd, integer(if l.constant % 2 == 0 { 1 } else { -1 })))
}

/// Whether a denominator vanishes nowhere on the domain, except where a rational function is continued by continuity.
///
/// Sufficient, not necessary. The polynomial is specialised so that its value shows: sums over sequences `f` at
/// `f(1) = 1`, `f(m) = 0` otherwise (so the claim is "not the zero polynomial in the values of `f`"), then the lowest
/// power of each real variable (so it is "not the zero polynomial in `t`"). What is left is a polynomial in the integer
/// variables; written in their distances from the ends of their ranges, all its coefficients must have one sign and its
/// constant must not vanish.
pub fn nowhere_zero(p: &Polynomial<Atom>, domain: &Domain) -> bool {
    let Some(mut p) = specialise_sums(p, domain) else {
        return false;
    };
    for real in &domain.reals {
        match lowest_order(&p, &real.symbol, domain) {
            Some(lowest) => p = lowest,
            None => return false,
        }
    }
    never_zero(&p, domain)
}

/// Whether a polynomial in the integer variables alone vanishes nowhere on the domain. Sufficient, not necessary.
///
/// Stronger than [`nowhere_zero`]: no value of a real variable or sequence is excepted.
pub fn never_zero(p: &Polynomial<Atom>, domain: &Domain) -> bool {
    slack_sign(p, domain) == Some(true) || slack_sign(&p.neg(), domain) == Some(true)
}

/// Whether an atom is a real variable whose range excludes zero.
pub fn excludes_zero(a: &Atom, domain: &Domain) -> bool {
    matches!(a, Atom::Symbol(x) if domain.range(x).is_some_and(|r| r.is_proper() || r.is_positive()))
}

/// Whether a polynomial in the integer variables alone is evidently positive (`true`) or at least not negative (`false`)
/// on the domain: all its coefficients are positive when it is written in the distances from the ends of the ranges.
pub fn slack_sign(p: &Polynomial<Atom>, domain: &Domain) -> Option<bool> {
    let slack = in_slacks(p, domain)?;
    let constant = slack.terms().any(|(m, _)| m.is_empty());
    slack.terms().all(|(_, c)| c.is_positive()).then_some(constant)
}

fn specialise_sums(p: &Polynomial<Atom>, domain: &Domain) -> Option<Polynomial<Atom>> {
    let mut result = Polynomial::zero();
    for (monomial, c) in p.terms() {
        let mut product = Polynomial::constant(c.clone());
        for (atom, e) in monomial {
            let factor = match atom {
                Atom::Sum(inner, false) if domain.size.as_ref().is_some_and(|s| s.least >= 1) => {
                    at_first_value(inner, *e, domain)?
                }
                Atom::Sum(..) | Atom::Sign(_) | Atom::I | Atom::Sqrt2 | Atom::Value(..) => {
                    return None;
                }
                other => vec![(other.clone(), *e)],
            };
            product = product.mul(&Polynomial::monomial(factor, integer(1)));
        }
        result = result.add(&product);
    }
    Some(result)
}

/// The summand at index 1 to a power, when it is a sequence (which alone is set to 1 there) times powers.
fn at_first_value(inner: &Monomial<Atom>, power: u32, domain: &Domain) -> Option<Monomial<Atom>> {
    let standard = Linear::symbol(hash().name());
    let mut sequence = false;
    let mut value = Vec::new();
    for (atom, e) in inner {
        match atom {
            Atom::Value(f, l) if *l == standard && domain.ladders.contains(f) => sequence = true,
            Atom::Power(x, _) => {
                let e = e.checked_mul(power).filter(|e| *e <= LARGEST_EXPONENT)?;
                value.push((Atom::Symbol(x.clone()), e));
            }
            Atom::Symbol(_) => {}
            _ => return None,
        }
    }
    sequence.then_some(value)
}

/// The coefficient of the lowest power of `x`, where `x^s` with an integer symbol `s` is taken at its least value; `None`
/// when `s` has none.
fn lowest_order(p: &Polynomial<Atom>, x: &Symbol, domain: &Domain) -> Option<Polynomial<Atom>> {
    let order = |m: &Monomial<Atom>| -> Option<i64> {
        m.iter().try_fold(0i64, |sum, (a, e)| {
            let order = match a {
                Atom::Symbol(s) if s == x => 1,
                Atom::Power(y, s) if y == x => domain.least_value(&Linear::symbol(s.name()))?,
                _ => 0,
            };
            sum.checked_add(order.checked_mul(i64::from(*e))?)
        })
    };
    let orders = p.terms().map(|(m, _)| order(m)).collect::<Option<Vec<i64>>>()?;
    let lowest = *orders.iter().min()?;
    let mut result = Polynomial::zero();
    for ((m, c), _) in p.terms().zip(&orders).filter(|(_, order)| **order == lowest) {
        let rest = m.iter().filter(|(a, _)| !matches!(a, Atom::Symbol(s) if s == x)).cloned().collect();
        result = result.add(&Polynomial::monomial(rest, c.clone()));
    }
    Some(result)
}

/// The polynomial in the slacks of the integer variables; `None` when anything else is left. Common factors that are
/// factorials are positive and dropped.
fn in_slacks(p: &Polynomial<Atom>, domain: &Domain) -> Option<Polynomial<Symbol>> {
    let factorials = |m: &Monomial<Atom>| -> Monomial<Atom> {
        m.iter().filter(|(a, _)| matches!(a, Atom::Factorial(_))).cloned().collect()
    };
    let common = p.terms().next().map(|(m, _)| factorials(m))?;
    let slacks = domain.slacks();
    let mut work = WORK;
    let mut result = Polynomial::zero();
    for (monomial, c) in p.terms() {
        if factorials(monomial) != common {
            return None;
        }
        let mut product = Polynomial::constant(c.clone());
        for (atom, e) in monomial.iter().filter(|(a, _)| !matches!(a, Atom::Factorial(_))) {
            let Atom::Symbol(s) = atom else { return None };
            let (_, form) = slacks.iter().find(|(name, _)| name == s)?;
            let linear = form.terms.iter().fold(Polynomial::from(form.constant), |sum, (name, k)| {
                sum.add(&Polynomial::variable(name.clone()).mul(&Polynomial::from(*k)))
            });
            for _ in 0..*e {
                work = work.checked_sub(10 * product.len() as u64)?;
                product = product.mul(&linear);
            }
        }
        result = result.add(&product);
    }
    Some(result)
}

impl Variable for Symbol {}
