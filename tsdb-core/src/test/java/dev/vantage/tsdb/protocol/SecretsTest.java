package dev.vantage.tsdb.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages never show a secret, wherever it was typed; other messages are unchanged. */
class SecretsTest {
  private static final String PASSWORD = "s3cr3t-pw";

  private static String printed(String message, String... arguments) {
    StringWriter out = new StringWriter();
    Secrets.of(arguments, Map.of()).over(out).print(message);
    return out.toString();
  }

  @Test
  void addressesLoseTheirPasswordWhereverTheyAre() {
    for (String address :
        List.of(
            "postgresql://u:" + PASSWORD + "@h/db",
            "postgres://u:" + PASSWORD + "@h/db",
            "POSTGRESQL://u:" + PASSWORD + "@h/db",
            "jdbc:postgresql://u:" + PASSWORD + "@h/db",
            "postgresql:/u:" + PASSWORD + "@h/db",
            "postgresql:u:" + PASSWORD + "@h/db",
            "postgresql://:" + PASSWORD + "@h/db",
            "postgresql://u:@" + PASSWORD + "@:/x@h/db",
            "postgresql://u:it's" + PASSWORD + "@h/db",
            "postgresql%3A%2F%2Fu%3A" + PASSWORD + "%40h%2Fdb",
            "https://u:" + PASSWORD + "@h:7207",
            "jdbc:postgresql://h/db?user=u&password=" + PASSWORD,
            "postgresql://h/db?sslpassword=" + PASSWORD + "&user=u",
            "--db=postgresql://u:" + PASSWORD + "@h/db",
            "--password=" + PASSWORD,
            "PGPASSWORD=" + PASSWORD)) {
      for (String message :
          List.of("%s", "Unmatched argument at index 2: '%s'", "id=%s, file=%s", "%s.more: x")) {
        String text = message.replace("%s", address);
        assertFalse(Secrets.maskedIn(text).contains(PASSWORD), text);
        assertFalse(printed(text, address).contains(PASSWORD), text);
        String asPath = message.replace("%s", Path.of(address).toString());
        assertFalse(printed(asPath, "x", address).contains(PASSWORD), asPath);
      }
    }
  }

  @Test
  void argumentsSayWhereASecretEnds() {
    String spaced = "two words: " + PASSWORD + " 'quoted'";
    for (String[] arguments :
        new String[][] {
          {"list", "postgresql://u:" + spaced + "@h/db"},
          {"--db", "postgresql://u:" + spaced + "@h/db"},
          {"--db", "postgresql//u:" + spaced + "@h/db"},
          {"--db", "./u:" + spaced + "@h/db"},
          {"--db=postgresql://u:" + spaced + "@h/db"},
          {"--password", spaced},
          {"--password=" + spaced},
          {"--token", spaced},
          {"--server", "u:" + spaced + "@h:7207"},
          {"--server=u:" + spaced + "@h:7207"},
        }) {
      for (String message : arguments) {
        String text = "Unmatched: '" + message + "', part=" + spaced;
        assertFalse(printed(text, arguments).contains(PASSWORD), Arrays.toString(arguments));
      }
    }
    String encoded = "postgresql://u:s%40cr%20t@h/db";
    assertEquals("reason=***", printed("reason=s@cr t", encoded));
  }

  @Test
  void aTokenInPlaceOfItsFileIsNotShown() {
    String token = "q8Fz/3kLm+Zx91bTnRw2Yc7VdSe0uHjG4pA5oKiXl1E=";
    assertEquals("file=***", printed("file=" + token, "--token-file", token));
    assertEquals("file=***", printed("file=" + token, "--token-file=" + token));
    for (String file :
        List.of("tokens", "reader.token", "./tsdb-reader-token-1", "/etc/token-01-of-the-server")) {
      assertEquals("file=" + file, printed("file=" + file, "--token-file", file));
    }
  }

  @Test
  void ordinaryMessagesStayAsTheyAre() {
    for (String message :
        List.of(
            "k must be >= 1: k=0",
            "server must be reachable: address=127.0.0.1:7207, tries=3",
            "id must not be taken: id=12:30@home",
            "file must exist: file=/data/a@b/c:d",
            "listening on [::1]:7207",
            "https://example.org:80/path and user@example.org",
            "postgresql://db.example:5432/stars?currentSchema=tsdb",
            "token must be valid: token=wrong",
            "UNKNOWN_ERROR: 100 % of it",
            "")) {
      assertEquals(message, printed(message, "similar", "a", "-k", "0"));
    }
    String short1 = "postgresql://u:a@h/db";
    assertEquals("a message: postgresql://u@h/db", printed("a message: " + short1, short1));
  }
}
