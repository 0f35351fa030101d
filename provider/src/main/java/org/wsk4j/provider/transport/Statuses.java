package org.wsk4j.provider.transport;

import org.wsk4j.nt.NtStatus;

public final class Statuses {
  public static NtStatus of(Throwable t) {
    String m = String.valueOf(t.getMessage());
    if (m.contains("refused")) return NtStatus.CONNECTION_REFUSED;
    if (m.contains("in use")) return NtStatus.ADDRESS_ALREADY_EXISTS;
    if (m.contains("reset") || m.contains("pipe")) return NtStatus.CONNECTION_RESET;
    return NtStatus.UNSUCCESSFUL;
  }
}
