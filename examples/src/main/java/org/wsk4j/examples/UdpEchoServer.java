package org.wsk4j.examples;

import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.nt.NtStatus;

/**
 * How do I send a datagram on without copying it? The receive event brings it in the provider's
 * memory. It is sent back from where it lies; the callback answers PENDING, which keeps the memory,
 * and the completion of the send releases it. What cannot be sent is released at once, inside the
 * callback.
 */
final class UdpEchoServer extends DatagramServer {
  UdpEchoServer(WskProgram program) {
    super(program);
  }

  @Override
  NtStatus received(WskDatagramIndication list) {
    WskDatagramSocket socket = socket();
    for (WskDatagramIndication element = list; element != null; ) {
      WskDatagramIndication next = element.next();
      element.setNext(null); // each element is kept and released by itself
      counted();
      if (!sends().send(socket, element.buffer(), element.remoteAddress(), element)) {
        dropped();
        socket.release(element);
      }
      element = next;
    }
    return NtStatus.PENDING;
  }
}
