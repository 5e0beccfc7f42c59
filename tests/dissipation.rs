//! The dissipative model in floating point against exact numbers, other programs, second algorithms and full matrices.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use nalgebra::{DMatrix, DVector};
use serde_json::Value;
use twomode::exact::number::{Rational, parse_rational, rational};
use twomode::model::lindblad::{Element, liouvillian_column};
use twomode::numeric::Estimate;
use twomode::numeric::convert::to_f64;
use twomode::numeric::evolve::{EvolveError, Moments, Unwatched, Watch, evolve};
use twomode::numeric::lindblad::sector::Sector;
use twomode::numeric::lindblad::spins::SpinBand;
use twomode::numeric::lindblad::{Dissipation, DissipationError};
use twomode::numeric::state::{Initial, StateError};
use twomode::numeric::steady::{SteadyError, by_elimination, optimise_r, steady};

fn table(squares: &[i64]) -> Vec<Rational> {
    squares.iter().map(|n| rational(*n, 1)).collect()
}

/// Ladders that share nothing: equal spins, unequal spins, a table with a zero beside a boson.
fn samples() -> Vec<Dissipation> {
    vec![
        Dissipation::spins(2, 2, 0.6).unwrap(),
        Dissipation::spins(1, 3, -0.4).unwrap(),
        Dissipation::engineered([&table(&[1, 0, 3]), &table(&[1, 2])], 0.9).unwrap(),
        Dissipation::engineered([&table(&[5, 2]), &table(&[5, 2])], 0.0).unwrap(),
    ]
}

/// Every `|m1,m2><n1,n2|`, in order.
fn all_elements([top1, top2]: [usize; 2]) -> Vec<Element> {
    let pairs: Vec<[usize; 2]> = (0..=top1).flat_map(|a| (0..=top2).map(move |b| [a, b])).collect();
    pairs.iter().flat_map(|m| pairs.iter().map(move |n| [m[0], m[1], n[0], n[1]])).collect()
}

/// The whole Liouvillian as a dense matrix, column by column from the definition.
fn full_matrix(dissipation: &Dissipation) -> (Vec<Element>, DMatrix<f64>) {
    let elements = all_elements(dissipation.top());
    let place: BTreeMap<Element, usize> = elements.iter().copied().zip(0..).collect();
    let mut matrix = DMatrix::zeros(elements.len(), elements.len());
    for (column, element) in elements.iter().enumerate() {
        for (to, x) in liouvillian_column(dissipation.jumps(), *element) {
            matrix[(place[&to], column)] += x;
        }
    }
    (elements, matrix)
}

/// A sector as a dense matrix, by applying it to unit vectors.
fn sector_matrix(sector: &Sector) -> (Vec<Element>, DMatrix<f64>) {
    let elements: Vec<(Element, usize)> = sector.elements().map(|(e, at, _)| (e, at)).collect();
    let mut matrix = DMatrix::zeros(elements.len(), elements.len());
    let (mut unit, mut image) = (vec![0.0; sector.len()], vec![0.0; sector.len()]);
    for (column, (_, at)) in elements.iter().enumerate() {
        unit[*at] = 1.0;
        sector.apply(&unit, &mut image);
        unit[*at] = 0.0;
        elements.iter().enumerate().for_each(|(row, (_, at))| matrix[(row, column)] = image[*at]);
    }
    (elements.into_iter().map(|(e, _)| e).collect(), matrix)
}

// ---- The reduction -----------------------------------------------------------------------------------------------------

#[test]
fn sectors_have_the_elements_of_the_full_liouvillian() {
    for dissipation in samples() {
        let (elements, full) = full_matrix(&dissipation);
        let place: BTreeMap<Element, usize> = elements.iter().copied().zip(0..).collect();
        let reach = (dissipation.top()[0] + dissipation.top()[1]) as i64;
        let mut seen = 0;
        for k in -reach..=reach {
            let sector = Sector::new(&dissipation, k, false).unwrap();
            let (members, matrix) = sector_matrix(&sector);
            seen += members.len();
            for (column, from) in members.iter().enumerate() {
                for (row, to) in members.iter().enumerate() {
                    let truth = full[(place[to], place[from])];
                    assert!((matrix[(row, column)] - truth).abs() < 1e-13, "k = {k}, {from:?} to {to:?}");
                }
                // Nothing leads out of the sector.
                let column_sum: f64 = full.column(place[from]).iter().map(|x| x.abs()).sum();
                let inside: f64 = members.iter().map(|to| full[(place[to], place[from])].abs()).sum();
                assert!((column_sum - inside).abs() < 1e-13);
            }
        }
        assert_eq!(seen, elements.len());
    }
}

/// Eigenvalues sorted by real, then imaginary part, rounded so that equal ones stand together.
fn eigenvalues(matrix: &DMatrix<f64>) -> Vec<(f64, f64)> {
    let matrix = faer::Mat::from_fn(matrix.nrows(), matrix.ncols(), |i, j| matrix[(i, j)]);
    let mut values: Vec<(f64, f64)> = matrix.eigenvalues().unwrap().iter().map(|z| (z.re, z.im)).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    values
}

/// The largest distance between two lists of eigenvalues, matched greedily.
fn distance(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    assert_eq!(a.len(), b.len());
    let mut left = b.to_vec();
    let mut worst = 0.0f64;
    for (re, im) in a {
        let far = |z: &(f64, f64)| (z.0 - re).hypot(z.1 - im);
        let (at, _) = left.iter().enumerate().min_by(|x, y| far(x.1).total_cmp(&far(y.1))).unwrap();
        worst = worst.max(far(&left.swap_remove(at)));
    }
    worst
}

