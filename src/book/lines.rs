//! Breaks a long formula into lines, before a relation or a sign that stands outside of every bracket.
//!
//! It understands the LaTeX that `model::latex` prints. In other LaTeX it may miss a place, but never cuts a group in two.

/// The widest line, in letters of the text size: what fits into a box on a page.
const WIDEST: f64 = 58.0;

/// The formula, in lines where it is wide.
pub(super) fn broken(latex: &str) -> String {
    if width(latex) <= WIDEST || latex.contains(['&', '\n']) || latex.contains(r"\\") {
        return latex.to_owned();
    }
    let lines: Vec<String> = sides(latex).into_iter().flat_map(filled).collect();
    format!(r"\begin{{aligned}}&{}\end{{aligned}}", lines.join(r"\\&"))
}

/// The left side, then each relation with what follows it.
fn sides(latex: &str) -> Vec<&str> {
    let mut sides = Vec::new();
    let mut rest = latex;
    while let Some(at) = [" = ", " > ", r" \le ", r" \ge "].into_iter().filter_map(|relation| rest.find(relation)).min()
    {
        sides.push(&rest[..at]);
        // Behind the first space, so that the relation is not found again.
        rest = &rest[at + 1..];
    }
    sides.push(rest);
    sides
}

/// One side in as few lines as its terms allow; all but the first are indented.
fn filled(side: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for term in terms(side) {
        match lines.last_mut() {
            Some(line) if width(line) + width(term) <= WIDEST => line.push_str(term),
            Some(_) => lines.push(format!(r"\quad {term}")),
            None => lines.push(term.to_owned()),
        }
    }
    lines
}

/// The terms of a sum, each with its sign.
fn terms(side: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    // Groups that must stay together, and brackets that ought to.
    let (mut group, mut depth, mut at) = (0, 0, 0);
    // A sign at the beginning or behind the relation is no place to cut, nor is one that is an index.
    let (mut begun, mut before) = (false, "");
    while let Some(token) = token(&side[at..]) {
        match token {
            "{" => group += 1,
            "}" => group -= 1,
            "(" | "[" | "|" | r"\langle" => depth += 1,
            ")" | "]" | r"\rangle" => depth -= 1,
            _ if sized(token, r"\left") => group += 1,
            _ if sized(token, r"\right") => group -= 1,
            "+" | "-" if (group, depth) == (0, 0) && begun && !["_", "^"].contains(&before) => cuts.push(at),
            _ => {}
        }
        begun |= !["", "=", ">", r"\le", r"\ge"].contains(&token.trim());
        before = token;
        at += token.len();
    }
    cuts.push(side.len());
    cuts.windows(2).map(|ends| &side[ends[0]..ends[1]]).collect()
}

/// Whether a token is this command with the bracket that it sizes.
fn sized(token: &str, command: &str) -> bool {
    token.strip_prefix(command).is_some_and(|bracket| !bracket.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The first token: a command with the bracket that it sizes, or one character.
fn token(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let mut end = first.len_utf8();
    if first == '\\' {
        let letters = text[1..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len() - 1);
        end = 1 + letters.max(text[1..].chars().next().map_or(0, char::len_utf8));
        if [r"\left", r"\right"].contains(&&text[..end]) {
            end += text[end..].chars().next().map_or(0, char::len_utf8);
        }
    }
    Some(&text[..end])
}

/// About how wide a formula is, in letters.
fn width(latex: &str) -> f64 {
    let mut rest = latex;
    let mut sum = 0.0;
    while let Some(token) = token(rest) {
        rest = &rest[token.len()..];
        let mut argument = || {
            let group = group(rest);
            rest = &rest[group.len()..];
            width(group)
        };
        sum += match token {
            r"\frac" => argument().max(argument()),
            r"\binom" => 1.0 + argument().max(argument()),
            "^" | "_" => 0.7 * argument(),
            r"\hat" | r"\," | r"\operatorname" | r"\mathrm" | "{" | "}" | " " => 0.0,
            r"\quad" | r"\sum" => 2.0,
            r"\tanh" | r"\sinh" | r"\cosh" => 4.0,
            "=" | ">" | "+" | "-" | r"\le" | r"\ge" => 2.0,
            _ => 1.0,
        };
    }
    sum
}

/// The first group in braces, or the first token.
fn group(text: &str) -> &str {
    let mut depth = 0;
    let mut at = 0;
    while let Some(token) = token(&text[at..]) {
        at += token.len();
        depth += match token {
            "{" => 1,
            "}" => -1,
            _ => 0,
        };
        if depth <= 0 {
            break;
        }
    }
    &text[..at]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_cut_outside_of_brackets() {
        let side = r"= -x^{a+b}\left(c-d\right)|m-1,m+1\rangle+o(m+1)-\frac{a-b}{c}";
        assert_eq!(terms(side), [r"= -x^{a+b}\left(c-d\right)|m-1,m+1\rangle", "+o(m+1)", r"-\frac{a-b}{c}"]);
        assert_eq!(terms("-a"), ["-a"]);
        assert_eq!(terms(r"= -f_-+f_+-\hat X_-^2"), ["= -f_-", "+f_+", r"-\hat X_-^2"]);
        assert_eq!(terms(r"\lim_{a\rightarrow 1+b}c"), [r"\lim_{a\rightarrow 1+b}c"]);
        assert_eq!(terms(r"a)^{b+c}\left[d-e\right)-f"), [r"a)^{b+c}\left[d-e\right)-f"]);
        assert_eq!(sides(r"a \le b = c"), ["a", r"\le b", "= c"]);
    }

    #[test]
    fn only_wide_formulas_are_broken_and_nothing_is_lost() {
        assert_eq!(broken("a = b+c"), "a = b+c");
        let term = r"\tanh^{2m}(r)\,o^2(m)";
        let wide = format!("{0} = {0}+{0}-{0}+{0}+{0}", term);
        let lines = broken(&wide);
        assert!(lines.starts_with(r"\begin{aligned}&\tanh") && lines.contains(r"\\&= ") && lines.contains(r"\quad +"));
        let joined = [r"\begin{aligned}", r"\end{aligned}", r"\\", "&", r"\quad ", " "]
            .iter()
            .fold(lines.clone(), |text, part| text.replace(part, ""));
        assert_eq!(joined, wide.replace(' ', ""));
        for line in lines.split(r"\\&") {
            assert!(width(line) <= WIDEST + 2.0 || terms(line).len() == 1, "{line}");
        }
    }

    #[test]
    fn widths() {
        assert_eq!(width(r"\frac{abc}{d}"), 3.0);
        assert_eq!(width(r"\left(a\right)"), 3.0);
        assert_eq!(width(r"\hat O_1^\dagger"), 2.4);
    }
}
