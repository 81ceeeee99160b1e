package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;

/** Says what a failure of the file system means to a database. */
final class FileFailures {
  private FileFailures() {}

  /** A failure of the file system, whose fault may be that of the path that was given. */
  static StoreException of(String message, IOException cause) {
    StoreException.Kind kind =
        FileChecks.isOfPath(cause)
            ? StoreException.Kind.INVALID_LOCATION
            : StoreException.Kind.UNAVAILABLE;
    return new StoreException(kind, message + ", reason=" + FileChecks.reason(cause), cause);
  }
}
