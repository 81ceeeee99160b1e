package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;

/** Creates kernels of the Vector API. Immutable. Loaded by its name. */
final class VectorKernelMaker implements KernelMaker {
  /** The minimum length in samples: shorter series do not fill the vectors. */
  private static final int LEAST_LENGTH = 128;

  VectorKernelMaker() {
    VectorKinds.meet();
  }

  @Override
  public CorrelationKernel make(RealFft fft, KernelSum kernelSum) {
    return fft.length() < LEAST_LENGTH
        ? new ScalarKernel(fft, kernelSum)
        : new VectorKernel(fft, kernelSum);
  }
}
