//! A level scheme for the dissipation: section X.

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, equal, fails, side};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Symbol, symbol};
use crate::laws::DIRECT;
use crate::laws::assertion::{Side, at_least, expands};
use crate::model::levels::Level::{self, Down, ExcitedDown, ExcitedUp, Up};
use crate::model::levels::{LEVELS, displayed, energies, line};
use crate::model::squeezing::{cosh_squared, sinh_squared};
use crate::model::{trace, zero};

pub(super) const CLAIMS: Chapter = &[
    ("s55", s55),
    ("s55-splitting", s55_splitting),
    ("s55-cavity-a", s55_cavity_a),
    ("s55-cavity-b", s55_cavity_b),
    ("s55-resonance", s55_resonance),
    ("s55-elimination", s55_elimination),
    ("s56", s56),
    ("s56-tanh", s56_tanh),
];

// ---- The levels ----

fn s55(_: Limits) -> Claim {
    Claim::new(all_levels(-1)).corrected(
        all_levels(1),
        r"\hat H_0 = \ldots + \delta e\left(|e_\uparrow\rangle_1\langle e_\uparrow|_1 + |e_\downarrow\rangle_2\langle e_\downarrow|_2\right) + \ldots",
        Class::Misprint,
        "the sign of δe for e-down of ensemble 2 must be plus: the text has the splitting reversed, and the second cavity \
         mode needs it",
    )
}

fn all_levels(sign: i64) -> Vec<Assertion> {
    let both = [1, 2].into_iter().flat_map(|ensemble| LEVELS.map(|level| (ensemble, level)));
    let part = |(ensemble, level): (u8, Level)| {
        let words = side!(described(ensemble, level)).written(format!("E({})", level.latex(ensemble)));
        let formula = side!(displayed(sign, ensemble, level));
        let name = format!(r"\langle {0}|\hat H_0|{0}\rangle", level.latex(ensemble));
        equal(energies(), words, formula.written(name), vec![DIRECT])
    };
    both.map(part).collect()
}

/// The levels in words: both excited states at `ω_e`; one of the two is higher by `δe`, e-up in ensemble 1 and e-down in
/// ensemble 2; arrows up of ensemble 2 are raised by `δB/2`, arrows down lowered.
fn described(ensemble: u8, level: Level) -> Expression {
    trace::uses("s55-splitting");
    let zero = Expression::from(0);
    let excited = if matches!(level, ExcitedDown | ExcitedUp) { symbol("w") } else { zero.clone() };
    let higher = level == if ensemble == 1 { ExcitedUp } else { ExcitedDown };
    let split = if higher { symbol("d") } else { zero.clone() };
    let shift = match (ensemble, level) {
        (1, _) => zero,
        (_, Up | ExcitedUp) => symbol("b") / 2,
        _ => -(symbol("b") / 2),
    };
    excited + split + shift
}

fn s55_splitting(_: Limits) -> Claim {
    let part = |ensemble: u8, printed: i64| {
        let name = format!(r"E(e_{{\uparrow {ensemble}}})-E(e_{{\downarrow {ensemble}}})\Big|_{{\delta B=0}}");
        let sign = if printed > 0 { "" } else { "-" };
        let splitting = side!(splitting_from_lines(ensemble)).written(name);
        let domain = Domain::default().with_real("w").with_real("d");
        equal(domain, splitting, side!(printed_splitting(printed)).written(format!(r"{sign}\delta e")), vec![DIRECT])
    };
    Claim::new(vec![part(1, 1), part(2, -1)]).remark(
        "What the two cavity modes demand: emission at ω_e with one arrow and at ω_e + δe with the other, the arrows \
         exchanged between the ensembles. The frequency of the mode is added to the energy of the ground state. Without the \
         field gradient, which adds δB in ensemble 2. The displayed H_0 gives +δe in both ensembles.",
    )
}

/// The distance of the excited states of an ensemble without the field gradient: each of them lies above its ground state
/// by the frequency of the mode into which it emits.
///
/// The ground energies do not contain `δe`, so they are the same in both forms of `H_0`, and nothing here relies on (S55).
fn splitting_from_lines(ensemble: u8) -> Expression {
    let excited = |emitted: Expression, ground: Level| emitted + displayed(1, ensemble, ground);
    // Mode a takes e-down of ensemble 1 and e-up of ensemble 2.
    let (from_up, from_down) = if ensemble == 1 { (mode_b(), mode_a()) } else { (mode_a(), mode_b()) };
    let splitting = excited(from_up, Up) - excited(from_down, Down);
    splitting.substitute(&Symbol::new("b"), &zero())
}

