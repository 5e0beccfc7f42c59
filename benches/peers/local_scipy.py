"""Steady state of (S59) for two ensembles of 12 atoms with local noise: SciPy's sparse LU on the reachable unknowns.

gamma = 1, r = 0.7, gamma_- = 0.3, gamma_z = 0.2.  A state that is symmetric under permutations in each ensemble is a polynomial
of degree n in the four elements of one atom (up up, up down, down up, down down; ket and bra): x^m is the average over all
orders, and a sum over atoms of a map a <- b is x_a d/dx_b.  From the steady state only (up down) - (down up) = k, the same in
both ensembles, is reachable, and transposition makes k and -k equal: 7,924 unknowns for 12 and 12 atoms.  Equal ensembles are
not folded by exchange unless --exchange (4,088 unknowns).  The row of one element is replaced by one that fixes it to 1.
Prints the seconds to build, factor and solve, and the moments.  --survey: every ordering of SuperLU, and KLU (PyKLU)
and PARDISO (pypardiso) if installed.
"""
import argparse, math, time
import numpy as np
import scipy
import scipy.sparse as sp
from scipy.sparse.linalg import splu

UU, UD, DU, DD = range(4)
LOWER_KET, RAISE_KET = [(DU, UU), (DD, UD)], [(UU, DU), (UD, DD)]
LOWER_BRA, RAISE_BRA = [(UD, UU), (DD, DU)], [(UU, UD), (DU, DD)]
BEST = dict(permc_spec="COLAMD", diag_pivot_thresh=0.1, options={})


class Ensemble:
    """Sparse matrices on the monomials of degree n, sorted by k."""

    def __init__(self, n):
        states = [(uu, ud, du, n - uu - ud - du) for uu in range(n + 1) for ud in range(n + 1 - uu)
                  for du in range(n + 1 - uu - ud)]
        states.sort(key=lambda m: (m[UD] - m[DU], m[UD], m[UU]))
        self.n, self.states = n, np.array(states)
        self.index = {m: i for i, m in enumerate(states)}
        self.k = self.states[:, UD] - self.states[:, DU]
        self.transposed = np.array([self.index[m[UU], m[DU], m[UD], m[DD]] for m in states])
        self.trace = ((self.states[:, UD] == 0) & (self.states[:, DU] == 0)).astype(float)

    def hop(self, pairs):
        """sum of x_a d/dx_b over pairs (a, b)"""
        rows, cols, vals = [], [], []
        for a, b in pairs:
            for i, m in enumerate(self.states):
                if m[b]:
                    to = m.copy()
                    to[b] -= 1
                    to[a] += 1
                    rows.append(self.index[tuple(to)])
                    cols.append(i)
                    vals.append(float(m[b]))
        return sp.csr_matrix((vals, (rows, cols)), shape=(len(self.states),) * 2)

    def noise(self, minus, phase):
        m = self.states
        flips = m[:, UD] + m[:, DU]
        return minus * self.hop([(DD, UU)]) + sp.diags(-minus * (m[:, UU] + flips / 2) - 2 * phase * flips)


def terms(e, c, s):
    """The engineered part: one matrix for each ensemble alone, and pairs (A, B) whose products A x B couple the two."""
    lk, rk, lb, rb = ([x.hop(p) for x in e] for p in (LOWER_KET, RAISE_KET, LOWER_BRA, RAISE_BRA))
    own = []
    for i in (0, 1):
        down = lk[i] @ lb[i] - (rk[i] @ lk[i] + rb[i] @ lb[i]) / 2
        up = rk[i] @ rb[i] - (lk[i] @ rk[i] + lb[i] @ rb[i]) / 2
        own.append(c * c * down + s * s * up)
    jumps = [(lk[0], rb[1]), (lb[0], rk[1]), (rb[0], lk[1]), (rk[0], lb[1])]         # O_1 rho O_2 and its like
    decay = [(lk[0], lk[1]), (lb[0], lb[1]), (rk[0], rk[1]), (rb[0], rb[1])]         # O_1 O_2 rho and its like
    return own, [(c * s * a, b) for a, b in jumps] + [(-c * s * a, b) for a, b in decay]


