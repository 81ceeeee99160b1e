package dev.vantage.tsdb.files;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A temporary directory for a file that another library creates by name. Not thread-safe. The
 * directory lies beside the final file, has a random name that ends in {@code .partial}, and only
 * its owner can access it. Closing removes it.
 */
public final class PartialDirectory implements AutoCloseable {
  private static final Pattern CHANCE = Pattern.compile("\\.[0-9a-f]{16}\\.partial");

  private final Path path;

  private PartialDirectory(Path path) {
    this.path = path;
  }

  /**
   * Creates a directory.
   *
   * @param target the final file
   * @return the directory
   * @throws IOException if it cannot be made
   */
  public static PartialDirectory beside(Path target) throws IOException {
    Path path = FileChecks.randomName(target);
    Files.createDirectory(path, FileChecks.permissions(path, "rwx------"));
    return new PartialDirectory(path.toRealPath());
  }

  /**
   * Creates an empty file in the directory. The library fills it.
   *
   * @param name the file's name
   * @return its path, in which no component is a symbolic link
   * @throws IOException if it cannot be made
   */
  public Path makeFile(String name) throws IOException {
    Path file = path.resolve(name);
    return Files.createFile(file, FileChecks.permissions(file));
  }

  /**
   * Removes the directories that killed processes left behind. A directory that contains anything
   * except regular files of the given names is kept: another program made it. The caller must
   * prevent concurrent creation of the same file.
   *
   * @param target the file
   * @param names the names of files that such a directory may contain
   */
  public static void removeLeft(Path target, Set<String> names) {
    String prefix = target.getFileName().toString();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(FileChecks.parent(target))) {
      for (Path one : all) {
        String name = one.getFileName().toString();
        if (name.startsWith(prefix)
            && CHANCE.matcher(name.substring(prefix.length())).matches()
            && Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
          remove(one, names);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A directory that remains does no harm.
    }
  }

  @Override
  public void close() {
    try {
      remove(path, Set.of());
    } catch (IOException e) {
      // A directory that remains does no harm; the next creation of the file removes it.
    }
  }

  /**
   * Removes a directory and its files. If names are given, only files of these names are removed.
   */
  private static void remove(Path directory, Set<String> names) throws IOException {
    try (DirectoryStream<Path> files = open(directory)) {
      List<Path> found = new ArrayList<>();
      for (Path file : files) {
        Path name = file.getFileName();
        BasicFileAttributeView view =
            files instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(
                    name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(
                    file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.readAttributes().isRegularFile()
            || (!names.isEmpty() && !names.contains(name.toString()))) {
          return;
        }
        found.add(file);
      }
      for (Path file : found) {
        if (files instanceof SecureDirectoryStream<Path> secure) {
          secure.deleteFile(file.getFileName());
        } else {
          Files.delete(file);
        }
      }
    }
    Files.delete(directory);
  }

  /** Opens the directory itself. A symbolic link in its place is not followed. */
  @MustBeClosed
  private static DirectoryStream<Path> open(Path directory) throws IOException {
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(FileChecks.parent(directory))) {
      return parent instanceof SecureDirectoryStream<Path> secure
          ? secure.newDirectoryStream(directory.getFileName(), LinkOption.NOFOLLOW_LINKS)
          : Files.newDirectoryStream(directory);
    }
  }
}
