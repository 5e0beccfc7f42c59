//! Figures 1(b), S4(a) and S4(c): what happens in time, from `|0,0>`.

use super::data::{Column, Data, Parameter, Table};
use super::draw::{Axis, Curve, Plot, Stroke};
use super::{Detail, Figure, FigureError, Step, linspace, spin_name};
use crate::numeric::Estimate;
use crate::numeric::evolve::{Moments, Watch, evolve};
use crate::numeric::lindblad::Dissipation;
use crate::numeric::metrology::SpinPair;
use crate::numeric::state::Initial;

/// Figure 1(b).
pub(super) const VARIANCES: Figure = Figure {
    id: "1b",
    location: "Fig. 1(b)",
    title: "Variances under the engineered dissipation",
    caption: "Two spins 9/2 start in |0,0> and are driven by the dissipation of Eq. (10) with r = 0.75. All four \
              variances start at S. Those of X+ and Y- coincide and fall; those of X- and Y+ coincide and rise. \
              Dashed: the steady state in closed form. Dotted: the start.",
    make: variances,
    plot: draw_variances,
};

/// Figure S4(a).
pub(super) const BY_R: Figure = Figure {
    id: "s4a",
    location: "Fig. S4(a)",
    title: "Approach to the steady state for several r",
    caption: "Infidelity with the steady state for two spins 5/2 that start in |0,0>. Time is logarithmic, so that \
              fast and slow curves can be read together. Dashed: A e^(-λt) through two points of each curve, its end \
              and three quarters of that time; a curve ends at 10^-12, below the drawing, or at γt = 200. Larger r \
              makes the approach slower.",
    make: by_r,
    plot: draw_by_r,
};

/// Figure S4(c).
pub(super) const BY_SPIN: Figure = Figure {
    id: "s4c",
    location: "Fig. S4(c)",
    title: "Approach to the steady state for several spins",
    caption: "Infidelity with the steady state at r = 1.5 for two spins S that start in |0,0>. Time is logarithmic, so \
              that fast and slow curves can be read together. Dashed: A e^(-λt) through two points of each curve, \
              its end and three quarters of that time; a curve ends at 10^-12, below the drawing, or at γt = 200. \
              Larger spins arrive sooner.",
    make: by_spin,
    plot: draw_by_spin,
};

const SPIN: usize = 9;
const SQUEEZING: f64 = 0.75;
/// In units of 1/γ; at the end the variances are steady to four digits.
const END: f64 = 2.0;

const QUADRATURES: [(&str, &str); 4] = [
    ("x_plus_sq", "variance of X+"),
    ("x_minus_sq", "variance of X-"),
    ("y_plus_sq", "variance of Y+"),
    ("y_minus_sq", "variance of Y-"),
];
const TIME: [&str; 3] = ["gamma_t", "time", "1/gamma"];

fn time(times: Vec<f64>) -> Column {
    Column::given(TIME[0], TIME[1], TIME[2], times)
}

/// The moments of two equal spins at these times.
fn moments(two_s: usize, r: f64, times: &[f64], watch: &dyn Watch) -> Result<Vec<Moments>, FigureError> {
    let trajectory = evolve(&Dissipation::spins(two_s, two_s, r)?, &Initial::Product(0, 0), times, watch)?;
    if trajectory.complete { Ok(trajectory.moments) } else { Err(FigureError::Interrupted) }
}

fn variances(figure: &Figure, detail: Detail, watch: &dyn Watch) -> Result<Data, FigureError> {
    let times = linspace(0.0, END, if detail == Detail::Full { 200 } else { 20 });
    let found = moments(SPIN, SQUEEZING, &times, watch)?;
    let pair = SpinPair::new(SPIN as u64, SQUEEZING)?;
    let steady = [pair.x_plus_sq(), pair.x_minus_sq(), pair.y_plus_sq(), pair.y_minus_sq()];
    let mut curves = vec![time(times)];
    let mut limits = Vec::new();
    for (q, (name, meaning)) in QUADRATURES.into_iter().enumerate() {
        let estimates: Vec<Estimate> = found.iter().map(|m| m.quadratures[q]).collect();
        curves.push(Column::computed(name, meaning, &estimates));
        limits.push(Column::computed(name, &format!("{meaning} in the steady state"), &[steady[q]]));
    }
    let parameters = vec![
        Parameter { name: "S", value: SPIN as f64 / 2.0, meaning: "size of each spin" },
        Parameter { name: "r", value: SQUEEZING, meaning: "squeezing strength" },
    ];
    let tables = vec![Table::new("curves", curves)?, Table::new("steady", limits)?];
    Ok(Data { parameters, tables, ..figure.empty() })
}

