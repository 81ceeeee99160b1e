package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.protocol.Role;

/** The rights of a token while the server accepts the token. Thread-safe. */
public interface Grant {
  /** {@return the role of the client} */
  Role role();

  /** {@return the name of the token for the log, which reveals nothing of the token} */
  String name();

  /** {@return whether the server still accepts the token; checked for every request} */
  boolean holds();
}
