//! The equations of motion (S59) to (S67): what the master equation gives, beside what is printed.
//!
//! The left side is derived by [`crate::model::moments`]. The printed equations leave out what stays zero from the initial
//! state, so the left side does too. Third cumulants are those of [`Closure::Cartesian`], the only one of [`CLOSURES`] that gives
//! (S61) to (S63); (S60) needs none.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::{Claim, Class, Limits, equal, exact};
use crate::audit::report::Value;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Symbol, ratio, symbol as named};
use crate::laws::DIRECT;
use crate::laws::assertion::{Assertion, Side, side};
use crate::model::atoms::Axis::{self, X, Y, Z};
use crate::model::atoms::{Letter, Word};
use crate::model::latex::latex;
use crate::model::laurent::{Laurent, variable};
use crate::model::moments::{CLOSURES, Closure, Equations, MasterEquation, RATES, all_down, symbol, variables, zeros};
use crate::model::squeezing::{cosh_2r, exp_2r, sinh_2r};

/// The mean or covariance with these ensembles and components.
fn moment<const K: usize>(letters: [(u8, Axis); K]) -> Word {
    letters.map(|(ensemble, axis)| Letter { ensemble, axis }).to_vec()
}

/// All 27 equations.
static MOTION: LazyLock<Equations> = LazyLock::new(|| {
    MasterEquation::engineered().all(Closure::Cartesian).expect("linear jump operators give three letters at most")
});

/// What stays zero from the state with all atoms down.
static TRIVIAL: LazyLock<BTreeSet<Word>> = LazyLock::new(|| MOTION.invariant(&zeros(&all_down())));

/// The derived right side in the paper's symbols: equal ensembles of `N/2` atoms, no pumping, and of what stays zero only the
/// moment itself.
fn derived(word: &Word) -> Expression {
    crate::model::trace::uses("s59");
    let vanish: BTreeSet<Symbol> = TRIVIAL.iter().filter(|other| *other != word).map(|other| symbol(other)).collect();
    let pumping = Symbol::new(RATES[3]);
    let half = variable("N").half();
    let right = MOTION.right[word].without(&|s| vanish.contains(s) || *s == pumping);
    let right = ["n1", "n2"].iter().fold(right, |right, n| right.substitute(&Symbol::new(n), &half));
    in_tanh(&right)
}

/// With `e^{2r}` as a function of `t`.
fn in_tanh(p: &Laurent) -> Expression {
    p.to_expression(&|s, k| match (s.name(), k % 2) {
        ("e", 0) => exp_2r(k / 2),
        (name, _) if k == 1 => named(name),
        (name, _) => named(name).pow(k),
    })
}

fn domain() -> Domain {
    let names = variables().into_iter().map(|word| symbol(&word)).collect::<Vec<_>>();
    let rates = RATES[..3].iter().fold(Domain::default().with_unit("t").with_real("N"), |d, rate| d.with_real(rate));
    names.iter().fold(rates, |d, name| d.with_real(name.name()))
}

/// Its symbol.
fn name(word: &Word) -> Expression {
    named(symbol(word).name())
}

// ---- Printed quantities ----

fn s(i: u8) -> Expression {
    named(&format!("s{i}z"))
}

fn c(i: u8, j: u8, axes: &str) -> Expression {
    named(&format!("c{i}{j}{axes}"))
}

fn gamma() -> Expression {
    named(RATES[0])
}

fn gamma_minus() -> Expression {
    named(RATES[1])
}

/// `γ_- + 4γ_z`.
fn transverse() -> Expression {
    gamma_minus() + 4 * named(RATES[2])
}

fn atoms() -> Expression {
    named("N")
}

fn motion(word: &Word, left: Side<Expression>, right: Side<Expression>) -> Assertion {
    let derivative = format!(r"\frac{{\mathrm d}}{{\mathrm dt}}{}", latex(&name(word)));
    equal(domain(), left.written(derivative), right, vec![DIRECT])
}

// ---- (S59) ----

pub(super) fn s59(_: Limits) -> Claim {
    let alone = |axis| {
        let word = moment([(1, axis)]);
        motion(&word, side!(local_only(&word)), side!(decay_of_an_atom(axis)))
    };
    Claim::new(vec![alone(X), alone(Y), alone(Z)]).definition(
        "introduces the model; checked is what the two local terms do: the polarisation of each atom decays at γ_- towards \
         -1/2, its coherence at γ_-/2 + 2γ_z, with σ^z = ±1",
    )
}

/// The equation of a mean with the local terms alone.
fn local_only(word: &Word) -> Expression {
    let local = MasterEquation { jumps: Vec::new(), ..MasterEquation::engineered() };
    let right = local.motion(Closure::Cartesian, word).expect("no jump operator makes a mean longer");
    let right = right.without(&|s| s.name() == RATES[3]);
    in_tanh(&right.substitute(&Symbol::new("n1"), &variable("N").half()))
}

fn decay_of_an_atom(axis: Axis) -> Expression {
    match axis {
        Z => -gamma_minus() * (s(1) + atoms() / 4),
        _ => -(transverse() / 2) * named(&format!("s1{}", axis.name())),
    }
}

