package dev.vantage.tsdb;

import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs operations on databases, each an argument of words between commas, and prints each result.
 */
final class FilesProcess {
  private FilesProcess() {}

  public static void main(String[] arguments) {
    for (String argument : arguments) {
      String[] words = argument.split(",");
      try {
        System.out.println(words[0] + ": " + run(words));
      } catch (Throwable e) {
        System.out.println(words[0] + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  private static Object run(String[] words) throws Exception {
    return switch (words[0]) {
      case "read" -> {
        try (EmbeddedTsdb database = open(words[1], OpenOptions.Access.READ_ONLY)) {
          yield ids(database);
        }
      }
      case "write" -> {
        try (EmbeddedTsdb database = open(words[1], OpenOptions.Access.OPEN_OR_CREATE)) {
          yield ids(database);
        }
      }
      case "insert" -> {
        // Not closed: the end of the process is that of a killed one.
        EmbeddedTsdb database = open(words[1], OpenOptions.Access.OPEN_OR_CREATE);
        for (String id : words[2].split(" ")) {
          database.insert(id, TimeSeries.ofValues(id.hashCode(), 1, 2, 0.5));
        }
        System.out.println("inserted: " + ids(database));
        Runtime.getRuntime().halt(9);
        yield "";
      }
      case "serve" -> {
        // Runs a reader that answers requests on standard input until that ends.
        try (EmbeddedTsdb database = open(words[1], OpenOptions.Access.READ_ONLY)) {
          System.out.println("serving: " + ids(database));
          for (int asked = System.in.read(); asked >= 0; asked = System.in.read()) {
            if (asked == '\n') {
              System.out.println(answer(database));
            }
          }
          yield "served";
        }
      }
      case "verify" -> EmbeddedTsdb.verify(words[1], VerifyOptions.ALL, Progress.NONE).problems();
      case "exists" -> EmbeddedTsdb.exists(words[1]);
      case "restore" -> {
        EmbeddedTsdb.restore(Path.of(words[1]), Path.of(words[2]));
        yield "done";
      }
      case "backup", "export" -> {
        try (EmbeddedTsdb database = open(words[1], OpenOptions.Access.READ_ONLY)) {
          System.out.println("open");
          if (words[0].equals("backup")) {
            database.backup(Path.of(words[2]));
          } else {
            database.export(Path.of(words[2]), Progress.NONE);
          }
          yield "done";
        }
      }
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static String answer(EmbeddedTsdb database) {
    try {
      database.refresh();
      return ids(database).toString();
    } catch (TsdbException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  /** The ids, when all of the series can be read and searched for. */
  private static List<String> ids(EmbeddedTsdb database) {
    List<String> ids = database.ids(IdQuery.first(Integer.MAX_VALUE));
    ids.forEach(id -> database.get(id));
    ids.forEach(id -> database.search(Query.like(id).nearest(1)));
    return ids;
  }

  private static EmbeddedTsdb open(String directory, OpenOptions.Access access) {
    OpenOptions options = OpenOptions.DEFAULT.withAccess(access).withThreads(1);
    return Tsdb.open(Path.of(directory), options);
  }

  /** Returns the output of a process for each argument. */
  static List<String> said(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    try {
      List<String> lines = process.inputReader().lines().toList();
      process.waitFor();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  static List<String> said(String... arguments) throws Exception {
    return said(JavaProcess.of(FilesProcess.class, arguments));
  }
}
