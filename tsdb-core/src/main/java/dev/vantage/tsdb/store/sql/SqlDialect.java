package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.LikePattern;

/** The SQL dialects of conditions. They differ in pattern matching. */
public enum SqlDialect {
  /** SQLite, where LIKE ignores case and GLOB does not. */
  SQLITE {
    @Override
    String matching(boolean negated) {
      return negated ? " NOT GLOB ?" : " GLOB ?";
    }

    @Override
    String pattern(LikePattern pattern) {
      StringBuilder glob = new StringBuilder();
      for (int part : pattern.parts()) {
        switch (part) {
          case LikePattern.ANY_RUN -> glob.append('*');
          case LikePattern.ANY_ONE -> glob.append('?');
          case '*', '?', '[' -> glob.append('[').appendCodePoint(part).append(']');
          default -> glob.appendCodePoint(part);
        }
      }
      return glob.toString();
    }
  },

  /** PostgreSQL, with text columns that have COLLATE "C". */
  POSTGRESQL {
    @Override
    String matching(boolean negated) {
      return (negated ? " NOT LIKE ?" : " LIKE ?") + " ESCAPE '" + ESCAPE + "'";
    }

    @Override
    String pattern(LikePattern pattern) {
      StringBuilder like = new StringBuilder();
      for (int part : pattern.parts()) {
        switch (part) {
          case LikePattern.ANY_RUN -> like.append('%');
          case LikePattern.ANY_ONE -> like.append('_');
          case '%', '_', ESCAPE -> like.append(ESCAPE).appendCodePoint(part);
          default -> like.appendCodePoint(part);
        }
      }
      return like.toString();
    }
  };

  /** The escape character. Not a backslash: settings of the server can change its meaning. */
  private static final char ESCAPE = '!';

  /** Returns the operator with a parameter for the pattern. */
  abstract String matching(boolean negated);

  /** Returns the pattern in the syntax of that operator. */
  abstract String pattern(LikePattern pattern);
}
