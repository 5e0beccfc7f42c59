//! Attacks on the kernel: false statements that look provable, true ones that look refutable, texts that would make it
//! panic, run for ever or exhaust the stack.

use std::collections::BTreeMap;

use twomode::exact::algebra::Operator;
use twomode::exact::certificate::{Certificate, check, refute, refute_with};
use twomode::exact::domain::Domain;
use twomode::exact::expression::{Expression, Linear, Symbol, infinite_sum, sum, symbol};
use twomode::exact::ket::{Ket, KetTerm};
use twomode::exact::number::{Rational, rational};
use twomode::exact::sample::Sample;
use twomode::exact::{Outcome, Proof, Proposition, Statement};
use twomode::format::certificate as text;
use twomode::format::parse::expression;

fn e(text: &str) -> Expression {
    expression(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn equation(domain: &Domain, lhs: &str, rhs: &str) -> Statement {
    Statement::equation(domain.clone(), e(lhs), e(rhs))
}

fn identity() -> Certificate {
    Certificate::Identity { lemmas: Vec::new() }
}

fn telescoping(antidifference: &str) -> Certificate {
    Certificate::Telescoping { antidifference: e(antidifference) }
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
    let outcome = check(statement, certificate);
    assert!(!matches!(outcome, Outcome::Accepted(_)), "accepted: {statement:?}");
}

fn real(name: &str, p: i64, q: i64) -> BTreeMap<Symbol, Rational> {
    [(Symbol::new(name), rational(p, q))].into()
}

// ---- exponents ----

#[test]
fn exponents_are_not_cut_to_32_bits() {
    let domain = sizes(1).with_unit("t");
    refused(&equation(&domain, "(t^65536)^(65536*M)", "1"), &identity());
    refused(&equation(&domain, "(t^(-65536))^(65536*M)", "1"), &identity());
    let constant = "1000000+".repeat(4294) + "967296";
    if let Ok(power) = expression(&format!("t^(M+{constant})")) {
        refused(&Statement::equation(domain.clone(), power, e("t^(M)")), &identity());
    }
    let by_hand = symbol("t").to_the(Linear::symbol("M") + (1 << 32));
    refused(&Statement::equation(domain, by_hand, e("t^(M)")), &identity());
}

// ---- infinite sums ----

#[test]
fn infinite_sums_of_arbitrary_sequences_do_not_telescope() {
    // For o2(m) = 1 (or a(m) = 1) the left side is 0, the right side 1.
    refused(&equation(&Domain::default().with_ladder("o2"), "sum(m=1..inf, o2(m)-o2(m+1))", "o2(1)"), &identity());
    refused(&equation(&Domain::default().with_sequence("a"), "sum(m=0..inf, a(m)-a(m+1))", "a(0)"), &identity());
    let domain = Domain::default().with_sequence("a").with_unit("t");
    refused(&equation(&domain, "sum(m=0..inf, t^(m)*(t*a(m+1)-a(m)))", "-a(0)"), &identity());
    // t^m a(m) need not converge, and need not tend to zero.
    refused(&equation(&domain, "sum(m=0..inf, t^(m+1)*a(m+1)-t^(m)*a(m))", "-a(0)"), &telescoping("t^(m)*a(m)"));
    // Neither do powers and signs.
    refused(&equation(&Domain::default(), "sum(m=0..inf, 2*m+1)", "0"), &telescoping("m^2"));
    refused(&equation(&Domain::default(), "sum(m=0..inf, (-1)^(m))", "1/2"), &telescoping("-(-1)^(m)/2"));
}

// ---- names ----

#[test]
fn an_index_named_like_the_size_proves_nothing() {
    // At M = 2 the sum is 8.
    let statement = equation(&sizes(1), "sum(M=0..M, (M+1)*(1+(-1)^(M)))", "M+1");
    refused(&statement, &Certificate::WilfZeilberger { multiplier: e("1") });
    refused(&equation(&sizes(0), "sum(M=0..M, M)", "M*(M+1)"), &telescoping("M^2"));
}

#[test]
fn an_index_named_like_the_limit_variable_is_not_replaced() {
    let domain = sizes(0).with_unit("t");
    let limit = |value: &str| Statement {
        domain: domain.clone(),
        proposition: Proposition::Limit {
            expression: e("sum(t=0..M, t)"),
            symbol: Symbol::new("t"),
            at: rational(1, 1),
            value: e(value),
        },
    };
    refused(&limit("M+1"), &Certificate::RegularForm { form: e("sum(t=0..M, t)"), lemmas: vec![] });
    // Nor by a substitution.
    let kept = e("sum(t=0..2, t)+t").substitute(&Symbol::new("t"), &e("5"));
    assert_eq!(kept, e("sum(t=0..2, t)+5"));
}

#[test]
fn undeclared_symbols_prove_nothing() {
    let unit = sizes(1).with_unit("t");
    let all = Certificate::Exhaustive { up_to: 4 };
    refused(&equation(&unit, "x", "t"), &all);
    refused(&equation(&Domain::default(), "x", "y"), &all);
    refused(&equation(&unit, "t^(2*q)", "(t^(q))^2"), &identity());
    refused(&equation(&unit, "o2(M)", "o2(M)+0"), &identity());
    // A real exponent, a real argument, a real end.
    let reals = unit.clone().with_real("x").with_ladder("o2");
    refused(&equation(&reals, "(-1)^(2*x)", "1"), &identity());
    refused(&equation(&reals, "o2(x)", "o2(x)+0"), &identity());
    refused(&equation(&reals, "t^(2*x)", "(t^(x))^2"), &identity());
    // An index outside its sum.
    refused(&equation(&unit, "sum(m=0..1, t^(m))*t^(m)", "t^(m)+t^(m+1)"), &identity());
    refused(&equation(&unit, "sum(m=0..m, t)", "sum(m=0..m, t)+0"), &identity());
}

#[test]
fn one_name_means_one_thing() {
    let both = sizes(0).with_unit("M");
    refused(&equation(&both, "sum(m=0..inf, M^(2*m))", "1/(1-M^2)"), &telescoping("M^(2*m)/(M^2-1)"));
    refused(&equation(&Domain::default().with_real("t").with_unit("t"), "t^2-t^2", "0"), &identity());
    refused(&equation(&sizes(0).with_index("M", 0, None), "M-M", "0"), &identity());
    refused(&equation(&sizes(0).with_ladder("a").with_sequence("a"), "a(0)", "0"), &identity());
}

#[test]
fn indices_of_nested_sums_are_not_captured() {
    let domain = sizes(3).with_unit("t");
    // sum_j t^j inside has an index of the name that is substituted from outside.
    let twice = e("sum(m=0..2, sum(j=0..1, t^(j+m)))");
    proved(&Statement::equation(domain.clone(), twice, e("1+2*t+2*t^2+t^3")), &identity());
    let inner = e("sum(j=0..1, m+j)").substitute_integer(&Symbol::new("m"), &Linear::symbol("j"));
    let outer = sum("j", 0, Linear::from(2), inner);
    // sum_{m=0}^{2} (m + m + 1) = 9
    proved(&Statement::equation(domain.clone(), outer.clone(), e("9")), &identity());
    proved(&Statement::equation(domain.clone(), outer, e("9")), &Certificate::Exhaustive { up_to: 4 });
    refused(&equation(&domain, "sum(m=0..M, sum(j=0..m, 1))", "(M+1)^2"), &identity());
}

// ---- lemmas ----

#[test]
fn a_lemma_keeps_its_meaning() {
    let geometric = equation(&sizes(0).with_unit("t"), "sum(m=0..M, t^(2*m))", "(1-t^(2*M+2))/(1-t^2)");
    let geometric = proved(&geometric, &telescoping("t^(2*m)/(t^2-1)"));
    // a(0) = 0 for a ladder, not for a sequence.
    let ladder = sizes(1).with_unit("t").with_ladder("a");
    let hiding = equation(&ladder, "sum(m=0..M, t^(2*m))+sum(m=0..M, a(m))-sum(m=1..M, a(m))", "(1-t^(2*M+2))/(1-t^2)");
    let lemma = proved(&hiding, &Certificate::Identity { lemmas: vec![geometric.clone()] });
    let sequence = sizes(1).with_unit("t").with_sequence("a");
    let wrong = equation(&sequence, "sum(m=0..M, t^(2*m))", "(1-t^(2*M+2))/(1-t^2)-a(0)");
    refused(&wrong, &Certificate::Identity { lemmas: vec![lemma] });
    // A lemma for M >= 1 used at M = 0; one for a number between 0 and 1 used for any.
    let from_one = equation(&sizes(1).with_unit("t"), "sum(m=0..M, t^(2*m))", "(1-t^(2*M+2))/(1-t^2)");
    let from_one = proved(&from_one, &telescoping("t^(2*m)/(t^2-1)"));
    let used = equation(&sizes(0).with_unit("t"), "2*sum(m=0..M, t^(2*m))", "2*(1-t^(2*M+2))/(1-t^2)");
    refused(&used, &Certificate::Identity { lemmas: vec![from_one] });
    proved(&used, &Certificate::Identity { lemmas: vec![geometric.clone()] });
    let any = equation(&sizes(0).with_real("t"), "2*sum(m=0..M, t^(2*m))", "2*(1-t^(2*M+2))/(1-t^2)");
    refused(&any, &Certificate::Identity { lemmas: vec![geometric] });
    // A lemma checked up to a bound only.
    let bounded = equation(&sizes(0), "sum(m=0..M, m)", "M*(M+1)/2");
    let bounded = proved(&bounded, &Certificate::Exhaustive { up_to: 9 });
    refused(&equation(&sizes(0), "2*sum(m=0..M, m)", "M*(M+1)"), &Certificate::Identity { lemmas: vec![bounded] });
}

// ---- denominators ----

#[test]
fn denominators_that_vanish_are_seen() {
    for (lhs, rhs) in [
        ("(M-1)/(M-1)", "1"),
        ("1/(M-2)-1/(M-2)", "0"),
        ("(M^2-4)/(M-2)", "M+2"),
        ("(1+(-1)^(M))/(1+(-1)^(M))", "1"),
        ("(1+(-1)^(M))/(1+(-1)^(M))", "7*(1-(-1)^(M))/(1-(-1)^(M))"),
        ("o2(M)/o2(M)", "1"),
        ("1/(1/(1+(-1)^(M))+1/(1-(-1)^(M)))", "5"),
    ] {
        refused(&equation(&sizes(0).with_ladder("o2"), lhs, rhs), &identity());
    }
    // A pole of the antidifference inside the range.
    refused(&equation(&sizes(0), "sum(m=0..M, 1/((m-3)*(m-2)))", "1/(2-M)-1/3"), &telescoping("1/(3-m)"));
    // t^(k+1) = 1 at k = -1, which lies in the range.
    let domain = sizes(1).with_unit("t").with_index("k", Linear::from(0) - Linear::symbol("M"), None);
    refused(&equation(&domain, "(t^(k+1)-1)/(t^(k+1)-1)", "1"), &identity());
    // j may be -1, and k = j.
    let domain = Domain::default().with_index("j", -3, Some(3.into())).with_index("k", Linear::symbol("j"), None);
    refused(&equation(&domain, "(k+1)/(k+1)", "1"), &identity());
    let domain = sizes(0)
        .with_index("j", 0, Some(Linear::symbol("M")))
        .with_index("k", Linear::symbol("M"), None)
        .with_index("l", 0, Some(Linear::symbol("M")));
    refused(&equation(&domain, "(k-l-1)/(k-l-1)", "1"), &identity());
    proved(&equation(&domain, "(k+l+1)/(k+l+1)", "1"), &identity());
}

#[test]
fn poles_stop_the_induction_of_wilf_and_zeilberger() {
    // C(n) changes at a size where it is not defined or zero.
    for (term, right) in [("binomial(n,m)^2", "binomial(2*n,n)*(n-3)/(n-3)"), ("0*binomial(n,m)", "0")] {
        let statement = equation(&Domain::sizes("n", 0), &format!("sum(m=0..n, {term})"), right);
        for multiplier in ["m^2*(2*m-3*n-3)/(2*(2*n+1)*(n+1-m)^2)", "0", "1"] {
            refused(&statement, &Certificate::WilfZeilberger { multiplier: e(multiplier) });
        }
    }
    // The right pair with a wrong first sum, and the first sum empty by more than one term.
    let pair = Certificate::WilfZeilberger { multiplier: e("m^2*(2*m-3*n-3)/(2*(2*n+1)*(n+1-m)^2)") };
    refused(&equation(&Domain::sizes("n", 0), "sum(m=0..n, binomial(n,m)^2)", "2*binomial(2*n,n)"), &pair);
    refused(&equation(&Domain::sizes("n", 0), "sum(m=2..n, binomial(n,m)^2)", "0"), &pair);
}

// ---- limits ----

fn limit(domain: &Domain, at: Rational, expression: &str, value: &str) -> Statement {
    let proposition = Proposition::Limit { expression: e(expression), symbol: Symbol::new("t"), at, value: e(value) };
    Statement { domain: domain.clone(), proposition }
}

#[test]
fn limits_hold_for_every_value_of_the_other_variables() {
    let one = || rational(1, 1);
    let form = |form: &str| Certificate::RegularForm { form: e(form), lemmas: vec![] };
    // At u = 1/2 the limit is 1; for o2 = 0 it is 1; at x = 0 it is 1.
    let domain = sizes(1).with_unit("t").with_unit("u").with_real("x").with_ladder("o2");
    for text in
        ["(1-t)/((1-t)+(u-1/2)^2)", "(1-t)/((1-t)+sum(m=1..M, o2(m)))", "(1-t)/((1-t)+x^2)", "(1-t)*(1-t+u-1/2)^(-1)"]
    {
        refused(&limit(&domain, one(), text, "0"), &form(text));
    }
    // Hidden 0/0, and a form that jumps at the point.
    refused(&limit(&domain, one(), "(1-t^2)/(1-t)", "0"), &form("(1-t^2)/(1-t)"));
    refused(&limit(&domain, one(), "1/(1/(1-t))", "0"), &form("1/(1/(1-t))"));
    refused(&limit(&domain, one(), "sum(m=0..M, 1/(1-t)-1/(1-t))", "0"), &form("sum(m=0..M, 1/(1-t)-1/(1-t))"));
    refused(&limit(&domain, rational(0, 1), "t^(M-2)", "0"), &form("t^(M-2)"));
    refused(&limit(&domain, one(), "sum(m=0..inf, t^(m)*(1-t))", "0"), &form("sum(m=0..inf, t^(m)*(1-t))"));
    proved(&limit(&domain, one(), "(1-t^2)/(1-t)", "2"), &form("1+t"));
    // The variable must be one, and must be gone from the value.
    refused(&limit(&sizes(0), one(), "1", "1"), &form("1"));
    refused(&limit(&domain, one(), "t", "t"), &form("t"));
}

// ---- exhaustive ----

#[test]
fn exhaustive_covers_something_and_all_of_it() {
    let bounded = |up_to| Certificate::Exhaustive { up_to };
    refused(&equation(&sizes(5), "M", "M+1-1"), &bounded(4));
    refused(&equation(&sizes(0), "M", "M+1-1"), &bounded(-1));
    refused(&equation(&sizes(0).with_index("k", 5, Some(Linear::symbol("M"))), "k", "k+1-1"), &bounded(4));
    refused(&equation(&sizes(0).with_index("k", 0, None), "k", "k+1-1"), &bounded(4));
    // An operator on spaces of every size.
    let zero = Proposition::Operators { lhs: Operator::lowering(1), rhs: Operator::zero(), ladder: Symbol::new("o2") };
    refused(&Statement { domain: Domain::default().with_ladder("o2"), proposition: zero.clone() }, &bounded(9));
    refused(&Statement { domain: sizes(0).with_ladder("o2"), proposition: zero }, &bounded(3));
    // A bound that overflows for some sizes is no empty range.
    let overflowing = sizes(0).with_index("k", Linear::symbol("M") * i64::MAX, Some(Linear::symbol("M") * 2));
    refused(&equation(&overflowing, "k", "0"), &bounded(2));
}

// ---- vectors ----

#[test]
fn roots_that_coincide_at_an_end_are_multiplied() {
    // Σ_{m>=3} - Σ_{m>=4} of o(m) o(3) |m,m> is o(3)² |3,3>, not o(3) |3,3>.
    let top = Linear::symbol("M");
    let m = Linear::symbol("m");
    let term = |from: i64, sign: i64, both: bool| {
        let mut roots = BTreeMap::from([((Symbol::new("o2"), Linear::from(3)), 1)]);
        if both {
            roots.insert((Symbol::new("o2"), m.clone()), 1);
        }
        KetTerm {
            index: Symbol::new("m"),
            from: from.into(),
            to: top.clone(),
            coefficient: Expression::from(sign),
            roots,
            at: (m.clone(), m.clone()),
        }
    };
    let vectors = |lhs: Vec<KetTerm>, rhs: Vec<KetTerm>| Statement {
        domain: sizes(4).with_ladder("o2"),
        proposition: Proposition::Vectors { lhs: Ket { terms: lhs }, rhs: Ket { terms: rhs } },
    };
    let product = || vec![term(3, 1, true), term(4, -1, true)];
    refused(&vectors(product(), vec![term(3, 1, false), term(4, -1, false)]), &identity());
    proved(&vectors(product(), product()), &identity());
}

#[test]
fn the_ends_of_vectors_are_checked() {
    let ket = |from: i64, past: i64, c: &str| Ket::series(from, Linear::symbol("M") + past, e(c), &[], (0, 0));
    let vectors = |least: i64, lhs: Ket, rhs: Ket| Statement {
        domain: sizes(least).with_unit("t"),
        proposition: Proposition::Vectors { lhs, rhs },
    };
    proved(&vectors(0, ket(0, 0, "t^(m)"), ket(0, 0, "t*t^(m-1)")), &identity());
    for (from, past) in [(1, 0), (0, -1), (-1, 0), (0, 1), (2, -2)] {
        for least in [0, 1, 4] {
            refused(&vectors(least, ket(0, 0, "t^(m)"), ket(from, past, "t^(m)")), &identity());
        }
    }
    // At m = 3 only; a term whose range is empty for the smallest sizes.
    refused(&vectors(5, ket(0, 0, "m"), ket(0, 0, "m").plus(ket(3, 0, "1")).plus(ket(4, 0, "-1"))), &identity());
    refused(&vectors(0, ket(2, -2, "0").plus(ket(0, 0, "1")), ket(0, 0, "1").plus(ket(5, 0, "1"))), &identity());
}

// ---- refutation ----

#[test]
fn values_beyond_the_size_are_zero_in_a_counterexample() {
    let domain = sizes(0).with_sequence("a");
    let statement = equation(&domain, "sum(m=0..M, a(m+1))", "sum(m=1..M, a(m))");
    proved(&statement, &identity());
    let long = Sample {
        size: Some(2),
        sequences: [(Symbol::new("a"), (1..9).map(|k| rational(k, 1)).collect())].into(),
        ..Sample::default()
    };
    assert!(refute(&statement, &long).is_err());
    let wrong = equation(&domain, "sum(m=0..M, a(m+1))", "sum(m=0..M, a(m))");
    assert!(refute(&wrong, &long).is_ok());
}

#[test]
fn a_point_cannot_smuggle_in_values() {
    // t is between -1 and 1, whatever the table of integers says; sqrt(t²) is no rational function, so use a power.
    let domain = sizes(1).with_unit("t");
    let statement = equation(&domain, "binomial(M,0)*t", "t");
    let sample = Sample {
        size: Some(1),
        reals: real("t", 1, 2),
        integers: [(Symbol::new("t"), 5), (Symbol::new("M"), -3), (Symbol::new("q"), 1)].into(),
        sequences: [(Symbol::new("a"), vec![rational(1, 1)])].into(),
        roots: [(Symbol::new("b"), vec![rational(1, 1); 9])].into(),
    };
    assert!(refute(&statement, &sample).is_err());
    for wrong in ["t+q", "t+a(0)", "t+b(1)", "t+x"] {
        assert!(refute(&equation(&domain, "t", wrong), &sample).is_err(), "{wrong}");
    }
    let Ok(found) = refute(&equation(&domain, "t", "2*t"), &sample) else { panic!("t = 2t is false") };
    assert!(found.description().contains("left side 1/2, right side 1"), "{}", found.description());
    for (size, t) in [(0, (1, 2)), (1, (0, 1)), (1, (1, 1)), (1, (-3, 2))] {
        let outside = Sample { size: Some(size), reals: real("t", t.0, t.1), ..Sample::default() };
        assert!(refute(&equation(&domain, "t", "2*t"), &outside).is_err());
    }
}

#[test]
fn a_proof_refutes_only_where_its_left_side_is_defined() {
    let domain = sizes(1);
    // The left side is not defined at M = 2, where alone the claimed right side differs.
    let proof = proved(&equation(&domain, "1/(1/(M-2))", "M-2"), &identity());
    let claimed = equation(&domain, "1/(1/(M-2))", "M-2+binomial(0,M-2)");
    let at = |n| Sample { size: Some(n), ..Sample::default() };
    assert!(refute_with(&proof, &claimed, &at(2)).is_err());
    assert!(refute(&claimed, &at(2)).is_err());
    let wrong = equation(&domain, "1/(1/(M-2))", "M-3");
    assert!(refute_with(&proof, &wrong, &at(3)).is_ok());
    // Another left side, another domain, a bounded proof.
    assert!(refute_with(&proof, &equation(&domain, "M-2", "M"), &at(3)).is_err());
    assert!(refute_with(&proof, &equation(&sizes(0), "1/(1/(M-2))", "M-3"), &at(3)).is_err());
    let bounded = proved(&equation(&domain, "M", "M+1-1"), &Certificate::Exhaustive { up_to: 3 });
    assert!(refute_with(&bounded, &equation(&domain, "M", "M+1"), &at(3)).is_err());
}

// ---- sizes at the edge ----

#[test]
fn empty_and_short_sums() {
    let domain = sizes(0).with_unit("t");
    proved(&equation(&domain, "sum(m=1..M, 1)", "M"), &identity());
    let one = sizes(1).with_unit("t");
    proved(&equation(&one, "sum(m=1..M-1, t^(m))-sum(m=1..M, t^(m))", "sum(m=1..M-1, 0)-t^(M)"), &identity());
    // At M = 0 these sums are empty by two and more terms.
    for (lhs, rhs) in [
        ("sum(m=2..M-1, 1)", "M-2"),
        ("sum(m=3..M, t^(m))", "sum(m=1..M, t^(m))-t-t^2"),
        ("sum(m=0..M-2, t^(m))", "sum(m=0..M, t^(m))-t^(M)-t^(M-1)"),
        ("sum(m=5..M, 0)+1", "sum(m=5..M, 1)-M+5"),
        ("sum(m=M..0, 1)", "1-M"),
    ] {
        refused(&equation(&domain, lhs, rhs), &identity());
    }
    refused(&equation(&domain, "sum(m=2..M, t^(2*m))", "(t^4-t^(2*M+2))/(1-t^2)"), &telescoping("t^(2*m)/(t^2-1)"));
    proved(
        &equation(&sizes(1).with_unit("t"), "sum(m=2..M, t^(2*m))", "(t^4-t^(2*M+2))/(1-t^2)"),
        &telescoping("t^(2*m)/(t^2-1)"),
    );
}

#[test]
fn zero_to_the_power_zero_and_values_outside() {
    let domain = sizes(0).with_ladder("o2").with_sequence("a");
    proved(&equation(&domain, "(M-M)^0", "1"), &identity());
    proved(&equation(&domain, "o2(0)+o2(M+1)+a(-1)+a(M+1)", "0"), &identity());
    refused(&equation(&domain, "o2(M)", "0"), &identity());
    refused(&equation(&domain, "a(0)", "0"), &identity());
    refused(&equation(&domain, "a(M)", "0"), &identity());
    refused(&equation(&domain, "(M-M)^(-1)", "0"), &identity());
    refused(&equation(&domain, "0^(M)", "0"), &identity());
    // o2(M-1) is o2(0) = 0 at M = 1 only.
    refused(&equation(&domain, "o2(M-1)", "0"), &identity());
}

#[test]
fn binomials_at_their_ends() {
    let n = Domain::sizes("n", 0);
    proved(&equation(&n, "binomial(n,0)*binomial(n,n)", "1"), &identity());
    refused(&equation(&n, "binomial(n,n+1)", "1"), &identity());
    refused(&equation(&Domain::sizes("n", 1), "binomial(n-1,n)", "1"), &identity());
    refused(&equation(&n, "binomial(n-1,n)", "0*n/n"), &identity());
    // Pascal's rule fails at n = 0, k = 0: binomial(-1, ..) = 0.
    let k = Domain::sizes("n", 0).with_index("k", 0, Some(Linear::symbol("n")));
    refused(&equation(&k, "binomial(n,k)", "binomial(n-1,k)+binomial(n-1,k-1)"), &identity());
    refused(&equation(&k, "binomial(n,k)", "binomial(n-1,k)+binomial(n-1,k-1)"), &Certificate::Exhaustive { up_to: 3 });
    let k = Domain::sizes("n", 1).with_index("k", 0, Some(Linear::symbol("n")));
    let pascal = equation(&k, "binomial(n,k)", "binomial(n-1,k)+binomial(n-1,k-1)");
    proved(&pascal, &Certificate::Exhaustive { up_to: 6 });
}

#[test]
fn i_and_the_root_of_two_are_what_they_are() {
    let x = Domain::default().with_real("x");
    for (lhs, rhs, holds) in [
        ("i^2", "-1", true),
        ("sqrt2^2", "2", true),
        ("(i*sqrt2)^2", "-2", true),
        ("1/(x+i)", "(x-i)/(x^2+1)", false), // the kernel cannot tell that x + i has no zero
        ("i", "-i", false),
        ("sqrt2", "-sqrt2", false),
        ("i*sqrt2", "sqrt2/i", false),
    ] {
        let outcome = check(&equation(&x, lhs, rhs), &identity());
        assert_eq!(matches!(outcome, Outcome::Accepted(_)), holds, "{lhs} = {rhs}: {outcome:?}");
    }
    proved(&equation(&x, "1/(x+i)", "(x-i)/(x^2+1)"), &Certificate::Exhaustive { up_to: 0 });
}

// ---- hostile texts ----

/// Reads and checks on a small stack; returns whether it was accepted.
fn survives(text: String) -> bool {
    let work = move || match text::read(&text) {
        Ok(certified) => matches!(check(&certified.statement, &certified.certificate), Outcome::Accepted(_)),
        Err(why) => why.to_string().is_empty(),
    };
    let started = std::time::Instant::now();
    let accepted = std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
    let seconds = started.elapsed().as_secs_f64();
    assert!(seconds < 10.0, "took {seconds} s");
    accepted
}

fn certificate(size: &str, kind: &str, identity: &str, witness: &str) -> String {
    format!("twomode-certificate: 1\nkind: {kind}\n{size}\nunit: t\nreal: x, y, z\nidentity: {identity}\n{witness}\n")
}

#[test]
fn hostile_texts_end_soon_and_without_panic() {
    let deep = |open: &str, inner: &str, close: &str, n: usize| open.repeat(n) + inner + &close.repeat(n);
    let nested = |n: usize| (0..n).map(|k| format!("sum(m{k}=0..1000, ")).collect::<String>() + "t" + &")".repeat(n);
    let explode = "sum(a=1000000..1000000, sum(b=1000000*a..1000000*a, sum(c=1000000*b..1000000*b, \
                   sum(d=1000000*c..1000000*c, d))))";
    let million = "1000000*M+".repeat(3200) + "M";
    let powers = |inner: &str, n: usize| deep("(", inner, ")^1000000", n);
    let minus = "-".repeat(60_000) + "1";
    for (name, lhs) in [
        ("deep brackets", deep("(", "t", ")", 20_000)),
        ("brackets at the limit", deep("(1+", "t", ")", 190)),
        ("deep quotients", deep("1/(1+", "t", ")", 190)),
        ("signs", minus),
        ("long sum", "t+".repeat(20_000) + "t"),
        ("sum at the limit", "x+".repeat(990) + "t"),
        ("product at the limit", "(x+y)*".repeat(450) + "t"),
        ("product of three", "(x+y+z+1)*".repeat(300) + "t"),
        ("quotient at the limit", "1/(x+y)+".repeat(300) + "t"),
        ("nested sums", nested(3)),
        ("nested sums, many", nested(100)),
        ("exploding bounds", explode.to_owned()),
        ("power of a sum", "(x+y+z)^1000000".to_owned()),
        ("power of a number", powers("2", 3)),
        ("power of a power", powers("x", 5)),
        ("power of a negative power", powers("x^(-1000000)", 5)),
        ("power of a unit", format!("({})^(1000000*M)", powers("t", 5))),
        ("sum of powers", powers("t^(M+1000000)", 5)),
        ("products of powers", format!("{}t", "t^(M+1000000)*".repeat(900))),
        ("long linear form", format!("t^({million})")),
        ("linear form in linear form", format!("sum(m=0..{million}, t^({}))", million.replace('M', "m"))),
        ("long explicit sum", "sum(m=0..1000000, t^(m))".to_owned()),
        ("long shift", "sum(m=1000000..M+1000000, t^(m))".to_owned()),
        ("high moment", "sum(m=0..M, (m+1)^1000000)".to_owned()),
        ("binomial", "binomial(1000000*M,500000*M)".to_owned()),
        ("factorial with a long shift", "binomial(2*M+1000,M+999)*binomial(3*M+1000,M)".to_owned()),
        ("binomials of numbers", "binomial(1000000,500000)".to_owned()),
        ("large number", "9".repeat(60_000)),
        ("power of a large number", format!("({})^1000", "9".repeat(10_000))),
        ("characters", "½+t\u{202e}\u{0}é".to_owned()),
    ] {
        for (kind, witness) in [
            ("identity", "".to_owned()),
            ("telescoping", format!("antidifference: {lhs}")),
            ("wilf-zeilberger", format!("multiplier: {lhs}")),
        ] {
            let size = if kind == "wilf-zeilberger" { "size: M >= 1000000" } else { "size: M >= 0" };
            let accepted = survives(certificate(size, kind, &format!("{lhs} == 0"), &witness));
            assert!(!accepted, "{name} with {kind} was accepted");
        }
    }
    for (name, size, identity, multiplier) in [
        ("large first size", "size: n >= 1000000", "sum(m=0..n, binomial(n,m)^2) == binomial(2*n,n)", "m"),
        ("long first sum", "size: n >= 0", "sum(m=0..n+1000000, m) == n+1", "m"),
        ("nested first sum", "size: n >= 0", "sum(m=0..n, sum(k=0..1000, sum(l=0..1000, 1))) == n+1", "m"),
        (
            "large binomials",
            "size: n >= 1000",
            "sum(m=0..n, binomial(1000*n,500*n)) == (n+1)*binomial(1000*n,500*n)",
            "0",
        ),
    ] {
        let text = certificate(size, "wilf-zeilberger", identity, &format!("multiplier: {multiplier}"));
        assert!(!survives(text), "{name}");
    }
}

#[test]
fn infinite_sums_by_hand() {
    let geometric = infinite_sum("m", 0, e("t^(m)"));
    let statement = Statement::equation(Domain::default().with_unit("t"), geometric, e("1/(1-t)"));
    proved(&statement, &telescoping("t^(m)/(t-1)"));
    // For any real t, or with a base beyond 1, there is nothing to prove.
    let any = Statement { domain: Domain::default().with_real("t"), ..statement };
    refused(&any, &telescoping("t^(m)/(t-1)"));
    let grows = equation(&Domain::default().with_unit("t"), "sum(m=0..inf, t^(-m))", "1/(1-1/t)");
    refused(&grows, &telescoping("t^(-m)/(1/t-1)"));
    refused(&grows, &identity());
}
