//! Lowering operators `O|m> = o(m)|m-1>`, Eq. (2), kept as `o²(m)`, which is rational where `o(m)` is not.

use num_traits::{Signed, Zero};

use super::{LADDER, ladder, size, trace};
use crate::exact::expression::{Expression, Linear};
use crate::exact::number::{Rational, rational};

/// A lowering operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lowering {
    /// Spin `S` with `m_max = 2S`: `o²(m) = S(S+1) - (m-S)(m-S-1) = m (2S+1-m)`.
    Spin,
    /// A boson, `o²(m) = m`, with `m_max = ∞`; cut off at a finite `m_max` it is the hard-core boson.
    Boson,
    /// Pairs of bosons, `o²(m) = 2m (2m-1)`, `m_max = ∞`.
    TwoPhoton,
    /// Given values `o²(1), ..., o²(m_max)`.
    Table(Vec<Rational>),
}

/// Why a table is no lowering operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NegativeSquare {
    /// The position.
    pub m: usize,
    /// The value of `o²(m)`.
    pub value: Rational,
}

impl std::fmt::Display for NegativeSquare {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "o²({}) = {} is negative; squares of real matrix elements are >= 0", self.m, self.value)
    }
}

impl std::error::Error for NegativeSquare {}

impl Lowering {
    /// A table `o²(1), o²(2), ...`.
    ///
    /// # Errors
    /// [`NegativeSquare`] for the first negative entry.
    pub fn table(squares: Vec<Rational>) -> Result<Self, NegativeSquare> {
        match squares.iter().position(Rational::is_negative) {
            Some(at) => Err(NegativeSquare { m: at + 1, value: squares[at].clone() }),
            None => Ok(Self::Table(squares)),
        }
    }

    /// The values `o²(1), ..., o²(m_max)` of a function.
    ///
    /// # Errors
    /// [`NegativeSquare`] for the first negative value.
    ///
    /// ```
    /// use twomode::exact::number::rational;
    /// use twomode::model::lowering::Lowering;
    /// let linear = Lowering::function(3, |m| rational(m * m, 1)).unwrap();
    /// assert_eq!(linear.squared(3, 3).to_string(), "9");
    /// assert!(Lowering::function(3, |m| rational(2 - m, 1)).is_err());
    /// ```
    pub fn function(m_max: i64, squared: impl Fn(i64) -> Rational) -> Result<Self, NegativeSquare> {
        Self::table((1..=m_max).map(squared).collect())
    }

    /// `o²(m)` for a size `m_max`; zero for `m = 0` and beyond `m_max`.
    ///
    /// ```
    /// use twomode::model::lowering::Lowering;
    /// assert_eq!(Lowering::Spin.squared(1, 1).to_string(), "1");
    /// assert_eq!(Lowering::Spin.squared(2, 3).to_string(), "4");
    /// ```
    pub fn squared(&self, m: i64, m_max: i64) -> Rational {
        if m < 1 || m > m_max {
            return Rational::zero();
        }
        match self {
            Self::Spin => rational(m, 1) * rational(m_max + 1 - m, 1),
            Self::Boson => rational(m, 1),
            Self::TwoPhoton => rational(2 * m, 1) * rational(2 * m - 1, 1),
            Self::Table(squares) => squares.get((m - 1) as usize).cloned().unwrap_or_else(Rational::zero),
        }
    }

    /// `o²(1), ..., o²(m_max)`.
    ///
    /// ```
    /// use twomode::{exact::number::rational, model::lowering::Lowering};
    /// assert_eq!(Lowering::Spin.squares(3), [3, 4, 3].map(|n| rational(n, 1)));
    /// ```
    pub fn squares(&self, m_max: usize) -> Vec<Rational> {
        (1..=m_max as i64).map(|m| self.squared(m, m_max as i64)).collect()
    }

    /// `o²(L)` with the size symbolic; `None` for a table, which has one size.
    pub fn formula(&self, l: &Linear) -> Option<Expression> {
        let m = l.to_expression();
        trace::uses("eq2");
        match self {
            Self::Spin => Some(m.clone() * (size() + 1 - m)),
            Self::Boson => Some(m),
            Self::TwoPhoton => Some(2 * m.clone() * (2 * m - 1)),
            Self::Table(_) => None,
        }
    }

    /// An expression in which `o²` is this operator's; unchanged for a table.
    pub fn specialise(&self, e: &Expression) -> Expression {
        e.replace_values(&ladder(), &|l| self.formula(l).unwrap_or_else(|| Expression::Value(ladder(), l.clone())))
    }
}

/// `o²(L)` of an arbitrary lowering operator.
pub fn any(l: Linear) -> Expression {
    Expression::Value(crate::exact::expression::Symbol::new(LADDER), l)
}

/// `o²(m)` of `2S` spins-1/2 in their symmetric states, from counting: `J_-` flips one of `m` excited atoms, and
/// `<D_{m-1}|J_-|D_m> = (2S-m+1) sqrt(C(2S,m-1)/C(2S,m))`, so `o² = (2S-m+1)² C(2S,m-1)/C(2S,m)`.
///
/// Each of the `C(2S,m-1)` configurations of `|D_{m-1}>` is reached from `2S-m+1` configurations of `|D_m>`.
pub fn symmetric_atoms(m: &Linear) -> Expression {
    let two_s = super::m_max();
    let ways = (two_s.clone() + 1 - m.clone()).to_expression();
    ways.pow(2) * Expression::Binomial(two_s.clone(), m.clone() - 1) / Expression::Binomial(two_s, m.clone())
}
