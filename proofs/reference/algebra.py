"""Printed lines of the paper against the operators, on explicit vectors, for small sizes (sympy).

Symbols: a_m complex (a_m and its conjugate independent), o(m) generic, t = tanh r generic, so that
"holds" for a size M means: as an identity in all of them.  (S36), (S37) are numbers, checked up to
2S = 60; (6), (7), (8), (S70) as rational functions of t for spins up to 5/2.  Each entry says holds
or fails, with the smallest witness found, and for a failing form a repair which was itself checked.
Writes algebra.json.
"""
import json, os
from fractions import Fraction as F
import sympy as sp
from operators import Pair, add, rational_pair, spin_o2

t = sp.symbols("t")
one, half = sp.Integer(1), sp.Rational(1, 2)
cosh2, sinh2 = 1 / (1 - t ** 2), t ** 2 / (1 - t ** 2)
e2r, ch2r = (1 + t) / (1 - t), (1 + t ** 2) / (1 - t ** 2)
RESULTS = {}


def record(key, holds, scope, witness=None, repair=None):
    RESULTS[key] = {"result": "holds" if holds else "fails", "scope": scope, "witness": witness, "repair": repair}
    print(f"{key:28s}", RESULTS[key]["result"], "|", scope, "|", witness or "", "|", repair or "", flush=True)


def zero(x):
    return sp.simplify(sp.together(sp.expand(x))) == 0


def generic(M):
    o = [sp.Integer(0), *sp.symbols(f"o1:{M + 1}", real=True), sp.Integer(0)]
    return o, Pair(o, o, [one] * (M + 1))


def first_failure(check, sizes):
    """check(M) -> None or a witness; returns (holds, witness)."""
    for M in sizes:
        w = check(M)
        if w is not None:
            return False, w
    return True, None


# ---- (S31): Q(X-) = 4 <X-^2> on sum_m a_m |m,m> -------------------------------------------------
def s31(M):
    o, p = generic(M)
    a, b = sp.symbols(f"a0:{M + 1}"), sp.symbols(f"b0:{M + 1}")          # b_m = conjugate of a_m
    A = lambda m: a[m] if 0 <= m <= M else 0
    B = lambda m: b[m] if 0 <= m <= M else 0
    O = lambda m: o[m] if 0 <= m <= M + 1 else 0
    ket, bra = {(m, m): a[m] for m in range(M + 1)}, {(m, m): b[m] for m in range(M + 1)}
    w = lambda v: add(p.twice_x(v, 0), p.twice_x(v, 1), -1)              # 2 X-
    true = sp.expand(p.inner(bra, w(w(ket))))
    up, dn = p.raise_, p.lower
    line_a = {}
    for term, c in [(up(dn(ket, 0), 0), 1), (dn(up(ket, 0), 0), 1), (up(dn(ket, 1), 1), 1), (dn(up(ket, 1), 1), 1),
                    (dn(dn(ket, 1), 0), -2), (up(up(ket, 1), 0), -2)]:
        line_a = add(line_a, term, c)
    rng = range(-1, M + 2)                                               # a_{-1} = a_{M+1} = 0
    line_b = lambda shifted: 2 * sum(B(m) * A(m) * O(m) ** 2 + B(m + shifted) * A(m + shifted) * O(m + 1) ** 2
                                     - B(m) * A(m + 1) * O(m + 1) ** 2 - B(m) * A(m - 1) * O(m) ** 2 for m in rng)
    line_c = 2 * sum((B(m) - B(m - 1)) * (A(m) - A(m - 1)) * O(m) ** 2 for m in rng)
    return true, sp.expand(p.inner(bra, line_a)), sp.expand(line_b(1)), sp.expand(line_c), sp.expand(line_b(0))


def check_s31(index):
    def check(M):
        true, *lines = s31(M)
        d = sp.expand(lines[index] - true)
        return None if d == 0 else f"m_max={M}: printed minus true = {sp.factor(d)}"
    return check


