//! Where a statement is claimed to hold: its variables and what is assumed of them.

use std::fmt;

use num_traits::{One, Signed};

use super::expression::{Linear, Symbol};
use super::number::Rational;

/// The size of a subsystem: `m_max`, for spins `2S`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// Its symbol.
    pub symbol: Symbol,
    /// The smallest size.
    pub least: i64,
}

/// An integer variable `from <= symbol <= to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its symbol.
    pub symbol: Symbol,
    /// The smallest value.
    pub from: Linear,
    /// The largest value; `None` when there is none.
    pub to: Option<Linear>,
}

/// What is assumed of a real variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Any real number.
    Any,
    /// `0 < |x| < 1`, as `tanh r` for finite `r ≠ 0`. An identity between rational functions of `x` extends by
    /// continuity to every `x` where both sides are defined.
    Unit,
    /// `0 < x < 1`, as `tanh r` for finite `r > 0`.
    Fraction,
    /// `x > 0`.
    Positive,
}

impl Range {
    /// Whether `0 < |x| < 1`, so that every power `x^L` with an integer `L` has a value and `x^n -> 0`.
    pub fn is_proper(self) -> bool {
        matches!(self, Self::Unit | Self::Fraction)
    }

    /// Whether `x > 0`.
    pub fn is_positive(self) -> bool {
        matches!(self, Self::Fraction | Self::Positive)
    }

    /// Whether numbers of the range come as near to a number as one likes.
    pub fn approaches(self, x: &Rational) -> bool {
        (!self.is_proper() || x.clone().abs() <= Rational::one()) && (!self.is_positive() || !x.is_negative())
    }

    /// Whether every number of `other` is one of `self`.
    fn includes(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Fraction
    }
}

/// A real variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Real {
    /// Its symbol.
    pub symbol: Symbol,
    /// Its range.
    pub range: Range,
}

/// The variables of a statement and their ranges.
///
/// ```
/// use twomode::exact::domain::Domain;
/// let d = Domain::sizes("M", 1).with_unit("t");
/// assert_eq!(d.to_string(), "M >= 1, 0 < |t| < 1");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain {
    /// The symbolic size, if the statement has one.
    pub size: Option<Size>,
    /// Further integer variables.
    pub indices: Vec<Index>,
    /// Real variables.
    pub reals: Vec<Real>,
    /// Sequences `f >= 0`, arbitrary for `1 <= m` (and `m <= M` when there is a size `M`) and zero elsewhere: the `o²(m)`
    /// of a lowering operator.
    pub ladders: Vec<Symbol>,
    /// Those of the ladders that vanish nowhere for `1 <= m` (and `m <= M`).
    pub nonzero: Vec<Symbol>,
    /// Real sequences, arbitrary for `0 <= m` (and `m <= M`) and zero elsewhere: amplitudes.
    pub sequences: Vec<Symbol>,
}

impl Domain {
    /// All sizes from `least` on.
    pub fn sizes(symbol: &str, least: i64) -> Self {
        Self { size: Some(Size { symbol: Symbol::new(symbol), least }), ..Self::default() }
    }

    /// Adds a real variable without restriction.
    pub fn with_real(mut self, symbol: &str) -> Self {
        self.reals.push(Real { symbol: Symbol::new(symbol), range: Range::Any });
        self
    }

    /// Adds a real variable with `0 < |x| < 1`.
    pub fn with_unit(mut self, symbol: &str) -> Self {
        self.reals.push(Real { symbol: Symbol::new(symbol), range: Range::Unit });
        self
    }

    /// Adds a real variable with `0 < x < 1`.
    pub fn with_fraction(mut self, symbol: &str) -> Self {
        self.reals.push(Real { symbol: Symbol::new(symbol), range: Range::Fraction });
        self
    }

    /// Adds a real variable with `x > 0`.
    pub fn with_positive(mut self, symbol: &str) -> Self {
        self.reals.push(Real { symbol: Symbol::new(symbol), range: Range::Positive });
        self
    }

    /// Adds an integer variable.
    pub fn with_index(mut self, symbol: &str, from: impl Into<Linear>, to: Option<Linear>) -> Self {
        self.indices.push(Index { symbol: Symbol::new(symbol), from: from.into(), to });
        self
    }

    /// Adds the squared matrix elements of a lowering operator.
    pub fn with_ladder(mut self, symbol: &str) -> Self {
        self.ladders.push(Symbol::new(symbol));
        self
    }

    /// Adds the squared matrix elements of a lowering operator none of which vanishes for `1 <= m <= M`.
    pub fn with_nonzero_ladder(mut self, symbol: &str) -> Self {
        self.nonzero.push(Symbol::new(symbol));
        self.with_ladder(symbol)
    }

    /// Adds an arbitrary real sequence.
    pub fn with_sequence(mut self, symbol: &str) -> Self {
        self.sequences.push(Symbol::new(symbol));
        self
    }

