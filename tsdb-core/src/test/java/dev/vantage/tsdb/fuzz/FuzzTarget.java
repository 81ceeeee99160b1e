package dev.vantage.tsdb.fuzz;

import java.util.List;

/** Code under fuzzing: reads any bytes, and detects wrong results. Not thread-safe. */
public interface FuzzTarget extends AutoCloseable {
  /** Returns the initial inputs. */
  List<byte[]> seeds();

  /** Returns words for mutations of inputs. */
  List<String> words();

  /** Reads an input. Throws if the code under test fails; an invalid input is no failure. */
  void accept(byte[] input);

  @Override
  default void close() {}
}
