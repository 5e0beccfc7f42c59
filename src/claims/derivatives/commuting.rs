//! Logarithmic derivatives that commute: the example of (S7) to (S9), and a construction for every system.

use super::{Assertion, Claim, Limits, Side, equal, equal_matrices, side};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, ratio, symbol};
use crate::laws::{DIRECT, NORM, SYMBOLIC};
use crate::model::matrix::Matrix;
use crate::model::metrology::{expectation, product_expectation};
use crate::model::operators::Quadrature::{self, XPlus, YMinus};
use crate::model::operators::{lowering, z};
use crate::model::squeezing::{cosh_squared, tanh};
use crate::model::state::gtmss;
use crate::model::{any_ladder, trace, zero};

// ---- (S7) to (S9): two spins-1/2 ----

/// Two spins-1/2, not normalised.
pub(super) fn smallest_state() -> Matrix {
    Matrix::of_ket(&gtmss(), &half())
}

/// `o(1) = 1`, the square root of `o²(1) = 1·(2S+1-1)` for `S = 1/2`.
fn half() -> [Expression; 1] {
    [Expression::from(1)]
}

/// An operator of two spins-1/2 in the basis `{|↑,↑>, |↑,↓>, |↓,↑>, |↓,↓>}` with `↑` for the level 1.
pub(super) fn smallest(operator: &Operator) -> Matrix {
    Matrix::of_operator(operator, &Matrix::lowering(&half()))
}

/// The matrices do not contain `r`; statements about the state do.
fn spin_half() -> Domain {
    Domain::default().with_unit("t")
}

/// A 4x4 matrix.
fn square(rows: [[Expression; 4]; 4]) -> Matrix {
    Matrix::from_rows(rows.into_iter().map(Vec::from).collect())
}

/// The inner 2x2 block `{{c11, c12}, {c21, c22}}` of a matrix of (S8).
type Block = [[Expression; 2]; 2];

fn empty() -> Block {
    [[zero(), zero()], [zero(), zero()]]
}

/// The first matrix of (S7) and (S8).
fn first_matrix([[a11, a12], [a21, a22]]: Block) -> Matrix {
    let (o, l) = (zero, || Expression::from(1));
    let rows = [[o(), l(), l(), o()], [l(), a11, a12, l()], [l(), a21, a22, l()], [o(), l(), l(), o()]];
    square(rows).scaled(&ratio(1, 2))
}

/// The second one.
fn second_matrix([[b11, b12], [b21, b22]]: Block) -> Matrix {
    let (o, i, n) = (zero, || Expression::I, || -Expression::I);
    let rows = [[o(), i(), n(), o()], [n(), b11, b12, n()], [i(), b21, b22, i()], [o(), i(), n(), o()]];
    square(rows).scaled(&ratio(1, 2))
}

pub(super) fn s7(_: Limits) -> Claim {
    let mut parts = equal_matrices(
        spin_half(),
        side!(quadrature_matrix(XPlus)).written(r"\hat X_+"),
        side!(first_matrix(empty())).written(r"\text{(S7)}_1"),
        vec![DIRECT],
    );
    parts.extend(equal_matrices(
        spin_half(),
        side!(quadrature_matrix(YMinus)).written(r"\hat Y_-"),
        side!(second_matrix(empty())).written(r"\text{(S7)}_2"),
        vec![DIRECT],
    ));
    // "While these do not commute": their commutator is i(Z_1 - Z_2), with the eigenvalues ±i on |↑,↓> and |↓,↑>.
    parts.extend(equal_matrices(
        spin_half(),
        side!(printed_commutator()).written(r"[\hat X_+,\hat Y_-]"),
        side!(difference_of_z()).written(r"i(\hat Z_1-\hat Z_2)"),
        vec![DIRECT],
    ));
    Claim::new(parts).remark(
        "↑ is the upper level: O|↑> = |↓>, which is also what the state after (S7) needs. The proportionality constants \
         to the logarithmic derivatives are -2e^{2r} and 2e^{2r}, Eq. (5). That the two do not commute is shown by their \
         commutator, i(Z_1 - Z_2).",
    )
}

fn quadrature_matrix(w: Quadrature) -> Matrix {
    smallest(&w.operator())
}

fn printed_commutator() -> Matrix {
    first_matrix(empty()).commutator(&second_matrix(empty()))
}

/// `i(Z_1 - Z_2) = diag(0, i, -i, 0)`.
fn difference_of_z() -> Matrix {
    smallest(&z(1).minus(&z(2)).scaled(&Expression::I))
}

pub(super) fn s7_state(_: Limits) -> Claim {
    let amplitudes = equal_matrices(
        spin_half(),
        side!(smallest_state()).written(r"\mathcal N^{-1}|\psi_G\rangle"),
        side!(printed_amplitudes()).written(r"(-\tanh r,0,0,1)"),
        vec![DIRECT],
    );
    let norm = equal(
        spin_half(),
        side!(norm_of_smallest()).written(r"\mathcal N^{-2}"),
        side!(printed_norm()).written(r"1+\tanh^2 r"),
        vec![DIRECT],
    );
    Claim::new([amplitudes, vec![norm]].concat())
        .remark("Amplitudes and norm are checked separately: the printed vector is the first divided by the root of the second.")
}

