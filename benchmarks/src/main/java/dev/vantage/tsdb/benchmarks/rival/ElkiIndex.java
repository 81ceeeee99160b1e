package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.rival.Distances.Point;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Series;
import elki.data.type.SimpleTypeInformation;
import elki.database.ids.DBIDIter;
import elki.database.ids.DBIDRange;
import elki.database.ids.DBIDRef;
import elki.database.ids.DBIDUtil;
import elki.database.ids.DBIDs;
import elki.database.ids.DoubleDBIDListIter;
import elki.database.query.knn.KNNSearcher;
import elki.database.relation.Relation;
import elki.distance.PrimitiveDistance;
import elki.index.KNNIndex;
import elki.index.laesa.LAESA;
import elki.index.tree.metrical.covertree.CoverTree;
import elki.index.tree.metrical.vptree.GNAT;
import elki.index.tree.metrical.vptree.VPTree;
import elki.utilities.random.RandomFactory;
import java.util.ArrayList;
import java.util.List;

/** An index of ELKI. */
final class ElkiIndex implements Rival {
  private static final RandomFactory RANDOM = RandomFactory.get(1L);

  /** The default of ELKI. */
  private static final int TREE_SAMPLE = 10;

  private static final int TREE_LEAF = 8;
  private static final int COVER_LEAF = 10;
  private static final double COVER_EXPANSION = 1.3;
  private static final int GNAT_CHILDREN = 10;

  /** The number of pivots, equal to the vantage points of tsdb. */
  private static final int PIVOTS = 20;

  private final Distances distances;
  private final DBIDRange ids;
  private final KNNSearcher<Point> searcher;
  private final long building;

  /** Creates an index of ELKI. */
  private interface Kind {
    KNNIndex<Point> make(Relation<Point> relation, PrimitiveDistance<Point> distance);
  }

  private ElkiIndex(Dataset data, Patience patience, Kind kind) {
    distances = new Distances(data.metric(), patience);
    Points relation = new Points(Point.all(data.rows()));
    ids = relation.ids;
    Measure measure = new Measure(distances);
    KNNIndex<Point> index = kind.make(relation, measure);
    index.initialize();
    searcher = index.kNNByObject(measure.instantiate(relation), Integer.MAX_VALUE, 0);
    building = distances.computed();
  }

  static ElkiIndex vantagePointTree(Dataset data, Patience patience) {
    return new ElkiIndex(
        data,
        patience,
        (relation, distance) -> new VPTree<>(relation, distance, RANDOM, TREE_SAMPLE, TREE_LEAF));
  }

  static ElkiIndex coverTree(Dataset data, Patience patience) {
    return new ElkiIndex(
        data,
        patience,
        (relation, distance) -> new CoverTree<>(relation, distance, COVER_EXPANSION, COVER_LEAF));
  }

  static ElkiIndex nearNeighborAccessTree(Dataset data, Patience patience) {
    return new ElkiIndex(
        data,
        patience,
        (relation, distance) -> new GNAT<>(relation, distance, RANDOM, GNAT_CHILDREN));
  }

  static ElkiIndex pivotTable(Dataset data, Patience patience) {
    int pivots = Math.min(PIVOTS, data.rows().count());
    return new ElkiIndex(
        data,
        patience,
        (relation, distance) -> new LAESA<>(relation, distance, pivots, Integer.MAX_VALUE, RANDOM));
  }

  @Override
  public RivalAnswer nearest(Series query, int k) {
    List<RivalAnswer.Hit> hits = new ArrayList<>(k);
    DoubleDBIDListIter neighbor = searcher.getKNN(Point.of(query), k).iter();
    for (; neighbor.valid(); neighbor.advance()) {
      hits.add(new RivalAnswer.Hit(ids.getOffset(neighbor), neighbor.doubleValue()));
    }
    // ELKI also returns ties of the last place.
    RivalAnswer answer = RivalAnswer.of(hits);
    return hits.size() <= k ? answer : answer.first(k);
  }

  @Override
  public long exactDistances() {
    return distances.computed() - building;
  }

  /** Adapts the distance to ELKI. */
  private static final class Measure implements PrimitiveDistance<Point> {
    private final Distances distances;

    Measure(Distances distances) {
      this.distances = distances;
    }

    @Override
    public double distance(Point a, Point b) {
      return distances.between(a, b);
    }

    @Override
    public boolean isMetric() {
      return true;
    }

    @Override
    public SimpleTypeInformation<? super Point> getInputTypeRestriction() {
      return new SimpleTypeInformation<>(Point.class);
    }
  }

  /** Adapts the collection to ELKI. */
  private static final class Points implements Relation<Point> {
    private final Point[] points;
    private final DBIDRange ids;

    Points(Point[] points) {
      this.points = points;
      ids = DBIDUtil.generateStaticDBIDRange(points.length);
    }

    @Override
    public Point get(DBIDRef id) {
      return points[ids.getOffset(id)];
    }

    @Override
    public SimpleTypeInformation<Point> getDataTypeInformation() {
      return new SimpleTypeInformation<>(Point.class);
    }

    @Override
    public DBIDs getDBIDs() {
      return ids;
    }

    @Override
    public DBIDIter iterDBIDs() {
      return ids.iter();
    }

    @Override
    public int size() {
      return points.length;
    }

    @Override
    public String getLongName() {
      return "series";
    }
  }
}
