//! Words in `O_1, O_1†, O_2, O_2†`: the free algebra of two commuting subsystems.
//!
//! Letters of different subsystems commute, letters of one do not, and nothing else is assumed. So an identity proved
//! here holds for every lowering operator on every space.

use std::collections::BTreeMap;

use super::domain::Domain;
use super::evaluate::{Algebraic, Field, Point, Undefined, evaluate};
use super::expression::{Expression, Linear, Symbol};
use super::ket::{Ket, RootPoint};
use super::normal::{Declined, Normal, Normaliser, nowhere_zero};

/// `o²(index) = squared` for a particular lowering operator; zero at `index = 0` and beyond the size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The argument.
    pub index: Symbol,
    /// The square of the matrix element there.
    pub squared: Expression,
}

impl Formula {
    /// `o²(at)`.
    pub fn at(&self, at: &Linear) -> Expression {
        self.squared.substitute_integer(&self.index, at)
    }
}

/// The labels of a generic basis vector `|a,b>`.
pub const LABELS: [&str; 2] = ["a", "b"];

/// One letter: `O` (false) or `O†` (true).
pub type Letter = bool;

/// A product: the letters of subsystem 1 and those of subsystem 2, each in the order in which they are written.
pub type Word = (Vec<Letter>, Vec<Letter>);

/// `|m1,m2>`.
pub type Level = (i64, i64);

/// The amplitudes of a vector.
pub type Column<F> = BTreeMap<Level, F>;

/// What has a value at a point, or not.
pub type Defined<T> = Result<T, Undefined>;

/// All levels `|m1,m2>`.
pub fn levels(top: i64) -> impl Iterator<Item = Level> {
    (0..=top).flat_map(move |m1| (0..=top).map(move |m2| (m1, m2)))
}

/// A linear combination of words.
///
/// ```
/// use twomode::exact::algebra::Operator;
/// let (a, b) = (Operator::lowering(1), Operator::lowering(2));
/// assert_eq!(a.times(&b), b.times(&a));
/// assert_ne!(a.times(&a.adjoint()), a.adjoint().times(&a));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operator {
    terms: BTreeMap<Word, Expression>,
}

impl Operator {
    /// The zero operator.
    pub fn zero() -> Self {
        Self::default()
    }

    /// `O_subsystem`, for subsystem 1 or 2 (any other number means 2).
    pub fn lowering(subsystem: u8) -> Self {
        Self::letter(subsystem == 1, false)
    }

    /// `c · word`.
    pub fn word(word: Word, c: Expression) -> Self {
        Self { terms: [(word, c)].into() }
    }

    fn letter(first: bool, raise: bool) -> Self {
        let word = if first { (vec![raise], vec![]) } else { (vec![], vec![raise]) };
        Self { terms: [(word, Expression::from(1))].into() }
    }

    /// The same with another coefficient of one word.
    pub fn with_coefficient(&self, word: &Word, c: Expression) -> Self {
        let mut changed = self.clone();
        changed.terms.insert(word.clone(), c);
        changed
    }

    /// The terms.
    pub fn terms(&self) -> impl Iterator<Item = (&Word, &Expression)> {
        self.terms.iter()
    }

    /// `self + other`.
    pub fn plus(&self, other: &Self) -> Self {
        let mut result = self.clone();
        for (word, c) in &other.terms {
            result.accumulate(word.clone(), c.clone());
        }
        result
    }

