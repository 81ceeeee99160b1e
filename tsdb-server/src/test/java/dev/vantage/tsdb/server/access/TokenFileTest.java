package dev.vantage.tsdb.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Certificates;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.AccessToken;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.server.dispatch.Grant;
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

/** What a file of tokens says, and what becomes of it while the server runs. */
class TokenFileTest {
  private static final String READER = "reader-0123456789abcdef";
  private static final String WRITER = "writer-0123456789abcdef";
  private static final Duration MORE_THAN_A_SECOND = Duration.ofMillis(1001);

  @TempDir private Path directory;

  private final AtomicLong clock = new AtomicLong();
  private int writes;

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
  void aFileThatBreaksLeavesWhatItSaidBefore() throws IOException {
    TokenFile tokens = open("read " + READER);
    Grant reader = admit(tokens, READER).orElseThrow();
    for (String broken : List.of("", "write " + WRITER + "\nnonsense")) {
      write(broken);
      clock.addAndGet(MORE_THAN_A_SECOND.toNanos());
      assertTrue(reader.holds());
      assertEquals(Optional.empty(), admit(tokens, WRITER));
    }
    Files.delete(directory.resolve("tokens"));
    clock.addAndGet(MORE_THAN_A_SECOND.toNanos());
    assertTrue(reader.holds());
    write("write " + WRITER);
    assertTrue(admit(tokens, WRITER).isPresent());
    assertFalse(reader.holds());
  }

  private TokenFile open(String text) throws IOException {
    return TokenFile.open(write(text), clock::get);
  }

  /** Writes the file, at a time of its own: tests are quicker than the clocks of file systems. */
  private Path write(String text) throws IOException {
    Path file = Certificates.secret(directory.resolve("tokens"), text);
    writes++;
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * writes));
    return file;
  }

  private static Optional<Grant> admit(TokenFile tokens, String token) {
    return tokens.admit(Optional.of(AccessToken.of(token)));
  }
}
