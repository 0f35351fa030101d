package org.wsk4j.tls;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks that a program brings to the TLS extension; the client dispatch of {@link
 * org.wsk4j.control.WskExtensionControlIn}. A program that wants none registers without a table.
 *
 * @param establishedEvent told of the session, or {@code null}
 */
public record WskTlsClientDispatch(@Nullable WskTlsEstablishedEvent establishedEvent) {}
