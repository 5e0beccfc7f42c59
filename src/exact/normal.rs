//! Normal form of an expression with symbolic sizes: a fraction of polynomials in [`Atom`]s.
//!
//! Powers `t^{2m+1}` become `(t^m)² t`, binomials become factorials of the homogeneous part of their arguments, and a
//! sum whose summand is a polynomial in its index is split into monomials, each shifted to a standard place and to the
//! standard range `1..=M`; what is left over at the two ends is written out. Distinct atoms may still be related, so
//! equal normal forms prove an identity, unequal ones prove nothing.

use num_traits::Signed;

use super::domain::{Domain, Index, Range};
use super::evaluate::Roots;
use super::expression::{Expression, Linear, Series, Symbol, Upper};
use super::number::{Integer, Rational, integer};
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

/// The name of the standard summation index; no parsed symbol can have it.
fn hash() -> Symbol {
    Symbol::new("#")
}

/// Brings expressions on a domain to normal form.
pub struct Normaliser<'a> {
    domain: Domain,
    rules: &'a [SumRule],
}

impl<'a> Normaliser<'a> {
    /// For expressions on this domain, with these closed forms of sums.
    pub fn new(domain: &Domain, rules: &'a [SumRule]) -> Self {
        Self { domain: domain.clone(), rules }
    }

    /// The normal form.
    ///
    /// # Errors
    /// A sentence that says which part has no normal form, and why.
    pub fn fraction(&self, e: &Expression) -> Result<Normal, Declined> {
        use Expression as E;
        Ok(match e {
            E::Number(q) => Normal::constant(q),
            E::I => Normal::variable(Atom::I),
            E::Sqrt2 => Normal::variable(Atom::Sqrt2),
            E::Symbol(s) => self.symbol(s)?,
            E::Add(a, b) => self.fraction(a)?.add(&self.fraction(b)?),
            E::Negate(a) => self.fraction(a)?.neg(),
            E::Multiply(a, b) => self.fraction(a)?.mul(&self.fraction(b)?),
            E::Divide(a, b) => {
                self.fraction(a)?.div(&self.fraction(b)?).ok_or_else(|| format!("the denominator {b} is zero"))?
            }
            E::Power(a, k) => self.fraction(a)?.pow(*k).ok_or_else(|| format!("{a} is zero"))?,
            E::Exponential(a, l) => self.exponential(a, l)?,
            E::Value(f, l) => self.value(f, l)?,
            E::Binomial(n, k) => self.binomial(n, k)?,
            E::Sum(series) => self.sum(series)?,
            E::Elementary(function, _) => {
                return Err(format!("{} has no normal form", function.name()));
            }
        })
    }

    fn symbol(&self, s: &Symbol) -> Result<Normal, Declined> {
        if *s == hash() || self.domain.is_integer(s) || self.domain.range(s).is_some() {
            Ok(Normal::variable(Atom::Symbol(s.clone())))
        } else {
            Err(format!("the symbol {s} is not declared"))
        }
    }

    fn linear(&self, l: &Linear) -> Result<Normal, Declined> {
        self.fraction(&l.to_expression())
    }

