//! From a master equation to equations of motion: exact ones for the moments of collective spins, then a closed set for means
//! and covariances.
//!
//! 1. `d<A>/dt = <L†A>` with `L†A = i[H,A] + Σ D†[L](A) + Σ_j D†[c_j](A)`; the collective jump operators `L` and Hamiltonian
//!    are words in the spin components, the single-atom ones `c_j` act on each atom.
//! 2. `L†A` is written in symmetrised products, which is unique. This is exact, for any numbers of atoms.
//! 3. Moments of three letters are replaced by means and covariances, by a stated [`Closure`].
//!
//! Coefficients are Laurent polynomials in `e = e^r`, the rates and the numbers of atoms.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::atoms::{AXES, Axis, Letter, OneAtom, Operator, Word, atoms, blocks, dissipated_one_by_one};
use super::laurent::{Laurent, unit, variable};
use super::trace;
use crate::exact::expression::Symbol;

/// The rates of the master equation, as the symbols of its coefficients.
pub const RATES: [&str; 4] = ["gamma", "gamma_minus", "gamma_z", "gamma_plus"];

/// `e^{kr}`.
pub fn exp_r(k: i32) -> Laurent {
    variable("e").power(k)
}

/// `cosh kr`.
pub fn cosh(k: i32) -> Laurent {
    (exp_r(k) + exp_r(-k)).half()
}

/// `sinh kr`.
pub fn sinh(k: i32) -> Laurent {
    (exp_r(k) - exp_r(-k)).half()
}

/// `J_i^a`.
pub fn component(ensemble: u8, axis: Axis) -> Operator {
    Operator::letter(Letter { ensemble, axis })
}

/// `O_i = Σ_j σ^-_{ij}`.
pub fn lowering(ensemble: u8) -> Operator {
    OneAtom::lowering().collective(ensemble)
}

/// A single-atom dissipator `rate · Σ_j D[c_j]` over the atoms of an ensemble.
#[derive(Clone, Debug)]
pub struct Local {
    /// The rate.
    pub rate: Laurent,
    /// The ensemble.
    pub ensemble: u8,
    /// `c`.
    pub jump: OneAtom,
}

/// `dρ/dt = -i[H,ρ] + Σ rate D[L]ρ + Σ_j rate D[c_j]ρ`.
#[derive(Clone, Debug, Default)]
pub struct MasterEquation {
    /// `H`.
    pub hamiltonian: Operator,
    /// Collective jump operators with their rates.
    pub jumps: Vec<(Laurent, Operator)>,
    /// Single-atom dissipators.
    pub local: Vec<Local>,
}

impl MasterEquation {
    /// (S59) with a rate of pumping besides: `γ(D[Γ_a] + D[Γ_b]) + Σ_ij (γ_- D[σ^-_ij] + γ_z D[σ^z_ij] + γ_+ D[σ^+_ij])`, where
    /// `Γ_a = cosh r O_1 + sinh r O_2†` and `Γ_b` has the ensembles exchanged.
    pub fn engineered() -> Self {
        trace::uses("s59");
        let jump = |j: u8| lowering(j).scaled(&cosh(1)).plus(&lowering(3 - j).adjoint().scaled(&sinh(1)));
        let jumps = [1, 2].map(|j| (variable("gamma"), jump(j))).to_vec();
        Self { hamiltonian: Operator::zero(), jumps, local: [1, 2].into_iter().flat_map(local_noise).collect() }
    }

    /// `L†A`, in symmetrised products.
    ///
    /// Cost: for `k` letters of `A`, about `k!` words for each of the `2^k` products of single-atom operators.
    ///
    /// ```
    /// use twomode::model::atoms::Axis::Z;
    /// use twomode::model::moments::{MasterEquation, component};
    /// let local = MasterEquation { jumps: vec![], ..MasterEquation::engineered() };
    /// let z = local.adjoint(&component(1, Z)); // -γ_-(Z + n/2) + γ_+(n/2 - Z)
    /// assert_eq!(z.terms().count(), 2);
    /// ```
    pub fn adjoint(&self, a: &Operator) -> Operator {
        let coherent = self.hamiltonian.commutator(a).scaled(&unit());
        let collective = self.jumps.iter().map(|(rate, jump)| jump.dissipates(a).scaled(rate));
        let local = self.local.iter().map(|l| dissipated_one_by_one(&l.jump, l.ensemble, a).scaled(&l.rate));
        collective.chain(local).fold(coherent, |sum, part| sum.plus(&part)).symmetrised()
    }

