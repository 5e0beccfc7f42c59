//! The state, its quadratures, its QFIM, and the dissipation that stabilises it: Eqs. (1) to (10), (S44), (S70).

use super::{
    Chapter, Claim, Class, Limits, Part, Plan, SYMBOLIC, Side, equal, equal_operators, equal_vectors, limit, side,
};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, ratio, sum, symbol};
use crate::exact::ket::Ket;
use crate::model::lindblad::jump_operator;
use crate::model::lowering::{Lowering, any, symmetric_atoms};
use crate::model::metrology::{
    atoms, expectation, inner, mean_z, propagated_error, qfim_element, second_moment, wineland_parameter,
};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{QUADRATURES, lowering, x, y, z};
use crate::model::squeezing::{cosh, cosh_2r, cosh_squared, exp_2r, sinh, sinh_squared, tanh, tanh_to};
use crate::model::state::{gtmss, weight};
use crate::model::{LADDER, SIZE, any_ladder, ladder, m_max, size, squeezed, trace};

pub(super) const CLAIMS: Chapter = &[
    ("eq1", eq1),
    ("eq2", eq2),
    ("eq3", eq3),
    ("eq4", eq4),
    ("eq5", eq5),
    ("eq5-commutator", eq5_commutator),
    ("eq6", eq6),
    ("eq7", eq7),
    ("wineland-definition", wineland_definition),
    ("eq8", eq8),
    ("eq9-saturates-qcrb", eq9_saturates_qcrb),
    ("eq10", eq10),
    ("s44a", s44a),
    ("s44b", s44b),
    ("s44c", s44c),
    ("s44d", s44d),
    ("s70a", s70a),
    ("s70b", s70b),
];

/// Closed forms of the moments of the weights `t^{2m}`.
const MOMENTS: Plan = Plan::Identity(&["geometric", "geometric-1", "geometric-2"]);
const NORM: Plan = Plan::Identity(&["geometric"]);
const DIRECT: Plan = Plan::Identity(&[]);

fn m() -> Linear {
    Linear::symbol("m")
}

/// `[-tanh r]^L`.
fn minus_tanh_to(l: Linear) -> Expression {
    (-tanh()).to_the(l)
}

/// `S = m_max/2`.
fn spin() -> Expression {
    size() / 2
}

fn zero() -> Expression {
    Expression::from(0)
}

fn no_vector() -> Ket {
    Ket::zero()
}

// ---- Eq. (1) ----

fn eq1(limits: Limits) -> Claim {
    let norm = side!(inner(&gtmss(), &gtmss())).written(r"\sum_{m=0}^{m_{\max}} \tanh^{2m} r");
    Claim::new(vec![equal(squeezed(0), norm, side!(eq1_inverse_norm()), vec![NORM, limits.spins()])])
}

/// `𝒩^{-2} = cosh²(r) [1 - tanh^{2m_max+2}(r)]`.
fn eq1_inverse_norm() -> Expression {
    cosh_squared() * (1 - tanh_to(m_max() * 2 + 2))
}

// ---- Eq. (2) ----

fn eq2(limits: Limits) -> Claim {
    let on_ladder = Domain::sizes(SIZE, 1).with_index("m", 1, Some(m_max()));
    let boundary = |at: Linear| side!(spin_squared(&at)).written(format!("o^2({at})").replace('M', r"m_{\max}"));
    let from_atoms = side!(symmetric_atoms(&m())).written(r"\left|\langle D_{m-1}|\hat J_-|D_m\rangle\right|^2");
    let boson = side!(boson_from_commutator(&m())).written(r"\langle m|[\hat a,\hat a^\dagger]|m\rangle");
    Claim::new(vec![
        equal(on_ladder, from_atoms, side!(spin_squared(&m())), vec![DIRECT, limits.spins()]),
        equal(Domain::sizes(SIZE, 1), boundary(Linear::from(0)), side!(zero()), vec![DIRECT, limits.spins()]),
        equal(Domain::sizes(SIZE, 1), boundary(m_max() + 1), side!(zero()), vec![DIRECT, limits.spins()]),
        equal(Domain::default().with_index("m", 0, None), boson, side!(one()), vec![DIRECT]),
    ])
    .for_spins()
    .remark(
        "The spin formula is compared with the counting of atoms in symmetric states; then come both ends of the ladder, \
         o(0) = 0 and 2S, and the commutator of the boson.",
    )
}

