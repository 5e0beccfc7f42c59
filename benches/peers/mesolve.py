"""One call of QuTiP's `mesolve`, timed, and a search for its fastest setting; for the programs beside this one."""
import time
import numpy as np
import qutip as qt


def solve(parts, times, **options):
    """Wall and cpu seconds and the expectation values; `parts` are Hamiltonian, start, jump operators, observables."""
    hamiltonian, rho, jumps, observables = parts
    begin, cpu = time.perf_counter(), time.process_time()
    out = qt.mesolve(hamiltonian, rho, times, jumps, e_ops=observables,
                     options=dict(nsteps=10**7, progress_bar="", store_states=False, **options))
    return time.perf_counter() - begin, time.process_time() - cpu, np.array(out.expect)


def ladder(parts, times, exact, method, matrix_form, settings):
    """Prints seconds and true error for each (k, options), until the error is below 1e-8 or QuTiP refuses."""
    for k, options in settings:
        try:
            seconds, cpu, out = solve(parts, times, method=method, matrix_form=matrix_form, **options)
        except Exception as refusal:
            print(f"{method} matrix_form={matrix_form}: refused, {str(refusal)[:80]}", flush=True)
            return
        error = abs(out - exact).max()
        print(f"{method:8} matrix_form={matrix_form!s:5} 1e-{k:<2} {seconds:8.2f} s, cpu {cpu:6.2f} s, error {error:.1e}",
              flush=True)
        if error < 1e-8:
            return
