//! What a long command shows while it runs, and how Ctrl-C ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use twomode::numeric::evolve::Watch;

use super::error::CliError;

/// A flag that becomes true at Ctrl-C, so that what was found is still printed; `then` tells the user what comes. A second
/// Ctrl-C ends the program at once.
pub fn interruptible(then: &'static str) -> Result<Arc<AtomicBool>, CliError> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    let handler = move || {
        if flag.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        eprintln!("interrupted: {then}");
    };
    ctrlc::set_handler(handler).map_err(|e| CliError::System(format!("cannot handle Ctrl-C: {e}")))?;
    Ok(stop)
}

/// A progress bar on the error output; hidden where that is no terminal.
pub fn bar(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}

/// Shows how far a numerical computation is and how long it will still take, and stops it at Ctrl-C.
pub struct Watched {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
}

/// The steps of the bar.
const STEPS: u64 = 1000;

impl Watched {
    /// Starts to watch; `then` says what happens after Ctrl-C.
    pub fn new(then: &'static str) -> Result<Self, CliError> {
        Ok(Self { bar: bar(STEPS, "{bar:30} {percent}% {elapsed}, {eta} left"), stop: interruptible(then)? })
    }

    /// Takes the bar away; whether Ctrl-C was pressed.
    pub fn finish(&self) -> bool {
        self.bar.finish_and_clear();
        self.stop()
    }
}

impl Watch for Watched {
    fn advanced(&self, part: f64) {
        self.bar.set_position((part * STEPS as f64) as u64);
    }
    fn stop(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}
