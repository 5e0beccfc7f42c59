//! How the steady state is approached from `|0,0>`: Fig. 1(b), and the infidelity of section XI and Fig. S4.
//!
//! Criteria, fixed before anything was computed; times in units of `1/γ`. Our copy has captions and no curves, so the ranges are
//! ours.
//!
//! - **Fig. 1(b)**: at 200 equidistant times up to `γt = 20`, `<X+²>` is below and `<X-²>` above the value of the vacuum; at the last
//!   one both are within 1% of the values of the state that is stabilised.
//! - **infidelity**: as printed, `||ρ(t) - ρ_G||`. The norm is not named; it is taken as that of Frobenius, the length of the
//!   vectorised difference. Which norm does not matter for a rate, since all norms of matrices of one size are equivalent. The
//!   usual meaning of the word, `1 - <ψ_G|ρ|ψ_G>`, is computed beside it.
//! - **λ_gap**: the smallest non-zero decay rate among the eigenvalues of the Liouvillian on the space that the evolution from
//!   `|0,0>` cannot leave.
//! - **exponential aside from short transients**: between 2 and 20 decay times `1/λ_gap`, the local rate
//!   `-d ln||ρ - ρ_G||/dt`, taken over half a decay time, is within 10% of `λ_gap`. After 2 decay times `e^{-2} = 14%` would be
//!   left, so a transient that lasts longer is not short; 20 are `e^{-20} = 2·10^-9`. For `S = 5/2` and `r = 0.5, 1, 1.5, 2`
//!   (Fig. S4(a)), and for `r = 1.5` and `2S = 1, ..., 10` (Fig. S4(c)).
//! - **decays as exp(-λ_gap t)**: at 20 decay times the local rate is within 1% of `λ_gap`, for the same `S` and `r`.
//! - **improvement for larger S**: at `r = 1.5` the time after which the infidelity stays below 0.01 falls with every step of
//!   `2S = 1, ..., 10`, and `λ_gap` rises.
//!
//! The values show each outcome also at half and at twice the criterion.

use std::sync::LazyLock;

use super::super::{Claim, Class, Limits, Observation, Part, estimated, exact, observed};
use super::{Assertion, Domain, Expression, Ket, Operator, SIZE, equal, equal_operators, side};
use super::{DIRECT, SYMBOLIC, any_ladder, dissipation};
use crate::audit::report::Value;
use crate::exact::expression::{Linear, ratio};
use crate::laws::assertion::equal_operators_of;
use crate::model::lowering::Lowering;
use crate::model::metrology::expectation;
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{lowering, z};
use crate::model::zero;
use crate::numeric::Estimate;
use crate::numeric::evolve::{Moments, Unwatched, evolve};
use crate::numeric::lindblad::Dissipation;
use crate::numeric::lindblad::line::Line;
use crate::numeric::lindblad::spins::SpinBand;
use crate::numeric::metrology::SpinPair;
use crate::numeric::state::Initial;

/// The last time of Fig. 1(b).
const LAST: f64 = 20.0;

/// How near the end has to be to the steady values.
const STABILISED: f64 = 0.01;

/// Where the transient has to be over, and where the test ends, in decay times.
const DECAY_TIMES: (f64, f64) = (2.0, 20.0);

/// How far the local rate may be from the gap after the transient.
const EXPONENTIAL: f64 = 0.1;

/// How far the late rate may be from the gap.
const LATE_RATE: f64 = 0.01;

/// The infidelity that has to be reached.
const REACHED: f64 = 0.01;

/// What is reported where a computation was refused.
pub(super) const NOTHING: Estimate = Estimate { value: f64::NAN, error: f64::INFINITY };

/// The largest of these; nothing if one is missing.
pub(super) fn largest(estimates: impl IntoIterator<Item = Estimate>) -> Estimate {
    let larger = |a: Estimate, b: Estimate| if b.value.is_nan() || b.value > a.value { b } else { a };
    estimates.into_iter().reduce(|a, b| if a.value.is_nan() { a } else { larger(a, b) }).unwrap_or(NOTHING)
}

