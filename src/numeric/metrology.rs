//! Moments, quantum Fisher information and Wineland parameter of the GTMSS of two spins, at every size and squeezing.
//!
//! # Derivation
//! Write t = tanh r, M = 2S. The state norm·Σ (-t)^m |m,m> has populations p_m ∝ t^{2m} and a_m = -t a_{m-1}. Let
//! A = Σ p_m o²(m) and B = Σ p_m o²(m+1); shifting the sum, A = t² B. Then
//!
//! - Z = ⟨Z₁⟩ = (A - B)/2 = -(B/2)(1 - t²), because Z = (O†O - OO†)/2;
//! - 2⟨X₁²⟩ = (A + B)/2 = (B/2)(1 + t²) and ⟨X₁X₂⟩ = -⟨Y₁Y₂⟩ = ½ Σ a_m a_{m-1} o²(m) = -(t/2) B;
//! - so ⟨X₊²⟩ = (B/2)(1 - t)² = -Z (1-t)/(1+t) = -Z e^{-2r}, likewise ⟨Y₋²⟩, and ⟨X₋²⟩ = ⟨Y₊²⟩ = -Z e^{2r}.
//!
//! Everything is thus Z and e^{±2r}. With λ = -ln|t| the populations are e^{-2λm}, the centred partition sum is
//! sinh((M+1)λ)/sinh λ, and Z = -½ d/dλ of its logarithm:
//!
//! > Z = ½ [coth λ - (M+1) coth((M+1)λ)] = ½ [L(λ) - (M+1) L((M+1)λ)], with L(y) = coth y - 1/y.
//!
//! The poles 1/λ have cancelled on paper, not in the machine. Both terms have condition number at most one in λ, the
//! second is at least twice the first, and λ = ln1p(2/expm1(2|r|)) is accurate from r = 0 (λ infinite) to the largest r.
//!
//! The first moments of X±, Y± vanish, and so do their symmetrised correlations, so that the QFIM (four times the
//! *symmetrised* covariance) is diagonal. The product ⟨X₊Y₊⟩ itself is not zero: it is iZ, because [X₊,Y₊] = i(Z₁+Z₂).

use super::Estimate;

/// Two spins S in the GTMSS of squeezing r. Every method costs a constant number of operations.
///
/// ```
/// use twomode::numeric::metrology::SpinPair;
/// let pair = SpinPair::new(1, 0.75)?; // two spins 1/2: Z = -1/(2 cosh 2r)
/// assert!((pair.z().value + 0.5 / 1.5f64.cosh()).abs() < 1e-15);
/// assert!(SpinPair::new(2_000_000, 20.0)?.xi2().error < 1e-19);
/// # Ok::<(), twomode::numeric::metrology::MetrologyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpinPair {
    /// Twice the size of each spin.
    pub two_s: u64,
    /// Squeezing parameter.
    pub r: f64,
}

/// Why a [`SpinPair`] was refused.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum MetrologyError {
    /// 2S = 0: a spin of size zero has no fluctuations.
    NoSpin,
    /// r is not a finite number.
    NotFinite(f64),
    /// |r| exceeds [`SpinPair::MAX_R`], beyond which ⟨X₊²⟩ ~ e^{-4r} leaves the range of doubles.
    TooSqueezed(f64),
}

impl std::fmt::Display for MetrologyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let max = SpinPair::MAX_R;
        match self {
            Self::NoSpin => write!(f, "2S is 0; accepted: 2S >= 1"),
            Self::NotFinite(r) => write!(f, "r is {r}; accepted: a finite number with |r| <= {max}"),
            Self::TooSqueezed(r) => write!(f, "r is {r}; accepted: |r| <= {max} (beyond, <X+^2> underflows)"),
        }
    }
}

impl std::error::Error for MetrologyError {}

impl SpinPair {
    /// Largest |r| accepted: up to here e^{-4|r|}, and 10^-15 of it, are normal doubles: no moment or error underflows.
    pub const MAX_R: f64 = 160.0;

