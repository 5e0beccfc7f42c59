//! Propositions, vectors and operators as LaTeX.
//!
//! A relation stands between spaces, and nothing inside an expression does, so a reader of the text can cut there.

use super::number::{Monomial, constant, rational};
use super::{bracketed, ends_with_series, factor, juxtaposed, latex, linear, named, simplified};
use crate::exact::algebra::{Formula, Letter, Operator, Word};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol};
use crate::exact::ket::{Ket, KetTerm};
use crate::exact::number::{self, Rational};
use crate::exact::{Proposition, Statement};

/// What a statement says, as LaTeX; for whom it says so is its domain.
///
/// ```
/// use twomode::exact::domain::Domain;
/// use twomode::exact::expression::symbol;
/// use twomode::exact::number::rational;
/// use twomode::exact::{Proposition, Statement};
/// use twomode::model::latex::proposition;
/// let equation = Statement::equation(Domain::default(), symbol("x").pow(2), symbol("x") - 1);
/// assert_eq!(proposition(&equation), "x^{2} = x-1");
///
/// let (expression, value) = (symbol("t") + 1, symbol("x"));
/// let symbol = twomode::exact::expression::Symbol::new("t");
/// let limit = Proposition::Limit { expression, symbol, at: rational(1, 1), value };
/// let limit = Statement { domain: Domain::default(), proposition: limit };
/// assert_eq!(proposition(&limit), r"\lim_{r\to\infty} (\tanh(r)+1) = x");
/// ```
pub fn proposition(statement: &Statement) -> String {
    use Proposition as P;
    match &statement.proposition {
        P::Equation { lhs, rhs } => format!("{} = {}", latex(lhs), latex(rhs)),
        P::Vectors { lhs, rhs } => format!("{} = {}", ket(lhs), ket(rhs)),
        P::Operators { lhs, rhs, .. } => format!("{} = {}", operator(lhs), operator(rhs)),
        P::OperatorsOf { lhs, rhs, formula } => {
            format!("{} = {}{}", operator(lhs), operator(rhs), particular(formula))
        }
        P::NonNegative { operator: a, formula } => format!(r"{} \ge 0{}", operator(a), particular(formula)),
        P::UniqueNullVector { operators, .. } => {
            let operators: Vec<String> = operators.iter().map(operator).collect();
            format!(r"\dim\ker\left({}\right) = 1", operators.join(r",\ "))
        }
        P::NullSpaces { dimensions, .. } => {
            let mut first = 1;
            let runs = dimensions.chunk_by(|a, b| a == b).map(|run| {
                let last = first + run.len() - 1;
                let which = if first == last { last.to_string() } else { format!(r"{first}\ldots {last}") };
                first = last + 1;
                format!(r"\dim\ker A_{{{which}}} = {}", run[0])
            });
            runs.collect::<Vec<_>>().join(r",\quad ")
        }
        P::AtLeast { lhs, rhs, strict } => {
            format!("{} {} {}", latex(lhs), if *strict { ">" } else { r"\ge" }, latex(rhs))
        }
        P::Expansion { expression, symbol, coefficients } => {
            format!("{} = {}", latex(expression), expansion(symbol, coefficients))
        }
        P::LargeSize { expression, value } => {
            format!("{} {} = {}", large_size(&statement.domain), factor(expression), latex(value))
        }
        P::Limit { expression, symbol, at, value } => {
            format!(r"\lim_{{{}}} {} = {}", approach(symbol, at), factor(expression), latex(value))
        }
        P::Enclosure { expression, low, high, .. } => {
            format!(r"{} \le {} \le {}", rational(low), latex(expression), rational(high))
        }
    }
}

/// `t → 1` is `r → ∞`.
fn approach(symbol: &Symbol, at: &Rational) -> String {
    match symbol.name() {
        "t" if *at == number::rational(1, 1) => r"r\to\infty".to_owned(),
        name => format!(r"{}\to {}", named(name), rational(at)),
    }
}

