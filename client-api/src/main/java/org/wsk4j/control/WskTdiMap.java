package org.wsk4j.control;

/**
 * Maps a combination of family, type and protocol to a TDI device (WSK_TDI_MAP).
 *
 * @param socketType see {@code SocketType}
 * @param addressFamily see {@code AddressFamily}
 * @param protocol see {@code Protocol}
 * @param tdiDeviceName the name of the device
 */
public record WskTdiMap(int socketType, int addressFamily, int protocol, String tdiDeviceName) {}
