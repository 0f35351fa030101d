package org.wsk4j.provider.stats;

import java.net.SocketAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/** An attempt to connect, from its begin to its result. Used by one thread at a time. */
@Name("org.wsk4j.Connect")
@Label("Connect")
@Category("wsk4j")
@Description("An attempt to connect to a peer, with its result")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
public final class ConnectEvent extends Event {
  @Label("Local Address")
  private @Nullable String local;

  @Label("Remote Address")
  private @Nullable String remote;

  @Label("Status")
  private @Nullable String status;

  private ConnectEvent() {}

  /** {@return an attempt that begins now, or {@code null} if nobody records} */
  public static @Nullable ConnectEvent start() {
    ConnectEvent event = new ConnectEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  /**
   * Ends the attempt.
   *
   * @param from the local address, or {@code null} if it never had one
   * @param to the remote address
   * @param result the final status
   */
  public void finish(@Nullable SocketAddress from, SocketAddress to, NtStatus result) {
    if (shouldCommit()) {
      local = Texts.of(from);
      remote = Texts.of(to);
      status = result.name();
      commit();
    }
  }
}
