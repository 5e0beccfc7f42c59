//! One ensemble: the elements `|J,M><J,M-k|`, summed over the copies of each total spin, and what acts on them.
//!
//! A state that no permutation of the `n` atoms changes is `ρ = ⊕_J Σ x_{J,M,M'} |J,M><J,M'| ⊗ 1/d_J`: it has no coherence
//! between different spins and is the same on the `d_J` copies of each. The numbers `x` are kept, so that probabilities are
//! sums of `x` without multiplicities.
//!
//! # Single atoms
//! By symmetry `Σ_j σ_j ρ σ_j† = n σ_n ρ σ_n†`, made symmetric. A copy of the spin `J` comes from a spin `J' = J ± 1/2` of the
//! other `n-1` atoms; the part `n d_{n-1}(J')/d_n(J)` of them comes from each,
//!
//! > `(J+1)(n-2J)/(2J+1)` for `J' = J + 1/2`, `J(n+2J+2)/(2J+1)` for `J' = J - 1/2`.
//!
//! There `σ_n` acts on the last atom of `J' ⊗ 1/2`, with Clebsch-Gordan coefficients on both sides, and leads to the spins
//! `J' ± 1/2`. What is between two different spins vanishes when it is made symmetric. These are the coefficients of Chase and
//! Geremia, PRA 78, 052101 (2008) and Shammah et al., PRA 98, 063815 (2018), in the form in which they are derived.

use super::Rates;

/// `|J,M><J,M-k|`, with `k` known from the context; everything doubled so as to be whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// `2J`.
    pub two_j: i64,
    /// `2M`.
    pub two_m: i64,
}

/// Where an element goes, and how fast.
pub type Column = Vec<(usize, f64)>;

/// The elements of one `k >= 0` and the column of each map for each of them.
pub struct Coherences {
    /// The elements, ordered by `J`, then by `M`.
    pub states: Vec<State>,
    /// What the ensemble does by itself: `cosh²r D[O] + sinh²r D[O†]` and the single atoms.
    pub own: Vec<Column>,
    /// `[O, ·]`, to the elements of `k - 1`; empty for `k = 0`.
    pub lower: Vec<Column>,
    /// `[O†, ·]`, to the elements of `k + 1`.
    pub raise: Vec<Column>,
}

/// An ensemble of `n` atoms.
pub struct Ensemble {
    /// The number of atoms.
    pub n: i64,
    /// The elements of `k = 0, 1, ..., n`.
    pub coherences: Vec<Coherences>,
    /// For each element of `k = 0` the rates at which it goes to other spins.
    pub changes: Vec<Column>,
    /// The smallest `2J`.
    least: i64,
}

/// What acts on a single atom from both sides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Single {
    Lower,
    Phase,
    Raise,
}

impl Ensemble {
    /// Without any noise of single atoms only `J = n/2` is kept, which nothing leaves.
    pub fn new(n: usize, r: f64, rates: &Rates) -> Self {
        let n = n as i64;
        let least = if rates.largest() > 0.0 { n % 2 } else { n };
        let mut ensemble = Self { n, coherences: Vec::new(), changes: Vec::new(), least };
        let states: Vec<Vec<State>> = (0..=n + 1).map(|k| ensemble.states(k)).collect();
        let all = states.iter().zip(0..).take(n as usize + 1);
        ensemble.coherences = all
            .map(|(states, k)| Coherences {
                own: states.iter().map(|s| ensemble.own(*s, k, r, rates)).collect(),
                lower: states.iter().filter(|_| k > 0).map(|s| ensemble.lower(*s, k)).collect(),
                raise: states.iter().map(|s| ensemble.raise(*s, k)).collect(),
                states: states.clone(),
            })
            .collect();
        ensemble.changes = states[0].iter().map(|s| ensemble.changes(*s, rates)).collect();
        ensemble
    }

    /// The doubled spins, the smallest first.
    pub fn spins(&self) -> impl Iterator<Item = i64> + use<> {
        (self.least..=self.n).step_by(2)
    }

    /// The number of elements with this `k`: `Σ_J (2J+1-k)`.
    pub fn size(n: usize, k: usize, local: bool) -> usize {
        let least = if local { n % 2 } else { n };
        (least..=n).step_by(2).map(|two_j| (two_j + 1).saturating_sub(k)).sum()
    }

