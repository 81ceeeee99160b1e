package dev.vantage.tsdb.protocol.op;

/** Sends a consistent copy of the database, in parts of a {@link FilePart}. Immutable. */
public record Backup() implements Request {
  @Override
  public Op op() {
    return Op.BACKUP;
  }
}
