//! The atomic levels of the cavity scheme of section X, as energies linear in `ω_e`, `δe` and `δB`.

use super::trace;
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, symbol};

/// A level of one atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// `|↓>`.
    Down,
    /// `|↑>`.
    Up,
    /// `|e_↓>`.
    ExcitedDown,
    /// `|e_↑>`.
    ExcitedUp,
}

use Level::{Down, ExcitedDown, ExcitedUp, Up};

/// The four levels.
pub const LEVELS: [Level; 4] = [Down, Up, ExcitedDown, ExcitedUp];

impl Level {
    /// As LaTeX, in an ensemble.
    pub fn latex(self, ensemble: u8) -> String {
        match self {
            Down => format!(r"\downarrow_{ensemble}"),
            Up => format!(r"\uparrow_{ensemble}"),
            ExcitedDown => format!(r"e_{{\downarrow {ensemble}}}"),
            ExcitedUp => format!(r"e_{{\uparrow {ensemble}}}"),
        }
    }

    /// Whether a transition between this ground state and an excited state changes the arrow.
    pub fn flips(self, excited: Level) -> bool {
        matches!((self, excited), (Down, ExcitedUp) | (Up, ExcitedDown))
    }
}

/// Arbitrary `ω_e = w`, `δe = d`, `δB = b`.
pub fn energies() -> Domain {
    Domain::default().with_real("w").with_real("d").with_real("b")
}

fn indicator(condition: bool) -> Expression {
    Expression::from(i64::from(condition))
}

/// `<level|H_0|level>` for the displayed Hamiltonian with `sign` in front of `δe |e_↓>_2<e_↓|_2`.
pub fn displayed(sign: i64, ensemble: u8, level: Level) -> Expression {
    let at = |n: u8, l: Level| indicator(ensemble == n && level == l);
    let excited = at(ensemble, ExcitedDown) + at(ensemble, ExcitedUp);
    let split = at(1, ExcitedUp) + sign * at(2, ExcitedDown);
    let gradient = at(2, ExcitedUp) - at(2, ExcitedDown) + at(2, Up) - at(2, Down);
    symbol("w") * excited + symbol("d") * split + symbol("b") / 2 * gradient
}

/// The energy of a level, with the sign that the text around `H_0` asks for.
pub fn energy(ensemble: u8, level: Level) -> Expression {
    trace::uses("s55");
    displayed(1, ensemble, level)
}

/// The frequency of the transition between two levels of one atom.
pub fn line(ensemble: u8, excited: Level, ground: Level) -> Expression {
    energy(ensemble, excited) - energy(ensemble, ground)
}
