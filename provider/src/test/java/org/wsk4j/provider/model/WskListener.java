package org.wsk4j.provider.model;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.model.Request.Kind;
import org.wsk4j.provider.model.SocketModel.Fact;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;

/**
 * A listening socket, and what is known of it.
 *
 * <p>Threads: any.
 */
final class WskListener {
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;

  /** Decides about a connection that is offered. */
  interface Offers {
    /** {@return the end that takes the connection, or {@code null} to refuse it} */
    @Nullable WskEnd offered(InetSocketAddress remote, WskConnectionSocket socket);
  }

  private final String name;
  private final Journal journal;
  private final Requests requests;
  private final SocketModel model = new SocketModel();
  private final EventWatch watch;
  private final Fifo accepts;
  private final Inspector inspector;
  private final Offers offers;
  private final boolean stream;
  private final Object order = new Object();
  private volatile @Nullable WskSocket socket;
  private volatile @Nullable InetSocketAddress address;

  WskListener(
      String name,
      Journal journal,
      Dice dice,
      Elsewhere elsewhere,
      Offers offers,
      BooleanSupplier peerMayBeGone) {
    this.name = name;
    this.journal = journal;
    this.offers = offers;
    stream = dice.oneIn(4);
    inspector = new Inspector(this, journal, dice, elsewhere, peerMayBeGone);
    requests = new Requests(journal);
    watch = new EventWatch(name + " accept event", journal);
    accepts = new Fifo(journal);
  }

  /** Makes the socket and binds it to the loopback address. */
  InetSocketAddress open(TestClient client, int family) {
    WskClientListenDispatch events =
        WskClientListenDispatch.builder()
            .onAccept(this::onAccept)
            .onInspect(inspector::inspect)
            .onAbort(inspector::abort)
            .build();
    Function<Irp, NtStatus> make =
        irp ->
            client
                .functions()
                .socket(
                    client.client(),
                    family,
                    SocketType.STREAM,
                    Protocol.TCP,
                    stream ? WskFlags.STREAM_SOCKET : WskFlags.LISTEN_SOCKET,
                    this,
                    stream ? new WskClientStreamDispatch(events, null) : events,
                    null,
                    null,
                    null,
                    irp);
    String what = stream ? "make stream" : "make";
    await(call(Kind.MAKE, what, make, done -> socket = (WskSocket) done.object()));
    Out<SocketAddress> place = new Out<>();
    InetSocketAddress any = TestClient.loopback(family, 0);
    if (socket() instanceof WskStreamSocket made) {
      await(call(Kind.BIND, "bind", irp -> made.bind(any, 0, irp), done -> {}));
      await(call(Kind.QUERY, "address", irp -> made.getLocalAddress(place, irp), done -> {}));
      await(call(Kind.BIND, "listen", made::listen, done -> {}));
    } else {
      WskListeningSocket made = (WskListeningSocket) socket();
      if (inspector.isWanted()) {
        await(call(Kind.QUERY, "inspects", irp -> inspector.begin(made, irp), done -> {}));
      }
      await(call(Kind.BIND, "bind", irp -> made.bind(any, 0, irp), done -> {}));
      await(call(Kind.QUERY, "address", irp -> made.getLocalAddress(place, irp), done -> {}));
    }
    InetSocketAddress bound = (InetSocketAddress) place.require();
    address = bound;
    return bound;
  }

  private WskSocket socket() {
    WskSocket open = socket;
    if (open == null) {
      throw new IllegalStateException(name + " has no socket");
    }
    return open;
  }

  /** {@return whether it may be closed} */
  boolean mayBeClosing() {
    return model.mayBe(Fact.CLOSING);
  }

  Requests requests() {
    return requests;
  }

  private Request call(
      Kind kind, String what, Function<Irp, NtStatus> call, Consumer<Request> then) {
    Request request = requests.begin(kind, name + " " + what);
    return call(request, call, then);
  }

