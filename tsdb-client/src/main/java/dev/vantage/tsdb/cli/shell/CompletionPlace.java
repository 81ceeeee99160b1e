package dev.vantage.tsdb.cli.shell;

import dev.vantage.tsdb.cli.shell.ProgramText.Ending;
import dev.vantage.tsdb.cli.shell.ProgramText.Word;
import dev.vantage.tsdb.cli.shell.ProgramText.WordKind;
import java.util.List;
import java.util.Set;

/**
 * What stands before the cursor, and which kind of word can go on there.
 *
 * @param kind the kind of word
 * @param start the chars of the word that are typed already
 * @param form the name of the innermost open form; empty if there is none
 */
record CompletionPlace(Kind kind, String start, String form) {
  private static final Set<String> SOURCES =
      Set.of(
          "similar",
          "within",
          "distance",
          "overlay",
          "plot",
          "curve",
          "series",
          "values",
          "times",
          "period",
          "attributes-of");

  /** The kinds of words. */
  enum Kind {
    /** A command of the shell. */
    COMMAND,
    /** A function or form after a bracket. */
    HEAD,
    /** An argument or a form at the top level. */
    ARGUMENT,
    /** An option or the keyword of a column. */
    KEYWORD,
    /** The operator of a condition. */
    OPERATOR,
    /** An attribute in a condition. */
    ATTRIBUTE,
    /** An attribute or an aggregate, in the columns of {@code select} and the like. */
    COLUMN,
    /** The id of a stored series, in a text. */
    ID,
    /** The name of a file, in a text. */
    FILE,
    /** The name of a file behind a command. */
    PLAIN_FILE,
    /** The name of a form or builtin behind a command. */
    NAME,
    /** The name of an output format behind a command. */
    FORMAT,
    /** Nothing that could be known. */
    NONE
  }

  /** The language within a form: that of expressions, of conditions or of columns. */
  private enum Sublanguage {
    EXPRESSION,
    CONDITION,
    COLUMNS
  }

  /** Finds the place at the end of a text. */
  static CompletionPlace of(String before) {
    if (ShellCommand.isCommand(before)) {
      return ofCommand(before);
    }
    ProgramText text = ProgramText.of(before);
    List<Word> words = text.words();
    Word last = words.isEmpty() ? new Word(WordKind.MARK, 0, 0) : words.get(words.size() - 1);
    boolean isTyped =
        last.end() == before.length()
            && (text.ending() == Ending.QUOTED
                || last.kind() == WordKind.NAME
                || last.kind() == WordKind.KEYWORD
                || last.kind() == WordKind.NUMBER);
    String start = isTyped ? text.text(last) : "";
    List<OpenForm> forms = OpenForm.of(text, isTyped ? words.subList(0, words.size() - 1) : words);
    return of(text.ending(), start, forms);
  }

  private static CompletionPlace of(Ending ending, String start, List<OpenForm> forms) {
    String form = forms.isEmpty() ? "" : forms.get(forms.size() - 1).head();
    if (ending == Ending.COMMENT) {
      return new CompletionPlace(Kind.NONE, "", form);
    }
    Sublanguage sublanguage = sublanguage(forms);
    if (ending == Ending.QUOTED) {
      boolean isText = start.startsWith("\"") && sublanguage == Sublanguage.EXPRESSION;
      return new CompletionPlace(isText ? inText(forms) : Kind.NONE, start.substring(1), form);
    }
    boolean isHead = !forms.isEmpty() && forms.get(forms.size() - 1).items() < 0;
    return new CompletionPlace(kind(start, sublanguage, isHead), start, form);
  }

  private static Kind kind(String start, Sublanguage sublanguage, boolean isHead) {
    if (start.startsWith(":")) {
      return Kind.KEYWORD;
    }
    return switch (sublanguage) {
      case COLUMNS -> Kind.COLUMN;
      case CONDITION -> isHead ? Kind.OPERATOR : Kind.ATTRIBUTE;
      case EXPRESSION -> isHead ? Kind.HEAD : Kind.ARGUMENT;
    };
  }

  /** Returns what a text is: an id or a file, by the innermost form that is called. */
  private static Kind inText(List<OpenForm> forms) {
    for (int i = forms.size() - 1; i >= 0; i--) {
      OpenForm form = forms.get(i);
      if (form.head().equals("file")) {
        return form.items() == 0 ? Kind.FILE : Kind.NONE;
      }
      if (SOURCES.contains(form.head())) {
        return form.before().startsWith(":") ? Kind.NONE : Kind.ID;
      }
      if (!form.head().isEmpty()) {
        return Kind.NONE;
      }
    }
    return Kind.NONE;
  }

  private static Sublanguage sublanguage(List<OpenForm> forms) {
    Sublanguage found = Sublanguage.EXPRESSION;
    for (OpenForm form : forms) {
      found = form.isUnquoted() ? Sublanguage.EXPRESSION : found;
      if (found == Sublanguage.EXPRESSION) {
        found = within(form);
      }
    }
    return found;
  }

  /** Returns the language of the next item of a form that is an expression itself. */
  private static Sublanguage within(OpenForm form) {
    boolean isQuery = List.of("similar", "within", "select").contains(form.head());
    if (isQuery && form.before().equals(":where")
        || form.head().equals("filter") && form.items() == 1) {
      return Sublanguage.CONDITION;
    }
    boolean isColumns =
        isQuery && List.of(":select", ":group-by", ":order-by").contains(form.before())
            || form.head().equals("select") && form.items() == 0
            || form.head().equals("order-by") && form.items() >= 1;
    return isColumns ? Sublanguage.COLUMNS : Sublanguage.EXPRESSION;
  }

  private static CompletionPlace ofCommand(String before) {
    String line = before.stripLeading();
    String[] parts = line.split("\\s+", 2);
    if (parts.length == 1) {
      return new CompletionPlace(Kind.COMMAND, line, "");
    }
    String rest = parts[1];
    return ShellCommand.of(parts[0])
        .map(
            command ->
                switch (command) {
                  case HELP -> new CompletionPlace(Kind.NAME, rest, "");
                  case LOAD, SAVE -> new CompletionPlace(Kind.PLAIN_FILE, rest, "");
                  case FORMAT -> new CompletionPlace(Kind.FORMAT, rest, "");
                  case EXPLAIN, TIME -> of(rest);
                  case ATTRIBUTES, LIMITS, DEFINITIONS, ALL, QUIT ->
                      new CompletionPlace(Kind.NONE, rest, "");
                })
        .orElse(new CompletionPlace(Kind.NONE, rest, ""));
  }
}