/// `(-tanh r, 0, 0, 1)`.
fn printed_amplitudes() -> Matrix {
    Matrix::column(vec![-tanh(), zero(), zero(), Expression::from(1)])
}

/// `𝒩^{-2} = cosh²(r) [1 - tanh^{2m_max+2} r]` of Eq. (1) at `m_max = 1`.
fn norm_of_smallest() -> Expression {
    trace::uses("eq1");
    cosh_squared() * (1 - tanh().pow(4))
}

fn printed_norm() -> Expression {
    1 + tanh().pow(2)
}

/// `a_12 = a_21 = √2`, the diagonal zero.
fn chosen_a() -> Block {
    [[zero(), Expression::Sqrt2], [Expression::Sqrt2, zero()]]
}

/// `b_12 = -b_21 = √2 i`, the diagonal zero.
fn chosen_b() -> Block {
    let root = Expression::Sqrt2 * Expression::I;
    [[zero(), root.clone()], [-root, zero()]]
}

/// A modified matrix is Hermitian and acts on the state as the quadrature does.
fn still_sld(domain: &Domain, matrix: Side<Matrix>, w: Quadrature, name: &str) -> Vec<Assertion> {
    let adjoint = side!(Matrix::adjoint(&matrix.value)).written(format!(r"\left({name}\right)^\dagger"));
    let itself = Side::new(matrix.function, matrix.value.clone()).written(name);
    let state = r"|\psi_G\rangle";
    let unchanged = side!(quadrature_on_smallest(w)).written(format!("{}{state}", w.latex()));
    let applied = side!(on_smallest(&matrix.value)).written(format!("{name}{state}"));
    let mut parts = equal_matrices(domain.clone(), adjoint, itself, vec![DIRECT]);
    parts.extend(equal_matrices(domain.clone(), unchanged, applied, vec![DIRECT]));
    parts
}

fn on_smallest(matrix: &Matrix) -> Matrix {
    matrix.times(&smallest_state())
}

fn quadrature_on_smallest(w: Quadrature) -> Matrix {
    quadrature_matrix(w).times(&smallest_state())
}

pub(super) fn s8(_: Limits) -> Claim {
    let (a, b) = (r"\hat L'_{\hat Y_+}", r"\hat L'_{\hat X_-}");
    let mut parts = still_sld(&spin_half(), side!(first_matrix(chosen_a())), XPlus, a);
    parts.extend(still_sld(&spin_half(), side!(second_matrix(chosen_b())), YMinus, b));
    parts.extend(equal_matrices(
        spin_half(),
        side!(first_times_second()).written(format!("{a}{b}")),
        side!(second_times_first()).written(format!("{b}{a}")),
        vec![DIRECT],
    ));
    Claim::new(parts).remark(
        "Up to the common factors of Eq. (5). A Hermitian operator that acts on the state as a logarithmic derivative does \
         is one too; both matrices are, for every r, and their products in either order are equal.",
    )
}

fn first_times_second() -> Matrix {
    first_matrix(chosen_a()).times(&second_matrix(chosen_b()))
}

fn second_times_first() -> Matrix {
    second_matrix(chosen_b()).times(&first_matrix(chosen_a()))
}

pub(super) fn s8_arbitrary(_: Limits) -> Claim {
    let domain = ["p", "q", "x", "y"].into_iter().fold(spin_half(), Domain::with_real);
    let mut parts = still_sld(&domain, side!(first_matrix(hermitian())), XPlus, r"\hat L'_{\hat Y_+}");
    parts.extend(still_sld(&domain, side!(second_matrix(hermitian())), YMinus, r"\hat L'_{\hat X_-}"));
    Claim::new(parts).remark("The block is {{p, x+iy}, {x-iy, q}} with any real p, q, x, y: every Hermitian one.")
}

fn hermitian() -> Block {
    let (x, y) = (symbol("x"), Expression::I * symbol("y"));
    [[symbol("p"), x.clone() + y.clone()], [x - y, symbol("q")]]
}

pub(super) fn s9(_: Limits) -> Claim {
    let mut parts = equal_matrices(
        spin_half(),
        side!(first_operator()).written(r"\hat X_++\tfrac1{\sqrt2}(\hat O_1^\dagger\hat O_2+\mathrm{h.c.})"),
        side!(first_matrix(chosen_a())).written(r"\text{(S8)}_1"),
        vec![DIRECT],
    );
    parts.extend(equal_matrices(
        spin_half(),
        side!(second_operator()).written(r"\hat Y_-+\tfrac i{\sqrt2}(\hat O_1^\dagger\hat O_2-\mathrm{h.c.})"),
        side!(second_matrix(chosen_b())).written(r"\text{(S8)}_2"),
        vec![DIRECT],
    ));
    Claim::new(parts).remark("The factor 1/2 in front of the matrices turns √2 into the 1/√2 of the operators.")
}

