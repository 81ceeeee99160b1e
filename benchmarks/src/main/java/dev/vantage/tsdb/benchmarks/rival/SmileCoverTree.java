package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.rival.Distances.Point;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Series;
import java.util.ArrayList;
import java.util.List;
import smile.math.distance.Metric;
import smile.neighbor.CoverTree;
import smile.neighbor.Neighbor;

/** The cover tree of SMILE. */
final class SmileCoverTree implements Rival {
  private final Distances distances;
  private final CoverTree<Point, Point> tree;
  private final long building;

  SmileCoverTree(Dataset data, Patience patience) {
    distances = new Distances(data.metric(), patience);
    Metric<Point> metric = distances::between;
    tree = CoverTree.of(Point.all(data.rows()), metric);
    building = distances.computed();
  }

  @Override
  public RivalAnswer nearest(Series query, int k) {
    List<RivalAnswer.Hit> hits = new ArrayList<>(k);
    for (Neighbor<Point, Point> neighbor : tree.search(Point.of(query), k)) {
      hits.add(new RivalAnswer.Hit(neighbor.key.position(), neighbor.distance));
    }
    return RivalAnswer.of(hits);
  }

  @Override
  public long exactDistances() {
    return distances.computed() - building;
  }
}
