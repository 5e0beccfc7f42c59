//! Two equal spins that start in `|0,0>`: the whole state from two diagonals of each block.
//!
//! For spins, `o(m)² = m (M+1-m)`, the states that evolve from `|0,0>` satisfy linear relations between the elements
//! `ρ_d(m,k) = <m+d, m|ρ|k+d, k>`. Write `ρ_d(m,k) = a_d(m) a_d(k) r_d(m,k)` with `a_d(m)² = t^{2m} o²(m+1)...o²(m+d)` and the
//! sign `(-1)^m`; `T = t²`, `u = k - m >= 1`, `D = d + 1`. Then `Φ_{d,m,k} = 0` with
//!
//! > `Φ = (u+d) r_d(m,k+1) - u r_d(m,k) - u r_d(m+1,k+1) + (u-d) r_d(m+1,k)`
//! > ` - D {[o²(m) r_{d+1}(m-1,k) - o²(k) r_{d+1}(m,k-1)]/T + o²(k+d+2) r_{d+1}(m,k+1) - o²(m+d+2) r_{d+1}(m+1,k)`
//! > `      + [o²(m+d+2) - o²(k+d+2) + (o²(k) - o²(m))/T - uD(1+1/T)] r_{d+1}(m,k)}`
//! > ` + {-(u-d-2) o²(m) o²(k+d+2) r_{d+2}(m-1,k) + u o²(m) o²(k) r_{d+2}(m-1,k-1)`
//! > `    + u o²(m+d+2) o²(k+d+2) r_{d+2}(m,k) - (u+d+2) o²(k) o²(m+d+2) r_{d+2}(m,k-1)}/T`.
//!
//! The vacuum satisfies them, and the adjoint Liouvillian maps each `Φ` to a combination of its neighbours
//! (`tests/dissipation.rs` checks this identity with exact numbers), so they hold for ever. Solved for `r_d(m,k+1)` they give
//! every element from `ρ_d(m,m)` and `ρ_d(m,m+1)`: `(M+1)²` numbers in place of about `(M+1)³/6`. The Liouvillian of these needs
//! `ρ_d(m,m+2)` besides, which is the relation with `u = 1`, so one product costs of the order of `M²` steps. Other ladders
//! have no such relations: from the vacuum they reach all elements.

use faer::Mat;

use super::Dissipation;
use super::line::Line;
use super::sector::Sector;
use crate::numeric::Estimate;

/// The Liouvillian on two diagonals of each block `ρ_d`, `d >= 0`, of two equal spins.
///
/// A vector has for each `d` the elements `ρ_d(m,m)`, then `ρ_d(m,m+1)`, each list with a zero at both ends.
#[derive(Clone, Debug)]
pub struct SpinBand {
    lines: Vec<Line>,
    sector: Sector,
    starts: Vec<usize>,
    len: usize,
    /// What stands for a list of a `d` beyond the largest one.
    zeros: Vec<f64>,
    /// The relation that gives `ρ_d(m,m+2)`, for each `d` and `m`.
    second: Vec<Vec<Relation>>,
    /// The relations for `ρ_d(m,m+u+1)` with `u >= 2`, for each `d`, in the order of rising `u`, then `m`.
    further: Vec<Vec<Relation>>,
}

/// The coefficients of one relation, solved for `ρ_d(m,k+1)`: three elements of `d`, five of `d+1`, four of `d+2`.
type Relation = [f64; 12];

/// The elements of a relation, as steps from `(m,k)`, in the order of its coefficients.
const SAME: [(isize, isize); 3] = [(0, 0), (1, 1), (1, 0)];
const NEXT: [(isize, isize); 5] = [(-1, 0), (0, 1), (0, -1), (1, 0), (0, 0)];
const SECOND: [(isize, isize); 4] = [(-1, 0), (-1, -1), (0, 0), (0, -1)];

impl SpinBand {
    /// The smallest `|tanh r|` for which the relations are used: they contain `1/t`.
    pub const LEAST_TANH: f64 = 0.05;

    /// The band of two equal spins; `None` for other ladders, or too little squeezing.
    pub fn new(dissipation: &Dissipation) -> Option<Self> {
        let top = dissipation.top()[0];
        let t = dissipation.r().tanh();
        if !dissipation.are_spins() || !dissipation.exchange_symmetric() || t.abs() < Self::LEAST_TANH {
            return None;
        }
        let lines: Vec<Line> = (0..=top as i64).filter_map(|d| Line::new(dissipation, d)).collect();
        let mut starts = Vec::new();
        let mut len = 0;
        for line in &lines {
            starts.push(len);
            len += 2 * (line.len() + 2);
        }
        let relations = |d: usize, u: usize| {
            (0..(top + 1).saturating_sub(d + u + 1)).map(move |m| relation(top, t, d, m, m + u)).collect::<Vec<_>>()
        };
        Some(Self {
            second: (0..=top).map(|d| relations(d, 1)).collect(),
            further: (0..=top).map(|d| (2..=top - d.min(top)).flat_map(|u| relations(d, u)).collect()).collect(),
            sector: Sector::new(dissipation, 0, true)?,
            lines,
            starts,
            len,
            zeros: vec![0.0; top + 5],
        })
    }

