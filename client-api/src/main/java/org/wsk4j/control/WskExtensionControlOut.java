package org.wsk4j.control;

import org.jspecify.annotations.Nullable;

/**
 * What a program gets of an extension (WSK_EXTENSION_CONTROL_OUT), from {@link
 * WskIoctls#REGISTER_EXTENSION}.
 *
 * @param providerContext an object to be passed to the extension's functions (EXT-14)
 * @param providerDispatch the functions, of the type that the extension defines
 */
public record WskExtensionControlOut(
    @Nullable Object providerContext, @Nullable Object providerDispatch) {}
