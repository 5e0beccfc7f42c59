//! The book: chapters in Markdown whose boxes, numbers and tables come from the report of the audit.
//!
//! A chapter says `{{claim s36a}}` where the box of a claim belongs, `{{number s36a.peak}}` for one of its numbers,
//! `{{figure 1b}}` for a figure with its caption,
//! `{{summary}}` for the table of findings and `{{findings}}` for the list of what does not hold as printed.
//! Formulas stand between `$` or `$$`. Whatever cannot be filled in stops the build: nothing in the book is
//! typed by hand that the audit knows.
//!
//! - `source` finds formulas and directives in a chapter;
//! - `math` and `number` write formulas as HTML;
//! - `boxes` writes what the report says about a claim, `checked` what the kernel was asked, in `lines`;
//! - `coverage` checks that every claim has its box where the report says;
//! - `links` checks that every link inside the book arrives;
//! - `preprocessor` does all this inside mdBook, `build` and `serve` run it.

mod boxes;
mod build;
mod checked;
mod coverage;
mod error;
mod lines;
mod links;
mod math;
mod number;
mod preprocessor;
mod serve;
mod source;

pub use build::build;
pub use coverage::coverage;
pub use error::{BookError, FormulaError, Mistake, Problem};
pub use math::render_math;
pub use serve::serve;
