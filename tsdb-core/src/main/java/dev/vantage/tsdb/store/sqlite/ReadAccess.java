package dev.vantage.tsdb.store.sqlite;

/**
 * The ways in which a process can read an SQLite file, by its permissions in the file's directory.
 */
enum ReadAccess {
  /** The process may create the files that SQLite shares between readers and writers. */
  SHARED,

  /** The process uses the shared files that a writer has created. */
  BESIDE_WRITERS,

  /**
   * The process reads without locks while no writer has the file open. An answer is valid only if
   * no writer has opened the file in the meantime.
   */
  UNCHANGING
}
