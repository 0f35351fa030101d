package org.wsk4j.benchmarks.server;

import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.nt.NtStatus;

/** Sends data back from where it lies; it is released when it has been sent. */
final class WskEchoPeer extends WskPeer {
  WskEchoPeer(WskConnectionSocket socket) {
    super(socket);
  }

  @Override
  NtStatus take(WskDataIndication list) {
    for (WskDataIndication element = list; element != null; ) {
      WskDataIndication next = element.next();
      element.setNext(null);
      nextSend().begin(element.buffer(), element);
      element = next;
    }
    return NtStatus.PENDING;
  }
}