    fn states(&self, k: i64) -> Vec<State> {
        let of_spin = |two_j: i64| (2 * k - two_j..=two_j).step_by(2).map(move |two_m| State { two_j, two_m });
        self.spins().flat_map(of_spin).collect()
    }

    /// The position of an element among those of `k`.
    pub fn index(&self, k: i64, State { two_j, two_m }: State) -> Option<usize> {
        let inside = (self.least..=self.n).contains(&two_j) && (2 * k - two_j..=two_j).contains(&two_m);
        let before: i64 = (self.least..two_j).step_by(2).map(|j| (j + 1 - k).max(0)).sum();
        inside.then_some((before + (two_m - 2 * k + two_j) / 2) as usize)
    }

    /// Without targets that do not exist and those of the same place added up.
    fn column(&self, k: i64, entries: impl IntoIterator<Item = (State, f64)>) -> Column {
        merged(
            entries.into_iter().filter_map(|(s, x)| Some((self.index(k, s)?, x))).filter(|(_, x)| *x != 0.0).collect(),
        )
    }

    fn own(&self, s: State, k: i64, r: f64, rates: &Rates) -> Column {
        let (c2, s2) = (r.cosh().powi(2), r.sinh().powi(2));
        let bra = State { two_m: s.two_m - 2 * k, ..s };
        let (down, up) = (|s: State| lowering(s), |s: State| lowering(s.moved(1)));
        let spread = |f: &dyn Fn(State) -> f64| 0.5 * (f(s) + f(bra));
        let atoms = |sign: i64, s: State| 0.5 * (self.n + sign * s.two_m) as f64;
        let loss = c2 * spread(&down)
            + s2 * spread(&up)
            + rates.relaxation * spread(&|s| atoms(1, s))
            + rates.pumping * spread(&|s| atoms(-1, s))
            + rates.dephasing * self.n as f64;
        let collective =
            [(s, -loss), (s.moved(-1), c2 * (down(s) * down(bra)).sqrt()), (s.moved(1), s2 * (up(s) * up(bra)).sqrt())];
        self.column(k, collective.into_iter().chain(self.single_atoms(s, k, rates)))
    }

    /// `[O, ·]`: `o(M)|M-1><M'| - o(M'+1)|M><M'+1|`.
    fn lower(&self, s: State, k: i64) -> Column {
        let bra = State { two_m: s.two_m - 2 * k, ..s };
        self.column(k - 1, [(s.moved(-1), lowering(s).sqrt()), (s, -lowering(bra.moved(1)).sqrt())])
    }

    /// `[O†, ·]`: `o(M+1)|M+1><M'| - o(M')|M><M'-1|`.
    fn raise(&self, s: State, k: i64) -> Column {
        let bra = State { two_m: s.two_m - 2 * k, ..s };
        self.column(k + 1, [(s.moved(1), lowering(s.moved(1)).sqrt()), (s, -lowering(bra).sqrt())])
    }

    fn changes(&self, s: State, rates: &Rates) -> Column {
        self.column(0, self.single_atoms(s, 0, rates).into_iter().filter(|(to, _)| to.two_j != s.two_j))
    }

    /// `Σ_j σ_j ρ σ_j†` with its rate for each of the three.
    fn single_atoms(&self, s: State, k: i64, rates: &Rates) -> Vec<(State, f64)> {
        let all = [(Single::Lower, rates.relaxation), (Single::Phase, rates.dephasing), (Single::Raise, rates.pumping)];
        let acting = all.into_iter().filter(|(_, rate)| *rate > 0.0);
        acting
            .flat_map(|(single, rate)| self.sandwich(single, s, k).into_iter().map(move |(s, x)| (s, rate * x)))
            .collect()
    }

    fn sandwich(&self, single: Single, s: State, k: i64) -> Vec<(State, f64)> {
        let State { two_j, two_m } = s;
        let parts = [(two_j + 1, (two_j + 2) * (self.n - two_j)), (two_j - 1, two_j * (self.n + two_j + 2))];
        let mut reached = Vec::new();
        for (rest, part) in parts.into_iter().filter(|(_, part)| *part > 0) {
            let weight = part as f64 / (2 * (two_j + 1)) as f64;
            for to in [rest - 1, rest + 1] {
                let ket = element(single, rest, two_j, to, two_m);
                let bra = element(single, rest, two_j, to, two_m - 2 * k);
                let moved = State { two_j: to, two_m: two_m + 2 * single.change() };
                reached.push((moved, weight * ket * bra));
            }
        }
        reached
    }
}

