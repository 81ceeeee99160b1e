package dev.vantage.tsdb.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * The size and modification time of a file, to detect writes. Immutable. Does not detect a write
 * that keeps the size within one tick of the file system's clock.
 *
 * @param size the size in bytes
 * @param modified the time of the last write
 */
record FileStamp(long size, FileTime modified) {

  /** Returns the current stamp of a file; empty if there is no file. */
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
