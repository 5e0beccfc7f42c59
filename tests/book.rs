//! The book: what it shows, what it refuses, and that the same sources give the same bytes.

#[path = "support/book_refusals.rs"]
mod refusals;
#[path = "support/sample_book.rs"]
mod sample;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use sample::{Sample, report};
use twomode::book::{self, BookError, FormulaError};

// ---- formulas ----

const FORMULAS: [&str; 12] = [
    r"a\sinh^2 r",
    r"\mathcal{N}_Q",
    r"\begin{pmatrix} 1 & 0 \\ 0 & e^{-2r} \end{pmatrix}",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
    r"\underbrace{a + b}_{c}",
    r"\binom{2S}{m}",
    r"\hat{O}^\dagger",
    r"\frac{\sqrt{2}}{\sum_{m=0}^{2S} t^{2m}}",
    r"|m, m'\rangle\langle n|",
    r"\left[ X_+, Y_- \right] = i\,\overline{Z}",
    r"\xi^2_{\text{W}} \le \tfrac12 \quad \forall\, r \ge 0",
    r"a < b > c \& \{x\}",
];

#[test]
fn formulas_are_one_line_of_html_without_scripts() {
    for latex in FORMULAS {
        for display in [false, true] {
            let html = book::render_math(latex, display).unwrap();
            assert!(html.starts_with("<span") && html.ends_with("</span>"), "{latex}: {html}");
            assert!(!html.contains('\n') && !html.contains("<script"), "{latex}: {html}");
            assert_eq!(html.contains("katex-display"), display, "{latex}");
            assert_eq!(html.matches("<span").count(), html.matches("</span>").count(), "{latex}");
        }
    }
}

#[test]
fn formulas_are_deterministic() {
    for latex in FORMULAS {
        let first = book::render_math(latex, true).unwrap();
        let elsewhere = std::thread::spawn(move || book::render_math(latex, true).unwrap()).join().unwrap();
        assert_eq!(first, elsewhere);
        for tag in first.split('<').filter(|tag| tag.contains("=\"")) {
            let names: Vec<&str> = tag.split("=\"").map(|part| part.rsplit([' ', '"']).next().unwrap()).collect();
            assert!(names[..names.len() - 1].is_sorted(), "{tag}");
        }
    }
}

#[test]
fn markdown_leaves_formulas_alone() {
    for latex in FORMULAS {
        let html = book::render_math(latex, false).unwrap();
        let mut out = String::new();
        let options = pulldown_cmark::Options::all();
        let parser = pulldown_cmark::Parser::new_ext(&html, options);
        for event in parser {
            match event {
                pulldown_cmark::Event::InlineHtml(tag) => out.push_str(&tag),
                pulldown_cmark::Event::Text(text) => out.push_str(&text),
                pulldown_cmark::Event::Start(tag) => {
                    assert_eq!(tag, pulldown_cmark::Tag::Paragraph, "{latex}")
                }
                pulldown_cmark::Event::End(_) => {}
                other => panic!("{latex}: {other:?}"),
            }
        }
        assert_eq!(out, decoded(&html), "{latex}");
    }
}

/// The HTML with the entities between its tags replaced, those inside tags kept.
fn decoded(html: &str) -> String {
    let parts = html.split_inclusive('>').map(|part| {
        let (text, tag) = part.split_at(part.find('<').unwrap_or(part.len()));
        plain(text) + tag
    });
    parts.collect()
}

/// The text with its entities replaced.
fn plain(text: &str) -> String {
    let mut text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    for c in ' '..='~' {
        text = text.replace(&format!("&#{};", u32::from(c)), &c.to_string());
    }
    text.replace("&amp;", "&")
}

#[test]
fn unknown_macros_and_open_braces_are_errors() {
    for latex in [r"\nosuchmacro", r"\frac{1}{", r"\begin{pmatrix} 1", "", "  ", "a & b"] {
        let error = book::render_math(latex, false).unwrap_err();
        let BookError::Formula(FormulaError { formula, reason }) = error else { panic!("{latex}: {error}") };
        assert_eq!(formula, latex.trim());
        assert!(!reason.is_empty());
    }
}

// ---- pages ----

