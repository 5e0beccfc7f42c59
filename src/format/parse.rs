//! Reads expressions in the text form in which they are printed.
//!
//! Grammar (spaces are free): `sum := product (('+'|'-') product)*`, `product := signed (('*'|'/') signed)*`,
//! `signed := '-' signed | power`, `power := atom ['^' exponent]`, where the exponent is an integer or a bracketed
//! linear form, and atoms are numbers, names, `name(linear)` (a sequence), `binomial(n,k)`, `factorial(n)`,
//! `sum(m=from..to, term)` (`to` may be `inf`), `exp(x)`, `artanh_ratio(x)`, `i`, `sqrt2`.
//! Brackets nest at most [`DEPTH`] deep and an expression has at most [`OPERATORS`] operators, so that no input can
//! exhaust the stack.

use num_traits::{One, Zero};

use crate::exact::expression::{Elementary, Expression, Linear, Symbol, Upper, infinite_sum, sum};
use crate::exact::number::{Integer, Rational};

/// The deepest nesting that is accepted.
pub const DEPTH: usize = 200;

/// The largest number of operators in one expression.
pub const OPERATORS: usize = 2_000;

/// The largest integer in a linear form, also after like terms are added.
pub const LARGEST: i64 = 1_000_000;

/// Names with a meaning of their own, which no variable or sequence can have.
pub const RESERVED: [&str; 8] = ["i", "sqrt2", "inf", "sum", "binomial", "factorial", "exp", "artanh_ratio"];

/// What is wrong with a text, and where (a byte offset).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Byte offset of the offending character.
    pub at: usize,
    /// What would be accepted there.
    pub expected: &'static str,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "at column {}: expected {}", self.at + 1, self.expected)
    }
}

/// Reads an expression.
///
/// # Errors
/// [`ParseError`] with the place and what would be accepted there.
///
/// ```
/// use twomode::format::parse::expression;
/// let e = expression("sum(m=0..M, t^(2*m))").unwrap();
/// assert_eq!(e.to_string(), "sum(m=0..M, t^(2*m))");
/// assert!(expression("1 +").is_err());
/// ```
pub fn expression(text: &str) -> Result<Expression, ParseError> {
    let mut p = Parser { text: text.as_bytes(), at: 0, depth: 0, operators: 0 };
    let e = p.sum()?;
    p.end(e)
}

/// Reads a linear form in integer symbols, as `2*m+1`.
///
/// # Errors
/// [`ParseError`] with the place and what would be accepted there.
pub fn linear(text: &str) -> Result<Linear, ParseError> {
    let mut p = Parser { text: text.as_bytes(), at: 0, depth: 0, operators: 0 };
    let l = p.linear()?;
    p.end(l)
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
    operators: usize,
}

type Parsed<T> = Result<T, ParseError>;

