//! The unitary two-mode two-axis twisting protocol (2M2A): Section IV of the supplement, Eq. (S27).
//!
//! # Derivation
//! H = X₁X₂ - Y₁Y₂ = ½(O₁†O₂† + O₁O₂) (J = 1) keeps the paired space |m,m>, M = 2S, o²(m) = m(M+1-m). From |0,0> the
//! amplitudes are a_m = (-i)^m b_m with real b:
//!
//! > db_m/dt = ½ [o²(m) b_{m-1} - o²(m+1) b_{m+1}], b_m(0) = δ_{m0}.
//!
//! The phases make ⟨X₁X₂⟩ = ⟨Y₁Y₂⟩ = 0 and ⟨X₁Y₂⟩ = C/2 with C = Σ o²(m) b_m b_{m-1}. Hence Var (X₊ ∓ Y₊)/√2 = 2⟨X₁²⟩ ∓ C,
//! the extremes over all directions. At the beginning C > 0, and so
//!
//! - for J > 0 and t > 0 the squeezed pair is **(X₊ - Y₊)/√2 and (X₋ + Y₋)/√2**; the paper prints the signs of J < 0;
//! - the squeezed variance is V = ½ Σ o²(m) (b_m - b_{m-1})², a sum of squares: at the optimum it is about 10^8 times
//!   smaller than 2⟨X₁²⟩ for 2S = 20000, and computed in this form it loses nothing;
//! - with Z = Σ (m - S) b_m² per spin, ξ² = N V/(2Z)² = M V/(2Z²), N = 2M; and dZ/dt = C.
//!
//! # Evolution
//! One step is a Chebyshev series in the generator G: with |G| <= ρ = (M+1)²/4 (Gershgorin), φ_{k+1} = (2G/ρ)φ_k + φ_{k-1}
//! stays real, and e^{hG} b = J₀(ρh) φ₀ + 2 Σ J_k(ρh) φ_k, cut where the Bessel functions fall below 10^-18. The cost is
//! about ρt products with a tridiagonal matrix, thus of order S² log S up to the optimum at t ≈ ln(M)/M.
//!
//! # Errors
//! Every state is computed twice, with different step lengths and different ρ, so that truncation and rounding differ in all
//! operations. Twice their distance (plus a few roundings) is the error of the amplitudes, and it is carried to V and Z by
//! the Cauchy-Schwarz inequality. The tests compare with closed forms, a dense eigensolver and another program.

use super::Estimate;

/// The optimum of the protocol: the first minimum of ξ² over t > 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Squeezed {
    /// The time of the minimum, in units of 1/J.
    pub time: Estimate,
    /// The Wineland parameter there.
    pub xi2: Estimate,
    /// The amplitudes b_m there, m = 0..=2S; the state is Σ (-i)^m b_m |m,m>.
    pub amplitudes: Vec<f64>,
    /// Error of the amplitudes in the Euclidean norm, at the time as given.
    pub amplitude_error: f64,
}

/// The state at one time, with its error evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Amplitudes {
    values: Vec<f64>,
    /// The same state computed with other steps and another scaling.
    twin: Vec<f64>,
}

/// Why a computation was refused.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum UnitaryError {
    /// 2S is outside `1..=`[`MAX_TWO_S`].
    Size(u64),
    /// The time is not finite, or |time| (2S+1)²/4 exceeds [`MAX_ACTION`].
    Time {
        /// The refused time.
        time: f64,
        /// The largest one accepted at this size.
        max: f64,
    },
    /// No minimum was found before t = 2 + ln(2S)/(2S), well after it must occur.
    NoMinimum(u64),
}

impl std::fmt::Display for UnitaryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Size(two_s) => write!(f, "2S is {two_s}; accepted: 1 <= 2S <= {MAX_TWO_S}"),
            Self::Time { time, max } => write!(f, "time is {time}; accepted at this size: |time| <= {max}"),
            Self::NoMinimum(two_s) => write!(f, "no minimum of the Wineland parameter was found at 2S = {two_s}"),
        }
    }
}