#[test]
fn the_eigenvalues_of_all_sectors_are_the_full_spectrum() {
    // Eigenvalues of defective matrices are good to a root of the rounding only, so r = 0 is not among these.
    for dissipation in samples().into_iter().take(2) {
        let (_, full) = full_matrix(&dissipation);
        let reach = (dissipation.top()[0] + dissipation.top()[1]) as i64;
        let sector = |k| sector_matrix(&Sector::new(&dissipation, k, false).unwrap()).1;
        let mut together: Vec<(f64, f64)> = (-reach..=reach).flat_map(|k| eigenvalues(&sector(k))).collect();
        together.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let whole = eigenvalues(&full);
        assert!(distance(&whole, &together) < 1e-6, "{}", distance(&whole, &together));
        // A spectrum that lacks a sector is told apart.
        assert!(together.len() == whole.len() && eigenvalues(&sector(1)).len() < whole.len());
    }
}

/// The matrix on states that a symmetry does not change, and on those it gives a sign: `P` maps positions.
fn split(matrix: &DMatrix<f64>, image: &[usize]) -> [DMatrix<f64>; 2] {
    let n = image.len();
    let orbits: Vec<usize> = (0..n).filter(|i| image[*i] >= *i).collect();
    [1.0, -1.0].map(|sign| {
        let kept: Vec<usize> = orbits.iter().copied().filter(|i| sign > 0.0 || image[*i] != *i).collect();
        DMatrix::from_fn(kept.len(), kept.len(), |row, column| {
            let (to, from) = (kept[row], kept[column]);
            let second = if image[from] == from { 0.0 } else { sign * matrix[(to, image[from])] };
            matrix[(to, from)] + second
        })
    })
}

#[test]
fn transposition_and_exchange_split_the_spectrum() {
    let dissipation = Dissipation::spins(3, 3, 0.7).unwrap();
    let (elements, matrix) = sector_matrix(&Sector::new(&dissipation, 0, false).unwrap());
    let place: BTreeMap<Element, usize> = elements.iter().copied().zip(0..).collect();
    let whole = eigenvalues(&matrix);
    let transposed: Vec<usize> = elements.iter().map(|[a, b, c, d]| place[&[*c, *d, *a, *b]]).collect();
    let exchanged: Vec<usize> = elements.iter().map(|[a, b, c, d]| place[&[*b, *a, *d, *c]]).collect();
    for image in [&transposed, &exchanged] {
        let [even, odd] = split(&matrix, image);
        let parts: Vec<_> = eigenvalues(&even).into_iter().chain(eigenvalues(&odd)).collect();
        assert!(distance(&whole, &parts) < 1e-6);
    }
    // The sector that keeps d >= 0 only is the part that exchange leaves alone.
    let [even, _] = split(&matrix, &exchanged);
    let (_, kept) = sector_matrix(&Sector::new(&dissipation, 0, true).unwrap());
    assert!(distance(&eigenvalues(&even), &eigenvalues(&kept)) < 1e-7);
    assert!(Sector::new(&Dissipation::spins(2, 3, 0.7).unwrap(), 0, true).is_none());
    assert!(Sector::new(&dissipation, 1, true).is_none());
}

#[test]
fn the_bound_holds_for_every_eigenvalue() {
    for dissipation in samples() {
        for k in 0..=2 {
            let sector = Sector::new(&dissipation, k, false).unwrap();
            let (_, matrix) = sector_matrix(&sector);
            for (re, im) in eigenvalues(&matrix) {
                assert!(re.hypot(im) <= sector.bound() * (1.0 + 1e-12), "{re} {im} beyond {}", sector.bound());
            }
        }
    }
}

// ---- The relations of two spins from the vacuum ------------------------------------------------------------------------

