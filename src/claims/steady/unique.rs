//! Whether the steady state is the only one: null spaces of Liouvillians. After Eq. (10), after (S53), (S58).

use num_traits::{One, Zero};

use super::super::{Claim, Class, Limits, exact};
use super::{equal, jump_operator, next_element, side, staggered_binomial};
use crate::exact::algebra::Operator;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, Linear, Symbol, symbol};
use crate::exact::number::{Rational, rational};
use crate::exact::rank::{Row, SparseMatrix};
use crate::laws::assertion::{Assertion, equal_operators, null_spaces};
use crate::laws::null_vectors::null_vectors;
use crate::laws::{DIRECT, SYMBOLIC, dissipation};
use crate::model::lindblad::{Jump, Ladder, jumps, liouvillian, projector};
use crate::model::lowering::Lowering;
use crate::model::operators::lowering;
use crate::model::pieces;
use crate::model::squeezing::{cosh, tanh};
use crate::model::{SIZE, m_max, size, trace};

/// A master equation of Eq. (10): `o²(1), ..., o²(m_max)` and `tanh r`.
#[derive(Clone)]
struct Case {
    squares: Vec<Rational>,
    t: Rational,
}

/// The largest `m_max` for which every pattern of zeros is tried.
const LARGEST: i64 = 4;

/// Values of `o²` without relations between them.
const GENERIC: [(i64, i64); 4] = [(1, 1), (3, 1), (7, 2), (11, 1)];

/// Generic values and equal ones at the places without a zero; with none, also those of a spin and of bosons.
fn tables(m_max: i64) -> Vec<Vec<Rational>> {
    let mut tables: Vec<Vec<Rational>> = Vec::new();
    let all: Vec<usize> = (0..m_max as usize).collect();
    for zeros in 0..1usize << m_max {
        let table = |value: &dyn Fn(usize) -> Rational| -> Vec<Rational> {
            let at = |k: &usize| if zeros >> k & 1 == 1 { Rational::zero() } else { value(*k) };
            all.iter().map(at).collect()
        };
        tables.push(table(&|k| rational(GENERIC[k].0, GENERIC[k].1)));
        tables.push(table(&|_| rational(1, 1)));
        if zeros == 0 {
            for lowering in [Lowering::Spin, Lowering::Boson] {
                tables.push(table(&|k| lowering.squared(k as i64 + 1, m_max)));
            }
        }
    }
    tables.dedup();
    tables
}

/// Every table up to the largest `m_max`, with or without a zero, at each of these `tanh r`.
fn cases(with_zeros: bool, at: &[Rational]) -> Vec<Case> {
    let tables = (0..=LARGEST).flat_map(tables).filter(|table| table.iter().any(Rational::is_zero) == with_zeros);
    tables.flat_map(|squares| at.iter().map(move |t| Case { squares: squares.clone(), t: t.clone() })).collect()
}

fn spins(sizes: std::ops::RangeInclusive<i64>, at: &[Rational]) -> Vec<Case> {
    let case = |n: i64, t: &Rational| Case { squares: Lowering::Spin.squares(n as usize), t: t.clone() };
    sizes.flat_map(|n| at.iter().map(move |t| case(n, t))).collect()
}

impl Case {
    fn levels(&self) -> [usize; 2] {
        [self.squares.len() + 1; 2]
    }

    fn name(&self) -> String {
        let entries: Vec<String> = self.squares.iter().map(ToString::to_string).collect();
        let ladder =
            if entries.is_empty() { "m_max = 0".to_owned() } else { format!("o^2 = ({})", entries.join(", ")) };
        let squeezing = if self.t.is_one() { "r -> infinity".to_owned() } else { format!("tanh r = {}", self.t) };
        format!("{ladder}, {squeezing}")
    }

    /// The Liouvillian divided by `cosh²r`, which is rational in `tanh r` and has the limit for `r → ∞` at `tanh r = 1`.
    fn liouvillian(&self) -> SparseMatrix {
        let ladder = Ladder::rational(&self.squares);
        let both = jumps(&[ladder.clone(), ladder], &rational(1, 1), &self.t);
        liouvillian(self.name(), &both, self.levels())
    }

    /// `|ψ_G><ψ_G|` in the levels `|m>/(o(1)...o(m))`; no `o(m)` may be zero.
    fn dark_state(&self) -> Row<Rational> {
        trace::uses("eq1");
        let mut amplitude = rational(1, 1);
        let mut amplitudes = vec![([0, 0], amplitude.clone())];
        for (k, square) in self.squares.iter().enumerate() {
            amplitude = amplitude * -self.t.clone() * square;
            amplitudes.push(([k + 1, k + 1], amplitude.clone()));
        }
        projector(self.levels(), &amplitudes)
    }

