//! Inequalities, and statements about particular lowering operators.

use num_traits::Signed;

use super::algebra::{Column, Defined, Formula, LABELS, Level, Operator, levels};
use super::certificate::{Checked, Failure, equal, require, sound_normal_form, sum_rules};
use super::domain::Domain;
use super::evaluate::{Algebraic, Field, Point, Undefined, evaluate};
use super::expression::{Expression, Linear, Symbol};
use super::instances::Symbolic;
use super::normal::{Atom, Normal, Normaliser, excludes_zero};
use super::number::{Rational, integer};
use super::rank::{null_equations, rank};
use super::sign::sign;
use super::wellformed::well_formed_witness;
use super::{Grade, Proof};

/// `lhs - rhs` equals the form, which shows its sign.
pub fn at_least(
    lhs: &Expression,
    rhs: &Expression,
    strict: bool,
    domain: &Domain,
    form: &Expression,
    lemmas: &[Proof],
) -> Checked {
    well_formed_witness(form, domain, None)?;
    let rules = sum_rules(lemmas, domain)?;
    equal(&(lhs.clone() - rhs.clone()), form, domain, &rules)?;
    match sign(form, domain) {
        Some(positive) if positive || !strict => Ok((Grade::Certificate, None)),
        Some(_) => Err(Failure::Declined(format!("{form} may vanish"))),
        None => Err(Failure::Declined(format!("{form} is not manifestly positive"))),
    }
}

/// An operator vanishes on a generic `|a,b>`.
pub fn operators_of(operator: &Operator, formula: &Formula, domain: &Domain) -> Checked {
    let action = operator.generic_action(formula, domain)?;
    match action.iter().find(|(_, c)| !c.is_zero()) {
        None => Ok((Grade::Identity, None)),
        Some((shift, _)) => Err(Failure::Rejected(format!("the elements of the shift {shift:?} differ"))),
    }
}

/// The longest step, in levels.
const LONGEST_STEP: i64 = 1_000;

/// With `A = Σ_v d(v)|v><v| + Σ_v (c(v)|v+s><v| + h.c.)`, `d = here + there` and `|c(v)|² = here(v) there(v+s)`, the form
/// `<ψ|A|ψ>` is at least the sum over links of `(√here(v) |ψ_v| - √there(v+s) |ψ_{v+s}|)²`.
pub fn non_negative(
    operator: &Operator,
    formula: &Formula,
    domain: &Domain,
    step: (i64, i64),
    [here, there]: [&Expression; 2],
) -> Checked {
    let top = domain.top().ok_or_else(|| "operators need a symbolic size".to_owned())?;
    let label = |d: Domain, l: &str| d.with_index(l, 0, Some(top.clone()));
    let [a, b] = LABELS;
    let (on, swapped) = (label(label(domain.clone(), a), b), label(label(domain.clone(), b), a));
    for part in [here, there] {
        well_formed_witness(part, &on, None)?;
        if sign(part, &on).or_else(|| sign(part, &swapped)).is_none() {
            return Err(Failure::Declined(format!("{part} is not manifestly positive")));
        }
    }
    let action = operator.generic_action(formula, domain)?;
    if [step.0, step.1].iter().any(|s| !(-LONGEST_STEP..=LONGEST_STEP).contains(s)) {
        return Err(Failure::Declined(format!("the step {step:?} is too long")));
    }
    let (back, none) = ((-step.0, -step.1), Normal::constant(&Rational::from(integer(0))));
    let of = |shift| action.get(&shift).unwrap_or(&none);
    if step == back || action.iter().any(|(s, c)| ![(0, 0), step, back].contains(s) && !c.is_zero()) {
        return Err(Failure::Declined(format!("the operator couples levels by other steps than {step:?}")));
    }
    let normaliser = Normaliser::new(&on, &[]);
    let at = |e: &Expression, by: (i64, i64)| {
        let moved = e.substitute_integer(&Symbol::new(a), &(Linear::symbol(a) + by.0));
        moved.substitute_integer(&Symbol::new(b), &(Linear::symbol(b) + by.1))
    };
    let same = |x: &Normal, e: &Expression, why: &str| -> Result<(), Failure> {
        let difference = normaliser.minus(x, &sound_normal_form(e, &on, &[])?)?;
        require(difference.is_zero(), || why.to_owned())
    };
    same(of((0, 0)), &(here.clone() + there.clone()), "the diagonal is not the sum of the two parts")?;
    // A coefficient is a function of the level on which it acts; the adjoint acts on the level reached.
    let words = |shift: (i64, i64)| -> Operator {
        operator
            .terms()
            .filter(|((x, y), _)| (net(x), net(y)) == shift)
            .fold(Operator::zero(), |sum, (w, c)| sum.plus(&Operator::word(w.clone(), c.clone())))
    };
    let hermitian = words(step).adjoint().minus(&words(back)).generic_action(formula, domain)?;
    require(hermitian.values().all(Normal::is_zero), || "the operator is not Hermitian".to_owned())?;
    let square = words(step).adjoint().times(&words(step)).generic_action(formula, domain)?;
    let coupling = square.get(&(0, 0)).unwrap_or(&none);
    same(coupling, &(here.clone() * at(there, step)), "a coupling is not bounded by the parts of the diagonal")?;
    Ok((Grade::Certificate, None))
}

