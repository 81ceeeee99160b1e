package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.LowerBound;

/**
 * A bound on the kernelised cross-correlation from the lowest m frequencies of both series and two
 * numbers for the rest.
 *
 * <p>Let the cross-correlation be {@code c = l + h}, l its part with frequencies up to m, h the
 * rest; let {@code p_f = a_f(x) a_f(y)} be its amplitudes (see {@link Sketch}), mean the mean over
 * all n shifts. With {@code |h| <= T = t(x) t(y)} and {@code mean h^2 <= E = s(x) s(y) / 2}
 * (Cauchy, Schwarz) there are two upper bounds on {@code K / n = mean exp(g c)}:
 *
 * <pre>
 *   mean exp(g l)  exp(g T)
 *   mean exp(g l)  +  g sqrt(R E)  +  g^2 phi(g T) exp(g max l) E,   phi(u) = (e^u - 1 - u) / u^2
 * </pre>
 *
 * <p>The second follows from {@code exp(g h) <= 1 + g h + (g h)^2 phi(g T)}. The rest h is
 * orthogonal to every trigonometric polynomial of degree m, so {@code mean exp(g l) h} is at most
 * {@code sqrt(R E)}, where R is the mean square of {@code exp(g l)} minus any such polynomial. The
 * second bound is much tighter if h is noise, spread over many frequencies.
 *
 * <p><b>On a grid.</b> Means are taken over {@code M = 4 m} places. A function that is analytic and
 * at most B in a strip of half-width rho has a mean on the grid that differs from the true mean by
 * at most {@code eps B}, {@code eps = 2 e^(-M rho) / (1 - e^(-M rho))} (Trefethen, Weideman, "The
 * exponentially convergent trapezoidal rule", 2014, doi:10.1137/130932132); in the strip |exp(g l)|
 * is at most {@code W = exp(g sum p_f cosh(f rho))}. So the error of the mean of {@code exp(g l)}
 * is at most eps W. The error of R, if the polynomial is {@code u + v l}, is at most {@code eps W
 * (W + 2 |u| + 2 |v| sum p_f cosh(f rho))}. If R is the energy of the frequencies above m, its root
 * is at most the root of the energy between m and M/2 on the grid, plus {@code C = 4.9 W e^(-M rho
 * / 2) / sqrt(1 - e^(-2 rho)) / (1 - e^(-M rho))}: the coefficient at f is at most {@code W e^(-f
 * rho)}, which bounds the aliasing of the grid and the higher frequencies themselves. The least
 * bound of several strips is used. Between two places l rises by at most {@code (pi / M)^2 / 2 sum
 * f^2 p_f}.
 *
 * <p><b>Floats.</b> All sums are of {@code exp(g (c - 1))}, which cannot overflow. With u = 2^-24,
 * the error of l is at most {@code (4 log2 M + 8) u}; the relative error of exponentials is at most
 * g times that, plus the error given in {@link LanePower}; that of sums of M terms is M u. The
 * error of the root of R is at most the same fraction of the root mean square of the exponentials.
 *
 * <p>R is computed by a fit of {@code u + v l} on the first level, which must be cheap, and on the
 * second level for multipliers that are not small; by coefficients on all others. Cost: an inverse
 * FFT of length M and M exponentials, and another FFT for coefficients. Uses the Vector API if that
 * is faster ({@link LowPassChoice}), else plain Java; the results may differ in the last bits.
 * Immutable.
 */
final class LowPassBound implements LowerBound {
  private final int length;
  private final LowPassGrid grid;
  private final LaneFft fft;

  /**
   * Creates a bound.
   *
   * @param length samples per series
   * @param multiplier the multiplier g
   * @param error the maximum error of the square of a computed distance
   * @param level the level of the sketch up to which frequencies are used
   */
  LowPassBound(int length, double multiplier, double error, int level) {
    this.length = length;
    grid = new LowPassGrid(multiplier, error, level);
    fft = new LaneFft(grid.half);
  }

  @Override
  public String name() {
    return "low_pass_" + grid.frequencies;
  }

  @Override
  public double cost() {
    // Measured costs, nearly equal with and without vectors.
    return (grid.byCoefficients ? 0.5 : 0.3) * grid.places / length;
  }

  @Override
  public int sketchSize() {
    return Sketch.size(grid.level);
  }

  @Override
  public Evaluator evaluator(float[] sketch) {
    return evaluator(sketch, LowPassChoice.current());
  }

  /** Creates an evaluator of one kind. */
  Evaluator evaluator(float[] sketch, LowPassMaker maker) {
    return maker.make(grid, fft, sketch);
  }
}
