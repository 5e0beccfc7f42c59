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
use twomode::numeric::Estimate;
use twomode::numeric::evolve::Unwatched;
use twomode::numeric::noise::Rates;
use twomode::numeric::permutation::{Local, Moments, evolve, steady};

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

/// The master equation of an entry of `local_exact.json`.
fn local(entry: &Value) -> Local {
    let [n1, n2] = ["n1", "n2"].map(|key| entry[key].as_u64().unwrap() as usize);
    let [r, relaxation, dephasing, pumping] =
        ["r", "gamma_minus", "gamma_z", "gamma_plus"].map(|key| entry[key].as_f64().unwrap());
    Local::new([n1, n2], r, Rates { relaxation, dephasing, pumping }).unwrap()
}

/// Each number with its name in the file.
fn named(m: &Moments, atoms: [usize; 2]) -> Vec<(&'static str, Estimate)> {
    m.pair.named().into_iter().chain([("xi2", m.xi2(atoms).unwrap())]).collect()
}

/// Within the error, which is small, and half a unit in the last place or the uncertainty of the other number.
fn within(e: Estimate, truth: &Value, unsure: f64, what: &str) {
    let truth: f64 = truth.as_str().unwrap().parse().unwrap();
    let allowed = e.error + unsure.max(0.5 * f64::EPSILON * truth.abs());
    assert!((e.value - truth).abs() <= allowed, "{what}: {e}, not {truth}");
    assert!(e.error <= 1e-9 * truth.abs().max(1.0), "{what}: the error of {e} is too large");
}

#[test]
fn noise_of_single_atoms_in_the_space_of_all_levels() {
    let numbers = reference("local_exact.json");
    for entry in numbers["steady"].as_array().unwrap() {
        let local = local(entry);
        let state = steady(&local, &Unwatched).unwrap();
        for (name, e) in named(&state.moments, local.atoms()) {
            within(e, &entry[name], 0.0, &format!("{name} of {local:?}"));
        }
    }
    let from_below = |entry: &&Value| entry["start"] == "all down";
    for entry in numbers["dynamics"].as_array().unwrap().iter().filter(from_below) {
        let local = local(entry);
        let times: Vec<f64> = entry["times"].as_array().unwrap().iter().map(|t| t.as_f64().unwrap()).collect();
        let trajectory = evolve(&local, &times, &Unwatched).unwrap();
        // Up to four atoms the values have 28 digits; beyond, two programs differ by this much.
        let few = local.atoms().iter().sum::<usize>() <= 4;
        let spread: f64 = if few { 0.0 } else { entry["spread"].as_str().unwrap().parse().unwrap() };
        for (at, moments) in trajectory.moments.iter().enumerate() {
            for (name, e) in named(moments, local.atoms()) {
                within(e, &entry[name][at], spread, &format!("{name} of {local:?} at {}", times[at]));
            }
        }
    }
}
