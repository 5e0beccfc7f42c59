//! Certificates: what has to be given with a statement so that the kernel can check it.
//!
//! | kind | statement | what is checked |
//! |---|---|---|
//! | identity | equation, vectors, operators | normal forms agree; sums are replaced by closed forms proved before |
//! | telescoping | `Σ_{m=a}^{b} f(m) = c` | `g(m+1) - g(m) = f(m)` and `g(b+1) - g(a) = c` |
//! | Wilf-Zeilberger | `Σ_{k=a}^{n+b} T(n,k) = C(n)` | with `F = T/C`, `G = R F`: `F(n+1,k) - F(n,k) = G(n,k+1) - G(n,k)`, both ends, the first size |
//! | exhaustive | equation, vectors, operators | every size up to a bound, real symbols and sequences symbolic |
//! | regular form | limit | the expression equals a form that is continuous at the point, whose value there is the limit |
//! | manifest | inequality | `lhs - rhs` equals a form that is built from squares and other positive parts |
//! | split | operator `>= 0` | each coupling of two levels is completed to a square by parts of the diagonal |
//! | expansion | expansion | the Laurent series with symbolic sizes |
//! | large size | limit of size | leading coefficients, after powers `t^M` have dropped out |
//! | null vectors | null spaces of matrices | vectors in it, independent; the rank modulo a prime leaves no others |
//! | enclosure | enclosure | interval arithmetic with outward rounding |
//!
//! References: M. Petkovšek, H. Wilf, D. Zeilberger, *A = B* (1996), chapters 5 and 7.

use num_traits::{One, Signed, Zero};

use super::algebra::{Operator, word_text};
use super::asymptotic;
use super::bounds;
use super::domain::Domain;
use super::evaluate::{Algebraic, Field, Undefined, evaluate};
use super::expression::{Expression, Linear, Series, Symbol, Upper};
use super::instances::{Symbolic, agree_packed, for_each};
use super::interval::{Interval, enclose};
use super::ket::{Ket, KetFailure, vanishes};
use super::normal::{Atom, Normal, Normaliser, SumRule, nowhere_zero};
use super::number::Rational;
use super::polynomial::Polynomial;
use super::rank::{Row, null_equations, rank};
use super::sample::Sample;
use super::wellformed::{well_formed, well_formed_witness};
use super::{Counterexample, Grade, Outcome, Proof, Proposition, Statement};

/// A way to prove a statement.
#[derive(Clone, Debug)]
pub enum Certificate {
    /// Compare normal forms; the lemmas are proved closed forms of sums.
    Identity {
        /// Proofs of equations whose left side has one sum.
        lemmas: Vec<Proof>,
    },
    /// An antidifference of the summand, in the summation index.
    Telescoping {
        /// `g` with `g(m+1) - g(m) = f(m)`.
        antidifference: Expression,
    },
    /// The rational multiplier `R(n, k)` of a Wilf-Zeilberger pair.
    WilfZeilberger {
        /// `R` with `G = R F`.
        multiplier: Expression,
    },
    /// Check every size up to a bound.
    Exhaustive {
        /// The largest size.
        up_to: i64,
    },
    /// A form of the expression that is continuous at the point of the limit.
    RegularForm {
        /// The form.
        form: Expression,
        /// Proofs of equations whose left side has one sum.
        lemmas: Vec<Proof>,
    },
    /// A form of `lhs - rhs` that is manifestly not negative.
    Manifest {
        /// The form.
        form: Expression,
        /// Proofs of equations whose left side has one sum.
        lemmas: Vec<Proof>,
    },
    /// The diagonal `<a,b|A|a,b>` as a sum of two parts that are not negative and whose products bound the couplings.
    Split {
        /// The shift `(s1, s2)` of the only coupling, up to its adjoint.
        step: (i64, i64),
        /// The part for the link from `|a,b>` to `|a+s1,b+s2>`.
        here: Expression,
        /// The part for the link that arrives at `|a,b>`.
        there: Expression,
    },
    /// Laurent series with normal forms as coefficients.
    Expansion {
        /// Proofs of equations whose left side has one sum.
        lemmas: Vec<Proof>,
    },
    /// Leading coefficients in the size.
    LargeSize {
        /// Proofs of equations whose left side has one sum.
        lemmas: Vec<Proof>,
    },
    /// For each matrix as many independent vectors of its null space as it has.
    NullVectors {
        /// The vectors of each matrix.
        vectors: Vec<Vec<Row<Rational>>>,
    },
    /// Interval arithmetic.
    Enclosure,
}

