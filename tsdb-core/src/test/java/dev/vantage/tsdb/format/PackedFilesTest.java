package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packed files are read as their contents; damaged files and binary files are refused. */
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

  /** Members of a gzip file whose packed stream cannot say whether more bytes are available. */
  @Test
  void allMembersOfAGzipFileAreRead() throws IOException {
    int members = 300;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < members; i++) {
      file.write(gzip(bytes(i + " " + i + "\n")));
    }
    assertEquals(members, read(file.toByteArray()).only().series().size());
    byte[] damaged = file.toByteArray();
    damaged[gzip(bytes("0 0\n")).length] = 0;
    Collected read = read(damaged);
    assertEquals(List.of(), read.ids());
    assertEquals(
        List.of("2: gzip data must be whole: problem=bytes that are not gzip"), read.errorTexts());
    assertEquals(List.of(), read(Arrays.copyOf(file.toByteArray(), file.size() - 3)).ids());
  }

  @Test
  void namesInTheHeaderOfAGzipFileAreSkipped() throws IOException {
    byte[] plain = gzip(bytes(CURVE));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, 3);
    file.write(2 + 4 + 8 + 16);
    file.write(plain, 4, 6);
    file.write(new byte[] {2, 0, 'x', 'y'});
    file.write(bytes("name\0comment\0cc"));
    file.write(plain, 10, plain.length - 10);
    assertEquals(2, read(file.toByteArray()).only().series().size());
  }

  @Test
  void aDamagedMemberOfAnArchiveIsCountedOnce() throws IOException {
    byte[] zip = zip("a.csv", "b.csv");
    int data = 30 + "a.csv".length() + 2;
    zip[data] ^= 0x55;
    Collected read = read(zip);
    assertEquals(1, read.errors.size(), read.errors::toString);
    assertEquals(1, read.errors.get(0).series());
  }

  @Test
  void aCutFileRefusesTheSeriesThatItBegan() throws IOException {
    StringBuilder text = new StringBuilder("id,time,mag\n");
    Random random = Seeds.random("aCutFileRefusesTheSeriesThatItBegan");
    for (int row = 0; row < 3000; row++) {
      text.append(row % 100).append(',').append(row).append(',').append(random.nextDouble());
      text.append('\n');
    }
    byte[] packed = gzip(bytes(text.toString()));
    Collected read =
        Collected.of(
            FileFormat.LONG, OPTIONS.withId("id"), Arrays.copyOf(packed, packed.length / 2));
    assertEquals(List.of(), read.ids());
    assertEquals(100, read.errors.get(0).series());
  }

  @Test
  void bytesOfAnotherEncodingAreNamedWithTheirLine() {
    ReadOptions ascii = OPTIONS.withEncoding(StandardCharsets.US_ASCII);
    Collected read =
        Collected.of(
            FileFormat.WIDE, ascii, "a 1 2\nb\u00e9 1 2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(List.of("a"), read.ids());
    assertEquals(
        List.of("2: file must be US-ASCII: byte 8 of the text is 0xE9; hint: another --encoding"),
        read.errorTexts());
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