/// `o²(m) = S(S+1) - (m-S)(m-S-1)`.
fn spin_squared(at: &Linear) -> Expression {
    let (s, m) = (spin(), at.to_expression());
    s.clone() * (s.clone() + 1) - (m.clone() - s.clone()) * (m - s - 1)
}

/// `<m|[a, a†]|m> = o²(m+1) - o²(m)` with `o(m) = √m`, the square of the printed matrix element.
fn boson_from_commutator(m: &Linear) -> Expression {
    let squared = |l: &Linear| l.to_expression();
    squared(&(m.clone() + 1)) - squared(m)
}

fn one() -> Expression {
    Expression::from(1)
}

// ---- Eq. (3) ----

fn eq3(_: Limits) -> Claim {
    let any = || any_ladder(1);
    let hermitian = |w: Quadrature| {
        let adjoint = side!(adjoint_of(w)).written(format!(r"{}^\dagger", w.latex()));
        equal_operators(any(), adjoint, side!(Quadrature::operator(w)).written(w.latex()), vec![DIRECT, SYMBOLIC])
    };
    let mut parts: Vec<Part> = QUADRATURES.into_iter().map(hermitian).collect();
    parts.push(equal_operators(
        any(),
        side!(raising_from_quadratures()).written(r"\hat X_1 + i \hat Y_1"),
        side!(raising()).written(r"\hat O_1^\dagger"),
        vec![DIRECT, SYMBOLIC],
    ));
    Claim::new(parts).definition(
        "defines the quadratures; checked are that they are Hermitian and that O† = X + iY. With this sign of Y a boson \
         has [X, Y] = -i/2: Y is minus the usual momentum quadrature.",
    )
}

fn adjoint_of(w: Quadrature) -> Operator {
    w.operator().adjoint()
}

fn raising_from_quadratures() -> Operator {
    x(1).plus(&y(1).scaled(&Expression::I))
}

fn raising() -> Operator {
    lowering(1).adjoint()
}

// ---- Eq. (4) ----

fn eq4(_: Limits) -> Claim {
    let mut parts = Vec::new();
    for (i, a) in QUADRATURES.into_iter().enumerate() {
        for b in QUADRATURES.into_iter().skip(i) {
            let element = side!(qfim_element(a, b, &gtmss())).written(format!(r"Q[{},{}]", a.latex(), b.latex()));
            let printed = if a == b { side!(eq4_diagonal(a)) } else { Side::new("zero", zero()) };
            parts.push(equal(any_ladder(1), element, printed, vec![NORM, SYMBOLIC]));
        }
    }
    Claim::new(parts).remark(
        "Q is the QFIM proper, 4 Re(<W_i W_j> - <W_i><W_j>). Without the real part, as the text before Eq. (4) has it, \
         4<X+ Y+> = 2i<Z_1 + Z_2> is not zero. The printed prefactor is 0/0 at r = 0; its limit there is 2 o²(1).",
    )
}

/// `N_Q = 2 Σ tanh^{2m}(r) o²(m) / (cosh² r sinh² r [1 - tanh^{2m_max+2} r])`.
fn eq4_prefactor() -> Expression {
    trace::uses("eq4");
    let weighted = sum("m", 0, m_max(), weight(m()) * any(m()));
    2 * weighted / (cosh_squared() * sinh_squared() * (1 - tanh_to(m_max() * 2 + 2)))
}

/// `N_Q e^{∓2r}`: squeezed for `X+`, `Y-`, antisqueezed for `X-`, `Y+`.
fn eq4_diagonal(w: Quadrature) -> Expression {
    let sign = if matches!(w, XPlus | YMinus) { -1 } else { 1 };
    eq4_prefactor() * exp_2r(sign)
}

