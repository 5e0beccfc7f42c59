//! The ledger held against a program that was written from the paper alone, in another language, without this code.
//!
//! `proofs/reference/exact_claims.json` has its judgement of each claim as it stands in our copy, and numbers.

use std::collections::BTreeMap;

use serde_json::Value;
use twomode::audit::inventory::record;
use twomode::audit::report::Finding;
use twomode::exact::algebra::Operator;
use twomode::exact::domain::Domain;
use twomode::exact::evaluate::{Algebraic, Field, evaluate};
use twomode::exact::expression::{Expression, Linear, Symbol};
use twomode::exact::number::{Rational, parse_rational, rational};
use twomode::exact::rank::{null_equations, rank};
use twomode::exact::sample::Sample;
use twomode::model::ghz::Ghz;
use twomode::model::lindblad::jump_operator;
use twomode::model::lowering::Lowering;
use twomode::model::metrology::{qfim, wineland_parameter};
use twomode::model::operators::QUADRATURES;
use twomode::model::state::paired;
use twomode::model::{LADDER, SIZE, ladder};

/// Claims on which the two programs are meant to differ, each with the reason.
const DIFFERENT_READINGS: &[(&str, &str)] = &[
    ("eq5", "the other program takes ± for granted on the left sides; we judge the letters of our copy"),
    ("s4", "as eq5"),
    ("s27-parameter", "called a definition there, with the sign slip as a note; we judge the sign"),
    ("s43-smaller", "there the two printed formulas are subtracted; we subtract the true value at S = 1/2 too"),
    ("s43-split", "we judge the words `at best` too"),
    ("s44c", "both lines are the vector 0; we judge the step between them"),
    ("s55-cavity-b", "there with the displayed H_0; we take the levels that the text describes"),
    ("s55-splitting", "as s55-cavity-b"),
];

fn reference() -> BTreeMap<String, Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/proofs/reference/exact_claims.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text(value: &Value) -> Rational {
    parse_rational(value.as_str().unwrap()).unwrap_or_else(|| panic!("{value} is not a rational"))
}

#[test]
fn findings_agree_with_the_independent_judgements() {
    let mut compared = 0;
    let mut differ = Vec::new();
    for (id, entry) in reference() {
        let Some(found) = record().findings.get(&id).copied() else { continue };
        let holds = matches!(found, Finding::Holds | Finding::Definition);
        let theirs = entry["as_printed"] != Value::Bool(false);
        compared += 1;
        if holds != theirs {
            differ.push((id, found));
        }
    }
    assert!(compared >= 140, "only {compared} claims are in both");
    let excused: Vec<&str> = DIFFERENT_READINGS.iter().map(|(id, _)| *id).collect();
    let unexpected: Vec<_> = differ.iter().filter(|(id, _)| !excused.contains(&id.as_str())).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
    let stale: Vec<_> = excused.iter().filter(|id| !differ.iter().any(|(d, _)| d == *id)).collect();
    assert!(stale.is_empty(), "{stale:?} agree and need no excuse");
}

/// A spin quantity at `m_max = two_s`.
fn at_size(e: &Expression, two_s: i64) -> Expression {
    Lowering::Spin.specialise(e).substitute_integer(&Symbol::new(SIZE), &Linear::from(two_s))
}

/// At `x = e^{-2r} = 10^-6` the parameter differs from its series through `x^4` by the order `x^6`, as it is even in `x`.
#[test]
fn coefficients_of_equation_9() {
    let entry = &reference()["eq9"]["values"];
    let x = rational(1, 1_000_000);
    let one = || rational(1, 1);
    let domain = Domain::default().with_real("t");
    let t = (one() - &x) / (one() + &x);
    let sample = Sample { reals: [(Symbol::new("t"), t)].into(), ..Sample::default() };
    let power = |k: usize| (0..k).fold(one(), |p, _| p * &x);
    for two_s in 1..=6 {
        let key = format!("2S={two_s}");
        let list = entry["[1, e^-2r, e^-4r, e^-6r]"][&key].as_array().unwrap();
        let coefficients = list.iter().chain([&entry["e^-8r"][&key]]).map(text);
        let series = coefficients.enumerate().fold(rational(0, 1), |sum, (k, c)| sum + c * power(k));
        let value = evaluate::<Algebraic>(&at_size(&wineland_parameter(), two_s), &sample.on(&domain)).unwrap();
        let rest = value.as_rational().unwrap().clone() - series;
        let bound = rational(1000, 1) * power(6);
        assert!(rest <= bound.clone() && -rest <= bound, "{key}");
    }
}

/// The matrix of a GHZ state at one size.
fn ghz_matrix(state: Ghz, two_s: i64) -> Vec<Vec<Algebraic>> {
    let element = |i: usize, j: usize| {
        let e = at_size(&state.qfim_element(QUADRATURES[i], QUADRATURES[j], 1), two_s);
        evaluate::<Algebraic>(&e, &Sample::default().on(&Domain::default())).unwrap()
    };
    (0..4).map(|i| (0..4).map(|j| element(i, j)).collect()).collect()
}

