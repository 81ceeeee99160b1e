package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.language.Language;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The text of a program, perhaps unfinished, as an editor sees it: its words, and which brackets
 * are open. Says nothing of errors; the language does. Immutable.
 *
 * @param words the words in order, without blanks and comments
 * @param open the places of the brackets that are open at the end, outermost first
 * @param ending what the end of the text is within
 */
record ProgramText(List<Word> words, List<Integer> open, Ending ending) {
  ProgramText {
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
    SUPERFLUOUS,
    TEXT,
    KEYWORD,
    NUMBER,
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

  /** Reads a text. */
  static ProgramText of(String text) {
    List<Word> words = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    Ending ending = Ending.PLAIN;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      ending = Ending.PLAIN;
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at = end;
        continue;
      }
      WordKind kind;
      if (c == '(') {
        kind = WordKind.OPENING;
        open.addLast(at);
      } else if (c == ')') {
        kind = open.isEmpty() ? WordKind.SUPERFLUOUS : WordKind.CLOSING;
        open.pollLast();
      } else if (c == '"' || c == '|') {
        kind = c == '"' ? WordKind.TEXT : WordKind.NAME;
        end = closed(text, at);
        ending = end < 0 ? Ending.QUOTED : Ending.PLAIN;
        end = end < 0 ? text.length() : end;
      } else if (c == ';') {
        kind = WordKind.COMMENT;
        int line = text.indexOf('\n', at);
        ending = line < 0 ? Ending.COMMENT : Ending.PLAIN;
        end = line < 0 ? text.length() : line;
      } else if (c == '\'' || c == ',') {
        kind = WordKind.MARK;
      } else {
        end = atomEnd(text, at);
        kind = kind(text.substring(at, end));
      }
      words.add(new Word(kind, at, end));
      at = end;
    }
    return new ProgramText(words, List.copyOf(open), ending);
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

  private static WordKind kind(String word) {
    if (word.startsWith(":")) {
      return WordKind.KEYWORD;
    }
    return word.matches("[+-]?[.]?[0-9].*") ? WordKind.NUMBER : WordKind.NAME;
  }

  /** Whether nothing is left to close. */
  boolean isComplete() {
    return open.isEmpty() && ending != Ending.QUOTED;
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

  /** Returns the column of a new line at the end of a text: two right of the open bracket. */
  int indent(String text) {
    if (open.isEmpty()) {
      return 0;
    }
    int bracket = open.get(open.size() - 1);
    return bracket - 1 - text.lastIndexOf('\n', bracket) + 2;
  }

  /** Returns the options of the innermost open form, with their colons. */
  List<String> options(String text) {
    for (Word word : words) {
      if (!open.isEmpty() && word.begin > open.get(open.size() - 1)) {
        String head = text.substring(word.begin, word.end);
        return Language.reference().stream()
            .filter(entry -> entry.name().equals(head))
            .flatMap(entry -> keywords(entry.signature()).stream())
            .toList();
      }
    }
    return List.of();
  }

  private static List<String> keywords(String text) {
    return Pattern.compile(":[a-z][a-z-]*")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static boolean isDefinition(List<Word> words, int begin, String text) {
    if (words.get(begin).kind != WordKind.OPENING || begin + 1 >= words.size()) {
      return false;
    }
    Word head = words.get(begin + 1);
    return List.of("define", "def").contains(text.substring(head.begin, head.end));
  }
}
