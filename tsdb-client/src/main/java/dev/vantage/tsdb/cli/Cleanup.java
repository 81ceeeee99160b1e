package dev.vantage.tsdb.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Removes temporary objects of a command when it ends or is ended by a signal: in reverse order,
 * each once. Thread-safe.
 */
final class Cleanup implements AutoCloseable {
  /** Creates an object that has to be removed. */
  interface Maker<T> {
    T make() throws IOException;
  }

  /** Removes the object. Must not fail. */
  interface Undo<T> {
    void undo(T made);
  }

  @GuardedBy("this")
  private final Deque<Runnable> steps = new ArrayDeque<>();

  private final Thread hook = new Thread(this::undoAll, "tsdb-cleanup");

  @GuardedBy("this")
  private boolean ended;

  Cleanup() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Creates an object and registers its removal. A signal cannot interrupt in between. */
  synchronized <T> T make(Maker<T> maker, Undo<T> undo) throws IOException {
    if (ended) {
      throw new IOException("command must not have been ended: it has been");
    }
    T made = maker.make();
    steps.push(() -> undo.undo(made));
    return made;
  }

  private synchronized void undoAll() {
    ended = true;
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }

  @Override
  public void close() {
    undoAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the shutdown hook finds nothing left to undo.
    }
  }
}
