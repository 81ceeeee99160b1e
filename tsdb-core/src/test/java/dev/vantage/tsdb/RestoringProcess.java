package dev.vantage.tsdb;

import java.nio.file.Path;

/** Restores a database from a file, and prints its progress and the result. */
final class RestoringProcess {
  private RestoringProcess() {}

  public static void main(String[] arguments) {
    try {
      EmbeddedTsdb.restore(
          Path.of(arguments[0]),
          arguments[1],
          (stored, of) -> System.out.println("stored " + stored));
      System.out.println("done");
    } catch (TsdbException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
