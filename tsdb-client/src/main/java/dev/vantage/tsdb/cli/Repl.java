package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The shell of the query language: edits entries, and has a session evaluate them. */
final class Repl {
  private static final String PROMPT = "tsdb> ";
  private static final int HISTORY = 10_000;

  /** Rows of the window that no row of a table may take: its head, a note, and the prompt. */
  private static final int OTHER_ROWS = 4;

  private final Terminal terminal;
  private final ReplSession session;
  private final LineReader reader;

  private Repl(Terminal terminal, ReplSession session) throws IOException {
    this.terminal = terminal;
    this.session = session;
    this.reader = reader(terminal, session);
  }

  /** Runs the shell to its end. */
  static void run(Tsdb database, LanguageOptions options, OutputFormat format) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      ReplSession session = new ReplSession(database, options, format, terminal.writer());
      new Repl(terminal, session).converse();
    }
  }

  private static LineReader reader(Terminal terminal, ReplSession session) throws IOException {
    DefaultParser parser = new DefaultParser();
    parser.setQuoteChars(new char[0]);
    parser.setEscapeChars(new char[0]);
    parser.setRegexVariable(null);
    parser.setDelims(new char[] {' ', '\n', '\t', '(', ')', '\'', '"'});
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .completer((line, words, candidates) -> complete(session, words, candidates))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(PROMPT.length()))
            .variable(LineReader.HISTORY_FILE, historyFile(System.getenv()))
            .variable(LineReader.HISTORY_SIZE, HISTORY)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .option(LineReader.Option.BRACKETED_PASTE, !isDumb(terminal))
            .build();
    bind(reader);
    return reader;
  }

  private static boolean isDumb(Terminal terminal) {
    return terminal.getType().startsWith(Terminal.TYPE_DUMB);
  }

  private static void bind(LineReader reader) {
    reader
        .getWidgets()
        .put(
            "enter",
            () -> {
              String text = reader.getBuffer().toString();
              if (isCommand(text) || ProgramText.of(text).isComplete()) {
                reader.callWidget(LineReader.ACCEPT_LINE);
              } else {
                reader.callWidget("new-line");
              }
              return true;
            });
    reader
        .getWidgets()
        .put(
            "new-line",
            () -> {
              String before = reader.getBuffer().upToCursor();
              reader.getBuffer().write("\n" + " ".repeat(ProgramText.of(before).indent(before)));
              return true;
            });
    reader
        .getWidgets()
        .put(
            "close-all",
            () -> {
              ProgramText text = ProgramText.of(reader.getBuffer().upToCursor());
              reader.getBuffer().write(")".repeat(text.open().size()));
              return true;
            });
    KeyMap<Binding> keys = reader.getKeyMaps().get(LineReader.MAIN);
    keys.bind(new Reference("enter"), "\r", "\n");
    keys.bind(new Reference("new-line"), KeyMap.alt('\r'), KeyMap.alt('\n'));
    keys.bind(new Reference("close-all"), KeyMap.alt(')'));
  }

  private static boolean isCommand(String text) {
    return text.stripLeading().startsWith(",");
  }

  /** Makes the file of the history, which its user alone may read. */
  private static Path historyFile(Map<String, String> environment) throws IOException {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path directory =
        state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state", "tsdb")
            : Path.of(state, "tsdb");
    Files.createDirectories(directory);
    Path file = directory.resolve("history");
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  private static void complete(ReplSession session, ParsedLine words, List<Candidate> candidates) {
    String before = words.line().substring(0, words.cursor());
    String start = words.word().substring(0, words.wordCursor());
    int begin = before.length() - start.length();
    Stream<String> names =
        isCommand(before) && !before.strip().contains(" ")
            ? Stream.of(
                ",help", ",explain", ",time", ",attributes", ",definitions", ",all", ",quit")
            : start.startsWith(":")
                ? ProgramText.of(before).options(before).stream()
                : begin > 0 && before.charAt(begin - 1) == '"'
                    ? Stream.empty()
                    : Stream.concat(
                        Language.reference().stream().map(Language.Entry::name),
                        session.definitions().stream());
    names.distinct().map(Candidate::new).forEach(candidates::add);
  }

  private void converse() {
    while (true) {
      String entry;
      try {
        entry = reader.readLine(PROMPT);
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        return;
      }
      if (isCommand(entry) && entry.strip().equals(",quit")) {
        return;
      }
      stoppable(() -> answer(entry));
      terminal.flush();
    }
  }

  private void answer(String entry) {
    session.show(Math.max(OTHER_ROWS, terminal.getHeight() - OTHER_ROWS));
    if (isCommand(entry)) {
      session.command(entry);
    } else {
      session.evaluate(entry);
    }
  }

  /** Runs work that Ctrl-C ends. */
  private void stoppable(Runnable work) {
    Thread worker = Thread.currentThread();
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> worker.interrupt());
    try {
      work.run();
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
      Thread.interrupted(); // an interrupt that came after the end is for nobody
    }
  }
}
