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
 * The file that a group of connections reads, as it was before the first of them was opened.
 * Immutable.
 *
 * @param path its name
 * @param access how it is read
 * @param key what tells it from others, where the system has that
 * @param size its bytes
 * @param modified when it was changed last
 */
record ReadFile(Path path, ReadAccess access, Optional<Object> key, long size, FileTime modified) {

  /** Takes note of a file. */
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

  /** The same file, read in another way. */
  ReadFile with(ReadAccess other) {
    return new ReadFile(path, other, key, size, modified);
  }

  /** Refuses to go on where another file has its name. */
  void checkIsThere() {
    if (key.isPresent() && !key.equals(FileChecks.key(path))) {
      throw FileChecks.isTaken(path) ? replaced() : gone(path);
    }
  }

  /**
   * Whether the file was written to since, by a writer or by somebody who put another database into
   * it. Connections that are open have some of its pages in memory, and must not be used then.
   */
  boolean mayBeOverwritten() {
    return !FileStamp.of(path).equals(Optional.of(new FileStamp(size, modified)));
  }

  /** Whether what is read without locks is still what was opened: no writer has come. */
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
