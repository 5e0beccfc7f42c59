//! `twomode metrology`.

use serde_json::{Map, Value, json};
use twomode::exact::evaluate::{Algebraic, evaluate};
use twomode::exact::expression::{Expression, Symbol};
use twomode::exact::number::{Rational, rational};
use twomode::exact::sample::Sample;
use twomode::model::lowering::Lowering;
use twomode::model::metrology::{mean_z, qfim_element, second_moment, wineland_parameter};
use twomode::model::operators::QUADRATURES;
use twomode::model::operators::Quadrature::{XMinus, XPlus, YMinus, YPlus};
use twomode::model::squeezed;
use twomode::model::state::gtmss;
use twomode::numeric::metrology::SpinPair;

use super::MetrologyArgs;
use super::columns::number;
use super::error::CliError;
use super::output::print;
use super::system::{Squeezing, half_integer};

/// The largest `2S` with exact numbers.
const MOST_EXACT: u64 = 400;

/// Prints the quantities: exact rationals with `--t`, estimates with `--r`.
pub fn run(args: &MetrologyArgs, as_json: bool) -> Result<u8, CliError> {
    let two_s = half_integer("spin", &args.spin)?;
    let quantities = match args.squeezing.parse()? {
        Squeezing::T(t) => exact(two_s, &args.spin, t)?,
        Squeezing::R(r) => estimated(SpinPair::new(two_s, r).map_err(|e| args.squeezing.refused(e))?),
    };
    let text = if as_json { super::render::json(&quantities)? } else { lines(&quantities) };
    print(&text)?;
    Ok(0)
}

fn estimated(pair: SpinPair) -> Map<String, Value> {
    let qfim = pair.qfim().map(|row| Value::from(row.map(number).to_vec()));
    assemble(
        [
            pair.n_q(),
            pair.q_max(),
            pair.x_plus_sq(),
            pair.x_minus_sq(),
            pair.y_plus_sq(),
            pair.y_minus_sq(),
            pair.z(),
            pair.xi2(),
        ]
        .map(number),
        Value::from(qfim.to_vec()),
    )
}

fn exact(two_s: u64, spin: &str, t: Rational) -> Result<Map<String, Value>, CliError> {
    if two_s > MOST_EXACT {
        let most = (MOST_EXACT / 2).to_string();
        return Err(CliError::SpinTooLargeForExact { spin: spin.to_owned(), most });
    }
    let sample = Sample { size: Some(two_s as i64), reals: [(Symbol::new("t"), t)].into(), ..Sample::default() };
    let domain = squeezed(1);
    let value = |name: &'static str, e: &Expression| -> Result<Rational, CliError> {
        let spin = Lowering::Spin.specialise(e);
        let value: Algebraic =
            evaluate(&spin, &sample.on(&domain)).map_err(|u| CliError::NoValue(name, u.to_string()))?;
        value.as_rational().cloned().ok_or_else(|| CliError::NoValue(name, format!("{value} is not real")))
    };
    let z = value("z", &mean_z(1))?;
    let size = rational(two_s as i64, 1);
    let moments = [XPlus, XMinus, YPlus, YMinus].map(|w| value("<W²>", &second_moment(w)));
    let [x_plus, x_minus, y_plus, y_minus] = moments;
    let mut rows = Vec::new();
    for a in QUADRATURES {
        let row = QUADRATURES.map(|b| value("qfim", &qfim_element(a, b, &gtmss())).map(|q| text(&q)));
        rows.push(Value::from(row.into_iter().collect::<Result<Vec<_>, _>>()?));
    }
    Ok(assemble(
        [
            text(&(z.clone() * rational(-4, 1))),
            text(&(rational(4, 3) * &size * (size.clone() + rational(2, 1)))),
            text(&x_plus?),
            text(&x_minus?),
            text(&y_plus?),
            text(&y_minus?),
            text(&z),
            text(&value("xi2", &wineland_parameter())?),
        ],
        Value::from(rows),
    ))
}

fn text(q: &Rational) -> Value {
    json!({"exact": q.to_string()})
}

fn assemble([n_q, q_max, x_plus, x_minus, y_plus, y_minus, z, xi2]: [Value; 8], qfim: Value) -> Map<String, Value> {
    let mut map = Map::new();
    let names = ["n_q", "q_max", "x_plus_sq", "x_minus_sq", "y_plus_sq", "y_minus_sq", "z", "xi2"];
    for (name, value) in names.into_iter().zip([n_q, q_max, x_plus, x_minus, y_plus, y_minus, z, xi2]) {
        map.insert(name.to_owned(), value);
    }
    map.insert("qfim".to_owned(), qfim);
    map
}

fn lines(quantities: &Map<String, Value>) -> String {
    let plain = |v: &Value| match (v.get("exact"), v.get("value"), v.get("error")) {
        (Some(Value::String(exact)), _, _) => exact.clone(),
        (_, Some(value), Some(error)) => format!("{value} ± {:.1e}", error.as_f64().unwrap_or(f64::NAN)),
        _ => v.to_string(),
    };
    let mut text = String::new();
    for (name, value) in quantities {
        match value.as_array() {
            None => text += &format!("{name:11} {}\n", plain(value)),
            Some(rows) => {
                text += "qfim        (X+, X-, Y+, Y-)\n";
                for row in rows.iter().filter_map(Value::as_array) {
                    let cells: Vec<String> = row.iter().map(plain).collect();
                    text += &format!("  {}\n", cells.join("  "));
                }
            }
        }
    }
    text
}
