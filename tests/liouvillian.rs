//! The Liouvillian column by column, and how many steady states it has: against a naive twin made of Kronecker products,
//! and against a count of the coherences that can be steady.

use std::collections::BTreeMap;

use nalgebra::DMatrix;
use twomode::exact::certificate::{Certificate, check};
use twomode::exact::domain::Domain;
use twomode::exact::evaluate::{Algebraic, Field};
use twomode::exact::number::{Rational, rational};
use twomode::exact::rank::{Row, SparseMatrix, rank};
use twomode::exact::{Outcome, Proposition, Statement};
use twomode::laws::null_vectors::null_vectors;
use twomode::model::lindblad::{Element, Jump, Ladder, jumps, liouvillian, liouvillian_column, sector};

fn whole(values: &[i64]) -> Vec<Rational> {
    values.iter().map(|n| rational(*n, 1)).collect()
}

/// An orthonormal ladder with these `o(1), o(2), ...`.
fn orthonormal(o: &[f64]) -> Ladder<f64> {
    Ladder { down: [&[0.0], o].concat(), up: [o, &[0.0]].concat() }
}

fn all_elements(levels: [usize; 2]) -> Vec<Element> {
    let most = (levels[0] + levels[1]) as i64;
    (-most..=most).flat_map(|k| sector(levels, k)).collect()
}

/// Unequal ladders, with roots that are rational.
fn unequal() -> ([Ladder<Rational>; 2], [usize; 2]) {
    ([Ladder::rational(&whole(&[4, 9, 1])), Ladder::rational(&whole(&[1, 25]))], [4, 3])
}

#[test]
fn sectors_are_all_elements_and_closed() {
    let (ladders, levels) = unequal();
    let both = jumps(&ladders, &rational(5, 4), &rational(3, 4));
    let mut seen = all_elements(levels);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 144);
    for k in -5..=5 {
        let elements = sector(levels, k);
        assert!(!elements.is_empty());
        for element in &elements {
            assert!(liouvillian_column(&both, *element).iter().all(|(to, _)| elements.contains(to)), "{element:?}");
        }
    }
    assert!(sector(levels, 6).is_empty());
}

#[test]
fn trace_and_hermiticity_are_preserved() {
    let (ladders, levels) = unequal();
    let both = jumps(&ladders, &rational(5, 4), &rational(3, 4));
    // The squared norm of |m>/(o(1)...o(m)) is one over the product of o².
    let norm = |k: usize, m: usize| ladders[k].up[..m].iter().fold(rational(1, 1), |norm, o2| norm / o2);
    let trace = |[m1, m2, n1, n2]: Element, x: &Rational| match (m1, m2) == (n1, n2) {
        true => x.clone() * norm(0, m1) * norm(1, m2),
        false => rational(0, 1),
    };
    for element in all_elements(levels) {
        let column = liouvillian_column(&both, element);
        let total = column.iter().fold(rational(0, 1), |sum, (to, x)| sum + trace(*to, x));
        assert_eq!(total, rational(0, 1), "{element:?}");
        let swap = |[m1, m2, n1, n2]: Element| [n1, n2, m1, m2];
        let mut swapped: Vec<_> = column.into_iter().map(|(to, x)| (swap(to), x)).collect();
        swapped.sort_by_key(|(to, _)| *to);
        assert_eq!(swapped, liouvillian_column(&both, swap(element)));
    }
}

/// Kronecker products of dense matrices: `L⊗L - (L†L⊗1 + 1⊗L†L)/2`, rows stacked, all real.
fn naive(o: [&[f64]; 2], cosh: f64, sinh: f64) -> DMatrix<f64> {
    let dense = |o: &[f64]| DMatrix::from_fn(o.len() + 1, o.len() + 1, |i, j| if j == i + 1 { o[i] } else { 0.0 });
    let [one, two] = o.map(|o| DMatrix::identity(o.len() + 1, o.len() + 1));
    let (a, b) = (dense(o[0]).kronecker(&two), one.kronecker(&dense(o[1])));
    let both = [&a * cosh + b.transpose() * sinh, &b * cosh + a.transpose() * sinh];
    let identity = DMatrix::identity(a.nrows(), a.nrows());
    both.iter().fold(DMatrix::zeros(a.nrows().pow(2), a.nrows().pow(2)), |sum, jump| {
        let rate = jump.transpose() * jump;
        sum + jump.kronecker(jump) - (rate.kronecker(&identity) + identity.kronecker(&rate)) * 0.5
    })
}