    /// Relative error of every result: 16 units of 2^-52, about 3.6e-15. The formulas lose at most about ten roundings of
    /// 2^-53 (see the module); the tests check this bound against 50-digit sums. It assumes r to be exactly the given
    /// double, and elementary functions good to one unit in the last place, as those of common systems are.
    pub const RELATIVE_ERROR: f64 = 16.0 * f64::EPSILON;

    /// Two spins of size `two_s`/2 at squeezing `r`.
    ///
    /// # Errors
    /// When `two_s` is zero, or `r` not finite or beyond [`Self::MAX_R`].
    ///
    /// ```
    /// use twomode::numeric::metrology::SpinPair;
    /// let refused = SpinPair::new(3, 1e4).unwrap_err();
    /// assert_eq!(refused.to_string(), "r is 10000; accepted: |r| <= 160 (beyond, <X+^2> underflows)");
    /// ```
    pub fn new(two_s: u64, r: f64) -> Result<Self, MetrologyError> {
        let pair = Self { two_s, r };
        pair.check().map(|()| pair)
    }

    fn check(&self) -> Result<(), MetrologyError> {
        match self.r {
            _ if self.two_s == 0 => Err(MetrologyError::NoSpin),
            r if !r.is_finite() => Err(MetrologyError::NotFinite(r)),
            r if r.abs() > Self::MAX_R => Err(MetrologyError::TooSqueezed(r)),
            _ => Ok(()),
        }
    }

    /// Z = ⟨Z₁⟩ = ⟨Z₂⟩, by the formula of the module; -S at r = 0, and tending to 0 as r grows.
    ///
    /// ```
    /// let z = twomode::numeric::metrology::SpinPair::new(7, 0.0).unwrap().z();
    /// assert_eq!(z.value, -3.5);
    /// ```
    pub fn z(&self) -> Estimate {
        estimate(self.polarisation())
    }

    /// N_Q = -4Z, the prefactor of the QFIM: Eq. (4).
    ///
    /// ```
    /// let pair = twomode::numeric::metrology::SpinPair::new(1, 1.0).unwrap();
    /// assert!(pair.n_q().agrees_with(2.0 / 2f64.cosh())); // Eq. (4) for one term of the sum
    /// ```
    pub fn n_q(&self) -> Estimate {
        estimate(-4.0 * self.polarisation())
    }

    /// ⟨X₊²⟩ = -Z e^{-2r}.
    ///
    /// ```
    /// let pair = twomode::numeric::metrology::SpinPair::new(1, 0.0).unwrap();
    /// assert_eq!(pair.x_plus_sq().value, 0.5); // N/4 for N = 2 unentangled atoms
    /// ```
    pub fn x_plus_sq(&self) -> Estimate {
        estimate(-self.polarisation() * (-2.0 * self.r).exp())
    }

    /// ⟨X₋²⟩ = -Z e^{2r}.
    ///
    /// ```
    /// let pair = twomode::numeric::metrology::SpinPair::new(4, 160.0).unwrap();
    /// assert!((pair.x_minus_sq().value - 8.0).abs() < 1e-13); // M(M+2)/3 at infinite squeezing
    /// ```
    pub fn x_minus_sq(&self) -> Estimate {
        estimate(-self.polarisation() * (2.0 * self.r).exp())
    }

    /// ⟨Y₊²⟩ = ⟨X₋²⟩.
    ///
    /// ```
    /// let pair = twomode::numeric::metrology::SpinPair::new(4, 0.3).unwrap();
    /// assert_eq!(pair.y_plus_sq(), pair.x_minus_sq());
    /// ```
    pub fn y_plus_sq(&self) -> Estimate {
        self.x_minus_sq()
    }

    /// ⟨Y₋²⟩ = ⟨X₊²⟩.
    ///
    /// ```
    /// let pair = twomode::numeric::metrology::SpinPair::new(4, 0.3).unwrap();
    /// assert_eq!(pair.y_minus_sq(), pair.x_plus_sq());
    /// ```
    pub fn y_minus_sq(&self) -> Estimate {
        self.x_plus_sq()
    }

