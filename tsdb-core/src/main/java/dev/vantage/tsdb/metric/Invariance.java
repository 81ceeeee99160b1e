package dev.vantage.tsdb.metric;

/** A transformation of a series that leaves its distances unchanged, up to rounding. */
public enum Invariance {
  /** Samples are shifted circularly. */
  CIRCULAR_SHIFT,

  /** The order of the samples is reversed. */
  REVERSAL,

  /** All samples are multiplied by the same positive factor. */
  SCALE,

  /** The same number is added to all samples. */
  OFFSET
}
