package dev.vantage.tsdb.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipException;

/**
 * Reads a complete export, series by series. Not thread-safe. Holds one series in memory at a time,
 * and refuses a series that takes a large share of the heap.
 */
public final class ArchiveReader implements AutoCloseable {
  private final ArchiveFile file;
  private final ArchiveFooter footer;
  private final SizeLimit allowance = new SizeLimit();
  private final MessageDigest digest = ArchiveFormat.sha256();
  private final InputStream text;
  private final JsonParser json;
  private final ArchiveHeader header;
  private final SeriesParser parser;
  private long read;

  private ArchiveReader(ArchiveFile file, ArchiveFooter footer) throws IOException {
    this.file = file;
    this.footer = footer;
    text = new DigestInputStream(file.text(), digest);
    try {
      json = ArchiveFormat.json().createParser(text);
      header = parsed(this::readHeader);
      parser = new SeriesParser(json, header.attributeTypes(), allowance);
    } catch (IOException | RuntimeException | Error e) {
      text.close();
      throw e;
    }
  }

  /**
   * Returns whether the first bytes of a file are those of an export.
   *
   * @param file the file
   * @return whether the file may be an export
   * @throws IOException if the file cannot be read
   */
  public static boolean accepts(Path file) throws IOException {
    return new ArchiveFile(file).isCompressed();
  }

  /**
   * A checked file. Can be read any number of times.
   *
   * @param file the file
   * @param footer its last line
   */
  private record Whole(ArchiveFile file, ArchiveFooter footer) implements Source {
    @Override
    public long series() {
      return footer.series();
    }

    @Override
    public ArchiveReader open() throws IOException {
      return new ArchiveReader(file, footer);
    }
  }

  /** A complete, checked file. Thread-safe. */
  public interface Source {
    /** {@return the number of series in the file} */
    long series();

    /**
     * Opens the file at its first series.
     *
     * @return a reader
     * @throws IOException if the file cannot be read
     * @throws BadArchiveException if the content is malformed
     */
    ArchiveReader open() throws IOException;
  }

  /**
   * Checks that a file is complete. Reads every byte of it.
   *
   * @param path the file
   * @return the checked file
   * @throws IOException if the file cannot be read
   * @throws BadArchiveException if it is damaged, or not an export of a supported version
   */
  public static Source check(Path path) throws IOException {
    ArchiveFile file = new ArchiveFile(path);
    try {
      if (!file.isCompressed()) {
        throw new BadArchiveException("file must be an export of tsdb: file=" + path);
      }
      checkVersion(path, file.firstLine());
      return new Whole(file, file.footer());
    } catch (ZipException | EOFException e) {
      throw new BadArchiveException(
          "export must be complete and unchanged: file=" + path + ", found=" + e.getMessage(), e);
    }
  }

  /** Checks the version before the other lines are read: a later version may change them. */
  private static void checkVersion(Path path, byte[] line) throws IOException {
    String format = "";
    long version = 0;
    try (JsonParser json = ArchiveFormat.json().createParser(line)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          JsonToken token = json.nextToken();
          if (name.equals(ArchiveFormat.FORMAT)) {
            format = json.getText();
          } else if (name.equals(ArchiveFormat.FORMAT_VERSION)
              && token == JsonToken.VALUE_NUMBER_INT) {
            version = json.getLongValue();
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (JsonProcessingException | CharConversionException e) {
      format = "";
    }
    if (!format.equals(ArchiveFormat.NAME)) {
      throw new BadArchiveException("file must be an export of tsdb: file=" + path);
    }
    if (version != ArchiveFormat.VERSION) {
      throw new BadArchiveException(
          "export must be of version "
              + ArchiveFormat.VERSION
              + ": version="
              + version
              + ", file="
              + path);
    }
  }

  /** {@return the header, which precedes the series} */
  public ArchiveHeader header() {
    return header;
  }

  /**
   * Reads the next series.
   *
   * @return the series, or empty after the last one
   * @throws IOException if the file cannot be read
   * @throws BadArchiveException if the content is malformed
   */
  public Optional<ArchivedSeries> next() throws IOException {
    Optional<ArchivedSeries> next = parsed(this::readNext);
    next.ifPresentOrElse(this::checkVantagePoint, this::checkEnd);
    return next;
  }

  private Optional<ArchivedSeries> readNext() throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      return Optional.empty();
    }
    if (token != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("each line must be an object");
    }
    ArchivedSeries series = parser.read();
    read++;
    return Optional.of(series);
  }

  private void checkVantagePoint(ArchivedSeries series) {
    List<String> ids = header.vantagePoints();
    if (read <= ids.size() && !ids.get((int) read - 1).equals(series.entry().id())) {
      throw bad("the vantage points must come first, in their order", Optional.empty());
    }
  }

  private void checkEnd() {
    boolean whole =
        read == footer.series()
            && read >= header.vantagePoints().size()
            && HexFormat.of().formatHex(digest.digest()).equals(footer.text());
    if (!whole) {
      throw file.notWhole("checksum mismatch of the lines");
    }
  }

  private ArchiveHeader readHeader() throws IOException {
    json.nextToken();
    json.skipChildren(); // skips the line with the version
    SortedMap<String, String> settings = new TreeMap<>();
    beginLine(ArchiveFormat.SETTINGS, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      settings.put(name, nextText());
    }
    endLine();
    SortedMap<String, Type> types = new TreeMap<>();
    beginLine(ArchiveFormat.ATTRIBUTE_TYPES, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      allowance.takeText(name);
      String label = nextText();
      types.put(
          name,
          Type.ofLabel(label)
              .orElseThrow(() -> new IllegalArgumentException("no such type: type=" + label)));
    }
    endLine();
    List<String> vantagePoints = new ArrayList<>();
    beginLine(ArchiveFormat.VANTAGE_POINTS, JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      allowance.takeText(json.getText());
      vantagePoints.add(json.getText());
    }
    endLine();
    return new ArchiveHeader(settings, AttributeTypes.of(types), List.copyOf(vantagePoints));
  }

  private void beginLine(String name, JsonToken value) throws IOException {
    boolean begun =
        json.nextToken() == JsonToken.START_OBJECT
            && name.equals(json.nextFieldName())
            && json.nextToken() == value;
    if (!begun) {
      throw new IllegalArgumentException("line must have one field: field=" + name);
    }
  }

  private void endLine() throws IOException {
    if (!json.currentToken().isStructEnd() || json.nextToken() != JsonToken.END_OBJECT) {
      throw new IllegalArgumentException("line must have one field");
    }
  }

  private String nextText() throws IOException {
    if (json.nextToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("value must be a string");
    }
    allowance.takeText(json.getText());
    return json.getText();
  }

  private interface Parsing<T> {
    T run() throws IOException;
  }

  /** Runs a step of parsing. A failure is reported with the line at which it occurred. */
  private <T> T parsed(Parsing<T> parsing) throws IOException {
    try {
      return parsing.run();
    } catch (JsonProcessingException e) {
      throw bad(e.getOriginalMessage(), Optional.of(e));
    } catch (ZipException | EOFException | CharConversionException | IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()), Optional.of(e));
    }
  }

  private BadArchiveException bad(String problem, Optional<Exception> cause) {
    String message =
        problem + ": line=" + json.currentLocation().getLineNr() + ", export=" + file.path();
    return cause
        .map(failure -> new BadArchiveException(message, failure))
        .orElseGet(() -> new BadArchiveException(message));
  }

  @Override
  public void close() throws IOException {
    json.close();
    text.close();
  }
}
