//! Two ensembles of different size: section IX, Fig. S2 and the sentence of the main text.
//!
//! Criteria, fixed before anything was computed. `ξ² = N <X+²>/(<Z_1> + <Z_2>)²` with `N = N_1 + N_2` atoms, in the steady
//! state, at the `r` where it is smallest; `δN = N_2 - N_1 > 0`.
//!
//! - **small**: `δN/N <= 0.1`. The caption normalises the difference by the total number; a tenth is what "slightly
//!   different" can mean at most. Sizes: every `N <= 24` that has such a pair: `N = 11, 13, ..., 19` and `20, ..., 24`.
//! - **squeezing persists**: `ξ² <= 1/2`, 3 dB. Less than 1 would be no test: to first order in `r` every pair has
//!   `ξ² = 1 - 8 r N_1 N_2/N²`.
//! - **remains robust**: `ξ²` is at most twice the limit `3/(N+4)` of two equal ensembles of `N` atoms in all, that is, at most
//!   3 dB are lost. The figure starts from that limit at `δN = 0`.
//! - **non-monotonic in r**: for every pair with `N <= 12`, `ξ²` falls below its value 1 at `r = 0`, and is at least 10% above its
//!   minimum again at `r = 4`.
//! - **no rapid variations**: for every pair with `N <= 16`, an `r` that is wrong by 10% costs at most 10% of `ξ²`. Whoever sets
//!   a ratio of two drives knows it better than that. First judged at the optimum alone; as the sentence names no range, the same
//!   criterion was later applied to every `r` up to 4 with `N <= 12`, and the optimum became the corrected reading.
//! - **exact steady state**: the time evolution from `|0,0>`, by which the paper finds the state, gives at `γt = 100` the `ξ²` of
//!   the steady state to `10^-6`, at the best `r`, for `(N_1,N_2) = (1,2), (2,3), (2,4), (3,4)`.
//!
//! The values show each outcome also at half and at twice the criterion.

use std::sync::LazyLock;

use super::super::sensitivity::{in_terms_of_information, limit_of_wineland};
use super::super::{Claim, Class, Limits, estimated, exact, observed};
use super::dynamics::{NOTHING, around_one, at_most, farthest, largest, outcome, quotient};
use super::{Assertion, side};
use crate::laws::growth;
use crate::model::lowering::Lowering;
use crate::numeric::Estimate;
use crate::numeric::evolve::{Moments, Unwatched, evolve};
use crate::numeric::lindblad::Dissipation;
use crate::numeric::state::Initial;
use crate::numeric::steady::{optimise_r, steady};

/// Largest `δN/N` that is called small.
const SMALL: f64 = 0.1;

/// Largest `N` of the pairs with a small difference.
const LARGEST_SMALL: usize = 24;

/// `ξ²` at which squeezing is said to persist.
const PERSISTS: f64 = 0.5;

/// What robust allows `ξ²/[3/(N+4)] - 1` to be.
const ROBUST: f64 = 1.0;

/// The least `ξ²(r = 4)/min ξ² - 1` of a curve that is called non-monotonic.
const RISE: f64 = 0.1;

/// Largest `N` of the curves.
const LARGEST_CURVE: usize = 12;

/// The relative change of `ξ²` that is called rapid, for a relative change of `r` of [`STEP`].
const RAPID: f64 = 0.1;

/// The relative change of `r`.
const STEP: f64 = 0.1;

/// Largest `N` of the pairs whose optimum is tested for rapid variations.
const LARGEST_STEP: usize = 16;

/// The time of the evolution.
const LATE: f64 = 100.0;

/// The relative difference of `ξ²` that evolution and elimination may have.
const SAME_STATE: f64 = 1e-6;

/// Two ensembles at the `r` of least `ξ²`.
struct Best {
    atoms: [usize; 2],
    r: Estimate,
    xi2: Estimate,
}

/// All pairs with `δN > 0` and `N <= LARGEST_STEP`, and those with a small difference up to `LARGEST_SMALL`.
static OPTIMA: LazyLock<Vec<Best>> = LazyLock::new(|| {
    let all = (3..=LARGEST_SMALL).flat_map(|n| (1..=(n - 1) / 2).map(move |first| [first, n - first]));
    all.filter(|atoms| total(*atoms) <= LARGEST_STEP as f64 || is_small(*atoms)).map(Best::new).collect()
});

fn total([first, second]: [usize; 2]) -> f64 {
    (first + second) as f64
}