    /// The equations of all means and covariances that can be reached from some.
    ///
    /// # Errors
    /// [`Unclosed`] when more than `cap` are reached, or when a product of more than three letters occurs.
    pub fn closed(&self, closure: Closure, start: &[Word], cap: usize) -> Result<Equations, Unclosed> {
        let right = reach(start, cap, |word| {
            let right = self.motion(closure, word)?;
            let named: BTreeSet<&Symbol> = right.symbols().collect();
            let next = variables().into_iter().filter(|word| named.contains(&symbol(word))).collect();
            Ok((right, next))
        })?;
        Ok(Equations { right })
    }

    /// The equations of all 27 means and covariances.
    ///
    /// # Errors
    /// When a product of more than three letters occurs.
    pub fn all(&self, closure: Closure) -> Result<Equations, Unclosed> {
        let all = variables();
        self.closed(closure, &all, all.len())
    }

    /// The equation of one mean or covariance, with all others.
    ///
    /// # Errors
    /// When a product of more than three letters occurs.
    pub fn motion(&self, closure: Closure, word: &[Letter]) -> Result<Laurent, Unclosed> {
        let rate = |word: &[Letter]| self.truncated(closure, &Operator::symmetric(word));
        let product = rate(word)?;
        let [a, b] = word else { return Ok(product) };
        Ok(product - rate(&[*a])? * mean(*b) - mean(*a) * rate(&[*b])?)
    }

    /// `<L†A>` in means and covariances.
    fn truncated(&self, closure: Closure, a: &Operator) -> Result<Laurent, Unclosed> {
        self.adjoint(a).terms().try_fold(Laurent::zero(), |sum, (word, c)| {
            let value = match word.len() {
                0..=2 => expected(word),
                3 => closure.third_moment(word),
                _ => return Err(Unclosed::Order(word.clone())),
            };
            Ok(sum + c.clone() * value)
        })
    }
}

/// Relaxation, dephasing and pumping of each atom of an ensemble, at the rates `γ_-`, `γ_z`, `γ_+`.
pub fn local_noise(ensemble: u8) -> Vec<Local> {
    let jumps = [OneAtom::lowering(), OneAtom::sigma_z(), OneAtom::raising()];
    let rates = RATES[1..].iter().map(|rate| variable(rate));
    rates.zip(jumps).map(|(rate, jump)| Local { rate, ensemble, jump }).collect()
}

/// Why there are no closed equations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclosed {
    /// More moments are reached than were allowed.
    Cap(usize),
    /// A product of more than three letters, which no closure here covers.
    Order(Word),
}

impl fmt::Display for Unclosed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Cap(cap) => write!(f, "the equations do not close within {cap} moments"),
            Self::Order(word) => {
                let letters = word.iter().map(|l| format!("J{}{}", l.ensemble, l.axis.name())).collect::<Vec<_>>();
                write!(f, "<{}> is a product of {} letters, accepted are three", letters.join(" "), word.len())
            }
        }
    }
}

impl std::error::Error for Unclosed {}

/// Follows each word to those that its equation names.
fn reach<T>(
    start: &[Word],
    cap: usize,
    equation: impl Fn(&Word) -> Result<(T, Vec<Word>), Unclosed>,
) -> Result<BTreeMap<Word, T>, Unclosed> {
    let mut found = BTreeMap::new();
    let mut open: Vec<Word> = start.to_vec();
    while let Some(word) = open.pop() {
        if found.contains_key(&word) {
            continue;
        }
        if found.len() == cap {
            return Err(Unclosed::Cap(cap));
        }
        let (right, next) = equation(&word)?;
        found.insert(word, right);
        open.extend(next);
    }
    Ok(found)
}

