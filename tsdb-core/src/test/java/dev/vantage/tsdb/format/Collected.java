package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.series.SeriesEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that a reader passes on. */
final class Collected implements SeriesSink {
  final List<SeriesEntry> entries = new ArrayList<>();
  final List<Long> lines = new ArrayList<>();
  final List<FormatError> errors = new ArrayList<>();
  final List<FileReport> reports = new ArrayList<>();

  /** Reads a text as the file {@code dir/curve.txt}. */
  static Collected of(FileFormat format, ReadOptions options, String text) {
    return of(format, options, text.getBytes(StandardCharsets.UTF_8));
  }

  static Collected of(FileFormat format, ReadOptions options, byte[] bytes) {
    Collected collected = new Collected();
    try {
      format.read(new ByteArrayInputStream(bytes), "dir/curve.txt", "curve", options, collected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return collected;
  }

  static Collected of(FileFormat format, ReadOptions options, Path file) throws IOException {
    Collected collected = new Collected();
    format.read(file, options, collected);
    return collected;
  }

  @Override
  public void accept(SeriesEntry entry, SourceLine origin) {
    entries.add(entry);
    lines.add(origin.number());
  }

  @Override
  public void finished(FileReport report) {
    reports.add(report);
  }

  @Override
  public void reject(FormatError error) {
    errors.add(error);
  }

  List<String> ids() {
    return entries.stream().map(SeriesEntry::id).toList();
  }

  /** The only entry of a file without errors. */
  SeriesEntry only() {
    assertEquals(List.of(), errors);
    assertEquals(1, entries.size());
    return entries.get(0);
  }

  /** Errors as users see them, without the name of the file. */
  List<String> errorTexts() {
    return errors.stream().map(error -> error.line() + ": " + error.reason()).toList();
  }
}
