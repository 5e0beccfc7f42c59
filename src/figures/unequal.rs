//! Figure S2(a): the best squeezing of two ensembles with different numbers of atoms.

use super::data::{Column, Data, Table};
use super::draw::{Axis, Curve, Plot};
use super::{Detail, Figure, FigureError, Step};
use crate::model::lowering::Lowering;
use crate::numeric::Estimate;
use crate::numeric::evolve::Watch;
use crate::numeric::steady::{Optimum, SteadyError, optimise_r};

/// Figure S2(a).
pub(super) const ENSEMBLES: Figure = Figure {
    id: "s2a",
    location: "Fig. S2(a)",
    title: "Steady-state squeezing of unequal ensembles",
    caption: "Wineland parameter of X+ in the steady state of N1 and N2 atoms, N = N1 + N2 and δN = N2 - N1, at the \
              r where it is least. The points at δN = 0 are the limits 3/(N+4) of equal ensembles, which no finite \
              r reaches; all others are minima at a finite r.",
    make,
    plot,
};

/// The numbers of atoms in both ensembles together.
fn totals(detail: Detail) -> &'static [usize] {
    match detail {
        Detail::Full => &[4, 8, 16, 24, 40],
        Detail::Coarse => &[4, 6],
    }
}

/// The Wineland parameter of `N1` and `N2` atoms at the `r` where it is least.
///
/// # Errors
/// Equal numbers, which have no such `r`; an optimum that is not found; an interruption.
///
/// ```
/// use twomode::{figures::unequal::optimum, numeric::evolve::Unwatched};
/// let best = optimum([1, 2], &Unwatched).unwrap();
/// assert!(best.xi2.value > 3.0 / 7.0 && best.xi2.value < 1.0);
/// ```
pub fn optimum(atoms: [usize; 2], watch: &dyn Watch) -> Result<Optimum, FigureError> {
    let squares = atoms.map(|n| Lowering::Spin.squares(n));
    let total = (atoms[0] + atoms[1]) as f64;
    let found = optimise_r([&squares[0], &squares[1]], total, watch);
    found.map_err(|error| match error {
        SteadyError::Interrupted => FigureError::Interrupted,
        error => FigureError::Steady { atoms, error },
    })
}

fn make(figure: &Figure, detail: Detail, watch: &dyn Watch) -> Result<Data, FigureError> {
    let totals = totals(detail);
    let pairs: Vec<[usize; 2]> = totals.iter().flat_map(|n| (1..n / 2).rev().map(move |n1| [n1, n - n1])).collect();
    let mut best = Vec::new();
    for (number, pair) in pairs.iter().enumerate() {
        best.push(optimum(*pair, &Step { watch, number, count: pairs.len() })?);
    }
    let of = |f: fn(f64, f64) -> f64| pairs.iter().map(|[a, b]| f(*a as f64, *b as f64)).collect::<Vec<f64>>();
    let curves = vec![
        Column::given("N", "atoms in both ensembles together", "1", of(|a, b| a + b)),
        Column::given("N1", "atoms in the first ensemble", "1", of(|a, _| a)),
        Column::given("N2", "atoms in the second ensemble", "1", of(|_, b| b)),
        Column::given(
            "delta",
            "difference over sum of the numbers of atoms, (N2-N1)/N",
            "1",
            of(|a, b| (b - a) / (a + b)),
        ),
        Column::computed("xi2", "least Wineland parameter of X+", &best.iter().map(|b| b.xi2).collect::<Vec<_>>()),
        Column::computed("r", "squeezing strength at which it is least", &best.iter().map(|b| b.r).collect::<Vec<_>>()),
    ];
    let limit = |n: &usize| Estimate::relative(3.0 / (*n as f64 + 4.0), 4.0 * f64::EPSILON);
    let equal = vec![
        Column::given("N", "atoms in both ensembles together", "1", totals.iter().map(|n| *n as f64).collect()),
        Column::computed(
            "xi2",
            "Wineland parameter of equal ensembles for infinite r, 3/(N+4)",
            &totals.iter().map(limit).collect::<Vec<_>>(),
        ),
    ];
    let tables = vec![Table::new("curves", curves)?, Table::new("equal", equal)?];
    Ok(Data { tables, ..figure.empty() })
}

fn plot(data: &Data) -> Result<Plot, FigureError> {
    let (curves, equal) = (data.table("curves")?, data.table("equal")?);
    let mut plot = Plot::new(
        "Steady state of $N_1$ and $N_2$ atoms at the best $r$: $δN = N_2 - N_1$, $N = N_1 + N_2$",
        Axis::linear("relative difference of atom numbers $δN$/$N$", [0.0, 1.0]),
        Axis::linear("Wineland parameter $ξ^2$", [0.0, 1.0]),
    );
    for (place, (n, limit)) in equal.values("N").iter().zip(equal.values("xi2")).enumerate() {
        let mut points = vec![[0.0, *limit]];
        points.extend(curves.curve(("N", *n), "delta", "xi2"));
        plot.curves.push(Curve::points(&format!("$N$ = {n}"), place, points));
    }
    Ok(plot)
}