  private Request call(Request request, Function<Irp, NtStatus> call, Consumer<Request> then) {
    Set<Fact> before = model.certain();
    request.submit(
        call,
        done -> {
          String wrong = model.judge(done, before);
          journal.require(wrong == null, wrong + "");
          then.accept(done);
        });
    return request;
  }

  private void await(Request request) {
    boolean done = Patience.await(request::isDone);
    if (!done || request.status() != NtStatus.SUCCESS) {
      throw new AssertionError(request + " ended with " + request.status());
    }
  }

  // ---- Accepting

  /**
   * Asks for the next connection.
   *
   * @param end gets it
   * @param then is told, whatever came
   */
  void accept(WskEnd end, Consumer<Request> then) {
    Out<SocketAddress> remote = new Out<>();
    synchronized (order) {
      Request request = requests.begin(Kind.ACCEPT, name + " accept");
      accepts.add(request);
      call(
          request,
          irp -> accept(end, remote, irp),
          done -> {
            accepts.completed(done);
            if (done.object() instanceof WskConnectionSocket made) {
              journal.require(remote.get() != null, done + " tells no address");
              end.attach(made);
              end.connected();
            }
            then.accept(done);
          });
    }
  }

  private NtStatus accept(WskEnd end, Out<SocketAddress> remote, Irp irp) {
    return socket() instanceof WskStreamSocket made
        ? made.accept(0, end, end.dispatch(), null, remote, irp)
        : ((WskListeningSocket) socket()).accept(0, end, end.dispatch(), null, remote, irp);
  }

  /** Enables or disables the accept event. */
  void enable(boolean on) {
    journal.operation(name + (on ? " enable" : " disable"));
    if (on) {
      watch.enabling();
      events(ACCEPT);
      watch.enabled();
    } else {
      long token = watch.disabling();
      watch.disabled(token, events(ACCEPT | WskEventCallbackControl.DISABLE));
    }
  }

  /** Enables events of sockets that are accepted by the event. */
  void enableForAccepted(int events) {
    journal.operation(name + " enable for accepted " + events);
    events(events);
  }

  private NtStatus events(int mask) {
    return Controls.events(socket(), mask, null);
  }

  private NtStatus onAccept(
      @Nullable Object context,
      int flags,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      @Nullable WskConnectionSocket offered,
      Out<Object> acceptContext,
      Out<WskClientConnectionDispatch> acceptDispatch) {
    watch.begins();
    NtStatus[] answer = {NtStatus.REQUEST_NOT_ACCEPTED};
    journal.guarded(
        () -> {
          boolean right = context == this && address != null && address.equals(local);
          journal.require(right, name + ": the accept event has foreign arguments");
          journal.require((flags & ~WskFlags.AT_DISPATCH_LEVEL) == 0, name + ": flags " + flags);
          journal.note(name + " is offered " + remote);
          if (offered == null || remote == null) {
            journal.violation(name + " is dead");
            return;
          }
          WskEnd end = offers.offered((InetSocketAddress) remote, offered);
          if (end != null) {
            acceptContext.set(end);
            acceptDispatch.set(end.dispatch());
            end.attach(offered);
            end.connected();
            end.nest(end.dice(10));
            answer[0] = NtStatus.SUCCESS;
          }
        });
    watch.ends();
    return answer[0];
  }

  // ---- The end

  /** Closes the socket, if it is open. */
  void close() {
    WskSocket open = socket;
    if (open == null || !model.maybe(Fact.CLOSING)) {
      return;
    }
    call(
        Kind.CLOSE,
        "close",
        open::closeSocket,
        done -> {
          watch.closed();
          model.surely(Fact.CLOSED);
        });
    model.surely(Fact.CLOSING);
  }

  /** {@return what is not over, or {@code null}} */
  @Nullable String unfinished() {
    if (requests.outstanding().isEmpty()) {
      return null;
    }
    return requests.outstanding().toString();
  }
}
