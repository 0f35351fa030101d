package org.wsk4j.provider.channel;

import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.EventGate;
import org.wsk4j.provider.core.SocketState;

/**
 * What a socket and its network end have in common.
 *
 * @param addressFamily the family of its addresses
 * @param state its state
 * @param gate its event gate
 * @param options its options
 */
public record SocketParts(
    int addressFamily, SocketState state, EventGate gate, SocketOptions options) {}
