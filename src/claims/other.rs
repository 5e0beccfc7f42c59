//! Other lowering operators: section XIII.

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, equal, exact, fails, limit, side};
use crate::audit::report::Value;
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::evaluate::{Algebraic, evaluate};
use crate::exact::expression::{Expression, Linear, Symbol, infinite_sum, ratio, sum, symbol};
use crate::exact::number::rational;
use crate::exact::sample::Sample;
use crate::laws::assertion::{at_least, equal_operators, large_size};
use crate::laws::{DIRECT, SYMBOLIC, information};
use crate::model::lowering::{Lowering, any};
use crate::model::operators::Quadrature::XMinus;
use crate::model::squeezing::{cosh_2r, cosh_squared, exp_2r, sinh_squared, tanh, tanh_to};
use crate::model::state::weight;
use crate::model::{SIZE, m_max, one, size, squeezed, trace, zero};

pub(super) const CLAIMS: Chapter = &[
    ("s71-o", s71_o),
    ("s71", s71),
    ("s71-asymptotic", s71_asymptotic),
    ("s71-photon-number", s71_photon_number),
    ("s72", s72),
    ("s73a", s73a),
    ("s73b", s73b),
    ("s73-scaling", s73_scaling),
];

// ---- Pairs of photons ----

fn s71_o(_: Limits) -> Claim {
    let pairs = side!(two_photons_removed()).written(r"\left|\langle 2m-2|\hat a\hat a|2m\rangle\right|^2");
    Claim::new(vec![equal(
        Domain::default().with_index("m", 0, None),
        pairs,
        side!(s71_o_printed()).written("2m(2m-1)"),
        vec![DIRECT],
    )])
    .remark(
        "Level m of a parity-restricted mode is the state of 2m photons. o(m) is zero only at m = 0, so the ladder has no \
         upper end. On odd numbers, 2m+1 photons, it would be o² = 2m(2m+1).",
    )
}

/// `|<2m-2|a a|2m>|²`: one photon less from `2m`, then one less from `2m - 1`.
fn two_photons_removed() -> Expression {
    let two_m = Linear::symbol("m") * 2;
    Lowering::Boson.specialise(&(any(two_m.clone()) * any(two_m - 1)))
}

fn s71_o_printed() -> Expression {
    2 * symbol("m") * (2 * symbol("m") - 1)
}

fn s71(_: Limits) -> Claim {
    let name = |exponent: &str| format!(r"4\left(1-e^{{{exponent}}}+e^{{4r}}\right)");
    Claim::new(vec![s71_part(side!(s71_form(-1)), &name("-2r"))]).corrected(
        vec![
            s71_part(side!(s71_form(1)), &name("2r")),
            equal(
                Domain::default().with_unit("t"),
                side!(two_photon_information(-1)).written(r"\mathcal N_Q e^{-2r}"),
                side!(s71_squeezed()).written(r"4\left(1-e^{-2r}+e^{-4r}\right)"),
                vec![Plan::Identity(&["infinite-1", "infinite-2"])],
            ),
        ],
        r"\mathcal N_Q e^{2r} = 4\left(1-e^{2r}+e^{4r}\right)",
        Class::Misprint,
        "the second exponent must be +2r for the antisqueezed quadratures, which the growth e⁴ʳ and the symbol Q_max \
         point to (a value at finite r, no limit). With e⁻⁴ʳ in place of e⁴ʳ the printed form is that of the \
         squeezed quadratures, N_Q e⁻²ʳ; both forms agree at r = 0",
        )
        .value("printed_at_t_1_2", at_half(&s71_form(-1)))
        .value("corrected_at_t_1_2", at_half(&s71_form(1)))
}

/// The exact value at `tanh r = 1/2`.
fn at_half(e: &Expression) -> Value {
    half(e, None, Domain::default().with_unit("t"))
}

/// The same for `m_max = 1`.
fn two_levels_at_half(e: &Expression) -> Value {
    half(e, Some(1), squeezed(1))
}

fn half(e: &Expression, size: Option<i64>, domain: Domain) -> Value {
    let point = Sample { size, reals: [(Symbol::new("t"), rational(1, 2))].into(), ..Sample::default() };
    match evaluate::<Algebraic>(e, &point.on(&domain)) {
        Ok(value) => exact(value),
        Err(undefined) => exact(undefined),
    }
}

