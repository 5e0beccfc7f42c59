//! Finds the formulas and directives of a chapter; knows nothing of what they mean.
//!
//! Code, HTML tags and comments are found by the Markdown parser that mdBook uses and are left alone.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::error::Mistake;

/// A part of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Markdown, to be left as it is.
    Text(&'a str),
    /// A formula.
    Formula {
        /// The formula without its dollar signs.
        latex: String,
        /// True between double dollar signs.
        display: bool,
    },
    /// Something that the report fills in.
    Directive(Directive<'a>),
}

/// Something that the report fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive<'a> {
    /// `{{claim ID}}`
    Claim(&'a str),
    /// `{{number ID.NAME}}`
    Number(&'a str, &'a str),
    /// `{{figure ID}}`
    Figure(&'a str),
    /// `{{summary}}`
    Summary,
    /// `{{findings}}`
    Findings,
}

/// A part of a chapter, or a mistake in it, with its line.
pub(super) type Found<'a> = (usize, Result<Piece<'a>, Mistake>);

/// Takes a chapter apart. The pieces, in order, make up the whole text.
pub(super) fn scan(text: &str) -> Vec<Found<'_>> {
    let mut scanner = Scanner { text, opaque: opaque(text), pending: 0, found: Vec::new() };
    scanner.run();
    scanner.found
}

/// The ranges in which a dollar sign or a brace means nothing, in order.
fn opaque(text: &str) -> Vec<Range<usize>> {
    let is_comment = |range: &Range<usize>| text[range.clone()].trim_start().starts_with("<!--");
    Parser::new_ext(text, markdown())
        .into_offset_iter()
        .filter(|(event, range)| match event {
            Event::Code(_) | Event::InlineHtml(_) | Event::Start(Tag::CodeBlock(_)) => true,
            Event::Start(Tag::HtmlBlock) => is_comment(range),
            _ => false,
        })
        .map(|(_, range)| range)
        .collect()
}

/// The Markdown that mdBook reads.
fn markdown() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

struct Scanner<'a> {
    text: &'a str,
    opaque: Vec<Range<usize>>,
    /// Where the text not yet handed out begins.
    pending: usize,
    found: Vec<Found<'a>>,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(mark) = self.next_mark(at) {
            at = match self.opaque.iter().find(|range| range.contains(&mark)) {
                Some(range) => range.end,
                None => self.special(mark),
            };
        }
        self.hand_out_text(self.text.len());
    }

    /// The next backslash, dollar sign or double brace.
    fn next_mark(&self, at: usize) -> Option<usize> {
        let tail = self.text.get(at..)?;
        let marks = [tail.find('\\'), tail.find('$'), tail.find("{{")];
        marks.into_iter().flatten().min().map(|offset| at + offset)
    }

    /// Handles what begins at a mark and returns where to go on.
    fn special(&mut self, mark: usize) -> usize {
        let tail = &self.text[mark..];
        match tail.as_bytes()[0] {
            b'\\' => mark + 1 + tail[1..].chars().next().map_or(0, char::len_utf8),
            b'$' => self.formula(mark),
            _ if tail.starts_with("{{#") => mark + 3, // mdBook's own
            _ => self.directive(mark),
        }
    }

    fn formula(&mut self, mark: usize) -> usize {
        let sign = if self.text[mark..].starts_with("$$") { "$$" } else { "$" };
        let start = mark + sign.len();
        let paragraph = self.paragraph_end(start);
        let Some(end) = closing(&self.text[start..paragraph], sign).map(|offset| start + offset) else {
            let first = self.text[mark..].lines().next().unwrap_or_default().to_owned();
            return self.hand_out(mark, paragraph, Err(Mistake::UnclosedFormula { start: first }));
        };
        let latex = self.unquoted(mark, &self.text[start..end]);
        let is_directive =
            ["{{claim", "{{number", "{{figure", "{{summary", "{{findings"].iter().any(|d| latex.contains(d));
        let piece = if is_directive {
            Err(Mistake::DirectiveInFormula { formula: latex })
        } else {
            Ok(Piece::Formula { latex, display: sign == "$$" })
        };
        self.hand_out(mark, end + sign.len(), piece)
    }

    fn directive(&mut self, mark: usize) -> usize {
        let line = self.text[mark..].lines().next().unwrap_or_default();
        let text = line.find("}}").map_or(line, |end| &line[..end + 2]);
        let end = mark + text.len();
        let piece = match parse(text) {
            None => Err(Mistake::Malformed { text: text.to_owned() }),
            Some(directive) if directive.is_block() && !self.is_alone(mark, end) => {
                Err(Mistake::NotAlone { text: text.to_owned() })
            }
            Some(directive) => Ok(Piece::Directive(directive)),
        };
        self.hand_out(mark, end, piece)
    }

    /// Hands out the text before a piece, then the piece; returns its end.
    fn hand_out(&mut self, start: usize, end: usize, piece: Result<Piece<'a>, Mistake>) -> usize {
        self.hand_out_text(start);
        self.found.push((self.line(start), piece));
        self.pending = end;
        end
    }

    fn hand_out_text(&mut self, end: usize) {
        if self.pending < end {
            let text = Piece::Text(&self.text[self.pending..end]);
            self.found.push((self.line(self.pending), Ok(text)));
        }
    }

    /// The line of a position, from 1.
    fn line(&self, at: usize) -> usize {
        1 + self.text[..at].matches('\n').count()
    }

    /// True when nothing else is on the line.
    fn is_alone(&self, start: usize, end: usize) -> bool {
        let before = self.text[..start].chars().next_back();
        let after = self.text[end..].lines().next().unwrap_or_default();
        before.is_none_or(|c| c == '\n') && after.trim().is_empty()
    }

    /// Where the first blank line from here on begins.
    fn paragraph_end(&self, at: usize) -> usize {
        let mut end = at;
        for (i, line) in self.text[at..].split_inclusive('\n').enumerate() {
            if i > 0 && line.trim_matches(|c: char| c == '>' || c.is_whitespace()).is_empty() {
                break;
            }
            end += line.len();
        }
        end
    }

    /// A formula of several lines inside a quotation without the quotation marks at its line starts.
    fn unquoted(&self, mark: usize, latex: &str) -> String {
        let line_start = self.text[..mark].rfind('\n').map_or(0, |i| i + 1);
        if !self.text[line_start..mark].starts_with('>') {
            return latex.to_owned();
        }
        let lines = latex.split('\n').map(|line| line.strip_prefix('>').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Directive<'_> {
    /// True for what stands between paragraphs.
    pub fn is_block(self) -> bool {
        !matches!(self, Directive::Number(..))
    }
}

/// Where the closing sign is, backslashes skipping one character.
fn closing(text: &str, sign: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(i, c)| {
        let found = !escaped && text[i..].starts_with(sign);
        escaped = c == '\\' && !escaped;
        found.then_some(i)
    })
}