/// `a/b`.
pub(super) fn quotient(a: Estimate, b: Estimate) -> Estimate {
    let value = a.value / b.value;
    Estimate { value, error: value.abs() * (a.error / a.value.abs() + b.error / b.value.abs()) }
}

/// Two equal spins from `|0,0>`.
fn from_vacuum(two_s: usize, r: f64, times: &[f64]) -> Vec<Moments> {
    let spins = Dissipation::spins(two_s, two_s, r).ok();
    let reached = spins.and_then(|spins| evolve(&spins, &Initial::Product(0, 0), times, &Unwatched).ok());
    reached.map(|reached| reached.moments).unwrap_or_default()
}

/// A criterion on numbers `0 <= x <= bound`.
pub(super) fn at_most(bound: f64) -> (f64, f64) {
    (0.0, bound)
}

/// A criterion on the distance of a ratio from one.
pub(super) fn around_one(by: f64) -> (f64, f64) {
    (1.0 - by, 1.0 + by)
}

/// The ratio that is farthest from one; nothing if one is missing.
pub(super) fn farthest(ratios: impl IntoIterator<Item = Estimate>) -> Estimate {
    let off = |e: Estimate| (e.value - 1.0).abs();
    let farther = |a: Estimate, b: Estimate| if b.value.is_nan() || off(b) > off(a) { b } else { a };
    ratios.into_iter().reduce(|a, b| if a.value.is_nan() { a } else { farther(a, b) }).unwrap_or(NOTHING)
}

/// Whether a number satisfies a criterion, for the values of the report.
pub(super) fn outcome(number: Estimate, (low, high): (f64, f64)) -> Value {
    let (from, to) = (number.value - number.error, number.value + number.error);
    exact(match () {
        () if low <= from && to <= high => "satisfied",
        () if to < low || high < from => "not satisfied",
        () => "not decided",
    })
}

// ---- Fig. 1(b) ----

/// `2S` and `r` of the caption.
const FIG1B: (usize, f64) = (9, 0.75);

pub(super) fn fig1b(limits: Limits) -> Claim {
    let mut parts: Vec<Part> = same_variances(limits).into_iter().map(Part::from).collect();
    parts.extend(dissipation::dark_state().into_iter().map(Part::from));
    let scope = "S = 9/2, r = 0.75, 200 times up to γt = 20";
    let below =
        side!(largest_squeezed()).written(r"\max_t\frac{\langle\hat X_+^2\rangle(t)}{\langle\hat X_+^2\rangle(0)}");
    let above =
        side!(largest_inverse()).written(r"\max_t\frac{\langle\hat X_-^2\rangle(0)}{\langle\hat X_-^2\rangle(t)}");
    let end = side!(ratio_at_the_end())
        .written(r"\frac{\langle\hat X_\pm^2\rangle(20/\gamma)}{\langle\psi_G|\hat X_\pm^2|\psi_G\rangle}");
    let squeezed = "squeezed and antisqueezed: below and above the value of the vacuum at every sampled time";
    parts.push(observed(below, side!(at_most(1.0)).written("[0, 1]"), squeezed, scope).into());
    parts.push(observed(above, side!(at_most(1.0)).written("[0, 1]"), squeezed, scope).into());
    let stabilised = "at the last time within 1% of the state that is stabilised";
    parts.push(observed(end, side!(around_one(STABILISED)).written("[0.99, 1.01]"), stabilised, scope).into());
    let end = ratio_at_the_end();
    Claim::new(parts)
        .for_spins()
        .remark(
            "Judged on the caption; the curves were not available. The two equalities are exact at all times, for any O: \
             every term of X+² - Y-² and of Y+² - X-² changes the difference d = m1 - m2 by two, each jump operator changes it \
             by one on both sides of ρ, and |0,0> has d = 0. For spins d is Z_1 - Z_2, and the commutators say that O_1 lowers \
             it by one and O_2 raises it. That d_ket = d_bra then stays for ever, so that these terms have no mean value, is \
             argued and not checked",
        )
        .value("x_plus_sq_at_end_over_vacuum", estimated(at_the_end(0)))
        .value("x_minus_sq_at_end_over_vacuum", estimated(at_the_end(1)))
        .value("rises_of_x_plus_sq", exact(steps_against(0, 1.0)))
        .value("falls_of_x_minus_sq", exact(steps_against(1, -1.0)))
        .value("outcome_at_half_the_criterion", outcome(end, around_one(STABILISED / 2.0)))
        .value("outcome_at_twice_the_criterion", outcome(end, around_one(STABILISED * 2.0)))
}