// ---- Eq. (5) ----

fn eq5(_: Limits) -> Claim {
    // (W, sign of the exponent, quadrature on the right): our copy has L_{X+} and L_{Y+} on the left for both signs.
    let copy = [(XPlus, -1, YPlus), (XPlus, 1, YMinus), (YPlus, 1, XPlus), (YPlus, -1, XMinus)];
    let intended = [(XPlus, -1, YPlus), (XMinus, 1, YMinus), (YPlus, 1, XPlus), (YMinus, -1, XMinus)];
    let parts = |table: [(Quadrature, i32, Quadrature); 4]| Vec::from(table.map(|(w, k, v)| sld_part(w, k, v)));
    Claim::new(parts(copy)).corrected(
        parts(intended),
        r"\hat L_{\hat X_\pm} = 2e^{\mp 2r}\hat Y_\pm,\qquad \hat L_{\hat Y_\pm} = -2e^{\pm 2r}\hat X_\pm",
        Class::Misprint,
        "as it stands in our copy, the left sides read X+ and Y+ for both signs; with X± and Y± all four hold. The slip \
         may be the transcription's",
    )
}

/// `L_W|ψ> = -2i W|ψ>`. As `<W> = 0`, this is equivalent to `Lρ + ρL = 2(-iWρ + iρW)` for the pure state: with
/// `v = Lψ + 2iWψ` the difference is `|v><ψ| + |ψ><v|`, and `v` is orthogonal to `ψ`.
fn sld_part(w: Quadrature, exponent: i32, v: Quadrature) -> Part {
    let derivative = side!(derivative_of(w)).written(format!(r"-2i{}|\psi_G\rangle", w.latex()));
    let sign = if matches!(w, XPlus | XMinus) { "" } else { "-" };
    let factor = if exponent > 0 { "2e^{2r}" } else { "2e^{-2r}" };
    let printed = side!(eq5_applied(w, exponent, v)).written(format!(r"{sign}{factor}{}|\psi_G\rangle", v.latex()));
    equal_vectors(any_ladder(1), derivative, printed, vec![DIRECT, SYMBOLIC])
}

fn derivative_of(w: Quadrature) -> Ket {
    w.operator().scaled(&(-2 * Expression::I)).apply(&gtmss(), &ladder())
}

/// `±2 e^{2kr} V|ψ>`, plus for `X±`, minus for `Y±`.
fn eq5_applied(w: Quadrature, k: i32, v: Quadrature) -> Ket {
    let sign = if matches!(w, XPlus | XMinus) { 2 } else { -2 };
    v.operator().scaled(&(sign * exp_2r(k))).apply(&gtmss(), &ladder())
}

// ---- after Eq. (5) ----

fn eq5_commutator(_: Limits) -> Claim {
    let commutator = || side!(commutator_of_sensitive()).written(r"[\hat X_-,\hat Y_+]");
    let on_state = side!(commutator_on_state()).written(r"i(\hat Z_1-\hat Z_2)|\psi_G\rangle");
    let trace = side!(trace_of_z()).written(r"\operatorname{tr}\hat Z_1");
    Claim::new(vec![
        equal_operators(
            any_ladder(1),
            commutator(),
            side!(eq5_commutator_printed()).written(r"i(\hat Z_1-\hat Z_2)"),
            vec![DIRECT, SYMBOLIC],
        ),
        equal_vectors(any_ladder(1), side!(no_vector()).written("0"), on_state, vec![DIRECT, SYMBOLIC]),
        equal(any_ladder(1), trace, side!(zero()), vec![DIRECT, SYMBOLIC]),
    ])
    .remark(
        "That the commutator is not zero holds for every finite m_max with O ≠ 0: tr Z = 0, so Z_1 - Z_2 = 0 would make \
         Z a multiple of 1 and hence 0, o(m) constant and equal to o(0) = 0. For bosons it is zero.",
    )
}

