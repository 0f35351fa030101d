package org.wsk4j.control;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nmr.NpiId;

/**
 * What a program brings to an extension (WSK_EXTENSION_CONTROL_IN), for {@link
 * WskIoctls#REGISTER_EXTENSION}.
 *
 * @param npiId which extension; a request without one is refused (EXT-07)
 * @param clientContext an object handed to the extension's callbacks (EXT-13), or {@code null}
 * @param clientDispatch the callbacks, of the type that the extension defines
 */
public record WskExtensionControlIn(
    @Nullable NpiId npiId, @Nullable Object clientContext, @Nullable Object clientDispatch) {}
