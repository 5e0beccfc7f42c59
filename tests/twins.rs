//! The kernel against naive second implementations and a second library, on random input with fixed seeds.

use std::collections::BTreeMap;

use dashu::{Integer as TwinInteger, Rational as TwinRational};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};

use twomode::exact::algebra::Operator;
use twomode::exact::certificate::{Certificate, check};
use twomode::exact::domain::Domain;
use twomode::exact::evaluate::{Algebraic, Field, evaluate};
use twomode::exact::expression::{Elementary, Expression, Linear, Symbol, infinite_sum, ratio, sum, symbol};
use twomode::exact::interval::{Interval, enclose};
use twomode::exact::ket::Ket;
use twomode::exact::normal::Normaliser;
use twomode::exact::number::{Integer, Rational, floor_div, integer, parse_rational, power, rational};
use twomode::exact::packed::{Norm, Packed};
use twomode::exact::polynomial::{Fraction, Polynomial, Variable};
use twomode::exact::sample::Sample;
use twomode::exact::{Outcome, Proposition, Statement};
use twomode::format::parse::{expression, same_form};

fn config(cases: u32, seed: u64) -> Config {
    Config {
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..Config::with_cases(cases)
    }
}

// ---- numbers ----

/// A signed decimal of up to 60 digits.
fn digits() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,59})"
}

fn twin(q: &Rational) -> TwinRational {
    let part = |n: &Integer| n.to_string().parse::<TwinInteger>().unwrap();
    TwinRational::from_parts_signed(part(q.numer()), part(q.denom()))
}

/// The number as text, with its denominator even when that is 1.
fn text(q: &Rational) -> String {
    format!("{}/{}", q.numer(), q.denom())
}

fn twin_text(q: &TwinRational) -> String {
    format!("{}/{}", q.numerator(), q.denominator())
}

proptest! {
    #![proptest_config(config(300, 0x7300))]

    #[test]
    fn integers_agree_with_dashu(a in digits(), b in digits(), e in 0u64..40) {
        let (x, y): (Integer, Integer) = (a.parse().unwrap(), b.parse().unwrap());
        let (p, q): (TwinInteger, TwinInteger) = (a.parse().unwrap(), b.parse().unwrap());
        prop_assert_eq!((x.clone() + &y).to_string(), (&p + &q).to_string());
        prop_assert_eq!((x.clone() - &y).to_string(), (&p - &q).to_string());
        prop_assert_eq!((x.clone() * &y).to_string(), (&p * &q).to_string());
        prop_assert_eq!(power(&x, e).to_string(), p.pow(e as usize).to_string());
        prop_assert_eq!(x.cmp(&y), p.cmp(&q));
        if y > integer(0) {
            // floor(x/y) is the only n with 0 <= x - n y < y.
            let n: TwinInteger = floor_div(&x, &y).to_string().parse().unwrap();
            let rest = &p - &n * &q;
            prop_assert!(rest >= TwinInteger::from(0) && rest < q);
        }
    }

    #[test]
    fn rationals_agree_with_dashu(a in digits(), b in digits(), c in digits(), d in digits()) {
        let plain = |s: &str| s.trim_start_matches('-').to_owned();
        let (b, d) = (plain(&b), plain(&d));
        prop_assume!(b != "0" && d != "0");
        let (x, y) = (parse_rational(&format!("{a}/{b}")).unwrap(), parse_rational(&format!("{c}/{d}")).unwrap());
        let number = |s: &str| s.parse::<TwinInteger>().unwrap();
        let p = TwinRational::from_parts_signed(number(&a), number(&b));
        let q = TwinRational::from_parts_signed(number(&c), number(&d));
        // Reading brings to lowest terms, with a positive denominator.
        prop_assert_eq!(text(&x), twin_text(&p));
        prop_assert_eq!(twin(&x), p.clone());
        prop_assert_eq!(text(&(x.clone() + &y)), twin_text(&(&p + &q)));
        prop_assert_eq!(text(&(x.clone() - &y)), twin_text(&(&p - &q)));
        prop_assert_eq!(text(&(x.clone() * &y)), twin_text(&(&p * &q)));
        if c != "0" && c != "-0" {
            prop_assert_eq!(text(&(x.clone() / &y)), twin_text(&(&p / &q)));
        }
        prop_assert_eq!(x.cmp(&y), p.cmp(&q));
    }

    #[test]
    fn decimals_are_read_exactly(whole in "0|[1-9][0-9]{0,9}", fraction in "[0-9]{1,12}") {
        let value = parse_rational(&format!("-{whole}.{fraction}")).unwrap();
        let scaled = value * Rational::from(power(&integer(10), fraction.len() as u64));
        let expected: Integer = format!("-{whole}{fraction}").parse().unwrap();
        prop_assert_eq!(scaled, Rational::from(expected));
    }
}

