"""Numbers for figures S2(a), S4(a) and S4(c), from Eq. (10).  Writes dissipation_figures.json.

S2(a): smallest xi^2 over r for N1 + N2 = N (steady_exact.optimum), beside 3/(N + 4) of equal ensembles at r -> infinity;
  `within_10_percent`: the interval of r in which xi^2 <= 1.1 times its minimum;
  `growth_4_to_6`: log(xi^2(r=6)/xi^2(r=4))/2, which is 4 if xi^2 grows as e^{4r}.
S4(a), (c): start |0,0>; 1 - <psi|rho|psi> and the norms |rho - rho_G| (trace norm, Frobenius norm) by exp(L dt) acting
  on rho(0) - rho_G (`null_residual` is |L rho_G|); `curve` lists t and the three; local rates -d ln/dt at the time when
  the quantity has dropped below 1e-8.  Eigenvalues: `symmetric` in the space that |0,0> can reach (sector 0,
  transposition, exchange); `smallest_all` the smallest nonzero -Re over all sectors d_ket - d_bra, without multiplicity,
  with the sectors (of shift >= 0).
  `weights`: [lambda_k, c_k] of the slowest modes, 1 - F = sum_k c_k e^{lambda_k t}, from left and right eigenvectors.
  `exponents`: the rate in the space that |0,0> can reach for S up to 20 and the exponents of its growth with S.
"""
import json, math, os
import numpy as np
import scipy
import scipy.linalg as la
import scipy.sparse as sp
from scipy.optimize import brentq
from scipy.sparse.linalg import eigs
from liouvillian import Sector, orthonormal, spin_o2
from steady_exact import large, optimum, xi2_of

HERE = os.path.dirname(os.path.abspath(__file__))


def build(n, r, **kw):
    c, s = math.cosh(r), math.sinh(r)
    o = orthonormal([math.sqrt(v) for v in spin_o2(n)])
    return Sector(o, o, c * c, s * s, c * s, **kw)


def matrix(S):
    at = [(i, j, v) for i, row in enumerate(S.rows) for j, v in row.items()]
    i, j, v = zip(*at)
    return sp.csc_matrix((v, (i, j)), shape=(len(S.elements),) * 2)


def smallest(L, k):
    """The k eigenvalues of smallest modulus."""
    if L.shape[0] <= 700:
        w = la.eigvals(L.toarray())
    else:
        w = eigs(L, k=k + 4, sigma=1e-3, return_eigenvectors=False)
    return w[np.argsort(abs(w))][:k]


def density(S, x, n):
    """The blocks of constant d >= 0 as dense symmetric matrices, with multiplicity."""
    blocks = []
    for d in range(n + 1):
        kets = [(m + d, m) for m in range(n + 1 - d)]
        blocks.append((1 if d == 0 else 2, np.array([[S.at(x, k, q) for q in kets] for k in kets])))
    return blocks


def decay(n, r, spectrum):
    S = build(n, r, transpose=True, exchange=True)
    L = matrix(S)
    size = L.shape[0]
    psi = (-math.tanh(r))**np.arange(n + 1.0)
    psi /= np.linalg.norm(psi)
    ground = np.zeros(size)
    fid = np.zeros(size)
    for m in range(n + 1):
        for k in range(m + 1):
            i = S.index[S.fold(((m, m), (k, k)))]
            ground[i] = psi[m] * psi[k]
            fid[i] += psi[m] * psi[k] * (1 if m == k else 2)
    residual = abs(L @ ground).max()
    y = -ground
    y[S.index[((0, 0), (0, 0))]] += 1
    lam = smallest(L, 6)
    gap = min(-w.real for w in lam if abs(w) > 1e-9)
    dt = 0.5 / gap
    E = la.expm(L.toarray() * dt)
    names = ("one_minus_fidelity", "trace_norm", "frobenius_norm")
    history = []
    for step in range(1, 200):
        y = E @ y
        y -= ground * S.trace(y)            # the part along rho_G that rounding brings in
        blocks = density(S, y, n)
        values = (-float(fid @ y), sum(k * abs(la.eigvalsh(b)).sum() for k, b in blocks),
                  math.sqrt(sum(k * (b * b).sum() for k, b in blocks)))
        history.append((step * dt, values))
        if max(values) < 1e-10:
            break
    rates = {}
    for i, name in enumerate(names):
        for (t0, v0), (t1, v1) in zip(history, history[1:]):
            if v0[i] > 0 and v1[i] > 0 and v0[i] < 1e-8:
                rates[name] = math.log(v0[i] / v1[i]) / dt
                break
    out = {"spin": f"{n}/2", "r": r, "dimension": size, "null_residual": f"{residual:.1e}",
           "symmetric": [[float(w.real), float(w.imag)] for w in lam], "rates": rates,
           "curve": [[t, *v] for t, v in history[::4]]}
    if size <= 700:
        w, left, right = la.eig(L.toarray(), left=True)
        y0 = -ground
        y0[S.index[((0, 0), (0, 0))]] += 1
        order = np.argsort(-w.real)[:6]
        out["weights"] = [[float(w[k].real), float((-(fid @ right[:, k]) * (left[:, k].conj() @ y0)
                                                    / (left[:, k].conj() @ right[:, k])).real)] for k in order]
    if spectrum:
        found = []
        for shift in range(0, 2 * n + 1):
            for v in smallest(matrix(build(n, r, shift=shift)), 6):
                if abs(v) > 1e-9:
                    found.append((round(float(-v.real), 9), round(abs(float(v.imag)), 9), shift))
        values = sorted({f[0] for f in found})[:3]
        out["smallest_all"] = [{"rate": v, "sectors": sorted({f[2] for f in found if abs(f[0] - v) < 1e-8})} for v in values]
    print(n, r, rates, out["symmetric"][1], out.get("smallest_all"), out.get("weights", [[0, 0]])[1], flush=True)
    return out


