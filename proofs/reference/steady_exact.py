"""Steady states of Eq. (10) for unequal ladders.  Writes steady_exact.json.

Exact part: t = tanh r rational, basis without square roots, L (1 - t^2) rational.  The null space of each sector
d_ket - d_bra is found by exact elimination (FLINT); `nullity` is the sum over all sectors, `nullity_by_shift` lists the
sectors with a null vector.  Moments are exact rationals, of the null vector with trace 1 of sector 0, given when it is
unique there.  r -> infinity: t = 1 without the factor 1/(1 - t^2), i.e. jumps O_1 + O_2^dagger and O_2 + O_1^dagger.
Large part: sector 0 with transposition; sparse LU in double precision, then refinement with residuals at 200 bits until
the solution no longer changes; `error` is the last change times 10: estimated, not proven.  At small sizes it is held
against the exact part (`large_against_exact`).
Optimum part: the smallest xi^2 = N <X+^2>/(<Z1> + <Z2>)^2 over 0 < r <= 3 (grid of 0.1, then a bounded search in
double precision), N = N1 + N2, N_i = 2 S_i; values around it, and at fixed r up to 6 (refined as in the large part).
"""
import json, math, os, time
from fractions import Fraction as F
import flint
import gmpy2
import numpy as np
import scipy
import scipy.sparse as sp
from flint import fmpq, fmpq_mat
from gmpy2 import mpfr
from scipy.optimize import minimize_scalar
from scipy.sparse.linalg import splu
from liouvillian import Sector, orthonormal, rootless, spin_o2

HERE = os.path.dirname(os.path.abspath(__file__))
gmpy2.get_context().precision = 200


def q(x):
    return fmpq(x.numerator, x.denominator) if isinstance(x, F) else fmpq(x)


def text(x):
    return str(x)


def sector(o2a, o2b, t, shift, transpose):
    a, b = rootless([q(v) for v in o2a]), rootless([q(v) for v in o2b])
    return Sector(a, b, fmpq(1), q(t) * q(t), q(t), shift=shift, transpose=transpose)


def null_space(S):
    n = len(S.elements)
    A = fmpq_mat(n, n)
    for i, row in enumerate(S.rows):
        for j, v in row.items():
            A[i, j] = v
    R, rank = A.rref()
    pivots, row = [], 0
    for col in range(n):
        if row < rank and R[row, col] == 1 and all(R[row, c] == 0 for c in range(col)):
            pivots.append(col)
            row += 1
    free = [c for c in range(n) if c not in pivots]
    vectors = []
    for f in free:
        v = [fmpq(0)] * n
        v[f] = fmpq(1)
        for i, c in enumerate(pivots):
            v[c] = -R[i, f]
        vectors.append(v)
    return vectors


def exact(label, o2a, o2b, t, atoms=None, full=True):
    begin = time.perf_counter()
    span = len(o2a) + len(o2b)
    out = {"case": label, "o2_1": list(map(str, o2a)), "o2_2": list(map(str, o2b)), "t": str(t), "atoms": atoms}
    S = sector(o2a, o2b, t, 0, True)
    kernel = null_space(S)
    if full:
        nullity = {0: len(null_space(sector(o2a, o2b, t, 0, False)))}
        for shift in range(1, span + 1):
            found = len(null_space(sector(o2a, o2b, t, shift, False)))     # shift and -shift are adjoint to each other
            if found:
                nullity[shift] = nullity[-shift] = found
        out["nullity"] = sum(nullity.values())
        out["nullity_by_shift"] = {str(k): v for k, v in sorted(nullity.items())}
    out["nullity_sector_0_transposed"] = len(kernel)
    if len(kernel) == 1:
        moments = S.moments(kernel[0])
        out |= {k: text(v) for k, v in moments.items()}
        z = moments["z1"] + moments["z2"]
        if atoms and z != 0:
            out["xi2"] = text(atoms * moments["x_plus_sq"] / (z * z))
        n = S.trace(kernel[0])
        weight = lambda k: S.a.norms[k[0]] * S.b.norms[k[1]]
        purity = sum(v * v * (1 if k == b else 2) * weight(k) * weight(b) for v, (k, b) in zip(kernel[0], S.elements))
        out["purity"] = text(purity / (n * n))
    seconds = time.perf_counter() - begin
    if seconds > 1:
        print(label, t, f"{seconds:.1f} s", flush=True)
    return out


