package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of the database in a directory. Immutable.
 *
 * @param directory the directory; its path may contain symbolic links, but its files must not be
 *     links
 */
record DatabaseFiles(Path directory) {
  /** The main file. The log may hold later changes. */
  static final String NAME = "tsdb.sqlite";

  static final String LOG = NAME + "-wal";
  static final String MEMORY = NAME + "-shm";
  static final String JOURNAL = NAME + "-journal";
  static final String MARK = NAME + "-mark";
  static final String LOCK = "writer.lock";

  /** The names of all files that a database may consist of. */
  static final Set<String> NAMES = Set.of(NAME, LOG, MEMORY, JOURNAL, MARK, LOCK);

  Path file() {
    return directory.resolve(NAME);
  }

  Path log() {
    return directory.resolve(LOG);
  }

  Path mark() {
    return directory.resolve(MARK);
  }

  Path lock() {
    return directory.resolve(LOCK);
  }

  /** Returns whether a file has a log that is not empty. A full disk can leave an empty log. */
  static boolean hasLog(Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return FileStamp.of(log).filter(found -> found.size() > 0).isPresent();
  }

  /** Refuses files that other users can change, directly or through other names. */
  void check() {
    for (String name : NAMES) {
      Path path = directory.resolve(name);
      try {
        Optional<String> problem = FileChecks.problem(path);
        if (problem.isPresent()) {
          throw new StoreException(
              StoreException.Kind.INVALID_LOCATION,
              problem.get() + "; a database must not share its files");
        }
      } catch (IOException e) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "file must be accessible: file=" + path + ", reason=" + FileChecks.reason(e),
            e);
      }
    }
  }

  /** Refuses a directory that holds parts of a database whose main file is gone. */
  void checkMainFileIsNotMissing() {
    List<String> left = taken(List.of(LOG, MEMORY, JOURNAL, MARK));
    if (!FileChecks.isTaken(file()) && !left.isEmpty()) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "a part of the database is missing: file="
              + file()
              + ", existing parts: "
              + String.join(", ", left)
              + "; hint: put it back if it was moved; else move the other files to another directory,"
              + " because the log may hold the last changes, and restore a backup or an export");
    }
  }

  private List<String> taken(List<String> names) {
    return names.stream()
        .filter(name -> FileChecks.isTaken(directory.resolve(name)))
        .map(name -> "file=" + directory.resolve(name))
        .toList();
  }

  /**
   * Refuses to create a database beside files of another one: SQLite would apply another file's log
   * or journal to the new file.
   */
  void checkNothingIsThere() {
    List<String> taken = taken(List.of(NAME, LOG, MEMORY, JOURNAL));
    if (!taken.isEmpty()) {
      String parts =
          taken.contains("file=" + file())
              ? ""
              : "; hint: put back "
                  + NAME
                  + " if it was moved; else move these files to another directory, because the log"
                  + " may hold the last changes of the former database, and try again";
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "directory must not hold a database or parts of one: "
              + String.join(", ", taken)
              + parts);
    }
  }
}