fn commutator_of_sensitive() -> Operator {
    XMinus.operator().commutator(&YPlus.operator())
}

fn eq5_commutator_printed() -> Operator {
    z(1).minus(&z(2)).scaled(&Expression::I)
}

fn commutator_on_state() -> Ket {
    eq5_commutator_printed().apply(&gtmss(), &ladder())
}

/// `Σ_m <m|Z|m>` with `<m|Z|m> = (o²(m) - o²(m+1))/2`.
fn trace_of_z() -> Expression {
    sum("m", 0, m_max(), (any(m()) - any(m() + 1)) / 2)
}

// ---- Eqs. (6) and (7) ----

fn eq6(_: Limits) -> Claim {
    let weighted = sum("m", 1, m_max(), tanh_to(m() * 2 - 2) * any(m()));
    let regular = 2 * (1 + tanh()).pow(2) * weighted / sum("m", 0, m_max(), weight(m()));
    let element = side!(qfim_element(XMinus, XMinus, &gtmss())).written(r"Q[\hat X_-,\hat X_-]");
    let frobenius = side!(frobenius_from_columns()).written(r"\sum_m \|\hat O^\dagger|m\rangle\|^2");
    Claim::new(vec![
        limit(any_ladder(1), element, side!(eq6_limit()), vec![Plan::RegularForm(regular, &["geometric"])]),
        equal(
            any_ladder(1),
            frobenius,
            side!(eq6_norm()).written(r"\sum_{m=0}^{m_{\max}} o^2(m)"),
            vec![DIRECT, SYMBOLIC],
        ),
    ])
}

/// `8/(1 + m_max) Σ o²(m)`.
fn eq6_limit() -> Expression {
    trace::uses("eq6");
    8 / (1 + size()) * eq6_norm()
}

/// `||O||² = Σ o²(m)`.
fn eq6_norm() -> Expression {
    sum("m", 0, m_max(), any(m()))
}

/// `tr O O†`: the squared lengths of `O†|m>` for `m = 0..m_max`.
fn frobenius_from_columns() -> Expression {
    sum("m", 0, m_max(), any(m() + 1))
}

fn eq7(limits: Limits) -> Claim {
    let powers = Plan::Identity(&["power-1", "power-2"]);
    let all = || Domain::sizes(SIZE, 1);
    let limit = side!(spin_limit()).written(r"\frac{8}{1+m_{\max}}\sum_m m(m_{\max}+1-m)");
    Claim::new(vec![
        equal(all(), limit, side!(eq7_limit()), vec![powers.clone(), limits.cheap()]),
        equal(
            all(),
            side!(eq7_over_leading()).written(r"Q_{\max}\Big/\frac{N^2}{3}"),
            side!(eq7_ratio()).written(r"1+\frac4N"),
            vec![powers, limits.cheap()],
        ),
    ])
    .for_spins()
    .remark("The sign ≈ is read as: the ratio tends to 1 as N grows. It is 1 + 4/N exactly.")
}

fn spin_limit() -> Expression {
    Lowering::Spin.specialise(&eq6_limit())
}

fn eq7_limit() -> Expression {
    ratio(4, 3) * size() * (size() + 2)
}

fn eq7_over_leading() -> Expression {
    spin_limit() / (atoms().pow(2) / 3)
}

fn eq7_ratio() -> Expression {
    1 + 4 / atoms()
}

// ---- Wineland parameter: Eqs. (8) and (9) ----