fn printed_splitting(sign: i64) -> Expression {
    sign * symbol("d")
}

fn s55_cavity_a(_: Limits) -> Claim {
    let part = |ensemble: u8, excited: Level, ground: Level| {
        let line = side!(line(ensemble, excited, ground)).written(transition(ensemble, excited, ground));
        equal(energies(), line, side!(mode_a()).written(r"\omega_e"), vec![DIRECT])
    };
    Claim::new(vec![part(1, ExcitedDown, Down), part(2, ExcitedUp, Up)])
        .remark("The sign of δe in ensemble 2, in which our H_0 differs from the displayed one, does not enter.")
}

fn s55_cavity_b(_: Limits) -> Claim {
    let part = |ensemble: u8, excited: Level, ground: Level| {
        let line = side!(line(ensemble, excited, ground)).written(transition(ensemble, excited, ground));
        equal(energies(), line, side!(mode_b()).written(r"\omega_e+\delta e"), vec![DIRECT])
    };
    Claim::new(vec![part(1, ExcitedUp, Up), part(2, ExcitedDown, Down)]).remark(
        "With the levels as the text has them. With the H_0 displayed the line of ensemble 2 is ω_e - δe, and one mode \
         cannot serve both.",
    )
}

/// `E(excited) - E(ground)` as a reader would write it.
fn transition(ensemble: u8, excited: Level, ground: Level) -> String {
    format!("E({})-E({})", excited.latex(ensemble), ground.latex(ensemble))
}

/// `ω_a = ω_e`.
fn mode_a() -> Expression {
    symbol("w")
}

/// `ω_b = ω_e + δe`.
fn mode_b() -> Expression {
    symbol("w") + symbol("d")
}

// ---- Which transitions a laser meets ----

/// A transition between a ground and an excited state of one atom.
type Transition = (u8, Level, Level);

/// The lasers of dissipator a: `ω_-^a` and `ω_+^a`, with the transitions that they are meant for.
const LASERS_A: [(&str, Transition); 2] =
    [(r"\omega_-^a", (1, ExcitedDown, Up)), (r"\omega_+^a", (2, ExcitedUp, Down))];

fn all_transitions() -> impl Iterator<Item = Transition> {
    let excited = [ExcitedDown, ExcitedUp].into_iter();
    excited.flat_map(|e| [Down, Up].into_iter().flat_map(move |g| [(1, e, g), (2, e, g)]))
}

/// The transitions that turn the arrow.
fn turning() -> Vec<Transition> {
    all_transitions().filter(|(_, e, g)| g.flips(*e)).collect()
}

fn s55_resonance(_: Limits) -> Claim {
    let mut only = Vec::new();
    for (laser, meant) in LASERS_A {
        only.extend(all_transitions().filter(|t| *t != meant).map(|t| fails(meets(t, laser, meant))));
    }
    let reference = (1, ExcitedDown, Up);
    let mut corrected: Vec<Assertion> = turning().into_iter().filter(|t| *t != reference).map(apart).collect();
    corrected.extend((0..4).flat_map(|i| (i + 1..4).map(move |j| distance(i, j))));
    corrected.extend([(1, ExcitedDown, Down), (2, ExcitedUp, Up)].map(also_met));
    Claim::new(only).corrected(
        corrected,
        r"\begin{aligned}&\text{the four transitions that turn the arrow lie at }\\&\omega_e,\ \omega_e+\delta e,\ \omega_e+\delta B,\ \omega_e+\delta e-\delta B\end{aligned}",
        Class::False,
        "energies alone do not do it: the ground states of ensemble 1 are degenerate, so the laser for up -> e-down also \
         meets down -> e-down there, and up -> e-up of ensemble 2. With light that drives only transitions which turn the \
         arrow, a selection rule that the text does not mention, the four lines are distinct unless δe or δB is 0 or δe \
         is δB or 2δB: the six differences are checked. Criterion, fixed first: not resonant means that the frequencies in H_0 differ for some δe, δB",
    )
}

/// The transition has the frequency that the laser is meant for.
fn meets((ensemble, excited, ground): Transition, laser: &str, meant: Transition) -> Assertion {
    let frequency = side!(line(ensemble, excited, ground)).written(transition(ensemble, excited, ground));
    equal(energies(), frequency, side!(laser_frequency(meant)).written(laser), vec![DIRECT])
}

