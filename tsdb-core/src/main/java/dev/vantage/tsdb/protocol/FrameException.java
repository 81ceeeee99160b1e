package dev.vantage.tsdb.protocol;

import java.io.IOException;

/** A frame says that it has a length that no frame may have; nothing after it can be understood. */
public final class FrameException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * Makes one.
   *
   * @param kind what kind of failure it is
   * @param message the rule, then the values
   */
  public FrameException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** {@return what kind of failure it is} */
  public Kind kind() {
    return kind;
  }
}
