package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.UnsupportedRequestException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.engine.QueuedWrite.Joined;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.DistanceRow;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Changes a database: computes distances, makes the change durable, and then makes it visible to
 * searches. Thread-safe. {@link WriterLocks} explains the order of writers.
 */
public final class DatabaseWriter {
  /**
   * The first vantage points are chosen from this many parts of an insert. More candidates give
   * better spread vantage points.
   */
  private static final int PARTS_TO_CHOOSE_FROM = 4;

  /** The most series of a part of a change of attributes. */
  private static final int ATTRIBUTE_PART = 4096;

  private final Database database;
  private final VantageIndex index;
  private final AttributeLimits limits;
  private final Clock clock;
  private final CommitQueue queue;

  /** The greatest storage key ever used; guarded by the commit lock. */
  private long lastKey;

  /**
   * Creates a writer of a database.
   *
   * @param limits the most attributes per series and per database
   * @param clock gives the insertion times of series
   */
  public DatabaseWriter(Database database, AttributeLimits limits, Clock clock) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
    index = database.index();
    queue = new CommitQueue(database.locks().commitLock(), new Groups());
    lastKey = database.store().lastKey();
  }

  /** Commits groups of writes that leave the vantage points as they are. */
  private final class Groups implements CommitQueue.Committer {
    @Override
    public InsertCommit begin() {
      return admission(false);
    }

    @Override
    public void store(InsertCommit group, Deadline deadline) {
      DatabaseWriter.this.store(group, deadline);
    }

    @Override
    public void publish(InsertCommit group) {
      lastKey = group.publish();
    }
  }

  /** {@return the number of writes that wait to be committed} */
  int waiting() {
    return queue.waiting();
  }

  private InsertCommit admission(boolean changesVantagePoints) {
    return new InsertCommit(database, changesVantagePoints, clock.instant(), lastKey, limits);
  }

  private void store(InsertCommit group, Deadline deadline) {
    group.complete(deadline);
    deadline.check();
    database.store().apply(group.change(deadline), deadline.limit());
  }

  /**
   * Determines the stored state, if a failure has left it unknown, and loads it. Called before a
   * write. No thread measures series meanwhile, because the vantage points may change.
   */
  public void settle(Deadline deadline) {
    if (!database.store().isUnsettled()) {
      return;
    }
    database
        .locks()
        .changingVantagePoints(
            deadline,
            () -> {
              database.store().settle(this::load);
              return true;
            });
  }

  private void load(StoreSnapshot snapshot) {
    database.load(snapshot);
    lastKey = Math.max(lastKey, database.store().lastKey());
  }

  /**
   * Inserts many series in parts. While one part is being stored, the next part is measured. At
   * most one part is being stored and one waits.
   */
  public List<InsertOutcome> insertAll(
      List<SeriesEntry> entries, boolean replace, Deadline deadline) {
    settle(deadline);
    InsertBatches arrivals = new InsertBatches(entries);
    while (arrivals.hasNext()) {
      List<PendingInsert> alone =
          lacksVantagePoints()
              ? arrivals.next(PARTS_TO_CHOOSE_FROM)
              : insertShared(arrivals, replace, deadline);
      if (!alone.isEmpty()) {
        insertAlone(alone, replace, deadline);
      }
    }
    database.checkpointing().writeIfDue();
    return arrivals.outcomes();
  }

  /**
   * Inserts parts concurrently with other inserts, as long as they do not change the vantage
   * points.
   *
   * @return the first part that changes the vantage points, not inserted yet; empty if all parts
   *     are inserted, or if another thread waits to change the vantage points
   */
  private List<PendingInsert> insertShared(
      InsertBatches arrivals, boolean replace, Deadline deadline) {
    return database.locks().measuring(deadline, () -> insertMeasured(arrivals, replace, deadline));
  }

  private List<PendingInsert> insertMeasured(
      InsertBatches arrivals, boolean replace, Deadline deadline) {
    List<PendingInsert> measured = List.of();
    while (true) {
      boolean gives = !measured.isEmpty() && database.locks().isVantageChangeWaiting();
      List<PendingInsert> next = gives ? List.of() : arrivals.next(1);
      // Checked while no other thread can change the vantage points.
      boolean changesVantagePoints = changesVantagePoints(next, replace);
      List<PendingInsert> begun = changesVantagePoints ? List.of() : next;
      Coprocessor.Pending measuring =
          begun.isEmpty() ? () -> {} : database.pool().begin(() -> measure(begun, deadline));
      try {
        if (!measured.isEmpty()) {
          queue.commit(new InsertWrite(measured, replace), deadline);
        }
      } finally {
        measuring.await();
      }
      if (begun.isEmpty()) {
        return next;
      }
      measured = begun;
    }
  }

  /** Inserts a part that changes the vantage points, while no other thread inserts. */
  private void insertAlone(List<PendingInsert> arrivals, boolean replace, Deadline deadline) {
    prepare(arrivals, deadline);
    database
        .locks()
        .changingVantagePoints(
            deadline,
            () -> {
              InsertCommit admission = admission(true);
              if (admission.insert(arrivals, replace) == Joined.YES) {
                store(admission, deadline);
                lastKey = admission.publish();
              }
              return true;
            });
  }

  private void prepare(List<PendingInsert> arrivals, Deadline deadline) {
    forEach(
        arrivals,
        8,
        deadline,
        arrival -> {
          try {
            arrival.row = database.preparer().prepare(arrival.entry.series());
          } catch (IllegalArgumentException e) {
            arrival.failure = Optional.of(e);
          }
        });
  }

  /** Does work on each arrival on the pool, up to {@code grain} arrivals in one task. */
  private void forEach(
      List<PendingInsert> arrivals, int grain, Deadline deadline, Consumer<PendingInsert> work) {
    database
        .pool()
        .forEach(
            arrivals.size(),
            grain,
            (from, to) -> {
              for (PendingInsert arrival : arrivals.subList(from, to)) {
                deadline.check();
                work.accept(arrival);
              }
            });
  }

  private boolean lacksVantagePoints() {
    return index.vantagePointCount() < database.wantedVantagePoints();
  }

  private boolean changesVantagePoints(List<PendingInsert> arrivals, boolean replace) {
    return !arrivals.isEmpty() && lacksVantagePoints()
        || replace
            && arrivals.stream().anyMatch(arrival -> index.isVantagePoint(arrival.entry.id()));
  }

  /** Prepares series and computes their distances to the vantage points. */
  private void measure(List<PendingInsert> arrivals, Deadline deadline) {
    prepare(arrivals, deadline);
    forEach(
        arrivals,
        1,
        deadline,
        arrival -> {
          if (arrival.isPrepared()) {
            arrival.distances = index.distances(arrival.row);
          }
        });
  }

  /** A measured part of an insert. */
  private record InsertWrite(List<PendingInsert> arrivals, boolean replaces)
      implements QueuedWrite {
    @Override
    public Joined join(InsertCommit group) {
      return group.insert(arrivals, replaces);
    }

    @Override
    public int series() {
      return arrivals.size();
    }

    @Override
    public long points() {
      return arrivals.stream().mapToLong(arrival -> arrival.entry.series().size()).sum();
    }
  }

  /**
   * Changes the attributes of series, in parts. Computes no distance. A refused change does not
   * stop the others.
   *
   * @return the outcomes, in the order of the changes
   */
  public List<AttributeOutcome> setAttributes(
      Map<String, AttributeChanges> changes, Deadline deadline) {
    settle(deadline);
    List<PendingAttributes> all = new ArrayList<>(changes.size());
    changes.forEach((id, one) -> all.add(new PendingAttributes(id, one)));
    for (int from = 0; from < all.size(); from += ATTRIBUTE_PART) {
      List<PendingAttributes> part = all.subList(from, Math.min(all.size(), from + ATTRIBUTE_PART));
      queue.commit(new AttributeWrite(part, deadline), deadline);
    }
    return all.stream().map(PendingAttributes::outcome).toList();
  }

  /** A part of a change of attributes. */
  private record AttributeWrite(List<PendingAttributes> arrivals, Deadline deadline)
      implements QueuedWrite {
    @Override
    public Joined join(InsertCommit group) {
      return group.setAttributes(arrivals, deadline);
    }

    @Override
    public int series() {
      return arrivals.size();
    }

    @Override
    public long points() {
      return 0;
    }
  }

  /** A write without points. */
  private interface SmallWrite extends QueuedWrite {
    @Override
    default int series() {
      return 1;
    }

    @Override
    default long points() {
      return 0;
    }
  }

  /**
   * Deletes a series. A deleted vantage point is replaced by the series that lies farthest from the
   * other vantage points, if there is one. This computes one distance per series, on the pool, and
   * stores the distances of all series again: about two seconds for 100,000 series of length 256 on
   * two processors. The cost is linear in the number of series and of deleted vantage points. A
   * checkpoint is written once, afterwards.
   */
  public void delete(String id, Deadline deadline) {
    settle(deadline);
    boolean[] isVantagePoint = {false};
    SmallWrite write =
        group -> {
          isVantagePoint[0] = index.isVantagePoint(id);
          return isVantagePoint[0] ? Joined.ENDED : group.delete(id);
        };
    queue.commit(write, deadline);
    if (isVantagePoint[0]) {
      database.locks().changingVantagePoints(deadline, () -> deleteAlone(id, deadline));
    }
  }

  /** Deletes a series that was a vantage point, and may still be one. */
  private boolean deleteAlone(String id, Deadline deadline) {
    int ordinal = ordinal(id);
    IndexUpdate update = IndexUpdate.of(index);
    long key = update.storageKey(ordinal);
    int[] before = update.vantagePoints();
    int[] rest = Arrays.stream(before).filter(other -> other != ordinal).toArray();
    update.remove(ordinal);
    boolean changes = rest.length < before.length;
    if (changes) {
      update.setVantagePoints(
          update.withFarthest(rest, database.settings().seed()), deadline::check);
    }
    update.keepRemoved();
    deadline.check();
    database
        .store()
        .apply(
            changes
                ? Change.replacing(
                    key, distanceRows(update, deadline), InsertCommit.vantagePointKeys(update))
                : Change.removing(List.of(key)),
            deadline.limit());
    database.showOwn(update::publish);
    database.checkpointing().count(0, 1, changes);
    return true;
  }

  private static List<DistanceRow> distanceRows(IndexUpdate update, Deadline deadline) {
    return new DistanceRows(update, update.ordinals(), deadline);
  }

  /**
   * Declares the type of an attribute, if it is not declared so already.
   *
   * @throws InvalidAttributeException if the name is malformed or built in, or if the attribute has
   *     another type
   */
  public void declareAttribute(String name, AttributeValue.Type type, Deadline deadline) {
    settle(deadline);
    SmallWrite write = group -> group.declare(name, type);
    queue.commit(write, deadline);
  }

  public int addVantagePoint(String id, Deadline deadline) {
    settle(deadline);
    return database
        .locks()
        .changingVantagePoints(deadline, () -> addVantagePoint(id, ordinal(id), deadline));
  }

  private int addVantagePoint(String id, int ordinal, Deadline deadline) {
    if (!database.metric().geometry().hasTriangleInequality()) {
      throw new UnsupportedRequestException(
          "vantage points must have a distance that obeys the triangle inequality: distance="
              + database.metric().spec().name());
    }
    if (index.isVantagePoint(id)) {
      throw new VantagePointException("series must not be a vantage point already: id=" + id);
    }
    IndexUpdate update = IndexUpdate.of(index);
    int[] before = update.vantagePoints();
    if (before.length >= Settings.MAX_VANTAGE_POINTS) {
      throw new InvalidRequestException(
          "vantage points must be at most "
              + Settings.MAX_VANTAGE_POINTS
              + ": vantage points="
              + before.length);
    }
    int[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = ordinal;
    update.setVantagePoints(after, deadline::check);
    deadline.check();
    database
        .store()
        .apply(
            Change.measuring(distanceRows(update, deadline), InsertCommit.vantagePointKeys(update)),
            deadline.limit());
    database.showOwn(update::publish);
    database.checkpointing().count(0, 0, true);
    return after.length;
  }

  private int ordinal(String id) {
    return index.find(id).orElseThrow(() -> NearestIds.unknown(database.store(), id));
  }
}
