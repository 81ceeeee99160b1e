package dev.vantage.tsdb.cli.shell;

import java.util.List;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine which word before the cursor is completed. Entries are split nowhere else. */
final class ShellParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    return new Word(line, cursor, CompletionPlace.of(line.substring(0, cursor)).start());
  }

  private record Word(String line, int cursor, String word) implements ParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }
  }
}
