package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packed files are what is inside; damaged ones, and files that are no text, are refused. */
class PackedFilesTest {
  private static final ReadOptions OPTIONS = ReadOptions.defaults();
  private static final String CURVE = "0 1\n0.5 2\n";

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zip(String... members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream packed = new ZipOutputStream(out)) {
      for (String member : members) {
        packed.putNextEntry(new ZipEntry(member));
        packed.write(member.endsWith("/") ? new byte[0] : bytes(CURVE));
      }
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Collected read(byte[] file) {
    return Collected.of(FileFormat.COLUMNS, OPTIONS, file);
  }

  @Test
  void membersOfArchivesAreFiles() throws IOException {
    Collected read = read(zip("in/", "in/a.csv", "b.txt", ".hidden", "__MACOSX/._b.txt"));
    assertEquals(List.of("a", "b"), read.ids());
    assertEquals(
        List.of("dir/curve.txt!in/a.csv", "dir/curve.txt!b.txt"),
        read.reports.stream().map(FileReport::file).toList());
    assertEquals(List.of("curve"), read(gzip(gzip(bytes(CURVE)))).ids());
  }

  @Test
  void damagedArchivesAreRefused() throws IOException {
    byte[] gzip = gzip(bytes(CURVE.repeat(10_000)));
    for (byte[] bad : List.of(Arrays.copyOf(gzip, 5), Arrays.copyOf(gzip, gzip.length / 2))) {
      Collected read = read(bad);
      assertEquals(List.of(), read.entries);
      assertTrue(read.errors.get(0).reason().startsWith("gzip data must be whole"));
    }
    byte[] zip = zip("a.csv", "b.csv");
    for (int length = 4; length < zip.length; length++) {
      Collected read = read(Arrays.copyOf(zip, length));
      assertTrue(read.errors.get(0).reason().startsWith("zip data must be whole"));
    }
    assertEquals(
        List.of("1: archive must have at least 1 file: files=0"), read(zip("in/")).errorTexts());
    assertTrue(
        read(zip("[Content_Types].xml")).errors.get(0).reason().contains("export it as CSV"));
  }

  @ParameterizedTest
  @CsvSource({
    "SIMPLE  =\u00ff, a FITS file",
    "\u0089HDF, HDF5",
    "PAR1\u00ff, Parquet",
    "BZh9\u00ff, bzip2",
    "%PDF-1.4\u00ff, PDF",
    "0 1\u00e9, Latin-1",
  })
  void otherBytesAreNamed(String start, String kind) {
    Collected read = read(start.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(List.of(), read.entries);
    assertTrue(
        read.errors.get(0).reason().contains("it looks like " + kind),
        () -> read.errors.toString());
  }

  @Test
  void textOfTwoBytesWithoutAMarkIsNamed() {
    String reason = read(CURVE.getBytes(StandardCharsets.UTF_16LE)).errors.get(0).reason();
    assertTrue(reason.endsWith("it looks like UTF-16; hint: --encoding UTF-16LE"), reason);
    ReadOptions utf16 = OPTIONS.withEncoding(StandardCharsets.UTF_16LE);
    assertEquals(
        List.of("curve"),
        Collected.of(FileFormat.COLUMNS, utf16, CURVE.getBytes(StandardCharsets.UTF_16LE)).ids());
    Collected cut = Collected.of(FileFormat.COLUMNS, utf16, new byte[] {'0', 0, ' '});
    assertTrue(cut.errors.get(0).reason().startsWith("file must be UTF-16LE"));
  }
}
