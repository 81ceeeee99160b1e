package dev.vantage.tsdb.store.sqlite;

/** How a process may read a file of SQLite, by its rights in the file's directory. */
enum ReadAccess {
  /** It can make the files that SQLite shares between readers and writers, as they all do. */
  SHARED,

  /** It uses the files that a writer has made. */
  BESIDE_WRITERS,

  /**
   * Nobody has the file open, and it reads without any lock: what it reads counts only if no writer
   * has come by the end.
   */
  UNCHANGING
}
