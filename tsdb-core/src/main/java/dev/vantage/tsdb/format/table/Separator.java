package dev.vantage.tsdb.format.table;

import java.util.Arrays;
import java.util.Optional;

/** What separates the fields of a row; the likeliest first where several fit. */
public enum Separator {
  TAB("tab", '\t'),
  SEMICOLON("semicolon", ';'),
  PIPE("pipe", '|'),
  COMMA("comma", ','),
  /** Any number of spaces, tabs and no-break spaces. */
  BLANKS("blanks", ' ');

  private final String label;
  private final char mark;

  Separator(String label, char mark) {
    this.label = label;
    this.mark = mark;
  }

  /** Returns the name that users write. */
  public String label() {
    return label;
  }

  /** Returns the character; a space for blanks. */
  public char mark() {
    return mark;
  }

  /** Finds a separator by its name or its character, in any case. */
  public static Optional<Separator> ofText(String text) {
    return Arrays.stream(values())
        .filter(
            one ->
                one.label.equalsIgnoreCase(text)
                    || text.equals(String.valueOf(one.mark))
                    || one == TAB && text.equals("\\t"))
        .findFirst();
  }
}
