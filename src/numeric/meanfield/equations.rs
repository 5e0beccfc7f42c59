//! The derived equations in variables that do not cancel.
//!
//! Second-order moments of two ensembles are large and nearly opposite: `X+² = C11xx + C22xx + 2 C12xx` falls from `N/4` to
//! about one while each term grows with `N`. The variables here are
//!
//! > `e_i = z_i + n_i/2` (excited atoms), `a_i = C_ii^xx`, `d_i = n_i/2 (n_i/2 + 1) - (2a_i + b_i + z_i²)` (what the square of
//! > the total spin lacks; `b_i = C_ii^zz`), `X+²`, and `Z-² = b_1 + b_2 - 2 C12zz`.
//!
//! The change is made on the polynomials themselves, exactly. Then `d_i` changes at the rates of the local noise alone, however
//! fast the collective dissipation is, and in the equation of `X+²` the difference `cosh 2r - sinh 2r` is `e^{-2r}`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::exact::expression::Symbol;
use crate::model::laurent::{Laurent, variable};
use crate::model::moments::{Closure, MasterEquation, RATES, all_down, symbol, variables, zeros};
use crate::numeric::double::Double;
use crate::numeric::polynomials::{Change, CompileError, Family};

/// The parameters, in the order of [`super::MeanField::parameters`].
pub(super) const PARAMETERS: usize = 7;

/// What is read off a state.
pub(super) const READ: [&str; 10] =
    ["s1z", "s2z", "c11xx", "c22xx", "c11zz", "c22zz", "c12xx", "c12zz", "x_plus_sq", "z_minus_sq"];

/// The variables of ensembles that differ, and of equal ones.
const VARIABLES: [&str; 8] = ["excited1", "excited2", "c11xx", "c22xx", "lost1", "lost2", "x_plus_sq", "z_minus_sq"];
const OF_EQUAL: [&str; 5] = ["excited1", "c11xx", "lost1", "x_plus_sq", "z_minus_sq"];

/// The positions of `e_i`, `a_i`, `d_i` among the variables of ensembles that differ.
pub(super) fn ensemble(i: usize) -> [usize; 3] {
    [i, 2 + i, 4 + i]
}

/// The positions of `X+²` and `Z-²`.
pub(super) const PAIR: [usize; 2] = [6, 7];

/// The equations of motion, where they start, and how moments are read.
pub(super) struct Equations {
    /// `dy/dt`.
    pub flow: Family,
    /// [`READ`] in the variables.
    pub read: Family,
    /// All atoms down.
    pub down: Family,
}

impl Equations {
    /// For ensembles of any sizes.
    pub fn general() -> Result<&'static Self, CompileError> {
        static GENERAL: LazyLock<Result<Equations, CompileError>> = LazyLock::new(|| Equations::new(&VARIABLES, false));
        GENERAL.as_ref().map_err(Clone::clone)
    }

    /// For equal ensembles, with five variables.
    pub fn equal() -> Result<&'static Self, CompileError> {
        static EQUAL: LazyLock<Result<Equations, CompileError>> = LazyLock::new(|| Equations::new(&OF_EQUAL, true));
        EQUAL.as_ref().map_err(Clone::clone)
    }

    fn new(names: &[&str], equal: bool) -> Result<Self, CompileError> {
        let right = DERIVED.as_ref().map_err(Clone::clone)?;
        let change = change(equal);
        let kept = |name: &Symbol| names.contains(&name.name());
        let flow = change.apply(right).into_iter().filter(|(name, _)| kept(name)).collect::<BTreeMap<_, _>>();
        let start = |name: &&str| {
            let new =
                change.new.iter().find(|(new, _)| new.name() == *name).map(|(_, p)| p.clone()).unwrap_or_default();
            let down = all_down().iter().fold(new, |p, (word, value)| p.substitute(&symbol(word), value));
            if equal { down.substitute(&Symbol::new("n2"), &variable("n1")) } else { down }
        };
        let variables: Vec<Symbol> = names.iter().map(|name| Symbol::new(name)).collect();
        let parameters = parameters();
        let rights: Vec<Laurent> = variables.iter().filter_map(|name| flow.get(name).cloned()).collect();
        let read: Vec<Laurent> = READ.iter().map(|name| change.express(&variable(name))).collect();
        let down: Vec<Laurent> = names.iter().map(start).collect();
        Ok(Self {
            flow: Family::new(&variables, &parameters, &rights)?,
            read: Family::new(&variables, &parameters, &read)?,
            down: Family::new(&[], &parameters, &down)?,
        })
    }

    /// The state with all atoms down.
    pub fn start(&self, parameters: &[Double]) -> Vec<Double> {
        self.down.at(parameters).flow_of(&[])
    }
}

