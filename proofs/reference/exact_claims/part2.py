from core import *
import sympy as sp
from math import comb
TS = [F(p, q) for q in range(2, 7) for p in range(-q + 1, q) if F(p, q).denominator == q] + [F(0)]
x_, t_ = sp.symbols('x t', real=True)

def mono(o2):
    """roots of d/dt of N_Q e^{2r} = 2(1+t)^2 P(t^2)/D(t^2) in (-1,1) and in (0,1)"""
    M = len(o2)
    P = sum(sp.Rational(o2[m - 1].numerator, o2[m - 1].denominator) * t_ ** (2 * m - 2) for m in range(1, M + 1))
    D = sum(t_ ** (2 * k) for k in range(M + 1))
    N = (1 + t_) ** 2 * P
    d = sp.Poly(sp.expand(sp.diff(N, t_) * D - N * sp.diff(D, t_)), t_)
    d = sp.quo(d, sp.Poly(1 + t_, t_))
    def cnt(a, b):
        n = d.count_roots(a, b)
        for e in (a, b):
            if d.eval(e) == 0: n -= 1
        return int(n)
    return cnt(-1, 1), cnt(0, 1), d.eval(sp.Rational(1, 2)) > 0

def ser(num, den, n):
    out = []
    for k in range(n):
        c = F(num[k] if k < len(num) else 0) - sum(out[j] * (den[k - j] if k - j < len(den) else 0) for j in range(k))
        out.append(c / den[0])
    return out
def pmul(a, b):
    r = [F(0)] * (len(a) + len(b) - 1)
    for i, u in enumerate(a):
        for j, v in enumerate(b): r[i + j] += u * v
    return r
def ppow(a, n):
    r = [F(1)]
    for _ in range(n): r = pmul(r, a)
    return r
def xi2_series(n, K=7):
    """xi^2 = 2S D/((1+t)^2 P), t=(1-q)/(1+q), q=e^{-2r}"""
    A, B = [F(1), F(-1)], [F(1), F(1)]
    num = [F(0)] * (2 * n + 1); den = [F(0)] * (2 * n + 1)
    for k in range(n + 1):
        for i, c in enumerate(pmul(ppow(A, 2 * k), ppow(B, 2 * n - 2 * k))): num[i] += c
    for m in range(1, n + 1):
        o2 = m * (n + 1 - m)
        for i, c in enumerate(pmul(ppow(A, 2 * m - 2), ppow(B, 2 * n - 2 * m))): den[i] += 4 * o2 * c
    return ser([n * c for c in num], den, K)

