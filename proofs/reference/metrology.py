"""Moments and quantum Fisher information of the GTMSS  sum_m (-t)^m |m,m>, from the operators.

Part 1, exact rationals: explicit vectors of the (M+1)^2-dimensional space.
  gram[i][j] = <W_i psi|W_j psi> with W = (X+, X-, Y+, Y-);  unsymmetrised = 4 (gram - <W_i><W_j>);
  qfim = its symmetrised (real) part;  n_q = qfim[X+][X+] e^{2r}, e^{2r} = (1+t)/(1-t);
  xi2 = N <X+^2>/(<Z1>+<Z2>)^2, N = 4S (spins only).
Part 2, large spins, MPFR at 400 bits: sums over m of the coefficients of X+|psi> and Z|psi>,
  X± psi = 1/2 sum_m o(m) (a_m ± a_{m-1}) (|m-1,m> ± |m,m-1>),  a_m = (-t)^m.
Each number is also compared with the printed (4), (6), (7), (8), (S70), (S73).  Writes metrology.json.
"""
import json, os, random
from fractions import Fraction as F
import gmpy2
import numpy as np
from gmpy2 import mpfr
from operators import add, gtmss_vector, rational_pair, spin_o2

NAMES = ["x_plus", "x_minus", "y_plus", "y_minus"]
TS = [F(0), F(1, 3), F(1, 2), F(-1, 2), F(9, 10)]


def show(q):
    return str(q.numerator) if q.denominator == 1 else f"{q.numerator}/{q.denominator}"


def exact(o2, t, spin=None):
    pair = rational_pair(o2)
    psi = gtmss_vector(pair, t)
    # W = c A with A real: c = 1/2 for X, -i/2 for Y
    acted = [add(f(psi, 0), f(psi, 1), s) for f in (pair.twice_x, pair.twice_iy) for s in (1, -1)]
    norm = pair.inner(psi, psi)
    mean = [pair.inner(psi, a) for a in acted]
    assert mean == [0, 0, 0, 0]
    real, imag = [[F(0)] * 4 for _ in range(4)], [[F(0)] * 4 for _ in range(4)]
    for i in range(4):
        for j in range(4):
            g = pair.inner(acted[i], acted[j]) / norm          # 4 conj(c_i) c_j = 1, -i, i, 1
            if (i < 2) == (j < 2):
                real[i][j] = g
            else:
                imag[i][j] = -g if i < 2 else g
    qfim = [[(real[i][j] + real[j][i]) / 2 for j in range(4)] for i in range(4)]
    z = [pair.inner(psi, pair.twice_z(psi, i)) / norm / 2 for i in (0, 1)]
    assert z[0] == z[1] and all((imag[i][j] + imag[j][i]) == 0 for i in range(4) for j in range(4))
    M, e2r = len(o2), (1 + t) / (1 - t)
    n_q = qfim[0][0] * e2r
    out = {
        "t": show(t), "m_max": M, "o2": [show(q) for q in o2],
        "qfim": [[show(q) for q in row] for row in qfim],
        "unsymmetrised_real": [[show(q) for q in row] for row in real],
        "unsymmetrised_imag": [[show(q) for q in row] for row in imag],
        "n_q": show(n_q), **{n + "_sq": show(qfim[i][i] / 4) for i, n in enumerate(NAMES)}, "z1": show(z[0]),
    }
    # r -> infinity: the vector sum_m (-1)^m |m,m>
    flat = gtmss_vector(pair, F(1))
    a = add(pair.twice_x(flat, 0), pair.twice_x(flat, 1), -1)
    q_max = pair.inner(a, a) / pair.inner(flat, flat)
    out["q_max"] = show(q_max)
    # the printed forms
    u = t ** (2 * M + 2)
    cosh2, sinh2 = 1 / (1 - t * t), t * t / (1 - t * t)
    agree = {}
    diagonal = [n_q / e2r, n_q * e2r, n_q * e2r, n_q / e2r]
    agree["eq4_symmetrised_matrix"] = all(qfim[i][j] == (diagonal[i] if i == j else 0) for i in range(4) for j in range(4))
    agree["eq4_unsymmetrised_matrix"] = all(imag[i][j] == 0 for i in range(4) for j in range(4))
    agree["eq4_n_q"] = None if t == 0 else n_q == 2 * sum(t ** (2 * m) * o2[m - 1] for m in range(1, M + 1)) / (cosh2 * sinh2 * (1 - u))
    agree["eq6"] = q_max == F(8, 1 + M) * sum(o2)
    if spin is not None:
        S, N = spin, 4 * spin
        fp, fm, ch = u + 1, u - 1, cosh2 + sinh2
        total = 2 * z[0]
        xi2 = N * qfim[0][0] / 4 / total ** 2
        out = {"spin": show(S), **out, "xi2": show(xi2)}
        agree["eq7"] = q_max == F(4, 3) * M * (M + 2)
        agree["eq8"] = xi2 == -(S * fm * ((2 * S + 1) * fp + ch * fm)) / e2r / (2 * ((cosh2 + S) * fp - ch) ** 2)
        agree["s70a"] = z[0] == (fp * S + sinh2 * (t ** (2 * M) - 1)) / fm
        agree["s70b"] = qfim[0][0] / 4 == -((2 * S + 1) * fp / fm + ch) / (2 * e2r)
    if o2 == [F(m) for m in range(1, M + 1)]:
        agree["s73a"] = n_q * e2r == 2 * e2r * (1 - (1 + M / (cosh2 + sinh2)) * t ** (2 * M)) / (1 - u)
        agree["s73a_with_sech_squared_of_r"] = n_q * e2r == 2 * e2r * (1 - (1 + M / cosh2) * t ** (2 * M)) / (1 - u)
        agree["s73b"] = q_max == 4 * M
    out["agrees_with_printed"] = agree
    dense_check(o2, t, out)
    return out