    /// `self - other`.
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.scaled(&Expression::from(-1)))
    }

    /// `c · self`.
    pub fn scaled(&self, c: &Expression) -> Self {
        Self { terms: self.terms.iter().map(|(w, e)| (w.clone(), c.clone() * e.clone())).collect() }
    }

    /// `self · other`.
    pub fn times(&self, other: &Self) -> Self {
        let mut result = Self::zero();
        for ((a1, a2), ca) in &self.terms {
            for ((b1, b2), cb) in &other.terms {
                let word = ([a1.as_slice(), b1].concat(), [a2.as_slice(), b2].concat());
                result.accumulate(word, ca.clone() * cb.clone());
            }
        }
        result
    }

    /// `self†`.
    pub fn adjoint(&self) -> Self {
        let dagger = |letters: &[Letter]| letters.iter().rev().map(|l| !l).collect::<Vec<_>>();
        let terms = self.terms.iter().map(|((a, b), c)| ((dagger(a), dagger(b)), c.conjugate())).collect();
        Self { terms }
    }

    /// `[self, other]`.
    pub fn commutator(&self, other: &Self) -> Self {
        self.times(other).minus(&other.times(self))
    }

    /// `self |ψ>` where both subsystems have the lowering operator with `o²` given by `ladder`.
    pub fn apply(&self, ket: &Ket, ladder: &Symbol) -> Ket {
        self.terms.iter().fold(Ket::zero(), |sum, ((first, second), c)| {
            let ket = second.iter().rev().fold(ket.clone(), |k, &raise| k.ladder(ladder, false, raise));
            let ket = first.iter().rev().fold(ket, |k, &raise| k.ladder(ladder, true, raise));
            sum.plus(ket.scaled(c))
        })
    }

    /// The same with the values that the coefficients have at a point.
    ///
    /// # Errors
    /// [`Undefined`] when one has none there.
    pub fn at(&self, point: &impl Point<Algebraic>) -> Defined<Self> {
        let value = |c: &Expression| evaluate::<Algebraic>(c, point).map(|value| value.to_expression());
        let terms = self.terms.iter().map(|(word, c)| Ok((word.clone(), value(c)?))).collect::<Defined<_>>()?;
        Ok(Self { terms })
    }

    /// The first word whose coefficient is not zero in normal form; `None` when the operator vanishes.
    ///
    /// # Errors
    /// When a coefficient has no normal form.
    pub fn first_nonzero_word(&self, domain: &Domain) -> Result<Option<Word>, Declined> {
        let normaliser = Normaliser::new(domain, &[]);
        for (word, c) in &self.terms {
            let value: Normal = normaliser.fraction(c)?;
            if !nowhere_zero(value.denominator(), domain) {
                return Err(format!("a denominator in {c} may vanish"));
            }
            if !value.is_zero() {
                return Ok(Some(word.clone()));
            }
        }
        Ok(None)
    }

    /// `self |a,b>` for every `0 <= a, b <= M`: for each net shift the coefficient that multiplies the roots of the
    /// straight way from `a` and `b` to where they are moved.
    ///
    /// Every word crosses an edge between neighbouring levels an odd number of times exactly when the straight way
    /// crosses it, so what is left of its roots are values of `o²`. A word that leaves `0..=M` on its way has the factor
    /// `o²(0)` or `o²(M+1)`, or its target lies outside and a root of the straight way vanishes.
    ///
    /// # Errors
    /// When a coefficient has no normal form, or a denominator may vanish.
    pub fn generic_action(&self, formula: &Formula, domain: &Domain) -> Result<BTreeMap<(i64, i64), Normal>, Declined> {
        let top = domain.top().ok_or("operators need a symbolic size")?;
        let domain = LABELS.iter().fold(domain.clone(), |d, l| d.with_index(l, 0, Some(top.clone())));
        let normaliser = Normaliser::new(&domain, &[]);
        for end in [Linear::from(0), top + 1] {
            if !normaliser.fraction(&formula.at(&end))?.is_zero() {
                return Err(format!("o² does not vanish at {end}"));
            }
        }
        let mut action: BTreeMap<(i64, i64), Normal> = BTreeMap::new();
        for ((first, second), c) in &self.terms {
            let (mut coefficient, mut shift) = (c.clone(), [0i64; 2]);
            for (k, letters) in [first, second].into_iter().enumerate() {
                let mut crossings: BTreeMap<i64, i32> = BTreeMap::new();
                for raise in letters.iter().rev() {
                    let edge = if *raise { shift[k] + 1 } else { shift[k] };
                    *crossings.entry(edge).or_insert(0) += 1;
                    shift[k] += if *raise { 1 } else { -1 };
                }
                for (edge, count) in crossings.into_iter().filter(|(_, count)| *count >= 2) {
                    coefficient = coefficient * formula.at(&(Linear::symbol(LABELS[k]) + edge)).pow(count / 2);
                }
            }
            let value = normaliser.fraction(&coefficient)?;
            if !nowhere_zero(value.denominator(), &domain) {
                return Err(format!("a denominator in {coefficient} may vanish"));
            }
            let key = (shift[0], shift[1]);
            let sum = action.get(&key).map_or(Ok(value.clone()), |old| normaliser.plus(old, &value))?;
            action.insert(key, sum);
        }
        Ok(action)
    }

    /// `self |m1, m2>` at a point in the basis `|m>/(o(1)...o(m))`, where `O` has the entries 1 and `O†` the entries `o²`.
    ///
    /// Where some `o²` vanishes there is no such basis; entries that are rational in `o²` continue to it.
    ///
    /// # Errors
    /// [`Undefined`] when a coefficient has no value there.
    pub fn rational_column<F: Field>(
        &self,
        start: (i64, i64),
        squared: &dyn Fn(i64) -> Result<F, Undefined>,
        top: i64,
        point: &impl Point<F>,
    ) -> Result<BTreeMap<(i64, i64), F>, Undefined> {
        let mut column: BTreeMap<(i64, i64), F> = BTreeMap::new();
        'words: for ((first, second), c) in &self.terms {
            let mut amplitude: F = evaluate(c, point)?;
            let mut place = [start.0, start.1];
            for (k, letters) in [first, second].into_iter().enumerate() {
                for raise in letters.iter().rev() {
                    place[k] += if *raise { 1 } else { -1 };
                    if !(0..=top).contains(&place[k]) {
                        continue 'words;
                    }
                    if *raise {
                        amplitude = amplitude.times(&squared(place[k])?);
                    }
                }
            }
            let key = (place[0], place[1]);
            let sum = column.get(&key).map_or(amplitude.clone(), |old| old.plus(&amplitude));
            column.insert(key, sum);
        }
        Ok(column)
    }

    /// `self |m1, m2>` at a point, as amplitudes; vectors outside `0..=top` have a vanishing root on their way.
    ///
    /// # Errors
    /// [`Undefined`] when a coefficient or a root has no value there.
    pub fn column<F: Field>(
        &self,
        start: (i64, i64),
        ladder: &Symbol,
        point: &impl RootPoint<F>,
    ) -> Result<BTreeMap<(i64, i64), F>, Undefined> {
        let mut column: BTreeMap<(i64, i64), F> = BTreeMap::new();
        for ((first, second), c) in &self.terms {
            let mut amplitude: F = evaluate(c, point)?;
            let mut walk = |m: i64, letters: &[Letter]| -> Result<i64, Undefined> {
                letters.iter().rev().try_fold(m, |m, &raise| {
                    let argument = if raise { m + 1 } else { m };
                    let root = point.root(ladder, argument);
                    let root = root.ok_or_else(|| Undefined::Unbound(format!("root of {ladder}({argument})")))?;
                    amplitude = amplitude.times(&root);
                    Ok(if raise { m + 1 } else { m - 1 })
                })
            };
            let key = (walk(start.0, first)?, walk(start.1, second)?);
            let sum = column.get(&key).map_or(amplitude.clone(), |old| old.plus(&amplitude));
            column.insert(key, sum);
        }
        Ok(column)
    }

    fn accumulate(&mut self, word: Word, c: Expression) {
        let sum = match self.terms.remove(&word) {
            Some(old) => old + c,
            None => c,
        };
        self.terms.insert(word, sum);
    }
}

impl std::fmt::Display for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let terms = self.terms.iter().map(|(word, c)| format!("({c}) {}", word_text(word)));
        let text = terms.collect::<Vec<_>>().join(" + ");
        f.write_str(if text.is_empty() { "0" } else { &text })
    }
}

/// A word as text: `O1† O1 O2`.
pub fn word_text((first, second): &Word) -> String {
    let letters = |n: u8, letters: &[Letter]| -> Vec<String> {
        letters.iter().map(|raise| format!("O{n}{}", if *raise { "†" } else { "" })).collect()
    };
    [letters(1, first), letters(2, second)].concat().join(" ")
}
