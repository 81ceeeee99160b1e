package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.SecretFile;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.protocol.op.Hello;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Requests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, the hello request, and token files. */
class AccessTokenTest {
  private static final String SECRET = "correct horse\u00e9battery";

  @TempDir private Path directory;

  @Test
  void tokensAreComparedAndNeverPrinted() {
    AccessToken token = AccessToken.of(SECRET);
    assertEquals(AccessToken.of(SECRET), token);
    assertEquals(AccessToken.of(SECRET).hashCode(), token.hashCode());
    for (String other : List.of("", "c", SECRET + " ", SECRET.substring(1), SECRET.toUpperCase())) {
      assertNotEquals(AccessToken.of(other), token);
    }
    String printed = token + " " + new Hello(Optional.of(token));
    assertFalse(printed.contains("horse") || printed.contains("" + token.hashCode()), printed);
  }

  @Test
  void noComparisonOfTokensEndsEarly() {
    JavaClasses classes = new ClassFileImporter().importClasses(AccessToken.class);
    ArchRuleDefinition.noClasses()
        .should()
        .callMethod(String.class, "equals", Object.class)
        .orShould()
        .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
        .check(classes);
    ArchRuleDefinition.classes()
        .should(
            ArchConditions.callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class))
        .check(classes);
  }

  @Test
  void helloShowsATokenOrNone() {
    Hello shown = new Hello(Optional.of(AccessToken.of(SECRET)));
    assertEquals(shown, Envelope.read(Requests.encode(shown, Optional.empty())).request());
    Hello none = new Hello(Optional.empty());
    for (String text : List.of("{\"op\":\"hello\"}", "{\"op\":\"hello\",\"token\":null}")) {
      assertEquals(none, Envelope.read(text.getBytes(StandardCharsets.UTF_8)).request());
    }
    for (String token : List.of("7", "[\"a\"]", "{}", "true", "\"\\ud800\"")) {
      String text = "{\"op\":\"hello\",\"token\":" + token + "}";
      Envelope envelope = Envelope.read(text.getBytes(StandardCharsets.UTF_8));
      assertThrows(InvalidRequestException.class, envelope::request, text);
    }
    for (Role role : Role.values()) {
      assertEquals(role, Hello.answer(Hello.payload(role).toTree()));
    }
  }

  @Test
  void rolesMayWhatTheirNamesSay() {
    for (Op op : Op.values()) {
      assertFalse(op.isAllowed(Role.NONE));
      assertEquals(!op.writes() && op != Op.BACKUP, op.isAllowed(Role.READ), op::label);
      assertTrue(op.isAllowed(Role.WRITE));
    }
  }

  @Test
  void aFileHoldsOneToken() throws IOException {
    assertEquals(AccessToken.of("abc"), SecretFile.token(file("# mine\r\n\n  abc \n")));
    assertEquals(AccessToken.of("abc"), SecretFile.token(file("\uFEFFabc\n")));
    for (String text : List.of("", "# none\n", "a\nb\n", "write abc\n")) {
      Path file = file(text);
      String message =
          assertThrows(InvalidRequestException.class, () -> SecretFile.token(file)).getMessage();
      assertFalse(message.contains("abc"), message);
    }
    Path latin = file("");
    Files.write(latin, new byte[] {(byte) 0xe9});
    assertThrows(InvalidRequestException.class, () -> SecretFile.token(latin));
    Path missing = directory.resolve("missing");
    assertThrows(InvalidRequestException.class, () -> SecretFile.token(missing));
    assertThrows(InvalidRequestException.class, () -> SecretFile.token(directory));
  }

  @Test
  void aFileThatEverybodyCanReadHoldsNoSecret() throws IOException {
    FileStore store = Files.getFileStore(directory);
    Assumptions.assumeTrue(store.supportsFileAttributeView(PosixFileAttributeView.class));
    for (String mode : List.of("rw-r--r--", "rw----r--", "rw-----w-")) {
      Path file = file("abc");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      String message =
          assertThrows(InvalidRequestException.class, () -> SecretFile.read(file)).getMessage();
      assertTrue(message.contains("chmod 600"), message);
    }
    Path shared = file("abc");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("r--r-----"));
    assertEquals("abc", SecretFile.read(shared));
  }

  private Path file(String text) throws IOException {
    Path file = Files.createTempFile(directory, "secret", ""); // for its owner alone
    return Files.writeString(file, text);
  }
}
