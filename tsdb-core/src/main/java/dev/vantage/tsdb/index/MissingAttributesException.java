package dev.vantage.tsdb.index;

/** A search has a filter, and the index has no attributes yet: they must be loaded first. */
public final class MissingAttributesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MissingAttributesException() {
    super("attributes must be loaded before a search with a filter");
  }
}