/// A transition that keeps the arrow and has the frequency of the laser for `↑_1 -> e_↓1` all the same.
fn also_met((ensemble, excited, ground): Transition) -> Assertion {
    let frequency = side!(line(ensemble, excited, ground)).written(transition(ensemble, excited, ground));
    equal(energies(), frequency, side!(mode_a()).written(r"\omega_e=\omega_-^a"), vec![DIRECT])
}

fn laser_frequency((ensemble, excited, ground): Transition) -> Expression {
    displayed(1, ensemble, excited) - displayed(1, ensemble, ground)
}

/// How far a transition lies above `ω_e`.
fn apart((ensemble, excited, ground): Transition) -> Assertion {
    let frequency = side!(line(ensemble, excited, ground)).written(transition(ensemble, excited, ground));
    equal(
        energies(),
        frequency,
        side!(listed_frequency(ensemble, ground)).written(listed_name(ensemble, ground)),
        vec![DIRECT],
    )
}

/// How far apart two of the transitions that turn the arrow are.
fn distance(i: usize, j: usize) -> Assertion {
    let [(e1, up, from), (e2, other, start)] = [turning()[i], turning()[j]];
    let name = format!("[{}]-[{}]", transition(e2, other, start), transition(e1, up, from));
    let left = side!(difference(i, j)).written(name);
    let right = side!(listed_difference(i, j)).written(difference_name(i, j));
    equal(energies(), left, right, vec![DIRECT])
}

fn difference(i: usize, j: usize) -> Expression {
    let frequency = |k: usize| {
        let (ensemble, excited, ground) = turning()[k];
        line(ensemble, excited, ground)
    };
    frequency(j) - frequency(i)
}

/// The differences between the frequencies `ω_e`, `ω_e+δe-δB`, `ω_e+δe`, `ω_e+δB`, the later minus the earlier.
fn listed_difference(i: usize, j: usize) -> Expression {
    let (d, b) = (symbol("d"), symbol("b"));
    match (i, j) {
        (0, 1) => d - b,
        (0, 2) => d,
        (0, 3) | (1, 2) => b,
        (1, 3) => 2 * b - d,
        _ => b - d,
    }
}

fn difference_name(i: usize, j: usize) -> &'static str {
    match (i, j) {
        (0, 1) => r"\delta e-\delta B",
        (0, 2) => r"\delta e",
        (0, 3) | (1, 2) => r"\delta B",
        (1, 3) => r"2\delta B-\delta e",
        _ => r"\delta B-\delta e",
    }
}

/// The frequencies of the transitions that turn the arrow, by ensemble and initial state.
fn listed_frequency(ensemble: u8, ground: Level) -> Expression {
    let (w, d, b) = (symbol("w"), symbol("d"), symbol("b"));
    match (ensemble, ground) {
        (1, Up) => w,
        (1, _) => w + d,
        (_, Up) => w + d - b,
        _ => w + b,
    }
}

fn listed_name(ensemble: u8, ground: Level) -> &'static str {
    match (ensemble, ground) {
        (1, Up) => r"\omega_e",
        (1, _) => r"\omega_e+\delta e",
        (_, Up) => r"\omega_e+\delta e-\delta B",
        _ => r"\omega_e+\delta B",
    }
}

// ---- Elimination of the excited states ----

/// One atom with `Ω = W`, `Δ = D`, coupled with `g` to a mode with `κ = 1/q`.
fn driven_atom() -> Domain {
    ["W", "D", "g", "q"].into_iter().fold(Domain::default(), |d, s| d.with_positive(s))
}

