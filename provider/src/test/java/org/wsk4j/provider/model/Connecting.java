package org.wsk4j.provider.model;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.model.Request.Kind;
import org.wsk4j.provider.model.SocketModel.Fact;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.stream.WskClientStreamDispatch;

/**
 * How a connection comes to be: by which functions at which end, and what goes wrong on the way.
 *
 * <p>Threads: the driving one, which waits for each step.
 */
final class Connecting {
  private static final int MOST_FIRST_DATA = 65_535;

  /** What goes wrong. */
  enum Trouble {
    NONE,
    CANCEL,
    CLOSE,
    LISTENER_GOES,
    REFUSED,
    UNHEARD
  }

  private final TestClient client;
  private final Journal journal;
  private final Dice dice;
  private final Elsewhere elsewhere;
  private final End near;
  private final End far;
  private final Trouble trouble;
  private final int family;
  private final AtomicBoolean offered = new AtomicBoolean();

  /** A connect with data ends like the sending of that data, which a peer that breaks off fails. */
  private volatile boolean failed;

  private @Nullable WskListener listener;
  private @Nullable ServerSocketChannel plainListener;

  /**
   * Makes one.
   *
   * @param near the end that connects
   * @param far the end that is connected to
   */
  Connecting(
      TestClient client, Journal journal, Dice dice, Elsewhere elsewhere, End near, End far) {
    this.client = client;
    this.journal = journal;
    this.dice = dice;
    this.elsewhere = elsewhere;
    this.near = near;
    this.far = far;
    trouble = dice.oneIn(6) ? Trouble.values()[dice.below(6)] : Trouble.NONE;
    family = dice.oneIn(3) ? AddressFamily.INET6 : AddressFamily.INET;
  }

  /** Connects; {@return whether the connection stands at both ends} */
  boolean connect() throws IOException {
    journal.note("family " + family + ", trouble " + trouble);
    InetSocketAddress address = listen();
    if (trouble == Trouble.UNHEARD) {
      near.model().maybe(Fact.UNHEARD);
      near.model().farBreaks();
      closeListeners();
    }
    if (near instanceof WskEnd wsk) {
      connect(wsk, address);
    } else {
      connect((PlainEnd) near, address);
    }
    journal.require(Patience.await(this::isDecided), "nobody knows what became of a connect");
    return stands();
  }

  // ---- The listening side

  private InetSocketAddress listen() throws IOException {
    InetSocketAddress any = TestClient.loopback(family, 0);
    if (far instanceof WskEnd wsk) {
      WskListener made =
          new WskListener("listener", journal, dice, elsewhere, this::offered, this::mayNearBeGone);
      listener = made;
      InetSocketAddress address = made.open(client, family);
      if (dice.oneIn(2) && trouble != Trouble.REFUSED) {
        made.accept(wsk, done -> offered.set(true));
      } else {
        acceptByEvent(made, wsk);
      }
      return address;
    }
    ServerSocketChannel open = ServerSocketChannel.open().bind(any);
    open.configureBlocking(false);
    plainListener = open;
    return (InetSocketAddress) open.getLocalAddress();
  }

  private boolean mayNearBeGone() {
    return trouble != Trouble.NONE || near.model().mayBeBroken();
  }

  private void acceptByEvent(WskListener made, WskEnd wsk) {
    if (dice.oneIn(3)) {
      int events = Callbacks.RECEIVE | Callbacks.DISCONNECT;
      wsk.callbacks().enabling(events);
      made.enableForAccepted(events);
      wsk.callbacks().enabled(events);
    }
    made.enable(true);
  }

  private @Nullable WskEnd offered(InetSocketAddress remote, WskConnectionSocket socket) {
    journal.require(offered.compareAndSet(false, true), "a connection was offered twice");
    WskEnd end = (WskEnd) far;
    if (trouble != Trouble.REFUSED) {
      return end;
    }
    near.model().farBreaks();
    end.model().maybe(Fact.CLOSING);
    end.attach(socket);
    end.receives().post(end.dice(11), 0, 10);
    end.detach();
    return null;
  }

  // ---- The connecting side

  private void connect(PlainEnd end, InetSocketAddress address) throws IOException {
    if (trouble == Trouble.LISTENER_GOES) {
      listenerGoes();
    }
    SocketChannel open = SocketChannel.open();
    try {
      journal.operation(end + " connects");
      open.connect(address);
      end.attach(open);
      end.model().surely(Fact.CONNECTED);
    } catch (IOException e) {
      open.close();
      journal.require(trouble != Trouble.NONE, end + " cannot connect: " + e);
    }
  }

