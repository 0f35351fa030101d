package org.wsk4j.net;

import java.nio.ByteBuffer;

/**
 * One object of control information: what it is about, and its data (CMSGHDR).
 *
 * <p>Known kinds have records with typed fields; everything else is a {@link RawControlMessage}.
 * Decoding gives the most specific record, so a provider can switch over the types. All are
 * immutable.
 */
public sealed interface ControlMessage
    permits InPktInfo, In6PktInfo, InRecvErr, IntControlMessage, RawControlMessage {
  /** {@return the level, see {@link Protocol}} */
  int level();

  /** {@return the type within the level, see {@link ControlType}} */
  int type();

  /** {@return the size of the data in native bytes, without header and padding} */
  int dataSize();

  /**
   * Writes the data, without header and padding, and moves the position behind it.
   *
   * @param target a little-endian buffer with at least {@link #dataSize} bytes remaining
   */
  void encodeData(ByteBuffer target);

  /** {@return the native length of the object: header and data, without tail padding (DGS-46)} */
  default int nativeLength() {
    return NativeSizes.CMSGHDR + dataSize();
  }

  /** {@return the native space of the object: its length, padded to 8 bytes (DGS-46)} */
  default int nativeSpace() {
    return nativeLength() + 7 & ~7;
  }
}