// ---- What is nontrivial ----

pub(super) fn s59_nontrivial(_: Limits) -> Claim {
    let of_length = |k: usize| exact(variables().iter().filter(|word| word.len() == k).count());
    let claim = Claim::new(vec![list_of_nontrivial(side!(listed()))])
        .value("means", of_length(1))
        .value("covariances", of_length(2))
        .value("staying_zero", exact(TRIVIAL.len()))
        .value("moving", exact(MOTION.right.len() - TRIVIAL.len()));
    claim.corrected(
        vec![list_of_nontrivial(side!(listed_without_yx()))],
        r"\text{(S60) to (S64), (S66), (S67): } C_{12}^{yx}\text{ stays zero}",
        Class::False,
        "(S65) is listed, but C_12^yx is zero in the initial state and stays zero: its equation is as trivial as those left out; \
         all others are as stated",
    )
}

/// Two sets of moments are equal when the sums of their members are, as polynomials in all moments.
fn list_of_nontrivial(listed: Side<Expression>) -> Assertion {
    let moving = side!(nontrivial()).written(r"\sum_{\text{nontrivial}} \text{moment}");
    equal(domain(), moving, listed, vec![DIRECT])
}

/// The sum of the moments that become different from zero.
fn nontrivial() -> Expression {
    crate::model::trace::uses("s59");
    let moving = variables().into_iter().filter(|word| !TRIVIAL.contains(word));
    moving.fold(Expression::from(0), |sum, word| sum + name(&word))
}

/// The sum of the moments that have an equation among (S60) to (S67).
fn listed() -> Expression {
    listed_without_yx() + c(1, 2, "yx")
}

fn listed_without_yx() -> Expression {
    let own = |i: u8| s(i) + c(i, i, "xx") + c(i, i, "yy") + c(i, i, "zz");
    own(1) + own(2) + c(1, 2, "xx") + c(1, 2, "yy") + c(1, 2, "zz")
}

// ---- (S60) to (S67) ----

/// A claim about the equation of each of some moments.
fn equations(words: Vec<(Word, Side<Expression>)>) -> Vec<Assertion> {
    words.into_iter().map(|(word, right)| motion(&word, side!(derived(&word)), right)).collect()
}

/// For both ensembles.
fn both<const K: usize>(axes: [Axis; K]) -> [Word; 2] {
    [1, 2].map(|i| moment(axes.map(|axis| (i, axis))))
}

pub(super) fn s60(_: Limits) -> Claim {
    let [first, second] = both([Z]);
    let printed = vec![(first.clone(), side!(printed_s60(1))), (second.clone(), side!(printed_s60(2)))];
    let right = vec![(first, side!(corrected_s60(1))), (second, side!(corrected_s60(2)))];
    Claim::new(equations(printed)).corrected(
        equations(right),
        r"\frac{\mathrm d}{\mathrm dt}S_i^z=-\gamma_-\left(S_i^z+\tfrac N4\right)-\gamma\left[C_{ii}^{xx}+C_{ii}^{yy}+\cosh(2r)S_i^z\right]",
        Class::Misprint,
        "the two signs of the relaxation are wrong: as printed the polarisation would run away from N/4 instead of decaying to -N/4. \
         Exact, without any closure, where the means of X_i and Y_i vanish",
    )
}

fn collective_z(i: u8) -> Expression {
    -gamma() * (c(i, i, "xx") + c(i, i, "yy") + cosh_2r() * s(i))
}

fn printed_s60(i: u8) -> Expression {
    gamma_minus() * (s(i) - atoms() / 4) + collective_z(i)
}

fn corrected_s60(i: u8) -> Expression {
    -gamma_minus() * (s(i) + atoms() / 4) + collective_z(i)
}

const CLOSURE: &str = "The closure is not stated in the paper. These coefficients come out when the third cumulant is that of \
                       products with equal components side by side, such as (X²Z + ZX²)/2. Symmetrised products would give \
                       another coefficient of γS^z, which the values show. The 4γ_z says that σ^z has the eigenvalues ±1: with \
                       ±1/2 it would be γ_z";

/// The coefficient of `γ S_i^z` in an equation of ensemble 1 under a closure.
fn coefficient_of_polarisation(closure: Closure, word: &Word) -> Value {
    let right = MasterEquation::engineered().motion(closure, word).unwrap_or_default();
    let wanted = [(Symbol::new(RATES[0]), 1), (symbol(&moment([(1, Z)])), 1)].into();
    let found = right.terms().find(|(exponents, _)| **exponents == wanted).map(|(_, c)| c.to_string());
    exact(found.unwrap_or_else(|| "0".to_owned()))
}

/// How many closures give the same equations of the variances within an ensemble as that of the paper.
fn closures_as_printed() -> usize {
    let variances = [X, Y, Z].map(|axis| moment([(1, axis), (1, axis)]));
    let same = |closure: &&Closure| {
        let motion = |word| MasterEquation::engineered().motion(**closure, word);
        let still = |right: Laurent| right.without(&|s| TRIVIAL.iter().any(|word| symbol(word) == *s));
        variances.iter().all(|word| motion(word).map(still) == Ok(still(MOTION.right[word].clone())))
    };
    CLOSURES.iter().filter(same).count()
}

