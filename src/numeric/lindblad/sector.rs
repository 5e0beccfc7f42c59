//! One sector of the Liouvillian, applied without a matrix.

use super::Dissipation;
use super::line::{Arrival, Line};
use crate::model::lindblad::Element;

/// The elements of `ρ` with one `k = d_ket - d_bra`, a row of blocks `ρ_d`, and the Liouvillian on them.
///
/// A vector of a sector holds each block row by row, with a border of zeros around it, so that the neighbours of an element
/// can be read without asking whether they exist.
#[derive(Clone, Debug)]
pub struct Sector {
    k: i64,
    exchange: bool,
    lines: Vec<Line>,
    blocks: Vec<Block>,
    len: usize,
}

/// The block `ρ_d` between the ket line `d` and the bra line `d - k`.
#[derive(Clone, Debug)]
struct Block {
    ket: usize,
    bra: usize,
    start: usize,
    /// The blocks from which `L_1` and `L_2` lead here.
    sources: [Option<usize>; 2],
}

impl Sector {
    /// The sector `k`. With `exchange`, which needs `k = 0` and equal ladders, only blocks with `d >= 0` are kept, for states
    /// that the exchange of the systems does not change. `None` when no element has this `k`, or `exchange` is not possible.
    ///
    /// ```
    /// use twomode::numeric::lindblad::{Dissipation, sector::Sector};
    /// let pair = Dissipation::spins(2, 2, 0.5).unwrap();
    /// assert_eq!(Sector::new(&pair, 0, false).unwrap().elements().count(), 1 + 4 + 9 + 4 + 1);
    /// assert_eq!(Sector::new(&pair, 0, true).unwrap().elements().count(), 9 + 4 + 1);
    /// assert!(Sector::new(&pair, 5, false).is_none());
    /// ```
    pub fn new(dissipation: &Dissipation, k: i64, exchange: bool) -> Option<Self> {
        if exchange && (k != 0 || !dissipation.exchange_symmetric()) {
            return None;
        }
        let [top1, top2] = dissipation.top().map(|m| m as i64);
        let first = if exchange { 0 } else { -top2 };
        let lines: Vec<Line> = (first..=top1).filter_map(|d| Line::new(dissipation, d)).collect();
        let line = |d: i64| (first..=top1).contains(&d).then(|| (d - first) as usize);
        let mut blocks = Vec::new();
        let mut len = 0;
        let kets: Vec<i64> = (first..=top1).filter(|d| line(d - k).is_some()).collect();
        let block = |d: i64| {
            let d = if exchange { d.abs() } else { d };
            kets.binary_search(&d).ok()
        };
        for &d in &kets {
            let (Some(ket), Some(bra)) = (line(d), line(d - k)) else { continue };
            blocks.push(Block { ket, bra, start: len, sources: [block(d + 1), block(d - 1)] });
            len += (lines[ket].len() + 2) * (lines[bra].len() + 2);
        }
        (!blocks.is_empty()).then_some(Self { k, exchange, lines, blocks, len })
    }

    /// `k = d_ket - d_bra`.
    pub fn k(&self) -> i64 {
        self.k
    }

    /// Whether only `d >= 0` is kept.
    pub fn exchange(&self) -> bool {
        self.exchange
    }

    /// The length of a vector, borders included.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no element; never, for a sector that was made.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes that one vector needs for ladders with these largest levels, without building anything.
    pub fn bytes([top1, top2]: [usize; 2]) -> u128 {
        let (small, large) = (top1.min(top2) as u128 + 3, top1.max(top2) as u128 + 3);
        // Σ_d n_d² over all d: the longest lines, then two staircases.
        8 * ((large - small + 1) * small * small + small * small * small * 2 / 3)
    }

    /// Where the block of the ket line `d >= 0` begins in a vector of a sector that keeps only those.
    pub(super) fn start(&self, d: usize) -> usize {
        self.blocks[d].start
    }

    /// Where an element stands in a vector.
    pub fn index(&self, [m1, m2, n1, n2]: Element) -> Option<usize> {
        let d = m1 as i64 - m2 as i64;
        let at = self.blocks.binary_search_by_key(&d, |b| self.lines[b.ket].d).ok()?;
        let block = &self.blocks[at];
        let (p, q) = (self.lines[block.ket].position([m1, m2])?, self.lines[block.bra].position([n1, n2])?);
        Some(block.start + (p + 1) * (self.lines[block.bra].len() + 2) + q + 1)
    }

