package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.archive.ArchiveLines;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that need much memory are refused in a process with a small heap. */
@Tag("long")
class HostileArchiveTest {
  private static final String HEAP = "-Xmx64m";
  private static final long MANY = 1 << 26;
  private static final String FIRST_LINE = "{\"format\":\"tsdb-export\",\"version\":1}\n";

  @TempDir private Path temporary;

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the lines before the series, of a database without vantage points. */
  private String header() throws IOException {
    Path empty = temporary.resolve("empty");
    try (EmbeddedTsdb database = Tsdb.inMemory(Settings.DEFAULT.withLength(8))) {
      database.export(empty, Progress.NONE);
    }
    List<String> lines = ArchiveLines.read(empty);
    return String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
  }

  private void assertRefused(String words, long series, ArchiveLines.Text text) throws Exception {
    Path file = ArchiveLines.write(temporary.resolve("hostile"), series, text);
    Path directory = temporary.resolve("db");
    ProcessBuilder builder =
        JavaProcess.of(RestoringProcess.class, file.toString(), directory.toString());
    builder.command().add(1, HEAP);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertTrue(said.startsWith("refused: ") && said.contains(words), said);
    assertEquals(0, process.exitValue());
    assertFalse(SqliteStore.exists(directory));
  }

  @Test
  void lineOfSpacesThatIsLargerThanTheHeap() throws Exception {
    String header = header();
    assertRefused(
        "checksum mismatch of the lines",
        1,
        out -> {
          text(out, header);
          ArchiveLines.repeat(out, " ", 4 * MANY);
        });
  }

  @Test
  void seriesWithoutEnd() throws Exception {
    String header = header();
    assertRefused(
        "must fit into a part of the heap",
        1,
        out -> {
          text(out, header + "{\"id\":\"a\",\"values\":[1");
          ArchiveLines.repeat(out, ",0", MANY);
        });
  }

  @Test
  void textNameAndNumberWithoutEnd() throws Exception {
    String header = header();
    for (String beginning : List.of("{\"id\":\"", "{\"", "{\"id\":\"a\",\"period\":1")) {
      assertRefused(
          "exceeds the maximum",
          1,
          out -> {
            text(out, header + beginning);
            ArchiveLines.repeat(out, "1", MANY);
          });
    }
  }

  @Test
  void deepNesting() throws Exception {
    String header = header();
    assertRefused(
        "attribute must be declared: name='attributes'",
        1,
        out -> {
          text(out, header);
          ArchiveLines.repeat(out, "{\"attributes\":", 10_000_000);
        });
    assertRefused(
        "file must be an export of tsdb", 1, out -> ArchiveLines.repeat(out, "[", 10_000_000));
  }

  @Test
  void moreBeforeTheSeriesThanADatabaseHas() throws Exception {
    assertRefused(
        "must fit into a part of the heap",
        1,
        out -> {
          text(out, FIRST_LINE + "{\"settings\":{");
          for (int i = 0; i < 1_000_000; i++) {
            text(out, "\"a" + i + "\":\"\",");
          }
        });
    String header = header();
    String types = "{\"attribute_types\":{";
    assertTrue(header.contains(types), header);
    assertRefused(
        "must fit into a part of the heap",
        1,
        out -> {
          text(out, header.substring(0, header.indexOf(types) + types.length()));
          for (int i = 0; i < 1_000_000; i++) {
            text(out, "\"a" + i + "\":\"long\",");
          }
        });
    String ids = "{\"vantage_points\":[";
    assertRefused(
        "must fit into a part of the heap",
        1,
        out -> {
          text(out, header.substring(0, header.indexOf(ids) + ids.length()) + "\"a\"");
          ArchiveLines.repeat(out, ",\"a\"", 10_000_000);
        });
    assertRefused(
        "vantage points must be at most 1000: vantage points=1001",
        1,
        out -> {
          text(out, header.substring(0, header.indexOf(ids) + ids.length()) + "\"a\"");
          ArchiveLines.repeat(out, ",\"a\"", 1000);
          text(out, "]}\n");
        });
  }

  @Test
  void moreSeriesThanThereAre() throws Exception {
    String header = header();
    assertRefused("checksum mismatch of the lines", Long.MAX_VALUE, out -> text(out, header));
  }
}
