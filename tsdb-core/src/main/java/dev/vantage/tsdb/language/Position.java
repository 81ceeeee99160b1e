package dev.vantage.tsdb.language;

/**
 * A place in the text of a program. Immutable.
 *
 * @param line the line, from 1
 * @param column the column in code points, from 1; a tab is one column
 */
record Position(int line, int column) {
  static final Position START = new Position(1, 1);

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
