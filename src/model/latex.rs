//! Prints the expressions that are checked as LaTeX, so that the book shows them beside the printed ones.
//!
//! The notation is the paper's: what [`squeezing`] makes from `t = tanh r` is shown as a function of `r`, half of the size
//! as `S`, and `tanh^{2m_max+2} r ± 1` as `f_±`. Nothing is rearranged otherwise.

use num_traits::{One, Signed};

use super::{m_max, size, squeezing};
use crate::exact::expression::{Elementary, Expression, Linear, Upper};
use crate::exact::number::Rational;

/// An expression as LaTeX.
///
/// ```
/// use twomode::format::parse::expression;
/// use twomode::model::latex::latex;
/// let shown = |text| latex(&expression(text).unwrap());
/// assert_eq!(shown("sum(m=1..M, o2(m))"), r"\sum_{m=1}^{m_{\max}} o^2(m)");
/// assert_eq!(shown("(x+1)*(x-1)/2"), r"\frac{\left(x+1\right)\left(x-1\right)}{2}");
/// assert_eq!(shown("2*x-(-3)*y"), r"2x-\left(-3y\right)");
/// assert_eq!(shown("3*binomial(2*n,m)^2"), r"3\binom{4S}{m}^{2}");
/// // In terms of t = tanh r:
/// assert_eq!(shown("((1+t)/(1-t))^(-1)*(M/2)"), r"e^{-2r}\,S");
/// assert_eq!(shown("t^(2*m)*(1/(1-t^2))"), r"\tanh^{2m}(r)\,\cosh^{2}(r)");
/// assert_eq!(shown("t^(2*M+2)-1"), "f_-");
/// ```
pub fn latex(e: &Expression) -> String {
    use Expression as E;
    if let Some(name) = notation(e) {
        return name;
    }
    match e {
        E::Number(q) => number(q),
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
        E::Factorial(l) => {
            let text = linear(l);
            if text.len() == 1 { format!("{text}!") } else { format!("({text})!") }
        }
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

/// A number comes first, a sign before everything, one is left out.
fn product(a: &Expression, b: &Expression) -> String {
    use Expression as E;
    match (a, b) {
        (E::Number(_), E::Number(_)) => {}
        (_, E::Number(_)) => return product(b, a),
        (E::Negate(a), _) => return format!("-{}", product(a, b)),
        (E::Number(q), _) if q.is_one() => return latex(b),
        (E::Number(q), _) if q.is_negative() => return format!("-{}", product(&E::Number(-q.clone()), b)),
        _ => {}
    }
    let left = if matches!(a, E::Sum(_)) { bracketed(&latex(a)) } else { factor(a) };
    let right = factor(b);
    let misread = [r"\frac{", ""]
        .iter()
        .any(|p| right.strip_prefix(p).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
    let close = left.ends_with(r"\right)") || right.starts_with(r"\left(") || left.bytes().all(|b| b.is_ascii_digit());
    let between = match (misread, close) {
        (true, _) => r"\cdot ",
        (false, true) => "",
        (false, false) => r"\,",
    };
    format!("{left}{between}{right}")
}

fn bracketed(text: &str) -> String {
    format!(r"\left({text}\right)")
}

/// In brackets where a sum or a sign would be misread.
fn factor(e: &Expression) -> String {
    let text = latex(e);
    let is_sum = matches!(e, Expression::Add(..)) && notation(e).is_none();
    if is_sum || text.starts_with('-') { bracketed(&text) } else { text }
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

fn number(q: &Rational) -> String {
    if q.denom().is_one() {
        return q.numer().to_string();
    }
    let sign = if q.is_negative() { "-" } else { "" };
    format!(r"{sign}\frac{{{}}}{{{}}}", q.numer().clone().abs(), q.denom())
}

/// `k > 0` times a symbol; the size `n` is `2S`.
fn symbol(name: &str, k: i64) -> String {
    let text = match name {
        "M" => r"m_{\max}",
        "c" => r"\cosh(r)",
        "n" => return format!("{}S", 2 * k),
        other => other,
    };
    if k == 1 { text.to_owned() } else { format!("{k}{text}") }
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
