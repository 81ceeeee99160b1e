package dev.vantage.tsdb.fuzz;

import java.util.List;

/** Something that reads any bytes, and knows when it went wrong. For one thread. */
public interface FuzzTarget extends AutoCloseable {
  /** Inputs to begin with. */
  List<byte[]> seeds();

  /** What is worth putting into an input. */
  List<String> words();

  /** Reads an input, and throws where anything is wrong but the input. */
  void accept(byte[] input);

  @Override
  default void close() {}
}
