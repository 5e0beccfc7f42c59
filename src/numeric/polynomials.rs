//! Systems `dy/dt = f(y)` of polynomials, compiled from exact ones.
//!
//! The right sides come as Laurent polynomials in variables and parameters ([`crate::model::moments`]). Changes of
//! variables are made on them exactly ([`Change`]); then a [`Family`] keeps the terms, and [`Family::at`] puts numbers
//! for the parameters, with the coefficients summed in twice the precision.

use std::collections::BTreeMap;

use super::double::{Double, Number};
use crate::exact::expression::Symbol;
use crate::model::laurent::Laurent;

/// The highest degree in the variables.
pub const HIGHEST_DEGREE: usize = 3;

/// Why polynomials cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompileError {
    /// A symbol that is neither variable nor parameter.
    Unknown(Symbol),
    /// A term with more factors than [`HIGHEST_DEGREE`], or a variable in a denominator.
    Degree(String),
}

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Unknown(symbol) => write!(f, "{symbol} is neither a variable nor a parameter"),
            Self::Degree(term) => {
                write!(f, "{term} is no product of at most {HIGHEST_DEGREE} variables; accepted are such products")
            }
        }
    }
}

impl std::error::Error for CompileError {}

/// New variables as polynomials in old ones, and back.
pub struct Change {
    /// Each new variable in the old ones.
    pub new: Vec<(Symbol, Laurent)>,
    /// What replaces old variables, one after the other; a later entry also replaces inside the earlier ones.
    pub old: Vec<(Symbol, Laurent)>,
}

impl Change {
    /// The polynomial in the new variables.
    pub fn express(&self, p: &Laurent) -> Laurent {
        self.old.iter().fold(p.clone(), |p, (old, by)| p.substitute(old, by))
    }

    /// The equations of the new variables, `dy/dt = Σ_j ∂y/∂x_j f_j`, from those of the old ones.
    pub fn apply(&self, right: &BTreeMap<Symbol, Laurent>) -> Vec<(Symbol, Laurent)> {
        let motion = |p: &Laurent| {
            let parts = right.iter().map(|(x, f)| p.derivative(x) * f.clone());
            self.express(&parts.fold(Laurent::zero(), |sum, part| sum + part))
        };
        self.new.iter().map(|(name, p)| (name.clone(), motion(p))).collect()
    }
}

/// Polynomials in variables whose coefficients are Laurent polynomials in parameters.
#[derive(Clone, Debug)]
pub struct Family {
    size: usize,
    equations: usize,
    monomials: Vec<Monomial>,
}

/// The terms of one equation with the same variables.
#[derive(Clone, Debug)]
struct Monomial {
    equation: usize,
    factors: [usize; HIGHEST_DEGREE],
    /// Number, and exponents of the parameters.
    coefficient: Vec<(Double, Vec<(usize, i32)>)>,
}

impl Family {
    /// The polynomials `right`, with these variables and parameters.
    ///
    /// # Errors
    /// [`CompileError`] for an unknown symbol and a degree that is too high.
    pub fn new(variables: &[Symbol], parameters: &[Symbol], right: &[Laurent]) -> Result<Self, CompileError> {
        let mut monomials: BTreeMap<(usize, [usize; HIGHEST_DEGREE]), Vec<_>> = BTreeMap::new();
        for (equation, polynomial) in right.iter().enumerate() {
            for (exponents, c) in polynomial.terms() {
                let degree = || CompileError::Degree(Laurent::term(exponents.clone(), c.clone()).to_string());
                // Absent factors point to a one behind the variables.
                let (mut factors, mut found) = ([variables.len(); HIGHEST_DEGREE], 0);
                let mut powers = Vec::new();
                for (symbol, k) in exponents {
                    if let Some(at) = variables.iter().position(|v| v == symbol) {
                        for _ in 0..usize::try_from(*k).map_err(|_| degree())? {
                            *factors.get_mut(found).ok_or_else(degree)? = at;
                            found += 1;
                        }
                    } else {
                        let at = parameters.iter().position(|p| p == symbol);
                        if k.unsigned_abs() as usize > MOST_POWER {
                            return Err(degree());
                        }
                        powers.push((at.ok_or_else(|| CompileError::Unknown(symbol.clone()))?, *k));
                    }
                }
                factors.sort_unstable();
                monomials.entry((equation, factors)).or_default().push((Double::from(c), powers));
            }
        }
        let monomials = monomials
            .into_iter()
            .map(|((equation, factors), coefficient)| Monomial { equation, factors, coefficient })
            .collect();
        Ok(Self { size: variables.len(), equations: right.len(), monomials })
    }

    /// The system at these values of the parameters, its coefficients summed in their precision.
    pub fn at<T: Number>(&self, parameters: &[T]) -> System<T> {
        let powers = Powers::new(parameters);
        let mut starts = vec![0; self.equations + 1];
        let terms = self.monomials.iter().map(|m| {
            starts[m.equation + 1] += 1;
            let products = m.coefficient.iter().map(|(c, exponents)| {
                exponents.iter().fold(T::of(*c), |product, (at, k)| product * powers.get(*at, *k))
            });
            let c = products.fold(T::default(), |sum, x| sum + x);
            Term { equation: m.equation, factors: m.factors, c }
        });
        let terms = terms.collect();
        (0..self.equations).for_each(|k| starts[k + 1] += starts[k]);
        System { size: self.size, starts, terms }
    }
}

