package dev.vantage.tsdb.benchmarks.report;

import dev.vantage.tsdb.benchmarks.rival.Engine;
import dev.vantage.tsdb.benchmarks.workload.LightCurves;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jobs of a report, cheap jobs first. */
final class Schedule {
  static final String MEMORY = "memory";

  /** The part that creates a stored database, which a fresh process measures later. */
  static final String STORE = "store";

  /** The option for the kernel that computes distances: vectors if the JVM has the Vector API. */
  static final List<String> KERNEL =
      List.of("--add-modules=jdk.incubator.vector", "-Dtsdb.kernel=vector");

  private static final int SAMPLE_BYTES = Double.BYTES;
  private static final long MEBIBYTE = 1 << 20;

  /** The time limit of rivals in seconds, for building and again for queries. */
  static final int RIVAL_SECONDS = 20;

  /** The largest collection for rivals, in series. */
  static final int MOST_FOR_RIVALS = 100_000;

  private static final int MOST_FOR_DOOR = 10_000;
  private static final int LARGE = 1_000_000;
  private static final double[] MULTIPLIERS = {1, 10};
  private static final int SHARE_SERIES = 19_980;
  private static final int SHARE_LIGHT_CURVES = 2383;

  private final Scale scale;
  private final Path databases;
  private final Path lightCurves;
  private final List<Job> jobs = new ArrayList<>();

  private Schedule(Scale scale, Path databases, Path lightCurves) {
    this.scale = scale;
    this.databases = databases;
    this.lightCurves = lightCurves;
  }

  /**
   * Returns all jobs.
   *
   * @param databases the folder of stored databases
   * @param lightCurves the folder of light curves, which may be absent
   */
  static List<Job> jobs(Scale scale, Path databases, Path lightCurves) {
    Schedule schedule = new Schedule(scale, databases, lightCurves);
    schedule.add();
    return List.copyOf(schedule.jobs);
  }

  private void add() {
    boolean full = scale == Scale.FULL;
    jobs.add(Job.of("distance"));
    addShares();
    if (full) {
      addLarge();
    }
    addSearches(1000, 256, Workload.values());
    addSearches(10_000, 256, Workload.values());
    jobs.add(Job.of("jmh-search").with("length", 256).with("engine", "scan,tsdb"));
    if (full) {
      addSearches(100_000, 256, Workload.values());
      addSearches(1000, 1024, Workload.values());
      addSearches(10_000, 1024, Workload.values());
      addSearch(LARGE, 1024, Workload.BUMPS, 1);
      addSearch(LARGE, 1024, Workload.RANDOM_WALK, 1);
    } else {
      addCondition(10_000);
      addStored(10_000);
      jobs.add(Job.of("throughput").with("series", 10_000));
    }
  }

  private void addCondition(int series) {
    jobs.add(
        Job.of(ConditionPart.NAME)
            .with("workload", Workload.RANDOM_WALK.label())
            .with("length", 256)
            .with("multiplier", 1.0)
            .with("series", series));
  }

  /** Adds the most informative jobs first, in case time runs out. */
  private void addLarge() {
    addCondition(100_000);
    addSearches(100_000, 1024, Workload.RANDOM_WALK, Workload.BUMPS);
    addSearches(LARGE, 256, Workload.RANDOM_WALK, Workload.BUMPS);
    addSearches(100_000, 1024, Workload.MULTI_SINE, Workload.WHITE_NOISE);
    jobs.add(Job.of("throughput").with("series", 100_000));
    Job large = Job.of("throughput").with("series", LARGE);
    jobs.add(large.with("workload", Workload.BUMPS.label()));
    jobs.add(large.with("workload", Workload.RANDOM_WALK.label()).with("multiplier", 10.0));
    addStored(LARGE);
  }

  private void addShares() {
    for (double multiplier : MULTIPLIERS) {
      Job share = Job.of(SharePart.NAME).with("length", 256).with("multiplier", multiplier);
      for (Workload workload : List.of(Workload.BUMPS, Workload.RANDOM_WALK)) {
        jobs.add(share.with("workload", workload.label()).with("series", SHARE_SERIES));
      }
      if (LightCurves.arePresent(lightCurves)) {
        jobs.add(
            share
                .with("workload", SharePart.LIGHT_CURVES)
                .with("series", SHARE_LIGHT_CURVES)
                .with(Job.FOLDER, lightCurves));
      }
    }
  }

  private void addStored(int series) {
    Job open = Job.of("open").with("series", series).with("length", 256);
    jobs.add(open.with(Job.FOLDER, databases));
    Job store = Job.of(STORE).with("series", series).with("length", 1024);
    jobs.add(store.with(Job.FOLDER, databases));
    jobs.add(new Job(MEMORY, store.parameters()).with(Job.FOLDER, databases));
  }

  private void addSearches(int series, int length, Workload... workloads) {
    for (Workload workload : workloads) {
      for (double multiplier : MULTIPLIERS) {
        addSearch(series, length, workload, multiplier);
      }
    }
  }

  private void addSearch(int series, int length, Workload workload, double multiplier) {
    jobs.add(
        Job.of(SearchPart.NAME)
            .with("workload", workload.label())
            .with("length", length)
            .with("multiplier", multiplier)
            .with("series", series)
            .with("seconds", scale.seconds())
            .with("buildLimit", RIVAL_SECONDS)
            .with("queryLimit", RIVAL_SECONDS)
            .with("engines", engines(series, length, workload)));
  }

  /**
   * Returns the engines of a job. In large collections of long series rivals run only two
   * workloads, to save time.
   */
  private static String engines(int series, int length, Workload workload) {
    boolean rivals =
        series <= MOST_FOR_RIVALS
            && ((long) series * length <= MOST_FOR_RIVALS * 256L
                || workload == Workload.BUMPS
                || workload == Workload.RANDOM_WALK);
    List<Engine> engines = new ArrayList<>(List.of(Engine.SCAN));
    for (Engine engine : Engine.values()) {
      if (engine.isRival() && rivals || engine == Engine.TSDB_DOOR && series <= MOST_FOR_DOOR) {
        engines.add(engine);
      }
    }
    engines.add(Engine.TSDB); // last: in large collections it releases the rows of the others
    return SearchPart.engines(engines.toArray(Engine[]::new));
  }

  /**
   * Returns the JVM options of the process of a job. The kernel is fixed, because a choice in the
   * background would favor later engines.
   */
  static List<String> jvmArguments(Job job) {
    List<String> arguments = new ArrayList<>(KERNEL);
    arguments.add("-Xmx" + heapMebibytes(job) + "m");
    return arguments;
  }

  /** Returns the heap size in MiB: for the rows twice, unless they are released, and for trees. */
  static long heapMebibytes(Job job) {
    Map<String, String> parameters = job.parameters();
    long series = Long.parseLong(parameters.getOrDefault("series", "20000"));
    long length = Long.parseLong(parameters.getOrDefault("length", "256"));
    long rows = job.part().equals(MEMORY) ? 0 : series * length * SAMPLE_BYTES / MEBIBYTE;
    return series >= LARGE ? 3000 + rows * 3 / 2 : 2048 + rows * 5 / 2;
  }
}