def unequal(n1, n2):
    out = optimum(n1, n2)
    def f(r):
        S, x, _ = large(spin_o2(n1), spin_o2(n2), r, n1 + n2, refine=False)
        return float(xi2_of(S, x, n1 + n2)) - 1.1 * out["xi2_opt"]
    r = out["r_opt"]
    ends = [brentq(f, max(r - 1, 1e-3), r, xtol=1e-5) if f(max(r - 1, 1e-3)) > 0 else None, brentq(f, r, r + 1, xtol=1e-5)]
    N = n1 + n2
    at = out["xi2_at_r"]
    out |= {"N": N, "delta_over_N": (n2 - n1) / N, "equal_limit": 3 / (N + 4), "within_10_percent": ends,
            "growth_4_to_6": math.log(at["6.00"] / at["4.00"]) / 2}
    print({k: out[k] for k in ("N", "n1", "r_opt", "xi2_opt", "within_10_percent", "growth_4_to_6")}, flush=True)
    return out


def symmetric_gap(n, r):
    """Smallest nonzero -Re in the space that |0,0> can reach, by shift-invert about -0.9 of a first guess."""
    L = matrix(build(n, r, transpose=True, exchange=True))
    if L.shape[0] <= 300:
        w = la.eigvals(L.toarray())
    else:
        w = eigs(L, k=3, sigma=0.3 * (n / 2)**1.7 * math.exp(-2 * r), return_eigenvectors=False, tol=1e-12)
    w = w[np.argsort(abs(w))]
    return -float(w[1].real), float(abs(w[0]))


def scaling(r):
    """Rate against S: local exponents log2 of rate(2S)/rate(S), and straight-line fits over windows of S."""
    sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 32, 40]
    rate = {n: symmetric_gap(n, r)[0] for n in sizes}
    fit = lambda lo, hi: float(np.polyfit(*np.log([(n, rate[n]) for n in sizes if lo <= n <= hi]).T, 1)[0])
    out = {"r": r, "rate": {f"{n}/2": v for n, v in rate.items()},
           "rate_times_e2r": {f"{n}/2": v * math.exp(2 * r) for n, v in rate.items()},
           "local": {f"S = {n}/2 to {2 * n}/2": math.log2(rate[2 * n] / rate[n]) for n in rate if 2 * n in rate},
           "fits": {f"2S = {lo}..{hi}": fit(lo, hi) for lo, hi in ((1, 10), (5, 20), (10, 40), (20, 40))}}
    print(out, flush=True)
    return out


def main():
    s2a = [unequal(n1, N - n1) for N in (4, 6, 8, 10, 16, 20) for n1 in range(max(1, N // 4), N // 2)]
    s2a += [unequal(n1, 40 - n1) for n1 in (19, 18, 16)]
    s4a = [decay(5, r, True) for r in (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)]
    s4c = [decay(n, 1.5, n <= 9) for n in range(1, 13)] + [decay(n, 2.5, n <= 6) for n in range(1, 11)]
    s4c += [decay(n, 4.0, False) for n in range(1, 11)]
    exponents = [scaling(r) for r in (1.5, 2.5, 4.0, 6.0)]
    print(exponents)
    with open(os.path.join(HERE, "dissipation_figures.json"), "w") as f:
        json.dump({"program": f"numpy {np.__version__}, scipy {scipy.__version__}", "s2a": s2a, "s4a": s4a, "s4c": s4c,
                   "exponents": exponents}, f, indent=1)


if __name__ == "__main__":
    main()
