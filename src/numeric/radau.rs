//! Stiff evolution of polynomial systems: collocation at five Radau points (Radau IIA, order 9).
//!
//! A step of length `h` from `y_0` looks for the polynomial of degree 5 that starts at `y_0` and obeys `dy/dt = f(y)`
//! at `t_0 + c_i h`, with `c_5 = 1`: `Y_i = y_0 + h Σ_j a_ij f(Y_j)`. The method is stable for every rate and damps
//! fast parts completely. Newton iterations with the exact Jacobian at `y_0` solve for all five points together.
//!
//! The error of a step is estimated by the derivative at its start that the five others predict,
//! `(1 - g h J)^{-1} g h (f(y_0) - Σ_i l_i(0) f(Y_i))`, which is of order `h^6`; so the end of a step, of order `h^10`, is better than the
//! tolerance where the solution is smooth. Source: E. Hairer and G. Wanner, J. Comput. Appl. Math. 111, 93 (1999).
//! Cost: a step has an LU decomposition of `5n` unknowns, about `(5n)^3` operations.

use std::sync::LazyLock;

use faer::Mat;
use faer::linalg::solvers::{PartialPivLu, Solve};

use super::polynomials::System;

/// Points of a step.
const STAGES: usize = 5;
/// `g` of the error estimate, about the real eigenvalue of `a`.
const FILTER: f64 = 0.16;
/// Newton iterations before a shorter step is tried.
const MOST_ITERATIONS: usize = 12;
/// The part of the tolerance to which the points of a step are solved.
const NEWTON: f64 = 1e-5;
/// The part of the tolerance below which iterations that no longer converge are at their rounding.
const STALLED: f64 = 0.5;
/// Rounding of a right side, in units of the sum of its terms.
const FLOOR: f64 = 32.0 * f64::EPSILON;
/// The most steps.
const MOST_STEPS: usize = 50_000;

/// Why an evolution broke off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RadauError {
    /// Steps became so short that time stood still, or there were too many of them.
    Stuck {
        /// When.
        time: f64,
    },
}

impl std::fmt::Display for RadauError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let Self::Stuck { time } = self;
        write!(f, "the evolution does not get beyond the time {time:e} with the accuracy that is asked for")
    }
}

impl std::error::Error for RadauError {}

/// The coefficients of the method.
struct Method {
    nodes: [f64; STAGES],
    a: [[f64; STAGES]; STAGES],
    /// `l_i(0)`.
    at_start: [f64; STAGES],
}

static METHOD: LazyLock<Method> = LazyLock::new(Method::new);

/// The Legendre polynomials `P_{k-1}` and `P_k`.
fn legendre(k: usize, x: f64) -> [f64; 2] {
    (1..k).fold([1.0, x], |[low, high], j| {
        let j = j as f64;
        [high, ((2.0 * j + 1.0) * x * high - j * low) / (j + 1.0)]
    })
}

/// `l_j(x) = Π_{k≠j} (x - c_k)/(c_j - c_k)`.
fn lagrange(nodes: &[f64], j: usize, x: f64) -> f64 {
    let others = nodes.iter().enumerate().filter(|(k, _)| *k != j);
    others.fold(1.0, |product, (_, c)| product * (x - c) / (nodes[j] - c))
}

impl Method {
    /// The nodes are the zeros of `P_4(x) - P_5(x)`, moved from `[-1, 1]` to `[0, 1]`. The quadrature with the nodes
    /// themselves, weights `c_k/(5 P_4)²`, is exact for `l_j`.
    fn new() -> Self {
        let [low, high] = [0, 1];
        let difference = |c: f64| {
            let p = legendre(STAGES, 2.0 * c - 1.0);
            p[low] - p[high]
        };
        let mut nodes = [1.0; STAGES];
        let cells = 200;
        let edge = |k: usize| k as f64 / cells as f64;
        let changes = (0..cells - 1).filter(|&k| difference(edge(k)) * difference(edge(k + 1)) < 0.0);
        for (node, cell) in nodes.iter_mut().zip(changes) {
            let (mut left, mut right) = (edge(cell), edge(cell + 1));
            for _ in 0..60 {
                let middle = 0.5 * (left + right);
                if difference(left) * difference(middle) <= 0.0 { right = middle } else { left = middle }
            }
            *node = 0.5 * (left + right);
        }
        let weight = |c: f64| c / (STAGES as f64 * legendre(STAGES, 2.0 * c - 1.0)[low]).powi(2);
        let integral =
            |to: f64, j: usize| to * nodes.iter().map(|c| weight(*c) * lagrange(&nodes, j, to * c)).sum::<f64>();
        let a = std::array::from_fn(|i| std::array::from_fn(|j| integral(nodes[i], j)));
        Self { nodes, a, at_start: std::array::from_fn(|i| lagrange(&nodes, i, 0.0)) }
    }
}

