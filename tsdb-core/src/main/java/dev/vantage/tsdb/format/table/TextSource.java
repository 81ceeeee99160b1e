package dev.vantage.tsdb.format.table;

import java.io.InputStream;

/**
 * One text to read: a file, the contents of a gzip file, or a member of a zip archive. Not
 * thread-safe.
 */
public final class TextSource {
  private final LineReader lines;
  private final SourceName name;

  TextSource(InputStream in, SourceName name) {
    this.lines = new LineReader(in);
    this.name = name;
  }

  /** Returns how errors name the text: the path of the file, and the member of an archive. */
  public String file() {
    return name.file();
  }

  /** Says whether the text is a member of an archive. */
  public boolean isMember() {
    return name.isMember();
  }

  /** Returns the name from which ids are made: usually the file's name without its extension. */
  public String name() {
    return name.idName();
  }

  /** Returns the name of the file or member with its extension, without that of gzip. */
  public String fileName() {
    return name.fileName();
  }

  /** Returns the reader of the lines; always the same object. */
  public LineReader lines() {
    return lines;
  }
}