    /// The dimension derived in the chapter. With `n_a` pieces of the ladder alike, `2 (Σ n_a²)² - Σ n_a⁴`; at `r = 0` the
    /// fourth power of the number of pieces.
    fn steady_states(&self) -> usize {
        pieces::steady_states([&self.squares, &self.squares], !self.t.is_zero())
    }
}

fn liouvillians(cases: &[Case]) -> Vec<SparseMatrix> {
    cases.iter().map(Case::liouvillian).collect()
}

fn dark_states(cases: &[Case]) -> Vec<Vec<Row<Rational>>> {
    cases.iter().map(|case| vec![case.dark_state()]).collect()
}

fn found(matrices: &[SparseMatrix]) -> Vec<Vec<Row<Rational>>> {
    matrices.iter().map(null_vectors).collect()
}

/// One steady state in each case.
fn one_each(cases: usize) -> Vec<usize> {
    vec![1; cases]
}

fn steady_states(cases: &[Case]) -> Vec<usize> {
    cases.iter().map(Case::steady_states).collect()
}

/// `tanh r` of the checks: no squeezing, little and much.
fn squeezings() -> [Rational; 3] {
    [rational(0, 1), rational(1, 2), rational(9, 10)]
}

const NAME: &str = r"\mathcal L";

/// Exactly one steady state in each case, and it is the GTMSS.
fn only_the_gtmss(cases: &[Case]) -> Assertion {
    let right = side!(one_each(cases.len())).written(r"1,\quad o(m)\neq0");
    null_spaces(side!(liouvillians(cases)).written(NAME), right, dark_states(cases))
}

/// As many steady states as the chapter derives.
fn counted(cases: &[Case]) -> Assertion {
    let left = side!(liouvillians(cases)).written(NAME);
    let vectors = found(&left.value);
    let formula = [
        r"\begin{cases}\big(\sum_a n_a\big)^4&r=0\\2\big(\sum_a n_a^2\big)^2-\sum_a n_a^4&r\neq0\end{cases}",
        r"\quad n_a\text{ pieces of kind }a",
    ];
    null_spaces(left, side!(steady_states(cases)).written(formula.concat()), vectors)
}

pub(super) fn eq10_unique(_: Limits) -> Claim {
    let (whole, mut cut) = (cases(false, &squeezings()), cases(true, &squeezings()[..2]));
    // Without the operator 0, which lowers nothing; squeezed states come first.
    let lowers = |case: &&Case| case.squares.is_empty() || !case.squares.iter().all(Rational::is_zero);
    let mut all: Vec<Case> = whole.iter().chain(&cut).filter(lowers).cloned().collect();
    all.sort_by_key(|case| (case.squares.len(), case.t.is_zero()));
    cut.sort_by_key(Case::steady_states);
    let claimed = side!(one_each(all.len())).written("1");
    let printed = null_spaces(side!(liouvillians(&all)).written(NAME), claimed, Vec::new());
    let mut corrected = vec![only_the_gtmss(&whole), counted(&cut), infinite_squeezing(), unital()];
    corrected.extend(dissipation::adjoint_jumps());
    Claim::new(vec![printed]).corrected(
        corrected,
        r"\text{unique for every finite } r \text{ if } o(m)\neq 0 \text{ for } 1\le m\le m_{\max}",
        Class::False,
        "a zero of o(m) inside cuts the ladder into pieces, and the levels of each pair of pieces have a steady state of \
         their own: with n_a pieces alike there are 2(Σ n_a²)² - Σ n_a⁴ independent ones, and (number of pieces)⁴ at r = 0. \
         Without zeros, as for spins and bosons, the state is unique for every finite m_max and every finite r: the \
         chapter argues it from the operator identities, and the dimensions are checked with exact numbers for every \
         pattern of zeros with m_max <= 4. As r -> infinity it is lost: the state that is proportional to the identity \
         becomes steady too",
    )
}

/// For `r → ∞` a spin has one steady state for each total spin, and a ladder without symmetry has two.
fn infinite_squeezing() -> Assertion {
    let one = [rational(1, 1)];
    let generic = (2..=3).map(|n| Case { squares: tables(n)[0].clone(), t: rational(1, 1) });
    let cases: Vec<Case> = spins(0..=3, &one).into_iter().chain(generic).collect();
    let left = side!(liouvillians(&cases)).written(r"\mathcal L/\cosh^2r\,\big|_{r\to\infty}");
    let vectors = found(&left.value);
    let right = side!(invariant_subspaces(&cases));
    null_spaces(left, right.written(r"2S+1\text{ for spins, } 2\text{ for a generic }o(m),\ m_{\max}=2,3"), vectors)
}