/// One accepted step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its start.
    pub from: f64,
    /// The state there.
    pub start: Vec<f64>,
    /// Its end.
    pub to: f64,
    /// The state there.
    pub end: Vec<f64>,
}

/// A solution that is continued step by step.
///
/// ```
/// use twomode::exact::expression::Symbol;
/// use twomode::model::laurent::{Laurent, variable};
/// use twomode::numeric::polynomials::Family;
/// use twomode::numeric::radau::Solution;
/// // y' = -1000 (y - 1) y, from 2: 1 + 1/(2 e^{1000 t} - 1).
/// let y = variable("y");
/// let right = Laurent::from(1000) * (y.clone() - y.clone() * y);
/// let system = Family::new(&[Symbol::new("y")], &[], &[right]).unwrap().at::<f64>(&[]);
/// let mut solution = Solution::new(&system, vec![2.0], 1e-10);
/// let end = solution.reach(0.01).unwrap();
/// assert!((end[0] - 1.0 - 1.0 / (2.0 * 10f64.exp() - 1.0)).abs() < 1e-11);
/// ```
pub struct Solution<'a> {
    system: &'a System<f64>,
    relative: f64,
    time: f64,
    state: Vec<f64>,
    /// The next step to try.
    length: f64,
    /// The steps taken.
    steps: usize,
}

/// Why a step was not accepted.
enum Refused {
    /// Newton's iterations do not converge.
    Divergent,
    /// The estimate over the tolerance.
    Inaccurate(f64),
}

impl<'a> Solution<'a> {
    /// The solution that is `state` at time 0, with this relative tolerance of a step for each variable; none is asked
    /// to be more exact than the rounding of its right side allows.
    pub fn new(system: &'a System<f64>, state: Vec<f64>, relative: f64) -> Self {
        let flow = system.flow(&state);
        let moving = state.iter().zip(&flow).filter(|(y, f)| **y != 0.0 && **f != 0.0);
        // Two solutions with different tolerances shall not share their first steps, which each take before the error
        // counts.
        let part = 0.1 * relative.powf(1.0 / (STAGES as f64 + 1.0));
        let length = moving.map(|(y, f)| part * (y / f).abs()).fold(f64::INFINITY, f64::min);
        Self { system, relative, time: 0.0, state, length, steps: 0 }
    }

    /// The time that is reached.
    pub fn time(&self) -> f64 {
        self.time
    }

    /// The state there.
    pub fn state(&self) -> &[f64] {
        &self.state
    }

    /// How many steps were tried.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// One step, not beyond the time `limit`.
    ///
    /// # Errors
    /// [`RadauError::Stuck`].
    pub fn step(&mut self, limit: f64) -> Result<Step, RadauError> {
        let (from, start) = (self.time, self.state.clone());
        let flow = self.system.flow(&start);
        let jacobian = self.system.jacobian(&start);
        let magnitudes = self.system.magnitudes(&start);
        loop {
            self.steps += 1;
            let last = self.length >= 0.999 * (limit - from);
            let h = if last { limit - from } else { self.length };
            if self.steps > MOST_STEPS || (!last && h <= 4.0 * f64::EPSILON * from) {
                return Err(RadauError::Stuck { time: from });
            }
            match self.attempt(&start, &flow, &magnitudes, &jacobian, h) {
                Ok((end, error)) => {
                    (self.time, self.state) = (if last { limit } else { from + h }, end.clone());
                    let next = h * factor(error);
                    self.length = if last { self.length.max(next) } else { next };
                    return Ok(Step { from, start, to: self.time, end });
                }
                Err(Refused::Divergent) => self.length = 0.25 * h,
                Err(Refused::Inaccurate(error)) => self.length = h * factor(error).min(0.9),
            }
        }
    }

