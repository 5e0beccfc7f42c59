//! The state, its quadratures and its QFIM: Eqs. (1) to (5).

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, equal_vectors, fails, side, three_levels};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, infinite_sum, ratio, sum, symbol};
use crate::exact::ket::Ket;
use crate::exact::number::rational;
use crate::laws::assertion::{at_least, equal_operators, large_size};
use crate::laws::{DIRECT, NORM, SYMBOLIC, information, state};
use crate::model::lowering::{Lowering, any, symmetric_atoms};
use crate::model::metrology::{expectation, inner, product_expectation, qfim_element, second_moment};
use crate::model::operators::Quadrature::{self, XMinus, XPlus, YMinus, YPlus};
use crate::model::operators::{QUADRATURES, z};
use crate::model::squeezing::{cosh, cosh_squared, exp_2r, minus_tanh_to, sinh, tanh, tanh_to};
use crate::model::state::{amplitude, gtmss, weight};
use crate::model::{LADDER, SIZE, any_ladder, ladder, m, m_max, no_vector, one, size, squeezed, zero};

pub(super) const CLAIMS: Chapter = &[
    ("eq1", eq1),
    ("eq1-tmss-limit", eq1_tmss_limit),
    ("eq2", eq2),
    ("eq2-real", eq2_real),
    ("eq3", eq3),
    ("eq3-no-commuting-pairs", eq3_no_commuting_pairs),
    ("eq3-commutator-annihilates", eq3_commutator_annihilates),
    ("qfim-definition", qfim_definition),
    ("eq4", eq4),
    ("eq4-ratio", eq4_ratio),
    ("eq4-squeezed", eq4_squeezed),
    ("eq5", eq5),
    ("eq5-commutator", eq5_commutator),
];

/// `S = m_max/2`.
fn spin() -> Expression {
    size() / 2
}

// ---- Eq. (1) ----

fn eq1(limits: Limits) -> Claim {
    let mut assertions = state::norm();
    assertions.iter_mut().for_each(|a| a.plans.push(limits.spins()));
    Claim::new(assertions)
}

// ---- after Eq. (1) ----

fn eq1_tmss_limit(_: Limits) -> Claim {
    let infinite = Domain::default().with_unit("t");
    let level = infinite.clone().with_index("m", 0, None);
    let norm = side!(infinite_norm()).written(r"\sum_{m=0}^{\infty}\tanh^{2m} r");
    let generated = side!(pair_generator())
        .written(r"\cosh r\,\langle m,m|(\hat a\hat b-\hat a^\dagger\hat b^\dagger)|\psi_G\rangle");
    let rate = side!(amplitude_rate()).written(r"\cosh r\,\frac{d}{dr}\frac{(-\tanh r)^m}{\cosh r}");
    let overlap = side!(overlap_with_bosons()).written(r"|\langle\mathrm{TMSS}|\psi_G\rangle|^2");
    Claim::new(vec![
        equal(infinite, norm, side!(cosh_squared()), vec![Plan::Identity(&["infinite-0"])]),
        equal(level, generated, rate, vec![DIRECT]),
        large_size(squeezed(0), overlap, side!(one()), vec![Plan::LargeSize(&["geometric"])]),
    ])
    .remark(
        "The conventional state is exp[r(ab - a†b†)]|0,0>. The state (1) with infinite m_max solves its differential \
         equation in r, starts from the same vector at r = 0 and has norm 1; for growing m_max the overlap tends to 1.",
    )
}

/// `Σ_{m=0}^∞ tanh^{2m} r`.
fn infinite_norm() -> Expression {
    infinite_sum("m", 0, weight(m()))
}

/// `<m,m|ab - a†b†|ψ>` for the amplitudes `(-tanh r)^m`, with `o²(m)` of the boson.
fn pair_generator() -> Expression {
    let squared = |l: Linear| Lowering::Boson.specialise(&any(l));
    squared(m() + 1) * minus_tanh_to(m() + 1) - squared(m()) * minus_tanh_to(m() - 1)
}

