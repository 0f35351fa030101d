package org.wsk4j.client;

import org.jspecify.annotations.Nullable;

/**
 * How a program presents itself (WSK_CLIENT_NPI).
 *
 * @param clientContext an object handed to the client's callbacks, or {@code null}
 * @param dispatch version and callbacks
 */
public record WskClientNpi(@Nullable Object clientContext, @Nullable WskClientDispatch dispatch) {}
