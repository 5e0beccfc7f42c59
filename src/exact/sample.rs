//! Exact points at which statements are tried.

use std::collections::BTreeMap;
use std::fmt;

use num_traits::{One, Signed, Zero};

use super::domain::Domain;
use super::evaluate::{Algebraic, Field, Point};
use super::expression::Symbol;
use super::ket::RootPoint;
use super::number::Rational;

/// A size, integers, rationals for the real symbols, and tables for the sequences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// The size, when the domain has one.
    pub size: Option<i64>,
    /// The other integer symbols.
    pub integers: BTreeMap<Symbol, i64>,
    /// The real symbols.
    pub reals: BTreeMap<Symbol, Rational>,
    /// For each ladder `o²` the roots `o(1), o(2), ...`; beyond the table `o = 0`.
    pub roots: BTreeMap<Symbol, Vec<Rational>>,
    /// For each arbitrary sequence `f(0), f(1), ...`; zero beyond.
    pub sequences: BTreeMap<Symbol, Vec<Rational>>,
}

impl Sample {
    /// Whether the point lies in the domain; otherwise what is wrong with it.
    ///
    /// # Errors
    /// A sentence that names the variable.
    pub fn lies_in(&self, domain: &Domain) -> Result<(), String> {
        match (&domain.size, self.size) {
            (Some(size), Some(n)) if n < size.least => {
                return Err(format!("{} = {n} is too small", size.symbol));
            }
            (Some(size), None) => return Err(format!("{} has no value", size.symbol)),
            _ => {}
        }
        for index in &domain.indices {
            let value = self.integers.get(&index.symbol).ok_or_else(|| format!("{} has no value", index.symbol))?;
            let at = |s: &Symbol| self.integer_in(domain, s);
            let above = index.from.evaluate(&at).is_some_and(|from| from <= *value);
            let below = index.to.as_ref().is_none_or(|to| to.evaluate(&at).is_some_and(|to| *value <= to));
            if !above || !below {
                return Err(format!("{} = {value} is out of range", index.symbol));
            }
        }
        for real in &domain.reals {
            let x = self.reals.get(&real.symbol).ok_or_else(|| format!("{} has no value", real.symbol))?;
            let proper = !x.is_zero() && x.clone().abs() < Rational::one();
            if (real.range.is_proper() && !proper) || (real.range.is_positive() && !x.is_positive()) {
                return Err(format!("{} = {x} is out of range", real.symbol));
            }
        }
        for ladder in &domain.ladders {
            let table = self.roots.get(ladder).ok_or_else(|| format!("{ladder} has no table"))?;
            if domain.size.as_ref().and(self.size).is_some_and(|n| table.len() as i64 != n) {
                return Err(format!("the table of {ladder} has {} entries", table.len()));
            }
            if domain.nonzero.contains(ladder) && table.iter().any(Rational::is_zero) {
                return Err(format!("a value of {ladder} is zero"));
            }
        }
        for sequence in &domain.sequences {
            self.sequences.get(sequence).ok_or_else(|| format!("{sequence} has no table"))?;
        }
        Ok(())
    }

    fn integer_in(&self, domain: &Domain, s: &Symbol) -> Option<i64> {
        if domain.size.as_ref().is_some_and(|size| size.symbol == *s) {
            return self.size;
        }
        self.integers.get(s).copied().filter(|_| domain.is_integer(s))
    }

    /// The point as a field point on a domain.
    pub fn on<'a>(&'a self, domain: &'a Domain) -> SamplePoint<'a> {
        SamplePoint { sample: self, domain }
    }
}

/// A [`Sample`] together with the domain that names its size.
pub struct SamplePoint<'a> {
    sample: &'a Sample,
    domain: &'a Domain,
}

impl SamplePoint<'_> {
    /// How many entries of a table count: a sequence is zero beyond the size.
    fn length(&self, table: usize) -> usize {
        let size = self.domain.size.as_ref().and(self.sample.size);
        size.map_or(table, |n| table.min(usize::try_from(n + 1).unwrap_or(0)))
    }
}

impl Point<Algebraic> for SamplePoint<'_> {
    fn real(&self, s: &Symbol) -> Option<Algebraic> {
        self.domain.range(s).and(self.sample.reals.get(s)).map(Algebraic::rational)
    }
    fn integer(&self, s: &Symbol) -> Option<i64> {
        self.sample.integer_in(self.domain, s)
    }
    fn value(&self, f: &Symbol, at: i64) -> Option<Algebraic> {
        if self.domain.ladders.contains(f) {
            return self.root(f, at).map(|o| o.times(&o));
        }
        let table = self.domain.sequences.contains(f).then(|| self.sample.sequences.get(f))??;
        let table = &table[..self.length(table.len())];
        let entry = usize::try_from(at).ok().and_then(|at| table.get(at));
        Some(entry.map_or_else(|| Algebraic::rational(&Rational::zero()), Algebraic::rational))
    }
}

impl RootPoint<Algebraic> for SamplePoint<'_> {
    fn root(&self, ladder: &Symbol, at: i64) -> Option<Algebraic> {
        let table = self.domain.ladders.contains(ladder).then(|| self.sample.roots.get(ladder))??;
        let entry = usize::try_from(at - 1).ok().and_then(|at| table.get(at));
        Some(entry.map_or_else(|| Algebraic::rational(&Rational::zero()), Algebraic::rational))
    }
}

impl fmt::Display for SamplePoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // What is not listed is zero.
        let list = |values: &[Rational]| {
            let last = values.iter().rposition(|q| !q.is_zero()).unwrap_or(0);
            values.iter().take(last + 1).map(Rational::to_string).collect::<Vec<_>>().join(", ")
        };
        let mut parts = Vec::new();
        if let (Some(size), Some(n)) = (&self.domain.size, self.sample.size) {
            parts.push(format!("{} = {n}", size.symbol));
        }
        parts.extend(
            self.domain
                .indices
                .iter()
                .filter_map(|i| self.sample.integers.get(&i.symbol).map(|n: &i64| format!("{} = {n}", i.symbol))),
        );
        parts.extend(
            self.domain
                .reals
                .iter()
                .filter_map(|r| self.sample.reals.get(&r.symbol).map(|x| format!("{} = {x}", r.symbol))),
        );
        for ladder in &self.domain.ladders {
            let squares: Vec<Rational> =
                self.sample.roots.get(ladder).into_iter().flatten().map(|o| o.clone() * o).collect();
            parts.push(format!("{ladder}(1..) = {}", list(&squares)));
        }
        for s in &self.domain.sequences {
            parts.push(format!(
                "{s}(0..) = {}",
                self.sample.sequences.get(s).map_or(String::new(), |v| list(&v[..self.length(v.len())]))
            ));
        }
        f.write_str(&parts.join(", "))
    }
}
