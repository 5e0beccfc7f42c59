from core import *
import sympy as sp
import numpy as np
from math import comb, factorial
from itertools import product
TS = [F(p, q) for q in range(2, 7) for p in range(-q + 1, q) if F(p, q).denominator == q] + [F(0)]
names = ("X+", "X-", "Y+", "Y-")
def binom(n): return [F((-1) ** m * comb(n, m)) for m in range(n + 1)]
def o2(n, m): return F(m * (n + 1 - m))

def run_v():
    # ---- paired optimum
    ok = okperron = True; vals = {}
    for n in range(1, 25):
        a = binom(n); A = [F(0)] + a + [F(0)]
        N = 2 * n; lam = F(N) * (F(N, 2) + 1)
        for m in range(n + 1):
            ha = 2 * ((a[m] - A[m]) * o2(n, m) - (A[m + 2] - a[m]) * o2(n, m + 1))
            ok &= ha == lam * a[m]
        okperron &= all(x != 0 and (x > 0) == (m % 2 == 0) for m, x in enumerate(a)) and all(o2(n, m) > 0 for m in range(1, n + 1))
        if n <= 6: vals[f"2S={n}"] = fs(lam)
    direct = {}; okd = True
    for n in (1, 2, 3, 4, 5):
        s = Sys.spin(n); _, Q = s.qfim(s.paired(binom(n)))
        okd &= Q[1][1] == Q[2][2] == 2 * n * (n + 1) and all(Q[i][j] == 0 for i in range(4) for j in range(4) if i != j)
        direct[f"2S={n}"] = [fs(Q[i][i]) for i in range(4)]
    txt = "staggered binomials are an eigenvector of the tridiagonal QFI matrix with eigenvalue N(N/2+1) (2S=1..24, exact); after the staggering all its off-diagonals are positive, so by Perron-Frobenius a positive eigenvector is the unique top one, also for complex a_m; full 4x4 QFIM of the state is diagonal (2S=1..5)"
    rec("main-binomial", bool(ok and okperron and okd), txt + ". Coefficients are unnormalised", {"max QFI": vals, "QFIM diagonal (X+,X-,Y+,Y-)": direct})
    rec("s32", bool(ok and okperron and okd), txt + ". Coefficients are unnormalised (norm^2 = C(4S,2S))", {"max QFI": vals})
    # ---- bound over all states
    okb = True; ev = {}
    for n in (1, 2, 3, 4):
        d = n + 1; O = np.zeros((d, d))
        for m in range(1, d): O[m - 1, m] = float(o2(n, m)) ** .5
        X = (O.T + O) / 2; Y = -1j * (O.T - O) / 2; E = np.eye(d)
        Op = 4 * (np.linalg.matrix_power(np.kron(X, E) - np.kron(E, X), 2) + np.linalg.matrix_power(np.kron(Y, E) + np.kron(E, Y), 2))
        w = np.linalg.eigvalsh(Op)
        okb &= abs(w[-1] - 2 * 2 * n * (n + 1)) < 1e-9
        ev[f"2S={n}"] = f"max eigenvalue of 4(X-^2+Y+^2) = {fs(4 * n * (n + 1))} = 2N(N/2+1)"
    rec("main-two-mode-bound", bool(okb and ok), "after the rotation by pi about y of ensemble 2, 4(X-^2+Y+^2) -> 4(J^2-J_z^2) <= 4*2S(2S+1), so two equally sensitive quadratures have at most N(N/2+1) each; reached by the binomial state. For one unequal quadrature alone N^2 is possible; without 'equally sensitive' only the sum is bounded by 2N(N/2+1)", ev)
    rec("s37-qfi-bound", bool(okb and ok), "conclusion right for all pure states of two spin-S ensembles (equal sensitivities), with the two inequalities of the argument corrected to <= (s37-angular-momentum, s37-y-bound); our copy has a stray sum sign where <= must stand. For mixed states too, by convexity", ev)
    # ---- s28-s35
    rec("s28", True, "diagonal QFIM element of a pure state", {})
    st = {"S=1/2, a=(1,i)/√2": (1, [1, I]), "S=1/2, a=(1,(3+4i)/5)/√2": (1, [1, G(F(3, 5), F(4, 5))]), "2S=2, a=(1,i,1)/√3": (2, [1, I, 1]), "2S=2, a=(1,2i,-1)/√6": (2, [1, 2 * I, -1]), "2S=3, a=(1,i,-1,-i)/2": (3, [1, I, -1, -1 * I]), "2S=3, a=(1,1+i,2,1-2i)/√12": (3, [1, G(1, 1), 2, G(1, -2)]), "2S=4, a=(1,-i,-1,i,1)/√5": (4, [1, -1 * I, -1, I, 1])}
    V = {}; okz = okf = okodd = True
    for nm, (n, a) in st.items():
        s = Sys.spin(n); L, Q = s.qfim(s.paired(a)); V[nm] = mat(Q)
        okz &= all(Q[i][j] == 0 for i in range(4) for j in range(4) if i != j)
        nr = sum((G.of(x) * G.of(x).conj()).re for x in a)
        im = sum((G.of(a[m - 1]).conj() * G.of(a[m])).im * o2(n, m) for m in range(1, n + 1)) / nr
        okf &= Q[0][2] == -4 * im and Q[1][3] == 4 * im
        okodd &= Q[0][1] == Q[0][3] == Q[1][2] == Q[2][3] == 0
    rec("s29-offdiagonal", okz, "for complex a_m the pairs (X+,Y+) and (X-,Y-) are even under exchange and do not vanish: Q_{X+,Y+} = -Q_{X-,Y-} = -4 sum_m Im(a_{m-1}^* a_m) o^2(m). Smallest: S=1/2, a=(1,i)/√2: Q_{X+,X+}=Q_{Y+,Y+}=2, Q_{X+,Y+}=-2 (singular block). Corrected: vanish for (X+,X-),(X+,Y-),(X-,Y+),(Y+,Y-) always; for (X+,Y+),(X-,Y-) iff the sum vanishes, e.g. real a_m. (With the unsymmetrised definition those two also have 2i<Z+>.)", {"QFIM (X+,X-,Y+,Y-), symmetrised": V, "corrected_holds": bool(okf and okodd)})
    ok30 = True; ok31a = ok31b = ok31c = True; w31 = None
    for nm, (n, a) in st.items():
        s = Sys.spin(n); k = s.paired(a); nn = s.ip(k, k)
        lit, Q = s.qfim(k); q = Q[1][1]
        nr = sum((G.of(x) * G.of(x).conj()).re for x in a)
        first = 4 * s.ev(k, "X-", "X-").re
        el0 = all(s.ip(s.paired([1 if j == m else 0 for j in range(n + 1)]), s.W("X-", s.paired([1 if j == m2 else 0 for j in range(n + 1)]))) == 0 for m in range(n + 1) for m2 in range(n + 1))
        ok30 &= first == q and el0
        A = [G()] + [G.of(x) for x in a] + [G()]; g = lambda m: A[m + 1]
        ab = lambda z: (z * z.conj()).re
        l2 = 2 * sum(ab(g(m)) * o2(n, m) + ab(g(m + 1)) * o2(n, m + 1) - (g(m).conj() * g(m + 1)).re * o2(n, m + 1) - (g(m).conj() * g(m - 1)).re * o2(n, m) for m in range(n + 1)) / nr if True else 0
        l2im = sum(((g(m).conj() * g(m + 1)).im * o2(n, m + 1) + (g(m).conj() * (g(m - 1) if m else G())).im * o2(n, m)) for m in range(n + 1))
        l2c = 2 * sum(ab(g(m)) * o2(n, m) + ab(g(m)) * o2(n, m + 1) - (g(m).conj() * g(m + 1)).re * o2(n, m + 1) - (g(m).conj() * (g(m - 1) if m else G())).re * o2(n, m) for m in range(n + 1)) / nr
        l3 = 2 * sum(ab(g(m) - (g(m - 1) if m else G())) * o2(n, m) for m in range(n + 1)) / nr
        ok31b &= l2 == q; ok31c &= l3 == q and l2c == q and l2im == 0
    def s31b_at(n, a):
        A = [F(0)] + [F(x) for x in a] + [F(0)]; g = lambda m: A[m + 1]; nr = sum(F(x) ** 2 for x in a)
        return 2 * sum(g(m) ** 2 * o2(n, m) + g(m + 1) ** 2 * o2(n, m + 1) - g(m) * g(m + 1) * o2(n, m + 1) - (g(m) * g(m - 1) * o2(n, m) if m else 0) for m in range(n + 1)) / nr
    s = Sys.spin(1); q00 = s.qfim(s.paired([1, 0]))[1][1][1]
    rec("s30", bool(ok30), "true in value: every element <m,m|X-|m',m'> is 0. Doubtful form: the square in the second term belongs outside the whole double sum, [sum a* a' <..>]^2; as printed it is not (sum)^2 but both are zero", {"elements <mm|X-|m'm'> zero": bool(ok30)})
    rec("s31a", True, "cross terms O1†O2, O1^2, ... vanish on paired states", {}, True)
    rec("s31b", bool(s31b_at(1, [1, 0]) == q00 and ok31b), "|a_{m+1}|^2 o^2(m+1) must be |a_m|^2 o^2(m+1). Smallest: S=1/2, a=(1,0): printed 0, true 2", {"printed": fs(s31b_at(1, [1, 0])), "true": fs(q00), "corrected_holds": bool(ok31c)}, True)
    rec("s31c", bool(ok31c), "exact, also complex a_m", {}, True)
    rec("s29", "definition", "ansatz of paired states", {}, True)
    okr = oks = True
    import random
    rng = random.Random(1)
    ok34 = ok35 = True
    for n in (1, 2, 3, 4):
        S = F(n, 2); s = Sys.spin(n)
        syms = sp.symbols(f'a0:{n + 1}'); O = [sp.Rational(m * (n + 1 - m)) for m in range(n + 2)]
        A = [sp.Integer(0)] + list(syms) + [sp.Integer(0)]
        num = sum((A[m + 1] - A[m]) ** 2 * O[m] for m in range(n + 1)); den = sum(x ** 2 for x in syms)
        br = lambda m, c: sp.Rational(n, 2) * (sp.Rational(n, 2) + 1) - (m - sp.Rational(n, 2)) * (m - sp.Rational(n, 2) + c)
        for m in range(n + 1):
            true = sp.diff(2 * num / den, syms[m])
            pr = -4 * (A[m + 2] - A[m + 1]) * br(m, 1) / den + 4 * (A[m + 1] - A[m]) * br(m, -1) / den - 4 * syms[m] * num / den ** 2
            ok34 &= sp.cancel(true - pr) == 0
            lhs = syms[m] * num; rhs = -den * ((A[m + 2] - A[m + 1]) * br(m, 1) + (A[m] - A[m + 1]) * br(m, -1))
            ok35 &= sp.expand(sp.cancel(pr * den ** 2 / 4) + lhs - rhs) == 0 or sp.expand(sp.cancel(-pr * den ** 2 / 4) - lhs + rhs) == 0
        for _ in range(5):
            a = [rng.randint(-5, 5) or 1 for _ in range(n + 1)]
            q = s.qfim(s.paired(a))[1][1][1]
            okr &= q == 2 * sum((F(a[m]) - (a[m - 1] if m else 0)) ** 2 * (S * (S + 1) - (m - S) * (m - S - 1)) for m in range(n + 1)) / sum(x * x for x in a)
    rec("s33", bool(okr), "equals 4<X-^2> for random real rational a (the m=0 term has o(0)=0)", {})
    simple = True
    for n in range(1, 9):
        M = sp.zeros(n + 1)
        for m in range(n + 1):
            M[m, m] = 2 * (m * (n + 1 - m) + (m + 1) * (n - m))
            if m: M[m, m - 1] = M[m - 1, m] = -2 * m * (n + 1 - m)
        simple &= (M - 2 * n * (n + 1) * sp.eye(n + 1)).rank() == n
    rec("s33-real", bool(simple and okperron), "the QFI matrix is real symmetric, irreducible for spins (o(m)>0), its top eigenvalue is simple (rank checked 2S=1..8), so the maximiser is real up to a global phase and a_0 != 0. Fails for o(m) with a zero between (free relative phase), which is not the case claimed", {})
    rec("s34", bool(ok34), "derivative of (S33), symbolic for 2S=1..4", {})
    rec("s35", bool(ok35), "(S34)=0 rearranged, symbolic for 2S=1..4", {})
    ok36a = all(sum(comb(n, m) ** 2 for m in range(n + 1)) == comb(2 * n, n) for n in range(40))
    ok36b = all(sum((comb(n, m) + comb(n, m - 1)) ** 2 * m * (n + 1 - m) for m in range(1, n + 1)) == n * (n + 1) * comb(2 * n, n) for n in range(40))
    rec("s36a", ok36a, "2S<=39", {}, True); rec("s36b", ok36b, "2S<=39", {}, True)
    c = lambda n, m: comb(n, m) if 0 <= m <= n else 0
    ok37 = all(c(n, m) * n * (n + 1) == (c(n, m + 1) + c(n, m)) * (m + 1) * (n - m) + (c(n, m - 1) + c(n, m)) * m * (n + 1 - m) for n in range(1, 30) for m in range(n + 1))
    rec("s37", ok37, "all m, 2S<=29 (unbalanced bracket in our copy)", {}, True)
    rec("s37-global", bool(ok and okperron and simple), "conclusion true (Perron-Frobenius). The argument given (vanishing gradient) is only stationarity: every eigenvector of the QFI matrix satisfies it, e.g. S=1/2, a=(1,1): gradient 0, QFI 0 (the minimum)", {"S=1/2 a=(1,1) QFI": fs(Sys.spin(1).qfim(Sys.spin(1).paired([1, 1]))[1][1][1])})
    oke = all(Q[1][1] == Q[2][2] and Q[0][0] == Q[3][3] for n, a in st.values() for Q in [Sys.spin(n).qfim(Sys.spin(n).paired(a))[1]])
    rec("s37-equal-partner", bool(okd and oke), "Q_{Y+}=Q_{X-} for every paired state, complex included; the reason is conservation of m1-m2 (the rotation exp(i phi(Z1-Z2)) maps X- to Y+ and leaves paired states invariant), not exchange symmetry alone", {})
    # rotation pi about y of ensemble 2 : O2 -> -O2†; on ladder |m> -> (-1)^m|M-m>
    okrot = True
    for n in (1, 2, 3):
        s = Sys.spin(n); a = binom(n)
        d2 = s.d2
        # matrices in orthonormal basis as float cross-check
        d = n + 1; O = np.zeros((d, d))
        for m in range(1, d): O[m - 1, m] = float(o2(n, m)) ** .5
        R = np.zeros((d, d))
        for m in range(d): R[n - m, m] = (-1) ** m
        X = (O.T + O) / 2; Y = -1j * (O.T - O) / 2
        okrot &= np.allclose(R.T @ X @ R, -X) and np.allclose(R.T @ Y @ R, Y)
        psi = np.zeros((d, d), complex)
        for m in range(d): psi[m, m] = float(a[m])
        psi /= np.linalg.norm(psi); p2 = (psi @ R.T).reshape(-1); E = np.eye(d)
        for W in (np.kron(X, E) + np.kron(E, X), np.kron(Y, E) + np.kron(E, Y)):
            okrot &= abs(4 * np.vdot(p2, W @ W @ p2).real - 2 * n * (n + 1)) < 1e-9
    rec("s37-local-rotation", bool(okrot), "rotation by pi about y of ensemble 2 maps (X-,Y+) to (X+,Y+); QFIM of U psi for W equals that of psi for U†WU (spins)", {})
    # J^2
    s = Sys.spin(1)
    sing = {(0, 1): G(1), (1, 0): G(-1)}
    J2 = lambda s, k: sum(s.ev(k, w, w).re for w in ("X+", "Y+", "Z+"))
    j_sing = J2(s, sing); s2 = Sys.spin(2)
    j11 = J2(s2, s2.paired([0, 1, 0]))
    le = all(J2(Sys.spin(n), {(m, m2): G(1)}) <= n * (n + 1) for n in (1, 2, 3, 4) for m in range(n + 1) for m2 in range(n + 1))
    rec("s37-angular-momentum", bool(j_sing == 2), "holds only for total spin J=N/2; in general <J^2> <= (N/2)(N/2+1). Smallest: S=1/2 singlet (|0,1>-|1,0>)/√2: 0 instead of 2; a paired state: S=1, |1,1>: 4 instead of 6", {"S=1/2 singlet": fs(j_sing), "printed": "2", "S=1 |1,1>": fs(j11), "printed S=1": "6", "S=1 GTMSS t=1/2": fs(J2(s2, s2.gtmss(F(1, 2)))), "corrected_holds (<=) on product kets": le})
    k00 = {(0, 0): G(1)}; y00 = s.ev(k00, "Y+", "Y+").re; x00 = s.ev(k00, "X+", "X+").re
    rec("s37-y-bound", bool(y00 >= F(2, 4) * 2), "inequality reversed. Smallest: S=1/2, |0,0>: <X+^2>=<Y+^2>=1/2, while (N/4)(N/2+1)=1. Corrected: <Y+^2> <= (N/4)(N/2+1) for <X+^2>=<Y+^2>", {"<Y+^2>": fs(y00), "<X+^2>": fs(x00), "printed lower bound": "1", "corrected_holds": bool(okb)})

