package dev.vantage.tsdb.readme;

import java.nio.file.Path;

/** The way in which a shell runs the commands and programs of a page. */
interface Programs {

  /** {@return the beginning of a script} */
  String prologue();

  /** Each in a process of its own, as readers run them. */
  static Programs processes() {
    return () ->
        """
        program() { "$JAVA_HOME/bin/java" -cp "$TSDB_CLASS_PATH" "$1"; }
        """;
  }

  /** All in one process that reads from a pipe, which is quicker. */
  static Programs loop(Path requests, Path answers) {
    return () ->
        """
        exec 7>'%s' 8<'%s'
        loop() {
          local code
          printf '%%s\\n' "$#" "$@" >&7
          read -r code <&8
          cat loop.out
          cat loop.err >&2
          return "$code"
        }
        tsdb() { loop tsdb "$@"; }
        program() { loop java "$1"; }
        """
            .formatted(requests, answers);
  }
}
