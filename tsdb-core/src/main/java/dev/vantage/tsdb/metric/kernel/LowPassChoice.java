package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.simd.VectorApi;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/** Which evaluators of {@link LowPassBound} this process uses, as {@link KernelChoice} says. */
final class LowPassChoice {
  private static final KernelChoice<LowPassMaker> PROCESS =
      KernelChoice.ofProcess(ScalarLowPass::new, LowPassChoice::vector, LowPassTrial::isFaster);

  private LowPassChoice() {}

  /** {@return what makes the evaluators of this process at the moment} */
  static LowPassMaker current() {
    return PROCESS.maker();
  }

  /** {@return the evaluators of the Vector API, where it is present} */
  static Optional<LowPassMaker> vector() {
    return VectorApi.make(MethodHandles.lookup(), "VectorLowPassMaker", LowPassMaker.class);
  }
}
