package org.wsk4j.control;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.wsk4j.net.WskTransport;

/** An array of WSK_TRANSPORT. */
final class TransportListLayout implements NativeLayout<List<WskTransport>> {
  private static final NativeLayout<WskTransport> ENTRY =
      FixedLayout.of(WskTransport.NATIVE_SIZE, TransportListLayout::put, TransportListLayout::get);

  private static void put(WskTransport value, ByteBuffer target) {
    target.putShort((short) value.version()).putShort((short) value.socketType());
    target.putInt(value.protocol()).putShort((short) value.addressFamily()).putShort((short) 0);
    NativeLayouts.putGuid(value.providerId(), target);
  }

  private static WskTransport get(ByteBuffer source) {
    int version = Short.toUnsignedInt(source.getShort());
    int socketType = Short.toUnsignedInt(source.getShort());
    int protocol = source.getInt();
    int family = Short.toUnsignedInt(source.getShort());
    source.getShort();
    return new WskTransport(version, socketType, protocol, family, NativeLayouts.getGuid(source));
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public boolean isFixedSize() {
    return false;
  }

  @Override
  public int sizeOf(List<WskTransport> value) {
    return value.size() * WskTransport.NATIVE_SIZE;
  }

  @Override
  public void encode(List<WskTransport> value, ByteBuffer target) {
    value.forEach(transport -> ENTRY.encode(transport, target));
  }

  @Override
  public List<WskTransport> decode(ByteBuffer source) {
    if (source.remaining() % WskTransport.NATIVE_SIZE != 0) {
      throw new IllegalArgumentException(
          source.remaining() + " bytes are no whole number of transports");
    }
    List<WskTransport> list = new ArrayList<>();
    while (source.hasRemaining()) {
      list.add(ENTRY.decode(source));
    }
    return List.copyOf(list);
  }
}
