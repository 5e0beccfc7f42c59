//! Curves, axes and legend as SVG.
//!
//! Written here and not by a plotting crate because the drawing has to live in a page: lines and letters in
//! `currentColor` follow the theme around them, and as a document of its own the drawing brings a background for light
//! and dark. Text uses the generic family `sans-serif` and common letters; indices are shifted spans. The legend stands
//! beside the plot, the heading above both, so that they never cover a curve. Curves differ in colour, in marker and by
//! their order in the legend.
//!
//! Labels mark formulas by `$`: inside, letters are italic, `_` and `^` lower and raise the next character or
//! `{group}`.

use std::fmt::Write;

use super::FigureError;

/// The palette of Okabe and Ito, without those that are too pale on white; its orange is a little darker here. Each has
/// a contrast of at least 3 with white, with the dark background of the drawing and with the dark themes of the book.
const PALETTE: [&str; 5] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#C07F00"];

/// Size in pixels, when shown as it is.
const SIZE: [f64; 2] = [760.0, 452.0];
/// The left, upper and lower edge of the plot; its right edge leaves room for the legend.
const LEFT: f64 = 76.0;
const TOP: f64 = 38.0;
const BOTTOM: f64 = SIZE[1] - 58.0;
/// Width of a letter of the legend, on average, rather too large.
const LETTER: f64 = 7.6;
/// From the plot to the text of the legend.
const SAMPLE: f64 = 56.0;
/// Markers on a line.
const MARKERS: usize = 6;

const STYLE: &str = "svg:root{background:#fff;color:#222}\
                     @media(prefers-color-scheme:dark){svg:root{background:#1b1e24;color:#e4e4e4} }";

/// An axis with its range.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    label: String,
    range: [f64; 2],
    logarithmic: bool,
}

impl Axis {
    /// Equal steps.
    pub fn linear(label: &str, range: [f64; 2]) -> Self {
        Self { label: label.to_owned(), range, logarithmic: false }
    }

    /// Equal factors; the range must be positive.
    pub fn log(label: &str, range: [f64; 2]) -> Self {
        Self { label: label.to_owned(), range, logarithmic: true }
    }

    /// Where a value is, from 0 to 1.
    fn part(&self, value: f64) -> f64 {
        let scale = |x: f64| if self.logarithmic { x.ln() } else { x };
        let [from, to] = self.range.map(scale);
        (scale(value) - from) / (to - from)
    }

    /// Values with labels, and values with a small tick alone.
    fn ticks(&self) -> (Vec<(f64, String)>, Vec<f64>) {
        let [from, to] = self.range;
        let inside = |value: &f64| (-1e-9..=1.0 + 1e-9).contains(&self.part(*value));
        if !self.logarithmic {
            let raw = (to - from) / 6.0;
            let power = 10f64.powf(raw.log10().floor());
            let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| *s >= raw).unwrap_or(raw);
            let decimals = (-step.log10().floor()).max(0.0) as usize;
            let first = (from / step).ceil() as i64;
            let values = (first..).map(|k| k as f64 * step).take_while(inside);
            return (values.map(|v| (v, format!("{v:.decimals$}"))).collect(), Vec::new());
        }
        let decades = from.log10().floor() as i32..=to.log10().ceil() as i32;
        let all =
            |mantissas: &'static [f64]| decades.clone().flat_map(|k| mantissas.iter().map(move |m| m * 10f64.powi(k)));
        let fine = all(&[2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]).filter(inside).collect();
        if (to / from).log10() < 2.5 {
            return (all(&[1.0, 2.0, 5.0]).filter(inside).map(|v| (v, format!("{v}"))).collect(), fine);
        }
        let name = |k: i32| if k == 0 { "1".to_owned() } else { format!("$10^{{{k}}}$") };
        let coarse = decades.clone().map(|k| (10f64.powi(k), name(k))).filter(|(v, _)| inside(v)).collect();
        (coarse, fine)
    }
}

/// How a reference line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}

#[derive(Clone, Debug, PartialEq)]
enum Look {
    /// A coloured line with some markers: which colour and marker.
    Line(usize),
    /// A marker at each point, joined by a line.
    Points(usize),
    /// A thin line in the colour of the text.
    Reference(Stroke),
}

/// A curve. One without a label is not in the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    label: String,
    look: Look,
    points: Vec<[f64; 2]>,
}

impl Curve {
    /// A coloured line with a few markers; `place` chooses colour and marker.
    pub fn line(label: &str, place: usize, points: Vec<[f64; 2]>) -> Self {
        Self { label: label.to_owned(), look: Look::Line(place), points }
    }

    /// A marker at each point, joined by a thin line.
    pub fn points(label: &str, place: usize, points: Vec<[f64; 2]>) -> Self {
        Self { label: label.to_owned(), look: Look::Points(place), points }
    }

