package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Files that hold secrets: whoever can read them has what they protect. */
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
   * @throws InvalidRequestException if it is not there, or is not such a file, or if everybody may
   *     read or write it, where the file system knows that
   */
  public static String read(Path file) {
    try {
      checkPrivate(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
    } catch (NoSuchFileException e) {
      throw new InvalidRequestException("file with a secret must exist: file=" + file);
    } catch (CharacterCodingException e) {
      throw new InvalidRequestException("file with a secret must be UTF-8: file=" + file);
    } catch (IOException e) {
      throw new InvalidRequestException(
          "file with a secret must be readable: file="
              + file
              + ", problem="
              + e.getClass().getSimpleName());
    }
  }

  /**
   * Reads a file that belongs to a secret, and may itself be everybody's to read.
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
   * Reads the lines of such a file that say something.
   *
   * @param file the file
   * @return its lines but for blank ones and those that begin with {@code #}, without the blanks
   *     around them
   * @throws InvalidRequestException as {@link #read} does
   */
  public static List<String> lines(Path file) {
    return read(file).lines().map(String::strip).filter(SecretFile::saysSomething).toList();
  }

  /**
   * Tells lines from comments.
   *
   * @param line a line, without the blanks around it
   * @return whether it is neither blank nor begins with {@code #}
   */
  public static boolean saysSomething(String line) {
    return !line.isEmpty() && !line.startsWith("#");
  }

  /**
   * Reads a file with one token.
   *
   * @param file the file: one line, beside blank ones and those that begin with {@code #}
   * @return the token
   * @throws InvalidRequestException as {@link #read} does, and if there is not one such line, of
   *     one word
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
      return; // a file system without these permissions
    }
    if (view.readAttributes().permissions().stream().anyMatch(EVERYBODYS::contains)) {
      throw new InvalidRequestException(
          "file with a secret must not be everybody's to read or write; 'chmod 600 FILE' makes it"
              + " so: file="
              + file);
    }
  }
}
