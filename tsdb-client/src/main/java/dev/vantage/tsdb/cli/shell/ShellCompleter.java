package dev.vantage.tsdb.cli.shell;

import dev.vantage.tsdb.language.Language;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the word before the cursor by what can stand there. */
final class ShellCompleter implements Completer {
  private static final List<String> OPERATORS =
      List.of("=", "!=", "<", "<=", ">", ">=", "and", "between", "in", "like", "nil?", "not", "or");
  private static final List<String> COLUMN_FUNCTIONS =
      List.of(
          "as",
          "asc",
          "count",
          "count-distinct",
          "desc",
          "max",
          "mean",
          "median",
          "min",
          "std",
          "sum");
  private static final List<String> CONSTANTS = List.of("false", "nil", "true");
  private static final List<String> FOUND = List.of("id", "distance", "lag");
  private static final Pattern OPTION = Pattern.compile("(?<=\\[):[a-z-]+");
  private static final Pattern COLUMN_KEYWORD =
      Pattern.compile("(?<![\\[a-z-]):(name|column|x|y|old|NAME|group)\\b");

  private final ShellSession session;

  ShellCompleter(ShellSession session) {
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    CompletionPlace place = CompletionPlace.of(line.line().substring(0, line.cursor()));
    candidates(place)
        .filter(one -> one.value().startsWith(place.start()))
        .distinct()
        .forEach(candidates::add);
  }

  private Stream<Candidate> candidates(CompletionPlace place) {
    return switch (place.kind()) {
      case COMMAND -> words(Stream.of(ShellCommand.names()));
      case HEAD -> words(Stream.of(heads(), session.definitions()));
      case ARGUMENT ->
          words(
              Stream.of(
                  options(place.form()),
                  session.definitions(),
                  CONSTANTS,
                  place.start().isEmpty() ? List.of() : heads()));
      case KEYWORD -> words(Stream.of(options(place.form()), columnKeywords(place.form())));
      case OPERATOR -> words(Stream.of(OPERATORS));
      case ATTRIBUTE -> words(Stream.of(session.attributes(), CONSTANTS));
      case COLUMN -> words(Stream.of(session.attributes(), COLUMN_FUNCTIONS, FOUND));
      case ID ->
          session.ids(place.start()).stream()
              .map(id -> new Candidate(id + '"', id, null, null, null, null, true));
      case FILE -> files(place.start(), "\"");
      case PLAIN_FILE -> files(place.start(), "");
      case NAME -> words(Stream.of(heads(), ShellCommand.names()));
      case FORMAT -> words(Stream.of(List.of("csv", "json", "table")));
      case NONE -> Stream.of();
    };
  }

  private static Stream<Candidate> words(Stream<List<String>> lists) {
    return lists.flatMap(List::stream).map(Candidate::new);
  }

  private static List<String> heads() {
    return Language.reference().stream().map(Language.Entry::name).toList();
  }

  static Optional<String> signature(String form) {
    return Language.reference().stream()
        .filter(entry -> entry.name().equals(form))
        .map(Language.Entry::signature)
        .findFirst();
  }

  private static List<String> options(String form) {
    String signature = signature(form).orElse("");
    String others = signature.contains("options of similar") ? signature("similar").orElse("") : "";
    return OPTION.matcher(signature + others).results().map(match -> match.group()).toList();
  }

  /** Returns the columns as keywords, for functions that take a column by its keyword. */
  private List<String> columnKeywords(String form) {
    boolean isField = form.isEmpty();
    boolean isColumn = COLUMN_KEYWORD.matcher(signature(form).orElse("")).find();
    return isField || isColumn
        ? Stream.concat(FOUND.stream(), session.attributes().stream())
            .map(name -> ":" + name)
            .toList()
        : List.of();
  }

  private static Stream<Candidate> files(String start, String end) {
    int slash = start.lastIndexOf('/') + 1;
    String directory = start.substring(0, slash);
    File[] found = new File(directory.isEmpty() ? "." : directory).listFiles();
    return Arrays.stream(found == null ? new File[0] : found)
        .filter(file -> start.length() > slash || !file.getName().startsWith("."))
        .sorted()
        .map(
            file -> {
              String path = directory + file.getName();
              return file.isDirectory()
                  ? new Candidate(path + "/", file.getName() + "/", null, null, null, null, false)
                  : new Candidate(path + end, file.getName(), null, null, null, null, true);
            });
  }
}
