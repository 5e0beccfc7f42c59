//! The engineered master equation in floating point: two ladders, their jump operators, and the weak symmetry.
//!
//! Both dissipators keep `d_ket - d_bra`, where `d = m1 - m2`: `L_1` lowers `d` by one on both sides of `ρ`, `L_2` raises
//! it. So `ρ` splits into sectors `k = d_ket - d_bra` that evolve alone ([`sector::Sector`]), and a sector is a row of
//! blocks `ρ_d` of `n_d × n_{d-k}` elements. On the levels of one `d` (a [`line::Line`]) the rate `K = Σ L†L` is
//! tridiagonal, and each jump operator takes the line to its neighbour with two elements a row. All matrix elements are
//! real; the adjoint of a sector is the sector `-k`; for equal ladders the exchange of the two systems maps `ρ_d` to
//! `ρ_{-d}`. What starts symmetric stays so, and half of it is enough.

pub mod line;
pub mod sector;
pub mod spins;

use crate::exact::number::Rational;
use crate::model::lindblad::{Jump, Ladder, jumps};
use crate::model::lowering::Lowering;
use crate::model::pieces::steady_states;

use super::convert::to_f64;

/// Two ladders with two jump operators that lower and raise `d = m1 - m2` by one.
///
/// ```
/// use twomode::numeric::lindblad::Dissipation;
/// let pair = Dissipation::spins(9, 9, 0.75).unwrap();
/// assert_eq!(pair.top(), [9, 9]);
/// assert!(pair.exchange_symmetric() && !Dissipation::spins(2, 3, 0.75).unwrap().exchange_symmetric());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Dissipation {
    squares: [Vec<Rational>; 2],
    ladders: [Ladder<f64>; 2],
    jumps: [Jump<f64>; 2],
    r: f64,
}

/// Why a master equation was refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DissipationError {
    /// A ladder without a second level.
    NoLevels,
    /// The squeezing strength is not finite, or beyond [`Dissipation::MAX_R`].
    Squeezing(f64),
    /// An `o²` that is negative or has no double.
    Element {
        /// The level.
        m: usize,
        /// The square of the matrix element.
        squared: f64,
    },
}

impl std::fmt::Display for DissipationError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::NoLevels => write!(f, "a ladder has m_max = 0; accepted: m_max >= 1"),
            Self::Squeezing(r) => {
                write!(f, "r is {r}; accepted: |r| <= {} (the slow rates fall as e^(-2|r|))", Dissipation::MAX_R)
            }
            Self::Element { m, squared } => {
                write!(f, "o²({m}) is {squared}; accepted are squares of real matrix elements: finite, not negative")
            }
        }
    }
}

impl std::error::Error for DissipationError {}

impl Dissipation {
    /// Largest |r| accepted. Matrix elements grow as `e^{2r}` and slow rates fall as `e^{-2r}`, so doubles lose all digits of
    /// a slow rate near `e^{4r} = 10^16`, `r = 9.2`.
    pub const MAX_R: f64 = 9.0;

    /// Eq. (10), `L_j = cosh(r) O_j + sinh(r) O_{j̄}†`, for two ladders given by `o²(1), ..., o²(m_max)`; rate 1.
    ///
    /// # Errors
    /// An empty ladder, a negative or infinite `o²`, `|r|` beyond [`Self::MAX_R`].
    pub fn engineered(squares: [&[Rational]; 2], r: f64) -> Result<Self, DissipationError> {
        if r.is_nan() || r.abs() > Self::MAX_R {
            return Err(DissipationError::Squeezing(r));
        }
        let [first, second] = squares.map(orthonormal);
        let ladders = [first?, second?];
        let squares = squares.map(<[Rational]>::to_vec);
        Ok(Self { jumps: jumps(&ladders, &r.cosh(), &r.sinh()), squares, ladders, r })
    }

    /// Eq. (10) for two spins `two_s1/2` and `two_s2/2`.
    ///
    /// # Errors
    /// A spin of size zero, `|r|` beyond [`Self::MAX_R`].
    pub fn spins(two_s1: usize, two_s2: usize, r: f64) -> Result<Self, DissipationError> {
        Self::engineered([&Lowering::Spin.squares(two_s1), &Lowering::Spin.squares(two_s2)], r)
    }

    /// Whether both ladders are those of spins, equal or not.
    pub fn are_spins(&self) -> bool {
        self.squares.iter().all(|squares| *squares == Lowering::Spin.squares(squares.len()))
    }

    /// The largest levels of the two systems.
    pub fn top(&self) -> [usize; 2] {
        [0, 1].map(|j| self.ladders[j].down.len() - 1)
    }

    /// The lowering operators in the orthonormal basis `|m>`.
    pub fn ladders(&self) -> &[Ladder<f64>; 2] {
        &self.ladders
    }

    /// The two jump operators.
    pub fn jumps(&self) -> &[Jump<f64>; 2] {
        &self.jumps
    }

    /// The squeezing strength.
    pub fn r(&self) -> f64 {
        self.r
    }

    /// The same with the two systems exchanged.
    pub fn exchanged(&self) -> Self {
        let [first, second] = self.squares.clone();
        let [one, two] = self.ladders.clone();
        let ladders = [two, one];
        Self { squares: [second, first], jumps: jumps(&ladders, &self.r.cosh(), &self.r.sinh()), ladders, r: self.r }
    }

    /// The dimension of the kernel of the Liouvillian, [`steady_states`].
    pub fn nullity(&self) -> usize {
        steady_states([&self.squares[0], &self.squares[1]], self.r != 0.0)
    }

    /// Whether the exchange of the two systems is a symmetry: whether their lowering operators are equal.
    pub fn exchange_symmetric(&self) -> bool {
        self.ladders[0] == self.ladders[1]
    }
}

/// `o(m)` from `o²(m)`, as a ladder in the orthonormal basis.
fn orthonormal(squares: &[Rational]) -> Result<Ladder<f64>, DissipationError> {
    if squares.is_empty() {
        return Err(DissipationError::NoLevels);
    }
    let element = |(at, squared): (usize, &Rational)| {
        let squared = to_f64(squared);
        let accepted = squared.is_finite() && squared >= 0.0;
        if accepted { Ok(squared.sqrt()) } else { Err(DissipationError::Element { m: at + 1, squared }) }
    };
    let elements = squares.iter().enumerate().map(element).collect::<Result<Vec<f64>, _>>()?;
    let padded = |front: &[f64], back: &[f64]| [front, &elements, back].concat();
    Ok(Ladder { down: padded(&[0.0], &[]), up: padded(&[], &[0.0]) })
}
