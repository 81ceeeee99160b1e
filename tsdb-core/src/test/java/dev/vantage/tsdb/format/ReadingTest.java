package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What all formats have in common. */
class ReadingTest {
  private static final ReadOptions OPTIONS = ReadOptions.defaults();

  @TempDir Path directory;

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void tellsTheLineThatIsNotUtf8AndKeepsRowsBeforeIt() {
    Collected read = Collected.of(FileFormat.WIDE, OPTIONS, latin1("a 1 2\nb\u00E4r 1 2\nc 1 2\n"));
    assertEquals(List.of("a"), read.ids());
    assertEquals(1, read.errors.size());
    assertEquals(2, read.errors.get(0).line());
    assertTrue(read.errors.get(0).reason().startsWith("file must be UTF-8"));
  }

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void refusesBytesThatAreNotUtf8(FileFormat format) {
    Collected read = Collected.of(format, OPTIONS, latin1("\u00FC\u00FEx\n"));
    assertEquals(List.of(), read.entries);
    assertEquals(1, read.errors.size());
    assertTrue(read.errors.get(0).reason().startsWith("file must be UTF-8"));
  }

  @Test
  void readsUtf8AcrossTheEndsOfBuffers() {
    StringBuilder text = new StringBuilder();
    List<String> ids = new ArrayList<>();
    for (int row = 0; row < 20_000; row++) {
      ids.add("\u20AC\uD83D\uDE00-" + row);
      text.append(ids.get(row)).append("\t1\t2\r\n");
    }
    assertEquals(ids, Collected.of(FileFormat.WIDE, OPTIONS, text.toString()).ids());
  }

  @Test
  void readsALineLongerThanABuffer() {
    String text = "a" + " 1 2".repeat(100_000) + "\nb 1 2\n" + "c" + " 3 4".repeat(16_384);
    Collected read = Collected.of(FileFormat.WIDE, OPTIONS, text);
    assertEquals(List.of("a", "b", "c"), read.ids());
    assertEquals(200_000, read.entries.get(0).series().size());
    assertEquals(32_768, read.entries.get(2).series().size());
    assertEquals(List.of(1L, 2L, 3L), read.lines);
  }

