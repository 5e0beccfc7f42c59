"""Eq. (10), d rho/dt = sum_j D[c O_j + s O_{j'}^dagger] rho, gamma = 1, in the number type of the caller.

Two ladders in a basis e_m with O e_m = down[m] e_{m-1}, O^dagger e_{m-1} = up[m] e_m, norms[m] = <e_m|e_m>
(see operators.py: orthonormal, or free of square roots).  rho = sum R[k,b] |e_k)(e_b|, k = (m1, m2).

Each jump operator changes d = m1 - m2 by one and the same amount, so d_ket - d_bra is conserved.  `Sector(shift)`
is the set of elements with d_ket - d_bra = shift.  In sector 0 the matrix from |0,0> is symmetric under transposition
and, for equal ladders, under exchange of the two; `fold` keeps one element for each orbit.  No formula of the paper
beyond Eq. (10) and the definitions of X, Y, Z is used.
"""


class Ladder:
    def __init__(self, down, up, norms):
        self.M, self.down, self.up, self.norms = len(norms) - 1, down, up, norms

    def o2(self, m):
        return self.down[m] * self.up[m]


def orthonormal(o):
    """o = [o(1), ..., o(M)]"""
    one = [0] + list(o) + [0]
    return Ladder(one, one, [1] * (len(o) + 1))


def rootless(o2):
    """e_m = |m>/(o(1)...o(m)), the product restarting after a zero; o2 = [o^2(1), ..., o^2(M)]"""
    norms = [1]
    for q in o2:
        norms.append(norms[-1] / q if q else 1)
    return Ladder([0] + [1 if q else 0 for q in o2] + [0], [0] + list(o2) + [0], norms)


class Sector:
    """Rows of the Liouvillian with cc = c^2, ss = s^2, cs = c s, as lists of {column: value}."""

    def __init__(self, a, b, cc, ss, cs, shift=0, transpose=False, exchange=False):
        self.a, self.b, self.w = a, b, {"cc": cc, "ss": ss, "cs": cs, "sc": cs}
        self.transpose, self.exchange = transpose, exchange
        kets = [(i, j) for i in range(a.M + 1) for j in range(b.M + 1)]
        by_d = {}
        for k in kets:
            by_d.setdefault(k[0] - k[1], []).append(k)
        self.elements = [(k, q) for k in kets for q in by_d.get(k[0] - k[1] - shift, []) if self.fold((k, q)) == (k, q)]
        self.elements.sort(key=lambda e: (e[0][0] - e[0][1], e))
        self.index = {e: i for i, e in enumerate(self.elements)}
        self.rows = [self.row(e) for e in self.elements]

    def fold(self, e):
        k, q = e
        if self.exchange and k[0] < k[1]:
            k, q = k[::-1], q[::-1]
        return (q, k) if self.transpose and k < q else (k, q)

    def jump(self, j, k):
        """Row k of c O_j + s O_{j'}^dagger: (column, tag, value)."""
        (i, m), a, b = k, self.a, self.b
        if j == 0:
            lower, raised = ((i + 1, m), a.down[i + 1]), ((i, m - 1), b.up[m])
        else:
            lower, raised = ((i, m + 1), b.down[m + 1]), ((i - 1, m), a.up[i])
        return [(col, tag, v) for (col, v), tag in ((lower, "c"), (raised, "s")) if v != 0]

    def decay(self, k):
        """Row k of sum_j L_j^dagger L_j."""
        (i, m), a, b, w = k, self.a, self.b, self.w
        out = [(k, w["cc"] * (a.o2(i) + b.o2(m)) + w["ss"] * (a.o2(i + 1) + b.o2(m + 1)))]
        out.append(((i - 1, m - 1), 2 * w["cs"] * a.up[i] * b.up[m]))
        out.append(((i + 1, m + 1), 2 * w["cs"] * a.down[i + 1] * b.down[m + 1]))
        return [(col, v) for col, v in out if v != 0]

    def row(self, e):
        k, q = e
        out = {}
        def put(col, v):
            col = self.index[self.fold(col)]
            out[col] = out[col] + v if col in out else v
        for j in (0, 1):
            for kk, s1, u in self.jump(j, k):
                for qq, s2, v in self.jump(j, q):
                    put((kk, qq), self.w[s1 + s2] * u * v)
        for kk, v in self.decay(k):
            put((kk, q), -v / 2)
        for qq, v in self.decay(q):
            put((k, qq), -v / 2)
        return {col: v for col, v in out.items() if v != 0}

    def at(self, x, k, q):
        return x[self.index[self.fold((k, q))]]

    def trace(self, x):
        return sum(self.at(x, (i, m), (i, m)) * self.a.norms[i] * self.b.norms[m]
                   for i in range(self.a.M + 1) for m in range(self.b.M + 1))

    def moments(self, x, trace=None):
        """Sector 0: <X+^2> = <Y-^2>, <X-^2> = <Y+^2>, <Z1>, <Z2>."""
        a, b = self.a, self.b
        parallel = crossed = z1 = z2 = 0
        for i in range(a.M + 1):
            for m in range(b.M + 1):
                p = self.at(x, (i, m), (i, m)) * a.norms[i] * b.norms[m]
                down = (a.o2(i), b.o2(m))                     # O^dagger O
                up = (a.o2(i + 1), b.o2(m + 1))               # O O^dagger
                parallel += p * (down[0] + down[1] + up[0] + up[1]) / 4
                z1 += p * (down[0] - up[0]) / 2
                z2 += p * (down[1] - up[1]) / 2
                if i and m:                                   # Tr O1 O2 |e_k)(e_{k-1}|
                    crossed += (self.at(x, (i, m), (i - 1, m - 1)) * a.down[i] * b.down[m]
                                * a.norms[i - 1] * b.norms[m - 1])
        n = trace if trace is not None else self.trace(x)
        return {"x_plus_sq": (parallel + crossed) / n, "x_minus_sq": (parallel - crossed) / n,
                "y_plus_sq": (parallel - crossed) / n, "y_minus_sq": (parallel + crossed) / n,
                "z1": z1 / n, "z2": z2 / n}

    def fidelity(self, x, t):
        """<psi|rho|psi> with psi ~ sum_m (-t)^m |m,m>; orthonormal basis, equal ladders."""
        a = [(-t) ** m if m else 1 + 0 * t for m in range(self.a.M + 1)]
        s = sum(a[m] * a[n] * self.at(x, (m, m), (n, n)) for m in range(len(a)) for n in range(len(a)))
        return s / sum(v * v for v in a)

    def purity(self, x):
        """Tr rho^2; orthonormal basis."""
        total = 0
        by_d = {}
        for i in range(self.a.M + 1):
            for m in range(self.b.M + 1):
                by_d.setdefault(i - m, []).append((i, m))
        for block in by_d.values():
            for k in block:
                for q in block:
                    v = self.at(x, k, q)
                    total += v * v
        return total


def spin_o2(twice_s):
    return [m * (twice_s + 1 - m) for m in range(1, twice_s + 1)]
