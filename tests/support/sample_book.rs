//! A small book with a report of three claims.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use twomode::audit::report::Report;
use twomode::book::{self, BookError};

const BOOK: &str = r#"
[book]
title = "Sample"

[preprocessor.twomode]
source-url = "https://example.org/src/"
"#;

const THEME: &str = r#"
[output.html]
default-theme = "light"
preferred-dark-theme = "navy"
additional-css = ["theme/katex/katex.css", "theme/claims.css"]
"#;

const SUMMARY: &str = "# Summary\n\n- [Introduction](introduction.md)\n- [States](states.md)\n";

const INTRODUCTION: &str = "# Introduction

{{summary}}

{{findings}}

{{claim eq2}}
";

const STATES: &str = r#"# States

{{claim s36a}}

The mean number $a\sinh^2 r$ of $\mathcal{N}_Q$ grows to {{number s36a.peak}}, between {{number s36a.bound}}, and the
ratio is {{number s36a.ratio}}. Code: `$HOME$`; it costs \$5 or \$6.

```rust
let x = "$a$ {{claim nothing}}";
```

$$
\begin{aligned}
  \hat{O}^\dagger |m\rangle &= o(m+1)\,|m+1\rangle \\
  Z &= \underbrace{\tfrac12\left(O^\dagger O - O O^\dagger\right)}_{\text{diagonal}}
- \sum_{m=0}^{2S} \binom{2S}{m} \frac{t^{2m}}{\sqrt{1-t^2}}
\end{aligned}
$$

| state | covariance |
|---|---|
| $|m\rangle$ | $\begin{pmatrix} e^{2r} & 0 \\ 0 & e^{-2r} \end{pmatrix}$ |

> With a quotation:
> $$
> \hat U = e^{r(\hat O_1^\dagger \hat O_2^\dagger - \hat O_1 \hat O_2)}
> $$

{{claim fig2}}
"#;

/// A book in a temporary folder.
pub struct Sample(TempDir);

impl Sample {
    /// A book without a theme of its own.
    pub fn new() -> Sample {
        let sample = Sample(tempfile::tempdir().unwrap());
        fs::create_dir(sample.path("src")).unwrap();
        sample.write("book.toml", BOOK);
        sample.write("src/SUMMARY.md", SUMMARY);
        sample.write("src/introduction.md", INTRODUCTION);
        sample.write("src/states.md", STATES);
        sample
    }

    /// A book with the theme of ours.
    pub fn with_theme() -> Sample {
        let sample = Sample::new();
        sample.write("book.toml", &format!("{BOOK}{THEME}"));
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("book/theme"), &sample.path("theme"));
        sample
    }

    /// Its folder.
    pub fn root(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// A path in its folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    /// Replaces a file.
    pub fn write(&self, relative: &str, text: &str) {
        fs::write(self.path(relative), text).unwrap();
    }

    /// Adds to a file.
    pub fn append(&self, relative: &str, text: &str) {
        let mut file = fs::OpenOptions::new().append(true).open(self.path(relative)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// Builds it into a subfolder.
    pub fn build(&self, output: &str) -> Result<(), BookError> {
        book::build(&self.root(), &self.path(output), &report())
    }

    /// Builds it and reads a page.
    pub fn page(&self, name: &str) -> String {
        self.build("out").unwrap();
        fs::read_to_string(self.path("out").join(name)).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, target) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A claim that holds, a misprint with everything that a report can say, and one that nobody audited.
pub fn report() -> Report {
    serde_json::from_str(include_str!("sample_report.json")).unwrap()
}
