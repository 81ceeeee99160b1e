package dev.vantage.tsdb.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.cli.shell.CompletionPlace.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionPlaceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | ARGUMENT | ~~ | ~~",
        "si | ARGUMENT | si | ~~",
        "( | HEAD | ~~ | ~~",
        "(sim | HEAD | sim | ~~",
        "(f (sim | HEAD | sim | ~~",
        "~(similar \"a\" ~ | ARGUMENT | ~~ | similar",
        "(similar \"a\" :k | KEYWORD | :k | similar",
        "(similar \"a | ID | a | similar",
        "(similar '(\"a\" \"b | ID | b | ~~",
        "(similar (file \"x | FILE | x | file",
        "(similar (text \"x | NONE | x | text",
        "(f \"x | NONE | x | f",
        "(similar \"a\" :where ( | OPERATOR | ~~ | ~~",
        "(similar \"a\" :where (= ba | ATTRIBUTE | ba | =",
        "(similar \"a\" :where (and (= band \"g\") (< pe | ATTRIBUTE | pe | <",
        "(similar \"a\" :where (= band \"g | NONE | g | =",
        "(similar \"a\" :where (< period ,(f x | ARGUMENT | x | f",
        "(similar \"a\" :where (= band \"g\") :se | KEYWORD | :se | similar",
        "(similar \"a\" :select (ty | COLUMN | ty | ~~",
        "(within \"a\" 1 :where fl | ATTRIBUTE | fl | within",
        "(filter t (< pe | ATTRIBUTE | pe | <",
        "(-> t (filter (< pe | ATTRIBUTE | pe | <",
        "(->> t (filter (< pe | ARGUMENT | pe | <",
        "(select (ba | COLUMN | ba | ~~",
        "(select (band (cou | COLUMN | cou | ~~",
        "(select (band) :group-by (ba | COLUMN | ba | ~~",
        "(select (band) :from (similar \"a | ID | a | similar",
        "(order-by t (desc pe | COLUMN | pe | desc",
        "(majority t :ty | KEYWORD | :ty | majority",
        "(f ; (sim | NONE | ~~ | f",
        ",he | COMMAND | ,he | ~~",
        ",help co | NAME | co | ~~",
        ",load x | PLAIN_FILE | x | ~~",
        ",format j | FORMAT | j | ~~",
        ",explain (sim | HEAD | sim | ~~",
        ",limits x | NONE | x | ~~",
        ",nothing x | NONE | x | ~~",
      })
  void placesAreFound(String before, Kind kind, String start, String form) {
    assertEquals(new CompletionPlace(kind, start, form), CompletionPlace.of(before));
  }
}