# ---- (S44): the chain of vectors -----------------------------------------------------------------
def s44(M):
    """True vector and the printed lines, all divided by N cosh r."""
    o, p = generic(M)
    psi = {(m, m): (-t) ** m for m in range(M + 1)}
    true = add(p.lower(psi, 0), p.raise_(psi, 1), t)
    term = lambda rng, f: {k: v for m in rng for k, v in [f(m)]}
    lower = lambda stop: term(range(1, stop + 1), lambda m: ((m - 1, m), (-t) ** m * o[m]))
    raised = term(range(M), lambda m: ((m, m + 1), (-t) ** m * o[m + 1]))
    shifted = term(range(M), lambda m: ((m, m + 1), (-t) ** (m + 1) * o[m + 1]))
    last = lambda s, x: term(range(M), lambda m: ((m, m + 1), (-t) ** (s * m) * (-x * o[m + 1] + t * o[m + 1])))
    x = sp.symbols("x")                                                  # stands for cosh r tanh r / cosh r, kept apart
    return {"true": true, "line1": add(lower(M - 1), raised, t), "line1 with bound m_max": add(lower(M), raised, t),
            "line2": add(shifted, raised, t), "last": last(-1, t), "last apart": last(-1, x), "last +m apart": last(1, x),
            "line2 apart": add(shifted, raised, t), "x": x}


def vector_difference(u, v):
    return {k: c for k, c in ((k, sp.factor(sp.expand(c))) for k, c in add(u, v, -1).items()) if c != 0}


def check_s44(left, right="true"):
    def check(M):
        L = s44(M)
        d = vector_difference(L[left], L[right])
        return None if not d else f"m_max={M}: difference/(N cosh r) = {d}"
    return check


def check_s44_factor(name):
    """Coefficient of the bracket: with tanh r = x in the lowering part only, line 2 is (-t)^m o(m+1) (t - x) when
    its first part is read as -x (-t)^m; the last line must have the same factor in front of the bracket."""
    def check(M):
        L = s44(M)
        x = L["x"]
        line2 = {(m, m + 1): ((-t) ** m * (-x) + t * (-t) ** m) * generic(M)[0][m + 1] for m in range(M)}
        d = vector_difference(L[name], line2)
        return None if not d else f"m_max={M}: before the bracket is set to zero, the coefficients differ by {d}"
    return check


# ---- spins: rational functions of t ----------------------------------------------------------------
def sym_state(o2):
    q = [sp.Rational(x.numerator, x.denominator) for x in map(F, o2)]
    p = rational_pair(o2)
    p.norms = [sp.Rational(x.numerator, x.denominator) for x in p.norms]
    p.up = [sp.Rational(x.numerator, x.denominator) for x in p.up]
    p.down = [sp.Integer(int(x)) for x in p.down]
    psi = {(m, m): (-t) ** m / p.norms[m] for m in range(p.M + 1)}
    return q, p, psi


def moments(o2):
    q, p, psi = sym_state(o2)
    norm = p.inner(psi, psi)
    sq = lambda f, s: (lambda a: p.inner(a, a) / norm / 4)(add(f(psi, 0), f(psi, 1), s))
    return {"x+": sq(p.twice_x, 1), "x-": sq(p.twice_x, -1), "y+": sq(p.twice_iy, 1), "y-": sq(p.twice_iy, -1),
            "z": p.inner(psi, p.twice_z(psi, 0)) / norm / 2}


