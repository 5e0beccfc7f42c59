//! Vectors of two ladders: `Σ_m c(m) |m+a, m+b>` with symbolic coefficients, for a symbolic size.
//!
//! A lowering operator acts as `O|m> = o(m)|m-1>`; the real sequence `o` is known by its square `o²`, a ladder of the
//! [`Domain`], so a coefficient is a scalar expression times a product of [`Root`]s `o(L)`. Two vectors are equal when, for each
//! `b - a`, the coefficients of `|m, m+d>` agree at a generic `m` and at the finitely many places near both ends that
//! not every term reaches.

use std::collections::BTreeMap;

use super::domain::Domain;
use super::evaluate::{Field, Point, Undefined, evaluate};
use super::expression::{Expression, Linear, Symbol, sum};
use super::normal::{Declined, Normal, Normaliser, nowhere_zero};

/// `o(L)`, the positive or negative root of the ladder `o²` at `L`.
pub type Root = (Symbol, Linear);

/// A product of roots with exponents.
pub type Roots = BTreeMap<Root, u32>;

/// `Σ_{index=from}^{to} coefficient · Π roots · |at.0, at.1>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KetTerm {
    /// The summation index.
    pub index: Symbol,
    /// Its first value.
    pub from: Linear,
    /// Its last value.
    pub to: Linear,
    /// The coefficient.
    pub coefficient: Expression,
    /// The roots that multiply it.
    pub roots: Roots,
    /// The basis vector: both forms are the index plus an integer.
    pub at: (Linear, Linear),
}

/// A sum of [`KetTerm`]s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ket {
    /// The terms.
    pub terms: Vec<KetTerm>,
}

impl Ket {
    /// The zero vector.
    pub fn zero() -> Self {
        Self::default()
    }

    /// `Σ_{m=from}^{to} coefficient(m) |m+a, m+b>`, times `o(m+c)` for each of `roots`.
    pub fn series(
        from: impl Into<Linear>,
        to: Linear,
        coefficient: Expression,
        roots: &[(&str, i64)],
        at: (i64, i64),
    ) -> Self {
        let m = Linear::symbol("m");
        let roots = roots.iter().map(|(ladder, c)| ((Symbol::new(ladder), m.clone() + *c), 1)).collect();
        let at = (m.clone() + at.0, m + at.1);
        Self { terms: vec![KetTerm { index: Symbol::new("m"), from: from.into(), to, coefficient, roots, at }] }
    }

    /// `self + other`.
    pub fn plus(mut self, other: Ket) -> Ket {
        self.terms.extend(other.terms);
        self
    }

    /// `factor · self`.
    pub fn scaled(mut self, factor: &Expression) -> Ket {
        for term in &mut self.terms {
            term.coefficient = factor.clone() * term.coefficient.clone();
        }
        self
    }

    /// `O_j |ψ>` (or `O_j†|ψ>`), for the lowering operator with `o²` given by `ladder`; `first` selects the subsystem.
    ///
    /// `O|m> = o(m)|m-1>`, `O†|m> = o(m+1)|m+1>`.
    pub fn ladder(&self, ladder: &Symbol, first: bool, raise: bool) -> Ket {
        let mut result = self.clone();
        for term in &mut result.terms {
            let place = if first { &mut term.at.0 } else { &mut term.at.1 };
            let argument = if raise { place.clone() + 1 } else { place.clone() };
            *place = if raise { place.clone() + 1 } else { place.clone() - 1 };
            let root = (ladder.clone(), argument);
            *term.roots.entry(root).or_insert(0) += 1;
        }
        result
    }

    /// `<self|other>` as an expression with sums; the squares of roots become values of the ladder.
    ///
    /// # Errors
    /// When two terms overlap in a range that cannot be written with one lower and one upper end, or when an odd root is
    /// left.
    pub fn inner(&self, other: &Ket) -> Result<Expression, Declined> {
        let mut total = Expression::from(0);
        for a in &self.terms {
            for b in &other.terms {
                if let Some(overlap) = overlap(a, b)? {
                    total = if total == Expression::from(0) { overlap } else { total + overlap };
                }
            }
        }
        Ok(total)
    }

