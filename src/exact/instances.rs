//! Statements at one size, with the real symbols and the sequences still symbolic.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::domain::Domain;
use super::evaluate::{Field, Point, Undefined, evaluate};
use super::expression::{Expression, Linear, Symbol};
use super::ket::{Ket, RootPoint};
use super::normal::{Atom, Normal};
use super::number::{Integer, integer};
use super::packed::{Gaussian, Norm, Packed};

/// Values of the integer symbols, and a row of Pascal's triangle kept between binomials.
pub struct Integers {
    values: BTreeMap<Symbol, i64>,
    row: RefCell<(i64, Vec<Integer>)>,
}

impl Integers {
    fn binomial(&self, n: i64, k: i64) -> Integer {
        if k < 0 || k > n {
            return integer(0);
        }
        // A row costs as much as one central coefficient; only sums over k, with small n, ask for many of one row.
        if n > 2_000 {
            return super::evaluate::binomial(n, k);
        }
        let mut row = self.row.borrow_mut();
        if row.0 != n {
            let mut entries = vec![integer(1)];
            for j in 0..n / 2 {
                let next = entries[j as usize].clone() * integer(n - j) / integer(j + 1);
                entries.push(next);
            }
            *row = (n, entries);
        }
        row.1[k.min(n - k) as usize].clone()
    }
}

/// Calls `f` for the given size and every value of the indices of the domain; an index without two ends is an error.
pub fn for_each<E: From<String>>(
    domain: &Domain,
    size: Option<i64>,
    f: &mut dyn FnMut(&Integers) -> Result<(), E>,
) -> Result<u64, E> {
    let mut integers = Integers { values: BTreeMap::new(), row: RefCell::new((-1, Vec::new())) };
    if let (Some(s), Some(n)) = (&domain.size, size) {
        integers.values.insert(s.symbol.clone(), n);
    }
    let mut count = 0;
    nested(domain, 0, &mut integers, &mut count, f)?;
    Ok(count)
}

fn nested<E: From<String>>(
    domain: &Domain,
    depth: usize,
    integers: &mut Integers,
    count: &mut u64,
    f: &mut dyn FnMut(&Integers) -> Result<(), E>,
) -> Result<(), E> {
    let Some(index) = domain.indices.get(depth) else {
        *count += 1;
        return f(integers);
    };
    let value = |l: &Linear| l.evaluate(&|s| integers.values.get(s).copied());
    let (Some(from), Some(to)) = (value(&index.from), index.to.as_ref().and_then(value)) else {
        return Err(format!("the range of {} has no two ends that can be computed", index.symbol).into());
    };
    for m in from..=to {
        integers.values.insert(index.symbol.clone(), m);
        nested(domain, depth + 1, integers, count, f)?;
    }
    integers.values.remove(&index.symbol);
    Ok(())
}

/// Whether two expressions without sequences agree at these integers, for every value of at most one real symbol.
pub fn agree_packed(lhs: &Expression, rhs: &Expression, integers: &Integers) -> Result<bool, Undefined> {
    let complex = |e: &Expression| {
        let mut found = false;
        e.visit(&mut |part| found |= matches!(part, Expression::I));
        found
    };
    if !complex(lhs) && !complex(rhs) {
        let norm = Line { integers, variable: Norm::variable() };
        let bits = evaluate::<Norm>(lhs, &norm)?.packing(&evaluate(rhs, &norm)?);
        let packed = Line { integers, variable: Packed::variable(bits) };
        return Ok(evaluate::<Packed>(lhs, &packed)?.equals(&evaluate(rhs, &packed)?));
    }
    let norm = Line { integers, variable: Gaussian::real(Norm::variable()) };
    let (l, r): (Gaussian<Norm>, Gaussian<Norm>) = (evaluate(lhs, &norm)?, evaluate(rhs, &norm)?);
    // Every value on the way is no wider than the real or the imaginary part that it went into.
    let bits = l.re.packing(&r.re).max(l.im.packing(&r.im));
    let packed = Line { integers, variable: Gaussian::real(Packed::variable(bits)) };
    let (l, r): (Gaussian<Packed>, Gaussian<Packed>) = (evaluate(lhs, &packed)?, evaluate(rhs, &packed)?);
    Ok(l.re.equals(&r.re) && l.im.equals(&r.im))
}

/// One real symbol with a value.
struct Line<'a, F> {
    integers: &'a Integers,
    variable: F,
}

impl<F: Field> Point<F> for Line<'_, F> {
    fn real(&self, _: &Symbol) -> Option<F> {
        Some(self.variable.clone())
    }
    fn integer(&self, s: &Symbol) -> Option<i64> {
        self.integers.values.get(s).copied()
    }
    fn value(&self, _: &Symbol, _: i64) -> Option<F> {
        None
    }
    fn binomial(&self, n: i64, k: i64) -> Integer {
        self.integers.binomial(n, k)
    }
}

/// Everything real left symbolic: the value is a fraction of polynomials in the real symbols and in `o(1), o(2), ...`.
pub struct Symbolic<'a> {
    /// The domain that says which symbols are real and which sequences are ladders.
    pub domain: &'a Domain,
    /// The values of the integers.
    pub integers: &'a Integers,
}

impl Symbolic<'_> {
    fn top(&self) -> Option<i64> {
        self.domain.size.as_ref().and_then(|s| self.integers.values.get(&s.symbol).copied())
    }

    /// Whether two expressions agree.
    pub fn agree(&self, lhs: &Expression, rhs: &Expression) -> Result<bool, Undefined> {
        let (l, r): (Normal, Normal) = (evaluate(lhs, self)?, evaluate(rhs, self)?);
        Ok(l.sub(&r).is_zero())
    }

    /// Whether a vector is zero.
    pub fn vanishes(&self, ket: &Ket) -> Result<bool, Undefined> {
        let amplitudes: BTreeMap<_, Normal> = ket.amplitudes(self)?;
        Ok(amplitudes.values().all(Normal::is_zero))
    }
}

impl Point<Normal> for Symbolic<'_> {
    fn real(&self, s: &Symbol) -> Option<Normal> {
        self.domain.range(s).map(|_| Normal::variable(Atom::Symbol(s.clone())))
    }
    fn integer(&self, s: &Symbol) -> Option<i64> {
        self.integers.values.get(s).copied()
    }
    fn value(&self, f: &Symbol, at: i64) -> Option<Normal> {
        if self.domain.ladders.contains(f) {
            return self.root(f, at).map(|o| o.mul(&o));
        }
        let inside = at >= 0 && self.top().is_none_or(|top| at <= top);
        self.domain.sequences.contains(f).then(|| match inside {
            true => Normal::variable(Atom::Value(f.clone(), Linear::from(at))),
            false => Normal::rational(&super::number::rational(0, 1)),
        })
    }
    fn binomial(&self, n: i64, k: i64) -> Integer {
        self.integers.binomial(n, k)
    }
}

impl RootPoint<Normal> for Symbolic<'_> {
    fn root(&self, ladder: &Symbol, at: i64) -> Option<Normal> {
        let inside = at >= 1 && self.top().is_none_or(|top| at <= top);
        self.domain.ladders.contains(ladder).then(|| match inside {
            true => Normal::variable(Atom::Value(ladder.clone(), Linear::from(at))),
            false => Normal::rational(&super::number::rational(0, 1)),
        })
    }
}
