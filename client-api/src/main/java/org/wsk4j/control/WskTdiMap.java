package org.wsk4j.control;

import org.wsk4j.net.WskTransport;

/**
 * Maps a transport to a TDI device (WSK_TDI_MAP).
 *
 * @param transport the transport
 * @param deviceName the name of the device
 */
public record WskTdiMap(WskTransport transport, String deviceName) {}
