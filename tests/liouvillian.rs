//! The Liouvillian.

use std::collections::BTreeMap;
use twomode::exact::evaluate::{Algebraic, Field};
use twomode::exact::number::{Rational, rational};
use twomode::exact::rank::{Row, rank};
use twomode::model::lindblad::{Ladder, jumps, liouvillian_column};

#[test]
fn timing() {
    for n in 1..=6i64 {
        for t in [rational(0, 1), rational(1, 2), rational(9, 10), rational(1, 1)] {
            let sq: Vec<Rational> = (1..=n).map(|m| rational(m * (n + 1 - m), 1)).collect();
            let l = Ladder::rational(&sq);
            let js = jumps(&[l.clone(), l], &rational(1, 1), &t);
            let d = (n + 1) as usize;
            let number = |[a, b, c, e]: [usize; 4]| ((a * d + b) * d + c) * d + e;
            let mut rows: BTreeMap<usize, Row<Algebraic>> = BTreeMap::new();
            for a in 0..d {
                for b in 0..d {
                    for c in 0..d {
                        for e in 0..d {
                            for (to, x) in liouvillian_column(&js, [a, b, c, e]) {
                                rows.entry(number(to))
                                    .or_default()
                                    .insert(number([a, b, c, e]), Algebraic::rational(&x));
                            }
                        }
                    }
                }
            }
            let start = std::time::Instant::now();
            let r = rank(rows.into_values().collect(), &Algebraic::is_zero, &|x| !x.is_zero()).unwrap();
            println!("2S={n} t={t} nullity {} {:?}", d.pow(4) - r, start.elapsed());
        }
    }
}
