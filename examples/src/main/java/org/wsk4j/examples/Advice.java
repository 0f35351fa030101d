package org.wsk4j.examples;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.wsk4j.nt.NtStatus;

/** Turns statuses into sentences: what was tried, what the system said, what to try. */
final class Advice {
  private static final String DESCRIPTORS =
      "The system has no more sockets for this program: raise the limit of open files (ulimit -n).";

  private Advice() {}

  /** {@return why a program cannot listen at an address} */
  static String onListen(InetSocketAddress address, NtStatus status) {
    return "Cannot listen at " + show(address) + ": " + say(status) + listenHint(address, status);
  }

  private static String listenHint(InetSocketAddress address, NtStatus status) {
    int port = address.getPort();
    if (status == NtStatus.ADDRESS_ALREADY_EXISTS) {
      return "Another program has port " + port + ": end it, or choose another one with --port.";
    }
    if (status == NtStatus.INVALID_ADDRESS_COMPONENT) {
      return "This machine does not have that address: give one that it has with --bind.";
    }
    if (status == NtStatus.ACCESS_DENIED) {
      return port < 1024
          ? "Ports below 1024 need a privilege: choose a higher one with --port."
          : "The system does not allow it: choose another port with --port.";
    }
    return status == NtStatus.TOO_MANY_OPENED_FILES ? DESCRIPTORS : "";
  }

  /** {@return why a program cannot have a raw socket} */
  static String onRaw(NtStatus status) {
    String hint = "";
    if (status == NtStatus.ACCESS_DENIED) {
      hint = "Raw sockets need the capability CAP_NET_RAW: run it as root.";
    } else if (status == NtStatus.NOT_SUPPORTED) {
      hint = "Raw sockets need Linux, and --transport epoll or io_uring.";
    }
    return "Cannot open a raw socket: " + say(status) + hint;
  }

  /** {@return why a program cannot connect to an address} */
  static String onConnect(InetSocketAddress address, NtStatus status) {
    return "Cannot connect to " + show(address) + ": " + say(status) + connectHint(address, status);
  }

  private static String connectHint(InetSocketAddress address, NtStatus status) {
    if (status == NtStatus.CONNECTION_REFUSED) {
      return "Nothing listens there: check host and port, or start a server with"
          + " ./wsk4j echo-server --port "
          + address.getPort()
          + ".";
    }
    if (status == NtStatus.IO_TIMEOUT) {
      return "There was no answer: check the address, and whether a firewall is in between.";
    }
    if (status == NtStatus.HOST_UNREACHABLE || status == NtStatus.NETWORK_UNREACHABLE) {
      return "There is no way to that address: check it, and this machine's network.";
    }
    return status == NtStatus.TOO_MANY_OPENED_FILES ? DESCRIPTORS : "";
  }

  /** {@return the meaning of a status and its name, as the end of a sentence} */
  static String say(NtStatus status) {
    return status.meaning() + " (STATUS_" + status.name() + "). ";
  }

  /** {@return an address as people write it} */
  static String show(InetSocketAddress address) {
    if (address.isUnresolved()) {
      return address.getHostString() + ":" + address.getPort();
    }
    String host = address.getAddress().getHostAddress();
    if (address.getAddress() instanceof Inet6Address) {
      host = "[" + host.replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]";
    }
    return host + ":" + address.getPort();
  }
}
