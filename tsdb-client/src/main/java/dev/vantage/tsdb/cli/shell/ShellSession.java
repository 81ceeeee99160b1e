package dev.vantage.tsdb.cli.shell;

import java.util.List;

/** What evaluates the entries of a shell. Called by one thread at a time. */
public interface ShellSession {
  /** Whether the shell goes on after an entry. */
  enum Next {
    /** It waits for the next entry. */
    ENTRY,
    /** It ends. */
    END
  }

  /**
   * Evaluates an entry and prints its values or its failure. Ends soon after its thread is
   * interrupted.
   *
   * @param entry one or more forms, or a command
   * @param rows the most rows of a table to print
   * @return whether the shell goes on
   */
  Next answer(String entry, int rows);

  /** {@return the names that were defined} */
  List<String> definitions();

  /** {@return the attributes of the database; empty if they do not come at once} */
  List<String> attributes();

  /**
   * Finds ids of stored series.
   *
   * @param prefix how the ids begin
   * @return some of them in order; empty if they do not come at once
   */
  List<String> ids(String prefix);
}
