package dev.vantage.tsdb.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.engine.QueuedWrite.Joined;
import dev.vantage.tsdb.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/**
 * Group commit: commits writes that wait at the same time together, with one wait for the disk.
 * Thread-safe.
 *
 * <p>The writer at the head of the queue leads: it takes the commit lock and commits a group, which
 * is its own write and the writes behind it. Then it wakes the next leader and the writers of the
 * group. While one group is being stored, the next group gathers. A writer without competitors
 * never waits for another thread.
 *
 * <p>A refused write does not affect the other writes of its group. A write that depends on an
 * earlier write of the group, such as a second write to one id, waits for the next group, so that
 * it is checked against stored data only. If the storage refuses a group although it is reachable,
 * each write is tried alone.
 */
final class CommitQueue {
  /** A group has at most this many series, unless its first write alone has more. */
  private static final int GROUP_SERIES = 1024;

  /** A group has at most this many points, unless its first write alone has more. */
  private static final long GROUP_POINTS = 1 << 18;

  private final Lock commitLock;
  private final Committer committer;

  /** The head of the queue leads. */
  @GuardedBy("this")
  private final Deque<Ticket> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean led;

  /** Stores groups; called under the commit lock. */
  interface Committer {
    /** Begins a group. */
    InsertCommit begin();

    /**
     * Makes a group durable, or throws. After a failure nothing of the group is stored, unless the
     * kind of the failure says so.
     *
     * @param deadline when the group must be ready to be committed
     */
    void store(InsertCommit group, Deadline deadline);

    /** Makes a stored group visible to searches. */
    void publish(InsertCommit group);
  }

  /** A write and the thread that waits for it. */
  private static final class Ticket {
    private final QueuedWrite write;
    private final Deadline deadline;
    private final Thread thread = Thread.currentThread();
    private volatile boolean leads;
    private volatile boolean ended;

    /** Read after {@link #ended}. */
    private boolean done;

    private Throwable failure = new IllegalStateException("write must be decided");

    Ticket(QueuedWrite write, Deadline deadline) {
      this.write = write;
      this.deadline = deadline;
    }

    void end() {
      ended = true;
      LockSupport.unpark(thread);
    }

    void throwFailure() {
      if (done) {
        return;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure; // no other type is caught
    }
  }

  CommitQueue(Lock commitLock, Committer committer) {
    this.commitLock = commitLock;
    this.committer = committer;
  }

  /**
   * Commits a write, alone or with others. When this returns, the write is durable and searches see
   * it; when it throws, the write has had no effect, unless the exception says otherwise.
   */
  void commit(QueuedWrite write, Deadline deadline) {
    Ticket own = new Ticket(write, deadline);
    enter(own);
    await(own);
    if (own.leads) {
      lead(own);
    }
    own.throwFailure();
  }

  /** {@return the number of waiting writes, without the writes that are being committed} */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void enter(Ticket own) {
    waiting.add(own);
    own.leads = !led;
    led = true;
  }

  /**
   * Waits until a write has ended or leads. Gives up at the deadline, unless a group has taken the
   * write.
   */
  private void await(Ticket own) {
    boolean interrupted = false;
    while (!own.leads && !own.ended) {
      long left = own.deadline.left();
      boolean stop = left <= 0 || interrupted && own.deadline.isBounded();
      if (stop && withdraw(own)) {
        if (left <= 0) {
          throw own.deadline.exceeded();
        }
        Thread.currentThread().interrupt();
        throw Deadline.interrupted();
      }
      if (stop) {
        LockSupport.park(this); // a group has taken the write: its outcome comes soon
      } else {
        LockSupport.parkNanos(this, left);
      }
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean withdraw(Ticket own) {
    return !own.leads && waiting.remove(own);
  }

  private void lead(Ticket own) {
    List<Ticket> group = List.of();
    try {
      own.deadline.lock(commitLock);
      try {
        group = take();
        commit(group);
      } finally {
        commitLock.unlock();
      }
    } finally {
      passOn(own);
      group.forEach(Ticket::end);
    }
  }

  /** Makes the next writer the leader. */
  private void passOn(Ticket own) {
    Ticket next;
    synchronized (this) {
      waiting.remove(own); // the ticket is still in the queue if it did not get the lock
      next = waiting.peek();
      led = next != null;
      if (led) {
        next.leads = true;
      }
    }
    if (next != null) {
      LockSupport.unpark(next.thread);
    }
  }

  /** Removes the writes of the next group from the queue. */
  private synchronized List<Ticket> take() {
    List<Ticket> taken = new ArrayList<>();
    int series = 0;
    long points = 0;
    for (Ticket next = waiting.peek(); next != null; next = waiting.peek()) {
      series += next.write.series();
      points += next.write.points();
      if (!taken.isEmpty() && (series > GROUP_SERIES || points > GROUP_POINTS)) {
        break;
      }
      taken.add(waiting.remove());
    }
    return taken;
  }

  /** Commits a group. Writes that must wait for the next group leave this one. */
  private void commit(List<Ticket> group) {
    InsertCommit admission = committer.begin();
    List<Ticket> joined = new ArrayList<>();
    List<Ticket> later = new ArrayList<>();
    for (Ticket ticket : group) {
      try {
        ticket.deadline.check();
        Joined how = ticket.write.join(admission);
        ticket.done = how == Joined.ENDED;
        if (how == Joined.YES) {
          joined.add(ticket);
        } else if (how == Joined.LATER) {
          later.add(ticket);
        }
      } catch (RuntimeException | Error e) {
        ticket.failure = e;
        if (admission.isSpoiled()) {
          commitEach(group);
          return;
        }
      }
    }
    putBack(later, group);
    if (!joined.isEmpty()) {
      store(admission, joined);
    }
  }

  /** Puts writes back to the head of the queue. None of them is the first of its group. */
  private synchronized void putBack(List<Ticket> later, List<Ticket> group) {
    for (int i = later.size() - 1; i >= 0; i--) {
      waiting.addFirst(later.get(i));
    }
    group.removeAll(new HashSet<>(later));
  }

  private void store(InsertCommit admission, List<Ticket> joined) {
    try {
      committer.store(admission, earliest(joined));
    } catch (RuntimeException | Error e) {
      joined.forEach(ticket -> ticket.failure = e);
      if (mayBeOfOne(e)) {
        commitEach(joined);
      }
      return;
    }
    try {
      committer.publish(admission);
      joined.forEach(ticket -> ticket.done = true);
    } catch (RuntimeException | Error e) {
      joined.forEach(ticket -> ticket.failure = e);
    }
  }

  private static Deadline earliest(List<Ticket> group) {
    return group.stream()
        .map(ticket -> ticket.deadline)
        .min(Comparator.comparingLong(Deadline::left))
        .orElse(Deadline.NONE);
  }

  /** Commits the writes of a group one by one, after nothing of the group was stored. */
  private void commitEach(List<Ticket> group) {
    if (group.size() > 1) {
      for (Ticket ticket : group) {
        if (!ticket.done) {
          commit(new ArrayList<>(List.of(ticket)));
        }
      }
    }
  }

  /** Whether nothing was stored and a single write may be the cause of the failure. */
  private static boolean mayBeOfOne(Throwable failure) {
    if (failure instanceof StoreException refusal) {
      return switch (refusal.kind()) {
        case FAILED, INVALID_LOCATION, DAMAGED, INTERRUPTED ->
            true; // the deadline of one write may have passed
        case UNAVAILABLE, REPLACED, IN_USE, OUTCOME_UNKNOWN -> false;
      };
    }
    return failure instanceof RuntimeException;
  }
}
