package dev.vantage.tsdb.archive;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.fuzz.FuzzTarget;
import dev.vantage.tsdb.fuzz.InputCost;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads any bytes as an export. The first byte selects the meaning: '0', all bytes of the file;
 * others, the text in a complete file.
 */
public final class ArchiveTarget implements FuzzTarget {
  // Buffers of 64 kB and inflaters are most of it.
  private final InputCost cost = new InputCost(8 << 20, 20_000, Duration.ofSeconds(10));
  private final Path file;
  private long read;
  private long refused;

  public ArchiveTarget() {
    try {
      file = Files.createTempFile("fuzzed", ".export");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<byte[]> seeds() {
    try (EmbeddedTsdb tsdb = Tsdb.inMemory(Settings.DEFAULT.withLength(8).withVantagePoints(1))) {
      Attributes attributes =
          Attributes.none().with("n", 1).with("x", 0.5).with("t", "a").with("f", true);
      tsdb.insert(new SeriesEntry("a", TimeSeries.ofValues(1, 2, 3), attributes));
      double[] times = {0, 0.5, 2};
      tsdb.insert("b", TimeSeries.of(times, new double[] {1, 2, 1.5}).foldedBy(2.5));
      Files.delete(file);
      tsdb.export(file, Progress.NONE);
      List<String> lines = ArchiveLines.read(file);
      String text = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
      return List.of(
          after('0', Files.readAllBytes(file)), after('1', text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] after(char first, byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(first);
    all.writeBytes(bytes);
    return all.toByteArray();
  }

  @Override
  public List<String> words() {
    return List.of(
        "{\"settings\":{",
        "{\"attribute_types\":{",
        "{\"vantage_points\":[",
        "{\"id\":\"",
        "\"values\":[",
        "\"times\":[",
        "\"period\":",
        "\"attributes\":{",
        "\"inserted_at\":",
        "\"distances\":[",
        "\"long\"",
        "\"timestamp\"",
        "1e999",
        "-0.0",
        "NaN",
        "null",
        "[[[[",
        "{\"a\":{",
        "9223372036854775808",
        "\\ud83d",
        "\\u0000",
        "\n");
  }

  @Override
  public void accept(byte[] input) {
    if (input.length > 0) {
      byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
      cost.check(bytes.length, () -> read(input[0] == '0', bytes));
    }
  }

  private void read(boolean isAll, byte[] bytes) {
    try {
      if (isAll) {
        Files.write(file, bytes);
      } else {
        ArchiveLines.write(file, 2, out -> out.write(bytes));
      }
      if (!ArchiveReader.accepts(file)) {
        return;
      }
      try (ArchiveReader reader = ArchiveReader.check(file).open()) {
        for (Optional<ArchivedSeries> next = reader.next();
            next.isPresent();
            next = reader.next()) {
          read++;
        }
      }
    } catch (BadArchiveException e) {
      refused++;
    } catch (IOException e) {
      throw new AssertionError("what is in a file must not be a failure to read it", e);
    }
  }

  long read() {
    return read;
  }

  long refused() {
    return refused;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "exports: series read="
        + read
        + ", refused="
        + refused
        + ", most allocated="
        + cost.most();
  }
}
