//! Formulas: LaTeX to HTML while the book is built, so that its pages need no scripts.
//!
//! KaTeX writes the attributes of a tag in an arbitrary order; here they are sorted, so that the same formula
//! always gives the same bytes. Characters with a meaning in Markdown become entities and line ends become
//! spaces: the result passes through Markdown, also inside a table, unchanged.

use katex::types::{OutputFormat, Settings};
use katex::{KatexContext, render_to_string};

use super::error::{BookError, FormulaError};

thread_local! {
    static CONTEXT: KatexContext = KatexContext::default();
}

/// A formula as HTML on one line, for KaTeX's style sheet.
///
/// ```
/// let html = twomode::book::render_math(r"\sinh^2 r", false).unwrap();
/// assert!(html.contains("katex"));
/// assert!(twomode::book::render_math(r"\frac{1}{", false).is_err());
/// ```
pub fn render_math(latex: &str, display: bool) -> Result<String, BookError> {
    Ok(render(latex, display)?)
}

/// As [`render_math`], with the narrower error.
pub(super) fn render(latex: &str, display: bool) -> Result<String, FormulaError> {
    let fail = |reason: String| FormulaError { formula: latex.trim().to_owned(), reason };
    if latex.trim().is_empty() {
        return Err(fail("empty".to_owned()));
    }
    let settings = Settings::builder().display_mode(display).output(OutputFormat::Html).build();
    let html = CONTEXT
        .with(|context| render_to_string(context, &braced_roots(latex.trim()), &settings))
        .map_err(|error| fail(error.to_string()))?;
    Ok(format!("<span aria-label=\"{}\" class=\"formula\" role=\"math\">{}</span>", escape(latex.trim()), tidy(&html)))
}

/// `\sqrt x` as `\sqrt{x}`: katex-rs 0.3 puts a bare argument below the sign instead of beside it.
fn braced_roots(latex: &str) -> String {
    let mut parts = latex.split(r"\sqrt");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let argument = part.trim_start();
        let length = match argument.chars().next() {
            None | Some('{' | '[') => 0,
            Some('\\') => {
                1 + argument[1..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(argument.len() - 1).max(1)
            }
            Some(c) => c.len_utf8(),
        };
        out.push_str(r"\sqrt");
        match argument.split_at_checked(length) {
            Some((bare, rest)) if length > 0 => out.push_str(&format!("{{{bare}}}{rest}")),
            _ => out.push_str(part),
        }
    }
    out
}

/// Text as HTML that Markdown leaves alone, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '&' | '<' | '>' | '"' | '\'' => entity(c, &mut out),
            _ => protect(c, &mut out),
        }
    }
    out
}

/// Text with formulas between dollar signs and code between backquotes, as HTML on one line.
pub(super) fn prose(text: &str) -> Result<String, FormulaError> {
    let mut out = String::new();
    for (i, part) in text.split('`').enumerate() {
        match i % 2 {
            0 => out.push_str(&formulas(part)?),
            _ => out.push_str(&format!("<code>{}</code>", escape(part))),
        }
    }
    Ok(out)
}

/// LaTeX or prose as HTML. Without dollar signs, text with words is prose, and otherwise text with a backslash, a
/// power or a braced index is a formula; words beside bare LaTeX commands are an error.
pub(super) fn formula_or_prose(text: &str, display: bool) -> Result<String, FormulaError> {
    let marks = text.contains(['\\', '^']) || text.contains("_{");
    if text.contains('$') || !marks {
        return prose(text);
    }
    match (has_words(text), text.contains('\\')) {
        (false, _) => render(text, display),
        (true, false) => prose(text),
        (true, true) => Err(FormulaError {
            formula: text.to_owned(),
            reason: "put the formulas of a sentence between dollar signs".to_owned(),
        }),
    }
}

/// True if a word of three letters or more stands outside `\text{...}`.
fn has_words(latex: &str) -> bool {
    let is_word = |word: &str| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
    let outside = latex.split(r"\text").enumerate().map(|(i, part)| match i {
        0 => part,
        _ => part.split_once('}').map_or("", |(_, after)| after),
    });
    outside
        .flat_map(str::split_whitespace)
        .any(|word| is_word(word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '\\')))
}