    /// The same domain without a real variable.
    pub fn without_real(&self, symbol: &Symbol) -> Self {
        let mut rest = self.clone();
        rest.reals.retain(|r| r.symbol != *symbol);
        rest
    }

    /// The largest index `M`, as a linear form.
    pub fn top(&self) -> Option<Linear> {
        self.size.as_ref().map(|s| Linear::symbol(s.symbol.name()))
    }

    /// Whether a value at `l` lies evidently outside a sequence that starts at `first`: before it or beyond the size.
    pub fn outside(&self, l: &Linear, first: i64) -> bool {
        let before = l.as_integer().is_some_and(|at| at < first);
        before || self.top().and_then(|top| (l.clone() - top).as_integer()).is_some_and(|excess| excess > 0)
    }

    /// Whether `symbol` is an integer variable.
    pub fn is_integer(&self, symbol: &Symbol) -> bool {
        self.size.as_ref().is_some_and(|s| s.symbol == *symbol) || self.indices.iter().any(|i| i.symbol == *symbol)
    }

    /// The range of a real variable.
    pub fn range(&self, symbol: &Symbol) -> Option<Range> {
        self.reals.iter().find(|r| r.symbol == *symbol).map(|r| r.range)
    }

    /// Whether every point of `other` is, as far as real variables and sequences go, one of `self`.
    pub fn covers_reals(&self, other: &Self) -> bool {
        let real = |r: &Real| other.range(&r.symbol).is_some_and(|range| r.range.includes(range));
        let nonzero = self.nonzero.iter().all(|s| other.nonzero.contains(s));
        let ladders = self.ladders.iter().all(|s| other.ladders.contains(s));
        self.reals.iter().all(real) && nonzero && ladders && self.sequences.iter().all(|s| other.sequences.contains(s))
    }

    /// A lower bound of a linear form on the domain, if one is evident.
    ///
    /// Indices are eliminated, last one first, at the end of their range that makes the form smallest; then the size at
    /// its least value.
    pub fn least_value(&self, form: &Linear) -> Option<i64> {
        let mut form = form.clone();
        for index in self.indices.iter().rev() {
            let k = form.coefficient(&index.symbol);
            let end = if k >= 0 { Some(&index.from) } else { index.to.as_ref() };
            if k != 0 {
                form = form.substitute(&index.symbol, end?);
            }
        }
        if let Some(size) = &self.size {
            if form.coefficient(&size.symbol) < 0 {
                return None;
            }
            form = form.substitute(&size.symbol, &Linear::from(size.least));
        }
        form.as_integer()
    }

    /// Each integer symbol as `lower end + slack` with a slack that is at least 0: the size as `least + slack`, an index
    /// from `from`. `None` when an upper end is not of the form `slack + ...` (several indices between the same ends).
    pub fn slacks(&self) -> Vec<(Symbol, Linear)> {
        let mut rules = Vec::new();
        let slack = |s: &Symbol| format!("{s}#");
        if let Some(size) = &self.size {
            rules.push((size.symbol.clone(), Linear::symbol(&slack(&size.symbol)) + size.least));
        }
        for index in &self.indices {
            let up_to_size = index.to.as_ref().zip(self.size.as_ref()).filter(|(to, size)| {
                to.homogeneous() == Linear::symbol(size.symbol.name()) && index.from.as_integer().is_some()
            });
            let up = Linear::symbol(&slack(&index.symbol));
            if let Some((to, size)) = up_to_size {
                // from <= m <= M + d: then M = m - d + slack, which is sharper than M >= least. The slack has a name of
                // its own: earlier indices may be written with that of M >= least.
                let m = up + index.from.clone();
                rules.retain(|(s, _)| *s != size.symbol);
                let rest = Linear::symbol(&format!("{}#{}", size.symbol, index.symbol));
                rules.push((size.symbol.clone(), m.clone() - to.constant + rest));
                rules.push((index.symbol.clone(), m));
            } else {
                let from = rules.iter().fold(index.from.clone(), |l, (s, form)| l.substitute(s, form));
                rules.push((index.symbol.clone(), up + from));
            }
        }
        rules
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(size) = &self.size {
            parts.push(format!("{} >= {}", size.symbol, size.least));
        }
        for i in &self.indices {
            parts.push(match &i.to {
                Some(to) => format!("{} <= {} <= {to}", i.from, i.symbol),
                None => format!("{} >= {}", i.symbol, i.from),
            });
        }
        for r in &self.reals {
            parts.push(match r.range {
                Range::Any => format!("{} real", r.symbol),
                Range::Unit => format!("0 < |{}| < 1", r.symbol),
                Range::Fraction => format!("0 < {} < 1", r.symbol),
                Range::Positive => format!("{} > 0", r.symbol),
            });
        }
        parts.extend(self.ladders.iter().map(|s| match self.nonzero.contains(s) {
            true => format!("any {s}(m) > 0"),
            false => format!("any {s}(m)"),
        }));
        parts.extend(self.sequences.iter().map(|s| format!("any {s}(m)")));
        f.write_str(&parts.join(", "))
    }
}
