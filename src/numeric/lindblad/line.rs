//! The levels `|m1,m2>` with one `d = m1 - m2`, and how the jump operators act between such lines.

use super::Dissipation;
use crate::model::lindblad::{Jump, Pair};

/// The levels of one `d`, in the order of rising `m1`, with the rate `K = Σ L†L` and the jumps that end here.
#[derive(Clone, Debug)]
pub struct Line {
    /// `m1 - m2`.
    pub d: i64,
    /// The lowest level.
    pub lowest: Pair,
    /// The diagonal of `K`; its length is the number of levels.
    pub rate: Vec<f64>,
    /// `coupling[p]` is `K` between the levels `p-1` and `p`; zero at both ends, so it is longer by one.
    pub coupling: Vec<f64>,
    /// The jumps to this line: from `d + 1` by `L_1`, from `d - 1` by `L_2`.
    pub arrivals: [Arrival; 2],
}

/// A jump operator seen from the line where it ends: `(Lψ)_p = low[p] ψ_{p+offset} + high[p] ψ_{p+offset+1}`.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The index of the first source level for the target level 0: 0 or -1.
    pub offset: isize,
    /// The coefficients of the lower source levels; zero where there is none.
    pub low: Vec<f64>,
    /// The coefficients of the upper source levels; zero where there is none.
    pub high: Vec<f64>,
}

impl Line {
    /// The line of `d`, if any level has it. Cost: proportional to the number of levels.
    pub fn new(dissipation: &Dissipation, d: i64) -> Option<Self> {
        let (lowest, n) = levels(dissipation, d)?;
        let at = |p: usize| [lowest[0] + p, lowest[1] + p];
        let jumps = dissipation.jumps();
        let mut rate = vec![0.0; n];
        let mut coupling = vec![0.0; n + 1];
        for p in 0..n {
            for jump in jumps {
                for (through, a) in jump.apply(at(p)) {
                    for (to, b) in jump.apply_adjoint(through) {
                        if to == at(p) {
                            rate[p] += a * b;
                        } else if to[0] > lowest[0] + p {
                            coupling[p + 1] += a * b;
                        }
                    }
                }
            }
        }
        let arrivals = [(0, d + 1), (1, d - 1)].map(|(j, from)| Arrival::new(dissipation, &jumps[j], from, lowest, n));
        Some(Self { d, lowest, rate, coupling, arrivals })
    }

    /// The number of levels.
    pub fn len(&self) -> usize {
        self.rate.len()
    }

    /// Whether there is no level; never, for a line that was made.
    pub fn is_empty(&self) -> bool {
        self.rate.is_empty()
    }

    /// The position of a level, if it is on this line.
    pub fn position(&self, m: Pair) -> Option<usize> {
        let p = m[0].checked_sub(self.lowest[0])?;
        (m[1].checked_sub(self.lowest[1]) == Some(p) && p < self.len()).then_some(p)
    }
}

impl Arrival {
    fn new(dissipation: &Dissipation, jump: &Jump<f64>, from: i64, lowest: Pair, n: usize) -> Self {
        let mut arrival = Self { offset: 0, low: vec![0.0; n], high: vec![0.0; n] };
        let Some((source, count)) = levels(dissipation, from) else { return arrival };
        // Equal positions of source and target differ by one step of one system; the other partner lies one position
        // below where the source line starts at the lower level, else one above.
        arrival.offset = if source[0] + source[1] > lowest[0] + lowest[1] { -1 } else { 0 };
        for i in 0..count {
            for (to, a) in jump.apply([source[0] + i, source[1] + i]) {
                let p = to[0] - lowest[0];
                let high = i as isize - p as isize - arrival.offset == 1;
                if high { arrival.high[p] = a } else { arrival.low[p] = a }
            }
        }
        arrival
    }
}

/// The lowest level of a line and the number of its levels.
fn levels(dissipation: &Dissipation, d: i64) -> Option<(Pair, usize)> {
    let lowest = [d.max(0) as usize, (-d).max(0) as usize];
    let [top1, top2] = dissipation.top();
    let n = top1.checked_sub(lowest[0])?.min(top2.checked_sub(lowest[1])?) + 1;
    Some((lowest, n))
}
