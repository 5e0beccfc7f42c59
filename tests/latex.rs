//! The twin of the LaTeX printer: a naive reader that computes what a printed formula says, as a physicist would read it.

use std::collections::BTreeMap;

use twomode::exact::domain::Domain;
use twomode::exact::evaluate::{Algebraic, Field, evaluate};
use twomode::exact::expression::{Expression, Linear, Symbol, ratio, sum, symbol};
use twomode::exact::number::rational;
use twomode::exact::sample::Sample;
use twomode::model::latex::latex;

type Value = Option<Algebraic>;

fn whole(n: i64) -> Algebraic {
    Algebraic::rational(&rational(n, 1))
}

fn integer(value: &Value) -> Option<i64> {
    value.as_ref()?.as_rational()?.to_string().parse().ok()
}

fn power(base: &Algebraic, exponent: i64) -> Value {
    let base = if exponent < 0 { base.inverse()? } else { base.clone() };
    Some((0..exponent.abs()).fold(whole(1), |product, _| product.times(&base)))
}

/// Where the values are: `t = 3/5`, `cosh r = 5/4`, `m_max = 2S = 3`.
const TOP: i64 = 3;
const X: (i64, i64) = (-5, 3);
const SEQUENCE: [i64; 4] = [2, -1, 3, 5];
const ROOTS: [i64; 3] = [1, -2, 3];

fn t() -> Algebraic {
    Algebraic::rational(&rational(3, 5))
}

/// A formula, read from left to right.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    indices: BTreeMap<String, i64>,
}

