package dev.vantage.tsdb.cli.shell;

import dev.vantage.tsdb.cli.shell.ProgramText.Word;
import dev.vantage.tsdb.language.Language;
import java.util.Set;
import java.util.stream.Collectors;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colors the words of an entry, and marks the partner of the bracket before the cursor. */
final class ShellHighlighter implements Highlighter {
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle PARTNER = PLAIN.bold().inverse();

  private final Set<String> known =
      Language.reference().stream().map(Language.Entry::name).collect(Collectors.toSet());

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (ShellCommand.isCommand(buffer)) {
      return new AttributedString(buffer);
    }
    ProgramText text = ProgramText.of(buffer);
    boolean isEditing = reader instanceof ShellReader shell && shell.isEditing();
    int partner = isEditing ? text.partner(reader.getBuffer().cursor() - 1) : -1;
    AttributedStringBuilder out = new AttributedStringBuilder();
    int copied = 0;
    boolean isHead = false;
    for (Word word : text.words()) {
      out.append(buffer.substring(copied, word.begin()));
      boolean isPartner = partner >= 0 && word.begin() == partner;
      out.styled(isPartner ? PARTNER : style(word, text.text(word), isHead), text.text(word));
      copied = word.end();
      isHead = word.kind() == ProgramText.WordKind.OPENING;
    }
    return out.append(buffer.substring(copied)).toAttributedString();
  }

  private AttributedStyle style(Word word, String text, boolean isHead) {
    return switch (word.kind()) {
      case OPENING, CLOSING, MARK, NUMBER -> PLAIN;
      case SUPERFLUOUS -> PLAIN.foreground(AttributedStyle.RED).bold();
      case TEXT -> PLAIN.foreground(AttributedStyle.GREEN);
      case KEYWORD -> PLAIN.foreground(AttributedStyle.CYAN);
      case COMMENT -> PLAIN.faint();
      case NAME ->
          isHead && known.contains(text) ? PLAIN.foreground(AttributedStyle.BLUE).bold() : PLAIN;
    };
  }
}
