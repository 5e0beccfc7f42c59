//! Named columns of estimates: as JSON, CSV or a table.

use comfy_table::{ContentArrangement, Table};
use serde_json::{Map, Value, json};
use twomode::numeric::Estimate;
use twomode::numeric::evolve::Moments;
use twomode::numeric::noise::PairMoments;

use super::render::plain_table;

/// One quantity, with a value in each row where it has one.
pub struct Column {
    /// The name in JSON and CSV.
    pub key: &'static str,
    /// The name in a table.
    pub symbol: &'static str,
    exists: bool,
    values: Vec<Option<Estimate>>,
}

/// Columns of the same length; the first ones are plain numbers.
pub struct Columns {
    /// Numbers without an error: name and values.
    pub plain: Vec<(&'static str, Vec<f64>)>,
    /// Numbers with an error.
    pub columns: Vec<Column>,
}

impl Column {
    /// Numbers that are not finite count as undefined.
    pub fn new(key: &'static str, symbol: &'static str, values: impl IntoIterator<Item = Option<Estimate>>) -> Self {
        let finite = |e: &Estimate| e.value.is_finite() && e.error.is_finite();
        Self { key, symbol, exists: true, values: values.into_iter().map(|e| e.filter(finite)).collect() }
    }

    /// The same column; `exists` says whether these systems have such a quantity at all.
    pub fn only_if(self, exists: bool) -> Self {
        Self { exists, ..self }
    }

    /// The value in the first row.
    pub fn value(&self) -> Option<Estimate> {
        self.row(0)
    }

    fn row(&self, row: usize) -> Option<Estimate> {
        self.values.get(row).copied().flatten()
    }

    /// A list of the values, null where there is none; null instead of the list when there is no such quantity.
    pub fn json(&self) -> Value {
        let values = || self.values.iter().map(|e| e.map_or(Value::Null, number)).collect();
        if self.exists { values() } else { Value::Null }
    }
}

/// `{"value": x, "error": e}`.
pub fn number(e: Estimate) -> Value {
    json!({"value": e.value, "error": e.error})
}

/// The values in the first row, each with its name, null where there is none.
pub fn object(columns: &[Column]) -> Map<String, Value> {
    columns.iter().map(|c| (c.key.to_owned(), c.value().map_or(Value::Null, number))).collect()
}

/// The values in the first row as a table, all digits; what has no value is left out.
pub fn quantities(columns: &[Column]) -> Table {
    let mut table = plain_table(["quantity", "value", "error"]);
    for column in columns {
        if let Some(e) = column.value() {
            table.add_row([column.symbol.to_owned(), e.value.to_string(), format!("{:.0e}", e.error)]);
        }
    }
    table
}

impl Columns {
    /// A header and a line for each row; the error of each quantity follows it, and what is not defined is empty.
    pub fn csv(&self) -> String {
        let names = self.plain.iter().map(|(name, _)| (*name).to_owned());
        let header = names.chain(self.columns.iter().flat_map(|c| [c.key.to_owned(), format!("{}_error", c.key)]));
        let mut text = header.collect::<Vec<_>>().join(",") + "\n";
        for row in 0..self.rows() {
            let plain = self.plain.iter().map(|(_, values)| exact(Some(values[row])));
            let estimates = self.columns.iter().flat_map(|c| {
                let e = c.row(row);
                [exact(e.map(|e| e.value)), exact(e.map(|e| e.error))]
            });
            text += &(plain.chain(estimates).collect::<Vec<_>>().join(",") + "\n");
        }
        text
    }

    /// A table in which each number has the digits that its error leaves, six at most.
    pub fn table(&self) -> String {
        let shown: Vec<&Column> = self.columns.iter().filter(|c| c.exists).collect();
        let header = self.plain.iter().map(|(name, _)| *name).chain(shown.iter().map(|c| c.symbol));
        let mut table = plain_table(header.collect::<Vec<_>>());
        // A number must not be broken, wide as the table may be.
        table.set_content_arrangement(ContentArrangement::Disabled);
        for row in 0..self.rows() {
            let plain = self.plain.iter().map(|(_, values)| values[row].to_string());
            let estimates = shown.iter().map(|c| c.row(row).map_or_else(|| "-".to_owned(), brief));
            table.add_row(plain.chain(estimates).collect::<Vec<_>>());
        }
        format!("{table}\n")
    }

