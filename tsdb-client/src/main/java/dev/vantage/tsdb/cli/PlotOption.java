package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.plot.HtmlPlot;
import dev.vantage.tsdb.cli.plot.SvgPlot;
import dev.vantage.tsdb.cli.plot.TerminalPlot;
import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Plot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that ask for a picture. */
final class PlotOption {
  private static final String SVG = ".svg";
  private static final String HTML = ".html";

  /** Stands for the terminal, as in other programs. */
  private static final String SCREEN = "-";

  private static final List<String> PICTURES =
      List.of(SVG, HTML, ".htm", ".png", ".pdf", ".jpg", ".jpeg", ".gif", ".eps", ".ps");

  @Option(
      names = "--plot",
      arity = "0..1",
      paramLabel = "FILE",
      preprocessor = FileOrNothing.class,
      description =
          "Draws a picture: in the terminal, or in a file whose name ends in .svg or "
              + ".html, which is replaced if it exists.")
  private @Nullable String target;

  @Option(
      names = "--invert",
      description = "With --plot, draws large values at the bottom, as for magnitudes.")
  private boolean inverted;

  /** Takes the next argument as a file only if it has the extension of a picture. */
  static final class FileOrNothing implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      // Between an option and its value picocli reports '=' or a space.
      boolean attached = "=".equals(info.get("separator"));
      String next = arguments.isEmpty() ? "" : arguments.peek().toLowerCase(Locale.ROOT);
      boolean file = PICTURES.stream().anyMatch(next::endsWith);
      if (!attached && !file) {
        arguments.push(SCREEN);
      }
      return false;
    }
  }

  boolean isWanted() {
    return target != null;
  }

  /** Refuses what cannot be drawn, before a database is opened. */
  void check(Verb verb) {
    if (target == null) {
      if (inverted) {
        throw verb.badUsage("--invert needs --plot");
      }
    } else if (!target.equals(SCREEN)) {
      checkFile(target, verb);
    } else if (verb.format() != OutputFormat.TABLE) {
      throw verb.badUsage(
          "a picture in the terminal goes with no other format than table; hint: --plot FILE.svg:"
              + " format="
              + verb.format());
    }
  }

  /** Refuses a file that is no picture, or whose directory is missing. */
  static void checkFile(String file, Verb verb) {
    if (!isSvg(file) && !file.toLowerCase(Locale.ROOT).endsWith(HTML)) {
      throw verb.badUsage("file of a plot must end in .svg or .html: file=" + file);
    }
    Path directory = Path.of(file).toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw verb.badUsage("directory of the plot must exist: directory=" + directory);
    }
  }

  private static boolean isSvg(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(SVG);
  }

  /** Turns an axis of values upside down if that is wanted. */
  Axis values(Axis axis) {
    return inverted ? axis.inverted() : axis;
  }

  /** Draws a plot, and returns the lines to print. */
  List<String> draw(Plot plot) {
    if (target == null || target.equals(SCREEN)) {
      return TerminalPlot.draw(plot, Screen.terminal());
    }
    Path file = Path.of(target);
    try {
      Files.writeString(file, isSvg(target) ? SvgPlot.draw(plot) : HtmlPlot.draw(plot));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("drew " + file);
  }
}
