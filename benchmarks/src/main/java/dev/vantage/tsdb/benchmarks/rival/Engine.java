package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.workload.Dataset;

/** The engines of the comparison. */
public enum Engine {
  /** The linear scan. */
  SCAN("scan", "linear scan") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return new PackedScan(data);
    }
  },
  /** The index of tsdb, with a pool of one thread. */
  TSDB("tsdb", "tsdb") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return new TsdbIndex(data, 1, false);
    }
  },
  /** tsdb through its public interface, with a pool of one thread. */
  TSDB_DOOR("tsdb-door", "tsdb, public door") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return new TsdbDoor(data, 1);
    }
  },
  /** The vantage-point tree of ELKI. */
  ELKI_VP_TREE("elki-vp-tree", "ELKI VP-tree") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return ElkiIndex.vantagePointTree(data, patience);
    }
  },
  /** The cover tree of ELKI. */
  ELKI_COVER_TREE("elki-cover-tree", "ELKI cover tree") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return ElkiIndex.coverTree(data, patience);
    }
  },
  /** The geometric near-neighbor access tree of ELKI. */
  ELKI_GNAT("elki-gnat", "ELKI GNAT") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return ElkiIndex.nearNeighborAccessTree(data, patience);
    }
  },
  /** The pivot table of ELKI. */
  ELKI_LAESA("elki-laesa", "ELKI LAESA") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return ElkiIndex.pivotTable(data, patience);
    }
  },
  /** The cover tree of SMILE. */
  SMILE_COVER_TREE("smile-cover-tree", "SMILE cover tree") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return new SmileCoverTree(data, patience);
    }
  },
  /** The vantage-point tree of jvptree. */
  JVPTREE("jvptree", "jvptree") {
    @Override
    public Rival build(Dataset data, Patience patience) {
      return new JvpTree(data, patience);
    }
  };

  private final String label;
  private final String title;

  Engine(String label, String title) {
    this.label = label;
    this.title = title;
  }

  /** {@return the name in options and results} */
  public String label() {
    return label;
  }

  /** {@return the name in tables and plots} */
  public String title() {
    return title;
  }

  /** {@return whether the engine is not part of tsdb} */
  public boolean isRival() {
    return this != SCAN && this != TSDB && this != TSDB_DOOR;
  }

  /**
   * Finds an engine.
   *
   * @param label its name
   * @return the engine
   * @throws IllegalArgumentException if no engine has that name
   */
  public static Engine ofLabel(String label) {
    for (Engine engine : values()) {
      if (engine.label.equals(label)) {
        return engine;
      }
    }
    throw new IllegalArgumentException("engine must be known: engine=" + label);
  }

  /**
   * Fills an engine with a collection.
   *
   * @param data the collection
   * @param patience ends the work of a rival engine, now and later, when its time is over
   * @return the filled engine
   * @throws GivenUpException if the time is over
   */
  public abstract Rival build(Dataset data, Patience patience);
}
