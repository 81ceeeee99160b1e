package dev.vantage.tsdb.metric;

/** A change of a series that leaves all distances from it as they are, up to rounding. */
public enum Invariance {
  /** Samples are shifted circularly. */
  CIRCULAR_SHIFT,

  /** The order of the samples is reversed. */
  REVERSAL,

  /** All samples are multiplied by one number above 0. */
  SCALE,

  /** One number is added to all samples. */
  OFFSET
}
