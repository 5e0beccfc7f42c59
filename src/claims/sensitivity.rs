//! Infinite squeezing, the Heisenberg limit and the Wineland parameter: Eqs. (6) to (9), (S70).

use super::{Chapter, Claim, Limits, Plan, equal, side};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, ratio};
use crate::laws::information;
use crate::model::lowering::Lowering;
use crate::model::metrology::{atoms, mean_z, second_moment, wineland_parameter};
use crate::model::operators::Quadrature::{self, XPlus, YMinus};
use crate::model::squeezing::{cosh_2r, cosh_squared, exp_2r, sinh_squared, tanh_to};
use crate::model::{SIZE, m_max, size, squeezed};

pub(super) const CLAIMS: Chapter = &[
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

/// `S = m_max/2`.
fn spin() -> Expression {
    size() / 2
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
