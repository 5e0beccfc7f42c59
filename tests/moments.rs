//! The derived moment equations against all levels of a few atoms.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use twomode::exact::evaluate::{Algebraic, Field, Point, evaluate};
use twomode::exact::expression::Symbol;
use twomode::exact::number::{Rational, parse_rational, rational};
use twomode::format::parse;
use twomode::model::atoms::{AXES, Axis, Letter, Operator, Word};
use twomode::model::laurent::Laurent;
use twomode::model::moments::{CLOSURES, Closure, MasterEquation, Unclosed, all_down, exp_r, symbol, variables, zeros};

/// Moments of seeded random states and their derivatives by each generator alone, exact (see `proofs/reference/README.md`).
fn reference() -> Value {
    serde_json::from_str(include_str!("../proofs/reference/moments_exact.json")).unwrap()
}

/// `x1 z2`, sorted as in [`Word`].
fn word(text: &str) -> Word {
    let letter = |s: &str| {
        let axis = AXES[usize::from(s.as_bytes()[0] - b'x')];
        Letter { ensemble: s.as_bytes()[1] - b'0', axis }
    };
    let mut word: Word = text.split(' ').filter(|s| *s != "1").map(letter).collect();
    word.sort_unstable();
    word
}

fn numbers(map: &Value) -> BTreeMap<Word, Rational> {
    let entries = map.as_object().unwrap().iter();
    entries.map(|(text, q)| (word(text), parse_rational(q.as_str().unwrap()).unwrap())).collect()
}

fn value(p: &Laurent, at: &BTreeMap<&str, Rational>) -> Rational {
    let mut sum = rational(0, 1);
    for (exponents, c) in p.terms() {
        let mut term = c.clone();
        for (s, k) in exponents {
            let x = at.get(s.name()).unwrap_or_else(|| panic!("{s} has no value"));
            for _ in 0..k.abs() {
                term = if *k > 0 { term * x } else { term / x };
            }
        }
        sum += term;
    }
    sum
}

/// The largest number of letters whose derivatives are compared.
const LETTERS: usize = 3;

/// How many derivatives differ from the reference; `spoil` changes the derived operator.
fn differing(spoil: &dyn Fn(Operator) -> Operator) -> (usize, usize) {
    let master = MasterEquation::engineered();
    let mut derived: BTreeMap<Word, Operator> = BTreeMap::new();
    let (mut compared, mut wrong) = (0, 0);
    for state in reference()["states"].as_array().unwrap() {
        let moments = numbers(&state["moments"]);
        for (generator, rates) in state["rates"].as_object().unwrap() {
            let e = if generator.ends_with('3') { 3 } else { 2 };
            let on = |name: &str| rational(i64::from(generator.starts_with(name)), 1);
            let at: BTreeMap<&str, Rational> = [
                ("e", rational(e, 1)),
                ("n1", rational(state["n1"].as_i64().unwrap(), 1)),
                ("n2", rational(state["n2"].as_i64().unwrap(), 1)),
                ("gamma", on("engineered")),
                ("gamma_minus", on("relaxation")),
                ("gamma_z", on("dephasing")),
                ("gamma_plus", on("pumping")),
            ]
            .into();
            for (word, expected) in numbers(rates).into_iter().filter(|(word, _)| word.len() <= LETTERS) {
                let right =
                    derived.entry(word.clone()).or_insert_with(|| spoil(master.adjoint(&Operator::symmetric(&word))));
                let found = right.terms().fold(rational(0, 1), |sum, (w, c)| sum + value(c, &at) * &moments[w]);
                compared += 1;
                wrong += usize::from(found != expected);
            }
        }
    }
    (compared, wrong)
}

#[test]
fn exact_equations_hold_on_all_levels() {
    let (compared, wrong) = differing(&|a| a);
    assert!(compared > 3000, "{compared}");
    assert_eq!(wrong, 0, "of {compared}");
}

