//! The trusted kernel: what it proves is proved.
//!
//! Everything else in the program may be wrong without a wrong proof being made. The kernel uses no floating-point
//! number, file, clock, random number or search, and the bignum crate alone. What has to be trusted:
//!
//! - [`number`], [`polynomial`]: arithmetic; a polynomial is zero when no term is left.
//! - [`expression`], [`domain`]: what a statement says. `Display` prints it.
//! - [`mod@evaluate`]: the value of an expression at a point, in any field; [`packed`]: at all values of `t` at once.
//! - `wellformed`: every symbol of a statement is declared, once, and used as what it is.
//! - [`normal`]: the normal form for symbolic sizes and the test that no denominator vanishes.
//! - [`ket`], [`algebra`]: vectors and operators of two ladders; [`rank`]: how many vectors operators and matrices annihilate.
//! - [`sign`], [`roots`], `bounds`: inequalities; [`series`], `asymptotic`: expansions and limits.
//! - [`interval`]: enclosures with outward rounding.
//! - [`certificate`]: [`certificate::check`] and [`certificate::refute`], the only makers of [`Proof`]s and
//!   [`Counterexample`]s.
//!
//! A [`Proof`] holds the [`Statement`] that it proves, so a reader of a proof compares statements, not names. Its fields
//! are private and it has no constructor outside:
//!
//! ```compile_fail
//! use twomode::exact::{Grade, Proof, Statement};
//! fn forge(statement: Statement) -> Proof {
//!     Proof { statement: Box::new(statement), grade: Grade::Identity, up_to: None }
//! }
//! ```
//!
//! while this compiles:
//!
//! ```
//! use twomode::exact::certificate::{Certificate, check};
//! use twomode::exact::{Outcome, Proof, Statement, domain::Domain};
//! use twomode::format::parse::expression;
//! fn prove(statement: &Statement) -> Option<Proof> {
//!     match check(statement, &Certificate::Identity { lemmas: vec![] }) {
//!         Outcome::Accepted(proof) => Some(proof),
//!         _ => None,
//!     }
//! }
//! let domain = Domain::default().with_real("x");
//! let statement = Statement::equation(domain, expression("(x+1)^2").unwrap(), expression("x^2+2*x+1").unwrap());
//! assert_eq!(prove(&statement).unwrap().statement(), &statement);
//! ```

use std::fmt;

pub mod algebra;
mod asymptotic;
mod bounds;
pub mod certificate;
pub mod domain;
pub mod evaluate;
pub mod expression;
mod instances;
pub mod interval;
pub mod ket;
pub mod normal;
pub mod number;
pub mod packed;
pub mod polynomial;
pub mod rank;
pub mod roots;
pub mod sample;
pub mod series;
pub mod sign;
mod wellformed;

