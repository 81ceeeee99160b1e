package dev.vantage.tsdb.readme;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of code in a Markdown file.
 *
 * @param line the line that opens it, from 1
 * @param language the first word after the fence
 * @param words the further words after the fence
 * @param text the lines between the fences, each with a line feed
 */
record Block(int line, String language, List<String> words, String text) {
  private static final List<String> MARKS = List.of("soak", "server", "request", "response");
  private static final Pattern RUN = Pattern.compile("sh|java");

  /** Whether it is a program to run. */
  boolean isRun() {
    return RUN.matcher(language).matches();
  }

  /** Whether it takes minutes or more than one machine. */
  boolean isSoak() {
    return words.contains("soak");
  }

  /** Whether it is a server that runs while the blocks after it do. */
  boolean isServer() {
    return words.contains("server");
  }

  /** Whether it is a file that the blocks after it read; its only word names it. */
  boolean isFile() {
    return !isRun() && words.size() == 1 && !MARKS.contains(words.get(0));
  }

  /** Whether it is what the block before it prints. */
  boolean isOutput() {
    return language.equals("text") && words.isEmpty();
  }
}