/// Why `<X+²> = <Y-²>` and `<X-²> = <Y+²>` at all times.
fn same_variances(limits: Limits) -> Vec<Assertion> {
    let mut parts = Vec::new();
    for (a, b, sign) in [(XPlus, YMinus, 1), (YPlus, XMinus, -1)] {
        let difference = difference_name(a, b);
        let name = format!(
            r"{}\tfrac12\left(\hat O_1^2+\hat O_2^2+{{\rm h.c.}}\right)+\hat O_1\hat O_2^\dagger+\hat O_1^\dagger\hat O_2",
            if sign < 0 { "-" } else { "" }
        );
        let words = side!(two_steps(sign)).written(name);
        let left = side!(difference_of_squares(a, b)).written(difference.clone());
        parts.push(equal_operators(any_ladder(0), left, words, vec![DIRECT, SYMBOLIC]));
    }
    for (j, sign) in [(1, -1), (2, 1)] {
        let left = side!(commuted_with_imbalance(j)).written(format!(r"\left[\hat Z_1-\hat Z_2,\hat O_{j}\right]"));
        let name = format!(r"{}\hat O_{j}", if sign < 0 { "-" } else { "" });
        let right = side!(signed_lowering(j, sign)).written(name);
        parts.push(equal_operators_of(Domain::sizes(SIZE, 1), &Lowering::Spin, left, right, vec![DIRECT]));
    }
    let variance = side!(variance_of_imbalance()).written(r"\langle0,0|(\hat Z_1-\hat Z_2)^2|0,0\rangle");
    parts.push(equal(Domain::sizes(SIZE, 1), variance, side!(zero()), vec![DIRECT, limits.cheap()]));
    parts
}

fn difference_name(a: Quadrature, b: Quadrature) -> String {
    format!("{}^2-{}^2", a.latex(), b.latex())
}

fn difference_of_squares(a: Quadrature, b: Quadrature) -> Operator {
    let square = |w: Quadrature| w.operator().times(&w.operator());
    square(a).minus(&square(b))
}

/// `sign/2 (O_1² + O_2² + h.c.) + O_1 O_2† + O_1† O_2`.
fn two_steps(sign: i64) -> Operator {
    let word = |first: &[bool], second: &[bool], c: Expression| Operator::word((first.to_vec(), second.to_vec()), c);
    let half = || ratio(sign, 2);
    [
        word(&[false, false], &[], half()),
        word(&[true, true], &[], half()),
        word(&[], &[false, false], half()),
        word(&[], &[true, true], half()),
        word(&[false], &[true], Expression::from(1)),
        word(&[true], &[false], Expression::from(1)),
    ]
    .iter()
    .fold(Operator::zero(), |sum, word| sum.plus(word))
}

/// `Z_1 - Z_2`, which is `m1 - m2` for spins.
fn imbalance() -> Operator {
    z(1).minus(&z(2))
}

fn commuted_with_imbalance(j: u8) -> Operator {
    imbalance().commutator(&lowering(j))
}

fn signed_lowering(j: u8, sign: i64) -> Operator {
    lowering(j).scaled(&Expression::from(sign))
}

/// `<(Z_1 - Z_2)²>` in `|0,0>`, of which it is an eigenvector if this vanishes.
fn variance_of_imbalance() -> Expression {
    let vacuum = Ket::series(0, Linear::from(0), Expression::from(1), &[], (0, 0));
    Lowering::Spin.specialise(&expectation(&imbalance().times(&imbalance()), &vacuum))
}