// ---- Means and covariances ----

/// All means and covariances of two ensembles: 6 and 21, named by their sorted letters.
pub fn variables() -> Vec<Word> {
    let letters = [1, 2].map(|ensemble| AXES.map(|axis| Letter { ensemble, axis })).concat();
    let pairs = (0..letters.len()).flat_map(|a| (a..letters.len()).map(move |b| (a, b)));
    letters.iter().map(|l| vec![*l]).chain(pairs.map(|(a, b)| vec![letters[a], letters[b]])).collect()
}

/// The name of a mean (`s1z`) or a covariance (`c12xx`).
pub fn symbol(word: &[Letter]) -> Symbol {
    let kind = if word.len() == 1 { "s" } else { "c" };
    let ensembles: String = word.iter().map(|l| l.ensemble.to_string()).collect();
    let axes: String = word.iter().map(|l| l.axis.name()).collect();
    Symbol::new(&format!("{kind}{ensembles}{axes}"))
}

fn mean(letter: Letter) -> Laurent {
    variable(symbol(&[letter]).name())
}

/// `<A>`, and `<Sym(A B)> = C_AB + <A><B>`; 1 without letters.
fn expected(word: &[Letter]) -> Laurent {
    match word {
        [] => Laurent::from(1),
        [a] => mean(*a),
        [a, b, ..] => {
            let sorted = if a <= b { [*a, *b] } else { [*b, *a] };
            variable(symbol(&sorted).name()) + mean(*a) * mean(*b)
        }
    }
}

/// The same for a combination of symmetrised products of at most two letters.
fn expected_of(a: &Operator) -> Laurent {
    a.terms().fold(Laurent::zero(), |sum, (word, c)| sum + c.clone() * expected(word))
}

// ---- Closures ----

/// Which third cumulant is taken to be zero. They differ by lower moments: three letters do not commute, and an atom that
/// occurs twice in a product is no product of two atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closure {
    /// Of products in a fixed order of `J^x`, `J^y`, `J^z`, of which the real part is taken: `(J^x J^x J^z + h.c.)/2`. Equal
    /// letters stand together, and (S60) to (S67) come out.
    Cartesian,
    /// Of symmetrised products: `<Sym(A B C)> = Σ C_AB <C> + <A><B><C>`.
    Symmetrised,
    /// Of products in the order `S^+ S^z S^-`.
    Normal,
    /// Of products in the order `S^- S^z S^+`.
    Antinormal,
    /// Of three distinct atoms.
    DistinctAtoms,
}

/// All closures, that of the paper first.
pub const CLOSURES: [Closure; 5] =
    [Closure::Cartesian, Closure::Symmetrised, Closure::Normal, Closure::Antinormal, Closure::DistinctAtoms];

impl Closure {
    /// `<Sym(A B C)>` in means and covariances.
    fn third_moment(self, word: &Word) -> Laurent {
        match self {
            Self::Cartesian => in_order(word, [component_x, component_y, component_z]).real(),
            Self::Symmetrised => third_by(&[0, 1, 2].map(|k| word[k]), &expected),
            Self::Normal => in_order(word, [raising, component_z, lowering]),
            Self::Antinormal => in_order(word, [lowering, component_z, raising]),
            Self::DistinctAtoms => on_distinct_atoms(word),
        }
    }
}

/// `<AB><C> + <AC><B> + <BC><A> - 2<A><B><C>`: the third moment whose cumulant is zero.
fn third_by<T: Clone>(parts: &[T; 3], moment: &dyn Fn(&[T]) -> Laurent) -> Laurent {
    let [a, b, c] = [0, 1, 2].map(|k| moment(&parts[k..=k]));
    let pair = |j: usize, k: usize| moment(&[parts[j].clone(), parts[k].clone()]);
    pair(0, 1) * c.clone() + pair(0, 2) * b.clone() + pair(1, 2) * a.clone() - Laurent::from(2) * a * b * c
}

