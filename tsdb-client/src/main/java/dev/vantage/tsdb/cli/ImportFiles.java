package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.OtherFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files to import: the named files, and the files of the named directories, in order. Files of
 * directories that hold no series are skipped and counted. Immutable.
 *
 * @param files the files
 * @param skipped the number of skipped files of directories, by reason
 */
record ImportFiles(List<Path> files, Map<String, Long> skipped) {
  /** Why a directory is skipped whose files cannot be found. */
  private static final String UNLISTED = "directory that cannot be listed";

  /**
   * Collects the files, also those in the directories in directories if that is wanted.
   *
   * @param isOutput says of files in directories whether the import writes them
   */
  static ImportFiles of(List<Path> given, boolean recursive, Predicate<Path> isOutput) {
    List<Path> files = new ArrayList<>();
    Map<String, Long> skipped = new LinkedHashMap<>();
    for (Path one : given) {
      if (Files.isDirectory(one)) {
        walk(one, recursive, isOutput, files, skipped);
      } else {
        files.add(one);
      }
    }
    return new ImportFiles(files, skipped);
  }

  private static void walk(
      Path directory,
      boolean recursive,
      Predicate<Path> isOutput,
      List<Path> files,
      Map<String, Long> skipped) {
    List<Path> inside;
    try (Stream<Path> all = Files.list(directory)) {
      inside = all.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      skipped.merge(UNLISTED, 1L, Long::sum);
      return;
    }
    for (Path one : inside) {
      String reason = isOutput.test(one) ? "file of --rejects" : reason(one, recursive);
      if (!reason.isEmpty()) {
        skipped.merge(reason, 1L, Long::sum);
      } else if (Files.isDirectory(one)) {
        walk(one, recursive, isOutput, files, skipped);
      } else {
        files.add(one);
      }
    }
  }

  /** Why something in a directory is skipped; empty if it is not. */
  private static String reason(Path one, boolean recursive) {
    String name = one.getFileName().toString();
    if (name.startsWith(".")) {
      return "hidden";
    }
    if (Files.isDirectory(one)) {
      boolean isLink = Files.isSymbolicLink(one);
      if (isLink || !recursive) {
        return isLink ? "link to a directory" : "directory";
      }
      return DatabaseLocation.exists(one.toString()) ? "database" : "";
    }
    if (!Files.isRegularFile(one)) {
      return "no regular file";
    }
    return OtherFiles.extension(name).orElse("");
  }

  /** {@return a line with the number of skipped files by reason; empty if none was skipped} */
  String skippedInWords() {
    long all = skipped.values().stream().mapToLong(Long::longValue).sum();
    return all == 0
        ? ""
        : skipped.entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining(", ", "skipped in directories: " + all + " (", ")"));
  }

  /** The size of a file in bytes; 0 if it is not known. */
  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // reading the file will report the problem
    }
  }
}