// ---- polynomials and fractions ----

/// Variables 0, 1, 2 are free; 3 squares to -1, 4 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct V(u8);

impl Variable for V {
    fn square(&self) -> Option<i64> {
        match self.0 {
            3 => Some(-1),
            4 => Some(1),
            _ => None,
        }
    }
}

type Terms = Vec<([u32; 5], i64)>;

fn terms() -> impl Strategy<Value = Terms> {
    let exponents = [0u32..4, 0u32..3, 0u32..3, 0u32..4, 0u32..3];
    prop::collection::vec((exponents, -9i64..10), 0..6)
}

fn polynomial(terms: &Terms) -> Polynomial<V> {
    terms.iter().fold(Polynomial::zero(), |sum, (exponents, c)| {
        let monomial = exponents.iter().enumerate().filter(|(_, e)| **e > 0).map(|(v, e)| (V(v as u8), *e)).collect();
        sum.add(&Polynomial::monomial(monomial, integer(*c)))
    })
}

/// The value at x = point, with variable 3 as the imaginary unit and variable 4 as ±1.
fn naive(terms: &Terms, point: &[Rational; 3], sign: i64) -> Algebraic {
    let i = Algebraic::imaginary_unit().unwrap();
    let values = [
        Algebraic::rational(&point[0]),
        Algebraic::rational(&point[1]),
        Algebraic::rational(&point[2]),
        i,
        Algebraic::rational(&rational(sign, 1)),
    ];
    terms.iter().fold(Algebraic::rational(&rational(0, 1)), |sum, (exponents, c)| {
        let start = Algebraic::rational(&rational(*c, 1));
        let term = exponents.iter().zip(&values).fold(start, |term, (e, x)| (0..*e).fold(term, |t, _| t.times(x)));
        sum.plus(&term)
    })
}

/// The terms of a polynomial, for [`naive`].
fn value(p: &Polynomial<V>, point: &[Rational; 3], sign: i64) -> Algebraic {
    p.terms().fold(Algebraic::rational(&rational(0, 1)), |sum, (monomial, c)| {
        let mut exponents = [0; 5];
        monomial.iter().for_each(|(v, e)| exponents[usize::from(v.0)] = *e);
        let c = Algebraic::rational(&Rational::from(c.clone()));
        sum.plus(&naive(&vec![(exponents, 1)], point, sign).times(&c))
    })
}

fn small() -> impl Strategy<Value = Rational> {
    (-6i64..7, 1i64..5).prop_map(|(p, q)| rational(p, q))
}

proptest! {
    #![proptest_config(config(200, 0x7301))]

    #[test]
    fn polynomials_agree_with_their_values(
        a in terms(), b in terms(), x in [small(), small(), small()], sign in prop::bool::ANY, k in 0u32..4,
    ) {
        let sign = if sign { 1 } else { -1 };
        let (p, q) = (polynomial(&a), polynomial(&b));
        let (u, v) = (naive(&a, &x, sign), naive(&b, &x, sign));
        prop_assert_eq!(value(&p, &x, sign), u.clone());
        prop_assert_eq!(value(&p.add(&q), &x, sign), u.plus(&v));
        prop_assert_eq!(value(&p.sub(&q), &x, sign), u.plus(&v.negated()));
        prop_assert_eq!(value(&p.mul(&q), &x, sign), u.times(&v));
        let cube = (0..k).fold(Algebraic::rational(&rational(1, 1)), |c, _| c.times(&u));
        let power = (0..k).fold(Polynomial::from(1), |power, _| power.mul(&p));
        prop_assert_eq!(value(&power, &x, sign), cube);
        prop_assert!(p.sub(&p).is_zero() && p.terms().all(|(_, c)| *c != integer(0)));
        prop_assert_eq!(p.mul(&q), q.mul(&p));
    }

    #[test]
    fn fractions_agree_with_their_values(
        a in terms(), b in terms(), c in terms(), d in terms(), x in [small(), small(), small()],
    ) {
        // Without the variable of square 1, which has divisors of zero.
        let free = |t: Terms| -> Terms { t.into_iter().map(|(mut e, c)| { e[4] = 0; (e, c) }).collect() };
        let [a, b, c, d] = [a, b, c, d].map(free);
        let at = |t: &Terms| naive(t, &x, 1);
        let (Some(u), Some(w)) = (at(&b).inverse(), at(&d).inverse()) else { return Ok(()) };
        let (u, w) = (at(&a).times(&u), at(&c).times(&w));
        let f = Fraction::new(polynomial(&a), polynomial(&b)).unwrap();
        let g = Fraction::new(polynomial(&c), polynomial(&d)).unwrap();
        let of = |f: &Fraction<V>| value(f.numerator(), &x, 1).times(&value(f.denominator(), &x, 1).inverse().unwrap());
        prop_assert_eq!(of(&f.add(&g)), u.plus(&w));
        prop_assert_eq!(of(&f.sub(&g)), u.plus(&w.negated()));
        prop_assert_eq!(of(&f.mul(&g)), u.times(&w));
        if let Some(inverse) = w.inverse() {
            prop_assert_eq!(of(&f.div(&g).unwrap()), u.times(&inverse));
        }
        prop_assert!(f.sub(&f).is_zero());
    }
}