impl Parser<'_> {
    fn fail<T>(&self, expected: &'static str) -> Parsed<T> {
        Err(ParseError { at: self.at, expected })
    }

    fn end<T>(&mut self, value: T) -> Parsed<T> {
        if self.peek().is_none() { Ok(value) } else { self.fail("an operator or the end") }
    }

    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn take(&mut self, c: u8) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, c: u8, expected: &'static str) -> Parsed<()> {
        if self.take(c) { Ok(()) } else { self.fail(expected) }
    }

    fn nested<T>(&mut self, f: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > DEPTH {
            return self.fail("fewer nested brackets");
        }
        let result = f(self);
        self.depth -= 1;
        result
    }

    fn count_operator(&mut self) -> Parsed<()> {
        self.operators += 1;
        if self.operators > OPERATORS { self.fail("a shorter expression") } else { Ok(()) }
    }

    fn sum(&mut self) -> Parsed<Expression> {
        let mut value = self.product()?;
        loop {
            self.count_operator()?;
            if self.take(b'+') {
                value = value + self.product()?;
            } else if self.take(b'-') {
                value = value - self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Parsed<Expression> {
        let mut value = self.signed()?;
        loop {
            self.count_operator()?;
            if self.take(b'*') {
                value = value * self.signed()?;
            } else if self.take(b'/') {
                value = value / self.signed()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn signed(&mut self) -> Parsed<Expression> {
        if self.take(b'-') { Ok(-self.nested(Self::signed)?) } else { self.power() }
    }

    fn power(&mut self) -> Parsed<Expression> {
        let base = self.atom()?;
        if !self.take(b'^') {
            return Ok(base);
        }
        let exponent = if self.take(b'(') {
            let l = self.linear()?;
            self.expect(b')', "`)` after the exponent")?;
            l
        } else {
            Linear::from(self.small_integer()?)
        };
        match exponent.as_integer() {
            Some(k) => match i32::try_from(k) {
                Ok(k) => Ok(base.pow(k)),
                Err(_) => self.fail("a smaller exponent"),
            },
            None => Ok(base.to_the(exponent)),
        }
    }

    fn atom(&mut self) -> Parsed<Expression> {
        match self.peek() {
            Some(b'(') => {
                self.at += 1;
                let value = self.nested(Self::sum)?;
                self.expect(b')', "`)`")?;
                Ok(value)
            }
            Some(c) if c.is_ascii_digit() => Ok(Expression::Number(Rational::from(self.digits()?))),
            Some(c) if c.is_ascii_alphabetic() => self.named(),
            _ => self.fail("a number, a name or `(`"),
        }
    }

    fn named(&mut self) -> Parsed<Expression> {
        let name = self.name()?;
        if !self.take(b'(') {
            return Ok(match name.as_str() {
                "i" => Expression::I,
                "sqrt2" => Expression::Sqrt2,
                "inf" | "sum" | "binomial" | "factorial" | "exp" | "artanh_ratio" => {
                    return self.fail("a name that has no other meaning");
                }
                _ => Expression::Symbol(Symbol::new(&name)),
            });
        }
        let elementary = [Elementary::Exp, Elementary::ArtanhRatio];
        let value = if let Some(function) = elementary.into_iter().find(|e| e.name() == name) {
            self.nested(Self::sum)?.elementary(function)
        } else if name == "binomial" {
            let n = self.linear()?;
            self.expect(b',', "`,` between the arguments of binomial")?;
            Expression::Binomial(n, self.linear()?)
        } else if name == "factorial" {
            Expression::Factorial(self.linear()?)
        } else if name == "sum" {
            self.series()?
        } else if RESERVED.contains(&name.as_str()) {
            return self.fail("an operator after `i`, `sqrt2` or `inf`");
        } else {
            Expression::Value(Symbol::new(&name), self.linear()?)
        };
        self.expect(b')', "`)`")?;
        Ok(value)
    }

    fn series(&mut self) -> Parsed<Expression> {
        let index = self.variable()?;
        self.expect(b'=', "`=` after the summation index")?;
        let from = self.linear()?;
        self.expect(b'.', "`..` between the bounds")?;
        self.expect(b'.', "`..` between the bounds")?;
        let start = self.at;
        let infinite = self.name().is_ok_and(|name| name == "inf");
        let to = if infinite {
            Upper::Infinite
        } else {
            self.at = start;
            Upper::Finite(self.linear()?)
        };
        self.expect(b',', "`,` before the summand")?;
        let term = self.nested(Self::sum)?;
        Ok(match to {
            Upper::Finite(to) => sum(&index, from, to, term),
            Upper::Infinite => infinite_sum(&index, from, term),
        })
    }

    fn linear(&mut self) -> Parsed<Linear> {
        let mut total = Linear::default();
        let mut sign = if self.take(b'-') { -1 } else { 1 };
        loop {
            total = total + self.linear_term()? * sign;
            if total.terms.values().chain([&total.constant]).any(|k| k.abs() > LARGEST) {
                return self.fail("integers up to 1000000");
            }
            sign = if self.take(b'+') {
                1
            } else if self.take(b'-') {
                -1
            } else {
                return Ok(total);
            };
        }
    }

    fn linear_term(&mut self) -> Parsed<Linear> {
        match self.peek() {
            Some(c) if c.is_ascii_digit() => {
                let k = self.small_integer()?;
                if self.take(b'*') { Ok(Linear::symbol(&self.variable()?) * k) } else { Ok(Linear::from(k)) }
            }
            Some(c) if c.is_ascii_alphabetic() => Ok(Linear::symbol(&self.variable()?)),
            _ => self.fail("an integer or an integer symbol"),
        }
    }

    /// Small enough that no arithmetic on linear forms can overflow.
    fn small_integer(&mut self) -> Parsed<i64> {
        let start = self.at;
        match self.digits()?.to_string().parse::<i64>() {
            Ok(n) if n <= LARGEST => Ok(n),
            _ => Err(ParseError { at: start, expected: "an integer up to 1000000" }),
        }
    }

    fn digits(&mut self) -> Parsed<Integer> {
        self.peek();
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.text[start..self.at]).unwrap_or("");
        text.parse().or_else(|_| self.fail("digits"))
    }

    fn variable(&mut self) -> Parsed<String> {
        let start = self.at;
        let name = self.name()?;
        if !RESERVED.contains(&name.as_str()) {
            return Ok(name);
        }
        self.at = start;
        self.fail("a name that has no other meaning")
    }

    fn name(&mut self) -> Parsed<String> {
        self.peek();
        let start = self.at;
        while self.text.get(self.at).is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_') {
            self.at += 1;
        }
        let name = String::from_utf8_lossy(&self.text[start..self.at]).into_owned();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            Ok(name)
        } else {
            self.at = start;
            self.fail("a name")
        }
    }
}

/// Whether two expressions are the same up to the way numbers are written (`-1` and `-(1)`, `1/2` as a quotient).
pub fn same_form(a: &Expression, b: &Expression) -> bool {
    plain(a) == plain(b)
}

/// Writes negative numbers with a sign node and fractions with a quotient node, as the parser does.
fn plain(e: &Expression) -> Expression {
    match e {
        Expression::Number(q) => {
            let negative = *q < Rational::zero();
            let positive = if negative { -q.clone() } else { q.clone() };
            let whole = |n: &Integer| Expression::Number(Rational::from(n.clone()));
            // `-1/2` is read as `(-1)/2`.
            let top = whole(positive.numer());
            let top = if negative { -top } else { top };
            if positive.denom().is_one() { top } else { top / whole(positive.denom()) }
        }
        _ => e.map_parts(&mut plain),
    }
}
