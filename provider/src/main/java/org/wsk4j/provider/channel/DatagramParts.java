package org.wsk4j.provider.channel;

import java.util.function.Supplier;
import org.wsk4j.provider.core.AddressTable;
import org.wsk4j.provider.transport.DatagramMemory;

/**
 * What a network end for datagrams shares with others or is set up with.
 *
 * @param opener opens its UDP socket
 * @param addresses what all datagram sockets are bound to
 * @param memory gives the memory through which datagrams pass, one for all that live on its loop
 * @param meters count what it does
 */
record DatagramParts(
    DatagramOpener opener,
    AddressTable addresses,
    Supplier<DatagramMemory> memory,
    LoopMeters meters) {}
