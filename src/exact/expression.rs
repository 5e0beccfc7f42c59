//! The language in which statements are written: scalar expressions with symbolic integers.
//!
//! An expression is a value that can be evaluated at a point (`evaluate.rs`), brought to normal form for symbolic sizes
//! (`normal.rs`), printed and read back (`parse.rs`). Real symbols (`t = tanh r`, ...) and integer symbols
//! (`M = m_max = 2S`, a summation index, ...) are both [`Symbol`]s; integer symbols alone may occur in a [`Linear`] form.
//! A function symbol stands for an arbitrary real sequence: `o2(m)` is `o²(m)`.

use std::collections::BTreeMap;
use std::fmt;
use std::ops;
use std::sync::Arc;

use num_traits::{One, Signed};

use super::number::{Rational, rational};

/// The name of a variable or function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(Arc<str>);

impl Symbol {
    /// The symbol with this name.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `c + Σ k_j s_j` with integer coefficients: exponents, arguments, bounds of sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Linear {
    /// The constant term.
    pub constant: i64,
    /// The coefficients of the integer symbols, none zero.
    pub terms: BTreeMap<Symbol, i64>,
}

impl Linear {
    /// The symbol itself.
    pub fn symbol(name: &str) -> Self {
        Self { constant: 0, terms: [(Symbol::new(name), 1)].into() }
    }

    /// `self` without its constant.
    pub fn homogeneous(&self) -> Self {
        Self { constant: 0, terms: self.terms.clone() }
    }

    /// The coefficient of a symbol.
    pub fn coefficient(&self, s: &Symbol) -> i64 {
        self.terms.get(s).copied().unwrap_or(0)
    }

    /// The value when no symbol is left.
    pub fn as_integer(&self) -> Option<i64> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// `self` with `s` replaced by `by`.
    pub fn substitute(&self, s: &Symbol, by: &Linear) -> Self {
        let k = self.coefficient(s);
        let mut rest = self.clone();
        rest.terms.remove(s);
        rest + by.clone() * k
    }

    /// The value at integer values of the symbols; `None` when one is missing or the value overflows.
    pub fn evaluate(&self, at: &impl Fn(&Symbol) -> Option<i64>) -> Option<i64> {
        self.terms.iter().try_fold(self.constant, |sum, (s, k)| sum.checked_add(k.checked_mul(at(s)?)?))
    }

    /// The same as a scalar expression.
    pub fn to_expression(&self) -> Expression {
        self.terms.iter().fold(Expression::from(self.constant), |sum, (s, k)| {
            let term = Expression::Symbol(s.clone()) * Expression::from(*k);
            if sum == Expression::from(0) { term } else { sum + term }
        })
    }
}

impl From<i64> for Linear {
    fn from(constant: i64) -> Self {
        Self { constant, terms: BTreeMap::new() }
    }
}

impl ops::Add for Linear {
    type Output = Linear;
    fn add(mut self, other: Linear) -> Linear {
        self.constant += other.constant;
        for (s, k) in other.terms {
            *self.terms.entry(s).or_insert(0) += k;
        }
        self.terms.retain(|_, k| *k != 0);
        self
    }
}

impl ops::Add<i64> for Linear {
    type Output = Linear;
    fn add(self, other: i64) -> Linear {
        self + Linear::from(other)
    }
}

impl ops::Sub<i64> for Linear {
    type Output = Linear;
    fn sub(self, other: i64) -> Linear {
        self + Linear::from(-other)
    }
}

impl ops::Sub for Linear {
    type Output = Linear;
    fn sub(self, other: Linear) -> Linear {
        self + other * -1
    }
}

impl ops::Mul<i64> for Linear {
    type Output = Linear;
    fn mul(mut self, k: i64) -> Linear {
        self.constant *= k;
        self.terms.values_mut().for_each(|c| *c *= k);
        self.terms.retain(|_, c| *c != 0);
        self
    }
}

impl fmt::Display for Linear {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut first = true;
        for (s, &k) in &self.terms {
            let sign = if k < 0 {
                "-"
            } else if first {
                ""
            } else {
                "+"
            };
            f.write_str(sign)?;
            if k.abs() != 1 {
                write!(f, "{}*", k.abs())?;
            }
            write!(f, "{s}")?;
            first = false;
        }
        if first {
            write!(f, "{}", self.constant)
        } else if self.constant != 0 {
            write!(f, "{:+}", self.constant)
        } else {
            Ok(())
        }
    }
}

