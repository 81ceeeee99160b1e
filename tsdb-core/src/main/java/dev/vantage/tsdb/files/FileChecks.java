package dev.vantage.tsdb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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

/**
 * Thread-safe. Checks names of files, and publishes finished files. Never follows a symbolic link.
 */
public final class FileChecks {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 8;

  /** The limits of common file systems and systems: bytes of a name and of a path. */
  private static final int MAX_NAME_BYTES = 255;

  private static final int MAX_PATH_BYTES = 4095;

  /** The suffix of an unfinished file's name; random characters precede it. */
  static final String PARTIAL = ".partial";

  private FileChecks() {}

  /**
   * Returns why a file could not be used. The message of the exception is often only the file's
   * name.
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
    if (failure instanceof FileAlreadyExistsException) {
      return "file exists";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a directory";
    }
    return String.valueOf(failure.getMessage());
  }

  /**
   * Returns whether the cause of a failure is the path: its name, its kind or its permissions.
   * Other causes, such as a full disk, are temporary.
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

  /**
   * Returns whether a path is too long, leads through a file, or through links that form a circle.
   * A file system that does not respond is not the fault of the path.
   */
  private static boolean cannotBeLookedUp(String name) {
    try {
      Path path = Path.of(name).toAbsolutePath();
      return bytes(path) > MAX_PATH_BYTES || leadsNowhere(path);
    } catch (InvalidPathException e) {
      return true;
    }
  }

  /** Judges the part of a path just below the last ancestor that can be looked up. */
  private static boolean leadsNowhere(Path path) {
    Path below = path;
    boolean missing = false;
    for (Path place = path; place != null; place = place.getParent()) {
      try {
        boolean directory = Files.readAttributes(place, BasicFileAttributes.class).isDirectory();
        return !place.equals(path)
            && (!directory
                || (!missing && Files.isSymbolicLink(below))
                || bytes(below.getFileName()) > MAX_NAME_BYTES);
      } catch (IOException e) {
        below = place;
        missing = e instanceof NoSuchFileException;
      }
    }
    return false;
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Returns whether a name is taken. A dangling symbolic link takes its name too.
   *
   * @param path the name
   * @return whether the name is taken
   */
  public static boolean isTaken(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Returns the key that identifies a file while it exists, whatever its names are.
   *
   * @param path a name of the file; a symbolic link counts as a file of its own
   * @return the key; empty if there is no file, or the file system has no keys
   */
  public static Optional<Object> key(Path path) {
    return readKey(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the key of the target, if the path is a symbolic link. */
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
   * Checks that a name is free, or belongs to a regular file with no other hard link. Through
   * another link, other users could have the file changed.
   *
   * @param path the name
   * @return the broken rule with its values; empty if there is none
   * @throws IOException if the file cannot be examined
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
      return Optional.of("file must be a regular file: file=" + path);
    }
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Object names = Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      if (!names.equals(1)) {
        return Optional.of("file must have no other hard links: file=" + path + ", names=" + names);
      }
    }
    return Optional.empty();
  }

  /** Returns an unguessable name in the same directory. */
  static Path randomName(Path target) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return target.resolveSibling(
        target.getFileName() + "." + HexFormat.of().formatHex(random) + PARTIAL);
  }

  /**
   * Returns the permissions of new files, before the process's umask: users outside the owner's
   * group may never write.
   *
   * @param path the path of the new file
   * @return the permissions; empty if the file system has none
   */
  public static FileAttribute<?>[] permissions(Path path) {
    return permissions(path, "rw-rw-r--");
  }

  /** Returns whether the file system has POSIX permissions. */
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
   * Forces a file, or the entries of a directory, to the disk.
   *
   * @param path the file; must not be locked by this process
   * @throws IOException if that fails
   */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Renames a file durably.
   *
   * @param file the file, already forced to the disk
   * @param target the new name, on the same file system
   * @throws FileAlreadyExistsException if the name is taken; the existing file is unchanged
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

  /**
   * Links the new name. If two processes do this at once, one of them fails; after a check and a
   * move, both would succeed.
   */
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
   * Returns the directory of a file.
   *
   * @param file the file
   * @return its directory, as an absolute path
   */
  public static Path parent(Path file) {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }
}
