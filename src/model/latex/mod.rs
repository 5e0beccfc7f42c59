//! Prints what is checked as LaTeX, so that the book shows it beside what is printed.
//!
//! The notation is the paper's: what [`squeezing`] makes from `t = tanh r` is shown as a function of `r`, half of the size
//! as `S`, and `tanh^{2m_max+2} r ± 1` as `f_±`. The numbers in a
//! product are multiplied and come first. Nothing is rearranged otherwise.
//! `statement` prints whole propositions, with vectors and operators.

use num_traits::{One, Signed};

use super::{m_max, size, squeezing};
use crate::exact::expression::{Elementary, Expression, Linear, Upper};

mod number;
mod statement;

use number::{Monomial, rational};
pub use statement::{expansion, ket, large_size, operator, proposition};

/// An expression as LaTeX.
///
/// ```
/// use twomode::format::parse::expression;
/// use twomode::model::latex::latex;
/// let shown = |text| latex(&expression(text).unwrap());
/// assert_eq!(shown("sum(m=1..M, o2(m))"), r"\sum_{m=1}^{m_{\max}} o^2(m)");
/// assert_eq!(shown("(x+1)*(x-1)/2"), r"\frac{(x+1)(x-1)}{2}");
/// assert_eq!(shown("2*x-(-3)*y"), r"2x-(-3y)");
/// assert_eq!(shown("3*binomial(2*n,m)^2"), r"3\binom{4S}{m}^{2}");
/// // In terms of t = tanh r:
/// assert_eq!(shown("((1+t)/(1-t))^(-1)*(M/2)"), r"e^{-2r}\,S");
/// assert_eq!(shown("t^(2*m)*(1/(1-t^2))"), r"\tanh^{2m}(r)\,\cosh^{2}(r)");
/// assert_eq!(shown("t^(2*M+2)-1"), "f_-");
/// // A sum reaches as far as the product goes, a sign before a bracket holds for all of it:
/// assert_eq!(shown("2*sum(m=1..M, x)*y"), r"2\left(\sum_{m=1}^{m_{\max}} x\right)y");
/// assert_eq!(shown("(-1)*(x-y)*(1*(x+y))"), r"-(x-y)(x+y)");
/// ```
pub fn latex(e: &Expression) -> String {
    use Expression as E;
    let e = simplified(e);
    if let Some(name) = notation(e) {
        return name;
    }
    match e {
        E::Number(q) => rational(q),
        E::I => "i".to_owned(),
        E::Sqrt2 => r"\sqrt{2}".to_owned(),
        E::Symbol(s) => symbol(s.name(), 1),
        E::Add(a, b) => match &**b {
            E::Negate(c) => format!("{}-{}", latex(a), factor(c)),
            _ => {
                let (a, b) = (latex(a), latex(b));
                if b.starts_with('-') { format!("{a}{b}") } else { format!("{a}+{b}") }
            }
        },
        E::Negate(_) | E::Multiply(..) => Product::of(e).latex(),
        E::Divide(a, b) => format!(r"\frac{{{}}}{{{}}}", latex(a), latex(b)),
        E::Power(a, k) => power(a, &k.to_string()),
        E::Exponential(a, l) => power(a, &linear(l)),
        E::Value(f, l) => match f.name() {
            "o2" => format!("o^2({})", linear(l)),
            name => format!("{}_{{{}}}", named(name), linear(l)),
        },
        E::Binomial(n, k) => format!(r"\binom{{{}}}{{{}}}", linear(n), linear(k)),
        E::Factorial(l) => {
            let text = linear(l);
            if text.len() == 1 { format!("{text}!") } else { format!("({text})!") }
        }
        E::Sum(s) => {
            let to = match &s.to {
                Upper::Finite(to) => linear(to),
                Upper::Infinite => r"\infty".to_owned(),
            };
            format!(r"\sum_{{{}={}}}^{{{to}}} {}", named(s.index.name()), linear(&s.from), factor(&s.term))
        }
        E::Elementary(Elementary::Exp, a) => format!("e^{{{}}}", latex(a)),
        E::Elementary(Elementary::ArtanhRatio, a) => format!(r"\frac{{\operatorname{{artanh}}({0})}}{{{0}}}", latex(a)),
    }
}