    /// The sector of which this is a part.
    pub fn sector(&self) -> &Sector {
        &self.sector
    }

    /// The diagonals of a vector of the sector; `None` if it does not satisfy the relations.
    pub fn contract(&self, full: &[f64]) -> Option<Vec<f64>> {
        let mut band = vec![0.0; self.len];
        for d in 0..self.lines.len() {
            let n = self.lines[d].len();
            for m in 0..n {
                band[self.starts[d] + m + 1] = full[self.at(d, m, m)];
                if m + 1 < n {
                    band[self.starts[d] + n + 2 + m + 1] = full[self.at(d, m, m + 1)];
                }
            }
        }
        let scale = full.iter().fold(0.0f64, |a, b| a.max(b.abs()));
        let again = self.expand(&band);
        let same = full.iter().zip(&again).all(|(a, b)| (a - b).abs() <= 1e-14 * scale);
        same.then_some(band)
    }

    /// The vector of the sector with these diagonals. Cost: 12 multiplications an element.
    pub fn expand(&self, band: &[f64]) -> Vec<f64> {
        let mut full = vec![0.0; self.sector.len()];
        for d in (0..self.lines.len()).rev() {
            let n = self.lines[d].len();
            for m in 0..n {
                full[self.at(d, m, m)] = band[self.starts[d] + m + 1];
                if m + 1 < n {
                    let x = band[self.starts[d] + n + 2 + m + 1];
                    full[self.at(d, m, m + 1)] = x;
                    full[self.at(d, m + 1, m)] = x;
                }
            }
            let mut further = self.further[d].iter();
            for u in 1..n {
                for m in 0..n.saturating_sub(u + 1) {
                    let relation = if u == 1 { Some(&self.second[d][m]) } else { further.next() };
                    let Some(relation) = relation else { continue };
                    let x = self.solved(relation, &full, d, m, m + u);
                    full[self.at(d, m, m + u + 1)] = x;
                    full[self.at(d, m + u + 1, m)] = x;
                }
            }
        }
        full
    }

    /// The weights of the trace.
    pub fn trace(&self) -> Vec<(usize, f64)> {
        let copies = |d: usize| if d == 0 { 1.0 } else { 2.0 };
        let list = |d: usize| (0..self.lines[d].len()).map(move |m| (self.starts[d] + m + 1, copies(d)));
        (0..self.lines.len()).flat_map(list).collect()
    }

    /// Where `ρ_d(m,k)` stands in a vector of the sector; borders may be asked for, counted from -1.
    fn at(&self, d: usize, m: usize, k: usize) -> usize {
        self.sector.start(d) + (m + 1) * (self.lines[d].len() + 2) + k + 1
    }

    fn solved(&self, relation: &Relation, full: &[f64], d: usize, m: usize, k: usize) -> f64 {
        let lists: [&[(isize, isize)]; 3] = [&SAME, &NEXT, &SECOND];
        let mut sum = 0.0;
        let mut c = 0;
        for (e, list) in lists.into_iter().enumerate() {
            let Some(line) = self.lines.get(d + e) else { break };
            let width = line.len() as isize + 2;
            let base = self.at(d + e, m, k) as isize;
            for (i, j) in list {
                sum += relation[c] * full[(base + i * width + j) as usize];
                c += 1;
            }
        }
        sum
    }

    /// The list `ρ_d(m,m)` or `ρ_d(m,m+1)` of a vector, with its zeros at both ends.
    fn diagonal<'a>(&'a self, x: &'a [f64], d: usize, first: bool) -> &'a [f64] {
        let Some(line) = self.lines.get(d) else { return &self.zeros };
        let (n, start) = (line.len(), self.starts[d]);
        if first { &x[start..][..n + 2] } else { &x[start + n + 2..][..n + 2] }
    }

    /// `out = 𝓛 x` on the band. About `20 M²` multiplications.
    pub fn apply(&self, x: &[f64], out: &mut [f64]) {
        let wide = self.wide(x);
        for d in 0..self.lines.len() {
            self.decay(d, x, self.diagonal(&wide, d, true), out);
            for (j, source) in
                [Some(d + 1).filter(|e| *e < self.lines.len()), Some(d.abs_diff(1))].into_iter().enumerate()
            {
                if let Some(source) = source.filter(|e| *e < self.lines.len()) {
                    self.arrive(d, j, source, x, self.diagonal(&wide, source, true), out);
                }
            }
        }
    }

