//! Information of pure states and of the paired ansatz: (S28) to (S30).

use super::super::{Assertion, Claim, Class, Limits, Side, equal, side};
use super::m;
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Symbol, sum, symbol};
use crate::exact::ket::Ket;
use crate::laws::{DIRECT, SYMBOLIC};
use crate::model::lowering::any;
use crate::model::metrology::{inner, raw_product};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::state::paired;
use crate::model::{LADDER, SIZE, ladder, m_max, trace, zero};

/// Any lowering operator, any complex amplitudes.
pub(super) fn any_paired() -> Domain {
    Domain::sizes(SIZE, 1).with_ladder(LADDER).with_sequence("x").with_sequence("y")
}

pub(super) fn scalars(left: Side<Expression>, right: Side<Expression>) -> Assertion {
    equal(any_paired(), left, right, vec![DIRECT, SYMBOLIC])
}

// ---- (S28) ----

/// Two rows of two.
type Block = [[Expression; 2]; 2];

/// `W` between `|ψ>` and the normalised part of `W|ψ>` orthogonal to it: all that the information depends on.
fn generator() -> Block {
    let off = symbol("p") + Expression::I * symbol("q");
    [[symbol("w"), off.conjugate()], [off, symbol("u")]]
}

/// `|ψ><ψ|`.
fn projector() -> Block {
    [[Expression::from(1), zero()], [zero(), zero()]]
}

fn block(entry: impl Fn(usize, usize) -> Expression) -> Block {
    [[entry(0, 0), entry(0, 1)], [entry(1, 0), entry(1, 1)]]
}

fn product(a: &Block, b: &Block) -> Block {
    block(|i, j| a[i][0].clone() * b[0][j].clone() + a[i][1].clone() * b[1][j].clone())
}

/// `-i [W, ρ]`.
fn derivative() -> Block {
    let (w, rho) = (generator(), projector());
    let (before, after) = (product(&w, &rho), product(&rho, &w));
    block(|i, j| -Expression::I * (before[i][j].clone() - after[i][j].clone()))
}

/// `L = 2 ∂ρ`, a symmetric logarithmic derivative because `ρ² = ρ`.
fn logarithmic_derivative() -> Block {
    derivative().map(|row| row.map(|e| 2 * e))
}

/// An element of `(Lρ + ρL)/2 - ∂ρ`.
fn defect(i: usize, j: usize) -> Expression {
    let (l, rho) = (logarithmic_derivative(), projector());
    let anticommutator = product(&l, &rho)[i][j].clone() + product(&rho, &l)[i][j].clone();
    anticommutator / 2 - derivative()[i][j].clone()
}

/// `tr ρL²`.
fn information() -> Expression {
    let square = product(&logarithmic_derivative(), &logarithmic_derivative());
    let weighted = product(&projector(), &square);
    weighted[0][0].clone() + weighted[1][1].clone()
}

/// `4<W²> - 4<W>²`.
fn four_variances() -> Expression {
    trace::uses("qfim-definition");
    let w = generator();
    4 * product(&w, &w)[0][0].clone() - 4 * w[0][0].clone().pow(2)
}

pub(super) fn s28(_: Limits) -> Claim {
    let domain = || ["p", "q", "u", "w"].into_iter().fold(Domain::default(), Domain::with_real);
    let element = |i: usize, j: usize| {
        let left = side!(defect(i, j))
            .written(format!(r"\left(\tfrac12(\hat L\rho+\rho\hat L)+i[\hat W,\rho]\right)_{{{i}{j}}}"));
        equal(domain(), left, side!(zero()), vec![DIRECT])
    };
    let left = side!(information()).written(r"\operatorname{tr}\rho\hat L^2");
    let right = side!(four_variances()).written(r"4\langle\hat W^2\rangle-4\langle\hat W\rangle^2");
    Claim::new(vec![
        element(0, 0),
        element(0, 1),
        element(1, 0),
        element(1, 1),
        equal(domain(), left, right, vec![DIRECT]),
    ])
    .remark(
        "For every pure state and every Hermitian W: only the plane of |ψ> and W|ψ> matters, and the 2x2 blocks of W and \
         of the projector on it are general.",
    )
}

// ---- (S29), (S30) ----

pub(super) fn s29(_: Limits) -> Claim {
    let norm = side!(norm_of_paired()).written(r"\langle\psi|\psi\rangle");
    let squares = side!(sum_of_moduli()).written(r"\sum_{m=0}^{m_{\max}}|a_m|^2");
    Claim::new(vec![scalars(norm, squares)])
        .definition("an ansatz; checked: its norm, which the normalisation sets to 1")
}

fn norm_of_paired() -> Expression {
    inner(&paired(), &paired())
}

fn sum_of_moduli() -> Expression {
    let part = |name: &str| Expression::Value(Symbol::new(name), m()).pow(2);
    sum("m", 0, m_max(), part("x") + part("y"))
}

fn mean_of(w: Quadrature) -> Expression {
    inner(&paired(), &w.operator().apply(&paired(), &ladder()))
}

