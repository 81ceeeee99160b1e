package dev.vantage.tsdb.server.cache;

import java.util.Optional;
import java.util.function.Consumer;

/** What a cache had for one request. For one thread at a time. */
public final class Lookup {
  /** Of a request whose answer is not kept. */
  public static final Lookup NONE = new Lookup(Optional.empty(), payload -> {});

  private final Optional<byte[]> payload;
  private final Consumer<byte[]> keeper;

  private Lookup(Optional<byte[]> payload, Consumer<byte[]> keeper) {
    this.payload = payload;
    this.keeper = keeper;
  }

  static Lookup hit(byte[] payload) {
    return new Lookup(Optional.of(payload), found -> {});
  }

  static Lookup miss(Consumer<byte[]> keeper) {
    return new Lookup(Optional.empty(), keeper);
  }

  /** {@return the payload of the answer, not to be changed; or empty if it has to be computed} */
  public Optional<byte[]> payload() {
    return payload;
  }

  /**
   * Keeps what was computed after this lookup.
   *
   * @param computed the payload of an exact answer, as it is sent; not to be changed from now on
   */
  public void keep(byte[] computed) {
    keeper.accept(computed);
  }
}