    fn rows(&self) -> usize {
        self.plain.first().map_or(0, |(_, values)| values.len())
    }
}

/// The columns of expectation values, a row for each entry; `atoms` in all, where there are atoms.
pub fn moments(moments: &[Moments], atoms: Option<f64>) -> Vec<Column> {
    let column =
        |key, symbol, value: &dyn Fn(&Moments) -> Option<Estimate>| Column::new(key, symbol, moments.iter().map(value));
    let equal = moments.iter().any(|m| m.infidelity.is_some());
    vec![
        column("x_plus_sq", "X+²", &|m| Some(m.quadratures[0])),
        column("x_minus_sq", "X-²", &|m| Some(m.quadratures[1])),
        column("y_plus_sq", "Y+²", &|m| Some(m.quadratures[2])),
        column("y_minus_sq", "Y-²", &|m| Some(m.quadratures[3])),
        column("z1", "Z1", &|m| Some(m.z[0])),
        column("z2", "Z2", &|m| Some(m.z[1])),
        column("xi2", "xi²", &|m| xi2(m, atoms)).only_if(atoms.is_some()),
        column("infidelity", "infidelity", &|m| m.infidelity).only_if(equal),
        column("purity", "purity", &|m| Some(m.purity)),
        column("trace", "trace", &|m| Some(m.trace)),
    ]
}

/// The columns of means and covariances of two ensembles.
pub fn pair_moments<'a>(pairs: impl Iterator<Item = &'a PairMoments>) -> Vec<Column> {
    const SYMBOLS: [&str; 9] = ["Z1", "Z2", "C11xx", "C22xx", "C11zz", "C22zz", "C12xx", "C12zz", "X+²"];
    let rows: Vec<_> = pairs.map(PairMoments::named).collect();
    let column = |k: usize| {
        let key = rows.first().map_or("", |row| row[k].0);
        Column::new(key, SYMBOLS[k], rows.iter().map(|row| Some(row[k].1)))
    };
    (0..SYMBOLS.len()).map(column).collect()
}

/// Defined for atoms whose polarisation is not zero to within its error.
fn xi2(moments: &Moments, atoms: Option<f64>) -> Option<Estimate> {
    let [z1, z2] = moments.z;
    let polarised = (z1.value + z2.value).abs() > z1.error + z2.error;
    atoms.filter(|_| polarised).map(|n| moments.xi2(n))
}

/// All digits; empty for what is no number.
fn exact(x: Option<f64>) -> String {
    x.filter(|x| x.is_finite()).map(|x| format!("{x:?}")).unwrap_or_default()
}

/// The digits that the error leaves, six at most; `0(1e-16)` when it leaves none.
fn brief(e: Estimate) -> String {
    let Estimate { value, error } = e;
    if value.abs() <= error {
        return if error == 0.0 { "0".to_owned() } else { format!("0({error:.0e})") };
    }
    let digits = (value.abs() / error).log10().clamp(1.0, 6.0) as usize;
    let scientific = format!("{value:.*e}", digits - 1);
    let magnitude: i32 = scientific.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(i32::MAX);
    let decimals = digits as i32 - 1 - magnitude;
    if (-4..6).contains(&magnitude) { format!("{value:.*}", decimals.max(0) as usize) } else { scientific }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_that_the_error_leaves_are_shown() {
        for (value, error, shown) in [
            (-0.5, 1e-16, "-0.500000"),
            (123.456, 0.2, "123"),
            (123.456, 0.05, "123"),
            (123.456, 0.01, "123.5"),
            (0.999_999_999, 1e-12, "1.00000"),
            (1.24e-9, 1e-11, "1.2e-9"),
            (3e-17, 1e-16, "0(1e-16)"),
            (0.0, 0.0, "0"),
            (7.0, 0.0, "7.00000"),
        ] {
            assert_eq!(brief(Estimate { value, error }), shown);
        }
    }
}
