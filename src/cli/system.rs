//! The options that say which two systems, how strongly they are squeezed, and how fast they are damped.

use clap::{ArgGroup, Args};
use num_traits::{One, Signed, ToPrimitive};
use twomode::exact::expression::Expression;
use twomode::exact::number::{Rational, parse_rational, rational};
use twomode::model::lowering::Lowering;
use twomode::numeric::convert::to_f64;
use twomode::numeric::lindblad::{Dissipation, DissipationError};

use super::error::CliError;
use super::formula;

/// The largest `2S`, and the largest `m_max` of an expression.
const MOST: u64 = 2_000_000;

const SPINS: &str = "accepted are 1/2, 1, 3/2, ... up to 1000000 (half-integers, not zero)";

/// Which two systems: exactly one of `--spin`, `--spins`, `--atoms`, `--table`, `--o2`.
#[derive(Args)]
#[command(group(ArgGroup::new("system").required(true)))]
pub struct SystemArgs {
    /// Two equal spins S: 1/2, 1, 3/2, ...
    #[arg(long, value_name = "S", allow_hyphen_values = true, group = "system")]
    spin: Option<String>,
    /// Two spins, as 1,3/2.
    #[arg(long, value_name = "S1,S2", allow_hyphen_values = true, group = "system")]
    spins: Option<String>,
    /// Two ensembles of so many two-level atoms, S = N/2, as 2,3.
    #[arg(long, value_name = "N1,N2", allow_hyphen_values = true, group = "system")]
    atoms: Option<String>,
    /// The squares o²(1),...,o²(m_max) of a lowering operator, as 1,4,9/4; two that differ as 1,4;1,9.
    #[arg(long, value_name = "O2,...", allow_hyphen_values = true, group = "system")]
    table: Option<String>,
    /// The squares o²(m) as an expression in m and M = m_max, as m*(M+1-m); two that differ as m;2*m.
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true, group = "system", requires = "m_max")]
    o2: Option<String>,
    /// The largest level for --o2; two that differ as 3,4.
    #[arg(
        long = "m-max",
        value_name = "N",
        allow_hyphen_values = true,
        requires = "o2",
        conflicts_with_all = ["spin", "spins", "atoms", "table"]
    )]
    m_max: Option<String>,
}

/// Two systems, parsed; matrix elements are computed later, when it is known that they fit.
pub struct System {
    /// The largest level of each.
    pub top: [usize; 2],
    /// The number of atoms in all, where there are atoms.
    pub atoms: Option<f64>,
    option: &'static str,
    value: String,
    operators: Operators,
}

enum Operators {
    Spins,
    Tables([Vec<Rational>; 2]),
    Formulas([Expression; 2]),
}

impl SystemArgs {
    /// # Errors
    /// [`CliError::Refused`], which names the option.
    pub fn parse(&self) -> Result<System, CliError> {
        let Self { spin, spins, atoms, table, o2, m_max } = self;
        match (spin, spins, atoms, table, o2) {
            (Some(s), ..) => half_integer("spin", s).map(|two_s| System::spins("spin", s, [two_s; 2])),
            (_, Some(s), ..) => Ok(System::spins("spins", s, two("spins", s, half_integer)?)),
            (_, _, Some(s), ..) => Ok(System::spins("atoms", s, two("atoms", s, count)?)),
            (_, _, _, Some(s), _) => System::tables(s),
            (.., Some(s)) => System::formulas(s, m_max.as_deref().unwrap_or_default()),
            _ => Err(CliError::System("no systems are given".to_owned())),
        }
    }
}

impl System {
    fn spins(option: &'static str, value: &str, two_s: [u64; 2]) -> Self {
        let top = two_s.map(|n| n as usize);
        let atoms = Some((top[0] + top[1]) as f64);
        Self { top, atoms, option, value: value.to_owned(), operators: Operators::Spins }
    }

