/**
 * Who may share the address of a socket.
 *
 * <ul>
 *   <li>{@link org.wsk4j.security.SecurityDescriptor}: whom a socket grants to bind to its address
 *       too; {@link org.wsk4j.security.CachedSecurityDescriptor}: the kind that sockets accept
 *   <li>{@link org.wsk4j.security.OwningProcess} and {@link org.wsk4j.security.OwningThread}: on
 *       whose behalf a socket is made; {@link org.wsk4j.security.SecurityContext}: who they were at
 *       one moment; {@link org.wsk4j.security.Account}: a principal
 * </ul>
 *
 * <p>The system's own protection of files and ports is not concerned: this is the rule by which
 * sockets of one provider share addresses.
 *
 * <p>Threads: values made here are immutable and may be used from any thread; so should be those
 * that a program implements itself.
 */
@NullMarked
package org.wsk4j.security;

import org.jspecify.annotations.NullMarked;