fn raising(ensemble: u8) -> Operator {
    lowering(ensemble).adjoint()
}

fn component_x(ensemble: u8) -> Operator {
    component(ensemble, Axis::X)
}

fn component_y(ensemble: u8) -> Operator {
    component(ensemble, Axis::Y)
}

fn component_z(ensemble: u8) -> Operator {
    component(ensemble, Axis::Z)
}

/// An operator of an ensemble.
type OfEnsemble = fn(u8) -> Operator;

/// `<Sym(A B C)>` when the third cumulant vanishes for products in an order of three operators.
///
/// Each letter is a combination of the three. The ordered product of three of them is `Sym` plus shorter products, which are
/// known exactly.
fn in_order(word: &Word, order: [OfEnsemble; 3]) -> Laurent {
    (0..27).map(|choice| [choice / 9, choice / 3 % 3, choice % 3]).fold(Laurent::zero(), |sum, choice| {
        let coefficient = (0..3).fold(Laurent::from(1), |c, k| c * coefficient_in(word[k], order[choice[k]]));
        if coefficient.is_zero() {
            return sum;
        }
        let mut factors: Vec<(usize, u8)> = choice.into_iter().zip(word.iter().map(|l| l.ensemble)).collect();
        factors.sort_unstable();
        let parts = [0, 1, 2].map(|k| order[factors[k].0](factors[k].1));
        let shorter = symmetrised_product(&parts).up_to(2);
        sum + coefficient
            * (third_by(&parts, &|parts| expected_of(&symmetrised_product(parts))) - expected_of(&shorter))
    })
}

fn symmetrised_product(factors: &[Operator]) -> Operator {
    factors.iter().fold(Operator::number(Laurent::from(1)), |product, a| product.times(a)).symmetrised()
}

/// The coefficient of `S^+`, `S^z`, ... in a letter. The operators are orthogonal combinations of the letters whose
/// coefficients have modulus one, so it is the conjugate coefficient over their number.
fn coefficient_in(letter: Letter, of: OfEnsemble) -> Laurent {
    let combination = of(letter.ensemble);
    let own = combination.terms().find(|(word, _)| ***word == [letter]).map(|(_, c)| c.conjugate());
    own.unwrap_or_default() * Laurent::ratio(1, combination.terms().count() as i64)
}

/// `<Sym(A B C)>` when the third cumulant of three distinct atoms vanishes.
fn on_distinct_atoms(word: &[Letter]) -> Laurent {
    Operator::symmetric(word).terms().fold(Laurent::zero(), |sum, (word, c)| sum + c.clone() * in_distinct_atoms(word))
}

/// The same for `<A B C>`.
fn in_distinct_atoms(word: &[Letter]) -> Laurent {
    let (first, second): (Word, Word) = word.iter().partition(|l| l.ensemble == 1);
    let mut sum = Laurent::zero();
    for (a, ca) in distinct_sums(&first) {
        for (b, cb) in distinct_sums(&second) {
            sum = sum + ca.clone() * cb * distinct_moment(&[a.as_slice(), &b].concat());
        }
    }
    sum
}

/// A product of letters of one ensemble as sums over distinct atoms: letters with their coefficients.
fn distinct_sums(word: &Word) -> Vec<(Word, Laurent)> {
    let Some(ensemble) = word.first().map(|l| l.ensemble) else {
        return vec![(Word::new(), Laurent::from(1))];
    };
    let mut sums = Vec::new();
    for partition in blocks(word.len()) {
        let on_one =
            |block: &Vec<usize>| block.iter().fold(OneAtom::identity(), |q, &k| q.times(&OneAtom::spin(word[k].axis)));
        let mut partial = vec![(Word::new(), Laurent::from(1))];
        for q in partition.iter().map(on_one) {
            partial = partial.into_iter().flat_map(|(letters, c)| with_one_more(&letters, &c, &q, ensemble)).collect();
        }
        // An atom without letter is any of those that have none.
        let share = |(letters, c): (Word, Laurent)| {
            let free = (letters.len()..partition.len()).fold(c, |c, k| c * (atoms(ensemble) - Laurent::from(k as i64)));
            (letters, free)
        };
        sums.extend(partial.into_iter().map(share).filter(|(_, c)| !c.is_zero()));
    }
    sums
}

