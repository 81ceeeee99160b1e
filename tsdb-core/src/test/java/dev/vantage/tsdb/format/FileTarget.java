package dev.vantage.tsdb.format;

import dev.vantage.tsdb.fuzz.FuzzTarget;
import dev.vantage.tsdb.fuzz.InputCost;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads any bytes as files of series, periods or attributes. The first byte selects the kind and
 * the options.
 */
public final class FileTarget implements FuzzTarget {
  private static final int KINDS = FileFormat.values().length + 2;

  private final InputCost cost = new InputCost(4 << 20, 2000, Duration.ofSeconds(10));
  private final Path file;
  private long read;
  private long refused;

  public FileTarget() {
    try {
      file = Files.createTempFile("fuzzed", ".csv");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<String> texts =
        List.of(
            "# c\ntime mag\n0 1\n0.25\t2.5\n0.5,-3e2\n",
            "a\t1\t2\t3\nb,1,2\nc 1 2 3\n",
            "# c\n@timeStamps false\n@classLabel true 1 2\n@data\n1,2,3:1\n3,4:2\n",
            "time,mag,band,t\n0.1,1,\"r\",x\n0.5,2,r,x\n0.2,1,g,y\n0.3,2,g,y\n",
            "Num,Type,Per\n1,a,0.5\n\"2\",b,0.25\n",
            "id,n,x,t,s\n1,1,0.5,2024-05-01T20:15:00Z,a\n\"2\",,1,,\"b, c\"\n",
            "% c\n@relation r\n@attribute a real\n@attribute b real\n@attribute c {x,y}\n@data\n1,2,x\n",
            "|a  |b  |\n|d  |d  |\n 0   1  \n 0.5 2  \n",
            "id,n\n2," + "0".repeat(200) + " c\n");
    // Each text as every kind, with every first byte that says so.
    return Stream.iterate(0, i -> i < texts.size() * KINDS, i -> i + 1)
        .map(i -> ((char) ('0' + i) + texts.get(i % texts.size())))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public List<String> words() {
    return List.of(
        "@data",
        "@timeStamps true",
        "@classLabel true",
        "@univariate",
        "@attribute",
        "2007-01-01 00:00:00",
        "|",
        ";",
        "0,5",
        "time",
        "value",
        "mag",
        "band",
        "id",
        "Per",
        "NaN",
        "null",
        "?",
        "1e999",
        "-0.0",
        "0x1p3",
        "\"\"",
        "\"\n",
        ",,",
        "\t",
        "\r\n",
        "\ufeff",
        "2024-05-01T20:15:00Z",
        "true",
        "9223372036854775808");
  }

  @Override
  public void accept(byte[] input) {
    if (input.length > 0) {
      byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
      cost.check(bytes.length, () -> read(Math.floorMod(input[0] - '0', 128), bytes));
    }
  }

  private void read(int choice, byte[] bytes) {
    int kind = choice % KINDS;
    int option = choice / KINDS;
    try {
      if (kind < FileFormat.values().length) {
        readSeries(FileFormat.values()[kind], option, bytes);
      } else {
        Files.write(file, bytes);
        readTable(kind, option);
      }
    } catch (InvalidAttributeException e) {
      refused++;
      must(e.getMessage().contains(" must ") && e.getMessage().length() < 1000, e.getMessage());
    } catch (IOException e) {
      throw new AssertionError("what is in a file must not be a failure to read it", e);
    }
  }

  private void readSeries(FileFormat format, int option, byte[] bytes) {
    FirstColumn[] first = FirstColumn.values();
    ReadOptions options = ReadOptions.defaults();
    if (format == FileFormat.WIDE) {
      options = options.withFirstColumn(first[option % first.length]);
    } else if (format.uses(ReadOption.GROUP_BY) && option % 2 == 1) {
      options = options.withGroupBy("band");
    }
    Collected found = Collected.of(format, options, bytes);
    read += found.entries.size();
    found.errors.forEach(this::check);
    must(!found.entries.isEmpty() || !found.errors.isEmpty(), "neither series nor errors");
  }

  private void readTable(int kind, int option) throws IOException {
    if (kind == FileFormat.values().length) {
      read += Periods.read(file, this::check).size();
      return;
    }
    AttributeTypes declared = AttributeTypes.noneDeclared();
    AttributeFile table =
        AttributeFile.read(
            file,
            AttributeSelection.all(),
            option % 2 == 0 ? declared : declared.with("n", Type.LONG).with("s", Type.TIMESTAMP),
            this::check);
    read += table.keys().size();
    for (String key : table.keys()) {
      table
          .attributesOf(key)
          .orElseThrow()
          .asMap()
          .forEach((name, value) -> must(table.types().get(name) == value.type(), name));
    }
  }

  private void check(FormatError error) {
    refused++;
    must(error.line() >= 1 && error.reason().length() < 1000, error.toString());
    must(error.reason().chars().noneMatch(Character::isISOControl), error.toString());
  }

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("file must be read or refused with a reason: " + what);
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
    return "files: read=" + read + ", refused=" + refused + ", most allocated=" + cost.most();
  }
}
