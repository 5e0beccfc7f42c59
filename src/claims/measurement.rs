//! Sequential measurement: section III.

use super::{Assertion, Chapter, Claim, Class, Limits, Plan, Side, enclosed, equal, equal_vectors, exact, side};

mod backaction;
mod constants;
mod detector;

pub(super) const CLAIMS: Chapter = &[
    ("s10", backaction::s10),
    ("s10-commutator-powers", backaction::s10_commutator_powers),
    ("s11", detector::s11),
    ("s11-position-variance", detector::s11_position_variance),
    ("s11-momentum-variance", detector::s11_momentum_variance),
    ("s12", detector::s12),
    ("s13", detector::s13),
    ("s14", detector::s14),
    ("s15", backaction::s15),
    ("s16", detector::s16),
    ("s17", backaction::s17),
    ("s17-z-minus", backaction::s17_z_minus),
    ("s18", backaction::s18),
    ("s19", backaction::s19),
    ("s20", backaction::s20),
    ("s20-imprecision-floor", detector::s20_imprecision_floor),
    ("s21", constants::s21),
    ("s22", constants::s22),
    ("s23", constants::s23),
    ("s23-equal-noise", constants::s23_equal_noise),
    ("s24", constants::s24),
    ("s25", constants::s25),
    ("s25-heisenberg", constants::s25_heisenberg),
];
