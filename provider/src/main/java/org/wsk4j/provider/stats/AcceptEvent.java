package org.wsk4j.provider.stats;

import java.net.SocketAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection that a peer made and that was accepted. */
@Name("org.wsk4j.Accept")
@Label("Accept")
@Category("wsk4j")
@Description("A connection that a peer made and that was accepted")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
public final class AcceptEvent extends Event {
  @Label("Local Address")
  private @Nullable String local;

  @Label("Remote Address")
  private @Nullable String remote;

  private AcceptEvent() {}

  /**
   * Records it, if anybody records.
   *
   * @param at the local address of the connection
   * @param from the address of the peer
   */
  public static void emit(SocketAddress at, SocketAddress from) {
    AcceptEvent event = new AcceptEvent();
    if (event.shouldCommit()) {
      event.local = Texts.of(at);
      event.remote = Texts.of(from);
      event.commit();
    }
  }
}