// ---- packed numbers ----

/// A polynomial in one variable, lowest power first.
type Dense = Vec<i64>;

fn add(a: &Dense, b: &Dense) -> Dense {
    (0..a.len().max(b.len())).map(|k| a.get(k).unwrap_or(&0) + b.get(k).unwrap_or(&0)).collect()
}

fn multiply(a: &Dense, b: &Dense) -> Dense {
    let mut product = vec![0; a.len() + b.len()];
    for (j, x) in a.iter().enumerate() {
        for (k, y) in b.iter().enumerate() {
            product[j + k] += x * y;
        }
    }
    product
}

fn vanishes(a: &Dense) -> bool {
    a.iter().all(|c| *c == 0)
}

/// A quotient, naively; `None` after a division by zero.
type Quotient = Option<(Dense, Dense)>;

#[derive(Clone, Debug)]
enum Tree {
    Number(i64, i64),
    T,
    Plus(Box<Tree>, Box<Tree>),
    Minus(Box<Tree>),
    Times(Box<Tree>, Box<Tree>),
    Inverse(Box<Tree>),
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        2 => (-3i64..4, 1i64..4).prop_map(|(p, q)| Tree::Number(p, q)),
        3 => Just(Tree::T),
    ];
    leaf.prop_recursive(4, 12, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            3 => pair.clone().prop_map(|(a, b)| Tree::Plus(a.into(), b.into())),
            3 => pair.prop_map(|(a, b)| Tree::Times(a.into(), b.into())),
            1 => inner.clone().prop_map(|a| Tree::Minus(a.into())),
            1 => inner.prop_map(|a| Tree::Inverse(a.into())),
        ]
    })
}

impl Tree {
    fn dense(&self) -> Quotient {
        Some(match self {
            Tree::Number(p, q) => (vec![*p], vec![*q]),
            Tree::T => (vec![0, 1], vec![1]),
            Tree::Plus(a, b) => {
                let ((p, q), (r, s)) = (a.dense()?, b.dense()?);
                (add(&multiply(&p, &s), &multiply(&r, &q)), multiply(&q, &s))
            }
            Tree::Minus(a) => {
                let (p, q) = a.dense()?;
                (p.iter().map(|c| -c).collect(), q)
            }
            Tree::Times(a, b) => {
                let ((p, q), (r, s)) = (a.dense()?, b.dense()?);
                (multiply(&p, &r), multiply(&q, &s))
            }
            Tree::Inverse(a) => {
                let (p, q) = a.dense()?;
                (!vanishes(&p)).then_some((q, p))?
            }
        })
    }

    fn field<F: Field>(&self, t: &F) -> Option<F> {
        Some(match self {
            Tree::Number(p, q) => F::rational(&rational(*p, *q)),
            Tree::T => t.clone(),
            Tree::Plus(a, b) => a.field(t)?.plus(&b.field(t)?),
            Tree::Minus(a) => a.field(t)?.negated(),
            Tree::Times(a, b) => a.field(t)?.times(&b.field(t)?),
            Tree::Inverse(a) => a.field(t)?.inverse()?,
        })
    }
}

