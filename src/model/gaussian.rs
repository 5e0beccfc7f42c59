//! A detector with a Gaussian wave function, coupled to `X+`: the exact averages that sequential measurement needs.
//!
//! Used of Gaussians is one fact, integration by parts: the integral of a derivative is zero. For a real wave function `φ`
//! with `φ'/φ = -a q`, so `(φ²)' = -2a q φ²`, it gives
//!
//! - `<q^{k+2}> = (k+1)/(2a) <q^k>`, in particular `<q²> = 1/(2a)`;
//! - `<p²> = ∫ φ'² = a² <q²> = a/2`;
//! - `d/dk <e^{ikq}> = i <q e^{ikq}> = -k/(2a) <e^{ikq}>`, so `<e^{ikq}> = e^{-k²/(4a)}`.
//!
//! `X+` commutes with the coupling and is treated through its eigenvalue `x`: averages over the spins are those of `x` and
//! `x²`, the symbols `mean` and `square`.

use std::collections::BTreeMap;

use super::calculus::derivative;
use super::trace;
use crate::exact::expression::{Expression, Linear, Symbol, ratio, symbol};

/// `log φ(q)` up to a constant, for the printed `φ(q) = (2πσ_q)^{-1/4} exp(-q²/4σ_q)`; `sigma` is `σ_q`.
pub fn log_wave_function() -> Expression {
    -(symbol("q").pow(2) / (4 * symbol("sigma")))
}

/// `a = -φ'/(q φ)`, which is free of `q`.
fn steepness() -> Expression {
    -derivative(&log_wave_function(), &Symbol::new("q")) / symbol("q")
}

/// `<q²>`, the position variance.
pub fn position_variance() -> Expression {
    1 / (2 * steepness())
}

/// `<p²> = ∫ φ'²`, the momentum variance.
pub fn momentum_variance() -> Expression {
    steepness().pow(2) * position_variance()
}

/// `d/dκ log <e^{iκ n q}>` for the frequency `κ n`: `-κ n² <q²>`.
pub fn decay(n: i64, kappa: &Expression) -> Expression {
    Expression::from(-n * n) * kappa.clone() * position_variance()
}

/// The energy `-λ x q` of the coupling, (S11).
pub fn coupling() -> Expression {
    trace::uses("s11");
    -(symbol("lambda") * symbol("x") * symbol("q"))
}

/// `p` applied to `q^k φ`, divided by `φ`: `-i (d/dq + φ'/φ)`.
pub fn momentum_of(f: &Expression) -> Expression {
    let q = Symbol::new("q");
    -Expression::I * (derivative(f, &q) + derivative(&log_wave_function(), &q) * f.clone())
}

/// `i [H, A]` applied to `q^k φ`, divided by `φ`, for the coupling `H` of (S11).
pub fn heisenberg_rate(a: impl Fn(&Expression) -> Expression) -> Expression {
    let f = symbol("q").to_the(Linear::symbol("k"));
    let energy = coupling();
    Expression::I * (energy.clone() * a(&f) - a(&(energy * f)))
}

/// `q` applied to a function.
pub fn position_of(f: &Expression) -> Expression {
    symbol("q") * f.clone()
}

/// `log` of the joint amplitude at `q` for the eigenvalue `x` of `X+`, (S16): `log φ + i λ q x T`.
pub fn log_joint_amplitude() -> Expression {
    trace::uses("s16");
    log_wave_function() + Expression::I * symbol("lambda") * symbol("q") * symbol("x") * symbol("T")
}

/// `p Ψ/Ψ = α x + β q` of the joint amplitude: `(α, β)`.
fn momentum_coefficients() -> (Expression, Expression) {
    let p = -Expression::I * derivative(&log_joint_amplitude(), &Symbol::new("q"));
    (derivative(&p, &Symbol::new("x")), derivative(&p, &Symbol::new("q")))
}

/// `<p(T)>`: `α <x>`, as `<q> = 0`.
pub fn momentum_mean() -> Expression {
    momentum_coefficients().0 * symbol("mean")
}

/// `<p(T)²> - <p(T)>²` with `<p²> = ‖pΨ‖² = |α|² <x²> + |β|² <q²>`; the mixed term has `<q> = 0`.
pub fn momentum_spread() -> Expression {
    let (alpha, beta) = momentum_coefficients();
    let modulus = |z: Expression| z.conjugate() * z;
    modulus(alpha) * symbol("square") + modulus(beta) * position_variance() - momentum_mean().pow(2)
}

/// A trigonometric polynomial `Σ_k c_k e^{ikθ}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigonometric {
    coefficients: BTreeMap<i32, Expression>,
}

impl Trigonometric {
    /// `cos θ`.
    pub fn cosine() -> Self {
        Self { coefficients: [(1, ratio(1, 2)), (-1, ratio(1, 2))].into() }
    }

    /// `sin θ`.
    pub fn sine() -> Self {
        Self { coefficients: [(1, -Expression::I / 2), (-1, Expression::I / 2)].into() }
    }

    /// `self + other`.
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        other.coefficients.iter().for_each(|(k, c)| sum.accumulate(*k, c.clone()));
        sum
    }

    /// `c · self`.
    pub fn scaled(&self, c: &Expression) -> Self {
        Self { coefficients: self.coefficients.iter().map(|(k, e)| (*k, c.clone() * e.clone())).collect() }
    }

    /// `self · other`.
    pub fn times(&self, other: &Self) -> Self {
        let mut product = Self { coefficients: BTreeMap::new() };
        for (j, a) in &self.coefficients {
            other.coefficients.iter().for_each(|(k, b)| product.accumulate(j + k, a.clone() * b.clone()));
        }
        product
    }

    /// The average over `θ = λTq`: `e^{ikθ}` becomes `g^{k²}` with `g = <e^{iθ}>`.
    ///
    /// ```
    /// use twomode::exact::expression::symbol;
    /// use twomode::model::gaussian::Trigonometric;
    /// let average = Trigonometric::cosine().average(&symbol("g"));
    /// assert_eq!(average.to_string(), "0+1/2*g^(1)+1/2*g^(1)");
    /// ```
    pub fn average(&self, g: &Expression) -> Expression {
        let term = |(k, c): (&i32, &Expression)| c.clone() * g.clone().pow(k * k);
        self.coefficients.iter().map(term).fold(Expression::from(0), |sum, e| sum + e)
    }

    fn accumulate(&mut self, k: i32, c: Expression) {
        let sum = match self.coefficients.remove(&k) {
            Some(old) => old + c,
            None => c,
        };
        self.coefficients.insert(k, sum);
    }
}