fn wineland_definition(limits: Limits) -> Claim {
    let error = |a: Quadrature, b: Quadrature| {
        let written = format!(r"\frac{{\langle {0}^2\rangle}}{{|\langle[{0},{1}]\rangle|^2}}", a.latex(), b.latex());
        side!(propagated_error(a, b, &gtmss())).written(written)
    };
    let vanishes = |w: Quadrature| {
        let mean = side!(mean_of(w)).written(format!(r"\langle {}\rangle", w.latex()));
        equal(any_ladder(1), mean, side!(zero()), vec![NORM, SYMBOLIC])
    };
    let printed = || side!(wineland_over_atoms()).written(r"\frac{\xi^2}{N}");
    let spin_signal = side!(spin_signal()).written(r"-\tfrac14\mathcal N_Q");
    Claim::new(vec![
        equal(any_ladder(1), error(XPlus, YPlus), printed(), vec![NORM, SYMBOLIC]),
        equal(any_ladder(1), error(YMinus, XMinus), printed(), vec![NORM, SYMBOLIC]),
        vanishes(XPlus),
        vanishes(YMinus),
        equal(
            squeezed(1),
            side!(spin_mean()).written(r"\langle \hat Z_1\rangle"),
            spin_signal,
            vec![MOMENTS, limits.spins()],
        ),
    ])
    .remark(
        "The error of one measurement of X+ after exp(-i θ Y+) by error propagation, and of Y- for θ of X-. The signal is \
         not zero at any finite r: <Z_1> = -N_Q/4 and N_Q > 0.",
    )
}

fn mean_of(w: Quadrature) -> Expression {
    expectation(&w.operator(), &gtmss())
}

/// `ξ²/N` with `ξ² = N <X+²>/|<Z_1> + <Z_2>|²`.
fn wineland_over_atoms() -> Expression {
    let n = atoms();
    n.clone() * second_moment(XPlus) / (mean_z(1) + mean_z(2)).pow(2) / n
}

fn spin_mean() -> Expression {
    Lowering::Spin.specialise(&mean_z(1))
}

fn spin_signal() -> Expression {
    -Lowering::Spin.specialise(&eq4_prefactor()) / 4
}

fn eq8(limits: Limits) -> Claim {
    let definition = side!(wineland_parameter())
        .written(r"\frac{N\langle \hat X_+^2\rangle}{|\langle \hat Z_1\rangle+\langle \hat Z_2\rangle|^2}");
    Claim::new(vec![equal(squeezed(1), definition, side!(eq8_printed()), vec![MOMENTS, limits.spins()])]).for_spins()
}

/// What Eq. (8) is made of, so that a special choice of `r` can be put in.
pub(super) struct Eq8 {
    /// `e^{-2r}`.
    pub exp_minus_2r: Expression,
    /// `cosh 2r`.
    pub cosh_2r: Expression,
    /// `cosh² r`.
    pub cosh_squared: Expression,
    /// `S`.
    pub s: Expression,
    /// `tanh^{4S+2} r`.
    pub u: Expression,
}

impl Eq8 {
    /// `-e^{-2r} S f₋ [(2S+1) f₊ + cosh(2r) f₋] / (2 {[cosh² r + S] f₊ - cosh 2r}²)`.
    pub fn printed(self) -> Expression {
        let (plus, minus) = (self.u.clone() + 1, self.u - 1);
        let bracket = (2 * self.s.clone() + 1) * plus.clone() + self.cosh_2r.clone() * minus.clone();
        let curly = (self.cosh_squared + self.s.clone()) * plus - self.cosh_2r;
        -(self.exp_minus_2r * self.s * minus * bracket) / (2 * curly.pow(2))
    }
}

fn eq8_printed() -> Expression {
    let u = tanh_to(m_max() * 2 + 2);
    Eq8 { exp_minus_2r: exp_2r(-1), cosh_2r: cosh_2r(), cosh_squared: cosh_squared(), s: spin(), u }.printed()
}

fn eq9_saturates_qcrb(limits: Limits) -> Claim {
    let spins = side!(spin_wineland_over_atoms()).written(r"\frac{\xi^2}{N}");
    let inverse = r"\frac{1}{\mathcal N_Q\,e^{2r}}";
    let general = side!(wineland_over_atoms())
        .written(r"\frac{\langle \hat X_+^2\rangle}{|\langle \hat Z_1\rangle+\langle \hat Z_2\rangle|^2}");
    Claim::new(vec![
        equal(
            squeezed(1),
            spins,
            side!(inverse_spin_fisher_information()).written(inverse),
            vec![MOMENTS, limits.spins()],
        ),
        equal(any_ladder(1), general, side!(inverse_fisher_information()).written(inverse), vec![NORM, SYMBOLIC]),
    ])
    .remark("Exact for every N and every finite r, and not only for spins: the second part is for any o(m).")
}