    /// The Wineland parameter ξ² = N⟨X₊²⟩/(2Z)² = S e^{-2r}/(-Z), with N = 4S: Eq. (8).
    ///
    /// ```
    /// let pair = twomode::numeric::metrology::SpinPair::new(30, 100.0).unwrap();
    /// assert!(pair.xi2().agrees_with(3.0 / (30.0 + 2.0) / 2.0)); // 3/(N + 4) at infinite squeezing
    /// ```
    pub fn xi2(&self) -> Estimate {
        estimate(-0.5 * self.two_s as f64 * (-2.0 * self.r).exp() / self.polarisation())
    }

    /// Q_max = (4/3) M (M+2), the limit of N_Q e^{2r} at infinite squeezing: Eq. (7). It does not depend on r.
    ///
    /// ```
    /// let q_max = twomode::numeric::metrology::SpinPair::new(3, 0.0).unwrap().q_max();
    /// assert!(q_max.agrees_with(20.0));
    /// ```
    pub fn q_max(&self) -> Estimate {
        let m = self.two_s as f64;
        estimate(4.0 * m * (m + 2.0) / 3.0)
    }

    /// The QFIM of the state for rotations about X₊, X₋, Y₊, Y₋, in this order: Eq. (4). Off the diagonal it is exactly
    /// zero by symmetry, with error 0.
    ///
    /// ```
    /// let pair = twomode::numeric::metrology::SpinPair::new(9, 0.75).unwrap();
    /// let q = pair.qfim();
    /// assert!((q[1][1].value / q[0][0].value - 3f64.exp()).abs() < 1e-13); // e^{4r}
    /// assert_eq!(q[0][2].value, 0.0);
    /// ```
    pub fn qfim(&self) -> [[Estimate; 4]; 4] {
        let mut q = [[Estimate { value: 0.0, error: 0.0 }; 4]; 4];
        let moments = [self.x_plus_sq(), self.x_minus_sq(), self.y_plus_sq(), self.y_minus_sq()];
        for (k, moment) in moments.into_iter().enumerate() {
            q[k][k] = Estimate { value: 4.0 * moment.value, error: 4.0 * moment.error };
        }
        q
    }

    /// Z as a bare number.
    fn polarisation(&self) -> f64 {
        let levels = self.two_s as f64 + 1.0;
        let lambda = (2.0 / (2.0 * self.r.abs()).exp_m1()).ln_1p();
        0.5 * (langevin(lambda) - levels * langevin(levels * lambda))
    }
}

/// An estimate with the relative error of this file.
fn estimate(value: f64) -> Estimate {
    Estimate::relative(value, SpinPair::RELATIVE_ERROR)
}

/// The Langevin function L(y) = coth y - 1/y for y >= 0, also at infinity.
///
/// Up to y = 3 by the continued fraction y/(3 + y²/(5 + y²/(7 + ...))) (the ratio of the modified Bessel functions of
/// order 3/2 and 1/2), all of whose terms are positive; fifteen levels reach full precision there. Above, 1 - 1/y +
/// 2/expm1(2y) loses less than one bit.
fn langevin(y: f64) -> f64 {
    if y > 3.0 {
        return 1.0 - 1.0 / y + 2.0 / (2.0 * y).exp_m1();
    }
    let tail = (2..=15).rev().fold(0.0, |tail, k| y * y / (2.0 * f64::from(k) + 1.0 + tail));
    y / (3.0 + tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn langevin_branches_agree_and_converge() {
        for y in [2.9, 2.99999, 3.0] {
            let direct = 1.0 - 1.0 / y + 2.0 / f64::exp_m1(2.0 * y);
            assert!((langevin(y) / direct - 1.0).abs() < 4e-16, "{y}");
        }
        for y in (1..=300).map(|k| 0.01 * f64::from(k)) {
            let deep = (2..=60).rev().fold(0.0, |tail, k| y * y / (2.0 * f64::from(k) + 1.0 + tail));
            assert!((langevin(y) * (3.0 + deep) / y - 1.0).abs() < 6e-16, "{y}");
        }
        assert_eq!(langevin(0.0), 0.0);
        assert_eq!(langevin(f64::INFINITY), 1.0);
        assert!((langevin(1e-200) / (1e-200 / 3.0) - 1.0).abs() < 4e-16);
    }
}
