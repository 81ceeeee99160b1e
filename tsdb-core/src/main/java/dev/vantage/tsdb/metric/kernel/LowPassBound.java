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
 * <p>The second is from {@code exp(g h) <= 1 + g h + (g h)^2 phi(g T)}: h is orthogonal to every
 * trigonometric polynomial of degree m, so that {@code mean exp(g l) h} is at most {@code sqrt(R
 * E)}, where R is the mean square of what any such polynomial leaves of {@code exp(g l)}. It is
 * much the better where h is noise, spread over many frequencies.
 *
 * <p><b>On a grid.</b> Means are taken over {@code M = 4 m} places. A function that is analytic and
 * at most B in a strip of half-width rho has another mean there, by at most {@code eps B}, {@code
 * eps = 2 e^(-M rho) / (1 - e^(-M rho))} (Trefethen, Weideman, "The exponentially convergent
 * trapezoidal rule", 2014); |exp(g l)| is at most {@code W = exp(g sum p_f cosh(f rho))} there.
 * That gives, for the mean of {@code exp(g l)}, eps W. For R, if the polynomial is {@code u + v l},
 * it gives {@code eps W (W + 2 |u| + 2 |v| sum p_f cosh(f rho))}. If R is taken as the energy of
 * the frequencies above m, the root of it is that of the frequencies between m and M/2 on the grid,
 * and at most {@code C = 4.9 W e^(-M rho / 2) / sqrt(1 - e^(-2 rho)) / (1 - e^(-M rho))} more: the
 * coefficient at f is at most {@code W e^(-f rho)}, which bounds both what the grid folds into the
 * lower frequencies and the higher ones themselves. The best of some strips is taken. Between
 * places l rises by at most {@code (pi / M)^2 / 2 sum f^2 p_f}.
 *
 * <p><b>Floats.</b> Everything is computed of {@code exp(g (c - 1))}, which cannot overflow. l is
 * off by at most {@code (4 log2 M + 8) u}, u = 2^-24, the exponentials relatively by g times that
 * and what {@link LanePower} says, sums of M by M u, and the root of R by as much of the root of
 * the mean square of the exponentials.
 *
 * <p>R is taken by a fit on the first level, which must be cheap, and on the second for multipliers
 * that are not small; by coefficients on the others. Costs an inverse FFT of length M and M
 * exponentials, and another FFT for coefficients: with the Vector API where that is faster ({@link
 * LowPassChoice}), else in plain Java. The two need not give the same bits. Immutable.
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
    // Measured; nearly the same with and without vectors.
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