impl State {
    /// With `M` changed by this.
    fn moved(self, by: i64) -> Self {
        Self { two_m: self.two_m + 2 * by, ..self }
    }
}

impl Single {
    /// By how much it changes `M`.
    fn change(self) -> i64 {
        match self {
            Self::Lower => -1,
            Self::Phase => 0,
            Self::Raise => 1,
        }
    }
}

/// `o²(J,M) = (J+M)(J-M+1)`: the squared element of the collective `O` from `M` to `M-1`.
pub fn lowering(State { two_j, two_m }: State) -> f64 {
    ((two_j + two_m) / 2 * ((two_j - two_m) / 2 + 1)) as f64
}

/// `d_n(J) = binom(n, n/2-J) (2J+1)/(n/2+J+1)`: how often the spin occurs among `n` atoms.
pub fn multiplicity(n: i64, two_j: i64) -> f64 {
    let lost = (n - two_j) / 2;
    let binomial = (1..=lost).fold(1.0, |b, i| b * (n - lost + i) as f64 / i as f64);
    binomial * (two_j + 1) as f64 / ((n + two_j) / 2 + 1) as f64
}

/// `<to,M+change|σ|J,M>` for the last atom, where the others have the spin `rest`.
fn element(single: Single, rest: i64, two_j: i64, to: i64, two_m: i64) -> f64 {
    let from = |up| clebsch_gordan(rest, two_j, two_m, up);
    let into = |up| clebsch_gordan(rest, to, two_m + 2 * single.change(), up);
    match single {
        Single::Lower => from(true) * into(false),
        Single::Phase => from(true) * into(true) - from(false) * into(false),
        Single::Raise => from(false) * into(true),
    }
}

/// The coefficient of `|rest, M∓1/2>|↑ or ↓>` in `|J,M>`; zero outside `|M| <= J`.
fn clebsch_gordan(rest: i64, two_j: i64, two_m: i64, up: bool) -> f64 {
    if two_m.abs() > two_j {
        return 0.0;
    }
    let toward = |sign: i64| ((rest + sign * two_m + 1) as f64 / (2 * (rest + 1)) as f64).sqrt();
    match (two_j > rest, up) {
        (true, true) => toward(1),
        (true, false) => toward(-1),
        (false, true) => -toward(-1),
        (false, false) => toward(1),
    }
}

/// Entries of the same place added up, in rising order.
pub fn merged(mut entries: Column) -> Column {
    entries.sort_unstable_by_key(|(at, _)| *at);
    let mut column: Column = Vec::with_capacity(entries.len());
    for (at, x) in entries {
        match column.last_mut() {
            Some((last, sum)) if *last == at => *sum += x,
            _ => column.push((at, x)),
        }
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spins_fill_the_space_of_all_atoms() {
        for n in 1..=20i64 {
            let spins = (n % 2..=n).step_by(2);
            let levels: f64 = spins.map(|two_j| multiplicity(n, two_j) * (two_j + 1) as f64).sum();
            assert!((levels / 2f64.powi(n as i32) - 1.0).abs() < 1e-13, "{n} atoms: {levels}");
        }
        assert_eq!([0, 2, 4].map(|two_j| multiplicity(4, two_j)), [2.0, 3.0, 1.0]);
    }

    #[test]
    fn elements_are_found_where_they_stand() {
        let rates = Rates { relaxation: 1.0, dephasing: 0.0, pumping: 0.0 };
        for n in [1, 2, 5, 6] {
            let ensemble = Ensemble::new(n, 0.3, &rates);
            for (block, k) in ensemble.coherences.iter().zip(0..) {
                assert_eq!(block.states.len(), Ensemble::size(n, k as usize, true));
                for (at, state) in block.states.iter().enumerate() {
                    assert_eq!(ensemble.index(k, *state), Some(at), "{n} atoms, k = {k}");
                }
            }
        }
    }
}
