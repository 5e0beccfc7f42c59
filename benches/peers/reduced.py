"""The Liouvillian of Eq. (10) on the unknowns |a+e,a><b+e,b|, a >= b, for the programs that reduce it by symmetry."""
import numpy as np
import scipy.sparse as sp


def liouvillian(e, a, b, o, u, c, s, index):
    """Sparse matrix on the unknowns (e, a, b); `index` gives the place of others, from the symmetries that are used.

    o and u: matrix elements of the two ladders, o[0] = o[n1+1] = 0, so that indices outside drop out; c, s: cosh r, sinh r.
    Returns the matrix and the elements on the ket side: up and down for system 1, up and down for system 2.
    """
    rows, cols, vals = [], [], []
    here = np.arange(len(e))

    def put(e2, a2, b2, v):
        ok = v != 0
        rows.append(here[ok])
        cols.append(index(e2[ok], a2[ok], b2[ok]))
        vals.append(v[ok])

    k1, k2, q1, q2 = a + e, a, b + e, b
    up1, up2, uq1, uq2 = o[k1 + 1], u[k2 + 1], o[q1 + 1], u[q2 + 1]
    dn1, dn2, dq1, dq2 = o[k1], u[k2], o[q1], u[q2]
    put(e + 1, a, b, c * c * up1 * uq1)                    # c O1 . c O1
    put(e + 1, a - 1, b - 1, s * s * dn2 * dq2)            # s O2+ . s O2+
    put(e + 1, a, b - 1, c * s * up1 * dq2)
    put(e + 1, a - 1, b, c * s * dn2 * uq1)
    put(e - 1, a + 1, b + 1, c * c * up2 * uq2)            # c O2 . c O2
    put(e - 1, a, b, s * s * dn1 * dq1)                    # s O1+ . s O1+
    put(e - 1, a + 1, b, c * s * up2 * dq1)
    put(e - 1, a, b + 1, c * s * dn1 * uq2)
    diagonal = c * c * (dn1**2 + dn2**2 + dq1**2 + dq2**2) + s * s * (up1**2 + up2**2 + uq1**2 + uq2**2)
    put(e, a, b, -diagonal / 2)
    put(e, a - 1, b, -c * s * dn1 * dn2)
    put(e, a + 1, b, -c * s * up1 * up2)
    put(e, a, b - 1, -c * s * dq1 * dq2)
    put(e, a, b + 1, -c * s * uq1 * uq2)
    entries = (np.concatenate(vals), (np.concatenate(rows), np.concatenate(cols)))
    return sp.csc_matrix(entries, shape=(len(e),) * 2), (up1, dn1, up2, dn2)