fn draw_variances(data: &Data) -> Result<Plot, FigureError> {
    let (curves, steady) = (data.table("curves")?, data.table("steady")?);
    let times = curves.values(TIME[0]);
    let (spin, r) = (spin_name(2.0 * data.parameter("S")?), data.parameter("r")?);
    let mut plot = Plot::new(
        &format!("Variances of two spins $S$ = {spin} at $r$ = {r}, from |0,0⟩"),
        Axis::linear("time $γt$", [0.0, times.last().copied().unwrap_or(END)]),
        Axis::log("variances ⟨$X_±^2$⟩, ⟨$Y_±^2$⟩", [0.5, 25.0]),
    );
    for (place, (name, label)) in
        [("x_minus_sq", "$X_-$ and $Y_+$ (antisqueezed)"), ("x_plus_sq", "$X_+$ and $Y_-$ (squeezed)")]
            .into_iter()
            .enumerate()
    {
        let points = times.iter().zip(curves.values(name)).map(|(t, y)| [*t, *y]).collect();
        plot.curves.push(Curve::line(label, place, points));
    }
    for (place, name) in ["x_minus_sq", "x_plus_sq"].into_iter().enumerate() {
        let level = steady.values(name).first().copied().unwrap_or(f64::NAN);
        plot.curves.push(Curve::level(if place == 0 { "steady state" } else { "" }, Stroke::Dashed, level));
    }
    let start = curves.values("x_plus_sq").first().copied().unwrap_or(f64::NAN);
    plot.curves.push(Curve::level("start: $S$", Stroke::Dotted, start));
    Ok(plot)
}

/// Where a curve ends: below, rounding of the steady state itself is not far.
const LOWEST: f64 = 1e-12;
/// The first and the last time that are drawn.
const DRAWN: [f64; 2] = [0.1, 200.0];
/// Until here the times are close together.
const DENSE: f64 = 40.0;

/// Every 0.05 at first, then every 1.
fn decay_times(detail: Detail) -> Vec<f64> {
    let steps = if detail == Detail::Full { 800 } else { 80 };
    let mut times = linspace(0.0, DENSE, steps);
    times.extend(linspace(DENSE, DRAWN[1], (DRAWN[1] - DENSE) as usize).into_iter().skip(1));
    times
}

/// One evolution: the value of the parameter that distinguishes the curves, `2S`, `r`.
type Case = (f64, usize, f64);

fn by_r(figure: &Figure, detail: Detail, watch: &dyn Watch) -> Result<Data, FigureError> {
    let cases = [0.5, 1.0, 1.5, 2.0, 2.5].map(|r| (r, 5, r));
    let parameter = Parameter { name: "S", value: 2.5, meaning: "size of each spin" };
    decays(figure, detail, watch, ("r", "squeezing strength"), &cases, parameter)
}

fn by_spin(figure: &Figure, detail: Detail, watch: &dyn Watch) -> Result<Data, FigureError> {
    let cases = [1, 2, 4, 10, 20].map(|two_s| (two_s as f64 / 2.0, two_s, 1.5));
    let parameter = Parameter { name: "r", value: 1.5, meaning: "squeezing strength" };
    decays(figure, detail, watch, ("S", "size of each spin"), &cases, parameter)
}