    /// Each element with its position in a vector, and how many elements of `ρ` it stands for: two for a mirrored block.
    pub fn elements(&self) -> impl Iterator<Item = (Element, usize, f64)> + '_ {
        self.blocks.iter().flat_map(move |block| {
            let (ket, bra) = (&self.lines[block.ket], &self.lines[block.bra]);
            let copies = if self.exchange && ket.d > 0 { 2.0 } else { 1.0 };
            (0..ket.len() * bra.len()).map(move |at| {
                let (p, q) = (at / bra.len(), at % bra.len());
                let element = [ket.lowest[0] + p, ket.lowest[1] + p, bra.lowest[0] + q, bra.lowest[1] + q];
                (element, block.start + (p + 1) * (bra.len() + 2) + q + 1, copies)
            })
        })
    }

    /// The rows of each block of a vector, without borders, with `d` of the ket.
    pub fn block_rows<'a>(&'a self, x: &'a [f64]) -> impl Iterator<Item = (i64, Vec<&'a [f64]>)> + 'a {
        self.blocks.iter().map(move |block| {
            let (rows, columns) = (self.lines[block.ket].len(), self.lines[block.bra].len());
            let row = |p: usize| {
                let start = block.start + (p + 1) * (columns + 2) + 1;
                &x[start..start + columns]
            };
            (self.lines[block.ket].d, (0..rows).map(row).collect())
        })
    }

    /// `out = 𝓛 x`.
    ///
    /// On a block, `-(K ρ + ρ K)/2` has five terms and each of the two jumps adds two on either side: about 14
    /// multiplications an element.
    ///
    /// Source: Eq. (10), (S57).
    pub fn apply(&self, x: &[f64], out: &mut [f64]) {
        // The widest instructions that the processor has; the sums are the same, in the same order, on every one.
        pulp::Arch::new().dispatch(|| self.apply_inline(x, out));
    }

    #[inline(always)]
    fn apply_inline(&self, x: &[f64], out: &mut [f64]) {
        let longest = self.lines.iter().map(Line::len).max().unwrap_or(0);
        let mut scratch = vec![0.0; longest + 2];
        for block in &self.blocks {
            self.decay(block, x, out);
            for (j, source) in block.sources.iter().enumerate() {
                if let Some(source) = source {
                    self.arrive(block, j, &self.blocks[*source], x, out, &mut scratch);
                }
            }
        }
    }

    /// `out = -(K ρ + ρ K)/2` on one block.
    #[inline(always)]
    fn decay(&self, block: &Block, x: &[f64], out: &mut [f64]) {
        let (ket, bra) = (&self.lines[block.ket], &self.lines[block.bra]);
        let (rows, columns) = (ket.len(), bra.len());
        let width = columns + 2;
        let (rate, left, right) = (&bra.rate[..columns], &bra.coupling[..columns], &bra.coupling[1..=columns]);
        for p in 0..rows {
            let start = block.start + (p + 1) * width;
            let above = &x[start - width + 1..][..columns];
            let below = &x[start + width + 1..][..columns];
            let here = &x[start..][..width];
            let (own, up, down) = (ket.rate[p], ket.coupling[p], ket.coupling[p + 1]);
            let target = &mut out[start + 1..][..columns];
            for q in 0..columns {
                let mixed = up * above[q] + down * below[q] + left[q] * here[q] + right[q] * here[q + 2];
                target[q] = -0.5 * ((own + rate[q]) * here[q + 1] + mixed);
            }
        }
    }

    /// `out += L_j ρ_source L_j†` on one block.
    #[inline(always)]
    fn arrive(&self, block: &Block, j: usize, source: &Block, x: &[f64], out: &mut [f64], scratch: &mut [f64]) {
        let (ket, bra) = (&self.lines[block.ket], &self.lines[block.bra]);
        let (arrival, columns): (&Arrival, usize) = (&ket.arrivals[j], bra.len());
        let width = self.lines[source.bra].len() + 2;
        let scratch = &mut scratch[..width];
        let right = &bra.arrivals[j];
        let first = (right.offset + 1) as usize;
        for p in 0..ket.len() {
            let row = source.start + (p + 1).wrapping_add_signed(arrival.offset) * width;
            let (lower, upper) = (&x[row..][..width], &x[row + width..][..width]);
            let (low, high) = (arrival.low[p], arrival.high[p]);
            for q in 0..width {
                scratch[q] = low * lower[q] + high * upper[q];
            }
            let target = &mut out[block.start + (p + 1) * (columns + 2) + 1..][..columns];
            let (near, far) = (&scratch[first..], &scratch[first + 1..]);
            for q in 0..columns {
                target[q] += right.low[q] * near[q] + right.high[q] * far[q];
            }
        }
    }

    /// A bound `b` with all eigenvalues in `Re λ >= -b`, and `|𝓛| <= b` row by row: the largest sum of a row (Gershgorin).
    pub fn bound(&self) -> f64 {
        let mut bound = 0.0f64;
        for block in &self.blocks {
            let (ket, bra) = (&self.lines[block.ket], &self.lines[block.bra]);
            for p in 0..ket.len() {
                for q in 0..bra.len() {
                    let jumps = (0..2).filter(|j| block.sources[*j].is_some()).map(|j| {
                        let (a, b) = (&ket.arrivals[j], &bra.arrivals[j]);
                        (a.low[p].abs() + a.high[p].abs()) * (b.low[q].abs() + b.high[q].abs())
                    });
                    let decay = ket.row_sum(p) + bra.row_sum(q);
                    bound = bound.max(0.5 * decay + jumps.sum::<f64>());
                }
            }
        }
        bound
    }
}

impl Line {
    /// The sum of the magnitudes in a row of `K`.
    fn row_sum(&self, p: usize) -> f64 {
        self.rate[p] + self.coupling[p].abs() + self.coupling[p + 1].abs()
    }
}
