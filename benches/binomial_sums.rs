//! (S36) both identities, (S37) for every m, and the sum of Eq. (6) against Eq. (7), for every 2S up to 1600.
//!
//! Three rigorous methods, one thread:
//!
//! - `certificates`: the kernel checks the certificates and normal forms that the audit uses. They hold for every 2S, so
//!   for every 2S up to 1600; no instance is computed.
//! - `residues`: every instance is computed, both sides in machine words modulo enough moduli; see [`residues`].
//! - `exhaustive`: the audit's own check of every instance in exact rationals, up to a smaller bound.
//!
//! `cargo bench --bench binomial_sums` times them; `-- --once METHOD` runs one of them once and prints the seconds, for
//! `benches/run.sh`; `-- --break METHOD` does so with perturbed statements and fails unless each is refused. Every run of
//! the benchmark begins with these refusals.

use std::process::ExitCode;
use std::time::Instant;

use twomode::claims::{Limits, Part, ledger};
use twomode::exact::certificate::{Certificate, check};
use twomode::exact::{Outcome, Proposition, Statement};
use twomode::laws::assertion::Plan;
use twomode::laws::certificates::certificate;

/// The largest 2S.
const TOP: u64 = 1600;
/// The bound of the audit for checks that cost little for each size.
const AUDIT: i64 = 400;
const CLAIMS: [&str; 4] = ["s36a", "s36b", "s37", "eq7"];
const METHODS: [&str; 3] = ["certificates", "residues", "exhaustive"];

/// Every part of the four claims, with the ways in which the audit proves it.
fn statements() -> Vec<(&'static str, Statement, Vec<Plan>)> {
    let entries = ledger().into_iter().filter(|entry| CLAIMS.contains(&entry.id));
    // With no request the audit goes to its own least bound.
    let parts = entries.flat_map(|e| (e.state)(Limits { max_2s: 0 }).printed.parts.into_iter().map(move |p| (e.id, p)));
    let exact = parts.filter_map(|(id, part)| match part {
        Part::Exact(assertion) => Some((id, assertion.statement, assertion.plans)),
        Part::Fails(_) | Part::Observed(_) => None,
    });
    let found: Vec<_> = exact.collect();
    assert!(CLAIMS.iter().all(|id| found.iter().any(|(other, ..)| id == other)), "a claim is missing");
    found
}

/// The same with the right side doubled: a statement that fails at every size but 0.
fn perturbed() -> Vec<(&'static str, Statement, Vec<Plan>)> {
    let mut statements = statements();
    for (_, statement, _) in &mut statements {
        let Proposition::Equation { rhs, .. } = &mut statement.proposition else { panic!("not an equation") };
        *rhs = 2 * rhs.clone();
    }
    statements
}

/// The certificate of the plan that is not a bound on sizes; lemmas are proved again.
fn symbolic(plans: &[Plan]) -> Certificate {
    let plan = plans.iter().find(|p| !matches!(p, Plan::Sizes(_)));
    certificate(plan.expect("a symbolic proof")).expect("accepted lemmas")
}

