package org.wsk4j.provider.transport;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Multicast groups as Linux wants to be asked for them: GROUP_REQ and IP_MREQN. */
final class LinuxGroups {
  private static final int IPPROTO_IP = 0;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IP_MULTICAST_IF = 32;
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;
  private static final int STORAGE = 128;
  private static final int PORT_AND_FLOW = 6;

  private LinuxGroups() {}

  static void change(Socket socket, GroupChange change, GroupMembership membership)
      throws IOException {
    ByteBuffer request = ByteBuffer.allocate(8 + 2 * STORAGE).order(ByteOrder.nativeOrder());
    request.putInt(membership.interfaceIndex()).putInt(0);
    put(request, membership.group());
    if (membership.source() != null) {
      put(request, membership.source());
    }
    int level = membership.group() instanceof Inet4Address ? IPPROTO_IP : IPPROTO_IPV6;
    socket.setRawOpt(level, change.linuxNumber, request.flip());
  }

  /** A SOCKADDR_STORAGE; ports and scopes mean nothing here. */
  private static void put(ByteBuffer request, InetAddress address) {
    int end = request.position() + STORAGE;
    if (address instanceof Inet4Address) {
      request.putShort(AF_INET).putShort((short) 0);
    } else {
      request.putShort(AF_INET6).put(new byte[PORT_AND_FLOW]);
    }
    request.put(address.getAddress()).position(end);
  }

  /** By which interface multicasts of IPv4 leave; 0 leaves it to the routes. */
  static void setInterface(Socket socket, int index) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
    request.putInt(0).putInt(0).putInt(index);
    socket.setRawOpt(IPPROTO_IP, IP_MULTICAST_IF, request.flip());
  }
}
