package org.wsk4j.net;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address of a name, and the rest of the list that it begins (ADDRINFOEXW). As hints, it says
 * which addresses are wanted.
 *
 * @param flags see {@link AddressInfoFlags}
 * @param family see {@link AddressFamily}; in hints, {@link AddressFamily#UNSPEC} for any
 * @param socketType see {@link SocketType}; in hints, 0 for any
 * @param protocol see {@link Protocol}; in hints, 0 for any
 * @param addressLength the native size of the address in bytes: 16 or 28; 0 in hints (NAM-26)
 * @param canonicalName the canonical name, in the first entry if asked for; {@code null} in hints
 * @param address the address and port, to bind or connect to; {@code null} in hints
 * @param provider the provider of names that answered, or {@code null}
 * @param next the next entry, or {@code null} at the end of the list (NAM-17) and in hints
 */
public record AddressInfo(
    int flags,
    int family,
    int socketType,
    int protocol,
    int addressLength,
    @Nullable String canonicalName,
    @Nullable SocketAddress address,
    @Nullable NameSpaceProvider provider,
    @Nullable AddressInfo next) {

  /**
   * Makes hints, with 0 for what does not matter.
   *
   * @param flags see {@link AddressInfoFlags}
   * @param family see {@link AddressFamily}
   * @param socketType see {@link SocketType}
   * @param protocol see {@link Protocol}
   * @return the hints
   */
  public static AddressInfo hints(int flags, int family, int socketType, int protocol) {
    return new AddressInfo(flags, family, socketType, protocol, 0, null, null, null, null);
  }

  /** {@return this and all entries behind it, in order} */
  public List<AddressInfo> entries() {
    List<AddressInfo> all = new ArrayList<>();
    for (AddressInfo entry = this; entry != null; entry = entry.next) {
      all.add(entry);
    }
    return List.copyOf(all);
  }
}