/// The evolution of Fig. 1(b), from `t = 0` on.
static FIGURE: LazyLock<Vec<Moments>> = LazyLock::new(|| {
    let times: Vec<f64> = (0..=200).map(|k| LAST * f64::from(k) / 200.0).collect();
    from_vacuum(FIG1B.0, FIG1B.1, &times)
});

/// `<W²>(t)/<W²>(0)` for `t > 0`, where `W` is `X+` or `X-`.
fn relative_to_vacuum(w: usize) -> impl Iterator<Item = Estimate> {
    FIGURE.iter().skip(1).map(move |m| quotient(m.quadratures[w], FIGURE[0].quadratures[w]))
}

fn largest_squeezed() -> Estimate {
    largest(relative_to_vacuum(0))
}

fn largest_inverse() -> Estimate {
    let one = Estimate { value: 1.0, error: 0.0 };
    largest(relative_to_vacuum(1).map(|ratio| quotient(one, ratio)))
}

fn at_the_end(w: usize) -> Estimate {
    relative_to_vacuum(w).last().unwrap_or(NOTHING)
}

/// Both variances at the last time over their closed forms: the ratio that is farther from one.
fn ratio_at_the_end() -> Estimate {
    let (Ok(pair), Some(last)) = (SpinPair::new(FIG1B.0 as u64, FIG1B.1), FIGURE.last()) else { return NOTHING };
    let steady = [pair.x_plus_sq(), pair.x_minus_sq()];
    farthest(last.quadratures.into_iter().zip(steady).map(|(found, steady)| quotient(found, steady)))
}

/// How many of the steps go up (`sign = 1`) or down by more than the errors.
fn steps_against(w: usize, sign: f64) -> usize {
    let moved = |pair: &[Moments]| {
        let [a, b] = [pair[0].quadratures[w], pair[1].quadratures[w]];
        sign * (b.value - a.value) > a.error + b.error
    };
    FIGURE.windows(2).filter(|pair| moved(pair)).count()
}

// ---- Fig. S4 ----

/// The `2S` of Fig. S4(a), and the squeezing strengths.
const FIGS4A: (usize, [f64; 4]) = (5, [0.5, 1.0, 1.5, 2.0]);

/// The `r` of Fig. S4(c), and the largest `2S`.
const FIGS4C: (f64, usize) = (1.5, 10);

/// Local rates are taken over this many decay times.
const STRIDE: f64 = 0.5;

/// The infidelity of two spins against time, in both meanings.
struct Decay {
    two_s: usize,
    r: f64,
    /// The slowest rate that the evolution can reach.
    gap: Estimate,
    /// The slowest rate of a coherence with `|ψ_G>`.
    coherence: Estimate,
    /// `-d ln/dt` of `||ρ - ρ_G||` and of `1 - F`, over steps of [`STRIDE`] decay times from the first to the last of
    /// [`DECAY_TIMES`], divided by the gap.
    rates: [Vec<Estimate>; 2],
    /// When they stay below twice, once, and half of [`REACHED`].
    reached: [[Estimate; 3]; 2],
}

static FIXED_SPIN: LazyLock<Vec<Decay>> = LazyLock::new(|| FIGS4A.1.iter().map(|r| Decay::new(FIGS4A.0, *r)).collect());
static FIXED_SQUEEZING: LazyLock<Vec<Decay>> =
    LazyLock::new(|| (1..=FIGS4C.1).map(|two_s| Decay::new(two_s, FIGS4C.0)).collect());

/// Points of the infidelity for each decay time.
const POINTS: usize = 50;