def large(o2a, o2b, r, atoms, refine=True):
    """Sector 0 with transposition, orthonormal; r = None is r -> infinity."""
    if r is None:
        cc = ss = cs = mpfr(1)
    else:
        c, s = gmpy2.cosh(mpfr(r)), gmpy2.sinh(mpfr(r))
        cc, ss, cs = c * c, s * s, c * s
    one = mpfr if refine else float
    a, b = (orthonormal([gmpy2.sqrt(mpfr(v)) if refine else math.sqrt(v) for v in o2]) for o2 in (o2a, o2b))
    S = Sector(a, b, one(cc), one(ss), one(cs), transpose=True)
    n = len(S.elements)
    drop = S.index[((0, 0), (0, 0))]
    trace_row = {S.index[((i, m), (i, m))]: one(1) for i in range(a.M + 1) for m in range(b.M + 1)}
    rows = [trace_row if i == drop else row for i, row in enumerate(S.rows)]
    at = [(i, j) for i, row in enumerate(rows) for j in row]
    A = sp.csc_matrix(([float(v) for row in rows for v in row.values()], tuple(zip(*at))), shape=(n, n))
    lu = splu(A, permc_spec="COLAMD")
    rhs = np.zeros(n)
    rhs[drop] = 1
    x = lu.solve(rhs)
    if not refine:
        return S, x, None
    x = [mpfr(v) for v in x]
    changes = []
    for _ in range(12):
        residual = [(1 if i == drop else 0) - sum(v * x[j] for j, v in row.items()) for i, row in enumerate(rows)]
        scale = max(map(abs, residual))
        if scale == 0:
            break
        step = lu.solve(np.array([float(v / scale) for v in residual]))
        x = [v + scale * mpfr(d) for v, d in zip(x, step)]
        changes.append(float(scale) * float(np.abs(step).sum()))
        if changes[-1] < 1e-32:
            break
    left_out = sum(v * x[j] for j, v in S.rows[drop].items())
    norm = sum(map(abs, x))
    error = 10 * changes[-1] if changes else 0.0
    return S, x, {"error": error, "dropped_row": float(abs(left_out) / norm), "steps": len(changes)}


def xi2_of(S, x, atoms):
    m = S.moments(x)
    return atoms * m["x_plus_sq"] / (m["z1"] + m["z2"])**2


def large_case(n1, n2, r):
    begin = time.perf_counter()
    S, x, info = large(spin_o2(n1), spin_o2(n2), r, n1 + n2)
    m = S.moments(x)
    biggest = max(float(abs(v)) for v in m.values()) + (n1 + n2)**2
    out = {"case": f"spins {n1}/2 and {n2}/2", "r": r if r is not None else "infinity", "atoms": n1 + n2,
           "dimension": len(S.elements), "error": f"{max(info['error'] * biggest, 1e-28):.1e}",
           "dropped_row": f"{info['dropped_row']:.1e}", "refinements": info["steps"]}
    out |= {k: "{0:.25g}".format(v) for k, v in m.items()}
    z = m["z1"] + m["z2"]
    out["xi2"] = "{0:.25g}".format((n1 + n2) * m["x_plus_sq"] / z**2) if abs(z) > 1e-20 else None
    out["purity"] = "{0:.25g}".format(S.purity(x))
    print(out["case"], r, out["error"], out["dropped_row"], out["xi2"], f"{time.perf_counter() - begin:.1f} s", flush=True)
    return out


def optimum(n1, n2):
    def f(r):
        S, x, _ = large(spin_o2(n1), spin_o2(n2), r, n1 + n2, refine=False)
        return float(xi2_of(S, x, n1 + n2))
    grid = np.arange(0.05, 3.01, 0.1)
    values = [f(r) for r in grid]
    k = int(np.argmin(values))
    lo, hi = grid[max(k - 1, 0)], grid[min(k + 1, len(grid) - 1)]
    best = minimize_scalar(f, bounds=(lo, hi), method="bounded", options=dict(xatol=1e-7))
    minima = [k for k in range(1, len(grid) - 1) if values[k] < values[k - 1] and values[k] < values[k + 1]]
    def refined(r):
        S, x, _ = large(spin_o2(n1), spin_o2(n2), r, n1 + n2)
        return float(xi2_of(S, x, n1 + n2))
    near = {f"{d:+.1f}": f(best.x + d) for d in (-0.3, -0.2, -0.1, 0.1, 0.2, 0.3) if best.x + d > 0}
    return {"n1": n1, "n2": n2, "r_opt": round(float(best.x), 6), "xi2_opt": float(best.fun),
            "local_minima_on_grid": len(minima), "at_edge_of_grid": k in (0, len(grid) - 1),
            "xi2_near": near, "xi2_at_r": {f"{r:.2f}": refined(r) for r in (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)}}


