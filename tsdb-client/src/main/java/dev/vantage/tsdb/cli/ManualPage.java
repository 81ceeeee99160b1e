package dev.vantage.tsdb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A manual page of a program in the language of troff, from what its parser knows. Not thread-safe.
 */
final class ManualPage {
  private static final String EXAMPLE = "  ";

  private final StringBuilder page = new StringBuilder();

  private ManualPage() {}

  /**
   * Writes the page.
   *
   * @param command the program
   * @param section the section of the manual, 1 or 8
   * @return the page
   */
  static String of(CommandLine command, int section) {
    return new ManualPage().write(command.getCommandSpec(), section);
  }

  private String write(CommandSpec spec, int section) {
    String name = spec.name();
    line(
        ".TH " + name.toUpperCase(Locale.ROOT) + " " + section + " \"\" \"" + version(spec) + "\"");
    heading("NAME");
    line(escaped(name) + " \\- " + escaped(first(spec)));
    heading("SYNOPSIS");
    line(".B " + escaped(name));
    line(spec.subcommands().isEmpty() ? "[\\fIoptions\\fR]" : "[\\fIoptions\\fR] \\fIverb\\fR ...");
    heading("DESCRIPTION");
    text(List.of(spec.usageMessage().description()));
    heading("OPTIONS");
    arguments(spec, false);
    if (!spec.subcommands().isEmpty()) {
      heading("VERBS");
      verbs(spec, name);
    }
    List<String> footer = List.of(spec.usageMessage().footer());
    if (!footer.isEmpty()) {
      heading("NOTES");
      text(footer);
    }
    return page.toString();
  }

  private static String version(CommandSpec spec) {
    String[] version = spec.version();
    return version.length == 0 ? spec.name() : version[0];
  }

  private void verbs(CommandSpec spec, String path) {
    for (CommandLine verb : spec.subcommands().values()) {
      CommandSpec inner = verb.getCommandSpec();
      if (!inner.usageMessage().hidden()) {
        String name = path + " " + inner.name();
        line(".SS " + escaped(name + synopsis(inner)));
        text(List.of(inner.usageMessage().description()));
        arguments(inner, true);
        text(List.of(inner.usageMessage().footer()));
        verbs(inner, name);
      }
    }
  }

  private static String synopsis(CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
      text.append(' ').append(parameter.required() ? label : "[" + label + "]");
    }
    return text.toString();
  }

  /**
   * Writes the parameters and options; a page of a verb leaves out the options that all verbs have.
   */
  private void arguments(CommandSpec spec, boolean ownAlone) {
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      argument("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter);
    }
    for (OptionSpec option : spec.options()) {
      boolean ofAll = option.inherited() || option.usageHelp() || option.versionHelp();
      if (!option.hidden() && !(ownAlone && ofAll)) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
          names.add("\\fB" + escaped(name) + "\\fR");
        }
        String value =
            option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
        argument(String.join(", ", names) + value, option);
      }
    }
  }

  private void argument(String title, ArgSpec argument) {
    line(".TP");
    line(title);
    line(escaped(String.join(" ", argument.description())));
  }

  /** Paragraphs; lines that begin with two spaces are printed as they stand. */
  private void text(List<String> lines) {
    boolean example = false;
    for (String text : lines) {
      boolean isExample = text.startsWith(EXAMPLE);
      if (isExample != example) {
        line(isExample ? ".PP\n.EX" : ".EE");
      }
      example = isExample;
      String plain = String.format(text.strip());
      line(plain.isEmpty() ? ".PP" : escaped(plain));
    }
    if (example) {
      line(".EE");
    }
  }

  private void heading(String name) {
    line(".SH " + name);
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String first(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description()).replaceFirst("\\.$", "");
  }

  /** A text that troff prints as it stands. */
  static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
