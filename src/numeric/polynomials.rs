//! Systems `dy/dt = f(y)` of polynomials, compiled from exact ones.
//!
//! The right sides come as Laurent polynomials in variables and parameters ([`crate::model::moments`]). Changes of variables
//! are made on them exactly ([`Change`]); then a [`Family`] keeps the terms, and [`Family::at`] puts numbers for the
//! parameters, with the coefficients summed in twice the precision.

use std::collections::BTreeMap;

use faer::Mat;

use super::double::Double;
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

    /// The system at these values of the parameters.
    pub fn at(&self, parameters: &[Double]) -> System {
        let powers = Powers::new(parameters);
        let terms = self.monomials.iter().map(|m| {
            let products = m
                .coefficient
                .iter()
                .map(|(c, exponents)| exponents.iter().fold(*c, |product, (at, k)| product * powers.get(*at, *k)));
            let c = products.fold(Double::default(), |sum, x| sum + x);
            Term { equation: m.equation, factors: m.factors, c }
        });
        System { size: self.size, equations: self.equations, terms: terms.collect() }
    }
}

/// Powers of the parameters, computed once.
struct Powers {
    tables: Vec<[Double; 2 * Powers::MOST + 1]>,
    parameters: Vec<Double>,
}

impl Powers {
    const MOST: usize = 4;

    fn new(parameters: &[Double]) -> Self {
        let table = |x: &Double| {
            let (one, inverse) = (Double::from(1.0), Double::from(1.0) / *x);
            let mut table = [one; 2 * Self::MOST + 1];
            for k in 1..=Self::MOST {
                table[Self::MOST + k] = table[Self::MOST + k - 1] * *x;
                table[Self::MOST - k] = table[Self::MOST - k + 1] * inverse;
            }
            table
        };
        Self { tables: parameters.iter().map(table).collect(), parameters: parameters.to_vec() }
    }

    fn get(&self, at: usize, k: i32) -> Double {
        let place = usize::try_from(k + Self::MOST as i32).ok();
        let known = place.and_then(|place| self.tables[at].get(place));
        known.copied().unwrap_or_else(|| self.parameters[at].powi(k))
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
/// let logistic = Family::new(&[y], &[k], &[growth]).unwrap().at(&[3.0.into()]);
/// assert_eq!(logistic.flow(&[1.0]), [2.0]); // 1·(3 - 1)
/// assert_eq!(logistic.jacobian(&[1.0])[(0, 0)], 1.0); // 3 - 2
/// ```
#[derive(Clone, Debug)]
pub struct System {
    size: usize,
    equations: usize,
    terms: Vec<Term>,
}

#[derive(Clone, Copy, Debug)]
struct Term {
    equation: usize,
    factors: [usize; HIGHEST_DEGREE],
    c: Double,
}

impl System {
    /// How many variables there are.
    pub fn size(&self) -> usize {
        self.size
    }

    /// `f(y)`.
    pub fn flow(&self, y: &[f64]) -> Vec<f64> {
        let mut flow = vec![0.0; self.equations];
        let value = |at: usize| y.get(at).copied().unwrap_or(1.0);
        for Term { equation, factors: [j, k, l], c } in &self.terms {
            flow[*equation] += c.to_f64() * value(*j) * value(*k) * value(*l);
        }
        flow
    }

    /// `f(y)` in twice the precision.
    pub fn flow_of(&self, y: &[Double]) -> Vec<Double> {
        let mut flow = vec![Double::default(); self.equations];
        for term in &self.terms {
            flow[term.equation] = flow[term.equation] + term.value(y);
        }
        flow
    }

    /// For each equation the sum of the magnitudes of its terms at `y`: what its rounding and a residual are compared with.
    pub fn magnitudes(&self, y: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.equations];
        let value = |at: usize| y.get(at).copied().unwrap_or(1.0);
        for Term { equation, factors: [j, k, l], c } in &self.terms {
            sums[*equation] += (c.to_f64() * value(*j) * value(*k) * value(*l)).abs();
        }
        sums
    }

    /// `∂f_k/∂y_l`, in row `k` and column `l`.
    pub fn jacobian(&self, y: &[f64]) -> Mat<f64> {
        let mut jacobian = Mat::zeros(self.equations, self.size);
        let value = |at: usize| y.get(at).copied().unwrap_or(1.0);
        for Term { equation, factors: [j, k, l], c } in &self.terms {
            for (by, others) in [(*j, [*k, *l]), (*k, [*j, *l]), (*l, [*j, *k])] {
                if by < self.size {
                    jacobian[(*equation, by)] += c.to_f64() * value(others[0]) * value(others[1]);
                }
            }
        }
        jacobian
    }

    /// [`System::jacobian`] in twice the precision, as rows.
    pub fn jacobian_of(&self, y: &[Double]) -> Vec<Vec<Double>> {
        let mut rows = vec![vec![Double::default(); self.size]; self.equations];
        let value = |at: usize| y.get(at).copied().unwrap_or(Double::from(1.0));
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

impl Term {
    fn value(&self, y: &[Double]) -> Double {
        self.factors.iter().filter_map(|at| y.get(*at)).fold(self.c, |product, y| product * *y)
    }
}