/// The upper end of a sum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Upper {
    /// A finite bound, included.
    Finite(Linear),
    /// The sum goes on for ever.
    Infinite,
}

impl Upper {
    /// The bound, if there is one.
    pub fn finite(&self) -> Option<Linear> {
        match self {
            Self::Finite(to) => Some(to.clone()),
            Self::Infinite => None,
        }
    }
}

/// `Σ_{index = from}^{to} term`; empty when `to < from`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// The summation index.
    pub index: Symbol,
    /// The first value of the index.
    pub from: Linear,
    /// The last value.
    pub to: Upper,
    /// The summand.
    pub term: Expression,
}

impl Series {
    /// The summand at `index = at`.
    pub fn term_at(&self, at: &Linear) -> Expression {
        self.term.substitute_integer(&self.index, at)
    }

    /// Substitution that renames the index where the new form would be captured by it.
    fn substitute_integer(&self, s: &Symbol, by: &Linear) -> Series {
        let to = match &self.to {
            Upper::Finite(l) => Upper::Finite(l.substitute(s, by)),
            Upper::Infinite => Upper::Infinite,
        };
        let (index, term) = if by.coefficient(&self.index) == 0 {
            (self.index.clone(), self.term.clone())
        } else {
            let mut fresh = format!("{}_", self.index);
            while by.coefficient(&Symbol::new(&fresh)) != 0 || self.term.mentions(&Symbol::new(&fresh)) {
                fresh.push('_');
            }
            (Symbol::new(&fresh), self.term_at(&Linear::symbol(&fresh)))
        };
        let term = if index == *s { term } else { term.substitute_integer(s, by) };
        Series { index, from: self.from.substitute(s, by), to, term }
    }
}

/// Elementary functions that only the interval arithmetic knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Elementary {
    /// `exp x`.
    Exp,
    /// `artanh(y)/y`, continued by 1 to `y = 0`.
    ArtanhRatio,
}

impl Elementary {
    /// The name in the text format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exp => "exp",
            Self::ArtanhRatio => "artanh_ratio",
        }
    }
}

/// A scalar expression.
///
/// ```
/// use twomode::exact::expression::{Expression, symbol};
/// let t = symbol("t");
/// let e = (1 + t.clone()) / (1 - t);
/// assert_eq!(e.to_string(), "(1+t)/(1-t)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expression {
    /// A rational number.
    Number(Rational),
    /// The imaginary unit.
    I,
    /// `√2`.
    Sqrt2,
    /// A real or integer variable.
    Symbol(Symbol),
    /// `a + b`.
    Add(Arc<Expression>, Arc<Expression>),
    /// `-a`.
    Negate(Arc<Expression>),
    /// `a b`.
    Multiply(Arc<Expression>, Arc<Expression>),
    /// `a/b`.
    Divide(Arc<Expression>, Arc<Expression>),
    /// `a^k` with a fixed integer exponent.
    Power(Arc<Expression>, i32),
    /// `a^L` with a symbolic integer exponent; `0^0 = 1`.
    Exponential(Arc<Expression>, Linear),
    /// The value of an arbitrary real sequence, as `o2(m+1)`.
    Value(Symbol, Linear),
    /// The binomial coefficient; zero outside `0 <= k <= n`.
    Binomial(Linear, Linear),
    /// `L!` for `L >= 0`.
    Factorial(Linear),
    /// A sum.
    Sum(Arc<Series>),
    /// An elementary function.
    Elementary(Elementary, Arc<Expression>),
}

/// The variable with this name, as an expression.
pub fn symbol(name: &str) -> Expression {
    Expression::Symbol(Symbol::new(name))
}

/// The rational `p/q`, as an expression.
pub fn ratio(p: i64, q: i64) -> Expression {
    Expression::Number(rational(p, q))
}

/// `Σ_{index=from}^{to} term`.
pub fn sum(index: &str, from: impl Into<Linear>, to: Linear, term: Expression) -> Expression {
    series(index, from.into(), Upper::Finite(to), term)
}

/// `Σ_{index=from}^{∞} term`.
pub fn infinite_sum(index: &str, from: impl Into<Linear>, term: Expression) -> Expression {
    series(index, from.into(), Upper::Infinite, term)
}

