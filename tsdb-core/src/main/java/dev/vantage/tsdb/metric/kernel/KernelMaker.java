package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;

/** Creates kernels of one kind. Immutable. */
interface KernelMaker {

  /** {@return a new kernel; not thread-safe} */
  CorrelationKernel make(RealFft fft, KernelSum kernelSum);
}
