"""Eq. (10) to 20 and more digits, gamma = 1.  Writes dissipation_precise.json.

Route "ball": exp(L t) of the reduced Liouvillian (liouvillian.py) with Arb's matrix exponential in ball arithmetic.
  `error` is the largest radius among the values: proven, given the rows of liouvillian.py.
Routes "mpfr" (200 bits) and "long double" (64 bits of mantissa): Taylor steps for spin 10; `error` is the largest
  difference between the values of two step sizes (|hL| <= 24 and 15): estimated, not proven.
Values are rounded to 30 (long double: 19) significant digits, which comes on top of `error`.
r and t are the doubles nearest to the printed decimals.  Stiff: e^{2r} = 10^4, 10^6.
The reduction itself is checked here: full sector 0, with transposition, and with exchange give the same values, and
`dissipation_qutip.json` is compared where it has the same case (`largest_difference_from_qutip`).
"""
import json, math, os, time
import flint
import gmpy2
import numpy as np
from flint import arb, arb_mat
from gmpy2 import mpfr
from liouvillian import Sector, orthonormal, spin_o2

HERE = os.path.dirname(os.path.abspath(__file__))
DIGITS = 30


def show(x):
    s = x.mid().str(DIGITS, radius=False) if isinstance(x, arb) else ("{0:.%dg}" % DIGITS).format(x)
    return s


def start_vector(S, start, one):
    """start: {(ket, bra): weight}; the element of an orbit holds the value of each of its members."""
    x = [0 * one] * len(S.elements)
    for (k, q), w in start.items():
        x[S.index[S.fold((k, q))]] = w
    return x


def observables(S, x, t_hyper, equal, atoms):
    out = S.moments(x)
    if atoms:
        z = out["z1"] + out["z2"]
        out["xi2"] = atoms * out["x_plus_sq"] / (z * z)
    if equal:
        out["infidelity"] = 1 - S.fidelity(x, t_hyper)
    out["purity"] = S.purity(x)
    out["trace"] = S.trace(x)
    return out


def ball(label, o2a, o2b, r, times, atoms=None, start=None, exchange=None, transpose=True, bits=400):
    begin = time.perf_counter()
    flint.ctx.prec = bits
    equal = o2a == o2b
    exchange = equal and start is None if exchange is None else exchange
    R = arb(r)
    c, s, th = R.cosh(), R.sinh(), R.tanh()
    a, b = (orthonormal([arb(q).sqrt() if not isinstance(q, tuple) else (arb(q[0]) / q[1]).sqrt() for q in o2])
            for o2 in (o2a, o2b))
    S = Sector(a, b, c * c, s * s, c * s, transpose=transpose, exchange=exchange)
    n = len(S.elements)
    weights = start or {((0, 0), (0, 0)): (1, 1)}
    x0 = arb_mat(n, 1, start_vector(S, {k: arb(w[0]) / w[1] for k, w in weights.items()}, arb(1)))
    L = arb_mat(n, n)
    for i, row in enumerate(S.rows):
        for j, v in row.items():
            L[i, j] = v
    rows, error = {}, arb(0)
    for t in times:
        x = (L * arb(t)).exp() * x0
        values = observables(S, [x[i, 0] for i in range(n)], th, equal, atoms)
        assert values.pop("trace").contains(1)
        for name, v in values.items():
            rows.setdefault(name, []).append(show(v))
            error = error.max(v.rad())
    print(label, r, n, "error", error.str(3, radius=False), f"{time.perf_counter() - begin:.1f} s", flush=True)
    return {"case": label, "route": "ball", "o2_1": frac(o2a), "o2_2": frac(o2b), "r": r, "atoms": atoms, "dimension": n,
            "start": [[list(k), list(q), f"{w[0]}/{w[1]}"] for (k, q), w in weights.items()],
            "times": times, "error": f"{max(float(error), 10.0**-DIGITS):.1e}", **rows}


def frac(o2):
    return [f"{q[0]}/{q[1]}" if isinstance(q, tuple) else str(q) for q in o2]


