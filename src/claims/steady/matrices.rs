//! Claims about jump operators and density matrices with arbitrary elements: (S46), (S47), (S57).

use super::super::{Assertion, Claim, Class, Limits, Side, equal, side};
use crate::exact::domain::Domain;
use crate::exact::expression::{Expression, symbol};
use crate::laws::DIRECT;
use crate::model::lindblad::{columns_stacked, conjugated, dissipator, rows_stacked};
use crate::model::matrix::Matrix;

/// A domain that grows with the symbols that are made.
struct Symbols(Domain);

impl Symbols {
    fn new() -> Self {
        Self(Domain::default())
    }

    fn real(&mut self, name: String) -> Expression {
        self.0 = std::mem::take(&mut self.0).with_real(&name);
        symbol(&name)
    }

    fn positive(&mut self, name: String) -> Expression {
        self.0 = std::mem::take(&mut self.0).with_positive(&name);
        symbol(&name)
    }

    /// A matrix of arbitrary real numbers.
    fn real_matrix(&mut self, name: &str, n: usize) -> Matrix {
        let names: Vec<Vec<String>> = (0..n).map(|i| (0..n).map(|j| format!("{name}{i}{j}")).collect()).collect();
        Matrix::from_rows(names.into_iter().map(|row| row.into_iter().map(|s| self.real(s)).collect()).collect())
    }

    /// A matrix of arbitrary complex numbers.
    fn matrix(&mut self, name: &str, n: usize) -> Matrix {
        let imaginary = self.real_matrix(&format!("i{name}"), n).scaled(&Expression::I);
        self.real_matrix(name, n).plus(&imaginary)
    }

    /// Positive Schmidt coefficients.
    fn schmidt(&mut self, n: usize) -> Vec<Expression> {
        (0..n).map(|m| self.positive(format!("p{m}"))).collect()
    }

    /// `left = right`, for all elements at once: contracted with one arbitrary number for each element.
    fn all_elements(mut self, left: Side<Matrix>, right: Side<Matrix>) -> Assertion {
        let rows = left.value.rows();
        let weights: Vec<Vec<Expression>> = rows
            .iter()
            .enumerate()
            .map(|(i, row)| (0..row.len()).map(|j| self.real(format!("y{i}n{j}"))).collect())
            .collect();
        let contracted = |side: Side<Matrix>| {
            let value = contraction(&side.value, &weights);
            Side::new(side.function, value).written(side.latex.unwrap_or_default())
        };
        let (left, right) = (contracted(left), contracted(right));
        equal(self.0, left, right, vec![DIRECT])
    }
}

/// `Σ y_ij a_ij`.
fn contraction(a: &Matrix, weights: &[Vec<Expression>]) -> Expression {
    let zero = Expression::from(0);
    let elements = a.rows().iter().flatten().zip(weights.iter().flatten());
    elements.filter(|(e, _)| **e != zero).fold(zero.clone(), |sum, (e, y)| {
        let term = y.clone() * e.clone();
        if sum == zero { term } else { sum + term }
    })
}

// ---- (S46) and (S47) ----

fn diagonal(entries: &[Expression]) -> Matrix {
    let zero = Expression::from(0);
    Matrix::from_function(entries.len(), entries.len(), |i, j| if i == j { entries[i].clone() } else { zero.clone() })
}

/// `Γ = A ⊗ 1 + 1 ⊗ B`.
fn sum_form(a: &Matrix, b: &Matrix) -> Matrix {
    let unit = Matrix::identity(a.rows().len());
    a.kronecker(&unit).plus(&unit.kronecker(b))
}

/// `Σ_m ψ_m |m,m>`.
fn schmidt_state(psi: &[Expression]) -> Matrix {
    rows_stacked(&diagonal(psi))
}

/// `-Ψ K B† K^{-1} Ψ^{-1}`: conjugation by `K` conjugates the elements.
fn modular_conjugate(b: &Matrix, psi: &[Expression]) -> Matrix {
    let inverse: Vec<Expression> = psi.iter().map(|p| 1 / p.clone()).collect();
    let inner = conjugated(&b.adjoint());
    diagonal(psi).times(&inner).times(&diagonal(&inverse)).scaled(&Expression::from(-1))
}

/// `Γ|ψ> - λ|ψ>`, its amplitudes in rows.
fn dark_condition(a: &Matrix, b: &Matrix, psi: &[Expression], eigenvalue: &Expression) -> Matrix {
    let state = schmidt_state(psi);
    sum_form(a, b).times(&state).minus(&state.scaled(eigenvalue))
}

/// `(A - λ + Ψ K B† K^{-1} Ψ^{-1}) Ψ`, its elements in rows.
fn modular_condition(a: &Matrix, b: &Matrix, psi: &[Expression], eigenvalue: &Expression) -> Matrix {
    let shift = Matrix::identity(psi.len()).scaled(eigenvalue);
    rows_stacked(&a.minus(&shift).minus(&modular_conjugate(b, psi)).times(&diagonal(psi)))
}