    /// A thin line in the colour of the text.
    pub fn reference(label: &str, stroke: Stroke, points: Vec<[f64; 2]>) -> Self {
        Self { label: label.to_owned(), look: Look::Reference(stroke), points }
    }

    /// A horizontal thin line.
    pub fn level(label: &str, stroke: Stroke, y: f64) -> Self {
        Self::reference(label, stroke, vec![[f64::NEG_INFINITY, y], [f64::INFINITY, y]])
    }
}

/// A drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// A line above the plot: what is fixed in it.
    pub heading: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The curves; later ones lie above earlier ones.
    pub curves: Vec<Curve>,
}

impl Plot {
    /// Axes without curves.
    pub fn new(heading: &str, x: Axis, y: Axis) -> Self {
        Self { heading: heading.to_owned(), x, y, curves: Vec::new() }
    }

    /// The drawing as SVG. `id` makes the names inside it different from those of other drawings on the same page.
    ///
    /// # Errors
    /// An axis whose range is empty, not finite, or not positive for a logarithmic one.
    ///
    /// ```
    /// use twomode::figures::draw::{Axis, Curve, Plot};
    /// let mut plot = Plot::new("$r$ = 1", Axis::linear("time $γt$", [0.0, 2.0]), Axis::log("$ξ^2$", [0.1, 1.0]));
    /// plot.curves.push(Curve::line("a & b", 0, vec![[0.0, 1.0], [2.0, 0.1]]));
    /// let svg = plot.svg("1b", "title", "caption").unwrap();
    /// assert!(svg.contains("a &amp; b") && svg.ends_with("</svg>\n"));
    /// plot.y = Axis::log("$ξ^2$", [0.0, 1.0]);
    /// assert!(plot.svg("1b", "title", "caption").is_err());
    /// ```
    pub fn svg(&self, id: &'static str, title: &str, caption: &str) -> Result<String, FigureError> {
        for axis in [&self.x, &self.y] {
            let [from, to] = axis.range;
            let usable = from.is_finite() && to.is_finite() && from < to && (from > 0.0 || !axis.logarithmic);
            if !usable {
                return Err(FigureError::Axis { figure: id, from, to });
            }
        }
        let letters = self.curves.iter().map(|c| width(&c.label)).max().unwrap_or(0) as f64;
        let right = SIZE[0] - SAMPLE - LETTER * letters - 8.0;
        let canvas = Canvas { x: [LEFT, right], y: [BOTTOM, TOP], plot: self };
        let [w, h] = SIZE;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
             height=\"{h}\" role=\"img\" aria-labelledby=\"title-{id} caption-{id}\" font-family=\"sans-serif\" \
             font-size=\"14\" fill=\"none\">\n<title id=\"title-{id}\">{}</title>\n\
             <desc id=\"caption-{id}\">{}</desc>\n<style>{STYLE}</style>\n<clipPath id=\"inside-{id}\"><rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{}\" \
             height=\"{}\"/></clipPath>\n",
            escaped(title),
            escaped(caption),
            number(right - LEFT),
            number(BOTTOM - TOP),
        );
        let above = format!("class=\"heading\" x=\"{LEFT}\" y=\"{}\" fill=\"currentColor\"", TOP - 14.0);
        svg += &text(&self.heading, &above);
        svg += &canvas.axes();
        let _ = writeln!(svg, "<g clip-path=\"url(#inside-{id})\" stroke-linejoin=\"round\">");
        self.curves.iter().for_each(|curve| svg += &canvas.line(curve));
        svg += "</g>\n";
        self.curves.iter().for_each(|curve| svg += &canvas.markers(curve));
        svg += &canvas.legend();
        Ok(svg + "</svg>\n")
    }
}

/// The plot in pixels: the ends of both axes.
struct Canvas<'a> {
    x: [f64; 2],
    y: [f64; 2],
    plot: &'a Plot,
}