fn series(index: &str, from: Linear, to: Upper, term: Expression) -> Expression {
    Expression::Sum(Arc::new(Series { index: Symbol::new(index), from, to, term }))
}

impl Expression {
    /// `self^k`.
    pub fn pow(self, k: i32) -> Self {
        Self::Power(Arc::new(self), k)
    }

    /// `self^L` for a symbolic exponent.
    pub fn to_the(self, exponent: Linear) -> Self {
        Self::Exponential(Arc::new(self), exponent)
    }

    /// An elementary function of `self`.
    pub fn elementary(self, function: Elementary) -> Self {
        Self::Elementary(function, Arc::new(self))
    }

    /// `exp(self)`.
    pub fn exp(self) -> Self {
        self.elementary(Elementary::Exp)
    }

    /// Applies `f` to the direct parts and rebuilds the node.
    pub fn map_parts(&self, f: &mut dyn FnMut(&Expression) -> Expression) -> Expression {
        use Expression as E;
        let mut go = |e: &Arc<Expression>| Arc::new(f(e));
        match self {
            E::Number(_) | E::I | E::Sqrt2 | E::Symbol(_) | E::Value(..) | E::Binomial(..) | E::Factorial(_) => {
                self.clone()
            }
            E::Add(a, b) => E::Add(go(a), go(b)),
            E::Negate(a) => E::Negate(go(a)),
            E::Multiply(a, b) => E::Multiply(go(a), go(b)),
            E::Divide(a, b) => E::Divide(go(a), go(b)),
            E::Power(a, k) => E::Power(go(a), *k),
            E::Exponential(a, l) => E::Exponential(go(a), l.clone()),
            E::Elementary(name, a) => E::Elementary(*name, go(a)),
            E::Sum(s) => {
                let term = f(&s.term);
                E::Sum(Arc::new(Series { term, ..(**s).clone() }))
            }
        }
    }

    /// The direct parts.
    pub fn parts(&self) -> Vec<&Expression> {
        use Expression as E;
        match self {
            E::Number(_) | E::I | E::Sqrt2 | E::Symbol(_) | E::Value(..) | E::Binomial(..) | E::Factorial(_) => {
                vec![]
            }
            E::Add(a, b) | E::Multiply(a, b) | E::Divide(a, b) => vec![a, b],
            E::Negate(a) | E::Power(a, _) | E::Exponential(a, _) | E::Elementary(_, a) => vec![a],
            E::Sum(s) => vec![&s.term],
        }
    }

    /// `self` with the real symbol `s` replaced by an expression that names no summation index of `self`; a summation
    /// index of the name of `s` hides it.
    pub fn substitute(&self, s: &Symbol, by: &Expression) -> Expression {
        match self {
            Self::Symbol(name) if name == s => by.clone(),
            Self::Sum(series) if series.index == *s => self.clone(),
            _ => self.map_parts(&mut |part| part.substitute(s, by)),
        }
    }

    /// `self` with the integer symbol `s` replaced by a linear form; a summation index of that name hides it.
    pub fn substitute_integer(&self, s: &Symbol, by: &Linear) -> Expression {
        match self {
            Self::Symbol(name) if name == s => by.to_expression(),
            Self::Value(f, l) => Self::Value(f.clone(), l.substitute(s, by)),
            Self::Binomial(n, k) => Self::Binomial(n.substitute(s, by), k.substitute(s, by)),
            Self::Factorial(l) => Self::Factorial(l.substitute(s, by)),
            Self::Exponential(a, l) => a.substitute_integer(s, by).to_the(l.substitute(s, by)),
            Self::Sum(series) => Self::Sum(Arc::new(series.substitute_integer(s, by))),
            _ => self.map_parts(&mut |part| part.substitute_integer(s, by)),
        }
    }

    /// `self` with every value `f(L)` of a sequence replaced by an expression in `L`.
    pub fn replace_values(&self, f: &Symbol, by: &dyn Fn(&Linear) -> Expression) -> Expression {
        match self {
            Self::Value(g, l) if g == f => by(l),
            _ => self.map_parts(&mut |part| part.replace_values(f, by)),
        }
    }

    /// The complex conjugate: every symbol and sequence is real.
    pub fn conjugate(&self) -> Expression {
        match self {
            Self::I => -Self::I,
            _ => self.map_parts(&mut |part| part.conjugate()),
        }
    }