fn s71_part(right: Side<Expression>, name: &str) -> Assertion {
    let left = side!(two_photon_information(1)).written(r"\mathcal N_Q e^{2r}");
    let domain = Domain::default().with_unit("t");
    equal(domain, left, right.written(name), vec![Plan::Identity(&["infinite-1", "infinite-2"])])
}

/// `N_Q e^{2kr}` of Eq. (4) for `o²(m) = 2m(2m-1)` and `m_max = ∞`, where `tanh^{2m_max+2} r → 0`.
fn two_photon_information(k: i32) -> Expression {
    trace::uses("eq4");
    trace::uses("s71-o");
    let m = Linear::symbol("m");
    let squared = Lowering::TwoPhoton.specialise(&any(m.clone()));
    let prefactor = 2 * infinite_sum("m", 1, weight(m) * squared) / (cosh_squared() * sinh_squared());
    prefactor * exp_2r(k)
}

/// `4 (1 - e^{2kr} + e^{4r})`.
fn s71_form(k: i32) -> Expression {
    4 * (1 - exp_2r(k) + exp_2r(2))
}

fn s71_squeezed() -> Expression {
    4 * (1 - exp_2r(-1) + exp_2r(-2))
}

fn s71_asymptotic(_: Limits) -> Claim {
    let relative = side!(information_over_growth()).written(r"\frac{\mathcal N_Q e^{2r}}{e^{4r}}");
    let regular = 4 * (1 + 3 * tanh().pow(2)) / (1 + tanh()).pow(2);
    Claim::new(vec![limit(Domain::default().with_unit("t"), relative, side!(leading_constant()), vec![
        Plan::RegularForm(regular, &["infinite-1", "infinite-2"]),
    ])])
    .remark(
        "The sign ~ is read as: the ratio tends to a positive number. It tends to 4, with the printed form and with the \
         corrected one.",
    )
}

fn information_over_growth() -> Expression {
    two_photon_information(1) / exp_2r(2)
}

fn leading_constant() -> Expression {
    Expression::from(4)
}

fn s71_photon_number(_: Limits) -> Claim {
    let all = || Domain::default().with_unit("t");
    let photons = || side!(photons_over(0)).written(r"\bar n");
    let relative = |k: i32| side!(photons_over(k)).written(format!(r"\frac{{\bar n}}{{e^{{{}r}}}}", 2 * k));
    let over_square = side!(information_over_photons_squared()).written(r"\frac{\mathcal N_Q e^{2r}}{\bar n^2}");
    let form = |expression: Expression, lemmas| vec![Plan::RegularForm(expression, lemmas)];
    let fourth = 4 * tanh().pow(2) * (1 - tanh()) / (1 + tanh()).pow(3);
    let second = 4 * tanh().pow(2) / (1 + tanh()).pow(2);
    let quotient = (1 + 3 * tanh().pow(2)) * (1 + tanh()).pow(2) / (4 * tanh().pow(4));
    Claim::new(vec![fails(limit(all(), relative(2), side!(zero()), form(fourth, WEIGHTS)))]).corrected(
        vec![
            equal(all(), photons(), side!(four_sinh_squared()).written(r"4\sinh^2 r"), vec![Plan::Identity(WEIGHTS)]),
            limit(all(), relative(1), side!(one()), form(second, WEIGHTS)),
            limit(all(), over_square, side!(leading_constant()), form(quotient, ALL_WEIGHTS)),
        ],
        r"\bar n = 4\sinh^2 r \sim e^{2r},\qquad \mathcal N_Q e^{2r} \sim 4\,\bar n^2",
        Class::False,
        "level m holds 2m photons in each mode, so the mean number is twice that of the usual two-mode squeezed state and \
         grows as e²ʳ; e⁴ʳ is the growth of its square. Criterion, fixed first: the ratio to e⁴ʳ tends to a positive \
         number",
    )
}

