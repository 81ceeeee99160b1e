package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Checkpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Converts numbers to little-endian bytes and back, and computes checksums over them. */
public final class Blobs {
  private static final byte[] NO_TIMES = {};

  private Blobs() {}

  static byte[] ofDoubles(double[] numbers) {
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asDoubleBuffer().put(numbers);
    return buffer.array();
  }

  public static double[] toDoubles(byte[] bytes) {
    double[] numbers = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(numbers);
    return numbers;
  }

  static byte[] ofLongs(List<Long> numbers) {
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    numbers.forEach(buffer::putLong);
    return buffer.array();
  }

  static long[] toLongs(byte[] bytes) {
    long[] numbers = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
    return numbers;
  }

  /** Returns the bytes of the times; none for an evenly spaced series. */
  static byte[] times(TimeSeries series) {
    return series.hasTimes() ? ofDoubles(series.times()) : NO_TIMES;
  }

  /** Returns the series of some stored bytes. */
  static TimeSeries series(byte[] times, byte[] values, double period) {
    if (times.length == 0) {
      return TimeSeries.ofValues(toDoubles(values));
    }
    TimeSeries series = TimeSeries.of(toDoubles(times), toDoubles(values));
    return period > 0 ? series.foldedBy(period) : series;
  }

  /** Returns the period, or 0 for an unfolded series. */
  static double period(SeriesEntry entry) {
    return entry.series().period().orElse(0);
  }

  static long seriesChecksum(String id, byte[] times, byte[] values, double period) {
    CRC32C checksum = new CRC32C();
    checksum.update(id.getBytes(StandardCharsets.UTF_8));
    checksum.update(times);
    checksum.update(values);
    checksum.update(ofDoubles(new double[] {period}));
    return checksum.getValue();
  }

  /**
   * Computes the checksum of a part. It covers the origin of the checkpoint, so that parts of
   * different checkpoints are never mixed.
   */
  static long chunkChecksum(Checkpoint checkpoint, String column, int part, byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(
        ofLongs(
            List.of(
                checkpoint.generation(),
                checkpoint.lastKey(),
                (long) checkpoint.series(),
                (long) part)));
    checksum.update(ofLongs(checkpoint.vantagePoints()));
    checksum.update(column.getBytes(StandardCharsets.UTF_8));
    checksum.update(content);
    return checksum.getValue();
  }

  static long rowChecksum(long key, byte[] distances) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, key));
    checksum.update(distances);
    return checksum.getValue();
  }
}
