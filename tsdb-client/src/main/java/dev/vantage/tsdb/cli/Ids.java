package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** All ids of a database in order, asked for page by page as they are needed. */
final class Ids implements Iterator<String> {
  private static final int PAGE = 1000;

  private final Tsdb database;
  private Optional<String> last;
  private long open;
  private Iterator<String> page = List.<String>of().iterator();
  private boolean isLastPage;

  /**
   * Begins.
   *
   * @param after the text after which to start, or empty
   * @param limit the most ids
   */
  Ids(Tsdb database, Optional<String> after, long limit) {
    this.database = database;
    last = after;
    open = limit;
  }

  @Override
  public boolean hasNext() {
    if (!page.hasNext() && !isLastPage && open > 0) {
      turn();
    }
    return page.hasNext();
  }

  private void turn() {
    int wanted = (int) Math.min(PAGE, open);
    List<String> ids =
        last.isPresent() ? database.idsAfter(last.get(), wanted) : database.ids(wanted);
    page = ids.iterator();
    open -= ids.size();
    isLastPage = ids.size() < wanted;
    last = ids.isEmpty() ? last : Optional.of(ids.get(ids.size() - 1));
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more ids");
    }
    return page.next();
  }

  /** The rest of the ids as a table of one column. */
  Table rows() {
    return new Table(
        List.of("id"),
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return Ids.this.hasNext();
          }

          @Override
          public List<String> next() {
            return List.of(Ids.this.next());
          }
        });
  }
}
