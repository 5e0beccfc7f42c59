//! Output that is whole or absent.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::CliError;

/// Prints to the standard output; a reader that has gone away is no error.
pub fn print(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(source) if source.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CliError::Write { to: "the standard output".to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// A file to write later, whose folder exists.
pub struct Target {
    file: PathBuf,
    folder: PathBuf,
}

impl Target {
    /// Checks the folder before any work is done.
    pub fn new(option: &'static str, file: &Path) -> Result<Self, CliError> {
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        if !folder.is_dir() || file.is_dir() {
            return Err(CliError::NoFolder { option, file: file.to_owned(), folder });
        }
        Ok(Self { file: file.to_owned(), folder })
    }

    /// Writes the whole text into a temporary file beside it, then renames.
    pub fn write(&self, text: &str) -> Result<(), CliError> {
        let failed = |source| CliError::Write { to: self.file.display().to_string(), source };
        let mut temporary = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        temporary.write_all(text.as_bytes()).map_err(failed)?;
        temporary.persist(&self.file).map_err(|e| failed(e.error))?;
        Ok(())
    }
}