impl Decay {
    fn new(two_s: usize, r: f64) -> Self {
        let spins = Dissipation::spins(two_s, two_s, r).ok();
        let gap = spins.as_ref().and_then(SpinBand::new);
        let gap = gap.and_then(|band| band.slowest_rate()).unwrap_or(NOTHING);
        let coherence = spins.as_ref().and_then(slowest_coherence).unwrap_or(NOTHING);
        let steps = (POINTS as f64 * DECAY_TIMES.1) as usize;
        let times: Vec<f64> = (0..=steps).map(|k| k as f64 / (POINTS as f64 * gap.value)).collect();
        let moments = from_vacuum(two_s, r, &times);
        let curve = |infidelity: fn(&Moments) -> Option<Estimate>| -> Vec<Estimate> {
            moments.iter().map(|m| infidelity(m).unwrap_or(NOTHING)).collect()
        };
        let curves = [curve(|m| m.distance), curve(|m| m.infidelity)];
        let rates = curves.each_ref().map(|curve| local_rates(curve, gap));
        let bounds = [2.0 * REACHED, REACHED, REACHED / 2.0];
        let reached = curves.each_ref().map(|curve| bounds.map(|bound| reached(&times, curve, bound)));
        Self { two_s, r, gap, coherence, rates, reached }
    }

    /// The local rate over the gap that is farthest from one, after the transient.
    fn worst(&self, meaning: usize) -> Estimate {
        farthest(self.rates[meaning].iter().copied())
    }

    /// The same at the end.
    fn late(&self, meaning: usize) -> Estimate {
        self.rates[meaning].last().copied().unwrap_or(NOTHING)
    }

    /// After how many decay times, counted from the first of [`DECAY_TIMES`], the local rate stays within 10% of the gap.
    fn settled(&self) -> f64 {
        let far = |rate: &Estimate| (rate.value - 1.0).abs() > EXPONENTIAL;
        DECAY_TIMES.0 + STRIDE * self.rates[0].iter().rposition(far).map_or(0.0, |at| (at + 1) as f64)
    }

    /// `S` and `r` in the name of a value.
    fn named(&self, what: &str) -> String {
        format!("{what}_at_2s_{}_r_{}", self.two_s, self.r).replace('.', "_")
    }
}

/// Half of the smallest non-zero eigenvalue of `K = Σ L†L` at `d = 0`: `𝓛(|φ><ψ_G|) = -½ K|φ><ψ_G|`, because no jump operator
/// leaves anything of `|ψ_G>`. The error is that of rounding.
fn slowest_coherence(spins: &Dissipation) -> Option<Estimate> {
    let line = Line::new(spins, 0)?;
    let element = |p: usize, q: usize| match p.abs_diff(q) {
        0 => line.rate[p],
        1 => line.coupling[p.max(q)],
        _ => 0.0,
    };
    let rates = faer::Mat::from_fn(line.len(), line.len(), element).self_adjoint_eigenvalues(faer::Side::Lower).ok()?;
    let error = 16.0 * f64::EPSILON * rates.last()?;
    Some(Estimate { value: 0.5 * rates.get(1)?, error })
}

fn local_rates(curve: &[Estimate], gap: Estimate) -> Vec<Estimate> {
    let stride = (STRIDE * POINTS as f64) as usize;
    let first = (DECAY_TIMES.0 * POINTS as f64) as usize;
    let rate = |pair: &[&Estimate]| {
        let [a, b] = [pair[0], pair[1]];
        let value = (a.value / b.value).ln() / STRIDE;
        let error = (a.error / a.value + b.error / b.value) / STRIDE + value.abs() * gap.error / gap.value;
        Estimate { value, error }
    };
    let points: Vec<&Estimate> = curve.iter().skip(first).step_by(stride).collect();
    points.windows(2).map(rate).collect()
}

/// When a curve falls below the bound for the last time; the error is half a step.
fn reached(times: &[f64], curve: &[Estimate], bound: f64) -> Estimate {
    let last = curve.iter().rposition(|e| e.value.is_nan() || e.value >= bound);
    match last.map(|at| (at, times.get(at + 1))) {
        Some((at, Some(next))) => Estimate { value: 0.5 * (times[at] + next), error: 0.5 * (next - times[at]) },
        _ => NOTHING,
    }
}

