package dev.vantage.tsdb.index;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.search.Searcher;
import dev.vantage.tsdb.testkit.Linearizability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Searches and look-ups concurrent with one writer see one state of the index. They compute on a
 * pool, so thread switches cannot be chosen.
 */
@Tag("soak")
class IndexLinearizabilityTest {
  private static final Metric METRIC = new KernelCorrelation(16, 1);
  private static final int SHAPES = 6;
  private static final double[][] ROWS =
      IntStream.range(0, SHAPES).mapToObj(IndexLinearizabilityTest::row).toArray(double[][]::new);

  /** For all indexes, of which there are very many; its threads end with the process. */
  private static final Coprocessor POOL = new Coprocessor(2);

  private static final SearchRequest NEAREST = FilledIndex.nearest(3);

  private static double[] row(int shape) {
    double[] samples = new double[METRIC.length()];
    for (int t = 0; t < samples.length; t++) {
      samples[t] = Math.sin(t) + shape * Math.cos(0.7 * t * t) / SHAPES;
    }
    double[] row = new double[METRIC.rowSize()];
    METRIC.prepare(samples, row, 0);
    return row;
  }

  private static String id(int number) {
    return "s-" + number;
  }

  private static String ids(List<Neighbor> hits) {
    return String.join(" ", hits.stream().map(Neighbor::id).toList());
  }

  /** An index over a storage with the same data. */
  @Param(name = "number", gen = IntGen.class, conf = "0:3")
  @Param(name = "shape", gen = IntGen.class, conf = "0:5")
  public abstract static class AnyIndex {
    private final Map<Long, double[]> stored = new ConcurrentHashMap<>();
    final VantageIndex index;
    final Searcher searcher;
    private long lastKey;

    AnyIndex(long room) {
      index = new VantageIndex(METRIC, POOL, this::load, room);
      searcher = new Searcher(index, System::nanoTime);
      IndexUpdate update = IndexUpdate.of(index);
      for (int v = 0; v < 2; v++) {
        update.add("v-" + v, store(v), ROWS[v]);
      }
      update.setVantagePoints(new int[] {0, 1}, () -> {});
      update.publish();
    }

    private boolean load(long key, double[] row) {
      double[] found = stored.get(key);
      if (found != null) {
        System.arraycopy(found, 0, row, 0, row.length);
      }
      return found != null;
    }

    private long store(int shape) {
      stored.put(++lastKey, ROWS[shape]);
      return lastKey;
    }

    @Operation(nonParallelGroup = "writer")
    public boolean put(@Param(name = "number") int number, @Param(name = "shape") int shape) {
      IndexUpdate update = IndexUpdate.of(index);
      boolean there = remove(update, number);
      add(update, number, shape);
      update.publish();
      return there;
    }

    @Operation(nonParallelGroup = "writer")
    public boolean delete(@Param(name = "number") int number) {
      IndexUpdate update = IndexUpdate.of(index);
      boolean there = remove(update, number);
      update.publish();
      return there;
    }

    void add(IndexUpdate update, int number, int shape) {
      int ordinal = update.add(id(number), store(shape), ROWS[shape]);
      update.setDistances(ordinal, index.distances(ROWS[shape]));
    }

    boolean remove(IndexUpdate update, int number) {
      List<Long> gone = new ArrayList<>();
      index
          .find(id(number))
          .ifPresent(
              ordinal -> {
                gone.add(update.storageKey(ordinal));
                update.remove(ordinal);
              });
      keepRemoved(update);
      stored.keySet().removeAll(gone);
      return !gone.isEmpty();
    }

    void keepRemoved(IndexUpdate update) {
      update.keepRemoved();
    }

    @Operation
    public String like(@Param(name = "shape") int shape) {
      return ids(searcher.search(ROWS[shape], NEAREST).neighbors());
    }

    @Operation
    public String likeStored(@Param(name = "number") int number) {
      return searcher
          .search(id(number), NEAREST)
          .map(found -> ids(found.neighbors()))
          .orElse("unknown");
    }

    @Operation
    public boolean contains(@Param(name = "number") int number) {
      return index.find(id(number)).isPresent();
    }

    @Operation
    public int size() {
      return index.size();
    }
  }

  /** All rows stay in memory. */
  public static class ResidentIndex extends AnyIndex {
    public ResidentIndex() {
      super(Long.MAX_VALUE);
    }
  }

  /** An index that reads all rows, except rows of vantage points, from the storage. */
  public static class StoredIndex extends AnyIndex {
    public StoredIndex() {
      super(0);
    }
  }

  /** An index that does not keep removed rows for running searches. */
  public static class ForgetfulIndex extends AnyIndex {
    public ForgetfulIndex() {
      super(0);
    }

    @Override
    void keepRemoved(IndexUpdate update) {}

    @Override
    boolean remove(IndexUpdate update, int number) {
      boolean there = super.remove(update, number);
      Linearizability.linger();
      return there;
    }
  }

  /** An index that replaces a series in two visible steps. */
  public static class TornIndex extends AnyIndex {
    public TornIndex() {
      super(Long.MAX_VALUE);
    }

    @Override
    @Operation(nonParallelGroup = "writer")
    public boolean put(@Param(name = "number") int number, @Param(name = "shape") int shape) {
      boolean there = delete(number);
      Linearizability.linger();
      IndexUpdate update = IndexUpdate.of(index);
      add(update, number, shape);
      update.publish();
      return there;
    }
  }

  /** The sequential specification. */
  public static class OneByOne {
    private final Map<String, Integer> shapes = new TreeMap<>(Map.of("v-0", 0, "v-1", 1));

    public boolean put(int number, int shape) {
      return shapes.put(id(number), shape) != null;
    }

    public boolean delete(int number) {
      return shapes.remove(id(number)) != null;
    }

    public String like(int shape) {
      return nearest(shape, "");
    }

    public String likeStored(int number) {
      Integer shape = shapes.get(id(number));
      return shape == null ? "unknown" : nearest(shape, id(number));
    }

    private String nearest(int shape, String excluded) {
      Metric.Evaluator evaluator = METRIC.evaluator();
      return String.join(
          " ",
          shapes.keySet().stream()
              .filter(id -> !id.equals(excluded))
              .sorted(
                  Comparator.<String>comparingDouble(
                          id -> evaluator.distance(ROWS[shape], 0, ROWS[shapes.get(id)], 0))
                      .thenComparing(id -> id))
              .limit(3)
              .toList());
    }

    public boolean contains(int number) {
      return shapes.containsKey(id(number));
    }

    public int size() {
      return shapes.size();
    }
  }

  @Test
  void searchesSeeOneMoment() {
    Linearizability.stress(2).sequentialSpecification(OneByOne.class).check(ResidentIndex.class);
    Linearizability.stress(2).sequentialSpecification(OneByOne.class).check(StoredIndex.class);
  }

  @Test
  void searchesSeeOneMomentForLong() {
    Linearizability.stress(200).sequentialSpecification(OneByOne.class).check(ResidentIndex.class);
    Linearizability.stress(200).sequentialSpecification(OneByOne.class).check(StoredIndex.class);
  }

  @Test
  void rowsThatAreGoneAreFoundOut() {
    Linearizability.assertFinds(
        Linearizability.stress(200).sequentialSpecification(OneByOne.class), ForgetfulIndex.class);
  }

  @Test
  void aReplacementInTwoStepsIsFoundOut() {
    Linearizability.assertFinds(
        Linearizability.stress(200).sequentialSpecification(OneByOne.class), TornIndex.class);
  }
}