/// Text with formulas between dollar signs.
fn formulas(text: &str) -> Result<String, FormulaError> {
    let parts: Vec<&str> = text.split('$').collect();
    if parts.len().is_multiple_of(2) {
        let reason = "a dollar sign has no partner".to_owned();
        return Err(FormulaError { formula: text.to_owned(), reason });
    }
    let html = parts.iter().enumerate().map(|(i, part)| match i % 2 {
        0 => Ok(escape(part)),
        _ => render(part, false),
    });
    html.collect()
}

/// KaTeX's HTML with sorted attributes, safe from Markdown.
fn tidy(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tail)) = rest.split_once('<') {
        let (tag, after) = tail.split_once('>').unwrap_or((tail, ""));
        text.chars().for_each(|c| protect(c, &mut out));
        out.push_str(&sorted(tag));
        rest = after;
    }
    rest.chars().for_each(|c| protect(c, &mut out));
    out
}

/// The tag, given without its brackets, with its attributes in order.
fn sorted(tag: &str) -> String {
    let (body, end) = tag.strip_suffix('/').filter(|b| !b.is_empty()).map_or((tag, ""), |b| (b, "/"));
    let (name, mut rest) = body.split_once(' ').unwrap_or((body, ""));
    let mut attributes = Vec::new();
    while let Some((key, tail)) = rest.split_once("=\"") {
        let (value, after) = tail.split_once('"').unwrap_or((tail, ""));
        attributes.push(format!(" {}=\"{}\"", key.trim(), value.replace(['\n', '\r'], " ")));
        rest = after;
    }
    attributes.sort();
    format!("<{name}{}{end}>", attributes.concat())
}

/// Appends a character of HTML text such that Markdown sees nothing in it.
fn protect(c: char, out: &mut String) {
    match c {
        '\n' | '\r' => out.push(' '),
        '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '$' | '|' | '~' => entity(c, out),
        _ => out.push(c),
    }
}

/// Appends a character as a numeric entity.
fn entity(c: char, out: &mut String) {
    out.push_str(&format!("&#{};", u32::from(c)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_sorted_and_kept() {
        assert_eq!(sorted("svg b=\"x y\" a=\"1\""), "<svg a=\"1\" b=\"x y\">");
        assert_eq!(sorted("path d=\"M1\nz\"/"), "<path d=\"M1 z\"/>");
        assert_eq!(sorted("/span"), "</span>");
    }

    #[test]
    fn roots_get_braces() {
        for (latex, braced) in [
            (r"\sqrt m + 1", r"\sqrt{m} + 1"),
            (r"a/\sqrt2b", r"a/\sqrt{2}b"),
            (r"\sqrt\alpha x", r"\sqrt{\alpha} x"),
            (r"\sqrt{2S}\sqrt[3]{x}\sqrt", r"\sqrt{2S}\sqrt[3]{x}\sqrt"),
        ] {
            assert_eq!(braced_roots(latex), braced);
        }
        let (bare, right) = (render(r"\sqrt m", false).unwrap(), render(r"\sqrt{m}", false).unwrap());
        assert_eq!(bare.split_once("<span class=").unwrap().1, right.split_once("<span class=").unwrap().1);
    }

    #[test]
    fn markdown_sees_nothing_in_text() {
        assert_eq!(tidy("<b>a*b_c|d</b>"), "<b>a&#42;b&#95;c&#124;d</b>");
        assert_eq!(escape("1 < 2\n\"x\""), "1 &#60; 2 &#34;x&#34;");
    }

    #[test]
    fn a_correction_is_latex_or_prose() {
        let is_formula = |text| formula_or_prose(text, true).map(|html| html.contains("katex-display"));
        for latex in [r"\frac12 \quad \text{for all } m", "e^{2r}", "m_{max} + 1", r"\left( a \right)"] {
            assert_eq!(is_formula(latex), Ok(true), "{latex}");
        }
        for prose in ["the index is m, not n", "at t^2 = 1/4: left 5/4, right 3/4", r"read $\sqrt2$ here", "5/4"] {
            assert_eq!(is_formula(prose), Ok(false), "{prose}");
        }
        let error = formula_or_prose(r"the factor \sqrt2 is missing", true).unwrap_err();
        assert!(error.reason.contains("dollar signs"), "{error}");
    }

    #[test]
    fn prose_mixes_text_formulas_and_code() {
        let html = prose("for $r<1$, `a$b` & more").unwrap();
        assert!(html.starts_with("for <span") && html.ends_with(", <code>a&#36;b</code> &#38; more"), "{html}");
        assert!(prose("costs $5").is_err());
    }
}
