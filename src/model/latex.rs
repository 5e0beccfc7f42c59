//! Prints the expressions that are checked as LaTeX, so that the book shows them beside the printed ones.

use num_traits::{One, Signed};

use crate::exact::expression::{Elementary, Expression, Linear, Upper};
use crate::exact::number::Rational;

/// An expression as LaTeX.
///
/// ```
/// use twomode::exact::parse::expression;
/// use twomode::model::latex::latex;
/// assert_eq!(latex(&expression("(1+t)/(1-t)").unwrap()), r"\frac{1+\tau}{1-\tau}".replace(r"\tau", "t"));
/// assert_eq!(latex(&expression("sum(m=1..M, o2(m))").unwrap()), r"\sum_{m=1}^{m_{\max}} o^2(m)");
/// ```
pub fn latex(e: &Expression) -> String {
    use Expression as E;
    match e {
        E::Number(q) => number(q),
        E::I => "i".to_owned(),
        E::Sqrt2 => r"\sqrt2".to_owned(),
        E::Symbol(s) => symbol(s.name()),
        E::Add(a, b) => match &**b {
            E::Negate(c) => format!("{}-{}", latex(a), factor(c)),
            _ => {
                let (a, b) = (latex(a), latex(b));
                if b.starts_with('-') { format!("{a}{b}") } else { format!("{a}+{b}") }
            }
        },
        E::Negate(a) => format!("-{}", factor(a)),
        E::Multiply(a, b) => product(a, b),
        E::Divide(a, b) => format!(r"\frac{{{}}}{{{}}}", latex(a), latex(b)),
        E::Power(a, k) => power(a, &k.to_string()),
        E::Exponential(a, l) => power(a, &linear(l)),
        E::Value(f, l) => match f.name() {
            "o2" => format!("o^2({})", linear(l)),
            name => format!("{name}_{{{}}}", linear(l)),
        },
        E::Binomial(n, k) => format!(r"\binom{{{}}}{{{}}}", linear(n), linear(k)),
        E::Sum(s) => {
            let to = match &s.to {
                Upper::Finite(to) => linear(to),
                Upper::Infinite => r"\infty".to_owned(),
            };
            format!(r"\sum_{{{}={}}}^{{{to}}} {}", s.index, linear(&s.from), factor(&s.term))
        }
        E::Elementary(Elementary::Exp, a) => format!("e^{{{}}}", latex(a)),
        E::Elementary(Elementary::ArtanhRatio, a) => format!(r"\frac{{\operatorname{{artanh}}({0})}}{{{0}}}", latex(a)),
    }
}

fn product(a: &Expression, b: &Expression) -> String {
    let (left, right) = (factor(a), factor(b));
    let dot = right.starts_with(|c: char| c.is_ascii_digit()) || right.starts_with('-');
    if left == "1" { right } else { format!("{left}{}{right}", if dot { r"\cdot " } else { r"\," }) }
}

/// In brackets where a sum or a sign would be misread.
fn factor(e: &Expression) -> String {
    let text = latex(e);
    let open = matches!(e, Expression::Add(..) | Expression::Negate(_))
        || matches!(e, Expression::Number(q) if q.is_negative());
    if open { format!(r"\left({text}\right)") } else { text }
}

fn power(base: &Expression, exponent: &str) -> String {
    let simple = matches!(base, Expression::Symbol(_) | Expression::I)
        || matches!(base, Expression::Number(q) if !q.is_negative() && q.denom().is_one());
    let base = if simple { latex(base) } else { format!(r"\left({}\right)", latex(base)) };
    format!("{base}^{{{exponent}}}")
}

fn number(q: &Rational) -> String {
    if q.denom().is_one() {
        return q.numer().to_string();
    }
    let sign = if q.is_negative() { "-" } else { "" };
    format!(r"{sign}\frac{{{}}}{{{}}}", q.numer().clone().abs(), q.denom())
}

fn symbol(name: &str) -> String {
    match name {
        "M" => r"m_{\max}".to_owned(),
        "c" => r"\cosh r".to_owned(),
        "n" => "2S".to_owned(),
        other => other.to_owned(),
    }
}

fn linear(l: &Linear) -> String {
    let mut text = String::new();
    for (s, &k) in &l.terms {
        let sign = if k < 0 {
            "-"
        } else if text.is_empty() {
            ""
        } else {
            "+"
        };
        let size = if k.abs() == 1 { String::new() } else { k.abs().to_string() };
        text += &format!("{sign}{size}{}", symbol(s.name()));
    }
    match (text.is_empty(), l.constant) {
        (true, c) => c.to_string(),
        (false, 0) => text,
        (false, c) => format!("{text}{c:+}"),
    }
}