fn spin_wineland_over_atoms() -> Expression {
    wineland_parameter() / atoms()
}

/// `1/(N_Q e^{2r})`.
fn inverse_fisher_information() -> Expression {
    1 / (eq4_prefactor() * exp_2r(1))
}

fn inverse_spin_fisher_information() -> Expression {
    Lowering::Spin.specialise(&inverse_fisher_information())
}

// ---- Eq. (10) and (S44) ----

/// Vectors with `cosh r` as a symbol.
fn dissipative() -> Domain {
    any_ladder(0).with_real("c")
}

fn dark(j: u8) -> Part {
    let applied = side!(jump_on_state(j)).written(format!(r"\hat L_{j}|\psi_G\rangle"));
    equal_vectors(dissipative(), side!(no_vector()).written("0"), applied, vec![DIRECT, SYMBOLIC])
}

fn jump_on_state(j: u8) -> Ket {
    jump_operator(j).apply(&gtmss(), &ladder())
}

fn eq10(_: Limits) -> Claim {
    Claim::new(vec![dark(1), dark(2)]).remark(
        "Both jump operators annihilate the state, so both dissipators vanish on it. For infinite m_max the same \
         coefficients vanish; |r| < ∞ keeps the state normalisable.",
    )
}

/// `Σ_{m=from}^{to} coefficient o(m+c) |m+a, m+b>`.
fn line(from: i64, to: i64, coefficient: Expression, c: i64, at: (i64, i64)) -> Ket {
    Ket::series(from, m_max() + to, coefficient, &[(LADDER, c)], at)
}

fn s44_part(right: Side<Ket>, name: &str) -> Part {
    let left = side!(jump_on_state(1)).written(r"(\cosh r\,\hat O_1+\sinh r\,\hat O_2^\dagger)|\psi_G\rangle");
    equal_vectors(dissipative(), left, right.written(name), vec![DIRECT, SYMBOLIC])
}

fn s44a(_: Limits) -> Claim {
    let name = |top: &str| {
        format!(
            r"\begin{{aligned}}&\mathcal N\cosh r\sum_{{m=1}}^{{{top}}}(-\tanh r)^m o(m)|m-1,m\rangle\\&+\mathcal N\sinh r\sum_{{m=0}}^{{m_{{\max}}-1}}(-\tanh r)^m o(m+1)|m,m+1\rangle\end{{aligned}}"
        )
    };
    let (printed, corrected) = (name(r"m_{\max}-1"), name(r"m_{\max}"));
    Claim::new(vec![s44_part(side!(s44_first_line(-1)), &printed)]).corrected(
        vec![s44_part(side!(s44_first_line(0)), &corrected)],
        &corrected,
        Class::Misprint,
        "the first sum must run to m_max: its last term cancels the last term of the second sum",
    )
}

/// The first line with the first sum up to `m_max + end`.
fn s44_first_line(end: i64) -> Ket {
    let lowered = line(1, end, cosh() * minus_tanh_to(m()), 0, (-1, 0));
    lowered.plus(line(0, -1, sinh() * minus_tanh_to(m()), 1, (0, 1)))
}

fn s44b(_: Limits) -> Claim {
    let name = r"\begin{aligned}&\mathcal N\cosh r\sum_{m=0}^{m_{\max}-1}(-\tanh r)^{m+1} o(m+1)|m,m+1\rangle\\&+\mathcal N\sinh r\sum_{m=0}^{m_{\max}-1}(-\tanh r)^m o(m+1)|m,m+1\rangle\end{aligned}";
    Claim::new(vec![s44_part(side!(s44_shifted(cosh(), sinh())), name)])
}

