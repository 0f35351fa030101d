package org.wsk4j.provider.model;

import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.model.Request.Kind;
import org.wsk4j.provider.model.SocketModel.Fact;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;

/**
 * Events, options, queries, and calls that are wrong.
 *
 * <p>Threads: any.
 */
final class Controls {
  /** With less than two segments of the loopback network each one waits for a timer of TCP. */
  private static final int LEAST_BUFFER = 1 << 17;

  private static final int MOST_BUFFER = 1 << 18;
  private static final List<WskControlKey<Integer, Integer>> OPTIONS =
      List.of(WskOptions.SNDBUF, WskOptions.RCVBUF, WskOptions.KEEPALIVE);
  private static final List<WskControlKey<Void, Long>> IOCTLS =
      List.of(WskIoctls.QUERY_RECEIVE_BACKLOG, WskIoctls.QUERY_IDEAL_SEND_BACKLOG);

  private final WskEnd end;

  Controls(WskEnd end) {
    this.end = end;
  }

  /** Sets the mask of the events of any socket. */
  static NtStatus events(WskSocket socket, int mask, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION,
        WskOptions.EVENT_CALLBACK,
        new WskEventCallbackControl(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, mask),
        0,
        null,
        null,
        irp);
  }

  // ---- Events

  void enable(int events, boolean withIrp) {
    end.callbacks().enabling(events);
    String what = end.name() + " enable " + events;
    if (withIrp) {
      Request request = end.requests().begin(Kind.ENABLE, what);
      end.call(request, irp -> events(end.socket(), events, irp), done -> enabled(done, events));
    } else {
      end.journal().operation(what);
      events(end.socket(), events, null);
      end.callbacks().enabled(events);
    }
  }

  private void enabled(Request done, int events) {
    end.callbacks().enabled(events);
    boolean callable = end.dispatch() != null;
    boolean right = done.status() != (callable ? NtStatus.INVALID_PARAMETER : NtStatus.SUCCESS);
    end.journal().require(right, done + " ended with " + done.status());
  }

  void disable(int event, boolean withIrp) {
    EventWatch watch = end.callbacks().watch(event);
    String what = end.name() + " disable " + event;
    int mask = event | WskEventCallbackControl.DISABLE;
    long token = watch.disabling();
    if (withIrp) {
      Request request = end.requests().begin(Kind.DISABLE, what);
      end.call(
          request,
          irp -> events(end.socket(), mask, irp),
          done -> {
            if (done.status() == NtStatus.SUCCESS) {
              watch.disabled(token);
            }
          });
    } else {
      end.journal().operation(what);
      watch.disabled(token, events(end.socket(), mask, null));
    }
  }

  // ---- Options and queries

  void setOption(Dice dice) {
    WskControlKey<Integer, Integer> key = dice.pick(OPTIONS);
    int value =
        key == WskOptions.KEEPALIVE ? dice.below(2) : LEAST_BUFFER + dice.below(MOST_BUFFER);
    Request request = end.requests().begin(Kind.QUERY, end.name() + " set " + key + " " + value);
    end.call(
        request,
        irp ->
            end.socket()
                .controlSocket(WskControlSocketType.SET_OPTION, key, value, 0, null, null, irp),
        done -> {});
  }

  void query(Dice dice) {
    Request request = end.requests().begin(Kind.QUERY, end.name() + " query");
    if (dice.oneIn(2)) {
      Out<SocketAddress> place = new Out<>();
      boolean local = dice.oneIn(2);
      end.call(
          request,
          irp ->
              local
                  ? end.socket().getLocalAddress(place, irp)
                  : end.socket().getRemoteAddress(place, irp),
          done -> isThere(done, place.get() != null));
      return;
    }
    Out<Long> place = new Out<>();
    LongOut size = new LongOut();
    WskControlKey<Void, Long> key = dice.pick(IOCTLS);
    end.call(
        request,
        irp ->
            end.socket()
                .controlSocket(WskControlSocketType.IOCTL, key, null, Long.BYTES, place, size, irp),
        done -> isThere(done, place.get() != null && place.get() >= 0));
  }

  private void isThere(Request done, boolean there) {
    boolean right = done.status() != NtStatus.SUCCESS || there;
    end.journal().require(right, done + " succeeded without a result");
  }

  /** Makes a call with arguments that no state allows. */
  void wrong(Dice dice) {
    Memory memory = new Memory(dice, 10);
    int kind = dice.below(5);
    NtStatus expected = kind == 0 ? NtStatus.NOT_SUPPORTED : NtStatus.INVALID_PARAMETER;
    Request request = end.requests().begin(Kind.WRONG, end.name() + " wrong call " + kind);
    request.submit(
        irp -> wrongly(kind, memory, irp),
        done -> {
          boolean right = done.status() == expected || end.model().mayBe(Fact.CLOSING);
          end.journal().require(right, done + " ended with " + done.status());
        });
  }

  private NtStatus wrongly(int kind, Memory memory, Irp irp) {
    int both = WskFlags.WAITALL | WskFlags.DRAIN;
    return switch (kind) {
      case 0 -> end.socket().send(memory.buffer(), WskFlags.OOB, irp);
      case 1 -> end.socket().send(null, 0, irp);
      case 2 -> end.socket().receive(memory.buffer(), both, irp);
      case 3 -> end.socket().receive(memory.buffer(), WskFlags.DRAIN, irp);
      default -> end.socket().disconnect(memory.buffer(), WskFlags.ABORTIVE, irp);
    };
  }
}