/// The lemmas for the mean of `m`, without an upper end.
const WEIGHTS: &[&str] = &["infinite-0", "infinite-1"];
/// The same with the mean of `m²`.
const ALL_WEIGHTS: &[&str] = &["infinite-0", "infinite-1", "infinite-2"];

/// `<n_1 + n_2>/e^{2kr}` with `2m` photons in level `m` of each mode.
fn photons_over(k: i32) -> Expression {
    trace::uses("eq1");
    trace::uses("s71-o");
    let total = |e: Expression| infinite_sum("m", 0, e * weight(Linear::symbol("m")));
    let mean = total(4 * symbol("m")) / total(Expression::from(1));
    if k == 0 { mean } else { mean / exp_2r(k) }
}

fn information_over_photons_squared() -> Expression {
    two_photon_information(1) / photons_over(0).pow(2)
}

fn four_sinh_squared() -> Expression {
    4 * sinh_squared()
}

fn s72(_: Limits) -> Claim {
    let model = side!(two_photon_quadrature()).written(r"\hat X_1-\hat X_2\Big|_{\hat O_j=\hat a_j\hat a_j}");
    let printed = side!(s72_printed()).written(
        r"\tfrac12\left[\hat a_1^\dagger\hat a_1^\dagger+\hat a_1\hat a_1-\hat a_2^\dagger\hat a_2^\dagger-\hat a_2\hat a_2\right]",
    );
    let domain = Domain::sizes(SIZE, 1).with_ladder("o2");
    Claim::new(vec![equal_operators(domain, model, printed, vec![DIRECT, SYMBOLIC])])
        .remark("No commutator is used, so it holds whatever lowering operator a is.")
}

/// `X_-` with `O_j = a_j a_j`: every letter written twice.
fn two_photon_quadrature() -> Operator {
    trace::uses("s71-o");
    let doubled = |letters: &[bool]| letters.iter().flat_map(|&l| [l, l]).collect::<Vec<_>>();
    XMinus.operator().terms().fold(Operator::zero(), |total, ((first, second), c)| {
        total.plus(&Operator::word((doubled(first), doubled(second)), c.clone()))
    })
}

fn s72_printed() -> Operator {
    let pair = |raise: bool| vec![raise, raise];
    let first = |raise| Operator::word((pair(raise), vec![]), ratio(1, 2));
    let second = |raise| Operator::word((vec![], pair(raise)), ratio(1, 2));
    first(true).plus(&first(false)).minus(&second(true)).minus(&second(false))
}

// ---- Hard-core bosons ----

fn s73a(limits: Limits) -> Claim {
    let name = |argument: &str| {
        format!(
            r"\frac{{2e^{{2r}}\left[1-\left(1+m_{{\max}}\operatorname{{sech}}{argument}\right)\tanh^{{2m_{{\max}}}}r\right]}}{{1-\tanh^{{2m_{{\max}}+2}}r}}"
        )
    };
    let part = |right: Side<Expression>, argument: &str| {
        let left = side!(hard_core_information()).written(r"\mathcal N_Q e^{2r}");
        let plans = vec![Plan::Identity(&["geometric-1"]), limits.spins()];
        equal(squeezed(0), left, right.written(name(argument)), plans)
    };
    Claim::new(vec![part(side!(s73a_form(1 / cosh_2r())), "(2r)")]).corrected(
        vec![part(side!(s73a_form(1 / cosh_squared())), "^2(r)"), printed_diverges(&name("(2r)"))],
        r"\frac{2e^{2r}\left[1-\left(1+m_{\max}\operatorname{sech}^2(r)\right)\tanh^{2m_{\max}}r\right]}{1-\tanh^{2m_{\max}+2}r}",
        Class::Misprint,
        "sech²(r) became sech(2r): with the square the sum in Eq. (4) is reproduced for every size, and the limit in the \
         second line follows; as printed the first line diverges for r → ∞, as 1/(1-tanh² r)",
    )
    .value("sum_at_t_1_2", two_levels_at_half(&hard_core_information()))
    .value("printed_at_t_1_2", two_levels_at_half(&s73a_form(1 / cosh_2r())))
}

