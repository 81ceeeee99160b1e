package dev.vantage.tsdb.cli;

import java.util.function.Supplier;

/** The options say something that no request can be made of. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /** The value that an option names, where names that mean nothing are bad usage. */
  static <T> T named(Supplier<T> lookup) {
    try {
      return lookup.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