/// Compares two trees by packed numbers; `None` when one of them divides by zero.
fn packed_equal(a: &Tree, b: &Tree) -> Option<bool> {
    let norm = Norm::variable();
    let bits = a.field(&norm)?.packing(&b.field(&norm)?);
    let t = Packed::variable(bits);
    Some(a.field(&t)?.equals(&b.field(&t)?))
}

fn dense_equal(a: &Tree, b: &Tree) -> Option<bool> {
    let ((p, q), (r, s)) = (a.dense()?, b.dense()?);
    let right: Dense = multiply(&r, &q).iter().map(|c| -c).collect();
    Some(vanishes(&add(&multiply(&p, &s), &right)))
}

proptest! {
    #![proptest_config(config(3000, 0x7302))]

    #[test]
    fn packed_comparison_is_that_of_polynomials(a in trees(), b in trees()) {
        prop_assert_eq!(packed_equal(&a, &b), dense_equal(&a, &b));
        // The same value in another writing: (a + b) b = b a + b b.
        let product = |x: &Tree, y: &Tree| Tree::Times(x.clone().into(), y.clone().into());
        let left = product(&Tree::Plus(a.clone().into(), b.clone().into()), &b);
        let right = Tree::Plus(product(&b, &a).into(), product(&b, &b).into());
        if let Some(same) = packed_equal(&left, &right) {
            prop_assert!(same);
        }
    }
}

#[test]
fn packed_comparison_of_all_small_polynomials() {
    // All polynomials of degree 2 with coefficients -2..2, against each other: (a0 + t (a1 + t a2)).
    let polynomial = |c: [i64; 3]| {
        let number = |n: i64| Box::new(Tree::Number(n, 1));
        let inner = Tree::Plus(number(c[1]), Tree::Times(Tree::T.into(), number(c[2])).into());
        Tree::Plus(number(c[0]), Tree::Times(Tree::T.into(), inner.into()).into())
    };
    let range = || -2i64..=2;
    let all: Vec<[i64; 3]> = range().flat_map(|a| range().flat_map(move |b| range().map(move |c| [a, b, c]))).collect();
    for a in &all {
        for b in &all {
            assert_eq!(packed_equal(&polynomial(*a), &polynomial(*b)), Some(a == b), "{a:?} {b:?}");
        }
    }
    // The worst case for a packing with k bits: t - 2^k vanishes at t = 2^k.
    for k in 0..70u32 {
        let big = (0..k).fold(Tree::Number(1, 1), |n, _| Tree::Times(n.into(), Tree::Number(2, 1).into()));
        assert_eq!(packed_equal(&Tree::T, &big), Some(false));
        let square = Tree::Times(Tree::T.into(), Tree::T.into());
        assert_eq!(packed_equal(&square, &Tree::Times(big.into(), Tree::T.into())), Some(false));
    }
}

// ---- expressions ----

fn linear() -> impl Strategy<Value = Linear> {
    (0i64..3, -2i64..4).prop_map(|(k, c)| Linear::symbol("M") * k + c)
}

/// Expressions in `M`, `t`, `x` and, inside a sum, `m`.
fn expressions(inside: bool) -> BoxedStrategy<Expression> {
    let exponent = move || {
        (0i64..3, 0i64..2, 0i64..3)
            .prop_map(move |(a, b, c)| Linear::symbol("M") * a + Linear::symbol("m") * (b * i64::from(inside)) + c)
    };
    let leaf = prop_oneof![
        (-4i64..5, 1i64..4).prop_map(|(p, q)| ratio(p, q)),
        Just(symbol("M")),
        Just(symbol("t")),
        Just(symbol("x")),
        Just(symbol(if inside { "m" } else { "x" })),
        Just(Expression::I),
        Just(Expression::Sqrt2),
        exponent().prop_map(|l| symbol("t").to_the(l)),
        exponent().prop_map(|l| (-symbol("t")).to_the(l)),
        exponent().prop_map(|l| Expression::from(-1).to_the(l)),
        (-1i64..3).prop_map(move |c| {
            let at = if inside { Linear::symbol("m") } else { Linear::symbol("M") };
            Expression::Value(Symbol::new("o2"), at + c)
        }),
        (-1i64..3).prop_map(|c| Expression::Binomial(Linear::symbol("M") * 2, Linear::symbol("M") + c)),
    ];
    leaf.prop_recursive(3, 10, 2, move |inner| {
        let pair = (inner.clone(), inner.clone());
        let sums = if inside {
            inner.clone().boxed()
        } else {
            (expressions(true), 0i64..3, -1i64..2)
                .prop_map(|(term, from, past)| sum("m", from, Linear::symbol("M") + past, term))
                .boxed()
        };
        prop_oneof![
            3 => pair.clone().prop_map(|(a, b)| a + b),
            2 => pair.clone().prop_map(|(a, b)| a - b),
            3 => pair.clone().prop_map(|(a, b)| a * b),
            1 => pair.prop_map(|(a, b)| a / (b.pow(2) + 1)),
            1 => inner.clone().prop_map(|a| -a),
            1 => (inner.clone(), -1i32..4).prop_map(|(a, k)| a.pow(k)),
            2 => sums,
        ]
    })
    .boxed()
}