/// A check that ends in a reason when it does not succeed.
pub(super) enum Failure {
    Rejected(String),
    Declined(String),
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self::Declined(reason)
    }
}

impl From<KetFailure> for Failure {
    fn from(failure: KetFailure) -> Self {
        match failure {
            KetFailure::Differ(reason) => Self::Rejected(reason),
            KetFailure::Declined(reason) => Self::Declined(reason),
        }
    }
}

pub(super) fn require(condition: bool, reason: impl FnOnce() -> String) -> Result<(), Failure> {
    if condition { Ok(()) } else { Err(Failure::Rejected(reason())) }
}

pub(super) type Checked = Result<(Grade, Option<i64>), Failure>;

/// Checks a certificate.
///
/// ```
/// use twomode::exact::certificate::{Certificate, check};
/// use twomode::exact::{Grade, Outcome, Statement, domain::Domain};
/// use twomode::format::parse::expression;
/// let e = |text| expression(text).unwrap();
/// let geometric = Statement::equation(
///     Domain::sizes("M", 0).with_unit("t"),
///     e("sum(m=0..M, t^(2*m))"),
///     e("(1-t^(2*M+2))/(1-t^2)"),
/// );
/// let good = Certificate::Telescoping { antidifference: e("t^(2*m)/(t^2-1)") };
/// assert!(matches!(check(&geometric, &good), Outcome::Accepted(p) if p.grade() == Grade::Certificate));
/// let bad = Certificate::Telescoping { antidifference: e("t^(2*m)/(t^2+1)") };
/// assert!(matches!(check(&geometric, &bad), Outcome::Rejected(_)));
/// ```
pub fn check(statement: &Statement, certificate: &Certificate) -> Outcome {
    let domain = &statement.domain;
    if let Err(reason) = well_formed(statement) {
        return Outcome::Declined(reason);
    }
    let result = match (&statement.proposition, certificate) {
        (Proposition::Equation { lhs, rhs }, Certificate::Identity { lemmas }) => identity(lhs, rhs, domain, lemmas),
        (Proposition::Vectors { lhs, rhs }, Certificate::Identity { .. }) => {
            vanishes(&difference(lhs, rhs), domain).map(|()| (Grade::Identity, None)).map_err(Failure::from)
        }
        (Proposition::Operators { lhs, rhs, .. }, Certificate::Identity { .. }) => {
            match lhs.minus(rhs).first_nonzero_word(domain) {
                Ok(None) => Ok((Grade::Identity, None)),
                Ok(Some(word)) => Err(Failure::Rejected(format!("the coefficients of {} differ", word_text(&word)))),
                Err(reason) => Err(reason.into()),
            }
        }
        (Proposition::Equation { lhs, rhs }, Certificate::Telescoping { antidifference }) => {
            telescoping(lhs, rhs, domain, antidifference)
        }
        (Proposition::Equation { lhs, rhs }, Certificate::WilfZeilberger { multiplier }) => {
            wilf_zeilberger(lhs, rhs, domain, multiplier)
        }
        (proposition, Certificate::Exhaustive { up_to }) => exhaustive(proposition, domain, *up_to),
        (Proposition::OperatorsOf { lhs, rhs, formula }, Certificate::Identity { .. }) => {
            bounds::operators_of(&lhs.minus(rhs), formula, domain)
        }
        (Proposition::NonNegative { operator, formula }, Certificate::Split { step, here, there }) => {
            bounds::non_negative(operator, formula, domain, *step, [here, there])
        }
        (Proposition::NullSpaces { matrices, dimensions }, Certificate::NullVectors { vectors }) => {
            let mut cases = matrices.iter().zip(dimensions).zip(vectors);
            require(vectors.len() == matrices.len(), || "there are not vectors for each matrix".to_owned())
                .and_then(|()| cases.try_for_each(|((matrix, dimension), v)| matrix.has_nullity(*dimension, v)))
                .map(|()| (Grade::Exhaustive, None))
        }
        (Proposition::AtLeast { lhs, rhs, strict }, Certificate::Manifest { form, lemmas }) => {
            bounds::at_least(lhs, rhs, *strict, domain, form, lemmas)
        }
        (Proposition::Expansion { expression, symbol, coefficients }, Certificate::Expansion { lemmas }) => {
            asymptotic::expands(expression, symbol, coefficients, domain, lemmas)
        }
        (Proposition::LargeSize { expression, value }, Certificate::LargeSize { lemmas }) => {
            asymptotic::large_size(expression, value, domain, lemmas)
        }
        (Proposition::Limit { expression, symbol, at, value }, Certificate::RegularForm { form, lemmas }) => {
            asymptotic::limit(expression, symbol, at, value, domain, form, lemmas)
        }
        (Proposition::Enclosure { expression, variables, low, high }, Certificate::Enclosure) => {
            enclosure(expression, variables).map_err(Failure::from).and_then(|i| {
                require(i.within(low, high), || {
                    format!("the value is only known to lie in [{}, {}]", i.low(), i.high())
                })
                .map(|()| (Grade::Enclosure, None))
            })
        }
        _ => Err(Failure::Declined("this kind of certificate does not apply to this kind of statement".to_owned())),
    };
    match result {
        Ok((grade, up_to)) => Outcome::Accepted(Proof { statement: Box::new(statement.clone()), grade, up_to }),
        Err(Failure::Rejected(reason)) => Outcome::Rejected(reason),
        Err(Failure::Declined(reason)) => Outcome::Declined(reason),
    }
}