    /// The slowest decay rate of what the evolution from `|0,0>` can reach: `-Re λ` of the eigenvalue that comes next after
    /// the steady state's. `None` if the eigenvalues were not found.
    ///
    /// Algorithm: all eigenvalues of the `(M+1)²` rows, about `25 M⁶` operations. Done again with the transpose in the opposite
    /// order; the error is twice the distance of the two, plus `16 ε b` with `b` the bound on the spectrum.
    ///
    /// Source: (S57), (S58).
    ///
    /// ```
    /// use twomode::numeric::lindblad::{Dissipation, spins::SpinBand};
    /// let pair = Dissipation::spins(1, 1, 0.5).unwrap();
    /// let rate = SpinBand::new(&pair).unwrap().slowest_rate().unwrap();
    /// // Two spins 1/2: λ² + 3 cosh(2r) λ + 2 = 0.
    /// let c = 3.0 * 1f64.cosh();
    /// assert!(rate.agrees_with(0.5 * (c - (c * c - 8.0).sqrt())));
    /// ```
    pub fn slowest_rate(&self) -> Option<Estimate> {
        let places: Vec<usize> = self.places().collect();
        let n = places.len();
        let mut matrix = Mat::<f64>::zeros(n, n);
        let (mut unit, mut column) = (vec![0.0; self.len], vec![0.0; self.len]);
        for (k, place) in places.iter().enumerate() {
            unit[*place] = 1.0;
            self.apply(&unit, &mut column);
            unit[*place] = 0.0;
            places.iter().enumerate().for_each(|(i, at)| matrix[(i, k)] = column[*at]);
        }
        let again = Mat::from_fn(n, n, |i, k| matrix[(n - 1 - k, n - 1 - i)]);
        let (rate, twin) = (second_rate(&matrix)?, second_rate(&again)?);
        Some(Estimate { value: rate, error: 2.0 * (rate - twin).abs() + 16.0 * f64::EPSILON * self.sector.bound() })
    }

    /// Where the elements of a vector stand, without the zeros at the ends.
    fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.lines.iter().zip(&self.starts).flat_map(|(line, start)| {
            let n = line.len();
            (0..n).map(move |m| start + m + 1).chain((0..n - 1).map(move |m| start + n + 2 + m + 1))
        })
    }

    /// `ρ_d(m,m+2)` for each `d`, with a zero at both ends, where the first list of `d` stands in a vector.
    fn wide(&self, x: &[f64]) -> Vec<f64> {
        let mut wide = vec![0.0; self.len];
        for d in (0..self.lines.len()).rev() {
            let list = |e: usize, first: bool| self.diagonal(x, e, first);
            let (e0, d0) = (list(d, false), list(d, true));
            let (e1, d1, e2, d2) = (list(d + 1, false), list(d + 1, true), list(d + 2, false), list(d + 2, true));
            let (row, found) = wide[self.starts[d]..].split_at_mut(2 * (self.lines[d].len() + 2));
            let later = |e: usize| {
                let at = self.starts.get(e).map(|start| start - self.starts[d + 1]);
                at.map_or(&self.zeros[..], |at| &found[at..])
            };
            let (s1, s2) = (later(d + 1), later(d + 2));
            for (m, c) in self.second[d].iter().enumerate() {
                // The element at position m of a list stands at m + 1.
                row[m + 1] = c[0] * e0[m + 1]
                    + c[1] * e0[m + 2]
                    + c[2] * d0[m + 2]
                    + c[3] * s1[m]
                    + c[4] * s1[m + 1]
                    + c[5] * d1[m + 1]
                    + c[6] * d1[m + 2]
                    + c[7] * e1[m + 1]
                    + c[8] * s2[m]
                    + c[9] * e2[m]
                    + c[10] * e2[m + 1]
                    + c[11] * d2[m + 1];
            }
        }
        wide
    }

    /// `-(K ρ + ρ K)/2` on the band of one block.
    fn decay(&self, d: usize, x: &[f64], wide: &[f64], out: &mut [f64]) {
        let line = &self.lines[d];
        let (n, rate, c) = (line.len(), &line.rate, &line.coupling);
        let (main, side) = (self.diagonal(x, d, true), self.diagonal(x, d, false));
        let (out_main, out_side) = out[self.starts[d]..][..2 * (n + 2)].split_at_mut(n + 2);
        for p in 0..n {
            out_main[p + 1] = -(rate[p] * main[p + 1] + c[p] * side[p] + c[p + 1] * side[p + 1]);
        }
        for p in 0..n - 1 {
            let mixed = c[p] * wide[p] + c[p + 1] * (main[p + 1] + main[p + 2]) + c[p + 2] * wide[p + 1];
            out_side[p + 1] = -0.5 * ((rate[p] + rate[p + 1]) * side[p + 1] + mixed);
        }
    }

    /// `L_j ρ_source L_j†` added to the band of one block.
    fn arrive(&self, d: usize, j: usize, source: usize, x: &[f64], wide: &[f64], out: &mut [f64]) {
        let line = &self.lines[d];
        let (n, arrival) = (line.len(), &line.arrivals[j]);
        let (low, high) = (&arrival.low, &arrival.high);
        let first = (arrival.offset + 1) as usize;
        let (main, side) = (&self.diagonal(x, source, true)[first..], &self.diagonal(x, source, false)[first..]);
        let wide = &wide[first..];
        let (out_main, out_side) = out[self.starts[d]..][..2 * (n + 2)].split_at_mut(n + 2);
        let or_zero = |list: &[f64], at: usize| list.get(at).copied().unwrap_or(0.0);
        for p in 0..n {
            let (a, b) = (low[p], high[p]);
            out_main[p + 1] += a * a * main[p] + 2.0 * a * b * side[p] + b * b * or_zero(main, p + 1);
        }
        for p in 0..n - 1 {
            let (a, b, a1, b1) = (low[p], high[p], low[p + 1], high[p + 1]);
            let sides = a * a1 * side[p] + b * b1 * or_zero(side, p + 1);
            out_side[p + 1] += sides + a * b1 * or_zero(wide, p) + b * a1 * or_zero(main, p + 1);
        }
    }
}