    /// Steps to the time `to`; the state there.
    ///
    /// # Errors
    /// [`RadauError::Stuck`].
    pub fn reach(&mut self, to: f64) -> Result<&[f64], RadauError> {
        while self.time < to {
            self.step(to)?;
        }
        Ok(&self.state)
    }

    /// The state at a time inside an accepted step, by a shorter step from its start.
    ///
    /// # Errors
    /// [`RadauError::Stuck`] when the shorter one is not accepted.
    pub fn inside(&self, step: &Step, time: f64) -> Result<Vec<f64>, RadauError> {
        let (from, state) = (step.from, step.start.clone());
        let (system, relative) = (self.system, self.relative);
        let mut shorter = Solution { system, relative, time: from, state, length: time - from, steps: 0 };
        shorter.reach(time).map(<[f64]>::to_vec)
    }

    /// The end of a step of this length and its error over the tolerance.
    fn attempt(
        &self,
        start: &[f64],
        flow: &[f64],
        magnitudes: &[f64],
        jacobian: &[Vec<f64>],
        h: f64,
    ) -> Result<(Vec<f64>, f64), Refused> {
        let n = start.len();
        let floor = |k: usize| lasting(magnitudes[k], jacobian[k][k], h) / self.relative;
        let scale: Vec<f64> = (0..n).map(|k| start[k].abs() + floor(k) + f64::MIN_POSITIVE).collect();
        let stages = self.stages(start, flow, jacobian, &scale, h)?;
        let end: Vec<f64> = stages[STAGES - 1].clone();
        let mut defect = flow.to_vec();
        for (stage, weight) in stages.iter().zip(METHOD.at_start) {
            let at_stage = self.system.flow(stage);
            (0..n).for_each(|k| defect[k] -= weight * at_stage[k]);
        }
        let filter =
            Mat::from_fn(n, n, |k, l| f64::from(u8::from(k == l)) - FILTER * h * jacobian[k][l] * scale[l] / scale[k]);
        let right = Mat::from_fn(n, 1, |k, _| FILTER * h * defect[k] / scale[k]);
        let estimate = filter.partial_piv_lu().solve(&right);
        let relative = |k: usize| {
            let size = scale[k].max(end[k].abs());
            estimate[(k, 0)].abs() * scale[k] / (self.relative * size)
        };
        let error = (0..n).map(relative).fold(0.0, f64::max);
        if error <= 1.0 { Ok((end, error)) } else { Err(Refused::Inaccurate(error)) }
    }

