package dev.vantage.tsdb.protocol.op;

import dev.vantage.tsdb.protocol.Role;
import java.util.Locale;
import java.util.Optional;

/** The operations of the protocol. {@link RequestForms} lists the class of each. */
public enum Op {
  /** Answers "pong". */
  PING(Access.READS),
  /** Authenticates the client with a token. */
  HELLO(Access.READS),
  /** Searches for series similar to a stored series. */
  WITH_ID(Access.SEARCHES),
  /** Searches for series similar to an uploaded series. */
  WITH_TS(Access.SEARCHES),
  /** Returns a series as inserted. */
  GET(Access.READS),
  /** Adds or replaces a series. */
  INSERT(Access.WRITES),
  /** Removes a series. */
  DELETE(Access.WRITES),
  /** Lists ids in order. */
  IDS(Access.READS),
  /** Counts series. */
  COUNT(Access.READS),
  /** Selects attributes of series as a table. */
  SELECT(Access.READS),
  /** Runs a program of the query language. */
  EVAL(Access.READS),
  /** Returns series as they are compared, for plots. */
  CURVES(Access.READS),
  /** Returns the state of the database. */
  STATS(Access.READS),
  /** Makes a stored series a vantage point. */
  ADD_VANTAGE_POINT(Access.WRITES),
  /** Lists the attributes of series and their types. */
  ATTRIBUTES(Access.READS),
  /** Declares an attribute. */
  ADD_ATTRIBUTE(Access.WRITES),
  /** Changes attributes of a series; its points stay. */
  SET_ATTRIBUTES(Access.WRITES),
  /** Returns the contents and the hit rate of the answer cache. */
  CACHE_STATS(Access.READS),
  /** Changes the settings of the answer cache. */
  CACHE_CONFIG(Access.WRITES),
  /** Clears the answer cache. */
  CACHE_CLEAR(Access.WRITES),
  /** Sends a copy of the database in several responses. */
  BACKUP(Access.COPIES),
  /** Sends the portable file of the database in several responses. */
  EXPORT(Access.READS);

  private enum Access {
    READS,
    SEARCHES,
    /** Changes nothing, but needs the right to write: it may take much of the disk. */
    COPIES,
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

  /** {@return whether the operation may change the database or the settings of its server} */
  public boolean writes() {
    return access == Access.WRITES;
  }

  /** {@return whether the answer is a file, in several responses} */
  public boolean sendsFile() {
    return this == BACKUP || this == EXPORT;
  }

  /** {@return whether the operation is a search for similar series} */
  public boolean searches() {
    return access == Access.SEARCHES;
  }

  /**
   * Says whether a role may request the operation. Every role may request {@link #HELLO}.
   *
   * @param role the role of the client
   * @return whether the role allows the operation
   */
  public boolean isAllowed(Role role) {
    return role == Role.WRITE
        || role == Role.READ && access != Access.WRITES && access != Access.COPIES;
  }

  /**
   * Finds an operation.
   *
   * @param label its name, exactly as requests write it
   * @return the operation, or empty if no operation has that name
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