fn domain() -> Domain {
    Domain::sizes("M", 2).with_unit("t").with_real("x").with_ladder("o2")
}

fn sample(size: i64, t: Rational, x: Rational) -> Sample {
    Sample {
        size: Some(size),
        reals: [(Symbol::new("t"), t), (Symbol::new("x"), x)].into(),
        roots: [(Symbol::new("o2"), (1..=size).map(|m| rational(2 * m - 3, m)).collect())].into(),
        ..Sample::default()
    }
}

fn unit() -> impl Strategy<Value = Rational> {
    (1i64..6, 6i64..9, prop::bool::ANY).prop_map(|(p, q, s)| rational(if s { p } else { -p }, q))
}

proptest! {
    #![proptest_config(config(250, 0x7303))]

    #[test]
    fn what_is_printed_is_read_back(e in expressions(false), size in 2i64..5, t in unit(), x in small()) {
        let text = e.to_string();
        let back = expression(&text).map_err(|why| TestCaseError::fail(format!("{text}: {why}")))?;
        prop_assert_eq!(back.to_string(), expression(&back.to_string()).unwrap().to_string());
        prop_assert!(same_form(&e, &e));
        let (domain, sample) = (domain(), sample(size, t, x));
        let of = |e: &Expression| evaluate::<Algebraic>(e, &sample.on(&domain));
        prop_assert_eq!(of(&e), of(&back), "{}", text);
    }

    #[test]
    fn the_kernel_proves_nothing_that_fails_at_a_point(
        a in expressions(false), b in expressions(false), c in expressions(false),
        size in 2i64..6, t in unit(), x in small(),
    ) {
        let domain = domain();
        let point = sample(size, t, x);
        // Identities of rings, true ones and wrong ones, and whatever two expressions come along.
        let pairs = [
            (a.clone() * (b.clone() + c.clone()), a.clone() * b.clone() + c.clone() * a.clone()),
            ((a.clone() - b.clone()).pow(2), a.clone().pow(2) - 2 * (b.clone() * a.clone()) + b.clone().pow(2)),
            ((a.clone() + b.clone()).pow(2), a.clone().pow(2) + b.clone().pow(2)),
            (a.clone(), b.clone()),
            (a.clone() - a, c.clone() - b + 0),
        ];
        for (lhs, rhs) in pairs {
            let statement = Statement::equation(domain.clone(), lhs.clone(), rhs.clone());
            let outcome = check(&statement, &Certificate::Identity { lemmas: vec![] });
            let of = |e: &Expression| evaluate::<Algebraic>(e, &point.on(&domain));
            if let (Outcome::Accepted(_), Ok(l), Ok(r)) = (&outcome, of(&lhs), of(&rhs)) {
                prop_assert_eq!(l, r, "{} == {}", lhs, rhs);
            }
            // The exhaustive check and a point cannot disagree either.
            let outcome = check(&statement, &Certificate::Exhaustive { up_to: 3 });
            if let (Outcome::Accepted(_), Ok(l), Ok(r), true) = (&outcome, of(&lhs), of(&rhs), size <= 3) {
                prop_assert_eq!(l, r, "{} == {}", lhs, rhs);
            }
        }
    }

    #[test]
    fn normal_forms_have_the_values_of_the_expressions(e in expressions(true), from in 0i64..3, past in -1i64..2, size in 2i64..6) {
        // A sum and its terms written out at one size have the same normal form at that size.
        let top = Linear::symbol("M") + past;
        let whole = sum("m", from, top.clone(), e.clone());
        let Ok(normal) = Normaliser::new(&domain(), &[]).fraction(&whole) else { return Ok(()) };
        let shifted = sum("m", from + 1, top.clone() + 1, e.substitute_integer(&Symbol::new("m"), &(Linear::symbol("m") - 1)));
        if let Ok(other) = Normaliser::new(&domain(), &[]).fraction(&shifted) {
            let point = sample(size, rational(1, 2), rational(1, 3));
            let domain = domain();
            let of = |e: &Expression| evaluate::<Algebraic>(e, &point.on(&domain));
            if let (true, Ok(l), Ok(r)) = (normal.sub(&other).is_zero(), of(&whole), of(&shifted)) {
                prop_assert_eq!(l, r);
            }
        }
        let written: Option<Algebraic> = {
            let (domain, point) = (domain(), sample(size, rational(1, 2), rational(1, 3)));
            (from..=size + past).try_fold(Algebraic::rational(&rational(0, 1)), |sum, m| {
                let term = e.substitute_integer(&Symbol::new("m"), &Linear::from(m));
                evaluate::<Algebraic>(&term, &point.on(&domain)).ok().map(|v| sum.plus(&v))
            })
        };
        let (domain, point) = (domain(), sample(size, rational(1, 2), rational(1, 3)));
        prop_assert_eq!(evaluate::<Algebraic>(&whole, &point.on(&domain)).ok(), written);
    }

    #[test]
    fn linear_forms_are_read_back(l in linear()) {
        prop_assert_eq!(twomode::format::parse::linear(&l.to_string()), Ok(l));
    }
}