#[test]
fn a_wrong_equation_is_noticed() {
    let more = |a: Operator| a.plus(&Operator::letter(Letter { ensemble: 1, axis: Axis::Z }));
    assert!(differing(&more).1 > 0);
}

/// From (1,1) to (3,2) atoms the coefficients are compared at five pairs of sizes; they are polynomials of first degree in each.
#[test]
fn sizes_enter_linearly() {
    let master = MasterEquation::engineered();
    for word in variables() {
        for (_, c) in master.adjoint(&Operator::symmetric(&word)).terms() {
            for (exponents, _) in c.terms() {
                let degree = |n: &str| exponents.get(&Symbol::new(n)).copied().unwrap_or(0);
                assert!(degree("n1") >= 0 && degree("n2") >= 0 && degree("n1") + degree("n2") <= 1, "{c}");
            }
        }
    }
}

#[test]
fn symmetrised_products_are_what_they_say() {
    let letters = |text| word(text);
    let x = Operator::word(letters("x1"), Laurent::from(1));
    let z = Operator::word(letters("z1"), Laurent::from(1));
    // XZX = Sym(XXZ) + terms: by hand, XZX = (XXZ + ZXX)/2 - Z/2 and Sym = (XXZ + ZXX)/2 - Z/6.
    let difference = x.times(&z).times(&x).symmetrised().minus(&Operator::word(letters("x1 x1 z1"), Laurent::from(1)));
    assert_eq!(difference, z.scaled(&Laurent::ratio(-1, 3)));
    for word in variables() {
        assert_eq!(Operator::symmetric(&word).symmetrised(), Operator::word(word, Laurent::from(1)));
    }
}

/// An expression in the symbols of the reference at a point: `C(x1,y2)` is a covariance, `z1` a mean, `C` and `s` are `cosh 2r` and
/// `sinh 2r`, `gm` and `gz` the rates.
fn in_the_reference(text: &str, at: &BTreeMap<&str, Rational>) -> Rational {
    let mut text = text.replace("**", "^").replace(' ', "");
    for pair in variables().iter().filter(|word| word.len() == 2) {
        let [a, b] = [0, 1].map(|k| format!("{}{}", pair[k].axis.name(), pair[k].ensemble));
        for (a, b) in [(&a, &b), (&b, &a)] {
            text = text.replace(&format!("C({a},{b})"), symbol(pair).name());
        }
    }
    let e = |k: i32| value(&exp_r(k), at);
    let renamed = |name: &str| match name {
        "C" => (e(2) + e(-2)) / rational(2, 1),
        "s" => (e(2) - e(-2)) / rational(2, 1),
        "gm" => at["gamma_minus"].clone(),
        "gz" => at["gamma_z"].clone(),
        "z1" => at["s1z"].clone(),
        "z2" => at["s2z"].clone(),
        name => at.get(name).unwrap_or_else(|| panic!("{name} has no value")).clone(),
    };
    struct Reference<'a>(&'a dyn Fn(&str) -> Rational);
    impl Point<Algebraic> for Reference<'_> {
        fn real(&self, s: &Symbol) -> Option<Algebraic> {
            Some(Algebraic::rational(&(self.0)(s.name())))
        }
        fn integer(&self, _: &Symbol) -> Option<i64> {
            None
        }
        fn value(&self, _: &Symbol, _: i64) -> Option<Algebraic> {
            None
        }
    }
    let expression = parse::expression(&text).unwrap();
    let found: Algebraic = evaluate(&expression, &Reference(&renamed)).unwrap();
    found.as_rational().unwrap().clone()
}