/// What the paper has a name for.
fn notation(e: &Expression) -> Option<String> {
    use Expression as E;
    let t = squeezing::tanh();
    let name = match e {
        E::Symbol(_) if *e == t => r"\tanh(r)",
        E::Multiply(..) if *e == squeezing::sinh() => r"\sinh(r)",
        E::Power(a, k) if **a == t => return Some(format!(r"\tanh^{{{k}}}(r)")),
        E::Exponential(a, l) if **a == t => return Some(format!(r"\tanh^{{{}}}(r)", linear(l))),
        E::Power(a, k) if **a == squeezing::exp_2r(1) => return Some(format!("e^{{{}r}}", 2 * k)),
        E::Divide(..) if *e == squeezing::exp_2r(1) => "e^{2r}",
        E::Divide(..) if *e == squeezing::cosh_squared() => r"\cosh^{2}(r)",
        E::Divide(..) if *e == squeezing::sinh_squared() => r"\sinh^{2}(r)",
        E::Divide(..) if *e == squeezing::cosh_2r() => r"\cosh(2r)",
        E::Divide(..) if *e == squeezing::sinh_2r() => r"\sinh(2r)",
        E::Divide(..) if *e == size() / 2 || *e == crate::exact::expression::symbol("n") / 2 => "S",
        E::Add(a, b) if **a == squeezing::tanh_to(m_max() * 2 + 2) => match &**b {
            E::Number(q) if q.is_one() => "f_+",
            E::Number(q) if (-q.clone()).is_one() => "f_-",
            E::Negate(c) if matches!(&**c, E::Number(q) if q.is_one()) => "f_-",
            _ => return None,
        },
        _ => return None,
    };
    Some(name.to_owned())
}

/// What is printed in place of an expression: without factors 1 and powers 1.
fn simplified(e: &Expression) -> &Expression {
    match e {
        Expression::Power(a, 1) => simplified(a),
        Expression::Multiply(..) | Expression::Negate(_) if notation(e).is_none() => match Product::of(e) {
            Product { number: Monomial { size, negative: false, unit: None }, factors } if size.is_one() => {
                match factors[..] {
                    [one] => simplified(one),
                    _ => e,
                }
            }
            _ => e,
        },
        _ => e,
    }
}

/// A number, with its sign before everything, and the other factors in their order.
struct Product<'a> {
    number: Monomial,
    factors: Vec<&'a Expression>,
}

impl<'a> Product<'a> {
    fn of(e: &'a Expression) -> Self {
        let mut product = Self { number: Monomial::one(), factors: Vec::new() };
        product.gather(e);
        product
    }

    fn gather(&mut self, e: &'a Expression) {
        match e {
            Expression::Multiply(a, b) if notation(e).is_none() => {
                self.gather(a);
                self.gather(b);
            }
            Expression::Negate(a) => {
                self.number.negative ^= true;
                self.gather(a);
            }
            _ => match number::constant(e).and_then(|c| self.number.times(&c)) {
                Some(number) => self.number = number,
                None => self.factors.push(e),
            },
        }
    }

    fn latex(&self) -> String {
        let sign = if self.number.negative { "-" } else { "" };
        let number = self.number.size_latex();
        let last = self.factors.len().saturating_sub(1);
        let factors = self.factors.iter().enumerate().map(|(k, e)| if k == last { factor(e) } else { left_factor(e) });
        let one = number == "1" && !self.factors.is_empty();
        let all = (!one).then_some(number).into_iter().chain(factors);
        sign.to_owned() + &all.reduce(|left, right| juxtaposed(&left, &right)).unwrap_or_default()
    }
}

