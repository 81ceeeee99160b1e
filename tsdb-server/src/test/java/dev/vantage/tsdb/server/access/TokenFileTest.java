package dev.vantage.tsdb.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.dispatch.Grant;
import dev.vantage.tsdb.testkit.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format of token files, and their changes while the server runs. */
class TokenFileTest {
  private static final String READER = "reader-0123456789abcdef";
  private static final String WRITER = "writer-0123456789abcdef";
  private static final Duration MORE_THAN_A_SECOND = Duration.ofMillis(1001);

  @TempDir private Path directory;

  private final AtomicLong clock = new AtomicLong();

  @Test
  void aLineSaysWhatATokenAllowsAndWhatItIsCalled() throws IOException {
    TokenFile tokens =
        open("# who may what\n\n  read " + READER + "   dash-board\nwrite\t" + WRITER + "\r\n");
    Grant reader = admit(tokens, READER).orElseThrow();
    assertEquals(Role.READ, reader.role());
    assertEquals("dash-board", reader.name());
    Grant writer = admit(tokens, WRITER).orElseThrow();
    assertEquals(Role.WRITE, writer.role());
    assertEquals("number-2", writer.name());
    assertTrue(reader.holds() && writer.holds());
    assertEquals(Optional.empty(), tokens.admit(Optional.empty()));
    for (String wrong :
        List.of(
            "", "read", "dash-board", READER + "0", READER.substring(1), READER.toUpperCase())) {
      assertEquals(Optional.empty(), admit(tokens, wrong), wrong);
    }
  }

  @Test
  void whatIsNoFileOfTokensIsRefusedWithoutItsWords() throws IOException {
    for (String text :
        List.of(
            "",
            "# nothing\n",
            READER,
            "read",
            "none " + READER,
            "WRITE " + READER,
            "read 0123456789abcde",
            "read " + READER + " two words",
            "read " + READER + " a/b",
            "read " + READER + "\nwrite " + READER)) {
      InvalidRequestException failure =
          assertThrows(InvalidRequestException.class, () -> open(text), text);
      assertFalse(failure.getMessage().contains("0123"), failure::getMessage);
    }
  }

  @Test
  void aProblemIsNamedByItsLine() {
    String good = "# who may what\n\nread " + READER + "\n";
    for (String bad : List.of("nonsense", "read short", "write " + READER)) {
      InvalidRequestException failure =
          assertThrows(InvalidRequestException.class, () -> open(good + bad + "\n"), bad);
      assertTrue(failure.getMessage().endsWith(", line=4"), failure::getMessage);
    }
  }

  @Test
  void aTokenEndsWhenTheFileNoLongerHasIt() throws IOException {
    TokenFile tokens = open("read " + READER + "\nwrite " + WRITER);
    Grant reader = admit(tokens, READER).orElseThrow();
    Grant writer = admit(tokens, WRITER).orElseThrow();
    write("# moved\nwrite " + WRITER);
    assertTrue(reader.holds(), "looked at too often");
    clock.addAndGet(MORE_THAN_A_SECOND.toNanos());
    assertFalse(reader.holds());
    assertTrue(writer.holds());
    write("read " + WRITER);
    clock.addAndGet(MORE_THAN_A_SECOND.toNanos());
    assertFalse(writer.holds(), "another role is another grant");
    assertEquals(Role.READ, admit(tokens, WRITER).orElseThrow().role());
  }

  @Test
  void aNewTokenOpensAtOnce() throws IOException {
    TokenFile tokens = open("read " + READER);
    assertEquals(Optional.empty(), admit(tokens, WRITER));
    write("read " + READER + "\nwrite " + WRITER);
    assertEquals(Role.WRITE, admit(tokens, WRITER).orElseThrow().role());
  }

  @Test
  void whileTheFileCannotBeUsedNobodyGetsIn() throws IOException {
    TokenFile tokens = open("read " + READER);
    Grant reader = admit(tokens, READER).orElseThrow();
    for (String broken : List.of("", "# read " + READER, "read " + READER + "\nnonsense")) {
      write(broken);
      assertEquals(Optional.empty(), admit(tokens, READER), "a new login counts at once");
      clock.addAndGet(MORE_THAN_A_SECOND.toNanos());
      assertFalse(reader.holds());
      assertEquals(Optional.of(AccessProblem.TOKENS), tokens.problem());
      write("read " + READER);
      assertEquals(Optional.empty(), tokens.problem());
      assertTrue(reader.holds());
    }
    Files.delete(file());
    clock.addAndGet(MORE_THAN_A_SECOND.toNanos());
    assertFalse(reader.holds());
    write("write " + WRITER);
    assertTrue(admit(tokens, WRITER).isPresent());
    assertFalse(reader.holds());
  }

  @Test
  void aChangeIsSeenWhateverTimesTheFileSystemShows() throws IOException {
    TokenFile tokens = open("read " + READER);
    FileTime time = Files.getLastModifiedTime(file());
    Grant reader = admit(tokens, READER).orElseThrow();
    // As long as before, and written at the same moment.
    Files.writeString(file(), "read " + WRITER);
    Files.setLastModifiedTime(file(), time);
    clock.addAndGet(MORE_THAN_A_SECOND.toNanos());
    assertFalse(reader.holds());
    assertTrue(admit(tokens, WRITER).isPresent());
  }

  @Test
  void aFileThatIsNoRegularOneIsNotWaitedFor() throws Exception {
    Path pipe = directory.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
    assertEquals(0, made.waitFor());
    assertThrows(InvalidRequestException.class, () -> TokenFile.open(pipe, clock::get));
  }

  private TokenFile open(String text) throws IOException {
    return TokenFile.open(write(text), clock::get);
  }

  private Path file() {
    return directory.resolve("tokens");
  }

  private Path write(String text) throws IOException {
    return Certificates.secret(file(), text);
  }

  private static Optional<Grant> admit(TokenFile tokens, String token) {
    return tokens.admit(Optional.of(AccessToken.of(token)));
  }
}