fn difference(lhs: &Ket, rhs: &Ket) -> Ket {
    lhs.clone().plus(rhs.clone().scaled(&Expression::from(-1)))
}

fn identity(lhs: &Expression, rhs: &Expression, domain: &Domain, lemmas: &[Proof]) -> Checked {
    let rules = sum_rules(lemmas, domain)?;
    equal(lhs, rhs, domain, &rules)?;
    Ok((if rules.is_empty() { Grade::Identity } else { Grade::Certificate }, None))
}

/// Both sides have the same normal form and denominators that vanish nowhere.
pub(super) fn equal(lhs: &Expression, rhs: &Expression, domain: &Domain, rules: &[SumRule]) -> Result<(), Failure> {
    let l = sound_normal_form(lhs, domain, rules)?;
    let r = sound_normal_form(rhs, domain, rules)?;
    let difference = Normaliser::new(domain, rules).minus(&l, &r)?;
    require(difference.is_zero(), || format!("the normal forms of {lhs} and {rhs} differ"))
}

pub(super) fn sound_normal_form(e: &Expression, domain: &Domain, rules: &[SumRule]) -> Result<Normal, Failure> {
    let value = Normaliser::new(domain, rules).fraction(e)?;
    if !nowhere_zero(value.denominator(), domain) {
        return Err(Failure::Declined(format!("a denominator of {e} may vanish on the domain")));
    }
    Ok(value)
}

