//! One thing asserted: two sides from two functions, and the ways in which the kernel is to try to prove them equal.

use crate::exact::algebra::{Formula, Operator};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol};
use crate::exact::ket::Ket;
use crate::exact::number::Rational;
use crate::exact::rank::{Row, SparseMatrix};
use crate::exact::{Proposition, Statement};
use crate::model::ladder;
use crate::model::latex::{self, latex};
use crate::model::lowering::Lowering;
use crate::model::matrix::Matrix;

/// A statement for the kernel with the names of the functions that made its two sides.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// The function that made the model's side.
    pub left: String,
    /// The function that made the printed side.
    pub right: String,
    /// The assertion as LaTeX.
    pub latex: String,
    /// The statement; its right side is the printed one.
    pub statement: Statement,
    /// Ways to prove it.
    pub plans: Vec<Plan>,
}

/// A way to prove a statement.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Normal forms, with these committed lemmas.
    Identity(&'static [&'static str]),
    /// The committed certificate of this name.
    Witness(&'static str),
    /// Every size up to a bound.
    Sizes(i64),
    /// A form that is continuous at the limit.
    RegularForm(Expression, &'static [&'static str]),
    /// A form of `left - right` that is manifestly not negative, with these committed lemmas.
    Manifest(Expression, &'static [&'static str]),
    /// The diagonal of an operator, split in two parts (see [`crate::exact::certificate::Certificate::Split`]), in the
    /// labels `a` and `b` of the levels.
    Split {
        /// The only coupling: from `|a,b>` to `|a+step.0, b+step.1>`.
        step: (i64, i64),
        /// The part of the diagonal for the link that leaves.
        here: Expression,
        /// The part for the link that arrives.
        there: Expression,
    },
    /// Laurent series, with these committed lemmas.
    Expansion(&'static [&'static str]),
    /// Leading coefficients in the size, with these committed lemmas.
    LargeSize(&'static [&'static str]),
    /// For each matrix as many vectors as its null space has dimensions.
    NullVectors(Vec<Vec<Row<Rational>>>),
    /// Interval arithmetic.
    Enclosure,
}

/// A value with the name of the function that made it and how a reader would write it.
pub struct Side<T> {
    /// The path of the function.
    pub function: &'static str,
    /// How a reader would write the value, where it is not printed as it is.
    pub latex: Option<String>,
    /// The value.
    pub value: T,
}

impl<T> Side<T> {
    /// Called by `side!`.
    pub fn new(function: &'static str, value: T) -> Self {
        Self { function, latex: None, value }
    }

    /// How a reader would write it; expressions are printed as they are otherwise.
    pub fn written(mut self, latex: impl Into<String>) -> Self {
        self.latex = Some(latex.into());
        self
    }
}

/// `side!(path::function(arguments))`: the value together with the name of the function.
macro_rules! side {
    ($($path:ident)::+ ( $($argument:expr),* $(,)? )) => {
        $crate::laws::assertion::Side::new(stringify!($($path)::+), $($path)::+($($argument),*))
    };
}
pub(crate) use side;