#[test]
fn every_kind_of_expression_is_read_back() {
    let m = || Linear::symbol("m");
    for e in [
        infinite_sum("m", 1, symbol("t").to_the(m() * 2)),
        symbol("x").exp(),
        symbol("x").elementary(Elementary::ArtanhRatio),
        (-symbol("x")).pow(-2),
        (-symbol("x").pow(2)).pow(3),
        ratio(-1, 2).pow(3) / ratio(2, 3),
        symbol("t").to_the(Linear::symbol("M") * -2 - 1).to_the(m()),
        symbol("x") - (symbol("t") - (symbol("x") + 1)) / (symbol("x") / symbol("t")),
    ] {
        assert!(same_form(&expression(&e.to_string()).unwrap(), &e), "{e}");
    }
}

// ---- vectors and operators against matrices ----

/// A vector of two ladders with `0..=top` each, naively.
type Dense2 = BTreeMap<(i64, i64), Rational>;

fn roots(top: i64) -> Vec<Rational> {
    (1..=top).map(|m| rational(m * m - 5, m + 1)).collect()
}

/// `o(m)`, zero outside `1..=top`.
fn root(m: i64, top: i64) -> Rational {
    if (1..=top).contains(&m) { roots(top)[(m - 1) as usize].clone() } else { rational(0, 1) }
}

/// `O` or `O†` of one subsystem, as a matrix would do it.
fn apply(v: &Dense2, first: bool, raise: bool, top: i64) -> Dense2 {
    let mut result = Dense2::new();
    for (&(a, b), c) in v {
        let m = if first { a } else { b };
        let (to, o) = if raise { (m + 1, root(m + 1, top)) } else { (m - 1, root(m, top)) };
        if (0..=top).contains(&to) {
            let key = if first { (to, b) } else { (a, to) };
            let old = result.get(&key).cloned().unwrap_or_else(|| rational(0, 1));
            result.insert(key, old + c.clone() * o);
        }
    }
    result
}

type Letters = Vec<(bool, bool)>;

fn letters() -> impl Strategy<Value = Letters> {
    prop::collection::vec((prop::bool::ANY, prop::bool::ANY), 0..4)
}

fn operator(word: &Letters) -> Operator {
    let one = Operator::word((vec![], vec![]), Expression::from(1));
    word.iter().fold(one, |o, (first, raise)| {
        let letter = Operator::lowering(if *first { 1 } else { 2 });
        o.times(&if *raise { letter.adjoint() } else { letter })
    })
}

fn nonzero(v: Dense2) -> Dense2 {
    v.into_iter().filter(|(_, c)| *c != rational(0, 1)).collect()
}

fn nonzero_algebraic(v: BTreeMap<(i64, i64), Algebraic>) -> Dense2 {
    let part = |c: Algebraic| c.as_rational().expect("a rational amplitude").clone();
    nonzero(v.into_iter().map(|(k, c)| (k, part(c))).collect())
}