    /// `base^l`, where the base is a product of powers of real symbols and a sign.
    fn exponential(&self, base: &Expression, l: &Linear) -> Result<Normal, Declined> {
        use Expression as E;
        let one = Normal::from(Polynomial::from(1));
        match base {
            E::Number(q) if *q == Rational::from(integer(1)) => Ok(one),
            E::Number(q) if *q == Rational::from(integer(-1)) => Ok(sign(l)),
            E::Symbol(x) if self.domain.range(x) == Some(Range::Unit) => {
                let mut product = power(&Atom::Symbol(x.clone()), l.constant);
                for (s, &k) in &l.terms {
                    product = product.mul(&power(&Atom::Power(x.clone(), s.clone()), k));
                }
                Ok(product)
            }
            E::Negate(a) => Ok(sign(l).mul(&self.exponential(a, l)?)),
            E::Multiply(a, b) => Ok(self.exponential(a, l)?.mul(&self.exponential(b, l)?)),
            E::Divide(a, b) => Ok(self.exponential(a, l)?.mul(&self.exponential(b, &(l.clone() * -1))?)),
            E::Power(a, k) => self.exponential(a, &(l.clone() * i64::from(*k))),
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
        let bottom = self.factorial(k, false)?.mul(&self.factorial(&rest, false)?);
        top.div(&bottom).ok_or_else(|| "a factorial is zero".to_owned())
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
        if l.constant.abs() > LONGEST_EXPLICIT_SUM {
            return Err(format!("the constant {} in a binomial is too large", l.constant));
        }
        let mut product = match base.as_integer() {
            Some(_) => Normal::from(Polynomial::from(1)),
            None => Normal::variable(Atom::Factorial(base.clone())),
        };
        for j in 1..=l.constant {
            product = product.mul(&self.linear(&(base.clone() + j))?);
        }
        for j in 0..-l.constant {
            let factor = self.linear(&(base.clone() - j))?;
            product = product.div(&factor).ok_or_else(|| "a factorial of a negative number".to_owned())?;
        }
        Ok(product)
    }

    fn sum(&self, s: &Series) -> Result<Normal, Declined> {
        if let (Some(from), Upper::Finite(to)) = (s.from.as_integer(), &s.to)
            && let Some(to) = to.as_integer()
        {
            return self.explicit_sum(s, from, to);
        }
        if self.domain.indices.iter().any(|i| i.symbol == hash()) {
            return Err("sums inside sums have no normal form".to_owned());
        }
        let inner = self.inside(s);
        let standard = Linear::symbol(hash().name());
        let term = inner.fraction(&s.term_at(&standard))?;
        if term.denominator().variables().any(|a| contains_index(a)) {
            return Err(format!("the summand {} is not a polynomial in its index", s.term));
        }
        let mut total = Normal::from(Polynomial::zero());
        for (monomial, c) in term.numerator().terms() {
            let coefficient = Polynomial::constant(c.clone());
            total = total.add(&self.monomial_sum(monomial, &s.from, &s.to)?.mul(&Normal::from(coefficient)));
        }
        let denominator = Normal::from(term.denominator().clone());
        total.div(&denominator).ok_or_else(|| "the denominator of a summand is zero".to_owned())
    }

    fn explicit_sum(&self, s: &Series, from: i64, to: i64) -> Result<Normal, Declined> {
        if to.saturating_sub(from) > LONGEST_EXPLICIT_SUM {
            return Err(format!("the sum over {} is too long to be written out", s.index));
        }
        (from..=to).try_fold(Normal::from(Polynomial::zero()), |total, m| {
            Ok(total.add(&self.fraction(&s.term_at(&Linear::from(m)))?))
        })
    }

    /// The same normaliser inside a sum, where the standard index has the range of the sum.
    fn inside(&self, s: &Series) -> Normaliser<'a> {
        let to = match &s.to {
            Upper::Finite(to) => Some(to.clone()),
            Upper::Infinite => None,
        };
        let mut domain = self.domain.clone();
        domain.indices.push(Index { symbol: hash(), from: s.from.clone(), to });
        Normaliser { domain, rules: self.rules }
    }

    /// `Σ` of one monomial: factors without the index are taken out, the rest is shifted to its standard place.
    fn monomial_sum(&self, monomial: &Monomial<Atom>, from: &Linear, to: &Upper) -> Result<Normal, Declined> {
        let (inside, outside): (Monomial<Atom>, Monomial<Atom>) =
            monomial.iter().cloned().partition(|(a, _)| contains_index(a));
        let outside = Normal::from(Polynomial::monomial(outside, integer(1)));
        let shift = standard_shift(&inside)?;
        if shift == 0 {
            return Ok(outside.mul(&self.standard_sum(&inside, from, to)?));
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
            total = total.add(&self.monomial_sum(m, &from, &to)?.mul(&coefficient));
        }
        let denominator = Normal::from(shifted.denominator().clone());
        Ok(outside.mul(&total.div(&denominator).ok_or("the denominator of a summand is zero")?))
    }

