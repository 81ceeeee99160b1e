package dev.vantage.tsdb.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A path is refused for what it names; another path would do. */
final class RefusedPathException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  RefusedPathException(Path path, String reason) {
    super(path.toString(), null, reason);
  }
}