    /// Whether the symbol occurs anywhere, bound or free.
    pub fn mentions(&self, s: &Symbol) -> bool {
        let mut found = false;
        self.visit(&mut |e| {
            found |= match e {
                Self::Symbol(name) => name == s,
                Self::Value(_, l) | Self::Exponential(_, l) | Self::Factorial(l) => l.coefficient(s) != 0,
                Self::Binomial(n, k) => n.coefficient(s) != 0 || k.coefficient(s) != 0,
                Self::Sum(series) => {
                    let upper = matches!(&series.to, Upper::Finite(l) if l.coefficient(s) != 0);
                    series.index == *s || upper || series.from.coefficient(s) != 0
                }
                _ => false,
            };
        });
        found
    }

    /// Calls `f` on the expression and on everything inside it.
    pub fn visit(&self, f: &mut dyn FnMut(&Expression)) {
        f(self);
        for part in self.parts() {
            part.visit(f);
        }
    }
}

impl From<i64> for Expression {
    fn from(n: i64) -> Self {
        ratio(n, 1)
    }
}

macro_rules! binary {
    ($trait:ident, $method:ident, $build:expr) => {
        impl ops::$trait for Expression {
            type Output = Expression;
            fn $method(self, other: Expression) -> Expression {
                let build: fn(Arc<Expression>, Arc<Expression>) -> Expression = $build;
                build(Arc::new(self), Arc::new(other))
            }
        }
        impl ops::$trait<i64> for Expression {
            type Output = Expression;
            fn $method(self, other: i64) -> Expression {
                ops::$trait::$method(self, Expression::from(other))
            }
        }
        impl ops::$trait<Expression> for i64 {
            type Output = Expression;
            fn $method(self, other: Expression) -> Expression {
                ops::$trait::$method(Expression::from(self), other)
            }
        }
    };
}

binary!(Add, add, Expression::Add);
binary!(Sub, sub, |a, b| Expression::Add(a, Arc::new(Expression::Negate(b))));
binary!(Mul, mul, Expression::Multiply);
binary!(Div, div, Expression::Divide);

impl ops::Neg for Expression {
    type Output = Expression;
    fn neg(self) -> Expression {
        Expression::Negate(Arc::new(self))
    }
}

/// How tightly a node binds, for brackets: sum < product < sign < power < atom.
fn strength(e: &Expression) -> u8 {
    use Expression as E;
    match e {
        E::Add(..) | E::Negate(_) => 0,
        E::Multiply(..) | E::Divide(..) => 1,
        E::Number(q) if q.is_negative() => 0,
        E::Number(q) if !q.denom().is_one() => 1,
        E::Power(..) | E::Exponential(..) => 2,
        _ => 3,
    }
}

struct Bracketed<'a>(&'a Expression, u8);

impl fmt::Display for Bracketed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if strength(self.0) < self.1 { write!(f, "({})", self.0) } else { write!(f, "{}", self.0) }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        use Expression as E;
        let at = |e, least| Bracketed(e, least);
        match self {
            E::Number(q) => write!(f, "{q}"),
            E::I => f.write_str("i"),
            E::Sqrt2 => f.write_str("sqrt2"),
            E::Symbol(s) => write!(f, "{s}"),
            E::Add(a, b) => match &**b {
                E::Negate(c) => write!(f, "{a}-{}", at(c, 1)),
                _ => write!(f, "{a}+{}", at(b, 1)),
            },
            E::Negate(a) => write!(f, "-{}", at(a, 1)),
            E::Multiply(a, b) => write!(f, "{}*{}", at(a, 1), at(b, 2)),
            E::Divide(a, b) => write!(f, "{}/{}", at(a, 1), at(b, 2)),
            E::Power(a, k) => write!(f, "{}^({k})", at(a, 3)),
            E::Exponential(a, l) => write!(f, "{}^({l})", at(a, 3)),
            E::Value(s, l) => write!(f, "{s}({l})"),
            E::Binomial(n, k) => write!(f, "binomial({n},{k})"),
            E::Factorial(l) => write!(f, "factorial({l})"),
            E::Sum(s) => match &s.to {
                Upper::Finite(to) => write!(f, "sum({}={}..{to}, {})", s.index, s.from, s.term),
                Upper::Infinite => write!(f, "sum({}={}..inf, {})", s.index, s.from, s.term),
            },
            E::Elementary(function, a) => write!(f, "{}({a})", function.name()),
        }
    }
}
