package dev.vantage.tsdb.protocol.op;

import dev.vantage.tsdb.protocol.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The operations that can be asked for. Each names the file that is all of it but its handler. */
public enum Op {
  /** Answers "pong". */
  PING(Access.READS, FieldNames.NONE, fields -> new Ping()),
  /** Says who asks, with a token. */
  HELLO(Access.READS, Hello.FIELDS, Hello::read),
  /** The series like a stored one. */
  WITH_ID(Access.SEARCHES, WithId.FIELDS, WithId::read),
  /** The series like an uploaded one. */
  WITH_TS(Access.SEARCHES, WithTs.FIELDS, WithTs::read),
  /** A series as it was inserted. */
  GET(Access.READS, Get.FIELDS, Get::read),
  /** Adds or replaces a series. */
  INSERT(Access.WRITES, Insert.FIELDS, Insert::read),
  /** Removes a series. */
  DELETE(Access.WRITES, Delete.FIELDS, Delete::read),
  /** Ids in order. */
  IDS(Access.READS, Ids.FIELDS, Ids::read),
  /** The state of the database. */
  STATS(Access.READS, FieldNames.NONE, fields -> new Statistics()),
  /** Makes a stored series a vantage point. */
  ADD_VANTAGE_POINT(Access.WRITES, AddVantagePoint.FIELDS, AddVantagePoint::read),
  /** The attributes of series, and their types. */
  ATTRIBUTES(Access.READS, FieldNames.NONE, fields -> new ListAttributes()),
  /** Declares an attribute. */
  ADD_ATTRIBUTE(Access.WRITES, AddAttribute.FIELDS, AddAttribute::read),
  /** What the cache of answers holds, and how often it helped. */
  CACHE_STATS(Access.READS, FieldNames.NONE, fields -> new CacheStatistics()),
  /** Changes how the cache of answers works. */
  CACHE_CONFIG(Access.WRITES, ConfigureCache.FIELDS, ConfigureCache::read),
  /** Drops what the cache of answers holds. */
  CACHE_CLEAR(Access.WRITES, FieldNames.NONE, fields -> new ClearCache());

  private enum Access {
    READS,
    SEARCHES,
    WRITES
  }

  /** The names of the fields of all operations. */
  static final FieldNames FIELDS =
      Arrays.stream(values())
          .map(op -> op.fields)
          .reduce(FieldNames.scalars("op", "tag"), FieldNames::and);

  private final String label = name().toLowerCase(Locale.ROOT);
  private final Access access;
  private final FieldNames fields;
  private final Function<Fields, Request> reader;

  Op(Access access, FieldNames fields, Function<Fields, Request> reader) {
    this.access = access;
    this.fields = fields;
    this.reader = reader;
  }

  /** Reads the request for this operation, every field checked that can be. */
  Request read(Fields read) {
    return reader.apply(read);
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
