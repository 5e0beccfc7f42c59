//! `twomode local`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};
use twomode::numeric::Estimate;
use twomode::numeric::permutation::{
    Local, LocalError, Moments, SteadyState, Trajectory, evolve as evolution, steady as numeric,
};

use super::atoms::{AtomsArgs, RatesArgs};
use super::columns::{Column, Columns, number, object, pair_moments, quantities};
use super::error::CliError;
use super::output::{Target, print};
use super::progress::Watched;
use super::series::{Series, lowest_eigenvalue};
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
        Local::new(atoms, self.squeezing.parse()?.r(), self.rates.parse()?).map_err(|e| match e {
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
    let mut map = object(columns);
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
    let table = quantities(columns);
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
    let columns = columns(&trajectory.moments, local);
    let end = trajectory.lowest_eigenvalue.map(lowest_eigenvalue).unwrap_or_default();
    Series::new(times, trajectory.moments.len(), trajectory.complete, columns).report(
        as_json,
        more(&trajectory),
        &end,
        target,
    )
}

/// What JSON has besides the columns.
fn more(trajectory: &Trajectory) -> Map<String, Value> {
    let mut map = Map::new();
    for (e, key) in ["spins1", "spins2"].into_iter().enumerate() {
        let lists = trajectory.moments.iter().map(|m| probabilities(&m.spins[e]));
        map.insert(key.to_owned(), lists.collect());
    }
    map.insert("lowest_eigenvalue".to_owned(), json!(trajectory.lowest_eigenvalue));
    map
}

/// The probabilities of `J = n/2, n/2 - 1, ...`.
fn probabilities(spins: &[Estimate]) -> Value {
    spins.iter().copied().map(number).collect()
}

fn columns(moments: &[Moments], local: &Local) -> Vec<Column> {
    let atoms = local.atoms();
    let column =
        |key, symbol, value: &dyn Fn(&Moments) -> Option<Estimate>| Column::new(key, symbol, moments.iter().map(value));
    let own = [
        column("xi2", "xi²", &|m| m.xi2(atoms)),
        column("purity", "purity", &|m| Some(m.purity)),
        column("trace", "trace", &|m| Some(m.trace)),
    ];
    pair_moments(moments.iter().map(|m| &m.pair)).into_iter().chain(own).collect()
}
