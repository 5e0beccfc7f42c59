//! Tables of numbers with their errors, as CSV and JSON.

use serde::Serialize;

use super::FigureError;
use crate::numeric::Estimate;

/// One quantity in all its values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Short name without spaces: the heading in the CSV.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// Its unit; `1` for pure numbers.
    pub unit: String,
    /// The values.
    pub values: Vec<f64>,
    /// Absolute error of each value; absent for what was chosen and not computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<f64>>,
}

impl Column {
    /// Values that were chosen: parameters and abscissae.
    pub fn given(name: &str, meaning: &str, unit: &str, values: Vec<f64>) -> Self {
        let [name, meaning, unit] = [name, meaning, unit].map(str::to_owned);
        Self { name, meaning, unit, values, errors: None }
    }

    /// Values that were computed, pure numbers.
    pub fn computed(name: &str, meaning: &str, estimates: &[Estimate]) -> Self {
        let values = estimates.iter().map(|e| e.value).collect();
        Self { errors: Some(estimates.iter().map(|e| e.error).collect()), ..Self::given(name, meaning, "1", values) }
    }

    /// The same in another unit.
    pub fn in_unit(self, unit: &str) -> Self {
        Self { unit: unit.to_owned(), ..self }
    }
}

/// Columns of equal length.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    name: String,
    columns: Vec<Column>,
}

impl Table {
    /// A table of these columns.
    ///
    /// # Errors
    /// No columns, two of the same name, lengths that differ, a value that is not finite, an error that is negative.
    ///
    /// ```
    /// use twomode::figures::data::{Column, Table};
    /// let column = |name, n| Column::given(name, "a number", "1", vec![0.5; n]);
    /// assert!(Table::new("curves", vec![column("a", 3), column("b", 3)]).is_ok());
    /// let refused = Table::new("curves", vec![column("a", 3), column("b", 2)]).unwrap_err();
    /// assert_eq!(refused.to_string(), "table curves: column b has 2 values; accepted: 3, as in column a");
    /// ```
    pub fn new(name: &str, columns: Vec<Column>) -> Result<Self, FigureError> {
        let refused = |why: String| FigureError::Table { table: name.to_owned(), why };
        let Some(first) = columns.first() else {
            return Err(refused("it has no columns; accepted: at least one".to_owned()));
        };
        for (at, column) in columns.iter().enumerate() {
            let heading = &column.name;
            if columns[..at].iter().any(|c| c.name == *heading) {
                return Err(refused(format!("two columns are called {heading}; accepted: different names")));
            }
            let mut lengths = [Some(&column.values), column.errors.as_ref()].into_iter().flatten().map(Vec::len);
            if let Some(length) = lengths.find(|length| *length != first.values.len()) {
                let (expected, leader) = (first.values.len(), &first.name);
                let accepted = format!("accepted: {expected}, as in column {leader}");
                return Err(refused(format!("column {heading} has {length} values; {accepted}")));
            }
            if let Some(value) = column.values.iter().find(|x| !x.is_finite()) {
                return Err(refused(format!("column {heading} contains {value}; accepted: finite numbers")));
            }
            if let Some(error) = column.errors.iter().flatten().find(|e| !(e.is_finite() && **e >= 0.0)) {
                return Err(refused(format!("column {heading} has the error {error}; accepted: finite and >= 0")));
            }
        }
        Ok(Self { name: name.to_owned(), columns })
    }

    /// The name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The values of a column; none if there is no such column.
    pub fn values(&self, name: &str) -> &[f64] {
        self.columns.iter().find(|c| c.name == name).map_or(&[], |c| &c.values)
    }

    /// The rows `(x, y)` in which the column `group` has this value.
    pub fn curve(&self, group: (&str, f64), x: &str, y: &str) -> Vec<[f64; 2]> {
        let rows = self.values(group.0).iter().zip(self.values(x)).zip(self.values(y));
        rows.filter(|((g, _), _)| **g == group.1).map(|((_, x), y)| [*x, *y]).collect()
    }

    /// The different values of a column, in the order in which they come.
    pub fn distinct(&self, name: &str) -> Vec<f64> {
        let mut found = Vec::new();
        for value in self.values(name) {
            if !found.contains(value) {
                found.push(*value);
            }
        }
        found
    }

    /// One line of headings, one line for each row; the error of a column follows it as `NAME_error`. Every number is
    /// written with as many digits as bring the same double back.
    pub fn csv(&self) -> String {
        let mut columns: Vec<(String, &[f64])> = Vec::new();
        for column in &self.columns {
            columns.push((column.name.clone(), &column.values));
            columns.extend(column.errors.iter().map(|errors| (format!("{}_error", column.name), errors.as_slice())));
        }
        let line = |cells: Vec<String>| cells.join(",") + "\n";
        let mut text = line(columns.iter().map(|(name, _)| name.clone()).collect());
        for row in 0..self.columns[0].values.len() {
            text += &line(columns.iter().map(|(_, values)| format!("{:?}", values[row])).collect());
        }
        text
    }
}

/// Everything that a figure shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Data {
    /// The id of the figure.
    pub id: &'static str,
    /// The figure of the paper whose caption it follows.
    #[serde(rename = "where")]
    pub location: &'static str,
    /// What it shows, in a few words.
    pub title: &'static str,
    /// What it shows, in a few sentences.
    pub caption: &'static str,
    /// What was chosen, by name.
    pub parameters: Vec<Parameter>,
    /// The numbers.
    pub tables: Vec<Table>,
}

/// A fixed quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// What it is.
    pub meaning: &'static str,
}

impl Data {
    /// The table of this name.
    ///
    /// # Errors
    /// There is none.
    pub fn table(&self, name: &str) -> Result<&Table, FigureError> {
        let missing = || FigureError::Table { table: name.to_owned(), why: format!("figure {} has none", self.id) };
        self.tables.iter().find(|t| t.name == name).ok_or_else(missing)
    }

    /// The value of the parameter of this name.
    ///
    /// # Errors
    /// There is none.
    pub fn parameter(&self, name: &str) -> Result<f64, FigureError> {
        let why = || format!("figure {} has no {name}", self.id);
        let missing = || FigureError::Table { table: "parameters".to_owned(), why: why() };
        self.parameters.iter().find(|p| p.name == name).map(|p| p.value).ok_or_else(missing)
    }

    /// Everything as JSON.
    ///
    /// # Errors
    /// Only if the serialiser fails.
    pub fn json(&self) -> Result<String, FigureError> {
        let text = serde_json::to_string_pretty(self).map_err(|e| FigureError::Json(e.to_string()))?;
        Ok(text + "\n")
    }
}