fn net(letters: &[bool]) -> i64 {
    letters.iter().map(|raise| if *raise { 1 } else { -1 }).sum()
}

/// Columns of operators of a formula, at a point where each `o²(m)` for `1 <= m <= top` is usable, in the basis in which
/// they are rational in `o²`.
pub fn columns<F: Field>(
    formula: &Formula,
    top: i64,
    point: &impl Point<F>,
    usable: fn(&F) -> bool,
) -> Defined<impl Fn(&Operator, Level) -> Defined<Column<F>>> {
    let at = |m: i64| {
        let value: F = evaluate(&formula.at(&Linear::from(m)), point)?;
        if usable(&value) { Ok(value) } else { Err(Undefined::DivisionByZero) }
    };
    let squares = (1..=top).map(at).collect::<Defined<Vec<F>>>()?;
    Ok(move |operator: &Operator, start: Level| {
        let squared = |m: i64| squares.get((m - 1) as usize).cloned().ok_or(Undefined::OutOfRange);
        operator.rational_column(start, &squared, top, point)
    })
}

/// Whether a number is the square of an element of some lowering operator that does not vanish.
pub fn is_square(x: &Algebraic) -> bool {
    x.as_rational().is_some_and(|q| q.is_positive())
}

/// A level `|m1,m2>` in which the expectation value of an operator is a negative rational, at a point.
pub fn negative_diagonal(
    operator: &Operator,
    formula: &Formula,
    top: i64,
    point: &impl Point<Algebraic>,
) -> Defined<Option<(Level, Rational)>> {
    let column = columns(formula, top, point, is_square)?;
    for start in levels(top) {
        let column = column(operator, start)?;
        if let Some(value) = column.get(&start).and_then(Algebraic::as_rational).filter(|v| v.is_negative()) {
            return Ok(Some((start, value.clone())));
        }
    }
    Ok(None)
}

/// Whether every column is zero.
pub fn vanish(top: i64, column: impl Fn(Level) -> Defined<Column<Normal>>) -> Defined<bool> {
    levels(top).try_fold(true, |all, start| Ok(all && column(start)?.values().all(Normal::is_zero)))
}

/// Whether the operators annihilate exactly one vector, for all values of the symbols: every pivot is a product of symbols
/// that vanish nowhere.
pub fn one_null_vector(operators: &[Operator], ladder: &Symbol, top: i64, point: &Symbolic) -> Defined<bool> {
    let domain = point.domain;
    let rows = null_equations(operators, top, &|o, start| o.column(start, ladder, point))?;
    let vanishes_nowhere = |a: &Atom| match a {
        Atom::Value(f, _) => domain.nonzero.contains(f),
        other => excludes_zero(other, domain),
    };
    let usable = |x: &Normal| x.numerator().len() == 1 && x.numerator().variables().all(vanishes_nowhere);
    let found = rank(rows, &Normal::is_zero, &usable);
    let found = found.ok_or_else(|| Undefined::Unbound("a pivot that vanishes nowhere".to_owned()))?;
    Ok(found as i64 == (top + 1) * (top + 1) - 1)
}
