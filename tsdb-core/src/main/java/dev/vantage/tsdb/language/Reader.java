package dev.vantage.tsdb.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes forms of the text of a program. Takes time proportional to its length; open lists wait on a
 * heap stack, so that nesting costs no stack of Java. Not thread-safe.
 */
final class Reader {
  private final Source source;
  private final AtomReader atoms;
  private final int maxNesting;
  private final List<Form> program = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private enum Kind {
    LIST("("),
    QUOTE("'"),
    UNQUOTE(","),
    DISCARD("#_");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }
  }

  /** A form that has begun. */
  private record Open(Kind kind, Position position, List<Form> items) {}

  private Reader(String text, int maxNesting) {
    this.source = new Source(text);
    this.atoms = new AtomReader(source);
    this.maxNesting = maxNesting;
  }

  /**
   * Reads a program.
   *
   * @throws ProgramException if the text is malformed or nested too deep
   */
  static List<Form> read(String text, int maxNesting) {
    Reader reader = new Reader(text, maxNesting);
    reader.readAll();
    return List.copyOf(reader.program);
  }

  private void readAll() {
    source.skipBlanks();
    while (!source.isAtEnd()) {
      Position position = source.position();
      switch (source.peek()) {
        case '(' -> begin(Kind.LIST, position);
        case ')' -> end(position);
        case '\'' -> begin(Kind.QUOTE, position);
        case ',' -> begin(Kind.UNQUOTE, position);
        default -> {
          if (source.startsWith("#_")) {
            begin(Kind.DISCARD, position);
          } else {
            complete(new Form.Atom(atoms.read(), position));
          }
        }
      }
      source.skipBlanks();
    }
    if (!open.isEmpty()) {
      throw unfinished(source.position());
    }
  }

  private void begin(Kind kind, Position position) {
    source.skip(kind.sign.length());
    if (open.size() >= maxNesting) {
      throw ProgramException.at(
          position,
          Limit.NESTING.code(),
          "nesting must be at most " + maxNesting + ": nesting=" + (maxNesting + 1));
    }
    open.push(new Open(kind, position, new ArrayList<>()));
  }

  private void end(Position position) {
    Open list = open.peek();
    if (list == null) {
      throw ProgramException.at(position, "syntax/unbalanced", ") must close something");
    } else if (list.kind != Kind.LIST) {
      throw unfinished(position);
    }
    source.skip(1);
    open.pop();
    complete(Form.list(list.position, list.items));
  }

  /** Hands a form to the list that it is in, through the signs before it. */
  private void complete(Form form) {
    Form whole = form;
    while (!open.isEmpty() && open.peek().kind != Kind.LIST) {
      Open sign = open.pop();
      if (sign.kind == Kind.DISCARD) {
        return;
      }
      String name = sign.kind == Kind.QUOTE ? "quote" : "unquote";
      whole = Form.list(sign.position, Form.symbol(name, sign.position), whole);
    }
    (open.isEmpty() ? program : open.peek().items).add(whole);
  }

  private ProgramException unfinished(Position here) {
    Open last = open.element();
    return last.kind == Kind.LIST
        ? ProgramException.at(
            last.position,
            "syntax/unbalanced",
            "every ( must be closed: opened at " + last.position)
        : ProgramException.at(here, "syntax/token", last.kind.sign + " must be before a form");
  }
}