def taylor(label, twice_s, r, times, arithmetic, scale=24.0, order=None):
    """rho(t) by Taylor steps of |hL| <= scale; arithmetic "mpfr" or "long double"."""
    begin = time.perf_counter()
    gmpy2.get_context().precision = 200
    R = mpfr(r)
    c, s, th = gmpy2.cosh(R), gmpy2.sinh(R), gmpy2.tanh(R)
    o = [gmpy2.sqrt(mpfr(q)) for q in spin_o2(twice_s)]
    S = Sector(orthonormal(o), orthonormal(o), c * c, s * s, c * s, transpose=True, exchange=True)
    n = len(S.elements)
    norm = float(max(sum(abs(v) for v in row.values()) for row in S.rows))       # of L, largest row sum
    x = start_vector(S, {((0, 0), (0, 0)): mpfr(1)}, mpfr(0))
    fine = arithmetic == "mpfr"
    rows_ = [(list(row.keys()), list(row.values())) for row in S.rows]
    if not fine:
        to_ld = lambda v: np.longdouble(float(v)) + np.longdouble(float(v - mpfr(float(v))))
        cols = np.concatenate([k for k, _ in rows_])
        vals = np.array([to_ld(v) for _, vs in rows_ for v in vs], dtype=np.longdouble)
        ptr = np.cumsum([0] + [len(k) for k, _ in rows_])[:-1]
        x = np.array([np.longdouble(float(v)) for v in x], dtype=np.longdouble)
        apply = lambda y: np.add.reduceat(vals * y[cols], ptr)
        terms, eps = order or 90, 1e-22
    else:
        apply = lambda y: [sum(map(mul, vs, [y[k] for k in ks])) for ks, vs in rows_]
        terms, eps = order or 140, 1e-45
    rows, now, steps_total = {}, 0.0, 0
    for t in times:
        steps = max(1, math.ceil((t - now) * norm / scale))
        h = (mpfr(t) - mpfr(now)) / steps
        if not fine:
            h = to_ld(h)
        for _ in range(steps):
            term, total = x, x
            for p in range(1, terms):
                term = apply(term)
                f = h / p
                if fine:
                    term = [v * f for v in term]
                    total = list(map(add_, total, term))
                    size = max(map(abs, term))
                else:
                    term = term * f
                    total = total + term
                    size = np.abs(term).max()
                if size < eps and p > float(h) * norm / 4:
                    break
            else:
                raise SystemExit("order too low")
            x = total
        steps_total += steps
        now = t
        values = observables(S, [mpfr_ld(v) for v in x] if not fine else x, th, True, 2 * twice_s)
        for name, v in values.items():
            rows.setdefault(name, []).append(v)
    print(label, r, arithmetic, n, "norm", norm, "steps", steps_total, f"{time.perf_counter() - begin:.1f} s", flush=True)
    return n, rows


def mpfr_ld(v):
    hi = float(v)
    return mpfr(hi) + mpfr(float(v - np.longdouble(hi)))


def mul(a, b):
    return a * b


def add_(a, b):
    return a + b


def stepped(label, twice_s, r, times, arithmetic):
    n, rows = taylor(label, twice_s, r, times, arithmetic, 24.0)
    _, other = taylor(label, twice_s, r, times, arithmetic, 15.0)
    error = max(abs(a - b) for k in rows for a, b in zip(rows[k], other[k]))
    drift = max(abs(v - 1) for v in rows.pop("trace"))
    digits = 30 if arithmetic == "mpfr" else 19
    return {"case": label, "route": arithmetic, "o2_1": frac(spin_o2(twice_s)), "o2_2": frac(spin_o2(twice_s)), "r": r,
            "atoms": 2 * twice_s, "dimension": n, "start": [[[0, 0], [0, 0], "1/1"]], "times": times,
            "error": f"{float(max(error, 10.0**-digits)):.1e}", "trace_minus_one": f"{float(drift):.1e}",
            **{k: [("{0:.%dg}" % digits).format(v) for v in vs] for k, vs in rows.items()}}


