//! `twomode steady`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use twomode::numeric::Estimate;
use twomode::numeric::steady::{self as numeric, Optimum, Steady, SteadyState, optimise_r, steady};

use super::columns::{Column, Columns, moments, object, quantities};
use super::error::CliError;
use super::output::{Target, print};
use super::progress::Watched;
use super::system::{DissipationArgs, System};
use super::{memory, render};

const NOTE: &str = "more than one state is steady: the limit of long times depends on the initial state";

/// Which steady state.
#[derive(Args)]
pub struct SteadyArgs {
    #[command(flatten)]
    dissipation: DissipationArgs,
    /// Look for the squeezing strength with the lowest xi².
    #[arg(long, group = "squeezing")]
    optimise_r: bool,
    /// Write the same numbers to this file.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// What was found at one `r`.
struct Found {
    r: Estimate,
    nullity: usize,
    state: Option<SteadyState>,
    atoms: Option<f64>,
}

/// Finds the steady state and prints it. Several steady states are no error; their number is printed.
pub fn run(args: &SteadyArgs, as_json: bool) -> Result<u8, CliError> {
    args.dissipation.gamma()?;
    let r = if args.optimise_r { None } else { Some(args.dissipation.r()?) };
    let system = args.dissipation.system.parse()?;
    let target = args.csv.as_deref().map(|file| Target::new("csv", file)).transpose()?;
    if r.is_none() && system.atoms.is_none() {
        return Err(CliError::NoAtoms);
    }
    memory::fits(numeric::memory(system.top, system.atoms.is_some()))?;
    let found = match r {
        Some(r) => at(&system, r)?,
        None => optimum(&system)?,
    };
    print(&if as_json { render::json(&found.json())? } else { found.lines() })?;
    if let Some(target) = target {
        target.write(&found.csv())?;
    }
    Ok(0)
}

fn at(system: &System, r: f64) -> Result<Found, CliError> {
    let Steady { nullity, state } = steady(&system.dissipation(r)?).map_err(CliError::Steady)?;
    Ok(Found { r: Estimate { value: r, error: 0.0 }, nullity, state, atoms: system.atoms })
}

fn optimum(system: &System) -> Result<Found, CliError> {
    let [first, second] = system.squares()?;
    let watch = Watched::new("the search ends")?;
    let found = optimise_r([&first, &second], system.atoms.unwrap_or_default(), &watch);
    if watch.finish() {
        return Err(CliError::Interrupted);
    }
    let Optimum { r, state, .. } = found.map_err(CliError::Steady)?;
    Ok(Found { r, nullity: 1, state: Some(state), atoms: system.atoms })
}

impl Found {
    fn columns(&self) -> Vec<Column> {
        let (state, atoms) = (self.state.as_ref().map(|s| s.moments), self.atoms);
        let r = Column::new("r", "r", [Some(self.r)]);
        std::iter::once(r).chain(moments(state.as_slice(), atoms)).collect()
    }

    fn csv(&self) -> String {
        let state = self.state.as_ref();
        let closed_form = state.map_or(f64::NAN, |s| f64::from(u8::from(s.closed_form)));
        let residual = state.map_or(f64::NAN, |s| s.residual);
        let plain = vec![
            ("nullity", vec![self.nullity as f64]),
            ("residual", vec![residual]),
            ("closed_form", vec![closed_form]),
        ];
        Columns { plain, columns: self.columns() }.csv()
    }

    fn json(&self) -> Value {
        let mut map = object(&self.columns());
        let state = self.state.as_ref();
        map.insert("nullity".to_owned(), json!(self.nullity));
        map.insert("residual".to_owned(), json!(state.map(|s| s.residual)));
        map.insert("closed_form".to_owned(), json!(state.map(|s| s.closed_form)));
        map.insert("note".to_owned(), json!(state.is_none().then_some(NOTE)));
        Value::Object(map)
    }

    fn lines(&self) -> String {
        let table = quantities(&self.columns());
        let end = match &self.state {
            None => format!("note: {NOTE}"),
            Some(state) if state.closed_form => "closed form".to_owned(),
            Some(state) => format!("residual {:.1e}", state.residual),
        };
        format!("{table}\nsteady states: {}\n{end}\n", self.nullity)
    }
}