fn with_one_more(letters: &Word, c: &Laurent, q: &OneAtom, ensemble: u8) -> Vec<(Word, Laurent)> {
    let spins =
        AXES.into_iter().map(|axis| ([letters.as_slice(), &[Letter { ensemble, axis }]].concat(), q.along(axis)));
    spins.chain([(letters.clone(), q.constant())]).map(|(word, k)| (word, c.clone() * k)).collect()
}

/// `Σ <a_j b_k c_l>` over distinct atoms.
fn distinct_moment(letters: &[Letter]) -> Laurent {
    let [a, b, c] = letters else {
        return distinct_pair(letters);
    };
    let pair = |j: &Letter, k: &Letter, l: &Letter| {
        let taken = [j, k].into_iter().filter(|other| other.ensemble == l.ensemble).count() as i64;
        let n = atoms(l.ensemble);
        let share = (n.clone() - Laurent::from(taken)) * n.power(-1);
        share * distinct_pair(&[*j, *k]) * mean(*l)
    };
    let alone = [1, 2].into_iter().fold(Laurent::from(1), |share, ensemble| {
        let (n, k) = (atoms(ensemble), letters.iter().filter(|l| l.ensemble == ensemble).count() as i64);
        (0..k).fold(share, |share, taken| share * (n.clone() - Laurent::from(taken)) * n.power(-1))
    });
    let product = mean(*a) * mean(*b) * mean(*c);
    pair(a, b, c) + pair(a, c, b) + pair(b, c, a) - Laurent::from(2) * alone * product
}

/// At most two letters: `<Sym(A B)>` without the products on one atom, `δ_ab n/4`.
fn distinct_pair(letters: &[Letter]) -> Laurent {
    match letters {
        [a, b] if a == b => expected(letters) - atoms(a.ensemble) * Laurent::ratio(1, 4),
        _ => expected(letters),
    }
}

// ---- Closed equations ----

/// Equations of motion of means and covariances: the right side for each, in the symbols of [`symbol`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equations {
    /// The right sides.
    pub right: BTreeMap<Word, Laurent>,
}

impl Equations {
    /// The equations of the other moments while these stay zero.
    pub fn without(&self, zeros: &BTreeSet<Word>) -> Self {
        let vanish: BTreeSet<Symbol> = zeros.iter().map(|word| symbol(word)).collect();
        let others = self.right.iter().filter(|(word, _)| !zeros.contains(*word));
        Self { right: others.map(|(word, right)| (word.clone(), right.without(&|s| vanish.contains(s)))).collect() }
    }

    /// The means and covariances that stay zero if they are zero at the beginning: the largest part of `zeros` whose equations
    /// vanish together with it.
    pub fn invariant(&self, zeros: &BTreeSet<Word>) -> BTreeSet<Word> {
        let mut kept = zeros.clone();
        loop {
            let vanish: BTreeSet<Symbol> = kept.iter().map(|word| symbol(word)).collect();
            let moved = |word: &Word| {
                self.right.get(word).is_some_and(|right| !right.without(&|s| vanish.contains(s)).is_zero())
            };
            let stay: BTreeSet<Word> = kept.iter().filter(|word| !moved(word)).cloned().collect();
            if stay.len() == kept.len() {
                return kept;
            }
            kept = stay;
        }
    }
}

