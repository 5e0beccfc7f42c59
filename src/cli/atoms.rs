//! The options that say how many atoms there are in each ensemble, and the rates of what acts on single atoms.

use clap::Args;
use twomode::numeric::noise::Rates;
use twomode::numeric::permutation::Local;

use super::error::CliError;
use super::system::decimal;

/// How many atoms.
#[derive(Args)]
pub struct AtomsArgs {
    /// The number of atoms in all, half of them in each ensemble; or of each ensemble, as 40,60.
    #[arg(long, value_name = "N|N1,N2", allow_hyphen_values = true)]
    atoms: String,
}

impl AtomsArgs {
    /// The number of atoms of each ensemble, at most `most` in all.
    ///
    /// # Errors
    /// [`CliError::Refused`] for an odd `N` without a comma, an empty ensemble, and what is no whole number.
    pub fn parse(&self, most: u64) -> Result<[u64; 2], CliError> {
        let refused = |accepted: String| CliError::refused("atoms", &self.atoms, accepted);
        let accepted = || {
            format!(
                "accepted are an even number from 2 to {most}, half of it in each ensemble, or two numbers from 1 on \
                 with a comma between them, as 40,60, at most {most} together"
            )
        };
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| refused(accepted()));
        let atoms = match self.atoms.split_once(',') {
            Some((first, second)) => [number(first)?, number(second)?],
            None => match number(&self.atoms)? {
                n if n % 2 == 1 && (3..=most).contains(&n) => {
                    let split = format!("{},{}", n / 2, n / 2 + 1);
                    return Err(refused(format!("an odd number has no halves; accepted are two numbers, as {split}")));
                }
                n => [n / 2, n.div_ceil(2)],
            },
        };
        let total = atoms[0].checked_add(atoms[1]).filter(|n| *n <= most && !atoms.contains(&0));
        total.map(|_| atoms).ok_or_else(|| refused(accepted()))
    }
}

/// How fast single atoms relax, dephase and are pumped, in units of the rate of the engineered dissipation.
#[derive(Args)]
pub struct RatesArgs {
    /// The rate γ₋ of the relaxation of single atoms, D[σ⁻].
    #[arg(long, value_name = "RATE", default_value = "0", allow_hyphen_values = true)]
    gamma_minus: String,
    /// The rate γ_z of the dephasing of single atoms, D[σᶻ] with σᶻ = ±1.
    #[arg(long, value_name = "RATE", default_value = "0", allow_hyphen_values = true)]
    gamma_z: String,
    /// The rate γ₊ of the pumping of single atoms, D[σ⁺].
    #[arg(long, value_name = "RATE", default_value = "0", allow_hyphen_values = true)]
    gamma_plus: String,
}

impl RatesArgs {
    /// The rates.
    ///
    /// # Errors
    /// [`CliError::Refused`], which names the option.
    pub fn parse(&self) -> Result<Rates, CliError> {
        Ok(Rates {
            relaxation: rate("gamma-minus", &self.gamma_minus)?,
            dephasing: rate("gamma-z", &self.gamma_z)?,
            pumping: rate("gamma-plus", &self.gamma_plus)?,
        })
    }
}

/// A rate in units of γ.
///
/// # Errors
/// [`CliError::Refused`] for what is negative, not a number, or beyond [`Local::MAX_RATE`].
fn rate(option: &'static str, text: &str) -> Result<f64, CliError> {
    let accepted = format!("accepted are numbers from 0 to {:e}, such as 0.3", Local::MAX_RATE);
    let value = decimal(option, text, &accepted)?;
    let good = (0.0..=Local::MAX_RATE).contains(&value);
    // -0.0 is zero.
    if good { Ok(value.abs()) } else { Err(CliError::refused(option, text, accepted)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(text: &str) -> Result<[u64; 2], String> {
        AtomsArgs { atoms: text.to_owned() }.parse(1000).map_err(|e| e.to_string())
    }

    #[test]
    fn a_total_is_halved_and_a_pair_is_kept() {
        for (text, expected) in
            [("2", [1, 1]), ("1000", [500, 500]), ("4,4", [4, 4]), (" 1, 2 ", [1, 2]), ("999,1", [999, 1])]
        {
            assert_eq!(atoms(text), Ok(expected));
        }
        for text in
            ["0", "1", "-2", "", "x", "2.0", "1e3", "1002", "1001", "4,0", "0,4", "4,", "500,501", "1,2,3", "4,-4"]
        {
            let error = atoms(text).unwrap_err();
            assert!(error.starts_with(&format!("--atoms {text}: ")) && error.contains("from 2 to 1000"), "{error}");
        }
        assert!(atoms("18446744073709551615,1").is_err()); // no overflow
        assert!(atoms("7").unwrap_err().contains("accepted are two numbers, as 3,4"));
    }

    #[test]
    fn rates_are_not_negative_and_finite() {
        for (text, expected) in [("0", 0.0), ("-0", 0.0), ("0.3", 0.3), ("1e-8", 1e-8), ("1e9", 1e9)] {
            assert_eq!(rate("gamma-z", text).map_err(|e| e.to_string()), Ok(expected));
            assert!(rate("gamma-z", text).is_ok_and(f64::is_sign_positive));
        }
        for text in ["-1", "-1e-300", "nan", "inf", "-inf", "2e9", "", "x", "1,2"] {
            let error = rate("gamma-z", text).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.starts_with(&format!("--gamma-z {text}: ")) && error.contains("from 0"), "{text}: {error}");
        }
    }
}
