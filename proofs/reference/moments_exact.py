"""Equations of motion of collective moments under (S59), exact, and the printed (S60)-(S67).  Writes moments_exact.json.

Two ensembles of n1 and n2 atoms, gamma = 1: jumps cosh r O_1 + sinh r O_2^dagger and cosh r O_2 + sinh r O_1^dagger,
O_i = sum_j sigma^-_ij, with local relaxation sigma^-, dephasing sigma^z (eigenvalues +-1) and pumping sigma^+.

1. `states`: 2^N matrices in integers (e^r = 2 or 3).  For seeded random density matrices R (Gaussian integers over the
   trace): `moments`, the expectation of every symmetrised product of X_i, Y_i, Z_i up to fourth order, and `rates`, its
   derivative Tr(A L rho) up to third order for each generator alone.  L rho and the adjoint on A are both computed.
   Keys are words such as "x1 x1 z2"; symmetrised means the average over all orders; "1" is the trace.
2. The same derivatives by algebra: words of X, Y, Z with [X, Y] = iZ, single-atom products through sigma_a sigma_b =
   delta_ab + i eps_abc sigma_c, coefficients polynomials in C = cosh 2r, s = sinh 2r, the rates, n1 and n2.  Each equation up
   to third order is evaluated on each state of part 1 and must give the same rational number (`checked`).
3. `equations`: for states with rho invariant under X, Y -> -X, -Y (all S^x, S^y, C^xz, C^yz vanish; nothing else assumed)
   the exact equation of each printed quantity, with the symmetrised third cumulants `k(xxz,...)` left standing, and every
   printed term beside the coefficient in each closure.  The closures set to zero the third cumulant
     symmetrised          of the symmetrised products
     word order xyz, ...  of the products in one order of the letters, <AB> in that order too; other orders by commutators
     real part of xyz     mean of that and of the reversed order (a word order alone gives complex equations)
     order +z-, ...       word order with letters S+, Z, S-
     as written           of the words as they come out of (G+ [A,G] + [G+,A] G)/2, G in S+ and S-, no reordering
     distinct atoms       of three different atoms; same-atom products are exact; needs permutation symmetry
   `exact_form_checked`: this form, third cumulants included, on random states of that kind, in exact numbers.
   `slips`: printed terms with a coefficient that no closure gives; `witness` has a state and the two numbers.
   `missed`: d/dt of the quantity (exactly 0) by each closure on the pure steady state of Eq. (10), e^r = 2; also on the
   initial state (all down, r = 0, no local noise), which is stationary.
"""
import itertools, json, os, random
from fractions import Fraction as F
import numpy as np
import sympy as sp
from sympy import QQ_I, I, Rational

HERE = os.path.dirname(os.path.abspath(__file__))
LETTERS = [a + i for i in "12" for a in "xyz"]


# ---------- part 1: matrices ----------

def name(word):
    return " ".join(word) if word else "1"


def monomials(order):
    for k in range(order + 1):
        yield from itertools.combinations_with_replacement(LETTERS, k)


class Atoms:
    """2X, 2iY, 2Z of both ensembles and the single-atom sigma^-: real integer matrices."""

    def __init__(self, n1, n2):
        self.n, N = (n1, n2), n1 + n2
        low = np.array([[0, 0], [1, 0]], dtype=np.int64)       # basis (up, down)
        def embed(j):
            out = np.array([[1]], dtype=np.int64)
            for k in range(N):
                out = np.kron(out, low if k == j else np.eye(2, dtype=np.int64))
            return out
        self.lower = [embed(j) for j in range(N)]
        self.O = [sum(self.lower[:n1]), sum(self.lower[n1:])]
        self.matrix = {}
        for i, O in enumerate(self.O, 1):
            self.matrix[f"x{i}"] = O.T + O
            self.matrix[f"y{i}"] = O.T - O
            self.matrix[f"z{i}"] = O.T.dot(O) - O.dot(O.T)

    def symmetrised(self, word):
        """(matrix, factor): the average over the orders is factor times the integer matrix."""
        dim = 2**sum(self.n)
        orders = set(itertools.permutations(word))
        total = np.zeros((dim, dim), dtype=np.int64)
        for w in orders:
            m = np.eye(dim, dtype=np.int64)
            for a in w:
                m = m.dot(self.matrix[a])
            total = total + m
        ys = sum(a[0] == "y" for a in word)
        return total, F(1, len(orders) * 2**len(word)), ys   # each Y is (2iY)/(2i)

    def jumps(self, generator):
        """List of integer jump operators and the square of their common denominator."""
        if generator.startswith("engineered"):
            e = int(generator[-1])                            # e^r; 2e cosh r = e^2 + 1, 2e sinh r = e^2 - 1
            c, s = e * e + 1, e * e - 1
            return [c * self.O[0] + s * self.O[1].T, c * self.O[1] + s * self.O[0].T], 4 * e * e
        if generator == "relaxation":
            return self.lower, 1
        if generator == "pumping":
            return [a.T for a in self.lower], 1
        return [a.T.dot(a) - a.dot(a.T) for a in self.lower], 1


