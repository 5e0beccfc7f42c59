//! Numbers, and the coefficient of a product.

use num_traits::{One, Signed};

use crate::exact::evaluate::{Algebraic, Field, Point, evaluate};
use crate::exact::expression::{Expression, Symbol};
use crate::exact::number::Rational;

/// A rational number.
pub(super) fn rational(q: &Rational) -> String {
    if q.denom().is_one() {
        return q.numer().to_string();
    }
    let sign = if q.is_negative() { "-" } else { "" };
    format!(r"{sign}\frac{{{}}}{{{}}}", q.numer().clone().abs(), q.denom())
}

/// `± size · unit`, where the unit is `1` (`None`), `i`, `√2` or `i√2`.
pub(super) struct Monomial {
    pub negative: bool,
    pub size: Rational,
    pub unit: Option<&'static str>,
}

impl Monomial {
    pub fn one() -> Self {
        Self { negative: false, size: Rational::one(), unit: None }
    }

    /// `None` for a sum of several units.
    pub fn of(c: &Algebraic) -> Option<Self> {
        units()?.into_iter().find_map(|(unit, name)| {
            let q = c.times(&unit.inverse()?);
            let q = q.as_rational()?;
            Some(Self { negative: q.is_negative(), size: q.clone().abs(), unit: name })
        })
    }

    pub fn times(&self, c: &Algebraic) -> Option<Self> {
        let (unit, _) = units()?.into_iter().find(|(_, name)| *name == self.unit)?;
        let sign = if self.negative { -Rational::one() } else { Rational::one() };
        Self::of(&c.times(&unit).times(&Algebraic::rational(&(sign * &self.size))))
    }

    /// As LaTeX without the sign, as one fraction.
    pub fn size_latex(&self) -> String {
        let Some(unit) = self.unit else { return rational(&self.size) };
        let numerator = match self.size.numer() {
            one if one.is_one() => unit.to_owned(),
            other => format!("{other}{unit}"),
        };
        match self.size.denom() {
            one if one.is_one() => numerator,
            other => format!(r"\frac{{{numerator}}}{{{other}}}"),
        }
    }
}

fn units() -> Option<[(Algebraic, Option<&'static str>); 4]> {
    let (i, root) = (Algebraic::imaginary_unit()?, Algebraic::sqrt2()?);
    let both = i.times(&root);
    Some([
        (Algebraic::rational(&Rational::one()), None),
        (i, Some("i")),
        (root, Some(r"\sqrt{2}")),
        (both, Some(r"i\sqrt{2}")),
    ])
}

/// The value of an expression that is made of numbers alone.
pub(super) fn constant(e: &Expression) -> Option<Algebraic> {
    struct Nowhere;
    impl Point<Algebraic> for Nowhere {
        fn real(&self, _: &Symbol) -> Option<Algebraic> {
            None
        }
        fn integer(&self, _: &Symbol) -> Option<i64> {
            None
        }
        fn value(&self, _: &Symbol, _: i64) -> Option<Algebraic> {
            None
        }
    }
    if is_number(e) { evaluate(e, &Nowhere).ok() } else { None }
}

/// Whether only numbers are added, multiplied and divided; sums and powers are left as they are written.
fn is_number(e: &Expression) -> bool {
    use Expression as E;
    match e {
        E::Number(_) | E::I | E::Sqrt2 => true,
        E::Add(..) | E::Negate(_) | E::Multiply(..) | E::Divide(..) => e.parts().into_iter().all(is_number),
        _ => false,
    }
}