fn is_small(atoms: [usize; 2]) -> bool {
    (atoms[1] - atoms[0]) as f64 <= SMALL * total(atoms)
}

impl Best {
    fn new(atoms: [usize; 2]) -> Self {
        let squares = atoms.map(|n| Lowering::Spin.squares(n));
        let found = optimise_r([&squares[0], &squares[1]], total(atoms), &Unwatched);
        let (r, xi2) = found.map_or((NOTHING, NOTHING), |best| (best.r, best.xi2));
        Self { atoms, r, xi2 }
    }

    fn of(atoms: [usize; 2]) -> Option<&'static Self> {
        OPTIMA.iter().find(|best| best.atoms == atoms)
    }

    /// `ξ²` over the limit of equal ensembles with as many atoms.
    fn over_equal(&self) -> Estimate {
        let factor = (total(self.atoms) + 4.0) / 3.0;
        Estimate { value: factor * self.xi2.value, error: factor * self.xi2.error }
    }

    /// The same if `X_1 + w X_2` is measured with the best weight `w`, at the least value for `r` in steps of 5% around the optimum
    /// of equal weights.
    fn weighted_over_equal(&self) -> Estimate {
        let at = |k: u32| {
            let r = self.r.value * (0.5 + 0.05 * f64::from(k));
            moments(self.atoms, r).map_or(NOTHING, |moments| weighted(&moments, r, total(self.atoms)))
        };
        let best = (0..=20).map(at).reduce(|a, b| if b.value < a.value { b } else { a }).unwrap_or(NOTHING);
        Self { xi2: best, ..*self }.over_equal()
    }

    /// What the worse of two wrong values of `r` costs, relative to the optimum.
    fn cost_of_wrong_r(&self) -> Estimate {
        largest([1.0 - STEP, 1.0 + STEP].map(|factor| {
            let ratio = quotient(xi2(self.atoms, factor * self.r.value), self.xi2);
            Estimate { value: ratio.value - 1.0, error: ratio.error }
        }))
    }
}

fn small_differences() -> impl Iterator<Item = &'static Best> {
    OPTIMA.iter().filter(|best| is_small(best.atoms))
}

fn up_to(atoms: usize) -> impl Iterator<Item = &'static Best> {
    OPTIMA.iter().filter(move |best| total(best.atoms) <= atoms as f64)
}

/// The moments of the steady state.
fn moments(atoms: [usize; 2], r: f64) -> Option<Moments> {
    let dissipation = Dissipation::spins(atoms[0], atoms[1], r).ok()?;
    steady(&dissipation).ok()?.state.map(|state| state.moments)
}

fn xi2(atoms: [usize; 2], r: f64) -> Estimate {
    moments(atoms, r).map_or(NOTHING, |moments| moments.xi2(total(atoms)))
}

/// `ξ²` at the optimum for these pairs, as values of a claim.
fn with_optima(claim: Claim, pairs: &[[usize; 2]]) -> Claim {
    pairs.iter().filter_map(|atoms| Best::of(*atoms)).fold(claim, |claim, best| {
        let name = format!("n_{}_{}", best.atoms[0], best.atoms[1]);
        claim
            .value(&format!("xi2_at_{name}"), estimated(best.xi2))
            .value(&format!("r_at_{name}"), estimated(best.r))
            .value(&format!("over_equal_at_{name}"), estimated(best.over_equal()))
    })
}

// ---- Fig. S2(a) ----

/// Pairs whose steady state is also found by evolution.
const EVOLVED: [[usize; 2]; 4] = [[1, 2], [2, 3], [2, 4], [3, 4]];

