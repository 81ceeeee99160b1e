package dev.vantage.tsdb.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What shows that a file was written to. A change within the grain of the file system's clock that
 * keeps the size is not seen. Immutable.
 *
 * @param size its bytes
 * @param modified when it was written to last
 */
record FileStamp(long size, FileTime modified) {

  /** The stamp of a file now; empty if there is none. */
  static Optional<FileStamp> of(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new FileStamp(found.size(), found.lastModifiedTime()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
