package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.protocol.Role;

/**
 * Who is on the other side of a connection, for as long as it lasts. Made by {@link
 * Dispatcher#open}. Any thread may read it; requests of one session are answered one by one.
 */
public final class Session {
  private final String peer;
  private volatile Role role;

  Session(String peer, Role role) {
    this.peer = peer;
    this.role = role;
  }

  /** {@return the address of the client} */
  public String peer() {
    return peer;
  }

  /** {@return what the client may ask for} */
  public Role role() {
    return role;
  }
}
