package dev.vantage.tsdb.format.table;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The names of a text. Immutable.
 *
 * @param file how errors name it
 * @param fileName the last part of its path, without the extension of gzip
 * @param idName the name from which ids are made
 * @param isMember whether the text is a member of an archive
 */
record SourceName(String file, String fileName, String idName, boolean isMember) {
  private static final String GZIP = ".gz";

  static SourceName of(Path file) {
    String name = unpacked(last(file));
    return new SourceName(file.toString(), name, withoutExtension(name), false);
  }

  /** The names of a member of this archive. */
  SourceName member(String path) {
    String name = unpacked(path.substring(path.lastIndexOf('/') + 1));
    return new SourceName(file + "!" + path, name, withoutExtension(name), true);
  }

  private static String last(Path file) {
    Path last = file.getFileName();
    return last == null ? "" : last.toString();
  }

  private static String unpacked(String name) {
    boolean isPacked = name.toLowerCase(Locale.ROOT).endsWith(GZIP);
    return isPacked ? name.substring(0, name.length() - GZIP.length()) : name;
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