/// Whether the kernel accepts each statement; the ids of those it does not.
fn refused(statements: &[(&'static str, Statement, Vec<Plan>)], up_to: Option<i64>) -> Vec<&'static str> {
    let chosen = |plans: &[Plan]| match up_to {
        Some(up_to) => Certificate::Exhaustive { up_to },
        None => symbolic(plans),
    };
    let accepted = |s: &Statement, plans: &[Plan]| match check(s, &chosen(plans)) {
        Outcome::Accepted(proof) => proof.statement() == s && proof.up_to() == up_to,
        Outcome::Rejected(_) | Outcome::Declined(_) => false,
    };
    statements.iter().filter(|(_, s, plans)| !accepted(s, plans)).map(|(id, ..)| *id).collect()
}

/// Runs a method on the true statements.
fn run(method: &str) {
    let wrong = match method {
        "certificates" => refused(&statements(), None),
        "exhaustive" => refused(&statements(), Some(AUDIT)),
        "residues" => {
            assert_eq!(residues::check(TOP, None), Ok(1_287_204));
            return;
        }
        other => panic!("no method {other}: one of {METHODS:?}"),
    };
    assert!(wrong.is_empty(), "refused: {wrong:?}");
}

/// Runs a method on perturbed statements; each must be refused.
fn run_perturbed(method: &str) {
    let all: Vec<&str> = statements().iter().map(|(id, ..)| *id).collect();
    match method {
        "certificates" => assert_eq!(refused(&perturbed(), None), all),
        "exhaustive" => assert_eq!(refused(&perturbed(), Some(20)), all),
        "residues" => {
            use residues::{Equation, Fault, check, count};
            let refuse = |equation, n, modulus| {
                let fault = Fault { equation, n, modulus };
                assert_eq!(check(n, Some(fault)), Err((equation, n)), "{fault:?}");
            };
            for n in [0, 1, TOP / 2, TOP] {
                for equation in [Equation::First, Equation::Second, Equation::EveryM(n / 3), Equation::Limit] {
                    refuse(equation, n, None);
                }
                // A difference that is a multiple of all moduli but one.
                for modulus in [0, count(n) - 1] {
                    refuse(Equation::First, n, Some(modulus));
                    refuse(Equation::Second, n, Some(modulus));
                }
            }
        }
        other => panic!("no method {other}: one of {METHODS:?}"),
    }
}

mod residues {
    //! Every instance, from `C(n,m) = n!/(m!(n-m)!)` for `0 <= m <= n` and 0 outside, in machine words.
    //!
    //! The sums of (S36) are computed modulo pairwise coprime moduli `M = 2^60 - c` in which `(2S+1)!` is invertible (the
    //! inverse is verified by multiplication, so nothing has to be known about primes). Both sides are integers from 0 to
    //! a bound `B`. If they agree modulo `M_1, ..., M_k`, their difference is a multiple of the product, which is larger
    //! than `B`; so it is 0. With `n = 2S`, `0 <= o²(m) <= (n+1)²` and `(n+1)² < 2^22`:
    //!
    //! | | left side | right side | both at most |
    //! |---|---|---|---|
    //! | first | `Σ C(n,m)² <= (Σ C(n,m))² = 4^n` | `C(2n,n) <= 4^n` | `2^(2n)` |
    //! | second | `Σ C(n+1,m)² o²(m) <= 4^(n+1) (n+1)²` | `n(n+1) C(2n,n) <= 4^n (n+1)²` | `2^(2n+24)` |
    //!
    //! and `k <= 100` moduli above `2^60 (1 - 2^-44)` have a product above `2^(60k-1)`, so `60k >= 2n+25` suffices
    //! ([`count`]). The rest needs no residues, for every value stays below `2^63`:
    //!
    //! - `o²(m)` as printed is computed for every n and m and compared with `m(n+1-m)`. So the second sum is
    //!   `(n+1)!² Σ g(m) g(n+1-m)` with `g(m) = m/m!²`, where `C(n,m) + C(n,m-1) = C(n+1,m)`; the first is
    //!   `n!² Σ f(m) f(n-m)` with `f(m) = 1/m!²`. One product of machine words for each term and modulus.
    //! - (S37) is compared for every m after multiplication by `4 (m+1)!(n+1-m)!/n!`, which is positive: each binomial
    //!   becomes a product of two integers.
    //! - `12 (n+1)` times (6) and (7).
    //!
    //! The symmetry of the binomials is not used. All arithmetic is checked for overflow in the profile of the
    //! benchmarks. Cost: `Σ_n n k(n)`, about `n³/90` for all sizes up to n, for each sum.

    use num_integer::{ExtendedGcd, Integer};

    /// The statements.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Equation {
        /// (S36), first.
        First,
        /// (S36), second.
        Second,
        /// (S37), for one m.
        EveryM(u64),
        /// (6) = (7).
        Limit,
    }

    /// Adds 1 to the right side of an equation at one size, modulo one or all moduli: a check of the check.
    #[derive(Clone, Copy, Debug)]
    pub struct Fault {
        /// Which equation.
        pub equation: Equation,
        /// At which 2S.
        pub n: u64,
        /// Modulo which modulus; `None` for all.
        pub modulus: Option<usize>,
    }

    /// How many moduli the sums of size `n` need.
    pub fn count(n: u64) -> usize {
        (2 * n + 25).div_ceil(60) as usize
    }

    const BITS: u32 = 60;

    /// `M = 2^60 - c`.
    #[derive(Clone, Copy)]
    struct Modulus {
        value: u64,
        c: u64,
    }

    impl Modulus {
        /// `x mod M`, using `2^60 = c` twice; `c < 2^16` leaves less than `2^85`, then less than `2^61 - 2c`.
        fn reduce(self, x: u128) -> u64 {
            let fold = |x: u128| (x & ((1 << BITS) - 1)) + (x >> BITS) * u128::from(self.c);
            let x = fold(fold(x)) as u64;
            if x >= self.value { x - self.value } else { x }
        }

        fn times(self, a: u64, b: u64) -> u64 {
            self.reduce(u128::from(a) * u128::from(b))
        }

        /// `Σ f(m) f(n-m)` for `f(0), ..., f(n)`.
        fn convolution(self, f: &[u64]) -> u64 {
            // A product is below 2^120, so 128 of them fit.
            f.chunks(128).zip(f.rchunks(128)).fold(0, |total, (a, b)| {
                let block: u128 = a.iter().zip(b.iter().rev()).map(|(a, b)| u128::from(*a) * u128::from(*b)).sum();
                self.reduce(u128::from(total) + u128::from(self.reduce(block)))
            })
        }

        /// `1/x`, when there is one.
        fn inverse(self, x: u64) -> Option<u64> {
            let ExtendedGcd { x: inverse, .. } = i128::from(x).extended_gcd(&i128::from(self.value));
            let inverse = u64::try_from(inverse.mod_floor(&i128::from(self.value))).ok()?;
            (self.times(x, inverse) == 1).then_some(inverse)
        }
    }

    /// Factorials modulo M.
    struct Tables {
        modulus: Modulus,
        factorial: Vec<u64>,
        f: Vec<u64>,
        g: Vec<u64>,
    }

    impl Tables {
        /// Up to `(2 top)!` and to the inverse of `(top+1)!`, when there is one.
        fn new(modulus: Modulus, top: u64) -> Option<Self> {
            let mut factorial = vec![1];
            for m in 1..=2 * top.max(1) {
                factorial.push(modulus.times(factorial[m as usize - 1], m));
            }
            let mut inverse = modulus.inverse(factorial[top as usize + 1])?;
            let mut f = vec![0; top as usize + 2];
            for m in (0..=top + 1).rev() {
                f[m as usize] = modulus.times(inverse, inverse);
                inverse = modulus.times(inverse, m);
            }
            let g = f.iter().zip(0..).map(|(f, m)| modulus.times(*f, m)).collect();
            Some(Self { modulus, factorial, f, g })
        }
    }

    /// Pairwise coprime moduli, largest first.
    fn moduli(top: u64) -> Vec<Tables> {
        let mut found: Vec<Tables> = Vec::new();
        let mut c = 1;
        while found.len() < count(top) {
            assert!(c < 1 << 16 && found.len() < 100, "the bound on the product");
            let modulus = Modulus { value: (1 << BITS) - c, c };
            if found.iter().all(|other| other.modulus.value.gcd(&modulus.value) == 1) {
                found.extend(Tables::new(modulus, top));
            }
            c += 2;
        }
        found
    }

    /// Checks every size up to `top`; the number of equations checked, or the first that fails.
    ///
    /// # Errors
    /// The equation and the size.
    pub fn check(top: u64, fault: Option<Fault>) -> Result<u64, (Equation, u64)> {
        assert!((top + 1).pow(2) < 1 << 22, "the bounds of the values");
        let extra = |equation: Equation, n: u64, modulus: usize| {
            let hit = |f: Fault| f.equation == equation && f.n == n && f.modulus.is_none_or(|m| m == modulus);
            u64::from(fault.is_some_and(hit))
        };
        let require = |holds: bool, equation: Equation, n: u64| if holds { Ok(()) } else { Err((equation, n)) };
        let mut checks = 0;
        for n in 0..=top {
            // 4 o²(m) = 2S(2S+2) - (2m-2S)(2m-2S-2).
            let printed = |n: i64, m: i64| n * (n + 2) - (2 * m - n) * (2 * m - n - 2);
            let o2: Vec<u64> = (0..=n + 1).map(|m| printed(n as i64, m as i64) as u64).collect();
            assert!(o2.iter().zip(0..).all(|(o2, m)| *o2 == 4 * m * (n + 1 - m)), "the product form of o²");
            for m in 0..=n {
                let (here, up, down) = ((m + 1) * (n + 1 - m), (n - m) * (n + 1 - m), m * (m + 1));
                let right = (up + here) * o2[m as usize + 1] + (down + here) * o2[m as usize];
                let equation = Equation::EveryM(m);
                require(4 * n * (n + 1) * here == right + extra(equation, n, 0), equation, n)?;
            }
            let limit = 16 * n * (n + 1) * (n + 2) + extra(Equation::Limit, n, 0);
            require(24 * o2[..=n as usize].iter().sum::<u64>() == limit, Equation::Limit, n)?;
            checks += n + 2;
        }
        for (i, tables) in moduli(top).iter().enumerate() {
            let Tables { modulus, factorial, f, g } = tables;
            let wide = |a: u64, b: u64| modulus.times(a, b);
            for n in (0..=top).filter(|n| i < count(*n)) {
                let at = n as usize;
                let central = wide(factorial[2 * at], f[at]);
                let scaled = |size: usize, sum: u64| wide(wide(factorial[size], factorial[size]), sum);
                let first = modulus.reduce(u128::from(central) + u128::from(extra(Equation::First, n, i)));
                require(scaled(at, modulus.convolution(&f[..=at])) == first, Equation::First, n)?;
                let second = wide(central, n * (n + 1));
                let second = modulus.reduce(u128::from(second) + u128::from(extra(Equation::Second, n, i)));
                require(scaled(at + 1, modulus.convolution(&g[..=at + 1])) == second, Equation::Second, n)?;
                checks += if i == 0 { 2 } else { 0 };
            }
        }
        Ok(checks)
    }
}

#[divan::bench(args = CLAIMS, sample_count = 10, sample_size = 1)]
fn certificates(id: &str) {
    let statements: Vec<_> = statements().into_iter().filter(|(other, ..)| *other == id).collect();
    assert!(refused(&statements, None).is_empty());
}

#[divan::bench(args = [400, 800, TOP], sample_count = 10, sample_size = 1)]
fn residues_up_to(top: u64) {
    residues::check(top, None).expect("no failure");
}

#[divan::bench(args = [100, 200, AUDIT], sample_count = 3, sample_size = 1)]
fn exhaustive_up_to(top: i64) {
    assert!(refused(&statements(), Some(top)).is_empty());
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--once", method] => {
            let start = Instant::now();
            run(method);
            println!("{method}: {:.6} s", start.elapsed().as_secs_f64());
        }
        ["--break", method] => {
            run_perturbed(method);
            println!("{method}: perturbed statements are refused");
        }
        ["--once" | "--break", ..] => {
            eprintln!("expected one of {METHODS:?}");
            return ExitCode::from(3);
        }
        _ => {
            METHODS.iter().for_each(|method| run_perturbed(method));
            divan::main();
        }
    }
    ExitCode::SUCCESS
}