GENERATORS = ["engineered, e^r = 2", "engineered, e^r = 3", "relaxation", "dephasing", "pumping"]


def random_state(dim, seed, rank):
    rng = random.Random(seed)
    pick = lambda: np.array([[rng.choice((-1, 0, 1)) for _ in range(rank)] for _ in range(dim)], dtype=np.int64)
    a, b = pick(), pick()                                     # (a + ib)(a + ib)^dagger
    return a.dot(a.T) + b.dot(b.T), b.dot(a.T) - a.dot(b.T)


def diagonal_or_pure(vector):
    v = np.array(vector, dtype=np.int64)
    return np.outer(v, v), 0 * np.outer(v, v)


def trace(a, b):
    return int(np.sum(a * b.T))


def expectation(sym, rho):
    """Tr of the symmetrised word with R + iJ (not normalised): real by hermiticity."""
    matrix, factor, ys = sym
    if ys % 2 == 0:                                           # i^-ys = +-1
        assert trace(matrix, rho[1]) == 0
        return factor * (-1)**(ys // 2) * trace(matrix, rho[0])
    assert trace(matrix, rho[0]) == 0
    return factor * (-1)**((ys - 1) // 2) * trace(matrix, rho[1])   # i J / i^ys


def flow(jumps, rho):
    L, den = jumps
    K = sum(j.T.dot(j) for j in L)
    return tuple(sum(2 * j.dot(p).dot(j.T) for j in L) - K.dot(p) - p.dot(K) for p in rho), 2 * den


def adjoint(jumps, A):
    L, den = jumps
    K = sum(j.T.dot(j) for j in L)
    return sum(2 * j.T.dot(A).dot(j) for j in L) - K.dot(A) - A.dot(K), 2 * den


class Numbers:
    """Exact moments and rates of one state."""

    def __init__(self, atoms, rho, symmetrised, generators=GENERATORS, order=3):
        norm = int(np.trace(rho[0]))
        self.moments = {w: expectation(symmetrised[w], rho) / norm for w in symmetrised}
        self.rates = {}
        for g in generators:
            jumps = atoms.jumps(g)
            moved, den = flow(jumps, rho)
            self.rates[g] = {w: expectation(symmetrised[w], moved) / norm / den for w in symmetrised if len(w) <= order}
            for w in symmetrised:
                if 0 < len(w) <= 2:                           # Heisenberg picture, the same number
                    m, factor, ys = symmetrised[w]
                    back, den2 = adjoint(jumps, m)
                    assert expectation((back, factor, ys), rho) / norm / den2 == self.rates[g][w]


# ---------- part 2: algebra ----------

RING = sp.ring("c,h,gm,gz,gp,n1,n2,C,s", QQ_I)
R, c, h, gm, gz, gp, n1, n2, C, S = RING
NUMBER = {"1": n1, "2": n2}
J = R(QQ_I(0, 1))
EPS = {("x", "y"): ("z", 1), ("y", "z"): ("x", 1), ("z", "x"): ("y", 1),
       ("y", "x"): ("z", -1), ("z", "y"): ("x", -1), ("x", "z"): ("y", -1)}
HALF = R(QQ_I(Rational(1, 2), 0))


def add(out, word, v):
    out[word] = out.get(word, R(0)) + v
    if out[word] == 0:
        del out[word]


def times(a, b):
    out = {}
    for u, x in a.items():
        for v, y in b.items():
            add(out, u + v, x * y)
    return out


def plus(*terms):
    out = {}
    for factor, a in terms:
        for w, v in a.items():
            add(out, w, factor * v)
    return out


def commutator(a, b):
    """[a, b] of two letters of X, Y, Z: {letter: coefficient}."""
    if a[1] != b[1] or a[0] == b[0]:
        return {}
    letter, sign = EPS[a[0], b[0]]
    return {letter + a[1]: sign * J}


def sorted_words(a, rank, commute=commutator):
    """The same operator in words whose letters ascend in `rank`."""
    out, todo = {}, dict(a)
    while todo:
        w, v = todo.popitem()
        for k in range(len(w) - 1):
            if rank[w[k]] > rank[w[k + 1]]:
                add(todo, w[:k] + (w[k + 1], w[k]) + w[k + 2:], v)
                for l, f in commute(w[k], w[k + 1]).items():
                    add(todo, w[:k] + (l,) + w[k + 2:], v * f)
                break
        else:
            add(out, w, v)
    return out


XYZ = {a: k for k, a in enumerate(LETTERS)}


def symmetric_average(word):
    orders = set(itertools.permutations(word))
    return {w: R(QQ_I(Rational(1, len(orders)), 0)) for w in orders}


def in_symmetrised(a):
    """{word: coefficient} with each sorted word standing for its symmetrised product."""
    rest, out = sorted_words(a, XYZ), {}
    for k in range(max(map(len, rest), default=0), -1, -1):
        for w in [w for w in rest if len(w) == k]:
            v = rest.pop(w)
            add(out, w, v)
            for u, x in sorted_words(symmetric_average(w), XYZ).items():
                if u != w:
                    add(rest, u, -v * x)
    return out


def minus(i):
    return {("x" + i,): R(1), ("y" + i,): -J}


def dagger(a):
    return {w[::-1]: conjugate(v) for w, v in a.items()}


def conjugate(v):
    return R.from_dict({m: QQ_I(q.x, -q.y) for m, q in v.items()})


def collective(A, G):
    """Adjoint dissipator of a collective jump, (G+ [A,G] + [G+,A] G)/2, as words."""
    D = dagger(G)
    GA, AG = times(A, G), times(G, A)
    first = plus((R(1), GA), (R(-1), AG))
    second = plus((R(1), times(D, A)), (R(-1), times(A, D)))
    return plus((HALF, times(D, first)), (HALF, times(second, G)))


def single(word):
    """Product of single-atom s = sigma/2 letters as {None: v, 'x': v, ...}."""
    out = {None: R(1)}
    for a in word:
        new = {}
        for o, v in out.items():
            if o is None:
                new[a] = new.get(a, R(0)) + v
            elif o == a:
                new[None] = new.get(None, R(0)) + v * HALF * HALF
            else:
                l, sign = EPS[o, a]
                new[l] = new.get(l, R(0)) + v * HALF * sign * J
        out = new
    return {o: v for o, v in out.items() if v != 0}


def single_dissipator(o):
    """Adjoint of gm D[sigma-] + gz D[sigma^z] + gp D[sigma+] on s_o."""
    if o is None:
        return {}
    if o == "z":
        return {"z": -(gm + gp), None: HALF * (gp - gm)}
    return {o: -(gm + gp) * HALF - 2 * gz}


def spread(o, rest, i):
    """sum_j o_j prod_r (S_r - s_jr): one atom j and all others different from it."""
    if not rest:
        return {(): NUMBER[i]} if o is None else {(o + i,): R(1)}
    head, last = rest[:-1], rest[-1]
    out = times(spread(o, head, i), {(last + i,): R(1)})
    for l, v in single((last,) if o is None else (o, last)).items():
        out = plus((R(1), out), (-v, spread(l, head, i)))
    return out


def local(word):
    """Adjoint local dissipators on a word sorted by ensemble."""
    out = {}
    for i in "12":
        mine = tuple(a[0] for a in word if a[1] == i)
        other = tuple(a for a in word if a[1] != i)
        for k in range(1, len(mine) + 1):
            for chosen in itertools.combinations(range(len(mine)), k):
                rest = tuple(a for p, a in enumerate(mine) if p not in chosen)
                for o, v in single(tuple(mine[p] for p in chosen)).items():
                    for l, w in single_dissipator(o).items():
                        out = plus((R(1), out), (v * w, times({other: R(1)}, spread(l, rest, i))))
    return out


def in_cosh_sinh(v):
    """cosh^2 = (C+1)/2, sinh^2 = (C-1)/2, cosh sinh = s/2."""
    out = R(0)
    for m, q in v.items():
        rest = R.from_dict({(0, 0) + tuple(m[2:]): q})
        kind = {(2, 0): (C + 1) * HALF, (0, 2): (C - 1) * HALF, (1, 1): S * HALF, (0, 0): R(1)}[m[:2]]
        out += rest * kind
    return out


GAMMA = [plus((c, minus("1")), (h, dagger(minus("2")))), plus((c, minus("2")), (h, dagger(minus("1"))))]


def heisenberg(A, canonical=in_symmetrised, jumps=GAMMA):
    """(engineered, local) parts of d<A>/dt, A a combination of words."""
    engineered = plus(*[(R(1), collective(A, G)) for G in jumps])
    noise = plus(*[(v, local(w)) for w, v in A.items()])
    clean = lambda a: {w: u for w, u in ((w, in_cosh_sinh(v)) for w, v in canonical(a).items()) if u != 0}
    return clean(engineered), clean(noise)


def value(equation, moments, n, rates):
    """Linear equation in symmetrised moments on exact numbers."""
    gens = [F(0)] * 2 + [F(rates.get(g, 0)) for g in ("gm", "gz", "gp")] + [F(n[0]), F(n[1])]
    gens += [F(rates.get("C", 0)), F(rates.get("s", 0))]
    total = F(0)
    for w, v in equation.items():
        for m, q in v.items():
            assert q.y == 0
            term = F(int(q.x.numerator), int(q.x.denominator)) * moments[w]
            for g, e in zip(gens, m):
                term *= g**e
            total += term
    return total


def compare(states):
    """Every derived equation on every state: number of equalities checked; differences raise."""
    done = 0
    for w in monomials(3):
        if not w:
            continue
        engineered, noise = heisenberg(symmetric_average(w))
        for n, numbers in states:
            for e in (2, 3):
                e2 = F(e * e)
                got = value(engineered, numbers.moments, n, {"C": (e2 + 1 / e2) / 2, "s": (e2 - 1 / e2) / 2})
                assert got == numbers.rates[f"engineered, e^r = {e}"][w], (w, n)
                done += 1
            for g, kind in (("gm", "relaxation"), ("gz", "dephasing"), ("gp", "pumping")):
                assert value(noise, numbers.moments, n, {g: 1}) == numbers.rates[kind][w], (w, n, g)
                done += 1
    return done


# ---------- part 3: closures and the printed lines ----------

symbol = sp.Symbol
N1, N2, SC, SS, GM, GZ, GP = sp.symbols("n1 n2 C s gm gz gp")
ATOMS = {"1": N1, "2": N2}


def expression(v):
    """Ring element as an expression."""
    out = 0
    for m, q in v.items():
        term = Rational(int(q.x.numerator), int(q.x.denominator)) + I * Rational(int(q.y.numerator), int(q.y.denominator))
        for g, e in zip((None, None, GM, GZ, GP, N1, N2, SC, SS), m):
            if e:
                term *= g**e
        out += term
    return out


def mean(a):
    return symbol(a) if a[0] == "z" else 0


def covariance(a, b):
    """Symmetrised covariance of two letters in the sector; 0 when odd in (X, Y)."""
    if (a[0] == "z") != (b[0] == "z"):
        return 0
    a, b = sorted((a, b), key=lambda q: (q[1], q[0]))
    return symbol(f"C({a},{b})")


def ordered_pair(a, b):
    out = covariance(a, b) + mean(a) * mean(b)
    for l, f in commutator(a, b).items():
        out += expression(f) / 2 * mean(l)
    return out


def ordered_triple(a, b, d):
    return (mean(a) * ordered_pair(b, d) + mean(b) * ordered_pair(a, d) + mean(d) * ordered_pair(a, b)
            - 2 * mean(a) * mean(b) * mean(d))


def free_word(w):
    """<w> of a word in X, Y, Z with the third cumulant of this order set to zero."""
    return [lambda: 1, lambda: mean(w[0]), lambda: ordered_pair(*w), lambda: ordered_triple(*w)][len(w)]()


def closed_symmetrised(a, remainder=False):
    out = 0
    for w, v in in_symmetrised(a).items():
        v = expression(in_cosh_sinh(v))
        out += v * sum(free_word(u) for u in set(itertools.permutations(w))) / len(set(itertools.permutations(w)))
        if remainder and len(w) == 3 and sum(q[0] != "z" for q in w) % 2 == 0:
            out += v * symbol("k(" + ",".join(w) + ")")
    return sp.expand(out)


def closed_order(order):
    rank = {a + i: order.index(a) for i in "12" for a in "xyz"}
    def close(a):
        words = sorted_words(a, rank_by_ensemble(rank))
        return sp.expand(sum(expression(in_cosh_sinh(v)) * free_word(w) for w, v in words.items()))
    return close


def rank_by_ensemble(rank):
    return {a: 10 * int(a[1]) + k for a, k in rank.items()}


def exchanged(a, table):
    """Words with each letter replaced by a combination of letters."""
    out = {}
    for w, v in a.items():
        word = {(): v}
        for q in w:
            word = times(word, {(l + q[1],): f for l, f in table[q[0]].items()})
        out = plus((R(1), out), (R(1), word))
    return out


def to_ladder(a):
    """Words of X, Y, Z in the letters +, z, -."""
    return exchanged(a, {"x": {"+": HALF, "-": HALF}, "y": {"+": -HALF * J, "-": HALF * J}, "z": {"z": R(1)}})


def from_ladder(a):
    return exchanged(a, {"+": {"x": R(1), "y": J}, "-": {"x": R(1), "y": -J}, "z": {"z": R(1)}})


def ladder_commutator(a, b):
    if a[1] != b[1] or a[0] == b[0]:
        return {}
    return {k: {l + a[1]: R(v)} for k, (l, v) in {"z+": ("+", 1), "+z": ("+", -1), "z-": ("-", -1), "-z": ("-", 1),
                                               "+-": ("z", 2), "-+": ("z", -2)}.items()}[a[0] + b[0]]


def closed_ladder(order):
    rank = rank_by_ensemble({a + i: order.index(a) for i in "12" for a in "+z-"})
    def close(a):
        words = from_ladder(sorted_words(to_ladder(a), rank, ladder_commutator))
        return sp.expand(sum(expression(in_cosh_sinh(v)) * free_word(w) for w, v in words.items()))
    return close


def partitions(items):
    if not items:
        yield []
        return
    head, rest = items[0], items[1:]
    for p in partitions(rest):
        yield [[head]] + p
        for k in range(len(p)):
            yield p[:k] + [[head] + p[k]] + p[k + 1:]


def sum_distinct(letters):
    """Sum over pairwise different atoms of <s s s>, third cumulant of different atoms zero."""
    if len(letters) == 0:
        return 1
    if len(letters) == 1:
        return mean(letters[0])
    if len(letters) == 2:
        a, b = letters
        same = a[1] == b[1]
        return covariance(a, b) + mean(a) * mean(b) - (ATOMS[a[1]] / 4 if same and a == b else 0)
    count = lambda q: sp.prod([ATOMS[i] - k for i in "12" for k in range(sum(a[1] == i for a in q))])
    per = lambda q: sum_distinct(q) / count(q)
    a, b, d = letters
    cumulants = per([a]) * per([b, d]) + per([b]) * per([a, d]) + per([d]) * per([a, b]) - 2 * per([a]) * per([b]) * per([d])
    return count(letters) * cumulants


def closed_distinct(a):
    out = 0
    for w, v in sorted_words(a, XYZ).items():
        for p in partitions(list(range(len(w)))):
            if any(len({w[k][1] for k in block}) > 1 for block in p):
                continue
            choices = [[(o, w[block[0]][1], x) for o, x in single(tuple(w[k][0] for k in sorted(block))).items()] for block in p]
            for pick in itertools.product(*choices):
                factor = expression(in_cosh_sinh(v))
                letters = [o + i for o, i, _ in pick if o is not None]
                for _, _, x in pick:
                    factor *= expression(x)
                used = {i: sum(l[1] == i for l in letters) for i in "12"}
                for o, i, _ in pick:
                    if o is None:
                        factor *= ATOMS[i] - used[i]
                        used[i] += 1
                out += factor * sum_distinct(letters)
    return sp.expand(sp.cancel(sp.together(sp.expand(out))))


def letterwise(A, jumps=GAMMA):
    """As written: [A,G] by Leibniz on the words of A, G+ and G at the ends, no reordering."""
    def inner(w, g):
        out = {}
        for k, a in enumerate(w):
            for l, f in commutator(a, g).items():
                add(out, w[:k] + (l,) + w[k + 1:], f)
        return out
    out = {}
    for G in jumps:
        D = dagger(G)
        for w, v in A.items():
            AG = plus(*[(x, inner(w, g[0])) for g, x in G.items()])
            DA = plus(*[(-x, inner(w, g[0])) for g, x in D.items()])
            out = plus((R(1), out), (v * HALF, times(D, AG)), (v * HALF, times(DA, G)))
    return out


def closures():
    out = {"symmetrised": closed_symmetrised}
    for p in itertools.permutations("xyz"):
        out["word order " + "".join(p)] = closed_order(p)
    for p in itertools.permutations("+z-"):
        out["order " + "".join(p)] = closed_ladder(p)
    mean_of = lambda f, g: lambda a: sp.expand((f(a) + g(a)) / 2)
    for p in ("xyz", "xzy", "yxz"):
        out["real part of " + p] = mean_of(closed_order(p), closed_order(p[::-1]))
    out["as written"] = None
    out["distinct atoms"] = closed_distinct
    return out


def motion(A, close):
    noise = plus(*[(v, local(w)) for w, v in A.items()])
    if close is None:
        words = letterwise(A)
        engineered = sp.expand(sum(expression(in_cosh_sinh(v)) * free_word(w) for w, v in words.items()))
        return sp.expand(engineered + closed_symmetrised(noise))          # local noise: no third order, so no closure
    return close(plus(*[(R(1), collective(A, G)) for G in GAMMA])) + close(noise)


def derivative_of_covariance(a, b, close):
    A = plus((HALF, {(a, b): R(1)}), (HALF, {(b, a): R(1)}))
    out = motion(A, close)
    for u, v in ((a, b), (b, a)):
        if mean(u) != 0:
            out -= mean(u) * motion({(v,): R(1)}, close)
    return sp.expand(out)


def quantity(eq):
    """Letters of the left-hand side."""
    return {"S60": ("z1",), "S61": ("x1", "x1"), "S62": ("y1", "y1"), "S63": ("z1", "z1"), "S64": ("x1", "x2"),
            "S65": ("y1", "x2"), "S66": ("y1", "y2"), "S67": ("z1", "z2")}[eq]


def printed():
    """Right-hand sides term by term as printed, i = 1, gamma = 1, N/2 = n1."""
    z1, z2 = symbol("z1"), symbol("z2")
    a, b, d = covariance("x1", "x1"), covariance("y1", "y1"), covariance("z1", "z1")
    xx, yx, yy, zz = (covariance(p + "1", q + "2") for p, q in ("xx", "yx", "yy", "zz"))
    k = GM + 4 * GZ
    n = N1
    own = lambda q: [k * n / 4, -k * q, SC * d, -SC * q, SC * z1**2, -z1 / 2, 2 * q * z1]
    return {
        "S60": [GM * z1, -GM * n / 2, -a, -b, -SC * z1],
        "S61": own(a), "S62": own(b),
        "S63": [GM * n / 2, -2 * GM * d, GM * z1, SC * a, SC * b, -2 * SC * d, z1],
        "S64": [-k * xx, xx * z1, xx * z2, -SS * z1 * z2, -SC * xx, -SS * zz],
        "S65": [-k * yx, yx, z1, z2, -SC * yx],
        "S66": [-k * yy, yy * z1, yy * z2, SS * z1 * z2, -SC * yy, SS * zz],
        "S67": [-2 * GM * zz, -2 * SC * zz, -SS * xx, SS * yy],
    }


VARIABLES = [symbol("z1"), symbol("z2"), *(covariance(a, b) for a in LETTERS for b in LETTERS if covariance(a, b) != 0)]


def split(expr, extra=()):
    """{monomial in rates, C, s and moments: coefficient, rational in n1, n2}."""
    gens = [GM, GZ, GP, SC, SS, *dict.fromkeys(VARIABLES), *extra]
    expr = sp.expand(expr)
    if expr == 0:
        return {}
    poly = sp.Poly(expr, *gens)
    return {sp.Mul(*[g**e for g, e in zip(gens, m)]): sp.factor(q) for m, q in poly.terms()}


def right_side(eq, close):
    letters = quantity(eq)
    return motion({letters: R(1)}, close) if len(letters) == 1 else derivative_of_covariance(*letters, close)


UNEXCITED = [covariance(a, b) for a, b in (("x1", "y1"), ("x2", "y2"), ("x1", "y2"), ("y1", "x2"))]


def judge():
    """For each equation: exact form, and the coefficients of all monomials in print, exactly and in each closure."""
    every, out = closures(), {}
    for eq, terms in printed().items():
        letters = quantity(eq)
        exact = right_side(eq, lambda a: closed_symmetrised(a, remainder=True))
        cumulants = sorted((q for q in exact.free_symbols if str(q).startswith("k(")), key=str)
        without = {GP: 0, **{q: 0 for q in cumulants}}
        in_print, exact_part = split(sp.Add(*terms)), split(exact.subs(without))
        closed = {k: split(right_side(eq, f).subs(GP, 0)) for k, f in every.items()}
        rows, slips = [], []
        for m in sorted(set(in_print) | set(exact_part) | set().union(*closed.values()), key=str):
            values = {k: str(v.get(m, 0)) for k, v in closed.items()}
            same = len(set(values.values())) == 1
            row = {"term": str(m), "printed": str(in_print.get(m, 0)), "exact_beside_cumulants": str(exact_part.get(m, 0)),
                   "closure_independent": same, "closures": next(iter(values.values())) if same else values,
                   "printed_value_in": [k for k, v in values.items() if v == str(in_print.get(m, 0))]}
            rows.append(row)
            if not row["printed_value_in"]:
                slips.append(str(m))
        zero = {q: 0 for q in UNEXCITED if eq != "S65"}
        total = lambda a: sp.Add(*[m * v for m, v in a.items()])
        agree = lambda k: sp.expand((total(closed[k]) - total(in_print)).subs(zero)) == 0
        out[eq] = {"left_side": "d/dt " + (f"<{letters[0]}>" if len(letters) == 1 else f"C({letters[0]},{letters[1]})"),
                   "exact_beside_cumulants": str(sp.collect(exact.subs(without), [GM, GZ, SC, SS])),
                   "third_cumulants": {str(q): str(sp.factor(exact.coeff(q))) for q in cumulants},
                   "pumping": str(sp.diff(exact, GP)), "slips": slips,
                   "reproduced_by": [k for k in every if closed[k] == in_print],
                   "reproduced_without_xy_covariances_by": [k for k in every if agree(k)], "terms": rows}
    return out


def numbers_of(numbers, n, e, rates):
    """Values of all symbols of part 3 on a state."""
    m = numbers.moments
    key = lambda *w: tuple(sorted(w, key=LETTERS.index))
    out = {symbol(a): m[(a,)] for a in ("z1", "z2")}
    for a, b in itertools.combinations_with_replacement(LETTERS, 2):
        if covariance(a, b) != 0:
            out[covariance(a, b)] = m[key(a, b)] - m[(a,)] * m[(b,)]
    for w in itertools.combinations_with_replacement(LETTERS, 3):
        a, b, d = w
        out[symbol("k(" + ",".join(w) + ")")] = (m[w] - m[(a,)] * m[key(b, d)] - m[(b,)] * m[key(a, d)] - m[(d,)] * m[key(a, b)]
                                                 + 2 * m[(a,)] * m[(b,)] * m[(d,)])
    e2 = F(e * e)
    out |= {SC: (e2 + 1 / e2) / 2, SS: (e2 - 1 / e2) / 2, N1: n[0], N2: n[1], GM: rates[0], GZ: rates[1], GP: rates[2]}
    return {k: Rational(F(v).numerator, F(v).denominator) for k, v in out.items()}


def true_rate(numbers, letters, e, rates):
    """d/dt of a mean or a covariance by the matrices."""
    r = numbers.rates
    def d(w):
        w = tuple(sorted(w, key=LETTERS.index))
        return (r[f"engineered, e^r = {e}"][w] + rates[0] * r["relaxation"][w] + rates[1] * r["dephasing"][w]
                + rates[2] * r["pumping"][w])
    if len(letters) == 1:
        return d(letters)
    a, b = letters
    m = numbers.moments
    return d(letters) - d((a,)) * m[(b,)] - d((b,)) * m[(a,)]


def even_states(symmetrised, count=2):
    """Random states of part 3: elements between an even and an odd number of atoms up are zero."""
    for n, atoms, sym in symmetrised:
        ups = np.array([bin(k).count("1") % 2 for k in range(2**sum(n))])
        keep = ups[:, None] == ups[None, :]
        for seed in range(count):
            rho = random_state(2**sum(n), 1000 + seed, 5)
            yield n, Numbers(atoms, tuple(p * keep for p in rho), sym)


def check_exact_form(states):
    done = 0
    forms = {eq: right_side(eq, lambda a: closed_symmetrised(a, remainder=True)) for eq in printed()}
    for n, numbers in states:
        for e, rates in ((2, (F(3, 10), F(1, 5), F(1, 7))), (3, (F(0), F(2), F(0)))):
            values = numbers_of(numbers, n, e, rates)
            for eq, form in forms.items():
                truth = true_rate(numbers, quantity(eq), e, rates)
                assert form.subs(values) == Rational(truth.numerator, truth.denominator), (n, eq)
                done += 1
    return done


def pair_state(n, e):
    """sum_m (-tanh r)^m |m,m>, times a number that makes it integer; |m> counts atoms up."""
    t = F(e * e - 1, e * e + 1)
    v = [F(0)] * 4**n
    for i in range(2**n):
        for j in range(2**n):
            m = n - bin(i).count("1")                         # bit 0 is up
            if m == n - bin(j).count("1"):
                v[i * 2**n + j] = (-t)**m / int(sp.binomial(n, m))
    den = int(sp.ilcm(*[q.denominator for q in v]))
    return diagonal_or_pure([int(q * den) for q in v])


def all_down(n):
    return diagonal_or_pure([0] * (2**n - 1) + [1])


def missed(symmetrised):
    """Closures on states where every derivative is exactly zero."""
    out = []
    for label, e, make in (("steady state of Eq. (10), e^r = 2", 2, lambda n: pair_state(n[0], 2)),
                           ("all down, r = 0", 1, lambda n: all_down(sum(n)))):
        for n, atoms, sym in symmetrised:
            if n[0] != n[1]:
                continue
            numbers = Numbers(atoms, make(n), sym, generators=[f"engineered, e^r = {e}"])
            zero = max(abs(v) for v in numbers.rates[f"engineered, e^r = {e}"].values())
            assert zero == 0
            values = numbers_of(numbers, n, e, (0, 0, 0))
            rows = {}
            for k, close in closures().items():
                got = {eq: right_side(eq, close).subs(values) for eq in printed()}
                rows[k] = {eq: str(v) for eq, v in got.items() if v != 0}
            rows["printed"] = {eq: str(v) for eq, v in ((eq, sp.Add(*t).subs(values)) for eq, t in printed().items()) if v != 0}
            out.append({"state": label, "n1": n[0], "n2": n[1], "nonzero": rows})
    return out


def witnesses(symmetrised):
    """The two lines with slips on states of two atoms."""
    n, atoms, sym = symmetrised[0]
    coherence = (np.array([[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 2]]),
                 np.array([[0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 0]]))
    rows = []
    for eq, rates, rho, repaired in (
            ("S60", (F(1), F(0), F(0)), all_down(2), "-gm*(z1 + n1/2) - C(x1,x1) - C(y1,y1) - C*z1"),
            ("S65", (F(1), F(1), F(0)), coherence,
             "-(gm + 4*gz)*C(y1,x2) + C(y1,x2)*(z1 + z2) - C*C(y1,x2) + k(y1,x2,z2) + k(y1,z1,x2)")):
        numbers = Numbers(atoms, rho, sym)
        values = numbers_of(numbers, n, 2, rates)
        exact = right_side(eq, lambda a: closed_symmetrised(a, remainder=True)).subs(values)
        truth = true_rate(numbers, quantity(eq), 2, rates)
        got = sp.Add(*printed()[eq]).subs(values)
        assert exact == Rational(truth.numerator, truth.denominator) and got != exact
        rows.append({"line": eq, "n1": n[0], "n2": n[1], "e^r": 2, "gm": str(rates[0]), "gz": str(rates[1]),
                     "basis": "up up, up down, down up, down down; divide by the trace", "state_real": rho[0].tolist(),
                     "state_imaginary": rho[1].tolist(), "true": str(truth), "printed_gives": str(got),
                     "repaired": repaired, "repaired_gives": str(exact)})
    return rows


def main():
    symmetrised = []
    for n in ((1, 1), (2, 1), (2, 2), (3, 2)):
        atoms = Atoms(*n)
        symmetrised.append((n, atoms, {w: atoms.symmetrised(w) for w in monomials(4)}))
    states = [(n, Numbers(atoms, random_state(2**sum(n), seed, 4), sym)) for n, atoms, sym in symmetrised for seed in (1, 2)]
    print("states", flush=True)
    checked = compare(states)
    print("checked", checked, flush=True)
    form = check_exact_form(list(even_states(symmetrised)))
    print("exact form", form, flush=True)
    three = Atoms(3, 3)
    small = {w: three.symmetrised(w) for w in monomials(3)}
    zeros = missed([symmetrised[0], symmetrised[2], ((3, 3), three, small)])
    out = {"program": f"numpy {np.__version__}, sympy {sp.__version__}, integers",
           "definition": "rates: d/dt Tr(A rho) with one generator at rate 1; A symmetrised; sigma^z = +-1, Z = sum sigma^z/2",
           "checked": checked, "exact_form_checked": form,
           "states": [{"n1": n[0], "n2": n[1], "moments": {name(w): str(v) for w, v in q.moments.items()},
                       "rates": {g: {name(w): str(v) for w, v in r.items()} for g, r in q.rates.items()}} for n, q in states],
           "equations": judge(), "witness": witnesses(symmetrised), "missed": zeros}
    with open(os.path.join(HERE, "moments_exact.json"), "w") as f:
        json.dump(out, f, indent=1)


if __name__ == "__main__":
    main()
