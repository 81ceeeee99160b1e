package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.protocol.Body;
import java.util.Optional;
import java.util.function.Consumer;

/** What a cache had for one request. For one thread at a time. */
public final class Lookup {
  /** Of a request whose answer is not kept. */
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

  /** {@return the payload of the answer, not to be changed; or empty if it has to be computed} */
  public Optional<Body> payload() {
    return payload;
  }

  /**
   * Keeps what was computed after this lookup.
   *
   * @param computed the payload of an exact answer, as it is sent; not to be changed from now on
   */
  public void keep(Body computed) {
    keeper.accept(computed);
  }
}
