package dev.vantage.tsdb.protocol.op;

import dev.vantage.tsdb.protocol.Role;
import java.util.Locale;
import java.util.Optional;

/** The operations that can be asked for. {@link RequestForms} says in which file each is. */
public enum Op {
  /** Answers "pong". */
  PING(Access.READS),
  /** Says who asks, with a token. */
  HELLO(Access.READS),
  /** The series like a stored one. */
  WITH_ID(Access.SEARCHES),
  /** The series like an uploaded one. */
  WITH_TS(Access.SEARCHES),
  /** A series as it was inserted. */
  GET(Access.READS),
  /** Adds or replaces a series. */
  INSERT(Access.WRITES),
  /** Removes a series. */
  DELETE(Access.WRITES),
  /** Ids in order. */
  IDS(Access.READS),
  /** The state of the database. */
  STATS(Access.READS),
  /** Makes a stored series a vantage point. */
  ADD_VANTAGE_POINT(Access.WRITES),
  /** The attributes of series, and their types. */
  ATTRIBUTES(Access.READS),
  /** Declares an attribute. */
  ADD_ATTRIBUTE(Access.WRITES),
  /** What the cache of answers holds, and how often it helped. */
  CACHE_STATS(Access.READS),
  /** Changes how the cache of answers works. */
  CACHE_CONFIG(Access.WRITES),
  /** Drops what the cache of answers holds. */
  CACHE_CLEAR(Access.WRITES);

  private enum Access {
    READS,
    SEARCHES,
    WRITES
  }

  private final String label = name().toLowerCase(Locale.ROOT);
  private final Access access;

  Op(Access access) {
    this.access = access;
  }

  /** {@return the name that requests write, in lower case} */
  public String label() {
    return label;
  }

  /** {@return whether the operation may change the database, or how its server works} */
  public boolean writes() {
    return access == Access.WRITES;
  }

  /** {@return whether the operation is a search for similar series} */
  public boolean searches() {
    return access == Access.SEARCHES;
  }

  /**
   * Says who may ask for the operation. Everybody may say hello.
   *
   * @param role what a client may do
   * @return whether it may ask for this
   */
  public boolean isAllowed(Role role) {
    return role == Role.WRITE || role == Role.READ && !writes();
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