/// The symbols of the parameters: `e^r`, the rates, the numbers of atoms.
fn parameters() -> Vec<Symbol> {
    ["e"].iter().chain(&RATES).chain(&["n1", "n2"]).map(|name| Symbol::new(name)).collect()
}

/// The closed equations from the state with all atoms down: those of the moments that do not stay zero, with the symmetry of
/// rotations about `z`, `C^yy = C^xx` in an ensemble and `C12yy = -C12xx`.
static DERIVED: LazyLock<Result<BTreeMap<Symbol, Laurent>, CompileError>> = LazyLock::new(|| {
    let all = variables();
    let closed = MasterEquation::engineered().closed(Closure::Cartesian, &all, &BTreeSet::new(), all.len());
    let equations = closed.map_err(|e| CompileError::Degree(e.to_string()))?;
    let still = equations.invariant(&zeros(&all_down()));
    let still_symbols: BTreeSet<Symbol> = still.iter().map(|word| symbol(word)).collect();
    let moving = equations.right.iter().filter(|(word, _)| !still.contains(*word));
    Ok(moving.map(|(word, right)| (symbol(word), right.without(&|s| still_symbols.contains(s)))).collect())
});

fn change(equal: bool) -> Change {
    let v = variable;
    let half = |name: &str| v(name).half();
    let square = |p: Laurent| p.clone() * p;
    let two = Laurent::from(2);
    let spin = |n: &str| half(n) * (half(n) + Laurent::from(1));
    let lost = |n: &str, a: &str, b: &str, z: &str| spin(n) - two.clone() * v(a) - v(b) - square(v(z));
    let new = [
        ("excited1", v("s1z") + half("n1")),
        ("excited2", v("s2z") + half("n2")),
        ("c11xx", v("c11xx")),
        ("c22xx", v("c22xx")),
        ("lost1", lost("n1", "c11xx", "c11zz", "s1z")),
        ("lost2", lost("n2", "c22xx", "c22zz", "s2z")),
        ("x_plus_sq", v("c11xx") + v("c22xx") + two.clone() * v("c12xx")),
        ("z_minus_sq", v("c11zz") + v("c22zz") - two.clone() * v("c12zz")),
    ];
    // For b_i the square of the total spin: n(n/2 + 1)/2 - d - 2a - z².
    let cross = |plus: &str, first: &str, second: &str, sign: i64| {
        (v(plus) - v(first) - v(second)).half() * Laurent::from(sign)
    };
    let mut old = vec![
        ("c12yy", -v("c12xx")),
        ("c11yy", v("c11xx")),
        ("c22yy", v("c22xx")),
        ("c12xx", cross("x_plus_sq", "c11xx", "c22xx", 1)),
        ("c12zz", cross("z_minus_sq", "c11zz", "c22zz", -1)),
        ("c11zz", lost("n1", "c11xx", "lost1", "s1z")),
        ("c22zz", lost("n2", "c22xx", "lost2", "s2z")),
        ("s1z", v("excited1") - half("n1")),
        ("s2z", v("excited2") - half("n2")),
    ];
    if equal {
        old.extend([("excited2", v("excited1")), ("c22xx", v("c11xx")), ("lost2", v("lost1")), ("n2", v("n1"))]);
    }
    let named = |(name, p): (&str, Laurent)| (Symbol::new(name), p);
    Change { new: new.into_iter().map(named).collect(), old: old.into_iter().map(named).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived() -> &'static BTreeMap<Symbol, Laurent> {
        DERIVED.as_ref().unwrap()
    }

    fn rotated(p: &Laurent) -> Laurent {
        [("c12yy", -variable("c12xx")), ("c11yy", variable("c11xx")), ("c22yy", variable("c22xx"))]
            .into_iter()
            .fold(p.clone(), |p, (old, by)| p.substitute(&Symbol::new(old), &by))
    }

    #[test]
    fn rotations_about_z_are_a_symmetry_of_the_derived_equations() {
        let right = |name: &str| rotated(&derived()[&Symbol::new(name)]);
        assert_eq!(derived().len(), 11);
        assert_eq!(right("c11yy"), right("c11xx"));
        assert_eq!(right("c22yy"), right("c22xx"));
        assert_eq!(right("c12yy"), -right("c12xx"));
    }

    #[test]
    fn the_total_spin_changes_by_the_local_noise_alone() {
        for (name, right) in change(false).apply(derived()) {
            let collective = right.symbols().any(|s| s.name() == "gamma");
            assert_eq!(collective, !name.name().starts_with("lost"), "{name}' = {right}");
        }
    }

    #[test]
    fn the_change_of_variables_and_its_inverse_agree() {
        let change = change(false);
        for (name, p) in &change.new {
            assert_eq!(change.express(p), variable(name.name()));
        }
    }
}
