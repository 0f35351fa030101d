package org.wsk4j.provider.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The families of which this machine has an address that others could use: neither loopback nor
 * link-local.
 *
 * @param v4 whether there is one of IPv4
 * @param v6 whether there is one of IPv6
 */
public record LocalFamilies(boolean v4, boolean v6) {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFamilies.class);

  /** {@return what the interfaces have now; asking them may take time} */
  public static LocalFamilies ofInterfaces() {
    boolean v4 = false;
    boolean v6 = false;
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(one.getInetAddresses())) {
          boolean global = !address.isLoopbackAddress() && !address.isLinkLocalAddress();
          v4 |= global && address instanceof Inet4Address;
          v6 |= global && !(address instanceof Inet4Address);
        }
      }
    } catch (SocketException e) {
      LOG.warn("The interfaces cannot be asked; both families count as there: {}", e.toString());
      return new LocalFamilies(true, true);
    }
    return new LocalFamilies(v4, v6);
  }
}