/// The second smallest `-Re λ`; the smallest belongs to the steady state.
fn second_rate(matrix: &Mat<f64>) -> Option<f64> {
    let mut rates: Vec<f64> = matrix.eigenvalues().ok()?.into_iter().map(|lambda| -lambda.re).collect();
    rates.sort_by(f64::total_cmp);
    rates.get(1).copied()
}

/// The relation at `(d, m, k)` solved for `ρ_d(m,k+1)`, in the elements of `ρ` themselves.
fn relation(top: usize, t: f64, d: usize, m: usize, k: usize) -> Relation {
    let [df, uf] = [d as f64, (k - m) as f64];
    let [m, k, d] = [m as isize, k as isize, d as isize];
    let o = |x: isize| (x * (top as isize + 1 - x)) as f64;
    // P(x)/P(y) with P(x) = o²(1)...o²(x): a short product.
    let quotient = |x: isize, y: isize| -> f64 {
        let product = |from: isize, to: isize| (from + 1..=to).map(o).product::<f64>();
        if x >= y { product(y, x) } else { 1.0 / product(x, y) }
    };
    // a_d(m)/a_e(i) without the power of -t.
    let ratio = |m: isize, e: isize, i: isize| (quotient(m + d, i + e) * quotient(i, m)).sqrt();
    // The factor of ρ_{d+e}(m+i, k+j): its power of -t is 1 - i - j, and `over` more from 1/T.
    let factor = |e: usize, (i, j): (isize, isize), over: i32| {
        let scale = ratio(m, d + e as isize, m + i) * ratio(k + 1, d + e as isize, k + j);
        (-t).powi((1 - i - j) as i32 - over) * scale / (uf + df)
    };
    let within = |e: usize, (i, j): (isize, isize)| {
        let last = top as isize - d - e as isize;
        (0..=last).contains(&(m + i)) && (0..=last).contains(&(k + j))
    };
    let term = |e: usize, step: (isize, isize), plain: f64, over_t: f64| {
        if !within(e, step) {
            return 0.0;
        }
        plain * factor(e, step, 0) + over_t * factor(e, step, 2)
    };
    let big_d = df + 1.0;
    let (om, ok, om2, ok2) = (o(m), o(k), o(m + d + 2), o(k + d + 2));
    [
        term(0, SAME[0], uf, 0.0),
        term(0, SAME[1], uf, 0.0),
        term(0, SAME[2], df - uf, 0.0),
        term(1, NEXT[0], 0.0, big_d * om),
        term(1, NEXT[1], big_d * ok2, 0.0),
        term(1, NEXT[2], 0.0, -big_d * ok),
        term(1, NEXT[3], -big_d * om2, 0.0),
        term(1, NEXT[4], big_d * (om2 - ok2 - uf * big_d), big_d * (ok - om - uf * big_d)),
        term(2, SECOND[0], 0.0, (uf - df - 2.0) * om * ok2),
        term(2, SECOND[1], 0.0, -uf * om * ok),
        term(2, SECOND[2], 0.0, -uf * om2 * ok2),
        term(2, SECOND[3], 0.0, (uf + df + 2.0) * ok * om2),
    ]
}
