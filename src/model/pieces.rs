//! The pieces into which zeros of `o(m)` cut a ladder, and how many steady states they make.

use std::collections::BTreeMap;

use num_traits::Zero;

use crate::exact::number::Rational;

/// The number of independent steady states of Eq. (10) for two ladders, given by `o²(1), ..., o²(m_max)`, at finite `r`.
///
/// Neither jump operator leads from one pair of pieces, one in each system, to another, and each pair has one steady state.
/// It is dark for equal pieces, and at `r = 0` always. Between dark states coherences are steady, too: `D` of them make `D²`.
/// Other pairs have steady coherences only with pairs of the same two pieces: `n²` for `n` of a kind. The chapter on the
/// steady state derives it; without zeros the number is one. For equal ladders with `n_a` pieces alike it is
/// `2 (Σ n_a²)² - Σ n_a⁴`.
///
/// ```
/// use twomode::exact::number::rational;
/// use twomode::model::pieces::steady_states;
/// let [split, whole] = [[1, 0, 1], [1, 1, 1]].map(|o2| o2.map(|n| rational(n, 1)));
/// assert_eq!(steady_states([&whole, &whole], true), 1);
/// assert_eq!(steady_states([&split, &split], true), 16); // four dark states
/// assert_eq!(steady_states([&split, &whole], true), 4); // two mixed ones with the same pieces
/// ```
pub fn steady_states(squares: [&[Rational]; 2], squeezed: bool) -> usize {
    let [first, second] = squares.map(|o2| o2.split(Rational::is_zero).collect::<Vec<_>>());
    if !squeezed {
        return (first.len() * second.len()).pow(2);
    }
    let mut dark = 0;
    let mut mixed: BTreeMap<[&[Rational]; 2], usize> = BTreeMap::new();
    for one in &first {
        for two in &second {
            if one == two {
                dark += 1;
            } else {
                *mixed.entry([one, two]).or_insert(0) += 1;
            }
        }
    }
    dark * dark + mixed.values().map(|n| n * n).sum::<usize>()
}
