//! The bound beyond paired states: the last paragraph of section V.
//!
//! The total spin of two spins `S` is at most `2S`, so `X+² + Y+² + Z+² <= 2S(2S+1)`, and by a rotation of ensemble 2 about
//! `z` the same with `X-` and `Y-`. The diagonal of `2S(2S+1)` minus such a sum splits into two parts that bound its
//! couplings. A half turn of ensemble 2 about `x` changes the signs of `Y_2` and `Z_2`: the same bound for `(X±, Y∓)`, with
//! `Z_1 - Z_2`.

use super::super::{Assertion, Claim, Class, Limits, Plan, equal, side};
use super::ansatz::any_paired;
use super::{maximum, squares_vanish};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, symbol};
use crate::laws::assertion::{at_least, equal_operators, equal_operators_of, non_negative_operator};
use crate::laws::rotation::{Rotated, conjugation, turned};
use crate::laws::{DIRECT, SYMBOLIC};
use crate::model::element::spin_diagonal;
use crate::model::lowering::Lowering;
use crate::model::metrology::{atoms, inner, raw_product};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{number, x, y, z};
use crate::model::state::paired;
use crate::model::{LADDER, SIZE, m_max, size, zero};

fn square(a: &Operator) -> Operator {
    a.times(a)
}

/// `(N/2)(N/2 + 1)`.
fn largest_total_spin() -> Expression {
    atoms() / 2 * (atoms() / 2 + 1)
}

fn polarisation() -> Operator {
    z(1).plus(&z(2))
}

/// `(N/2)(N/2+1) - A² - B² - (Z_1 + Z_2)²`.
fn slack(a: Quadrature, b: Quadrature) -> Operator {
    [a.operator(), b.operator(), polarisation()]
        .iter()
        .fold(number(largest_total_spin()), |rest, part| rest.minus(&square(part)))
}

/// `A² + B² + (Z_1 + Z_2)² <= (N/2)(N/2+1)`, for `(X+, Y+)` and `(X-, Y-)`.
///
/// With `a` and `b` the levels, the diagonal of the difference is `b(2S-a) + a(2S-b)`.
fn total_spin(a: Quadrature, b: Quadrature) -> Assertion {
    let written = format!(r"\tfrac N2\left(\tfrac N2+1\right)-{}^2-{}^2-\hat Z_+^2", a.latex(), b.latex());
    let here = symbol("b") * (size() - symbol("a"));
    let there = symbol("a") * (size() - symbol("b"));
    let plans = vec![Plan::Split { step: (1, -1), here, there }];
    let operator = side!(slack(a, b)).written(written);
    non_negative_operator(Domain::sizes(SIZE, 1), &Lowering::Spin, operator, "total_spin", plans)
}

/// The bounds for `(X±, Y±)`, and the half turn that makes those for `(X±, Y∓)` of them.
fn total_spins() -> Vec<Assertion> {
    let mut parts = vec![total_spin(XPlus, YPlus), total_spin(XMinus, YMinus)];
    parts.extend(about_x());
    parts
}

/// Turning ensemble 2 about `x`: `Y_2` and `Z_2` turn into each other, and change sign after half a turn.
fn about_x() -> Vec<Assertion> {
    let of_y = turned(r"\hat X_2", r"\hat Y_2", r"\cos\theta\,\hat Y_2+\sin\theta\,\hat Z_2");
    let of_z = turned(r"\hat X_2", r"\hat Z_2", r"\cos\theta\,\hat Z_2-\sin\theta\,\hat Y_2");
    let mut parts = conjugation(&of_y, &x(2), &y(2), &turning(y(2), z(2)));
    parts.extend(conjugation(&of_z, &x(2), &z(2), &turning(z(2), negative(&y(2)))));
    parts
}

/// `(Z_1 + Z_2)² >= 0`, level by level.
fn polarisation_square() -> Assertion {
    let top = || Some(m_max());
    let levels = Domain::sizes(SIZE, 1).with_index("a", 0, top()).with_index("b", 0, top());
    let left = side!(polarisation_at()).written(r"\langle a,b|\hat Z_+^2|a,b\rangle");
    let form = (symbol("a") + symbol("b") - size()).pow(2);
    at_least(levels, left, side!(zero()), false, vec![Plan::Manifest(form, &[])])
}

fn polarisation_at() -> Expression {
    spin_diagonal(&square(&polarisation()), &[Linear::symbol("a"), Linear::symbol("b")])
}

/// No two quadratures have together more than `2N(N/2+1)`: for all six pairs.
fn two_quadratures() -> Vec<Assertion> {
    let mut parts = total_spins();
    parts.push(polarisation_square());
    parts.extend(same_axis());
    parts
}