# ---- GHZ
def cov6(n):
    """<A_i A_j> between base kets for A=(X1,Y1,Z1,X2,Y2,Z2)"""
    s = Sys.spin(n); M = n
    k0 = s.paired([1] + [0] * n); kM = s.paired([0] * n + [1])
    ops = [lambda k, f=f, j=j: f(k, j) for j in (1, 2) for f in (s.X, s.Y, s.Z)]
    return s, k0, kM, ops
def g2s(z): z = G.of(z); return sp.Rational(z.re.numerator, z.re.denominator) + sp.I * sp.Rational(z.im.numerator, z.im.denominator)
def rot(axis, ang):
    """M with e^{i ang n.S} A_i e^{-i ang n.S} = sum_j M_ij A_j"""
    n = sp.Matrix(axis); c, s_ = sp.cos(ang), sp.sin(ang)
    # d/dang A_i = i[n.S, A_i] = i n_k i eps_{kij} A_j = -eps_{kij} n_k A_j
    Kx = sp.zeros(3)
    for i in range(3):
        for j in range(3):
            Kx[i, j] = -sum(n[k] * sp.LeviCivita(k, i, j) for k in range(3))
    return sp.simplify(sp.eye(3) + s_ * Kx + (1 - c) * Kx * Kx)
def check_rot(axis, ang):
    P = [sp.Matrix([[0, 1], [1, 0]]) / 2, sp.Matrix([[0, -sp.I], [sp.I, 0]]) / 2, sp.diag(1, -1) / 2]
    ns = sum((a * p for a, p in zip(axis, P)), sp.zeros(2))
    U = sp.cos(ang / 2) * sp.eye(2) + 2 * sp.I * sp.sin(ang / 2) * ns
    M = rot(axis, ang)
    return all(sp.simplify(U * P[i] * U.H - sum((M[i, j] * P[j] for j in range(3)), sp.zeros(2))) == sp.zeros(2) for i in range(3))
