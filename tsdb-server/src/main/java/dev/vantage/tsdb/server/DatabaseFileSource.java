package dev.vantage.tsdb.server;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.server.dispatch.SentFile;
import dev.vantage.tsdb.server.socket.FileSource;
import java.nio.file.Path;

/** Writes backups and exports of a database. Thread-safe. */
record DatabaseFileSource(Tsdb tsdb) implements FileSource {
  @Override
  public void write(SentFile file, Path target, Runnable checkpoint) {
    if (!(tsdb instanceof EmbeddedTsdb embedded)) {
      throw new InvalidOperationException(
          Kind.UNSUPPORTED, "database must belong to this server: op=" + file.label());
    }
    if (file == SentFile.EXPORT) {
      embedded.export(target, (written, of) -> checkpoint.run());
      return;
    }
    try {
      embedded.backup(target);
    } catch (InvalidLocationException e) {
      // The file is new and its directory writable, so the database is the reason.
      throw new InvalidOperationException(
          Kind.UNSUPPORTED,
          "database must be in a directory to be backed up, others can be exported: op=backup");
    }
  }
}