impl std::error::Error for UnitaryError {}

/// The largest 2S accepted, and tested; the optimum there takes about 15 times as long as at 2S = 4000.
pub const MAX_TWO_S: u64 = 20_000;

/// The largest |time|·(2S+1)²/4 accepted: the number of matrix products of one evolution.
pub const MAX_ACTION: f64 = 1e6;

/// The amplitudes b_m at `time` (any sign): e^{-itH}|0,0> = Σ (-i)^m b_m |m,m>.
///
/// Cost: about |time|·S² products with a tridiagonal matrix of size 2S + 1.
///
/// # Errors
/// When `two_s` is not in `1..=`[`MAX_TWO_S`], or the time not finite or too long ([`MAX_ACTION`]).
///
/// ```
/// use twomode::numeric::unitary::two_axis_amplitudes;
/// let state = two_axis_amplitudes(1, 0.8)?; // S = 1/2: b = (cos t/2, sin t/2)
/// assert!((state.values()[1] - 0.4f64.sin()).abs() <= state.error());
/// assert!(state.wineland().agrees_with(1.0 / (1.0 + 0.8f64.sin())));
/// # Ok::<(), twomode::numeric::unitary::UnitaryError>(())
/// ```
pub fn two_axis_amplitudes(two_s: u64, time: f64) -> Result<Amplitudes, UnitaryError> {
    let size = checked_size(two_s)?;
    let radius = radius(size);
    if !time.is_finite() || time.abs() * radius > MAX_ACTION {
        return Err(UnitaryError::Time { time, max: MAX_ACTION / radius });
    }
    let values = Generator::new(size, radius).evolve(&vacuum(size), time, longest_step(size));
    Ok(Amplitudes { values, twin: evolved_otherwise(size, time) })
}

/// The first minimum of ξ² over t > 0.
///
/// The sign of d ln ξ²/dt = V'/V - 2Z'/Z is followed in steps of 1/(8(2S+1)), a small fraction of the time 1/S on which
/// ξ² changes; the step in which it turns positive is searched by the Illinois method for the zero. For S = 1/2 the minimum
/// ξ² = 1/2 at t = π/2 is a removable 0/0 of ξ² = 1/(1 + sin t), and is returned in closed form.
///
/// Cost: about 3 t ρ products with a tridiagonal matrix of size 2S + 1 in all (see the module).
///
/// # Errors
/// When `two_s` is not in `1..=`[`MAX_TWO_S`].
///
/// ```
/// let best = twomode::numeric::unitary::two_axis_optimum(2)?; // S = 1: at sin(√2 t) = 1/√2, where ξ² = 1/2
/// assert!(best.xi2.agrees_with(0.5) && best.xi2.error < 1e-13);
/// assert!(best.time.agrees_with(std::f64::consts::PI / 4.0 / 2f64.sqrt()));
/// # Ok::<(), twomode::numeric::unitary::UnitaryError>(())
/// ```
pub fn two_axis_optimum(two_s: u64) -> Result<Squeezed, UnitaryError> {
    let size = checked_size(two_s)?;
    if size == 1 {
        return Ok(smallest_optimum());
    }
    let generator = Generator::new(size, radius(size));
    let (start, before) = generator.step_before_minimum().ok_or(UnitaryError::NoMinimum(two_s))?;
    let (offset, values, slope_rate) = generator.zero_of_slope(&before);
    let time = start + offset;
    let state = Amplitudes { values, twin: evolved_otherwise(size, time) };
    Ok(generator.optimum(time, state, slope_rate))
}