def qf(n, M1, M2):
    s, k0, kM, ops = cov6(n)
    sgn = [(1, 1), (1, -1)]
    rows = []
    for w in names:
        c = 0 if w[0] == "X" else 1; sg = 1 if w[1] == "+" else -1
        rows.append(list(M1.row(c)) + [sg * v for v in M2.row(c)])
    Wm = sp.Matrix(rows)
    def C(b, k):
        vb = [op(b) for op in ops]; vk = [op(k) for op in ops]
        return sp.Matrix(6, 6, lambda i, j: g2s(s.ip(vb[i], vk[j])))
    def m1(b, k): return sp.Matrix([g2s(s.ip(b, op(k))) for op in ops])
    plus = add(k0, kM); n2 = s.ip(plus, plus).re; assert n2 == 2
    full = Wm * C(plus, plus) * Wm.T / 2; mean = Wm * m1(plus, plus) / 2
    lit = 4 * (full - mean * mean.T)
    Q = sp.simplify((lit + lit.T) / 2)
    minus = add(k0, sc(kM, -1))
    s43a = sp.simplify(2 * (Wm * C(plus, minus) * Wm.T)[1, 1])
    comm_xy = sp.simplify(full - full.T)
    return Q, s43a, mean, comm_xy

def run_vi():
    y1 = ([0, 1, 0], sp.pi / 2)
    r2 = sp.sqrt(2)
    okrot = check_rot(*y1) and check_rot([1 / r2, 1 / r2, 0], sp.pi / 2) and check_rot([1 / r2, -1 / r2, 0], sp.pi / 2) and check_rot([0, -1, 0], sp.pi / 2)
    # S38: e^{-i pi/2 (Y1-Y2)}
    M1, M2 = rot([0, 1, 0], sp.pi / 2), rot([0, -1, 0], sp.pi / 2)
    v1 = {}; ok41 = oko = okoff = True; good = True
    for n in range(1, 6):
        Q, _, mean, _ = qf(n, M1, M2); d = [Q[i, i] for i in range(4)]; N = 2 * n
        v1[f"2S={n}"] = {"diag (X+,X-,Y+,Y-)": [str(x) for x in d], "offdiag nonzero": {f"{names[i]},{names[j]}": str(Q[i, j]) for i in range(4) for j in range(i + 1, 4) if Q[i, j] != 0}}
        ok41 &= d[1] == N * N == 4 * n * n
        o = (d[0] == 0 and d[2] == N and d[3] == N); oko &= o
        if n > 1: good &= o
    rec("s38", "definition", "normalised; e^{iπ/2 Y-}X- e^{-iπ/2 Y-} = Z1+Z2 for spins (sense checked), so the QFI of X- is N^2", {"QFI": v1, "rotation sense checked on 2x2 matrices": bool(okrot)})
    rec("s39", bool(ok41), "every line: mean vanishes, 4*(1/2)=2, rotated X- = Z1+Z2, (Z1+Z2)^2 gives m_max^2 on both components, 2*2*m_max^2 = 4 m_max^2", {"Q_X- 2S=1..5": [v1[f"2S={n}"]["diag (X+,X-,Y+,Y-)"][1] for n in range(1, 6)]})
    okz = True
    for n in range(1, 6):
        s = Sys.spin(n)
        for m in range(n + 1): okz &= s.Z({(m, 0): G(1)}, 1) == clean({(m, 0): G(F(m) - F(n, 2))})
    rec("s40", bool(okz), "(o^2(m)-o^2(m+1))/2 = m-S for spins", {})
    rec("s41", bool(ok41), "16S^2=N^2=4m_max^2", {"QFI all four, S38": v1})
    rec("s41-others", bool(oko), "true for 2S>=2, false for S=1/2: (X+,Y+,Y-) give {0,0,4} instead of {0,2,2}, because <Y1Y2>=-1/4 between |0,0> and |1,1>. Corrected: {0,N,N} for S>=1, {0,0,4} for S=1/2", {"QFI (X+,X-,Y+,Y-)": v1, "corrected_holds": bool(good)})
    # S42
    A1, A2 = rot([1 / r2, 1 / r2, 0], sp.pi / 2), rot([1 / r2, -1 / r2, 0], sp.pi / 2)
    v2 = {}; diag_ok = {}; z43 = {}; wc = {}; eq_ok = True; effs = {}; okgen = True; num_ok = True
    for n in range(1, 6):
        Q, a43, mean, cm = qf(n, A1, A2); N = 2 * n
        blk = sp.Matrix([[Q[1, 1], Q[1, 2]], [Q[2, 1], Q[2, 2]]]); det = sp.simplify(blk.det())
        iv = None if det == 0 else sp.simplify(blk.inv())
        v2[f"2S={n}"] = {"block X-,Y+": [[str(x) for x in blk.row(i)] for i in range(2)], "inverse": "singular" if iv is None else [[str(x) for x in iv.row(i)] for i in range(2)], "effective QFI per parameter 1/(Q^-1)_ii": "0" if iv is None else str(sp.nsimplify(1 / iv[0, 0])), "eigenvalues": [str(e) for e in sorted(blk.eigenvals().keys())], "full diag (X+,X-,Y+,Y-)": [str(Q[i, i]) for i in range(4)], "full QFIM": [[str(Q[i, j]) for j in range(4)] for i in range(4)]}
        diag_ok[n] = Q[1, 1] == sp.Rational(N * (N + 1), 2)
        eq_ok &= Q[1, 1] == Q[2, 2]
        z43[n] = str(a43); wc[n] = str(cm[1, 2])
        if n > 1: okgen &= diag_ok[n] and Q[1, 2] == sp.Rational(N - N * N, 2) and sp.nsimplify(1 / iv[0, 0]) == sp.Rational(2 * N * N, N + 1)
        # float cross-check from the definition
        d = n + 1; O = np.zeros((d, d))
        for m in range(1, d): O[m - 1, m] = float(o2(n, m)) ** .5
        X = (O.T + O) / 2; Y = -1j * (O.T - O) / 2; E = np.eye(d)
        Ws = [np.kron(X, E) + np.kron(E, X), np.kron(X, E) - np.kron(E, X), np.kron(Y, E) + np.kron(E, Y), np.kron(Y, E) - np.kron(E, Y)]
        w, U = np.linalg.eigh(Ws[0] + Ws[3]); R = U @ np.diag(np.exp(-1j * np.pi / 2 / np.sqrt(2) * w)) @ U.conj().T
        k = np.zeros(d * d, complex); k[0] = k[-1] = 2 ** -.5; k = R @ k
        Qn = np.array([[4 * ((np.vdot(Wi @ k, Wj @ k)).real - np.vdot(k, Wi @ k).real * np.vdot(k, Wj @ k).real) for Wj in Ws] for Wi in Ws])
        num_ok &= np.allclose(Qn, np.array(Q.tolist(), dtype=float), atol=1e-9)
    rec("s42", "definition", "state well defined and normalised; X+ + Y- = (X1+Y1)+(X2-Y2), so local rotations by pi/2 about (x±y)/√2", {"QFIM of GHZ2": v2, "numpy cross-check": bool(num_ok)})
    msg = "the 2x2 block of (X-,Y+) is [[N(N+1)/2, -N(N-1)/2],[..]] for 2S>=2, eigenvalues N and N^2: only theta_{X-}-theta_{Y+} is Heisenberg-sensitive, theta_{X-}+theta_{Y+} is at N (shot noise); for two unknown parameters 1/(Q^-1)_ii = 2N^2/(N+1) < 2N. S=1/2: [[2,-2],[-2,2]], singular"
    rec("s42-maximal", all(sp.sympify(v2[f"2S={n}"]["block X-,Y+"][0][1]) == 0 for n in range(2, 6)), "not maximally sensitive to both: " + msg + ". Even the diagonal N(N+1)/2 is below the optimum N(N+2)/2 (the paper says so). Corrected: maximal (N^2) for one combination, (X- - Y+)/√2", {"QFIM of GHZ2": v2, "corrected_holds": bool(okgen)})
    four = {}
    for n in (2, 3, 4, 6, 8):
        d = n + 1; O = np.zeros((d, d))
        for m in range(1, d): O[m - 1, m] = float(o2(n, m)) ** .5
        X = (O.T + O) / 2; Y = -1j * (O.T - O) / 2; E = np.eye(d)
        Xp, Yp = np.kron(X, E) + np.kron(E, X), np.kron(Y, E) + np.kron(E, Y)
        w, U = np.linalg.eigh(Xp); top = U[:, -1]
        zz = np.add.outer(np.arange(d), np.arange(d)).reshape(-1) - n
        k = sum(np.exp(-1j * j * np.pi / 2 * zz) * top for j in range(4)); k = k / np.linalg.norm(k)
        q = lambda A, B: 4 * ((np.vdot(A @ k, B @ k)).real - np.vdot(k, A @ k).real * np.vdot(k, B @ k).real)
        four[f"2S={n}"] = [round(q(Xp, Xp), 9) + 0.0, round(q(Yp, Yp), 9) + 0.0, round(q(Xp, Yp), 9) + 0.0, f"N^2/2={2 * n * n}"]
    rec("main-ghz-simultaneous", all(sp.sympify(v2[f"2S={n}"]["effective QFI per parameter 1/(Q^-1)_ii"]) >= 2 * n * n for n in range(2, 6)), "each diagonal element is ~N^2/2 but the parameters cannot be estimated simultaneously: " + msg + ". General: a superposition of two spin-coherent product states has a covariance matrix of rank one at order N^2. Corrected: one combination at N^2, effective simultaneous QFI 2N^2/(N+1); a four-component superposition (|+x,+x>, |+y,+y>, |-x,-x>, |-y,-y>, up to a local rotation) does reach ~N^2/2 for both with zero off-diagonal", {"four components, observed [Q_X+, Q_Y+, Q_X+Y+]": four, "block and inverse": {k: {x: v[x] for x in ("block X-,Y+", "inverse", "effective QFI per parameter 1/(Q^-1)_ii")} for k, v in v2.items()}, "corrected_holds": bool(okgen), "numpy cross-check": bool(num_ok)})
    rec("s43a", all(sp.sympify(z43[n]) == n * (2 * n + 1) for n in z43), "the ket has a minus sign where the bra (and the state) has a plus; the literal expression is 0 for every 2S=1..5, not N(N+1)/2. Corrected: plus sign", {"printed first line, 2S=1..5": z43, "with plus, 2S=1..5": {n: v2[f"2S={n}"]["block X-,Y+"][0][0] for n in range(1, 6)}})
    rec("s43b", all(2 * n * (2 * n + 1) == sp.sympify(v2[f"2S={n}"]["block X-,Y+"][0][0]) for n in range(2, 6)), "2 m_max(2 m_max+1) = N(N+1) with m_max=N/2, twice the final result. Smallest: 2S=2 (N=4): printed 20, true 10. Corrected: m_max(2 m_max+1) (2S>=2)", {"printed 2S=1..5": [2 * n * (2 * n + 1) for n in range(1, 6)], "true": [v2[f"2S={n}"]["block X-,Y+"][0][0] for n in range(1, 6)], "corrected_holds": bool(okgen)})
    rec("s43c", bool(all(diag_ok.values())), "true for 2S>=2, false for S=1/2: Q = 2, not 3 (<X1X2>=1/4 between |0,0> and |1,1>). Corrected: N(N+1)/2 for S>=1", {"Q_X- 2S=1..5": [v2[f"2S={n}"]["block X-,Y+"][0][0] for n in range(1, 6)], "N(N+1)/2": [n * (2 * n + 1) for n in range(1, 6)], "corrected_holds": all(v for n, v in diag_ok.items() if n > 1)})
    rec("s43-equal", bool(eq_ok), "Q_X-=Q_Y+ exactly for 2S=1..5 (S=1/2 included); <[X-,Y+]> in the state: see values", {"<[X-,Y+]> 2S=1..5": wc})
    rec("s43-smaller", all(F(N * (N + 2), 2) - F(N * (N + 1), 2) == F(N, 2) for N in range(2, 60, 2)), "N(N+2)/2-N(N+1)/2=N/2 (for S=1/2 the actual difference is 2, since Q=2)", {"N(N+2)/2 - Q, 2S=1..5": [str(sp.Integer(n * (2 * n + 2)) - sp.nsimplify(v2[f"2S={n}"]["block X-,Y+"][0][0])) for n in range(1, 6)]})
    rec("s43-quarter", all(F(4 * n * n, 4) == F(N * N, 4) and F(N * N, 4) < F(N * (N + 4), 3) for n in range(1, 50) for N in [2 * n]), "QFI of X_1 in an N/2-atom GHZ: 4*S^2 = (N/2)^2; below N(N+4)/3 for every N", {"2S=1..4": [n * n for n in range(1, 5)]})
    ok8 = True; v8 = {}
    for n in (2, 4, 6, 8, 10, 12):
        S = F(n, 2); d2 = [F(1)]
        for m in range(1, n + 1): d2.append(d2[-1] * o2(n, m))
        def qfi(t):
            p = [F(0)] * (n + 2); p[0] = F(1)
            for m in range(1, n): p[m + 1] = -t * o2(n, m) * p[m - 1] if m >= 1 else 0
            # O e_m = e_{m-1}, O† e_m = o2(m+1)e_{m+1}
            p = p[:n + 1]
            up = [F(0)] + [p[m] * o2(n, m + 1) for m in range(n)]; dn = [p[m + 1] for m in range(n)] + [F(0)]
            dark = all(dn[m] + t * up[m] == 0 for m in range(n + 1))
            nn = sum(p[m] ** 2 / d2[m] for m in range(n + 1))
            y = sum(((up[m] - dn[m]) / 2) ** 2 / d2[m] for m in range(n + 1)) / nn
            x = sum(((up[m] + dn[m]) / 2) ** 2 / d2[m] for m in range(n + 1)) / nn
            return dark, 4 * y, 4 * x
        dk, y, x = qfi(F(1)); ok8 &= dk and y == 2 * S * (S + 1) and x == 0
        grid = [qfi(F(j, 40)) for j in range(41)]
        ok8 &= all(g[0] for g in grid) and max(g[1] for g in grid) == y
        v8[f"2S={n}"] = fs(y)
    rec("s43-eighth", bool(ok8), "dark state of cosh r S^- + sinh r S^+ (integer S): QFI of Y rises to 2S(S+1) at r->infinity (|S, m_x=0>), with S=N/4: N^2/8 + N/2 ~ N^2/8; maximum over a grid of r is the limit. For half-integer S the steady state is mixed and has no such limit (even-odd effect of Ref. S5)", {"QFI limit": v8})
    rec("s43-split", True, "N/4 atoms: GHZ (N/4)^2=N^2/16; squeezed 2S(S+1) at S=N/8: N^2/32+N/4. Leading order; 'at best' for squeezed states ignores the +N/4", {"GHZ N=8": "4", "squeezed N=16 (S=2)": "12", "N^2/32 at N=16": "8"})

if __name__ == "__main__":
    run_v(); run_vi()
    for k, v in RES.items(): print(k, v["as_printed"], [ (a,b) for a,b in v["values"].items() if 'holds' in a or 'cross' in a])
    print(json.dumps(RES["s42"]["values"]["QFIM of GHZ2"], indent=0)[:3000]); print(RES["s38"]["values"]); print(RES["s43a"]["values"], RES["s43-equal"]["values"], RES["s43-smaller"])
    print(RES["s29-offdiagonal"]["values"])