/// `O_1† O_2`. The factor `1/√2` of its sums is written `√2/2`.
fn hop() -> Operator {
    lowering(1).adjoint().times(&lowering(2))
}

fn first_operator() -> Matrix {
    let hop = hop().plus(&hop().adjoint()).scaled(&(Expression::Sqrt2 / 2));
    smallest(&XPlus.operator().plus(&hop))
}

fn second_operator() -> Matrix {
    let hop = hop().minus(&hop().adjoint()).scaled(&(Expression::I * Expression::Sqrt2 / 2));
    smallest(&YMinus.operator().plus(&hop))
}

// ---- commuting logarithmic derivatives for every system ----

pub(super) fn eq5_commuting_slds(_: Limits) -> Claim {
    let scale = || Domain::default().with_real("a");
    let vanishes = |value: Side<Expression>, text: &str| {
        equal(any_ladder(1), value.written(text), side!(zero()), vec![NORM, SYMBOLIC])
    };
    let mut parts = vec![
        vanishes(side!(mean_of(XPlus)), r"\langle\psi_G|\hat X_+\psi_G\rangle"),
        vanishes(side!(mean_of(YMinus)), r"\langle\psi_G|\hat Y_-\psi_G\rangle"),
        vanishes(side!(overlap()), r"\langle\hat X_+\psi_G|\hat Y_-\psi_G\rangle"),
        equal(
            any_ladder(1),
            side!(length(XPlus)).written(r"\|\hat X_+\psi_G\|^2"),
            side!(length_of_partner()).written(r"\|\hat Y_-\psi_G\|^2"),
            vec![NORM, SYMBOLIC],
        ),
    ];
    for (which, matrix) in [(1, side!(commuting(1))), (2, side!(commuting(2)))] {
        let name = format!(r"\hat M_{which}");
        let adjoint = side!(Matrix::adjoint(&matrix.value)).written(format!(r"{name}^\dagger"));
        let first = side!(first_column(&matrix.value)).written(format!(r"{name}e_0"));
        let unit = side!(scaled_unit(which)).written(format!("a\\,e_{which}"));
        parts.extend(equal_matrices(scale(), adjoint, matrix.written(name), vec![DIRECT]));
        parts.extend(equal_matrices(scale(), unit, first, vec![DIRECT]));
    }
    parts.extend(equal_matrices(
        scale(),
        side!(product()).written(r"\hat M_1\hat M_2"),
        side!(reversed_product()).written(r"\hat M_2\hat M_1"),
        vec![DIRECT],
    ));
    Claim::new(parts).remark(
        "For every o(m), m_max >= 1 and r: e_0 = ψ, e_1 and e_2 along X+ψ and Y-ψ are orthogonal, the last two of one \
         length a. On their span two explicit 3x3 matrices are Hermitian, commute and act on ψ as X+ and Y- do; elsewhere \
         they are zero. As (S1) contains only these vectors, a joint measurement of the two has the error 1/Q for both \
         parameters. The statement is about these two parameters and small angles around zero.",
    )
}

fn mean_of(w: Quadrature) -> Expression {
    expectation(&w.operator(), &gtmss())
}

fn overlap() -> Expression {
    product_expectation(&XPlus.operator(), &YMinus.operator(), &gtmss())
}

fn length(w: Quadrature) -> Expression {
    product_expectation(&w.operator(), &w.operator(), &gtmss())
}

fn length_of_partner() -> Expression {
    length(YMinus)
}

/// `M_1 = a {{0,1,0},{1,1/√2,0},{0,0,-1/√2}}`, `M_2 = a {{0,0,1},{0,0,-1/√2},{1,-1/√2,0}}`.
fn commuting(which: u8) -> Matrix {
    let (o, l, h) = (zero, || Expression::from(1), || Expression::Sqrt2 / 2);
    let rows = match which {
        1 => vec![vec![o(), l(), o()], vec![l(), h(), o()], vec![o(), o(), -h()]],
        _ => vec![vec![o(), o(), l()], vec![o(), o(), -h()], vec![l(), -h(), o()]],
    };
    Matrix::from_rows(rows).scaled(&symbol("a"))
}

fn first_column(matrix: &Matrix) -> Matrix {
    matrix.times(&unit(0))
}

fn unit(at: usize) -> Matrix {
    Matrix::from_function(3, 1, |i, _| Expression::from(i64::from(i == at)))
}

fn scaled_unit(at: u8) -> Matrix {
    unit(usize::from(at)).scaled(&symbol("a"))
}

fn product() -> Matrix {
    commuting(1).times(&commuting(2))
}

fn reversed_product() -> Matrix {
    commuting(2).times(&commuting(1))
}
