//! GHZ states and single ensembles: section VI.

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, side};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, ratio, symbol};
use crate::laws::DIRECT;
use crate::laws::rotation::{Rotated, conjugation};
use crate::model::element::{spin_diagonal, superposition_mean};
use crate::model::ghz::Ghz;
use crate::model::metrology::atoms;
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{self, z};
use crate::model::{SIZE, m_max, size, zero};

mod single;
mod two;

pub(super) const CLAIMS: Chapter = &[
    ("main-ghz-simultaneous", two::main_ghz_simultaneous),
    ("s38", s38),
    ("s39", s39),
    ("s40", s40),
    ("s41", s41),
    ("s41-others", s41_others),
    ("s42", two::s42),
    ("s42-maximal", two::s42_maximal),
    ("s43a", two::s43a),
    ("s43b", two::s43b),
    ("s43c", two::s43c),
    ("s43-equal", two::s43_equal),
    ("s43-smaller", two::s43_smaller),
    ("s43-quarter", single::s43_quarter),
    ("s43-eighth", single::s43_eighth),
    ("s43-split", single::s43_split),
];

fn number(value: i64) -> Expression {
    Expression::from(value)
}

/// `left = right` for all sizes from `least` on.
fn from_size(least: i64, left: Side<Expression>, right: Side<Expression>) -> Assertion {
    equal(Domain::sizes(SIZE, least), left, right, vec![DIRECT])
}

/// An element of the QFIM for sizes from `least` on: matrix elements between `|0,0>` and `|M,M>` matter only for
/// `m_max = 1`.
fn information(state: Ghz, a: Quadrature, b: Quadrature, least: i64) -> Expression {
    state.qfim_element(a, b, least)
}

/// The same for two single atoms, `S = 1/2`.
fn of_two_atoms(state: Ghz, a: Quadrature, b: Quadrature) -> Expression {
    state.qfim_element(a, b, 1).substitute_integer(&Symbol::new(SIZE), &Linear::from(1))
}

fn written(a: Quadrature, b: Quadrature) -> String {
    format!(r"\mathcal Q[{},{}]", a.latex(), b.latex())
}

fn element_is(state: Ghz, a: Quadrature, b: Quadrature, least: i64, right: Side<Expression>) -> Assertion {
    let left = side!(information(state, a, b, least)).written(written(a, b));
    equal(Domain::sizes(SIZE, least), left, right, vec![DIRECT, Plan::Sizes(60)])
}

/// The element for `S = 1/2`.
fn two_atoms_have(state: Ghz, a: Quadrature, b: Quadrature, value: i64) -> Assertion {
    let left = side!(of_two_atoms(state, a, b)).written(format!(r"{}\Big|_{{S=1/2}}", written(a, b)));
    equal(Domain::default(), left, side!(number(value)), vec![DIRECT])
}

/// How the rotation that prepares a state turns an operator.
fn turning(state: Ghz, w: Quadrature) -> Vec<Assertion> {
    let [constant, cosine, sine] = state.turning(w);
    let backwards = state.generator().scaled(&number(-1));
    let written = format!(r"e^{{i\theta\hat G}}{0}e^{{-i\theta\hat G}} = {1}", w.latex(), turned_latex(state, w));
    conjugation(&written, &backwards, &w.operator(), &Rotated { constant, cosine, sine })
}

/// What [`Ghz::turning`] gives, as LaTeX.
fn turned_latex(state: Ghz, w: Quadrature) -> String {
    let z = if matches!(w, XMinus | YPlus) { r"(\hat Z_1+\hat Z_2)" } else { r"(\hat Z_1-\hat Z_2)" };
    let partner = match w {
        XPlus => YMinus,
        YMinus => XPlus,
        XMinus => YPlus,
        YPlus => XMinus,
    };
    let sign = if matches!(w, XPlus | XMinus) { "+" } else { "-" };
    match (state, w) {
        (Ghz::One, XPlus | XMinus) => format!(r"\cos\theta\,{}+\sin\theta\,{z}", w.latex()),
        (Ghz::One, YPlus | YMinus) => w.latex().to_owned(),
        (Ghz::Two, _) => format!(
            r"\tfrac12({0}+{1})+\tfrac{{\cos\theta}}2({0}-{1}){sign}\tfrac{{\sin\theta}}{{\sqrt2}}{z}",
            w.latex(),
            partner.latex()
        ),
    }
}

/// Both levels are normalised and orthogonal.
fn normalised() -> Assertion {
    from_size(1, side!(norm()).written(r"\langle{\rm GHZ}|{\rm GHZ}\rangle"), side!(one()))
}

fn norm() -> Expression {
    superposition_mean(&operators::number(number(1)), 1)
}

fn one() -> Expression {
    number(1)
}