#[test]
fn columns_are_those_of_the_naive_matrix() {
    let o: [&[f64]; 2] = [&[2.0, 3.0, -1.0], &[1.0, 0.0, 5.0]];
    let (cosh, sinh) = (1.25, -0.75);
    let both = jumps(&o.map(orthonormal), &cosh, &sinh);
    let expected = naive(o, cosh, sinh);
    let levels = [4, 4];
    let mut found = DMatrix::zeros(256, 256);
    for element in all_elements(levels) {
        for (to, x) in liouvillian_column(&both, element) {
            let at = |e| twomode::model::lindblad::place(levels, e);
            found[(at(to), at(element))] = x;
        }
    }
    assert!((found - expected).amax() < 1e-12);
}

/// The rank by exact elimination over the rationals.
fn exact_nullity(matrix: &SparseMatrix) -> usize {
    let row = |row: &Row<Rational>| row.iter().map(|(k, x)| (*k, Algebraic::rational(x))).collect();
    let rows = matrix.rows.iter().map(row).collect();
    matrix.columns - rank(rows, &Algebraic::is_zero, &|x| !x.is_zero()).unwrap()
}

fn equal_ladders(squares: &[Rational], t: &Rational) -> SparseMatrix {
    let ladder = Ladder::rational(squares);
    let both = jumps(&[ladder.clone(), ladder], &rational(1, 1), t);
    liouvillian(String::new(), &both, [squares.len() + 1; 2])
}

/// How many singular values of the naive matrix are zero; between those and the others there is a wide gap.
fn vanishing_singular_values(matrix: DMatrix<f64>) -> usize {
    let values = matrix.singular_values();
    let (small, large): (Vec<f64>, Vec<f64>) = values.iter().partition(|s| **s < 1e-6);
    assert!(small.iter().all(|s| *s < 1e-12) && large.iter().all(|s| *s > 1e-3), "no gap: {values}");
    small.len()
}

#[test]
fn exact_null_spaces_are_those_of_the_naive_matrix() {
    for o in [&[][..], &[1.0], &[0.0], &[1.0, 1.0], &[1.0, 2.0], &[0.0, 1.0], &[2.0, 0.0], &[1.0, 0.0, 1.0]] {
        for t in [(0, 1), (1, 2), (1, 1)] {
            let squares: Vec<Rational> = o.iter().map(|o| rational((o * o) as i64, 1)).collect();
            let matrix = equal_ladders(&squares, &rational(t.0, t.1));
            let singular = vanishing_singular_values(naive([o, o], 1.0, t.0 as f64 / t.1 as f64));
            assert_eq!(exact_nullity(&matrix), singular, "{o:?} {t:?}");
            assert_eq!(null_vectors(&matrix).len(), singular, "{o:?} {t:?}");
        }
    }
}

/// Pairs of pieces between which a coherence is steady: both dark, or the same pieces in each system.
fn coherences(squares: &[Rational]) -> usize {
    let zero = rational(0, 1);
    let pieces: Vec<&[Rational]> = squares.split(|o2| *o2 == zero).collect();
    let pairs: Vec<[&[Rational]; 2]> = pieces.iter().flat_map(|i| pieces.iter().map(|j| [*i, *j])).collect();
    let dark = |[i, j]: &[&[Rational]; 2]| i == j;
    let steady = |a: &[&[Rational]; 2], b: &[&[Rational]; 2]| a == b || (dark(a) && dark(b));
    pairs.iter().map(|a| pairs.iter().filter(|b| steady(a, b)).count()).sum()
}

/// `2 (Σ n_a²)² - Σ n_a⁴` with `n_a` pieces alike, as the ledger writes it.
fn closed_formula(squares: &[Rational]) -> usize {
    let zero = rational(0, 1);
    let mut alike: BTreeMap<&[Rational], usize> = BTreeMap::new();
    squares.split(|o2| *o2 == zero).for_each(|piece| *alike.entry(piece).or_insert(0) += 1);
    let sum = |power: u32| alike.values().map(|n| n.pow(power)).sum::<usize>();
    2 * sum(2).pow(2) - sum(4)
}

#[test]
fn steady_states_of_every_pattern_of_zeros() {
    let mut patterns = 0;
    for m_max in 1..=4usize {
        for zeros in 0..1u32 << m_max {
            patterns += 1;
            for values in [[2, 5, 3, 7], [1, 1, 1, 1], [1, 1, 3, 1]] {
                let square = |k: usize| rational(if zeros >> k & 1 == 1 { 0 } else { values[k] }, 1);
                let squares: Vec<Rational> = (0..m_max).map(square).collect();
                let found = exact_nullity(&equal_ladders(&squares, &rational(2, 3)));
                assert_eq!(found, coherences(&squares), "{squares:?}");
                assert_eq!(found, closed_formula(&squares), "{squares:?}");
            }
        }
    }
    assert_eq!(patterns, 30);
}