impl Canvas<'_> {
    /// The place of a point; outside by at most one size of the plot.
    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let at = |[from, to]: [f64; 2], part: f64| from + (to - from) * part.clamp(-1.0, 2.0);
        [at(self.x, self.plot.x.part(x)), at(self.y, self.plot.y.part(y))]
    }

    fn contains(&self, [x, y]: [f64; 2]) -> bool {
        (self.x[0] - 0.5..=self.x[1] + 0.5).contains(&x) && (self.y[1] - 0.5..=self.y[0] + 0.5).contains(&y)
    }

    /// Frame, grid, ticks and labels.
    fn axes(&self) -> String {
        let ([left, right], [bottom, top]) = (self.x, self.y);
        let (mut grid, mut ticks, mut labels) = (String::new(), String::new(), String::new());
        let (coarse, fine) = self.plot.x.ticks();
        for (value, name) in coarse {
            let x = number(self.place([value, self.plot.y.range[0]])[0]);
            let _ = write!(grid, "M{x} {bottom}V{top}");
            let _ = write!(ticks, "M{x} {bottom}v6");
            labels += &text(&name, &format!("x=\"{x}\" y=\"{}\" text-anchor=\"middle\"", bottom + 22.0));
        }
        for value in fine {
            let _ = write!(ticks, "M{} {bottom}v3", number(self.place([value, self.plot.y.range[0]])[0]));
        }
        let (coarse, fine) = self.plot.y.ticks();
        for (value, name) in coarse {
            let y = self.place([self.plot.x.range[0], value])[1];
            let _ = write!(grid, "M{left} {}H{}", number(y), number(right));
            let _ = write!(ticks, "M{left} {}h-6", number(y));
            labels += &text(&name, &format!("x=\"{}\" y=\"{}\" text-anchor=\"end\"", left - 10.0, number(y + 5.0)));
        }
        for value in fine {
            let _ = write!(ticks, "M{left} {}h-3", number(self.place([self.plot.x.range[0], value])[1]));
        }
        let [across, up] = [0.5 * (left + right), 0.5 * (bottom + top)].map(number);
        let below = format!("x=\"{across}\" y=\"{}\" text-anchor=\"middle\"", SIZE[1] - 12.0);
        labels += &text(&self.plot.x.label, &below);
        labels +=
            &text(&self.plot.y.label, &format!("transform=\"translate(18 {up}) rotate(-90)\" text-anchor=\"middle\""));
        let (width, height) = (number(right - left), bottom - top);
        format!(
            "<g stroke=\"currentColor\">\n<path d=\"{grid}\" opacity=\"0.13\"/>\n\
             <path d=\"{ticks}\" opacity=\"0.7\"/>\n<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" opacity=\"0.7\"/>\n</g>\n\
             <g fill=\"currentColor\">\n{labels}</g>\n"
        )
    }

    /// The points of a curve in pixels; on a logarithmic axis only what is positive.
    fn pixels(&self, curve: &Curve) -> Vec<[f64; 2]> {
        let places = curve.points.iter().map(|point| self.place(*point));
        places.filter(|place| place.iter().all(|x| x.is_finite())).collect()
    }

    fn line(&self, curve: &Curve) -> String {
        let points: Vec<String> =
            self.pixels(curve).into_iter().map(|[x, y]| format!("{} {}", number(x), number(y))).collect();
        if points.is_empty() {
            return String::new();
        }
        format!("<path d=\"M{}\" {}/>\n", points.join("L"), curve.look.stroke())
    }

    /// Markers at every point, or at equal distances along a line.
    fn markers(&self, curve: &Curve) -> String {
        let inside: Vec<[f64; 2]> = self.pixels(curve).into_iter().filter(|p| self.contains(*p)).collect();
        let draw = |at: &[f64; 2], place: usize| marker(*at, place);
        match curve.look {
            Look::Reference(_) => String::new(),
            Look::Points(place) => inside.iter().map(|at| draw(at, place)).collect(),
            Look::Line(place) => {
                let mut length = vec![0.0];
                for pair in inside.windows(2) {
                    length.push(length[length.len() - 1] + (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]));
                }
                let whole = length[length.len() - 1];
                let shift = 0.3 + 0.1 * (place % PALETTE.len()) as f64;
                let positions = (0..MARKERS).map(|k| (k as f64 + shift) / MARKERS as f64 * whole);
                let nearest = positions.filter_map(|at| inside.get(length.partition_point(|l| *l < at)));
                nearest.map(|at| draw(at, place)).collect()
            }
        }
    }

    fn legend(&self) -> String {
        let mut drawn = String::new();
        let from = self.x[1] + 16.0;
        for (row, curve) in self.plot.curves.iter().filter(|c| !c.label.is_empty()).enumerate() {
            let y = TOP + 14.0 + 25.0 * row as f64;
            let _ = writeln!(drawn, "<path d=\"M{} {y}h32\" {}/>", number(from), curve.look.stroke());
            if let Look::Line(place) | Look::Points(place) = curve.look {
                drawn += &marker([from + 16.0, y], place);
            }
            let place = format!("x=\"{}\" y=\"{}\" fill=\"currentColor\"", number(self.x[1] + SAMPLE), y + 5.0);
            drawn += &text(&curve.label, &place);
        }
        format!("<g class=\"legend\">\n{drawn}</g>\n")
    }
}

