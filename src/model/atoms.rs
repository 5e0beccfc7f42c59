//! Operators of two ensembles of two-level atoms, as words in the collective spin components.
//!
//! With `σ` the Pauli matrices, atom `j` has `s = σ/2` and ensemble `i` of `n_i` atoms has `J_i = Σ_j s_{ij}`. All atoms
//! take part, not only the states of the largest spin, so the only rules are
//!
//! - between letters: `[J_i^a, J_i^b] = i Σ_c ε_abc J_i^c`; letters of different ensembles commute;
//! - on one atom: `s^a s^b = δ_ab/4 + (i/2) Σ_c ε_abc s^c`.
//!
//! Every operator is a unique combination of symmetrised products, `Sym(A B C) = (ABC + ACB + ...)/3!`.

use std::collections::BTreeMap;

use super::laurent::{Laurent, unit, variable};

/// A spin component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// `x`.
    X,
    /// `y`.
    Y,
    /// `z`.
    Z,
}

/// All three.
pub const AXES: [Axis; 3] = [Axis::X, Axis::Y, Axis::Z];

impl Axis {
    /// `x`, `y` or `z`.
    pub fn name(self) -> &'static str {
        ["x", "y", "z"][self as usize]
    }

    /// `(c, ε_abc)` with the third axis; `None` for equal ones.
    fn cross(self, other: Self) -> Option<(Self, i64)> {
        let (a, b) = (self as usize, other as usize);
        let third = || AXES[3 - a - b];
        match (b + 3 - a) % 3 {
            1 => Some((third(), 1)),
            2 => Some((third(), -1)),
            _ => None,
        }
    }
}

/// `J_i^a`, with ensemble 1 or 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letter {
    /// The ensemble.
    pub ensemble: u8,
    /// The component.
    pub axis: Axis,
}

/// A product of letters; those of ensemble 1 come first.
pub type Word = Vec<Letter>;

/// The number of atoms of an ensemble, as a symbol.
pub fn atoms(ensemble: u8) -> Laurent {
    variable(if ensemble == 1 { "n1" } else { "n2" })
}

/// An operator of one atom: `c_0 + c_x s^x + c_y s^y + c_z s^z`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneAtom {
    one: Laurent,
    spin: [Laurent; 3],
}

impl OneAtom {
    /// `s^a`.
    pub fn spin(axis: Axis) -> Self {
        let spin = AXES.map(|a| Laurent::from(i64::from(a == axis)));
        Self { one: Laurent::zero(), spin }
    }

    /// `σ^- = s^x - i s^y`.
    pub fn lowering() -> Self {
        Self { one: Laurent::zero(), spin: [Laurent::from(1), -unit(), Laurent::zero()] }
    }

    /// `σ^+ = s^x + i s^y`.
    pub fn raising() -> Self {
        Self::lowering().adjoint()
    }

    /// `σ^z = 2 s^z`, with eigenvalues ±1.
    pub fn sigma_z() -> Self {
        Self::spin(Axis::Z).scaled(&Laurent::from(2))
    }

    pub(super) fn identity() -> Self {
        Self { one: Laurent::from(1), spin: AXES.map(|_| Laurent::zero()) }
    }

    /// `c_0`.
    pub(super) fn constant(&self) -> Laurent {
        self.one.clone()
    }

    /// `c_a`.
    pub(super) fn along(&self, axis: Axis) -> Laurent {
        self.spin[axis as usize].clone()
    }

    /// `c · self`.
    pub fn scaled(&self, c: &Laurent) -> Self {
        let by = |x: &Laurent| x.clone() * c.clone();
        Self { one: by(&self.one), spin: self.spin.each_ref().map(by) }
    }

    fn plus(&self, other: &Self) -> Self {
        let spin = std::array::from_fn(|k| self.spin[k].clone() + other.spin[k].clone());
        Self { one: self.one.clone() + other.one.clone(), spin }
    }

    fn adjoint(&self) -> Self {
        Self { one: self.one.conjugate(), spin: self.spin.each_ref().map(Laurent::conjugate) }
    }

    /// `self · other`.
    pub(super) fn times(&self, other: &Self) -> Self {
        let mut product = self.scaled(&other.one);
        for (a, ca) in AXES.into_iter().zip(&self.spin) {
            for (b, cb) in AXES.into_iter().zip(&other.spin) {
                let c = ca.clone() * cb.clone();
                match a.cross(b) {
                    None => product.one = product.one.clone() + c * Laurent::ratio(1, 4),
                    Some((third, sign)) => {
                        let term = c * unit() * Laurent::ratio(sign, 2);
                        product.spin[third as usize] = product.spin[third as usize].clone() + term;
                    }
                }
            }
        }
        product.plus(&Self { one: Laurent::zero(), spin: other.scaled(&self.one).spin })
    }