  @Test
  void refusesALineThatNeverEnds() throws IOException {
    byte[] piece = new byte[1 << 20];
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(
                Collections.nCopies(80, piece).stream()
                    .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
                    .toList()));
    Collected read = new Collected();
    FileFormat.WIDE.read(endless, "-", "x", OPTIONS, read);
    assertEquals(1, read.errors.size());
    assertTrue(
        read.errors.get(0).reason().startsWith("line must have at most 67108864 bytes"),
        read.errors.get(0).reason());
  }

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void countsEveryByte(FileFormat format) {
    String header =
        switch (format) {
          case TS -> "@data";
          case ARFF -> "@attribute t real\n@attribute m real\n@data";
          default -> "time,mag";
        };
    byte[] bytes =
        ("\uFEFF" + header + "\n" + "0.5,1\n".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
    List<Long> counts = new ArrayList<>();
    ReadOptions options =
        format == FileFormat.WIDE ? OPTIONS.withFirstColumn(FirstColumn.ID) : OPTIONS;
    Collected.of(format, options.withProgress(counts::add), bytes);
    assertEquals(counts.stream().sorted().toList(), counts);
    assertTrue(counts.size() > 2, () -> "reports=" + counts.size());
    assertEquals(bytes.length, counts.get(counts.size() - 1));
  }

  @Test
  void throwsWhatTheFileSystemThrows() {
    Path missing = directory.resolve("missing.csv");
    assertThrows(
        NoSuchFileException.class,
        () -> FileFormat.COLUMNS.read(missing, OPTIONS, new Collected()));
    assertThrows(
        IOException.class, () -> FileFormat.COLUMNS.read(directory, OPTIONS, new Collected()));
  }

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void throwsWhatTheStreamThrows(FileFormat format) {
    String start =
        switch (format) {
          case TS -> "@data\n1,2\n";
          case ARFF -> "@attribute t real\n@attribute m real\n@data\n1,2\n";
          default -> "time,mag\n0,1\n";
        };
    IOException broken = new IOException("broken");
    InputStream stream =
        new SequenceInputStream(
            new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw broken;
              }
            });
    IOException thrown =
        assertThrows(
            IOException.class, () -> format.read(stream, "-", "x", OPTIONS, new Collected()));
    assertSame(broken, thrown);
  }

  @Test
  void doesNotTakeAnExceptionOfTheSinkForABadRow() {
    InvalidSeriesException ofTheSink = new InvalidSeriesException("times do not suit");
    SeriesSink sink =
        new SeriesSink() {
          @Override
          public void accept(SeriesEntry entry, SourceLine origin) {
            throw ofTheSink;
          }

          @Override
          public void reject(FormatError error) {
            throw new AssertionError(error);
          }
        };
    InputStream in = new ByteArrayInputStream("a 1 2\n".getBytes(StandardCharsets.UTF_8));
    assertSame(
        ofTheSink,
        assertThrows(
            InvalidSeriesException.class, () -> FileFormat.WIDE.read(in, "-", "x", OPTIONS, sink)));
  }

  @Test
  void reportsAFileWhoseNameCannotBeAnId() throws IOException {
    Collected read = new Collected();
    InputStream in = new ByteArrayInputStream("0 1\n1 2\n".getBytes(StandardCharsets.UTF_8));
    FileFormat.COLUMNS.read(in, "-", "x".repeat(300), OPTIONS, read);
    assertEquals(
        List.of("1: id must have at most 250 bytes of UTF-8: bytes>=300"), read.errorTexts());
  }

  @Test
  void readsFilesByTheirName() throws IOException {
    Path file = Files.writeString(directory.resolve("4099_g.dat_folded"), "0 1\n0.5 2\n");
    SeriesEntry entry = Collected.of(FileFormat.COLUMNS, OPTIONS, file).only();
    assertEquals("4099_g", entry.id());
    assertArrayEquals(new double[] {1, 2}, entry.series().values());
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, a, ''",
    "dir.ts/b, b, ''",
    "x/GunPoint_TRAIN.ts, GunPoint_TRAIN, TS",
    "X.TS, X, TS",
    "b.ts.gz, b, TS",
    "c.arff, c, ARFF",
    "a.b.tsv, a.b, ''",
    ".hidden, .hidden, ''",
    "/, '', ''",
  })
  void guessesNameAndFormat(Path file, String name, String format) {
    assertEquals(name, FileFormat.nameOf(file));
    assertEquals(
        format, FormatDetector.ofFileName(file).map(FileFormat::name).orElse(""), file::toString);
  }

  @Test
  void namesADirectoryThatItIsToRead() {
    for (FileFormat format : FileFormat.values()) {
      IOException failure =
          assertThrows(IOException.class, () -> format.read(directory, OPTIONS, new Collected()));
      assertEquals(directory + ": is a directory", failure.getMessage());
    }
    IOException failure =
        assertThrows(IOException.class, () -> Periods.read(directory, error -> {}));
    assertEquals(directory + ": is a directory", failure.getMessage());
  }

  @Test
  void knowsFormatsAndColumnsByName() {
    for (FileFormat format : FileFormat.values()) {
      assertEquals(format, FileFormat.ofLabel(format.label().toUpperCase(Locale.ROOT)));
    }
    for (FirstColumn column : FirstColumn.values()) {
      assertEquals(column, FirstColumn.ofLabel(column.label()));
    }
    assertEquals("light-curve", FileFormat.LIGHT_CURVE.label());
    assertEquals(
        "format must be columns, wide, ts, light-curve, long or arff: format=csv",
        assertThrows(IllegalArgumentException.class, () -> FileFormat.ofLabel("csv")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> FirstColumn.ofLabel("ids"));
  }
}