/// Solves each lemma `a σ + b = c` for its one sum `σ`.
pub(super) fn sum_rules(lemmas: &[Proof], domain: &Domain) -> Result<Vec<SumRule>, Failure> {
    let mut rules: Vec<SumRule> = Vec::new();
    for proof in lemmas {
        let Proposition::Equation { lhs, rhs } = &proof.statement.proposition else {
            return Err(Failure::Declined("a lemma is not an equation".to_owned()));
        };
        covers(proof, domain)?;
        let (l, r) = (sound_normal_form(lhs, domain, &rules)?, sound_normal_form(rhs, domain, &rules)?);
        let whole = Normaliser::new(domain, &rules).minus(&l, &r)?;
        let sums: Vec<&Atom> = whole.numerator().variables().filter(|a| matches!(a, Atom::Sum(..))).collect();
        let atom = sums.first().map(|a| (*a).clone());
        let atom = atom.filter(|a| sums.iter().all(|b| *b == a));
        let atom = atom.ok_or_else(|| Failure::Declined("a lemma does not have exactly one sum".to_owned()))?;
        let (mut slope, mut rest) = (Polynomial::zero(), Polynomial::zero());
        for (monomial, c) in whole.numerator().terms() {
            let mut others = monomial.clone();
            others.retain(|(a, _)| *a != atom);
            match monomial.iter().find(|(a, _)| *a == atom).map(|(_, e)| *e) {
                None => rest = rest.add(&Polynomial::monomial(others, c.clone())),
                Some(1) => slope = slope.add(&Polynomial::monomial(others, c.clone())),
                Some(_) => {
                    return Err(Failure::Declined("a lemma is not linear in its sum".to_owned()));
                }
            }
        }
        if !nowhere_zero(&slope, domain) {
            return Err(Failure::Declined("the factor of a sum in a lemma may vanish".to_owned()));
        }
        let value = Normal::new(rest.neg(), slope);
        let value = value.ok_or_else(|| Failure::Declined("the factor of a sum in a lemma vanishes".to_owned()))?;
        rules.push(SumRule { atom, value });
    }
    Ok(rules)
}

/// A lemma may be used where it is proved: the same symbols, sizes not below its own, for all of them.
fn covers(lemma: &Proof, domain: &Domain) -> Result<(), Failure> {
    let of = &lemma.statement.domain;
    let sizes = match (&of.size, &domain.size) {
        (None, _) => true,
        (Some(a), Some(b)) => a.symbol == b.symbol && a.least <= b.least,
        (Some(_), None) => false,
    };
    if lemma.up_to.is_none() && sizes && of.covers_reals(domain) && of.indices.is_empty() {
        Ok(())
    } else {
        Err(Failure::Declined("a lemma does not cover the domain of the statement".to_owned()))
    }
}

fn series_of(lhs: &Expression) -> Result<&Series, Failure> {
    match lhs {
        Expression::Sum(series) => Ok(series),
        _ => Err(Failure::Declined("the left side is not a sum".to_owned())),
    }
}

fn telescoping(lhs: &Expression, rhs: &Expression, domain: &Domain, g: &Expression) -> Checked {
    let s = series_of(lhs)?;
    if domain.is_integer(&s.index) {
        return Err(Failure::Declined(format!("the summation index {} is a variable of the statement", s.index)));
    }
    well_formed_witness(g, domain, Some(&s.index))?;
    let m = Linear::symbol(s.index.name());
    let at = |l: &Linear| g.substitute_integer(&s.index, l);
    let to = s.to.finite();
    if let Some(to) = &to
        && domain.least_value(&(to.clone() - s.from.clone())).is_none_or(|length| length < -1)
    {
        return Err(Failure::Declined("the sum may be empty by more than one term".to_owned()));
    }
    let inside = domain.clone().with_index(s.index.name(), s.from.clone(), to.clone());
    equal(&(at(&(m.clone() + 1)) - at(&m)), &s.term, &inside, &[])?;
    match to {
        Some(to) => equal(&(at(&(to + 1)) - at(&s.from)), rhs, domain, &[])?,
        None => {
            tends_to_zero(g, &inside, &s.index)?;
            equal(&-at(&s.from), rhs, domain, &[])?;
        }
    }
    Ok((Grade::Certificate, None))
}

