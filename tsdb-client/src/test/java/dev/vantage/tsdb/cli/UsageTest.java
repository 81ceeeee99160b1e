package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage errors are reported in one line, before any action. */
class UsageTest {
  private static final List<String> VERBS =
      List.of(
          "demo",
          "create",
          "import",
          "generate",
          "similar",
          "get",
          "insert",
          "delete",
          "list",
          "stats",
          "attributes",
          "vantage-points",
          "cache",
          "verify",
          "backup",
          "export",
          "restore");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"                                  | a command is missing",
        "--db x                              | a command is missing",
        "simlar a                            | no such command: 'simlar', nearest=similar",
        "vantage-pionts list                 | no such command: 'vantage-pionts', nearest=vantage-points",
        "vantage-points                      | list or add is missing",
        "vantage-points ad a                 | no such command: 'ad', nearest=add",
        "get                                 | ID is missing",
        "postgresql                          | 'tsdb --help' says how it is used",
        "help simlar                         | no such command: 'simlar', nearest=similar",
        "sim a                               | no such command: 'sim', nearest=similar",
        "import --windows 9 f                | no such option: '--windows', nearest=--window",
        "cache config --capacity-mb 0        | no such option: '--capacity-mb', nearest=--capacity",
        "list --db x --db y                  | tsdb list: --db must be given once",
        "list --db                           | tsdb list: --db needs a value: --db DIR|URL",
        "list --db --format json             | tsdb list: --db needs a value: --db DIR|URL",
        "list --db=                          | --db must be a directory or an address: ''",
        "list --tls=yes                      | tsdb list: --tls takes no value: 'yes'",
        "completion fish                     | SHELL must be bash or zsh: 'fish'",
        "insert a --file f --attribute b     | tsdb insert: attribute must be NAME=VALUE: 'b'",
        "generate --count 1                  | tsdb generate: --seed and --output are missing",
        "import f --attributes b             | tsdb import: --attributes-from is missing",
        "verify --sample 3 --all --db x      | only one of these may be given: --sample=N, --all",
        "stats /                             | no more arguments are expected: '/'; hint: --db says",
        "stats postgresql://a@b/c            | hint: --db says which database",
        "stats b                             | no more arguments are expected: 'b'",
        "similar                             | ID or --file is missing",
        "similar a --file f                  | must not be given together",
        "similar a --period 2                | --file",
        "similar a -k 2 b --file f           | must not be given together",
        "similar a --budget-distances 2.5    | must be a whole number: '2.5'",
        "similar a --budget-ms soon          | must be a number: 'soon'",
        "similar a -k x                      | must be a whole number: 'x'",
        "similar a -k 2.5                    | must be a whole number: '2.5'",
        "similar a -k 99999999999            | must be a whole number of at most 2147483647",
        "similar a --radius wide             | must be a number: 'wide'",
        "similar a --nearest 5               | no such option: '--nearest'",
        "similar a --radiu 5                 | no such option: '--radiu', nearest=--radius",
        "similar a b --plot                  | --plot draws the neighbors of one series: ids=a b; hint: --plot FILE.svg",
        "similar a --plot --format json      | goes with no other format than table; hint: --plot FILE",
        "get a --plot --format csv           | goes with no other format than table",
        "get a --plot x.png                  | must end in .svg or .html: file=x.png",
        "get a --plot=x                      | must end in .svg or .html: file=x",
        "get a --plot no-such/x.svg          | directory of the plot must exist: directory=",
        "get a --invert                      | --invert needs --plot",
        "list --limit many                   | must be a whole number",
        "stats --format xml                  | must be table, json or csv: 'xml'",
        "stats --server y                    | server must be HOST:PORT: server=y",
        "stats --db x --server y:1           | --db",
        "--db x stats --server y:1           | --db",
        "--db x --server y:1 stats           | --db",
        "insert a                            | --file",
        "insert a --file f --attribute name  | name",
        "import                              | FILE is missing",
        "import f --as xls                   | format must be columns, wide, ts, light-curve, long or arff",
        "import f --first-column name        | first column must be id, label or value",
        "import f --key k                    | --attributes-from",
        "import f --attributes a              | --attributes-from",
        "attributes                          | list, add or set is missing",
        "attributes set a                    | NAME=VALUE or --remove is missing",
        "attributes set a x                  | attribute must be NAME=VALUE: 'x'",
        "attributes set a =x                 | attribute must be NAME=VALUE: '=x'",
        "attributes set a x=1 x=2            | attribute must be given once: name='x'",
        "insert a --file f --attribute x=1 --attribute x=2 | attribute must be given once: name='x'",
        "attributes set                      | ID is missing",
        "attributes add x                    | TYPE is missing",
        "attributes add x year               | must be double, long, text, boolean or timestamp: 'year'",
        "import f --as long                  | --as long needs the column of ids: --id COLUMN",
        "import f --as wide --time t         | --time has no effect on wide files",
        "import f.ts --value v               | --value has no effect on ts files: file=f.ts",
        "import f --step 3                   | --step has no effect without --window",
        "import f --as wide --step 3         | --step has no effect on wide files without --window",
        "import f --missing foo              | must be drop, interpolate or refuse: 'foo'",
        "import f --rejects -                | --rejects must be a file, not standard output",
        "import f --periods -                | --periods must be a file, not standard input",
        "import f --time none --drop-if x=1  | --drop-if must not be beside --time none",
        "import f --window 2 --attribute-columns start=n | attribute must be given once: name='start'",
        "import f --group-by b --attribute-columns b=o   | attribute must be given once: name='b'",
        "import f --group-by label --label c | attribute must be given once: name='label'",
        "import f --group-by start --window 2 | attribute must be given once: name='start'",
        "import f --window 1                 | window must be >= 2: window=1",
        "import f --separator x              | separator must be tab, semicolon, pipe, comma, blanks",
        "import f --decimal x                | decimal must be . or ,: decimal=x",
        "import f --encoding utf-12          | --encoding must be the name of an encoding",
        "import f --as wide --missing drop   | --missing drop has no effect on wide files",
        "import f --dimension 2 --time t     | no format takes all of these options: --time, --dimension",
        "import f --period 1 --periods p     | must not be given together",
        "import f --first-column id --id 1   | --first-column is short for",
        "import f --replace --if-exists skip | --replace is short for",
        "similar a --separator tab           | --separator is for a file: --file is missing",
        "similar --file f --as ts --time t   | --time has no effect on ts files",
        "insert a --file f --as arff --period 2 | --period has no effect on arff files",
        "create                              | 'create' needs a database in a directory",
        "create --db x --length long         | must be a whole number",
        "create --db x --resampling sometimes | must be periodic or interval: 'sometimes'",
        "verify                              | 'verify' needs a database in a directory or in PostgreSQL",
        "verify --server y:1                 | 'verify' needs a database in a directory",
        "export --db x                       | FILE is missing",
        "restore f --server y:1              | 'restore' needs a database in a directory",
        "restore f                           | 'restore' needs a database in a directory",
        "backup --db x                       | FILE is missing",
        "generate --count 3 --output f       | --seed",
        "generate --count -1 --seed 1 --output f | count must be from 0 to 10000000: count=-1",
      })
  void badUsage(String arguments, String words) {
    Run run = Run.here(arguments.isEmpty() ? new String[0] : arguments.split(" +"));
    run.failed(2, words);
    assertTrue(run.err().startsWith("tsdb"), run::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "similar a -k 0           | INVALID_COMPONENT: k must be >= 1: k=0",
        "similar a --radius -1    | INVALID_COMPONENT: radius must be >= 0: radius=-1.0",
        "similar a --radius NaN   | INVALID_COMPONENT: radius must be >= 0: radius=NaN",
        "similar a --budget-distances -1 | INVALID_COMPONENT: budget of exact distances must be >= 0",
        "similar a --budget-ms -1 | INVALID_COMPONENT: budget of time must be >= 0: time=PT-0.001S",
        "similar a --budget-ms NaN | INVALID_COMPONENT: budget of time must be finite",
        "similar a --where b==1   | INVALID_COMPONENT: ",
        "similar a --where b=     | INVALID_COMPONENT: ",
        "list --where (b=1        | INVALID_COMPONENT: ",
        "list --limit 0           | INVALID_COMPONENT: limit must be >= 1: limit=0",
      })
  void requestsThatCannotBeServed(String arguments, String words) {
    Run.here(arguments.split(" +")).failed(1, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get a", "similar a", "list", "stats", "insert a --file f", "delete a"})
  void verbsOnDatabaseThatIsNotThere(String arguments, @TempDir Path directory) {
    String missing = directory.resolve("missing").toString();
    for (String database : List.of(missing, directory.toString())) {
      Run.here((arguments + " --db " + database).split(" "))
          .failed(
              1,
              "directory must hold a database: directory="
                  + database
                  + "; 'tsdb create --db "
                  + database
                  + "' makes one");
    }
  }

  @Test
  void aDatabaseBesideWithNearlyTheSameNameIsNamed(@TempDir Path directory) {
    Path database = directory.resolve("stars.db");
    Run.here("create", "--length=16", "--db", database.toString()).answered();
    Run.here("list", "--db", directory.resolve("star.db").toString())
        .failed(1, "directory=" + directory.resolve("star.db") + ", nearest=" + database + "\n");
    Run.here("verify", "--db", directory.resolve("stars.dbb").toString())
        .failed(1, ", nearest=" + database + "\n");
    Run.here("list", "--db", directory.resolve("moons.db").toString()).failed(1, "makes one");
  }

  @Test
  void onlyDatabasesThatExistMayBeOpenMeanwhile() {
    assertTrue(Run.here("verify").err().contains("A server may have it open meanwhile"));
    for (String verb : List.of("create", "restore f")) {
      assertTrue(Run.here(verb.split(" ")).err().contains("give --db\n"), verb);
    }
  }

  @Test
  void helpIsThereForEveryVerb() {
    String all = Run.here("--help").answered().out();
    assertEquals(all, Run.here("help").answered().out());
    for (String verb : VERBS) {
      assertTrue(all.contains("  " + verb + " "), verb);
      String help = Run.here(verb, "--help").answered().out();
      assertTrue(help.contains("tsdb " + verb), help);
      assertEquals(help, Run.here("help", verb).answered().out());
    }
    assertTrue(all.contains("3 no connection"), all);
    assertTrue(Run.here("--version").answered().out().startsWith("tsdb "));
  }
}