fn read(text: &str) -> Value {
    let mut reader = Reader { text, at: 0, indices: BTreeMap::new() };
    let value = reader.sum();
    assert_eq!(reader.at, text.len(), "{text} is not read beyond {}", &text[reader.at..]);
    value
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn expect(&mut self, token: &str) {
        assert!(self.take(token), "{token} is missing at {} in {}", self.rest(), self.text);
    }

    fn group(&mut self) -> Value {
        self.expect("{");
        let value = self.sum();
        self.expect("}");
        value
    }

    fn sum(&mut self) -> Value {
        let mut total = self.signed();
        while self.rest().starts_with(['+', '-']) {
            self.take("+");
            let term = self.signed();
            total = total.zip(term).map(|(a, b)| a.plus(&b));
        }
        total
    }

    fn signed(&mut self) -> Value {
        match self.take("-") {
            true => self.product().map(|value| value.negated()),
            false => self.product(),
        }
    }

    fn product(&mut self) -> Value {
        let mut total = Some(whole(1));
        loop {
            while self.take(r"\,") || self.take(r"\cdot ") || self.take(" ") {}
            let rest = self.rest();
            if rest.is_empty() || rest.starts_with(['+', '-', '}', ')', '=']) || rest.starts_with(r"\right)") {
                return total;
            }
            let factor = self.factor();
            total = total.zip(factor).map(|(a, b)| a.times(&b));
        }
    }

    fn factor(&mut self) -> Value {
        let base = self.base();
        match self.take("^") {
            true => {
                let exponent = self.group();
                power(&base?, integer(&exponent)?)
            }
            false => base,
        }
    }

    fn bracket(&mut self, close: &str) -> Value {
        let value = self.sum();
        self.expect(close);
        value
    }

    fn base(&mut self) -> Value {
        let one = whole(1);
        let (t, squared) = (t(), t().times(&t()));
        let cosh_squared = one.plus(&squared.negated()).inverse();
        let times = |a: &Algebraic, b: Value| b.map(|b| a.times(&b));
        for (name, value) in [
            (r"\tanh(r)", Some(t.clone())),
            (r"\cosh(r)", Some(Algebraic::rational(&rational(5, 4)))),
            (r"\sinh(r)", Some(Algebraic::rational(&rational(3, 4)))),
            (r"\cosh^{2}(r)", cosh_squared.clone()),
            (r"\sinh^{2}(r)", times(&squared, cosh_squared.clone())),
            (r"\cosh(2r)", times(&one.plus(&squared), cosh_squared.clone())),
            (r"\sinh(2r)", times(&t.plus(&t), cosh_squared)),
            ("f_+", power(&t, 2 * TOP + 2).map(|u| u.plus(&one))),
            ("f_-", power(&t, 2 * TOP + 2).map(|u| u.plus(&whole(-1)))),
            (r"\sqrt{2}", Algebraic::sqrt2()),
            ("i", Algebraic::imaginary_unit()),
            (r"m_{\max}", Some(whole(TOP))),
            ("S", Some(Algebraic::rational(&rational(TOP, 2)))),
            ("x", Some(Algebraic::rational(&rational(X.0, X.1)))),
        ] {
            if self.take(name) {
                return value;
            }
        }
        if self.take("(") {
            self.bracket(")")
        } else if self.take(r"\left(") {
            self.bracket(r"\right)")
        } else if self.take(r"\frac") {
            let (above, below) = (self.group(), self.group());
            Some(above?.times(&below?.inverse()?))
        } else if self.take(r"\tanh^") {
            let exponent = self.group();
            self.expect("(r)");
            power(&t, integer(&exponent)?)
        } else if self.take("e^{") {
            let (exponent, _) = self.rest().split_once("r}").unwrap();
            self.at += exponent.len() + 2;
            let base = one.plus(&t).times(&one.plus(&t.negated()).inverse()?);
            power(&base, exponent.parse::<i64>().unwrap() / 2)
        } else if self.take("o^2(") {
            let at = self.bracket(")");
            let root = usize::try_from(integer(&at)? - 1).ok().and_then(|at| ROOTS.get(at));
            Some(root.map_or(whole(0), |root| whole(root * root)))
        } else if self.take("y_") {
            let at = self.group();
            let entry = usize::try_from(integer(&at)?).ok().and_then(|at| SEQUENCE.get(at));
            Some(entry.map_or(whole(0), |entry| whole(*entry)))
        } else if self.take(r"\sum_{") {
            self.series()
        } else {
            self.index_or_number()
        }
    }

    /// Everything up to the end of the product is under the sum.
    fn series(&mut self) -> Value {
        let (index, _) = self.rest().split_once('=').unwrap();
        self.at += index.len() + 1;
        let from = self.sum();
        self.expect("}^");
        let to = self.group();
        let (from, to) = (integer(&from)?, integer(&to)?);
        let hidden = self.indices.get(index).copied();
        let start = self.at;
        // An empty sum is read once for its length.
        self.indices.insert(index.to_owned(), from);
        self.product();
        let mut total = Some(whole(0));
        for value in from..=to {
            self.at = start;
            self.indices.insert(index.to_owned(), value);
            let term = self.product();
            total = total.zip(term).map(|(a, b)| a.plus(&b));
        }
        match hidden {
            Some(value) => self.indices.insert(index.to_owned(), value),
            None => self.indices.remove(index),
        };
        total
    }

    fn index_or_number(&mut self) -> Value {
        let rest = self.rest();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if digits > 0 {
            self.at += digits;
            return Some(whole(rest[..digits].parse().unwrap()));
        }
        let found = self.indices.iter().rev().find(|(name, _)| rest.starts_with(name.as_str()));
        let (name, value) = found.unwrap_or_else(|| panic!("what is {rest} in {}?", self.text));
        self.at += name.len();
        Some(whole(*value))
    }
}

/// The value that the kernel computes.
fn computed(e: &Expression) -> Value {
    let domain = Domain::sizes("M", 0).with_index("n", 0, None).with_unit("t").with_real("c").with_real("x");
    let domain = domain.with_ladder("o2").with_sequence("y");
    let list = |values: &[i64]| values.iter().map(|v| rational(*v, 1)).collect();
    let point = Sample {
        size: Some(TOP),
        integers: [(Symbol::new("n"), TOP)].into(),
        reals: [("t", (3, 5)), ("c", (5, 4)), ("x", X)]
            .map(|(name, (p, q))| (Symbol::new(name), rational(p, q)))
            .into(),
        roots: [(Symbol::new("o2"), list(&ROOTS))].into(),
        sequences: [(Symbol::new("y"), list(&SEQUENCE))].into(),
    };
    point.lies_in(&domain).unwrap();
    evaluate(e, &point.on(&domain)).ok()
}

