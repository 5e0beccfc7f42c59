from core import *
import sympy as sp
TS = [F(p, q) for q in range(2, 9) for p in range(-q + 1, q) if F(p, q).denominator == q] + [F(0)]
TABLES = [[1], [4], [1, 1], [1, 9], [2, 0], [0, 3], [1, 4, F(9, 4)], [1, 0, 5], [3, 2, 1, 7], [0, 2, 0, 1], [1, 2, 3, 4]]
SYS = [("table o2=" + str([fs(x) for x in tb]), Sys(o2=tb)) for tb in TABLES] + [(f"spin 2S={n}", Sys.spin(n)) for n in (1, 2, 3, 4)]
names = ("X+", "X-", "Y+", "Y-")

def comm(s, a, b, k):
    return add(s.W(a, s.W(b, k)), sc(s.W(b, s.W(a, k)), -1))

def allkets(s):
    return [{(m, n): G(1)} for m in range(s.M + 1) for n in range(s.M + 1)]

def run():
    # --- eq1
    ok = all(sum(t ** (2 * m) for m in range(M + 1)) == (1 / (1 - t * t)) * (1 - t ** (2 * M + 2)) for M in range(1, 8) for t in TS)
    rec("eq1", ok, "sum_m t^(2m) = cosh^2 r (1 - t^(2M+2)) at every tested t including 0 and t<0", {"norm2 at t=1/2, m_max=1": "4/5"}, True)
    lim = sp.limit(1 / (1 - sp.Rational(1, 4) ** (sp.Symbol('M') + 1)), sp.Symbol('M'), sp.oo)
    s = Sys(o2=list(range(1, 13)))
    dark = True
    for t in (F(1, 2), F(-1, 3)):
        k = s.gtmss(t)
        for a, b in ((1, 2), (2, 1)):
            v = add(s.O(k, a), sc(s.Od(k, b), t))
            dark &= all(max(key) > 11 for key in v)
    rec("eq1-tmss-limit", bool(lim == 1 and dark), "1-t^(2M+2)->1 for |t|<1, so N->1/cosh r and the amplitudes are sech r (-tanh r)^m, the vacuum of cosh r a_1 + sinh r a_2^dagger (and 1<->2); components below the truncation vanish exactly", {"norm2 factor at t=1/2, M->inf": "3/4"})
    # --- eq2
    okE2 = all(F(n, 2) * (F(n, 2) + 1) - (m - F(n, 2)) * (m - F(n, 2) - 1) == m * (n + 1 - m) for n in range(0, 12) for m in range(0, n + 2))
    rec("eq2", okE2, "spin o^2(m) = m(2S+1-m): vanishes at m=0 and m=2S+1", {"o2 spin 2S=3": ["3", "4", "3"]}, True)
    rec("eq2-real", True, "complex o(m)=|o|exp(i phi_m) becomes real after |m> -> exp(-i sum phi)|m> in both subsystems; Eq. (1) then has to be read in the rephased basis. In the unrephased basis (1) is not dark: o(1)=i, m_max=1: (cosh O_1 + sinh O_2^dagger)psi = -2i sinh r N |0,1>", {"o(1)=i, t=1/2: component |0,1> divided by cosh(r)*N": gs(I * F(-1, 2) + F(1, 2) * I.conj())})
    # --- eq3
    comm_table = {}
    for nme, s in SYS:
        row = {}
        for i in range(4):
            for j in range(i + 1, 4):
                row[names[i] + "," + names[j]] = all(not comm(s, names[i], names[j], k) for k in allkets(s))
        comm_table[nme] = row
    zz = True
    for nme, s in SYS:
        for k in allkets(s):
            zp = sc(s.W("Z+", k), I); zm = sc(s.W("Z-", k), I)
            for a, b, z in (("X+", "Y+", zp), ("X-", "Y-", zp), ("X+", "Y-", zm), ("X-", "Y+", zm)):
                zz &= comm(s, a, b, k) == z
    printed = not any(v for row in comm_table.values() for v in row.values())
    rec("eq3-no-commuting-pairs", printed, "[X+,X-]=0 and [Y+,Y-]=0 identically, for every o(m). Smallest: S=1/2, [X+,X-]=0. Corrected: no pair made of one X and one Y commutes in general; [X±,Y±]=i(Z1+Z2), [X±,Y∓]=i(Z1-Z2)" + (" (corrected form verified on every basis ket)" if zz else " CORRECTION FAILS"), {"commuting pairs for spin 2S=1": [k for k, v in comm_table["spin 2S=1"].items() if v], "corrected_holds": zz})
    rec("eq3", "definition", "definitions; Hermitian; spin: X,Y are the x,y spin components", {}, True)
    ok = True
    for nme, s in SYS:
        for t in TS:
            k = s.gtmss(t)
            ok &= not comm(s, "X-", "Y+", k) and not comm(s, "X+", "Y-", k)
    c = comm(Sys.spin(1), "X+", "Y+", Sys.spin(1).gtmss(F(1, 2)))
    rec("eq3-commutator-annihilates", ok, "[X+,Y-] and [X-,Y+] = i(Z1-Z2) give exactly 0 on every GTMSS (any o, zeros included, r<=0 included); [X±,Y±] do not", {"[X+,Y+]psi nonzero for S=1/2,t=1/2": bool(c)})
    rec("eq5-commutator", ok and zz, "[X-,Y+]=i(Z1-Z2), zero on the GTMSS", {}, True)
    # --- QFIM
    s = Sys.spin(1); lit, sym = s.qfim(s.gtmss(0))
    lit2, sym2 = s.qfim(s.gtmss(F(1, 2)))
    im_ok = True
    for nme, s2 in SYS:
        for t in TS[:8]:
            k = s2.gtmss(t); L, Sy = s2.qfim(k)
            zp = s2.ev(k, "Z+")
            im_ok &= L[0][2] == 2 * I * zp and L[1][3] == 2 * I * zp and L[0][3] == 0 and L[1][2] == 0
    rec("qfim-definition", all(lit[i][j] == sym[i][j] for i in range(4) for j in range(4)), "the printed expression is not symmetric or real for non-commuting W: on the GTMSS Q_{X+,Y+}=Q_{X-,Y-}=2i<Z1+Z2> != 0. Smallest: S=1/2, r=0 (|0,0>): Q_{X+,Y+} = -2i. Corrected: real part, Q_ij = 2<{W_i,W_j}> - 4<W_i><W_j> (then Eq. (4) holds); diagonal elements are right as printed", {"S=1/2,r=0 printed": mat(lit), "S=1/2,r=0 corrected": mat(sym), "S=1/2,t=1/2 printed": mat(lit2), "S=1/2,t=1/2 corrected": mat(sym2), "printed off-diagonal = 2i<Z+> checked": im_ok})
    ok = okr = min_unc = True
    for nme, s in SYS:
        for t in TS:
            L, Q = s.qfim(s.gtmss(t)); nq = s.NQ0(t); e = e2r(t)
            exp = [nq / e, nq * e, nq * e, nq / e]
            ok &= all(Q[i][j] == (exp[i] if i == j else 0) for i in range(4) for j in range(4))
            if t != 0: ok &= s.NQ(t) == nq
            okr &= Q[1][1] == Q[0][0] * e * e and Q[2][2] == Q[3][3] * e * e
            zp = s.ev(s.gtmss(t), "Z+").re
            min_unc &= nq == -2 * zp
    vals = {}
    for n in (1, 2, 3, 4):
        for t in (F(1, 3), F(1, 2), F(-1, 2)):
            vals[f"2S={n},t={fs(t)}"] = [fs(Sys.spin(n).qfim(Sys.spin(n).gtmss(t))[1][i][i]) for i in range(4)]
    rec("eq4", ok, "diagonal form exact with symmetrised covariance (with the literal definition before Eq. (4) two entries are imaginary, see qfim-definition); the printed N_Q is 0/0 at r=0, limit 2 o^2(1)", {"diag QFIM (X+,X-,Y+,Y-)": vals}, True)
    rec("eq4-ratio", False, "doubtful: QFI ratio is exactly e^{4r} (verified), i.e. e^{4r} in 1/(Delta theta)^2; the paper's 'sensitivity' is Delta theta (= 1/sqrt(M Q), 'sensitivity of Delta theta ~ sqrt3/N'), whose ratio is e^{2r}. For r<0 it is worse, at r=0 equal; when N_Q=0 (o=0) undefined. Smallest: S=1/2, t=1/3 (e^{2r}=2): Q = 16/5 vs 4/5, ratio 4 = e^{4r}; Delta theta ratio 2. Corrected: QFI larger by e^{4r} (error smaller by e^{2r})", {"QFI ratio = e^{4r} exact": okr, "S=1/2,t=1/3 Q": [fs(x) for x in [Sys.spin(1).qfim(Sys.spin(1).gtmss(F(1, 3)))[1][i][i] for i in range(4)]], "holds_for_QFI": okr})
    s = Sys(o2=[1, 100])
    v = {"o2=[1,100] Q_X+ at t=0": fs(s.qfim(s.gtmss(0))[1][0][0]), "o2=[1,100] Q_X+ at t=1/2": fs(s.qfim(s.gtmss(F(1, 2)))[1][0][0]), "o2=[1,100] Q_X- at t=1/2": fs(s.qfim(s.gtmss(F(1, 2)))[1][1][1])}
    spin_dec = all(Sys.spin(n).NQ0(t) / e2r(t) < Sys.spin(n).NQ0(0) for n in range(1, 7) for t in TS if t > 0)
    rec("eq4-squeezed", bool(min_unc and okr), "true for r>0 in the sense <X+^2> = e^{-2r}|<Z1+Z2>|/2 (below the uncertainty balance, N_Q = 2|<Z1+Z2>| for every o) and below X-,Y+. Doubtful: roles swap for r<0, equal at r=0; relative to r=0 the 'squeezed' variance can grow for general o(m) (o^2=(1,100), t=1/2: 4<X+^2> = 208/21 > 2); for spins it is always below the r=0 value at the tested points", {**v, "N_Q = -2<Z+> for every o": min_unc, "spins below vacuum for r>0": spin_dec})
    rec("eq9-saturates-qcrb", min_unc, "N_Q = 2|<Z1+Z2>|, so xi^2/N = <X+^2>/<Z+>^2 = 1/(N_Q e^{2r}) for every o", {}, True)
    # --- SLDs
    def sld(s, w, t, k):
        e = e2r(t)
        if w == "X+": return sc(s.W("Y+", k), 2 / e)
        if w == "X-": return sc(s.W("Y-", k), 2 * e)
        if w == "Y+": return sc(s.W("X+", k), -2 * e)
        if w == "Y-": return sc(s.W("X-", k), -2 / e)
    ok = True; oks1 = True; okgram = True
    for nme, s in SYS:
        for t in TS:
            k = s.gtmss(t); n = s.ip(k, k)
            ls = [sld(s, w, t, k) for w in names]
            for w, l in zip(names, ls): ok &= l == sc(s.W(w, k), G(0, -2))
            _, Q = s.qfim(k)
            for i in range(4):
                for j in range(4):
                    oks1 &= Q[i][j] == ((s.ip(ls[i], ls[j]) + s.ip(ls[j], ls[i])) / n / 2).re
            g = [[s.ip(a, b) / n for b in (k, ls[1], ls[2])] for a in (k, ls[1], ls[2])]
            okgram &= all(g[i][j] == 0 for i in range(3) for j in range(3) if i != j) and g[1][1] == Q[1][1] and g[2][2] == Q[2][2]
    rec("eq5", ok, "L_W psi = -2i W psi for all four (any o, any t). Transcription prints the left subscripts as + instead of ±", {}, True)
    rec("s1", oks1, "with the SLDs (S4) it reproduces the symmetrised QFIM including all off-diagonal elements; it is not the literal main-text formula 4(<WiWj>-<Wi><Wj>) off the diagonal (imaginary part 2i<Z+>)", {})
    # generic pure-state SLD check of s2: L=2 d(rho)
    rec("s2", "definition", "standard defining equation (factor 2 right: d rho = (L rho + rho L)/2)", {})
    rec("s3", True, "d rho = -i[W,rho] for exp(-i theta W); rho_W -> rho_G at theta=0", {"derivative sign": "-iW rho + i rho W"})
    rec("s4", ok, "L rho_G = -2iW rho_G exactly for X±, Y±; rho_G L = +2i rho_G W is its adjoint (L, W Hermitian), so both orderings hold; any o incl. zeros, any r incl. 0 and negative. In our copy the left subscripts are printed '+' for '±': read literally as L_{X+}=2e^{+2r}Y_- it fails", {"literal lower sign L_{X+}=2e^{2r}Y_- at S=1/2,t=1/2 fails": bool(sc(Sys.spin(1).W("Y-", Sys.spin(1).gtmss(F(1, 2))), 2 * e2r(F(1, 2))) != sc(Sys.spin(1).W("X+", Sys.spin(1).gtmss(F(1, 2))), G(0, -2)))})
    R = sp.Matrix([[1, 2, 2], [2, 1, -2], [2, -2, 1]]) / 3
    a, b = sp.symbols('a b', positive=True)
    L1 = R.T * sp.diag(*[R[k, 1] * a / R[k, 0] for k in range(3)]) * R
    L2 = R.T * sp.diag(*[R[k, 2] * b / R[k, 0] for k in range(3)]) * R
    c3 = sp.simplify(L1 * L2 - L2 * L1) == sp.zeros(3) and L1[:, 0] == sp.Matrix([0, a, 0]) and L2[:, 0] == sp.Matrix([0, 0, b]) and L1.T == L1 and L2.T == L2
    rec("eq5-commuting-slds", bool(okgram and c3), "psi, L_{X-}psi, L_{Y+}psi have a real diagonal Gram matrix for every o and t; in that 3-dim real span L' = R^T diag(R_ki sqrt(Q)/R_k0) R with the rational orthogonal R=[[1,2,2],[2,1,-2],[2,-2,1]]/3 are Hermitian, commute and satisfy L' psi = L psi; measuring the basis R has Fisher matrix diag(Q_X-,Q_Y+), no ancilla. Trivial when N_Q=0", {"L'_{X-} in basis (psi, Lx psi/sqrtQ, Ly psi/sqrtQ), units sqrt(Q)": [[str(x) for x in L1.subs(a, 1).row(i)] for i in range(3)], "L'_{Y+}": [[str(x) for x in L2.subs(b, 1).row(i)] for i in range(3)]})
    # --- (S5),(S6) chains with rational o tables, orthonormal basis
    def chain(o, t):
        s = Sys(o=o); M = s.M; k = s.gtmss(t); oo = s.o; e = e2r(t)
        def asm(f):
            out = {}
            for m in range(M + 1):
                for key, c in f(m): out[key] = out.get(key, G()) + c
            return {x: c for x, c in out.items() if c}
        q = [(-t) ** m for m in range(M + 1)] + [(-t) ** (M + 1)]
        L = {}
        L["1"] = sc(s.W("Y+", k), 2 / e)
        L["2"] = sc(add(add(s.Od(k, 1), sc(s.O(k, 1), -1)), add(s.Od(k, 2), sc(s.O(k, 2), -1))), -I * (1 / e))
        L["4"] = sc(asm(lambda m: [((m + 1, m), q[m] * oo[m + 1]), ((m, m - 1), -q[m] * oo[m]), ((m - 1, m), -q[m] * oo[m]), ((m, m + 1), q[m] * oo[m + 1])]), -I * (1 / e))
        if t != 0:
            L["5"] = sc(asm(lambda m: [((m, m - 1), q[m] * (oo[m] / (-t) - oo[m])), ((m - 1, m), q[m] * (oo[m] / (-t) - oo[m]))]), -I * (1 / e))
            L["6"] = sc(asm(lambda m: [((m, m - 1), q[m] * (-1 / (e * t) - 1 / e) * oo[m]), ((m - 1, m), q[m] * (-1 / (e * t) - 1 / e) * oo[m])]), -I)
            L["7"] = sc(asm(lambda m: [((m, m - 1), q[m] * (-1 / t + 1) * oo[m]), ((m - 1, m), q[m] * (-1 / t + 1) * oo[m])]), -I)
        X = {}
        X["1"] = sc(s.W("X+", k), G(0, -2))
        X["3 printed"] = sc(asm(lambda m: [((m + 1, m), q[m] * oo[m + 1]), ((m, m - 1), q[m] * oo[m]), ((m - 1, m), q[m] * oo[m]), ((m - 1, m), q[m] * oo[m]), ((m, m + 1), q[m] * oo[m + 1])]), -I)
        X["3 corrected"] = sc(asm(lambda m: [((m + 1, m), q[m] * oo[m + 1]), ((m, m - 1), q[m] * oo[m]), ((m - 1, m), q[m] * oo[m]), ((m, m + 1), q[m] * oo[m + 1])]), -I)
        if t != 0: X["4"] = L["7"]
        return L, X
    ok5 = okx = ok3p = ok3c = True
    for o in ([1], [2], [0, 1], [1, F(3, 2)], [1, 2, 3], [2, 0, 1], [1, 1, 0, 4]):
        for t in TS:
            L, X = chain(o, t)
            ok5 &= all(v == L["1"] for v in L.values())
            okx &= all(v == X["1"] for kk, v in X.items() if not kk.startswith("3")) and L["1"] == X["1"]
            ok3p &= X["3 printed"] == X["1"]; ok3c &= X["3 corrected"] == X["1"]
    rec("s5", ok5, "every line exact (ket part; the bra factor is common). Needs o(m_max+1)=0 in line 4 (automatic for spins, a convention for hard-core bosons sqrt(m_max+1)); lines 5-7 divide by tanh r and are undefined at r=0", {})
    L, X = chain([1], F(1, 2))
    rec("s6", bool(ok3p and okx), "third line has the term o(m)|m-1,m> twice (five terms instead of four); second line sums over 'm,m' instead of m,m'. Smallest: m_max=1, o(1)=1, t=1/2: coefficient of |0,1><0,0| in units -i N^2 is 1-2t = 0 as printed, 1-t = 1/2 correct. Corrected: drop the duplicate; then every line holds. May be a slip of the transcription", {"printed |0,1>": gs(X["3 printed"].get((0, 1), G())), "true |0,1>": gs(X["1"].get((0, 1), G())), "corrected_holds": bool(ok3c and okx)})
    # --- (S7)-(S9)
    s2, t = sp.sqrt(2), sp.Symbol('t', real=True)
    Om = sp.Matrix([[0, 0], [1, 0]])  # basis (up, down): O|up>=|down>
    E = sp.eye(2); K = sp.kronecker_product
    O1, O2 = K(Om, E), K(E, Om)
    X1, X2 = (O1.H + O1) / 2, (O2.H + O2) / 2
    Y1, Y2 = -sp.I * (O1.H - O1) / 2, -sp.I * (O2.H - O2) / 2
    PX = sp.Matrix([[0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0]]) / 2
    i = sp.I
    PY = sp.Matrix([[0, i, -i, 0], [-i, 0, 0, -i], [i, 0, 0, i], [0, i, -i, 0]]) / 2
    rec("s7", bool(PX == X1 + X2 and PY == Y1 - Y2), "both matrices equal X+ and Y- built from O in the basis (uu,ud,du,dd)", {})
    psi = sp.Matrix([-t, 0, 0, 1])
    ok = Sys.spin(1).gtmss(F(1, 3)) == {(0, 0): G(1), (1, 1): G(F(-1, 3))}
    rec("s7-state", bool(ok), "(-t,0,0,1)/sqrt(1+t^2): |0>=down, |1>=up, norm cosh^2(1-t^4)=1+t^2", {})
    A = PX + sp.Matrix([[0, 0, 0, 0], [0, 0, s2, 0], [0, s2, 0, 0], [0, 0, 0, 0]]) / 2
    B = PY + sp.Matrix([[0, 0, 0, 0], [0, 0, s2 * i, 0], [0, -s2 * i, 0, 0], [0, 0, 0, 0]]) / 2
    C = sp.simplify(A * B - B * A)
    herm = sp.simplify(A - A.H) == sp.zeros(4) and sp.simplify(B - B.H) == sp.zeros(4)
    still = sp.simplify(A * psi - PX * psi) == sp.zeros(4, 1) and sp.simplify(B * psi - PY * psi) == sp.zeros(4, 1)
    # general solution of commuting requirement with real a, imaginary b
    p, q_ = sp.symbols('p q', real=True)
    Ap = PX + sp.Matrix([[0, 0, 0, 0], [0, 0, p, 0], [0, p, 0, 0], [0, 0, 0, 0]]) / 2
    Bq = PY + sp.Matrix([[0, 0, 0, 0], [0, 0, i * q_, 0], [0, -i * q_, 0, 0], [0, 0, 0, 0]]) / 2
    Cpq = sp.expand(Ap * Bq - Bq * Ap)
    sol = sp.solve([x for x in Cpq if x != 0], [p, q_], dict=True)
    rec("s8", bool(C == sp.zeros(4) and herm and still), "Hermitian, commute, and act on psi like X+, Y-" if C == sp.zeros(4) else "do not commute as printed", {"commutator": str(C.tolist()), "Hermitian": herm, "still SLDs": still, "solutions with a12=a21=p real, b12=-b21=i q": str(sol), "eigenvalues A": str(A.eigenvals()), "eigenvalues B": str(B.eigenvals())})
    a11, a22, x12, y12 = sp.symbols('a11 a22 x y', real=True)
    Ag = PX + sp.Matrix([[0, 0, 0, 0], [0, a11, x12 + i * y12, 0], [0, x12 - i * y12, a22, 0], [0, 0, 0, 0]]) / 2
    rec("s8-arbitrary", bool(sp.expand((Ag - PX) * psi) == sp.zeros(4, 1) and sp.simplify(Ag - Ag.H) == sp.zeros(4)), "any Hermitian block on span(|ud>,|du>) annihilates psi, so the operators stay SLDs (commuting only for special values)", {})
    T = O1.H * O2
    A9 = X1 + X2 + (T + T.H) / s2; B9 = Y1 - Y2 + i / s2 * (T - T.H)
    rec("s9", bool(sp.simplify(A9 - A) == sp.zeros(4) and sp.simplify(B9 - B) == sp.zeros(4)), "equals (S8) with the given coefficients (h.c. inside the bracket)", {})

if __name__ == "__main__":
    run()
    for k, v in RES.items(): print(k, v["as_printed"])
