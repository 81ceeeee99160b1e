package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.simd.VectorApi;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Chooses between plain Java and the Vector API, separately for kernels and for bounds.
 * Thread-safe. Code of the Vector API is slow, and allocates, until the optimising compiler has
 * compiled it; in a process without that compiler it stays slow. So every process begins with plain
 * Java. If both are available, a background thread times both until the vectors win, or gives up
 * after a while. Only one such trial runs at a time.
 *
 * <p>The system property {@code tsdb.kernel} is {@code scalar} or {@code vector} to skip the trial,
 * or {@code auto}. All kernels give the same bits, and all bounds are valid, so the choice affects
 * only speed.
 *
 * @param <M> the factory of kernels or of bounds
 */
final class KernelChoice<M> {
  private static final String PROPERTY = "tsdb.kernel";

  /** Shared by all metrics of this process, because code is compiled per process. */
  private static final KernelChoice<KernelMaker> KERNELS =
      ofProcess(ScalarKernel::new, KernelChoice::vector, KernelTrial::isFaster);

  private volatile M maker;

  private KernelChoice(M first) {
    maker = first;
  }

  /** {@return the current factory of kernels of this process} */
  static KernelMaker current() {
    return KERNELS.maker();
  }

  /** {@return the factory of kernels of the Vector API, or empty if it is absent} */
  static Optional<KernelMaker> vector() {
    return VectorApi.make(MethodHandles.lookup(), "VectorKernelMaker", KernelMaker.class);
  }

  /** Chooses according to the system property. */
  static <M> KernelChoice<M> ofProcess(
      M scalar, Supplier<Optional<M>> vector, BiPredicate<M, M> trial) {
    return of(System.getProperty(PROPERTY, "auto"), scalar, vector, trial);
  }

  /**
   * Chooses.
   *
   * @param mode scalar, vector or auto
   * @param scalar plain Java
   * @param vector supplies the factory of the Vector API; called only if that may be used
   * @param trial returns whether the second factory is faster; called on a thread of its own
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
