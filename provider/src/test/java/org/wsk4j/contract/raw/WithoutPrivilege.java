package org.wsk4j.contract.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketType;
import org.wsk4j.net.WskTransport;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** What {@link RawPrivilegeTest} runs in a process that may not open raw sockets. */
final class WithoutPrivilege {
  static final String REFUSED = "refused";
  static final String NOT_LISTED = "not listed";

  private WithoutPrivilege() {}

  /** Runs all cases. */
  public static void main(String[] arguments) {
    ChildCases.run(
        Map.of(REFUSED, WithoutPrivilege::isRefused, NOT_LISTED, WithoutPrivilege::isNotListed));
  }

  private static void isRefused(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    boolean known = on.can(TransportFeature.RAW_SOCKETS);
    for (int family : new int[] {AddressFamily.INET, AddressFamily.INET6}) {
      RawClient raw = new RawClient(client, family);
      for (int flags : new int[] {WskFlags.BASIC_SOCKET, WskFlags.DATAGRAM_SOCKET}) {
        assertThat(client.result(irp -> raw.make(1, flags, null, irp)))
            .isEqualTo(known ? NtStatus.ACCESS_DENIED : NtStatus.NOT_SUPPORTED);
      }
    }
    assertThat(client.openSockets()).isZero();
  }

  private static void isNotListed(Transport on, TestScope scope) {
    Controls calls = new Controls(TestClient.on(on, scope));
    Out<List<WskTransport>> place = new Out<>();
    assertThat(
            calls.control(
                WskClientControls.TRANSPORT_LIST_QUERY, null, 1 << 16, place, new LongOut(), null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(place.require()).isNotEmpty().noneMatch(one -> one.socketType() == SocketType.RAW);
  }
}