    /// The amplitudes at a point: `(m1, m2) -> coefficient`, zero ones included.
    ///
    /// # Errors
    /// [`Undefined`] when a coefficient has no value there.
    pub fn amplitudes<F: Field>(&self, point: &impl RootPoint<F>) -> Result<BTreeMap<(i64, i64), F>, Undefined> {
        let mut amplitudes = BTreeMap::new();
        for term in &self.terms {
            let outer = |l: &Linear| l.evaluate(&|s| point.integer(s)).ok_or(Undefined::OutOfRange);
            for m in outer(&term.from)?..=outer(&term.to)? {
                let at = Linear::from(m);
                let place = |l: &Linear| outer(&l.substitute(&term.index, &at));
                let mut value: F = evaluate(&term.coefficient.substitute_integer(&term.index, &at), point)?;
                for ((ladder, l), e) in &term.roots {
                    let argument = place(l)?;
                    let root = point.root(ladder, argument);
                    let root = root.ok_or_else(|| Undefined::Unbound(format!("root of {ladder}({argument})")))?;
                    for _ in 0..*e {
                        value = value.times(&root);
                    }
                }
                let key = (place(&term.at.0)?, place(&term.at.1)?);
                let sum = amplitudes.get(&key).map_or(value.clone(), |old: &F| old.plus(&value));
                amplitudes.insert(key, sum);
            }
        }
        Ok(amplitudes)
    }
}

impl std::fmt::Display for Ket {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let terms = self.terms.iter().map(|t| {
            let roots: String = t.roots.iter().map(|((s, l), e)| format!("*root({s}({l}))^({e})")).collect();
            format!("sum({}={}..{}, {}{roots} |{},{}>)", t.index, t.from, t.to, t.coefficient, t.at.0, t.at.1)
        });
        let text = terms.collect::<Vec<_>>().join(" + ");
        f.write_str(if text.is_empty() { "0" } else { &text })
    }
}

/// A point that knows the roots `o(m)` of its ladders.
pub trait RootPoint<F>: Point<F> {
    /// The root of a ladder.
    fn root(&self, ladder: &Symbol, at: i64) -> Option<F>;
}

/// The term with its index moved so that the basis vector is `|m, m+d>`; returns `d` too.
fn aligned(term: &KetTerm) -> Result<(i64, KetTerm), Declined> {
    let index = Linear::symbol(term.index.name());
    let offset = |l: &Linear| {
        (l.clone() - index.clone())
            .as_integer()
            .ok_or_else(|| format!("the basis label {l} is not the index plus an integer"))
    };
    let (a, b) = (offset(&term.at.0)?, offset(&term.at.1)?);
    let m = Linear::symbol("m#");
    let moved = m.clone() - a;
    let substitute = |l: &Linear| l.substitute(&term.index, &moved);
    let roots = term.roots.iter().map(|((s, l), e)| ((s.clone(), substitute(l)), *e)).collect();
    let (coefficient, roots) = split_squares(term.coefficient.substitute_integer(&term.index, &moved), roots);
    let term = KetTerm {
        index: Symbol::new("m#"),
        from: term.from.clone() + a,
        to: term.to.clone() + a,
        coefficient,
        roots,
        at: (m.clone(), m + (b - a)),
    };
    Ok((b - a, term))
}

/// Moves even powers of roots into the coefficient, as values of the ladder.
fn split_squares(mut coefficient: Expression, roots: Roots) -> (Expression, Roots) {
    let mut odd = Roots::new();
    for ((s, l), e) in roots {
        if e >= 2 {
            coefficient = coefficient * Expression::Value(s.clone(), l.clone()).pow((e / 2) as i32);
        }
        if e % 2 == 1 {
            odd.insert((s, l), 1);
        }
    }
    (coefficient, odd)
}

fn overlap(a: &KetTerm, b: &KetTerm) -> Result<Option<Expression>, Declined> {
    let ((da, a), (db, b)) = (aligned(a)?, aligned(b)?);
    if da != db {
        return Ok(None);
    }
    let mut roots = a.roots;
    for (root, e) in b.roots {
        *roots.entry(root).or_insert(0) += e;
    }
    let (term, odd) = split_squares(a.coefficient.conjugate() * b.coefficient, roots);
    if let Some(((s, l), _)) = odd.first_key_value() {
        return Err(format!("an odd power of the root of {s}({l}) is left over in an inner product"));
    }
    let pick = |x: Linear, y: Linear, larger: bool| match (x.clone() - y.clone()).as_integer() {
        Some(difference) => Ok(if (difference >= 0) == larger { x } else { y }),
        None => Err(format!("the ends {x} and {y} cannot be compared")),
    };
    let mut name = "m".to_owned();
    while term.mentions(&Symbol::new(&name)) {
        name.push('_');
    }
    let term = term.substitute_integer(&a.index, &Linear::symbol(&name));
    Ok(Some(sum(&name, pick(a.from, b.from, true)?, pick(a.to, b.to, false)?, term)))
}

