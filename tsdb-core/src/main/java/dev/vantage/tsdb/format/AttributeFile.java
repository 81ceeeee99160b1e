package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.TableOptions.Headers;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table of attributes. Each row has the attributes of one series, or of several. Immutable.
 *
 * <p>The file has a header. Cells are separated by tabs if the header contains one, else by commas,
 * semicolons or bars. An empty cell has no value; neither has a cell with {@code NaN}, {@code null}
 * or the like in a column of a type other than text. All values of a column have one type: the
 * declared type, or the narrowest that fits them all, of boolean, long, double, timestamp (a date
 * with a time and an offset in ISO 8601) and text. A column without any value is skipped.
 */
public final class AttributeFile {
  private final Map<String, Attributes> rows;
  private final Map<String, Type> types;
  private final Map<String, String> renamed;

  private AttributeFile(
      Map<String, Attributes> rows, Map<String, Type> types, Map<String, String> renamed) {
    this.rows = rows;
    this.types = types;
    this.renamed = renamed;
  }

  /**
   * Reads a table with the defaults. Cost: time and memory linear in the size of the file.
   *
   * @param file the file
   * @param columns which columns to read
   * @param declared the types of the attributes that are declared already
   * @param errors receives the errors of bad rows, which are left out; of two rows with the same
   *     key the first counts
   * @return the table
   * @throws InvalidAttributeException if the file is not such a table; the message names the line
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static AttributeFile read(
      Path file, AttributeSelection columns, AttributeTypes declared, Consumer<FormatError> errors)
      throws IOException {
    return read(file, columns, declared, ReadOptions.defaults(), errors);
  }

  /**
   * Reads a table. Cost: time and memory linear in the size of the file.
   *
   * @param file the file
   * @param columns which columns to read
   * @param declared the types of the attributes that are declared already
   * @param options the encoding, the separator and the mark of decimals, where they are given
   * @param errors receives the errors of bad rows, which are left out; of two rows with the same
   *     key the first counts
   * @return the table
   * @throws InvalidAttributeException if the file is not such a table; the message names the line
   * @throws IOException if the file cannot be opened or read; never because of its contents
   */
  public static AttributeFile read(
      Path file,
      AttributeSelection columns,
      AttributeTypes declared,
      ReadOptions options,
      Consumer<FormatError> errors)
      throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(declared, "declared");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(errors, "errors");
    List<AttributeFile> read = new ArrayList<>();
    FactFiles.read(
        file,
        options,
        Headers.FIRST_ROW,
        table -> {
          AttributeRows rows = new AttributeRows(table, columns, declared);
          Consumer<BadLine> report =
              bad -> errors.accept(new FormatError(file.toString(), bad.line(), bad.reason()));
          rows.read(report);
          read.add(new AttributeFile(rows.convert(report), rows.types(), rows.renamed()));
        },
        e -> {
          throw new InvalidAttributeException(
              new FormatError(file.toString(), e.line(), e.getMessage()).toString());
        });
    if (read.size() != 1) {
      throw new InvalidAttributeException(
          "archive must have 1 table of attributes: file=" + file + ", tables=" + read.size());
    }
    return read.get(0);
  }

  /** The error of a row. */
  record BadLine(long line, String reason) {}

  /**
   * Finds a row.
   *
   * @param key the key of the row
   * @return the attributes in the row, or empty if there is no such row
   */
  public Optional<Attributes> attributesOf(String key) {
    Objects.requireNonNull(key, "key");
    return Optional.ofNullable(rows.get(key));
  }

  /** {@return the number of rows and the types of attributes} */
  @Override
  public String toString() {
    return "AttributeFile[rows=" + rows.size() + ", types=" + types + "]";
  }

  /** {@return the keys of all rows, in their order; unmodifiable} */
  public Set<String> keys() {
    return Collections.unmodifiableSet(rows.keySet());
  }

  /** {@return the type of each attribute by its name, in the order of the columns; unmodifiable} */
  public Map<String, Type> types() {
    return Collections.unmodifiableMap(types);
  }

  /**
   * Returns the attributes whose names differ from those of their columns, because the column has
   * the name of a built-in attribute.
   *
   * @return the names of the attributes by the names of their columns; unmodifiable
   */
  public Map<String, String> renamed() {
    return Collections.unmodifiableMap(renamed);
  }
}
