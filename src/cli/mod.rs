//! The command line: arguments, dispatch, exit status.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

mod atoms;
mod audit;
#[cfg(feature = "book")]
mod book;
mod check;
mod columns;
mod error;
mod evolve;
mod figure;
mod formula;
mod ledger;
mod local;
mod meanfield;
mod memory;
mod metrology;
mod moments;
mod output;
mod progress;
mod render;
mod series;
mod steady;
mod system;
mod times;

use error::CliError;

/// A machine-checked audit of PRL 134, 073603, "Non-Gaussian Generalized Two-Mode Squeezing".
///
/// Without a command the whole paper is audited. Exit status of the audit: 0 everything is decided as recorded, 1 a
/// verdict differs from the record, 2 something is undecided, 3 usage or tool error, 130 interrupted.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Check the claims of the paper and print findings, grades and scopes (the default).
    Audit(AuditArgs),
    /// List the claims of the paper.
    Claims,
    /// Show one claim: statement, evidence, counterexample, correction, test, chapter.
    Show {
        /// The id of the claim, as `twomode claims` lists it.
        id: String,
    },
    /// Run the kernel alone on certificates: a file, or every `.cert` file of a folder.
    Check {
        /// The file or folder.
        path: PathBuf,
    },
    /// QFIM, Wineland parameter and moments of the GTMSS of two spins.
    Metrology(MetrologyArgs),
    /// How the engineered dissipation, Eq. (10), evolves a state of two systems.
    Evolve(Box<evolve::EvolveArgs>),
    /// The steady state of the engineered dissipation, also for two systems that differ.
    Steady(Box<steady::SteadyArgs>),
    /// The equations of motion of means and covariances, derived from Eq. (S59).
    Moments(moments::MomentsArgs),
    /// Engineered dissipation with noise of single atoms, Eq. (S59), exactly: steady state or evolution from all atoms down.
    Local(Box<local::LocalArgs>),
    /// Second-order mean-field theory of two ensembles with relaxation, dephasing and pumping of single atoms.
    #[command(name = "meanfield")]
    MeanField(Box<meanfield::MeanFieldArgs>),
    /// Compute the data of a figure and draw it: CSV, JSON and SVG.
    Figure(figure::FigureArgs),
    /// Print a completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The book.
    #[cfg(feature = "book")]
    #[command(subcommand)]
    Book(book::BookCommand),
}

/// What to audit and how to print it.
#[derive(Args, Default)]
struct AuditArgs {
    /// Check every spin with 2S up to this, from 1 to 1000 [default: 100].
    #[arg(long = "max-2s", value_name = "N", allow_negative_numbers = true)]
    max_2s: Option<i64>,
    /// Only this claim; may be given several times.
    #[arg(long = "claim", value_name = "ID")]
    claims: Vec<String>,
    /// Only this section: `main`, or `S1` to `S13` for those of the supplement.
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// How to print the report [default: table].
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write the report to this file instead of the standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many threads to use [default: one for each processor].
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    jobs: Option<i64>,
    /// Compare with an older report in JSON.
    #[arg(long, value_name = "OLD.json")]
    diff: Option<PathBuf>,
    /// Write the findings to this file as the new record (for those who work on the audit).
    #[arg(long, value_name = "FILE", conflicts_with_all = ["claims", "section"])]
    record: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Junit,
    Markdown,
}

/// A pair of spins and how strongly it is squeezed.
#[derive(Args)]
struct MetrologyArgs {
    /// The spin S of each ensemble: 1/2, 1, 3/2, ...
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    spin: String,
    #[command(flatten)]
    squeezing: system::SqueezingArgs,
}

/// Parses the arguments, runs the command, and turns the outcome into an exit status.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let usage_error = error.use_stderr();
            // A closed pipe is the reader's decision, not an error.
            let _ = error.print();
            return ExitCode::from(if usage_error { 3 } else { 0 });
        }
    };
    match run(cli) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(if matches!(error, CliError::Interrupted) { 130 } else { 3 })
        }
    }
}

fn run(cli: Cli) -> Result<u8, CliError> {
    match cli.command.unwrap_or(Command::Audit(AuditArgs::default())) {
        Command::Audit(args) => audit::run(args, cli.json),
        Command::Claims => ledger::claims(cli.json),
        Command::Show { id } => ledger::show(&id, cli.json),
        Command::Check { path } => check::run(&path, cli.json),
        Command::Metrology(args) => metrology::run(&args, cli.json),
        Command::Evolve(args) => evolve::run(&args, cli.json),
        Command::Steady(args) => steady::run(&args, cli.json),
        Command::Moments(args) => moments::run(&args, cli.json),
        Command::Local(args) => local::run(&args, cli.json),
        Command::MeanField(args) => meanfield::run(&args, cli.json),
        Command::Figure(args) => figure::run(&args, cli.json),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "twomode", &mut script);
            output::print(&String::from_utf8_lossy(&script)).map(|()| 0)
        }
        #[cfg(feature = "book")]
        Command::Book(command) => book::run(&command),
    }
}