/// The number of total spins `0, ..., 2S`, or the state and what is orthogonal to it.
fn invariant_subspaces(cases: &[Case]) -> Vec<usize> {
    let is_spin = |case: &Case| case.squares == Lowering::Spin.squares(case.squares.len());
    cases.iter().map(|case| if is_spin(case) { case.squares.len() + 1 } else { 2 }).collect()
}

/// The Liouvillian applied to the identity; divided by `cosh²r` it vanishes for `r → ∞`.
fn unital() -> Assertion {
    let left = side!(dissipator_of_the_identity());
    let right = side!(commutators_of_the_ladders());
    let left = left.written(r"\sum_j(\hat L_j\hat L_j^\dagger-\hat L_j^\dagger\hat L_j)");
    let right = right.written(r"\cosh^2(r)(1-\tanh^2r)\sum_j(\hat O_j\hat O_j^\dagger-\hat O_j^\dagger\hat O_j)");
    equal_operators(dissipation::domain(), left, right, vec![DIRECT, SYMBOLIC])
}

fn dissipator_of_the_identity() -> Operator {
    let [one, two] = [1, 2].map(|j| jump_operator(j).commutator(&jump_operator(j).adjoint()));
    one.plus(&two)
}

fn commutators_of_the_ladders() -> Operator {
    let [one, two] = [1, 2].map(|j| lowering(j).commutator(&lowering(j).adjoint()));
    one.plus(&two).scaled(&(cosh().pow(2) * (1 - tanh().pow(2))))
}

// ---- The binomial state ----

/// The jump operators (S52) and (S53) for a spin, in the levels `|m>/(o(1)...o(m))`.
fn binomial_jumps(two_s: i64) -> [Jump<Rational>; 2] {
    trace::uses("s50");
    trace::uses("s51b");
    let squared = |m: i64| Lowering::Spin.squared(m, two_s);
    let lowers = Ladder::rational(&Lowering::Spin.squares(two_s as usize));
    // O_2|m> = o(m+1) (2S-m)/(m+1) |m+1>, and its adjoint lowers.
    let ratio = |m: i64| rational(two_s - m, m + 1);
    let raises = Ladder {
        down: (0..=two_s).map(|m| if m == 0 { Rational::zero() } else { ratio(m - 1) }).collect(),
        up: (0..=two_s).map(|m| squared(m + 1) * ratio(m)).collect(),
    };
    let jump = |first| Jump { first, lowers: lowers.clone(), raises: raises.clone() };
    [jump(true), jump(false)]
}

fn binomial_liouvillians(sizes: std::ops::RangeInclusive<i64>) -> Vec<SparseMatrix> {
    let levels = |n: i64| [n as usize + 1; 2];
    sizes.map(|n| liouvillian(format!("2S = {n}"), &binomial_jumps(n), levels(n))).collect()
}

/// `|ψ><ψ|` of the binomial state, in the levels `|m>/(o(1)...o(m))`.
fn binomial_projector(two_s: i64) -> Row<Rational> {
    let mut amplitude = rational(1, 1);
    let mut amplitudes = vec![([0, 0], amplitude.clone())];
    for m in 0..two_s {
        amplitude = amplitude * -rational(two_s - m, m + 1) * Lowering::Spin.squared(m + 1, two_s);
        amplitudes.push(([m as usize + 1; 2], amplitude.clone()));
    }
    projector([two_s as usize + 1; 2], &amplitudes)
}

/// The largest `2S` of the checks.
const LARGEST_SPIN: i64 = 6;

pub(super) fn s53_unique(_: Limits) -> Claim {
    let reading = |sizes: std::ops::RangeInclusive<i64>| {
        let count = sizes.clone().count();
        let vectors = sizes.clone().map(|n| vec![binomial_projector(n)]).collect();
        let right = side!(one_each(count)).written(format!(r"1,\quad 2S\ge{}", sizes.start()));
        null_spaces(side!(binomial_liouvillians(sizes)).written(NAME), right, vectors)
    };
    let half = side!(binomial_liouvillians(1..=1)).written(r"\mathcal L\big|_{S=1/2}");
    let vectors = found(&half.value);
    let exception = null_spaces(half, side!(two_for_one_half()).written("2"), vectors);
    let corrected = vec![reading(2..=LARGEST_SPIN), exception, commutator_inside(), commutator_at_the_end(), overlap()];
    Claim::new(vec![reading(1..=LARGEST_SPIN)])
        .corrected(
            corrected,
            r"\text{unique for } S\ge 1",
            Class::False,
            "for S = 1/2 the binomial state is the GTMSS of infinite squeezing, and the state that is proportional to the \
             identity is steady too. For every S >= 1 the binomial state is the only steady state: the chapter argues it from \
             the commutator of the jump operators, and the dimensions are checked for 2S <= 6. õ(m) as in the second line of \
             (S51)",
        )
        .for_spins()
}

