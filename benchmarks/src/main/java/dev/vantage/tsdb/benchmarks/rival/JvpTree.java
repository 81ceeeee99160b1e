package dev.vantage.tsdb.benchmarks.rival;

import com.eatthepath.jvptree.VPTree;
import dev.vantage.tsdb.benchmarks.rival.Distances.Point;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Series;
import java.util.Arrays;
import java.util.List;

/** The vantage-point tree of jvptree. It returns points without their distances. */
final class JvpTree implements Rival {
  private final Distances distances;
  private final VPTree<Point, Point> tree;
  private final long building;

  JvpTree(Dataset data, Patience patience) {
    distances = new Distances(data.metric(), patience);
    tree = new VPTree<>(distances::between, Arrays.asList(Point.all(data.rows())));
    building = distances.computed();
  }

  @Override
  public RivalAnswer nearest(Series query, int k) {
    Point point = Point.of(query);
    List<Point> nearest = tree.getNearestNeighbors(point, k);
    return RivalAnswer.of(
        nearest.stream()
            .map(near -> new RivalAnswer.Hit(near.position(), distances.between(point, near)))
            .toList());
  }

  @Override
  public long exactDistances() {
    return distances.computed() - building;
  }
}