proptest! {
    #![proptest_config(config(200, 0x7304))]

    #[test]
    fn operators_agree_with_matrices(a in letters(), b in letters(), c in -3i64..4, top in 0i64..4) {
        let domain = Domain::sizes("M", 0).with_ladder("o2");
        let point = Sample {
            size: Some(top),
            roots: [(Symbol::new("o2"), roots(top))].into(),
            ..Sample::default()
        };
        let ladder = Symbol::new("o2");
        let combined = operator(&a).plus(&operator(&b).scaled(&Expression::from(c)));
        let adjoint = combined.adjoint();
        for start in (0..=top).flat_map(|m| (0..=top).map(move |n| (m, n))) {
            let run = |word: &Letters, v: Dense2| {
                word.iter().rev().fold(v, |v, (first, raise)| apply(&v, *first, *raise, top))
            };
            let unit: Dense2 = [(start, rational(1, 1))].into();
            let mut expected = run(&a, unit.clone());
            for (key, value) in run(&b, unit.clone()) {
                let old = expected.get(&key).cloned().unwrap_or_else(|| rational(0, 1));
                expected.insert(key, old + value * rational(c, 1));
            }
            let column = combined.column::<Algebraic>(start, &ladder, &point.on(&domain)).unwrap();
            prop_assert_eq!(nonzero_algebraic(column.clone()), nonzero(expected));
            // <n|A|m> = <m|A†|n>
            for (end, value) in nonzero_algebraic(column) {
                let back = adjoint.column::<Algebraic>(end, &ladder, &point.on(&domain)).unwrap();
                let back = nonzero_algebraic(back);
                prop_assert_eq!(back.get(&start), Some(&value));
            }
        }
    }

    #[test]
    fn kets_agree_with_vectors(word in letters(), from in 0i64..2, past in -1i64..1, top in 1i64..5, c in -3i64..4) {
        let domain = Domain::sizes("M", 1).with_unit("t").with_ladder("o2");
        let point = sample(top, rational(1, 2), rational(0, 1));
        let point = Sample { roots: [(Symbol::new("o2"), roots(top))].into(), ..point };
        let coefficient = symbol("t").to_the(Linear::symbol("m")) + c;
        let ket = Ket::series(from, Linear::symbol("M") + past, coefficient, &[], (0, 0));
        let power = |m: i64| (0..m).fold(rational(1, 1), |p, _| p * rational(1, 2));
        let start: Dense2 = (from..=top + past).map(|m| ((m, m), power(m) + rational(c, 1))).collect();
        let expected = word.iter().rev().fold(start.clone(), |v, (first, raise)| apply(&v, *first, *raise, top));
        let applied = operator(&word).apply(&ket, &Symbol::new("o2"));
        let amplitudes = applied.amplitudes::<Algebraic>(&point.on(&domain)).unwrap();
        prop_assert_eq!(nonzero_algebraic(amplitudes), nonzero(expected.clone()));
        // Inner products: <ket|applied> and <applied|applied>.
        let dot = |a: &Dense2, b: &Dense2| {
            a.iter().filter_map(|(k, x)| b.get(k).map(|y| x.clone() * y)).fold(rational(0, 1), |s, p| s + p)
        };
        for (bra, other) in [(&ket, &start), (&applied, &expected)] {
            if let Ok(inner) = bra.inner(&applied) {
                let value = evaluate::<Algebraic>(&inner, &point.on(&domain)).unwrap();
                prop_assert_eq!(value, Algebraic::rational(&dot(other, &expected)));
            }
        }
        // The kernel proves no wrong equality of vectors.
        let zero = Statement {
            domain: domain.clone(),
            proposition: Proposition::Vectors { lhs: applied, rhs: Ket::zero() },
        };
        if let Outcome::Accepted(_) = check(&zero, &Certificate::Identity { lemmas: vec![] }) {
            prop_assert_eq!(nonzero(expected), Dense2::new());
        }
    }
}

// ---- intervals ----

fn ends() -> impl Strategy<Value = (Rational, Rational, Rational)> {
    // Two ends and a number between them.
    (-40i64..41, 1i64..8, 0i64..30, 1i64..8, 0i64..5).prop_map(|(p, q, w, s, k)| {
        let (low, width) = (rational(p, q), rational(w, s));
        (low.clone(), low.clone() + &width, low + width * rational(k, 4))
    })
}

