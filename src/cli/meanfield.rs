//! `twomode meanfield`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use serde_json::{Map, Value, json};
use twomode::numeric::Estimate;
use twomode::numeric::meanfield::{MeanField, MeanFieldError, Moments, SteadyState, optimise_r, optimise_rt};

use super::atoms::{AtomsArgs, RatesArgs};
use super::columns::{Column, Columns, object, pair_moments, quantities};
use super::error::CliError;
use super::output::{Target, print};
use super::progress::Watched;
use super::render;
use super::series::Series;
use super::system::decimal;
use super::times::TimesArgs;

/// Over what to look for the lowest xi².
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Over {
    /// Over r, in the steady state.
    #[value(name = "r")]
    R,
    /// Over r and the time, from all atoms down.
    #[value(name = "r,t")]
    RAndTime,
}

/// Which ensembles, which rates, and what to find.
#[derive(Args)]
#[command(group(ArgGroup::new("strength").required(true)))]
pub struct MeanFieldArgs {
    #[command(flatten)]
    atoms: AtomsArgs,
    /// The squeezing strength r.
    #[arg(long, value_name = "R", allow_hyphen_values = true, group = "strength")]
    r: Option<String>,
    /// Look for the lowest xi² over r in the steady state, or over r and time from all atoms down.
    #[arg(long, value_enum, value_name = "r|r,t", group = "strength", conflicts_with = "when")]
    optimise: Option<Over>,
    #[command(flatten)]
    rates: RatesArgs,
    #[command(flatten)]
    times: TimesArgs,
    /// Write the same numbers to this file.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// What was found at one `r`.
struct Found {
    r: Estimate,
    time: Option<Estimate>,
    moments: Moments,
    /// Of a steady state.
    state: Option<SteadyState>,
    /// The slowest rate at which deviations fade.
    slowest: Option<f64>,
}

/// Finds the steady state or the optimum, or evolves; after Ctrl-C an evolution prints what was computed, with status
/// 130.
pub fn run(args: &MeanFieldArgs, as_json: bool) -> Result<u8, CliError> {
    let pair = args.pair()?;
    let times = args.times.parse()?;
    let target = args.csv.as_deref().map(|file| Target::new("csv", file)).transpose()?;
    if let Some(times) = times {
        return evolve(args, &pair, &times, as_json, target);
    }
    let found = match args.optimise {
        None => steady(&pair)?,
        Some(over) => optimum(&pair, over)?,
    };
    print(&if as_json { render::json(&found.json())? } else { found.lines() })?;
    if let Some(target) = target {
        target.write(&Columns { plain: found.plain(), columns: found.columns() }.csv())?;
    }
    Ok(0)
}

impl MeanFieldArgs {
    fn pair(&self) -> Result<MeanField, CliError> {
        let atoms = self.atoms.parse(MeanField::MAX_ATOMS)?;
        let r = match &self.r {
            Some(r) => decimal("r", r, "accepted are decimal numbers such as 0.75")?,
            None => 0.0,
        };
        MeanField::new(atoms, r, self.rates.parse()?).map_err(|e| match (&self.r, e) {
            (Some(r), e @ MeanFieldError::Squeezing(_)) => CliError::refused("r", r, e),
            (_, e) => CliError::MeanField(e),
        })
    }
}

fn steady(pair: &MeanField) -> Result<Found, CliError> {
    let state = pair.steady().map_err(CliError::MeanField)?;
    // Conserved total spins do not count.
    let rates = pair.relaxation_rates().map_err(CliError::MeanField)?;
    let slowest = rates.into_iter().map(|rate| rate[0]).find(|rate| *rate != 0.0);
    let r = Estimate { value: pair.r(), error: 0.0 };
    Ok(Found { r, time: None, moments: state.moments, state: Some(state), slowest })
}

fn optimum(pair: &MeanField, over: Over) -> Result<Found, CliError> {
    let watch = Watched::new("the search ends")?;
    let found = if over == Over::R { optimise_r(pair, &watch) } else { optimise_rt(pair, &watch) };
    if watch.finish() {
        return Err(CliError::Interrupted);
    }
    let best = found.map_err(CliError::MeanField)?;
    let at_best = MeanField::new(pair.atoms(), best.r.value, *pair.rates()).map_err(CliError::MeanField)?;
    let steady = if best.time.is_none() { Some(steady(&at_best)?) } else { None };
    let (state, slowest) = steady.map_or((None, None), |found| (found.state, found.slowest));
    Ok(Found { r: best.r, time: best.time, moments: best.moments, state, slowest })
}

impl Found {
    fn columns(&self) -> Vec<Column> {
        let r = Column::new("r", "r", [Some(self.r)]);
        let time = Column::new("time", "t", [self.time]).only_if(self.time.is_some());
        [r, time].into_iter().chain(columns(std::slice::from_ref(&self.moments))).collect()
    }

    /// Numbers without an error.
    fn plain(&self) -> Vec<(&'static str, Vec<f64>)> {
        let stable = self.state.as_ref().map_or(f64::NAN, |s| f64::from(u8::from(s.stable)));
        let residual = self.state.as_ref().map_or(f64::NAN, |s| s.residual);
        vec![
            ("stable", vec![stable]),
            ("residual", vec![residual]),
            ("slowest", vec![self.slowest.unwrap_or(f64::NAN)]),
        ]
    }

    fn json(&self) -> Value {
        let mut map = object(&self.columns());
        map.insert("stable".to_owned(), json!(self.state.as_ref().map(|s| s.stable)));
        map.insert("residual".to_owned(), json!(self.state.as_ref().map(|s| s.residual)));
        map.insert("slowest".to_owned(), json!(self.slowest));
        Value::Object(map)
    }

    fn lines(&self) -> String {
        let table = quantities(&self.columns());
        let end = match (&self.state, self.slowest) {
            (Some(state), Some(slowest)) => {
                let stable = if state.stable { "stable" } else { "NOT STABLE" };
                format!("steady and {stable}; slowest rate {slowest:.3e}, residual {:.1e}", state.residual)
            }
            _ => "on the way from all atoms down".to_owned(),
        };
        format!("{table}\n{end}\n")
    }
}

fn evolve(
    args: &MeanFieldArgs,
    pair: &MeanField,
    times: &[f64],
    as_json: bool,
    target: Option<Target>,
) -> Result<u8, CliError> {
    let watch = Watched::new("what was computed so far is printed")?;
    let trajectory = pair.evolve(times, &watch).map_err(|e| match e {
        MeanFieldError::Times(e) => args.times.refused(e),
        e => CliError::MeanField(e),
    })?;
    watch.finish();
    let columns = columns(&trajectory.moments);
    Series::new(times, trajectory.moments.len(), trajectory.complete, columns).report(as_json, Map::new(), "", target)
}

fn columns(moments: &[Moments]) -> Vec<Column> {
    let xi2 = Column::new("xi2", "xi²", moments.iter().map(|m| Some(m.xi2)));
    pair_moments(moments.iter().map(|m| &m.pair)).into_iter().chain([xi2]).collect()
}
