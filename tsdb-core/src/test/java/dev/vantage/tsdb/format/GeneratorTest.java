package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
  private static final Path DATA =
      Path.of(System.getProperty("tsdb.project"), "data", "bumps-1000.tsv");

  private static List<SeriesEntry> list(int count, long seed) {
    List<SeriesEntry> entries = new ArrayList<>();
    Generator.generate(count, seed).forEachRemaining(entries::add);
    return entries;
  }

  private static byte[] file(int count, long seed) throws IOException {
    StringWriter out = new StringWriter();
    try (WideWriter writer = new WideWriter(out)) {
      for (SeriesEntry entry : list(count, seed)) {
        writer.write(entry);
      }
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  // Written down once; a JVM on which this fails would make other files of the same seed.
  @ParameterizedTest
  @CsvSource({
    "1, 01159107efe6cee35366f9ef3238de18b425e5420b7287d6a40fe2dd70bdc6fd",
    "-7215832163, 826cc68cc876a7f3e9899f93be4112aed18aebf661285ad4e9004d88ca837d76",
  })
  void makesTheSameBytesOnEveryJvm(long seed, String digest)
      throws IOException, NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(file(200, seed));
    assertEquals(digest, HexFormat.of().formatHex(hash));
  }

  @Test
  void isTheSourceOfTheFileInTheRepository() throws IOException {
    assertArrayEquals(file(1000, 1), Files.readAllBytes(DATA));
  }

  @Test
  void makesWhatItsFileReadsBackAs() throws IOException {
    Collected read = Collected.of(FileFormat.WIDE, ReadOptions.defaults(), DATA);
    assertEquals(List.of(), read.errors);
    assertEquals(list(1000, 1), read.entries);
  }

  @Test
  void makesTheSameSeriesAndMoreWhenAskedForMore() {
    List<SeriesEntry> ten = list(10, 3);
    assertEquals(ten.subList(0, 4), list(4, 3));
    assertEquals("bumps-00000001", ten.get(0).id());
    assertEquals("bumps-00000010", ten.get(9).id());
    assertFalse(ten.get(0).series().equals(list(1, 4).get(0).series()));
  }

  /** The mean of a value over all bumps is known, and so is how far a sample of it may stray. */
  @Test
  void makesDensitiesWithNoise() {
    int count = 20_000;
    double[] mean = new double[Generator.POINTS];
    double roughness = 0;
    for (SeriesEntry entry : list(count, 5)) {
      double[] values = entry.series().values();
      assertEquals(Generator.POINTS, values.length);
      assertFalse(entry.series().hasTimes());
      for (int k = 0; k < values.length; k++) {
        mean[k] += values[k] / count;
      }
      // Second differences of a bump are small beside those of noise, of variance 6 scale^2.
      for (int k = 1; k + 1 < values.length; k++) {
        double difference = values[k - 1] - 2 * values[k] + values[k + 1];
        roughness += difference * difference / (values.length - 2) / count;
      }
    }
    // Averaged over its mean, a density at t is the share of a bump at t that falls in [0, 1).
    assertEquals(expected(0.5), mean[50], 0.05);
    assertEquals(expected(0), mean[0], 0.05);
    assertTrue(mean[50] > mean[0] + 0.2, () -> "middle=" + mean[50] + ", end=" + mean[0]);
    double scaleSquared = (0.2 * 0.2 + 0.2 * 0.05 + 0.05 * 0.05) / 3;
    assertEquals(6 * scaleSquared, roughness, 0.06 * 6 * scaleSquared);
  }

  /** The mean value at a time, by summing over means and standard deviations. */
  private static double expected(double time) {
    int steps = 400;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      for (int j = 0; j < steps; j++) {
        double mean = (i + 0.5) / steps;
        double deviation = 0.05 + 0.35 * (j + 0.5) / steps;
        double z = (time - mean) / deviation;
        sum += Math.exp(-z * z / 2) / deviation / Math.sqrt(2 * Math.PI);
      }
    }
    return sum / steps / steps;
  }

  @Test
  void makesNoMoreThanAskedFor() {
    Iterator<SeriesEntry> one = Generator.generate(1, 1);
    one.next();
    assertFalse(one.hasNext());
    assertThrows(NoSuchElementException.class, one::next);
    assertFalse(Generator.generate(0, 1).hasNext());
    assertTrue(Generator.generate(Generator.MAX_COUNT, 1).hasNext());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Generator.MAX_COUNT + 1})
  void refusesCounts(int count) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Generator.generate(count, 1));
    assertEquals("count must be in 0 to 10000000: count=" + count, e.getMessage());
  }
}