  private void connect(WskEnd end, InetSocketAddress address) {
    int way = dice.below(3);
    if (way == 0) {
      socketConnect(end, address);
      return;
    }
    make(end);
    Request bind = end.requests().begin(Kind.BIND, end + " bind");
    InetSocketAddress any = TestClient.any(family, 0);
    end.model().surely(Fact.BOUND);
    end.call(bind, irp -> end.socket().bind(any, 0, irp), done -> {});
    await(bind);
    ByteStream.Piece first = end.out().append(way == 1 ? 0 : dice.bytes(MOST_FIRST_DATA));
    Memory memory = way == 1 ? null : Sends.memory(dice, first);
    Request connect =
        end.requests()
            .begin(Kind.CONNECT, end + " connect " + first.length())
            .beforeCancel(first::mayBeCancelled);
    end.call(
        connect,
        irp -> end.socket().connectEx(address, memory == null ? null : memory.buffer(), 0, irp),
        done -> {
          first.is(end.sends().outcome(done));
          connected(end, done);
        });
    disturb(end, connect);
    await(connect);
  }

  private void make(WskEnd end) {
    boolean stream = dice.oneIn(4);
    Request make = end.requests().begin(Kind.MAKE, end + (stream ? " make stream" : " make"));
    end.call(
        make,
        irp ->
            client
                .functions()
                .socket(
                    client.client(),
                    family,
                    SocketType.STREAM,
                    Protocol.TCP,
                    stream ? WskFlags.STREAM_SOCKET : WskFlags.CONNECTION_SOCKET,
                    end,
                    stream ? new WskClientStreamDispatch(null, end.dispatch()) : end.dispatch(),
                    null,
                    null,
                    null,
                    irp),
        done -> end.attach(done.object() instanceof WskConnectionSocket made ? made : missing()));
    await(make);
  }

  private void await(Request request) {
    journal.require(Patience.await(request::isDone), request + " does not end");
  }

  private static WskConnectionSocket missing() {
    throw new AssertionError("no socket was made");
  }

  private void socketConnect(WskEnd end, InetSocketAddress address) {
    Request connect = end.requests().begin(Kind.CONNECT, end + " socketConnect");
    end.call(
        connect,
        irp -> client.socketConnect(address, end, end.dispatch(), irp),
        done -> {
          if (done.status() == NtStatus.SUCCESS) {
            end.attach(done.object() instanceof WskConnectionSocket made ? made : missing());
          }
          connected(end, done);
        });
    disturb(end, connect);
    await(connect);
  }

  private void connected(WskEnd end, Request done) {
    if (done.status() == NtStatus.SUCCESS) {
      end.connected();
      return;
    }
    journal.require(
        trouble != Trouble.NONE || end.model().mayBeBroken(), "a connect fails for no reason");
    failed = true;
  }

  private void disturb(WskEnd end, Request connect) {
    switch (trouble) {
      case CANCEL -> {
        far.model().farEnds(); // a connection that stands already ends in one way or the other
        far.model().farBreaks();
        connect.cancel();
      }
      case CLOSE -> end.close();
      case LISTENER_GOES -> listenerGoes();
      default -> {}
    }
  }

  private void listenerGoes() {
    near.model().maybe(Fact.UNHEARD);
    near.model().farBreaks();
    closeListeners();
  }

  // ---- The result

  /** Whether nothing more comes: both ends stand, or it is known that one will not. */
  private boolean isDecided() {
    acceptPlainly();
    return stands() || failed || trouble != Trouble.NONE || journal.violation() != null;
  }

  private boolean stands() {
    return near.model().mayBe(Fact.CONNECTED) && far.model().mayBe(Fact.CONNECTED);
  }

  private void acceptPlainly() {
    try {
      if (plainListener != null && plainListener.isOpen()) {
        SocketChannel accepted = plainListener.accept();
        if (accepted != null) {
          ((PlainEnd) far).attach(accepted);
          far.model().surely(Fact.CONNECTED);
        }
      }
    } catch (IOException e) {
      journal.violation(e);
    }
  }

  /** Closes what listens. */
  void closeListeners() {
    try {
      if (plainListener != null && plainListener.isOpen()) {
        plainListener.close();
      }
      if (listener != null) {
        listener.close();
      }
    } catch (IOException e) {
      journal.violation(e);
    }
  }

  /** {@return what is not over, or {@code null}} */
  @Nullable String unfinished() {
    return listener == null ? null : listener.unfinished();
  }
}
