//! `twomode local`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};
use twomode::numeric::Estimate;
use twomode::numeric::permutation::{
    Local, LocalError, Moments, Rates, SteadyState, Trajectory, evolve as evolution, steady as numeric,
};

use super::atoms::{AtomsArgs, RatesArgs, rate};
use super::columns::{Column, Columns, number};
use super::error::CliError;
use super::output::{Target, print};
use super::progress::Watched;
use super::system::SqueezingArgs;
use super::times::TimesArgs;
use super::{memory, render};

const NOTE: &str = "without noise of single atoms the total spins are kept and several states are steady; this is the one that \
                    is reached with every atom down at first, J = n/2";

/// Which ensembles, which rates, and whether to evolve.
#[derive(Args)]
pub struct LocalArgs {
    #[command(flatten)]
    atoms: AtomsArgs,
    #[command(flatten)]
    squeezing: SqueezingArgs,
    #[command(flatten)]
    rates: RatesArgs,
    /// The rate γ₊ of the pumping of single atoms, D[σ⁺].
    #[arg(long, value_name = "RATE", default_value = "0", allow_hyphen_values = true)]
    gamma_plus: String,
    #[command(flatten)]
    times: TimesArgs,
    /// Write the same numbers to this file.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// Finds the steady state, or evolves; after Ctrl-C an evolution prints what was computed, with status 130.
pub fn run(args: &LocalArgs, as_json: bool) -> Result<u8, CliError> {
    let local = args.local()?;
    let times = args.times.parse()?;
    let target = args.csv.as_deref().map(|file| Target::new("csv", file)).transpose()?;
    let noisy = local.rates().largest() > 0.0;
    memory::fits(match &times {
        None => numeric::memory(local.atoms(), noisy),
        Some(times) => evolution::memory(local.atoms(), noisy, times.len()),
    })?;
    match times {
        None => steady(&local, as_json, target),
        Some(times) => evolve(args, &local, &times, as_json, target),
    }
}

impl LocalArgs {
    fn local(&self) -> Result<Local, CliError> {
        let atoms = self.atoms.parse(2 * Local::MAX_ATOMS as u64)?.map(|n| n as usize);
        let [relaxation, dephasing] = self.rates.parse()?;
        let rates = Rates { relaxation, dephasing, pumping: rate("gamma-plus", &self.gamma_plus)? };
        Local::new(atoms, self.squeezing.parse()?.r(), rates).map_err(|e| match e {
            LocalError::Squeezing(_) => self.squeezing.refused(e),
            _ => CliError::Local(e),
        })
    }
}

fn steady(local: &Local, as_json: bool, target: Option<Target>) -> Result<u8, CliError> {
    let watch = Watched::new("the elimination ends")?;
    let found = numeric::steady(local, &watch);
    if watch.finish() {
        return Err(CliError::Interrupted);
    }
    let state = found.map_err(CliError::Local)?;
    let columns = columns(std::slice::from_ref(&state.moments), local);
    let plain = vec![("nullity", vec![local.nullity() as f64]), ("residual", vec![state.residual])];
    let text =
        if as_json { render::json(&steady_json(local, &state, &columns))? } else { lines(local, &state, &columns) };
    print(&text)?;
    if let Some(target) = target {
        target.write(&Columns { plain, columns }.csv())?;
    }
    Ok(0)
}

fn steady_json(local: &Local, state: &SteadyState, columns: &[Column]) -> Value {
    let mut map = Map::new();
    for column in columns {
        map.insert(column.key.to_owned(), column.value().map_or(Value::Null, number));
    }
    for (key, spins) in ["spins1", "spins2"].into_iter().zip(&state.moments.spins) {
        map.insert(key.to_owned(), probabilities(spins));
    }
    map.insert("nullity".to_owned(), json!(local.nullity()));
    map.insert("stable".to_owned(), json!(local.nullity() == 1));
    map.insert("residual".to_owned(), json!(state.residual));
    map.insert("lowest_eigenvalue".to_owned(), json!(state.lowest_eigenvalue));
    map.insert("note".to_owned(), json!((local.nullity() > 1).then_some(NOTE)));
    Value::Object(map)
}

fn lines(local: &Local, state: &SteadyState, columns: &[Column]) -> String {
    let mut table = render::plain_table(["quantity", "value", "error"]);
    for column in columns {
        if let Some(e) = column.value() {
            table.add_row([column.symbol.to_owned(), e.value.to_string(), format!("{:.0e}", e.error)]);
        }
    }
    let note = if local.nullity() > 1 { format!("note: {NOTE}\n") } else { String::new() };
    let (nullity, lowest) = (local.nullity(), state.lowest_eigenvalue);
    let residual = state.residual;
    format!("{table}\nsteady states: {nullity}\n{note}residual {residual:.1e}, lowest eigenvalue {lowest:.1e}\n")
}

fn evolve(
    args: &LocalArgs,
    local: &Local,
    times: &[f64],
    as_json: bool,
    target: Option<Target>,
) -> Result<u8, CliError> {
    let watch = Watched::new("what was computed so far is printed")?;
    let trajectory = evolution::evolve(local, times, &watch).map_err(|e| args.times.refused(e))?;
    watch.finish();
    let reached = times[..trajectory.moments.len()].to_vec();
    let columns = Columns { plain: vec![("time", reached)], columns: columns(&trajectory.moments, local) };
    print(&if as_json { render::json(&json(&trajectory, times, &columns))? } else { table(&trajectory, &columns) })?;
    if let Some(target) = target {
        let partial = format!("# partial: {} of {} times\n", trajectory.moments.len(), times.len());
        target.write(&(columns.csv() + if trajectory.complete { "" } else { &partial }))?;
    }
    Ok(if trajectory.complete { 0 } else { 130 })
}

fn json(trajectory: &Trajectory, times: &[f64], columns: &Columns) -> Value {
    let mut map = Map::new();
    map.insert("times".to_owned(), json!(times[..trajectory.moments.len()]));
    for column in &columns.columns {
        map.insert(column.key.to_owned(), column.json());
    }
    for (e, key) in ["spins1", "spins2"].into_iter().enumerate() {
        let lists = trajectory.moments.iter().map(|m| probabilities(&m.spins[e]));
        map.insert(key.to_owned(), lists.collect());
    }
    map.insert("lowest_eigenvalue".to_owned(), json!(trajectory.lowest_eigenvalue));
    map.insert("partial".to_owned(), json!(!trajectory.complete));
    Value::Object(map)
}

fn table(trajectory: &Trajectory, columns: &Columns) -> String {
    let end = match trajectory.lowest_eigenvalue {
        Some(lowest) => format!("lowest eigenvalue of the state at the last time: {lowest:.1e}\n"),
        None => "PARTIAL (interrupted): later times are missing\n".to_owned(),
    };
    format!("{}{end}", columns.table())
}

/// The probabilities of `J = n/2, n/2 - 1, ...`.
fn probabilities(spins: &[Estimate]) -> Value {
    spins.iter().copied().map(number).collect()
}

fn columns(moments: &[Moments], local: &Local) -> Vec<Column> {
    let atoms = local.atoms();
    let column =
        |key, symbol, value: &dyn Fn(&Moments) -> Option<Estimate>| Column::new(key, symbol, moments.iter().map(value));
    vec![
        column("s1", "Z1", &|m| Some(m.z[0])),
        column("s2", "Z2", &|m| Some(m.z[1])),
        column("c11xx", "C11xx", &|m| Some(m.xx[0])),
        column("c22xx", "C22xx", &|m| Some(m.xx[1])),
        column("c11zz", "C11zz", &|m| Some(m.zz[0])),
        column("c22zz", "C22zz", &|m| Some(m.zz[1])),
        column("c12xx", "C12xx", &|m| Some(m.cross_xx)),
        column("c12zz", "C12zz", &|m| Some(m.cross_zz)),
        column("x_plus_sq", "X+²", &|m| Some(m.x_plus_sq)),
        column("xi2", "xi²", &|m| m.xi2(atoms)),
        column("purity", "purity", &|m| Some(m.purity)),
        column("trace", "trace", &|m| Some(m.trace)),
    ]
}
