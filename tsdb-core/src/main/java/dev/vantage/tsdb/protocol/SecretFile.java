package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Reads files that hold secrets, such as tokens and private keys. Thread-safe. */
public final class SecretFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final Set<PosixFilePermission> EVERYBODYS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * Reads a file that holds secrets. Messages of failures name the file and nothing in it.
   *
   * @param file the file, UTF-8, of at most 1 MiB
   * @return its text
   * @throws InvalidRequestException if the file is missing, too long or not UTF-8, or if everybody
   *     may read or write it, where the file system has such permissions
   */
  public static String read(Path file) {
    try {
      checkPrivate(file);
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
      // Some editors put a byte order mark before the first token.
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new InvalidRequestException("file with a secret must exist: file=" + file);
    } catch (CharacterCodingException e) {
      throw new InvalidRequestException("file with a secret must be UTF-8: file=" + file);
    } catch (IOException e) {
      throw new InvalidRequestException(
          "file with a secret must be readable: file="
              + file
              + ", problem="
              + (e instanceof AccessDeniedException ? "permission denied" : e.getMessage()));
    }
  }

  /**
   * Reads a file that belongs to a secret but may be readable by everybody, such as a certificate.
   *
   * @param file the file, of at most 1 MiB
   * @return its bytes
   * @throws InvalidRequestException if it is longer
   * @throws IOException if it cannot be read
   */
  public static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidRequestException(
            "file with a secret or a certificate must have at most "
                + MAX_BYTES
                + " bytes: file="
                + file);
      }
      return bytes;
    }
  }

  /**
   * Reads the lines of a file that holds secrets, without blank lines and comments.
   *
   * @param file the file
   * @return its lines without surrounding blanks, except blank lines and lines that begin with
   *     {@code #}
   * @throws InvalidRequestException as {@link #read} does
   */
  public static List<String> lines(Path file) {
    return read(file).lines().map(String::strip).filter(SecretFile::saysSomething).toList();
  }

  /**
   * Says whether a line has content.
   *
   * @param line a line without surrounding blanks
   * @return whether the line is not blank and does not begin with {@code #}
   */
  public static boolean saysSomething(String line) {
    return !line.isEmpty() && !line.startsWith("#");
  }

  /**
   * Reads a file with one token.
   *
   * @param file the file: one line, apart from blank lines and lines that begin with {@code #}
   * @return the token
   * @throws InvalidRequestException as {@link #read} does, or if the file does not have exactly one
   *     such line, of one word
   */
  public static AccessToken token(Path file) {
    List<String> lines = lines(file);
    if (lines.size() != 1 || lines.get(0).chars().anyMatch(Character::isWhitespace)) {
      throw new InvalidRequestException(
          "file with a token must have one line with one word: file="
              + file
              + ", lines="
              + lines.size());
    }
    return AccessToken.of(lines.get(0));
  }

  private static void checkPrivate(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return; // the file system has no such permissions
    }
    if (view.readAttributes().permissions().stream().anyMatch(EVERYBODYS::contains)) {
      throw new InvalidRequestException(
          "file with a secret must not be readable or writable by everybody: file="
              + file
              + "; hint: chmod 600 FILE");
    }
  }
}
