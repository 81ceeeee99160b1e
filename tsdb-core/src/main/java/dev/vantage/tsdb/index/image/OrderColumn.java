package dev.vantage.tsdb.index.image;

/** The ordinals of the series in the order of one tree. */
final class OrderColumn implements ImageColumn {
  private final int vantagePoint;
  private final int[] order;

  OrderColumn(int vantagePoint, int[] order) {
    this.vantagePoint = vantagePoint;
    this.order = order;
  }

  @Override
  public String name() {
    return "order." + vantagePoint;
  }

  @Override
  public int rowsPerPart() {
    return ImageColumn.rowsPerPart(Integer.BYTES);
  }

  @Override
  public byte[] write(int from, int to) {
    byte[] bytes = new byte[(to - from) * Integer.BYTES];
    ImageColumn.buffer(bytes).asIntBuffer().put(order, from, to - from);
    return bytes;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    ImageColumn.checkSize(this, bytes, (long) (to - from) * Integer.BYTES);
    ImageColumn.buffer(bytes).asIntBuffer().get(order, from, to - from);
    for (int i = from; i < to; i++) {
      if (order[i] < 0 || order[i] >= order.length) {
        throw new IllegalArgumentException(
            "an ordinal must be from 0 to the number of series: column="
                + name()
                + ", ordinal="
                + order[i]
                + ", series="
                + order.length);
      }
    }
  }
}
