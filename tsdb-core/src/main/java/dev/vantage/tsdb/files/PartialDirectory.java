package dev.vantage.tsdb.files;

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
 * A directory in which a file is made by a library that has only names of files. It has a random
 * name beside the file's own, which ends in {@code .partial}, and nobody else may use it; closing
 * it removes it. Not thread-safe.
 */
public final class PartialDirectory implements AutoCloseable {
  private static final Pattern CHANCE = Pattern.compile("\\.[0-9a-f]{16}\\.partial");

  private final Path path;

  private PartialDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes a directory.
   *
   * @param target the file that is to be made in it
   * @return the directory
   * @throws IOException if it cannot be made
   */
  public static PartialDirectory beside(Path target) throws IOException {
    Path path = FileChecks.randomName(target);
    Files.createDirectory(path, FileChecks.permissions(path, "rwx------"));
    return new PartialDirectory(path.toRealPath());
  }

  /**
   * Makes an empty file in it, which the library fills.
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
   * Removes directories that processes left which were killed before they had made a file. What
   * holds anything but ordinary files of known names is not ours, and stays. Nobody may be making
   * the same file meanwhile.
   *
   * @param target the file
   * @param names what files there may be in such a directory
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
      // It is in nobody's way.
    }
  }

  @Override
  public void close() {
    try {
      remove(path, Set.of());
    } catch (IOException e) {
      // It is in nobody's way, and removed when the file is made another time.
    }
  }

  /** Removes a directory with the files in it, of these names only unless none are given. */
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

  /** Opens the directory itself, not what a link that has taken its place leads to. */
  private static DirectoryStream<Path> open(Path directory) throws IOException {
    DirectoryStream<Path> parent = Files.newDirectoryStream(directory.getParent());
    if (parent instanceof SecureDirectoryStream<Path> secure) {
      try (secure) {
        return secure.newDirectoryStream(directory.getFileName(), LinkOption.NOFOLLOW_LINKS);
      }
    }
    parent.close();
    return Files.newDirectoryStream(directory);
  }
}
