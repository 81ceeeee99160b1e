package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealFilesTest {
  private static Path shared(String path) {
    Path file = Path.of(System.getProperty("tsdb.project"), "../shared/data", path);
    assumeTrue(Files.exists(file), () -> "needs " + file);
    return file;
  }

  private static String label(SeriesEntry entry) {
    AttributeValue label = entry.attributes().asMap().get("label");
    return label.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "ArrowHead_TEST, 175, 251, 3",
    "ArrowHead_TRAIN, 36, 251, 3",
    "GunPoint_TEST, 150, 150, 2",
    "GunPoint_TRAIN, 50, 150, 2",
    "ItalyPowerDemand_TEST, 1029, 24, 2",
    "ItalyPowerDemand_TRAIN, 67, 24, 2",
  })
  void readsTsFiles(String name, int count, int length, int classes) throws IOException {
    Path file = shared("ucr/" + name + ".ts");
    Collected read = Collected.of(FileFormat.TS, ReadOptions.defaults(), file);
    assertEquals(List.of(), read.errors);
    assertEquals(count, read.entries.size());
    assertEquals(name + "-" + count, read.ids().get(count - 1));
    assertTrue(read.entries.stream().allMatch(entry -> entry.series().size() == length));
    assertEquals(classes, read.entries.stream().map(RealFilesTest::label).distinct().count());
  }

  @Test
  void readsTsSeriesOfUnequalLength() throws IOException {
    Path file = shared("ucr/PickupGestureWiimoteZ_TRAIN.ts");
    Collected read = Collected.of(FileFormat.TS, ReadOptions.defaults(), file);
    assertEquals(List.of(), read.errors);
    assertEquals(50, read.entries.size());
    assertTrue(read.entries.stream().map(e -> e.series().size()).distinct().count() > 1);
  }

  @Test
  void refusesTsFilesOfSeveralDimensions() throws IOException {
    Path file = shared("ucr/BasicMotions_TRAIN.ts");
    Collected read = Collected.of(FileFormat.TS, ReadOptions.defaults(), file);
    assertEquals(List.of(), read.entries);
    assertEquals(
        List.of(
            "8: series in a ts file must be univariate: dimensions=6;"
                + " hint: --dimension N takes one dimension"),
        read.errorTexts());
  }

  @Test
  void readsWideFilesWithLabels() throws IOException {
    Path file = shared("ucr/GunPoint_TRAIN.tsv");
    ReadOptions options = ReadOptions.defaults().withFirstColumn(FirstColumn.LABEL);
    Collected read = Collected.of(FileFormat.WIDE, options, file);
    assertEquals(List.of(), read.errors);
    assertEquals(50, read.entries.size());
    assertEquals("GunPoint_TRAIN-1", read.ids().get(0));
    assertTrue(read.entries.stream().allMatch(entry -> entry.series().size() == 150));
    assertEquals(
        Set.of("1", "2"),
        read.entries.stream().map(RealFilesTest::label).collect(Collectors.toSet()));
  }

  @Test
  void foldsLightCurves() throws IOException {
    Path directory = shared("rrlyrae/light-curves");
    Periods periods =
        Periods.read(
            shared("rrlyrae/periods.csv"),
            error -> {
              throw new AssertionError(error);
            });
    assertEquals(483, periods.size());
    ReadOptions options = ReadOptions.defaults().withGroupBy("band").withPeriods(periods);
    Collected read = new Collected();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        FileFormat.LIGHT_CURVE.read(file, options, read);
      }
    }
    assertEquals(List.of(), read.errors);
    assertEquals(483 * 5, read.entries.size());
    SeriesEntry known =
        read.entries.stream().filter(entry -> entry.id().equals("4099_g")).findAny().orElseThrow();
    assertEquals(OptionalDouble.of(0.641754351271), known.series().period());
  }
}
