package org.wsk4j.contract.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.names.Asker.Found;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.NameSpace;
import org.wsk4j.net.NameSpaceProvider;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.OwningThread;
import org.wsk4j.testing.TestScope;

/** What a request for addresses answers, inline and in its IRP, and which ones are refused. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AddressRequestTest {
  private static final AddressInfo V4 = AddressInfo.hints(0, AddressFamily.INET, 0, 0);

  @Test
  @Rule({"NAM-01", "NAM-06", "NAM-05"})
  void shouldNeedAClientAndAnIrp(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    WskProviderDispatch functions = asker.client.functions();
    Out<AddressInfo> place = new Out<>();
    InetSocketAddress address = TestClient.loopback(AddressFamily.INET, 1);
    WskClient ours = asker.client.client();
    assertThat(functions.getAddressInfo(ours, "x", null, 0, null, null, place, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(functions.getNameInfo(ours, address, new Out<>(), null, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    Irp irp = asker.client.irp();
    WskClient foreign = new WskClient() {};
    for (WskClient none : new WskClient[] {null, foreign}) {
      assertThat(functions.getAddressInfo(none, "x", null, 0, null, null, place, null, null, irp))
          .isEqualTo(NtStatus.INVALID_HANDLE);
      assertThat(functions.getNameInfo(none, address, new Out<>(), null, 0, null, null, irp))
          .isEqualTo(NtStatus.INVALID_HANDLE);
      functions.freeAddressInfo(none, null);
    }
    // The IRP was left alone, so it can be used at once.
    asker.server.says("A", "www.example.test", "192.0.2.1");
    asker.call("www.example.test", null, V4, place, irp);
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
    assertThat(place.require().entries()).hasSize(1);
    assertThat(asker.server.asked()).hasSize(1);
  }

  @Test
  @Rule({"NAM-02", "NAM-22", "NAM-11", "NAM-05", "NAM-07"})
  void shouldPendAndFillTheResultBeforeItCompletes(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.holds("A", "www.example.test", "192.0.2.1");
    Out<AddressInfo> place = new Out<>();
    List<AddressInfo> seen = new ArrayList<>();
    Irp irp = asker.client.irp();
    asker.client.onCompletion(irp, done -> seen.add(place.require()));
    assertThat(asker.call("www.example.test", "7", V4, place, irp)).isEqualTo(NtStatus.PENDING);
    asker.server.awaitQuestion();
    assertThat(irp.isCompleted()).isFalse();
    assertThat(place.get()).isNull();
    asker.server.letGo(false);
    assertThat(asker.client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isZero();
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).address()).isEqualTo(new InetSocketAddress("192.0.2.1", 7));
  }

  @Test
  @Rule({"NAM-03", "NAM-22", "NAM-05", "IRP-54"})
  void shouldAnswerInlineWhatNeedsNoLookUp(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    Out<AddressInfo> place = new Out<>();
    List<AddressInfo> seen = new ArrayList<>();
    Irp irp = asker.client.irp();
    asker.client.onCompletion(irp, done -> seen.add(place.require()));
    assertThat(asker.call("192.0.2.1", "7", null, place, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.pendingReturned()).isFalse();
    assertThat(irp.information()).isZero();
    assertThat(seen).containsExactly(place.require());
    assertThat(asker.server.asked()).isEmpty();
  }

  @Test
  @Rule({"NAM-04", "NAM-09", "NAM-10", "NAM-07", "NAM-05"})
  void shouldRefuseInlineAndInTheIrp(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    Irp irp = asker.client.irp();
    assertThat(asker.call("x", null, null, null, irp)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.status()).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(irp.information()).isZero();
    refused(asker.find(null, null));
    refused(asker.find("", ""));
    refused(asker.find("", null));
    refused(asker.find("a\0b", null));
    refused(asker.find("a", "1\0"));
    refused(asker.find("a", null, AddressInfo.hints(0x40000000, 0, 0, 0)));
    assertThat(asker.find("", "80").status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(asker.find("127.0.0.1", "").status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(asker.server.asked()).isEmpty();
  }

  private static void refused(Found found) {
    assertThat(found.status()).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(found.returned()).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(found.first()).isNull();
  }

  @Test
  @Rule({"NAM-08", "NAM-07", "NAM-21", "NAM-17"})
  void shouldSayThatANameDoesNotExist(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("PTR", "empty.example.test", "other.example.test");
    for (String name : new String[] {"nobody.example.test", "empty.example.test"}) {
      Found found = asker.find(name, null);
      assertThat(found.status()).as(name).isEqualTo(NtStatus.NOT_FOUND);
      assertThat(found.first()).isNull();
    }
    assertThat(asker.server.asked()).hasSize(4);
    // What no server can know is not asked for.
    for (String name : new String[] {"a..b", "x".repeat(64), "é".repeat(80), "x.".repeat(140)}) {
      assertThat(asker.find(name, null).status()).as(name).isEqualTo(NtStatus.NOT_FOUND);
    }
    assertThat(asker.server.asked()).hasSize(4);
    // A later success leaves an ended list.
    asker.server.says("A", "two.example.test", "192.0.2.1", "192.0.2.2");
    List<AddressInfo> entries = asker.find("two.example.test", null, V4).entries();
    assertThat(entries).hasSize(2);
    assertThat(entries.get(1).next()).isNull();
  }

  @Test
  @Rule("NAM-26")
  void shouldRefuseHintsThatMakeNoSense(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    InetSocketAddress somewhere = TestClient.loopback(AddressFamily.INET, 1);
    NameSpaceProvider provider = new NameSpaceProvider(UUID.randomUUID());
    refused(asker.find("x", null, new AddressInfo(0, 0, 0, 0, 16, null, null, null, null)));
    refused(asker.find("x", null, new AddressInfo(0, 0, 0, 0, 0, "name", null, null, null)));
    refused(asker.find("x", null, new AddressInfo(0, 0, 0, 0, 0, null, somewhere, null, null)));
    refused(asker.find("x", null, new AddressInfo(0, 0, 0, 0, 0, null, null, provider, null)));
    refused(asker.find("x", null, new AddressInfo(0, 0, 0, 0, 0, null, null, null, V4)));
    int both = AddressInfoFlags.CANONNAME | AddressInfoFlags.FQDN;
    refused(asker.find("127.0.0.1", both, 0));
    for (int family : new int[] {AddressFamily.UNIX, AddressFamily.BTH, -1}) {
      unsupported(asker.find("127.0.0.1", 0, family));
    }
    unsupported(asker.find("127.0.0.1", AddressInfoFlags.SECURE, 0));
    int[][] sockets = {
      {SocketType.RDM, 0},
      {SocketType.SEQPACKET, 0},
      {-1, 0},
      {SocketType.STREAM, Protocol.UDP},
      {SocketType.DGRAM, Protocol.TCP},
      {0, Protocol.MAX},
      {0, -1}
    };
    for (int[] one : sockets) {
      unsupported(asker.find("127.0.0.1", null, AddressInfo.hints(0, 0, one[0], one[1])));
    }
    assertThat(asker.server.asked()).isEmpty();
  }

  private static void unsupported(Found found) {
    assertThat(found.status()).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(found.first()).isNull();
  }

  @Test
  @Rule({"NAM-33", "NAM-34", "NAM-35"})
  void shouldAskTheNameSpacesThatItKnows(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "www.example.test", "192.0.2.1");
    for (int space : new int[] {NameSpace.ALL, NameSpace.DNS}) {
      assertThat(ask(asker, space, null)).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(asker.server.asked()).hasSize(2);
    for (int space : new int[] {NameSpace.NETBT, NameSpace.EMAIL, NameSpace.BTH, -1, 1}) {
      assertThat(ask(asker, space, null)).as("%s", space).isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    NameSpaceProvider provider = new NameSpaceProvider(UUID.randomUUID());
    assertThat(ask(asker, NameSpace.ALL, provider)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(asker.server.asked()).hasSize(2);
  }

  private static NtStatus ask(Asker asker, int space, @Nullable NameSpaceProvider provider)
      throws InterruptedException {
    TestClient client = asker.client;
    return client.result(
        irp ->
            client
                .functions()
                .getAddressInfo(
                    client.client(),
                    "www.example.test",
                    null,
                    space,
                    provider,
                    V4,
                    new Out<>(),
                    null,
                    null,
                    irp));
  }

  @Test
  @Rule({"NAM-36", "NAM-37", "NAM-38", "NAM-70"})
  void shouldTakeAThreadWithItsProcessAlone(TestScope scope) throws Exception {
    TestClient client = Asker.in(scope).client;
    OwningThread thread = OwningThread.impersonating(() -> "somebody");
    OwningProcess process = OwningProcess.current();
    InetSocketAddress address = TestClient.loopback(AddressFamily.INET, 1);
    Object[][] cases = {
      {null, null, NtStatus.SUCCESS},
      {process, null, NtStatus.SUCCESS},
      {process, thread, NtStatus.SUCCESS},
      {null, thread, NtStatus.INVALID_PARAMETER}
    };
    for (Object[] one : cases) {
      OwningProcess owner = (OwningProcess) one[0];
      OwningThread acting = (OwningThread) one[1];
      assertThat(
              client.result(
                  irp ->
                      client
                          .functions()
                          .getAddressInfo(
                              client.client(),
                              "127.0.0.1",
                              null,
                              0,
                              null,
                              null,
                              new Out<>(),
                              owner,
                              acting,
                              irp)))
          .isEqualTo(one[2]);
      assertThat(
              client.result(
                  irp ->
                      client
                          .functions()
                          .getNameInfo(
                              client.client(), address, new Out<>(), null, 2, owner, acting, irp)))
          .isEqualTo(one[2]);
    }
  }
}
