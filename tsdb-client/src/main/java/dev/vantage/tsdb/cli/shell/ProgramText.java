package dev.vantage.tsdb.cli.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The text of a program, perhaps unfinished, as an editor sees it: its words, and which brackets
 * are open. Says nothing of errors; the language does. Immutable.
 *
 * @param text the text
 * @param words the words in order, without blanks
 * @param open the places of the brackets that are open at the end, outermost first
 * @param ending what the end of the text is within
 */
public record ProgramText(String text, List<Word> words, List<Integer> open, Ending ending) {
  /** What stands before a form that the language drops. */
  private static final String DISCARD = "#_";

  /** Copies the lists. */
  public ProgramText {
    words = List.copyOf(words);
    open = List.copyOf(open);
  }

  /** What the end of a text is within. */
  enum Ending {
    /** Nothing that must be closed by another sign than a bracket. */
    PLAIN,
    /** A text or a symbol between bars. */
    QUOTED,
    /** A comment. */
    COMMENT
  }

  /** The kinds of words. */
  enum WordKind {
    OPENING,
    CLOSING,
    /** A closing bracket that closes nothing. */
    SUPERFLUOUS,
    TEXT,
    KEYWORD,
    NUMBER,
    /** A quote or a comma. */
    MARK,
    NAME,
    COMMENT
  }

  /**
   * A word.
   *
   * @param kind its kind
   * @param begin its first char
   * @param end the char after its last one
   */
  record Word(WordKind kind, int begin, int end) {}

  /**
   * A form at the top level.
   *
   * @param begin its first char
   * @param end the char after its last one
   * @param isDefinition whether it defines a name
   */
  public record Range(int begin, int end, boolean isDefinition) {}

  /**
   * Reads a text.
   *
   * @param text the text
   * @return its words
   */
  public static ProgramText of(String text) {
    List<Word> words = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    Ending ending = Ending.PLAIN;
    int at = 0;
    while (at < text.length()) {
      ending = Ending.PLAIN;
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      WordKind kind = kind(text, at, open);
      int end = end(text, at, kind);
      if (end < 0) {
        ending = kind == WordKind.COMMENT ? Ending.COMMENT : Ending.QUOTED;
        end = text.length();
      }
      words.add(new Word(kind, at, end));
      at = end;
    }
    return new ProgramText(text, words, List.copyOf(open), ending);
  }

  private static WordKind kind(String text, int at, Deque<Integer> open) {
    switch (text.charAt(at)) {
      case '(' -> {
        open.addLast(at);
        return WordKind.OPENING;
      }
      case ')' -> {
        return open.pollLast() == null ? WordKind.SUPERFLUOUS : WordKind.CLOSING;
      }
      case '"' -> {
        return WordKind.TEXT;
      }
      case ';' -> {
        return WordKind.COMMENT;
      }
      case '\'', ',' -> {
        return WordKind.MARK;
      }
      case ':' -> {
        return WordKind.KEYWORD;
      }
      default -> {
        String atom = text.substring(at, atomEnd(text, at));
        return atom.matches("[+-]?[.]?[0-9].*") ? WordKind.NUMBER : WordKind.NAME;
      }
    }
  }

  /** Returns the char after a word, or -1 if the word is not closed. */
  private static int end(String text, int begin, WordKind kind) {
    return switch (kind) {
      case OPENING, CLOSING, SUPERFLUOUS, MARK -> begin + 1;
      case TEXT -> closed(text, begin);
      case COMMENT -> text.indexOf('\n', begin);
      case NAME -> text.charAt(begin) == '|' ? closed(text, begin) : atomEnd(text, begin);
      case KEYWORD, NUMBER -> atomEnd(text, begin);
    };
  }

  private static int closed(String text, int begin) {
    for (int at = begin + 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == text.charAt(begin)) {
        return at + 1;
      }
    }
    return -1;
  }

  private static int atomEnd(String text, int begin) {
    int at = begin;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && "()\";".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /**
   * Finds the word at the beginning of a text.
   *
   * @param text the text
   * @return the word, or empty if the text begins otherwise
   */
  public static String firstWord(String text) {
    List<Word> words = of(text).words;
    boolean isWord = !words.isEmpty() && words.get(0).begin == 0;
    return isWord ? text.substring(0, words.get(0).end) : "";
  }

  /** Whether nothing is left to close. */
  boolean isComplete() {
    return open.isEmpty() && ending != Ending.QUOTED;
  }

  /** Returns the column of a new line at the end of the text: two right of the open bracket. */
  int indent() {
    if (open.isEmpty() || ending == Ending.QUOTED) {
      return 0;
    }
    int bracket = open.get(open.size() - 1);
    return bracket - 1 - text.lastIndexOf('\n', bracket) + 2;
  }

  /** Returns the place of the bracket that a closing bracket closes, or -1. */
  int partner(int closing) {
    Deque<Integer> begins = new ArrayDeque<>();
    for (Word word : words) {
      if (word.kind == WordKind.OPENING) {
        begins.addLast(word.begin);
      } else if (word.kind == WordKind.CLOSING) {
        int begin = begins.removeLast();
        if (word.begin == closing) {
          return begin;
        }
      }
    }
    return -1;
  }

  String text(Word word) {
    return text.substring(word.begin, word.end);
  }

  /**
   * Finds the forms at the top level. Brackets that are still open make the last one.
   *
   * @return where the forms are, in order
   */
  public List<Range> forms() {
    List<Range> forms = new ArrayList<>();
    int depth = 0;
    int begin = -1;
    int discarded = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (word.kind == WordKind.COMMENT) {
        continue;
      }
      if (depth == 0 && text(word).equals(DISCARD)) {
        discarded++;
        continue;
      }
      begin = begin < 0 && discarded == 0 ? i : begin;
      depth += word.kind == WordKind.OPENING ? 1 : word.kind == WordKind.CLOSING ? -1 : 0;
      if (depth > 0 || word.kind == WordKind.MARK || text(word).equals("#inst")) {
        continue; // the form goes on
      }
      if (discarded > 0) {
        discarded--;
      } else {
        forms.add(new Range(words.get(begin).begin, word.end, isDefinition(begin)));
        begin = -1;
      }
    }
    if (begin >= 0) {
      int end = words.get(words.size() - 1).end;
      forms.add(new Range(words.get(begin).begin, end, isDefinition(begin)));
    }
    return forms;
  }

  private boolean isDefinition(int form) {
    return words.get(form).kind == WordKind.OPENING
        && form + 1 < words.size()
        && List.of("define", "def").contains(text(words.get(form + 1)));
  }

  /**
   * Puts each form at the top level that is no definition into {@code explain}.
   *
   * @return the text of the new program
   */
  public String explained() {
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (Range form : forms()) {
      out.append(text, copied, form.begin);
      String itself = text.substring(form.begin, form.end);
      out.append(form.isDefinition ? itself : "(explain " + itself + ")");
      copied = form.end;
    }
    return out.append(text, copied, text.length()).toString();
  }
}
