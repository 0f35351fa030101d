package org.wsk4j.provider.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.contract.Rule;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.spi.WskExtension;
import org.wsk4j.spi.WskExtensionModule;
import org.wsk4j.spi.WskExtensionSocket;
import org.wsk4j.tls.WskTls;

class ExtensionTableTest {
  private static final NpiId ID = NpiId.of("{00000000-0000-0000-0000-0000000000E1}");

  private record Module(NpiId npiId, int events) implements WskExtensionModule {
    @Override
    public String name() {
      return "a test";
    }

    @Override
    public boolean appliesTo(WskSocketCategory category) {
      return true;
    }

    @Override
    public NtStatus register(
        WskExtensionSocket socket,
        @Nullable Object clientContext,
        @Nullable Object clientDispatch,
        Out<WskExtension> place) {
      return NtStatus.NOT_SUPPORTED;
    }
  }

  @Test
  @Rule({"EXT-18", "EXT-22"})
  void shouldLeaveOutWhatClaimsTheNameOrTheFlagsOfOthers() {
    Module first = new Module(ID, 0x00010000);
    Module second = new Module(ID, 0x00020000);
    NpiId wsk = WskProviderCharacteristics.NPI_WSK_INTERFACE_ID;
    NpiId other = NpiId.of("{00000000-0000-0000-0000-0000000000E2}");
    ExtensionTable table =
        new ExtensionTable(List.of(first, second, new Module(wsk, 0), new Module(other, 0x40)));
    assertThat(table.find(ID)).isSameAs(first);
    assertThat(table.find(wsk)).isNull();
    assertThat(table.find(other)).isNull();
  }

  @Test
  void shouldGoOnBehindAServiceThatCannotBeMade() {
    Module module = new Module(ID, 0);
    Iterator<WskExtensionModule> broken =
        new Iterator<>() {
          private int calls;

          @Override
          public boolean hasNext() {
            return calls < 3;
          }

          @Override
          public WskExtensionModule next() {
            calls++;
            if (calls == 2) {
              return module;
            }
            ServiceConfigurationError fault = new ServiceConfigurationError("broken");
            fault.setStackTrace(new StackTraceElement[0]);
            throw fault;
          }
        };
    assertThat(new ExtensionTable(() -> broken).find(ID)).isSameAs(module);
  }

  @Test
  void shouldFindTheServicesOfTheProcess() {
    assertThat(ExtensionTable.ofServices().find(WskTls.NPI_ID)).isNotNull();
  }
}
