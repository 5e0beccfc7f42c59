//! A server for reading the book on this computer.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};

use tiny_http::{Header, Request, Response, Server};

use crate::audit::report::Report;

use super::build::build;
use super::error::BookError;

/// Builds the book, then serves it on 127.0.0.1 (port 0: any free one) until the process ends; `ready` is called with
/// the address.
pub fn serve(
    source: &Path,
    output: &Path,
    report: &Report,
    port: u16,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), BookError> {
    build(source, output, report)?;
    let fail = |message: String| BookError::Listen { port, message };
    let server = Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|error| fail(error.to_string()))?;
    let address = server.server_addr().to_ip().ok_or_else(|| fail("no address".to_owned()))?;
    ready(address);
    for request in server.incoming_requests() {
        // A reader that went away is no error of ours.
        let _ = answer(output, request);
    }
    Ok(())
}

fn answer(output: &Path, request: Request) -> std::io::Result<()> {
    let file = file(output, request.url()).and_then(|path| Some((File::open(&path).ok()?, content_type(&path))));
    match file {
        Some((file, kind)) => {
            let header: Result<Header, ()> = Header::from_bytes("Content-Type", kind);
            let mut response = Response::from_file(file);
            header.into_iter().for_each(|header| response.add_header(header));
            request.respond(response)
        }
        None => request.respond(Response::from_string("not found").with_status_code(404)),
    }
}

/// The file of an address, if it is inside the book.
fn file(output: &Path, url: &str) -> Option<PathBuf> {
    let relative = Path::new(url.split(['?', '#']).next()?.trim_start_matches('/'));
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    let path = output.join(relative);
    let path = if path.is_dir() { path.join("index.html") } else { path };
    (inside && path.is_file()).then_some(path)
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt" | "csv") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_book_are_served() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "x").unwrap();
        assert_eq!(file(folder.path(), "/"), Some(folder.path().join("index.html")));
        assert_eq!(file(folder.path(), "/index.html?a=1#b"), Some(folder.path().join("index.html")));
        for url in ["/../index.html", "/missing.html", "/./../x", "//etc/passwd", "/..%2findex.html"] {
            assert_eq!(file(folder.path(), url), None, "{url}");
        }
    }
}
