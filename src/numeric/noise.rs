//! Noise of single atoms, Eq. (S59): its rates, and the moments of two ensembles that the exact and the mean-field programs
//! both report.

use super::Estimate;

/// The rates of what acts on single atoms, in units of the rate of the engineered dissipation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// `γ_-`, of `D[σ⁻]`.
    pub relaxation: f64,
    /// `γ_z`, of `D[σᶻ]` with `σᶻ = ±1`: coherences of one atom fade at the rate `2γ_z`.
    pub dephasing: f64,
    /// `γ_+`, of `D[σ⁺]`.
    pub pumping: f64,
}

impl Rates {
    fn named(&self) -> [(&'static str, f64); 3] {
        [("γ_-", self.relaxation), ("γ_z", self.dephasing), ("γ_+", self.pumping)]
    }

    /// The largest of the three.
    pub fn largest(&self) -> f64 {
        self.named().into_iter().map(|(_, rate)| rate).fold(0.0, f64::max)
    }

    /// The first rate that is negative, no number, or beyond `most`, with its name.
    pub(crate) fn outside(&self, most: f64) -> Option<(&'static str, f64)> {
        self.named().into_iter().find(|(_, rate)| !(0.0..=most).contains(rate))
    }
}

/// Means and covariances of two ensembles in a state with the symmetries of the state with all atoms down.
///
/// First moments of `X` and `Y` and the correlations `<XY>` vanish; `C_ii^yy = C_ii^xx`, `C_12^yy = -C_12^xx` and
/// `<(Y_1 - Y_2)²> = <(X_1 + X_2)²>`, by the rotations that keep `Z_1 - Z_2`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairMoments {
    /// `<Z_1>`, `<Z_2>`; `S_i^z` in Eq. (S60).
    pub z: [Estimate; 2],
    /// `<X_1²>`, `<X_2²>`; `C_ii^xx`.
    pub xx: [Estimate; 2],
    /// `<Z_i²> - <Z_i>²`; `C_ii^zz`.
    pub zz: [Estimate; 2],
    /// `<X_1 X_2>`; `C_12^xx`.
    pub cross_xx: Estimate,
    /// `<Z_1 Z_2> - <Z_1><Z_2>`; `C_12^zz`.
    pub cross_zz: Estimate,
    /// `<(X_1 + X_2)²>`, computed as such, so that squeezing does not cost digits.
    pub x_plus_sq: Estimate,
}

impl PairMoments {
    /// Each number with its name in files and in JSON.
    pub fn named(&self) -> [(&'static str, Estimate); 9] {
        [
            ("s1", self.z[0]),
            ("s2", self.z[1]),
            ("c11xx", self.xx[0]),
            ("c22xx", self.xx[1]),
            ("c11zz", self.zz[0]),
            ("c22zz", self.zz[1]),
            ("c12xx", self.cross_xx),
            ("c12zz", self.cross_zz),
            ("x_plus_sq", self.x_plus_sq),
        ]
    }
}