/// The singlet and the mixture of the triplet.
fn two_for_one_half() -> Vec<usize> {
    vec![2]
}

/// `o(m+1) õ(m) = o²(m+1) (2S-m)/(m+1)`.
fn round_trip(m: &Linear) -> Expression {
    let level = m.to_expression();
    next_element_at(m) * ((size() - level.clone()) / (level + 1))
}

fn next_element_at(m: &Linear) -> Expression {
    next_element().substitute_integer(&Symbol::new("m"), m)
}

/// `<m|[S^-, O_2]|m>`, one system's part of `[Γ_a, Γ_b]`, for `m >= 1`.
fn commutator_element() -> Expression {
    let m = Linear::symbol("m");
    round_trip(&m) - round_trip(&(m - 1))
}

fn commutator_printed() -> Expression {
    2 * symbol("m") - 2 * size() - 1
}

fn commutator_inside() -> Assertion {
    let domain = Domain::sizes(SIZE, 1).with_index("m", 1, Some(m_max()));
    let left = side!(commutator_element()).written(r"\langle m|[\hat S^-,\hat O_2]|m\rangle");
    equal(domain, left, side!(commutator_printed()).written("2m-4S-1"), vec![DIRECT, SYMBOLIC])
}

fn commutator_at_bottom() -> Expression {
    round_trip(&Linear::from(0))
}

fn four_s_squared() -> Expression {
    size().pow(2)
}

fn commutator_at_the_end() -> Assertion {
    let left = side!(commutator_at_bottom()).written(r"\langle 0|[\hat S^-,\hat O_2]|0\rangle");
    equal(Domain::sizes(SIZE, 1), left, side!(four_s_squared()).written("4S^2"), vec![DIRECT, SYMBOLIC])
}

/// `<ψ|Γ_b|0,1>/(o(1) ψ_0)`, with `Γ_b|0,1> = o(1)|0,0> + õ(0)|1,1>`.
fn overlap_with_state() -> Expression {
    let relative = |m: i64| staggered_binomial(Linear::from(m)) / staggered_binomial(Linear::from(0));
    relative(0) + relative(1) * size()
}

fn overlap_printed() -> Expression {
    1 - size().pow(2)
}

fn overlap() -> Assertion {
    let left = side!(overlap_with_state()).written(r"\frac{\langle\psi|\hat\Gamma_b|0,1\rangle}{o(1)\,\psi_0}");
    equal(Domain::sizes(SIZE, 1), left, side!(overlap_printed()).written("1-4S^2"), vec![DIRECT, SYMBOLIC])
}

// ---- (S58) ----

pub(super) fn s58(_: Limits) -> Claim {
    let cases = spins(1..=LARGEST_SPIN, &squeezings()[..2]);
    let mut parts = vec![only_the_gtmss(&cases)];
    parts.extend(dissipation::dark_state());
    let [once, twice] = null_spaces_at_a_rate();
    Claim::new(parts)
        .for_spins()
        .value("eigenvectors_of_minus_2_at_s_1_r_0", exact(once))
        .value("generalised_eigenvectors_of_minus_2_at_s_1_r_0", exact(twice))
        .remark(
            "The sentence is about spins. Their o(m) has no zero, so the eigenvalue 0 is simple for every S and every finite \
             r, as the chapter argues. That the Liouvillian can be diagonalised is not always true: at r = 0 it cannot for any \
             S >= 1, since rates coincide, and the eigenvalue -2 at S = 1 has fewer eigenvectors than its multiplicity (see \
             the values). The eigenvalue 0 is not concerned.",
        )
}

/// For `S = 1` at `r = 0`: how many vectors `L + 2` annihilates, and how many its square.
fn null_spaces_at_a_rate() -> [usize; 2] {
    let mut shifted = spins(2..=2, &[rational(0, 1)])[0].liouvillian();
    for (k, row) in shifted.rows.iter_mut().enumerate() {
        *row.entry(k).or_insert_with(Rational::zero) += rational(2, 1);
        row.retain(|_, x| !x.is_zero());
    }
    let squared = SparseMatrix { rows: squared(&shifted.rows), ..shifted.clone() };
    [&shifted, &squared].map(|matrix| null_vectors(matrix).len())
}

fn squared(rows: &[Row<Rational>]) -> Vec<Row<Rational>> {
    let square = |row: &Row<Rational>| {
        let mut product = Row::new();
        for (k, x) in row {
            for (l, y) in &rows[*k] {
                *product.entry(*l).or_insert_with(Rational::zero) += x.clone() * y;
            }
        }
        product.retain(|_, x| !x.is_zero());
        product
    };
    rows.iter().map(square).collect()
}
