//! The master equation of two ensembles as one sparse matrix on the elements of `k >= 0`.
//!
//! With `γ = 1`, `Γ_a = cosh(r) O_1 + sinh(r) O_2†` and `Γ_b` with the ensembles exchanged,
//!
//! > `𝓛 = 𝓛_1 + 𝓛_2 - cosh(r) sinh(r) ([O_1, [O_2, ·]] + [O_1†, [O_2†, ·]])`,
//!
//! where `𝓛_i` acts on ensemble `i` alone. Everything keeps `k_1 - k_2 = (M_1-M_1') - (M_2-M_2')`, which is zero for the ground
//! state; so both have one `k`, which only the last term changes, by one. `ρ` is real and symmetric, so the elements of `-k` are
//! those of `k`, and `k = 1` counts twice where it leads to `k = 0`. For equal ensembles only one of each pair of elements
//! that the exchange maps to each other is kept.

use super::Local;
use super::ensemble::{Column, Ensemble, State, merged};
use crate::numeric::chebyshev::Generator;

/// Columns of a sparse square matrix.
pub struct Sparse {
    starts: Vec<usize>,
    entries: Vec<(usize, f64)>,
}

impl Sparse {
    /// From its columns.
    pub fn new(columns: impl Iterator<Item = Column>) -> Self {
        let (mut starts, mut entries) = (vec![0], Vec::new());
        for column in columns {
            entries.extend(column);
            starts.push(entries.len());
        }
        Self { starts, entries }
    }

    /// The entries of a column, in rising order of their rows.
    pub fn column(&self, column: usize) -> &[(usize, f64)] {
        &self.entries[self.starts[column]..self.starts[column + 1]]
    }

    /// `out = A x`.
    pub fn apply(&self, x: &[f64], out: &mut [f64]) {
        out.fill(0.0);
        for (column, x) in x.iter().enumerate() {
            self.column(column).iter().for_each(|(row, a)| out[*row] += a * x);
        }
    }

    /// `|A| |x|`.
    pub fn magnitudes(&self, x: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; x.len()];
        for (column, x) in x.iter().enumerate() {
            self.column(column).iter().for_each(|(row, a)| out[*row] += (a * x).abs());
        }
        out
    }

    /// The smaller of the largest sums of magnitudes in a column and in a row: no eigenvalue is larger.
    fn norm(&self) -> f64 {
        let size = self.starts.len() - 1;
        let sum = |column: usize| self.column(column).iter().map(|(_, a)| a.abs()).sum::<f64>();
        let columns = (0..size).map(sum).fold(0.0, f64::max);
        self.magnitudes(&vec![1.0; size]).into_iter().fold(0.0, f64::max).min(columns)
    }
}

/// The elements of two ensembles and the master equation on them.
pub struct Space {
    /// The ensembles.
    pub ensembles: [Ensemble; 2],
    /// Whether the exchange of the ensembles is used.
    pub exchange: bool,
    /// Where the elements of each `k` begin, and where the last ones end.
    pub offsets: Vec<usize>,
    /// The master equation.
    pub matrix: Sparse,
    bound: f64,
}

/// One element: `k`, its position in each ensemble, and its place in the vector.
#[derive(Clone, Copy)]
pub struct Element {
    /// `M_1 - M_1' = M_2 - M_2'`.
    pub k: usize,
    /// The positions among the elements of `k`.
    pub at: [usize; 2],
    /// The place in the vector; shared with the element that the exchange maps it to.
    pub place: usize,
}

impl Generator for Space {
    fn apply(&self, x: &[f64], out: &mut [f64]) {
        self.matrix.apply(x, out);
    }

    fn bound(&self) -> f64 {
        self.bound
    }
}

impl Space {
    /// Builds the matrix.
    pub fn new(local: &Local) -> Self {
        let ensembles = local.atoms().map(|n| Ensemble::new(n, local.r(), local.rates()));
        let exchange = local.atoms()[0] == local.atoms()[1];
        let offsets = offsets(local.atoms(), local.rates().largest() > 0.0);
        let mut space = Self { ensembles, exchange, offsets, matrix: Sparse::new(std::iter::empty()), bound: 0.0 };
        let cross = local.r().cosh() * local.r().sinh();
        // Each place once, in rising order: the elements with at[0] <= at[1] where the exchange is used.
        let mut columns = vec![Column::new(); space.len()];
        for element in space.elements().filter(|e| !exchange || e.at[0] <= e.at[1]) {
            columns[element.place] = space.folded(element, cross);
        }
        space.matrix = Sparse::new(columns.into_iter());
        space.bound = space.matrix.norm();
        space
    }