/// The printed form grows as `1/(1-t²)`: times `1-t²` it tends to a number that is not zero.
fn printed_diverges(name: &str) -> Assertion {
    let last = tanh_to(m_max() * 2);
    let weights = || sum("m", 0, m_max(), weight(Linear::symbol("m")));
    let bracket = weights() - (1 + size() / (1 + tanh().pow(2))) * last;
    let regular = 2 * (1 + tanh()).pow(2) * bracket / weights();
    let left = side!(printed_times_zero()).written(format!(r"\left(1-\tanh^2r\right){name}"));
    let right = side!(strength_of_pole()).written(r"\frac{4m_{\max}}{1+m_{\max}}");
    limit(squeezed(1), left, right, vec![Plan::RegularForm(regular, &["geometric"])])
}

fn printed_times_zero() -> Expression {
    s73a_form(1 / cosh_2r()) * (1 - tanh().pow(2))
}

fn strength_of_pole() -> Expression {
    4 * size() / (1 + size())
}

/// `N_Q e^{2r}` of Eq. (4) for `o²(m) = m` up to `m_max`.
fn hard_core_information() -> Expression {
    Lowering::Boson.specialise(&(information::prefactor() * exp_2r(1)))
}

/// The first line with `sech(2r)` or what stands in its place.
fn s73a_form(sech: Expression) -> Expression {
    let bracket = 1 - (1 + size() * sech) * tanh_to(m_max() * 2);
    2 * exp_2r(1) * bracket / (1 - tanh_to(m_max() * 2 + 2))
}

fn s73b(limits: Limits) -> Claim {
    let limiting = || side!(hard_core_limit()).written(r"\frac{8}{1+m_{\max}}\sum_m m");
    let before = side!(hard_core_information()).written(r"\mathcal N_Q e^{2r}");
    let weighted = sum("m", 1, m_max(), symbol("m") * tanh_to(Linear::symbol("m") * 2 - 2));
    let regular = 2 * (1 + tanh()).pow(2) * weighted / sum("m", 0, m_max(), weight(Linear::symbol("m")));
    let plans = vec![Plan::Identity(&["power-1"]), limits.cheap()];
    Claim::new(vec![
        limit(squeezed(1), before, limiting(), vec![Plan::RegularForm(regular, &["geometric"])]),
        equal(Domain::sizes(SIZE, 1), limiting(), side!(s73b_printed()), plans),
    ])
    .remark("Eq. (6) for these operators. It is the limit of the first line with sech²(r), not with sech(2r).")
}

fn hard_core_limit() -> Expression {
    Lowering::Boson.specialise(&information::limit_of_information())
}

fn s73b_printed() -> Expression {
    4 * size()
}

fn s73_scaling(_: Limits) -> Claim {
    let powers: &[&str] = &["power-1", "power-2"];
    let sizes = || Domain::sizes(SIZE, 1);
    let spins = side!(spin_limit()).written(r"\mathcal Q_{\max}^{\text{spins}}");
    let bosons = side!(hard_core_limit()).written(r"\mathcal Q_{\max}^{\text{hard core}}");
    let relative = |name: &str| format!(r"\frac{{\mathcal Q_{{\max}}^{{\text{{{name}}}}}}}{{m_{{\max}}^2}}");
    let difference = ratio(4, 3) * size() * (size() - 1);
    Claim::new(vec![
        large_size(sizes(), side!(spins_over_square()).written(relative("spins")), side!(four_thirds()), vec![
            Plan::LargeSize(powers),
        ]),
        large_size(sizes(), side!(bosons_over_square()).written(relative("hard core")), side!(zero()), vec![
            Plan::LargeSize(powers),
        ]),
        at_least(sizes(), spins, bosons, false, vec![Plan::Manifest(difference, powers)]),
    ])
    .remark(
        "4 m_max against (4/3) m_max (m_max + 2): linear against quadratic. At every size the spins are at least as good; \
         at m_max = 1 both are one two-level system and equal.",
    )
}

fn spin_limit() -> Expression {
    Lowering::Spin.specialise(&information::limit_of_information())
}

fn spins_over_square() -> Expression {
    spin_limit() / size().pow(2)
}

fn bosons_over_square() -> Expression {
    hard_core_limit() / size().pow(2)
}

fn four_thirds() -> Expression {
    ratio(4, 3)
}
