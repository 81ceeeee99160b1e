package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.protocol.Role;

/** What a token allows, for as long as the server accepts the token. Thread-safe. */
public interface Grant {
  /** {@return what the client may ask for} */
  Role role();

  /** {@return the name of the token for the log, which reveals nothing of the token} */
  String name();

  /** {@return whether the server still accepts the token; checked for every request} */
  boolean holds();
}