    /// How many numbers a state has.
    pub fn len(&self) -> usize {
        self.offsets[self.offsets.len() - 1]
    }

    /// The largest `k`.
    pub fn top(&self) -> usize {
        self.offsets.len() - 2
    }

    /// The place of the element.
    pub fn place(&self, k: usize, [i, j]: [usize; 2]) -> usize {
        let within = if self.exchange {
            let (low, high) = (i.min(j), i.max(j));
            high * (high + 1) / 2 + low
        } else {
            i * self.ensembles[1].coherences[k].states.len() + j
        };
        self.offsets[k] + within
    }

    /// Every element of `k >= 0`, also where two share a place.
    pub fn elements(&self) -> impl Iterator<Item = Element> + '_ {
        (0..=self.top()).flat_map(move |k| self.elements_of(k))
    }

    /// Every element of this `k`.
    pub fn elements_of(&self, k: usize) -> impl Iterator<Item = Element> + '_ {
        let [rows, columns] = self.ensembles.each_ref().map(|e| e.coherences[k].states.len());
        let element = move |i, j| Element { k, at: [i, j], place: self.place(k, [i, j]) };
        (0..rows).flat_map(move |i| (0..columns).map(move |j| element(i, j)))
    }

    /// The two states of an element.
    pub fn states(&self, element: Element) -> [State; 2] {
        [0, 1].map(|e: usize| self.ensembles[e].coherences[element.k].states[element.at[e]])
    }

    /// The state with every atom down, as the place of its only element.
    pub fn ground(&self) -> usize {
        let bottom = |e: &Ensemble| e.index(0, State { two_j: e.n, two_m: -e.n }).unwrap_or_default();
        self.place(0, self.ensembles.each_ref().map(bottom))
    }

    /// The image of an element: `k` and positions.
    fn image(&self, Element { k, at: [i, j], .. }: Element, cross: f64) -> Vec<(usize, [usize; 2], f64)> {
        let [first, second] = self.ensembles.each_ref().map(|e| &e.coherences[k]);
        let mut image = Vec::new();
        image.extend(first.own[i].iter().map(|(to, x)| (k, [*to, j], *x)));
        image.extend(second.own[j].iter().map(|(to, x)| (k, [i, *to], *x)));
        let mut both = |k: usize, a: &Column, b: &Column, factor: f64| {
            for (i, x) in a {
                image.extend(b.iter().map(|(j, y)| (k, [*i, *j], factor * x * y)));
            }
        };
        if k > 0 {
            both(k - 1, &first.lower[i], &second.lower[j], if k == 1 { -2.0 * cross } else { -cross });
        }
        if k < self.top() {
            both(k + 1, &first.raise[i], &second.raise[j], -cross);
        }
        image
    }

    /// The image of an element together with the one that shares its place.
    fn folded(&self, element: Element, cross: f64) -> Column {
        let single = !self.exchange || element.at[0] == element.at[1];
        let mut column = Column::new();
        for (k, to, x) in self.image(element, cross) {
            let place = self.place(k, to);
            match to[0].cmp(&to[1]) {
                // The exchanged element has it.
                std::cmp::Ordering::Greater if self.exchange && single => {}
                std::cmp::Ordering::Equal if !single => column.push((place, 2.0 * x)),
                _ => column.push((place, x)),
            }
        }
        merged(column)
    }
}

/// Where the elements of each `k` begin.
pub fn offsets(atoms: [usize; 2], local: bool) -> Vec<usize> {
    let mut offsets = vec![0];
    for k in 0..=atoms[0].min(atoms[1]) {
        let [a, b] = atoms.map(|n| Ensemble::size(n, k, local));
        offsets.push(offsets[k] + if atoms[0] == atoms[1] { a * (a + 1) / 2 } else { a * b });
    }
    offsets
}
