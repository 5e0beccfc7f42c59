//! Infinite squeezing, the Heisenberg limit and the Wineland parameter: Eqs. (6) to (9), (S70).

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, exact, side, three_levels};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, ratio, sum, symbol};
use crate::exact::number::rational;
use crate::laws::assertion::{at_least, expands, large_size};
use crate::laws::growth::{self, closed_information, rungs};
use crate::laws::{DIRECT, NORM, SYMBOLIC, dissipation, information, state};
use crate::model::lowering::{Lowering, any};
use crate::model::metrology::{atoms, mean_z, qfim_element, second_moment, wineland_parameter};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::squeezing::{cosh_2r, cosh_squared, exp_2r, sinh_squared, tanh, tanh_to};
use crate::model::state::gtmss;
use crate::model::{LADDER, SIZE, any_ladder, m, m_max, one, size, squeezed, zero};

pub(super) const CLAIMS: Chapter = &[
    ("eq6", eq6),
    ("eq7", eq7),
    ("eq7-scaling", eq7_scaling),
    ("heisenberg-finite-dimensional", heisenberg_finite_dimensional),
    ("note44-not-monotone", note44_not_monotone),
    ("note44-spins-monotone", note44_spins_monotone),
    ("wineland-definition", wineland_definition),
    ("eq8", eq8),
    ("eq8-boson-limit", eq8_boson_limit),
    ("eq9", eq9),
    ("eq9-remainder", eq9_remainder),
    ("eq9-three-over-n", eq9_three_over_n),
    ("eq9-saturates-qcrb", eq9_saturates_qcrb),
    ("s70a", s70a),
    ("s70b", s70b),
    ("fig2a", fig2a),
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

// ---- after Eq. (7): other finite-dimensional systems ----

fn eq7_scaling(_: Limits) -> Claim {
    let sizes = || Domain::sizes(SIZE, 1);
    let general = side!(information_per_square()).written(r"\frac{Q_{\max}}{N^2}");
    let normalised = side!(norm_per_cube()).written(r"\frac{16N}{N+2}\,\frac{\|\hat O\|^2}{N^3}");
    let factor = side!(norm_factor()).written(r"\frac{16N}{N+2}");
    let error = side!(spin_error()).written(r"N^2(\Delta\theta)^2\big|_{\text{spins}}");
    Claim::new(vec![
        equal(sizes().with_ladder(LADDER), general, normalised, vec![DIRECT, SYMBOLIC]),
        large_size(sizes(), factor, side!(sixteen()), vec![Plan::LargeSize(&[])]),
        large_size(sizes(), error, side!(three()), vec![Plan::LargeSize(&["power-1", "power-2"])]),
    ])
    .remark(
        "Criterion, fixed first: the size of a general system is counted as for atoms, m_max = N/2, and r → ∞ is taken \
         before N → ∞. Then Q_max/N² is ||O||²/N³ times a factor that tends to 16, so ||O||² ~ κN³ gives Q_max ~ 16κN². \
         For spins κ = 1/48, and the error is √3/N. With another relation of m_max to N it is another power.",
    )
}

fn information_per_square() -> Expression {
    information::limit_of_information() / atoms().pow(2)
}

/// `16N/(N+2)`.
fn norm_factor() -> Expression {
    16 * atoms() / (atoms() + 2)
}

/// `16N/(N+2) ||O||²/N³`.
fn norm_per_cube() -> Expression {
    norm_factor() * sum("m", 1, m_max(), any(m())) / atoms().pow(3)
}

/// `N²/Q_max` for spins.
fn spin_error() -> Expression {
    atoms().pow(2) / spin_limit()
}

fn sixteen() -> Expression {
    Expression::from(16)
}

fn three() -> Expression {
    Expression::from(3)
}

fn heisenberg_finite_dimensional(limits: Limits) -> Claim {
    let element = |a: Quadrature, b: Quadrature| {
        side!(qfim_element(a, b, &gtmss())).written(format!("Q[{},{}]", a.latex(), b.latex()))
    };
    let same = || side!(information::diagonal(XMinus)).written(r"\mathcal N_Q e^{2r}");
    let ladder = Domain::sizes(SIZE, 1).with_ladder(LADDER);
    let most = side!(information::limit_of_information()).written(r"Q_{\max}");
    let least = side!(eight_norms()).written(r"8N^2\,\frac{\|\hat O\|^2}{N^3}");
    let form = 4 * (size() - 1) / (size() * (size() + 1)) * sum("m", 1, m_max(), any(m()));
    let truncated = || side!(truncated_boson()).written(r"Q_{\max}\big|_{o^2(m)=m}");
    let third = || side!(third_of_square()).written(r"\tfrac13N^2");
    let sizes = || Domain::sizes(SIZE, 1);
    let spins = || {
        let spins = side!(spin_limit()).written(r"Q_{\max}\big|_{\text{spins}}");
        let plan = Plan::Manifest(ratio(8, 3) * size(), &["power-1", "power-2"]);
        at_least(sizes(), spins, third(), false, vec![plan])
    };
    let mut both = vec![
        equal(any_ladder(1), element(XMinus, YPlus), side!(zero()), vec![NORM, SYMBOLIC]),
        equal(any_ladder(1), element(XMinus, XMinus), same(), vec![NORM, SYMBOLIC]),
        equal(any_ladder(1), element(YPlus, YPlus), same(), vec![NORM, SYMBOLIC]),
    ];
    both.extend(state::commutator());
    both.extend(information::infinite_squeezing());
    both.push(spins());
    let linear = side!(twice_atoms()).written("2N");
    both.push(equal(sizes(), truncated(), linear, vec![Plan::Identity(&["power-1"]), limits.cheap()]));
    both.push(at_least(ladder, most, least, false, vec![Plan::Manifest(form, &[])]));
    Claim::new(vec![spins(), at_least(sizes(), truncated(), third(), false, vec![DIRECT])]).corrected(
        both,
        r"Q_{\max}\ge 8\kappa N^2\ \text{ if }\ \|\hat O\|^2=\kappa N^3,\ m_{\max}=N/2;\qquad Q_{\max}=\tfrac13N(N+4)\ \text{(spins)},\quad 2N\ \text{(truncated boson)}",
        Class::Approximate,
        "Criterion, fixed first: generically means without a condition on o(m) beyond what the paper's own finite examples \
         have, and Heisenberg-limited means at least the N²/3 that is quoted for spins; the truncated boson o² = m has \
         2N. With the normalisation ||O||² = κN³, which the paper adds after Eq. (7), Q_max >= 8κN² for every o(m). \
         Simultaneous is right: for X- and Y+ the matrix is diagonal with equal elements and the commutator has mean \
         zero, for every o(m) and r",
    )
}

fn third_of_square() -> Expression {
    atoms().pow(2) / 3
}

fn first_information() -> Expression {
    qfim_element(XMinus, XMinus, &gtmss())
}

/// `8N² ||O||²/N³`.
fn eight_norms() -> Expression {
    8 * atoms().pow(2) * (sum("m", 1, m_max(), any(m())) / atoms().pow(3))
}

fn truncated_boson() -> Expression {
    Lowering::Boson.specialise(&information::limit_of_information())
}

fn twice_atoms() -> Expression {
    2 * atoms()
}

// ---- note [44] ----

fn note44_not_monotone(_: Limits) -> Claim {
    let at = |t: &str| format!(r"Q[\hat X_-,\hat X_-]\big|_{{o^2=4,1;\ \tanh r={t}}}");
    let [weak, strong] = [weakly_squeezed(), strongly_squeezed()];
    let form = weak - strong;
    let (left, right) = (side!(weakly_squeezed()).written(at("1/2")), side!(strongly_squeezed()).written(at("9/10")));
    Claim::new(vec![at_least(Domain::default(), left, right, true, vec![Plan::Manifest(form, &[])])])
        .remark(
            "Three levels with o(1) = 2, o(2) = 1, no zero among them: more information at tanh r = 1/2 than at 9/10.",
        )
        .value("weak", exact(weakly_squeezed()))
        .value("strong", exact(strongly_squeezed()))
}

fn weakly_squeezed() -> Expression {
    three_levels(&first_information(), [2, 1], rational(1, 2))
}

fn strongly_squeezed() -> Expression {
    three_levels(&first_information(), [2, 1], rational(9, 10))
}

fn note44_spins_monotone(_: Limits) -> Claim {
    Claim::new(growth::information_grows()).for_spins().remark(
        "Strictly, for every S and all finite r > 0: the derivative is a quotient of sums with positive terms. Both sums \
         in Q are differentiated in the second and third part, and the quotient rule in the fourth. For r < 0, where the \
         factor e²ʳ is small, the argument is in the chapter and not in the kernel; a reference program counts no root for \
         2S <= 24.",
    )
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

// ---- after Eq. (8), Eq. (9) ----

fn eq8_boson_limit(_: Limits) -> Claim {
    let leading = side!(wineland_short()).written(r"\xi^2");
    let next = side!(wineland_excess()).written(r"S\left(\xi^2-e^{-2r}\right)");
    let plan = || vec![Plan::LargeSize(&[])];
    Claim::new(vec![
        in_short_form(),
        large_size(squeezed(1), leading, side!(exp_2r(-1)), plan()),
        large_size(squeezed(1), next, side!(first_correction()), plan()),
    ])
    .for_spins()
    .remark(
        "At fixed r, as the words \"infinite spin size\" say. The last part shows that the remainder is of the order 1/S \
         and no smaller. It is not uniform in r: for r → ∞ at fixed S the parameter tends to 3/(4(S+1)), not to 0.",
    )
}

fn wineland_excess() -> Expression {
    spin() * (wineland_short() - exp_2r(-1))
}

/// `e^{-2r} sinh² r`.
fn first_correction() -> Expression {
    exp_2r(-1) * sinh_squared()
}

/// `ξ² = 2S x² f₋/(2x (2S+1) f₊ - (1+x²) f₋)` with `x = e^{-2r}`: numerator and denominator. Only the ratio of
/// `f₊ = 1 + u` and `f₋ = 1 - u` counts, `u = tanh^{4S+2} r`.
fn short_form(x: Expression, plus: Expression, minus: Expression) -> [Expression; 2] {
    let below = 2 * x.clone() * (size() + 1) * plus - (1 + x.clone().pow(2)) * minus.clone();
    [2 * size() * x.pow(2) * minus, below]
}

fn wineland_short() -> Expression {
    let u = tanh_to(m_max() * 2 + 2);
    let [above, below] = short_form(exp_2r(-1), 1 + u.clone(), 1 - u);
    above / below
}

/// Numerator and denominator of `ξ²` as functions of `x = e^{-2r}`, both divided by `w = tanh^{2S+1} r`, where
/// `tanh r = (1-x)/(1+x)`. So divided, both are odd in `x`.
fn in_terms_of_x() -> [Expression; 2] {
    let x = symbol("x");
    let t = (1 - x.clone()) / (1 + x.clone());
    divided_by(t.clone().to_the(m_max() + 1), t.to_the(m_max() * -1 - 1))
}

/// The short form divided by `w`, from `w` and `1/w`.
fn divided_by(w: Expression, inverse: Expression) -> [Expression; 2] {
    short_form(symbol("x"), inverse.clone() + w.clone(), inverse - w)
}

fn numerator() -> Expression {
    let [above, _] = in_terms_of_x();
    above
}

fn denominator() -> Expression {
    let [_, below] = in_terms_of_x();
    below
}

/// That this is the Wineland parameter.
fn in_short_form() -> Assertion {
    let definition = side!(wineland_parameter())
        .written(r"\frac{N\langle \hat X_+^2\rangle}{|\langle \hat Z_1\rangle+\langle \hat Z_2\rangle|^2}");
    let short = side!(wineland_short()).written(r"\frac{-2Sx^2f_-}{2x(2S+1)f_++(1+x^2)f_-}\bigg|_{x=e^{-2r}}");
    equal(squeezed(1), definition, short, vec![MOMENTS])
}

/// That the quotient in `x` is this form with `tanh r = (1-x)/(1+x)`, where `w` stands for `tanh^{2S+1} r`.
fn in_squeezing() -> Assertion {
    let at_x = side!(short_at_x()).written(r"\frac{-2Sx^2f_-}{2x(2S+1)f_++(1+x^2)f_-}\bigg|_{x=e^{-2r}}");
    let quotient = side!(quotient_in_x()).written(r"\frac{\xi^2D(x)}{D(x)}\bigg|_{\tanh r=(1-x)/(1+x)}");
    let domain = Domain::sizes(SIZE, 1).with_fraction("x").with_unit("w");
    equal(domain, at_x, quotient, vec![DIRECT])
}

/// The short form with `e^{-2r}` computed from `tanh r = (1-x)/(1+x)`, and `u = w²`.
fn short_at_x() -> Expression {
    let (x, u) = (symbol("x"), symbol("w").pow(2));
    let exp = exp_2r(-1).substitute(&Symbol::new("t"), &((1 - x.clone()) / (1 + x)));
    let [above, below] = short_form(exp, 1 + u.clone(), 1 - u);
    above / below
}

fn quotient_in_x() -> Expression {
    let [above, below] = divided_by(symbol("w"), 1 / symbol("w"));
    above / below
}

fn in_x() -> Domain {
    Domain::sizes(SIZE, 1).with_real("x")
}

fn eq9(_: Limits) -> Claim {
    let printed =
        side!(eq9_times_denominator()).written(r"\left[\frac{3}{4(S+1)}+\frac{3+16S+16S^2}{20(S+1)}x^2\right]D(x)");
    Claim::new(series_parts(side!(denominator_to_fifth_order()), printed)).for_spins().remark(
        "With x = e⁻²ʳ, so that x² = e⁻⁴ʳ. ξ² is a quotient of two functions of x; the denominator starts with x³, so \
         the numerator is compared with the printed series times the denominator up to x⁵.",
    )
}

/// `ξ² = A/D`, the expansion of `D`, and that of `A`, which is the series of `ξ²` times that of `D`.
fn series_parts(below: Side<Vec<Expression>>, above: Side<Vec<Expression>>) -> Vec<Assertion> {
    let expansion = |left: Side<Expression>, right| expands(in_x(), left, "x", right, vec![Plan::Expansion(&[])]);
    vec![
        in_short_form(),
        in_squeezing(),
        expansion(side!(denominator()).written("D(x)"), below),
        expansion(side!(numerator()).written(r"\xi^2 D(x)"), above),
    ]
}

/// The coefficients of `1`, `e^{-2r}`, `e^{-4r}`.
fn eq9_coefficients() -> Vec<Expression> {
    let s = spin();
    let second = (3 + 16 * s.clone() + 16 * s.clone().pow(2)) / (20 * (s.clone() + 1));
    vec![3 / (4 * (s + 1)), zero(), second]
}

/// The coefficients of the denominator up to that of `x^7`; with `n = 2S` and `c = n(n+1)(n+2)` those that do not vanish are
/// `16c/3`, `32c(n²+2n+2)/15` and `16c(2n⁴+8n³+28n²+40n+27)/105`.
fn denominator_coefficients() -> Vec<Expression> {
    let n = size();
    let common = n.clone() * (n.clone() + 1) * (n.clone() + 2);
    let fifth = n.clone().pow(2) + 2 * n.clone() + 2;
    let seventh = 2 * n.clone().pow(4) + 8 * n.clone().pow(3) + 28 * n.clone().pow(2) + 40 * n + 27;
    let mut coefficients = vec![zero(); 8];
    coefficients[3] = ratio(16, 3) * common.clone();
    coefficients[5] = ratio(32, 15) * common.clone() * fifth;
    coefficients[7] = ratio(16, 105) * common * seventh;
    coefficients
}

fn denominator_to_fifth_order() -> Vec<Expression> {
    denominator_coefficients()[..6].to_vec()
}

/// The product of two series, up to the order to which the second one is given.
fn product_of(series: &[Expression], other: &[Expression]) -> Vec<Expression> {
    let term = |i: usize, k: usize| match (series.get(i), other.get(k.checked_sub(i)?)) {
        (Some(a), Some(b)) if *a != zero() && *b != zero() => Some(a.clone() * b.clone()),
        _ => None,
    };
    let sum = |k: usize| (0..=k).filter_map(|i| term(i, k)).reduce(|a, b| a + b);
    (0..other.len()).map(|k| sum(k).unwrap_or_else(zero)).collect()
}

fn eq9_times_denominator() -> Vec<Expression> {
    product_of(&eq9_coefficients(), &denominator_to_fifth_order())
}

fn eq9_remainder(_: Limits) -> Claim {
    let sharp = side!(with_next_term()).written(
        r"\left[\frac{3}{4(S+1)}+\frac{3+16S+16S^2}{20(S+1)}x^2-\frac{(2S-1)(2S+3)(4S+1)(4S+3)}{175(S+1)}x^4\right]D(x)",
    );
    let smallest = side!(smallest_in_x()).written(r"\xi^2\big|_{S=1/2}");
    let mut parts = series_parts(side!(denominator_coefficients()), sharp);
    parts.push(equal(
        Domain::default().with_fraction("x"),
        smallest,
        side!(half_of_one_plus_square()).written(r"\tfrac12(1+x^2)"),
        vec![DIRECT],
    ));
    Claim::new(parts).for_spins().remark(
        "True, and not sharp: ξ² is even in e⁻²ʳ, so the next term is of the order e⁻⁸ʳ. Its coefficient is zero for \
         S = 1/2 only, where Eq. (9) without remainder is exact.",
    )
}

fn smallest_in_x() -> Expression {
    wineland_in_x().substitute_integer(&Symbol::new(SIZE), &Linear::from(1))
}

fn half_of_one_plus_square() -> Expression {
    (1 + symbol("x").pow(2)) / 2
}

/// The series up to `e^{-8r}` times the denominator.
fn with_next_term() -> Vec<Expression> {
    let s = spin();
    let product = (2 * s.clone() - 1) * (2 * s.clone() + 3) * (4 * s.clone() + 1) * (4 * s.clone() + 3);
    let mut series = eq9_coefficients();
    series.extend([zero(), -(product / (175 * (s + 1)))]);
    product_of(&series, &denominator_coefficients())
}

fn eq9_three_over_n(_: Limits) -> Claim {
    let scaled = side!(scaled_limit()).written(r"N\lim_{r\to\infty}\xi^2");
    let mut parts = limit_of_wineland();
    parts.push(large_size(Domain::sizes(SIZE, 1), scaled, side!(three()), vec![Plan::LargeSize(&[])]));
    Claim::new(parts)
        .for_spins()
        .remark("For r → ∞, that is x → 0, exactly 3/(N+4) for every N; ~ is read as: N times this tends to 3.")
}

/// `ξ² → 3/(N+4)` for `r → ∞`, two equal spins.
pub(super) fn limit_of_wineland() -> Vec<Assertion> {
    let parameter = side!(wineland_in_x()).written(r"\xi^2");
    let first = side!(only_three_over_atoms()).written(r"\frac{3}{N+4}");
    vec![in_short_form(), in_squeezing(), expands(in_x(), parameter, "x", first, vec![Plan::Expansion(&[])])]
}

fn wineland_in_x() -> Expression {
    numerator() / denominator()
}

fn only_three_over_atoms() -> Vec<Expression> {
    vec![three_over_atoms()]
}

/// `3/(N+4)`.
fn three_over_atoms() -> Expression {
    3 / (atoms() + 4)
}

fn scaled_limit() -> Expression {
    atoms() * three_over_atoms()
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

// ---- Fig. 2(a) ----

fn fig2a(limits: Limits) -> Claim {
    let definition = side!(wineland_parameter()).written(
        r"\frac{N\langle \hat X_+^2\rangle}{|\langle \hat Z_1\rangle+\langle \hat Z_2\rangle|^2}\bigg|_{N=4S}",
    );
    let domain = Domain::sizes(SIZE, 1).with_fraction("t");
    let below = side!(atoms_over_information()).written(r"\xi^2");
    let mut assertions = vec![equal(squeezed(1), definition, side!(eq8_printed()), vec![MOMENTS, limits.spins()])];
    assertions.extend(dissipation::dark_state());
    assertions.push(in_terms_of_information());
    let squeezed_form = Plan::Manifest(gain_form(), &["geometric", "geometric-1", "geometric-2"]);
    assertions.push(at_least(domain, side!(one()), below, true, vec![squeezed_form]));
    Claim::new(assertions)
        .for_spins()
        .remark(
            "Judged on the caption: the curves are Eq. (8), that is the error from measuring X+; the state is steady; and \
             S = N/4 is the relation with which Eq. (8) follows from the definition. We add that ξ² < 1 for every S and \
             r > 0. The curves themselves were not available.",
        )
}

/// `ξ² = N/Q[X-,X-]`, written with the two sums.
pub(super) fn in_terms_of_information() -> Assertion {
    let definition = side!(wineland_parameter())
        .written(r"\frac{N\langle \hat X_+^2\rangle}{|\langle \hat Z_1\rangle+\langle \hat Z_2\rangle|^2}");
    let inverse = side!(atoms_over_information())
        .written(r"\frac{N\sum_{m=0}^{2S}t^{2m}}{2(1+t)^2\sum_{m=1}^{2S} t^{2m-2}m(2S+1-m)}");
    equal(squeezed(1), definition, inverse, vec![MOMENTS])
}

fn atoms_over_information() -> Expression {
    atoms() / closed_information()
}

/// `1 - ξ²` as a quotient of sums with positive terms.
fn gain_form() -> Expression {
    let (j, n) = (Linear::symbol("j"), size());
    let here = j.to_expression();
    let even = sum("j", 0, m_max(), 2 * here.clone() * (n.clone() - here.clone()) * tanh_to(j.clone() * 2));
    let odd = sum("j", 0, m_max() - 1, 2 * (here.clone() + 1) * (n - here) * tanh_to(j * 2));
    (even + tanh() * odd) / ((1 + tanh()).pow(2) * rungs(&tanh_to, one()))
}