    fn tables(text: &str) -> Result<Self, CliError> {
        let accepted = "accepted are numbers >= 0 with commas between them, as 1,4,9/4, once or twice (1,4;1,9)";
        let refused = || CliError::refused("table", text, accepted);
        let number = |s: &str| parse_rational(s.trim()).filter(|q| !q.is_negative()).ok_or_else(refused);
        let table = |s: &str| s.split(',').map(number).collect::<Result<Vec<_>, _>>();
        let tables = once_or_twice(text, ';').ok_or_else(refused)?.map(table);
        let [first, second] = tables;
        let tables = [first?, second?];
        let top = [tables[0].len(), tables[1].len()];
        Ok(Self { top, atoms: None, option: "table", value: text.to_owned(), operators: Operators::Tables(tables) })
    }

    fn formulas(text: &str, m_max: &str) -> Result<Self, CliError> {
        let sizes = once_or_twice(m_max, ',').ok_or_else(|| {
            CliError::refused("m-max", m_max, "accepted are one whole number >= 1, or two with a comma, as 3,4")
        })?;
        let [first, second] = sizes.map(|s| count("m-max", s));
        let top = [first? as usize, second? as usize];
        let refused = |why: String| CliError::refused("o2", text, why);
        let formulas = once_or_twice(text, ';').ok_or_else(|| refused(formula::ACCEPTED.to_owned()))?;
        let [first, second] = formulas.map(|s| formula::parse(s).map_err(refused));
        let operators = Operators::Formulas([first?, second?]);
        Ok(Self { top, atoms: None, option: "o2", value: text.to_owned(), operators })
    }

    /// `o²(1), ..., o²(m_max)` of both.
    ///
    /// # Errors
    /// An expression without a value at some level.
    pub fn squares(&self) -> Result<[Vec<Rational>; 2], CliError> {
        let refused = |why| CliError::refused(self.option, &self.value, why);
        match &self.operators {
            Operators::Spins => Ok(self.top.map(|top| Lowering::Spin.squares(top))),
            Operators::Tables(tables) => Ok(tables.clone()),
            Operators::Formulas([first, second]) => {
                let values = |e, top| formula::squares(e, top).map_err(refused);
                Ok([values(first, self.top[0])?, values(second, self.top[1])?])
            }
        }
    }

    /// Eq. (10) for these two.
    ///
    /// # Errors
    /// An expression without a value at some level, or with one that is no square.
    pub fn dissipation(&self, r: f64) -> Result<Dissipation, CliError> {
        let [first, second] = self.squares()?;
        let refused = |e: DissipationError| CliError::refused(self.option, &self.value, e);
        Dissipation::engineered([&first, &second], r).map_err(refused)
    }
}

/// How strongly the two are squeezed.
#[derive(Args)]
#[command(group(ArgGroup::new("squeezing").required(true)))]
pub struct SqueezingArgs {
    /// The squeezing strength r.
    #[arg(long, value_name = "R", allow_hyphen_values = true, group = "squeezing")]
    r: Option<String>,
    /// The squeezing strength as t = tanh r, a rational: 1/2 or 0.5.
    #[arg(long, value_name = "T", allow_hyphen_values = true, group = "squeezing")]
    t: Option<String>,
}

/// A squeezing strength as it was given.
pub enum Squeezing {
    /// `r`.
    R(f64),
    /// `t = tanh r`.
    T(Rational),
}

impl SqueezingArgs {
    /// # Errors
    /// [`CliError::Refused`], which names the option.
    pub fn parse(&self) -> Result<Squeezing, CliError> {
        match (&self.t, &self.r) {
            (Some(t), _) => {
                let accepted = "accepted are rationals between -1 and 1, such as 1/2 or -0.75";
                let value = parse_rational(t).filter(|t| t.clone().abs() < Rational::one());
                value.map(Squeezing::T).ok_or_else(|| CliError::refused("t", t, accepted))
            }
            (None, Some(r)) => decimal("r", r, "accepted are decimal numbers such as 0.75").map(Squeezing::R),
            (None, None) => Err(CliError::System("neither --r nor --t is given".to_owned())),
        }
    }

