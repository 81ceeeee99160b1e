package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.simd.VectorApi;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Which of two kinds of code this process uses, for kernels and for bounds, each by itself. Code of
 * the Vector API is slow, and allocates, until the optimising compiler has seen enough of it, and
 * for ever in a process that does without that compiler. So every process begins with plain Java;
 * where there is a choice, a thread in the background tries both until the vectors win, and gives
 * up after a while; one at a time.
 *
 * <p>The system property {@code tsdb.kernel} says {@code scalar} or {@code vector} where there
 * shall be no trial, {@code auto} otherwise. All kernels give the same bits, and all bounds are
 * bounds, so that nothing but time depends on this.
 *
 * @param <M> what makes objects of either kind
 */
final class KernelChoice<M> {
  private static final String PROPERTY = "tsdb.kernel";

  /** What all metrics of this process share, because code is compiled for a process, too. */
  private static final KernelChoice<KernelMaker> KERNELS =
      ofProcess(ScalarKernel::new, KernelChoice::vector, KernelTrial::isFaster);

  private volatile M maker;

  private KernelChoice(M first) {
    maker = first;
  }

  /** {@return what makes the kernels of this process at the moment} */
  static KernelMaker current() {
    return KERNELS.maker();
  }

  /** {@return the kernels of the Vector API, where it is present} */
  static Optional<KernelMaker> vector() {
    return VectorApi.make(MethodHandles.lookup(), "VectorKernelMaker", KernelMaker.class);
  }

  /** Chooses as the system property says. */
  static <M> KernelChoice<M> ofProcess(
      M scalar, Supplier<Optional<M>> vector, BiPredicate<M, M> trial) {
    return of(System.getProperty(PROPERTY, "auto"), scalar, vector, trial);
  }

  /**
   * Chooses.
   *
   * @param mode scalar, vector or auto
   * @param scalar plain Java
   * @param vector what uses the Vector API, asked for only if it may be used
   * @param trial whether the second of two is faster; asked by a thread of its own
   */
  static <M> KernelChoice<M> of(
      String mode, M scalar, Supplier<Optional<M>> vector, BiPredicate<M, M> trial) {
    return switch (mode) {
      case "scalar" -> new KernelChoice<>(scalar);
      case "vector" -> new KernelChoice<>(vector.get().orElse(scalar));
      default -> {
        KernelChoice<M> choice = new KernelChoice<>(scalar);
        vector.get().ifPresent(kernels -> choice.tryOut(kernels, trial));
        yield choice;
      }
    };
  }

  M maker() {
    return maker;
  }

  private void tryOut(M vector, BiPredicate<M, M> trial) {
    M scalar = maker;
    Thread thread =
        new Thread(
            () -> {
              synchronized (KernelChoice.class) {
                if (trial.test(scalar, vector)) {
                  maker = vector;
                }
              }
            },
            "tsdb-kernel-trial");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }
}
