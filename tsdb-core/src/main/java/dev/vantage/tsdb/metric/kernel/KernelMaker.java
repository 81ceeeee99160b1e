package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;

/** Makes kernels of one kind. Immutable and thread-safe. */
interface KernelMaker {

  /** {@return a kernel for one thread} */
  CorrelationKernel make(RealFft fft, KernelSum kernelSum);
}
