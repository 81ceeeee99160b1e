package dev.vantage.tsdb.index;

/** A search needs attributes, but those of the index are not loaded yet. */
public final class MissingAttributesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MissingAttributesException() {
    super("attributes must be loaded before a search that needs them");
  }
}
