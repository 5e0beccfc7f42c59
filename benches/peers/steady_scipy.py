"""Steady state of Eq. (10) for two unequal spins with SciPy's sparse LU, on the problem reduced by symmetry.

Unknowns: the elements |a+e,a><b+e,b| with a >= b (sector d_ket = d_bra, real, symmetric under transposition).  The row
of <0,0|rho|0,0> is replaced by one that fixes that element to 1 (sparser than the trace, and the pattern stays banded in
e); the solution is divided by its trace.  Prints the seconds to build, factor and solve, and the moments.
--survey: every ordering of SuperLU, KLU (PyKLU) and PARDISO (pypardiso) if installed, and dense block elimination in e.
"""
import argparse, math, time
from fractions import Fraction
import numpy as np
import scipy
import scipy.linalg as la
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from reduced import liouvillian

BEST = dict(permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.1, options=dict(SymmetricMode=True))


def reduced(n1, n2, r):
    """Liouvillian (csc), index arrays (m1, m2 of ket and bra), sizes of the blocks of constant e."""
    c, s = math.cosh(r), math.sinh(r)
    o = np.sqrt(np.array([m * (n1 + 1 - m) for m in range(n1 + 2)], dtype=float))
    u = np.sqrt(np.array([m * (n2 + 1 - m) for m in range(n2 + 2)], dtype=float))
    es = np.arange(-n2, n1 + 1)
    low = np.maximum(0, -es)                               # m2 = a ranges over low .. low + length - 1
    length = np.minimum(n2, n1 - es) - low + 1
    sizes = length * (length + 1) // 2
    offset = np.concatenate(([0], np.cumsum(sizes)))
    a, b = (np.concatenate(x) for x in zip(*[np.tril_indices(k) for k in length]))
    e = np.repeat(es, sizes)
    a, b = a + np.repeat(low, sizes), b + np.repeat(low, sizes)

    def index(e, a, b):
        k = e + n2
        a, b = a - low[k], b - low[k]
        hi, lo = np.maximum(a, b), np.minimum(a, b)
        return offset[k] + hi * (hi + 1) // 2 + lo

    L, (up1, dn1, up2, dn2) = liouvillian(e, a, b, o, u, c, s, index)
    diag = a == b
    A = diag * (dn1**2 + dn2**2 + up1**2 + up2**2) / 4
    B = (a == b + 1) * dn1 * dn2
    moments = np.array([diag * 1.0, A + B, A - B, diag * (dn1**2 - up1**2) / 2, diag * (dn2**2 - up2**2) / 2])
    return L, moments, int(index(np.array([0]), np.array([0]), np.array([0]))[0]), sizes


def pinned(L, pin):
    """L with row `pin` replaced by the unit row."""
    keep = np.ones(L.shape[0])
    keep[pin] = 0
    return (sp.diags(keep) @ L + sp.csc_matrix(([1.0], ([pin], [pin])), shape=L.shape)).tocsc()


def by_lu(L, pin, sizes, permc_spec, diag_pivot_thresh, options):
    rhs = np.zeros(L.shape[0])
    rhs[pin] = 1
    return splu(pinned(L, pin), permc_spec=permc_spec, diag_pivot_thresh=diag_pivot_thresh, options=options).solve(rhs)