    /// The sum of a monomial in its standard place, over `1..=M` or `1..∞` plus what is left over at the ends.
    fn standard_sum(&self, monomial: &Monomial<Atom>, from: &Linear, to: &Upper) -> Result<Normal, Declined> {
        let Some(first) = from.as_integer() else {
            return Err(format!("a sum starts at {from}, not at an integer"));
        };
        let mut total = self.standard_atom(monomial, matches!(to, Upper::Infinite))?;
        let mut correct = |positions: std::ops::Range<i64>, base: &Linear, sign: i64| -> Result<(), Declined> {
            if positions.end - positions.start > LONGEST_EXPLICIT_SUM {
                return Err("the ends of a sum are too far from 1 and M".to_owned());
            }
            for j in positions {
                let term = self.instantiate(monomial, &(base.clone() + j))?;
                total = total.add(&term.mul(&Normal::from(Polynomial::from(sign))));
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
        if monomial.is_empty() {
            let top = self.domain.top().filter(|_| !infinite);
            return self.linear(&top.ok_or("an infinite sum of a constant diverges")?);
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
            product = product.mul(&factor.pow(*e as i32).ok_or("zero to a negative power")?);
        }
        Ok(product)
    }
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

fn power(a: &Atom, k: i64) -> Normal {
    let p = Normal::from(Polynomial::monomial(vec![(a.clone(), k.unsigned_abs() as u32)], integer(1)));
    let one = Normal::from(Polynomial::from(1));
    match k {
        0 => one,
        k if k > 0 => p,
        _ => one.div(&p).unwrap_or(one),
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
        p = lowest_order(&p, &real.symbol, domain);
    }
    let Some(slack) = in_slacks(&p, domain) else {
        return false;
    };
    let coefficients: Vec<&Integer> = slack.terms().map(|(_, c)| c).collect();
    let constant = slack.terms().any(|(m, _)| m.is_empty());
    constant && (coefficients.iter().all(|c| c.is_positive()) || coefficients.iter().all(|c| c.is_negative()))
}

fn specialise_sums(p: &Polynomial<Atom>, domain: &Domain) -> Option<Polynomial<Atom>> {
    let mut result = Polynomial::zero();
    for (monomial, c) in p.terms() {
        let mut product = Polynomial::constant(c.clone());
        for (atom, e) in monomial {
            let factor = match atom {
                Atom::Sum(inner, false) if domain.size.as_ref().is_some_and(|s| s.least >= 1) => {
                    at_first_value(inner, domain)?
                }
                Atom::Sum(..) | Atom::Sign(_) | Atom::I | Atom::Sqrt2 | Atom::Value(..) => {
                    return None;
                }
                other => Polynomial::variable(other.clone()),
            };
            product = product.mul(&factor.pow(*e));
        }
        result = result.add(&product);
    }
    Some(result)
}

/// The summand at index 1, when it is a sequence (which alone is set to 1 there) times powers.
fn at_first_value(inner: &Monomial<Atom>, domain: &Domain) -> Option<Polynomial<Atom>> {
    let standard = Linear::symbol(hash().name());
    let mut sequence = false;
    let mut value = Vec::new();
    for (atom, e) in inner {
        match atom {
            Atom::Value(f, l) if *l == standard && domain.ladders.contains(f) => sequence = true,
            Atom::Power(x, _) => value.push((Atom::Symbol(x.clone()), *e)),
            Atom::Symbol(_) => {}
            _ => return None,
        }
    }
    sequence.then(|| Polynomial::monomial(value, integer(1)))
}

/// The coefficient of the lowest power of `x`, where `x^s` with an integer symbol `s` is taken at its least value.
fn lowest_order(p: &Polynomial<Atom>, x: &Symbol, domain: &Domain) -> Polynomial<Atom> {
    let order = |m: &Monomial<Atom>| -> i64 {
        m.iter()
            .map(|(a, e)| match a {
                Atom::Symbol(s) if s == x => i64::from(*e),
                Atom::Power(y, s) if y == x => {
                    i64::from(*e) * domain.least_value(&Linear::symbol(s.name())).unwrap_or(0)
                }
                _ => 0,
            })
            .sum()
    };
    let Some(lowest) = p.terms().map(|(m, _)| order(m)).min() else {
        return Polynomial::zero();
    };
    let mut result = Polynomial::zero();
    for (m, c) in p.terms().filter(|(m, _)| order(m) == lowest) {
        let rest = m.iter().filter(|(a, _)| !matches!(a, Atom::Symbol(s) if s == x)).cloned().collect();
        result = result.add(&Polynomial::monomial(rest, c.clone()));
    }
    result
}

/// The polynomial in the slacks of the integer variables; `None` when anything else is left. Common factors that are
/// factorials are positive and dropped.
fn in_slacks(p: &Polynomial<Atom>, domain: &Domain) -> Option<Polynomial<Symbol>> {
    let factorials = |m: &Monomial<Atom>| -> Monomial<Atom> {
        m.iter().filter(|(a, _)| matches!(a, Atom::Factorial(_))).cloned().collect()
    };
    let common = p.terms().next().map(|(m, _)| factorials(m))?;
    let slacks = domain.slacks();
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
            product = product.mul(&linear.pow(*e));
        }
        result = result.add(&product);
    }
    Some(result)
}

impl Variable for Symbol {}
