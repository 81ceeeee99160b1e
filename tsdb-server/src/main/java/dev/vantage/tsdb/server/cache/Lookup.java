package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.protocol.Body;
import java.util.Optional;
import java.util.function.Consumer;

/** The result of looking up one request in the cache. Not thread-safe. */
public final class Lookup {
  /** The lookup of a request whose answer is never cached. */
  public static final Lookup NONE = new Lookup(Optional.empty(), payload -> {});

  private final Optional<Body> payload;
  private final Consumer<Body> keeper;

  private Lookup(Optional<Body> payload, Consumer<Body> keeper) {
    this.payload = payload;
    this.keeper = keeper;
  }

  static Lookup hit(Body payload) {
    return new Lookup(Optional.of(payload), found -> {});
  }

  static Lookup miss(Consumer<Body> keeper) {
    return new Lookup(Optional.empty(), keeper);
  }

  /** {@return the payload, which must not be changed; or empty if it has to be computed} */
  public Optional<Body> payload() {
    return payload;
  }

  /**
   * Caches the answer that was computed after this lookup.
   *
   * @param computed the payload of an exact answer, as it is sent; must not be changed from now on
   */
  public void keep(Body computed) {
    keeper.accept(computed);
  }
}
