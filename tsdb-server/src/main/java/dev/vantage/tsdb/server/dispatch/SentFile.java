package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.protocol.op.Op;

/** The files that a server sends. */
public enum SentFile {
  /** A copy of the database. */
  BACKUP(Op.BACKUP),
  /** The portable file of the database. */
  EXPORT(Op.EXPORT);

  private final Op op;

  SentFile(Op op) {
    this.op = op;
  }

  static SentFile of(Op op) {
    return op == Op.EXPORT ? EXPORT : BACKUP;
  }

  /** {@return the name of the operation that asks for the file} */
  public String label() {
    return op.label();
  }
}
