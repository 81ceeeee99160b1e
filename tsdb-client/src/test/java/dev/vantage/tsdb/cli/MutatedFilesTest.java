package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files whose dialect is changed at random, as a whole or in one line, are read as the same series,
 * or refused with the line: never as something else in silence.
 */
@Tag("long")
class MutatedFilesTest {
  private static final int TRIALS = 3000;
  private static final List<String> SEPARATORS = List.of(",", ";", "\t", "|", " ");
  private static final List<String> MISSING = List.of("", "NaN", "null", "NA", "?");

  @TempDir private Path directory;

  /** The kinds of files, with the options that read them. */
  private enum Kind {
    COLUMNS(List.of("--as=columns")),
    LONG(List.of("--as=long", "--id=name", "--time=time", "--value=mag")),
    ROWS(List.of("--as=wide", "--id=name"));

    private final List<String> options;

    Kind(List<String> options) {
      this.options = options;
    }
  }

  /** A table of fields, and how it is written. */
  private static final class Written {
    private final List<List<String>> rows = new ArrayList<>();
    private String separator = ",";
    private boolean quoted;
    private boolean decimalComma;
    private String lineEnd = "\n";

    String text() {
      return rows.stream().map(this::line).collect(Collectors.joining(lineEnd, "", lineEnd));
    }

    private String line(List<String> row) {
      return row.stream().map(this::field).collect(Collectors.joining(separator));
    }

    private String field(String field) {
      boolean isNumber = !field.isEmpty() && "-0123456789".indexOf(field.charAt(0)) >= 0;
      String text = decimalComma && isNumber ? field.replace('.', ',') : field;
      boolean needsQuotes = quoted || text.isEmpty() && separator.equals(" ");
      return needsQuotes ? "\"" + text + "\"" : text;
    }
  }