/// `X+² + X-² = 2(X_1² + X_2²) <= 4S²`, since `X_j` is a rotated `Z_j`; the same for `Y`.
fn same_axis() -> Vec<Assertion> {
    let mut parts = vec![
        sum_of_squares(XPlus, XMinus, x, r"\hat X"),
        sum_of_squares(YPlus, YMinus, y, r"\hat Y"),
        largest_component(),
        at_least(
            Domain::sizes(SIZE, 1),
            side!(largest_total_spin()).written(r"\tfrac N2\left(\tfrac N2+1\right)"),
            side!(four_squares()).written("4S^2"),
            true,
            vec![Plan::Manifest(size(), &[])],
        ),
    ];
    let of_x = turned(r"\hat Y_1", r"\hat X_1", r"\cos\theta\,\hat X_1-\sin\theta\,\hat Z_1");
    let of_y = turned(r"\hat X_1", r"\hat Y_1", r"\cos\theta\,\hat Y_1+\sin\theta\,\hat Z_1");
    parts.extend(conjugation(&of_x, &y(1), &x(1), &turning(x(1), negative(&z(1)))));
    parts.extend(conjugation(&of_y, &x(1), &y(1), &turning(y(1), z(1))));
    parts
}

fn turning(cosine: Operator, sine: Operator) -> Rotated {
    Rotated { constant: Operator::zero(), cosine, sine }
}

fn negative(a: &Operator) -> Operator {
    a.scaled(&Expression::from(-1))
}

fn sum_of_squares(plus: Quadrature, minus: Quadrature, local: fn(u8) -> Operator, name: &str) -> Assertion {
    let written = format!("{}^2+{}^2-2({name}_1^2+{name}_2^2)", plus.latex(), minus.latex());
    let left = side!(excess_of_joint_squares(plus, minus, local)).written(written);
    let right = side!(Operator::zero()).written("0");
    equal_operators(Domain::sizes(SIZE, 1).with_ladder(LADDER), left, right, vec![DIRECT, SYMBOLIC])
}

fn excess_of_joint_squares(a: Quadrature, b: Quadrature, local: fn(u8) -> Operator) -> Operator {
    let joint = square(&a.operator()).plus(&square(&b.operator()));
    joint.minus(&square(&local(1)).plus(&square(&local(2))).scaled(&Expression::from(2)))
}

fn largest_square() -> Expression {
    (size() / 2).pow(2)
}

/// `(S - Z)(S + Z)` is not negative: no component of one spin has a square above `S²`, and no QFI of one is above `4S²`.
pub(in crate::claims) fn largest_component() -> Assertion {
    at_least(
        Domain::sizes(SIZE, 1).with_index("m", 0, Some(m_max())),
        side!(room_for_z()).written(r"S^2-\langle m|\hat Z^2|m\rangle"),
        side!(zero()),
        false,
        vec![Plan::Manifest(symbol("m") * (size() - symbol("m")), &[])],
    )
}

fn room_for_z() -> Expression {
    largest_square() - spin_diagonal(&square(&z(1)), &[Linear::symbol("m"), Linear::from(0)])
}

fn four_squares() -> Expression {
    4 * largest_square()
}

// ---- The claims ----

/// Turning ensemble 2 about `z`: `X_2` and `Y_2` turn into each other, and change sign after half a turn.
fn about_z() -> Vec<Assertion> {
    let of_x = Rotated { constant: x(1), ..turning(negative(&x(2)), negative(&y(2))) };
    let of_y = Rotated { constant: y(1), ..turning(y(2), negative(&x(2))) };
    let (in_x, in_y) = (
        turned(r"\hat Z_2", r"\hat X_-", r"\hat X_1-\cos\theta\,\hat X_2-\sin\theta\,\hat Y_2"),
        turned(r"\hat Z_2", r"\hat Y_+", r"\hat Y_1+\cos\theta\,\hat Y_2-\sin\theta\,\hat X_2"),
    );
    let mut parts = conjugation(&in_x, &z(2), &XMinus.operator(), &of_x);
    parts.extend(conjugation(&in_y, &z(2), &YPlus.operator(), &of_y));
    parts.extend([becomes(&of_x, XMinus, XPlus), becomes(&of_y, YPlus, YMinus)]);
    parts
}

/// After half a turn of ensemble 2 about `z`, the operator that was `a` is `b`.
fn becomes(rotated: &Rotated, a: Quadrature, b: Quadrature) -> Assertion {
    let left =
        side!(after_half_a_turn(rotated)).written(format!(r"e^{{-i\pi\hat Z_2}}{}\,e^{{i\pi\hat Z_2}}", a.latex()));
    let right = side!(Quadrature::operator(b)).written(b.latex());
    equal_operators_of(Domain::sizes(SIZE, 1), &Lowering::Spin, left, right, vec![DIRECT, Plan::Sizes(6)])
}

