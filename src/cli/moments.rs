//! `twomode moments`.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use twomode::exact::expression::symbol as named;
use twomode::model::atoms::Word;
use twomode::model::latex as notation;
use twomode::model::laurent::Laurent;
use twomode::model::moments::{Closure, Equations, MasterEquation, all_down, symbol, zeros};

use super::error::CliError;
use super::output::print;
use super::render;

/// Which equations, and how to print them.
#[derive(Args)]
pub struct MomentsArgs {
    /// Which third cumulant is taken to be zero.
    #[arg(long, value_enum, default_value = "cartesian")]
    closure: Rule,
    /// Print all 27 means and covariances, also those that stay zero when all atoms are down at the beginning.
    #[arg(long)]
    all: bool,
    /// How to print the equations.
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    show: Show,
}

#[derive(Clone, Copy, ValueEnum)]
enum Rule {
    /// Products in a fixed order of x, y, z, real part: gives (S60) to (S67).
    Cartesian,
    /// Symmetrised products.
    Symmetrised,
    /// Products in the order S+ Sz S-.
    Normal,
    /// Products in the order S- Sz S+.
    Antinormal,
    /// Three distinct atoms.
    DistinctAtoms,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Show {
    Text,
    Latex,
    Json,
}

impl From<Rule> for Closure {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Cartesian => Self::Cartesian,
            Rule::Symmetrised => Self::Symmetrised,
            Rule::Normal => Self::Normal,
            Rule::Antinormal => Self::Antinormal,
            Rule::DistinctAtoms => Self::DistinctAtoms,
        }
    }
}

/// Derives the equations of motion of (S59), with pumping, and prints them.
pub fn run(args: &MomentsArgs, as_json: bool) -> Result<u8, CliError> {
    let equations = derived(args.closure.into(), args.all);
    let text = match args.show {
        Show::Json => render::json(&json_of(&equations))?,
        _ if as_json => render::json(&json_of(&equations))?,
        Show::Text => lines(&equations, |word, right| format!("d {}/dt = {right}", symbol(word))),
        Show::Latex => lines(&equations, |word, right| {
            format!(
                r"\frac{{\mathrm d}}{{\mathrm dt}}{} &= {} \\",
                notation::latex(&named(symbol(word).name())),
                latex(right)
            )
        }),
    };
    print(&text)?;
    Ok(0)
}

fn derived(closure: Closure, all: bool) -> Equations {
    let equations = MasterEquation::engineered().all(closure);
    let equations = equations.expect("linear jump operators give products of three letters at most");
    if all { equations } else { equations.without(&equations.invariant(&zeros(&all_down()))) }
}

fn lines(equations: &Equations, line: impl Fn(&Word, &Laurent) -> String) -> String {
    equations.right.iter().map(|(word, right)| line(word, right) + "\n").collect()
}

/// For each moment the terms of its derivative: an exact coefficient and the exponents of the symbols; `e` is `e^r`.
fn json_of(equations: &Equations) -> Value {
    let terms = |right: &Laurent| -> Value {
        let term = right.terms().map(|(exponents, c)| {
            let powers: Map<String, Value> = exponents.iter().map(|(s, k)| (s.to_string(), json!(k))).collect();
            json!({"coefficient": {"exact": c.to_string()}, "powers": powers})
        });
        term.collect()
    };
    equations.right.iter().map(|(word, right)| (symbol(word).to_string(), terms(right))).collect::<Map<_, _>>().into()
}

/// A right side as LaTeX, with `e^{kr}`.
fn latex(p: &Laurent) -> String {
    notation::latex(&p.to_expression(&|s, k| match s.name() {
        "e" => (i64::from(k) * named("r")).exp(),
        name if k == 1 => named(name),
        name => named(name).pow(k),
    }))
}
