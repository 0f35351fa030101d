package org.wsk4j.control;

/**
 * When an idle connection is probed, for {@link WskIoctls#KEEPALIVE_VALS} (tcp_keepalive, 12
 * bytes).
 *
 * @param onOff non-zero to switch probing on, 0 to switch it off (IOC-51)
 * @param keepAliveTime after how long without data the first probe goes out, in milliseconds, to be
 *     read without sign
 * @param keepAliveInterval how long to wait between two probes, in milliseconds, likewise
 */
public record KeepAliveValues(int onOff, int keepAliveTime, int keepAliveInterval) {}