fn equivalence(n: usize) -> Assertion {
    let mut s = Symbols::new();
    let (a, b, psi) = (s.matrix("a", n), s.matrix("b", n), s.schmidt(n));
    let eigenvalue = s.real("l".to_owned()) + Expression::I * s.real("il".to_owned());
    let dark = side!(dark_condition(&a, &b, &psi, &eigenvalue))
        .written(format!(r"\langle m,n|(\hat\Gamma-\lambda)|\psi\rangle_{{{n}\times{n}}}"));
    let modular = side!(modular_condition(&a, &b, &psi, &eigenvalue)).written(
        r"\left[(\hat O_1-\lambda+\hat\Psi\hat K\hat O_2^\dagger\hat K^{-1}\hat\Psi^{-1})\hat\Psi\right]_{mn}",
    );
    s.all_elements(dark, modular)
}

pub(super) fn s46(_: Limits) -> Claim {
    Claim::new(vec![eigenstates_are_steady(), s46_for_eigenstates()]).corrected(
        vec![equivalence(2), equivalence(3)],
        r"\hat\Gamma|\psi\rangle=\lambda|\psi\rangle \iff \hat O_1-\lambda = -\hat\Psi\hat K\hat O_2^\dagger\hat K^{-1}\hat\Psi^{-1}\quad(\text{full Schmidt rank})",
        Class::False,
        "what holds is shown for 2x2 and 3x3 matrices with arbitrary elements; the index form is the same in every \
         dimension. A pure steady state need not be dark: Γ|ψ> = λ|ψ> and Γ†|ψ> = λ*|ψ> suffice, as for O_1 = O_2 = 1/2, where every \
         state is steady. For dark states (λ = 0) with all Schmidt coefficients different from zero, the case of the \
         paper, the condition is necessary and sufficient; without full rank Ψ has no inverse",
    )
}

/// `O_1 = diag(λ - p, λ - q)`, `O_2 = diag(p, q)`, for which every `Σ ψ_m |m,m>` has `Γ|ψ> = λ|ψ>`.
fn eigenstate_family(s: &mut Symbols) -> (Matrix, Matrix, Vec<Expression>) {
    let [l, p, q] = ["l", "p", "q"].map(|name| s.real(name.to_owned()));
    let a = diagonal(&[l.clone() - p.clone(), l - q.clone()]);
    (a, diagonal(&[p, q]), s.schmidt(2))
}

fn eigenstates_are_steady() -> Assertion {
    let mut s = Symbols::new();
    let (a, b, psi) = eigenstate_family(&mut s);
    let zero = side!(no_change(4)).written("0");
    let change = side!(change_of_state(&a, &b, &psi)).written(
        r"\mathcal D[\hat\Gamma]\,|\psi\rangle\langle\psi|,\quad\hat O_1=\operatorname{diag}(\lambda-p,\lambda-q),\ \hat O_2=\operatorname{diag}(p,q)",
    );
    s.all_elements(zero, change)
}

fn no_change(n: usize) -> Matrix {
    Matrix::from_function(n, n, |_, _| Expression::from(0))
}

fn change_of_state(a: &Matrix, b: &Matrix, psi: &[Expression]) -> Matrix {
    let state = schmidt_state(psi);
    dissipator(&sum_form(a, b), &state.times(&state.adjoint()))
}

fn s46_for_eigenstates() -> Assertion {
    let mut s = Symbols::new();
    let (a, b, psi) = eigenstate_family(&mut s);
    let own = side!(own_part(a)).written(r"\hat O_1=\operatorname{diag}(\lambda-p,\lambda-q)");
    let conjugate =
        side!(modular_conjugate(&b, &psi)).written(r"-\hat\Psi\hat K\hat O_2^\dagger\hat K^{-1}\hat\Psi^{-1}");
    s.all_elements(own, conjugate)
}

fn own_part(a: Matrix) -> Matrix {
    a
}

pub(super) fn s47(_: Limits) -> Claim {
    Claim::new(vec![elementwise(2), elementwise(3), dark_by_elements(2), dark_by_elements(3)]).remark(
        "Shown for 2x2 and 3x3 matrices with arbitrary elements; the index form is the same in every dimension. The first \
         two parts are the step from (S46), for complex O_2: reality of the elements is not needed. The last two \
         say that the condition is Γ|ψ> = 0 itself, element by element; there ψ_m may have any sign.",
    )
}

fn elementwise(n: usize) -> Assertion {
    let mut s = Symbols::new();
    let (b, psi) = (s.matrix("b", n), s.schmidt(n));
    let above = side!(modular_conjugate(&b, &psi)).written(format!(
        r"\left(-\hat\Psi\hat K\hat O_2^\dagger\hat K^{{-1}}\hat\Psi^{{-1}}\right)_{{mn}}^{{{n}\times{n}}}"
    ));
    let printed = side!(s47_printed(&b, &psi)).written(r"-(\hat O_2)_{nm}\frac{\psi_m}{\psi_n}");
    s.all_elements(above, printed)
}

