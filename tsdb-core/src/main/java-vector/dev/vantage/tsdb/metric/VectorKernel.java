package dev.vantage.tsdb.metric;

import jdk.incubator.vector.DoubleVector;

/** The distance by the Vector API. */
final class VectorKernel {
  int lanes() {
    return DoubleVector.SPECIES_PREFERRED.length();
  }
}
