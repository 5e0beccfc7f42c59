//! Mean-field theory with local noise: closed form, evolution and optimum against 28-digit references and against each
//! other.

use serde_json::Value;
use twomode::exact::expression::Symbol;
use twomode::model::laurent::{Laurent, variable};
use twomode::numeric::Estimate;
use twomode::numeric::evolve::{Unwatched, Watch};
use twomode::numeric::meanfield::{MeanField, MeanFieldError, Moments, optimise_r, optimise_rt};
use twomode::numeric::noise::Rates;
use twomode::numeric::polynomials::{CompileError, Family, System};
use twomode::numeric::radau::Solution;

fn reference() -> Value {
    let path = format!("{}/proofs/reference/meanfield.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Numbers are written as numbers or as strings of digits.
fn number(v: &Value) -> f64 {
    v.as_f64().unwrap_or_else(|| v.as_str().unwrap().parse().unwrap())
}

fn pair(case: &Value) -> MeanField {
    let get = |key: &str| case.get(key).map_or(0.0, number);
    let rates = Rates { relaxation: get("gamma_minus"), dephasing: get("gamma_z"), pumping: get("gamma_plus") };
    MeanField::new(["n1", "n2"].map(|n| case[n].as_u64().unwrap()), get("r"), rates).unwrap()
}

fn relaxing(n: u64, relaxation: f64) -> MeanField {
    MeanField::new([n, n], 0.0, Rates { relaxation, ..Rates::default() }).unwrap()
}

fn dephasing(atoms: [u64; 2], r: f64, dephasing: f64) -> MeanField {
    MeanField::new(atoms, r, Rates { dephasing, ..Rates::default() }).unwrap()
}

/// Each number with its name in the references.
fn named(m: &Moments) -> Vec<(&'static str, Estimate)> {
    m.pair.named().into_iter().chain([("xi2", m.xi2)]).collect()
}

#[test]
fn steady_states_agree_with_28_digits() {
    let reference = reference();
    let cases = reference["steady"].as_array().unwrap();
    assert!(cases.len() > 500);
    for case in cases {
        let pair = pair(case);
        let steady = pair.steady().unwrap_or_else(|e| panic!("{case}: {e}"));
        assert!(steady.stable && steady.residual < 1e-24, "{case}: {}", steady.residual);
        for (name, e) in named(&steady.moments) {
            let Some(truth) = case.get(name).map(number) else { continue };
            assert!(e.agrees_with(truth), "{name} is {e}, not {truth}, in {case}");
            assert!(e.error <= 1e-13 * truth.abs() + 4e-16 * number(&case["n1"]), "{name} is {e} in {case}");
        }
        let rates = pair.relaxation_rates().unwrap();
        let slowest = rates.iter().map(|rate| rate[0]).find(|rate| *rate != 0.0).unwrap();
        let truth = number(&case["slowest"]);
        assert!((slowest - truth).abs() < 1e-10 * truth.abs(), "{slowest}, not {truth}, in {case}");
    }
}

/// The true error is within the stated one, which is small: relative to the quantity, or to the atoms for those that
/// start at zero.
fn check_moments(case: &Value, at: usize, moments: &Moments) {
    let atoms = number(&case["n1"]).max(number(&case["n2"]));
    for (name, e) in named(moments) {
        let Some(truth) = case.get(name).map(|list| number(&list[at])) else { continue };
        let off = (e.value - truth).abs();
        // Two ways of making the reference differ by `spread`, relative to the largest value on the way.
        let largest = case[name].as_array().unwrap().iter().map(|x| number(x).abs()).fold(0.0, f64::max);
        let own = number(&case["spread"]) * largest;
        assert!(off <= e.error + own, "{name} is {e}, not {truth}, at {} in {case}", case["times"][at]);
        let size =
            if ["c11zz", "c22zz", "c12zz", "c12xx"].contains(&name) { truth.abs().max(atoms) } else { truth.abs() };
        assert!(e.error <= 1e-9 * size, "{name} is {e} at {} in {case}", case["times"][at]);
    }
}

#[test]
fn evolution_agrees_with_taylor_series_of_28_digits() {
    for list in ["dynamics", "dynamics_double"] {
        for case in reference()[list].as_array().unwrap() {
            let times: Vec<f64> = case["times"].as_array().unwrap().iter().map(number).collect();
            let trajectory = pair(case).evolve(&times, &Unwatched).unwrap();
            assert!(trajectory.complete && trajectory.moments.len() == times.len());
            for (at, moments) in trajectory.moments.iter().enumerate() {
                check_moments(case, at, moments);
            }
        }
    }
}

#[test]
fn optima_agree_with_the_references() {
    let reference = reference();
    for case in reference["optima_relaxation"].as_array().unwrap() {
        let best = optimise_r(&pair(case), &Unwatched).unwrap();
        assert!(best.r.agrees_with(number(&case["r_opt"])), "r is {}, not {}", best.r, case["r_opt"]);
        assert!(
            best.time.is_none() && best.moments.xi2.agrees_with(number(&case["xi2"])),
            "{}: {case}",
            best.moments.xi2
        );
        assert!(best.r.error < 1e-9 && best.moments.xi2.error < 1e-14 * best.moments.xi2.value.max(0.1));
    }
}

#[test]
fn optima_over_time_agree_with_the_references() {
    let reference = reference();
    for case in reference["optima_dephasing"].as_array().unwrap() {
        let best = optimise_rt(&pair(case), &Unwatched).unwrap();
        let (truth, check) = (number(&case["xi2"]), number(&case["check"]));
        // The references were made in double precision and say how well; 12 decimals of them are printed.
        let off = (best.moments.xi2.value - truth).abs();
        assert!(off <= best.moments.xi2.error + 2.0 * check + 5e-13, "{} in {case}", best.moments.xi2);
        let time = best.time.unwrap();
        assert!((time.value / number(&case["t_opt"]) - 1.0).abs() < 1e-4, "t is {time} in {case}");
        assert!((best.r.value - number(&case["r_opt"])).abs() < 1e-5, "r is {} in {case}", best.r);
        assert!(best.moments.xi2.error < 1e-10 * truth && time.error < 1e-3 * time.value, "{best:?}");
    }
}

#[test]
fn the_closed_form_is_where_the_evolution_ends() {
    let rates = |relaxation, dephasing, pumping| Rates { relaxation, dephasing, pumping };
    for (atoms, r, rates, time) in [
        ([1, 1], 0.4, rates(0.1, 0.2, 0.0), 1e3),
        ([40, 60], 1.2, rates(0.3, 0.0, 0.0), 1e3),
        ([40, 60], 1.2, rates(0.3, 0.1, 0.05), 1e3),
        ([1, 1000], -0.7, rates(0.0, 2.0, 0.0), 1e5),
        ([5000, 5000], 2.0, rates(0.0, 3.0, 0.0), 1e6),
        ([5000, 5000], 4.0, rates(0.0, 0.0, 0.0), 1e3),
        ([500_000_000, 500_000_000], 4.0, rates(0.0, 1e-2, 0.0), 1e9),
        ([500_000_000, 500_000_000], 14.0, rates(0.0, 0.0, 0.0), 1e3),
        ([300_000_000, 700_000_000], 8.0, rates(1.0, 0.0, 0.0), 1e3),
        ([500_000_000, 500_000_000], 0.1, rates(1e9, 1e-9, 0.0), 1e3),
    ] {
        let pair = MeanField::new(atoms, r, rates).unwrap();
        let evolved = pair.evolve(&[time], &Unwatched).unwrap_or_else(|e| panic!("{pair:?}: {e}")).moments[0];
        let steady = pair.steady().unwrap().moments;
        for ((name, e), (_, s)) in named(&evolved).into_iter().zip(named(&steady)) {
            assert!((e.value - s.value).abs() <= e.error + s.error, "{name}: {e} and {s} for {pair:?}");
        }
        assert!(evolved.xi2.error < 1e-9 * steady.xi2.value, "{} for {pair:?}", evolved.xi2);
    }
}

#[test]
fn the_total_spin_is_conserved_without_noise_and_the_limits_do_not_commute() {
    for (atoms, r) in [([50, 50], 1.0), ([3, 8], 2.0), ([5000, 5000], 5.0)] {
        let pair = dephasing(atoms, r, 0.0);
        let mut all = pair.evolve(&[1e-3, 0.1, 10.0], &Unwatched).unwrap().moments;
        all.push(pair.steady().unwrap().moments);
        for m in all {
            for (i, n) in atoms.into_iter().enumerate() {
                let half = n as f64 / 2.0;
                let spin = 2.0 * m.pair.xx[i].value + m.pair.zz[i].value + m.pair.z[i].value.powi(2);
                let error =
                    2.0 * m.pair.xx[i].error + m.pair.zz[i].error + 2.0 * m.pair.z[i].value.abs() * m.pair.z[i].error;
                assert!((spin - half * (half + 1.0)).abs() <= error + 1e-15 * spin, "{spin}");
            }
        }
    }
    // However weak the dephasing, <Z> = -n/(2 cosh 2r) in the end; without it the spin stays.
    let [none, weak] = [0.0, 1e-9].map(|rate| dephasing([50, 50], 1.0, rate).steady().unwrap().moments.pair.z[0]);
    assert!(weak.agrees_with(-25.0 / 2f64.cosh()) && none.value < -20.0);
}

#[test]
fn no_squeezing_means_no_change() {
    let pair = MeanField::new([7, 9], 0.0, Rates { relaxation: 0.2, dephasing: 3.0, pumping: 0.0 }).unwrap();
    let evolved = pair.evolve(&[0.0, 1.0, 1e6], &Unwatched).unwrap().moments;
    for m in evolved.into_iter().chain([pair.steady().unwrap().moments]) {
        let truth = [-3.5, -4.5, 1.75, 2.25, 0.0, 0.0, 0.0, 0.0, 4.0, 1.0];
        for ((name, e), truth) in named(&m).into_iter().zip(truth) {
            assert!(e.agrees_with(truth), "{name}: {e}");
        }
    }
}

#[test]
fn the_lowest_value_in_time_is_lower_than_its_neighbours() {
    for pair in
        [dephasing([500, 500], 1.5, 0.5), dephasing([300, 500], 1.0, 2.0), dephasing([500_000, 500_000], 3.0, 1.0)]
    {
        let lowest = pair.lowest(&Unwatched).unwrap();
        let t = lowest.time.value;
        let factors = [0.5, 0.99, 1.0, 1.01, 2.0];
        let around = pair.evolve(&factors.map(|f| f * t), &Unwatched).unwrap().moments;
        assert!(
            (around[2].xi2.value - lowest.moments.xi2.value).abs() <= around[2].xi2.error + lowest.moments.xi2.error
        );
        for at in [0, 1, 3, 4] {
            assert!(around[at].xi2.value > lowest.moments.xi2.value, "{at} for {pair:?}");
        }
    }
}

#[test]
fn an_optimum_is_lower_than_its_neighbours() {
    for pair in [relaxing(500, 10.0), dephasing([40, 60], 0.0, 0.5), relaxing(500_000_000, 1e5), relaxing(50, 0.0)] {
        let best = optimise_r(&pair, &Unwatched).unwrap();
        for r in [best.r.value - 1e-3, best.r.value + 1e-3] {
            let near = MeanField::new(pair.atoms(), r, *pair.rates()).unwrap().steady().unwrap();
            assert!(near.moments.xi2.value > best.moments.xi2.value);
        }
    }
}

// ---- The integrator, on systems with known solutions ----

/// `x' = ω y, y' = -ω x`, and a third variable that follows `x` with the rate `k`.
fn oscillator(omega: f64, k: f64) -> System<f64> {
    let [x, y, z, w, rate] = ["x", "y", "z", "w", "k"].map(variable);
    let right = [w.clone() * y.clone(), -(w * x.clone()), rate * (x - z)];
    let [variables, parameters] =
        [vec!["x", "y", "z"], vec!["w", "k"]].map(|v| v.into_iter().map(Symbol::new).collect::<Vec<_>>());
    Family::new(&variables, &parameters, &right).unwrap().at(&[omega, k])
}

#[test]
fn smaller_tolerances_are_closer_to_an_oscillation_with_a_stiff_follower() {
    let (omega, k) = (3.0, 1e6);
    let system = oscillator(omega, k);
    let t: f64 = 40.0;
    // z follows x: z = (k² cos ωt + k ω sin ωt)/(k² + ω²) after e^{-kt}.
    let truth = [
        (omega * t).cos(),
        -(omega * t).sin(),
        (k * k * (omega * t).cos() + k * omega * (omega * t).sin()) / (k * k + omega * omega),
    ];
    let errors = [1e-5, 1e-8, 1e-11].map(|tolerance| {
        let mut solution = Solution::new(&system, vec![1.0, 0.0, 0.0], tolerance);
        let end = solution.reach(t).unwrap();
        (0..3).map(|k| (end[k] - truth[k]).abs()).fold(0.0, f64::max)
    });
    assert!(errors[0] < 1e-3 && errors[1] < 1e-2 * errors[0] && errors[2] < 1e-11, "{errors:?}");
}

#[test]
fn polynomials_that_cannot_be_compiled_are_named() {
    let [x, y] = ["x", "y"].map(variable);
    let compile = |p: Laurent| Family::new(&[Symbol::new("x")], &[], &[p]).map(|_| ());
    assert_eq!(compile(x.clone() * y.clone()), Err(CompileError::Unknown(Symbol::new("y"))));
    for p in [x.power(4), x.power(-1)] {
        let error = compile(p.clone()).unwrap_err();
        assert!(error.to_string().starts_with(&p.to_string()) && matches!(error, CompileError::Degree(_)), "{error}");
    }
}

// ---- What is refused ----

#[test]
fn wrong_inputs_are_named() {
    let new = |atoms, r, rates: Rates| MeanField::new(atoms, r, rates).map(|_| ()).unwrap_err().to_string();
    let none = Rates::default();
    assert!(new([0, 5], 1.0, none).contains("has 0 atoms"));
    assert!(new([5, MeanField::MAX_ATOMS + 1], 1.0, none).contains("from 1 to 1000000000000"));
    for r in [f64::NAN, f64::INFINITY, 15.1, -15.1] {
        assert!(new([5, 5], r, none).contains("|r| <= 15"));
    }
    for bad in [-1e-300, f64::NAN, f64::INFINITY, 1e13] {
        assert!(new([5, 5], 1.0, Rates { relaxation: bad, ..none }).starts_with("γ_- is "));
        assert!(new([5, 5], 1.0, Rates { dephasing: bad, ..none }).starts_with("γ_z is "));
        assert!(new([5, 5], 1.0, Rates { pumping: bad, ..none }).starts_with("γ_+ is "));
    }
    let pair = dephasing([5, 5], 1.0, 0.1);
    for times in [vec![], vec![-1.0], vec![2.0, 1.0], vec![f64::NAN], vec![1e10]] {
        assert!(matches!(pair.evolve(&times, &Unwatched), Err(MeanFieldError::Times(_))));
    }
}

#[test]
fn an_optimum_at_the_end_is_no_optimum() {
    // The best r falls as the inverse of the rate; below 1e-6 it counts as none.
    let pair = dephasing([1, 1], 0.0, 1e9);
    match optimise_r(&pair, &Unwatched) {
        Err(error @ MeanFieldError::AtTheEnd { r: 0.0 }) => assert!(error.to_string().contains("r = 0")),
        other => panic!("{other:?}"),
    }
    // Without squeezing ξ² stays 1.
    let steady = dephasing([500, 500], 0.0, 0.1);
    assert_eq!(steady.lowest(&Unwatched), Err(MeanFieldError::NoMinimum));
}

struct AtOnce;

impl Watch for AtOnce {
    fn stop(&self) -> bool {
        true
    }
}

#[test]
fn it_can_be_stopped() {
    let pair = dephasing([500, 500], 1.0, 1.0);
    let trajectory = pair.evolve(&[0.0, 1.0], &AtOnce).unwrap();
    assert!(!trajectory.complete && trajectory.moments.len() == 1); // time 0 needs no step
    assert_eq!(optimise_r(&pair, &AtOnce), Err(MeanFieldError::Interrupted));
    assert_eq!(optimise_rt(&pair, &AtOnce), Err(MeanFieldError::Interrupted));
    assert_eq!(pair.lowest(&AtOnce), Err(MeanFieldError::Interrupted));
}
