package dev.vantage.tsdb.protocol;

import java.util.Locale;
import java.util.Optional;

/** The operations that can be asked for. */
public enum Op {
  /** Answers "pong". */
  PING,
  /** Says who asks, with a token. */
  HELLO,
  /** The series like a stored one. */
  WITH_ID,
  /** The series like an uploaded one. */
  WITH_TS,
  /** A series as it was inserted. */
  GET,
  /** Adds or replaces a series. */
  INSERT,
  /** Removes a series. */
  DELETE,
  /** Ids in order. */
  IDS,
  /** The state of the database. */
  STATS,
  /** Makes a stored series a vantage point. */
  ADD_VANTAGE_POINT,
  /** The attributes of series, and their types. */
  ATTRIBUTES,
  /** Declares an attribute. */
  ADD_ATTRIBUTE,
  /** What the cache of answers holds, and how often it helped. */
  CACHE_STATS,
  /** Changes how the cache of answers works. */
  CACHE_CONFIG,
  /** Drops what the cache of answers holds. */
  CACHE_CLEAR;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** {@return the name that requests write, in lower case} */
  public String label() {
    return label;
  }

  /** {@return whether the operation may change the database, or how its server works} */
  public boolean writes() {
    return switch (this) {
      case INSERT, DELETE, ADD_VANTAGE_POINT, ADD_ATTRIBUTE, CACHE_CONFIG, CACHE_CLEAR -> true;
      default -> false;
    };
  }

  /** {@return whether the operation is a search for similar series} */
  public boolean searches() {
    return this == WITH_ID || this == WITH_TS;
  }

  /**
   * Finds an operation.
   *
   * @param label its name, exactly as requests write it
   * @return the operation, or empty if there is none of that name
   */
  public static Optional<Op> ofLabel(String label) {
    for (Op op : values()) {
      if (op.label.equals(label)) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }
}