def spin_checks():
    bad = {}
    for n in range(1, 6):
        S, v, o2 = sp.Rational(n, 2), moments(spin_o2(n)), spin_o2(n)
        u = t ** (2 * n + 2)
        fp, fm = u + 1, u - 1
        xi2 = 4 * S * v["x+"] / (2 * v["z"]) ** 2
        n_q = 2 * sum(t ** (2 * m) * sp.Rational(o2[m - 1].numerator, o2[m - 1].denominator) for m in range(1, n + 1)) / (cosh2 * sinh2 * (1 - u))
        q_max = sp.limit(4 * v["x-"], t, 1)
        tests = {
            "eq4 diagonal": [4 * v["x+"] - n_q / e2r, 4 * v["x-"] - n_q * e2r, 4 * v["y+"] - n_q * e2r, 4 * v["y-"] - n_q / e2r],
            "eq6": [q_max - sp.Rational(8, n + 1) * sum(sp.Rational(x.numerator, x.denominator) for x in o2)],
            "eq7": [q_max - sp.Rational(4, 3) * n * (n + 2)],
            "eq8": [xi2 + (S * fm * ((2 * S + 1) * fp + ch2r * fm)) / e2r / (2 * ((cosh2 + S) * fp - ch2r) ** 2)],
            "s70a": [v["z"] - (fp * S + sinh2 * (t ** (2 * n) - 1)) / fm],
            "s70b": [v["x+"] + ((2 * S + 1) * fp / fm + ch2r) / (2 * e2r), v["y-"] - v["x+"]],
        }
        # (9): xi2 = 3/(4(S+1)) + c e^{-4r} + ..., with d = e^{-2r}, t = (1-d)/(1+d)
        d = sp.symbols("d")
        series = sp.series(sp.cancel(xi2.subs(t, (1 - d) / (1 + d))), d, 0, 4).removeO()
        poly = sp.Poly(series, d)
        tests["eq9"] = [poly.coeff_monomial(1) - 3 / (4 * (S + 1)), poly.coeff_monomial(d),
                        poly.coeff_monomial(d ** 2) - (3 + 16 * S + 16 * S ** 2) / (20 * (S + 1))]
        for k, xs in tests.items():
            for x in xs:
                if not zero(x) and k not in bad:
                    bad[k] = f"S={S}: difference {sp.factor(sp.simplify(x))}"
    for k in ("eq4 diagonal", "eq6", "eq7", "eq8", "eq9", "s70a", "s70b"):
        record(k, k not in bad, "S = 1/2..5/2, all r", bad.get(k))
    # (4) as printed has no symmetrisation: off-diagonal 4<X+Y+> for S = 1/2
    _, p, psi = sym_state(spin_o2(1))
    x, y = (add(f(psi, 0), f(psi, 1)) for f in (p.twice_x, p.twice_iy))
    v = sp.factor(sp.simplify(-sp.I * p.inner(x, y) / p.inner(psi, psi)))
    record("eq4 unsymmetrised", zero(v), "S = 1/2", f"S=1/2: 4<X+Y+> = {v}, not 0 (= 2i<Z1+Z2>)", "symmetrise: Q_ij = 2<W_iW_j+W_jW_i> - 4<W_i><W_j>")


# ---- (S36), (S37) -----------------------------------------------------------------------------------
def binomials(top=60):
    from math import comb
    C = lambda n, m: comb(n, m) if 0 <= m <= n else 0
    bad = {}
    for n in range(top + 1):
        S = F(n, 2)
        o2 = lambda m: S * (S + 1) - (m - S) * (m - S - 1)
        if sum(C(n, m) ** 2 for m in range(n + 1)) != comb(2 * n, n):
            bad.setdefault("s36a", f"2S={n}")
        if sum((C(n, m) + C(n, m - 1)) ** 2 * o2(m) for m in range(1, n + 1)) != n * (n + 1) * comb(2 * n, n):
            bad.setdefault("s36b", f"2S={n}")
        for m in range(n + 1):
            right = (C(n, m + 1) + C(n, m)) * (S * (S + 1) - (m - S) * (m - S + 1)) + (C(n, m - 1) + C(n, m)) * o2(m)
            if C(n, m) * n * (n + 1) != right:
                bad.setdefault("s37", f"2S={n}, m={m}")
    for k in ("s36a", "s36b", "s37"):
        record(k, k not in bad, f"2S <= {top}, exact", bad.get(k))