/// The means and covariances of atoms that all point along `direction`, a unit vector: `<J> = n u/2`,
/// `C_ab = n (δ_ab - u_a u_b)/4`.
pub fn polarised(direction: [Laurent; 3]) -> BTreeMap<Word, Laurent> {
    let u = |l: &Letter| direction[l.axis as usize].clone();
    let value = |word: &Word| match word.as_slice() {
        [a] => (atoms(a.ensemble) * u(a)).half(),
        [a, b] if a.ensemble == b.ensemble => {
            let same = Laurent::from(i64::from(a == b));
            atoms(a.ensemble) * (same - u(a) * u(b)) * Laurent::ratio(1, 4)
        }
        _ => Laurent::zero(),
    };
    variables().into_iter().map(|word| (word.clone(), value(&word))).collect()
}

/// [`polarised`] along `-z`: all atoms down.
pub fn all_down() -> BTreeMap<Word, Laurent> {
    polarised([0, 0, -1].map(Laurent::from))
}

/// The entries that are zero.
pub fn zeros(initial: &BTreeMap<Word, Laurent>) -> BTreeSet<Word> {
    initial.iter().filter(|(_, value)| value.is_zero()).map(|(word, _)| word.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(axis: Axis) -> Letter {
        Letter { ensemble: 1, axis }
    }

    /// `<s>` of an atom along `(3/5, 0, 4/5)`.
    fn direction() -> [Laurent; 3] {
        [Laurent::ratio(3, 5), Laurent::zero(), Laurent::ratio(4, 5)]
    }

    fn in_state(p: &Laurent, state: &BTreeMap<Word, Laurent>) -> Laurent {
        state.iter().fold(p.clone(), |p, (word, value)| p.substitute(&symbol(word), value))
    }

    /// Every choice of three components.
    fn triples() -> impl Iterator<Item = Word> {
        (0..27).map(|k| {
            let mut word: Word = [k / 9, k / 3 % 3, k % 3].map(|a| letter(AXES[a])).to_vec();
            word.sort_unstable();
            word
        })
    }

    /// Third cumulants of symmetrised products add up over independent atoms, and on one atom
    /// `Sym(s^a s^b s^c) = (δ_ab s^c + δ_ac s^b + δ_bc s^a)/12`.
    #[test]
    fn cumulants_of_distinct_atoms_vanish_for_independent_atoms() {
        let state = polarised(direction());
        let u = |l: &Letter| direction()[l.axis as usize].clone().half();
        let same = |a: &Letter, b: &Letter| Laurent::ratio(i64::from(a == b), 4);
        for word in triples() {
            let [a, b, c] = &word[..] else { panic!("three letters") };
            let third = same(a, b) * u(c) + same(a, c) * u(b) + same(b, c) * u(a);
            let one = third.clone() * Laurent::ratio(1, 3) - third + Laurent::from(2) * u(a) * u(b) * u(c);
            let gaussian = Closure::Symmetrised.third_moment(&word);
            let expected = in_state(&gaussian, &state) + atoms(1) * one;
            assert_eq!(in_state(&Closure::DistinctAtoms.third_moment(&word), &state), expected, "{word:?}");
        }
    }

    #[test]
    fn without_covariances_a_symmetrised_moment_is_a_product() {
        for word in triples() {
            let product = word.iter().fold(Laurent::from(1), |product, l| product * mean(*l));
            let covariance = |s: &Symbol| s.name().starts_with('c');
            assert_eq!(Closure::Symmetrised.third_moment(&word).without(&covariance), product);
        }
    }

    /// `X' = i[Z, X] = -Y`, and `X' = i[Z², X] = -(YZ + ZY)`.
    #[test]
    fn hamiltonians_turn_the_right_way() {
        let z = component(1, Axis::Z);
        let under = |hamiltonian: Operator| {
            let master = MasterEquation { hamiltonian, ..MasterEquation::default() };
            master.adjoint(&component(1, Axis::X))
        };
        assert_eq!(under(z.clone()), component(1, Axis::Y).scaled(&Laurent::from(-1)));
        let twice = Operator::word(vec![letter(Axis::Y), letter(Axis::Z)], Laurent::from(-2));
        assert_eq!(under(z.times(&z)), twice);
    }
}
