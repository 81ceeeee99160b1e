package dev.vantage.tsdb.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a program, perhaps unfinished, from which its forms at the top level are found. Says
 * nothing of errors; the language does. Immutable.
 *
 * @param words the words in order, without blanks
 */
record ProgramText(List<Word> words) {
  ProgramText {
    words = List.copyOf(words);
  }

  /** The kinds of words. */
  enum WordKind {
    OPENING,
    CLOSING,
    MARK,
    ATOM,
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

  /** Reads a text. */
  static ProgramText of(String text) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at = end;
        continue;
      }
      WordKind kind;
      if (c == '(') {
        kind = WordKind.OPENING;
      } else if (c == ')') {
        kind = WordKind.CLOSING;
      } else if (c == '"' || c == '|') {
        kind = WordKind.ATOM;
        end = closed(text, at);
      } else if (c == ';') {
        kind = WordKind.COMMENT;
        int line = text.indexOf('\n', at);
        end = line < 0 ? text.length() : line;
      } else if (c == '\'' || c == ',') {
        kind = WordKind.MARK;
      } else {
        end = atomEnd(text, at);
        kind = WordKind.ATOM;
      }
      words.add(new Word(kind, at, end));
      at = end;
    }
    return new ProgramText(words);
  }

  private static int closed(String text, int begin) {
    for (int at = begin + 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == text.charAt(begin)) {
        return at + 1;
      }
    }
    return text.length();
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
   * A form at the top level.
   *
   * @param begin its first char
   * @param end the char after its last one
   * @param isDefinition whether it defines a name
   */
  record Range(int begin, int end, boolean isDefinition) {}

  /** Returns the forms at the top level; brackets that are still open make the last one. */
  List<Range> forms(String text) {
    List<Range> forms = new ArrayList<>();
    int depth = 0;
    int begin = -1;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (word.kind == WordKind.COMMENT) {
        continue;
      }
      begin = begin < 0 ? i : begin;
      depth += word.kind == WordKind.OPENING ? 1 : word.kind == WordKind.CLOSING ? -1 : 0;
      boolean isLast = i == words.size() - 1;
      if (depth == 0 && word.kind != WordKind.MARK && !isPrefix(text, word) || isLast) {
        forms.add(new Range(words.get(begin).begin, word.end, isDefinition(words, begin, text)));
        begin = -1;
      }
    }
    return forms;
  }

  /** Whether a word belongs to the form after it. */
  private static boolean isPrefix(String text, Word word) {
    return List.of("#inst", "#_").contains(text.substring(word.begin, word.end));
  }

  /** Puts each form at the top level that is no definition into {@code explain}. */
  static String explained(String text) {
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (Range form : of(text).forms(text)) {
      out.append(text, copied, form.begin);
      String itself = text.substring(form.begin, form.end);
      out.append(form.isDefinition ? itself : "(explain " + itself + ")");
      copied = form.end;
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static boolean isDefinition(List<Word> words, int begin, String text) {
    if (words.get(begin).kind != WordKind.OPENING || begin + 1 >= words.size()) {
      return false;
    }
    Word head = words.get(begin + 1);
    return List.of("define", "def").contains(text.substring(head.begin, head.end));
  }
}
