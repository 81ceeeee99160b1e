package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.simd.VectorApi;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/**
 * The evaluators of {@link LowPassBound} that this process uses, chosen by {@link KernelChoice}.
 * Thread-safe.
 */
final class LowPassChoice {
  private static final KernelChoice<LowPassMaker> PROCESS =
      KernelChoice.ofProcess(ScalarLowPass::new, LowPassChoice::vector, LowPassTrial::isFaster);

  private LowPassChoice() {}

  /** {@return the current factory of evaluators of this process} */
  static LowPassMaker current() {
    return PROCESS.maker();
  }

  /** {@return the factory of evaluators of the Vector API, or empty if it is absent} */
  static Optional<LowPassMaker> vector() {
    return VectorApi.make(MethodHandles.lookup(), "VectorLowPassMaker", LowPassMaker.class);
  }
}