/// Every term of the numerator has a factor `x^m` with `|x| < 1` and only powers of `m` besides, so `g(m) → 0`.
fn tends_to_zero(g: &Expression, domain: &Domain, index: &Symbol) -> Result<(), Failure> {
    let value = sound_normal_form(g, domain, &[])?;
    let involves = |a: &Atom| match a {
        Atom::Symbol(s) | Atom::Sign(s) | Atom::Power(_, s) => s == index,
        Atom::Value(_, l) | Atom::Factorial(l) => l.coefficient(index) != 0,
        Atom::I | Atom::Sqrt2 | Atom::Sum(..) => false,
    };
    let decays = |a: &Atom| matches!(a, Atom::Power(_, s) if s == index);
    let tame = |a: &Atom| !involves(a) || decays(a) || matches!(a, Atom::Symbol(_) | Atom::Sign(_));
    let numerator = value.numerator();
    let ok = numerator.terms().all(|(m, _)| m.iter().any(|(a, _)| decays(a)) && m.iter().all(|(a, _)| tame(a)));
    if ok && !value.denominator().variables().any(involves) {
        Ok(())
    } else {
        Err(Failure::Declined("the antidifference does not evidently tend to zero".to_owned()))
    }
}

/// The first sum of a Wilf-Zeilberger proof is added up: for sizes up to this,
const LARGEST_FIRST_SIZE: i64 = 20;
/// and with at most this many terms after the first.
const LONGEST_FIRST_SUM: i64 = 100;

fn wilf_zeilberger(lhs: &Expression, rhs: &Expression, domain: &Domain, multiplier: &Expression) -> Checked {
    let s = series_of(lhs)?;
    let size = domain.size.as_ref().ok_or_else(|| "the statement has no size".to_owned())?;
    well_formed_witness(multiplier, domain, Some(&s.index))?;
    let n = Linear::symbol(size.symbol.name());
    let (Some(from), Upper::Finite(to)) = (s.from.as_integer(), &s.to) else {
        return Err(Failure::Declined("the sum does not run from an integer to a finite end".to_owned()));
    };
    let offset = (to.clone() - n.clone()).as_integer();
    let offset = offset.ok_or_else(|| format!("the sum ends at {to}, not at the size plus an integer"))?;
    if !domain.indices.is_empty() || !domain.reals.is_empty() || size.least + offset < from - 1 {
        return Err(Failure::Declined("the domain is not one of sizes alone, or the first sum is empty".to_owned()));
    }
    let mut nested = false;
    s.term.visit(&mut |e| nested |= matches!(e, Expression::Sum(_)));
    if nested || size.least > LARGEST_FIRST_SIZE || (size.least + offset).saturating_sub(from) > LONGEST_FIRST_SUM {
        return Err(Failure::Declined("the first sum is too long, or one of sums".to_owned()));
    }
    // The size is replaced first: `k` may contain it.
    let f = |size_at: &Linear, k: &Linear| {
        let quotient = s.term.clone() / rhs.clone();
        quotient.substitute_integer(&size.symbol, size_at).substitute_integer(&s.index, k)
    };
    let g = |k: &Linear| multiplier.substitute_integer(&s.index, k) * f(&n, k);
    let k = Linear::symbol(s.index.name());
    let next = n.clone() + 1;
    let zero = Expression::from(0);
    // F(n+1,k) - F(n,k) = G(n,k+1) - G(n,k) for from <= k <= n + offset - 1.
    let last = n.clone() + offset;
    let inside = domain.clone().with_index(s.index.name(), from, Some(last.clone() - 1));
    let pair = f(&next, &k) - f(&n, &k) - g(&(k.clone() + 1)) + g(&k);
    equal(&pair, &zero, &inside, &[])?;
    // What the sum of that over k leaves: S(n+1) - S(n) = 0.
    let ends = g(&last) - g(&Linear::from(from)) + f(&next, &last) + f(&next, &(last.clone() + 1)) - f(&n, &last);
    equal(&ends, &zero, domain, &[])?;
    let first = Sample { size: Some(size.least), ..Sample::default() };
    let value =
        |e: &Expression| evaluate::<Algebraic>(e, &first.on(domain)).map_err(|u| Failure::Declined(u.to_string()));
    require(value(lhs)? == value(rhs)?, || format!("the first sum, at {} = {}, differs", size.symbol, size.least))?;
    Ok((Grade::Certificate, None))
}

