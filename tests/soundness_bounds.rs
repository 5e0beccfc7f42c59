//! Attacks on inequalities, expansions, limits of size and statements about particular operators: false ones that look
//! provable, true ones that look refutable, and inputs that would run for ever.

use std::collections::BTreeMap;

use twomode::exact::algebra::{Formula, Operator};
use twomode::exact::certificate::{Certificate, check, refute, refute_with};
use twomode::exact::domain::Domain;
use twomode::exact::expression::{Expression, Linear, Symbol, sum, symbol};
use twomode::exact::number::{Rational, rational};
use twomode::exact::sample::Sample;
use twomode::exact::{Outcome, Proof, Proposition, Statement};
use twomode::format::parse::expression;

fn e(text: &str) -> Expression {
    expression(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn sizes(least: i64) -> Domain {
    Domain::sizes("M", least)
}

#[track_caller]
fn proved(statement: &Statement, certificate: &Certificate) -> Proof {
    match check(statement, certificate) {
        Outcome::Accepted(proof) => proof,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(statement: &Statement, certificate: &Certificate) {
    let started = std::time::Instant::now();
    let outcome = check(statement, certificate);
    assert!(!matches!(outcome, Outcome::Accepted(_)), "accepted: {statement:?}");
    assert!(started.elapsed().as_secs() < 10, "took {:?}", started.elapsed());
}

fn at_least(domain: &Domain, lhs: &str, strict: bool) -> Statement {
    let proposition = Proposition::AtLeast { lhs: e(lhs), rhs: e("0"), strict };
    Statement { domain: domain.clone(), proposition }
}

fn manifest(form: &str) -> Certificate {
    Certificate::Manifest { form: e(form), lemmas: vec![] }
}

fn expansion(domain: &Domain, text: &str, coefficients: &[&str]) -> Statement {
    let coefficients = coefficients.iter().map(|c| e(c)).collect();
    let proposition = Proposition::Expansion { expression: e(text), symbol: Symbol::new("x"), coefficients };
    Statement { domain: domain.clone(), proposition }
}

fn series() -> Certificate {
    Certificate::Expansion { lemmas: vec![] }
}

fn limit(domain: &Domain, at: Rational, text: &str, value: &str) -> Statement {
    let proposition = Proposition::Limit { expression: e(text), symbol: Symbol::new("t"), at, value: e(value) };
    Statement { domain: domain.clone(), proposition }
}

fn formula(squared: &str) -> Formula {
    Formula { index: Symbol::new("l"), squared: e(squared) }
}

fn number() -> Operator {
    Operator::lowering(1).adjoint().times(&Operator::lowering(1))
}

fn reals(values: &[(&str, i64, i64)]) -> BTreeMap<Symbol, Rational> {
    values.iter().map(|(name, p, q)| (Symbol::new(name), rational(*p, *q))).collect()
}

// ---- inequalities ----

#[test]
fn a_form_with_holes_is_not_strict() {
    let line = Domain::default().with_real("x");
    // Each form is positive where it has a value; at x = 0 it has none and the left side is 0.
    for (lhs, form) in [
        ("x^2", "1/x^(-2)"),
        ("x^2", "(x^(-1))^(-2)"),
        ("x^2/(1+x^2)", "1/(1+x^(-2))"),
        ("x^2/(2*x^2+1)", "1/(1+(1+x^(-2)))"),
        ("x^2", "x^4*x^(-2)"),
        ("x^2", "x^2*(x^(-1))^0"),
    ] {
        refused(&at_least(&line, lhs, true), &manifest(form));
    }
    refused(&at_least(&sizes(0), "(M-2)^2", true), &manifest("1/(M-2)^(-2)"));
    refused(&at_least(&sizes(0), "M/(M+1)", true), &manifest("1/(1+1/M)"));
    proved(&at_least(&line, "1/(1+x^2)", true), &manifest("1/(1+x^2)"));
    proved(&at_least(&sizes(0).with_unit("t"), "1/t^2+1/(M+1)", true), &manifest("t^(-2)+1/(M+1)"));
    proved(&at_least(&line, "x^2", false), &manifest("1/x^(-2)"));
}

#[test]
fn ladders_that_vanish_nowhere_are_ladders_of_a_size() {
    // A sequence among the ladders that vanish nowhere; it is printed as any other.
    let mut domain = sizes(1).with_sequence("x");
    domain.nonzero.push(Symbol::new("x"));
    let operators = vec![Operator::lowering(1).scaled(&e("x(0)"))];
    let unique = Proposition::UniqueNullVector { operators, ladder: Symbol::new("o2") };
    let claim = Statement { domain: domain.clone().with_nonzero_ladder("o2"), proposition: unique };
    refused(&claim, &Certificate::Exhaustive { up_to: 1 });
    let cross = |d: &Domain| {
        let (one, two) = (Operator::lowering(1), Operator::lowering(2));
        let operators = vec![one.scaled(&e("x(0)")), two.scaled(&e("x(0)"))];
        let proposition = Proposition::UniqueNullVector { operators, ladder: Symbol::new("o2") };
        Statement { domain: d.clone(), proposition }
    };
    refused(&cross(&domain.with_nonzero_ladder("o2")), &Certificate::Exhaustive { up_to: 1 });
    // Without a size no table has all the values that do not vanish.
    let all = Domain::default().with_nonzero_ladder("o2");
    let table = Sample { roots: [(Symbol::new("o2"), vec![rational(1, 1)])].into(), ..Sample::default() };
    assert!(refute(&at_least(&all, "o2(2)", true), &table).is_err());
}

#[test]
fn levels_are_those_of_a_size() {
    // True of a boson, and without a size nothing says where the levels end.
    let (o, one) = (Operator::lowering(1), Operator::word((vec![], vec![]), e("1")));
    let proposition = Proposition::OperatorsOf {
        lhs: o.times(&o.adjoint()),
        rhs: o.adjoint().times(&o).plus(&one),
        formula: formula("l"),
    };
    let boson = Statement { domain: Domain::default(), proposition };
    assert!(refute(&boson, &Sample::default()).is_err());
    let operators = vec![o.plus(&Operator::lowering(2).adjoint()), Operator::lowering(2).plus(&o.adjoint())];
    let proposition = Proposition::UniqueNullVector { operators, ladder: Symbol::new("o2") };
    let null = Statement { domain: Domain::default().with_ladder("o2"), proposition };
    let roots = [(Symbol::new("o2"), vec![rational(1, 1); 3])].into();
    assert!(refute(&null, &Sample { roots, ..Sample::default() }).is_err());
}

#[test]
fn there_are_no_sizes_below_zero() {
    // A space without vectors.
    let operators = vec![Operator::lowering(1)];
    let proposition = Proposition::UniqueNullVector { operators, ladder: Symbol::new("o2") };
    let claim = Statement { domain: sizes(-2).with_nonzero_ladder("o2"), proposition };
    refused(&claim, &Certificate::Exhaustive { up_to: -2 });
}

#[test]
fn the_names_of_the_kernel_are_not_taken() {
    // The index of standard sums is called `#`.
    let domain = sizes(0).with_real("#").with_unit("t");
    let constant = sum("m", 0, Linear::symbol("M"), symbol("#"));
    let identity = Certificate::Identity { lemmas: vec![] };
    refused(&Statement::equation(domain.clone(), constant, e("sum(m=0..M, m)")), &identity);
    let hidden = sum("#", 0, 3.into(), symbol("#"));
    refused(&Statement::equation(sizes(0), hidden.clone(), hidden), &identity);
}

// ---- expansions ----

#[test]
fn expansions_hold_for_every_value_of_the_other_variables() {
    // At u = 1/2, y = 0, o2 = 0 these are 1.
    let domain = sizes(1).with_real("x").with_unit("u").with_real("y").with_ladder("o2");
    for text in
        ["x/(x+u-1/2)", "x/(x+y)", "x/(x+sum(m=1..M, o2(m)))", "x*(x+y^2)^(-1)", "x/(x+sum(m=1..M, o2(m)*u^(m)))"]
    {
        refused(&expansion(&domain, text, &["0"]), &series());
    }
    refused(&expansion(&sizes(0).with_real("x"), "x/(x+M-2)", &["0"]), &series());
    proved(&expansion(&sizes(0).with_real("x"), "x/(x+M+2)", &["0", "1/(M+2)"]), &series());
}

#[test]
fn sums_inside_sums_are_not_expanded() {
    // The coefficient of x² is a sum of (m-j)(m-j-1)/2.
    let domain = sizes(1).with_real("x");
    let text = "sum(m=0..M, sum(j=0..M, (1+x)^(m-j)))";
    refused(&expansion(&domain, text, &["(M+1)^2", "0", "0"]), &series());
}

#[test]
fn expansions_end_soon() {
    let domain = sizes(0).with_real("x");
    let powers = |inner: &str, k: &str, n: usize| "(".repeat(n) + inner + &format!(")^{k}").repeat(n);
    for text in [
        powers("x-x", "1000000", 5),
        powers("x-x", "1000000", 190),
        powers("1/x", "1000", 4),
        powers("1/x", "1000", 8),
        powers("x", "(-1000)", 9),
        powers("1+x", "1000000", 2),
        format!("x*({})", powers("1/x", "1000", 5)),
    ] {
        refused(&expansion(&domain, &text, &["1"]), &series());
    }
    let zero = Expression::Add(e("x").into(), e("-x").into());
    let proposition =
        Proposition::Expansion { expression: zero.pow(i32::MAX), symbol: Symbol::new("x"), coefficients: vec![e("1")] };
    refused(&Statement { domain, proposition }, &series());
}

// ---- limits ----

#[test]
fn a_limit_is_taken_inside_the_range() {
    let domain = Domain::default().with_unit("t");
    let geometric = Statement::equation(domain.clone(), e("sum(m=0..inf, t^(m))"), e("1/(1-t)"));
    let lemma = proved(&geometric, &Certificate::Telescoping { antidifference: e("t^(m)/(t-1)") });
    let form = Certificate::RegularForm { form: e("1/(1-t)"), lemmas: vec![lemma] };
    refused(&limit(&domain, rational(5, 1), "sum(m=0..inf, t^(m))", "-1/4"), &form);
    proved(&limit(&domain, rational(-1, 1), "sum(m=0..inf, t^(m))", "1/2"), &form);
    let positive = Domain::default().with_fraction("t");
    let form = Certificate::RegularForm { form: e("1+t"), lemmas: vec![] };
    refused(&limit(&positive, rational(-1, 2), "1+t", "1/2"), &form);
    proved(&limit(&positive, rational(0, 1), "1+t", "1"), &form);
}

#[test]
fn leading_coefficients_of_high_degree_are_refused_soon() {
    let domain = sizes(1).with_unit("t");
    let dense: String = (0..400i64).map(|k| format!("+{}*t^{k}", 1 + (k * k * 7919) % 1009)).collect();
    for denominator in ["3+t^999999+t^500000+t".to_owned(), format!("5000{dense}")] {
        let proposition = Proposition::LargeSize { expression: e(&format!("M/(M*({denominator})+1)")), value: e("1") };
        refused(&Statement { domain: domain.clone(), proposition }, &Certificate::LargeSize { lemmas: vec![] });
    }
}

// ---- refutation ----

#[test]
fn a_proof_refutes_only_where_its_expression_is_defined() {
    // Not defined at M = 2, where alone the claimed right sides differ.
    let domain = sizes(1).with_real("x").with_unit("t");
    let claimed = "M-2+binomial(0,M-2)";
    let at = |n| Sample { size: Some(n), reals: reals(&[("x", 3, 1), ("t", 1, 2)]), ..Sample::default() };
    let proof = proved(&expansion(&domain, "1/(1/(M-2))+x", &["M-2"]), &series());
    assert!(refute_with(&proof, &expansion(&domain, "1/(1/(M-2))+x", &[claimed]), &at(2)).is_err());
    assert!(refute_with(&proof, &expansion(&domain, "1/(1/(M-2))+x", &["M-3"]), &at(3)).is_ok());
    let form = Certificate::RegularForm { form: e("M-2+t"), lemmas: vec![] };
    let there = |value: &str| limit(&domain, rational(0, 1), "1/(1/(M-2))+t", value);
    let proof = proved(&there("M-2"), &form);
    assert!(refute_with(&proof, &there(claimed), &at(2)).is_err());
    assert!(refute_with(&proof, &there("M-3"), &at(3)).is_ok());
}

#[test]
fn operators_that_do_not_exist_refute_nothing() {
    // No matrix element has a negative square, or one that is not real.
    let at = |n| Sample { size: Some(n), ..Sample::default() };
    for squared in ["-l*(M+1-l)", "i*l*(M+1-l)", "l*(M+1-l)*(l-2)"] {
        let non_negative = Proposition::NonNegative { operator: number(), formula: formula(squared) };
        assert!(refute(&Statement { domain: sizes(1), proposition: non_negative }, &at(3)).is_err());
        let zero = Operator::zero();
        let equal = Proposition::OperatorsOf { lhs: number(), rhs: zero, formula: formula(squared) };
        assert!(refute(&Statement { domain: sizes(1), proposition: equal }, &at(3)).is_err());
    }
}

// ---- operators ----

#[test]
fn the_parts_of_a_diagonal_have_values() {
    // -O†O, which is negative at odd levels; 1 + (-1)^a vanishes there, and (1 + (-1)^a)(1 - (-1)^a) = 0.
    let operator = number().scaled(&e("-1"));
    let proposition = Proposition::NonNegative { operator, formula: formula("l*(M+1-l)*(1-(-1)^(l))/2*(1+(-1)^(M))") };
    let claim = Statement { domain: sizes(1), proposition };
    for here in ["0*(1+(-1)^(a))^(-2)", "0/(1+(-1)^(a))^2", "0*(1+(-1)^(a))^(-2)*(M-a)"] {
        refused(&claim, &Certificate::Split { step: (1, -1), here: e(here), there: e("0") });
    }
}

#[test]
fn a_step_is_a_few_levels() {
    let claim = Proposition::NonNegative { operator: number(), formula: formula("l*(M+1-l)") };
    let claim = Statement { domain: sizes(1), proposition: claim };
    for step in [(i64::MIN, 0), (i64::MAX, 1), (0, i64::MIN), (1 << 62, 1 << 62), (0, 0)] {
        refused(&claim, &Certificate::Split { step, here: e("a*(M+1-a)"), there: e("0*(3*a+5*b)") });
    }
}

#[test]
fn a_manifest_form_is_judged_soon() {
    // At every node of the form the polynomial below is written out again.
    let inner = "(M-3)^15*(2*m-M)^15";
    let text = format!("{inner}{}", "+m".repeat(900));
    let domain = sizes(0).with_index("m", 0, Some(Linear::symbol("M")));
    refused(&at_least(&domain, &text, false), &manifest(&text));
}
