package dev.vantage.tsdb.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A failure is the path's where another path would help, and else the system's. */
class FileChecksTest {
  @TempDir Path directory;

  private static void assertIsOfPath(Executable failing) {
    IOException failure = assertThrows(IOException.class, failing);
    assertTrue(FileChecks.isOfPath(failure), failure.toString());
  }

  @Test
  void blamesThePathThatCannotBeUsed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path circle = directory.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertIsOfPath(() -> Files.newInputStream(directory.resolve("missing")));
    assertIsOfPath(() -> Files.createFile(file));
    assertIsOfPath(() -> Files.createFile(file.resolve("within")));
    assertIsOfPath(() -> Files.createFile(directory.resolve("x".repeat(1000))));
    assertIsOfPath(() -> new NewFile(directory.resolve("x".repeat(1000))));
    assertIsOfPath(() -> Files.newInputStream(circle));
    assertIsOfPath(() -> Files.newInputStream(circle.resolve("within")));
  }

  @Test
  void reasonsAreWordsAndNoPaths() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    IOException taken = assertThrows(IOException.class, () -> Files.createDirectories(file));
    assertEquals("file exists", FileChecks.reason(taken));
    IOException listed = assertThrows(IOException.class, () -> Files.newDirectoryStream(file));
    assertEquals("not a directory", FileChecks.reason(listed).toLowerCase(Locale.ROOT));
  }

  @Test
  void blamesThePathOfADirectoryOrAnOpenFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertIsOfPath(() -> OpenFiles.check(directory));
    OpenFiles.check(file);
    OpenFiles.Use use = OpenFiles.use(directory, Set.of("file"));
    assertIsOfPath(() -> OpenFiles.check(file));
    use.close();
    OpenFiles.check(file);
    Path taken = Files.createDirectory(directory.resolve("taken"));
    try (NewFile made = new NewFile(taken)) {
      assertIsOfPath(made::replace);
    }
    assertTrue(Files.isDirectory(taken));
  }

  @Test
  void blamesTheSystemWhateverItSays() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path path : Set.of(file, directory, directory.resolve("missing"))) {
      for (String words : Set.of("No space left on device", "Not a directory")) {
        FileSystemException failure = new FileSystemException(path.toString(), null, words);
        assertFalse(FileChecks.isOfPath(failure), failure.toString());
        assertEquals(words, FileChecks.reason(failure));
      }
    }
    assertFalse(FileChecks.isOfPath(new IOException("Is a directory")));
  }
}
