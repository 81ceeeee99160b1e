package dev.vantage.tsdb.protocol;

import java.util.Optional;

/**
 * What an answer repeats of its request.
 *
 * @param op the operation as it was written; empty if none was
 * @param tag the tag, if there was one
 */
public record Echo(Optional<String> op, Optional<String> tag) {
  /** For the answer to what could not be read. */
  public static final Echo NONE = new Echo(Optional.empty(), Optional.empty());
}