fn s55_elimination(_: Limits) -> Claim {
    let ratio_of_populations = r"\left|\frac{c_e}{c_\uparrow}\right|^2";
    let [drive, detuning, loss] = ["W", "D", "q"].map(symbol);
    let general = side!(excited_population(&drive, &detuning, &loss)).written(ratio_of_populations);
    let formula = side!(population_formula()).written(r"\frac{\Omega^2/4}{\Delta^2+4g^4/\kappa^2}");
    let fast = |right: Side<Vec<Expression>>| {
        let population = side!(excited_population(&drive, &detuning, &symbol("q")))
            .written(format!(r"{ratio_of_populations}_{{\kappa=1/q}}"));
        expands(driven_atom(), population, "q", right, vec![Plan::Expansion(&[])])
    };
    let rest = side!(stationarity(&drive, &detuning, &loss))
        .written(r"-i\Delta c_e-\tfrac i2\Omega\,c_\uparrow-ig\,c_\gamma,\quad c_\gamma=-\tfrac{2ig}{\kappa}c_e");
    // Far from resonance: Δ = 1/q, and another letter for 1/κ.
    let detuned = ["W", "g", "e", "q"].into_iter().fold(Domain::default(), |d, s| d.with_positive(s));
    let far = side!(excited_population(&drive, &symbol("q").pow(-1), &symbol("e")))
        .written(format!(r"{ratio_of_populations}_{{\Delta=1/q}}"));
    let small = side!(small_population()).written(r"\tfrac{\Omega^2}4q^2");
    Claim::new(vec![fast(side!(no_population()).written("0"))]).corrected(
        vec![
            equal(driven_atom(), side!(zero()), rest, vec![DIRECT]),
            equal(driven_atom(), general, formula, vec![DIRECT]),
            fast(side!(population_for_fast_decay()).written(r"\frac{\Omega^2}{4\Delta^2}")),
            expands(detuned, far, "q", small, vec![Plan::Expansion(&[])]),
        ],
        r"\left|\frac{c_e}{c_\uparrow}\right|^2 = \frac{\Omega^2/4}{\Delta^2+4g^4/\kappa^2},\quad\text{small for } |\Delta|\gg\Omega",
        Class::False,
        "a large κ alone does not empty the excited state: for κ → ∞ its population relative to the ground state tends to \
         (Ω/2Δ)², which is small only for Δ much larger than Ω, a condition that the text does not state. Criterion, fixed \
         first: the ratio of the populations in the adiabatic solution tends to 0. What a large κ empties is the cavity",
    )
}

/// `c_e/c_↑` when the amplitudes of the excited state and of the photon follow: `-(Ω/2)/(Δ - 2ig²/κ)`, with `loss = 1/κ`.
fn excited_amplitude(drive: &Expression, detuning: &Expression, loss: &Expression) -> Expression {
    let width = 2 * symbol("g").pow(2) * loss.clone();
    -(drive.clone() / 2) * (detuning.clone() + Expression::I * width.clone()) / (detuning.clone().pow(2) + width.pow(2))
}

/// The time derivative of `c_e`, with the photon's amplitude `-(2ig/κ) c_e` put in, for `c_↑ = 1`.
fn stationarity(drive: &Expression, detuning: &Expression, loss: &Expression) -> Expression {
    let excited = || excited_amplitude(drive, detuning, loss);
    let photon = -(2 * Expression::I * symbol("g") * loss.clone()) * excited();
    -(Expression::I * detuning.clone() * excited())
        - Expression::I * drive.clone() / 2
        - Expression::I * symbol("g") * photon
}

fn excited_population(drive: &Expression, detuning: &Expression, loss: &Expression) -> Expression {
    let amplitude = excited_amplitude(drive, detuning, loss);
    amplitude.conjugate() * amplitude
}

/// `(Ω²/4)/(Δ² + 4g⁴/κ²)`.
fn population_formula() -> Expression {
    symbol("W").pow(2) / 4 / (symbol("D").pow(2) + 4 * symbol("g").pow(4) * symbol("q").pow(2))
}

fn no_population() -> Vec<Expression> {
    vec![zero()]
}

/// `(Ω/2Δ)²`.
fn population_for_fast_decay() -> Vec<Expression> {
    vec![symbol("W").pow(2) / (4 * symbol("D").pow(2))]
}

/// `Ω² q²/4`.
fn small_population() -> Vec<Expression> {
    vec![zero(), zero(), symbol("W").pow(2) / 4]
}

// ---- The effective dissipator ----

/// Four laser parameters (`Ω_∓`, `Δ_∓`), the coupling `g` and the decay rate `κ`.
fn lasers() -> Domain {
    ["Wm", "Wp", "Dm", "Dp", "g", "k"].into_iter().fold(Domain::default(), |d, s| d.with_positive(s))
}

/// `Ω_-/Δ_-` and `Ω_+/Δ_+`.
fn drives() -> (Expression, Expression) {
    (symbol("Wm") / symbol("Dm"), symbol("Wp") / symbol("Dp"))
}

/// `Ω̃²` of (S56), from the squares of `Ω_-/Δ_-` and `Ω_+/Δ_+`.
fn omega_squared(minus: Expression, plus: Expression) -> Expression {
    minus - plus
}

