package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * The file that a group of connections reads, in its state before the first connection was opened.
 * Immutable.
 *
 * @param path its name
 * @param access how the file is read
 * @param key the key that identifies the file, if the file system has keys
 * @param size the size in bytes
 * @param modified the time of the last write
 */
record ReadFile(Path path, ReadAccess access, Optional<Object> key, long size, FileTime modified) {

  /** Records the current state of a file. */
  static ReadFile of(SqliteFile file) {
    Path path = file.path();
    ReadAccess access = file.connections().readAccess();
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new ReadFile(
          path,
          access,
          Optional.ofNullable(found.fileKey()),
          found.size(),
          found.lastModifiedTime());
    } catch (IOException e) {
      throw gone(path);
    }
  }

  /** Returns the same file, read in another way. */
  ReadFile with(ReadAccess other) {
    return new ReadFile(path, other, key, size, modified);
  }

  /** Throws if another file has its name. */
  void checkIsThere() {
    if (key.isPresent() && !key.equals(FileChecks.key(path))) {
      throw FileChecks.isTaken(path) ? replaced() : gone(path);
    }
  }

  /**
   * Returns whether the file was written to since, by a writer or by a program that copied another
   * database over it. Open connections cache some of its pages, so they must then not be used.
   */
  boolean mayBeOverwritten() {
    return !FileStamp.of(path).equals(Optional.of(new FileStamp(size, modified)));
  }

  /** Returns whether a file that is read without locks is unchanged: no writer has opened it. */
  boolean isUnchanged() {
    if (access != ReadAccess.UNCHANGING) {
      return true;
    }
    try {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return key.equals(Optional.ofNullable(now.fileKey()))
          && size == now.size()
          && modified.equals(now.lastModifiedTime())
          && !DatabaseFiles.hasLog(path);
    } catch (IOException e) {
      return false;
    }
  }

  private StoreException replaced() {
    return new StoreException(
        StoreException.Kind.REPLACED,
        "file must stay where it was opened: file=" + path + ", problem=another file is there");
  }

  private static StoreException gone(Path path) {
    return new StoreException(
        StoreException.Kind.REPLACED,
        "file must stay where it was opened: file=" + path + ", problem=it is gone");
  }
}