/// `-(O_2)_nm ψ_m/ψ_n`.
fn s47_printed(b: &Matrix, psi: &[Expression]) -> Matrix {
    let n = psi.len();
    Matrix::from_function(n, n, |row, column| -(b.element(column, row) * (psi[row].clone() / psi[column].clone())))
}

fn dark_by_elements(n: usize) -> Assertion {
    let mut s = Symbols::new();
    let (a, b) = (s.matrix("a", n), s.matrix("b", n));
    let psi: Vec<Expression> = (0..n).map(|m| s.real(format!("p{m}"))).collect();
    let zero = Expression::from(0);
    let dark = side!(dark_condition(&a, &b, &psi, &zero))
        .written(format!(r"\langle m,n|\hat\Gamma|\psi\rangle_{{{n}\times{n}}}"));
    let printed = side!(s47_condition(&a, &b, &psi))
        .written(r"\left[(\hat O_1)_{mn}+(\hat O_2)_{nm}\frac{\psi_m}{\psi_n}\right]\psi_n");
    s.all_elements(dark, printed)
}

fn s47_condition(a: &Matrix, b: &Matrix, psi: &[Expression]) -> Matrix {
    rows_stacked(&a.minus(&s47_printed(b, psi)).times(&diagonal(psi)))
}

// ---- (S57) ----

/// `γ (Γ ⊗ Γ* - Γ†Γ ⊗ 1/2 - 1 ⊗ (Γ†Γ)*/2)`, the term of one jump operator.
fn s57_printed(jump: &Matrix, rate: &Expression) -> Matrix {
    let (unit, loss) = (Matrix::identity(jump.rows().len()), jump.adjoint().times(jump));
    let losses = loss.kronecker(&unit).plus(&unit.kronecker(&conjugated(&loss)));
    jump.kronecker(&conjugated(jump)).minus(&losses.scaled(&(Expression::from(1) / 2))).scaled(rate)
}

/// How the density matrix becomes a vector.
type Stacking = fn(&Matrix) -> Matrix;

/// The vector of `γ D[Γ]ρ`.
fn stacked_change(jump: &Matrix, rate: &Expression, rho: &Matrix, stacking: Stacking) -> Matrix {
    stacking(&dissipator(jump, rho).scaled(rate))
}

/// The superoperator applied to the vector of `ρ`.
fn superoperator_applied(jump: &Matrix, rate: &Expression, rho: &Matrix, stacking: Stacking) -> Matrix {
    s57_printed(jump, rate).times(&stacking(rho))
}

/// `vec(γ D[Γ']ρ) = ℒ vec ρ`, with `ℒ` as printed for `Γ`, and the jump operator `of` on the left.
fn vectorised(mut s: Symbols, jump: &Matrix, of: &Matrix, rho: &Matrix, stacking: Stacking, name: &str) -> Assertion {
    let rate = s.real("g".to_owned());
    let change = side!(stacked_change(of, &rate, rho, stacking)).written(name);
    let applied = side!(superoperator_applied(jump, &rate, rho, stacking)).written(r"\mathcal L\,\mathrm{vec}(\rho)");
    s.all_elements(change, applied)
}

pub(super) fn s57(_: Limits) -> Claim {
    let mut s = Symbols::new();
    let (jump, rho) = (s.matrix("a", 2), s.matrix("r", 2));
    let name = r"\mathrm{vec}_{\text{rows}}\left(\gamma\,\mathcal D[\hat\Gamma_\nu]\rho\right)";
    Claim::new(vec![vectorised(s, &jump, &jump, &rho, rows_stacked, name)]).remark(
        "Shown for 2x2 matrices with arbitrary complex elements, for one of the two terms; the index form, AρB -> (A ⊗ Bᵀ) \
         vec ρ, is the same in every dimension. With the rows of ρ stacked.",
    )
}

pub(super) fn s57_stacking(_: Limits) -> Claim {
    let mut s = Symbols::new();
    let (real, rho) = (s.real_matrix("a", 2), s.matrix("r", 2));
    let name =
        r"\mathrm{vec}_{\text{columns}}\left(\gamma\,\mathcal D[\hat\Gamma]\rho\right)\Big|_{\hat\Gamma\text{ real}}";
    let mut c = Symbols::new();
    let (complex, complex_rho) = (c.matrix("a", 2), c.matrix("r", 2));
    let starred_name = r"\mathrm{vec}_{\text{columns}}\left(\gamma\,\mathcal D[\hat\Gamma^*]\rho\right)";
    Claim::new(vec![
        vectorised(s, &real, &real, &rho, columns_stacked, name),
        vectorised(c, &complex, &conjugated(&complex), &complex_rho, columns_stacked, starred_name),
    ])
    .remark(
        "Shown for 2x2 matrices with arbitrary elements; the index form is the same in every dimension. Holds because the \
         jump operators are real. For complex ones the printed ℒ acts on stacked rows; on stacked \
         columns it is the Liouvillian of Γ*, the last part. The vector of the steady state is the same either way: its \
         density matrix is real and symmetric.",
    )
}