pub(super) fn s61(_: Limits) -> Claim {
    let [first, second] = both([X, X]);
    Claim::new(equations(vec![
        (first, side!(printed_transverse(1, "xx"))),
        (second, side!(printed_transverse(2, "xx"))),
    ]))
    .remark(CLOSURE)
    .value("symmetrised", coefficient_of_polarisation(Closure::Symmetrised, &both([X, X])[0]))
    .value("paper", coefficient_of_polarisation(Closure::Cartesian, &both([X, X])[0]))
    .value("closures", exact(CLOSURES.len()))
    .value("closures_as_printed", exact(closures_as_printed()))
}

pub(super) fn s62(_: Limits) -> Claim {
    let [first, second] = both([Y, Y]);
    Claim::new(equations(vec![
        (first, side!(printed_transverse(1, "yy"))),
        (second, side!(printed_transverse(2, "yy"))),
    ]))
    .remark(CLOSURE)
}

fn printed_transverse(i: u8, axes: &str) -> Expression {
    let own = c(i, i, axes);
    let mixing = cosh_2r() * (c(i, i, "zz") - own.clone() + s(i).pow(2));
    transverse() * (atoms() / 8 - own.clone()) + gamma() * (mixing - ratio(1, 2) * s(i) + 2 * own * s(i))
}

pub(super) fn s63(_: Limits) -> Claim {
    let [first, second] = both([Z, Z]);
    Claim::new(equations(vec![(first, side!(printed_s63(1))), (second, side!(printed_s63(2)))]))
        .remark(CLOSURE)
        .value("symmetrised", coefficient_of_polarisation(Closure::Symmetrised, &both([Z, Z])[0]))
        .value("paper", coefficient_of_polarisation(Closure::Cartesian, &both([Z, Z])[0]))
}

fn printed_s63(i: u8) -> Expression {
    let zz = c(i, i, "zz");
    let mixing = cosh_2r() * (c(i, i, "xx") + c(i, i, "yy") - 2 * zz.clone());
    gamma_minus() * (atoms() / 4 - 2 * zz + s(i)) + gamma() * (mixing + s(i))
}

const BETWEEN: &str =
    "Symmetrised third cumulants give the same, since only one letter of a product stands alone in its ensemble";

pub(super) fn s64(_: Limits) -> Claim {
    Claim::new(equations(vec![(moment([(1, X), (2, X)]), side!(printed_s64()))])).remark(BETWEEN)
}

fn printed_s64() -> Expression {
    let xx = c(1, 2, "xx");
    let flow =
        xx.clone() * (s(1) + s(2)) - sinh_2r() * s(1) * s(2) - cosh_2r() * xx.clone() - sinh_2r() * c(1, 2, "zz");
    -transverse() * xx + gamma() * flow
}

pub(super) fn s65(_: Limits) -> Claim {
    let word = moment([(1, Y), (2, X)]);
    Claim::new(equations(vec![(word.clone(), side!(printed_s65()))])).corrected(
        equations(vec![(word, side!(corrected_s65()))]),
        r"\gamma\left[C_{12}^{yx}(S_1^z+S_2^z)-\cosh(2r)C_{12}^{yx}\right]",
        Class::Misprint,
        "a plus sign stands where the product C_12^yx (S_1^z + S_2^z) is meant, as in (S64) and (S66); as printed the covariance \
         would be driven by the polarisation",
    )
}

fn printed_s65() -> Expression {
    let yx = c(1, 2, "yx");
    -transverse() * yx.clone() + gamma() * (yx.clone() + (s(1) + s(2)) - cosh_2r() * yx)
}

fn corrected_s65() -> Expression {
    let yx = c(1, 2, "yx");
    -transverse() * yx.clone() + gamma() * (yx.clone() * (s(1) + s(2)) - cosh_2r() * yx)
}

pub(super) fn s66(_: Limits) -> Claim {
    Claim::new(equations(vec![(moment([(1, Y), (2, Y)]), side!(printed_s66()))])).remark(BETWEEN)
}

fn printed_s66() -> Expression {
    let yy = c(1, 2, "yy");
    let flow =
        yy.clone() * (s(1) + s(2)) + sinh_2r() * s(1) * s(2) - cosh_2r() * yy.clone() + sinh_2r() * c(1, 2, "zz");
    -transverse() * yy + gamma() * flow
}

pub(super) fn s67(_: Limits) -> Claim {
    Claim::new(equations(vec![(moment([(1, Z), (2, Z)]), side!(printed_s67()))])).remark(BETWEEN)
}

fn printed_s67() -> Expression {
    let zz = c(1, 2, "zz");
    let flow = 2 * cosh_2r() * zz.clone() + sinh_2r() * (c(1, 2, "xx") - c(1, 2, "yy"));
    -2 * gamma_minus() * zz - gamma() * flow
}