/// Expressions made at random, always the same ones.
struct Maker(u64);

impl Maker {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }

    fn leaf(&mut self, index: Option<&str>) -> Expression {
        let at = index.map_or(Linear::from(1), Linear::symbol);
        match self.below(14) {
            0 => ratio(self.below(9) as i64 - 4, 1),
            1 => ratio(self.below(9) as i64 - 4, 3),
            2 => ratio(-1, 1),
            3 => ratio(1, 1),
            4 => Expression::I,
            5 => Expression::Sqrt2,
            6 => symbol("t"),
            7 => symbol("c"),
            8 => symbol("M"),
            9 => symbol("n"),
            10 => Expression::Value(Symbol::new("o2"), at + self.below(2) as i64),
            11 => Expression::Value(Symbol::new("y"), at - self.below(2) as i64),
            12 => symbol("t").to_the(at * 2 + Linear::symbol("M")),
            _ => index.map_or_else(|| symbol("x"), symbol),
        }
    }

    fn expression(&mut self, depth: u32, index: Option<&str>) -> Expression {
        if depth == 0 {
            return self.leaf(index);
        }
        let part = |maker: &mut Self| {
            let depth = maker.below(u64::from(depth)) as u32;
            maker.expression(depth, index)
        };
        match self.below(9) {
            0 => part(self) + part(self),
            1 => part(self) - part(self),
            2 | 3 => part(self) * part(self),
            4 => part(self) / part(self),
            5 => -part(self),
            6 => {
                let k = self.below(4) as i32 - 1;
                part(self).pow(k)
            }
            7 => {
                let exponent = index.map_or(Linear::symbol("M"), Linear::symbol);
                part(self).to_the(exponent)
            }
            _ => {
                // Sometimes the same index again, which hides the outer one.
                let inner = if index == Some("m") && self.below(3) > 0 { "k" } else { "m" };
                let term = self.expression(depth - 1, Some(inner));
                sum(inner, self.below(3) as i64 - 1, Linear::symbol("M") - self.below(2) as i64, term)
            }
        }
    }
}

#[test]
fn a_printed_expression_has_the_value_of_the_checked_one() {
    let mut maker = Maker(1);
    let mut compared = 0;
    for _ in 0..4_000 {
        let e = maker.expression(4, None);
        let Some(value) = computed(&e) else { continue };
        let printed = latex(&e);
        assert_eq!(read(&printed), Some(value), "{e} is printed as {printed}");
        compared += 1;
    }
    assert!(compared > 2_000, "{compared}");
}

#[test]
fn named_quantities_have_their_values() {
    use twomode::model::squeezing::{cosh_2r, cosh_squared, exp_2r, sinh, sinh_2r, sinh_squared, tanh_to};
    use twomode::model::{m_max, size};
    let u = || tanh_to(m_max() * 2 + 2);
    // The factor m belongs to the outer sum.
    let nested = sum("m", 0, m_max(), sum("m", 0, m_max(), symbol("m")) * symbol("m"));
    for e in [
        exp_2r(1),
        exp_2r(-2),
        cosh_squared(),
        sinh_squared(),
        cosh_2r() - sinh_2r(),
        sinh() * symbol("x"),
        (u() - 1) * (u() + 1) / (2 - u()),
        size() / 2 * (symbol("n") / 2 + 1),
        nested,
    ] {
        let printed = latex(&e);
        assert_eq!(read(&printed), computed(&e), "{e} is printed as {printed}");
    }
}