/// The powers of each parameter, computed once.
struct Powers<T> {
    tables: Vec<[T; 2 * MOST_POWER + 1]>,
}

/// The largest exponent of a parameter.
const MOST_POWER: usize = 4;

impl<T: Number> Powers<T> {
    fn new(parameters: &[T]) -> Self {
        let table = |x: &T| {
            let (one, inverse) = (T::from(1.0), T::from(1.0) / *x);
            let mut table = [one; 2 * MOST_POWER + 1];
            for k in 1..=MOST_POWER {
                table[MOST_POWER + k] = table[MOST_POWER + k - 1] * *x;
                table[MOST_POWER - k] = table[MOST_POWER - k + 1] * inverse;
            }
            table
        };
        Self { tables: parameters.iter().map(table).collect() }
    }

    fn get(&self, at: usize, k: i32) -> T {
        self.tables[at][(k + MOST_POWER as i32) as usize]
    }
}

/// Polynomials `f(y)` of degree 3 at most: the right sides of `dy/dt = f(y)`, or what is read off a state.
///
/// ```
/// use twomode::exact::expression::Symbol;
/// use twomode::model::laurent::{Laurent, variable};
/// use twomode::numeric::polynomials::Family;
/// let growth = variable("y") * (variable("k") - variable("y"));
/// let [y, k] = ["y", "k"].map(Symbol::new);
/// let logistic = Family::new(&[y], &[k], &[growth]).unwrap().at(&[3.0]);
/// assert_eq!(logistic.flow(&[1.0]), [2.0]); // 1·(3 - 1)
/// assert_eq!(logistic.jacobian(&[1.0]), [[1.0]]); // 3 - 2
/// ```
#[derive(Clone, Debug)]
pub struct System<T> {
    size: usize,
    /// Where the terms of each equation begin; then their number.
    starts: Vec<usize>,
    terms: Vec<Term<T>>,
}

#[derive(Clone, Copy, Debug)]
struct Term<T> {
    equation: usize,
    factors: [usize; HIGHEST_DEGREE],
    c: T,
}

impl<T: Number> System<T> {
    /// How many variables there are.
    pub fn size(&self) -> usize {
        self.size
    }

    /// How many polynomials there are.
    pub fn equations(&self) -> usize {
        self.starts.len() - 1
    }

    /// The same with rounded coefficients.
    pub fn rounded(&self) -> System<f64> {
        let terms = self.terms.iter().map(|t| Term { equation: t.equation, factors: t.factors, c: t.c.to_f64() });
        System { size: self.size, starts: self.starts.clone(), terms: terms.collect() }
    }

    /// One polynomial at `y`.
    pub fn value(&self, equation: usize, y: &[T]) -> T {
        let terms = &self.terms[self.starts[equation]..self.starts[equation + 1]];
        terms.iter().fold(T::default(), |sum, term| sum + term.value(y))
    }

    /// The derivative of one polynomial by one variable.
    pub fn slope(&self, equation: usize, by: usize, y: &[T]) -> T {
        let terms = &self.terms[self.starts[equation]..self.starts[equation + 1]];
        let value = |at: usize| y.get(at).copied().unwrap_or(T::from(1.0));
        let mut sum = T::default();
        for Term { factors: [j, k, l], c, .. } in terms {
            for (factor, others) in [(*j, [*k, *l]), (*k, [*j, *l]), (*l, [*j, *k])] {
                if factor == by {
                    sum = sum + *c * value(others[0]) * value(others[1]);
                }
            }
        }
        sum
    }

    /// All of them: `f(y)`.
    pub fn flow(&self, y: &[T]) -> Vec<T> {
        (0..self.equations()).map(|k| self.value(k, y)).collect()
    }

    /// For each the sum of the magnitudes of its terms at `y`: what its rounding and a residual are compared with.
    pub fn magnitudes(&self, y: &[T]) -> Vec<f64> {
        let mut sums = vec![0.0; self.equations()];
        self.terms.iter().for_each(|term| sums[term.equation] += term.value(y).to_f64().abs());
        sums
    }

    /// `∂f_k/∂y_l`, in row `k` and column `l`.
    pub fn jacobian(&self, y: &[T]) -> Vec<Vec<T>> {
        let mut rows = vec![vec![T::default(); self.size]; self.equations()];
        let value = |at: usize| y.get(at).copied().unwrap_or(T::from(1.0));
        for Term { equation, factors: [j, k, l], c } in &self.terms {
            for (by, others) in [(*j, [*k, *l]), (*k, [*j, *l]), (*l, [*j, *k])] {
                if by < self.size {
                    rows[*equation][by] = rows[*equation][by] + *c * value(others[0]) * value(others[1]);
                }
            }
        }
        rows
    }
}

impl<T: Number> Term<T> {
    fn value(&self, y: &[T]) -> T {
        self.factors.iter().filter_map(|at| y.get(*at)).fold(self.c, |product, y| product * *y)
    }
}