/// The limit of N ξ²_opt as S grows.
///
/// For M ≫ 1 the populations are first those of a bosonic two-mode squeezed state, exponential in m, and are then carried
/// by dm/dt = m(M-m), under which m/(M-m) stays exponential, of mean μ ~ e^{Mt}/(4M). With x = m/M and b as a function of x,
/// V → ½∫x(1-x)(db/dx)²dx = 1/(8μ) + μ/4 and Z/M → ½ - E, E = ⟨1-x⟩ = (1/μ) e^{1/μ} E₁(1/μ), so that
///
/// > N ξ² → min over μ of (1/(8μ) + μ/4)/(E - ½)².
///
/// The continuum limit is argued, not proved; the tests compare with the protocol itself up to 2S = 20000. Cost: constant.
///
/// ```
/// let limit = twomode::numeric::unitary::two_axis_limit();
/// assert!((limit.value - 5.3129).abs() < 1e-4 && limit.error < 1e-11);
/// ```
pub fn two_axis_limit() -> Estimate {
    // Ternary search between bounds around the only minimum with E > 1/2.
    let (mut low, mut high) = (0.1, 0.5);
    for _ in 0..80 {
        let third = (high - low) / 3.0;
        if limit_function(low + third) < limit_function(high - third) { high -= third } else { low += third }
    }
    Estimate::relative(limit_function(0.5 * (low + high)), 1e-13)
}

/// (1/(8μ) + μ/4)/(E - ½)² for 0.1 <= μ <= 0.5; z e^z E₁(z), z = 1/μ, by its continued fraction
/// z/(z + 1/(1 + 1/(z + 2/(1 + 2/(z + ...))))), 200 levels of which are ample for z >= 2.
fn limit_function(mu: f64) -> f64 {
    let z = 1.0 / mu;
    let tail = (1..=200).rev().fold(0.0, |tail, k| f64::from(k) / (1.0 + f64::from(k) / (z + tail)));
    (0.125 * z + 0.25 * mu) / (z / (z + tail) - 0.5).powi(2)
}

impl Amplitudes {
    /// The amplitudes b_m, m = 0..=2S.
    ///
    /// ```
    /// let start = twomode::numeric::unitary::two_axis_amplitudes(2, 0.0).unwrap();
    /// assert_eq!(start.values(), [1.0, 0.0, 0.0]);
    /// ```
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Error of the amplitudes in the Euclidean norm (see the module).
    ///
    /// ```
    /// assert!(twomode::numeric::unitary::two_axis_amplitudes(40, 0.1).unwrap().error() < 1e-12);
    /// ```
    pub fn error(&self) -> f64 {
        2.0 * norm(self.differences()) + 8.0 * f64::EPSILON
    }

    /// Z = ⟨Z₁⟩ = ⟨Z₂⟩ = Σ (m - S) b_m².
    ///
    /// ```
    /// let state = twomode::numeric::unitary::two_axis_amplitudes(2, 0.3).unwrap();
    /// assert!(state.z().agrees_with(-(0.3 * 2f64.sqrt()).cos()));
    /// ```
    pub fn z(&self) -> Estimate {
        let s = 0.5 * (self.values.len() - 1) as f64;
        let value = polarisation(&self.values);
        let weighted = norm(self.values.iter().enumerate().map(|(m, b)| (m as f64 - s) * b));
        Estimate { value, error: 2.0 * weighted * self.error() + rounding(self.values.len()) * s }
    }

    /// Variances of (X₊ - Y₊)/√2 and (X₊ + Y₊)/√2, in this order: ½ Σ o²(m) (b_m ∓ b_{m-1})². They are also those of
    /// (X₋ + Y₋)/√2 and (X₋ - Y₋)/√2.
    ///
    /// ```
    /// let state = twomode::numeric::unitary::two_axis_amplitudes(30, 0.05).unwrap();
    /// let [minus, plus] = state.variances();
    /// assert!(minus.value < 7.5 && 7.5 < plus.value); // S/2: unentangled
    /// ```
    pub fn variances(&self) -> [Estimate; 2] {
        [self.variance(-1.0), self.variance(1.0)]
    }

