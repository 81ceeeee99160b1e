package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.TextSource;
import java.io.IOException;

/** Reads one format. Thread-safe. */
interface FormatReader {
  /**
   * Reads a file to its end.
   *
   * @throws IOException if the bytes cannot be read
   * @throws BadFileException if the rest of the file cannot be read as this format
   */
  void read(TextSource source, Output output) throws IOException, BadFileException;
}