fn s44_shifted(cosh: Expression, sinh: Expression) -> Ket {
    let lowered = line(0, -1, cosh * minus_tanh_to(m() + 1), 1, (0, 1));
    lowered.plus(line(0, -1, sinh * minus_tanh_to(m()), 1, (0, 1)))
}

fn s44c(_: Limits) -> Claim {
    // cosh, sinh and tanh independent: the step from the line above only takes a factor out.
    let regrouping = any_ladder(1).with_real("c").with_real("s");
    let above = || side!(s44_shifted(cosh(), symbol("s"))).written(r"\text{the line above}");
    let name = |power: &str| {
        format!(
            r"\begin{{aligned}}&\mathcal N\sum_{{m=0}}^{{m_{{\max}}-1}}(-\tanh r)^{{{power}}}\\&\times\left[-\cosh r\tanh r\,o(m+1)+\sinh r\,o(m+1)\right]|m,m+1\rangle\end{{aligned}}"
        )
    };
    let step = |power: i64, name: &str| {
        let right = side!(s44_bracket(power, cosh(), symbol("s"))).written(name);
        equal_vectors(regrouping.clone(), above(), right, vec![DIRECT, SYMBOLIC])
    };
    let (printed, corrected) = (name("-m"), name("m"));
    Claim::new(vec![step(-1, &printed)]).corrected(
        vec![step(1, &corrected)],
        &corrected,
        Class::Misprint,
        "the exponent must be m: the line takes a common factor out of the line above, and is judged as that step, \
         before tanh = sinh/cosh is used. With that relation the bracket is zero, so for r ≠ 0 the printed line still \
         equals the vector 0; at r = 0 it contains 1/0^m",
    )
}

fn s44_bracket(power: i64, cosh: Expression, sinh: Expression) -> Ket {
    line(0, -1, minus_tanh_to(m() * power) * (-(cosh * tanh()) + sinh), 1, (0, 1))
}

fn s44d(_: Limits) -> Claim {
    Claim::new(vec![dark(1), dark(2)])
}

// ---- (S70) ----

fn s70a(limits: Limits) -> Claim {
    let mean = |j: u8| side!(spin_mean_z(j)).written(format!(r"\langle \hat Z_{j}\rangle"));
    let part = |j| equal(squeezed(1), mean(j), side!(s70a_printed()), vec![MOMENTS, limits.spins()]);
    Claim::new(vec![part(1), part(2)]).for_spins()
}

fn spin_mean_z(j: u8) -> Expression {
    Lowering::Spin.specialise(&mean_z(j))
}

/// `(f₊ S + sinh² r [tanh^{4S} r - 1]) / f₋`.
fn s70a_printed() -> Expression {
    let u = tanh_to(m_max() * 2 + 2);
    let numerator = (u.clone() + 1) * spin() + sinh_squared() * (tanh_to(m_max() * 2) - 1);
    numerator / (u - 1)
}

fn s70b(limits: Limits) -> Claim {
    let part = |w: Quadrature| {
        let moment = side!(spin_second_moment(w)).written(format!(r"\langle {}^2\rangle", w.latex()));
        equal(squeezed(1), moment, side!(s70b_printed()), vec![MOMENTS, limits.spins()])
    };
    Claim::new(vec![part(XPlus), part(YMinus)]).for_spins()
}

fn spin_second_moment(w: Quadrature) -> Expression {
    Lowering::Spin.specialise(&second_moment(w))
}

/// `-(e^{-2r}/2) [(2S+1) f₊/f₋ + cosh 2r]`, from its parts.
pub(super) fn s70b_from(exp_minus_2r: Expression, cosh_2r: Expression, s: Expression, u: Expression) -> Expression {
    -(exp_minus_2r / 2) * ((2 * s + 1) * ((u.clone() + 1) / (u - 1)) + cosh_2r)
}

fn s70b_printed() -> Expression {
    s70b_from(exp_2r(-1), cosh_2r(), spin(), tanh_to(m_max() * 2 + 2))
}