#[test]
fn the_band_of_spins_is_invariant_and_holds_the_whole_state() {
    let mut noise = 0.37f64;
    let mut next = || {
        noise = (noise * 997.0 + 0.123).fract();
        noise - 0.5
    };
    for (two_s, r) in [(1, 0.3), (2, 0.1), (5, 0.75), (9, -0.75), (14, 1.5), (20, 2.3), (24, 0.75)] {
        let dissipation = Dissipation::spins(two_s, two_s, r).unwrap();
        let band = SpinBand::new(&dissipation).unwrap();
        // A state in the space: the vacuum pushed around by the Liouvillian itself.
        let sector = band.sector();
        let mut vacuum = vec![0.0; sector.len()];
        vacuum[sector.index([0, 0, 0, 0]).unwrap()] = 1.0;
        let (mut x, mut image) = (vacuum.clone(), vec![0.0; sector.len()]);
        for _ in 0..12 {
            sector.apply(&x, &mut image);
            let c = next();
            x.iter_mut().zip(&image).for_each(|(x, y)| *x = c * *x + y / sector.bound());
        }
        let short = band.contract(&x).unwrap_or_else(|| panic!("2S = {two_s}, r = {r}"));
        let (mut slow, mut fast) = (vec![0.0; x.len()], vec![0.0; short.len()]);
        sector.apply(&x, &mut slow);
        band.apply(&short, &mut fast);
        let scale = slow.iter().fold(0.0f64, |a, b| a.max(b.abs()));
        let far = slow.iter().zip(band.expand(&fast)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(far < 1e-12 * scale, "2S = {two_s}, r = {r}: {far:e} of {scale:e}");
        // A state outside is refused: |1,1> for more than one step of the ladder.
        if two_s > 1 {
            vacuum[sector.index([1, 1, 1, 1]).unwrap()] = 0.5;
            assert!(band.contract(&vacuum).is_none(), "2S = {two_s}");
        }
    }
    assert!(SpinBand::new(&Dissipation::spins(3, 4, 0.5).unwrap()).is_none());
    let boson = Dissipation::engineered([&table(&[1, 2, 3]), &table(&[1, 2, 3])], 0.5).unwrap();
    assert!(SpinBand::new(&boson).is_none());
}

/// `Φ` as exact coefficients of `r_d(m,k)`, `m <= k`, of spin `M/2` at `T`; terms outside a block vanish.
fn relation(top: i64, t2: &Rational, d: i64, m: i64, k: i64) -> BTreeMap<[i64; 3], Rational> {
    let whole = |n: i64| rational(n, 1);
    let o = |x: i64| x * (top + 1 - x);
    let over = |n: i64| whole(n) / t2;
    let (u, big) = (k - m, d + 1);
    let middle = whole(o(m + d + 2) - o(k + d + 2) - u * big) + over(o(k) - o(m) - u * big);
    let terms = [
        (d, m, k + 1, whole(u + d)),
        (d, m, k, whole(-u)),
        (d, m + 1, k + 1, whole(-u)),
        (d, m + 1, k, whole(u - d)),
        (d + 1, m - 1, k, over(-big * o(m))),
        (d + 1, m, k + 1, whole(-big * o(k + d + 2))),
        (d + 1, m, k - 1, over(big * o(k))),
        (d + 1, m + 1, k, whole(big * o(m + d + 2))),
        (d + 1, m, k, -(whole(big) * middle)),
        (d + 2, m - 1, k, over(-(u - d - 2) * o(m) * o(k + d + 2))),
        (d + 2, m - 1, k - 1, over(u * o(m) * o(k))),
        (d + 2, m, k, over(u * o(m + d + 2) * o(k + d + 2))),
        (d + 2, m, k - 1, over(-(u + d + 2) * o(k) * o(m + d + 2))),
    ];
    let mut row = BTreeMap::new();
    for (e, a, b, c) in terms {
        let (a, b) = (a.min(b), a.max(b));
        if a >= 0 && b <= top - e {
            *row.entry([e, a, b]).or_insert_with(|| whole(0)) += c;
        }
    }
    row.retain(|_, c| *c != whole(0));
    row
}

/// The row `f 𝓛` for a functional `f` of `r_d(m,k)`, in units of `cosh² r`, exactly, from the columns of the Liouvillian.
fn pulled_back(top: i64, t2: &Rational, f: &BTreeMap<[i64; 3], Rational>) -> BTreeMap<[i64; 3], Rational> {
    // r_d(m,k) = ρ/(a_d(m) a_d(k)); in the rational basis e_m = |m>/(o(1)...o(m)) elements of ρ are r times rationals.
    use twomode::model::lindblad::{Ladder, jumps};
    let t = rational(1, 2); // t² = t2 is checked by the caller
    assert_eq!(&(t.clone() * t.clone()), t2);
    let squares: Vec<Rational> = (1..=top).map(|m| rational(m * (top + 1 - m), 1)).collect();
    let ladder = Ladder::rational(&squares);
    let both = jumps(&[ladder.clone(), ladder], &rational(1, 1), &t);
    // ρ = Σ ρ_d(m,k) |m+d,m><k+d,k| = Σ ρ_d(m,k)/(norms) e e†, with |m> = e_m sqrt(o²(1)...o²(m)) up to order:
    // the coefficient of e_{m+d} e_m e_{k+d}† e_k† is ρ_d(m,k) w(m+d) w(m) w(k+d) w(k) with w(m)² = o²(1)...o²(m), and
    // a_d(m) = (-t)^m w(m+d)/w(m), so it is r_d(m,k) (-t)^{m+k} w²(m+d) w²(k+d).
    let w2 = |m: i64| (1..=m).fold(rational(1, 1), |p, x| p * rational(x * (top + 1 - x), 1));
    let minus_t_to = |p: i64| (0..p).fold(rational(1, 1), |q, _| q * -t.clone());
    let factor = |d: i64, m: i64, k: i64| minus_t_to(m + k) * w2(m + d) * w2(k + d);
    let mut row = BTreeMap::new();
    for d in 0..=top {
        for m in 0..=top - d {
            for k in m..=top - d {
                // The unit r_d(m,k) = 1 with all its mirror images.
                let mut images = vec![[m + d, m, k + d, k], [k + d, k, m + d, m]];
                images.extend([[m, m + d, k, k + d], [k, k + d, m, m + d]]);
                images.sort_unstable();
                images.dedup();
                let mut sum = rational(0, 1);
                for image in images {
                    for (to, x) in liouvillian_column(&both, image.map(|n| n as usize)) {
                        let [a, b, c, e] = to.map(|n| n as i64);
                        if a >= b
                            && b <= e
                            && let Some(weight) = f.get(&[a - b, b, e])
                            && c - e == a - b
                        {
                            sum += weight * x * factor(d, m, k) / factor(a - b, b, e);
                        }
                    }
                }
                if sum != rational(0, 1) {
                    row.insert([d, m, k], sum);
                }
            }
        }
    }
    row
}

/// `𝓛†Φ` as a combination of relations.
fn neighbours(top: i64, t2: &Rational, d: i64, m: i64, k: i64) -> BTreeMap<[i64; 3], Rational> {
    let o = |x: i64| rational(x * (top + 1 - x), 1);
    let mut sum: BTreeMap<[i64; 3], Rational> = BTreeMap::new();
    let mut add = |c: Rational, d: i64, m: i64, k: i64| {
        if d < 0 || m == k || m < 0 || k < 0 || m.max(k) > top - d - 1 {
            return;
        }
        let sign = if m < k { rational(1, 1) } else { rational(-1, 1) };
        for (at, x) in relation(top, t2, d, m.min(k), m.max(k)) {
            *sum.entry(at).or_insert_with(|| rational(0, 1)) += c.clone() * sign.clone() * x;
        }
    };
    let one = || rational(1, 1);
    if d > 0 {
        for (c, i, j) in [(1, 0, 0), (-1, 0, 1), (-1, 1, 0), (1, 1, 1)] {
            add(t2 * rational(c, 1), d - 1, m + i, k + j);
        }
    }
    add(o(m), d, m - 1, k);
    add(o(k), d, m, k - 1);
    add(t2 * o(k + d + 2), d, m, k + 1);
    add(t2 * o(m + d + 2), d, m + 1, k);
    let inner = t2 * (o(m + d + 2) + o(k + d + 2) + o(m + 1) + o(k + 1)) + o(m) + o(k) + o(m + d + 1) + o(k + d + 1);
    add(-inner / rational(2, 1), d, m, k);
    add(o(m) * o(k), d + 1, m - 1, k - 1);
    add(-(o(m) * o(k + d + 2)), d + 1, m - 1, k);
    add(-(o(k) * o(m + d + 2)), d + 1, m, k - 1);
    add(o(m + d + 2) * o(k + d + 2) * one(), d + 1, m, k);
    sum.retain(|_, c| *c != rational(0, 1));
    sum
}

#[test]
fn the_adjoint_liouvillian_keeps_the_relations() {
    let t2 = rational(1, 4);
    let mut checked = 0;
    for top in 2..=6 {
        for d in 0..top {
            for m in 0..top - d {
                for k in m + 1..top - d {
                    let image = pulled_back(top, &t2, &relation(top, &t2, d, m, k));
                    assert_eq!(image, neighbours(top, &t2, d, m, k), "M = {top}, d = {d}, m = {m}, k = {k}");
                    checked += 1;
                }
            }
        }
    }
    assert_eq!(checked, 1 + 4 + 10 + 20 + 35); // C(M+1, 3) for M = 2..6
    // A changed coefficient is noticed.
    let mut wrong = relation(4, &t2, 0, 0, 2);
    *wrong.values_mut().next().unwrap() += rational(1, 1);
    assert_ne!(pulled_back(4, &t2, &wrong), neighbours(4, &t2, 0, 0, 2));
}

// ---- Evolution ---------------------------------------------------------------------------------------------------------

const NAMES: [&str; 9] =
    ["x_plus_sq", "x_minus_sq", "y_plus_sq", "y_minus_sq", "z1", "z2", "xi2", "infidelity", "purity"];

fn estimates(moments: &Moments, atoms: Option<f64>) -> [Option<Estimate>; 9] {
    let [a, b, c, d] = moments.quadratures.map(Some);
    let [z1, z2] = moments.z.map(Some);
    [a, b, c, d, z1, z2, atoms.map(|n| moments.xi2(n)), moments.infidelity, Some(moments.purity)]
}

/// A number that is written as a number or as a string of digits.
fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{value}"))
}