fn s38(_: Limits) -> Claim {
    let mut parts = vec![normalised()];
    parts.extend(turning(Ghz::One, XMinus));
    Claim::new(parts)
        .for_spins()
        .definition("it names a state; checked: it is normalised for S > 0, and the rotation takes X- to Z1 + Z2")
}

fn s39(_: Limits) -> Claim {
    let line = |text: &str| text.to_owned();
    let ends = r"2\left(\left[2\left(-\tfrac{m_{\max}}2\right)\right]^2+\left[2\left(m_{\max}-\tfrac{m_{\max}}2\right)\right]^2\right)";
    let mut parts = turning(Ghz::One, XMinus);
    parts.push(from_size(1, side!(mean_of_sensitive()).written(r"\langle\hat X_-\rangle"), side!(zero())));
    parts.push(element_is(Ghz::One, XMinus, XMinus, 1, side!(from_both_ends()).written(line(ends))));
    parts.push(from_size(
        1,
        side!(polarisation_line())
            .written(r"2\left(\langle0,0|+\langle m_{\max},m_{\max}|\right)(\hat Z_1+\hat Z_2)^2\left(|0,0\rangle+|m_{\max},m_{\max}\rangle\right)"),
        side!(from_both_ends()).written(line(ends)),
    ));
    parts.push(from_size(1, side!(from_both_ends()).written(line(ends)), side!(four_squares())));
    Claim::new(parts).for_spins().remark(
        "The second line leaves out the square of the mean, which is zero. For S = 0 the two levels are the same and the \
         state is not normalised.",
    )
}

fn mean_of_sensitive() -> Expression {
    superposition_mean(&Ghz::One.rotated(XMinus), 1)
}

/// The third line.
fn polarisation_line() -> Expression {
    let sum = z(1).plus(&z(2));
    4 * superposition_mean(&sum.times(&sum), 1)
}

/// The fourth line.
fn from_both_ends() -> Expression {
    let half = || size() / 2;
    2 * ((2 * -half()).pow(2) + (2 * (size() - half())).pow(2))
}

fn four_squares() -> Expression {
    4 * size().pow(2)
}

fn s40(_: Limits) -> Claim {
    let domain = Domain::sizes(SIZE, 0).with_index("m", 0, Some(m_max()));
    let left = side!(z_of_level()).written(r"\langle m|\hat Z_i|m\rangle");
    let right = side!(counted_from_zero()).written(r"m-\tfrac{m_{\max}}2");
    Claim::new(vec![equal(domain, left, right, vec![DIRECT, Plan::Sizes(60)])])
        .for_spins()
        .remark("From Z = (O†O - OO†)/2, which is diagonal; for other o(m) it has other values.")
}

fn z_of_level() -> Expression {
    spin_diagonal(&z(1), &[Linear::symbol("m"), Linear::from(0)])
}

fn counted_from_zero() -> Expression {
    symbol("m") - size() / 2
}

fn s41(_: Limits) -> Claim {
    let is = |right| element_is(Ghz::One, XMinus, XMinus, 1, right);
    Claim::new(vec![is(side!(sixteen_squares()).written("16S^2")), is(side!(atoms_squared()).written("N^2"))])
        .for_spins()
}

fn sixteen_squares() -> Expression {
    16 * (size() / 2).pow(2)
}

fn atoms_squared() -> Expression {
    atoms().pow(2)
}

fn all_atoms() -> Expression {
    atoms()
}

/// The information about `X+`, `Y+`, `Y-` for sizes from `least` on.
fn others(least: i64) -> Vec<Assertion> {
    let is = |w: Quadrature, right: Side<Expression>| element_is(Ghz::One, w, w, least, right);
    let mut parts: Vec<Assertion> = [XPlus, YPlus, YMinus].into_iter().flat_map(|w| turning(Ghz::One, w)).collect();
    parts.push(is(XPlus, side!(zero())));
    parts.push(is(YPlus, side!(all_atoms()).written("N")));
    parts.push(is(YMinus, side!(all_atoms()).written("N")));
    parts
}

fn s41_others(_: Limits) -> Claim {
    let mut corrected = others(2);
    corrected.extend([(XPlus, 0), (YPlus, 0), (YMinus, 4)].map(|(w, value)| two_atoms_have(Ghz::One, w, w, value)));
    Claim::new(others(1))
        .corrected(
            corrected,
            r"\{0,N,N\}\ (S\ge1),\qquad\{0,0,4\}\ (S=\tfrac12)",
            Class::False,
            "only for two single atoms, S = 1/2: there Y+² and Y-² connect |0,0> with |1,1>. Right for every S >= 1",
        )
        .for_spins()
}

/// A fraction of a quantity.
fn scaled(c: (i64, i64), e: Expression) -> Expression {
    ratio(c.0, c.1) * e
}