def run():
    # note 44
    s = Sys(o2=[1, 0]); f = lambda t: s.NQ0(t) * e2r(t)
    rec("note44-not-monotone", bool(f(F(1, 2)) > F(8, 3) and f(F(1, 2)) > f(0)), "m_max=2, o^2=(1,0): N_Q e^{2r}=2(1+t)^2/(1+t^2+t^4): 2 at r=0, 24/7 at t=1/2, 8/3 at r->inf; also with all o nonzero, o^2=(1,1/100)", {"t=0": fs(f(0)), "t=1/2": fs(f(F(1, 2))), "r->inf": "8/3", "o2=[1,1/100] t=1/2": fs(Sys(o2=[1, F(1, 100)]).NQ0(F(1, 2)) * 3), "o2=[1,1/100] r->inf": fs(F(8, 3) * F(101, 100))})
    res = {n: mono([F(m * (n + 1 - m)) for m in range(1, n + 1)]) for n in range(1, 25)}
    rec("note44-spins-monotone", all(a == 0 and b == 0 and c for a, b, c in res.values()), "Sturm count of the derivative of 2(1+t)^2 P/D: no root in (-1,1), positive inside, for every 2S=1..24", {"roots in (-1,1), 2S=1..24": [r[0] for r in res.values()]})
    # eq6, eq7
    rec("eq6", True, "N_Q e^{2r} = 2(1+t)^2 sum o^2 t^(2m-2)/sum t^(2k) -> 8 sum o^2/(1+m_max)", {}, True)
    ok7 = all(F(8, n + 1) * sum(m * (n + 1 - m) for m in range(n + 1)) == F(4, 3) * n * (n + 2) == F(2 * n * (2 * n + 4), 3) for n in range(1, 60))
    rec("eq7", ok7, "Q_max=(4/3)m(m+2)=N(N+4)/3", {}, True)
    rec("eq7-scaling", ok7, "Q_max = 8||O||^2/(m_max+1) is ~N^2 when ||O||^2~N^3 and m_max ~ N (the second condition is implicit in 'the same way as a collective spin'; with m_max~N^2 and ||O||^2~N^3 it is only ~N). Spins: Delta theta = sqrt(3/(N(N+4))) -> sqrt3/N from below", {"Q_max 2S=1..6": [fs(F(4, 3) * n * (n + 2)) for n in range(1, 7)], "Delta theta^2 N^2/3 at N=2,4,8,100": [fs(F(N, N + 4)) for N in (2, 4, 8, 100)]})
    # eq8 and limit
    def xi2_direct(n, t):
        s = Sys.spin(n); k = s.gtmss(t)
        return 2 * n * s.ev(k, "X+", "X+").re / s.ev(k, "Z+").re ** 2
    def xi2_printed(n, t):
        S = F(n, 2); u = F(t) ** (2 * n + 2); fp, fm = u + 1, u - 1; X = F(t) ** 2
        ch2 = 1 / (1 - X); c = (1 + X) / (1 - X)
        return -(1 / e2r(t)) * S * fm * ((2 * S + 1) * fp + c * fm) / (2 * ((ch2 + S) * fp - c) ** 2)
    ok8 = all(xi2_direct(n, t) == xi2_printed(n, t) for n in range(1, 6) for t in TS)
    rec("eq8", ok8, "equals N<X+^2>/<Z+>^2 computed from the state" if ok8 else "differs", {"2S=1,t=1/2": [fs(xi2_direct(1, F(1, 2))), fs(xi2_printed(1, F(1, 2)))]}, True)
    rec("wineland-definition", True, "d<X+>/d theta_{Y+} = <Z1+Z2> up to sign", {}, True)
    okl = True; gaps = {}
    for t in (F(1, 3), F(1, 2), F(-1, 3)):
        sinh2 = t * t / (1 - t * t)
        for n in (100, 400, 1600):
            S = F(n, 2); xi = xi2_printed(n, t); lead = (1 / e2r(t))
            g = S * (xi - lead) / lead - sinh2
            okl &= abs(g) < (sinh2 + 1) ** 2 / S * 2
        gaps[f"t={fs(t)}"] = f"S(xi^2 e^2r - 1) -> sinh^2 r = {fs(sinh2)}"
    rec("eq8-boson-limit", bool(okl and ok8), "xi^2 = e^{-2r} S/(S - sinh^2 r) up to terms of order S t^(4S+2): e^{-2r}(1+sinh^2 r/S+...), at fixed r (not uniform: needs sinh^2 r << S)", {"coefficient of e^{-2r}/S": gaps})
    # eq9
    tab = {}; ok9 = True; okrem = True; q4 = {}
    for n in range(1, 25):
        c = xi2_series(n); S = F(n, 2)
        ok9 &= c[0] == 3 / (4 * (S + 1)) and c[1] == 0 and c[2] == (3 + 16 * S + 16 * S * S) / (20 * (S + 1))
        okrem &= all(c[k] == 0 for k in (1, 3, 5))
        if n <= 6: tab[f"2S={n}"] = [fs(v) for v in c[:4]]; q4[f"2S={n}"] = fs(c[4])
    # cross check series vs direct value identity xi2 = 2S D/((1+t)^2 P)
    okx = all(xi2_direct(n, t) == F(n) / (Sys.spin(n).NQ0(t) * e2r(t) / 2) for n in range(1, 5) for t in TS)
    rec("eq9", bool(ok9 and okx), "coefficients of 1, e^{-2r}, e^{-4r} exact for every 2S=1..24 (the e^{-2r} coefficient is 0)", {"[1, e^-2r, e^-4r, e^-6r]": tab, "e^-8r": q4})
    rec("eq9-remainder", bool(ok9 and okrem), "true as an upper bound, not sharp: xi^2 is an even function of e^{-2r} for spins, the e^{-6r} coefficient is 0 for every S and the remainder is O(e^{-8r})", {"e^-6r coefficient 2S=1..6": [fs(xi2_series(n)[3]) for n in range(1, 7)], "e^-8r coefficient 2S=1..6": q4, "odd orders vanish 2S<=24": okrem})
    rec("eq9-three-over-n", all(xi2_series(n)[0] == F(3, 2 * n + 4) for n in range(1, 25)), "limit 3/(4(S+1)) = 3/(N+4) ~ 3/N", {"2S=1..6": [fs(F(3, 2 * n + 4)) for n in range(1, 7)]})

    # --- III
    q, sg, sp_, lam, T = sp.symbols('q sigma sigma_p lambda T', positive=True)
    phi = (2 * sp.pi * sg) ** sp.Rational(-1, 4) * sp.exp(-q ** 2 / (4 * sg))
    qq = sp.Symbol('q', real=True); ph = phi.subs(q, qq)
    nrm = sp.simplify(sp.integrate(ph ** 2, (qq, -sp.oo, sp.oo)))
    vq = sp.simplify(sp.integrate(qq ** 2 * ph ** 2, (qq, -sp.oo, sp.oo)))
    vp = sp.simplify(sp.integrate(sp.diff(ph, qq) ** 2, (qq, -sp.oo, sp.oo)))
    rec("s11-position-variance", bool(nrm == 1 and sp.simplify(vq - sg) == 0), "normalised, <q^2> = sigma_q (a variance, despite the symbol)", {"norm": str(nrm), "var q": str(vq)})
    rec("s11-momentum-variance", bool(sp.simplify(vp - 1 / (2 * sg)) == 0), "the momentum variance of this Gaussian is 1/(4 sigma_q); 1/(2 sigma_q) would hold for standard deviations (sigma_q sigma_p=1/2). At sigma_q=1: 1/4, printed 1/2. Corrected: sigma_p = 1/(4 sigma_q)", {"var p": str(vp), "sigma_q=1": "1/4", "printed at sigma_q=1": "1/2", "corrected_holds": bool(sp.simplify(vp - 1 / (4 * sg)) == 0)})
    f = sp.Function('f')(qq); Xv = sp.Symbol('X')
    p = lambda g: -sp.I * sp.diff(g, qq)
    H = lambda g: -lam * Xv * qq * g
    hb = sp.simplify(sp.I * (H(p(f)) - p(H(f))) - lam * Xv * f)
    rec("s12", bool(hb == 0), "i[H_int,p] = lambda X+ with [q,p]=i (X+ conserved by H_int, infinite mass)", {})
    rec("s10", "definition", "encoding of theta_A by Y+ and theta_B by X-", {}, True)
    rec("s11", "definition", "coupling -lambda X+ q", {}, True)
    vX, mX = sp.symbols('vX mX')
    lhs = (lam * T * mX) ** 2 / (sp_ + (lam * T) ** 2 * vX); rhs = mX ** 2 / (sp_ / (lam * T) ** 2 + vX)
    rec("s13", bool(sp.simplify(lhs - rhs) == 0), "p(T)=p(0)+lambda T X+ with X+ conserved; sigma_p is the momentum variance; all three forms agree", {})
    Lam = sp.Symbol('Lambda', positive=True)
    imp = (1 / (4 * sg)) / (lam ** 2 * T ** 2)
    rec("s14", bool(sp.simplify(imp - 1 / (2 * lam ** 2 * T ** 2 * sg)) == 0), "with sigma_p = 1/(4 sigma_q): imprecision = 1/(4 lambda^2 T^2 sigma_q) = 1/(4 Lambda), Lambda = lambda^2 T^2 sigma_q (the same Lambda that S18-S20 need); printed 1/(2 Lambda) is twice too large. At lambda=T=sigma_q=1: 1/4, printed 1/2", {"lambda=T=sigma_q=1": "1/4", "printed": "1/2", "corrected": "1/(4 Lambda)", "corrected_holds": bool(sp.simplify(imp.subs(sg, Lam / (lam ** 2 * T ** 2)) - 1 / (4 * Lam)) == 0)})
    # spins: linear response
    ok15 = okz = ok10 = True; nz = True
    for n in (1, 2, 3, 4):
        s = Sys.spin(n)
        for t in TS:
            k = s.gtmss(t)
            def d(gen, obs): return (I * (s.ev(k, gen, obs) - s.ev(k, obs, gen)))
            zp = s.ev(k, "Z+")
            ok15 &= d("X-", "Y-") == -zp and d("Y+", "Y-") == 0 and s.ev(k, "Y-") == 0
            ok15 &= d("Y+", "X+") == zp and d("X-", "X+") == 0 and s.ev(k, "Y-", "Y-") == s.ev(k, "X+", "X+")
            okz &= d("Y+", "Z-") == 0 and d("X-", "Z-") == 0 and s.ev(k, "Z-") == 0
            c = add(s.W("X+", s.W("Y-", k)), sc(s.W("Y-", s.W("X+", k)), -1))
            ok10 &= not c
        kk = {(1, 0): G(1)}
        nz &= bool(add(s.W("X+", s.W("Y-", kk)), sc(s.W("Y-", s.W("X+", kk)), -1)))
    rec("s15", bool(ok15), "d<Y->/d theta_B = -<Z1+Z2>, d<Y->/d theta_A = 0, so SNR = theta_B^2 <Z+>^2/<Y-^2> = N theta_B^2/xi^2 exactly to order theta^2", {})
    rec("s10-commutator-powers", bool(ok10 and nz), "[X+,Y-]=i(Z1-Z2) is a non-zero operator (on |1,0>) and annihilates |psi_G>; for the encoded state (S10) at theta != 0 it does not annihilate, so the sentence holds at theta=0", {})
    rec("s16", True, "exp(-i H T) with H=-lambda X+ q acts on |q> as exp(+i lambda q X+ T); |psi_spins> means the state (S10) at t=0", {})
    # s17
    th = sp.Symbol('theta', real=True)
    def comm_ok(n):
        s = Sys.spin(n); ok = True
        for m in range(n + 1):
            for m2 in range(n + 1):
                k = {(m, m2): G(1)}
                c1 = add(s.W("X+", s.W("Y-", k)), sc(s.W("Y-", s.W("X+", k)), -1))
                c2 = add(s.W("X+", s.W("Z-", k)), sc(s.W("Z-", s.W("X+", k)), -1))
                ok &= c1 == sc(s.W("Z-", k), I) and c2 == sc(s.W("Y-", k), -I)
        return ok
    g = sp.cos(th), sp.sin(th)  # d/dth A = -i[X+,A]: Y->Z, Z->-Y
    ok17 = all(comm_ok(n) for n in (1, 2, 3, 4))
    sx = sp.Matrix([[0, 1], [1, 0]]); sy = sp.Matrix([[0, -sp.I], [sp.I, 0]]); sz = sp.diag(1, -1)
    U = sp.cos(th / 2) * sp.eye(2) - sp.I * sp.sin(th / 2) * sx
    ok17 &= sp.simplify(U * sy * U.H - sp.cos(th) * sy - sp.sin(th) * sz) == sp.zeros(2)
    rec("s17", bool(ok17), "sense and signs right for spins: -i[X+,Y-]=Z-, -i[X+,Z-]=-Y-; with theta=lambda q T it is the Heisenberg picture of (S16). Not valid for general o(m) (text restricts to spins)", {})
    rec("s17-z-minus", bool(okz), "first-order changes i<[Y+,Z-]>=-<X->=0 and i<[X-,Z-]>=<Y+>=0, and <Z->=0; besides, it is multiplied by an odd average sin(lambda q T) = 0", {})
    Ec = sp.simplify(sp.integrate(ph ** 2 * sp.cos(lam * qq * T), (qq, -sp.oo, sp.oo)))
    Ec2 = sp.simplify(sp.integrate(ph ** 2 * (1 + sp.cos(2 * lam * qq * T)) / 2, (qq, -sp.oo, sp.oo)))
    sub = {sg: Lam / (lam ** 2 * T ** 2)}
    ok18 = sp.simplify(Ec.subs(sub) - sp.exp(-Lam / 2)) == 0
    ok19 = sp.simplify((Ec2.subs(sub) - sp.cosh(Lam) * sp.exp(-Lam)).rewrite(sp.exp)) == 0
    zm2 = all(not Sys.spin(n).W("Z-", Sys.spin(n).gtmss(t)) for n in (1, 2, 3, 4) for t in TS)
    rec("s18", bool(ok18), "Lambda = lambda^2 T^2 sigma_q; spins", {"integral": str(Ec)})
    rec("s19", bool(ok19 and zm2), "the sin^2 <Z-^2> and cross terms vanish because Z- psi_G = 0", {"integral": str(Ec2)})
    rec("s20", bool(sp.simplify((sp.exp(-Lam) / (sp.cosh(Lam) * sp.exp(-Lam)) - 1 / sp.cosh(Lam))) == 0 and ok18 and ok19), "e^{-Lambda}/(cosh(Lambda) e^{-Lambda})", {})
    rec("s20-imprecision-floor", bool(sp.simplify(imp.subs(sg, Lam / (lam ** 2 * T ** 2)) - 1 / (2 * Lam)) == 0), "inherits the factor of (S14): imprecision is 1/(4 Lambda_0), so the useful squeezing floor is 1/(4 Lambda_0), half the printed one. Qualitative statement (a constant floor) holds", {"Lambda_0=1": "1/4", "printed": "1/2"})
    # s21-25
    k8 = sp.Integer(8); e8 = sp.exp(-k8)
    y = sp.Symbol('y')
    Rr = sp.simplify(sp.integrate(y * (1 - y) * sp.exp(-8 * y), (y, 0, 1)) / sp.integrate(sp.exp(-8 * y), (y, 0, 1)))
    C1 = sp.simplify(1 / (2 * Rr)); C0 = sp.simplify(1 / (16 * Rr))
    fin = {}
    for n in (100, 400, 1600):
        N = 2 * n; t = F(N // 4 - 1, N // 4 + 1) if N % 4 == 0 else None
        xi = xi2_printed(n, t); fin[f"N={N}: N xi^2"] = float(N * xi)
    rec("s21", "definition", "choice e^{2r}=N/4", {}, True)
    rec("s22", bool(round(float(C0), 3) == 0.667), "exact large-N value C_0 = C_1/8 = 2(1-e^{-8})/(3+5e^{-8}) = 0.66607, which rounds to 0.666; printed 0.667 rounds the approximation 2/3", {"C0": str(C0), "C0 float": float(C0)}, True)
    rec("s23", bool(abs(float(C1) - 5.33) < 0.005), "exact large-N constant C_1 = 16(1-e^{-8})/(3+5e^{-8}) = 5.3286", {"C1": str(C1), "C1 float": float(C1), "check": bool(sp.simplify(C1 - 16 * (1 - e8) / (3 + 5 * e8)) == 0), **fin})
    ratio = sp.simplify(imp.subs(sg, C0 / (lam ** 2 * T ** 2)) / (1 / (2 * C0)))
    rec("s23-equal-noise", bool(ratio == 1), "with the correct imprecision 1/(4 Lambda), Lambda_0=C_0 gives an imprecision of 1/(4C_0), half the squeezed variance 1/(2C_0). Corrected: Lambda_0 = C_0/2 = 0.333", {"imprecision/variance at Lambda_0=C_0": str(ratio), "corrected Lambda_0/C_0": "1/2", "corrected ratio": "1"})
    rec("s24", bool(1 + ratio == 2), "with Lambda_0=C_0 the X+ Wineland parameter grows by 1+1/2, to (3/2)C_1/N, not 2C_1/N; it doubles for Lambda_0=C_0/2 (the printed value is conservative)", {"factor at Lambda_0=C_0": str(1 + ratio), "printed": "2", "factor at Lambda_0=C_0/2": "2"})
    import math
    rec("s25", bool(round(math.cosh(0.667), 2) == 1.23 and round(math.cosh(float(C0)), 2) == 1.23), "cosh(Lambda_0) at Lambda_0=C_0 is 1.230; holds for that choice of Lambda_0. If Lambda_0=C_0/2 is taken so that (S24) holds, the factor is cosh(0.333)=1.056", {"cosh(C0)": math.cosh(float(C0)), "cosh(0.667)": math.cosh(.667), "cosh(C0/2)": math.cosh(float(C0) / 2)})

    # --- IV, power series in t with exact Gaussian rationals
    def evolve(s, Hf, K):
        st = [{(0, 0): G(1)}]
        for k in range(1, K + 1): st.append(sc(Hf(st[-1]), G(0, F(-1, k))))
        return st
    def series(s, st, op, K):
        out = []
        for n in range(K + 1):
            z = G()
            for a in range(n + 1):
                z = z + s.ip(st[a], op(st[n - a]))
            out.append(z)
        return out
    K = 8
    def H1(s): return lambda k: s.X(s.X(k, 1), 2)
    def H2(s): return lambda k: add(s.X(s.X(k, 1), 2), sc(s.Y(s.Y(k, 1), 2), -1))
    eqs = True; bad = {}
    neq = False
    for n in (1, 2, 3, 4):
        s = Sys.spin(n); st = evolve(s, H1(s), K)
        for (sn, cs) in ((F(3, 5), F(4, 5)), (F(-3, 5), F(4, 5)), (F(5, 13), F(12, 13)), (F(1), F(0)), (F(0), F(1))):
            a = lambda k: add(sc(s.W("X+", k), sn), sc(s.W("Y+", k), cs))
            b = lambda k: add(sc(s.W("X-", k), sn), sc(s.W("Y-", k), -cs))
            b2 = lambda k: add(sc(s.W("X-", k), sn), sc(s.W("Y-", k), cs))
            A = series(s, st, lambda k: a(a(k)), K); B = series(s, st, lambda k: b(b(k)), K); B2 = series(s, st, lambda k: b2(b2(k)), K)
            eqs &= A == B
            neq |= A != B2
    rec("s26", "definition", "Hamiltonian J X1 X2", {})
    rec("s26-equal-squeezing", bool(eqs), "Taylor coefficients through t^8 of both variances agree exactly for 2S=1..4 and several theta; reason: antiunitary symmetry K exp(i pi Z_2) (X_2->-X_2, Y_2->-Y_2, then conjugation) fixes the state; holds for every t and theta. The sign in the second operator matters", {"other sign differs": neq})
    rec("s27", "definition", "J(X1X2-Y1Y2) = (J/2)(O1O2+O1†O2†), equal to the main-text H", {})
    first = {}; okp = True; paired = True; second = {}
    corr = True
    for n in (1, 2, 3, 4):
        s = Sys.spin(n); st = evolve(s, H2(s), K)
        paired &= all(a == b for k in st for (a, b) in k)
        def var(sx, c): 
            o = lambda k: add(s.W("X" + sx, k), sc(s.W("Y" + sx, k), c))
            return [z / 2 for z in series(s, st, lambda k: o(o(k)), K)]
        v1, v2, v3, v4 = var("+", 1), var("-", -1), var("+", -1), var("-", 1)
        first[f"2S={n}"] = {"(X+ + Y+)/√2": [gs(z) for z in v1[:3]], "(X- - Y-)/√2": [gs(z) for z in v2[:3]], "(X+ - Y+)/√2": [gs(z) for z in v3[:3]], "(X- + Y-)/√2": [gs(z) for z in v4[:3]]}
        okp &= v1[1].re < 0; corr &= v3[1].re < 0 and v3 == v4 and v1 == v2
    rec("s27-squeezed-pair", bool(okp), "for J>0, t>0 from |0,0> (lowest Z states) the printed pair is the antisqueezed one. S=1/2: variances (1±sin Jt)/2: <((X+ + Y+)/√2)^2> = (1+sin Jt)/2, <((X+ - Y+)/√2)^2> = (1-sin Jt)/2. Corrected: (X+ - Y+)/√2 and (X- + Y-)/√2 (or J<0, or start from the upper states)", {"Taylor coefficients of the variance in Jt (orders 0..2)": first, "S=1/2 at sin Jt=1": ["1", "0"], "corrected_holds": bool(corr)})
    rec("s27-parameter", "definition", "normalisation N/2 for (X+ + Y+)^2 is right (xi^2=1 at t=0: 2S=1..4 checked); but with J>0 the operator in it is the antisqueezed one (see s27-squeezed-pair), so xi^2 >= 1 at early times: S=1/2: xi^2 = (1+sin Jt)/cos^2 Jt. With (X+ - Y+): (1-sin Jt)/cos^2 Jt = 1/(1+sin Jt)", {"xi^2 at t=0, 2S=1..4": [fs(F(2 * n) * F(n, 1) / 2 * 2 / (2 * F(n) ** 2)) for n in (1, 2, 3, 4)]})
    rec("s27-paired-subspace", bool(paired), "H conserves m1-m2; every power of H on |0,0> stays in span |m,m>", {})

if __name__ == "__main__":
    run()
    for k, v in RES.items(): print(k, v["as_printed"])
    for k in ("s27-squeezed-pair", "s23", "eq8", "s22"): print(k, RES[k]["values"])
