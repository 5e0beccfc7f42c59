//! The steady state of two unequal spins in closed form.
//!
//! Flip spin 2, so that `J^- = O_1 + O_2†` and `J^+ = O_1† + O_2` are the operators of a total spin with
//! `J = Δ/2, ..., N/2` for `N = M_1 + M_2` and `Δ = |M_1 - M_2|`. With `W = t^{(m_1+m_2)/2}` the jump operators are
//! `L_1 ∝ W J^- W^{-1}` and `L_2 ∝ W J^+ W^{-1}`. Let `V` be the function of `J²` with the values
//!
//! > `v_J = (Δ (N+2)/4) (-1)^{J-Δ/2}/(J (J+1))`.
//!
//! Then the steady state is `ρ = B B^T/(Z_1 Z_2)` with `B = W V W` and `Z_j = Σ_m t^{2m}`. The chapter on the steady state proves
//! it: with `Σ L†L W = W H`, a matrix `W X W` with `X = V W² V` is steady if `H V = V H^T`, and for spins `H` couples `J` to
//! `J + 1` and back with elements in the ratio `-J : (J+2)`, which is what `v_J` balances. For `Δ → 0` only `J = 0` is left, the
//! GTMSS. Other ladders have no such form.
//!
//! `V` is found on each line of equal `m_1 - m_2` from the eigenvectors of `J²`, a tridiagonal matrix whose eigenvalues are
//! known; recursions for `V` lose all digits beyond a hundred atoms. Cost: of the order of `n^4` for `n` levels.

use faer::{Mat, Side};

use super::lindblad::Dissipation;
use super::lindblad::line::Line;
use super::lindblad::sector::Sector;

/// `ρ` as a vector of the sector `k = 0`; `None` unless the ladders are those of two different spins.
///
/// `backwards` numbers the levels of each line from above, which rounds differently.
pub fn steady_vector(dissipation: &Dissipation, sector: &Sector, backwards: bool) -> Option<Vec<f64>> {
    let [top1, top2] = dissipation.top();
    if top1 == top2 || !dissipation.are_spins() {
        return None;
    }
    let blocks: Option<Vec<Mat<f64>>> =
        (-(top2 as i64)..=top1 as i64).map(|d| block(dissipation, &Line::new(dissipation, d)?, backwards)).collect();
    let blocks = blocks?;
    let t2 = dissipation.r().tanh().powi(2);
    let norm = [top1, top2].map(|top| (0..=top).map(|m| t2.powi(m as i32)).sum::<f64>());
    let mut vector = vec![0.0; sector.len()];
    for ([m1, m2, n1, n2], at, _) in sector.elements() {
        let block = &blocks[m1 + top2 - m2];
        vector[at] = block[(m1.min(m2), n1.min(n2))] / (norm[0] * norm[1]);
    }
    Some(vector)
}

/// `B B^T` on one line.
fn block(dissipation: &Dissipation, line: &Line, backwards: bool) -> Option<Mat<f64>> {
    let n = line.len();
    let place = |p: usize| if backwards { n - 1 - p } else { p };
    let levels: Vec<[usize; 2]> = (0..n).map(|p| [line.lowest[0] + place(p), line.lowest[1] + place(p)]).collect();
    let [top1, top2] = dissipation.top().map(|top| top as f64);
    let (delta, total) = ((top1 - top2).abs(), top1 + top2);
    let jz = line.d as f64 - 0.5 * (top1 - top2);
    let square = Mat::from_fn(n, n, |p, q| total_spin_squared(dissipation, jz, levels[p], levels[q]));
    let eigen = square.self_adjoint_eigen(Side::Lower).ok()?;
    let least = (0.5 * delta).max(jz.abs());
    let value = |k: usize| {
        let j = least + k as f64;
        let sign = if (j - 0.5 * delta).round() as i64 % 2 == 0 { 1.0 } else { -1.0 };
        sign * 0.25 * delta * (total + 2.0) / (j * (j + 1.0))
    };
    let u = eigen.U();
    let scaled = Mat::from_fn(n, n, |p, k| u[(p, k)] * value(k));
    let v = &scaled * u.transpose();
    let t = dissipation.r().tanh().abs();
    let w: Vec<f64> = levels.iter().map(|[m1, m2]| t.powf(0.5 * (m1 + m2) as f64)).collect();
    let b = Mat::from_fn(n, n, |p, q| w[p] * v[(p, q)] * w[q]);
    let product = &b * b.transpose();
    // For r < 0 the signs of every second level change.
    let flip = |p: usize, q: usize| if dissipation.r() < 0.0 && (p + q) % 2 == 1 { -1.0 } else { 1.0 };
    Some(Mat::from_fn(n, n, |p, q| flip(p, q) * product[(place(p), place(q))]))
}

/// `<n|J²|m>`.
fn total_spin_squared(dissipation: &Dissipation, jz: f64, m: [usize; 2], n: [usize; 2]) -> f64 {
    let ladders = dissipation.ladders();
    if m == n {
        let both = [0, 1].map(|j| ladders[j].down[m[j]].powi(2) + ladders[j].up[m[j]].powi(2));
        return jz * jz + 0.5 * (both[0] + both[1]);
    }
    let upper = [m[0].max(n[0]), m[1].max(n[1])];
    if m[0].abs_diff(n[0]) == 1 { ladders[0].down[upper[0]] * ladders[1].down[upper[1]] } else { 0.0 }
}
