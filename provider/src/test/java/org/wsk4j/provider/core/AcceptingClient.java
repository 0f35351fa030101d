package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * An accept queue between a network and a client that tests play. Connections have names; what
 * becomes of them is written down.
 */
final class AcceptingClient implements Arrivals {
  static final WskClientConnectionDispatch TABLE = WskClientConnectionDispatch.builder().build();

  /** The callback: fills in the answers and decides. */
  @FunctionalInterface
  interface OnAccept {
    NtStatus accept(Out<Object> context, Out<WskClientConnectionDispatch> dispatch);
  }

  final EventGate gate = new EventGate();
  final AcceptQueue queue;
  final List<String> log = new ArrayList<>();
  final Map<String, Integer> inherited = new HashMap<>();
  final Set<String> hopeless = new HashSet<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private int running;

  Runnable whenOpened = () -> {};
  Runnable pump;
  OnAccept onAccept = (context, dispatch) -> NtStatus.SUCCESS;

  AcceptingClient(int mostWaiting) {
    queue = new AcceptQueue(gate, this, mostWaiting, this::pumpLater);
    pump = queue::pump;
  }

  // ---- The client

  AcceptingClient enable(int events) {
    gate.enable(events);
    pump.run();
    return this;
  }

  Accept request(String name) {
    return new Accept(name);
  }

  NtStatus post(Accept request) {
    NtStatus answer = queue.acceptInline(request.irp);
    request.answer = answer;
    return answer;
  }

  Accept accept(String name) {
    Accept request = request(name);
    post(request);
    return request;
  }

  void acceptElsewhere(String name) {
    Accept request = request(name);
    request.irp.markPending();
    queue.accept(request.irp);
    pump.run();
  }

  @Override
  public @Nullable AcceptedSocket make(Arrival arrival) {
    return hopeless.contains(arrival.toString()) ? null : new Made((Named) arrival.take());
  }

  @Override
  public NtStatus accept(
      Arrival arrival,
      AcceptedSocket socket,
      Out<Object> context,
      Out<WskClientConnectionDispatch> dispatch) {
    assertThat(running).as("callbacks that run").isZero();
    assertThat(context.get()).isNull();
    assertThat(dispatch.get()).isNull();
    assertThat(((Made) socket).place).isSameAs(dispatch);
    running++;
    DispatchLevel.current().raise();
    try {
      log.add("event " + arrival);
      return onAccept.accept(context, dispatch);
    } finally {
      DispatchLevel.current().lower();
      running--;
    }
  }

  @Override
  public void acceptDead() {
    assertThat(running).as("callbacks that run").isZero();
    log.add("dead");
  }

  // ---- The network

  void arrive(String... names) {
    for (String name : names) {
      queue.arrived(named(name));
    }
    queue.pump();
  }

  Named named(String name) {
    return new Named(name);
  }

  /** A connection that has arrived. */
  final class Named implements WatchableArrival {
    final String name;
    @Nullable Runnable whenGone;

    Named(String name) {
      this.name = name;
    }

    @Override
    public SocketAddress localAddress() {
      return InetSocketAddress.createUnresolved("local-" + name, 1);
    }

    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("remote-" + name, 2);
    }

    @Override
    public void refuse() {
      log.add("refused " + name);
    }

    @Override
    public void watch(Runnable gone) {
      assertThat(whenGone).as("watched before").isNull();
      whenGone = gone;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A socket made of a connection. */
  private final class Made implements AcceptedSocket {
    final Named arrival;
    final WskConnectionSocket socket;
    @Nullable Out<WskClientConnectionDispatch> place;

    Made(Named arrival) {
      this.arrival = arrival;
      socket =
          (WskConnectionSocket)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {WskConnectionSocket.class},
                  (proxy, method, arguments) -> "socket " + arrival.name);
    }

    @Override
    public WskConnectionSocket socket() {
      return socket;
    }

    @Override
    public void offered(Out<WskClientConnectionDispatch> dispatch, int inheritedEvents) {
      place = dispatch;
      inherited.put(arrival.name, inheritedEvents);
    }

    @Override
    public void adopt(@Nullable Object context, @Nullable WskClientConnectionDispatch dispatch) {
      assertThat(running).as("callbacks that run").isZero();
      inherited.putIfAbsent(arrival.name, 0);
      log.add("adopted " + arrival.name + " " + context + (dispatch == TABLE ? " with table" : ""));
    }

    @Override
    public void open() {
      log.add("opened " + arrival.name);
      whenOpened.run();
    }

    @Override
    public void discard() {
      log.add("discarded " + arrival.name);
    }
  }

  // ---- The loop

  void pumpLater() {
    later.add(pump);
  }

  boolean hasWorkForLater() {
    return !later.isEmpty();
  }

  void runLater() {
    assertThat(DispatchLevel.current().depth()).isZero();
    for (Runnable work = later.poll(); work != null; work = later.poll()) {
      work.run();
    }
  }

  List<String> happened() {
    List<String> all = List.copyOf(log);
    log.clear();
    return all;
  }

  void enableAccept() {
    enable(WskEventCallbackControl.ACCEPT);
  }

  /** A request to accept. */
  final class Accept {
    final String name;
    final Irp irp = Irp.allocate();
    final Out<SocketAddress> local = new Out<>();
    final Out<SocketAddress> remote = new Out<>();
    @Nullable NtStatus answer;
    int completions;
    boolean pendingReturned;
    private Runnable then = () -> {};

    private Accept(String name) {
      this.name = name;
      irp.setCompletionRoutine((done, context) -> completed(), null);
      irp.begin(null);
      irp.context().target = new AcceptRequest("context of " + name, TABLE, local, remote);
    }

    Accept then(Runnable work) {
      then = work;
      return this;
    }

    private NtStatus completed() {
      completions++;
      pendingReturned = irp.pendingReturned();
      String made = irp.object() != null ? " " + irp.object() : "";
      log.add(name + " " + irp.status().name() + made);
      then.run();
      return NtStatus.MORE_PROCESSING_REQUIRED;
    }
  }
}