fn exhaustive(proposition: &Proposition, domain: &Domain, up_to: i64) -> Checked {
    use Proposition::{Operators, OperatorsOf, UniqueNullVector};
    let spaces = matches!(proposition, Operators { .. } | OperatorsOf { .. } | UniqueNullVector { .. });
    if spaces && domain.size.is_none() {
        return Err(Failure::Declined("operators can be checked on spaces of a given size only".to_owned()));
    }
    // Without a size there is one case.
    let sizes = domain.size.as_ref().map_or(0..=0, |size| size.least..=up_to);
    let packed = domain.ladders.is_empty() && domain.sequences.is_empty() && domain.reals.len() <= 1;
    let mut count = 0;
    for n in sizes {
        let size = domain.size.as_ref().map(|_| n);
        let top = size.unwrap_or(0);
        count += for_each(domain, size, &mut |integers| {
            let symbolic = Symbolic { domain, integers };
            let holds = match proposition {
                Proposition::Equation { lhs, rhs } if packed => match agree_packed(lhs, rhs, integers) {
                    // Packed numbers have no √2.
                    Err(Undefined::NotExact) => symbolic.agree(lhs, rhs),
                    other => other,
                },
                Proposition::Equation { lhs, rhs } => symbolic.agree(lhs, rhs),
                Proposition::Vectors { lhs, rhs } => symbolic.vanishes(&difference(lhs, rhs)),
                Proposition::Operators { lhs, rhs, ladder } => {
                    let difference = lhs.minus(rhs);
                    bounds::vanish(top, |start| difference.column(start, ladder, &symbolic))
                }
                Proposition::OperatorsOf { lhs, rhs, formula } => {
                    let difference = lhs.minus(rhs);
                    bounds::columns(formula, top, &symbolic, |x: &Normal| !x.is_zero())
                        .and_then(|column| bounds::vanish(top, |start| column(&difference, start)))
                }
                Proposition::UniqueNullVector { operators, ladder } => {
                    bounds::one_null_vector(operators, ladder, top, &symbolic)
                }
                _ => {
                    return Err(Failure::Declined("only identities can be checked size by size".to_owned()));
                }
            };
            let place = || size.map_or(String::new(), |n| format!(" at size {n}"));
            match holds {
                Ok(true) => Ok(()),
                Ok(false) => Err(Failure::Rejected(format!("the two sides differ{}", place()))),
                Err(u) => Err(Failure::Declined(format!("a side is {u}{}", place()))),
            }
        })?;
    }
    if count == 0 {
        return Err(Failure::Declined("no instance was checked".to_owned()));
    }
    Ok((Grade::Exhaustive, domain.size.as_ref().map(|_| up_to)))
}

/// Encloses an expression for all values of its variables in their ranges.
///
/// # Errors
/// A sentence that says which part cannot be enclosed.
pub fn enclosure(e: &Expression, variables: &[(Symbol, Rational, Rational)]) -> Result<Interval, String> {
    enclose(e, &|s| variables.iter().find(|(name, _, _)| name == s).map(|(_, a, b)| Interval::between(a, b)))
}

/// Why a statement was not refuted at a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRefuted {
    /// Both sides agree there.
    Agrees,
    /// A side has no value there, or the point is outside the domain; why.
    NoValue(String),
}

