package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeSocket;
import org.wsk4j.testing.FakeWskProvider;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReleaseTest {
  private final World world = new World();

  @AfterEach
  void nothingIsLeft() {
    world.close();
  }

  /** Releases as often as there were captures, and shows that there were no more. */
  static void releaseAll(WskRegistration block, int captures) {
    for (int capture = 0; capture < captures; capture++) {
      block.releaseProviderNpi();
    }
    assertThatIllegalStateException().isThrownBy(block::releaseProviderNpi);
  }

  @Test
  @Rule("REG-53")
  void shouldRefuseReleasesWithoutACapture() {
    WskRegistration block = world.block();
    assertThatIllegalStateException().isThrownBy(block::releaseProviderNpi);
    block.register(World.npi(0x0100));
    assertThatIllegalStateException().isThrownBy(block::releaseProviderNpi);
    world.provider();
    World.captured(block);
    releaseAll(block, 1);

    World.captured(block);
    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);
    releaseAll(block, 1);

    deregister.result();
    assertThatIllegalStateException().isThrownBy(block::releaseProviderNpi);
  }

  @Test
  @Rule("REG-52")
  void shouldNotBlockTheReleaseThatSomebodyWaitsFor() {
    world.provider();
    WskRegistration block = world.registered();
    World.captured(block);
    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);

    World.atDispatchLevel(block::releaseProviderNpi);

    assertThat(world.clock.waits()).isEqualTo(1);
    deregister.result();
  }

  /** The functions with an IRP, called with nothing but that. */
  enum Function {
    SOCKET {
      @Override
      NtStatus call(WskProviderDispatch table, WskClient client, Irp irp) {
        return table.socket(client, 2, 1, 6, 8, null, null, null, null, null, irp);
      }
    },
    SOCKET_CONNECT {
      @Override
      NtStatus call(WskProviderDispatch table, WskClient client, Irp irp) {
        return table.socketConnect(client, 1, 6, null, null, 0, null, null, null, null, null, irp);
      }
    },
    CONTROL_CLIENT {
      @Override
      NtStatus call(WskProviderDispatch table, WskClient client, Irp irp) {
        return table.controlClient(
            client, WskClientControls.TRANSPORT_LIST_CHANGE, null, 0, null, null, irp);
      }
    },
    GET_ADDRESS_INFO {
      @Override
      NtStatus call(WskProviderDispatch table, WskClient client, Irp irp) {
        return table.getAddressInfo(
            client, "name", null, 0, null, null, new Out<>(), null, null, irp);
      }
    },
    GET_NAME_INFO {
      @Override
      NtStatus call(WskProviderDispatch table, WskClient client, Irp irp) {
        return table.getNameInfo(client, null, new Out<>(), null, 0, null, null, irp);
      }
    };

    abstract NtStatus call(WskProviderDispatch table, WskClient client, Irp irp);
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"REG-54", "CLI-06"})
  void shouldRefuseCallsAfterTheLastRelease(Function function) {
    FakeWskProvider provider = world.provider();
    WskRegistration block = world.registered();
    WskProviderNpi npi = World.captured(block);
    World.captured(block);
    block.releaseProviderNpi();
    assertThat(function.call(npi.dispatch(), npi.client(), Irp.allocate()).isSuccess()).isTrue();
    provider.client().openSockets().forEach(World::close);
    block.releaseProviderNpi();
    int calls = provider.calls();
    Irp irp = Irp.allocate();

    assertThat(function.call(npi.dispatch(), npi.client(), irp)).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(irp.status()).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(function.call(npi.dispatch(), npi.client(), null))
        .isSameAs(NtStatus.INVALID_PARAMETER);

    block.deregister();
    assertThat(function.call(npi.dispatch(), npi.client(), irp)).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(provider.calls()).isEqualTo(calls);
  }

  @ParameterizedTest
  @EnumSource
  @Rule("CLI-06")
  void shouldLeaveTheIrpOfAForeignClientAlone(Function function) {
    world.provider();
    WskRegistration block = world.registered();
    WskProviderNpi npi = World.captured(block);
    Irp irp = Irp.allocate();

    assertThat(function.call(npi.dispatch(), null, irp)).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(function.call(npi.dispatch(), new WskClient() {}, irp))
        .isSameAs(NtStatus.INVALID_HANDLE);
    block.releaseProviderNpi();
    assertThat(function.call(npi.dispatch(), null, irp)).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(function.call(npi.dispatch(), new WskClient() {}, irp))
        .isSameAs(NtStatus.INVALID_HANDLE);

    assertThat(irp.isCompleted()).isFalse();
    block.deregister();
  }

  @Test
  @Rule("REG-54")
  void shouldRefuseControlsWithoutAnIrpAndFreeAddressesStill() {
    FakeWskProvider provider = world.provider();
    WskRegistration block = world.registered();
    WskProviderNpi npi = World.captured(block);
    assertThat(releaseDescriptor(npi)).isSameAs(NtStatus.SUCCESS);
    block.releaseProviderNpi();

    assertThat(releaseDescriptor(npi)).isSameAs(NtStatus.INVALID_HANDLE);
    npi.dispatch().freeAddressInfo(npi.client(), null);

    assertThat(provider.freed()).isEqualTo(1);
    block.deregister();
    npi.dispatch().freeAddressInfo(npi.client(), null);
    assertThat(provider.freed()).isEqualTo(2);
  }

  private static NtStatus releaseDescriptor(WskProviderNpi npi) {
    return npi.dispatch()
        .controlClient(npi.client(), WskClientControls.RELEASE_SD, null, 0, null, null, null);
  }

  @Test
  @Rule({"REG-55", "REG-56"})
  void shouldLeaveSocketsAndTheirRequestsAlone() {
    world.provider();
    WskRegistration block = world.registered();
    FakeSocket socket = World.socket(World.captured(block));
    Irp pending = Irp.allocate();
    socket.receive(null, 0, pending);

    block.releaseProviderNpi();

    assertThat(socket.isOpen()).isTrue();
    assertThat(pending.isCompleted()).isFalse();
    assertThat(socket.send(null, 0, Irp.allocate())).isSameAs(NtStatus.SUCCESS);
    assertThat(socket.completeReceive()).isTrue();
    assertThat(pending.status()).isSameAs(NtStatus.SUCCESS);
    World.close(socket);
    block.deregister();
  }

  @Test
  @Rule("REG-57")
  void shouldKeepEventsComing() {
    world.provider();
    WskRegistration block = world.registered();
    List<Object> events = new ArrayList<>();
    WskClientConnectionDispatch table =
        WskClientConnectionDispatch.builder()
            .onReceive(
                (context, flags, data, indicated, accepted) -> {
                  events.add(context);
                  return NtStatus.SUCCESS;
                })
            .build();
    FakeSocket socket = World.socket(World.captured(block), "context", table);

    block.releaseProviderNpi();
    socket.indicate();

    assertThat(events).containsExactly("context");
    World.close(socket);
    block.deregister();
  }
}