def digits(x):
    return "{:.39e}".format(x)


def dense_check(o2, t, row):
    """The same QFIM from dense numpy matrices (Kronecker products, orthonormal basis)."""
    M = len(o2)
    o = np.diag([float(q) ** 0.5 for q in o2], 1)
    x, y, one = (o.T + o) / 2, -1j * (o.T - o) / 2, np.eye(M + 1)
    W = [np.kron(a, one) + s * np.kron(one, a) for a in (x, y) for s in (1, -1)]
    psi = np.zeros((M + 1) ** 2)
    psi[::M + 2] = [(-float(t)) ** m for m in range(M + 1)]
    psi /= np.linalg.norm(psi)
    mean = [psi @ w @ psi for w in W]
    q = [[4 * (psi @ a @ b @ psi - ma * mb) for b, mb in zip(W, mean)] for a, ma in zip(W, mean)]
    ours = [[float(F(row["unsymmetrised_real"][i][j])) + 1j * float(F(row["unsymmetrised_imag"][i][j]))
             for j in range(4)] for i in range(4)]
    assert np.allclose(q, ours, rtol=1e-11, atol=1e-11)


def large(S, r_text):
    """Direct sums over all 2S+1 terms; S integer, r a decimal string."""
    M, e2r = 2 * S, gmpy2.exp(2 * mpfr(r_text))
    one_minus_t = 2 / (e2r + 1)
    t = 1 - one_minus_t
    q = t * t
    p, norm, o2sum, mean = mpfr(1), mpfr(1), mpfr(0), mpfr(0)    # p = t^{2m}; o2sum = sum o^2(m) t^{2m-2}
    s1 = S * (S + 1)
    for m in range(1, M + 1):
        o2sum += (s1 - (m - S) * (m - S - 1)) * p
        p *= q
        norm += p
        mean += m * p
    x_plus = one_minus_t ** 2 * o2sum / norm / 2
    x_minus = (1 + t) ** 2 * o2sum / norm / 2
    z = mean / norm - S
    xi2 = 4 * S * x_plus / (2 * z) ** 2
    n_q = 4 * x_plus * e2r
    q_max = F(8 * sum(s1 - (m - S) * (m - S - 1) for m in range(1, M + 1)), M + 1)
    u = q ** (M + 1)
    cosh2, sinh2 = 1 / (1 - q), q / (1 - q)
    fp, fm, ch = u + 1, u - 1, cosh2 + sinh2
    printed = {
        "eq4_n_q": 2 * q * o2sum / (cosh2 * sinh2 * (1 - u)),
        "eq8": -(S * fm * ((2 * S + 1) * fp + ch * fm)) / e2r / (2 * ((cosh2 + S) * fp - ch) ** 2),
        "s70a": (fp * S + sinh2 * (q ** M - 1)) / fm,
        "s70b": -((2 * S + 1) * fp / fm + ch) / (2 * e2r),
    }
    direct = {"eq4_n_q": n_q, "eq8": xi2, "s70a": z, "s70b": x_plus}
    return {
        "spin": str(S), "r": r_text, "n_q": digits(n_q), "x_plus_sq": digits(x_plus), "x_minus_sq": digits(x_minus),
        "z1": digits(z), "xi2": digits(xi2), "q_max": show(q_max), "n_q_e2r_over_q_max": digits(n_q * e2r / mpfr(q_max)),
        "agrees_with_printed": {k: bool(abs(v / direct[k] - 1) < mpfr("1e-60")) for k, v in printed.items()},
    }


if __name__ == "__main__":
    gmpy2.get_context().precision = 400
    random.seed(20250221)
    spins = [exact(spin_o2(n), t, F(n, 2)) for n in (1, 2, 3, 4, 5, 9) for t in TS]
    hard = [exact([F(m) for m in range(1, M + 1)], t) for M in (1, 3, 6) for t in TS]
    tables = [[F(random.randint(1, 20), random.randint(1, 9)) for _ in range(M)] for M in (2, 3, 5, 7)]
    tables += [[F(2), F(0), F(5, 3)], [F(1), F(7, 2), F(0), F(4), F(9, 5)], [F(3), F(0), F(0), F(1, 2)]]
    other = [exact(o2, t) for o2 in tables for t in TS]
    big = [large(S, r) for S in (10, 100, 1000, 10 ** 6) for r in ("0.1", "1", "5", "10", "20")]
    summary = {}
    for row in spins + hard + other + big:
        for k, ok in row["agrees_with_printed"].items():
            if ok is not None:
                n = summary.setdefault(k, [0, 0])
                n[0 if ok else 1] += 1
    summary = {k: {"agrees": a, "differs": b} for k, (a, b) in summary.items()}
    out = {"summary": summary, "spins": spins, "hard_core": hard, "tables": other, "large_spins": big}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "metrology.json")
    with open(path, "w") as f:
        json.dump(out, f, indent=1)
        f.write("\n")
    print(json.dumps(summary, indent=1))