proptest! {
    #![proptest_config(config(300, 0x7305))]

    #[test]
    fn intervals_contain_the_exact_results((a, b, x) in ends(), (c, d, y) in ends(), k in -3i32..5) {
        let (i, j) = (Interval::between(&a, &b), Interval::between(&d, &c));
        prop_assert!(i.contains(&a) && i.contains(&b) && i.contains(&x) && i.low() <= i.high());
        prop_assert!(i.plus(&j).contains(&(x.clone() + &y)));
        prop_assert!(i.times(&j).contains(&(x.clone() * &y)));
        prop_assert!(i.negated().contains(&-x.clone()));
        let zero = rational(0, 1);
        let has_zero = a <= zero && zero <= b;
        match i.inverse() {
            Some(inverse) => prop_assert!(!has_zero && inverse.contains(&(rational(1, 1) / x.clone()))),
            None => prop_assert!(has_zero),
        }
        match i.raised(k) {
            Some(raised) => {
                let base = if k < 0 { rational(1, 1) / x.clone() } else { x.clone() };
                let exact = (0..k.unsigned_abs()).fold(rational(1, 1), |p, _| p * base.clone());
                prop_assert!(raised.contains(&exact));
            }
            None => prop_assert!(k < 0 && has_zero),
        }
        // The width of a point is at most one unit in the last place, that of a sum of points two.
        let ulp = rational(1, 1) / Rational::from(power(&integer(2), 191));
        prop_assert!(Interval::point(&x).high() - Interval::point(&x).low() <= ulp);
    }

    #[test]
    fn exponentials_lie_between_their_bounds(p in -60i64..61, q in 1i64..20) {
        // 1 + x <= e^x, e^x e^-x = 1, e^{2x} = (e^x)², and for x < 1: e^x <= 1/(1-x).
        let x = rational(p, q);
        let exp = |x: &Rational| Interval::point(x).exp().unwrap();
        let e = exp(&x);
        prop_assert!(e.low() > rational(0, 1) && e.high() >= x.clone() + rational(1, 1));
        prop_assert!(e.times(&exp(&-x.clone())).contains(&rational(1, 1)));
        let twice = exp(&(x.clone() * rational(2, 1)));
        let square = e.times(&e);
        prop_assert!(twice.low() <= square.high() && square.low() <= twice.high());
        if x < rational(1, 1) {
            prop_assert!(e.low() <= rational(1, 1) / (rational(1, 1) - x.clone()));
        }
        // The Taylor polynomial of odd degree is below.
        let mut term = rational(1, 1);
        let mut total = rational(0, 1);
        for n in 0..20 {
            total += term.clone();
            term = term * &x / rational(n + 1, 1);
        }
        prop_assert!(total <= e.high());
    }

    #[test]
    fn artanh_lies_between_its_partial_sums(p in 0i64..51, n in 1i64..12) {
        let y = rational(p, 100);
        let value = Interval::point(&y).artanh_ratio().unwrap();
        let square = y.clone() * &y;
        let mut power = rational(1, 1);
        let mut below = rational(0, 1);
        for k in 0..n {
            below += power.clone() * rational(1, 2 * k + 1);
            power *= square.clone();
        }
        // Σ_{k>=n} y^{2k}/(2k+1) <= y^{2n}/((2n+1)(1-y²))
        let above = below.clone() + power * rational(1, 2 * n + 1) / (rational(1, 1) - square);
        prop_assert!(below <= value.high() && value.low() <= above);
        prop_assert!(Interval::point(&rational(p + 51, 100)).artanh_ratio().is_none());
        prop_assert!(Interval::point(&rational(-p - 1, 1000)).artanh_ratio().is_none());
    }

    #[test]
    fn enclosures_contain_the_values((a, b, x) in ends(), (c, d, y) in ends(), shape in 0usize..5) {
        let text = ["x*y-x", "(x+y)^3/(x^2+1)", "(x-y)*(x+y)", "1/(x^2*y^2+1)-y", "x/(y-100)"][shape];
        let e = expression(text).unwrap();
        let at = |s: &Symbol| match s.name() {
            "x" => Some(Interval::between(&a, &b)),
            "y" => Some(Interval::between(&c, &d)),
            _ => None,
        };
        let domain = Domain::default().with_real("x").with_real("y");
        let reals = [(Symbol::new("x"), x), (Symbol::new("y"), y)].into();
        let point = Sample { reals, ..Sample::default() };
        let exact = evaluate::<Algebraic>(&e, &point.on(&domain)).unwrap();
        if let Ok(i) = enclose(&e, &at) {
            prop_assert!(i.contains(exact.as_rational().unwrap()), "{}", text);
        }
    }
}