    /// The strength that was given is not accepted.
    pub fn refused(&self, accepted: impl ToString) -> CliError {
        let (option, value) = self.t.as_ref().map_or(("r", &self.r), |_| ("t", &self.t));
        CliError::refused(option, value.as_deref().unwrap_or_default(), accepted)
    }
}

impl Squeezing {
    /// `r`; for a given `t` it is `artanh t = ½ ln(1 + 2t/(1-t))` to within a few units in the last place.
    pub fn r(&self) -> f64 {
        match self {
            Self::R(r) => *r,
            Self::T(t) => 0.5 * to_f64(&(rational(2, 1) * t / (Rational::one() - t))).ln_1p(),
        }
    }
}

/// The master equation: two systems, squeezing, rate.
#[derive(Args)]
pub struct DissipationArgs {
    #[command(flatten)]
    pub system: SystemArgs,
    #[command(flatten)]
    pub squeezing: SqueezingArgs,
    /// The rate of both dissipators; times are in units of its inverse when it is 1.
    #[arg(long, value_name = "G", default_value = "1", allow_hyphen_values = true)]
    gamma: String,
}

impl DissipationArgs {
    /// The rate.
    ///
    /// # Errors
    /// [`CliError::Refused`] for what is not a positive number.
    pub fn gamma(&self) -> Result<f64, CliError> {
        let accepted = "accepted are positive numbers such as 1 or 0.5";
        let gamma = decimal("gamma", &self.gamma, accepted)?;
        let good = gamma > 0.0 && gamma.is_finite();
        if good { Ok(gamma) } else { Err(CliError::refused("gamma", &self.gamma, accepted)) }
    }

    /// The squeezing strength `r`, within the range of a [`Dissipation`].
    ///
    /// # Errors
    /// [`CliError::Refused`], which names the option.
    pub fn r(&self) -> Result<f64, CliError> {
        let r = self.squeezing.parse()?.r();
        let good = r.abs() <= Dissipation::MAX_R;
        if good { Ok(r) } else { Err(self.squeezing.refused(DissipationError::Squeezing(r))) }
    }
}

/// Twice a half-integer.
pub fn half_integer(option: &'static str, text: &str) -> Result<u64, CliError> {
    let doubled = parse_rational(text.trim()).map(|s| s * rational(2, 1));
    let whole = doubled.filter(|q| q.denom().is_one() && q.is_positive()).and_then(|q| q.numer().to_u64());
    whole.filter(|n| *n <= MOST).ok_or_else(|| CliError::refused(option, text, SPINS))
}

fn count(option: &'static str, text: &str) -> Result<u64, CliError> {
    let accepted = format!("accepted are whole numbers from 1 to {MOST}");
    let number = text.trim().parse().ok().filter(|n| (1..=MOST).contains(n));
    number.ok_or_else(|| CliError::refused(option, text, accepted))
}

/// A decimal number, perhaps not finite.
pub fn decimal(option: &'static str, text: &str, accepted: &str) -> Result<f64, CliError> {
    text.trim().parse().map_err(|_| CliError::refused(option, text, accepted))
}

type Read<T> = fn(&'static str, &str) -> Result<T, CliError>;

/// Two values with a comma between them.
pub fn two<T>(option: &'static str, text: &str, read: Read<T>) -> Result<[T; 2], CliError> {
    let Some((first, second)) = text.split_once(',') else {
        return Err(CliError::refused(option, text, "accepted are two values with a comma between them"));
    };
    Ok([read(option, first)?, read(option, second)?])
}

/// One text for both systems, or one for each.
fn once_or_twice(text: &str, separator: char) -> Option<[&str; 2]> {
    let parts: Vec<&str> = text.split(separator).collect();
    match parts[..] {
        [both] => Some([both; 2]),
        [first, second] => Some([first, second]),
        _ => None,
    }
}