/// The local rate over the gap that is farthest from one, after the transient.
fn worst_rate(decays: &[Decay], meaning: usize) -> Estimate {
    farthest(decays.iter().map(|decay| decay.worst(meaning)))
}

/// The same at the end only.
fn worst_late_rate(decays: &[Decay], meaning: usize) -> Estimate {
    farthest(decays.iter().map(|decay| decay.late(meaning)))
}

/// The slowest coherence over the gap, where it is smallest.
fn least_coherence() -> Estimate {
    let one = Estimate { value: 1.0, error: 0.0 };
    let inverse = |decay: &Decay| quotient(decay.gap, decay.coherence);
    quotient(one, largest(FIXED_SPIN.iter().chain(FIXED_SQUEEZING.iter()).map(inverse)))
}

/// Each larger spin against the one before it: the largest `b/a`.
fn largest_step(of: impl Fn(&Decay) -> Estimate) -> Estimate {
    largest(FIXED_SQUEEZING.windows(2).map(|pair| quotient(of(&pair[1]), of(&pair[0]))))
}

/// `T(S+1/2)/T(S)`, with `T` the time at which the infidelity stays below 0.01.
fn largest_step_of_times() -> Estimate {
    largest_step(|decay| decay.reached[0][1])
}

/// `λ_gap(S)/λ_gap(S+1/2)`.
fn largest_step_of_gaps() -> Estimate {
    let one = Estimate { value: 1.0, error: 0.0 };
    largest_step(|decay| quotient(one, decay.gap))
}

const EXPONENTIALLY: &str =
    "aside from a short transient: from 2 to 20 decay times the local rate is within 10% of λ_gap";

fn exponential(decays: &'static [Decay], scope: &str) -> Observation {
    let left = side!(worst_rate(decays, 0))
        .written(r"\frac{-d\ln\|\rho-\rho_G\|/dt}{\lambda_{\rm gap}}\bigg|_{2\le\lambda_{\rm gap}t\le20}");
    observed(left, side!(around_one(EXPONENTIAL)).written("[0.9, 1.1]"), EXPONENTIALLY, scope)
}

const SCOPE_A: &str = "S = 5/2; r = 0.5, 1, 1.5, 2; 2 to 20 decay times";
const SCOPE_C: &str = "r = 1.5; 2S = 1, ..., 10; 2 to 20 decay times";

pub(super) fn figs4a(_: Limits) -> Claim {
    let decays: &'static [Decay] = &FIXED_SPIN;
    let worst = worst_rate(decays, 0);
    let strong: &'static [Decay] = FIXED_SPIN.get(1..).unwrap_or_default();
    let claim = Claim::new(vec![exponential(decays, SCOPE_A)])
        .corrected(
            vec![exponential(strong, "S = 5/2; r = 1, 1.5, 2; 2 to 20 decay times")],
            r"\|\rho-\rho_G\|\sim e^{-\lambda_{\rm gap}t}\text{ after two decay times, for } S=\tfrac52,\ r=1,\tfrac32,2",
            Class::Approximate,
            "right in the end for the four r, and after a short transient for r = 1, 1.5, 2. At r = 0.5, where other rates are \
             near λ_gap, the local rate is still more than 10% above it after two decay times; the values say when it is \
             not. No condition on e^r/S is claimed: near e^r = S other spins are more than 10% off, too. Judged on the caption and the sentence that cites it; the values of r in the \
             figure and its curves were not available",
        )
        .value("outcome_at_half_the_criterion", outcome(worst, around_one(EXPONENTIAL / 2.0)))
        .value("outcome_at_twice_the_criterion", outcome(worst, around_one(EXPONENTIAL * 2.0)));
    decays.iter().fold(claim, |claim, decay| {
        claim
            .value(&decay.named("gap"), estimated(decay.gap))
            .value(&decay.named("rate_over_gap"), estimated(decay.worst(0)))
            .value(&decay.named("decay_times_until_within_10_percent"), exact(decay.settled()))
            .value(&decay.named("rate_of_one_minus_fidelity_over_gap"), estimated(decay.worst(1)))
    })
}

