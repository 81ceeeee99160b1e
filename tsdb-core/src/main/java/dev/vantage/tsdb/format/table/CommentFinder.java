package dev.vantage.tsdb.format.table;

import dev.vantage.tsdb.format.table.TableOptions.Comments;
import java.io.IOException;
import java.util.List;

/** Recognises the comments of one table. Immutable. */
final class CommentFinder {
  private final Comments comments;
  private final boolean semicolonIsComment;

  /**
   * Creates a finder.
   *
   * @param first the first lines of the table, which decide whether a semicolon begins a comment or
   *     separates fields
   */
  CommentFinder(Comments comments, List<TextLine> first) {
    this.comments = comments;
    this.semicolonIsComment = semicolonIsComment(first);
  }

  /** Skips all leading comments, and returns the last one. */
  static String skip(LineReader lines) throws IOException, BadFileException {
    String last = "";
    List<TextLine> next = lines.peek(1, 1);
    while (!next.isEmpty()
        && (next.get(0).text().isBlank() || isCommentAlways(next.get(0).text()))) {
      last = next.get(0).text().isBlank() ? last : next.get(0).text();
      lines.skip(1);
      next = lines.peek(1, 1);
    }
    return last;
  }

  private static boolean semicolonIsComment(List<TextLine> first) {
    return first.stream()
        .map(TextLine::text)
        .filter(text -> !text.stripLeading().startsWith(";"))
        .noneMatch(text -> text.indexOf(';') >= 0);
  }

  /** Says whether a line is a comment. */
  boolean isComment(String line) {
    return isCommentAlways(line) || semicolonIsComment && line.stripLeading().startsWith(";");
  }

  private static boolean isCommentAlways(String line) {
    int at = 0;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    char first = at == line.length() ? ' ' : line.charAt(at);
    return first == '#' || first == '%' || first == '\\' && !line.startsWith("\\N", at);
  }

  /**
   * Removes a comment from the end of a row. A number sign behind a blank may also be a part of a
   * name, except where blanks separate fields, where both columns are numbers, or where the row has
   * too many fields with the comment, and the right number without it.
   */
  String withoutEnd(String row, int width, RowSplitter splitter) {
    String cut = cutAtComment(row);
    if (cut.length() == row.length() || splitter.separatesAtBlanks()) {
      return cut;
    }
    int fieldsInAll = splitter.split(row).texts().size();
    boolean isComment =
        fieldsInAll == 2 || fieldsInAll > width && splitter.split(cut).texts().size() == width;
    return isComment ? cut : row;
  }

  /** Cuts a row at a number sign behind a blank, where rows may have comments. */
  String cutAtComment(String row) {
    int from = row.indexOf('#');
    if (from <= 0 || comments == Comments.LINES) {
      return row;
    }
    boolean mayBeQuoted = row.indexOf('"') >= 0 || row.indexOf('\'') >= 0;
    return !mayBeQuoted && Character.isWhitespace(row.charAt(from - 1))
        ? row.substring(0, from)
        : row;
  }
}
