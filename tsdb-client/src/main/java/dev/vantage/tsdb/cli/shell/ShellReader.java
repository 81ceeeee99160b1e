package dev.vantage.tsdb.cli.shell;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Reads entries of several lines. Shows the signature of the innermost form below them. */
final class ShellReader extends LineReaderImpl {
  private static final String ENTER = "enter-or-new-line";
  private static final String NEW_LINE = "indented-new-line";
  private static final String CLOSE_ALL = "close-all-brackets";

  ShellReader(Terminal terminal) throws IOException {
    super(terminal, "tsdb");
    getWidgets().put(ENTER, this::enter);
    getWidgets().put(NEW_LINE, this::newLine);
    getWidgets().put(CLOSE_ALL, this::closeAll);
    KeyMap<org.jline.reader.Binding> keys =
        Objects.requireNonNull(getKeyMaps().get(MAIN), "main keys");
    keys.bind(new Reference(ENTER), "\r", "\n");
    keys.bind(new Reference(NEW_LINE), KeyMap.alt('\r'), KeyMap.alt('\n'));
    keys.bind(new Reference(CLOSE_ALL), KeyMap.alt(')'));
    // Not every terminal sends what its description says.
    keys.bind(new Reference(UP_LINE_OR_HISTORY), "\u001b[A", "\u001bOA");
    keys.bind(new Reference(DOWN_LINE_OR_HISTORY), "\u001b[B", "\u001bOB");
    keys.bind(new Reference(FORWARD_CHAR), "\u001b[C", "\u001bOC");
    keys.bind(new Reference(BACKWARD_CHAR), "\u001b[D", "\u001bOD");
  }

  private boolean enter() {
    String text = getBuffer().toString();
    if (ShellCommand.isCommand(text) || ProgramText.of(text).isComplete()) {
      callWidget(ACCEPT_LINE);
    } else {
      newLine();
    }
    return true;
  }

  private boolean newLine() {
    int indent = ProgramText.of(getBuffer().upToCursor()).indent();
    getBuffer().write("\n" + " ".repeat(indent));
    return true;
  }

  private boolean closeAll() {
    int open = ProgramText.of(getBuffer().upToCursor()).open().size();
    getBuffer().write(")".repeat(open));
    return true;
  }

  @Override
  protected void redisplay(boolean flush) {
    Optional<String> signature = post == null && isEditing() ? signature() : Optional.empty();
    signature.ifPresent(
        text -> post = () -> new AttributedString(text, AttributedStyle.DEFAULT.faint()));
    super.redisplay(flush);
    if (signature.isPresent()) {
      post = null;
    }
  }

  /** Whether keys are awaited, on a terminal with colors. */
  boolean isEditing() {
    return state == State.NORMAL && !Shell.isDumb(getTerminal());
  }

  /** Returns the signature of the innermost open form that has one, cut to one line. */
  private Optional<String> signature() {
    String before = getBuffer().upToCursor();
    if (ShellCommand.isCommand(before)) {
      return Optional.empty();
    }
    ProgramText text = ProgramText.of(before);
    List<OpenForm> forms = OpenForm.of(text, text.words());
    int width = getTerminal().getColumns() - 1;
    for (int i = forms.size() - 1; i >= 0; i--) {
      Optional<String> found = ShellCompleter.signature(forms.get(i).head());
      if (found.isPresent()) {
        return found.map(line -> line.length() > width ? line.substring(0, width - 1) + "…" : line);
      }
    }
    return Optional.empty();
  }
}
