package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Files as people have them are read as the series that are in them, by every verb. */
class FileShapesTest {
  @TempDir private Path directory;

  /** A verb that reads a file and does nothing with it. */
  @Command
  static final class Verb {
    @Mixin private SeriesFile query;
  }

  private static Stream<FileShape> shapes() {
    return FileShapes.all();
  }

  @Test
  void thereAreManyKinds() {
    assertTrue(shapes().count() >= 40);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyKindIsReadAsItsSeries(FileShape shape) throws IOException {
    for (Path file : packed(shape)) {
      ReadFile read = ReadFile.of(file, shape.options());
      assertEquals(List.of(), read.errors(), file::toString);
      assertEquals(shape.series(), read.entries(), file::toString);
      assertEquals(shape.dropped(), read.notes().droppedRows());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyKindIsAQuery(FileShape shape) throws IOException {
    Path file = Files.write(directory.resolve(shape.fileName()), shape.bytes());
    for (SeriesEntry entry : shape.series()) {
      List<String> arguments = new ArrayList<>(shape.options());
      arguments.addAll(List.of("--file", file.toString(), "--only", entry.id()));
      Verb verb = new Verb();
      new CommandLine(verb)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .parseArgs(arguments.toArray(String[]::new));
      verb.query.check();
      assertEquals(entry, verb.query.read().entry());
    }
  }

  /** The file as it is, in gzip data and in a zip archive. */
  private List<Path> packed(FileShape shape) throws IOException {
    Path plain = Files.write(directory.resolve(shape.fileName()), shape.bytes());
    Path gzip = directory.resolve(shape.fileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(shape.bytes());
    }
    Path zip = directory.resolve("all.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("in/" + shape.fileName()));
      out.write(shape.bytes());
      out.putNextEntry(new ZipEntry("__MACOSX/._" + shape.fileName()));
      out.write(0);
    }
    return List.of(plain, gzip, zip);
  }
}