/// The sign of a limit of large size; the size `n` is `2S`.
///
/// ```
/// use twomode::exact::domain::Domain;
/// use twomode::model::latex::large_size;
/// assert_eq!(large_size(&Domain::sizes("n", 1)), r"\lim_{S\to\infty}");
/// ```
pub fn large_size(domain: &Domain) -> String {
    let size = match domain.size.as_ref().map(|size| size.symbol.name()) {
        None | Some("n") => "S".to_owned(),
        Some(name) => named(name),
    };
    format!(r"\lim_{{{size}\to\infty}}")
}

/// `Σ_k coefficients[k] x^k + O(x^n)` with `n` coefficients, without those that are 0.
///
/// ```
/// use twomode::exact::expression::{Symbol, ratio, symbol};
/// use twomode::model::latex::expansion;
/// let coefficients = [symbol("y") + 1, ratio(0, 1), ratio(-1, 2), -symbol("y")];
/// let shown = expansion(&Symbol::new("x"), &coefficients);
/// assert_eq!(shown, r"(y+1)-\frac{1}{2}\,x^{2}-y\,x^{3}+\mathcal O(x^{4})");
/// ```
pub fn expansion(symbol: &Symbol, coefficients: &[Expression]) -> String {
    let name = latex(&Expression::Symbol(symbol.clone()));
    let power = |k: usize| match k {
        0 => None,
        1 => Some(name.clone()),
        _ => Some(format!("{name}^{{{k}}}")),
    };
    let terms = coefficients.iter().enumerate().filter(|(_, c)| !is_zero(c)).map(|(k, c)| {
        let (negative, coefficient) = coefficient_of(c);
        let both = coefficient.into_iter().chain(power(k)).reduce(|c, x| juxtaposed(&c, &x));
        (negative, both.unwrap_or_else(|| "1".to_owned()))
    });
    let remainder = format!(r"\mathcal O({name}^{{{}}})", coefficients.len());
    added(terms.chain([(false, remainder)]))
}

/// For which lowering operator; no relation between spaces, as it belongs to the right side.
fn particular(formula: &Formula) -> String {
    format!(r",\quad o^2({})={}", named(formula.index.name()), latex(&formula.squared))
}

/// A vector of two ladders as LaTeX.
///
/// ```
/// use twomode::exact::expression::Linear;
/// use twomode::exact::ket::Ket;
/// use twomode::format::parse::expression;
/// use twomode::model::latex::ket;
/// let coefficient = expression("(-t)^(m)").unwrap();
/// let lowered = Ket::series(1, Linear::symbol("M"), coefficient, &[("o2", 0)], (-1, 0));
/// assert_eq!(ket(&lowered), r"\sum_{m=1}^{m_{\max}} (-\tanh(r))^{m}\,o(m)\,|m-1,m\rangle");
/// let vacuum = Ket::series(0, Linear::from(0), expression("-2").unwrap(), &[], (0, 0));
/// assert_eq!(ket(&vacuum.plus(lowered.scaled(&expression("x-1").unwrap()))), [
///     r"-2|0,0\rangle",
///     r"+\sum_{m=1}^{m_{\max}} (x-1)(-\tanh(r))^{m}\,o(m)\,|m-1,m\rangle",
/// ].concat());
/// assert_eq!(ket(&Ket::zero()), "0");
/// ```
pub fn ket(ket: &Ket) -> String {
    added(ket.terms.iter().filter(|term| !is_zero(&term.coefficient)).map(ket_term))
}

/// The sign and the rest of one term.
fn ket_term(term: &KetTerm) -> (bool, String) {
    let index = Linear::symbol(term.index.name());
    let single = term.from == term.to && term.from != index;
    // A sum of one term is that term.
    let at = |l: &Linear| if single { l.substitute(&term.index, &term.from) } else { l.clone() };
    let coefficient = match single {
        true => term.coefficient.substitute_integer(&term.index, &term.from),
        false => term.coefficient.clone(),
    };
    let (negative, coefficient) = coefficient_of(&coefficient);
    let roots = term.roots.iter().map(|((ladder, l), e)| root(ladder, &linear(&at(l)), *e));
    let basis = format!(r"|{},{}\rangle", linear(&at(&term.at.0)), linear(&at(&term.at.1)));
    let factors: Vec<String> = coefficient.into_iter().chain(roots).chain([basis]).collect();
    let body = factors.into_iter().reduce(|left, right| juxtaposed(&left, &right)).unwrap_or_default();
    match single {
        true => (negative, body),
        false => {
            let range = format!("{}={}", named(term.index.name()), linear(&term.from));
            (negative, format!(r"\sum_{{{range}}}^{{{}}} {body}", linear(&term.to)))
        }
    }
}

