package org.wsk4j.socket;

/**
 * Marks the tables of event callbacks that a program gives with a socket. Each category has its
 * own: {@code WskClientListenDispatch}, {@code WskClientConnectionDispatch}, {@code
 * WskClientDatagramDispatch} and {@code WskClientStreamDispatch}; a basic socket has none.
 *
 * <p>A table is constant and may serve any number of sockets; what belongs to one socket travels as
 * its socket context. A provider refuses a table that does not fit the category with
 * INVALID_PARAMETER (SOC-39).
 */
public interface WskClientSocketDispatch {}
