from fractions import Fraction as F
import json, os

class G:
    """Gaussian rational."""
    __slots__ = ("re", "im")
    def __init__(self, re=0, im=0):
        self.re, self.im = F(re), F(im)
    @staticmethod
    def of(x):
        return x if isinstance(x, G) else G(x)
    def __add__(s, o): o = G.of(o); return G(s.re + o.re, s.im + o.im)
    __radd__ = __add__
    def __neg__(s): return G(-s.re, -s.im)
    def __sub__(s, o): return s + (-G.of(o))
    def __rsub__(s, o): return G.of(o) - s
    def __mul__(s, o):
        o = G.of(o)
        return G(s.re * o.re - s.im * o.im, s.re * o.im + s.im * o.re)
    __rmul__ = __mul__
    def conj(s): return G(s.re, -s.im)
    def __truediv__(s, o):
        o = G.of(o); n = o.re ** 2 + o.im ** 2
        return s * G(o.re / n, -o.im / n)
    def __eq__(s, o): o = G.of(o); return s.re == o.re and s.im == o.im
    def __hash__(s): return hash((s.re, s.im))
    def __bool__(s): return s.re != 0 or s.im != 0
    def __repr__(s): return gs(s)
I = G(0, 1)

def fs(x):
    x = F(x)
    return str(x.numerator) if x.denominator == 1 else f"{x.numerator}/{x.denominator}"
def gs(z):
    z = G.of(z)
    if z.im == 0: return fs(z.re)
    if z.re == 0: return fs(z.im) + "*i"
    return f"{fs(z.re)}+({fs(z.im)})*i"

class Sys:
    """Two copies of a ladder |0..M>.  exact=True: given o^2(1..M), scaled basis e_m=|m>/d_m.
    exact=False: given rational o(1..M), orthonormal basis."""
    def __init__(self, o2=None, o=None):
        if o is not None:
            self.M = len(o); self.o = [F(0)] + [F(x) for x in o] + [F(0)]
            self.o2 = [x * x for x in self.o]
            self.dn = self.o[:]; self.up = self.o[1:] + [F(0)]
            self.d2 = [F(1)] * (self.M + 1)
        else:
            self.M = len(o2); self.o2 = [F(0)] + [F(x) for x in o2] + [F(0)]
            self.dn = [F(0) if x == 0 else F(1) for x in self.o2]
            self.up = self.o2[1:] + [F(0)]
            self.d2 = [F(1)]
            for m in range(1, self.M + 1):
                self.d2.append(F(1) if self.o2[m] == 0 else self.d2[-1] * self.o2[m])
    @staticmethod
    def spin(n):
        return Sys(o2=[m * (n + 1 - m) for m in range(1, n + 1)])
    # ---- kets: dict (m,n)->G
    def paired(self, a):
        return {(m, m): G.of(a[m]) * self.d2[m] for m in range(self.M + 1) if G.of(a[m])}
    def gtmss(self, t):
        return self.paired([(-F(t)) ** m for m in range(self.M + 1)])
    def O(self, k, j):
        out = {}
        for (m, n), c in k.items():
            x = m if j == 1 else n
            if x >= 1 and self.dn[x] != 0:
                key = (m - 1, n) if j == 1 else (m, n - 1)
                out[key] = out.get(key, G()) + c * self.dn[x]
        return clean(out)
    def Od(self, k, j):
        out = {}
        for (m, n), c in k.items():
            x = m if j == 1 else n
            if x < self.M and self.up[x] != 0:
                key = (m + 1, n) if j == 1 else (m, n + 1)
                out[key] = out.get(key, G()) + c * self.up[x]
        return clean(out)
    def X(self, k, j): return sc(add(self.Od(k, j), self.O(k, j)), F(1, 2))
    def Y(self, k, j): return sc(add(self.Od(k, j), sc(self.O(k, j), -1)), G(0, F(-1, 2)))
    def Z(self, k, j):
        return sc(add(self.Od(self.O(k, j), j), sc(self.O(self.Od(k, j), j), -1)), F(1, 2))
    def W(self, name, k):
        f = {"X": self.X, "Y": self.Y, "Z": self.Z}[name[0]]
        return add(f(k, 1), sc(f(k, 2), 1 if name[1] == "+" else -1))
    def ip(self, a, b):
        s = G()
        for key, c in a.items():
            if key in b:
                s = s + c.conj() * b[key] / (self.d2[key[0]] * self.d2[key[1]])
        return s
    def ev(self, k, *names):
        """<k| N1 N2 ... |k>/<k|k>, names applied right to left."""
        v = k
        for nme in reversed(names): v = self.W(nme, v)
        return self.ip(k, v) / self.ip(k, k)
    def qfim(self, k, ws=("X+", "X-", "Y+", "Y-")):
        n = self.ip(k, k); v = [self.W(w, k) for w in ws]
        mean = [self.ip(k, x) / n for x in v]
        lit = [[4 * (self.ip(v[i], v[j]) / n - mean[i] * mean[j]) for j in range(len(ws))] for i in range(len(ws))]
        sym = [[lit[i][j].re for j in range(len(ws))] for i in range(len(ws))]
        return lit, sym
    def NQ(self, t):
        """printed N_Q, t != 0, |t|<1"""
        x = F(t) ** 2; c2 = 1 / (1 - x); s2 = x / (1 - x)
        return 2 * sum(x ** m * self.o2[m] for m in range(self.M + 1)) / (c2 * s2 * (1 - x ** (self.M + 1)))
    def NQ0(self, t):
        """N_Q without the removable 0/0"""
        x = F(t) ** 2
        return 2 * (1 - x) * sum(x ** (m - 1) * self.o2[m] for m in range(1, self.M + 1)) / sum(x ** k for k in range(self.M + 1))

def clean(k): return {a: c for a, c in k.items() if c}
def add(a, b):
    out = dict(a)
    for k, c in b.items(): out[k] = out.get(k, G()) + c
    return clean(out)
def sc(a, s): return clean({k: c * s for k, c in a.items()})
def e2r(t): return (1 + F(t)) / (1 - F(t))
def inv2(Q):
    d = Q[0][0] * Q[1][1] - Q[0][1] * Q[1][0]
    if d == 0: return None
    return [[Q[1][1] / d, -Q[0][1] / d], [-Q[1][0] / d, Q[0][0] / d]]
def mat(Q): return [[fs(x) if not isinstance(x, G) else gs(x) for x in r] for r in Q]

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "exact_claims.json")
RES = json.load(open(PATH)) if os.path.exists(PATH) else {}
def plain(v):
    if isinstance(v, dict): return {str(k): plain(x) for k, x in v.items()}
    if isinstance(v, (list, tuple)): return [plain(x) for x in v]
    if v is None or isinstance(v, (bool, str, float)): return v
    if type(v).__name__ in ("bool_", "bool", "BooleanTrue", "BooleanFalse"): return bool(v)
    return str(v)
ARGUED = {"eq2-real", "eq4-ratio", "eq6", "wineland-definition", "s3", "s16", "s28", "s31a", "s43-split", "s44c", "s46"}
def rec(cid, as_printed, detail, values=None, extra=False):
    e = {"as_printed": as_printed if as_printed == "definition" else bool(as_printed), "detail": detail, "values": plain(values or {})}
    if detail.startswith("doubtful") or "Doubtful" in detail: e["doubtful"] = True
    if extra: e["extra"] = True
    if cid in ARGUED: e["decided"] = "by argument"
    RES[cid] = e
    with open(PATH + ".tmp", "w") as f: json.dump(RES, f, indent=1, ensure_ascii=False)
    os.replace(PATH + ".tmp", PATH)
