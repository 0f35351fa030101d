package org.wsk4j.security;

/**
 * A descriptor that a provider keeps: what WSK_CACHE_SD and a read of SO_WSK_SECURITY give, and
 * what sockets accept. Each of the two has to be answered by one WSK_RELEASE_SD (SEC-07, SEC-17);
 * the references may be equal (SEC-08). After the last release it is refused like any foreign
 * object (SEC-11).
 *
 * <p>Providers make them. Whether one is still held is the provider's to know.
 */
public interface CachedSecurityDescriptor extends SecurityDescriptor {}
