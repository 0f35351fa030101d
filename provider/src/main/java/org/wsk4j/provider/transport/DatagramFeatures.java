package org.wsk4j.provider.transport;

import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.provider.natives.NativeSockets;

/** What this system can do with datagrams beyond moving them one by one; found out once. */
final class DatagramFeatures {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramFeatures.class);

  /** All that is asked for here. */
  static final Set<TransportFeature> ALL =
      EnumSet.of(
          TransportFeature.DATAGRAM_BATCHES,
          TransportFeature.CONTROL_INFO,
          TransportFeature.DESTINATION,
          TransportFeature.SEND_SEGMENTATION,
          TransportFeature.RECEIVE_COALESCING);

  /** Those that are there. */
  static final Set<TransportFeature> FOUND = find();

  private DatagramFeatures() {}

  private static Set<TransportFeature> find() {
    Set<TransportFeature> found = EnumSet.noneOf(TransportFeature.class);
    if (!NativeSockets.isAvailable()) {
      Throwable why = NativeSockets.unavailabilityCause();
      LOG.warn("Datagrams go one by one and without control information: {}", String.valueOf(why));
      return found;
    }
    found.add(TransportFeature.DATAGRAM_BATCHES);
    found.add(TransportFeature.CONTROL_INFO);
    found.add(TransportFeature.DESTINATION);
    int probe = NativeSockets.open(NativeSockets.AF_INET, NativeSockets.SOCK_DGRAM, 0);
    if (probe >= 0) {
      if (NativeSockets.setOption(probe, Linux.SOL_UDP, Linux.UDP_SEGMENT, 0) == 0) {
        found.add(TransportFeature.SEND_SEGMENTATION);
      }
      if (NativeSockets.setOption(probe, Linux.SOL_UDP, Linux.UDP_GRO, 0) == 0) {
        found.add(TransportFeature.RECEIVE_COALESCING);
      }
      NativeSockets.close(probe);
    }
    return found;
  }
}