#[test]
fn every_kind_of_statement_is_printed() {
    use twomode::exact::algebra::{Formula, Operator};
    use twomode::exact::ket::Ket;
    use twomode::exact::{Proposition as P, Statement};
    use twomode::model::latex::proposition;
    let (o, x) = (Operator::lowering(1), || symbol("x"));
    let formula = || Formula { index: Symbol::new("l"), squared: symbol("l") * (symbol("M") + 1 - symbol("l")) };
    let (lhs, rhs) = (o.times(&o.adjoint()), o.adjoint().times(&o).scaled(&(x() - 1)));
    let (expression, ladder) = (x() + 1, Symbol::new("o2"));
    let (low, high) = (rational(-1, 2), rational(3, 1));
    let operators = vec![o.clone(), Operator::lowering(2).adjoint()];
    for (kind, printed) in [
        (P::Equation { lhs: x(), rhs: -x() }, "x = -x"),
        (
            P::Vectors {
                lhs: Ket::zero(),
                rhs: Ket::series(0, Linear::symbol("M"), ratio(-1, 1), &[("o2", 1)], (1, 0)),
            },
            r"0 = -\sum_{m=0}^{m_{\max}} o(m+1)\,|m+1,m\rangle",
        ),
        (
            P::Operators { lhs: lhs.clone(), rhs: rhs.clone(), ladder: ladder.clone() },
            r"\hat O_1\hat O_1^\dagger = (x-1)\hat O_1^\dagger\hat O_1",
        ),
        (
            P::OperatorsOf { lhs, rhs, formula: formula() },
            r"\hat O_1\hat O_1^\dagger = (x-1)\hat O_1^\dagger\hat O_1,\quad o^2(l)=l(m_{\max}+1-l)",
        ),
        (
            P::NonNegative { operator: o.minus(&o.adjoint()), formula: formula() },
            r"\hat O_1-\hat O_1^\dagger \ge 0,\quad o^2(l)=l(m_{\max}+1-l)",
        ),
        (P::UniqueNullVector { operators, ladder }, r"\dim\ker\left(\hat O_1,\ \hat O_2^\dagger\right) = 1"),
        (P::NullSpaces { matrices: vec![], dimensions: vec![4] }, r"\dim\ker A_{1} = 4"),
        (
            P::NullSpaces { matrices: vec![], dimensions: vec![1, 1, 2] },
            r"\dim\ker A_{1\ldots 2} = 1,\quad \dim\ker A_{3} = 2",
        ),
        (P::AtLeast { lhs: x(), rhs: ratio(1, 2), strict: true }, r"x > \frac{1}{2}"),
        (P::AtLeast { lhs: x(), rhs: ratio(1, 2), strict: false }, r"x \ge \frac{1}{2}"),
        (
            P::Expansion {
                expression: expression.clone(),
                symbol: Symbol::new("x"),
                coefficients: vec![ratio(1, 1), ratio(1, 1)],
            },
            r"x+1 = 1+x+\mathcal O(x^{2})",
        ),
        (P::LargeSize { expression: expression.clone(), value: x() }, r"\lim_{m_{\max}\to\infty} (x+1) = x"),
        (
            P::Limit { expression: expression.clone(), symbol: Symbol::new("x"), at: low.clone(), value: ratio(1, 2) },
            r"\lim_{x\to -\frac{1}{2}} (x+1) = \frac{1}{2}",
        ),
        (
            P::Enclosure { expression, variables: vec![(Symbol::new("x"), low.clone(), high.clone())], low, high },
            r"-\frac{1}{2} \le x+1 \le 3",
        ),
    ] {
        assert_eq!(proposition(&Statement { domain: Domain::sizes("M", 0), proposition: kind }), printed);
    }
}

/// What the reader is for: forms that were printed wrongly once, or easily could be.
#[test]
fn a_wrong_print_is_found_out() {
    let value = |text: &str| read(text).unwrap().to_string();
    assert_ne!(value("-x+1"), value("-(x+1)"));
    assert_ne!(value(r"\sum_{m=0}^{m_{\max}} m\,x+1"), value(r"\sum_{m=0}^{m_{\max}} (m\,x+1)"));
    assert_ne!(value("2^{3}"), value("2^{-3}"));
    assert_eq!(value(r"2\sum_{m=0}^{m_{\max}} m^{2}"), "28");
}
