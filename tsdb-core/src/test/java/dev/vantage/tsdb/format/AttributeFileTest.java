package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeFileTest {
  private static final AttributeTypes NONE = AttributeTypes.noneDeclared();

  @TempDir private Path directory;
  private final List<String> errors = new ArrayList<>();

  private AttributeFile read(AttributeSelection columns, AttributeTypes declared, String text)
      throws IOException {
    return read(columns, declared, text.getBytes(StandardCharsets.UTF_8));
  }

  private AttributeFile read(AttributeSelection columns, AttributeTypes declared, byte[] bytes)
      throws IOException {
    Path file = Files.write(directory.resolve("table.csv"), bytes);
    return AttributeFile.read(
        file, columns, declared, error -> errors.add(error.line() + ": " + error.reason()));
  }

  private AttributeFile read(String text) throws IOException {
    return read(AttributeSelection.all(), NONE, text);
  }

  private static Optional<Attributes> row(Attributes attributes) {
    return Optional.of(attributes);
  }

  @Test
  void aColumnHasTheNarrowestTypeOfAllItsCells() throws IOException {
    AttributeFile table =
        read(
            "\uFEFFid,b,n,x,t,s,gap,none\n"
                + "a,true,1,1,2024-05-01T20:15:00+02:00,1,,\n"
                + "b,False,-7,2.5,,x,3,\n"
                + "c,,,1e-3,2024-05-01T20:15Z,\"a \"\"b\"\", c\",,\n");
    assertEquals(
        "{b=BOOLEAN, n=LONG, x=DOUBLE, t=TIMESTAMP, s=TEXT, gap=LONG}", table.types().toString());
    assertEquals(List.of("a", "b", "c"), List.copyOf(table.keys()));
    assertEquals(
        row(
            Attributes.none()
                .with("b", true)
                .with("n", 1)
                .with("x", 1.0)
                .with("t", new TimestampValue(Instant.parse("2024-05-01T18:15:00Z")))
                .with("s", "1")),
        table.attributesOf("a"));
    assertEquals(
        row(
            Attributes.none()
                .with("b", false)
                .with("n", -7)
                .with("x", 2.5)
                .with("s", "x")
                .with("gap", 3)),
        table.attributesOf("b"));
    assertEquals(
        row(
            Attributes.none()
                .with("x", 1e-3)
                .with("t", new TimestampValue(Instant.parse("2024-05-01T20:15:00Z")))
                .with("s", "a \"b\", c")),
        table.attributesOf("c"));
    assertEquals(Optional.empty(), table.attributesOf("A"));
    assertEquals(List.of(), errors);
  }

  @ParameterizedTest
  @CsvSource({
    "1 2, LONG",
    "9223372036854775807 1, LONG",
    "9223372036854775808 1, DOUBLE",
    "1 2.0, DOUBLE",
    "1 NaN, LONG",
    "nan 1.5 NA, DOUBLE",
    "NaN NaN, TEXT",
    "NA x, TEXT",
    "1 true, TEXT",
    "TRUE false, BOOLEAN",
    "1e999 1, TEXT",
    "0x10 1, TEXT",
    "2024-05-01, TEXT",
    "2024-05-01T00:00:00, TEXT",
    "2024-05-01T00:00:00Z 2024-05-01T00:00:00.123456789+14:00, TIMESTAMP"
  })
  void typesOfColumns(String cells, Type type) throws IOException {
    StringBuilder text = new StringBuilder("key,v\n");
    int row = 0;
    for (String cell : cells.split(" ")) {
      text.append(row++).append(',').append(cell).append('\n');
    }
    assertEquals(Map.of("v", type), read(text.toString()).types());
    assertEquals(List.of(), errors);
  }

  @Test
  void markersOfMissingNumbersSayNothing() throws IOException {
    AttributeFile table = read("key,x,s\na,NaN,NA\nb,1,y\n");
    assertEquals(row(Attributes.none().with("s", "NA")), table.attributesOf("a"));
  }

  @Test
  void aDeclaredTypeWins() throws IOException {
    AttributeTypes declared = NONE.with("n", Type.DOUBLE).with("s", Type.TEXT);
    AttributeFile table =
        read(AttributeSelection.all(), declared, "key,n,s\na,1,1\nb,x,2\nc,,\nd,2,3\n");
    assertEquals("{n=DOUBLE, s=TEXT}", table.types().toString());
    assertEquals(row(Attributes.none().with("n", 1.0).with("s", "1")), table.attributesOf("a"));
    assertEquals(Optional.empty(), table.attributesOf("b"));
    assertEquals(row(Attributes.none()), table.attributesOf("c"));
    assertEquals(
        List.of("3: attribute must be of its type: name='n', type=double, text='x'"), errors);
  }

  @Test
  void badRowsAreNamedAndLeftOut() throws IOException {
    AttributeFile table = read("# about\nkey,n\na,1\na,x\n,2\nb\n\nc,3,4\n");
    assertEquals(
        List.of(
            "4: key must be given once, the first counts: key='a'",
            "5: key must not be empty: column='key'",
            "6: row must reach to column 'n': columns=1"),
        errors);
    assertEquals(Map.of("n", Type.LONG), table.types());
    assertEquals(List.of("a", "c"), List.copyOf(table.keys()));
  }

  @Test
  void tabsSeparateWhereTheHeaderHasOne() throws IOException {
    AttributeFile table = read("# a, b\n\nkey\tname\tn\na\tx, y\t\nb\t\t2\n");
    assertEquals(row(Attributes.none().with("name", "x, y")), table.attributesOf("a"));
    assertEquals(row(Attributes.none().with("n", 2)), table.attributesOf("b"));
    AttributeFile commas = read("key,name\na,\"x\ty\"\n");
    assertEquals(row(Attributes.none().with("name", "x\ty")), commas.attributesOf("a"));
  }

  @Test
  void namesOfBuiltInAttributesGetAnUnderscore() throws IOException {
    AttributeFile table = read("mean,id,length,\n1,x,2,3\n");
    assertEquals("{id_=TEXT, length_=LONG}", table.types().toString());
    assertEquals(Map.of("id", "id_", "length", "length_"), table.renamed());
    assertEquals(
        row(Attributes.none().with("id_", "x").with("length_", 2)), table.attributesOf("1"));
  }

  @Test
  void columnsAreChosenAndNamed() throws IOException {
    Map<String, String> chosen = new LinkedHashMap<>();
    chosen.put("type", "Type");
    chosen.put("Per", "Per");
    AttributeSelection columns = AttributeSelection.all().withKey("Num").choosing(chosen);
    AttributeFile table = read(columns, NONE, "Type,Num,Per,mean\nab,7,0.5,1\n");
    assertEquals("{type=TEXT, Per=DOUBLE}", table.types().toString());
    assertEquals(
        row(Attributes.none().with("type", "ab").with("Per", 0.5)), table.attributesOf("7"));
  }

  private void refused(AttributeSelection columns, String text, String message) {
    InvalidAttributeException e =
        assertThrows(InvalidAttributeException.class, () -> read(columns, NONE, text));
    String expected = directory.resolve("table.csv") + ":" + message;
    assertEquals(expected, e.getMessage().substring(0, expected.length()));
  }

  @Test
  void whatIsNoTableIsRefusedAsAWhole() throws IOException {
    AttributeSelection all = AttributeSelection.all();
    refused(all, "", "1: file must have at least 1 row");
    refused(all, "key,n\n", "1: file must have at least 1 row");
    refused(all, "key,n,n\na,1,2\n", "1: header must name each attribute once: attribute='n'");
    refused(all, "key,id,id_\na,1,2\n", "1: header must name each attribute once");
    refused(all, "key,\"a\u0007\"\na,1\n", "1: attribute name must not have control characters");
    refused(
        all.withKey("Key"), "key,n\na,1\n", "1: header must name the column once: column='Key'");
    refused(all.choosing(Map.of("mean", "n")), "key,n\na,1\n", "1: attribute must not be built in");
    refused(all.choosing(Map.of("m", "x")), "key,n\na,1\n", "1: header must name the column once");
    refused(all, "key,n\na,\"1\n", "2: file must be well-formed CSV");
    byte[] latin = "key,n\na,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    InvalidAttributeException e =
        assertThrows(InvalidAttributeException.class, () -> read(all, NONE, latin));
    assertEquals(true, e.getMessage().contains("file must be UTF-8"), e.getMessage());
    Path missing = directory.resolve("missing.csv");
    assertThrows(NoSuchFileException.class, () -> AttributeFile.read(missing, all, NONE, x -> {}));
  }
}
