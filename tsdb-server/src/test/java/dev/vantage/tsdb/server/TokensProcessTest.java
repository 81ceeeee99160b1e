package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.server.monitor.Scrape;
import dev.vantage.tsdb.testkit.Certificates;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Edits of the token file of a real server, and their effect on its clients. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TokensProcessTest {
  private static final String TOKEN = "wrYt7Q-6pPz0m4Kd9sVb2x";
  private static final String OTHER = "oThE3R-1cNn8u3Hf7gTe4j";
  private static final String GOOD = "write " + TOKEN + " loader\n";
  private static final String HELLO = "{\"op\":\"hello\",\"token\":\"" + TOKEN + "\"}";
  private static final String PING = "{\"op\":\"ping\"}";
  private static final int UNAVAILABLE = 6;
  private static final int UNAUTHENTICATED = 7;
  private static final String READY = "200 {\"ready\":true}";
  private static final String NOT_READY = "503 {\"ready\":false,\"reason\":\"tokens\"}";

  @TempDir private static Path directory;

  private static Process process;
  private static int port;
  private static Scrape scrape;

  /** Something that happens to the file. */
  private interface Edit {
    void to(Path file) throws IOException;
  }

  @BeforeAll
  static void start() throws IOException {
    repair(tokens());
    ProcessBuilder builder =
        JavaProcess.of(
                ServerMain.class,
                "--db=" + directory.resolve("db"),
                "--create",
                "--listen=127.0.0.1:0",
                "--metrics=127.0.0.1:0",
                "--token-file=" + tokens())
            .redirectError(log().toFile());
    builder.command().add(1, "-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
    process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertTrue(line != null && line.startsWith("listening on "), () -> line + logged());
    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    Matcher metrics = Pattern.compile("metrics listen.*127\\.0\\.0\\.1:([0-9]+)").matcher(logged());
    assertTrue(metrics.find(), TokensProcessTest::logged);
    scrape =
        new Scrape(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(metrics.group(1))));
  }

  @AfterAll
  static void end() {
    process.destroyForcibly();
  }

  private static Path tokens() {
    return directory.resolve("tokens");
  }

  private static Path log() {
    return directory.resolve("log");
  }

  private static String logged() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new AssertionError("log must be readable", e);
    }
  }

  /** Puts a good file in place, whatever is there. */
  private static void repair(Path file) throws IOException {
    Path fresh = Certificates.secret(directory.resolve("fresh"), GOOD);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Edits after which the file cannot be used. */
  private static Map<String, Edit> breaking() {
    Map<String, Edit> edits = new LinkedHashMap<>();
    edits.put("line commented out", file -> Files.writeString(file, "# " + GOOD));
    edits.put("emptied", file -> Files.writeString(file, ""));
    edits.put("deleted", Files::delete);
    edits.put("malformed beside it", file -> Files.writeString(file, GOOD + "nonsense\n"));
    edits.put(
        "everybody's",
        file -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--")));
    edits.put("garbage", file -> Files.write(file, new byte[] {(byte) 0xff, 0, (byte) 0xfe}));
    edits.put("huge", file -> Files.writeString(file, GOOD + "#".repeat(2 << 20)));
    edits.put(
        "link to nowhere",
        file -> {
          Files.delete(file);
          Files.createSymbolicLink(file, Path.of("nowhere"));
        });
    edits.put(
        "directory",
        file -> {
          Files.delete(file);
          Files.createDirectory(file);
        });
    edits.put(
        "pipe",
        file -> {
          Files.delete(file);
          run("mkfifo", "-m", "600", file.toString());
        });
    return edits;
  }

  /** Edits after which the file is good and does not have the token. */
  private static Map<String, Edit> revoking() {
    Map<String, Edit> edits = new LinkedHashMap<>();
    String other = GOOD.replace(TOKEN, OTHER);
    edits.put(
        "same size and time",
        file -> {
          FileTime time = Files.getLastModifiedTime(file);
          Files.writeString(file, other);
          Files.setLastModifiedTime(file, time);
        });
    edits.put(
        "another file in its place",
        file ->
            Files.move(
                Certificates.secret(directory.resolve("next"), other),
                file,
                StandardCopyOption.ATOMIC_MOVE));
    edits.put(
        "a link turned",
        file -> {
          Path link = directory.resolve("link");
          Certificates.secret(directory.resolve("target"), other);
          Files.createSymbolicLink(link, Path.of("target"));
          Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
        });
    edits.put("another role", file -> Files.writeString(file, GOOD.replace("write", "read")));
    return edits;
  }

  private static void run(String... command) throws IOException {
    try {
      assertEquals(0, new ProcessBuilder(command).start().waitFor());
    } catch (InterruptedException e) {
      throw new AssertionError("test was interrupted", e);
    }
  }

  @Test
  void whileTheFileIsBadNobodyGetsIn() throws IOException {
    for (Map.Entry<String, Edit> edit : breaking().entrySet()) {
      String name = edit.getKey();
      try (TestClient old = admitted()) {
        int before = logged().length();
        edit.getValue().to(tokens());
        TestServer.await(name + ": old connection ends", () -> isRefused(old, UNAVAILABLE));
        old.assertClosed();
        JsonNode refused = answer(HELLO);
        assertEquals(UNAVAILABLE, refused.get("status").intValue(), name);
        assertEquals(
            answer(HELLO.replace(TOKEN, OTHER)), refused, "clients see that of a wrong token");
        assertEquals(NOT_READY, scrape.readiness(), name);
        TestServer.await(
            name + ": the log says it",
            () ->
                logged().substring(before).contains("cannot be used; no client is authenticated"));
      }
      if (Files.isDirectory(tokens())) {
        Files.delete(tokens());
      }
      repair(tokens());
      TestServer.await(name + ": good again", () -> scrape.readiness().equals(READY));
      admitted().close();
    }
    assertFalse(logged().contains(TOKEN), "no secret is logged");
  }

  @Test
  void aTokenThatIsGoneEndsItsConnections() throws IOException {
    for (Map.Entry<String, Edit> edit : revoking().entrySet()) {
      try (TestClient old = admitted()) {
        edit.getValue().to(tokens());
        TestServer.await(edit.getKey(), () -> isRefused(old, UNAUTHENTICATED));
        old.assertClosed();
        assertEquals(READY, scrape.readiness());
      }
      repair(tokens());
      TestServer.await(edit.getKey(), () -> answer(HELLO).get("status").intValue() == 0);
    }
  }

  /** Requests that were sent ahead of their answers are refused, too. */
  @Test
  void whatWasSentAheadIsNotDone() throws IOException {
    try (TestClient old = admitted()) {
      Files.writeString(tokens(), "");
      TestServer.await(
          "no client is authenticated", () -> answer(HELLO).get("status").intValue() != 0);
      for (int i = 0; i < 20; i++) {
        old.send("{\"op\":\"insert\",\"id\":\"ahead-" + i + "\",\"ts\":[1,2,3]}");
      }
      assertEquals(UNAVAILABLE, old.receive().get("status").intValue());
      assertEquals(Optional.empty(), old.tryReceive());
    } finally {
      repair(tokens());
    }
    TestServer.await("good again", () -> scrape.readiness().equals(READY));
    try (TestClient client = admitted()) {
      assertEquals("[]", client.payload("{\"op\":\"ids\"}").toString());
    }
  }

  private static TestClient admitted() throws IOException {
    TestClient client = new TestClient(port);
    client.payload(HELLO);
    return client;
  }

  private static JsonNode answer(String request) {
    try (TestClient client = new TestClient(port)) {
      return client.ask(request);
    } catch (IOException e) {
      throw new AssertionError("must be answered", e);
    }
  }

  /** Asks twice at once; the second question is not answered once the first was refused. */
  private static boolean isRefused(TestClient client, int status) {
    try {
      client.send(PING);
      client.send(PING);
      return client.receive().get("status").intValue() == status
          || client.receive().get("status").intValue() == status;
    } catch (IOException e) {
      throw new AssertionError("must be answered", e);
    }
  }
}