def main():
    ts = [F(0), F(1, 3), F(1, 2), F(9, 10), F(99, 100), F(1), F(-1, 2)]
    exacts = []
    for n1, n2 in ((1, 2), (1, 3), (2, 3), (2, 4), (3, 5), (1, 4), (1, 1), (2, 2)):
        for t in ts:
            exacts.append(exact(f"spins {n1}/2 and {n2}/2", spin_o2(n1), spin_o2(n2), t, atoms=n1 + n2))
    for n1, n2 in ((4, 5), (8, 9)):
        for t in ts[:4]:
            exacts.append(exact(f"spins {n1}/2 and {n2}/2", spin_o2(n1), spin_o2(n2), t, atoms=n1 + n2, full=n1 < 8))
    tables = [("(1, 2) and (1, 4, 9/4)", [1, 2], [1, 4, F(9, 4)]), ("(1, 2) and (2, 1)", [1, 2], [2, 1]),
              ("(1) and (2)", [1], [2]), ("(1, 1) and (1, 2)", [1, 1], [1, 2]), ("(1, 2) and (2, 4)", [1, 2], [2, 4]),
              ("(1, 2) and (1, 2, 3)", [1, 2], [1, 2, 3]),
              ("(1, 0, 1) twice", [1, 0, 1], [1, 0, 1]), ("(1, 0) twice", [1, 0], [1, 0]), ("(0, 1) twice", [0, 1], [0, 1]),
              ("(1, 0, 2, 3) twice", [1, 0, 2, 3], [1, 0, 2, 3]), ("(0, 0) twice", [0, 0], [0, 0]),
              ("(0, 1, 0) twice", [0, 1, 0], [0, 1, 0]), ("(1, 0, 1) and (1, 1, 1)", [1, 0, 1], [1, 1, 1]),
              ("(1, 0, 1) and (1, 0, 2)", [1, 0, 1], [1, 0, 2]), ("(1, 0) and (1)", [1, 0], [1]),
              ("(0) and (1)", [0], [1]), ("(0, 1) and (1, 0)", [0, 1], [1, 0])]
    for label, a, b in tables:
        for t in (F(0), F(1, 3), F(1, 2), F(9, 10), F(1)):
            exacts.append(exact(label, a, b, t))
    worst = 0.0
    for e in exacts:
        if e["case"] in ("spins 1/2 and 2/2", "spins 3/2 and 5/2", "spins 8/2 and 9/2") and e["t"] in ("1/3", "9/10"):
            n1, n2 = len(e["o2_1"]), len(e["o2_2"])
            S, x, _ = large(spin_o2(n1), spin_o2(n2), gmpy2.atanh(mpfr(gmpy2.mpq(e["t"]))), n1 + n2)
            worst = max([worst] + [float(abs(v - mpfr(gmpy2.mpq(e[k])))) for k, v in S.moments(x).items()])
    larges = [large_case(n1, n2, r) for n1, n2 in ((4, 5), (8, 9), (19, 21), (18, 22))
              for r in (0.0, 0.3, 0.75, 1.5, 2.3, 3.0)]
    pairs = [(n1, n - n1) for n in range(3, 21) for n1 in range(max(1, n // 2 - 2), (n + 1) // 2) if n1 < n - n1]
    optima = []
    for n1, n2 in pairs:
        optima.append(optimum(n1, n2))
        print(n1, n2, optima[-1]["r_opt"], optima[-1]["xi2_opt"], optima[-1]["local_minima_on_grid"], flush=True)
    with open(os.path.join(HERE, "steady_exact.json"), "w") as f:
        json.dump({"program": f"python-flint {flint.__version__}, gmpy2 {gmpy2.version()}, scipy {scipy.__version__}",
                   "large_against_exact": f"{worst:.1e}", "exact": exacts, "large": larges, "optima": optima}, f, indent=1)


if __name__ == "__main__":
    main()