    /// The Wineland parameter ξ² = N V/(2Z)², V the smaller of the [`variances`](Self::variances).
    ///
    /// Infinite, with infinite error, where Z vanishes within its error.
    ///
    /// ```
    /// let start = twomode::numeric::unitary::two_axis_amplitudes(30, 0.0).unwrap();
    /// assert!(start.wineland().agrees_with(1.0));
    /// ```
    pub fn wineland(&self) -> Estimate {
        let [minus, plus] = self.variances();
        let (v, z) = (if minus.value <= plus.value { minus } else { plus }, self.z());
        if z.error >= z.value.abs() {
            return Estimate { value: f64::INFINITY, error: f64::INFINITY };
        }
        let value = 0.5 * (self.values.len() - 1) as f64 * v.value / z.value.powi(2);
        let relative = v.error / v.value + 2.0 * z.error / (z.value.abs() - z.error);
        Estimate { value, error: value * (relative + 4.0 * f64::EPSILON) }
    }

    fn differences(&self) -> impl Iterator<Item = f64> {
        self.values.iter().zip(&self.twin).map(|(a, b)| a - b)
    }

    /// ½|Db|², D the weighted difference (or sum) of neighbours, with the error |Db||De| + ½|De|²: |De| is twice that of the
    /// distance to the twin, plus 2^-52 |D₊b| for the last roundings of b, D₊ the weighted sum.
    fn variance(&self, sign: f64) -> Estimate {
        let value = half_norm_of_neighbours(&self.values, sign);
        let differences: Vec<f64> = self.differences().collect();
        let spread = 2.0 * (2.0 * half_norm_of_neighbours(&differences, sign)).sqrt()
            + f64::EPSILON * (2.0 * half_norm_of_neighbours(&self.values, 1.0)).sqrt();
        let error = (2.0 * value).sqrt() * spread + 0.5 * spread * spread;
        Estimate { value, error: error + rounding(self.values.len()) * value }
    }
}

/// The generator of db/dt, scaled by its radius ρ.
struct Generator {
    /// 2S.
    size: usize,
    /// A bound ρ of the spectral radius.
    radius: f64,
    /// weights[m] = o²(m)/ρ for m = 0..=2S+1: twice the scaled matrix elements, zero at both ends.
    weights: Vec<f64>,
}

impl Generator {
    fn new(size: usize, radius: f64) -> Self {
        let weights = (0..size + 2).map(|m| lowering_squared(size, m) / radius).collect();
        Self { size, radius, weights }
    }

    /// e^{tG} b in equal steps of at most `longest`.
    fn evolve(&self, b: &[f64], time: f64, longest: f64) -> Vec<f64> {
        let steps = (time.abs() / longest).ceil().max(1.0);
        let coefficients = bessel(self.radius * time / steps);
        (0..steps as usize).fold(b.to_vec(), |b, _| self.step(&b, &coefficients))
    }

    /// One Chebyshev series: J₀ φ₀ + 2 Σ J_k φ_k, on the levels that can be reached from those above 10^-30.
    fn step(&self, b: &[f64], bessel: &[f64]) -> Vec<f64> {
        let occupied = b.iter().rposition(|b| b.abs() > 1e-30).map_or(0, |last| last + 1);
        let reached = &b[..b.len().min(occupied + bessel.len())];
        // One zero of padding at each end spares the inner loop its special cases.
        let mut current = padded(reached);
        let mut previous = vec![0.0; current.len()];
        let mut sum: Vec<f64> = reached.iter().map(|b| bessel[0] * b).collect();
        for (k, j) in bessel.iter().enumerate().skip(1) {
            // The first product is (G/ρ)φ₀, half of the later ones.
            let (factor, twice) = (if k == 1 { 0.5 } else { 1.0 }, 2.0 * j);
            self.advance(&current, &mut previous, &mut sum, factor, twice);
            std::mem::swap(&mut current, &mut previous);
        }
        sum.resize(b.len(), 0.0);
        sum
    }

    /// previous <- factor (2G/ρ) current + previous, and sum += weight previous.
    fn advance(&self, current: &[f64], previous: &mut [f64], sum: &mut [f64], factor: f64, weight: f64) {
        let n = sum.len();
        let (lower, upper) = (&self.weights[..n], &self.weights[1..=n]);
        let (left, right) = (&current[..n], &current[2..n + 2]);
        let inner = &mut previous[1..=n];
        for m in 0..n {
            inner[m] += factor * (lower[m] * left[m] - upper[m] * right[m]);
            sum[m] += weight * inner[m];
        }
    }