/// `cosh r d/dr [(-tanh r)^m / cosh r]`, with `d tanh r/dr = 1 - tanh² r`.
fn amplitude_rate() -> Expression {
    let outer = -tanh() * minus_tanh_to(m());
    outer - m().to_expression() * minus_tanh_to(m() - 1) / cosh_squared()
}

/// `|<TMSS|ψ_G>|²` for finite `m_max`: `(Σ t^{2m})²/(cosh² r Σ t^{2m})`, as the amplitudes of both are `(-t)^m`.
fn overlap_with_bosons() -> Expression {
    inner(&gtmss(), &gtmss()) / cosh_squared()
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

// ---- after Eq. (2): complex o(m) ----

fn eq2_real(_: Limits) -> Claim {
    let all = || Domain::sizes(SIZE, 1).with_unit("t").with_real("c").with_sequence("x").with_sequence("y");
    let link = Domain::default().with_unit("t").with_real("c").with_real("x").with_real("y");
    let jump = r"(\cosh r\,\hat O_1+\sinh r\,\hat O_2^\dagger)";
    let on_state = |name: &str| format!(r"{jump}|\psi_G\rangle\big|_{{{name}}}");
    let conjugate = side!(jump_with_complex(true)).written(on_state(r"\hat O_2=\hat O_1^*"));
    let same = side!(jump_with_complex(false)).written(on_state(r"o(m)\in\mathbb C"));
    let left_over =
        side!(imaginary_parts()).written(r"-2i\sinh r\sum_m(-\tanh r)^m\operatorname{Im}o(m+1)\,|m,m+1\rangle");
    let row = side!(jump_on_link()).written(format!(r"\langle m-1,m|{jump}\sum_m a_m|m,m\rangle"));
    let modulus = side!(link_modulus()).written(r"|a_m|^2\big|_{a_m=-\tanh r\,a_{m-1}o(m)^*/o(m)}");
    let paired = side!(link_modulus_paired()).written(r"\tanh^2(r)\,|a_{m-1}|^2");
    Claim::new(vec![
        equal(link.clone(), side!(zero()), row, vec![DIRECT]),
        equal(link, modulus, paired, vec![DIRECT]),
        equal_vectors(all(), side!(no_vector()).written("0"), conjugate, vec![DIRECT]),
        equal_vectors(all(), same, left_over, vec![DIRECT]),
    ])
    .remark(
        "Criterion, fixed first: no generality is lost if the phases of o(m) can be moved into the levels |m>, and the \
         state (1) is that of these levels. Checked for each link between levels and any complex o(m): the state with \
         the phases moved is dark and has the moduli of (1). The order matters: a state (1) that is already fixed, with \
         the same complex o(m) in both systems, is dark only if every o(m) is real. With the conjugate o(m) in system 2 \
         it is dark again.",
    )
}

/// A complex `o(L)` of an arbitrary sequence.
fn complex(l: Linear) -> Expression {
    amplitude(l)
}

/// `(cosh r O_1 + sinh r O_2†)|ψ_G>` with complex `o(m)` in system 1, and in system 2 the same or the conjugate ones.
fn jump_with_complex(conjugate: bool) -> Ket {
    let raised = if conjugate { complex(m() + 1) } else { complex(m() + 1).conjugate() };
    let lowered = Ket::series(1, m_max(), cosh() * minus_tanh_to(m()) * complex(m()), &[], (-1, 0));
    lowered.plus(Ket::series(0, m_max() - 1, sinh() * minus_tanh_to(m()) * raised, &[], (0, 1)))
}

/// `-2i sinh r Σ_m (-tanh r)^m Im o(m+1) |m,m+1>`.
fn imaginary_parts() -> Ket {
    let imaginary = Expression::Value(Symbol::new("y"), m() + 1);
    Ket::series(0, m_max() - 1, -2 * Expression::I * sinh() * minus_tanh_to(m()) * imaginary, &[], (0, 1))
}

/// `o(m)` of one link as a complex number.
fn link() -> Expression {
    symbol("x") + Expression::I * symbol("y")
}

/// The amplitudes `a_{m-1}`, `a_m` at both ends of a link, up to a common factor: `a_m = -tanh(r) a_{m-1} o*/o`.
fn link_ends() -> (Expression, Expression) {
    (link(), -tanh() * link().conjugate())
}

/// `cosh(r) a_m o(m) + sinh(r) a_{m-1} o(m)*`, the amplitude of `|m-1,m>`.
fn jump_on_link() -> Expression {
    let (before, here) = link_ends();
    cosh() * here * link() + sinh() * before * link().conjugate()
}

fn link_modulus() -> Expression {
    let (_, here) = link_ends();
    here.conjugate() * here
}

fn link_modulus_paired() -> Expression {
    let (before, _) = link_ends();
    tanh().pow(2) * before.conjugate() * before
}

// ---- Eq. (3) ----

fn eq3(_: Limits) -> Claim {
    Claim::new(state::quadratures()).definition(
        "defines the quadratures; checked are that they are Hermitian and that O† = X + iY. With this sign of Y a boson \
         has [X, Y] = -i/2: Y is minus the usual momentum quadrature.",
    )
}

// ---- after Eq. (3) ----

/// The pairs of different quadratures.
const PAIRS: [(Quadrature, Quadrature); 6] =
    [(XPlus, XMinus), (YPlus, YMinus), (XPlus, YPlus), (XMinus, YMinus), (XPlus, YMinus), (XMinus, YPlus)];

fn eq3_no_commuting_pairs(_: Limits) -> Claim {
    let commute = |(a, b): (Quadrature, Quadrature)| {
        let commutator = side!(commutator_of(a, b)).written(format!("[{},{}]", a.latex(), b.latex()));
        equal_operators(any_ladder(1), commutator, side!(no_operator()).written("0"), vec![DIRECT, SYMBOLIC])
    };
    let formula = |(a, b): (Quadrature, Quadrature), sign: i64, name: &str| {
        let commutator = side!(commutator_of(a, b)).written(format!("[{},{}]", a.latex(), b.latex()));
        equal_operators(any_ladder(1), commutator, side!(z_pair(sign)).written(name), vec![DIRECT, SYMBOLIC])
    };
    let (sum, difference) = (r"i(\hat Z_1+\hat Z_2)", r"i(\hat Z_1-\hat Z_2)");
    let nonzero = |level: Side<Expression>, name: &str, form: Expression| {
        let domain = Domain::sizes(SIZE, 1).with_nonzero_ladder(LADDER);
        at_least(domain, level.written(name), side!(zero()), true, vec![Plan::Manifest(form, &[])])
    };
    let (first, last) = (any(Linear::from(1)), any(m_max()));
    Claim::new(PAIRS.map(|pair| fails(commute(pair))).into())
        .corrected(
            vec![
                commute(PAIRS[0]),
                commute(PAIRS[1]),
                formula(PAIRS[2], 1, sum),
                formula(PAIRS[3], 1, sum),
                formula(PAIRS[4], -1, difference),
                formula(PAIRS[5], -1, difference),
                nonzero(
                    side!(lowest_pair()),
                    r"-\langle 0,0|\hat Z_1+\hat Z_2|0,0\rangle",
                    first.clone(),
                ),
                nonzero(
                    side!(opposite_ends()),
                    r"\langle m_{\max},0|\hat Z_1-\hat Z_2|m_{\max},0\rangle",
                    (first + last) / 2,
                ),
            ],
            r"[\hat X_+,\hat X_-]=[\hat Y_+,\hat Y_-]=0,\quad [\hat X_\pm,\hat Y_\pm]=i(\hat Z_1+\hat Z_2)\ne0,\quad [\hat X_\pm,\hat Y_\mp]=i(\hat Z_1-\hat Z_2)\ne0",
            Class::False,
            "X+ and X- commute for every o(m), and so do Y+ and Y-: operators of different systems commute. What is true \
             is that no X commutes with a Y: [X±, Y±] and [X±, Y∓] are not zero for any finite ladder without zeros (the trace argument of the chapter needs O ≠ 0 only). For \
             bosons the second kind vanishes",
        )
}

fn commutator_of(a: Quadrature, b: Quadrature) -> Operator {
    a.operator().commutator(&b.operator())
}

fn no_operator() -> Operator {
    Operator::zero()
}

/// `i (Z_1 ± Z_2)`.
fn z_pair(sign: i64) -> Operator {
    z(1).plus(&z(2).scaled(&Expression::from(sign))).scaled(&Expression::I)
}

/// `<m|Z|m> = [o²(m) - o²(m+1)]/2`.
fn z_level(at: Linear) -> Expression {
    (any(at.clone()) - any(at + 1)) / 2
}

fn lowest_pair() -> Expression {
    -2 * z_level(Linear::from(0))
}

fn opposite_ends() -> Expression {
    z_level(m_max()) - z_level(Linear::from(0))
}

fn eq3_commutator_annihilates(_: Limits) -> Claim {
    let (plans, difference) = (|| vec![DIRECT, SYMBOLIC], r"i(\hat Z_1-\hat Z_2)|\psi_G\rangle");
    let on_state = |a: Quadrature, b: Quadrature| {
        let left = side!(commutator_applied(a, b)).written(format!(r"[{},{}]|\psi_G\rangle", a.latex(), b.latex()));
        equal_vectors(any_ladder(1), left, side!(z_difference_applied()).written(difference), plans())
    };
    let vanishes = side!(z_difference_applied()).written(difference);
    let domain = Domain::sizes(SIZE, 1).with_fraction("t").with_nonzero_ladder(LADDER);
    let mean = side!(robertson(XPlus, YPlus)).written(r"\tfrac i2\langle\psi_G|[\hat X_+,\hat Y_+]|\psi_G\rangle");
    let form = (1 - tanh().pow(2)) / 2 * raised_length();
    Claim::new(vec![
        on_state(XMinus, YPlus),
        on_state(XPlus, YMinus),
        equal_vectors(any_ladder(1), side!(no_vector()).written("0"), vanishes, plans()),
        at_least(domain, mean, side!(zero()), true, vec![Plan::Manifest(form, &["geometric"])]),
    ])
    .remark(
        "The pairs are (X-, Y+) and (X+, Y-), for every o(m) and r. For (X±, Y±) it is not so: the mean of the \
         commutator is not zero. The pairs (X+, X-) and (Y+, Y-) commute anyway.",
    )
}

fn z_difference_applied() -> Ket {
    z_pair(-1).apply(&gtmss(), &ladder())
}

fn commutator_applied(a: Quadrature, b: Quadrature) -> Ket {
    commutator_of(a, b).apply(&gtmss(), &ladder())
}

// ---- before Eq. (4) ----

fn qfim_definition(_: Limits) -> Claim {
    let pairs =
        || QUADRATURES.into_iter().enumerate().flat_map(|(i, a)| QUADRATURES.map(|b| (a, b)).into_iter().skip(i));
    let metric = |a: Quadrature, b: Quadrature| {
        side!(metric_element(a, b)).written(format!(
            r"4\operatorname{{Re}}\left(\langle\partial_a\psi|\partial_b\psi\rangle-\langle\partial_a\psi|\psi\rangle\langle\psi|\partial_b\psi\rangle\right)_{{a={},b={}}}",
            a.latex(),
            b.latex()
        ))
    };
    let printed = pairs().map(|(a, b)| {
        let name =
            format!(r"4\left(\langle {0}{1}\rangle-\langle {0}\rangle\langle {1}\rangle\right)", a.latex(), b.latex());
        equal(any_ladder(1), metric(a, b), side!(unsymmetrised(a, b)).written(name), vec![NORM, SYMBOLIC])
    });
    let matrix = |(a, b): (Quadrature, Quadrature)| {
        let element = if a == b { side!(information::diagonal(a)) } else { side!(zero()) };
        equal(any_ladder(1), metric(a, b), element, vec![NORM, SYMBOLIC])
    };
    let corrected = pairs().map(matrix).chain(information::fisher_information());
    Claim::new(printed.collect()).corrected(
        corrected.collect(),
        r"Q_{ij} = 4\left(\operatorname{Re}\langle\hat W_i\hat W_j\rangle-\langle\hat W_i\rangle\langle\hat W_j\rangle\right)",
        Class::Misprint,
        "the real part is missing. Without it 4<X+ Y+> = 2i<Z_1 + Z_2> stands off the diagonal, which contradicts Eq. (4) \
         and the words \"covariance matrix\". On the diagonal nothing changes. The corrected form is checked through \
         the matrix (4): the Fubini-Study metric has its elements, and so has the real covariance",
    )
}

/// `4 Re(<∂_a ψ|∂_b ψ> - <∂_a ψ|ψ><ψ|∂_b ψ>)` with `|∂_W ψ> = -iW|ψ>`, for the normalised GTMSS.
fn metric_element(a: Quadrature, b: Quadrature) -> Expression {
    let state = gtmss();
    let derivative = |w: Quadrature| w.operator().scaled(&-Expression::I).apply(&state, &ladder());
    let (da, db) = (derivative(a), derivative(b));
    let norm = inner(&state, &state);
    let term =
        |x: &Ket, y: &Ket| inner(x, y) / norm.clone() - inner(x, &state) * inner(&state, y) / norm.clone().pow(2);
    2 * (term(&da, &db) + term(&db, &da))
}

/// `4 (<W_a W_b> - <W_a><W_b>)`, as printed.
fn unsymmetrised(a: Quadrature, b: Quadrature) -> Expression {
    let mean = |w: Quadrature| expectation(&w.operator(), &gtmss());
    4 * (product_expectation(&a.operator(), &b.operator(), &gtmss()) - mean(a) * mean(b))
}

// ---- Eq. (4) ----

fn eq4(_: Limits) -> Claim {
    Claim::new(information::fisher_information()).remark(
        "Q is the QFIM proper, 4 Re(<W_i W_j> - <W_i><W_j>). Without the real part, as the text before Eq. (4) has it, \
         4<X+ Y+> = 2i<Z_1 + Z_2> is not zero. The printed prefactor is 0/0 at r = 0; its limit there is 2 o²(1).",
    )
}

// ---- after Eq. (4) ----

fn eq4_ratio(_: Limits) -> Claim {
    let name = |w: Quadrature| format!(r"(\Delta\theta_{{{}}})^2", w.latex());
    let part = |noisy: Quadrature, quiet: Quadrature, right: Side<Expression>| {
        let left =
            side!(ratio_of_errors(quiet, noisy)).written(format!(r"\frac{{{}}}{{{}}}", name(quiet), name(noisy)));
        equal(any_ladder(1), left, right, vec![NORM, SYMBOLIC])
    };
    let pairs = [(XMinus, XPlus), (XMinus, YMinus), (YPlus, XPlus), (YPlus, YMinus)];
    let all = |exponent: i32, name: &str| {
        pairs.map(|(noisy, quiet)| part(noisy, quiet, side!(squared_ratio(exponent)).written(name))).into()
    };
    let printed: Vec<Assertion> = all(2, r"\left(e^{4r}\right)^2");
    Claim::new(printed).corrected(
        all(1, r"\left(e^{2r}\right)^2"),
        r"\frac{\Delta\theta_{X_+}}{\Delta\theta_{X_-}} = e^{2r},\qquad \frac{Q[\hat X_-,\hat X_-]}{Q[\hat X_+,\hat X_+]} = e^{4r}",
        Class::Misprint,
        "e⁴ʳ is the ratio of the quantum Fisher informations, that is of the squared errors. The sentence speaks of the \
         sensitivity that follows from the QCRB, which the paragraph before gives as Δθ = 1/√(MQ), and Δθ is smaller by \
         e²ʳ. Later (after S41 and S73) the paper also calls Q a sensitivity; read so, the factor e⁴ʳ is exact. For r < 0 \
         the factor is below 1 and the roles are exchanged",
    )
}

/// `(Δθ_a)²/(Δθ_b)²` with `Δθ = 1/sqrt(M Q)`.
fn ratio_of_errors(a: Quadrature, b: Quadrature) -> Expression {
    qfim_element(b, b, &gtmss()) / qfim_element(a, a, &gtmss())
}

/// The square of `e^{2kr}`.
fn squared_ratio(k: i32) -> Expression {
    exp_2r(k).pow(2)
}

fn eq4_squeezed(_: Limits) -> Claim {
    let domain = || Domain::sizes(SIZE, 1).with_fraction("t").with_nonzero_ladder(LADDER);
    let bound = |x: Quadrature, y: Quadrature| {
        side!(robertson(x, y)).written(format!(r"\tfrac12|\langle[{},{}]\rangle|", x.latex(), y.latex()))
    };
    let moment = |w: Quadrature| side!(second_moment(w)).written(format!(r"\langle {}^2\rangle", w.latex()));
    let reduced = |w: Quadrature, x: Quadrature, y: Quadrature| {
        let form = tanh() * (1 - tanh()) * raised_length();
        at_least(domain(), bound(x, y), moment(w), true, vec![Plan::Manifest(form, &["geometric"])])
    };
    let enlarged = |w: Quadrature, x: Quadrature, y: Quadrature| {
        let form = tanh() * (1 + tanh()) * raised_length();
        at_least(domain(), moment(w), bound(x, y), true, vec![Plan::Manifest(form, &["geometric"])])
    };
    Claim::new(vec![
        reduced(XPlus, XPlus, YPlus),
        reduced(YMinus, XMinus, YMinus),
        enlarged(XMinus, XMinus, YMinus),
        enlarged(YPlus, XPlus, YPlus),
        spins_below_vacuum(),
        above_vacuum(),
    ])
    .remark(
        "Criterion, fixed first: squeezed means a variance below half the modulus of the mean commutator, the bound for \
         two equal variances. This holds for every o(m) without zeros and r > 0. For spins the variance is also \
         below that of the vacuum, r = 0; with that criterion the sentence fails for other o(m): three levels with o² = 1, 25 have more at \
         tanh r = 1/2, as the last part shows. For r < 0 the roles are exchanged.",
    )
}

/// `½|<[x,y]>|`, for pairs with `[x,y] = i(Z_1 + Z_2)`, whose mean is negative.
fn robertson(x: Quadrature, y: Quadrature) -> Expression {
    Expression::I / 2 * expectation(&commutator_of(x, y), &gtmss())
}

/// `K = ||O_1†|ψ_G>||²`.
fn raised_length() -> Expression {
    sum("m", 1, m_max(), tanh_to(m() * 2 - 2) * any(m())) / sum("m", 0, m_max(), weight(m()))
}

/// For spins the variance of `X+` is below `S`, its value at `r = 0`.
fn spins_below_vacuum() -> Assertion {
    let variance = side!(spin_variance()).written(r"\langle\hat X_+^2\rangle_{\text{spins}}");
    let (norm, first) = (sum("m", 0, m_max(), weight(m())), sum("m", 0, m_max(), m().to_expression() * weight(m())));
    let form = (size() * tanh() * norm.clone() + (1 - tanh()) * first) / ((1 + tanh()) * norm);
    let plan = Plan::Manifest(form, &["geometric", "geometric-1", "geometric-2"]);
    at_least(Domain::sizes(SIZE, 1).with_fraction("t"), side!(spin()), variance, true, vec![plan])
}

fn spin_variance() -> Expression {
    Lowering::Spin.specialise(&second_moment(XPlus))
}

/// For three levels with `o² = 1, 25` the variance at `tanh r = 1/2` is above that at `r = 0`, which is `o²(1)/2`.
fn above_vacuum() -> Assertion {
    let variance = side!(three_level_variance()).written(r"\langle\hat X_+^2\rangle_{o^2=1,25;\ \tanh r=1/2}");
    at_least(Domain::default(), variance, side!(vacuum_variance()), true, vec![Plan::Manifest(ratio(4, 21), &[])])
}

fn three_level_variance() -> Expression {
    three_levels(&second_moment(XPlus), [1, 5], rational(1, 2))
}

fn vacuum_variance() -> Expression {
    ratio(1, 2)
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