use algebra::{Formula, Operator};
use domain::Domain;
use expression::{Expression, Symbol};
use ket::Ket;
use number::Rational;
use rank::SparseMatrix;

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposition {
    /// `lhs = rhs` wherever both sides are defined.
    Equation {
        /// Left side.
        lhs: Expression,
        /// Right side.
        rhs: Expression,
    },
    /// Two vectors are equal; basis vectors outside `0..=M` have vanishing coefficients.
    Vectors {
        /// Left side.
        lhs: Ket,
        /// Right side.
        rhs: Ket,
    },
    /// Two operators are equal, whatever the lowering operator with this `o²`.
    Operators {
        /// Left side.
        lhs: Operator,
        /// Right side.
        rhs: Operator,
        /// The ladder of the lowering operator.
        ladder: Symbol,
    },
    /// Two operators are equal for one particular lowering operator, on every `|a,b>` with `0 <= a, b <= M`.
    OperatorsOf {
        /// Left side.
        lhs: Operator,
        /// Right side.
        rhs: Operator,
        /// The lowering operator.
        formula: Formula,
    },
    /// `<ψ|operator|ψ> >= 0` for every `ψ`, for one particular lowering operator.
    NonNegative {
        /// The operator.
        operator: Operator,
        /// The lowering operator.
        formula: Formula,
    },
    /// The vectors that all operators annihilate are the multiples of one vector that is not zero.
    UniqueNullVector {
        /// The operators.
        operators: Vec<Operator>,
        /// The ladder of the lowering operator.
        ladder: Symbol,
    },
    /// The null space of each matrix has this dimension.
    NullSpaces {
        /// The matrices.
        matrices: Vec<SparseMatrix>,
        /// The dimensions.
        dimensions: Vec<usize>,
    },
    /// `lhs >= rhs`, or `lhs > rhs`, wherever both sides are defined.
    AtLeast {
        /// Left side.
        lhs: Expression,
        /// Right side.
        rhs: Expression,
        /// Whether equality is excluded.
        strict: bool,
    },
    /// `expression = Σ_k coefficients[k] symbol^k + O(symbol^n)` for `symbol → 0`, with `n` coefficients.
    Expansion {
        /// The expression, a rational function of the symbol for each size.
        expression: Expression,
        /// The variable.
        symbol: Symbol,
        /// The coefficients, without the variable.
        coefficients: Vec<Expression>,
    },
    /// `lim expression = value` as the size goes to infinity, with everything else fixed.
    LargeSize {
        /// The expression.
        expression: Expression,
        /// The limit, without the size.
        value: Expression,
    },
    /// `lim_{symbol → at} expression = value`.
    Limit {
        /// The expression, a rational function of the symbol for each size.
        expression: Expression,
        /// The variable.
        symbol: Symbol,
        /// Where it tends to.
        at: Rational,
        /// The limit.
        value: Expression,
    },
    /// `low <= expression <= high` for all values of the variables in their closed ranges.
    Enclosure {
        /// The expression.
        expression: Expression,
        /// The variables with their ranges.
        variables: Vec<(Symbol, Rational, Rational)>,
        /// Lower bound.
        low: Rational,
        /// Upper bound.
        high: Rational,
    },
}

/// A proposition together with the variables and assumptions for which it is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The variables and their ranges.
    pub domain: Domain,
    /// What is claimed.
    pub proposition: Proposition,
}

impl Statement {
    /// `lhs = rhs` on a domain.
    pub fn equation(domain: Domain, lhs: Expression, rhs: Expression) -> Self {
        Self { domain, proposition: Proposition::Equation { lhs, rhs } }
    }
}

/// How strongly something is established, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Proved symbolically for all parameters.
    Identity,
    /// Proved for all parameters from a witness that the kernel checked.
    Certificate,
    /// Exact, for every case up to a bound.
    Exhaustive,
    /// A rigorous interval.
    Enclosure,
    /// Floating point with an error estimate; no proof.
    Observed,
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Identity => "identity",
            Self::Certificate => "certificate",
            Self::Exhaustive => "exhaustive",
            Self::Enclosure => "enclosure",
            Self::Observed => "observed",
        })
    }
}

/// A statement that the kernel has proved, with the strength and reach of the proof. Only the kernel makes one.
#[derive(Clone, Debug)]
pub struct Proof {
    statement: Box<Statement>,
    grade: Grade,
    up_to: Option<i64>,
}

impl Proof {
    /// What is proved.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// How.
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// The largest size covered, when not every size of the domain is.
    pub fn up_to(&self) -> Option<i64> {
        self.up_to
    }
}

/// A point of the domain where a statement fails, with both values. Only the kernel makes one.
#[derive(Clone, Debug)]
pub struct Counterexample {
    statement: Statement,
    description: String,
}

impl Counterexample {
    /// What is refuted.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The point and both values, exactly.
    pub fn description(&self) -> &str {
        &self.description
    }
}

/// The answer of the kernel to a statement with a certificate.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Proved.
    Accepted(Proof),
    /// The certificate does not prove the statement; why.
    Rejected(String),
    /// The kernel cannot judge the certificate; why. No verdict of any kind.
    Declined(String),
}
