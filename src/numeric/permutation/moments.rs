//! Expectation values as sums over the elements, and the numbers reported.

use super::ensemble::{State, lowering, multiplicity};
use super::generator::Space;
use crate::numeric::Estimate;
use crate::numeric::noise::PairMoments;
use crate::numeric::state::smallest;

/// The expectation values of a state with the symmetries of the ground state.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// Means and covariances.
    pub pair: PairMoments,
    /// `Tr ρ`.
    pub trace: Estimate,
    /// `Tr ρ²`.
    pub purity: Estimate,
    /// The probabilities of the total spins of each ensemble, `J = n/2` first; without noise of single atoms only that one.
    pub spins: [Vec<Estimate>; 2],
}

impl Moments {
    /// The Wineland parameter `ξ² = N <X+²>/(<Z_1> + <Z_2>)²`, with `N` atoms in all, Eq. (8); `None` where the polarisation is
    /// zero to within its error.
    pub fn xi2(&self, atoms: [usize; 2]) -> Option<Estimate> {
        let ([z1, z2], x) = (self.pair.z, self.pair.x_plus_sq);
        let rounding = f64::EPSILON * (z1.value.abs() + z2.value.abs());
        let z = Estimate { value: z1.value + z2.value, error: z1.error + z2.error + rounding };
        let value = (atoms[0] + atoms[1]) as f64 * x.value / z.value.powi(2);
        let lost = z.error / z.value.abs();
        // 1/(1-δ)² - 1 <= 2δ(1 + 3δ) for δ <= 1/2.
        let relative = x.error / x.value.abs() + 2.0 * lost * (1.0 + 3.0 * lost) * (1.0 + x.error / x.value.abs());
        let error = value.abs() * (relative + 4.0 * f64::EPSILON);
        (2.0 * lost < 1.0).then_some(Estimate { value, error })
    }

    /// From the estimates of [`functionals`] in their order, and the purity.
    pub(super) fn new(space: &Space, estimates: &[Estimate], purity: Estimate) -> Self {
        let at = |f: usize| estimates.get(f).copied().unwrap_or(Estimate { value: f64::NAN, error: f64::INFINITY });
        let counts = space.ensembles.each_ref().map(|e| e.spins().count());
        let probabilities = |from: usize, count: usize| (from..from + count).rev().map(at).collect();
        let pair = PairMoments {
            z: [at(0), at(1)],
            xx: [at(2), at(3)],
            zz: [variance(about(at(4), at(0), at(0))), variance(about(at(5), at(1), at(1)))],
            cross_xx: at(6),
            cross_zz: about(at(7), at(0), at(1)),
            x_plus_sq: at(8),
        };
        Self {
            pair,
            trace: at(9),
            purity,
            spins: [probabilities(LINEAR, counts[0]), probabilities(LINEAR + counts[0], counts[1])],
        }
    }
}

/// A covariance about means that are not exact, which counts in second order.
fn about(e: Estimate, one: Estimate, other: Estimate) -> Estimate {
    Estimate { error: e.error + one.error * other.error, ..e }
}

/// Negative by rounding only.
fn variance(e: Estimate) -> Estimate {
    if e.value < 0.0 { Estimate { value: 0.0, error: e.error - e.value } } else { e }
}

/// How many functionals stand before the probabilities of the spins.
const LINEAR: usize = 10;

/// The weights of each functional on the elements of `k = 0` and `k = 1`: `Z_1`, `Z_2`, `X_1²`, `X_2²`, `(Z_1-z_1)²`,
/// `(Z_2-z_2)²`, `X_1 X_2`, `(Z_1-z_1)(Z_2-z_2)`, `(X_1+X_2)²`, `1`, and the probabilities of the spins.
///
/// With `[z_1, z_2]` close to the means the covariances are means of small numbers; the distance counts in second order only.
pub(super) fn functionals(space: &Space, [z1, z2]: [f64; 2]) -> Vec<Vec<f64>> {
    let length = space.offsets[space.offsets.len().min(3) - 1];
    let m = |s: State| 0.5 * s.two_m as f64;
    let transverse = |s: State| 0.25 * (lowering(s) + lowering(State { two_m: s.two_m + 2, ..s }));
    let populations: [&dyn Fn(State, State) -> f64; LINEAR] = [
        &|a, _| m(a),
        &|_, b| m(b),
        &|a, _| transverse(a),
        &|_, b| transverse(b),
        &|a, _| (m(a) - z1).powi(2),
        &|_, b| (m(b) - z2).powi(2),
        &|_, _| 0.0,
        &|a, b| (m(a) - z1) * (m(b) - z2),
        &|a, b| transverse(a) + transverse(b),
        &|_, _| 1.0,
    ];
    let sum = |k: usize, weight: &dyn Fn(State, State) -> f64, weights: &mut [f64]| {
        for element in space.elements_of(k) {
            let [a, b] = space.states(element);
            weights[element.place] += weight(a, b);
        }
    };
    let mut all: Vec<Vec<f64>> = populations
        .iter()
        .map(|weight| {
            let mut weights = vec![0.0; length];
            sum(0, weight, &mut weights);
            weights
        })
        .collect();
    // <X_1 X_2> = <O_1 O_2>/2: the elements of k = 1.
    sum(1, &|a, b| 0.5 * (lowering(a) * lowering(b)).sqrt(), &mut all[6]);
    sum(1, &|a, b| (lowering(a) * lowering(b)).sqrt(), &mut all[8]);
    for ensemble in 0..2 {
        for two_j in space.ensembles[ensemble].spins() {
            let mut weights = vec![0.0; length];
            sum(0, &|a, b| f64::from(u8::from([a, b][ensemble].two_j == two_j)), &mut weights);
            all.push(weights);
        }
    }
    all
}

/// For each place the weight of `x²` in `Tr ρ²`.
pub(super) fn squares(space: &Space) -> Vec<f64> {
    let mut weights = vec![0.0; space.len()];
    for element in space.elements() {
        let [a, b] = space.states(element);
        let copies = multiplicity(space.ensembles[0].n, a.two_j) * multiplicity(space.ensembles[1].n, b.two_j);
        // k and -k.
        weights[element.place] += if element.k > 0 { 2.0 } else { 1.0 } / copies;
    }
    weights
}

/// The smallest eigenvalue of the state, each counted with the copies of its spins: negative by rounding only.
pub(super) fn lowest_eigenvalue(space: &Space, x: &[f64]) -> f64 {
    let [first, second] = &space.ensembles;
    let mut lowest = f64::INFINITY;
    for j1 in first.spins() {
        for j2 in second.spins() {
            for difference in (-j1 - j2..=j1 + j2).step_by(2) {
                let two_ms: Vec<i64> = (-j1..=j1).step_by(2).filter(|m1| (m1 - difference).abs() <= j2).collect();
                let value = |p: usize, q: usize| {
                    let (ket, k) = (two_ms[p.max(q)], (two_ms[p.max(q)] - two_ms[p.min(q)]) / 2);
                    let at = |e: &super::ensemble::Ensemble, two_j, two_m| e.index(k, State { two_j, two_m });
                    let places = at(first, j1, ket).zip(at(second, j2, ket - difference));
                    places.map_or(0.0, |(i, j)| x[space.place(k as usize, [i, j])])
                };
                if !two_ms.is_empty() {
                    lowest = lowest.min(smallest(&faer::Mat::from_fn(two_ms.len(), two_ms.len(), value)));
                }
            }
        }
    }
    lowest
}
