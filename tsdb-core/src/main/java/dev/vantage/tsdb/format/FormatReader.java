package dev.vantage.tsdb.format;

import java.io.IOException;

/** Reads one format. */
interface FormatReader {
  /**
   * Reads a file to its end.
   *
   * @throws IOException if the bytes cannot be had
   * @throws BadFileException if the rest of the file is not worth reading
   */
  void read(Source source, Output output) throws IOException, BadFileException;
}
