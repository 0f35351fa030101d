package org.wsk4j.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** A control message of a kind that has no record of its own: bytes. */
public final class RawControlMessage implements ControlMessage {
  private final int level;
  private final int type;
  private final byte[] data;

  /**
   * Makes a message.
   *
   * @param level see {@link Protocol}
   * @param type see {@link ControlType}
   * @param data the data in native layout, which is copied; may be empty (DGS-50)
   */
  public RawControlMessage(int level, int type, byte[] data) {
    this.level = level;
    this.type = type;
    this.data = data.clone();
  }

  @Override
  public int level() {
    return level;
  }

  @Override
  public int type() {
    return type;
  }

  /** {@return a copy of the data} */
  public byte[] data() {
    return data.clone();
  }

  @Override
  public int dataSize() {
    return data.length;
  }

  @Override
  public void encodeData(ByteBuffer target) {
    target.put(data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawControlMessage that
        && level == that.level
        && type == that.type
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return (level * 31 + type) * 31 + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "RawControlMessage[level="
        + level
        + ", type="
        + type
        + ", data="
        + HexFormat.of().formatHex(data)
        + "]";
  }
}
