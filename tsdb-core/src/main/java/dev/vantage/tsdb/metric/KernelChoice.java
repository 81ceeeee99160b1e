package dev.vantage.tsdb.metric;

import dev.vantage.tsdb.simd.VectorApi;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Which kernel this process uses. Code of the Vector API is slow, and allocates, until the
 * optimising compiler has seen enough of it, and for ever in a process that does without that
 * compiler. So every process begins with plain Java; where there is a choice, a thread in the
 * background tries both until the vectors win, and gives up after a while.
 *
 * <p>The system property {@code tsdb.kernel} says {@code scalar} or {@code vector} where there
 * shall be no trial, {@code auto} otherwise. All kernels give the same bits, so that nothing but
 * time depends on this.
 */
final class KernelChoice {
  static final String PROPERTY = "tsdb.kernel";

  /** What all metrics of this process share, because code is compiled for a process, too. */
  private static final KernelChoice PROCESS =
      of(System.getProperty(PROPERTY, "auto"), KernelChoice::vector, KernelTrial::isFaster);

  private volatile KernelMaker maker;

  private KernelChoice(KernelMaker first) {
    maker = first;
  }

  /** {@return what makes the kernels of this process at the moment} */
  static KernelMaker current() {
    return PROCESS.maker();
  }

  /** {@return the kernels of the Vector API, where it is present} */
  static Optional<KernelMaker> vector() {
    return VectorApi.make(MethodHandles.lookup(), "VectorKernelMaker", KernelMaker.class);
  }

  /**
   * Chooses.
   *
   * @param mode scalar, vector or auto
   * @param vector the kernels of the Vector API, asked for only if they may be used
   * @param trial whether the second of two is faster; asked by a thread of its own
   */
  static KernelChoice of(
      String mode,
      Supplier<Optional<KernelMaker>> vector,
      BiPredicate<KernelMaker, KernelMaker> trial) {
    KernelMaker scalar = ScalarKernel::new;
    return switch (mode) {
      case "scalar" -> new KernelChoice(scalar);
      case "vector" -> new KernelChoice(vector.get().orElse(scalar));
      default -> {
        KernelChoice choice = new KernelChoice(scalar);
        vector.get().ifPresent(kernels -> choice.tryOut(kernels, trial));
        yield choice;
      }
    };
  }

  KernelMaker maker() {
    return maker;
  }

  private void tryOut(KernelMaker vector, BiPredicate<KernelMaker, KernelMaker> trial) {
    KernelMaker scalar = maker;
    Thread thread =
        new Thread(
            () -> {
              if (trial.test(scalar, vector)) {
                maker = vector;
              }
            },
            "tsdb-kernel-trial");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }
}
