package dev.vantage.tsdb.format;

import java.io.IOException;

/** Reads one format. Thread-safe. */
interface FormatReader {
  /**
   * Reads a file to its end.
   *
   * @throws IOException if the bytes cannot be read
   * @throws BadFileException if the rest of the file cannot be read as this format
   */
  void read(Source source, Output output) throws IOException, BadFileException;
}
