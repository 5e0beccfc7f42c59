//! Figure 2(a): the Wineland parameter of the steady state of two equal spins.

use super::data::{Column, Data, Table};
use super::draw::{Axis, Curve, Plot, Stroke};
use super::{Detail, Figure, FigureError, linspace, spin_name};
use crate::numeric::Estimate;
use crate::numeric::evolve::Watch;
use crate::numeric::metrology::SpinPair;

/// Figure 2(a).
pub(super) const SPINS: Figure = Figure {
    id: "2a",
    location: "Fig. 2(a)",
    title: "Wineland parameter of the steady state",
    caption: "Wineland parameter of X+ in the steady state, Eq. (8), for two spins of size S = N/4. Below 1 the \
              atoms are entangled. Dashed: the limit of infinite spins. Dotted: the limits 3/(N+4) of infinite r.",
    make,
    plot,
};

/// Twice the spins.
const SPINS_DRAWN: [u64; 5] = [1, 4, 20, 100, 500];
const LAST_R: f64 = 4.0;

fn make(figure: &Figure, detail: Detail, _: &dyn Watch) -> Result<Data, FigureError> {
    let grid = linspace(0.0, LAST_R, if detail == Detail::Full { 200 } else { 20 });
    let (mut spins, mut atoms, mut r, mut xi2) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for two_s in SPINS_DRAWN {
        for at in &grid {
            spins.push(two_s as f64 / 2.0);
            atoms.push(2.0 * two_s as f64);
            r.push(*at);
            xi2.push(SpinPair::new(two_s, *at)?.xi2());
        }
    }
    let rounded = |value: f64| Estimate::relative(value, 4.0 * f64::EPSILON);
    let infinite: Vec<Estimate> = grid.iter().map(|r| rounded((-2.0 * r).exp())).collect();
    let all_atoms = SPINS_DRAWN.map(|two_s| 2.0 * two_s as f64);
    let curves =
        vec![spin(spins), number(atoms), strength(r), Column::computed("xi2", "Wineland parameter of X+", &xi2)];
    let bosons = vec![strength(grid), Column::computed("xi2", "Wineland parameter for infinite S, e^(-2r)", &infinite)];
    let limits = vec![
        spin(SPINS_DRAWN.map(|two_s| two_s as f64 / 2.0).to_vec()),
        number(all_atoms.to_vec()),
        Column::computed(
            "xi2",
            "Wineland parameter for infinite r, 3/(N+4)",
            &all_atoms.map(|n| rounded(3.0 / (n + 4.0))),
        ),
    ];
    let tables = vec![
        Table::new("curves", curves)?,
        Table::new("infinite-spins", bosons)?,
        Table::new("infinite-squeezing", limits)?,
    ];
    Ok(Data { tables, ..figure.empty() })
}

fn spin(values: Vec<f64>) -> Column {
    Column::given("S", "size of each spin", "1", values)
}

fn number(values: Vec<f64>) -> Column {
    Column::given("N", "atoms in both ensembles together, 4S", "1", values)
}

fn strength(values: Vec<f64>) -> Column {
    Column::given("r", "squeezing strength", "1", values)
}

fn plot(data: &Data) -> Result<Plot, FigureError> {
    let (curves, limits) = (data.table("curves")?, data.table("infinite-squeezing")?);
    let mut plot = Plot::new(
        "Steady state of two equal spins $S$, $N$ = 4$S$ atoms in all",
        Axis::linear("squeezing strength $r$", [0.0, LAST_R]),
        Axis::log("Wineland parameter $ξ^2$", [1e-3, 1.2]),
    );
    for (place, s) in curves.distinct("S").into_iter().enumerate() {
        let label = format!("$S$ = {} ($N$ = {})", spin_name(2.0 * s), 4.0 * s);
        plot.curves.push(Curve::line(&label, place, curves.curve(("S", s), "r", "xi2")));
    }
    let bosons = data.table("infinite-spins")?;
    let points = bosons.values("r").iter().zip(bosons.values("xi2")).map(|(r, x)| [*r, *x]).collect();
    plot.curves.push(Curve::reference("$S → ∞$: $e^{-2r}$", Stroke::Dashed, points));
    for (place, level) in limits.values("xi2").iter().enumerate() {
        let label = if place == 0 { "$r → ∞$: 3/($N$ + 4)" } else { "" };
        plot.curves.push(Curve::level(label, Stroke::Dotted, *level));
    }
    Ok(plot)
}