pub(super) fn figs4c(_: Limits) -> Claim {
    let decays: &'static [Decay] = &FIXED_SQUEEZING;
    let faster =
        side!(largest_step_of_times()).written(r"\max_S\frac{T(S+\frac12)}{T(S)},\quad\|\rho(T)-\rho_G\|=0.01");
    let larger =
        side!(largest_step_of_gaps()).written(r"\max_S\frac{\lambda_{\rm gap}(S)}{\lambda_{\rm gap}(S+\frac12)}");
    let improves =
        "improvement for larger S: the time to an infidelity of 0.01 falls, and the gap rises, with every step of S";
    let parts = vec![
        exponential(decays, SCOPE_C),
        observed(faster, side!(at_most(1.0)).written("[0, 1]"), improves, "r = 1.5; 2S = 1, ..., 10"),
        observed(larger, side!(at_most(1.0)).written("[0, 1]"), improves, "r = 1.5; 2S = 1, ..., 10"),
    ];
    let at = |k: usize| largest_step(move |decay| decay.reached[0][k]);
    let claim = Claim::new(parts)
        .remark(
            "Judged on the caption and the sentence that cites it; the values of S in the figure and its curves were not \
             available. At fixed r, with γ fixed: what it costs to keep r while S grows is another claim",
        )
        .value("outcome_at_half_the_criterion", outcome(at(2), at_most(1.0)))
        .value("outcome_at_twice_the_criterion", outcome(at(0), at_most(1.0)))
        .value("rate_over_gap", estimated(worst_rate(decays, 0)))
        .value("rate_of_one_minus_fidelity_over_gap", estimated(worst_rate(decays, 1)));
    decays.iter().fold(claim, |claim, decay| {
        claim
            .value(&format!("time_at_2s_{}", decay.two_s), estimated(decay.reached[0][1]))
            .value(&format!("gap_at_2s_{}", decay.two_s), estimated(decay.gap))
    })
}

pub(super) fn figs4_infidelity(_: Limits) -> Claim {
    let part = |decays: &'static [Decay], scope: &str| {
        let left = side!(worst_late_rate(decays, 0))
            .written(r"\frac{-d\ln\|\rho-\rho_G\|/dt}{\lambda_{\rm gap}}\bigg|_{\lambda_{\rm gap}t=20}");
        let criterion = "decays as exp(-λ_gap t): at 20 decay times the local rate is within 1% of λ_gap";
        observed(left, side!(around_one(LATE_RATE)).written("[0.99, 1.01]"), criterion, scope)
    };
    let (a, c): (&'static [Decay], &'static [Decay]) = (&FIXED_SPIN, &FIXED_SQUEEZING);
    let both = |meaning: usize| farthest([worst_late_rate(a, meaning), worst_late_rate(c, meaning)]);
    Claim::new(vec![part(a, "S = 5/2; r = 0.5, 1, 1.5, 2; at 20 decay times"), part(c, "r = 1.5; 2S = 1, ..., 10; at 20 decay times")])
        .remark(
            "The printed ||ρ - ρ_G|| is a distance and not what is usually called infidelity, 1 - F with F = <ψ_G|ρ|ψ_G>. \
             It contains coherences with |ψ_G>, which 1 - F does not; all of them decay faster than λ_gap here, so both \
             quantities decay at the same rate and the sentence holds for either. λ_gap is an eigenvalue of the generator that \
             makes the curve, so what is tested is that |0,0> excites that mode and that nothing slower enters the distance",
        )
        .value("slowest_coherence_over_gap", estimated(least_coherence()))
        .value("norm", estimated(both(0)))
        .value("one_minus_fidelity", estimated(both(1)))
        .value("outcome_at_half_the_criterion", outcome(both(0), around_one(LATE_RATE / 2.0)))
        .value("outcome_at_twice_the_criterion", outcome(both(0), around_one(LATE_RATE * 2.0)))
}