/// `2<AB> + 2<BA> - 4<A><B>` for a normalised paired state.
pub(super) fn element(a: Quadrature, b: Quadrature) -> Expression {
    trace::uses("s29");
    let product = |a: Quadrature, b: Quadrature| raw_product(&a.operator(), &b.operator(), &paired());
    2 * product(a, b) + 2 * product(b, a) - 4 * mean_of(a) * mean_of(b)
}

/// The same for real amplitudes.
fn real_element(a: Quadrature, b: Quadrature) -> Expression {
    element(a, b).replace_values(&Symbol::new("y"), &|_| zero())
}

pub(super) fn element_is(a: Quadrature, b: Quadrature, right: Side<Expression>) -> Assertion {
    scalars(side!(element(a, b)).written(format!("Q[{},{}]", a.latex(), b.latex())), right)
}

const MIXED: [(Quadrature, Quadrature); 4] = [(XPlus, XMinus), (XPlus, YMinus), (XMinus, YPlus), (YPlus, YMinus)];
const SAME: [(Quadrature, Quadrature); 2] = [(XPlus, YPlus), (XMinus, YMinus)];

pub(super) fn s29_offdiagonal(_: Limits) -> Claim {
    let vanishes = |(a, b): (Quadrature, Quadrature)| element_is(a, b, side!(zero()));
    let real = |(a, b): (Quadrature, Quadrature)| {
        let left =
            side!(real_element(a, b)).written(format!(r"Q[{},{}]\big|_{{a_m\in\mathbb R}}", a.latex(), b.latex()));
        let domain = Domain::sizes(SIZE, 1).with_ladder(LADDER).with_sequence("x");
        equal(domain, left, side!(zero()), vec![DIRECT, SYMBOLIC])
    };
    let written = |sign: &str| format!(r"{sign}4\sum_m\operatorname{{Im}}(a_m^*a_{{m-1}})\,o^2(m)");
    let mut corrected: Vec<Assertion> = MIXED.map(vanishes).into();
    corrected.push(element_is(XPlus, YPlus, side!(currents(1)).written(written(""))));
    corrected.push(element_is(XMinus, YMinus, side!(currents(-1)).written(written("-"))));
    corrected.extend(SAME.map(real));
    Claim::new(MIXED.into_iter().chain(SAME).map(vanishes).collect()).corrected(
        corrected,
        r"Q[\hat X_\pm,\hat Y_\pm]=\pm4\sum_m\operatorname{Im}(a_m^*a_{m-1})\,o^2(m),\quad\text{all others }0",
        Class::False,
        "with complex amplitudes, which the sentence allows, exchange symmetry removes only the elements between a sum and \
         a difference. All vanish for real amplitudes, as in the GTMSS and the binomial state; Q[X-,Y+], which matters \
         for the two sensitive quadratures, always does",
    )
}

/// `±4 Σ Im(a_m* a_{m-1}) o²(m)`.
fn currents(sign: i64) -> Expression {
    let (x, y) = (|l| Expression::Value(Symbol::new("x"), l), |l| Expression::Value(Symbol::new("y"), l));
    let imaginary = x(m()) * y(m() - 1) - y(m()) * x(m() - 1);
    4 * sign * sum("m", 0, m_max(), imaginary * any(m()))
}

pub(super) fn s30(_: Limits) -> Claim {
    let twice = r"\big(\hat O_1^\dagger+\hat O_1-\hat O_2^\dagger-\hat O_2\big)";
    let left = side!(four_variances_of_sensitive()).written(r"4\langle\hat X_-^2\rangle-4\langle\hat X_-\rangle^2");
    let matrix_element = |power: &str| format!(r"\langle m,m|{twice}{power}|m',m'\rangle");
    let right = side!(both_lines()).written(format!(
        r"\begin{{aligned}}&\sum_{{m,m'}}a_m^*a_{{m'}}{}\\&-\sum_{{m,m'}}a_m^*a_{{m'}}\big[{}\big]^2\end{{aligned}}",
        matrix_element("^2"),
        matrix_element("")
    ));
    Claim::new(vec![scalars(left, right)]).remark(
        "The second line has the square inside the sum, where the QFI has the square of the whole sum. Here both are zero, \
         because every single matrix element is; for a state with a mean they would differ.",
    )
}

/// Of a normalised state.
fn four_variances_of_sensitive() -> Expression {
    4 * raw_product(&XMinus.operator(), &XMinus.operator(), &paired()) - 4 * mean_of(XMinus).pow(2)
}

fn twice_sensitive() -> Operator {
    let (a, b) = (Operator::lowering(1), Operator::lowering(2));
    a.adjoint().plus(&a).minus(&b.adjoint()).minus(&b)
}

fn both_lines() -> Expression {
    let square = twice_sensitive().times(&twice_sensitive());
    inner(&paired(), &square.apply(&paired(), &ladder())) - second_line()
}

/// `Σ a_m* a_m' [<m,m|V|m',m'>]²`: those kets of `V Σ a_m'|m',m'>` that are paired, with their matrix elements squared.
fn second_line() -> Expression {
    let image = twice_sensitive().apply(&paired(), &ladder());
    let mut squared = Ket::zero();
    for mut term in image.terms.into_iter().filter(|term| term.at.0 == term.at.1) {
        term.roots.values_mut().for_each(|exponent| *exponent *= 2);
        squared.terms.push(term);
    }
    inner(&paired(), &squared)
}
