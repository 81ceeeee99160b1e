package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.format.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** No option is ignored: on every format it has an effect, or it is refused before reading. */
class FileOptionsTest {
  /** A value of each option that is not what happens without it. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("--separator", "semicolon"),
          Map.entry("--decimal", ","),
          Map.entry("--encoding", "UTF-16LE"),
          Map.entry("--skip-lines", "7"),
          Map.entry("--time", "err"),
          Map.entry("--value", "err"),
          Map.entry("--id", "name"),
          Map.entry("--label", "kind"),
          Map.entry("--first-column", "label"),
          Map.entry("--group-by", "kind"),
          Map.entry("--only", "nobody"),
          Map.entry("--attribute-columns", "k=kind"),
          Map.entry("--drop-if", "err > 1"),
          Map.entry("--period", "0.5"),
          Map.entry("--period-column", "per"),
          Map.entry("--periods", "PERIODS"),
          Map.entry("--window", "2"),
          Map.entry("--step", "1"),
          Map.entry("--dimension", "2"));

  private static final String POINTS =
      """
      # points
      name,time,mag,err,kind,per
      a,0.1,1.5,1,x,0.25
      a,0.2,,1,x,0.25
      a,0.3,2.5,2,x,0.25
      a,0.4,3.5,1,x,0.25
      a,0.5,4.5,1,x,0.25
      """;

  private static final String ROWS =
      """
      # rows
      key,name,kind,t1,t2,t3
      1,5,7,0.5,,2.5
      2,6,8,0.25,0.5,0.125
      """;

  private static final String TS =
      """
      # two dimensions
      @timeStamps true
      @univariate false
      @classLabel true x y
      @data
      (0.1,1),(0.2,2),(0.4,6),(0.5,3):(0.1,1),(0.2,5),(0.4,7),(0.5,3):x
      (0.1,1),(0.2,2),(0.4,?),(0.5,3):(0.1,1),(0.2,5),(0.4,?),(0.5,3):x
      """;

  private static final String ARFF =
      """
      % rows
      @relation r
      @attribute a real
      @attribute b real
      @attribute c real
      @attribute kind {x,y}
      @data
      1,?,3,x
      2,3,5,y
      """;

  @TempDir private Path directory;

  private static Stream<Arguments> cases() {
    return options()
        .flatMap(
            option -> Stream.of(FileFormat.values()).map(format -> Arguments.of(option, format)));
  }

  private static Stream<String> options() {
    return new CommandLine(new ReadFile.Importing())
        .getCommandSpec().options().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !name.equals("--as"));
  }

  @Test
  void everyOptionIsTried() {
    Set<String> tried = new TreeSet<>(VALUES.keySet());
    tried.add("--missing");
    assertEquals(options().collect(Collectors.toCollection(TreeSet::new)), tried);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anOptionHasAnEffectOrIsRefused(String option, FileFormat format) throws IOException {
    Path file = Files.writeString(directory.resolve("sample"), sample(format));
    List<String> plain = new ArrayList<>(List.of("--as", format.label()));
    // A long file already has a column of ids, so the option may name a second one.
    if (format == FileFormat.LONG && !option.equals("--id")) {
      plain.add("--id=name");
    } else if (format == FileFormat.LONG) {
      plain.add("--group-by=kind");
    }
    if (format == FileFormat.TS && !option.equals("--dimension")) {
      plain.add("--dimension=1");
    }
    List<String> with = new ArrayList<>(plain);
    with.add(option + "=" + value(option, format));
    String before = ReadFile.of(file, plain).outcome();
    try {
      assertNotEquals(before, ReadFile.of(file, with).outcome());
    } catch (ParameterException e) {
      assertTrue(e.getMessage().contains(option), e::getMessage);
      assertTrue(e.getMessage().contains("no effect on " + format.label()), e::getMessage);
    }
  }

  private String value(String option, FileFormat format) throws IOException {
    if (option.equals("--periods")) {
      Path periods = directory.resolve("periods.csv");
      return Files.writeString(periods, "id,period\nsample,0.25\na,0.5\n").toString();
    }
    if (option.equals("--missing")) {
      return format.hasPointsInRows() ? "refuse" : "interpolate";
    }
    return VALUES.get(option);
  }

  private static String sample(FileFormat format) {
    return switch (format) {
      case COLUMNS, LIGHT_CURVE -> POINTS;
      case LONG -> POINTS;
      case WIDE -> ROWS;
      case TS -> TS;
      case ARFF -> ARFF;
    };
  }
}
