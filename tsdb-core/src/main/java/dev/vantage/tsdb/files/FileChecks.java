package dev.vantage.tsdb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** Checks names of files, and publishes finished files. Thread-safe. Never follows a link. */
public final class FileChecks {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 8;

  /** The suffix of an unfinished file's name; random characters precede it. */
  static final String PARTIAL = ".partial";

  private FileChecks() {}

  /**
   * Says why a file could not be used. What Java says is often the name of the file alone.
   *
   * @param failure the failure
   * @return the reason, in words
   */
  public static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason();
    }
    return String.valueOf(failure.getMessage());
  }

  /**
   * Says whether a file could not be used because of where it is or what it is. Any other reason is
   * the system's, and may pass: a full disk, for example.
   *
   * @param failure the failure
   * @return whether another name, or other permissions, would help
   */
  public static boolean isOfPath(IOException failure) {
    return failure instanceof AccessDeniedException
        || failure instanceof NoSuchFileException
        || failure instanceof FileAlreadyExistsException
        || failure instanceof NotDirectoryException
        || failure instanceof RefusedPathException
        || failure instanceof FileSystemException other
            && other.getFile() != null
            && cannotBeLookedUp(other.getFile());
  }

  /** Whether a name is too long, leads through a file, or through links that go in a circle. */
  private static boolean cannotBeLookedUp(String name) {
    try {
      Files.readAttributes(Path.of(name), BasicFileAttributes.class);
      return false;
    } catch (NoSuchFileException e) {
      return false; // the name is in order, and not taken
    } catch (IOException | InvalidPathException e) {
      return true;
    }
  }

  /**
   * Says whether a name is taken, also by a symbolic link that leads nowhere.
   *
   * @param path the name
   * @return whether it is
   */
  public static boolean isTaken(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * What tells a file from all others while it exists, whatever its names are.
   *
   * @param path a name of it; a symbolic link is a file of its own
   * @return its key; empty if there is no file, or the system has no keys
   */
  public static Optional<Object> key(Path path) {
    return readKey(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The key of what a symbolic link leads to, if the path is one. */
  static Optional<Object> keyOfTarget(Path path) {
    return readKey(path);
  }

  private static Optional<Object> readKey(Path path, LinkOption... options) {
    try {
      return Optional.ofNullable(
          Files.readAttributes(path, BasicFileAttributes.class, options).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Says what keeps a name from being that of an ordinary file with no other name. Through another
   * name of a file, strangers could have it changed.
   *
   * @param path the name
   * @return the rule that it breaks, with the values; empty if it is in order or not taken
   * @throws IOException if that cannot be found out
   */
  public static Optional<String> problem(Path path) throws IOException {
    if (!isTaken(path)) {
      return Optional.empty();
    }
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      return Optional.of("file must not be a symbolic link: file=" + path);
    }
    if (!found.isRegularFile()) {
      return Optional.of("file must be an ordinary one: file=" + path);
    }
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Object names = Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      if (!names.equals(1)) {
        return Optional.of(
            "file must have one name only, no hard links: file=" + path + ", names=" + names);
      }
    }
    return Optional.empty();
  }

  /** A name beside another that nobody can guess. */
  static Path randomName(Path target) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return target.resolveSibling(
        target.getFileName() + "." + HexFormat.of().formatHex(random) + PARTIAL);
  }

  /**
   * With what permissions a file is made, before the process's mask: nobody else may ever write.
   *
   * @param path where the file is made
   * @return them, where the system has them
   */
  public static FileAttribute<?>[] permissions(Path path) {
    return permissions(path, "rw-rw-r--");
  }

  /** Whether files have permissions there, as POSIX says. */
  static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  static FileAttribute<?>[] permissions(Path path, String permissions) {
    return hasPermissions(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Brings a file, or the names in a directory, to the disk.
   *
   * @param path the file; must not be one that is locked by this process
   * @throws IOException if that fails
   */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Gives a file another name in place of its own, durably.
   *
   * @param file the file, which is on the disk
   * @param target the name, in a directory of the same file system
   * @throws FileAlreadyExistsException if the name is taken; what has it stays as it is
   * @throws IOException if that fails
   */
  public static void publish(Path file, Path target) throws IOException {
    if (link(file, target)) {
      Files.delete(file);
    } else if (isTaken(target)) {
      throw new FileAlreadyExistsException(target.toString());
    } else {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }
    force(parent(target));
  }

  /** Where two do this at once, one of them fails; a check and a move would let both win. */
  private static boolean link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
      return true;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false; // some file systems have no hard links
    }
  }

  /**
   * The directory of a file.
   *
   * @param file the file
   * @return its directory, as an absolute path
   */
  public static Path parent(Path file) {
    Path absolute = file.toAbsolutePath();
    return absolute.getNameCount() == 0 ? absolute : absolute.getParent();
  }
}