#[test]
fn unequal_ladders_without_zeros_have_one_steady_state() {
    for [first, second] in [[&[1][..], &[2, 2]], [&[1], &[3, 7, 2, 5]], [&[2, 2], &[3, 4, 3]], [&[], &[1, 3, 1]]] {
        for t in [(0, 1), (1, 2), (-9, 10)] {
            let ladders = [Ladder::rational(&whole(first)), Ladder::rational(&whole(second))];
            let both = jumps(&ladders, &rational(1, 1), &rational(t.0, t.1));
            let matrix = liouvillian(String::new(), &both, [first.len() + 1, second.len() + 1]);
            assert_eq!(exact_nullity(&matrix), 1, "{first:?} {second:?} {t:?}");
        }
    }
}

#[test]
fn one_jump_operator_or_two_squeezings_are_not_enough() {
    let ladder = || Ladder::rational(&whole(&[2, 2]));
    let [one, two] = jumps(&[ladder(), ladder()], &rational(1, 1), &rational(1, 2));
    let nullity = |both: &[Jump<Rational>]| exact_nullity(&liouvillian(String::new(), both, [3, 3]));
    assert_eq!(nullity(&[one.clone(), two.clone()]), 1);
    assert!([&one, &two].iter().all(|jump| nullity(std::slice::from_ref(*jump)) > 1));
    // Two squeezings still have one steady state, but it is not the GTMSS.
    let [_, other] = jumps(&[ladder(), ladder()], &rational(1, 1), &rational(1, 3));
    let matrix = liouvillian(String::new(), &[one, other], [3, 3]);
    let [state] = &null_vectors(&matrix)[..] else { panic!("not one steady state") };
    // The GTMSS has no weight on |0,1>.
    assert!(state.contains_key(&twomode::model::lindblad::place([3, 3], [0, 1, 0, 1])));
}

/// The null spaces of `L + rate` and of its square, at `r = 0`.
fn at_rate(squares: &[i64], rate: i64) -> [usize; 2] {
    let mut shifted = equal_ladders(&whole(squares), &rational(0, 1));
    for (k, row) in shifted.rows.iter_mut().enumerate() {
        *row.entry(k).or_insert(rational(0, 1)) += rational(rate, 1);
    }
    let dense = DMatrix::from_fn(shifted.columns, shifted.columns, |i, j| {
        shifted.rows[i].get(&j).map_or(0, |x| (x.clone() * rational(2, 1)).to_string().parse::<i64>().unwrap())
    });
    let square = &dense * &dense;
    let sparse = |i: usize| -> Row<Rational> {
        let entries = (0..shifted.columns).map(|j| (j, rational(square[(i, j)], 1)));
        entries.filter(|(_, x)| *x != rational(0, 1)).collect()
    };
    let rows = (0..shifted.columns).map(sparse).collect();
    let squared = SparseMatrix { name: String::new(), columns: shifted.columns, rows };
    [&shifted, &squared].map(exact_nullity)
}

#[test]
fn without_squeezing_only_spin_one_half_can_be_diagonalised() {
    // A spin 1/2: all rates.
    let half = [0, 1, 2].map(|rate| at_rate(&[1], rate));
    assert!(half.iter().all(|[once, twice]| once == twice && *once > 0));
    assert_eq!(at_rate(&[2, 2], 2), [22, 24]);
    assert_eq!(at_rate(&[2, 2], 0), [1, 1]);
    assert_eq!(at_rate(&[3, 4, 3], 3).map(|n| n > 0), [true; 2]);
    assert!(at_rate(&[3, 4, 3], 3)[0] < at_rate(&[3, 4, 3], 3)[1]);
}

#[test]
fn a_null_space_is_proved_by_its_vectors_alone() {
    let matrix = equal_ladders(&whole(&[0, 1]), &rational(1, 2));
    let vectors = null_vectors(&matrix);
    let statement = |dimension| {
        let proposition = Proposition::NullSpaces { matrices: vec![matrix.clone()], dimensions: vec![dimension] };
        Statement { domain: Domain::default(), proposition }
    };
    let by = |vectors: &[Row<Rational>]| Certificate::NullVectors { vectors: vec![vectors.to_vec()] };
    assert!(matches!(check(&statement(6), &by(&vectors)), Outcome::Accepted(_)));
    assert!(!matches!(check(&statement(5), &by(&vectors[1..])), Outcome::Accepted(_)));
    assert!(!matches!(check(&statement(7), &by(&[&vectors[..], &vectors[..1]].concat())), Outcome::Accepted(_)));
}
