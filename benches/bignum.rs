//! num-bigint against dashu (and GMP with `--features gmp`) on the operations of the exhaustive checks, side by side.
//!
//! Products and comparisons of packed polynomials (`p₁ q₂ = p₂ q₁`), one row of Pascal's triangle (large times small and
//! exact division by small), sums of rationals in lowest terms, and the same sums over one denominator. Each library
//! computes the same numbers; before the timing their decimal expansions are compared.

use std::hint::black_box;

use divan::Bencher;

/// Bits of the factors; binomials at 2S = 400 have up to 800, packed polynomials at 2S = 60 from 1 000 to 30 000.
const BITS: [usize; 4] = [100, 1_000, 10_000, 100_000];
/// Terms of the sums.
const TERMS: [i64; 3] = [10, 100, 1_000];

/// `bits` bits, the highest set, the same in every run.
fn bytes(bits: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut bytes: Vec<u8> = (0..bits.div_ceil(8))
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .collect();
    let last = bytes.len() - 1;
    bytes[last] = 1 << ((bits - 1) % 8);
    bytes
}

/// What is timed, for one library: the types, an integer of given little-endian bytes, and `p/q`.
macro_rules! library {
    ($name:ident, $integer:ty, $rational:ty, $from_bytes:expr, $quotient:expr) => {
        mod $name {
            use super::*;

            fn number(bits: usize, seed: u64) -> $integer {
                let from: fn(&[u8]) -> $integer = $from_bytes;
                from(&bytes(bits, seed))
            }

            fn quotient(p: $integer, q: $integer) -> $rational {
                let quotient: fn($integer, $integer) -> $rational = $quotient;
                quotient(p, q)
            }

            pub fn row(n: i64) -> Vec<$integer> {
                let mut row = vec![<$integer>::from(1)];
                for j in 0..n {
                    let next = row[j as usize].clone() * <$integer>::from(n - j) / <$integer>::from(j + 1);
                    row.push(next);
                }
                row
            }

            /// `Σ 1/k²`, in lowest terms after every addition.
            pub fn reduced(terms: i64) -> $rational {
                let term = |k: i64| quotient(<$integer>::from(1), <$integer>::from(k * k));
                (2..=terms).fold(term(1), |sum, k| sum + term(k))
            }

            /// The same, reduced once at the end.
            pub fn fraction_free(terms: i64) -> $rational {
                let (mut p, mut q) = (<$integer>::from(0), <$integer>::from(1));
                for k in 1..=terms {
                    let square = <$integer>::from(k * k);
                    p = p * &square + &q;
                    q *= &square;
                }
                quotient(p, q)
            }

            /// The results as text, to compare the libraries.
            pub fn fingerprint() -> Vec<String> {
                let products = BITS.map(|bits| (number(bits, 1) * number(bits, 2)).to_string());
                let sums = TERMS.map(|terms| format!("{} {}", reduced(terms), fraction_free(terms)));
                let row: Vec<String> = row(60).iter().map(ToString::to_string).collect();
                products.into_iter().chain(sums).chain([row.join(" ")]).collect()
            }

            #[divan::bench(args = BITS)]
            fn product(bencher: Bencher, bits: usize) {
                let (a, b) = (number(bits, 1), number(bits, 2));
                bencher.bench_local(|| black_box(&a).clone() * black_box(&b));
            }

            #[divan::bench(args = BITS)]
            fn unequal_lengths(bencher: Bencher, bits: usize) {
                let (a, b) = (number(bits, 1), number(bits / 10, 2));
                bencher.bench_local(|| black_box(&a).clone() * black_box(&b));
            }

            #[divan::bench(args = BITS)]
            fn cross_comparison(bencher: Bencher, bits: usize) {
                let [p, q] = [1, 2].map(|seed| number(bits, seed));
                let (r, s) = (p.clone() * <$integer>::from(3), q.clone() * <$integer>::from(3));
                bencher.bench_local(|| {
                    assert!(black_box(&p).clone() * black_box(&s) == black_box(&r).clone() * black_box(&q));
                });
            }

            #[divan::bench(args = [60, 400])]
            fn pascal_row(bencher: Bencher, n: i64) {
                bencher.bench_local(|| row(black_box(n)));
            }

            #[divan::bench(args = TERMS)]
            fn reduced_sum(bencher: Bencher, terms: i64) {
                bencher.bench_local(|| reduced(black_box(terms)));
            }

            #[divan::bench(args = TERMS)]
            fn fraction_free_sum(bencher: Bencher, terms: i64) {
                bencher.bench_local(|| fraction_free(black_box(terms)));
            }
        }
    };
}

library!(
    num,
    num_bigint::BigInt,
    num_rational::BigRational,
    |b| num_bigint::BigInt::from_bytes_le(num_bigint::Sign::Plus, b),
    num_rational::BigRational::new
);
library!(
    dashu,
    ::dashu::integer::IBig,
    ::dashu::rational::RBig,
    |b| ::dashu::integer::UBig::from_le_bytes(b).into(),
    |p, q| ::dashu::rational::RBig::from_parts_signed(p, q)
);
#[cfg(feature = "gmp")]
library!(gmp, rug::Integer, rug::Rational, |b| rug::Integer::from_digits(b, rug::integer::Order::Lsf), |p, q| {
    rug::Rational::from((p, q))
});

fn main() {
    let expected = num::fingerprint();
    assert!(expected.iter().all(|line| !line.is_empty()));
    assert!(expected == dashu::fingerprint(), "num and dashu differ");
    #[cfg(feature = "gmp")]
    assert!(expected == gmp::fingerprint(), "num and GMP differ");
    divan::main();
}
