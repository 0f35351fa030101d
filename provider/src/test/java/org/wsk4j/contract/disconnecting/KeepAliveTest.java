package org.wsk4j.contract.disconnecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.Transport;

/** A peer that is gone without a word is found out by the probes of the system, as if it reset. */
@Timeout(120)
class KeepAliveTest {
  private static final Duration LIMIT = Duration.ofSeconds(100);

  @Test
  void shouldEndAConnectionWhosePeerAnswersNoProbe() throws Exception {
    try (NetworkNamespace here = NetworkNamespace.create();
        NetworkNamespace there = NetworkNamespace.create()) {
      NetworkNamespace.join(here, there);
      here.address(SilentPeer.HERE + "/24");
      there.address(SilentPeer.THERE + "/24");

      List<String> lines =
          ChildJvm.run(
              here.enter(),
              "export " + SilentPeer.OTHER + "=" + there.name(),
              SilentPeer.class,
              LIMIT);

      for (Transport transport : TransportMatrix.transports()) {
        assertThat(lines).contains(SilentPeer.line(transport, NtStatus.CONNECTION_RESET));
      }
    }
  }
}
