package dev.vantage.tsdb.protocol;

import java.util.Optional;

/**
 * The parts of a request that its response repeats. Immutable.
 *
 * @param op the operation as written; empty if the request has none
 * @param tag the tag; empty if the request has none
 */
public record Echo(Optional<String> op, Optional<String> tag) {
  /** The echo of a request that could not be read. */
  public static final Echo NONE = new Echo(Optional.empty(), Optional.empty());
}