/// The infidelities of all cases one below the other, and their late rates.
fn decays(
    figure: &Figure,
    detail: Detail,
    watch: &dyn Watch,
    (name, meaning): (&str, &str),
    cases: &[Case],
    fixed: Parameter,
) -> Result<Data, FigureError> {
    let times = decay_times(detail);
    let (mut group, mut at, mut infidelity) = (Vec::new(), Vec::new(), Vec::new());
    let (mut rates, mut factors) = (Vec::new(), Vec::new());
    for (number, (value, two_s, r)) in cases.iter().enumerate() {
        let step = Step { watch, number, count: cases.len() };
        let found = moments(*two_s, *r, &times, &step)?;
        let curve: Vec<Estimate> = found.iter().filter_map(|m| m.infidelity).take_while(|i| i.value > LOWEST).collect();
        let [rate, factor] = late_rate(&times[..curve.len()], &curve);
        group.extend(curve.iter().map(|_| *value));
        at.extend_from_slice(&times[..curve.len()]);
        infidelity.extend(curve);
        rates.push(rate);
        factors.push(factor);
    }
    let curves = vec![
        Column::given(name, meaning, "1", group),
        time(at),
        Column::computed("infidelity", "1 - <psi_G|rho|psi_G>", &infidelity),
    ];
    let fits = vec![
        Column::given(name, meaning, "1", cases.iter().map(|(value, _, _)| *value).collect()),
        Column::computed("rate", "fitted decay rate of the infidelity at late times", &rates).in_unit("gamma"),
        Column::computed("log_factor", "natural logarithm of the factor in front of the exponential", &factors),
    ];
    let ends = Parameter { name: "lowest", value: LOWEST, meaning: "a curve ends below this infidelity" };
    let tables = vec![Table::new("curves", curves)?, Table::new("rates", fits)?];
    Ok(Data { parameters: vec![fixed, ends], tables, ..figure.empty() })
}

/// `λ` and `ln c` of the exponential `c e^{-λt}` through the last quarter of the curve. The error of `λ` is its
/// distance from the slope in the quarter before, plus what the errors of the infidelity make; that of `ln c` follows
/// from it.
fn late_rate(times: &[f64], curve: &[Estimate]) -> [Estimate; 2] {
    let end = times.last().copied().unwrap_or(f64::NAN);
    let index = |t: f64| times.partition_point(|x| *x <= t).saturating_sub(1);
    let [early, middle, late] = [0.5, 0.75, 1.0].map(|part| index(part * end));
    let slope = |from: usize, to: usize| (curve[from].value / curve[to].value).ln() / (times[to] - times[from]);
    let relative = |at: usize| curve[at].error / curve[at].value;
    let rate = slope(middle, late);
    let noise = (relative(middle) + relative(late)) / (times[late] - times[middle]);
    let rate = Estimate { value: rate, error: (rate - slope(early, middle)).abs() + noise };
    let factor = curve[late].value.ln() + rate.value * times[late];
    [rate, Estimate { value: factor, error: relative(late) + rate.error * times[late] }]
}

fn draw_by_r(data: &Data) -> Result<Plot, FigureError> {
    let spin = spin_name(2.0 * data.parameter("S")?);
    draw_decays(
        data,
        &format!("Approach to the steady state: two spins $S$ = {spin}, several $r$, from |0,0⟩"),
        "r",
        |r| format!("$r$ = {r}"),
    )
}

fn draw_by_spin(data: &Data) -> Result<Plot, FigureError> {
    let r = data.parameter("r")?;
    draw_decays(data, &format!("Approach to the steady state: two spins $S$, $r$ = {r}, from |0,0⟩"), "S", |s| {
        format!("$S$ = {}", spin_name(2.0 * s))
    })
}

fn draw_decays(data: &Data, heading: &str, name: &str, label: fn(f64) -> String) -> Result<Plot, FigureError> {
    let (curves, rates) = (data.table("curves")?, data.table("rates")?);
    let mut plot = Plot::new(heading, Axis::log("time $γt$", DRAWN), Axis::log("infidelity", [1e-8, 1.0]));
    for (place, value) in curves.distinct(name).into_iter().enumerate() {
        plot.curves.push(Curve::line(&label(value), place, curves.curve((name, value), TIME[0], "infidelity")));
    }
    let fits = rates.values("rate").iter().zip(rates.values("log_factor"));
    let [from, to] = DRAWN.map(f64::ln);
    for (place, (rate, factor)) in fits.enumerate() {
        let times = linspace(from, to, 400).into_iter().map(f64::exp);
        let points = times.map(|t| [t, (factor - rate * t).exp()]).collect();
        let label = if place == 0 { "$A e^{-λt}$ fitted to the end" } else { "" };
        plot.curves.push(Curve::reference(label, Stroke::Dashed, points));
    }
    Ok(plot)
}
