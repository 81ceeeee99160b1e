package dev.vantage.tsdb.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Markdown file that people follow.
 *
 * @param file where it is, from the root of the project
 * @param lines its lines
 * @param blocks its blocks of code, in order
 */
record Page(Path file, List<String> lines, List<Block> blocks) {
  static final Path PROJECT = Path.of(System.getProperty("tsdb.project"));
  private static final String FENCE = "```";
  private static final List<String> NAMES =
      List.of("README.md", "PROTOCOL.md", "LANGUAGE.md", "DISTANCES.md");
  private static final int DEPTH = 3;

  /** The file at the root. */
  static Page root() {
    return read(Path.of("README.md"));
  }

  /** All of them. */
  static Stream<Page> all() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT, DEPTH)) {
      return files
          .filter(file -> NAMES.contains(file.getFileName().toString()))
          .filter(file -> !file.toString().contains("/target/"))
          .map(file -> read(PROJECT.relativize(file)))
          .toList()
          .stream();
    }
  }

  static Page read(Path file) {
    try {
      List<String> lines = Files.readAllLines(PROJECT.resolve(file));
      return new Page(file, lines, blocks(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Block> blocks(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        List<String> head = List.of((lines.get(i).substring(FENCE.length()) + " ").split(" "));
        int end = i + 1;
        StringBuilder text = new StringBuilder();
        for (; !lines.get(end).equals(FENCE); end++) {
          text.append(lines.get(end)).append('\n');
        }
        String language = head.isEmpty() ? "" : head.get(0);
        List<String> words = head.isEmpty() ? List.of() : head.subList(1, head.size());
        blocks.add(new Block(i + 1, language, words, text.toString()));
        i = end;
      }
    }
    return blocks;
  }

  /** Whether it is the one at the root. */
  boolean isFirst() {
    return file.getNameCount() == 1;
  }

  /** The lines outside of blocks. */
  String prose() {
    StringBuilder prose = new StringBuilder();
    boolean inside = false;
    for (String line : lines) {
      boolean fence = line.startsWith(FENCE);
      if (!fence && !inside) {
        prose.append(line).append('\n');
      }
      inside ^= fence;
    }
    return prose.toString();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
