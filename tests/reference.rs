//! The model and the values of the claims against numbers of other programs (`proofs/reference/`).

use std::sync::atomic::AtomicBool;

use serde_json::Value;
use twomode::audit::report::Value as Reported;
use twomode::audit::{Selection, run};
use twomode::claims::Limits;
use twomode::exact::evaluate::{Algebraic, Field, Point, Undefined, evaluate};
use twomode::exact::expression::{Expression, Symbol};
use twomode::exact::number::{Rational, parse_rational};
use twomode::model::lowering::Lowering;
use twomode::model::metrology::{mean_z, qfim_element, second_moment, wineland_parameter};
use twomode::model::operators::QUADRATURES;
use twomode::model::operators::Quadrature::{XMinus, XPlus, YMinus, YPlus};
use twomode::model::state::gtmss;

/// A lowering operator at one size and one squeezing.
struct Case {
    lowering: Lowering,
    m_max: i64,
    t: Rational,
}

impl Point<Algebraic> for Case {
    fn real(&self, s: &Symbol) -> Option<Algebraic> {
        (s.name() == "t").then(|| Algebraic::rational(&self.t))
    }
    fn integer(&self, s: &Symbol) -> Option<i64> {
        (s.name() == "M").then_some(self.m_max)
    }
    fn value(&self, f: &Symbol, at: i64) -> Option<Algebraic> {
        (f.name() == "o2").then(|| Algebraic::rational(&self.lowering.squared(at, self.m_max)))
    }
}

impl Case {
    fn new(entry: &Value) -> Self {
        let squares = entry["o2"].as_array().unwrap().iter().map(rational).collect();
        let m_max = entry["m_max"].as_i64().unwrap();
        Self { lowering: Lowering::table(squares).unwrap(), m_max, t: rational(&entry["t"]) }
    }

    fn value(&self, e: &Expression) -> Result<String, Undefined> {
        evaluate::<Algebraic>(e, self).map(|v| v.to_string())
    }
}

fn rational(text: &Value) -> Rational {
    parse_rational(text.as_str().unwrap()).unwrap()
}

fn reference(name: &str) -> Value {
    let path = format!("{}/proofs/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn exact_metrology_of_spins_bosons_and_tables() {
    let numbers = reference("metrology.json");
    let mut count = 0;
    for kind in ["spins", "hard_core", "tables"] {
        for entry in numbers[kind].as_array().unwrap() {
            let case = Case::new(entry);
            let expected = |name: &str| rational(&entry[name]).to_string();
            for (i, a) in QUADRATURES.into_iter().enumerate() {
                for (j, b) in QUADRATURES.into_iter().enumerate() {
                    let value = case.value(&qfim_element(a, b, &gtmss())).unwrap();
                    assert_eq!(value, rational(&entry["qfim"][i][j]).to_string(), "{entry}");
                }
            }
            for (name, w) in
                [("x_plus_sq", XPlus), ("x_minus_sq", XMinus), ("y_plus_sq", YPlus), ("y_minus_sq", YMinus)]
            {
                assert_eq!(case.value(&second_moment(w)).unwrap(), expected(name), "{name}: {entry}");
            }
            assert_eq!(case.value(&mean_z(1)).unwrap(), expected("z1"), "{entry}");
            count += 1;
        }
    }
    assert!(count >= 80, "{count} cases");
}

#[test]
fn exact_wineland_parameter_of_spins() {
    for entry in reference("metrology.json")["spins"].as_array().unwrap() {
        let value = Case::new(entry).value(&wineland_parameter()).unwrap();
        assert_eq!(value, rational(&entry["xi2"]).to_string(), "{entry}");
    }
}

#[test]
fn a_wrong_operator_is_noticed() {
    let numbers = reference("metrology.json");
    let entry = &numbers["spins"][7];
    let mut case = Case::new(entry);
    case.lowering = Lowering::Boson;
    assert_ne!(case.value(&mean_z(1)).unwrap(), rational(&entry["z1"]).to_string());
}

/// The values that the audit gives for a claim.
fn values(id: &str) -> std::collections::BTreeMap<String, Reported> {
    let selection = Selection { ids: [id.to_owned()].into() };
    run(&selection, Limits { max_2s: 4 }, &(), &AtomicBool::new(false)).claims.remove(0).values
}

#[test]
fn enclosed_constants() {
    let numbers = reference("constants.json");
    let finite = numbers["exact_at_finite_N"].as_array().unwrap().iter().find(|e| e["N"] == 4000).unwrap();
    for (id, name, expected) in [
        ("s22", "c0", &numbers["C0"]["richardson"]),
        ("s22", "c0_at_n_4000", &finite["half_inverse_x_plus_sq"]),
        ("s23", "c1", &numbers["C1"]["richardson"]),
        ("s23", "c1_at_n_4000", &finite["N_xi2"]),
    ] {
        let expected: f64 = expected.as_str().unwrap().parse().unwrap();
        let Reported::Enclosed { lo, hi } = values(id)[name] else { panic!("{id}.{name} is no enclosure") };
        assert!(lo <= expected && expected <= hi && hi - lo < 1e-13, "{id}.{name}: [{lo}, {hi}], {expected}");
    }
}

#[test]
fn two_axis_optimum() {
    let numbers = reference("twoaxis.json");
    let limit: f64 = numbers["limit"]["N_xi2"].as_str().map_or(5.3129143978, |s| s.parse().unwrap());
    let values = values("s27-2m2a-fit");
    let estimate = |name: &str| match values[name] {
        Reported::Estimated { value, error } => (value, error),
        _ => panic!("{name} is no estimate"),
    };
    let (value, error) = estimate("limit");
    assert!((value - limit).abs() <= error, "{value} ± {error}, {limit}");
    let table =
        std::fs::read_to_string(format!("{}/proofs/reference/twoaxis.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for atoms in ["100", "200", "400", "2000", "8000"] {
        let row = table.lines().map(|l| l.split(',').collect::<Vec<_>>()).find(|r| r[1] == atoms).unwrap();
        let (value, _) = estimate(&format!("n_xi2_at_n_{atoms}"));
        assert!((value - row[3].parse::<f64>().unwrap()).abs() < 1e-11 * value, "N = {atoms}");
    }
}
