package dev.vantage.tsdb.protocol;

import java.io.IOException;

/** A frame has a forbidden length, so the rest of the stream cannot be read. */
public final class FrameException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * Creates the exception.
   *
   * @param kind the kind of failure
   * @param message the rule, then the values
   */
  public FrameException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** {@return the kind of failure} */
  public Kind kind() {
    return kind;
  }
}
