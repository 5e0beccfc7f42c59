//! The derived equations in variables that do not cancel.
//!
//! Second-order moments of two ensembles are large and nearly opposite: `X+² = C11xx + C22xx + 2 C12xx` falls from
//! `N/4` to about one while each term grows with `N`. The variables here are
//!
//! > `z_i`, `a_i = C_ii^xx`, `j_i = 2a_i + b_i + z_i²` (the square of the total spin; `b_i = C_ii^zz`), `X+²`, the gap
//! > `X+² - Z-²` with `Z-² = b_1 + b_2 - 2 C12zz`, and `b_i`.
//!
//! The change is made on the polynomials themselves, exactly. Then `j_i` changes at the rates of the local noise alone,
//! however fast the collective dissipation is; in the equation of `X+²` the difference `cosh 2r - sinh 2r` is
//! `e^{-2r}`; and for strong squeezing `X+²` and `Z-²`, which then differ little, are not subtracted. `b_i` follows
//! from the others, but as `j_i - 2a_i - z_i²` it would lose its digits: it keeps its own equation, and no other names
//! it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::exact::expression::Symbol;
use crate::model::laurent::{Laurent, variable};
use crate::model::moments::{Closure, MasterEquation, RATES, all_down, symbol, zeros};
use crate::numeric::double::Number;
use crate::numeric::polynomials::{Change, CompileError, Family};

/// The parameters, in the order of [`super::MeanField::parameters`].
pub(super) const PARAMETERS: usize = 7;

/// What is read off a state.
pub(super) const READ: [&str; 10] =
    ["s1z", "s2z", "c11xx", "c22xx", "c11zz", "c22zz", "c12xx", "c12zz", "x_plus_sq", "z_minus_sq"];

/// The variables of ensembles that differ, and of equal ones.
const VARIABLES: [&str; 10] = ["s1z", "s2z", "c11xx", "c22xx", "spin1", "spin2", "x_plus_sq", "gap", "c11zz", "c22zz"];
const OF_EQUAL: [&str; 6] = ["s1z", "c11xx", "spin1", "x_plus_sq", "gap", "c11zz"];

/// The positions of `z_i`, `a_i`, `j_i` among the variables of ensembles that differ.
pub(super) fn ensemble(i: usize) -> [usize; 3] {
    [i, 2 + i, 4 + i]
}

/// The positions of `X+²` and the gap.
pub(super) const PAIR: [usize; 2] = [6, 7];

/// The positions of `b_i`.
pub(super) const ZZ: [usize; 2] = [8, 9];

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

    /// For equal ensembles, with six variables.
    pub fn equal() -> Result<&'static Self, CompileError> {
        static EQUAL: LazyLock<Result<Equations, CompileError>> = LazyLock::new(|| Equations::new(&OF_EQUAL, true));
        EQUAL.as_ref().map_err(Clone::clone)
    }

    fn new(names: &[&str], equal: bool) -> Result<Self, CompileError> {
        let right = DERIVED.as_ref().map_err(Clone::clone)?;
        let flow = in_variables(right, equal);
        let start = |name: &&str| {
            let new = new_variables().into_iter().find(|(new, _)| new.name() == *name);
            let new = new.map(|(_, p)| p).unwrap_or_default();
            let down = all_down().iter().fold(new, |p, (word, value)| p.substitute(&symbol(word), value));
            if equal { down.substitute(&Symbol::new("n2"), &variable("n1")) } else { down }
        };
        let variables: Vec<Symbol> = names.iter().map(|name| Symbol::new(name)).collect();
        let parameters = parameters();
        let rights: Vec<Laurent> = variables.iter().filter_map(|name| flow.get(name).cloned()).collect();
        let read: Vec<Laurent> = READ.iter().map(|name| read_off(name, equal)).collect();
        let down: Vec<Laurent> = names.iter().map(start).collect();
        Ok(Self {
            flow: Family::new(&variables, &parameters, &rights)?,
            read: Family::new(&variables, &parameters, &read)?,
            down: Family::new(&[], &parameters, &down)?,
        })
    }

    /// The state with all atoms down.
    pub fn start<T: Number>(&self, parameters: &[T]) -> Vec<T> {
        self.down.at(parameters).flow(&[])
    }
}

/// The symbols of the parameters: `e^r`, the rates, the numbers of atoms.
fn parameters() -> Vec<Symbol> {
    ["e"].iter().chain(&RATES).chain(&["n1", "n2"]).map(|name| Symbol::new(name)).collect()
}