    /// db/dt.
    fn rate(&self, b: &[f64]) -> Vec<f64> {
        let padded = padded(b);
        let half = 0.5 * self.radius;
        (0..b.len()).map(|m| half * (self.weights[m] * padded[m] - self.weights[m + 1] * padded[m + 2])).collect()
    }

    /// d ln ξ²/dt = V'/V - 2C/Z.
    fn slope(&self, b: &[f64]) -> f64 {
        let rate = self.rate(b);
        let (mut v, mut dv, mut c) = (0.0, 0.0, 0.0);
        for m in 1..b.len() {
            let (weight, difference) = (self.weights[m], b[m] - b[m - 1]);
            v += 0.5 * weight * difference * difference;
            dv += weight * difference * (rate[m] - rate[m - 1]);
            c += weight * b[m] * b[m - 1];
        }
        dv / v - 2.0 * c * self.radius / polarisation(b)
    }

    /// Length of the steps in which the minimum is looked for.
    fn sampling(&self) -> f64 {
        0.125 / (self.size + 1) as f64
    }

    /// The last sampled time before the first minimum, and the state there.
    fn step_before_minimum(&self) -> Option<(f64, Vec<f64>)> {
        let h = self.sampling();
        let coefficients = bessel(self.radius * h);
        let latest = 2.0 + (self.size as f64).ln() / self.size as f64;
        let mut b = vacuum(self.size);
        for k in 0..(latest / h) as usize {
            let next = self.step(&b, &coefficients);
            if self.slope(&next) >= 0.0 {
                return Some((k as f64 * h, b));
            }
            b = next;
        }
        None
    }

    /// Zero of the slope within one sampling step after `before`: its offset, the state there, and the slope's rate.
    ///
    /// Illinois method: a secant step keeping the bracket, the ordinate kept twice in succession being halved.
    fn zero_of_slope(&self, before: &[f64]) -> (f64, Vec<f64>, f64) {
        let h = self.sampling();
        let mut state = self.step(before, &bessel(self.radius * h));
        let (mut low, mut high) = ((0.0, self.slope(before)), (h, self.slope(&state)));
        let rate = (high.1 - low.1) / h;
        let (mut time, mut previous_sign) = (h, 0.0);
        for _ in 0..60 {
            let next = (low.0 * high.1 - high.0 * low.1) / (high.1 - low.1);
            let moved = (next - time).abs();
            (time, state) = (next, self.step(before, &bessel(self.radius * next)));
            let slope = self.slope(&state);
            if slope == 0.0 || moved < 1e-14 * h {
                break;
            }
            let (replaced, kept) = if slope < 0.0 { (&mut low, &mut high) } else { (&mut high, &mut low) };
            *replaced = (next, slope);
            if slope.signum() == previous_sign {
                kept.1 *= 0.5;
            }
            previous_sign = slope.signum();
        }
        (time, state, rate)
    }

    /// The result at `time`: what the slope there (of either twin) leaves open is the error of the time, and what that
    /// changes in ξ², of second order, is added to the error of ξ².
    fn optimum(&self, time: f64, state: Amplitudes, slope_rate: f64) -> Squeezed {
        let slope = self.slope(&state.values).abs().max(self.slope(&state.twin).abs());
        let time_error = 2.0 * slope / slope_rate + 8.0 * f64::EPSILON * time;
        let mut xi2 = state.wineland();
        xi2.error += xi2.value * slope_rate * time_error * time_error;
        let amplitude_error = state.error();
        Squeezed { time: Estimate { value: time, error: time_error }, xi2, amplitudes: state.values, amplitude_error }
    }
}

/// The state at `time` once more, in steps 2.3 times as long and with ρ 7 % larger: the evidence for the error.
fn evolved_otherwise(size: usize, time: f64) -> Vec<f64> {
    Generator::new(size, 1.07 * radius(size)).evolve(&vacuum(size), time, 2.3 * longest_step(size))
}

