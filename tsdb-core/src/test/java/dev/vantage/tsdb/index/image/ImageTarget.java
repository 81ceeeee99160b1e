package dev.vantage.tsdb.index.image;

import dev.vantage.tsdb.fuzz.FuzzTarget;
import dev.vantage.tsdb.fuzz.InputCost;
import dev.vantage.tsdb.index.FilledIndex;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Reads any bytes as a part of a checkpoint, together with the other, undamaged parts. The first
 * byte selects the part.
 */
public final class ImageTarget implements FuzzTarget {
  private static final int SERIES = 24;
  private static final int VANTAGE_POINTS = 3;
  private static final int LENGTH = 16;

  private final InputCost cost = new InputCost(4 << 20, 2000, Duration.ofSeconds(10));
  private final FilledIndex filled = new FilledIndex(LENGTH, 1, VANTAGE_POINTS, 1);
  private final IndexImage image;
  private final List<byte[]> parts = new ArrayList<>();
  private final double[][] vantageRows = new double[VANTAGE_POINTS][];
  private long read;
  private long refused;

  public ImageTarget() {
    Map<String, double[]> rows = filled.walks("s", SERIES, new Random(1));
    filled.putAll(rows);
    image = IndexImage.of(filled.index);
    image.parts().forEach(part -> parts.add(image.write(part)));
    Arrays.setAll(vantageRows, v -> rows.values().iterator().next());
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ByteArrayOutputStream seed = new ByteArrayOutputStream();
      seed.write(i);
      seed.writeBytes(parts.get(i));
      seeds.add(seed.toByteArray());
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of("\0\0\0\0", "\1\0\0\0", "s1", "s23");
  }

  @Override
  public void accept(byte[] input) {
    if (input.length > 0) {
      int changed = Math.floorMod(input[0], parts.size());
      byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
      cost.check(bytes.length, () -> load(changed, bytes));
    }
  }

  private void load(int changed, byte[] bytes) {
    try {
      IndexLoad load = new IndexLoad(filled.index, image.series(), image.vantagePoints());
      List<IndexImage.Part> all = load.parts();
      for (int i = 0; i < all.size(); i++) {
        load.read(all.get(i), i == changed ? bytes : parts.get(i));
      }
      load.publish(vantageRows);
      read++;
    } catch (IllegalArgumentException e) {
      refused++;
    }
  }

  long read() {
    return read;
  }

  long refused() {
    return refused;
  }

  @Override
  public void close() {
    filled.close();
  }

  @Override
  public String toString() {
    return "checkpoints: read=" + read + ", refused=" + refused + ", most allocated=" + cost.most();
  }
}
