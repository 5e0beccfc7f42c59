//! `twomode book`.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::Subcommand;
use twomode::audit::Selection;
use twomode::book;
use twomode::claims::Limits;

use super::audit::with_progress;
use super::error::CliError;

/// What to do with the book.
#[derive(Subcommand)]
pub enum BookCommand {
    /// Audit the paper and build the book.
    Build {
        /// The folder of the book's source.
        #[arg(long, default_value = "book")]
        source: PathBuf,
        /// Where to put the pages.
        #[arg(long, default_value = "book/build")]
        output: PathBuf,
    },
    /// Build the book and serve it on this machine.
    Serve {
        /// The folder of the book's source.
        #[arg(long, default_value = "book")]
        source: PathBuf,
        /// Where to put the pages.
        #[arg(long, default_value = "book/build")]
        output: PathBuf,
        /// The port; 0 takes any that is free.
        #[arg(long, default_value_t = 3000)]
        port: u16,
    },
}

/// Audits, then builds or serves.
pub fn run(command: &BookCommand) -> Result<u8, CliError> {
    let report = with_progress(&Selection::default(), Limits { max_2s: 100 }, &AtomicBool::new(false));
    let result = match command {
        BookCommand::Build { source, output } => book::build(source, output, &report),
        BookCommand::Serve { source, output, port } => {
            book::serve(source, output, &report, *port, |address| eprintln!("the book is at http://{address}"))
        }
    };
    result.map(|()| 0).map_err(|e| CliError::System(e.to_string()))
}
