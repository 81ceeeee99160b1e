package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.protocol.Role;

/** What a token allows, for as long as it is one of the server's. Thread-safe. */
public interface Grant {
  /** {@return what the client may ask for} */
  Role role();

  /** {@return what the token is called in the log; nothing of the token itself} */
  String name();

  /** {@return whether the token is still one of the server's; asked with every request} */
  boolean holds();
}
