package dev.vantage.tsdb.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Undoes what a command made, when it ends or is ended by a signal: in reverse order, each once.
 * Thread-safe.
 */
final class Cleanup implements AutoCloseable {
  /** Makes an object that has to be undone. */
  interface Maker<T> {
    T make() throws IOException;
  }

  /** Undoes what the maker made. Must not fail. */
  interface Undo<T> {
    void undo(T made);
  }

  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final Thread hook = new Thread(this::undoAll, "tsdb-cleanup");
  private boolean ended;

  Cleanup() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Makes an object and registers its undo. A signal cannot come in between. */
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