/// `left = right` for scalars.
pub fn equal(domain: Domain, left: Side<Expression>, right: Side<Expression>, plans: Vec<Plan>) -> Assertion {
    let latex = format!("{} = {}", written(&left), written(&right));
    let proposition = Proposition::Equation { lhs: left.value, rhs: right.value };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `left = right` for vectors of two ladders.
pub fn equal_vectors(domain: Domain, left: Side<Ket>, right: Side<Ket>, plans: Vec<Plan>) -> Assertion {
    let latex = [&left, &right].map(|s| s.latex.clone().unwrap_or_else(|| "0".to_owned())).join(" = ");
    let proposition = Proposition::Vectors { lhs: left.value, rhs: right.value };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `left = right` for operators, for any lowering operator.
pub fn equal_operators(domain: Domain, left: Side<Operator>, right: Side<Operator>, plans: Vec<Plan>) -> Assertion {
    let latex = [&left, &right].map(|s| s.latex.clone().unwrap_or_default()).join(" = ");
    let proposition = Proposition::Operators { lhs: left.value, rhs: right.value, ladder: ladder() };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `lim_{t → 1} left = right`, which is `r → ∞`.
pub fn limit(domain: Domain, left: Side<Expression>, right: Side<Expression>, plans: Vec<Plan>) -> Assertion {
    let latex = format!(r"\lim_{{r\to\infty}} {} = {}", factor(&left), written(&right));
    let proposition = Proposition::Limit {
        expression: left.value,
        symbol: Symbol::new("t"),
        at: crate::exact::number::rational(1, 1),
        value: right.value,
    };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `left = right` for operators, for one particular lowering operator with a formula for every size.
pub fn equal_operators_of(
    domain: Domain,
    lowering: &Lowering,
    left: Side<Operator>,
    right: Side<Operator>,
    plans: Vec<Plan>,
) -> Assertion {
    let latex = [&left, &right].map(|s| s.latex.clone().unwrap_or_default()).join(" = ");
    let proposition = Proposition::OperatorsOf { lhs: left.value, rhs: right.value, formula: particular(lowering) };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `operator >= 0` for one particular lowering operator; `right` names where the bound comes from.
pub fn non_negative_operator(
    domain: Domain,
    lowering: &Lowering,
    operator: Side<Operator>,
    right: &'static str,
    plans: Vec<Plan>,
) -> Assertion {
    let latex = format!(r"{} \ge 0", operator.latex.clone().unwrap_or_default());
    let proposition = Proposition::NonNegative { operator: operator.value, formula: particular(lowering) };
    part(operator.function, right, latex, domain, proposition, plans)
}

/// The formula of a lowering operator that has one; a table has none, which no claim uses.
fn particular(lowering: &Lowering) -> Formula {
    let index = Symbol::new("l");
    let squared = lowering.formula(&Linear::symbol(index.name())).unwrap_or(Expression::from(0));
    Formula { index, squared }
}

/// The operators annihilate one vector only, up to a factor; `right` names what is claimed.
pub fn unique_null_vector(
    domain: Domain,
    operators: Side<Vec<Operator>>,
    right: &'static str,
    plans: Vec<Plan>,
) -> Assertion {
    let latex = format!(r"\dim\ker\left({}\right) = 1", operators.latex.clone().unwrap_or_default());
    let proposition = Proposition::UniqueNullVector { operators: operators.value, ladder: ladder() };
    part(operators.function, right, latex, domain, proposition, plans)
}

/// The null space of each matrix has the dimension on the right; `vectors` are as many vectors in each.
pub fn null_spaces(
    matrices: Side<Vec<SparseMatrix>>,
    right: Side<Vec<usize>>,
    vectors: Vec<Vec<Row<Rational>>>,
) -> Assertion {
    let name = |latex: &Option<String>| latex.clone().unwrap_or_default();
    let latex = format!(r"\dim\ker {} = {}", name(&matrices.latex), name(&right.latex));
    let proposition = Proposition::NullSpaces { matrices: matrices.value, dimensions: right.value };
    part(matrices.function, right.function, latex, Domain::default(), proposition, vec![Plan::NullVectors(vectors)])
}

/// `left >= right`, or `left > right`.
pub fn at_least(
    domain: Domain,
    left: Side<Expression>,
    right: Side<Expression>,
    strict: bool,
    plans: Vec<Plan>,
) -> Assertion {
    let relation = if strict { ">" } else { r"\ge" };
    let latex = format!("{} {relation} {}", written(&left), written(&right));
    let proposition = Proposition::AtLeast { lhs: left.value, rhs: right.value, strict };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `left = Σ_k right[k] symbol^k + O(symbol^n)` for `symbol → 0`, with `n` coefficients on the right.
pub fn expands(
    domain: Domain,
    left: Side<Expression>,
    symbol: &str,
    right: Side<Vec<Expression>>,
    plans: Vec<Plan>,
) -> Assertion {
    let (symbol, count) = (Symbol::new(symbol), right.value.len());
    let printed = match &right.latex {
        Some(sum) => format!(r"{sum} + \mathcal O({symbol}^{{{count}}})"),
        None => latex::expansion(&symbol, &right.value),
    };
    let latex = format!("{} = {printed}", written(&left));
    let proposition = Proposition::Expansion { expression: left.value, symbol, coefficients: right.value };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `lim left = right` as the size of the domain goes to infinity.
pub fn large_size(domain: Domain, left: Side<Expression>, right: Side<Expression>, plans: Vec<Plan>) -> Assertion {
    let latex = format!("{} {} = {}", latex::large_size(&domain), factor(&left), written(&right));
    let proposition = Proposition::LargeSize { expression: left.value, value: right.value };
    part(left.function, right.function, latex, domain, proposition, plans)
}

/// `low <= left <= high` for all values of the variables in their ranges; `right` names where the bounds come from.
pub fn enclosed(
    left: Side<Expression>,
    variables: Vec<(Symbol, Rational, Rational)>,
    right: Side<(Rational, Rational)>,
) -> Assertion {
    let (low, high) = right.value;
    let latex = format!(r"{} \in {}", written(&left), right.latex.unwrap_or_default());
    let domain = variables.iter().fold(Domain::default(), |d, (s, _, _)| d.with_real(s.name()));
    let proposition = Proposition::Enclosure { expression: left.value, variables, low, high };
    part(left.function, right.function, latex, domain, proposition, vec![Plan::Enclosure])
}

fn part(
    left: &str,
    right: &str,
    latex: String,
    domain: Domain,
    proposition: Proposition,
    plans: Vec<Plan>,
) -> Assertion {
    Assertion { left: tidy(left), right: tidy(right), latex, statement: Statement { domain, proposition }, plans }
}

fn written(side: &Side<Expression>) -> String {
    side.latex.clone().unwrap_or_else(|| latex(&side.value))
}

/// As it stands behind the sign of a limit.
fn factor(side: &Side<Expression>) -> String {
    side.latex.clone().unwrap_or_else(|| latex::factor(&side.value))
}

pub(crate) fn tidy(path: &str) -> String {
    path.replace(' ', "")
}

/// `left = right` for matrices of one shape: an equation for each element.
///
/// Elements that are the same expression on both sides, such as zeros, are left out: nothing is to be shown there.
pub fn equal_matrices(domain: Domain, left: Side<Matrix>, right: Side<Matrix>, plans: Vec<Plan>) -> Vec<Assertion> {
    let name = |side: &Side<Matrix>| side.latex.clone().unwrap_or_default();
    let (of, to) = (name(&left), name(&right));
    let mut assertions = Vec::new();
    let shape = |m: &Matrix| (m.rows().len(), m.rows().first().map_or(0, Vec::len));
    if shape(&left.value) != shape(&right.value) {
        // Refuted by its two numbers, whatever the elements are.
        let proposition = Proposition::Equation { lhs: Expression::from(0), rhs: Expression::from(1) };
        let latex = format!(r"\text{{the shapes of }}{of}\text{{ and }}{to}");
        assertions.push(part(left.function, right.function, latex, domain.clone(), proposition, plans.clone()));
    }
    for (a, b) in left.value.rows().iter().zip(right.value.rows()) {
        for (lhs, rhs) in a.iter().zip(b).filter(|(lhs, rhs)| lhs != rhs) {
            let latex = format!("{of} = {to}");
            let proposition = Proposition::Equation { lhs: lhs.clone(), rhs: rhs.clone() };
            assertions.push(part(left.function, right.function, latex, domain.clone(), proposition, plans.clone()));
        }
    }
    assertions
}