#[test]
fn information_of_the_ghz_states() {
    let reference = reference();
    for two_s in 1..=4 {
        let key = format!("2S={two_s}");
        let full = &reference["s42"]["values"]["QFIM of GHZ2"][&key]["full QFIM"];
        let diagonal = &reference["s41-others"]["values"]["QFI (X+,X-,Y+,Y-)"][&key]["diag (X+,X-,Y+,Y-)"];
        let (one, two) = (ghz_matrix(Ghz::One, two_s), ghz_matrix(Ghz::Two, two_s));
        for i in 0..4 {
            assert_eq!(one[i][i], Algebraic::rational(&text(&diagonal[i])), "GHZ1 {key} {i}");
            for j in 0..4 {
                assert_eq!(two[i][j], Algebraic::rational(&text(&full[i][j])), "GHZ2 {key} {i} {j}");
            }
        }
    }
}

/// The dimension of the joint null space of both jump operators at `t`, with these `o(m)`.
fn null_dimension(roots: &[Rational], t: Rational) -> usize {
    let top = roots.len() as i64;
    let domain = Domain::sizes(SIZE, 1).with_real("t").with_real("c").with_ladder(LADDER);
    let sample = Sample {
        size: Some(top),
        reals: [(Symbol::new("t"), t), (Symbol::new("c"), rational(2, 1))].into(),
        roots: [(ladder(), roots.to_vec())].into(),
        ..Sample::default()
    };
    let point = sample.on(&domain);
    let column = |o: &Operator, start: (i64, i64)| o.column(start, &ladder(), &point);
    let rows = null_equations(&[jump_operator(1), jump_operator(2)], top, &column).unwrap();
    let found = rank(rows, &Algebraic::is_zero, &|x| !x.is_zero()).unwrap();
    ((top + 1) * (top + 1)) as usize - found
}

#[test]
fn null_spaces_of_the_jump_operators() {
    let reference = reference();
    let table =
        reference["s44-unique-dark"]["values"]["null space dimension of both jump operators (x: nonzero, 0: zero)"]
            .as_object()
            .unwrap();
    let mut compared = 0;
    for (pattern, dimensions) in table {
        let Some((_, zeros)) = pattern.split_once("o(1..)=") else { panic!("{pattern}") };
        for (key, t) in [("all nonzero o2=1, t=1/2", rational(1, 2)), ("all nonzero o2=1, t=0", rational(0, 1))] {
            let roots: Vec<Rational> = zeros.chars().map(|c| rational(i64::from(c == 'x'), 1)).collect();
            assert_eq!(rational(null_dimension(&roots, t) as i64, 1), text(&dimensions[key]), "{pattern}, {key}");
            compared += 1;
        }
        let generic: Vec<Rational> =
            zeros.chars().zip(2i64..).map(|(c, k)| rational(if c == 'x' { k * k + 1 } else { 0 }, 1)).collect();
        let expected = text(&dimensions["generic o2, t=1/2"]);
        assert_eq!(rational(null_dimension(&generic, rational(1, 2)) as i64, 1), expected, "{pattern}, generic");
    }
    assert!(compared >= 60, "{compared}");
}

#[test]
fn paired_states_with_complex_amplitudes() {
    let reference = reference();
    let table = &reference["s29-offdiagonal"]["values"]["QFIM (X+,X-,Y+,Y-), symmetrised"];
    // Real and imaginary parts of the amplitudes, as the keys spell them.
    let cases: &[(&str, &[(i64, i64)])] = &[
        ("S=1/2, a=(1,i)/√2", &[(1, 0), (0, 1)]),
        ("2S=2, a=(1,2i,-1)/√6", &[(1, 0), (0, 2), (-1, 0)]),
        ("2S=3, a=(1,1+i,2,1-2i)/√12", &[(1, 0), (1, 1), (2, 0), (1, -2)]),
        ("2S=4, a=(1,-i,-1,i,1)/√5", &[(1, 0), (0, -1), (-1, 0), (0, 1), (1, 0)]),
    ];
    for (key, amplitudes) in cases {
        let two_s = amplitudes.len() as i64 - 1;
        let domain = Domain::sizes(SIZE, 1).with_sequence("x").with_sequence("y");
        let part = |of: fn(&(i64, i64)) -> i64| amplitudes.iter().map(|a| rational(of(a), 1)).collect();
        let sample = Sample {
            size: Some(two_s),
            sequences: [(Symbol::new("x"), part(|a| a.0)), (Symbol::new("y"), part(|a| a.1))].into(),
            ..Sample::default()
        };
        for (n, (_, _, element)) in qfim(&paired()).into_iter().enumerate() {
            let found = evaluate::<Algebraic>(&Lowering::Spin.specialise(&element), &sample.on(&domain)).unwrap();
            let expected = text(&table[key][n / 4][n % 4]);
            assert_eq!(found, Algebraic::rational(&expected), "{key}, element {n}");
        }
    }
}
