package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.server.dispatch.SentFile;
import java.nio.file.Path;

/** Writes files for clients. Thread-safe. */
@FunctionalInterface
public interface FileSource {
  /**
   * Writes a file.
   *
   * @param file which one
   * @param target where; does not exist yet, and its directory is writable
   * @param checkpoint is run now and then; an exception of it ends the writing
   */
  void write(SentFile file, Path target, Runnable checkpoint);
}