# ---- (S71), (S73) -----------------------------------------------------------------------------------
def other_states():
    # o^2 = 2m(2m-1): 4<X-^2> = 2 sum o^2 (a_m - a_{m-1})^2 = 2 (1+t)^2 (1-q) sum_m 2m(2m-1) q^{m-1}, q = t^2, as a power series
    K = 12
    true = [sp.Integer(2 * m * (2 * m - 1)) for m in range(1, K + 1)]          # coefficients of q^{m-1}
    q = sp.symbols("q")
    lhs = sp.series(sp.expand((1 - q) * sum(c * q ** i for i, c in enumerate(true))), q, 0, K - 1).removeO()
    forms = {"printed": 4 * (1 - 1 / e2r + e2r ** 2), "repaired": 4 * (1 - e2r + e2r ** 2)}
    ok = {}
    for k, f in forms.items():
        series = sp.series(sp.together(f), t, 0, 2 * K - 4).removeO()
        target = sp.series(sp.expand(2 * (1 + t) ** 2 * lhs.subs(q, t ** 2)), t, 0, 2 * K - 4).removeO()
        d = sp.expand(series - target)
        ok[k] = None if d == 0 else d
    # a number at t = 1/2: partial sums of the defining series, exact to 1e-20
    at = 2 * (1 + half) ** 2 * (1 - half ** 2) * sum(2 * m * (2 * m - 1) * half ** (2 * m - 2) for m in range(1, 60))
    witness = f"t=1/2 (e^2r=3): printed {forms['printed'].subs(t, half)}, true {sp.N(at, 20)}"
    record("s71", ok["printed"] is None, f"power series to t^{2 * K - 5}", None if ok["printed"] is None else witness,
           "4(1 - e^{2r} + e^{4r})" + (" holds" if ok["repaired"] is None else " also fails"))
    bad, bad_repair = None, None
    for M in range(1, 5):
        v = moments([F(m) for m in range(1, M + 1)])
        form = lambda s: 2 * e2r * (1 - (1 + M * s) * t ** (2 * M)) / (1 - t ** (2 * M + 2))
        if bad is None and not zero(4 * v["x-"] - form(1 / ch2r)):
            bad = f"m_max={M}, t=1/2: printed {form(1 / ch2r).subs(t, half)}, true {sp.simplify(4 * v['x-']).subs(t, half)}"
        if not zero(4 * v["x-"] - form(1 / cosh2)):
            bad_repair = M
    record("s73a", bad is None, "m_max = 1..4, all r", bad, "sech(2r) -> sech^2(r)" + (" holds" if bad_repair is None else f" fails at {bad_repair}"))


if __name__ == "__main__":
    sizes = (1, 2, 3)
    for key, index in (("s31a", 0), ("s31b", 1), ("s31c", 2)):
        ok, w = first_failure(check_s31(index), sizes)
        repair = None
        if not ok:
            fixed, _ = first_failure(check_s31(3), sizes)
            repair = "|a_{m+1}|^2 o^2(m+1) -> |a_m|^2 o^2(m+1)" + (" holds" if fixed else " also fails")
        record(key, ok, "m_max <= 3, complex a_m, generic o", w, repair)
    ok, w = first_failure(check_s44("line1"), sizes)
    fixed, _ = first_failure(check_s44("line1 with bound m_max"), sizes)
    record("s44 first line", ok, "m_max <= 3, generic o, all r", w, "first sum up to m_max" + (" holds" if fixed else " also fails"))
    ok, w = first_failure(check_s44("line2"), sizes)
    record("s44 shifted sums", ok, "m_max <= 3, generic o, all r", w)
    ok, w = first_failure(check_s44("last"), sizes)
    record("s44 last line as a vector", ok, "m_max <= 3, r != 0 (bracket is zero)", w)
    ok, w = first_failure(check_s44_factor("last apart"), sizes)
    fixed, _ = first_failure(check_s44_factor("last +m apart"), sizes)
    record("s44 last line, factor", ok, "m_max <= 3, factor before the bracket", w, "[-tanh r]^{-m} -> [-tanh r]^{m}" + (" holds" if fixed else " also fails"))
    ok = all(not vector_difference(s44(M)["true"], {}) for M in sizes)
    record("s44 result = 0", ok, "m_max <= 3, generic o, all r")
    binomials()
    other_states()
    spin_checks()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "algebra.json")
    with open(path, "w") as f:
        json.dump(RESULTS, f, indent=1)
        f.write("\n")
