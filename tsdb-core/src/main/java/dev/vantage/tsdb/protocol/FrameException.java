package dev.vantage.tsdb.protocol;

import java.io.IOException;

/** A frame says that it has a length that no frame may have; nothing after it can be understood. */
public final class FrameException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public FrameException(String message) {
    super(message);
  }
}