def by_blocks(L, pin, sizes):
    """Dense elimination of the block tridiagonal matrix, from both ends towards the block that holds `pin`."""
    edge = np.concatenate(([0], np.cumsum(sizes)))
    R = L.tocsr()
    block = lambda i, j: R[edge[i]:edge[i + 1], edge[j]:edge[j + 1]]
    middle = int(np.searchsorted(edge, pin, side="right") - 1)

    def sweep(order):                                      # x_i = G_i x_{i+1}
        gains, last = [], None
        for i, nxt in zip(order, order[1:]):
            D = block(i, i).toarray()
            if last is not None:
                D += block(i, last) @ gains[-1]
            gains.append(-la.solve(D, block(i, nxt).toarray(), overwrite_a=True, overwrite_b=True, check_finite=False))
            last = i
        return gains

    left, right = sweep(range(0, middle + 1)), sweep(range(len(sizes) - 1, middle - 1, -1))
    D = block(middle, middle).toarray() + block(middle, middle - 1) @ left[-1] + block(middle, middle + 1) @ right[-1]
    k = pin - edge[middle]
    D[k] = 0
    D[k, k] = 1
    x = [None] * len(sizes)
    rhs = np.zeros(sizes[middle])
    rhs[k] = 1
    x[middle] = la.solve(D, rhs)
    for i in range(middle - 1, -1, -1):
        x[i] = left[i] @ x[i + 1]
    for i in range(middle + 1, len(sizes)):
        x[i] = right[len(sizes) - 1 - i] @ x[i - 1]
    return np.concatenate(x)


def run(n1, n2, r, how):
    begin, cpu = time.perf_counter(), time.process_time()
    L, moments, pin, sizes = reduced(n1, n2, r)
    built = time.perf_counter()
    x = how(L, pin, sizes)
    values = moments @ x
    values = values[1:] / values[0]
    end, cpu = time.perf_counter(), time.process_time() - cpu
    residual = abs(L @ x).max() / abs(x).max()
    return end - begin, cpu, built - begin, values, residual, len(x), L.nnz


def survey(n1, n2, r):
    hows = {"blocks": by_blocks}
    for spec in ("COLAMD", "MMD_AT_PLUS_A", "MMD_ATA", "NATURAL"):
        for pivot in (1.0, 0.1, 0.0):
            for symmetric in (False, True):
                options = dict(SymmetricMode=True) if symmetric else {}
                hows[f"splu {spec} {pivot} {'symmetric' if symmetric else ''}"] = (
                    lambda L, p, z, s=spec, v=pivot, y=options: by_lu(L, p, z, s, v, y))
    try:
        from PyKLU import Klu
        def klu(L, pin, sizes):
            rhs = np.zeros(L.shape[0])
            rhs[pin] = 1
            return Klu(pinned(L, pin)).solve(rhs)
        hows["klu"] = klu
    except ImportError:
        pass
    try:
        import pypardiso
        def pardiso(L, pin, sizes):
            rhs = np.zeros(L.shape[0])
            rhs[pin] = 1
            return pypardiso.spsolve(pinned(L, pin).tocsr(), rhs)
        hows["pardiso"] = pardiso
    except ImportError:
        pass
    for name, how in hows.items():
        try:
            seconds, cpu, built, values, residual, n, nnz = run(n1, n2, r, how)
            print(f"{name:36} {seconds:7.3f} s, cpu {cpu:7.3f} s, residual {residual:.1e}, <X+^2> {values[0]:.12f}",
                  flush=True)
        except Exception as e:
            print(name, "failed", repr(e)[:100], flush=True)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--spins", default="19/2,21/2")
    p.add_argument("--r", type=float, default=0.75)
    p.add_argument("--survey", action="store_true")
    a = p.parse_args()
    n1, n2 = (int(2 * Fraction(x)) for x in a.spins.split(","))
    if a.survey:
        survey(n1, n2, a.r)
    else:
        seconds, cpu, built, (xp, xm, z1, z2), residual, n, nnz = run(n1, n2, a.r, lambda L, p, z: by_lu(L, p, z, **BEST))
        print(f"SciPy {scipy.__version__} splu {BEST['permc_spec']}: spins {a.spins}, r={a.r}, {n} unknowns, {nnz} entries, "
              f"x_plus_sq {xp:.12f} x_minus_sq {xm:.12f} z1 {z1:.12f} z2 {z2:.12f} residual {residual:.1e}, "
              f"built in {built:.3f} s, cpu {cpu:.3f} s, {seconds:.3f} s")