/// The meaning of `{{...}}`.
fn parse(text: &str) -> Option<Directive<'_>> {
    let inner = text.strip_prefix("{{")?.strip_suffix("}}")?;
    match *inner.split_whitespace().collect::<Vec<_>>() {
        ["claim", id] => Some(Directive::Claim(id)),
        ["number", target] => {
            let (id, name) = target.split_once('.')?;
            (!id.is_empty() && !name.is_empty()).then_some(Directive::Number(id, name))
        }
        ["figure", id] => Some(Directive::Figure(id)),
        ["summary"] => Some(Directive::Summary),
        ["findings"] => Some(Directive::Findings),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formulas(text: &str) -> Vec<String> {
        let pieces = scan(text).into_iter().filter_map(|(_, piece)| piece.ok());
        pieces.filter_map(|piece| if let Piece::Formula { latex, .. } = piece { Some(latex) } else { None }).collect()
    }

    fn mistakes(text: &str) -> Vec<(usize, Mistake)> {
        scan(text).into_iter().filter_map(|(line, piece)| piece.err().map(|mistake| (line, mistake))).collect()
    }

    #[test]
    fn directives() {
        assert_eq!(parse("{{claim s36a}}"), Some(Directive::Claim("s36a")));
        assert_eq!(parse("{{ number s36a.peak.height }}"), Some(Directive::Number("s36a", "peak.height")));
        assert_eq!(parse("{{figure s4a}}"), Some(Directive::Figure("s4a")));
        assert_eq!(parse("{{summary}}"), Some(Directive::Summary));
        assert_eq!(parse("{{findings}}"), Some(Directive::Findings));
        for bad in [
            "{{claim}}",
            "{{claim a b}}",
            "{{number a}}",
            "{{number .b}}",
            "{{figure}}",
            "{{nothing}}",
            "{{}}",
            "{{claim a",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn code_comments_and_escapes_are_left_alone() {
        for text in
            ["`$a$`", "```\n$a$ {{claim x}}\n```\n", "    $a$\n", "\\$a \\$b", "<!-- $a {{b -->\n", "{{#include x}}"]
        {
            assert_eq!(scan(text), [(1, Ok(Piece::Text(text)))], "{text}");
        }
    }

    #[test]
    fn formulas_keep_what_markdown_would_take() {
        assert_eq!(formulas("$a_1*b_1*c$ and $$x\n- y\n+ z$$"), ["a_1*b_1*c", "x\n- y\n+ z"]);
        assert_eq!(formulas("term\n:   first\n\n    second $a$\n"), ["a"]);
        assert_eq!(formulas(r"$\text{\$5}$"), [r"\text{\$5}"]);
        assert_eq!(formulas("> $$a\n> = b$$"), ["a\n = b"]);
        assert_eq!(formulas("| $|m\\rangle$ | $x$ |\n|--|--|\n"), ["|m\\rangle", "x"]);
    }

    #[test]
    fn mistakes_have_lines() {
        assert_eq!(
            mistakes("a\n\nb $x\n\nc$"),
            [(3, Mistake::UnclosedFormula { start: "$x".into() }), (5, Mistake::UnclosedFormula { start: "$".into() }),]
        );
        assert_eq!(mistakes("a\n{{claim x"), [(2, Mistake::Malformed { text: "{{claim x".into() })]);
        assert_eq!(mistakes("a {{claim x}}"), [(1, Mistake::NotAlone { text: "{{claim x}}".into() })]);
        assert_eq!(
            mistakes("${{number x.y}}$"),
            [(1, Mistake::DirectiveInFormula { formula: "{{number x.y}}".into() })]
        );
    }

    #[test]
    fn pieces_make_up_the_text() {
        let text = "é $a$ \\é {{number a.b}} `$` end";
        let parts: Vec<usize> = scan(text).iter().map(|(line, _)| *line).collect();
        assert_eq!(parts, [1; 5]);
    }
}
