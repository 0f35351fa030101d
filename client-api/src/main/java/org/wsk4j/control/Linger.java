package org.wsk4j.control;

/**
 * Whether closing waits for unsent data, for {@link WskOptions#LINGER} (LINGER, 4 bytes).
 *
 * @param onOff non-zero to wait
 * @param seconds how long
 */
public record Linger(int onOff, int seconds) {}
