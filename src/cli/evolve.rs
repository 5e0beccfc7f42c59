//! `twomode evolve`.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use serde::Deserialize;
use serde_json::json;
use twomode::numeric::evolve::{self as numeric, EvolveError, LARGEST_SPECTRUM, Trajectory, check_times, evolve};
use twomode::numeric::state::Initial;

use super::columns::moments;
use super::error::CliError;
use super::memory;
use super::output::Target;
use super::progress::Watched;
use super::series::{Series, lowest_eigenvalue};
use super::system::{DissipationArgs, decimal, two};
use super::times::{MOST_TIMES, equally_spaced};

/// What to evolve, from where, and when to look.
#[derive(Args)]
#[command(group(ArgGroup::new("when").required(true)), group(ArgGroup::new("start")))]
pub struct EvolveArgs {
    #[command(flatten)]
    dissipation: DissipationArgs,
    /// The times at which to give expectation values, in rising order, as 0.01,0.1,1.
    #[arg(long, value_name = "T,...", allow_hyphen_values = true, group = "when")]
    times: Option<String>,
    /// Equally spaced times from 0 to this one.
    #[arg(long, value_name = "T", allow_hyphen_values = true, group = "when")]
    until: Option<String>,
    /// How many equally spaced times [default: 201].
    #[arg(long, value_name = "N", allow_hyphen_values = true, requires = "until", conflicts_with = "times")]
    points: Option<String>,
    /// Start in the product |m1,m2> of two levels [default: 0,0].
    #[arg(long, value_name = "M1,M2", allow_hyphen_values = true, group = "start")]
    from: Option<String>,
    /// Start in the pure state a0|0,0> + a1|1,1> + ..., normalised here.
    #[arg(long, value_name = "A0,A1,...", allow_hyphen_values = true, group = "start")]
    paired: Option<String>,
    /// Start in this density matrix: a JSON list of rows of numbers or [real,imaginary]; |m1,m2> is row m1*(M2+1)+m2.
    #[arg(long, value_name = "FILE.json", group = "start")]
    density: Option<PathBuf>,
    /// Write the same numbers to this file, a line for each time.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// Evolves and prints; after Ctrl-C what was computed, with status 130.
pub fn run(args: &EvolveArgs, as_json: bool) -> Result<u8, CliError> {
    let times = args.times()?;
    let gamma = args.dissipation.gamma()?;
    let scaled: Vec<f64> = times.iter().map(|t| gamma * t).collect();
    check_times(&scaled).map_err(|e| args.refused(&e))?;
    let r = args.dissipation.r()?;
    let system = args.dissipation.system.parse()?;
    let target = args.csv.as_deref().map(|file| Target::new("csv", file)).transpose()?;
    let initial = args.initial()?;
    memory::fits(numeric::memory(system.top, &initial, times.len()))?;
    initial.elements(system.top).map_err(|e| args.refused(&EvolveError::State(e)))?;
    let dissipation = system.dissipation(r)?;
    let watch = Watched::new("what was computed so far is printed")?;
    let trajectory = evolve(&dissipation, &initial, &scaled, &watch).map_err(|e| args.refused(&e))?;
    watch.finish();
    let columns = moments(&trajectory.moments, system.atoms);
    let more = [("lowest_eigenvalue".to_owned(), json!(trajectory.lowest_eigenvalue))].into_iter().collect();
    Series::new(&times, trajectory.moments.len(), trajectory.complete, columns).report(
        as_json,
        more,
        &end(&trajectory),
        target,
    )
}

fn end(trajectory: &Trajectory) -> String {
    match trajectory.lowest_eigenvalue {
        Some(lowest) => lowest_eigenvalue(lowest),
        None if trajectory.complete => format!("eigenvalues: not computed beyond {LARGEST_SPECTRUM} levels\n"),
        None => String::new(),
    }
}

impl EvolveArgs {
    fn times(&self) -> Result<Vec<f64>, CliError> {
        match (&self.times, &self.until) {
            (Some(times), _) => numbers("times", times),
            (None, Some(until)) => equally_spaced(until, self.points.as_deref()),
            (None, None) => Err(CliError::System("neither --times nor --until is given".to_owned())),
        }
    }

    fn initial(&self) -> Result<Initial, CliError> {
        match (&self.from, &self.paired, &self.density) {
            (Some(levels), ..) => two("from", levels, level).map(|[m1, m2]| Initial::Product(m1, m2)),
            (_, Some(amplitudes), _) => {
                numbers("paired", amplitudes).map(|real| Initial::Paired(real.into_iter().map(|a| [a, 0.0]).collect()))
            }
            (.., Some(file)) => density(file).map(Initial::Density),
            _ => Ok(Initial::Product(0, 0)),
        }
    }

    /// The error with the option that it is about.
    fn refused(&self, error: &EvolveError) -> CliError {
        let density = self.density.as_ref().map(|file| file.display().to_string());
        let given = match error {
            EvolveError::State(_) => {
                vec![("from", self.from.clone()), ("paired", self.paired.clone()), ("density", density)]
            }
            _ => vec![("times", self.times.clone()), ("until", self.until.clone())],
        };
        let named = given.into_iter().find_map(|(option, value)| Some((option, value?)));
        let (option, value) = named.unwrap_or(("from", "0,0".to_owned()));
        let scaled = matches!(error, EvolveError::Time { .. }) && self.dissipation.gamma().is_ok_and(|g| g != 1.0);
        let times_gamma = if scaled { " (multiplied by --gamma)" } else { "" };
        CliError::refused(option, &value, format!("{error}{times_gamma}"))
    }
}

fn level(option: &'static str, text: &str) -> Result<usize, CliError> {
    text.trim().parse().map_err(|_| CliError::refused(option, text, "accepted are levels 0, 1, 2, ..."))
}

fn numbers(option: &'static str, text: &str) -> Result<Vec<f64>, CliError> {
    let accepted = "accepted are numbers with commas between them, as 0.01,0.1,1";
    let values = text.split(',').map(|x| decimal(option, x, accepted)).collect::<Result<Vec<_>, _>>()?;
    let few = values.len() <= MOST_TIMES;
    if few { Ok(values) } else { Err(CliError::refused(option, "...", format!("at most {MOST_TIMES} numbers"))) }
}

/// An element of a matrix in JSON.
#[derive(Deserialize)]
#[serde(untagged)]
enum Element {
    Real(f64),
    Complex([f64; 2]),
}

fn density(path: &Path) -> Result<Vec<Vec<[f64; 2]>>, CliError> {
    let text = std::fs::read_to_string(path).map_err(|source| CliError::Read { path: path.to_owned(), source })?;
    let rows: Vec<Vec<Element>> = serde_json::from_str(&text).map_err(|e| CliError::Malformed {
        path: path.to_owned(),
        why: format!("{e}; accepted is a list of rows, each a list of numbers or [real,imaginary]"),
    })?;
    let parts = |element| match element {
        Element::Real(a) => [a, 0.0],
        Element::Complex(parts) => parts,
    };
    Ok(rows.into_iter().map(|row| row.into_iter().map(parts).collect()).collect())
}
