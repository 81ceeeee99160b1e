package dev.vantage.tsdb.cli.shell;

import dev.vantage.tsdb.cli.shell.ProgramText.Word;
import dev.vantage.tsdb.cli.shell.ProgramText.WordKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A form whose bracket is open at a place of a text.
 *
 * @param head the name after the bracket; empty if another form or nothing stands there
 * @param items the items after the head that are complete; -1 if there is no head yet
 * @param before the last complete item if it is an atom, else empty
 * @param isUnquoted whether a comma stands before the bracket
 */
record OpenForm(String head, int items, String before, boolean isUnquoted) {
  /** Returns the forms that are open after some words of a text, outermost first. */
  static List<OpenForm> of(ProgramText text, List<Word> words) {
    Deque<Draft> open = new ArrayDeque<>();
    String mark = "";
    for (Word word : words) {
      switch (word.kind()) {
        case OPENING -> open.addLast(new Draft(mark.equals(",")));
        case CLOSING -> {
          open.removeLast();
          add(open, "", "");
        }
        case MARK, COMMENT, SUPERFLUOUS -> {}
        case NAME -> add(open, text.text(word), text.text(word));
        case TEXT, KEYWORD, NUMBER -> add(open, "", text.text(word));
      }
      mark = word.kind() == WordKind.MARK ? text.text(word) : "";
    }
    return ofDrafts(open);
  }

  private static void add(Deque<Draft> open, String name, String atom) {
    if (!open.isEmpty()) {
      open.getLast().add(name, atom);
    }
  }

  private static List<OpenForm> ofDrafts(Deque<Draft> drafts) {
    List<OpenForm> forms = new ArrayList<>();
    String around = "";
    int aroundItems = -1;
    for (Iterator<Draft> each = drafts.iterator(); each.hasNext(); ) {
      Draft draft = each.next();
      // What is threaded in counts as the first item.
      boolean isThreaded = around.equals("->") && aroundItems > 0;
      int items = draft.items + (isThreaded && draft.items >= 0 ? 1 : 0);
      forms.add(new OpenForm(draft.head, items, draft.before, draft.isUnquoted));
      around = draft.head;
      aroundItems = draft.items;
    }
    return forms;
  }

  /** A form while its words are read. */
  private static final class Draft {
    private final boolean isUnquoted;
    private String head = "";
    private String before = "";
    private int items = -1;

    Draft(boolean isUnquoted) {
      this.isUnquoted = isUnquoted;
    }

    void add(String name, String atom) {
      if (items < 0) {
        head = name;
      }
      before = atom;
      items++;
    }
  }
}