#[test]
fn a_page_shows_what_the_report_says() {
    let html = Sample::new().page("states.html");
    for (what, text) in [
        ("anchor and class", r#"class="claim claim-misprint" id="s36a""#),
        ("class of a claim nobody audited", r#"class="claim claim-undecided claim-not-audited" id="fig2""#),
        ("word of the finding", "misprint</span>"),
        ("word of a claim nobody audited", "not audited</span>"),
        ("place in the paper", "(S36a)"),
        ("grade", r#"<strong class="claim-grade">certificate</strong>, all 2S ≥ 0"#),
        ("statement as written", r#"aria-label="Z = \frac{1 - t^{2(m_\text{max}+1)}}{1 - t^2}""#),
        ("its checked form", r#"<details class="claim-checked"><summary>What was checked</summary>"#),
        ("formula of the checked form", r#"aria-label="\sum_{m=0}^{m_{\max}} \tanh^{2m}(r) = f_-""#),
        ("domain of the checked form", "for m_max ≥ 0, finite r ≠ 0:"),
        ("witness", "at 2S = 1, t = 1/2"),
        ("correction", r#"aria-label="Z = (1-t^{2m})""#),
        ("reason", "lost in the exponent"),
        ("further evidence", r#"<strong class="claim-grade">exhaustive</strong>, 2S ≤ 60"#),
        ("mutants", "5 tried, 4 refuted<details><summary>1 not refuted</summary>"),
        ("link to another claim", r#"<a href="introduction.html#eq2">eq2</a>"#),
        ("test", r#"<a href="https://example.org/src/tests/audit.rs"><code>audit s36a</code></a>"#),
        ("fraction", r#"aria-label="-\frac{5}{4}""#),
        ("interval", r#"aria-label="1.24 \ldots 1.26""#),
        ("estimate", r#"aria-label="1.250000000 \pm 10^{-9}""#),
        ("code with a dollar sign", "<code>$HOME$</code>"),
        ("code block", "let x = \"$a$ {{claim nothing}}\";"),
        ("escaped dollar sign", "costs $5 or $6"),
        ("formula in a table", r#"<td><span aria-label="|m\rangle""#),
    ] {
        let decoded = plain(&html);
        assert!(decoded.contains(text), "{what}: `{text}` is missing");
    }
    assert_eq!(main(&html).matches("{{claim").count(), 1, "the one in the code block");
}

/// The checked forms of the printed reading of `s36a` as they stand on its page.
fn shown_as_checked(checked: serde_json::Value) -> String {
    let mut report = report();
    let claim = report.claims.iter_mut().find(|claim| claim.id == "s36a").unwrap();
    let count = checked.as_array().unwrap().len();
    let reading = claim.printed.as_mut().unwrap();
    reading.statements = vec!["Z = 1".to_owned(); count];
    reading.checked = serde_json::from_value(checked).unwrap();
    let sample = Sample::new();
    book::build(&sample.root(), &sample.path("out"), &report).unwrap();
    let html = plain(&fs::read_to_string(sample.path("out/states.html")).unwrap());
    let (_, rest) = html.split_once(r#"aria-label="Z = 1""#).unwrap();
    let (reading, _) = rest.split_once("Refuted by").unwrap();
    reading.to_owned()
}

#[test]
fn what_was_checked_can_be_unfolded() {
    let form = |formula: &str, domain: &str| serde_json::json!({"formula": formula, "domain": domain});
    // A statement that is shown as it was checked needs nothing further, nor does a number.
    let same = serde_json::json!([{"domain": "m_max >= 1"}, null]);
    assert!(!shown_as_checked(same).contains("claim-checked"));
    // A domain is named once; a statement that is shown as it was checked needs no item, and the others keep their number.
    let forms = [
        form("x = 1", "x > 0"),
        form("x = 2", "x > 0"),
        serde_json::json!({"domain": "any real y"}),
        form("x = 3", "x != 0"),
    ];
    let html = shown_as_checked(serde_json::json!(forms));
    assert_eq!(html.matches("for x > 0:").count(), 1);
    assert!(
        html.contains(r#"<li value="4"><span class="claim-domain">for x ≠ 0:"#) && !html.contains("value=\"3\""),
        "{html}"
    );
    assert!(html.contains(r#"aria-label="x = 2""#) && !html.contains("--json"));
    // Neither a long formula nor a long list of formulas makes a page long.
    let long = ["x"; 400].join("+");
    let html =
        shown_as_checked(serde_json::json!([form("x = 1", "x > 0"), form(&long, "x > 0"), form("x = 1", "x > 0")]));
    assert!(html.contains("1 not shown here; all are in <code>twomode show s36a --json</code>"), "{html}");
    assert!(html.contains(r#"<li value="3">as above</li>"#), "{html}");
    let html = shown_as_checked(serde_json::json!([form(&long, "x > 0")]));
    assert!(html.contains("too long for this page") && !html.contains("<details"), "{html}");
    assert!(html.len() < 1000);
    let many: Vec<_> = (0..30).map(|k| form(&format!("x = {k}{}", "1".repeat(90)), "x > 0")).collect();
    assert!(shown_as_checked(serde_json::json!(many)).contains("20 not shown here"));
    // A wide one that fits is broken into lines.
    let wide = [r"\tanh^{2m}(r)\,f_-"; 12].join("-");
    let html = shown_as_checked(serde_json::json!([form(&format!("x = {wide}"), "x > 0")]));
    assert!(html.contains(r"\begin{aligned}&x\\&= "), "{html}");
}

#[test]
fn the_introduction_counts_and_lists() {
    let html = Sample::new().page("introduction.html");
    assert!(html.contains("misprint</td><td>1</td>"));
    assert!(html.contains("all claims</td><td>3</td>"));
    assert!(html.contains(r#"<a href="states.html#s36a">s36a</a>"#));
    assert_eq!(html.matches("<li class=\"claim-").count(), 1);
}

#[test]
fn no_source_url_no_link() {
    let sample = Sample::new();
    sample.write("book.toml", "[book]\ntitle = \"Sample\"\n");
    let html = sample.page("states.html");
    assert!(html.contains("<code>audit s36a</code>") && !html.contains("tests/audit.rs"));
}

#[test]
fn boxes_in_subfolders_link_back_to_the_top() {
    let sample = Sample::new();
    sample.write("src/SUMMARY.md", "- [I](introduction.md)\n- [S](deep/states.md)\n");
    fs::create_dir(sample.path("src/deep")).unwrap();
    fs::rename(sample.path("src/states.md"), sample.path("src/deep/states.md")).unwrap();
    let mut report = report();
    for claim in &mut report.claims[1..] {
        claim.chapter = Some(format!("deep/states.html#{}", claim.id));
    }
    book::build(&sample.root(), &sample.path("out"), &report).unwrap();
    let html = fs::read_to_string(sample.path("out/deep/states.html")).unwrap();
    assert!(html.contains(r#"<a href="../introduction.html#eq2">eq2</a>"#));
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let sample = Sample::new();
    let pages = ["introduction.html", "states.html", "index.html", "print.html"];
    let read = |out: &str| pages.map(|page| fs::read(sample.path(out).join(page)).unwrap());
    sample.build("a").unwrap();
    sample.build("b").unwrap();
    assert_eq!(read("a"), read("b"));
}

#[test]
fn the_theme_needs_no_network() {
    let sample = Sample::with_theme();
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book");
    book::build(&sample.root(), &out, &report()).unwrap();
    let html = fs::read_to_string(out.join("states.html")).unwrap();
    for tag in html.split('<').filter(|tag| tag.starts_with("script") || tag.starts_with("link")) {
        assert!(!tag.contains("//"), "{tag}");
    }
    let css = files(&out.join("theme/katex")).into_iter().find(|f| f.extension().is_some_and(|e| e == "css")).unwrap();
    let css = fs::read_to_string(css).unwrap();
    let fonts: Vec<&str> = css.split("url(").skip(1).map(|tail| tail.split(')').next().unwrap()).collect();
    assert_eq!(fonts.len(), 20);
    for font in fonts {
        assert!(out.join("theme/katex").join(font).is_file(), "{font}");
    }
}

#[test]
fn our_own_book_has_the_styles_of_its_formulas() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("book");
    let toml = fs::read_to_string(root.join("book.toml")).unwrap();
    for style in ["theme/katex/katex.css", "theme/claims.css"] {
        assert!(toml.contains(style) && root.join(style).is_file(), "{style}");
    }
}

// ---- building ----

#[test]
fn a_new_build_replaces_the_old_one_and_leaves_nothing_else() {
    let sample = Sample::new();
    sample.build("out").unwrap();
    fs::write(sample.path("out/stale.html"), "").unwrap();
    sample.build("out").unwrap();
    assert!(sample.path("out/index.html").is_file() && !sample.path("out/stale.html").exists());
    let names: Vec<PathBuf> = files(&sample.root());
    assert!(names.iter().all(|name| name.extension().is_none_or(|e| e != "partial")), "{names:?}");
}

#[test]
fn a_failed_build_changes_nothing() {
    let sample = Sample::new();
    sample.build("out").unwrap();
    let before = fs::read(sample.path("out/states.html")).unwrap();
    sample.append("src/states.md", "\n$x");
    sample.build("out").unwrap_err();
    assert_eq!(fs::read(sample.path("out/states.html")).unwrap(), before);
    assert_eq!(files(&sample.root()).len(), 3, "book.toml, src, out");
}

#[test]
fn served_pages_arrive() {
    let sample = Sample::new();
    let (send, receive) = std::sync::mpsc::channel();
    let (root, out) = (sample.root(), sample.path("out"));
    std::thread::spawn(move || book::serve(&root, &out, &report(), 0, |address| send.send(address).unwrap()));
    let address = receive.recv().unwrap();
    assert!(address.ip().is_loopback());
    let get = |path: &str| {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let page = get("/states.html");
    assert!(page.contains(" 200 ") && page.contains("text/html") && page.contains("id=\"s36a\""), "{page}");
    assert!(get("/../book.toml").contains(" 404 "));
}

// ---- helpers ----

/// The files and folders in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The text of a page without its frame.
fn main(html: &str) -> &str {
    html.split("<main>").nth(1).and_then(|tail| tail.split("</main>").next()).unwrap_or(html)
}
