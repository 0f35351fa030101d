/**
 * Control operations on sockets and clients.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.control.SocketControls}: the table of operations, made of rows;
 *       each judges a {@link org.wsk4j.provider.control.ControlCall} to a {@link
 *       org.wsk4j.provider.control.ControlTarget}; values that are set stay in {@link
 *       org.wsk4j.provider.control.SocketOptions}
 *   <li>{@link org.wsk4j.provider.control.ChangeWatch}: requests that wait until something in the
 *       system changes, such as its {@link org.wsk4j.provider.control.LocalAddresses}
 *   <li>{@link org.wsk4j.provider.control.EventControl}: enabling and disabling events, on an
 *       {@link org.wsk4j.provider.control.EventTarget}
 *   <li>{@link org.wsk4j.provider.control.StaticEvents}: the events that a client enables for all
 *       its sockets
 *   <li>{@link org.wsk4j.provider.control.DescriptorCache}: the security descriptors that a client
 *       has cached
 * </ul>
 *
 * <p>Threads: control calls come from any thread and are answered inline where possible.
 */
@NullMarked
package org.wsk4j.provider.control;

import org.jspecify.annotations.NullMarked;
