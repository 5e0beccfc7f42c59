//! Inequalities, expansions, limits of size, statements about particular operators: what the kernel accepts and refuses.

use twomode::exact::algebra::{Formula, Operator};
use twomode::exact::certificate::{Certificate, check, refute, refute_with};
use twomode::exact::domain::Domain;
use twomode::exact::expression::{Expression, Symbol};
use twomode::exact::number::{Integer, Rational, power, quotient, rational};
use twomode::exact::rank::{Row, SparseMatrix};
use twomode::exact::{Outcome, Proof, Proposition, Statement};
use twomode::format::parse::{expression, linear};
use twomode::laws::certificates::lemma;
use twomode::search::points::points;

fn e(text: &str) -> Expression {
    expression(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn outcome(domain: &Domain, proposition: Proposition, certificate: Certificate) -> Outcome {
    check(&Statement { domain: domain.clone(), proposition }, &certificate)
}

fn proof(outcome: Outcome) -> Proof {
    match outcome {
        Outcome::Accepted(proof) => proof,
        other => panic!("{other:?}"),
    }
}

fn refused(outcome: &Outcome) -> bool {
    !matches!(outcome, Outcome::Accepted(_))
}

/// Whether `lhs >= rhs` (or `>`) is accepted with a form.
fn at_least(domain: &Domain, lhs: &str, rhs: &str, strict: bool, form: &str) -> Outcome {
    let proposition = Proposition::AtLeast { lhs: e(lhs), rhs: e(rhs), strict };
    outcome(domain, proposition, Certificate::Manifest { form: e(form), lemmas: vec![] })
}

#[test]
fn an_inequality_needs_a_form_that_shows_its_sign() {
    let plane = Domain::default().with_real("x").with_real("y");
    proof(at_least(&plane, "x^2+y^2", "2*x*y", false, "(x-y)^2"));
    for (strict, form) in [(true, "(x-y)^2"), (false, "x^2-2*x*y+y^2"), (false, "(x+y)^2"), (false, "(x-y)*(x-y)")] {
        assert!(refused(&at_least(&plane, "x^2+y^2", "2*x*y", strict, form)), "{form}");
    }
    // Squares of numbers that are not real may be negative.
    assert!(refused(&at_least(&plane, "-(x^2)", "0", false, "(i*x)^2")));
    assert!(refused(&at_least(&plane, "1/x", "0", false, "1/x")));
    proof(at_least(&plane, "1/x^2", "0", false, "x^(-2)"));
    let line = Domain::default().with_unit("t");
    proof(at_least(&line, "1", "t^2", true, "1-t^2"));
    assert!(refused(&at_least(&line, "1", "2*t^2", true, "1-2*t^2")));
    assert!(refused(&at_least(&line, "t", "0", true, "t")));
    proof(at_least(&Domain::default().with_fraction("t"), "t", "0", true, "t"));
    let sizes = Domain::sizes("M", 1).with_index("m", 0, Some(linear("M").unwrap())).with_ladder("o2");
    proof(at_least(&sizes, "M", "m", false, "M-m"));
    proof(at_least(&sizes, "M+1", "m", true, "M-m+1"));
    assert!(refused(&at_least(&sizes, "M", "m", true, "M-m")));
    assert!(refused(&at_least(&sizes, "m", "M", false, "m-M")));
    proof(at_least(&sizes, "o2(m)", "0", false, "o2(m)"));
    assert!(refused(&at_least(&sizes, "o2(m+1)", "0", true, "o2(m+1)")));
    let nonzero = Domain::sizes("M", 1).with_index("m", 1, Some(linear("M").unwrap())).with_nonzero_ladder("o2");
    proof(at_least(&nonzero, "o2(m)", "0", true, "o2(m)"));
    assert!(refused(&at_least(&nonzero, "o2(m+1)", "0", true, "o2(m+1)")));
    let amplitudes = Domain::sizes("M", 1).with_sequence("x");
    proof(at_least(&amplitudes, "sum(m=0..M, x(m)^2)", "0", false, "sum(m=0..M, x(m)^2)"));
    assert!(refused(&at_least(&amplitudes, "sum(m=0..M, x(m))", "0", false, "sum(m=0..M, x(m))")));
}

#[test]
fn an_inequality_is_refuted_where_it_fails() {
    let domain = Domain::default().with_real("x");
    let wrong = Statement {
        domain: domain.clone(),
        proposition: Proposition::AtLeast { lhs: e("x"), rhs: e("2"), strict: true },
    };
    let found: Vec<_> = points(&domain).iter().filter_map(|p| refute(&wrong, p).ok()).collect();
    assert!(!found.is_empty());
}

#[test]
fn expansions_have_the_right_coefficients() {
    let domain = Domain::sizes("M", 1).with_real("x");
    let expansion = |lhs: &str, coefficients: &[&str]| Proposition::Expansion {
        expression: e(lhs),
        symbol: Symbol::new("x"),
        coefficients: coefficients.iter().map(|c| e(c)).collect(),
    };
    let lemmas: Vec<Proof> = ["power-1", "power-2"].map(|l| lemma(l).unwrap()).into();
    let accepted =
        |lhs: &str, c: &[&str]| outcome(&domain, expansion(lhs, c), Certificate::Expansion { lemmas: lemmas.clone() });
    let right = proof(accepted("((1-x)/(1+x))^(2*M)", &["1", "-4*M", "8*M^2"]));
    proof(accepted("1/(1-x)", &["1", "1", "1", "1"]));
    proof(accepted("(x^2+x^3)/(x^2-x^4)", &["1", "1", "1"]));
    proof(accepted("sum(m=0..M, (1+x)^(m))", &["M+1", "M*(M+1)/2"]));
    for (lhs, c) in [
        ("((1-x)/(1+x))^(2*M)", ["1", "-4*M", "8*M"]),
        ("((1-x)/(1+x))^(2*M)", ["1", "4*M", "8*M^2"]),
        ("sum(m=0..M, (1+x)^(m))", ["M+1", "M*(M+1)/2", "M"]),
        ("1/x", ["0", "0", "0"]),
        ("(2-x)^(M)", ["1", "0", "0"]),
    ] {
        assert!(refused(&accepted(lhs, &c)), "{lhs}");
    }
    let wrong =
        Statement { domain: domain.clone(), proposition: expansion("((1-x)/(1+x))^(2*M)", &["1", "-4*M", "8*M"]) };
    assert!(points(&domain).iter().any(|p| refute_with(&right, &wrong, p).is_ok()));
}

#[test]
fn limits_of_size_compare_leading_coefficients() {
    let domain = Domain::sizes("M", 1).with_unit("t");
    let limit = |lhs: &str, value: &str| {
        let proposition = Proposition::LargeSize { expression: e(lhs), value: e(value) };
        outcome(&domain, proposition, Certificate::LargeSize { lemmas: vec![] })
    };
    proof(limit("(1-t^(2*M+2))/(1-t^2)", "1/(1-t^2)"));
    proof(limit("(2*M^2+1)/(M^2+M*t)", "2"));
    proof(limit("M^3*t^(M)", "0"));
    for (lhs, value) in [
        ("(2*M^2+1)/(M^2+M*t)", "1"),
        ("M^2/(M+1)", "1"),
        ("M/((2*t-1)*M+1)", "1/(2*t-1)"),
        ("t^(-M)", "0"),
        ("(-1)^(M)", "1"),
    ] {
        assert!(refused(&limit(lhs, value)), "{lhs}");
    }
}

fn spin() -> Formula {
    Formula { index: Symbol::new("l"), squared: e("l*(M+1-l)") }
}

fn z(j: u8) -> Operator {
    let o = Operator::lowering(j);
    o.adjoint().commutator(&o).scaled(&e("1/2"))
}

#[test]
fn spin_algebra_holds_for_spins_only() {
    let domain = Domain::sizes("M", 1);
    let o = Operator::lowering(1);
    let claim = |formula: Formula, rhs: Operator| Proposition::OperatorsOf { lhs: z(1).commutator(&o), rhs, formula };
    let minus = o.scaled(&e("-1"));
    for certificate in [Certificate::Identity { lemmas: vec![] }, Certificate::Exhaustive { up_to: 4 }] {
        proof(outcome(&domain, claim(spin(), minus.clone()), certificate.clone()));
        assert!(refused(&outcome(&domain, claim(spin(), o.clone()), certificate.clone())));
        let boson = Formula { squared: e("l"), ..spin() };
        assert!(refused(&outcome(&domain, claim(boson, minus.clone()), certificate)));
    }
    let wrong = Statement { domain: domain.clone(), proposition: claim(spin(), o.clone()) };
    assert!(points(&domain).iter().any(|p| refute(&wrong, p).is_ok()));
}

#[test]
fn the_total_spin_is_bounded() {
    let domain = Domain::sizes("M", 1);
    // S² - J1·J2 with J1·J2 = (O1 O2† + O1† O2)/2 + Z1 Z2.
    let (o1, o2) = (Operator::lowering(1), Operator::lowering(2));
    let flip = o1.times(&o2.adjoint()).plus(&o1.adjoint().times(&o2)).scaled(&e("1/2"));
    let one = Operator::word((vec![], vec![]), e("M^2/4"));
    let gap = one.minus(&flip).minus(&z(1).times(&z(2)));
    let claim = |operator: Operator| Proposition::NonNegative { operator, formula: spin() };
    let split = |here: &str, there: &str| Certificate::Split { step: (1, -1), here: e(here), there: e(there) };
    proof(outcome(&domain, claim(gap.clone()), split("b*(M-a)/2", "a*(M-b)/2")));
    assert!(refused(&outcome(&domain, claim(gap.clone()), split("a*(M-b)/2", "b*(M-a)/2"))));
    assert!(refused(&outcome(&domain, claim(gap.clone()), split("b*(M-a)", "a*(M-b)"))));
    let lower = gap.minus(&Operator::word((vec![], vec![]), e("1")));
    assert!(refused(&outcome(&domain, claim(lower), split("b*(M-a)/2", "a*(M-b)/2"))));
    let skew = gap.plus(&o1.times(&o2.adjoint()));
    assert!(refused(&outcome(&domain, claim(skew), split("b*(M-a)/2", "a*(M-b)/2"))));
    let negative = Statement { domain: domain.clone(), proposition: claim(gap.scaled(&e("-1"))) };
    assert!(points(&domain).iter().any(|p| refute(&negative, p).is_ok()));
}

#[test]
fn one_dark_state_where_no_element_vanishes() {
    let jump = |j: u8, sign: &str| {
        let o = Operator::lowering(j);
        o.scaled(&e("c")).plus(&Operator::lowering(3 - j).adjoint().scaled(&e(sign)))
    };
    let claim = |operators: Vec<Operator>| Proposition::UniqueNullVector { operators, ladder: Symbol::new("o2") };
    let both = vec![jump(1, "c*t"), jump(2, "c*t")];
    let domain = Domain::sizes("M", 1).with_unit("t").with_positive("c");
    let nonzero = domain.clone().with_nonzero_ladder("o2");
    let sizes = || Certificate::Exhaustive { up_to: 3 };
    proof(outcome(&nonzero, claim(both.clone()), sizes()));
    assert!(refused(&outcome(&domain.clone().with_ladder("o2"), claim(both.clone()), sizes())));
    assert!(refused(&outcome(&nonzero, claim(vec![jump(1, "c*t")]), sizes())));
    // Of two different squeezings no common state is left.
    assert!(refused(&outcome(&nonzero, claim(vec![jump(1, "c*t"), jump(2, "c")]), sizes())));
    let any = domain.with_ladder("o2");
    let statement = Statement { domain: any.clone(), proposition: claim(both) };
    assert!(points(&any).iter().any(|p| refute(&statement, p).is_ok()));
}

fn row(entries: &[i64]) -> Row<Rational> {
    entries.iter().enumerate().filter(|(_, n)| **n != 0).map(|(k, n)| (k, rational(*n, 1))).collect()
}

fn matrix(columns: usize, rows: &[&[i64]]) -> SparseMatrix {
    SparseMatrix { name: "a matrix".to_owned(), columns, rows: rows.iter().map(|r| row(r)).collect() }
}

fn null_space(matrix: SparseMatrix, dimension: usize) -> Proposition {
    Proposition::NullSpaces { matrices: vec![matrix], dimensions: vec![dimension] }
}

/// Whether the dimension is accepted with these vectors.
fn spanned(matrix: SparseMatrix, dimension: usize, vectors: Vec<Row<Rational>>) -> Outcome {
    let vectors = Certificate::NullVectors { vectors: vec![vectors] };
    outcome(&Domain::default(), null_space(matrix, dimension), vectors)
}

#[test]
fn null_spaces_have_as_many_vectors_as_are_given() {
    let one = || matrix(2, &[&[1, 2], &[2, 4]]);
    proof(spanned(one(), 1, vec![row(&[2, -1])]));
    proof(spanned(matrix(2, &[&[1, 2], &[2, 3]]), 0, vec![]));
    proof(spanned(matrix(2, &[]), 2, vec![row(&[1, 1]), row(&[1, -1])]));
    for (matrix, dimension, vectors) in [
        (one(), 0, vec![]),
        (one(), 1, vec![]),
        (one(), 1, vec![row(&[1, 1])]),
        (one(), 1, vec![row(&[])]),
        (one(), 1, vec![row(&[2, -1, 1])]),
        (one(), 2, vec![row(&[2, -1]), row(&[4, -2])]),
        (matrix(2, &[]), 1, vec![row(&[1, 1])]),
    ] {
        assert!(refused(&spanned(matrix, dimension, vectors.clone())), "{dimension} {vectors:?}");
    }
    let wrong = |matrix, dimension| {
        let statement = Statement { domain: Domain::default(), proposition: null_space(matrix, dimension) };
        points(&statement.domain).iter().any(|p| refute(&statement, p).is_ok())
    };
    assert!(wrong(one(), 0) && wrong(one(), 2) && !wrong(one(), 1));
    assert!(refused(&outcome(&Domain::default(), null_space(one(), 1), Certificate::Exhaustive { up_to: 3 })));
}

#[test]
fn what_is_zero_modulo_a_prime_only_is_not_taken_for_zero() {
    let prime = (1i64 << 31) - 1;
    for dimension in [0, 1] {
        let vectors = [vec![], vec![row(&[1])]][dimension].clone();
        assert!(refused(&spanned(matrix(1, &[&[prime]]), dimension, vectors)));
        let mut inverse = matrix(1, &[]);
        inverse.rows = vec![[(0, rational(1, prime))].into()];
        assert!(refused(&spanned(inverse, dimension, vec![])));
    }
    // A vector that vanishes modulo the prime does not count as independent.
    assert!(refused(&spanned(matrix(1, &[]), 1, vec![row(&[prime])])));
}

#[test]
fn hostile_matrices_are_declined() {
    let huge = quotient(power(&Integer::from(2), 2_000), Integer::from(1));
    let number = SparseMatrix { rows: vec![[(0, huge)].into()], ..matrix(1, &[]) };
    let outside = SparseMatrix { rows: vec![[(usize::MAX, rational(1, 1))].into()], ..matrix(1, &[]) };
    let rows = SparseMatrix { rows: vec![Row::new(); 20_000], ..matrix(1, &[]) };
    for matrix in [matrix(0, &[]), matrix(usize::MAX, &[]), number, outside, rows] {
        let statement = Statement { domain: Domain::default(), proposition: null_space(matrix.clone(), 1) };
        assert!(points(&statement.domain).iter().all(|p| refute(&statement, p).is_err()));
        assert!(matches!(spanned(matrix, 1, vec![row(&[1])]), Outcome::Declined(_)));
    }
    let none = Proposition::NullSpaces { matrices: vec![], dimensions: vec![] };
    let nothing = Certificate::NullVectors { vectors: vec![] };
    assert!(matches!(outcome(&Domain::default(), none, nothing.clone()), Outcome::Declined(_)));
    let short = Proposition::NullSpaces { matrices: vec![matrix(1, &[&[1]]), matrix(1, &[])], dimensions: vec![0] };
    assert!(refused(&outcome(&Domain::default(), short, Certificate::NullVectors { vectors: vec![vec![]] })));
    assert!(refused(&outcome(&Domain::default(), null_space(matrix(1, &[&[1]]), 0), nothing)));
    assert!(refused(&spanned(matrix(1, &[&[1]]), usize::MAX, vec![])));
}