def cases():
    times = [0.01, 0.1, 0.3, 1.0, 3.0, 10.0]
    for n in (1, 2, 3, 4):
        for r in (0.0, 0.3, 0.75, 1.5, 2.3) + ((-0.75,) if n == 2 else ()):
            yield ball(f"spin {n}/2", spin_o2(n), spin_o2(n), r, times, atoms=2 * n)
    for r in (0.75, 1.5, 2.3):
        yield ball("spin 5/2", spin_o2(5), spin_o2(5), r, times, atoms=10)
    for e2r in (1e4, 1e6):
        r = math.log(e2r) / 2
        stiff = [f * 10.0**k for f, k in ((1, -7), (1, -5), (1, -3), (1, -1), (1, 1))] + [e2r / 10, e2r, 10 * e2r]
        for n in (1, 2, 3):
            yield ball(f"spin {n}/2, stiff", spin_o2(n), spin_o2(n), r, stiff, atoms=2 * n, bits=900)
    for a, b in ((1, 2), (2, 3), (2, 4), (3, 5)):
        for r in (0.5, 1.5):
            yield ball(f"spins {a}/2 and {b}/2", spin_o2(a), spin_o2(b), r, times, atoms=a + b)
    for label, o2 in (("boson cut off at 5", [1, 2, 3, 4, 5]), ("two-photon, m_max = 3", [2, 12, 30]),
                      ("table 1, 4, 9/4", [1, 4, (9, 4)]), ("table with a zero: 1, 0, 2", [1, 0, 2])):
        yield ball(label, o2, o2, 0.75, times)
    for n in (2, 3):
        o2 = spin_o2(n)
        yield ball(f"spin {n}/2 from |1,0>", o2, o2, 0.75, times, atoms=2 * n, start={((1, 0), (1, 0)): (1, 1)})
        yield ball(f"spin {n}/2 from |2,1>", o2, o2, 0.75, times, atoms=2 * n, start={((2, 1), (2, 1)): (1, 1)})
        paired = {((m, m), (k, k)): ((-2 if m == 1 else 1) * (-2 if k == 1 else 1), 6)
                  for m in range(3) for k in range(m + 1)}
        yield ball(f"spin {n}/2 from paired 1, -2, 1", o2, o2, 0.75, times, atoms=2 * n, start=paired)
        yield ball(f"spin {n}/2 from 1/2 |1,0><1,0| + 1/3 |0,0><0,0| + 1/6 |2,2><2,2|", o2, o2, 0.75, times, atoms=2 * n,
                   start={((1, 0), (1, 0)): (1, 2), ((0, 0), (0, 0)): (1, 3), ((2, 2), (2, 2)): (1, 6)})
    for r in (0.75, 1.5):
        yield ball("spin 4", spin_o2(8), spin_o2(8), r, [0.1, 1.0, 5.0, 20.0], atoms=16)
        yield ball("spin 9/2", spin_o2(9), spin_o2(9), r, [0.1, 1.0, 5.0, 20.0], atoms=18)
    yield ball("spin 4, e^{2r} = 100", spin_o2(8), spin_o2(8), math.log(100) / 2, [0.01, 0.1, 1.0, 10.0, 100.0], atoms=16)


def reduction_check():
    worst = 0
    for n, r in ((1, 1.5), (2, 0.75), (3, 0.75)):
        o2 = spin_o2(n)
        got = [ball("reduction", o2, o2, r, [0.3], atoms=2 * n, transpose=tr, exchange=ex)
               for tr, ex in ((False, False), (True, False), (True, True))]
        for k in ("x_plus_sq", "x_minus_sq", "z1", "z2", "infidelity", "purity"):
            worst = max([worst] + [abs(float(mpfr(g[k][0]) - mpfr(got[0][k][0]))) for g in got])
    return worst


def against_qutip(found):
    """Largest difference over all shared cases, and of which one."""
    path = os.path.join(HERE, "dissipation_qutip.json")
    if not os.path.exists(path):
        return None
    value = lambda s: float(eval(s, {"__builtins__": {}})) if "/" in s else float(s)
    number = 0
    worst = (0.0, "")
    for q in json.load(open(path))["cases"]:
        for p in found:
            same = q["case"] == p["case"] and abs(q["r"] - p["r"]) == 0
            if not same:
                continue
            for t in set(q["times"]) & set(p["times"]):
                i, j = q["times"].index(t), p["times"].index(t)
                for k in ("x_plus_sq", "x_minus_sq", "y_plus_sq", "y_minus_sq", "z1", "z2", "infidelity", "purity"):
                    if k in q and k in p:
                        number += 1
                        worst = max(worst, (abs(q[k][i] - float(p[k][j])), f"{q['case']}, r = {q['r']}, t = {t}, {k}"))
    return {"numbers": number, "largest": f"{worst[0]:.1e}", "where": worst[1]}


def main():
    reduction = reduction_check()
    found = list(cases())
    found.append(stepped("spin 10", 20, 0.75, [0.01, 0.1, 1.0], "mpfr"))
    found.append(stepped("spin 10", 20, 0.75, [0.01, 0.1, 1.0, 10.0], "long double"))
    found.append(stepped("spin 10", 20, math.log(100) / 2, [0.01, 0.1], "mpfr"))
    found.append(stepped("spin 10", 20, math.log(100) / 2, [0.01, 0.1, 1.0, 5.0], "long double"))
    with open(os.path.join(HERE, "dissipation_precise.json"), "w") as f:
        json.dump({"program": f"python-flint {flint.__version__}, gmpy2 {gmpy2.version()}, numpy {np.__version__}",
                   "reduction_largest_difference": f"{reduction:.1e}", "qutip": against_qutip(found), "cases": found},
                  f, indent=1)


if __name__ == "__main__":
    main()