fn squares(value: &Value) -> Vec<Rational> {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    value.as_array().unwrap().iter().map(|v| parse_rational(&text(v)).unwrap()).collect()
}

fn model(case: &Value, r: f64) -> Dissipation {
    Dissipation::engineered([&squares(&case["o2_1"]), &squares(&case["o2_2"])], r).unwrap()
}

fn reference(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Where a case starts, from its `start`: a list of ket, bra and weight.
fn start(case: &Value, top: [usize; 2]) -> Initial {
    let n = (top[0] + 1) * (top[1] + 1);
    let at = |pair: &Value| pair[0].as_u64().unwrap() as usize * (top[1] + 1) + pair[1].as_u64().unwrap() as usize;
    let mut rows = vec![vec![[0.0; 2]; n]; n];
    for entry in case["start"].as_array().unwrap() {
        let weight = to_f64(&parse_rational(entry[2].as_str().unwrap()).unwrap());
        // The list has one of each pair of transposed elements.
        rows[at(&entry[0])][at(&entry[1])][0] = weight;
        rows[at(&entry[1])][at(&entry[0])][0] = weight;
    }
    if rows[0][0][0] == 1.0 { Initial::Product(0, 0) } else { Initial::Density(rows) }
}

#[test]
fn evolution_equals_thirty_digits() {
    let data = reference(include_str!("../proofs/reference/dissipation_precise.json"));
    let (mut checked, mut tight) = (0, 0);
    for case in data["cases"].as_array().unwrap() {
        let r = case["r"].as_f64().unwrap();
        let dissipation = model(case, r);
        let largest = dissipation.top()[0];
        // Longer stiff evolutions take minutes and are not compared.
        let quick = |t: &f64| (2.0 * r).exp() * t <= 2e7;
        let times: Vec<f64> = case["times"].as_array().unwrap().iter().map(number).filter(quick).collect();
        let found = evolve(&dissipation, &start(case, dissipation.top()), &times, &Unwatched).unwrap();
        let own_error: f64 = case["error"].as_str().unwrap().parse().unwrap();
        for (at, moments) in found.moments.iter().enumerate() {
            assert!(moments.trace.agrees_with(1.0), "{} r = {r}: {}", case["case"], moments.trace);
            for (name, estimate) in NAMES.into_iter().zip(estimates(moments, case["atoms"].as_f64())) {
                let Some(estimate) = estimate else { continue };
                let truth = number(&case[name][at]);
                let far = (estimate.value - truth).abs();
                let label = format!("{} r = {r} t = {} {name}: {estimate} {truth}", case["case"], times[at]);
                assert!(far <= estimate.error + own_error, "{label}");
                // 1e-9 of each number for S <= 10 and e^{2r} <= 100, or of what a double can hold beside 1.
                if largest <= 20 && r.abs() < 2.31 {
                    assert!(far <= 1e-9 * truth.abs() + 1e-18 + own_error, "{label}");
                    assert!(estimate.error <= 1e-9 * truth.abs() + 1e-13, "{label}");
                    tight += 1;
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 2_500 && tight > 2_000, "{checked} {tight}");
}

#[test]
fn evolution_equals_qutip() {
    let data = reference(include_str!("../proofs/reference/dissipation_qutip.json"));
    let mut checked = 0;
    for case in data["cases"].as_array().unwrap() {
        let name = case["case"].as_str().unwrap();
        let Some(initial) = qutip_start(name) else { continue };
        let dissipation = model(case, case["r"].as_f64().unwrap());
        let times: Vec<f64> = case["times"].as_array().unwrap().iter().map(number).collect();
        let found = evolve(&dissipation, &initial, &times, &Unwatched).unwrap();
        for (at, moments) in found.moments.iter().enumerate() {
            for (quantity, estimate) in NAMES.into_iter().zip(estimates(moments, case["atoms"].as_f64())) {
                let (Some(estimate), Some(truth)) = (estimate, case[quantity].get(at).filter(|v| !v.is_null())) else {
                    continue;
                };
                // The spread between QuTiP's own methods, and its tolerance, is what that program is good to.
                let allowed = 1e-8 * truth.as_f64().unwrap().abs().max(1.0) + 2.0 * number(&case["spread"][quantity]);
                assert!((estimate.value - number(truth)).abs() < allowed, "{name} {quantity} at {}", times[at]);
                checked += 1;
            }
        }
    }
    assert!(checked > 3_000, "{checked}");
}

/// The initial states of the QuTiP cases; `None` for the random mixed ones, which the other reference covers.
fn qutip_start(case: &str) -> Option<Initial> {
    let real = |a: &[f64]| Initial::Paired(a.iter().map(|x| [*x, 0.0]).collect());
    match case.split_once(" from ").map(|(_, start)| start) {
        None => Some(Initial::Product(0, 0)),
        Some("product |1,0>") => Some(Initial::Product(1, 0)),
        Some("product |2,1>") => Some(Initial::Product(2, 1)),
        Some("paired 1, -2, 1") => Some(real(&[1.0, -2.0, 1.0])),
        Some("paired 1, i, -1") => Some(Initial::Paired(vec![[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])),
        Some(_) => None,
    }
}

/// `e^{Lt} ρ` with the full matrix and nalgebra's matrix exponential, for complex `ρ` in parts.
fn brute_force(dissipation: &Dissipation, rho: &[Vec<[f64; 2]>], time: f64) -> [DVector<f64>; 2] {
    let (elements, full) = full_matrix(dissipation);
    let [_, top2] = dissipation.top();
    let propagator = (full * time).exp();
    [0, 1].map(|part| {
        let at = |[a, b, c, d]: &Element| rho[a * (top2 + 1) + b][c * (top2 + 1) + d][part];
        &propagator * DVector::from_iterator(elements.len(), elements.iter().map(at))
    })
}

/// A density matrix without any symmetry, `A A†` normalised.
fn arbitrary(n: usize) -> Vec<Vec<[f64; 2]>> {
    let a = |i: usize, j: usize| [(1.0 + (3 * i + 7 * j) as f64).sin(), (2.0 + (5 * i + 2 * j) as f64).cos()];
    let product = |i: usize, j: usize| {
        (0..n).fold([0.0; 2], |[x, y], k| {
            let ([p, q], [u, v]) = (a(i, k), a(j, k));
            [x + p * u + q * v, y + q * u - p * v]
        })
    };
    let trace: f64 = (0..n).map(|i| product(i, i)[0]).sum();
    (0..n).map(|i| (0..n).map(|j| product(i, j).map(|x| x / trace)).collect()).collect()
}

#[test]
fn every_coherence_evolves_as_in_the_full_space() {
    for dissipation in samples() {
        let [top1, top2] = dissipation.top();
        let rho = arbitrary((top1 + 1) * (top2 + 1));
        let time = 0.37;
        let [re, im] = brute_force(&dissipation, &rho, time);
        let found = evolve(&dissipation, &Initial::Density(rho), &[time], &Unwatched).unwrap();
        let moments = &found.moments[0];
        let purity = re.norm_squared() + im.norm_squared();
        assert!((moments.purity.value - purity).abs() < 1e-12, "{} {purity}", moments.purity);
        // <X±²> and <Y±²> from the definition, as matrices.
        let elements = all_elements([top1, top2]);
        for (at, (sum, x)) in [(1.0, true), (-1.0, true), (1.0, false), (-1.0, false)].into_iter().enumerate() {
            let square = quadrature_squared(&dissipation, sum, x);
            let n = top2 + 1;
            let expected: f64 =
                elements.iter().zip(re.iter()).map(|([a, b, c, d], r)| square[(c * n + d, a * n + b)] * r).sum();
            assert!((moments.quadratures[at].value - expected).abs() < 1e-11, "{} {expected}", moments.quadratures[at]);
        }
        assert!(found.lowest_eigenvalue.unwrap() > -1e-14);
    }
}

/// `(X_1 ± X_2)²`, or `(Y_1 ± Y_2)²`, as a real matrix.
fn quadrature_squared(dissipation: &Dissipation, sum: f64, x: bool) -> DMatrix<f64> {
    let [top1, top2] = dissipation.top();
    let lowering = |j: usize, top: usize| {
        let down = &dissipation.ladders()[j].down;
        DMatrix::from_fn(top + 1, top + 1, |r, c| if r + 1 == c { down[c] } else { 0.0 })
    };
    let sign = if x { 1.0 } else { -1.0 };
    let half = |o: DMatrix<f64>| (o.transpose() + o * sign) * 0.5;
    let one = half(lowering(0, top1)).kronecker(&DMatrix::identity(top2 + 1, top2 + 1));
    let two = DMatrix::identity(top1 + 1, top1 + 1).kronecker(&half(lowering(1, top2)));
    let total = one + two * sum;
    &total * &total * sign
}

#[test]
fn the_semigroup_law_holds() {
    // Evolving by 2 equals evolving by 0.7 and the rest: other steps, other rounding.
    let dissipation = Dissipation::spins(12, 12, 1.2).unwrap();
    let run = |times: &[f64]| evolve(&dissipation, &Initial::Product(0, 0), times, &Unwatched).unwrap().moments;
    let (direct, many) = (run(&[2.0]), run(&(0..=200).map(|k| f64::from(k) / 100.0).collect::<Vec<_>>()));
    let (a, b) = (&direct[0], many.last().unwrap());
    for (x, y) in estimates(a, Some(24.0)).into_iter().zip(estimates(b, Some(24.0))) {
        let (x, y) = (x.unwrap(), y.unwrap());
        assert!((x.value - y.value).abs() <= x.error + y.error, "{x} {y}");
        assert!(x.error < 1e-11 * x.value.abs().max(1e-8), "{x}");
    }
}

#[test]
fn spins_by_the_band_and_by_all_elements_agree() {
    // The same spins with one more state in front that is never populated have no band, but the same evolution.
    for (two_s, r) in [(1usize, 0.06), (4, 0.3), (9, 0.75), (20, 2.0)] {
        let spin: Vec<Rational> = (1..=two_s as i64).map(|m| rational(m * (two_s as i64 + 1 - m), 1)).collect();
        let padded: Vec<Rational> = spin.iter().cloned().chain([rational(0, 1), rational(1, 1)]).collect();
        let with_band = Dissipation::engineered([&spin, &spin], r).unwrap();
        let without = Dissipation::engineered([&padded, &padded], r).unwrap();
        assert!(SpinBand::new(&with_band).is_some() && SpinBand::new(&without).is_none());
        let times = [0.05, 0.5, 3.0];
        let run = |d: &Dissipation| evolve(d, &Initial::Product(0, 0), &times, &Unwatched).unwrap().moments;
        for (a, b) in run(&with_band).iter().zip(&run(&without)) {
            for (x, y) in a.quadratures.iter().chain(&a.z).zip(b.quadratures.iter().chain(&b.z)) {
                assert!((x.value - y.value).abs() < 1e-11 * x.value.abs().max(1.0), "2S = {two_s}, r = {r}: {x} {y}");
            }
            assert!((a.purity.value - b.purity.value).abs() < 1e-12);
        }
    }
}

/// Stops after a number of questions.
struct Impatient(AtomicU32);

impl Watch for Impatient {
    fn stop(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) > 20
    }
}

#[test]
fn an_interruption_keeps_what_was_computed() {
    let dissipation = Dissipation::spins(4, 4, 0.5).unwrap();
    let times: Vec<f64> = (0..500).map(|k| f64::from(k) * 0.02).collect();
    let whole = evolve(&dissipation, &Initial::Product(0, 0), &times, &Unwatched).unwrap();
    let part = evolve(&dissipation, &Initial::Product(0, 0), &times, &Impatient(AtomicU32::new(0))).unwrap();
    assert!(whole.complete && !part.complete && part.moments.len() < 30);
    for (a, b) in part.moments.iter().zip(&whole.moments) {
        assert!((a.purity.value - b.purity.value).abs() < 1e-13);
    }
}

#[test]
fn wrong_input_is_refused_by_name() {
    let pair = Dissipation::spins(2, 2, 0.5).unwrap();
    let refused = |initial: Initial, times: &[f64]| evolve(&pair, &initial, times, &Unwatched).unwrap_err();
    let vacuum = || Initial::Product(0, 0);
    assert_eq!(refused(vacuum(), &[]), EvolveError::NoTimes);
    assert_eq!(refused(vacuum(), &[0.0, 2.0, 1.0]), EvolveError::Time { at: 2, time: 1.0 });
    assert_eq!(refused(vacuum(), &[-1.0]), EvolveError::Time { at: 0, time: -1.0 });
    assert!(matches!(refused(vacuum(), &[f64::NAN]), EvolveError::Time { at: 0, .. }));
    let state = |initial: Initial| match refused(initial, &[1.0]) {
        EvolveError::State(error) => error,
        other => panic!("{other}"),
    };
    assert_eq!(state(Initial::Product(0, 3)), StateError::Level { system: 2, m: 3, top: 2 });
    assert!(matches!(state(Initial::Paired(vec![[1.0, 0.0]; 4])), StateError::Size { given: 4, accepted: 3, .. }));
    assert_eq!(state(Initial::Paired(vec![[0.0; 2]; 2])), StateError::NotNormalisable);
    let mut rho = arbitrary(9);
    rho[0][1][0] += 0.1;
    assert!(matches!(state(Initial::Density(rho)), StateError::NotHermitian { at: (1, 0), .. }));
    let doubled = arbitrary(9).into_iter().map(|row| row.into_iter().map(|z| z.map(|x| 2.0 * x)).collect()).collect();
    assert!(matches!(state(Initial::Density(doubled)), StateError::Trace(t) if (t - 2.0).abs() < 1e-12));
    let mut negative = vec![vec![[0.0; 2]; 9]; 9];
    (negative[0][0][0], negative[1][1][0]) = (1.5, -0.5);
    assert!(matches!(state(Initial::Density(negative)), StateError::Negative(_)));
    assert_eq!(Dissipation::spins(0, 1, 0.5).unwrap_err(), DissipationError::NoLevels);
    assert_eq!(Dissipation::spins(1, 1, 20.0).unwrap_err(), DissipationError::Squeezing(20.0));
    assert!(Dissipation::spins(1, 1, f64::NAN).is_err());
    let negative = Dissipation::engineered([&table(&[1, -2]), &table(&[1])], 0.5).unwrap_err();
    assert_eq!(negative, DissipationError::Element { m: 2, squared: -2.0 });
}

// ---- Steady states -----------------------------------------------------------------------------------------------------

/// `tanh r` as text to `r`.
fn artanh(t: &Rational) -> f64 {
    to_f64(t).atanh()
}

#[test]
fn steady_states_equal_exact_rationals() {
    let data = reference(include_str!("../proofs/reference/steady_exact.json"));
    let (mut checked, mut counted) = (0, 0);
    for case in data["exact"].as_array().unwrap() {
        let t = parse_rational(case["t"].as_str().unwrap()).unwrap();
        if t == rational(1, 1) {
            continue; // r → ∞
        }
        let dissipation = model(case, artanh(&t));
        let found = steady(&dissipation).unwrap();
        if let Some(nullity) = case["nullity"].as_u64() {
            assert_eq!(found.nullity as u64, nullity, "{} t = {t}", case["case"]);
            counted += 1;
        }
        let Some(state) = found.state else {
            assert!(found.nullity > 1);
            continue;
        };
        assert!(state.residual < 1e-14, "{}: {}", case["case"], state.residual);
        for (name, estimate) in NAMES.into_iter().zip(estimates(&state.moments, case["atoms"].as_f64())) {
            let (Some(estimate), Some(exact)) = (estimate, case[name].as_str()) else { continue };
            let exact = to_f64(&parse_rational(exact).unwrap());
            // r is the double nearest to artanh t.
            let from_r = 4.0 * f64::EPSILON * (1.0 + artanh(&t).abs()) * artanh(&t).cosh().powi(2) * exact.abs();
            assert!(
                (estimate.value - exact).abs() <= estimate.error + from_r,
                "{} {name}: {estimate} {exact}",
                case["case"]
            );
            assert!(estimate.error <= 1e-9 * exact.abs() + 1e-15, "{} {name}: {estimate}", case["case"]);
            checked += 1;
        }
    }
    assert!(checked > 300 && counted > 100, "{checked} {counted}");
}

#[test]
fn large_steady_states_equal_many_digits() {
    let data = reference(include_str!("../proofs/reference/steady_exact.json"));
    let mut checked = 0;
    for case in data["large"].as_array().unwrap() {
        let atoms = case["atoms"].as_u64().unwrap() as usize;
        let (one, two) = case["case"].as_str().unwrap().trim_start_matches("spins ").split_once(" and ").unwrap();
        let two_s = |text: &str| text.trim_end_matches("/2").parse::<usize>().unwrap();
        assert_eq!(two_s(one) + two_s(two), atoms);
        let dissipation = Dissipation::spins(two_s(one), two_s(two), case["r"].as_f64().unwrap()).unwrap();
        let state = steady(&dissipation).unwrap().state.unwrap();
        for (name, estimate) in NAMES.into_iter().zip(estimates(&state.moments, Some(atoms as f64))) {
            let (Some(estimate), Some(_)) = (estimate, case[name].as_str()) else { continue };
            let truth = number(&case[name]);
            assert!((estimate.value - truth).abs() <= estimate.error, "{} {name}: {estimate} {truth}", case["case"]);
            checked += 1;
        }
    }
    assert!(checked > 150, "{checked}");
}

#[test]
fn the_optimum_over_r_is_that_of_another_program() {
    let data = reference(include_str!("../proofs/reference/steady_exact.json"));
    let spin = |n: i64| (1..=n).map(|m| rational(m * (n + 1 - m), 1)).collect::<Vec<_>>();
    let mut checked = 0;
    for case in data["optima"].as_array().unwrap() {
        let [n1, n2] = ["n1", "n2"].map(|n| case[n].as_i64().unwrap());
        if n1 == n2 || n1 + n2 > 11 {
            continue;
        }
        let found = optimise_r([&spin(n1), &spin(n2)], (n1 + n2) as f64, &Unwatched).unwrap();
        let (r, xi2) = (case["r_opt"].as_f64().unwrap(), case["xi2_opt"].as_f64().unwrap());
        assert!((found.xi2.value / xi2 - 1.0).abs() < 1e-9, "{n1} {n2}: {} {xi2}", found.xi2);
        assert!((found.r.value - r).abs() <= found.r.error + 1e-6, "{n1} {n2}: {} {r}", found.r);
        checked += 1;
    }
    assert!(checked > 8, "{checked}");
    assert_eq!(optimise_r([&spin(3), &spin(3)], 6.0, &Unwatched).unwrap_err(), SteadyError::NoOptimum);
    let stopped = optimise_r([&spin(1), &spin(2)], 3.0, &Impatient(AtomicU32::new(30))).unwrap_err();
    assert_eq!(stopped, SteadyError::Interrupted);
}

#[test]
fn the_steady_state_is_where_the_evolution_ends() {
    for (a, b, r) in [(1, 2, 0.4), (3, 2, 0.8), (5, 6, -0.6)] {
        let dissipation = Dissipation::spins(a, b, r).unwrap();
        let limit = steady(&dissipation).unwrap().state.unwrap().moments;
        let late = evolve(&dissipation, &Initial::Product(0, 0), &[60.0], &Unwatched).unwrap().moments[0];
        let pairs = limit.quadratures.into_iter().chain(limit.z).zip(late.quadratures.into_iter().chain(late.z));
        for (x, y) in pairs {
            assert!((x.value - y.value).abs() < 1e-11, "{a} {b} {r}: {x} {y}");
        }
    }
}

/// For small `r` blocks far from `d = 0` are nearly empty; the elimination must not subtract through block 0.
#[test]
fn small_squeezing_of_large_unequal_spins() {
    for r in [1e-8, 1e-3, 0.03, 0.1, 0.2] {
        for (one, two) in [(9, 11), (4, 16), (1, 19), (19, 21)] {
            let state = steady(&Dissipation::spins(one, two, r).unwrap()).unwrap().state.unwrap();
            assert!(state.residual < 1e-15, "{one} {two} {r}: {}", state.residual);
            let xi2 = state.moments.xi2((one + two) as f64);
            assert!(xi2.error < 1e-12 * xi2.value, "{one} {two} {r}: {xi2}");
        }
    }
}

#[test]
fn each_system_relaxes_by_itself() {
    // ⟨Z_1⟩ of a pair is that of system 1 with another partner, or none worth the name.
    let (own, r) = (table(&[3, 1, 4]), 0.8);
    let alone = |partner: &[i64]| {
        let pair = Dissipation::engineered([&own, &table(partner)], r).unwrap();
        evolve(&pair, &Initial::Product(2, 0), &[0.2, 1.5], &Unwatched)
            .unwrap()
            .moments
            .iter()
            .map(|m| m.z[0])
            .collect()
    };
    let (one, other): (Vec<Estimate>, Vec<Estimate>) = (alone(&[1]), alone(&[2, 9, 5, 7]));
    for (a, b) in one.iter().zip(&other) {
        assert!((a.value - b.value).abs() <= a.error + b.error, "{a} {b}");
    }
    // And its steady probabilities are powers of tanh² r.
    let steady_z =
        steady(&Dissipation::engineered([&own, &table(&[1])], r).unwrap()).unwrap().state.unwrap().moments.z[0];
    let t = r.tanh().powi(2);
    let o2 = [0.0, 3.0, 1.0, 4.0, 0.0];
    let (weights, z): (f64, f64) = (0..4).fold((0.0, 0.0), |(w, z), m| {
        let p = t.powi(m as i32);
        (w + p, z + p * 0.5 * (o2[m] - o2[m + 1]))
    });
    assert!(steady_z.agrees_with(z / weights), "{steady_z} {}", z / weights);
}

#[test]
fn the_closed_form_of_unequal_spins_is_what_elimination_finds() {
    for (a, b, r) in [(1, 2, 0.05), (2, 1, -0.8), (3, 8, 0.6), (12, 13, 1.1), (7, 9, 2.3)] {
        let dissipation = Dissipation::spins(a, b, r).unwrap();
        let closed = steady(&dissipation).unwrap().state.unwrap();
        let found = by_elimination(&dissipation).unwrap();
        assert!(closed.closed_form && !found.closed_form);
        assert!(closed.residual < 1e-15, "{a} {b}: {}", closed.residual);
        let pairs = estimates(&closed.moments, None).into_iter().zip(estimates(&found.moments, None));
        for (x, y) in pairs.filter_map(|(x, y)| Some((x?, y?))) {
            assert!((x.value - y.value).abs() <= x.error + y.error, "{a} {b} r = {r}: {x} {y}");
        }
    }
    // A ladder that is nearly a spin has no closed form.
    let nearly = Dissipation::engineered([&table(&[3, 4, 3]), &table(&[4, 6, 6, 5])], 0.5).unwrap();
    assert!(!steady(&nearly).unwrap().state.unwrap().closed_form);
}

#[test]
fn an_elimination_that_went_wrong_says_so() {
    // Squares over 24 decades: doubles do not hold this steady state, though its residual is small.
    let tiny = parse_rational("1/1000000000000000000000000").unwrap();
    let first = [tiny, rational(1, 1)];
    let pair = Dissipation::engineered([&first, &table(&[1, 2])], 1.0).unwrap();
    let found = steady(&pair).unwrap().state.unwrap();
    let t2 = 1f64.tanh().powi(2);
    let weights = [1.0, t2, t2 * t2];
    let own = [-0.5e-24, 0.5e-24 - 0.5, 0.5]; // (o²(m) - o²(m+1))/2
    let truth = weights.iter().zip(own).map(|(p, z)| p * z).sum::<f64>() / weights.iter().sum::<f64>();
    let z1 = found.moments.z[0];
    assert!(z1.agrees_with(truth), "{z1} {truth}");
    assert!((z1.value - truth).abs() > 0.01, "the case is no test any more: {z1} {truth}");
}
