package org.wsk4j.contract.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.testing.TestScope;

/** Giving lists of addresses back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FreeAddressInfoTest {
  private static void free(Asker asker, AddressInfo first) {
    asker.client.functions().freeAddressInfo(asker.client.client(), first);
  }

  @Test
  @Rule({"NAM-43", "NAM-44", "NAM-45", "NAM-46", "NAM-01"})
  void shouldTakeAWholeListBack(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "www.example.test", "192.0.2.1", "192.0.2.2");
    List<AddressInfo> all = asker.find("www.example.test", "80").entries();
    assertThat(all).hasSize(2);
    free(asker, all.get(0));
    // The end of the test sees that nothing holds the program up.
  }

  @Test
  @Rule("NAM-47")
  void shouldBearWhatWasNotGivenOut(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    free(asker, null);
    AddressInfo list = asker.find("127.0.0.1", "80").entries().get(0);
    free(asker, list);
    free(asker, list);
    free(asker, AddressInfo.hints(0, 0, 0, 0));
    assertThat(asker.find("127.0.0.1", "80").status()).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  @Rule({"NAM-48", "NAM-18"})
  void shouldLeaveSocketsAlone(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    TestClient client = asker.client;
    AddressInfo list = asker.find("localhost", 0, AddressFamily.INET).entries().get(0);
    WskListeningSocket listener = client.listener(list.family(), null, null);
    client.succeed(irp -> listener.bind(list.address(), 0, irp));
    free(asker, list);
    assertThat(client.local(listener).getAddress().isLoopbackAddress()).isTrue();
    WskConnectionSocket accepted = client.acceptedPair(listener).socket();
    client.close(accepted, listener);
  }

  @Test
  @Rule("CLI-02")
  void shouldServeProgramsOfTheFirstVersion(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    assertThat(asker.client.functions().version()).isEqualTo(WskVersion.V1_0);
    AddressInfo found = asker.find("192.0.2.7", "80").entries().get(0);
    InetSocketAddress address = (InetSocketAddress) found.address();
    assertThat(asker.name(address, NameInfoFlags.NUMERICHOST).node()).isEqualTo("192.0.2.7");
    free(asker, found);
  }
}