pub(super) fn figs2a(_: Limits) -> Claim {
    let scope = "(N_1,N_2) = (1,2), (2,3), (2,4), (3,4), at the best r";
    let same = side!(evolved_over_eliminated()).written(r"\frac{\xi^2(100/\gamma)}{\xi^2_{\rm steady}}");
    let range = side!(around_one(SAME_STATE)).written(r"[1\pm10^{-6}]");
    let evolution = "the evolution from |0,0> gives at γt = 100 the steady state to a millionth";
    let vacuum = side!(vacuum_parameter()).written(r"\xi^2\big|_{|0,0\rangle}");
    let one = side!(around_one(1e-12)).written(r"[1\pm10^{-12}]");
    let reference = "with N = N_1 + N_2 the state without squeezing has ξ² = 1, as for equal ensembles";
    let parts = vec![
        observed(same, range, evolution, scope),
        observed(vacuum, one, reference, "(N_1,N_2) = (1,2), (2,3), (2,4), (3,4)"),
    ];
    let evolved = evolved_over_eliminated();
    let claim = Claim::new(parts)
        .remark(
            "Judged on the caption; the values of N in the figure and its curves were not available. ξ² is the quantity of \
             the main text with N = N_1 + N_2; the optimum over r is finite for each pair computed",
        )
        .value("outcome_at_half_the_criterion", outcome(evolved, around_one(SAME_STATE / 2.0)))
        .value("outcome_at_twice_the_criterion", outcome(evolved, around_one(SAME_STATE * 2.0)));
    with_optima(claim, &[[1, 2], [2, 3], [2, 4], [3, 4], [4, 6], [5, 6], [6, 9], [7, 8], [9, 10], [11, 12]])
}

fn evolved(atoms: [usize; 2], r: f64, time: f64) -> Estimate {
    let spins = Dissipation::spins(atoms[0], atoms[1], r).ok();
    let reached = spins.and_then(|spins| evolve(&spins, &Initial::Product(0, 0), &[time], &Unwatched).ok());
    reached.and_then(|reached| reached.moments.first().map(|m| m.xi2(total(atoms)))).unwrap_or(NOTHING)
}

/// `ξ²` after a long evolution over that of the steady state, where it is farthest from one.
fn evolved_over_eliminated() -> Estimate {
    farthest(
        EVOLVED.iter().map(|atoms| {
            Best::of(*atoms).map_or(NOTHING, |best| quotient(evolved(*atoms, best.r.value, LATE), best.xi2))
        }),
    )
}

fn vacuum_parameter() -> Estimate {
    farthest(EVOLVED.iter().map(|atoms| evolved(*atoms, 1.0, 0.0)))
}

// ---- Small differences ----

const SMALL_PAIRS: &str = "δN/N <= 0.1, N <= 24";

/// The largest `ξ²` among the pairs with a small difference.
fn largest_parameter() -> Estimate {
    largest(small_differences().map(|best| best.xi2))
}

/// What is lost against equal ensembles, at most, for `δN` up to this.
fn largest_loss(difference: usize) -> Estimate {
    let near = small_differences().filter(|best| best.atoms[1] - best.atoms[0] <= difference);
    largest(near.map(|best| {
        let ratio = best.over_equal();
        Estimate { value: ratio.value - 1.0, error: ratio.error }
    }))
}

/// The loss, where a negative one would be a gain.
fn loss_up_to(bound: f64) -> (f64, f64) {
    (-bound, bound)
}

pub(super) fn main_unequal(_: Limits) -> Claim {
    let left = side!(largest_parameter()).written(r"\max_{\delta N/N\le0.1}\min_r\xi^2");
    let criterion = "squeezing persists: ξ² <= 1/2 at the best r for every δN/N <= 0.1";
    let found = largest_parameter();
    let claim = Claim::new(vec![observed(left, side!(at_most(PERSISTS)).written("[0, 0.5]"), criterion, SMALL_PAIRS)])
        .remark(
            "Read as a sentence about small numbers of atoms, which is what can be computed exactly. How much is lost against \
             equal ensembles is figs2-robust",
        )
        .value("largest_xi2", estimated(found))
        .value("outcome_at_half_the_criterion", outcome(found, at_most(PERSISTS / 2.0)))
        .value("outcome_at_twice_the_criterion", outcome(found, at_most(PERSISTS * 2.0)));
    small_differences().fold(claim, |claim, best| {
        let [first, second] = best.atoms;
        claim.value(&format!("xi2_at_n_{first}_{second}"), estimated(best.xi2))
    })
}

