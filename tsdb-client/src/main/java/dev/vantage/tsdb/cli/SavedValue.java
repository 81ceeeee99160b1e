package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.cli.plot.HtmlPlot;
import dev.vantage.tsdb.cli.plot.SvgPlot;
import dev.vantage.tsdb.language.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes values of programs into files. */
final class SavedValue {
  private SavedValue() {}

  /** Writes a value in the form that the ending of a file names, and says so. */
  static String write(Value value, String file) throws IOException {
    String lower = file.toLowerCase(Locale.ROOT);
    String content;
    if (lower.endsWith(".csv")) {
      content = printed(value, OutputFormat.CSV);
    } else if (lower.endsWith(".json")) {
      content = printed(value, OutputFormat.JSON);
    } else if (lower.endsWith(".svg") || lower.endsWith(".html")) {
      if (!(value instanceof Value.PlotValue plot)) {
        throw new InvalidRequestException(
            "value of a picture must be a plot: type=" + value.type() + ", file=" + file);
      }
      content = lower.endsWith(".svg") ? SvgPlot.draw(plot.plot()) : HtmlPlot.draw(plot.plot());
    } else {
      throw new InvalidRequestException(
          "file must end in .csv, .json, .svg or .html: file=" + file);
    }
    Files.writeString(Path.of(file), content);
    return "wrote " + file;
  }

  private static String printed(Value value, OutputFormat format) {
    StringWriter out = new StringWriter();
    new Printer(format, new PrintWriter(out)).print(ProgramAnswer.of(value, format));
    return out.toString();
  }
}
