package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.OptionLevel;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Every option that is a number, on every kind of socket, in every state. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OptionTableTest {
  private static final NtStatus YES = NtStatus.SUCCESS;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;
  private static final NtStatus WRONG = NtStatus.INVALID_DEVICE_REQUEST;
  private static final NtStatus TOO_LATE = NtStatus.INVALID_DEVICE_STATE;
  private static final NtStatus NO = NtStatus.NOT_SUPPORTED;

  private enum Kind {
    BASIC_TCP,
    BASIC_UDP,
    LISTENER,
    CONNECTION,
    STREAM,
    DATAGRAM
  }

  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);
  private static final Set<Kind> LISTENERS = EnumSet.of(Kind.LISTENER);
  private static final Set<Kind> TCP = EnumSet.of(Kind.LISTENER, Kind.CONNECTION, Kind.STREAM);
  private static final Set<Kind> ADDRESSED =
      EnumSet.of(Kind.LISTENER, Kind.CONNECTION, Kind.STREAM, Kind.DATAGRAM);
  private static final Set<Kind> TCP_OR_BASIC =
      EnumSet.of(Kind.LISTENER, Kind.CONNECTION, Kind.STREAM, Kind.BASIC_TCP);
  private static final Set<Kind> DATAGRAM = EnumSet.of(Kind.DATAGRAM);
  private static final Set<Kind> UDP = EnumSet.of(Kind.DATAGRAM, Kind.BASIC_UDP);

  /**
   * An option.
   *
   * @param key its name
   * @param kinds the sockets that have it
   * @param initial what it is at first; a negative number if that is the transport's
   * @param other another value
   * @param early whether it can be set before the bind alone
   * @param needs what the transport must be able to set, or to do
   */
  private record Option(
      WskControlKey<Integer, Integer> key,
      Set<Kind> kinds,
      int initial,
      int other,
      boolean early,
      @Nullable Object needs) {

    /** Whether a value can be set on a kind of socket. */
    boolean isSettable(Transport on, Kind kind, int value) {
      if (kind == Kind.BASIC_TCP || kind == Kind.BASIC_UDP) {
        return !(needs instanceof TransportFeature);
      }
      if (needs instanceof SystemOption system) {
        return (kind == Kind.DATAGRAM ? on.datagramOptions() : on.options()).contains(system);
      }
      boolean hears = key == IpOptions.MULTICAST_LOOP || key == Ipv6Options.MULTICAST_LOOP;
      return !(hears && value == 0) || on.can(TransportFeature.DESTINATION);
    }
  }

  private static Option of(
      WskControlKey<Integer, Integer> key, Set<Kind> kinds, int initial, int other) {
    return new Option(key, kinds, initial, other, false, null);
  }

  private static Option early(
      WskControlKey<Integer, Integer> key, Set<Kind> kinds, int initial, int other) {
    return new Option(key, kinds, initial, other, true, null);
  }

  private static Option system(
      WskControlKey<Integer, Integer> key, Set<Kind> kinds, int initial, SystemOption needs) {
    return new Option(key, kinds, initial, 1, false, needs);
  }

  /** Those of the control information and of segments are judged elsewhere. */
  private static final List<Option> OPTIONS =
      List.of(
          of(WskOptions.BROADCAST, DATAGRAM, 0, 1),
          early(WskOptions.CONDITIONAL_ACCEPT, LISTENERS, 0, 0),
          early(WskOptions.EXCLUSIVEADDRUSE, ADDRESSED, 0, 1),
          early(WskOptions.REUSEADDR, ADDRESSED, 0, 1),
          of(WskOptions.KEEPALIVE, TCP, 0, 1),
          of(WskOptions.RCVBUF, ADDRESSED, -1, 40_000),
          of(WskOptions.SNDBUF, ADDRESSED, -1, 40_000),
          of(TcpOptions.NODELAY, TCP, 0, 1),
          of(TcpOptions.KEEPIDLE, TCP_OR_BASIC, 7200, 9),
          of(TcpOptions.KEEPINTVL, TCP_OR_BASIC, 1, 9),
          of(TcpOptions.KEEPCNT, TCP_OR_BASIC, -1, 9),
          of(UdpOptions.NOCHECKSUM, UDP, 0, 1),
          system(IpOptions.TTL, ALL, -1, SystemOption.TTL),
          system(IpOptions.TOS, ALL, 0, SystemOption.TOS),
          system(IpOptions.UNICAST_IF, ALL, 0, SystemOption.INTERFACE),
          system(IpOptions.MULTICAST_TTL, UDP, 1, SystemOption.GROUP_TTL),
          of(IpOptions.MULTICAST_LOOP, UDP, 1, 0),
          system(IpOptions.DONTFRAGMENT, UDP, 0, SystemOption.WHOLE));

  private static final List<Option> OPTIONS6 =
      List.of(
          early(Ipv6Options.V6ONLY, ALL, 1, 0),
          system(Ipv6Options.UNICAST_HOPS, ALL, -1, SystemOption.HOPS),
          system(Ipv6Options.TCLASS, ALL, 0, SystemOption.TRAFFIC_CLASS),
          system(Ipv6Options.UNICAST_IF, ALL, 0, SystemOption.INTERFACE6),
          system(Ipv6Options.MULTICAST_HOPS, UDP, 1, SystemOption.GROUP_HOPS),
          system(Ipv6Options.MULTICAST_IF, UDP, 0, SystemOption.GROUP_INTERFACE6),
          of(Ipv6Options.MULTICAST_LOOP, UDP, 1, 0),
          system(Ipv6Options.DONTFRAG, UDP, 0, SystemOption.WHOLE6));

  /** A socket in some state. */
  private record Subject(String name, Kind kind, boolean bound, WskSocket socket) {}

  private static List<Subject> subjects(TestClient client, int family) throws Exception {
    Controls calls = new Controls(client);
    DatagramClient udp = new DatagramClient(client, family);
    List<Subject> all = new ArrayList<>();
    all.add(new Subject("basic", Kind.BASIC_TCP, false, calls.basic(family, true)));
    all.add(new Subject("basic", Kind.BASIC_UDP, false, calls.basic(family, false)));
    all.add(new Subject("new", Kind.LISTENER, false, client.listener(family, null, null)));
    all.add(new Subject("listens", Kind.LISTENER, true, client.listening(family, null, null)));
    all.add(new Subject("new", Kind.CONNECTION, false, client.connection(family, null, null)));
    all.add(
        new Subject("connected", Kind.CONNECTION, true, client.pair(family, null, null).socket()));
    all.add(new Subject("new", Kind.STREAM, false, client.stream(family, null, null)));
    all.add(new Subject("bound", Kind.STREAM, true, client.boundStream(family, null, null)));
    all.add(new Subject("new", Kind.DATAGRAM, false, udp.socket()));
    all.add(new Subject("bound", Kind.DATAGRAM, true, udp.bound()));
    WskDatagramSocket listens = udp.boundTo(TestClient.any(family, 0));
    all.add(new Subject("at the wildcard", Kind.DATAGRAM, true, listens));
    return all;
  }

  @EachTransport
  @Rule({"OPT-20", "OPT-78", "CTL-08", "CTL-09", "CTL-20"})
  void shouldBeThereForTheSocketsThatHaveThem(Transport on, TestScope scope) throws Exception {
    for (int family : new int[] {AddressFamily.INET, AddressFamily.INET6}) {
      TestClient client = TestClient.on(on, scope);
      Controls calls = new Controls(client);
      for (Subject subject : subjects(client, family)) {
        for (Option option : of(family)) {
          assertOption(on, calls, subject, option);
        }
      }
      client.closeAll();
    }
  }

  /** Those of the family and those of no family. */
  private static List<Option> of(int family) {
    List<Option> options = new ArrayList<>();
    boolean v6 = family == AddressFamily.INET6;
    for (Option option : OPTIONS) {
      boolean v4 = option.key.level() == OptionLevel.IPPROTO_IP;
      if (!v6 || !v4 && option.key != UdpOptions.NOCHECKSUM) {
        options.add(option);
      }
    }
    if (v6) {
      options.addAll(OPTIONS6);
    }
    return options;
  }

  private static void assertOption(Transport on, Controls calls, Subject subject, Option option)
      throws InterruptedException {
    WskSocket socket = subject.socket;
    String cell = option.key + " on a " + subject.kind + " that is " + subject.name;
    if (!option.kinds.contains(subject.kind)) {
      assertThat(calls.set(socket, option.key, option.other)).as(cell).isEqualTo(WRONG);
      assertThat(calls.getting(socket, option.key)).as(cell).isEqualTo(WRONG);
      return;
    }
    int before = calls.get(socket, option.key);
    if (option.initial >= 0) {
      assertThat(before).as(cell).isEqualTo(option.initial);
    }
    NtStatus expected = option.early && subject.bound ? TOO_LATE : YES;
    if (expected == YES && !option.isSettable(on, subject.kind, option.other)) {
      expected = NO;
    }
    assertThat(calls.set(socket, option.key, option.other)).as(cell).isEqualTo(expected);
    assertThat(calls.get(socket, option.key))
        .as(cell)
        .isEqualTo(expected == YES ? option.other : before);
    if (expected == YES) {
      assertThat(calls.set(socket, option.key, before)).as(cell).isEqualTo(YES);
      assertThat(calls.get(socket, option.key)).as(cell).isEqualTo(before);
    }
  }

  @EachTransport
  @Rule({"CTL-06", "CTL-07", "CTL-13", "CTL-15", "CTL-27"})
  void shouldJudgeTheShapeOfACall(Transport on, TestScope scope) throws Exception {
    for (int family : new int[] {AddressFamily.INET, AddressFamily.INET6}) {
      TestClient client = TestClient.on(on, scope);
      Controls calls = new Controls(client);
      for (Subject subject : subjects(client, family)) {
        for (Option option : of(family)) {
          if (option.kinds.contains(subject.kind)) {
            assertShape(calls, subject, option);
          }
        }
      }
      client.closeAll();
    }
  }

  private static void assertShape(Controls calls, Subject subject, Option option)
      throws InterruptedException {
    WskSocket socket = subject.socket;
    String cell = option.key + " on a " + subject.kind + " that is " + subject.name;
    int before = calls.get(socket, option.key);
    int level = option.key.level();
    WskControlKey<ByteBuffer, ByteBuffer> raw = WskControlKey.raw(level, option.key.code());
    boolean late = option.early && subject.bound;
    assertThat(calls.set(socket, raw, Controls.bytes(3))).as(cell).isEqualTo(late ? TOO_LATE : BAD);
    Out<ByteBuffer> small = new Out<>(Controls.bytes(3));
    assertThat(calls.client().result(irp -> calls.get(socket, raw, 3, small, null, irp)))
        .as(cell)
        .isEqualTo(BAD);
    assertThat(Controls.contents(small.require())).containsOnly(0);
    // Without a request nothing happens.
    assertThat(calls.set(socket, option.key, option.other, null)).as(cell).isEqualTo(BAD);
    LongOut size = new LongOut();
    Out<Integer> place = new Out<>();
    assertThat(calls.get(socket, option.key, 4, place, size, null)).as(cell).isEqualTo(BAD);
    assertThat(place.get()).isNull();
    assertThat(calls.get(socket, option.key)).as(cell).isEqualTo(before);
    // The same number elsewhere is not the same option.
    for (int other : new int[] {1, 77, 0xFFFE}) {
      WskControlKey<ByteBuffer, ByteBuffer> stray = WskControlKey.raw(other, option.key.code());
      assertThat(calls.set(socket, stray, Controls.ulong(1))).as(cell).isEqualTo(BAD);
    }
    WskControlKey<ByteBuffer, ByteBuffer> unknown = WskControlKey.raw(level, 0x6543);
    assertThat(calls.set(socket, unknown, Controls.ulong(1))).as(cell).isEqualTo(NO);
  }
}
