package org.wsk4j.provider.transport;

import io.netty.util.internal.PlatformDependent;

/** The systems whose sockets differ in numbers and meanings that matter here. */
enum SystemKind {
  /** Linux. */
  LINUX(41, 26, 1, 15),
  /** macOS and the BSDs. */
  BSD(41, 27, 0xFFFF, 0x200),
  /** Windows, which has no {@code SO_REUSEPORT}. */
  WINDOWS(41, 27, 0xFFFF, 0);

  private static final SystemKind CURRENT = find();

  /** The level {@code IPPROTO_IPV6}. */
  final int ipv6Level;

  /** The option {@code IPV6_V6ONLY} of that level. */
  final int ipv6Only;

  /** The level {@code SOL_SOCKET}. */
  final int socketLevel;

  /** The option {@code SO_REUSEPORT} of that level. */
  final int reusePort;

  SystemKind(int ipv6Level, int ipv6Only, int socketLevel, int reusePort) {
    this.ipv6Level = ipv6Level;
    this.ipv6Only = ipv6Only;
    this.socketLevel = socketLevel;
    this.reusePort = reusePort;
  }

  /** {@return the system that this process runs on; what is unknown counts as a BSD} */
  static SystemKind current() {
    return CURRENT;
  }

  boolean isWindows() {
    return this == WINDOWS;
  }

  private static SystemKind find() {
    if (PlatformDependent.isWindows()) {
      return WINDOWS;
    }
    return "linux".equals(PlatformDependent.normalizedOs()) ? LINUX : BSD;
  }
}