class Problem:
    def __init__(self, n1, n2, r, minus, phase, exchange=False):
        e = self.e = [Ensemble(n1), Ensemble(n2)]
        own, cross = terms(e, math.cosh(r), math.sinh(r))
        one = [sp.identity(len(x.states), format="csr") for x in e]
        local = [own[i] + e[i].noise(minus, phase) for i in (0, 1)]
        products = [(local[0], one[1]), (one[0], local[1])] + cross
        lo = [np.searchsorted(x.k, range(-n1 - n2 - 1, n1 + n2 + 3)) for x in e]
        span = lambda i, k: slice(lo[i][k + n1 + n2 + 1], lo[i][k + n1 + n2 + 2])
        self.ks = range(0, min(n1, n2) + 1)
        self.span, self.shape = span, [(span(0, k).stop - span(0, k).start, span(1, k).stop - span(1, k).start) for k in self.ks]
        blocks = [[None] * len(self.ks) for _ in self.ks]
        for a in self.ks:
            for b in (a - 1, a, a + 1):
                if abs(b) > self.ks[-1]:
                    continue
                parts = [sp.kron(A[span(0, a), span(0, b)], B[span(1, a), span(1, b)], "csr") for A, B in products
                         if A[span(0, a), span(0, b)].nnz and B[span(1, a), span(1, b)].nnz]
                if not parts:
                    continue
                block = sum(parts[1:], parts[0])
                if b < 0:                                     # element of -b, transposed
                    block, b = block[:, self.flip(b)], -b
                blocks[a][b] = block if blocks[a][b] is None else blocks[a][b] + block
        self.L = sp.bmat(blocks, "csc")
        self.fold = None
        if exchange:
            self.fold = self.exchange()
            keep = np.unique(self.fold)
            place = np.empty(self.L.shape[0], dtype=int)
            place[keep] = np.arange(len(keep))
            self.fold = place[self.fold]
            merge = sp.csr_matrix((np.ones(len(self.fold)), (np.arange(len(self.fold)), self.fold)))
            self.L = (self.L.tocsr()[keep] @ merge).tocsc()
        self.pin = 0                                          # k = 0, all down in both: column of down down, ud = uu = 0

    def flip(self, b):
        """Columns of block -b in the order of the elements of block b that they equal."""
        s = [self.span(i, b) for i in (0, 1)]
        t = [self.span(i, -b) for i in (0, 1)]
        inverse = [np.argsort(self.e[i].transposed[s[i]] - t[i].start) for i in (0, 1)]
        return (inverse[0][:, None] * (s[1].stop - s[1].start) + inverse[1][None, :]).ravel()

    def exchange(self):
        out, start = [], 0
        for d1, d2 in self.shape:
            i, j = np.divmod(np.arange(d1 * d2), d2)
            out.append(start + np.minimum(i * d2 + j, j * d2 + i))
            start += d1 * d2
        return np.concatenate(out)

    def moments(self, x):
        """<X+^2>, Z_1, Z_2, <Z_1 Z_2> from the elements with k = 0 and 1."""
        x = x if self.fold is None else x[self.fold]
        d0, d1 = self.shape[0], self.shape[1]
        x0, x1 = x[:d0[0] * d0[1]].reshape(d0), x[d0[0] * d0[1]:][:d1[0] * d1[1]].reshape(d1)
        s, t = [self.span(i, 0) for i in (0, 1)], [self.span(i, 1) for i in (0, 1)]
        tr = [self.e[i].trace[s[i]] for i in (0, 1)]
        m = [self.e[i].states[s[i]] for i in (0, 1)]
        Z = [tr[i] * (m[i][:, UU] - m[i][:, DD]) / 2 for i in (0, 1)]
        S = []                                                # Tr S^+ S^- on the ket
        for i in (0, 1):
            flips = self.e[i].hop(RAISE_KET) @ self.e[i].hop(LOWER_KET)
            S.append((self.e[i].trace @ flips)[s[i]] - Z[i])  # X^2 + Y^2 = S+S- - Z
        low = [(self.e[i].trace @ self.e[i].hop([(DD, UD)]))[t[i]] for i in (0, 1)]   # Tr S^- rho, k = 1
        norm = tr[0] @ x0 @ tr[1]
        z12 = Z[0] @ x0 @ Z[1]
        squares = (S[0] @ x0 @ tr[1] + tr[0] @ x0 @ S[1]) / 2
        cross = 2 * (low[0] @ x1 @ low[1]) / 2                # 2 <X_1 X_2> = Re <O_1 O_2>, O_1 O_2 and its adjoint
        return np.array([squares + cross, Z[0] @ x0 @ tr[1], tr[0] @ x0 @ Z[1], z12]) / norm