    /// The dissipator on an operator, `c† A c - (c†c A + A c†c)/2`, with `self` as `c`.
    fn dissipates(&self, a: &Self) -> Self {
        let dagger = self.adjoint();
        let rate = dagger.times(self);
        let loss = rate.times(a).plus(&a.times(&rate)).scaled(&Laurent::ratio(-1, 2));
        dagger.times(a).times(self).plus(&loss)
    }

    /// `Σ_j` of it over the atoms of an ensemble.
    pub fn collective(&self, ensemble: u8) -> Operator {
        let number = Operator::number(self.one.clone() * atoms(ensemble));
        AXES.into_iter()
            .zip(&self.spin)
            .fold(number, |sum, (axis, c)| sum.plus(&Operator::letter(Letter { ensemble, axis }).scaled(c)))
    }
}

/// A combination of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operator {
    terms: BTreeMap<Word, Laurent>,
}

impl Operator {
    /// The zero operator.
    pub fn zero() -> Self {
        Self::default()
    }

    /// `c` times the identity.
    pub fn number(c: Laurent) -> Self {
        Self::word(Vec::new(), c)
    }

    /// `J_i^a`.
    pub fn letter(letter: Letter) -> Self {
        Self::word(vec![letter], Laurent::from(1))
    }

    /// `c · word`, in any order of the ensembles.
    pub fn word(mut word: Word, c: Laurent) -> Self {
        word.sort_by_key(|letter| letter.ensemble);
        let terms = if c.is_zero() { BTreeMap::new() } else { [(word, c)].into() };
        Self { terms }
    }

    /// `Sym` of some letters.
    pub fn symmetric(word: &[Letter]) -> Self {
        let orders = permutations(word.len());
        let share = Laurent::ratio(1, orders.len() as i64);
        orders.iter().fold(Self::zero(), |sum, order| {
            sum.plus(&Self::word(order.iter().map(|&k| word[k]).collect(), share.clone()))
        })
    }

    /// The terms.
    pub fn terms(&self) -> impl Iterator<Item = (&Word, &Laurent)> {
        self.terms.iter()
    }

    /// `self + other`.
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (word, c) in &other.terms {
            let total = sum.terms.remove(word).unwrap_or_default() + c.clone();
            if !total.is_zero() {
                sum.terms.insert(word.clone(), total);
            }
        }
        sum
    }

    /// `c · self`.
    pub fn scaled(&self, c: &Laurent) -> Self {
        self.map_words(|word| Self::word(word.clone(), c.clone()))
    }

    /// `self - other`.
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.scaled(&Laurent::from(-1)))
    }

    /// `self · other`.
    pub fn times(&self, other: &Self) -> Self {
        self.map_words(|a| other.map_words(|b| Self::word([a.as_slice(), b].concat(), Laurent::from(1))))
    }

    /// `self†`.
    pub fn adjoint(&self) -> Self {
        self.terms.iter().fold(Self::zero(), |sum, (word, c)| {
            sum.plus(&Self::word(word.iter().rev().copied().collect(), c.conjugate()))
        })
    }

    /// `[self, other]` letter by letter, so that the words are no longer than needed.
    pub fn commutator(&self, other: &Self) -> Self {
        self.map_words(|a| other.map_words(|b| commutator(a, b)))
    }

    /// `D†[L](A) = (L†[A, L] + [L†, A] L)/2`, with `self` as `L`.
    pub fn dissipates(&self, a: &Self) -> Self {
        let dagger = self.adjoint();
        let sum = dagger.times(&a.commutator(self)).plus(&dagger.commutator(a).times(self));
        sum.scaled(&Laurent::ratio(1, 2))
    }

    /// Words as symmetrised products: the word of a term stands for `Sym` of its letters, which are sorted.
    pub fn symmetrised(&self) -> Self {
        self.map_words(symmetrised)
    }

    /// The words of at most `k` letters.
    pub(super) fn up_to(&self, k: usize) -> Self {
        let terms = self.terms.iter().filter(|(word, _)| word.len() <= k);
        Self { terms: terms.map(|(word, c)| (word.clone(), c.clone())).collect() }
    }

    /// `Σ c · f(word)`.
    pub(super) fn map_words(&self, f: impl Fn(&Word) -> Self) -> Self {
        self.terms.iter().fold(Self::zero(), |sum, (word, c)| {
            let image = f(word).terms.into_iter().map(|(w, k)| (w, c.clone() * k)).filter(|(_, k)| !k.is_zero());
            sum.plus(&Self { terms: image.collect() })
        })
    }
}

/// `[J_i^a, J_k^b]`: a letter with a factor, or nothing.
fn letters_commute(a: Letter, b: Letter) -> Option<(Letter, Laurent)> {
    let (axis, sign) = a.axis.cross(b.axis).filter(|_| a.ensemble == b.ensemble)?;
    Some((Letter { ensemble: a.ensemble, axis }, unit() * Laurent::from(sign)))
}

