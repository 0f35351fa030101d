package org.wsk4j.provider.stats;

import java.net.SocketAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.wsk4j.socket.WskSocketCategory;

/** A socket whose close has completed. */
@Name("org.wsk4j.Close")
@Label("Close")
@Category("wsk4j")
@Description("A socket whose close has completed")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
public final class CloseEvent extends Event {
  @Label("Socket Category")
  private @Nullable String socketCategory;

  @Label("Local Address")
  private @Nullable String local;

  @Label("Remote Address")
  private @Nullable String remote;

  private CloseEvent() {}

  /**
   * Records it, if anybody records.
   *
   * @param category the category of the socket
   * @param at its local address, or {@code null} if it never had one
   * @param peer its remote address, or {@code null} if it never had one
   */
  public static void emit(
      WskSocketCategory category, @Nullable SocketAddress at, @Nullable SocketAddress peer) {
    CloseEvent event = new CloseEvent();
    if (event.shouldCommit()) {
      event.socketCategory = category.name();
      event.local = Texts.of(at);
      event.remote = Texts.of(peer);
      event.commit();
    }
  }
}
