package org.wsk4j.provider.stats;

import java.net.SocketAddress;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A datagram or connection that found no room and was thrown away. */
@Name("org.wsk4j.Drop")
@Label("Drop")
@Category("wsk4j")
@Description("A datagram or connection that found no room and was thrown away")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
public final class DropEvent extends Event {
  @Label("Reason")
  private @Nullable String reason;

  @Label("Local Address")
  private @Nullable String local;

  @Label("Remote Address")
  private @Nullable String remote;

  @Label("Bytes")
  @DataAmount
  private long bytes;

  private DropEvent() {}

  /**
   * Records it, if anybody records.
   *
   * @param why what was full
   * @param at the local address of the socket
   * @param from where it came from, or {@code null} if that is not known
   * @param size its bytes; 0 for a connection
   */
  public static void emit(
      String why, @Nullable SocketAddress at, @Nullable SocketAddress from, long size) {
    DropEvent event = new DropEvent();
    if (event.shouldCommit()) {
      event.reason = why;
      event.local = Texts.of(at);
      event.remote = Texts.of(from);
      event.bytes = size;
      event.commit();
    }
  }
}