/// Two factors side by side, with the space or dot that keeps them apart.
fn juxtaposed(left: &str, right: &str) -> String {
    let misread = [r"\frac{", ""]
        .iter()
        .any(|p| right.strip_prefix(p).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
    let opens = right.starts_with('(') || right.starts_with(r"\left(");
    let close = opens || ends_with_bracket(left) || left.bytes().all(|b| b.is_ascii_digit());
    let between = match (misread, close) {
        (true, _) => r"\cdot ",
        (false, true) => "",
        (false, false) => r"\,",
    };
    format!("{left}{between}{right}")
}

/// Whether the text ends with a bracket that is not the argument of a function.
fn ends_with_bracket(text: &str) -> bool {
    let mut depth = 0;
    let start = text.char_indices().rev().find_map(|(at, c)| {
        depth += match c {
            ')' => 1,
            '(' => -1,
            _ => 0,
        };
        (depth == 0).then_some(at)
    });
    let before = start.map_or("", |at| &text[..at]);
    text.ends_with(')') && (before.ends_with(r"\left") || !before.ends_with(|c: char| c.is_alphabetic() || c == '}'))
}

/// In brackets, as high as what they hold.
fn bracketed(text: &str) -> String {
    let is_high = [r"\frac", r"\binom", r"\sum", r"\left"].iter().any(|part| text.contains(part));
    if is_high { format!(r"\left({text}\right)") } else { format!("({text})") }
}

/// In brackets where a sum or a sign would be misread.
pub(crate) fn factor(e: &Expression) -> String {
    let e = simplified(e);
    let text = latex(e);
    let is_sum = matches!(e, Expression::Add(..)) && notation(e).is_none();
    if is_sum || text.starts_with('-') { bracketed(&text) } else { text }
}

/// A factor with another one to its right, which must not slip under a summation sign.
fn left_factor(e: &Expression) -> String {
    if ends_with_series(e) { bracketed(&latex(e)) } else { factor(e) }
}

fn ends_with_series(e: &Expression) -> bool {
    match simplified(e) {
        Expression::Sum(_) => true,
        e @ (Expression::Multiply(..) | Expression::Negate(_)) if notation(e).is_none() => {
            Product::of(e).factors.last().is_some_and(|last| ends_with_series(last))
        }
        _ => false,
    }
}

fn power(base: &Expression, exponent: &str) -> String {
    use Expression as E;
    let simple = match base {
        E::Symbol(s) => s.name().len() == 1 && !["n", "c"].contains(&s.name()) && notation(base).is_none(),
        E::Number(q) => !q.is_negative() && q.denom().is_one(),
        E::Value(f, _) => f.name() != "o2",
        E::I | E::Binomial(..) => true,
        _ => false,
    };
    let base = latex(base);
    if simple { format!("{base}^{{{exponent}}}") } else { format!("{}^{{{exponent}}}", bracketed(&base)) }
}

/// `k > 0` times a symbol; the size `n` is `2S`.
fn symbol(name: &str, k: i64) -> String {
    match (name, k) {
        ("n", _) => format!("{}S", 2 * k),
        (_, 1) => named(name),
        _ => format!("{k}{}", named(name)),
    }
}

/// A symbol: the ledger's names for quantities of the paper, one letter with a number, Greek letters, words.
///
/// A summation index that had to be renamed ends with `_`, which is shown as a prime.
fn named(name: &str) -> String {
    let stem = name.trim_end_matches('_');
    let primes = "'".repeat(name.len() - stem.len());
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = match (stem, letters) {
        ("M", _) => r"m_{\max}".to_owned(),
        ("c", _) => r"\cosh(r)".to_owned(),
        ("gamma_minus", _) => r"\gamma_-".to_owned(),
        ("gamma_plus", _) => r"\gamma_+".to_owned(),
        ("gamma_z", _) => r"\gamma_z".to_owned(),
        _ if let Some(text) = spin_moment(stem) => text,
        (_, letters) if GREEK.contains(&letters) => format!(r"\{letters}{}", subscript(&stem[letters.len()..])),
        (_, letters) if letters.len() == 1 => format!("{letters}{}", subscript(&stem[1..])),
        _ => format!(r"\mathrm{{{}}}", stem.replace('_', r"\_")),
    };
    stem + &primes
}

/// Means `s1z` and covariances `c12xx` of spin components.
fn spin_moment(name: &str) -> Option<String> {
    let digits = name.get(1..)?.trim_end_matches(['x', 'y', 'z']);
    let axes = &name[1 + digits.len()..];
    let letter = match (name.as_bytes()[0], digits.len(), axes.len()) {
        (b's', 1, 1) => 'S',
        (b'c', 2, 2) => 'C',
        _ => return None,
    };
    digits.bytes().all(|d| d.is_ascii_digit()).then(|| format!("{letter}_{{{digits}}}^{{{axes}}}"))
}

const GREEK: [&str; 12] =
    ["alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "kappa", "lambda", "xi", "phi", "omega"];

fn subscript(digits: &str) -> String {
    if digits.is_empty() { String::new() } else { format!("_{{{digits}}}") }
}

/// Positive terms, the constant, negative terms.
fn linear(l: &Linear) -> String {
    let mut text = String::new();
    for (s, &k) in l.terms.iter().filter(|(_, k)| **k > 0) {
        let plus = if text.is_empty() { "" } else { "+" };
        text += &format!("{plus}{}", symbol(s.name(), k));
    }
    match (text.is_empty(), l.constant) {
        (true, 0) if !l.terms.is_empty() => {}
        (true, c) => text = c.to_string(),
        (false, 0) => {}
        (false, c) => text += &format!("{c:+}"),
    }
    for (s, &k) in l.terms.iter().filter(|(_, k)| **k < 0) {
        text += &format!("-{}", symbol(s.name(), -k));
    }
    text
}
