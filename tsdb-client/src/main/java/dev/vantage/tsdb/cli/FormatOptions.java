package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FirstColumn;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.LightCurveColumns;
import dev.vantage.tsdb.format.Periods;
import dev.vantage.tsdb.format.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say what format files have, and how to read it. */
final class FormatOptions {
  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description = "columns, wide, ts or light-curve; default ts for .ts files, else columns.")
  private String format;

  @Option(
      names = "--first-column",
      paramLabel = "WHAT",
      description = "Of wide: what the first column is, id (the default), label or value.")
  private String firstColumn;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "Of light-curve: the column of times; default time.")
  private String time;

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      description = "Of light-curve: the column of values; default mag.")
  private String value;

  @Option(
      names = "--group-by",
      paramLabel = "COLUMN",
      description = "Of light-curve: makes a series FILE_GROUP of each group in this column.")
  private String groupBy;

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      description = "Of light-curve: keeps this group alone.")
  private String only;

  @Option(
      names = "--periods",
      paramLabel = "FILE",
      description = "Of light-curve: the file of periods, a row for each FILE.")
  private Path periods;

  /**
   * Finds what is wrong with the options.
   *
   * @throws UsageException if something is
   */
  void check() {
    Optional<FileFormat> given = given();
    if (firstColumn != null) {
      UsageException.named(() -> FirstColumn.ofLabel(firstColumn));
      require(given, FileFormat.WIDE, "--first-column belongs to --as wide");
    }
    if (Stream.of(time, value, groupBy, only, periods).anyMatch(Objects::nonNull)) {
      require(
          given,
          FileFormat.LIGHT_CURVE,
          "--time, --value, --group-by, --only and --periods belong to --as light-curve");
    }
    if (only != null && groupBy == null) {
      throw new UsageException("--only needs --group-by COLUMN");
    }
  }

  private static void require(Optional<FileFormat> given, FileFormat needed, String rule) {
    if (given.isEmpty() || given.get() != needed) {
      throw new UsageException(rule);
    }
  }

  private Optional<FileFormat> given() {
    return Optional.ofNullable(format)
        .map(label -> UsageException.named(() -> FileFormat.ofLabel(label)));
  }

  /** The format of a file. */
  FileFormat formatOf(Path file) {
    return given().orElseGet(() -> FileFormat.ofFileName(file));
  }

  /** Whether the series of this id in a file is one to keep. */
  boolean keeps(Path file, String id) {
    return only == null || id.equals(FileFormat.nameOf(file) + "_" + only);
  }

  /**
   * How to read files.
   *
   * @param errors takes what is wrong with the file of periods
   * @throws IOException if the file of periods cannot be read
   */
  ReadOptions readOptions(Consumer<FormatError> errors) throws IOException {
    LightCurveColumns usual = LightCurveColumns.defaults();
    Optional<Periods> known =
        periods == null
            ? Optional.empty()
            : Optional.of(Periods.read(periods, Optional.empty(), errors));
    LightCurveColumns columns =
        new LightCurveColumns(
            Optional.ofNullable(time).orElse(usual.time()),
            Optional.ofNullable(value).orElse(usual.value()),
            Optional.ofNullable(groupBy),
            known);
    ReadOptions options = ReadOptions.defaults().withLightCurve(columns);
    return firstColumn == null
        ? options
        : options.withFirstColumn(FirstColumn.ofLabel(firstColumn));
  }
}
