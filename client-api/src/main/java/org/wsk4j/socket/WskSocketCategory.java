package org.wsk4j.socket;

import org.jspecify.annotations.Nullable;

/** The five categories of sockets, with the flag that asks for each (SOC-10). */
public enum WskSocketCategory {
  /** Control and close only. */
  BASIC(0),
  /** Waits for connections and accepts them. */
  LISTEN(1),
  /** One end of a connection. */
  CONNECTION(2),
  /** Sends and receives datagrams. */
  DATAGRAM(4),
  /** Becomes a listener or one end of a connection, by what is called first. */
  STREAM(8);

  private final int flag;

  WskSocketCategory(int flag) {
    this.flag = flag;
  }

  /** {@return the WSK_FLAG_XXX_SOCKET value that asks for this category} */
  public int flag() {
    return flag;
  }

  /**
   * Finds the category of a flags word.
   *
   * @param flags the flags given when a socket is created
   * @return the category, or {@code null} if the word is not exactly one category flag or 0
   *     (SOC-16)
   */
  public static @Nullable WskSocketCategory ofFlags(int flags) {
    for (WskSocketCategory category : values()) {
      if (category.flag == flags) {
        return category;
      }
    }
    return null;
  }
}