/// Evaluates both sides of a statement at a point of its domain; a difference is a counterexample.
///
/// Enclosures need no point: the statement is refuted when the enclosure is disjoint from the claimed range.
///
/// # Errors
/// [`NotRefuted`].
pub fn refute(statement: &Statement, sample: &Sample) -> Result<Counterexample, NotRefuted> {
    let domain = &statement.domain;
    well_formed(statement).map_err(NotRefuted::NoValue)?;
    sample.lies_in(domain).map_err(NotRefuted::NoValue)?;
    let point = sample.on(domain);
    let top = sample.size.unwrap_or(0);
    let undefined = |u: Undefined| NotRefuted::NoValue(u.to_string());
    let both = |place: &str, l: &dyn std::fmt::Display, r: &dyn std::fmt::Display| {
        let at = if place.is_empty() { String::new() } else { format!("{place}: ") };
        format!("{at}left side {l}, right side {r}")
    };
    let description = match &statement.proposition {
        Proposition::Equation { lhs, rhs } => {
            let l: Algebraic = evaluate(lhs, &point).map_err(undefined)?;
            let r: Algebraic = evaluate(rhs, &point).map_err(undefined)?;
            (l != r).then(|| both(&point.to_string(), &l, &r))
        }
        Proposition::Vectors { lhs, rhs } => {
            let l = lhs.amplitudes(&point).map_err(undefined)?;
            let r = rhs.amplitudes(&point).map_err(undefined)?;
            first_difference(&l, &r)
                .map(|(key, l, r)| both(&format!("{point}, amplitude of |{},{}>", key.0, key.1), &l, &r))
        }
        Proposition::Operators { lhs, rhs, ladder } => {
            let [l, r] = [lhs.at(&point).map_err(undefined)?, rhs.at(&point).map_err(undefined)?];
            first_column(&l, &r, top, |operator, start| operator.column(start, ladder, &point))
                .map_err(undefined)?
                .map(|(element, l, r)| both(&format!("{point}, {element}"), &l, &r))
        }
        Proposition::OperatorsOf { lhs, rhs, formula } => {
            let column = bounds::columns(formula, top, &point, bounds::is_square).map_err(undefined)?;
            let [l, r] = [lhs.at(&point).map_err(undefined)?, rhs.at(&point).map_err(undefined)?];
            first_column(&l, &r, top, column)
                .map_err(undefined)?
                .map(|(element, l, r)| both(&format!("{point}, {element}, levels scaled"), &l, &r))
        }
        Proposition::NonNegative { operator, formula } => bounds::negative_diagonal(operator, formula, top, &point)
            .map_err(undefined)?
            .map(|(m, value)| format!("{point}: <{0},{1}|.|{0},{1}> = {value}", m.0, m.1)),
        Proposition::UniqueNullVector { operators, ladder } => {
            let rows = null_equations(operators, top, &|o, start| o.column(start, ladder, &point));
            let found = rank(rows.map_err(undefined)?, &Algebraic::is_zero, &|x| !x.is_zero());
            let dimension = found.map(|rank| (top + 1) * (top + 1) - rank as i64);
            dimension.filter(|d| *d != 1).map(|d| format!("{point}: {d} independent vectors are annihilated"))
        }
        Proposition::NullSpaces { matrices, dimensions } => {
            matrices.iter().zip(dimensions).find_map(|(matrix, dimension)| {
                let found = matrix.another_nullity(*dimension)?;
                Some(format!("{}: the dimension of the null space is {found}, not {dimension}", matrix.name))
            })
        }
        Proposition::AtLeast { lhs, rhs, strict } => {
            let l: Algebraic = evaluate(lhs, &point).map_err(undefined)?;
            let r: Algebraic = evaluate(rhs, &point).map_err(undefined)?;
            let gap = l.plus(&r.negated());
            let gap =
                gap.as_rational().ok_or_else(|| NotRefuted::NoValue("the difference is not rational".to_owned()))?;
            let holds = gap.is_positive() || (!strict && gap.is_zero());
            (!holds).then(|| both(&point.to_string(), &l, &r))
        }
        Proposition::Enclosure { expression, variables, low, high } => {
            let i = enclosure(expression, variables).map_err(NotRefuted::NoValue)?;
            i.disjoint(low, high)
                .then(|| format!("the value lies in {}, outside [{low}, {high}]", super::interval::short(&i)))
        }
        Proposition::Limit { .. } | Proposition::LargeSize { .. } | Proposition::Expansion { .. } => {
            return Err(NotRefuted::NoValue("a limit has no value at a point".to_owned()));
        }
    };
    match description {
        Some(description) => Ok(Counterexample { statement: statement.clone(), description }),
        None => Err(NotRefuted::Agrees),
    }
}

