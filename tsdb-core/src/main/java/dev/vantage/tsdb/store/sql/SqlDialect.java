package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.LikePattern;

/** The databases that a filter can be written for; they differ in how they match patterns. */
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

  /** Not a backslash, which settings of the server can give a meaning of its own. */
  private static final char ESCAPE = '!';

  /** The operator, and a place for the pattern. */
  abstract String matching(boolean negated);

  /** The pattern for that operator. */
  abstract String pattern(LikePattern pattern);
}
