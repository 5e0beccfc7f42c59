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

/// A file to write later, beside which a temporary one is already open.
pub struct Target {
    file: PathBuf,
    temporary: tempfile::NamedTempFile,
}

impl Target {
    /// Finds out before any work is done whether the file can be written: its folder exists and takes a file, and what stands
    /// there now, if anything, is a file too. A link is followed.
    pub fn new(option: &'static str, file: &Path) -> Result<Self, CliError> {
        let refused = |why: &str| CliError::Malformed { path: file.to_owned(), why: why.to_owned() };
        if file.is_dir() {
            return Err(refused("it is a folder; accepted: the name of a file"));
        }
        if file.exists() && !file.is_file() {
            return Err(refused("it is a device or a pipe; accepted: a file, or a name that is free"));
        }
        let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        if !folder.is_dir() {
            return Err(CliError::NoFolder { option, file, folder });
        }
        let temporary = temporary_in(&folder)?;
        Ok(Self { file, temporary })
    }

    /// Writes the whole text into the temporary file, then renames it.
    pub fn write(mut self, text: &str) -> Result<(), CliError> {
        let failed = |source| CliError::Write { to: self.file.display().to_string(), source };
        self.temporary.write_all(text.as_bytes()).map_err(failed)?;
        self.temporary.persist(&self.file).map_err(|e| failed(e.error))?;
        Ok(())
    }
}

/// A temporary file with the permissions of any new file; it shows that the folder can be written to.
pub fn temporary_in(folder: &Path) -> Result<tempfile::NamedTempFile, CliError> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).map_err(|source| CliError::Write { to: folder.display().to_string(), source })
}