/// Refutes a statement by a proved one with the same left side: their right sides differ at a point.
///
/// For left sides that have no exact value at a point (infinite sums, limits).
///
/// # Errors
/// [`NotRefuted`].
pub fn refute_with(proof: &Proof, statement: &Statement, sample: &Sample) -> Result<Counterexample, NotRefuted> {
    use Proposition as P;
    let unlike = || NotRefuted::NoValue("the proof is not about the same left side".to_owned());
    if proof.statement.domain != statement.domain || proof.up_to.is_some() {
        return Err(unlike());
    }
    let whole = &statement.domain;
    let one = std::slice::from_ref;
    let (left, domain, proved, claimed) = match (&proof.statement.proposition, &statement.proposition) {
        (P::Equation { lhs: a, rhs: v }, P::Equation { lhs: b, rhs: w }) if a == b => {
            (a, whole.clone(), one(v), one(w))
        }
        (
            P::Limit { expression: a, symbol: x, at: p, value: v },
            P::Limit { expression: b, symbol: y, at: q, value: w },
        ) if a == b && x == y && p == q => (a, whole.without_real(x), one(v), one(w)),
        (P::LargeSize { expression: a, value: v }, P::LargeSize { expression: b, value: w }) if a == b => {
            (a, Domain { size: None, ..whole.clone() }, one(v), one(w))
        }
        (
            P::Expansion { expression: a, symbol: x, coefficients: v },
            P::Expansion { expression: b, symbol: y, coefficients: w },
        ) if a == b && x == y => (a, whole.without_real(x), &v[..], &w[..]),
        _ => return Err(unlike()),
    };
    // The proof speaks of the points where its left side is defined.
    sample.lies_in(whole).map_err(NotRefuted::NoValue)?;
    defined(left, &sample.on(whole)).map_err(|u| NotRefuted::NoValue(u.to_string()))?;
    let mut why = NotRefuted::Agrees;
    for (k, (v, w)) in proved.iter().zip(claimed).enumerate() {
        match refute(&Statement::equation(domain.clone(), v.clone(), w.clone()), sample) {
            Ok(found) => {
                let place = if proved.len() > 1 { format!("coefficient {k}: ") } else { String::new() };
                return Ok(Counterexample { statement: statement.clone(), description: place + &found.description });
            }
            Err(reason) => why = reason,
        }
    }
    Err(why)
}

/// Whether no part that has an exact value, or should have one, is undefined. An infinite sum has none.
fn defined(e: &Expression, point: &super::sample::SamplePoint) -> Result<(), Undefined> {
    match evaluate::<Algebraic>(e, point) {
        Err(Undefined::NotExact) if matches!(e, Expression::Sum(_)) => Ok(()),
        Err(Undefined::NotExact) => e.parts().into_iter().try_for_each(|part| defined(part, point)),
        other => other.map(|_| ()),
    }
}

/// The first element in which two operators differ, with its two values.
fn first_column(
    lhs: &Operator,
    rhs: &Operator,
    top: i64,
    column: impl Fn(&Operator, (i64, i64)) -> Result<Amplitudes, Undefined>,
) -> Result<Option<(String, Algebraic, Algebraic)>, Undefined> {
    for start in super::algebra::levels(top) {
        if let Some((key, l, r)) = first_difference(&column(lhs, start)?, &column(rhs, start)?) {
            return Ok(Some((format!("element <{},{}|.|{},{}>", key.0, key.1, start.0, start.1), l, r)));
        }
    }
    Ok(None)
}

type Amplitudes = super::algebra::Column<Algebraic>;

fn first_difference(l: &Amplitudes, r: &Amplitudes) -> Option<((i64, i64), Algebraic, Algebraic)> {
    let zero = Algebraic::rational(&(Rational::one() - Rational::one()));
    let keys: std::collections::BTreeSet<_> = l.keys().chain(r.keys()).collect();
    keys.into_iter().find_map(|key| {
        let (a, b) = (l.get(key).unwrap_or(&zero), r.get(key).unwrap_or(&zero));
        (a != b).then(|| (*key, a.clone(), b.clone()))
    })
}