/// `o(L)` for the root of the ladder `o2`.
fn root(ladder: &Symbol, at: &str, exponent: u32) -> String {
    let name = match ladder.name().strip_suffix('2') {
        Some(name) => named(name),
        None => format!(r"\sqrt{{{}}}", named(ladder.name())),
    };
    let power = if exponent == 1 { String::new() } else { format!("^{{{exponent}}}") };
    format!("{name}{power}({at})")
}

/// An operator of two subsystems as LaTeX. Coefficients that are plain numbers are computed, words with coefficient 0 left
/// out.
///
/// ```
/// use twomode::exact::algebra::Operator;
/// use twomode::exact::expression::{Expression, ratio, symbol};
/// use twomode::model::latex::operator;
/// use twomode::model::operators::{lowering, y, z};
/// assert_eq!(operator(&y(1)), r"\frac{i}{2}\,\hat O_1-\frac{i}{2}\,\hat O_1^\dagger");
/// assert_eq!(operator(&z(2).minus(&z(2))), "0");
/// let jump = lowering(1).scaled(&symbol("c")).plus(&lowering(2).adjoint().scaled(&(symbol("x") - 1)));
/// assert_eq!(operator(&jump), r"\cosh(r)\,\hat O_1+(x-1)\hat O_2^\dagger");
/// assert_eq!(operator(&Operator::word((vec![], vec![]), ratio(-1, 2))), r"-\frac{1}{2}\,\hat 1");
/// ```
pub fn operator(operator: &Operator) -> String {
    let mut shown: Vec<_> = operator.terms().filter(|(_, c)| !is_zero(c)).collect();
    // Subsystem 1 comes first.
    shown.sort_by_key(|((first, _), _)| first.is_empty());
    added(shown.into_iter().map(|(w, c)| {
        let (negative, coefficient) = coefficient_of(c);
        (negative, coefficient.map_or(word(w), |c| juxtaposed(&c, &word(w))))
    }))
}

fn word((first, second): &Word) -> String {
    let letters = |j: u8, letters: &[Letter]| -> String {
        letters.iter().map(|raise| format!(r"\hat O_{j}{}", if *raise { r"^\dagger" } else { "" })).collect()
    };
    let text = letters(1, first) + &letters(2, second);
    if text.is_empty() { r"\hat 1".to_owned() } else { text }
}

/// Terms with their signs, one after the other.
fn added(terms: impl Iterator<Item = (bool, String)>) -> String {
    let mut text = String::new();
    for (negative, term) in terms {
        text += match (negative, text.is_empty()) {
            (true, _) => "-",
            (false, true) => "",
            (false, false) => "+",
        };
        text += &term;
    }
    if text.is_empty() { "0".to_owned() } else { text }
}

/// The sign of a coefficient, and the rest as a factor; `None` for 1.
fn coefficient_of(e: &Expression) -> (bool, Option<String>) {
    if let Some(number) = constant(e).and_then(|c| Monomial::of(&c)) {
        let text = number.size_latex();
        return (number.negative, (text != "1").then_some(text));
    }
    let e = simplified(e);
    let (negative, text) = match (e, latex(e).strip_prefix('-')) {
        // The sign of a sum stands for its first term alone.
        (Expression::Add(..), _) | (_, None) => (false, factor(e)),
        (_, Some(rest)) => (true, rest.to_owned()),
    };
    (negative, Some(if ends_with_series(e) { bracketed(&text) } else { text }))
}

fn is_zero(e: &Expression) -> bool {
    constant(e).is_some_and(|c| c.is_zero())
}