impl Look {
    fn stroke(&self) -> String {
        match self {
            Self::Line(place) => format!("stroke=\"{}\" stroke-width=\"2.5\"", PALETTE[place % PALETTE.len()]),
            Self::Points(place) => format!("stroke=\"{}\" stroke-width=\"1.5\"", PALETTE[place % PALETTE.len()]),
            Self::Reference(Stroke::Dashed) => {
                "stroke=\"currentColor\" stroke-width=\"1.3\" stroke-dasharray=\"7 4\"".to_owned()
            }
            Self::Reference(Stroke::Dotted) => {
                "stroke=\"currentColor\" stroke-width=\"1.6\" stroke-dasharray=\"0.1 4\" stroke-linecap=\"round\""
                    .to_owned()
            }
        }
    }
}

/// Circle, square, triangle, diamond, triangle on its tip.
fn marker([x, y]: [f64; 2], place: usize) -> String {
    let shape = [
        "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
        "m-4 -4h8v8h-8z",
        "m0 -5.5l5 9h-10z",
        "m0 -6l5 6l-5 6l-5 -6z",
        "m0 5.5l5 -9h-10z",
    ][place % 5];
    format!("<path d=\"M{} {}{shape}\" fill=\"{}\"/>\n", number(x), number(y), PALETTE[place % PALETTE.len()])
}

/// A pixel with one decimal.
fn number(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    format!("{}", rounded + 0.0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A run of letters of a label.
struct Run {
    letters: String,
    italic: bool,
    /// 1 raised, -1 lowered.
    shift: i32,
}

/// A label as runs of letters that look alike.
fn runs(label: &str) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let (mut formula, mut shift, mut group) = (false, 0, false);
    for c in label.chars() {
        match c {
            '$' => formula = !formula,
            '^' if formula => shift = 1,
            '_' if formula => shift = -1,
            '{' if formula => group = true,
            '}' if formula => (group, shift) = (false, 0),
            c => {
                let italic = formula && c.is_alphabetic();
                let c = if formula && c == '-' { '−' } else { c };
                match found.last_mut().filter(|run| run.italic == italic && run.shift == shift) {
                    Some(run) => run.letters.push(c),
                    None => found.push(Run { letters: c.to_string(), italic, shift }),
                }
                if !group {
                    shift = 0;
                }
            }
        }
    }
    found
}

/// The number of letters of a label.
fn width(label: &str) -> usize {
    runs(label).iter().map(|run| run.letters.chars().count()).sum()
}

/// A label with these attributes.
fn text(label: &str, attributes: &str) -> String {
    let mut spans = String::new();
    let mut level = 0.0;
    for run in runs(label) {
        let wanted = [4.0, 0.0, -5.5][(run.shift + 1) as usize];
        let mut style = String::new();
        if wanted != level {
            let _ = write!(style, " dy=\"{}\"", wanted - level);
        }
        if run.shift != 0 {
            style += " font-size=\"11\"";
        }
        if run.italic {
            style += " font-style=\"italic\"";
        }
        level = wanted;
        let _ = write!(spans, "<tspan{style}>{}</tspan>", escaped(&run.letters));
    }
    format!("<text {attributes}>{spans}</text>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis) -> Vec<String> {
        axis.ticks().0.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn ticks_are_round_numbers_inside_the_range() {
        assert_eq!(labels(&Axis::linear("", [0.0, 1.0])), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(&Axis::linear("", [0.0, 40.0])), ["0", "10", "20", "30", "40"]);
        assert_eq!(labels(&Axis::log("", [0.5, 25.0])), ["0.5", "1", "2", "5", "10", "20"]);
        assert_eq!(labels(&Axis::log("", [1e-3, 1.2])), ["$10^{-3}$", "$10^{-2}$", "$10^{-1}$", "1"]);
    }

    /// The ratio of WCAG 2 for two colours `#rrggbb`.
    fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |colour: &str| -> f64 {
            let channel = |at: usize| {
                let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
                if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let [a, b] = [luminance(a) + 0.05, luminance(b) + 0.05];
        a.max(b) / a.min(b)
    }

    #[test]
    fn colours_are_visible_on_light_and_dark() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        for colour in PALETTE {
            // White, the dark background of the style, and the themes navy, coal and ayu.
            for background in ["#ffffff", "#1b1e24", "#161923", "#131516", "#0f1419"] {
                assert!(contrast(colour, background) >= 3.0, "{colour} on {background}");
            }
        }
    }

    #[test]
    fn labels_are_split_where_they_look_different() {
        let shown = |label: &str| -> Vec<String> {
            runs(label).iter().map(|r| format!("{}{}{}", r.letters, if r.italic { "i" } else { "" }, r.shift)).collect()
        };
        assert_eq!(shown("$X_-$ and"), ["Xi0", "−-1", " and0"]);
        assert_eq!(shown("$e^{-2r}$: 3"), ["ei0", "−21", "ri1", ": 30"]);
        assert_eq!(width("$e^{-2r}$: 3"), 7);
        assert!(text("a<b", "").contains("a&lt;b"));
    }
}
