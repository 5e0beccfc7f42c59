//! The options that say at which times to look.

use clap::Args;

use super::error::CliError;
use super::system::decimal;

/// The most times.
pub const MOST_TIMES: usize = 100_000;

/// One time, or equally spaced ones; without either the steady state is meant.
#[derive(Args)]
pub struct TimesArgs {
    /// Evolve up to this time, in units of 1/γ, instead of looking for the steady state.
    #[arg(long, value_name = "T", allow_hyphen_values = true, group = "when")]
    time: Option<String>,
    /// Evolve through equally spaced times from 0 to this one.
    #[arg(long, value_name = "T", allow_hyphen_values = true, group = "when")]
    until: Option<String>,
    /// How many equally spaced times [default: 201].
    #[arg(long, value_name = "K", allow_hyphen_values = true, requires = "until", conflicts_with = "time")]
    points: Option<String>,
}

impl TimesArgs {
    /// The times; `None` for the steady state.
    ///
    /// # Errors
    /// [`CliError::Refused`], which names the option.
    pub fn parse(&self) -> Result<Option<Vec<f64>>, CliError> {
        match (&self.time, &self.until) {
            (Some(time), _) => positive("time", time).map(|t| Some(vec![t])),
            (None, Some(until)) => equally_spaced(until, self.points.as_deref()).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The times that were given are not accepted.
    pub fn refused(&self, accepted: impl ToString) -> CliError {
        let (option, value) = self.time.as_ref().map_or(("until", &self.until), |_| ("time", &self.time));
        CliError::refused(option, value.as_deref().unwrap_or_default(), accepted)
    }
}

/// Times from 0 to `until`, 201 if `points` says nothing else.
///
/// # Errors
/// [`CliError::Refused`] for an end that is not positive and finite, and for less than two or more than [`MOST_TIMES`] points.
pub fn equally_spaced(until: &str, points: Option<&str>) -> Result<Vec<f64>, CliError> {
    let last = positive("until", until)?;
    let points = match points {
        None => 201,
        Some(text) => {
            let number = text.trim().parse().ok().filter(|n| (2..=MOST_TIMES).contains(n));
            let accepted = format!("accepted are whole numbers from 2 to {MOST_TIMES}");
            number.ok_or_else(|| CliError::refused("points", text, accepted))?
        }
    };
    Ok((0..points).map(|k| last * k as f64 / (points - 1) as f64).collect())
}

fn positive(option: &'static str, text: &str) -> Result<f64, CliError> {
    let accepted = "accepted are positive numbers such as 20";
    let time = decimal(option, text, accepted)?;
    let good = time > 0.0 && time.is_finite();
    if good { Ok(time) } else { Err(CliError::refused(option, text, accepted)) }
}
