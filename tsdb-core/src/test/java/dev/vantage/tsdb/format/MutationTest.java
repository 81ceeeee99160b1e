package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any file is read or refused; no exception is thrown. */
@Tag("long")
class MutationTest {
  private static final int TRIALS = 4000;
  private static final String PIECES = "\t ,;:#@\"'?\\\r\n\u0000\uFEFF\u00E4-+.0123456789eExXdfNaN";
  private static final Map<FileFormat, String> GOOD =
      Map.of(
          FileFormat.COLUMNS, "# c\ntime mag\n0 1\n0.25\t2.5\n0.5,-3e2\n",
          FileFormat.WIDE, "a\t1\t2\t3\nb,1,2\nc 1 2 3\n",
          FileFormat.TS, "# c\n@timeStamps false\n@classLabel true 1 2\n@data\n1,2,3:1\n3,4:2\n",
          FileFormat.LIGHT_CURVE, "time,mag,band\n0.1,1,\"r\"\n0.5,2,r\n0.2,1,g\n0.3,2,g\n",
          FileFormat.LONG, "id;time;mag\na;0,1;1,5\na;0,2;3\nb;0,1;2\nb;0,5;4\n",
          FileFormat.ARFF,
              "% c\n@relation r\n@attribute a real\n@attribute b real\n@attribute 'c' {x,y}\n@data\n1,2,x\n3,2,y\n");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void readsOrRefusesMutations(FileFormat format) {
    Random random = Seeds.random("readsOrRefusesMutations " + format);
    int good = 0;
    int bad = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Collected read = read(format, mutated(GOOD.get(format), random), random);
      good += read.entries.isEmpty() ? 0 : 1;
      bad += read.errors.isEmpty() ? 0 : 1;
    }
    assertTrue(good > 0 && bad > 0, "read=" + good + ", refused=" + bad);
  }

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void refusesNoise(FileFormat format) {
    Random random = Seeds.random("refusesNoise " + format);
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      read(format, noise, random);
    }
  }

  @Test
  void readsOrRefusesMutatedPeriods() throws Exception {
    Random random = Seeds.random("readsOrRefusesMutatedPeriods");
    Path file = directory.resolve("periods.csv");
    for (int trial = 0; trial < TRIALS / 10; trial++) {
      Files.write(file, mutated("Num,Type,Per\n1,a,0.5\n\"2\",b,0.25\n", random));
      Collected errors = new Collected();
      Periods periods = Periods.read(file, errors::reject);
      errors.errors.forEach(MutationTest::check);
      assertTrue(periods.size() <= 4, () -> "periods=" + periods.size());
    }
  }

  @Test
  void readsOrRefusesMutatedAttributes() throws Exception {
    Random random = Seeds.random("readsOrRefusesMutatedAttributes");
    Path file = directory.resolve("attributes.csv");
    String good = "id,n,x,t,s\n1,1,0.5,2024-05-01T20:15:00Z,a\n\"2\",,1,,\"b, c\"\n";
    int read = 0;
    int refused = 0;
    for (int trial = 0; trial < TRIALS / 4; trial++) {
      String text = random.nextBoolean() ? good : good.replace("b, c", "b").replace(',', '\t');
      Files.write(file, mutated(text, random));
      Collected errors = new Collected();
      try {
        AttributeFile table =
            AttributeFile.read(
                file,
                AttributeSelection.all(),
                AttributeTypes.noneDeclared().with("n", Type.LONG),
                errors::reject);
        errors.errors.forEach(MutationTest::check);
        table.keys().forEach(key -> assertValuesAreOfTheirTypes(table, key));
        read += table.keys().size();
      } catch (InvalidAttributeException e) {
        assertTrue(e.getMessage().startsWith(file + ":"), e::getMessage);
        assertTrue(e.getMessage().contains(" must "), e::getMessage);
        refused++;
      }
    }
    assertTrue(read > 0 && refused > 0, "read=" + read + ", refused=" + refused);
  }

  private static void assertValuesAreOfTheirTypes(AttributeFile table, String key) {
    table
        .attributesOf(key)
        .orElseThrow()
        .asMap()
        .forEach((name, value) -> assertEquals(table.types().get(name), value.type()));
  }

  /** Reads a file and checks that each is either an entry or an error that says something. */
  private static Collected read(FileFormat format, byte[] bytes, Random random) {
    FirstColumn[] columns = FirstColumn.values();
    ReadOptions options = ReadOptions.defaults();
    if (format == FileFormat.WIDE) {
      options = options.withFirstColumn(columns[random.nextInt(columns.length)]);
    } else if (format == FileFormat.LIGHT_CURVE && random.nextBoolean()) {
      options = options.withGroupBy("band");
    }
    Collected read = Collected.of(format, options, bytes);
    assertFalse(
        read.entries.isEmpty() && read.errors.isEmpty(), () -> "bytes=" + Arrays.toString(bytes));
    read.errors.forEach(MutationTest::check);
    return read;
  }

  private static void check(FormatError error) {
    assertTrue(error.line() >= 1, error::toString);
    boolean saysRule =
        Stream.of(" must ", "more lines", "more series", " or confirm with ")
            .anyMatch(error.reason()::contains);
    assertTrue(saysRule, error::toString);
    assertTrue(error.reason().length() < 400, error::toString);
    assertFalse(error.reason().chars().anyMatch(Character::isISOControl), error::toString);
  }

  /** Replaces, drops and inserts a few bytes, and repeats or drops lines. */
  private static byte[] mutated(String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, at + random.nextInt(3));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(bytes, 0, at);
      out.writeBytes(inserted(bytes, random));
      out.write(bytes, to, bytes.length - to);
      bytes = out.toByteArray();
    }
    return bytes;
  }

  private static byte[] inserted(byte[] bytes, Random random) {
    if (random.nextInt(4) == 0) {
      int from = random.nextInt(bytes.length + 1);
      return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(20)));
    }
    if (random.nextInt(10) == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int piece = random.nextInt(PIECES.length());
    return PIECES.substring(piece, piece + 1).getBytes(StandardCharsets.UTF_8);
  }
}
