package dev.vantage.tsdb.protocol;

import java.util.Locale;

/** What the client of a connection may ask for; each role may all that those before it may. */
public enum Role {
  /** Nothing but to say who it is. */
  NONE,
  /** What does not change the database. */
  READ,
  /** Everything. */
  WRITE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** {@return the name that payloads and files write, in lower case} */
  public String label() {
    return label;
  }

  /**
   * Finds a role.
   *
   * @param label its name, as {@link #label} gives it
   * @return the role
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Role ofLabel(String label) {
    for (Role role : values()) {
      if (role.label.equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException("access must be none, read or write: access=" + label);
  }
}
