package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.testkit.Certificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with and without access to a server, each in its own process. */
@Tag("long")
class EntryTest {
  private static final String WRITER = "wrYt7Q-6pPz0m4Kd9sVb2x";
  private static final String READER = "reAd5L-1cNn8u3Hf7gTe4j";
  private static final String WRONG = "wRoN2B-8kJq5i1Fy6hRa3w";

  @TempDir private static Path directory;

  private static Certificates certificates;
  private static Path tokens;

  @BeforeAll
  static void make() throws Exception {
    certificates = Certificates.make(directory);
    tokens =
        Certificates.secret(
            directory.resolve("tokens"),
            "write " + WRITER + " loader\nread " + READER + " dashboard\n");
  }

  @Test
  void aTokenAndACertificateLetCommandsIn() throws Exception {
    Path database = directory.resolve("db");
    Path values = Files.writeString(directory.resolve("values.csv"), "0,1\n0.25,2\n0.5,4\n");
    String authority = certificates.chain("authority").toString();
    String writer = token("writer", WRITER);
    String reader = token("reader", READER);
    try (ServerProcess server = start(database, "server")) {
      String at = "localhost:" + server.port();
      List<String> insert = List.of("insert", "a", "--file", values.toString(), "--server", at);
      List<String> get = List.of("get", "a", "--server", at, "--format", "json");
      run(insert, "--ca", authority, "--token-file", writer).answered();
      assertEquals(
          "a", run(get, "--ca", authority, "--token-file", reader).json().get("id").textValue());
      run(insert, "--ca", authority, "--token-file", reader).failed(1, "INVALID_OPERATION: token");

      run(get, "--ca", authority).failed(1, "UNAUTHENTICATED: hello");
      String wrong = token("wrong", WRONG);
      run(get, "--ca", authority, "--token-file", wrong).failed(1, "UNAUTHENTICATED: token");
      run(get, "--token-file", writer).failed(3, "--tls");
      run(get, "--tls", "--token-file", writer).failed(3, "authority that is trusted");
      String stranger = certificates.chain("stranger").toString();
      run(get, "--ca", stranger, "--token-file", writer).failed(3, "authority that is trusted");

      ProcessBuilder usual = Run.command(get.toArray(String[]::new));
      usual.environment().put("TSDB_TOKEN_FILE", reader);
      usual.environment().put("TSDB_CA", authority);
      assertEquals("a", Run.process("", usual).json().get("id").textValue());
    }
    String log = Files.readString(directory.resolve("db.log"));
    assertTrue(log.contains("loader") && log.contains("dashboard"), log);
    assertTrue(
        log.lines()
            .anyMatch(line -> line.contains("hello refused") && line.contains("peer=/127.0.0.1:")),
        log);
    for (String secret : List.of(WRITER, READER, WRONG)) {
      assertNothingOf(secret, log);
    }
  }

  private static void assertNothingOf(String secret, String log) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    for (String part :
        List.of(
            secret.substring(0, 6),
            secret.substring(secret.length() - 6),
            HexFormat.of().formatHex(digest).substring(0, 8),
            Base64.getEncoder().encodeToString(digest).substring(0, 8))) {
      assertFalse(log.contains(part), part);
    }
  }

  @Test
  void certificatesThatProveNothingAreRefused() throws Exception {
    String authority = certificates.chain("authority").toString();
    String writer = token("writer", WRITER);
    for (String[] bad :
        new String[][] {{"expired", "expired"}, {"elsewhere", "for the name or address"}}) {
      try (ServerProcess server = start(directory.resolve(bad[0]), bad[0])) {
        List<String> stats = List.of("stats", "--server", "localhost:" + server.port());
        run(stats, "--ca", authority, "--token-file", writer).failed(3, bad[1]);
        // Even if it is its own authority.
        String own = certificates.chain(bad[0]).toString();
        run(stats, "--ca", own, "--token-file", writer).failed(3, bad[1]);
      }
      String log = Files.readString(directory.resolve(bad[0] + ".log"));
      assertFalse(log.contains("hello accepted"), log);
      assertNothingOf(WRITER, log);
    }
  }

  @Test
  void whatCannotBeUsedIsBadUsage() throws Exception {
    List<String> stats = List.of("stats", "--server", "localhost:1");
    run(stats, "--token-file", directory.resolve("none").toString()).failed(2, "must exist");
    run(stats, "--ca", tokens.toString()).failed(2, "certificates in PEM");
    run(List.of("stats", "--db", "x"), "--tls").failed(2, "for a server");
  }

  private static ServerProcess start(Path database, String certificate) throws Exception {
    ServerProcess.start(database, Settings.DEFAULT).close();
    return ServerProcess.start(
        database,
        0,
        "--token-file",
        tokens.toString(),
        "--tls-cert",
        certificates.chain(certificate).toString(),
        "--tls-key",
        certificates.key(certificate).toString());
  }

  private static String token(String name, String token) throws Exception {
    return Certificates.secret(directory.resolve(name), token + "\n").toString();
  }

  private static Run run(List<String> verb, String... more) throws Exception {
    String[] words = new String[verb.size() + more.length];
    verb.toArray(words);
    System.arraycopy(more, 0, words, verb.size(), more.length);
    return Run.process(words);
  }
}
