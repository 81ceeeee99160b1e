package dev.vantage.tsdb.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A CRC-32C over values. Not thread-safe. The length of each value must follow from the values
 * before it.
 */
public final class Checksum {
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);

  public Checksum add(long number) {
    crc.update(bytes.putLong(0, number).array());
    return this;
  }

  /** Adds negative zero as zero, because not every storage can represent it. */
  public Checksum add(double number) {
    return add(Double.doubleToLongBits(number + 0.0));
  }

  public Checksum add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8.length);
    crc.update(utf8);
    return this;
  }

  public long value() {
    return crc.getValue();
  }
}
