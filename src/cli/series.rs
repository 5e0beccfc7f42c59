//! What an evolution prints: quantities at the times that it reached.

use serde_json::{Map, Value, json};

use super::columns::{Column, Columns};
use super::error::CliError;
use super::output::{Target, print};
use super::render;

/// The times that were asked for, and the quantities at those that were reached before the end or an interruption.
pub struct Series<'a> {
    asked: &'a [f64],
    reached: usize,
    complete: bool,
    columns: Columns,
}

impl<'a> Series<'a> {
    /// Columns with a row for each time that was reached.
    pub fn new(asked: &'a [f64], reached: usize, complete: bool, columns: Vec<Column>) -> Self {
        let times = asked[..reached].to_vec();
        Self { asked, reached, complete, columns: Columns { plain: vec![("time", times)], columns } }
    }

    /// Prints JSON, with `more` entries, or a table, with `end` below it; writes the file; gives the exit status, 130 where
    /// times are missing.
    pub fn report(
        &self,
        as_json: bool,
        more: Map<String, Value>,
        end: &str,
        target: Option<Target>,
    ) -> Result<u8, CliError> {
        print(&if as_json { render::json(&self.json(more))? } else { self.table(end) })?;
        if let Some(target) = target {
            target.write(&self.csv())?;
        }
        Ok(if self.complete { 0 } else { 130 })
    }

    fn json(&self, mut map: Map<String, Value>) -> Value {
        map.insert("times".to_owned(), json!(self.asked[..self.reached]));
        for column in &self.columns.columns {
            map.insert(column.key.to_owned(), column.json());
        }
        map.insert("partial".to_owned(), json!(!self.complete));
        Value::Object(map)
    }

    fn table(&self, end: &str) -> String {
        let partial = if self.complete { "" } else { "PARTIAL (interrupted): later times are missing\n" };
        format!("{}{end}{partial}", self.columns.table())
    }

    /// A last line that begins with `#` says that times are missing.
    fn csv(&self) -> String {
        let partial = format!("# partial: {} of {} times\n", self.reached, self.asked.len());
        self.columns.csv() + if self.complete { "" } else { &partial }
    }
}

/// The line about the lowest eigenvalue of the last state.
pub fn lowest_eigenvalue(lowest: f64) -> String {
    format!("lowest eigenvalue of the state at the last time: {lowest:.1e}\n")
}
