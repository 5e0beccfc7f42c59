//! The state, its quadratures, its QFIM, its Wineland parameter: Eqs. (1) to (9), (S70).

use super::{Chapter, Claim, Class, Limits, Plan, equal, side};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, ratio};
use crate::laws::{DIRECT, information, state};
use crate::model::lowering::{Lowering, symmetric_atoms};
use crate::model::metrology::{atoms, mean_z, second_moment, wineland_parameter};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::squeezing::{cosh_2r, cosh_squared, exp_2r, sinh_squared, tanh_to};
use crate::model::{SIZE, m_max, size, squeezed};

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
    ("s70a", s70a),
    ("s70b", s70b),
];

/// Closed forms of the moments of the weights `t^{2m}`.
const MOMENTS: Plan = Plan::Identity(&["geometric", "geometric-1", "geometric-2"]);

fn m() -> Linear {
    Linear::symbol("m")
}

/// `S = m_max/2`.
fn spin() -> Expression {
    size() / 2
}

fn zero() -> Expression {
    Expression::from(0)
}

// ---- Eq. (1) ----

fn eq1(limits: Limits) -> Claim {
    let mut assertions = state::norm();
    assertions.iter_mut().for_each(|a| a.plans.push(limits.spins()));
    Claim::new(assertions)
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
    Claim::new(state::quadratures()).definition(
        "defines the quadratures; checked are that they are Hermitian and that O† = X + iY. With this sign of Y a boson \
         has [X, Y] = -i/2: Y is minus the usual momentum quadrature.",
    )
}

// ---- Eq. (4) ----

fn eq4(_: Limits) -> Claim {
    Claim::new(information::fisher_information()).remark(
        "Q is the QFIM proper, 4 Re(<W_i W_j> - <W_i><W_j>). Without the real part, as the text before Eq. (4) has it, \
         4<X+ Y+> = 2i<Z_1 + Z_2> is not zero. The printed prefactor is 0/0 at r = 0; its limit there is 2 o²(1).",
    )
}

// ---- Eq. (5) ----

fn eq5(_: Limits) -> Claim {
    // (W, sign of the exponent, quadrature on the right): our copy has L_{X+} and L_{Y+} on the left for both signs.
    let copy = [(XPlus, -1, YPlus), (XPlus, 1, YMinus), (YPlus, 1, XPlus), (YPlus, -1, XMinus)];
    Claim::new(copy.map(|(w, k, v)| information::logarithmic_derivative(w, k, v)).into()).corrected(
        information::logarithmic_derivatives(),
        r"\hat L_{\hat X_\pm} = 2e^{\mp 2r}\hat Y_\pm,\qquad \hat L_{\hat Y_\pm} = -2e^{\pm 2r}\hat X_\pm",
        Class::Misprint,
        "as it stands in our copy, the left sides read X+ and Y+ for both signs; with X± and Y± all four hold. The slip \
         may be the transcription's",
    )
}

// ---- after Eq. (5) ----

fn eq5_commutator(_: Limits) -> Claim {
    Claim::new(state::commutator()).remark(
        "That the commutator is not zero holds for every finite m_max with O ≠ 0: tr Z = 0, so Z_1 - Z_2 = 0 would make \
         Z a multiple of 1 and hence 0, o(m) constant and equal to o(0) = 0. For bosons it is zero.",
    )
}

// ---- Eqs. (6) and (7) ----

fn eq6(_: Limits) -> Claim {
    Claim::new(information::infinite_squeezing())
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
    Lowering::Spin.specialise(&information::limit_of_information())
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

fn wineland_definition(_: Limits) -> Claim {
    Claim::new(information::error_propagation()).remark(
        "The error of one measurement of X+ after exp(-i θ Y+) by error propagation, and of Y- for θ of X-. The signal is \
         not zero at any finite r: <Z_1> = -N_Q/4, and N_Q > 0 unless O = 0.",
    )
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
    let bound = side!(inverse_spin_information()).written(r"\frac{1}{\mathcal N_Q e^{2r}}");
    let mut assertions = vec![equal(squeezed(1), spins, bound, vec![MOMENTS, limits.spins()])];
    assertions.extend(information::saturation());
    Claim::new(assertions)
        .remark("Exact for every N and every finite r, and not only for spins: the second part is for any o(m).")
}

fn spin_wineland_over_atoms() -> Expression {
    wineland_parameter() / atoms()
}

fn inverse_spin_information() -> Expression {
    Lowering::Spin.specialise(&information::inverse_information())
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
