package dev.vantage.tsdb.protocol;

import java.util.Locale;

/** The permissions of a connection. Each role includes the permissions of the roles before it. */
public enum Role {
  /** Authentication only. */
  NONE,
  /** All operations that do not change the database. */
  READ,
  /** All operations. */
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
   * @throws IllegalArgumentException if no role has that name
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