/// The optimum at S = 1/2, where ξ² = 1/(1 + sin t).
fn smallest_optimum() -> Squeezed {
    let half = std::f64::consts::FRAC_1_SQRT_2;
    Squeezed {
        time: Estimate::relative(std::f64::consts::FRAC_PI_2, f64::EPSILON),
        xi2: Estimate { value: 0.5, error: 0.0 },
        amplitudes: vec![half, half],
        amplitude_error: f64::EPSILON,
    }
}

fn checked_size(two_s: u64) -> Result<usize, UnitaryError> {
    match usize::try_from(two_s) {
        Ok(size) if (1..=MAX_TWO_S).contains(&two_s) => Ok(size),
        _ => Err(UnitaryError::Size(two_s)),
    }
}

/// o²(m) = m (2S+1-m): exact, below 2^53 for every size accepted.
fn lowering_squared(size: usize, m: usize) -> f64 {
    (m * (size + 1 - m)) as f64
}

/// ρ = (2S+1)²/4, at least half the sum of two neighbouring o².
fn radius(size: usize) -> f64 {
    0.25 * ((size + 1) * (size + 1)) as f64
}

/// Step length of a plain evolution.
fn longest_step(size: usize) -> f64 {
    0.25 / (size + 1) as f64
}

fn vacuum(size: usize) -> Vec<f64> {
    let mut b = vec![0.0; size + 1];
    b[0] = 1.0;
    b
}

fn padded(b: &[f64]) -> Vec<f64> {
    let mut padded = vec![0.0; b.len() + 2];
    padded[1..=b.len()].copy_from_slice(b);
    padded
}

/// Σ (m - S) b_m².
fn polarisation(b: &[f64]) -> f64 {
    let s = 0.5 * (b.len() - 1) as f64;
    b.iter().enumerate().map(|(m, b)| (m as f64 - s) * b * b).sum()
}

/// ½ Σ o²(m) (b_m + sign b_{m-1})².
fn half_norm_of_neighbours(b: &[f64], sign: f64) -> f64 {
    let size = b.len() - 1;
    0.5 * (1..=size).map(|m| lowering_squared(size, m) * (b[m] + sign * b[m - 1]).powi(2)).sum::<f64>()
}

fn norm(terms: impl Iterator<Item = f64>) -> f64 {
    terms.map(|term| term * term).sum::<f64>().sqrt()
}

/// Relative error of a sum of `n` terms without cancellation, taken as 2^-52 (sqrt(n) + 8).
fn rounding(n: usize) -> f64 {
    f64::EPSILON * ((n as f64).sqrt() + 8.0)
}

/// J_0(x), J_1(x), ... up to the last one above 10^-18, by Miller's downward recurrence normalised by
/// J₀ + 2 Σ J_{2k} = 1. Absolute error a few 2^-53; cost |x| + O(|x|^{1/3}).
fn bessel(x: f64) -> Vec<f64> {
    if x.abs() < 1e-18 {
        return vec![1.0, 0.5 * x]; // the rest is below x²/8
    }
    let mut count = series_length(x.abs());
    let mut values = vec![0.0; count + 2];
    values[count] = f64::MIN_POSITIVE;
    for k in (1..=count).rev() {
        values[k - 1] = 2.0 * k as f64 / x * values[k] - values[k + 1];
        if values[k - 1].abs() > 1e250 {
            values[k - 1..].iter_mut().for_each(|value| *value *= 1e-280);
        }
    }
    let sum = values[0] + 2.0 * values.iter().skip(2).step_by(2).sum::<f64>();
    values.iter_mut().for_each(|value| *value /= sum);
    while count > 0 && values[count].abs() < 1e-18 {
        count -= 1;
    }
    values.truncate(count + 1);
    values
}

/// An order from which on |J_k(x)| < 10^-30: J_k decays like exp(-(2(k-x))^{3/2}/(3 sqrt x)) past its turning point, and
/// like (x/2)^k/k! for small x.
fn series_length(x: f64) -> usize {
    (x + 13.0 * x.cbrt()) as usize + 30
}
