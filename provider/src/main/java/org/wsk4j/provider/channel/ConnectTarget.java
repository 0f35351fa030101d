package org.wsk4j.provider.channel;

import java.net.InetSocketAddress;
import org.wsk4j.connection.WskConnectionSocket;

/**
 * The arguments of a request that binds and connects a new socket.
 *
 * @param localAddress the local address
 * @param remoteAddress the peer
 * @param socket the socket, which becomes the object of the request when it is connected
 */
public record ConnectTarget(
    InetSocketAddress localAddress, InetSocketAddress remoteAddress, WskConnectionSocket socket) {}