fn s56(_: Limits) -> Claim {
    let tuned = Domain::default().with_fraction("t").with_positive("W");
    let common = side!(common_drive_squared()).written(r"w^2");
    let normalisation = side!(omega_at_drives())
        .written(r"\tilde\Omega^2\Big|_{\Omega_-/\Delta_-=w\cosh r,\ \Omega_+/\Delta_+=w\sinh r}");
    let amplitudes = |lower: bool| {
        let sign = if lower { "-" } else { "+" };
        let rate = side!(raman_rate(lower))
            .written(format!(r"\frac{{4}}{{\kappa}}\left(\frac{{g\,\Omega_{sign}^a}}{{2\Delta_{sign}^a}}\right)^2"));
        let printed = side!(s56_squared(lower)).written(format!(
            r"\frac{{g^2\tilde\Omega^2}}{{\kappa}}\left(\frac1{{\tilde\Omega}}\frac{{\Omega_{sign}^a}}{{\Delta_{sign}^a}}\right)^2"
        ));
        equal(lasers(), rate, printed, vec![DIRECT])
    };
    let real = at_least(
        Domain::default().with_positive("x").with_positive("y"),
        side!(omega_of_stronger_drive()).written(r"\tilde\Omega^2\Big|_{\Omega_-/\Delta_-=y+x,\ \Omega_+/\Delta_+=y}"),
        side!(zero()),
        true,
        vec![Plan::Manifest(symbol("x") * (symbol("x") + 2 * symbol("y")), &[])],
    );
    Claim::new(vec![equal(tuned, common, normalisation, vec![DIRECT]), real, amplitudes(true), amplitudes(false)]).remark(
        "Two things are not derived here: that a Raman process of amplitude gΩ/(2Δ) jumps at the rate 4(gΩ/2Δ)²/κ, a \
         convention for Ω and κ that we take over, and the relative sign of the two terms, since only squares are compared. \
         With this normalisation cosh² - sinh² = 1, and the two terms have the rates of the two Raman processes. Needs \
         |Ω_-/Δ_-| > |Ω_+/Δ_+|, or the root is not real. The sign ~ leaves a constant open, which is 1 in this convention.",
    )
}

fn omega_of_stronger_drive() -> Expression {
    omega_squared((symbol("y") + symbol("x")).pow(2), symbol("y").pow(2))
}

/// The common factor of the drives, squared, when they are `w cosh r` and `w sinh r`.
fn common_drive_squared() -> Expression {
    symbol("W").pow(2)
}

fn omega_at_drives() -> Expression {
    let squared = |hyperbolic: Expression| symbol("W").pow(2) * hyperbolic;
    omega_squared(squared(cosh_squared()), squared(sinh_squared()))
}

/// A Raman process of amplitude `G = gΩ/(2Δ)` into a mode that decays at `κ` has the rate `4G²/κ`.
fn raman_rate(lower: bool) -> Expression {
    let (minus, plus) = drives();
    let amplitude = symbol("g") * if lower { minus } else { plus } / 2;
    4 * amplitude.pow(2) / symbol("k")
}

/// The square of a coefficient of (S56).
fn s56_squared(lower: bool) -> Expression {
    let (minus, plus) = drives();
    let omega = omega_squared(minus.clone().pow(2), plus.clone().pow(2));
    let drive = if lower { minus } else { plus };
    symbol("g").pow(2) * omega.clone() / symbol("k") * (drive.pow(2) / omega)
}

fn s56_tanh(_: Limits) -> Claim {
    let ratio = side!(ratio_of_coefficients()).written(
        r"\frac{\tfrac{1}{\tilde\Omega}\,\Omega_+^a/\Delta_+^a}{\tfrac{1}{\tilde\Omega}\,\Omega_-^a/\Delta_-^a}",
    );
    let printed = side!(s56_tanh_printed()).written(r"\frac{\Omega_+^a}{\Omega_-^a}\frac{\Delta_-^a}{\Delta_+^a}");
    Claim::new(vec![equal(lasers().with_positive("O"), ratio, printed, vec![DIRECT])])
}

/// `sinh r / cosh r` with the coefficients given before it, each divided by `Ω̃`.
fn ratio_of_coefficients() -> Expression {
    trace::uses("s56");
    let (minus, plus) = drives();
    (1 / symbol("O") * plus) / (1 / symbol("O") * minus)
}

fn s56_tanh_printed() -> Expression {
    symbol("Wp") / symbol("Wm") * (symbol("Dm") / symbol("Dp"))
}