pub(super) fn figs2_robust(_: Limits) -> Claim {
    let part = |difference: usize, condition: &str, scope: &str| {
        let left =
            side!(largest_loss(difference)).written(format!(r"\max_{{{condition}}}\frac{{\min_r\xi^2}}{{3/(N+4)}}-1"));
        let criterion = "robust: at the best r, ξ² is at most twice that of equal ensembles, for every δN/N <= 0.1";
        observed(left, side!(loss_up_to(ROBUST)).written("[-1, 1]"), criterion, scope)
    };
    let found = largest_loss(LARGEST_SMALL);
    let claim = Claim::new(vec![part(LARGEST_SMALL, r"\delta N/N\le0.1", SMALL_PAIRS)])
        .corrected(
            vec![part(1, r"\delta N=1", "δN = 1, N = 11, 13, ..., 23")],
            r"\min_r\xi^2\le2\,\frac{3}{N+4}\text{ for }\delta N=1",
            Class::Approximate,
            "small has to mean one atom, for every N computed: what is lost against equal ensembles follows δN and not δN/N. One \
             atom costs a factor below 2 and two atoms one above 2 for every N computed. Squeezing itself remains, see \
             main-unequal; the scaling 3/N does not, at a fixed δN/N",
        )
        .value("largest_loss", estimated(found))
        .value("largest_loss_by_one_atom", estimated(largest_loss(1)))
        .value("outcome_at_half_the_criterion", outcome(found, loss_up_to(ROBUST / 2.0)))
        .value("outcome_at_twice_the_criterion", outcome(found, loss_up_to(ROBUST * 2.0)));
    let shown = OPTIMA.iter().filter(|best| {
        let [first, second] = best.atoms;
        is_small(best.atoms) || total(best.atoms) == 16.0 || 3 * first == 2 * second
    });
    let claim = shown.fold(claim, |claim, best| {
        let [first, second] = best.atoms;
        claim.value(&format!("over_equal_at_n_{first}_{second}"), estimated(best.over_equal()))
    });
    WEIGHTED.into_iter().filter_map(Best::of).fold(claim, |claim, best| {
        let [first, second] = best.atoms;
        claim.value(&format!("weighted_over_equal_at_n_{first}_{second}"), estimated(best.weighted_over_equal()))
    })
}

/// Pairs for which the weight of the second ensemble is optimised too.
const WEIGHTED: [[usize; 2]; 4] = [[1, 2], [5, 6], [7, 9], [9, 11]];

/// `N/(Z^T C^{-1} Z)`, with `Z` the two polarisations and `C` the covariances of `X_1` and `X_2`: `<X_j²> = -cosh(2r) <Z_j>/2` in
/// the steady state, from the equation of motion of `<Z_j>`.
fn weighted(moments: &Moments, r: f64, atoms: f64) -> Estimate {
    let [z1, z2] = moments.z.map(|z| z.value);
    let [a, c] = [z1, z2].map(|z| -0.5 * (2.0 * r).cosh() * z);
    let b = 0.25 * (moments.quadratures[0].value - moments.quadratures[1].value);
    let value = atoms * (a * c - b * b) / (c * z1 * z1 - 2.0 * b * z1 * z2 + a * z2 * z2);
    let relative = |e: &Estimate| Estimate { value: e.error / e.value.abs(), error: 0.0 };
    let relative = largest(moments.quadratures.iter().chain(&moments.z).map(relative));
    // The determinant is a difference: of the order of ac ξ².
    Estimate { value, error: 8.0 * relative.value * (a * c + b * b) / (a * c - b * b).abs() * value }
}

// ---- The dependence on r ----

/// The `r` at which the curves have risen again.
const LARGE_R: f64 = 4.0;

/// `min ξ²` over its value at large `r`, where it is largest.
fn least_rise() -> Estimate {
    largest(up_to(LARGEST_CURVE).map(|best| quotient(best.xi2, xi2(best.atoms, LARGE_R))))
}

/// `min ξ²`, over its value 1 at `r = 0`, where it is largest.
fn least_fall() -> Estimate {
    largest(up_to(LARGEST_CURVE).map(|best| best.xi2))
}

fn without_rise(rise: f64) -> f64 {
    1.0 / (1.0 + rise)
}

/// The number of turning points of `ξ²` on a grid of `r` in steps of 0.1 from 0 to 4.
fn turning_points(atoms: [usize; 2]) -> usize {
    let curve: Vec<f64> = (0..=40).map(|k| xi2(atoms, 0.1 * f64::from(k)).value).collect();
    curve.windows(3).filter(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0).count()
}