    /// The states at the points of a step.
    fn stages(
        &self,
        start: &[f64],
        flow: &[f64],
        jacobian: &[Vec<f64>],
        scale: &[f64],
        h: f64,
    ) -> Result<Vec<Vec<f64>>, Refused> {
        let (n, method) = (start.len(), &*METHOD);
        let lu = newton_matrix(jacobian, scale, h);
        // From the tangent where that is short, else from the start.
        let short = (0..n).all(|k| (h * flow[k]).abs() <= 0.1 * scale[k]);
        let tangent = |c: f64, k: usize| if short { c * h * flow[k] } else { 0.0 };
        let mut moved: Vec<Vec<f64>> = method.nodes.iter().map(|c| (0..n).map(|k| tangent(*c, k)).collect()).collect();
        let mut before = f64::INFINITY;
        for _ in 0..MOST_ITERATIONS {
            let states: Vec<Vec<f64>> = moved.iter().map(|z| sum(start, z)).collect();
            let flows: Vec<Vec<f64>> = states.iter().map(|y| self.system.flow(y)).collect();
            let mut step = Mat::from_fn(STAGES * n, 1, |row, _| {
                let (i, k) = (row / n, row % n);
                let collocated: f64 = (0..STAGES).map(|j| method.a[i][j] * flows[j][k]).sum();
                (h * collocated - moved[i][k]) / scale[k]
            });
            lu.solve_in_place(step.as_mut());
            let mut largest = 0.0f64;
            for (i, z) in moved.iter_mut().enumerate() {
                for (k, z) in z.iter_mut().enumerate() {
                    let change = step[(i * n + k, 0)];
                    *z += change * scale[k];
                    largest = largest.max(change.abs() / 1.0f64.max(states[i][k].abs() / scale[k]));
                }
            }
            if !largest.is_finite() || largest > 2.0 * before {
                return Err(Refused::Divergent);
            }
            let contraction = largest / before;
            // The first step says nothing about the speed of convergence.
            let known = before.is_finite() && contraction < 1.0;
            let left = if known { contraction / (1.0 - contraction) * largest } else { f64::INFINITY };
            let stalled = contraction > 0.5 && largest <= STALLED * self.relative;
            if stalled || left <= NEWTON * self.relative || largest <= f64::EPSILON * self.relative {
                return Ok(moved.iter().map(|z| sum(start, z)).collect());
            }
            before = largest;
        }
        Err(Refused::Divergent)
    }
}

/// What the rounding of the right sides makes of each variable: 32 units in the last place of their terms, until it has
/// faded or for the time that has passed.
pub fn rounding(system: &System<f64>, y: &[f64], time: f64) -> Vec<f64> {
    let (magnitudes, jacobian) = (system.magnitudes(y), system.jacobian(y));
    magnitudes.into_iter().enumerate().map(|(k, terms)| lasting(terms, jacobian[k][k], time)).collect()
}

/// The same for one variable.
fn lasting(terms: f64, own_rate: f64, time: f64) -> f64 {
    if time > 0.0 { FLOOR * terms / own_rate.abs().max(1.0 / time) } else { 0.0 }
}

fn sum(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// By what the length of a step is multiplied after this error, in units of the tolerance.
fn factor(error: f64) -> f64 {
    (0.9 * error.powf(-1.0 / (STAGES as f64 + 1.0))).clamp(0.1, 8.0)
}

/// `1 - h a ⊗ J`, with each variable in units of its scale.
fn newton_matrix(jacobian: &[Vec<f64>], scale: &[f64], h: f64) -> PartialPivLu<f64> {
    let n = scale.len();
    let matrix = Mat::from_fn(STAGES * n, STAGES * n, |row, column| {
        let ((i, k), (j, l)) = ((row / n, row % n), (column / n, column % n));
        f64::from(u8::from(row == column)) - h * METHOD.a[i][j] * jacobian[k][l] * scale[l] / scale[k]
    });
    matrix.partial_piv_lu()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_method_integrates_polynomials_exactly() {
        let Method { nodes, a, at_start } = &*METHOD;
        assert_eq!(nodes[STAGES - 1], 1.0);
        // c_1 of the five Radau points, from Hairer and Wanner, Solving ODEs II, IV.5 (s = 5).
        assert!((nodes[0] - 0.057_104_196_114_517_68).abs() < 1e-15, "{}", nodes[0]);
        for power in 0..STAGES {
            for i in 0..STAGES {
                let sum: f64 = (0..STAGES).map(|j| a[i][j] * nodes[j].powi(power as i32)).sum();
                assert!((sum - nodes[i].powi(power as i32 + 1) / (power + 1) as f64).abs() < 2e-15);
            }
        }
        // The last row is a quadrature of order 9.
        for power in 0..2 * STAGES - 1 {
            let sum: f64 = (0..STAGES).map(|j| a[STAGES - 1][j] * nodes[j].powi(power as i32)).sum();
            assert!((sum - 1.0 / (power + 1) as f64).abs() < 2e-15, "{power}");
        }
        assert!((at_start.iter().sum::<f64>() - 1.0).abs() < 1e-13);
    }
}
