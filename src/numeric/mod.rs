//! Floating point: the paper's models where only numbers decide.
//!
//! What this room promises:
//! - **Every number carries its error.** A result is an [`Estimate`]: a value and an absolute error. The error is evidence,
//!   not proof: it comes from a condition number, a second evaluation or a refinement, each function says which, and the
//!   tests compare it with the true error (exact rationals, closed forms, another program).
//! - **Floats never prove.** What comes from here has the grade `observed`; an identity is established by the exact rooms.
//! - **Nothing cancels silently.** Formulas are written in the form that is stable over the whole accepted range (in
//!   `e^{-2r}`, in differences of neighbouring amplitudes); outside the range a typed error names the value and what is
//!   accepted. No public function panics.
//!
//! | file | what it computes | cost |
//! |---|---|---|
//! | [`metrology`] | moments, QFIM and Wineland parameter of the GTMSS of two spins | constant |
//! | [`unitary`] | the two-mode two-axis twisting protocol and its optimum | about S² log S operations |
//! | [`lindblad`] | the engineered dissipation: sectors without a matrix, the relations of equal spins | see there |
//! | [`chebyshev`], [`state`], [`evolve`] | time evolution from any state | about S^2.7 for spins from the vacuum (measured) |
//! | [`steady`], [`unequal`] | steady states of any two ladders, the optimum over r | n^4 for spins, n^7 otherwise |
//! | [`permutation`] | the same with noise of single atoms, all total spins | about n^9 steady, n^6.6 in time (measured, 8 to 16 atoms each) |
//! | [`meanfield`] | second-order mean-field theory with noise of single atoms, any number of them: steady state, evolution, optimum | constant; some hundred steps |
//! | `minimum` | the least value over `r`: a grid, then Brent's method | about 60 evaluations |
//! | [`noise`] | rates of noise of single atoms, and the moments that the two programs with it report | |
//! | [`polynomials`], [`radau`] | systems of polynomial equations from exact ones, and their stiff evolution | (5n)³ a step |

pub mod chebyshev;
pub mod convert;
pub mod double;
pub mod evolve;
pub mod lindblad;
pub mod meanfield;
pub mod metrology;
mod minimum;
pub mod noise;
pub mod permutation;
pub mod polynomials;
pub mod radau;
pub mod state;
pub mod steady;
pub mod unequal;
pub mod unitary;

/// A number and its absolute error: the true value is believed to lie within `value ± error`.
///
/// ```
/// use twomode::numeric::Estimate;
/// let third = Estimate { value: 1.0 / 3.0, error: 1e-16 };
/// assert_eq!(third.to_string(), "0.3333333333333333 ± 1e-16");
/// assert!(third.agrees_with(1.0 / 3.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The computed value.
    pub value: f64,
    /// Absolute error, never negative.
    pub error: f64,
}

impl Estimate {
    /// The value with an error of `relative` times its magnitude.
    pub(crate) fn relative(value: f64, relative: f64) -> Self {
        Self { value, error: relative * value.abs() }
    }

    /// Whether `other` lies within the error.
    ///
    /// ```
    /// let one = twomode::numeric::Estimate { value: 1.0, error: 0.1 };
    /// assert!(one.agrees_with(1.05) && !one.agrees_with(1.2) && !one.agrees_with(f64::NAN));
    /// ```
    pub fn agrees_with(&self, other: f64) -> bool {
        (self.value - other).abs() <= self.error
    }
}

impl std::fmt::Display for Estimate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} ± {:.0e}", self.value, self.error)
    }
}