pub(super) fn figs2_nonmonotone(_: Limits) -> Claim {
    let fall = side!(least_fall()).written(r"\max_{N_1<N_2}\min_r\xi^2");
    let rise = side!(least_rise()).written(r"\max_{N_1<N_2}\frac{\min_r\xi^2}{\xi^2(r=4)}");
    let scope = "all N_1 < N_2 with N <= 12";
    let range = side!(at_most(without_rise(RISE))).written(r"[0, \tfrac{1}{1.1}]");
    let rises = "non-monotonic: ξ² falls below 1, and at r = 4 it is at least 10% above its minimum";
    let found = least_rise();
    let turns: Vec<usize> = up_to(LARGEST_CURVE).map(|best| turning_points(best.atoms)).collect();
    let at = |r: f64| xi2([2, 3], r);
    let growth = quotient(at(LARGE_R), at(LARGE_R - 0.5));
    Claim::new(vec![
        observed(fall, side!(at_most(1.0)).written("[0, 1]"), rises, scope),
        observed(rise, range, rises, scope),
    ])
    .remark("On the grid computed there is one turning point for each pair. For large r the parameter grows as e^{4r}")
    .value("outcome_at_half_the_criterion", outcome(found, at_most(without_rise(RISE / 2.0))))
    .value("outcome_at_twice_the_criterion", outcome(found, at_most(without_rise(RISE * 2.0))))
    .value("largest_minimum", estimated(least_fall()))
    .value("largest_minimum_over_end", estimated(found))
    .value("fewest_turning_points", exact(turns.iter().min().copied().unwrap_or(0)))
    .value("most_turning_points", exact(turns.iter().max().copied().unwrap_or(0)))
    .value(
        "growth_exponent_at_n_2_3",
        estimated(Estimate { value: growth.value.ln() / 0.5, error: growth.error / growth.value / 0.5 }),
    )
}

/// The largest relative change of `ξ²` when `r` grows by [`STEP`], for `r` in steps of 0.1 up to [`LARGE_R`].
fn largest_change() -> Estimate {
    static FOUND: LazyLock<Estimate> = LazyLock::new(|| {
        let grid = || (1..=40).map(|k| 0.025 * LARGE_R * f64::from(k));
        let pairs = up_to(LARGEST_CURVE).flat_map(|best| grid().map(|r| (best.atoms, r)));
        largest(pairs.map(|(atoms, r)| {
            let ratio = quotient(xi2(atoms, (1.0 + STEP) * r), xi2(atoms, r));
            Estimate { value: (ratio.value - 1.0).abs(), error: ratio.error }
        }))
    });
    *FOUND
}

/// The largest cost of a wrong `r`.
fn largest_cost() -> Estimate {
    largest(up_to(LARGEST_STEP).map(Best::cost_of_wrong_r))
}

pub(super) fn figs2_slow(_: Limits) -> Claim {
    let anywhere =
        side!(largest_change()).written(r"\max_{N_1<N_2,\ r\le4}\left|\frac{\xi^2(1.1\,r)}{\xi^2(r)}-1\right|");
    let at_the_optimum = side!(largest_cost())
        .written(r"\max_{N_1<N_2}\frac{\xi^2\left([1\pm0.1]\,r_{\rm opt}\right)}{\xi^2(r_{\rm opt})}-1");
    let criterion = "no rapid variations: an r that is wrong by 10% costs at most 10% of ξ²";
    let found = largest_cost();
    let range = || side!(at_most(RAPID)).written("[0, 0.1]");
    Claim::new(vec![observed(anywhere, range(), criterion, "all N_1 < N_2 with N <= 12, r = 0.1, 0.2, ..., 4")])
        .corrected(
            vec![observed(at_the_optimum, range(), criterion, "all N_1 < N_2 with N <= 16")],
            r"\text{no rapid variation of }\xi^2\text{ near its minimum over }r",
            Class::Approximate,
            "the sentence names no range of r. The minimum is flat: it is missed by little when r is. Far beyond it the \
             parameter grows as e^{4r}, which is as fast as anything here varies. The criterion is the same for both",
        )
        .value("largest_change_up_to_r_4", estimated(largest_change()))
        .value("largest_cost", estimated(found))
        .value("outcome_at_half_the_criterion", outcome(found, at_most(RAPID / 2.0)))
        .value("outcome_at_twice_the_criterion", outcome(found, at_most(RAPID * 2.0)))
}

pub(super) fn figs2_equal(_: Limits) -> Claim {
    let mut parts: Vec<Assertion> = vec![in_terms_of_information()];
    parts.extend(growth::information_grows());
    parts.extend(limit_of_wineland());
    Claim::new(parts).for_spins().remark(
        "ξ² = N/Q falls strictly with r > 0, because Q rises, and its limit is 3/(N+4), for every S. No finite r reaches the \
         limit.",
    )
}