fn after_half_a_turn(rotated: &Rotated) -> Operator {
    rotated.half_turn()
}

pub(super) fn s37_local_rotation(_: Limits) -> Claim {
    let mut parts = about_z();
    parts.extend(total_spins());
    Claim::new(parts).for_spins().remark(
        "Rotating ensemble 2 by π about z turns (X-, Y+) into (X+, Y-), and by π about x, where Y2 becomes -Y2, into (X-, Y-). \
         The information of a rotated operator in a rotated state is the same, and the bound has the same form for each \
         pair.",
    )
}

/// `<X+²> + <Y+²> + <Z+²>` in an unnormalised paired state.
fn total_spin_of_paired() -> Expression {
    let moment = |a: &Operator| raw_product(a, a, &paired());
    Lowering::Spin.specialise(&(moment(&XPlus.operator()) + moment(&YPlus.operator()) + moment(&polarisation())))
}

fn printed_total_spin() -> Expression {
    largest_total_spin() * inner(&paired(), &paired())
}

pub(super) fn s37_angular_momentum(_: Limits) -> Claim {
    let mut domain = any_paired();
    domain.ladders.clear();
    let left = side!(total_spin_of_paired())
        .written(r"\langle\hat X_+^2\rangle+\langle\hat Y_+^2\rangle+\langle\hat Z_+^2\rangle");
    let right = side!(printed_total_spin()).written(r"\tfrac N2\left(\tfrac N2+1\right)\langle\psi|\psi\rangle");
    Claim::new(vec![equal(domain, left, right, vec![DIRECT])])
        .corrected(
            total_spins(),
            r"\langle\hat X_+^2\rangle+\langle\hat Y_+^2\rangle+\langle\hat Z_+^2\rangle\le\tfrac N2\left(\tfrac N2+1\right)",
            Class::False,
            "equality needs total spin 2S, which most states do not have: already |1,1> of two spins 1 has 4 instead of 6, \
             and a singlet has 0. The upper bound is true for every state, and it is all that the argument needs. For X- \
             and Y+ the third term is (Z1-Z2)²",
        )
        .for_spins()
}

/// `<m,m|Y+²|m,m>`, where `X+` has the same.
fn y_of_level() -> Expression {
    let m = || Linear::symbol("m");
    spin_diagonal(&square(&YPlus.operator()), &[m(), m()])
}

/// `(N/4)(N/2 + 1)`.
fn half_of_total() -> Expression {
    atoms() / 4 * (atoms() / 2 + 1)
}

pub(super) fn s37_y_bound(_: Limits) -> Claim {
    let domain = Domain::sizes(SIZE, 1).with_index("m", 0, Some(m_max()));
    let left = side!(y_of_level()).written(r"\langle m,m|\hat Y_+^2|m,m\rangle");
    let right = side!(half_of_total()).written(r"\tfrac N4\left(\tfrac N2+1\right)");
    Claim::new(vec![at_least(domain, left, right, false, vec![])])
        .corrected(
            vec![total_spin(XPlus, YPlus), polarisation_square()],
            r"\langle\hat Y_+^2\rangle\le\tfrac N4\left(\tfrac N2+1\right)\quad\text{if }\langle\hat X_+^2\rangle=\langle\hat Y_+^2\rangle",
            Class::Misprint,
            "the relation must be ≤: from a sum that is bounded above, and ⟨Z+²⟩ ≥ 0, follows an upper bound of \
             ⟨X+²⟩ + ⟨Y+²⟩, of which ⟨Y+²⟩ is half if both are equal. The conclusion drawn from it is an upper bound too",
        )
        .for_spins()
}

pub(super) fn s37_qfi_bound(_: Limits) -> Claim {
    Claim::new(two_quadratures()).for_spins().remark(
        "For every pair of the four quadratures, the sum of both QFIs is at most 4 times the sum of the second moments, hence \
         at most 2N(N/2+1): two equal ones have at most N(N/2+1). 'Equally sensitive' is needed: one quadrature alone can \
         reach N², see s41. For mixed states the QFI is not larger, by convexity. In our copy a sign Σ stands in front of \
         N(N/2+1); it has nothing to add up and means nothing there, and it is read as absent.",
    )
}

pub(super) fn main_two_mode_bound(limits: Limits) -> Claim {
    let mut parts = two_quadratures();
    parts.extend([maximum::gap(), squares_vanish(limits)]);
    Claim::new(parts).for_spins().remark(
        "A bound for two equally sensitive quadratures, which is what the sentence before speaks of, and for the mean of \
         two unequal ones; for any state, paired or not. The binomial state reaches it. One quadrature alone can have more, \
         up to N².",
    )
}