  @Test
  void aDialectIsFoundOutOrTheFileIsRefused() throws IOException {
    Random random = Seeds.random("aDialectIsFoundOutOrTheFileIsRefused");
    int same = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      Written written = table(kind, random);
      Map<String, Map<Double, Double>> right = read(kind, written.text()).series();
      written.separator = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
      written.decimalComma = !written.separator.equals(",") && random.nextBoolean();
      written.quoted = random.nextBoolean();
      written.lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
      Collections.shuffle(written.rows.subList(1, written.rows.size()), random);
      if (random.nextBoolean()) {
        written.rows.add(1 + random.nextInt(written.rows.size()), List.of("# a comment, of words"));
        written.quoted = false;
      }
      Outcome read = read(kind, encoded(written.text(), random));
      same += check(written.text(), right, read) ? 1 : 0;
    }
    assertTrue(same > TRIALS * 9 / 10, "read the same=" + same + ", of=" + TRIALS);
  }

  @Test
  void oneChangedLineChangesNoSeriesInSilence() throws IOException {
    Random random = Seeds.random("oneChangedLineChangesNoSeriesInSilence");
    int refused = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      Written written = table(kind, random);
      written.separator = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
      written.quoted = random.nextInt(4) == 0;
      Map<String, Map<Double, Double>> right = read(kind, written.text()).series();
      String text = withOneLineChanged(written.text(), written.separator, random);
      Outcome read = read(kind, text);
      refused += check(text, right, read) ? 0 : 1;
    }
    assertTrue(refused > TRIALS / 10, "refused=" + refused + ", of=" + TRIALS);
  }

  /** Returns whether all series are the same; checks that all others are refused or counted. */
  private static boolean check(String text, Map<String, Map<Double, Double>> right, Outcome read) {
    for (FormatError error : read.errors()) {
      assertTrue(error.line() >= 1 && !error.reason().isEmpty(), error::toString);
    }
    boolean isSaid = !read.errors().isEmpty();
    for (Map.Entry<String, Map<Double, Double>> one : read.series().entrySet()) {
      Map<Double, Double> points = right.get(one.getKey());
      assertTrue(points != null, () -> "unknown series=" + one.getKey() + ", text:\n" + text);
      if (!points.equals(one.getValue())) {
        // A missing value leaves out its point, or ends its row, and is counted.
        assertTrue(read.isCounted(), () -> "changed=" + one + ", right=" + points + ":\n" + text);
        assertTrue(points.entrySet().containsAll(one.getValue().entrySet()), () -> text);
        isSaid = true;
      }
    }
    if (!isSaid) {
      assertEquals(right.keySet(), read.series().keySet(), () -> text);
    }
    return !isSaid;
  }

  private static String withOneLineChanged(String text, String separator, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    String[] fields = line.split(Pattern.quote(separator), -1);
    int field = random.nextInt(fields.length);
    int place = random.nextInt(line.length() + 1);
    lines.set(
        at,
        switch (random.nextInt(6)) {
          case 0 -> line.replace(separator, SEPARATORS.get(random.nextInt(SEPARATORS.size())));
          case 1 -> replaceOne(line, separator, SEPARATORS.get(random.nextInt(SEPARATORS.size())));
          case 2 -> line.substring(0, place) + '"' + line.substring(place);
          case 3 -> {
            // A name instead of a name would be another file, and no damage to this one.
            if (field > 0 && at > 0) {
              fields[field] = MISSING.get(random.nextInt(MISSING.size()));
            }
            yield String.join(separator, fields);
          }
          case 4 -> line.replaceFirst("\"", "");
          default -> line + separator;
        });
    if (random.nextInt(10) == 0) {
      lines.remove(0);
    }
    return String.join("\n", lines) + "\n";
  }

  private static String replaceOne(String line, String from, String to) {
    int at = line.indexOf(from);
    return at < 0 ? line : line.substring(0, at) + to + line.substring(at + from.length());
  }

  /** A table with a header. */
  private static Written table(Kind kind, Random random) {
    Written written = new Written();
    switch (kind) {
      case COLUMNS -> {
        written.rows.add(List.of("time", "mag"));
        IntStream.range(0, 6)
            .forEach(i -> written.rows.add(List.of("0." + (i + 1), number(random))));
      }
      case LONG -> {
        written.rows.add(List.of("name", "time", "mag"));
        IntStream.range(0, 8)
            .forEach(
                i ->
                    written.rows.add(
                        List.of("star" + i % 2, "" + (5 + i) + ".25", number(random))));
      }
      case ROWS -> {
        int size = 3 + random.nextInt(3);
        List<String> header = new ArrayList<>(List.of("name"));
        IntStream.range(0, size).forEach(i -> header.add("t" + i));
        written.rows.add(header);
        for (int row = 0; row < 4; row++) {
          List<String> fields = new ArrayList<>(List.of("row" + row));
          IntStream.range(0, size).forEach(i -> fields.add(number(random)));
          written.rows.add(fields);
        }
      }
    }
    return written;
  }

  private static String number(Random random) {
    return (random.nextInt(2000) - 1000) + "." + (1 + random.nextInt(99));
  }

  private static byte[] encoded(String text, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
      case 1 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
      case 2 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
      default -> text.getBytes(StandardCharsets.UTF_8);
    };
  }

  private Outcome read(Kind kind, String text) throws IOException {
    return read(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  private Outcome read(Kind kind, byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("table.txt"), bytes);
    ReadFile read = ReadFile.of(file, kind.options);
    Map<String, Map<Double, Double>> series = new TreeMap<>();
    for (SeriesEntry entry : read.entries()) {
      assertFalse(series.containsKey(entry.id()), entry::id);
      series.put(entry.id(), points(entry, kind));
    }
    boolean isCounted = read.notes().droppedRows() > 0 || !read.notes().notes().isEmpty();
    return new Outcome(series, read.errors(), isCounted);
  }

  private static Map<Double, Double> points(SeriesEntry entry, Kind kind) {
    double[] times = entry.series().times();
    double[] values = entry.series().values();
    Map<Double, Double> points = new TreeMap<>();
    // Times of rows are shares of their length, which a missing value changes.
    IntStream.range(0, values.length)
        .forEach(i -> points.put(kind == Kind.ROWS ? (double) i : times[i], values[i]));
    return points;
  }

  private record Outcome(
      Map<String, Map<Double, Double>> series, List<FormatError> errors, boolean isCounted) {}
}
