package dev.vantage.tsdb.format.table;

import java.io.IOException;

/** Bytes of a stream cannot be unpacked or decoded. The message says which rule they break. */
final class BadBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  BadBytesException(String reason) {
    super(reason);
  }
}