def pinned(L, pin):
    keep = np.ones(L.shape[0])
    keep[pin] = 0
    return (sp.diags(keep) @ L + sp.csc_matrix(([1.0], ([pin], [pin])), shape=L.shape)).tocsc()


def unit(n, pin):
    rhs = np.zeros(n)
    rhs[pin] = 1
    return rhs


def by_lu(p, permc_spec, diag_pivot_thresh, options):
    f = splu(pinned(p.L, p.pin), permc_spec=permc_spec, diag_pivot_thresh=diag_pivot_thresh, options=options)
    return f.solve(unit(p.L.shape[0], p.pin))


def run(args, how):
    begin, cpu = time.perf_counter(), time.process_time()
    p = Problem(*args)
    built = time.perf_counter()
    x = how(p)
    values = p.moments(x)
    end, cpu = time.perf_counter(), time.process_time() - cpu
    return end - begin, cpu, built - begin, values, abs(p.L @ x).max() / abs(x).max(), p.L


def survey(args):
    hows = {}
    for spec in ("MMD_AT_PLUS_A", "COLAMD", "MMD_ATA", "NATURAL"):
        for pivot in (1.0, 0.1, 0.0):
            for symmetric in (True, False):
                options = dict(SymmetricMode=True) if symmetric else {}
                hows[f"splu {spec} {pivot} {'symmetric' if symmetric else ''}"] = (
                    lambda p, s=spec, v=pivot, y=options: by_lu(p, s, v, y))
    try:
        from PyKLU import Klu
        hows["klu"] = lambda p: Klu(pinned(p.L, p.pin)).solve(unit(p.L.shape[0], p.pin))
    except ImportError:
        pass
    try:
        import pypardiso
        hows["pardiso"] = lambda p: pypardiso.spsolve(pinned(p.L, p.pin).tocsr(), unit(p.L.shape[0], p.pin))
    except ImportError:
        pass
    for name, how in hows.items():
        try:
            seconds, cpu, built, values, residual, L = run(args, how)
            print(f"{name:36} {seconds:7.3f} s, cpu {cpu:7.3f} s, residual {residual:.1e}, <X+^2> {values[0]:.12f}", flush=True)
        except Exception as e:
            print(name, "failed", repr(e)[:100], flush=True)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--atoms", default="12,12")
    p.add_argument("--r", type=float, default=0.7)
    p.add_argument("--gamma-minus", type=float, default=0.3)
    p.add_argument("--gamma-z", type=float, default=0.2)
    p.add_argument("--exchange", action="store_true", help="fold equal ensembles")
    p.add_argument("--survey", action="store_true")
    a = p.parse_args()
    n1, n2 = map(int, a.atoms.split(","))
    args = (n1, n2, a.r, a.gamma_minus, a.gamma_z, a.exchange)
    if a.survey:
        survey(args)
    else:
        seconds, cpu, built, (xp, z1, z2, z12), residual, L = run(args, lambda p: by_lu(p, **BEST))
        print(f"SciPy {scipy.__version__} splu {BEST['permc_spec']}: atoms {a.atoms}, {L.shape[0]} unknowns, {L.nnz} entries, "
              f"x_plus_sq {xp:.12f} z1 {z1:.12f} z2 {z2:.12f} z1z2 {z12:.12f} residual {residual:.1e}, "
              f"built in {built:.3f} s, cpu {cpu:.3f} s, {seconds:.3f} s")