/// Every term of (S60) to (S67) under every closure, at a point where all covariances differ.
#[test]
fn closures_are_those_of_the_reference() {
    let names = ["real part of xyz", "symmetrised", "order +z-", "order -z+", "distinct atoms"];
    let mut at: BTreeMap<String, Rational> =
        variables().iter().enumerate().map(|(k, word)| (symbol(word).to_string(), rational(k as i64 + 2, 7))).collect();
    for (name, x) in [("e", rational(3, 2)), ("n1", rational(5, 1)), ("n2", rational(8, 1))] {
        at.insert(name.to_owned(), x);
    }
    for (name, x) in [("gamma", 1), ("gamma_minus", 3), ("gamma_z", 5), ("gamma_plus", 0)] {
        at.insert(name.to_owned(), rational(x, 1));
    }
    for name in ["s1x", "s1y", "s2x", "s2y"] {
        at.insert(name.to_owned(), rational(0, 1));
    }
    let at: BTreeMap<&str, Rational> = at.iter().map(|(name, x)| (name.as_str(), x.clone())).collect();
    let moments = ["z1", "x1 x1", "y1 y1", "z1 z1", "x1 x2", "y1 x2", "y1 y2", "z1 z2"];
    let equations = reference()["equations"].clone();
    for (line, moment) in (60..).zip(moments) {
        let terms = equations[format!("S{line}")]["terms"].as_array().unwrap().clone();
        for (closure, name) in CLOSURES.into_iter().zip(names) {
            let expected = terms.iter().fold(rational(0, 1), |sum, term| {
                let every = &term["closures"];
                let coefficient = every.as_str().unwrap_or_else(|| every[name].as_str().unwrap());
                let factor = in_the_reference(coefficient, &at);
                sum + factor * in_the_reference(term["term"].as_str().unwrap(), &at)
            });
            let word = word(moment);
            let found = value(&MasterEquation::engineered().motion(closure, &word).unwrap(), &at);
            assert_eq!(found, expected, "S{line}, {name}");
        }
    }
}

#[test]
fn reality_and_the_cap() {
    let master = MasterEquation::engineered();
    for closure in CLOSURES {
        for word in variables() {
            let right = master.motion(closure, &word).unwrap();
            assert_eq!(right, right.real(), "{closure:?} {}", symbol(&word));
        }
    }
    let start = [word("z1")];
    let few = master.closed(Closure::Cartesian, &start, 3);
    assert_eq!(few.unwrap_err(), Unclosed::Cap(3));
    let cube =
        MasterEquation { hamiltonian: Operator::word(word("x1 y1 z1"), Laurent::from(1)), ..MasterEquation::default() };
    assert!(matches!(cube.motion(Closure::Cartesian, &word("x1 y1")), Err(Unclosed::Order(_))));
}

/// `<S^z>` starts the chain; from the state with all atoms down only eleven moments ever move.
#[test]
fn what_moves_from_all_down() {
    let master = MasterEquation::engineered();
    for closure in CLOSURES {
        let all = variables();
        let equations = master.all(closure).unwrap();
        let still = equations.invariant(&zeros(&all_down()));
        let moving = all.iter().filter(|word| !still.contains(*word)).map(|word| symbol(word).to_string());
        let moving: Vec<String> = moving.collect();
        let expected = ["s1z", "s2z", "c11xx", "c12xx", "c11yy", "c12yy", "c11zz", "c12zz", "c22xx", "c22yy", "c22zz"];
        assert_eq!(moving.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected.into());
    }
}

/// At `r = 0` nothing happens to atoms that are down, under a closure that keeps this.
#[test]
fn all_down_at_rest() {
    let down = all_down();
    let master = MasterEquation::engineered();
    let moves = |closure| {
        variables().iter().any(|word| {
            let mut right = master.motion(closure, word).unwrap();
            right = right.substitute(&Symbol::new("e"), &Laurent::from(1)).without(&|s| s.name() == "gamma_plus");
            for (moment, initial) in &down {
                right = right.substitute(&symbol(moment), initial);
            }
            !right.is_zero()
        })
    };
    let resting: Vec<Closure> = CLOSURES.into_iter().filter(|closure| !moves(*closure)).collect();
    assert!(resting.contains(&Closure::Cartesian) && !resting.contains(&Closure::Symmetrised), "{resting:?}");
}
