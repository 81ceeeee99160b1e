package dev.vantage.tsdb.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.files.NewFile;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an export. Not thread-safe. Until {@link #finish} the file has a random name that ends in
 * {@code .partial}; closing the writer earlier deletes it. Holds one series in memory at a time.
 */
public final class ArchiveWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final NewFile made;
  private final MessageDigest text = ArchiveFormat.sha256();
  private final MessageDigest file = ArchiveFormat.sha256();
  private final OutputStream out;
  private final GZIPOutputStream compressed;
  private final JsonGenerator json;
  private long series;

  /**
   * Begins a file.
   *
   * @param target the file to make; must not exist
   * @param header the header, which precedes the series
   * @throws IOException if the file exists or cannot be written
   */
  public ArchiveWriter(Path target, ArchiveHeader header) throws IOException {
    if (FileChecks.isTaken(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    made = new NewFile(target);
    try {
      out = new BufferedOutputStream(Channels.newOutputStream(made.channel()), BUFFER_BYTES);
      compressed = new FastGzip(new DigestOutputStream(out, file));
      json = ArchiveFormat.generator(new DigestOutputStream(compressed, text));
      writeHeader(header);
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Compresses at the fastest level: for digits, higher levels gain little at several times the
   * cost.
   */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }

    @Override
    public void finish() throws IOException {
      super.finish();
      def.end();
    }
  }

  private void writeHeader(ArchiveHeader header) throws IOException {
    json.writeStartObject();
    json.writeStringField(ArchiveFormat.FORMAT, ArchiveFormat.NAME);
    json.writeNumberField(ArchiveFormat.FORMAT_VERSION, ArchiveFormat.VERSION);
    endLine();
    json.writeStartObject();
    json.writeObjectFieldStart(ArchiveFormat.SETTINGS);
    for (Map.Entry<String, String> setting : header.settings().entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
    endLine();
    json.writeStartObject();
    json.writeObjectFieldStart(ArchiveFormat.ATTRIBUTE_TYPES);
    for (Map.Entry<String, AttributeValue.Type> type :
        header.attributeTypes().declared().entrySet()) {
      json.writeStringField(type.getKey(), type.getValue().label());
    }
    json.writeEndObject();
    endLine();
    json.writeStartObject();
    json.writeArrayFieldStart(ArchiveFormat.VANTAGE_POINTS);
    for (String id : header.vantagePoints()) {
      json.writeString(id);
    }
    json.writeEndArray();
    endLine();
  }

  /**
   * Writes a series. The caller writes the series of the vantage points first, in their order.
   *
   * @param one the series to write
   * @throws IOException if the file cannot be written
   */
  public void write(ArchivedSeries one) throws IOException {
    SeriesEntry entry = one.entry();
    json.writeStartObject();
    json.writeStringField(ArchiveFormat.ID, entry.id());
    if (one.insertedAt().isPresent()) {
      json.writeStringField(ArchiveFormat.INSERTED_AT, one.insertedAt().get().toString());
    }
    if (!entry.attributes().asMap().isEmpty()) {
      json.writeObjectFieldStart(ArchiveFormat.ATTRIBUTES);
      for (Map.Entry<String, AttributeValue> attribute : entry.attributes().asMap().entrySet()) {
        json.writeFieldName(attribute.getKey());
        write(attribute.getValue());
      }
      json.writeEndObject();
    }
    writePoints(entry.series());
    endLine();
    series++;
  }

  private void write(AttributeValue value) throws IOException {
    if (value instanceof AttributeValue.DoubleValue number) {
      json.writeNumber(number.value());
    } else if (value instanceof AttributeValue.LongValue number) {
      json.writeNumber(number.value());
    } else if (value instanceof AttributeValue.BooleanValue truth) {
      json.writeBoolean(truth.value());
    } else {
      json.writeString(value.toString());
    }
  }

  private void writePoints(TimeSeries points) throws IOException {
    if (points.period().isPresent()) {
      json.writeNumberField(ArchiveFormat.PERIOD, points.period().getAsDouble());
    }
    if (points.hasTimes()) {
      writeNumbers(ArchiveFormat.TIMES, points.times());
    }
    writeNumbers(ArchiveFormat.VALUES, points.values());
  }

  private void writeNumbers(String name, double[] numbers) throws IOException {
    json.writeFieldName(name);
    json.writeArray(numbers, 0, numbers.length);
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /**
   * Completes the file, forces it to the disk, and moves it to its name.
   *
   * @throws FileAlreadyExistsException if another file has taken the name meanwhile
   * @throws IOException if the file cannot be written
   */
  public void finish() throws IOException {
    json.close();
    compressed.finish();
    out.write(ArchiveFooter.of(series, text.digest(), file.digest()).toBytes());
    out.flush();
    made.publish();
  }

  /** Closes the writer. Deletes a file that is not finished. */
  @Override
  public void close() {
    try {
      made.close();
    } catch (IOException e) {
      throw new UncheckedIOException("file that is not whole must be removable", e);
    }
  }
}