/// `[a_1...a_k, b_1...b_l] = Σ_{pq} a_{<p} b_{<q} [a_p, b_q] b_{>q} a_{>p}`.
fn commutator(a: &Word, b: &Word) -> Operator {
    let mut sum = Operator::zero();
    for p in 0..a.len() {
        for q in 0..b.len() {
            if let Some((letter, c)) = letters_commute(a[p], b[q]) {
                let word = [&a[..p], &b[..q], &[letter], &b[q + 1..], &a[p + 1..]].concat();
                sum = sum.plus(&Operator::word(word, c));
            }
        }
    }
    sum
}

/// A word as symmetrised products: it is the mean of its permutations plus the mean of its differences from them, and a
/// difference is a sum of commutators, which are shorter words. Cost: `k!` permutations of `k` letters.
fn symmetrised(word: &Word) -> Operator {
    let mut sorted = word.clone();
    sorted.sort_unstable();
    let orders = permutations(word.len());
    let share = Laurent::ratio(1, orders.len() as i64);
    let differences = orders.iter().fold(Operator::zero(), |sum, order| sum.plus(&difference(word, order)));
    Operator::word(sorted, Laurent::from(1)).plus(&differences.scaled(&share).symmetrised())
}

/// The word minus the same letters in another order, by exchanges of neighbours.
fn difference(word: &Word, order: &[usize]) -> Operator {
    let (mut word, mut order, mut sum) = (word.clone(), order.to_vec(), Operator::zero());
    while let Some(p) = (0..order.len().saturating_sub(1)).find(|&p| order[p] > order[p + 1]) {
        if let Some((letter, c)) = letters_commute(word[p], word[p + 1]) {
            sum = sum.plus(&Operator::word([&word[..p], &[letter], &word[p + 2..]].concat(), c));
        }
        order.swap(p, p + 1);
        word.swap(p, p + 1);
    }
    sum
}

/// All orders of `k` things.
pub(super) fn permutations(k: usize) -> Vec<Vec<usize>> {
    let Some(last) = k.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let shorter = permutations(last);
    let put = |order: &Vec<usize>, place: usize| {
        let mut longer = order.clone();
        longer.insert(place, last);
        longer
    };
    shorter.iter().flat_map(|order| (0..k).map(|place| put(order, place)).collect::<Vec<_>>()).collect()
}

/// `Σ_j D†[c_j](word)` over the atoms `j` of one ensemble.
///
/// The dissipator of an atom acts on what the word does to this atom. So each letter is either of that atom or of the others
/// together, `J = s_j + J^{(≠j)}`, and the letters of the atom are multiplied out first.
pub fn dissipated_one_by_one(jump: &OneAtom, ensemble: u8, a: &Operator) -> Operator {
    a.map_words(|word| {
        let (own, others): (Word, Word) = word.iter().partition(|letter| letter.ensemble == ensemble);
        let sum = (1..1usize << own.len()).fold(Operator::zero(), |sum, chosen| {
            let is_chosen = |k: &usize| chosen >> k & 1 == 1;
            let picked = (0..own.len()).filter(is_chosen).map(|k| OneAtom::spin(own[k].axis));
            let here = picked.fold(OneAtom::identity(), |product, spin| product.times(&spin));
            let rest: Word = (0..own.len()).filter(|k| !is_chosen(k)).map(|k| own[k]).collect();
            sum.plus(&with_the_others(&jump.dissipates(&here), ensemble, &rest))
        });
        sum.times(&Operator::word(others, Laurent::from(1)))
    })
}

/// `Σ_j Q_j w^{(≠j)}`, where the letters of `w` leave atom `j` out.
///
/// With `w = B w'` and `Q_j (B - b_j) = B Q_j - b_j Q_j` the sum is `B Σ_j Q_j w'^{(≠j)} - Σ_j (bQ)_j w'^{(≠j)}`.
fn with_the_others(q: &OneAtom, ensemble: u8, word: &[Letter]) -> Operator {
    let Some((&first, rest)) = word.split_first() else {
        return q.collective(ensemble);
    };
    let without = with_the_others(&OneAtom::spin(first.axis).times(q), ensemble, rest);
    Operator::letter(first).times(&with_the_others(q, ensemble, rest)).minus(&without)
}

/// A product of letters of one ensemble as a sum over the ways to put them on distinct atoms: blocks of letters on one atom.
pub(super) fn blocks(k: usize) -> Vec<Vec<Vec<usize>>> {
    let Some(last) = k.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for partition in blocks(last) {
        for b in 0..partition.len() {
            let mut joined = partition.clone();
            joined[b].push(last);
            all.push(joined);
        }
        all.push([partition, vec![vec![last]]].concat());
    }
    all
}
