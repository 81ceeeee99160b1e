package dev.vantage.tsdb.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands in a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Prints a script that completes verbs, options, ids and names of attributes in "
            + "a shell. Ids and attributes are those of the database that the command line or "
            + "the settings name.")
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  /** A shell that can read the script. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(script(shell));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** The script for a shell. */
  static String script(Shell shell) {
    // The generator knows verbs and options; the rest asks the program for what it leaves empty.
    String known = AutoComplete.bash("tsdb", Main.commandLine());
    String zsh = shell == Shell.ZSH ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
    return zsh + known + ASKING;
  }

  private static final String ASKING =
      """

      # Completes ids and names of attributes: the database knows them.
      function _tsdb_ask() {
        local candidate
        COMPREPLY=()
        while IFS= read -r candidate; do
          candidate=$(printf '%q' "$candidate")
          COMPREPLY+=("${candidate//\\\\,/,}")
        done < <("${COMP_WORDS[0]}" candidates -- "${COMP_LINE:0:COMP_POINT}" "$1" 2>/dev/null)
      }

      function _tsdb_complete() {
        # To bash, --option=value is three words.
        local -a words=()
        local i place=$COMP_CWORD
        for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
          if [ "${COMP_WORDS[i]}" != "=" ]; then
            words+=("${COMP_WORDS[i]}")
          elif ((i == COMP_CWORD)); then
            words+=("")
          elif ((i < COMP_CWORD)); then
            ((place--))
          fi
        done
        local -a COMP_WORDS=("${words[@]}")
        local COMP_CWORD=$place
        _complete_tsdb "$@"
        if [ "${#COMPREPLY[@]}" -eq 0 ]; then
          _tsdb_ask "$2"
        fi
        # The generated functions switch file names off.
        if [ "${#COMPREPLY[@]}" -eq 0 ] && type compopt &>/dev/null; then
          compopt -o default
        fi
      }

      complete -F _tsdb_complete -o default tsdb
      """;
}
