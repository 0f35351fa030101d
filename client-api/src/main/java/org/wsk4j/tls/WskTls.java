package org.wsk4j.tls;

import org.wsk4j.nmr.NpiId;

/** Names the TLS extension and its event. */
public final class WskTls {
  /** Identifies the extension, to register it and to enable its event. */
  public static final NpiId NPI_ID = NpiId.of("{6F1D2B5A-93C4-4E0B-8A67-3C5E9D21F7B8}");

  /**
   * The event that tells of an established session; enabled with {@link
   * org.wsk4j.control.WskOptions#EVENT_CALLBACK} and {@link #NPI_ID} (EXT-16).
   */
  public static final int ESTABLISHED = 0x00010000;

  private WskTls() {}
}
