package dev.vantage.tsdb.cli.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/** Reads entries from a terminal and has a session answer them. */
public final class Shell {
  private static final String PROMPT = "tsdb> ";

  /** Rows of the window that no row of a table may take: its header, a note, and the prompt. */
  private static final int OTHER_ROWS = 4;

  private static final int FEWEST_ROWS = 5;

  private final Terminal terminal;
  private final ShellSession session;
  private final LineReader reader;
  private final RunningEntry running = new RunningEntry();

  private Shell(Terminal terminal, ShellSession session, LineReader reader) {
    this.terminal = terminal;
    this.session = session;
    this.reader = reader;
  }

  /**
   * Runs a shell on the terminal of the process, to its end.
   *
   * @param greeting the line to begin with
   * @param environment the environment of the process
   * @param opening makes the session, which prints to the writer
   * @throws IOException if the terminal cannot be used
   */
  public static void run(
      String greeting, Map<String, String> environment, Function<PrintWriter, ShellSession> opening)
      throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      PrintWriter out = terminal.writer();
      out.println(greeting);
      ShellSession session = opening.apply(out);
      ShellReader reader = new ShellReader(terminal);
      try {
        reader.setVariable(LineReader.HISTORY_FILE, ShellHistory.file(environment));
      } catch (IOException e) {
        out.println("note: history is not kept: problem=" + e.getMessage());
      }
      prepare(reader, session, isDumb(terminal));
      new Shell(terminal, session, reader).converse();
    }
  }

  static boolean isDumb(Terminal terminal) {
    return terminal.getType().startsWith(Terminal.TYPE_DUMB);
  }

  private static void prepare(ShellReader reader, ShellSession session, boolean isDumb) {
    reader.setParser(new ShellParser());
    reader.setCompleter(new ShellCompleter(session));
    reader.setHighlighter(new ShellHighlighter());
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(PROMPT.length()));
    reader.setVariable(LineReader.HISTORY_SIZE, ShellHistory.ENTRIES);
    reader.setVariable(LineReader.HISTORY_FILE_SIZE, ShellHistory.ENTRIES);
    reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    reader.option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
    reader.option(LineReader.Option.HISTORY_REDUCE_BLANKS, false);
    reader.option(LineReader.Option.CASE_INSENSITIVE, false);
    reader.option(LineReader.Option.BRACKETED_PASTE, !isDumb);
    reader.option(LineReader.Option.DISABLE_HIGHLIGHTER, isDumb);
  }

  private void converse() {
    // While an entry is read, JLine handles the signal itself.
    terminal.handle(Terminal.Signal.INT, signal -> running.stop());
    ShellSession.Next next = ShellSession.Next.ENTRY;
    while (next == ShellSession.Next.ENTRY) {
      try {
        String entry = reader.readLine(PROMPT);
        int rows = Math.max(FEWEST_ROWS, terminal.getRows() - OTHER_ROWS);
        next = running.run(() -> session.answer(entry, rows));
        terminal.flush();
      } catch (UserInterruptException e) {
        // The input is dropped, and the signature below it erased.
        terminal.puts(InfoCmp.Capability.clr_eos);
      } catch (EndOfFileException e) {
        return;
      }
    }
  }
}
