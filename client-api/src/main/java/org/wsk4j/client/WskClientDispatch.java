package org.wsk4j.client;

import org.jspecify.annotations.Nullable;

/**
 * What a program brings to its registration (WSK_CLIENT_DISPATCH).
 *
 * @param version the version of the interface that it wants, exactly (REG-85); see {@link
 *     WskVersion}
 * @param reserved 0
 * @param clientEvent called for events of the client as a whole, or {@code null}
 */
public record WskClientDispatch(int version, int reserved, @Nullable WskClientEvent clientEvent) {

  /**
   * Makes a table without a callback.
   *
   * @param version the version of the interface that the program wants
   */
  public WskClientDispatch(int version) {
    this(version, 0, null);
  }
}
