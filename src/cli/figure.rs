//! `twomode figure`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use twomode::figures::data::Data;
use twomode::figures::{Detail, FIGURES, Figure, FigureError, Step, figure};

use super::error::CliError;
use super::output::{Target, print, temporary_in};
use super::progress::Watched;

/// Which figure, and where to put it.
#[derive(Args)]
pub struct FigureArgs {
    /// The id, 1b, 2a, s2a, s4a or s4c; `all` for all of them.
    id: String,
    /// The folder for the files. It is created if only the last part of its path is missing.
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
}

/// Computes, then writes the files of each figure; after Ctrl-C those of the finished figures are there, whole.
pub fn run(args: &FigureArgs, as_json: bool) -> Result<u8, CliError> {
    let figures: Vec<&Figure> = match args.id.as_str() {
        "all" => FIGURES.iter().collect(),
        id => vec![figure(id).map_err(|error| CliError::UnknownFigure { error, near: near(id) })?],
    };
    check_folder(&args.output)?;
    let watch = Watched::new("the figure in progress is given up; those before it are written")?;
    let mut written = Vec::new();
    for (number, figure) in figures.iter().enumerate() {
        let step = Step { watch: &watch, number, count: figures.len() };
        let data = match figure.data(Detail::Full, &step) {
            Ok(data) => data,
            Err(FigureError::Interrupted) => break,
            Err(error) => return Err(error.into()),
        };
        let files = write(&args.output, &files(figure, &data)?)?;
        written.push(json!({"id": figure.id, "where": figure.location, "title": figure.title, "files": files}));
    }
    watch.finish();
    let partial = written.len() < figures.len();
    if as_json {
        print(&super::render::json(&json!({"figures": written, "partial": partial}))?)?;
    } else {
        let names = written.iter().flat_map(|f| f["files"].as_array().into_iter().flatten());
        print(&names.filter_map(|name| Some(format!("{}\n", name.as_str()?))).collect::<String>())?;
    }
    Ok(if partial { 130 } else { 0 })
}

/// The most similar id.
fn near(id: &str) -> Option<String> {
    let lower = id.to_lowercase();
    let ids = FIGURES.iter().map(|f| f.id).chain(["all"]);
    let similar = ids.map(|known| (strsim::damerau_levenshtein(known, &lower), known)).min();
    similar.filter(|(distance, _)| *distance <= 1).map(|(_, known)| known.to_owned())
}

/// Refuses a folder that cannot be created, before any work.
fn check_folder(folder: &Path) -> Result<(), CliError> {
    if folder.is_dir() {
        return temporary_in(folder).map(|_| ());
    }
    if folder.exists() {
        let why = "it is a file; accepted: a folder, or a name that is free".to_owned();
        return Err(CliError::Malformed { path: folder.to_owned(), why });
    }
    Target::new("output", folder).map(|_| ())
}

/// Names and texts: a CSV for each table, JSON with all of them and what they mean, the drawing.
fn files(figure: &Figure, data: &Data) -> Result<Vec<(String, String)>, CliError> {
    let tables = data.tables.iter().map(|t| (format!("{}-{}.csv", figure.id, t.name()), t.csv()));
    let mut files: Vec<_> = tables.collect();
    files.push((format!("{}.json", figure.id), data.json()?));
    files.push((format!("{}.svg", figure.id), figure.svg(data)?));
    Ok(files)
}

/// Writes the files, each whole or not at all, and returns their paths.
fn write(folder: &Path, files: &[(String, String)]) -> Result<Vec<String>, CliError> {
    if !folder.is_dir() {
        let failed = |source| CliError::Write { to: folder.display().to_string(), source };
        std::fs::create_dir(folder).map_err(failed)?;
    }
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        Target::new("output", &path)?.write(text)?;
        paths.push(path.display().to_string());
    }
    Ok(paths)
}