/// Why two vectors were not found equal.
#[derive(Clone, Debug)]
pub enum KetFailure {
    /// The coefficients differ in normal form, at the place named.
    Differ(String),
    /// No decision.
    Declined(String),
}

impl From<Declined> for KetFailure {
    fn from(reason: Declined) -> Self {
        Self::Declined(reason)
    }
}

/// Shows `ket = 0` for every size of the domain: at a generic index and at both ends.
///
/// # Errors
/// [`KetFailure`] with the basis vector whose coefficient is not zero in normal form, or the reason for no decision.
pub fn vanishes(ket: &Ket, domain: &Domain) -> Result<(), KetFailure> {
    let mut groups: BTreeMap<i64, Vec<KetTerm>> = BTreeMap::new();
    for term in &ket.terms {
        let (d, term) = aligned(term)?;
        groups.entry(d).or_default().push(term);
    }
    groups.iter().try_for_each(|(d, terms)| group_vanishes(*d, terms, domain))
}

fn group_vanishes(d: i64, terms: &[KetTerm], domain: &Domain) -> Result<(), KetFailure> {
    let top = domain.top().ok_or_else(|| "vectors need a symbolic size".to_owned())?;
    let mut ranges = Vec::new();
    for term in terms {
        let low = term.from.as_integer();
        let high = (term.to.clone() - top.clone()).as_integer();
        let range =
            low.zip(high).ok_or_else(|| format!("the range {}..{} is not 0..M up to integers", term.from, term.to));
        ranges.push(range?);
    }
    let low = ranges.iter().map(|r| r.0).max().unwrap_or(0);
    let high = ranges.iter().map(|r| r.1).min().unwrap_or(0);
    let length = domain.least_value(&(top.clone() + (high - low)));
    if length.is_none_or(|length| length < -1) {
        return Err(KetFailure::Declined("the smallest sizes are too small for the general argument".to_owned()));
    }
    let core = domain.clone().with_index("m#", low, Some(top.clone() + high));
    coefficient_vanishes(terms.iter(), None, &core, &format!("|m,m{d:+}>"))?;
    let lowest = ranges.iter().map(|r| r.0).min().unwrap_or(low);
    let highest = ranges.iter().map(|r| r.1).max().unwrap_or(high);
    for j in lowest..low {
        let reach = terms.iter().zip(&ranges).filter(|(_, r)| r.0 <= j).map(|(t, _)| t);
        coefficient_vanishes(reach, Some(Linear::from(j)), domain, &format!("|{j},{}>", j + d))?;
    }
    for j in high + 1..=highest {
        let reach = terms.iter().zip(&ranges).filter(|(_, r)| r.1 >= j).map(|(t, _)| t);
        coefficient_vanishes(reach, Some(top.clone() + j), domain, &format!("|{0}{j:+},{0}{1:+}>", top, j + d))?;
    }
    Ok(())
}

/// The coefficient of one basis vector is zero: for each product of roots separately.
fn coefficient_vanishes<'a>(
    terms: impl Iterator<Item = &'a KetTerm>,
    at: Option<Linear>,
    domain: &Domain,
    place: &str,
) -> Result<(), KetFailure> {
    let normaliser = Normaliser::new(domain, &[]);
    let mut totals: BTreeMap<Roots, Normal> = BTreeMap::new();
    for term in terms {
        let (coefficient, roots) = match &at {
            None => (term.coefficient.clone(), term.roots.clone()),
            Some(at) => {
                // Different roots may coincide here.
                let mut roots = Roots::new();
                for ((s, l), e) in &term.roots {
                    *roots.entry((s.clone(), l.substitute(&term.index, at))).or_insert(0) += e;
                }
                split_squares(term.coefficient.substitute_integer(&term.index, at), roots)
            }
        };
        if roots.keys().any(|(_, l)| domain.outside(l, 1)) {
            continue;
        }
        let value = normaliser.fraction(&coefficient)?;
        if !nowhere_zero(value.denominator(), domain) {
            return Err(KetFailure::Declined(format!("a denominator in {coefficient} may vanish")));
        }
        let total = totals.get(&roots).map_or(value.clone(), |old| old.add(&value));
        totals.insert(roots, total);
    }
    match totals.values().all(Normal::is_zero) {
        true => Ok(()),
        false => Err(KetFailure::Differ(format!("the coefficient of {place} does not vanish"))),
    }
}
