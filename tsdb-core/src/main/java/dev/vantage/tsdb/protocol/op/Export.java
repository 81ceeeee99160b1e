package dev.vantage.tsdb.protocol.op;

/** Sends the portable file of the database, in parts of a {@link FilePart}. Immutable. */
public record Export() implements Request {
  @Override
  public Op op() {
    return Op.EXPORT;
  }
}
