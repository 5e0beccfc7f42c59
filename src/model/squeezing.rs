//! The squeezing strength `r` through `t = tanh r`: everything the paper needs is rational in `t`.
//!
//! `e^{2r} = (1+t)/(1-t)`, `cosh² r = 1/(1-t²)`, `sinh² r = t²/(1-t²)`, `cosh 2r = (1+t²)/(1-t²)`.

use crate::exact::expression::{Expression, Linear, symbol};

/// `t = tanh r`.
pub fn tanh() -> Expression {
    symbol("t")
}

/// `e^{2kr} = ((1+t)/(1-t))^k`.
///
/// ```
/// use twomode::model::squeezing::exp_2r;
/// assert_eq!(exp_2r(-1).to_string(), "((1+t)/(1-t))^(-1)");
/// ```
pub fn exp_2r(k: i32) -> Expression {
    let base = (1 + tanh()) / (1 - tanh());
    if k == 1 { base } else { base.pow(k) }
}

/// `cosh² r`.
pub fn cosh_squared() -> Expression {
    1 / (1 - tanh().pow(2))
}

/// `sinh² r`.
pub fn sinh_squared() -> Expression {
    tanh().pow(2) / (1 - tanh().pow(2))
}

/// `cosh 2r`.
pub fn cosh_2r() -> Expression {
    (1 + tanh().pow(2)) / (1 - tanh().pow(2))
}

/// `sinh 2r`.
pub fn sinh_2r() -> Expression {
    2 * tanh() / (1 - tanh().pow(2))
}

/// `tanh^L r`.
pub fn tanh_to(exponent: Linear) -> Expression {
    tanh().to_the(exponent)
}

/// `[-tanh r]^L`, the amplitudes of the state.
pub fn minus_tanh_to(exponent: Linear) -> Expression {
    (-tanh()).to_the(exponent)
}

/// `cosh r`, kept as a positive symbol `c`: it is not rational in `t`, and enters only as a common factor.
pub fn cosh() -> Expression {
    symbol("c")
}

/// `sinh r = cosh r · tanh r`.
pub fn sinh() -> Expression {
    cosh() * tanh()
}
