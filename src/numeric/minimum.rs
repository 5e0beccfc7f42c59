//! Minima of functions of one variable whose evaluation may fail.

use super::Estimate;

/// A function that may fail.
pub type Objective<'a, E> = dyn Fn(f64) -> Result<f64, E> + 'a;

/// The neighbours of the point of a rising grid at which `f` is least; the first point is its own lower neighbour. `None` when
/// that is the last point.
///
/// # Errors
/// Those of `f`.
pub fn bracket<E>(f: &Objective<E>, grid: &[f64]) -> Result<Option<[f64; 2]>, E> {
    let mut best = (0, f64::INFINITY);
    for (k, &x) in grid.iter().enumerate() {
        let value = f(x)?;
        if value < best.1 {
            best = (k, value);
        }
    }
    Ok(grid.get(best.0 + 1).map(|&high| [grid[best.0.saturating_sub(1)], high]))
}

/// How far from a minimum a function that is known to within an error cannot be told from it, for values that grow by their own
/// size over a unit: they differ by half the curvature times the square of the distance.
pub fn flatness(least: Estimate) -> f64 {
    4.0 * (least.error / least.value).sqrt()
}

/// The minimum of a function with one of them between `low` and `high`, by R. P. Brent, Algorithms for Minimization
/// Without Derivatives (1973), chapter 5: parabolas where they fit, golden sections elsewhere.
///
/// # Errors
/// Those of `f`.
pub fn brent<E>(f: &Objective<E>, mut low: f64, mut high: f64) -> Result<Estimate, E> {
    let golden = 0.5 * (3.0 - 5f64.sqrt());
    let mut x = low + golden * (high - low);
    let (mut second, mut third) = (x, x);
    let mut at_x = f(x)?;
    let (mut at_second, mut at_third) = (at_x, at_x);
    let (mut step, mut before) = (0.0f64, 0.0f64);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        let tolerance = 1e-8 * (1.0 + x.abs());
        if (x - middle).abs() <= 2.0 * tolerance - 0.5 * (high - low) {
            break;
        }
        let (mut p, mut q) = (0.0, 0.0);
        if before.abs() > tolerance {
            let s = (x - second) * (at_x - at_third);
            q = (x - third) * (at_x - at_second);
            p = (x - third) * q - (x - second) * s;
            q = 2.0 * (q - s);
            if q > 0.0 { p = -p } else { q = -q }
        }
        if p.abs() < (0.5 * q * before).abs() && p > q * (low - x) && p < q * (high - x) {
            (before, step) = (step, p / q);
        } else {
            before = if x < middle { high - x } else { low - x };
            step = golden * before;
        }
        let move_by = if step.abs() >= tolerance { step } else { tolerance.copysign(step) };
        let u = x + move_by;
        let at_u = f(u)?;
        if at_u <= at_x {
            if u < x {
                high = x
            } else {
                low = x
            }
            (third, at_third, second, at_second, x, at_x) = (second, at_second, x, at_x, u, at_u);
        } else {
            if u < x {
                low = u
            } else {
                high = u
            }
            if at_u <= at_second || second == x {
                (third, at_third, second, at_second) = (second, at_second, u, at_u);
            } else if at_u <= at_third || third == x || third == second {
                (third, at_third) = (u, at_u);
            }
        }
    }
    Ok(Estimate { value: x, error: high - low })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minima_are_found_between_the_neighbours_on_the_grid() {
        let f = |x: f64| -> Result<f64, ()> { Ok((x - 1.3).powi(2) + 0.1 * (x - 1.3).powi(4)) };
        assert_eq!(bracket(&f, &[0.0, 1.0, 2.0, 3.0]), Ok(Some([0.0, 2.0])));
        let found = brent(&f, 0.0, 2.0).unwrap();
        assert!(found.agrees_with(1.3) && found.error < 1e-6, "{found}");
        assert_eq!(bracket(&f, &[0.0, 0.5, 1.0]), Ok(None));
        assert_eq!(bracket(&f, &[2.0, 3.0]), Ok(Some([2.0, 3.0])));
        assert_eq!(brent(&|_| Err("refused"), 0.0, 1.0), Err("refused"));
    }

    #[test]
    fn noise_moves_a_minimum_by_no_more_than_its_flatness() {
        let noise = 1e-8;
        let f = |x: f64| -> Result<f64, ()> { Ok(1.0 + (x - 1.3).powi(2) + noise * (1e9 * x).sin()) };
        let found = brent(&f, 0.0, 2.0).unwrap();
        let sure = Estimate { error: found.error + flatness(Estimate { value: 1.0, error: noise }), ..found };
        assert!(sure.agrees_with(1.3) && sure.error < 1e-3 && !found.agrees_with(1.3), "{found}, {sure}");
    }
}