/// The closed equations from the state with all atoms down: those of the moments that do not stay zero, with the
/// symmetry of rotations about `z`, `C^yy = C^xx` in an ensemble and `C12yy = -C12xx`.
static DERIVED: LazyLock<Result<BTreeMap<Symbol, Laurent>, CompileError>> = LazyLock::new(|| {
    let closed = MasterEquation::engineered().all(Closure::Cartesian);
    let equations = closed.map_err(|e| CompileError::Degree(e.to_string()))?;
    let moving = equations.without(&equations.invariant(&zeros(&all_down())));
    Ok(moving.right.into_iter().map(|(word, right)| (symbol(&word), right)).collect())
});

fn named(pairs: Vec<(&str, Laurent)>) -> Vec<(Symbol, Laurent)> {
    pairs.into_iter().map(|(name, p)| (Symbol::new(name), p)).collect()
}

/// The variables in the derived ones.
fn new_variables() -> Vec<(Symbol, Laurent)> {
    let v = variable;
    let two = Laurent::from(2);
    let spin = |a: &str, b: &str, z: &str| two.clone() * v(a) + v(b) + v(z) * v(z);
    let x_plus_sq = v("c11xx") + v("c22xx") + two.clone() * v("c12xx");
    let z_minus_sq = v("c11zz") + v("c22zz") - two.clone() * v("c12zz");
    let mut new: Vec<(&str, Laurent)> =
        ["s1z", "s2z", "c11xx", "c22xx", "c11zz", "c22zz"].into_iter().map(|name| (name, v(name))).collect();
    new.push(("spin1", spin("c11xx", "c11zz", "s1z")));
    new.push(("spin2", spin("c22xx", "c22zz", "s2z")));
    new.push(("x_plus_sq", x_plus_sq.clone()));
    new.push(("gap", x_plus_sq - z_minus_sq));
    named(new)
}

/// What replaces derived moments; `spins`: also `b_i`, by what is left of the square of the total spin.
fn old_variables(spins: bool, equal: bool) -> Vec<(Symbol, Laurent)> {
    let v = variable;
    let z_minus_sq = v("x_plus_sq") - v("gap");
    let mut old = vec![
        ("c12yy", -v("c12xx")),
        ("c11yy", v("c11xx")),
        ("c22yy", v("c22xx")),
        ("c12xx", (v("x_plus_sq") - v("c11xx") - v("c22xx")).half()),
        ("c12zz", (v("c11zz") + v("c22zz") - z_minus_sq).half()),
    ];
    if spins {
        let left = |j: &str, a: &str, z: &str| v(j) - Laurent::from(2) * v(a) - v(z) * v(z);
        old.extend([("c11zz", left("spin1", "c11xx", "s1z")), ("c22zz", left("spin2", "c22xx", "s2z"))]);
    }
    if equal {
        old.extend([("s2z", v("s1z")), ("c22xx", v("c11xx")), ("c22zz", v("c11zz")), ("spin2", v("spin1"))]);
        old.push(("n2", v("n1")));
    }
    named(old)
}

/// The equations of the variables.
fn in_variables(right: &BTreeMap<Symbol, Laurent>, equal: bool) -> BTreeMap<Symbol, Laurent> {
    let (own, others): (Vec<_>, Vec<_>) =
        new_variables().into_iter().partition(|(name, _)| ["c11zz", "c22zz"].contains(&name.name()));
    let own = Change { new: own, old: old_variables(false, equal) };
    let others = Change { new: others, old: old_variables(true, equal) };
    own.apply(right).into_iter().chain(others.apply(right)).collect()
}

/// A moment, or `Z-²`, in the variables.
fn read_off(name: &str, equal: bool) -> Laurent {
    let change = Change { new: Vec::new(), old: old_variables(false, equal) };
    match name {
        "z_minus_sq" => change.express(&(variable("x_plus_sq") - variable("gap"))),
        _ => change.express(&variable(name)),
    }
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
        for (name, right) in in_variables(derived(), false) {
            let collective = right.symbols().any(|s| s.name() == "gamma");
            assert_eq!(collective, !name.name().starts_with("spin"), "{name}' = {right}");
        }
    }

    #[test]
    fn no_other_equation_names_the_zz_covariances() {
        for (name, right) in in_variables(derived(), false) {
            let named = right.symbols().any(|s| s.name().ends_with("zz"));
            assert_eq!(named, name.name().ends_with("zz"), "{name}' = {right}");
        }
    }

    #[test]
    fn the_change_of_variables_and_its_inverse_agree() {
        for spins in [false, true] {
            let change = Change { new: new_variables(), old: old_variables(spins, false) };
            for (name, p) in change.new.iter().filter(|(name, _)| spins != name.name().ends_with("zz")) {
                let zz = !spins && name.name().starts_with("spin");
                assert!(zz || change.express(p) == variable(name.name()), "{name}");
            }
        }
    }
}
