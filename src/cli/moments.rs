//! `twomode moments`.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use twomode::model::atoms::{Letter, Word};
use twomode::model::laurent::Laurent;
use twomode::model::moments::{Closure, MasterEquation, all_down, symbol, variables, zeros};

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
            format!(r"\frac{{\mathrm d}}{{\mathrm dt}}{} &= {} \\", latex_symbol(symbol(word).name()), latex(right))
        }),
    };
    print(&text)?;
    Ok(0)
}

fn derived(closure: Closure, all: bool) -> BTreeMap<Word, Laurent> {
    let (every, none) = (variables(), BTreeSet::new());
    let master = MasterEquation::engineered();
    let closed = |start: &[Vec<Letter>], zeros: &BTreeSet<Word>| {
        let equations = master.closed(closure, start, zeros, start.len());
        equations.expect("linear jump operators give products of three letters at most, and there are no more moments")
    };
    let full = closed(&every, &none);
    if all {
        return full.right;
    }
    let still = full.invariant(&zeros(&all_down()));
    let moving: Vec<Word> = every.into_iter().filter(|word| !still.contains(word)).collect();
    closed(&moving, &still).right
}

fn lines(equations: &BTreeMap<Word, Laurent>, line: impl Fn(&Word, &Laurent) -> String) -> String {
    equations.iter().map(|(word, right)| line(word, right) + "\n").collect()
}

/// For each moment the terms of its derivative: an exact coefficient and the exponents of the symbols; `e` is `e^r`.
fn json_of(equations: &BTreeMap<Word, Laurent>) -> Value {
    let terms = |right: &Laurent| -> Value {
        let term = right.terms().map(|(exponents, c)| {
            let powers: Map<String, Value> = exponents.iter().map(|(s, k)| (s.to_string(), json!(k))).collect();
            json!({"coefficient": {"exact": c.to_string()}, "powers": powers})
        });
        term.collect()
    };
    equations.iter().map(|(word, right)| (symbol(word).to_string(), terms(right))).collect::<Map<_, _>>().into()
}

fn latex(p: &Laurent) -> String {
    twomode::model::latex::latex(&p.to_expression(&|s, k| match s.name() {
        // `e^{kr}`; the name of the symbol is what is printed.
        "e" => twomode::exact::expression::symbol(&format!("exp{k}r")),
        name if k == 1 => twomode::exact::expression::symbol(name),
        name => twomode::exact::expression::symbol(name).pow(k),
    }))
    .replace(r"\mathrm{exp2r}", "e^{2r}")
    .replace(r"\mathrm{exp-2r}", "e^{-2r}")
}

fn latex_symbol(name: &str) -> String {
    twomode::model::latex::latex(&twomode::exact::expression::symbol(name))
}
