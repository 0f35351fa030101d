/**
 * Rundown protection: how an object that others use comes to its end without anybody blocking.
 *
 * <p>One type, {@link org.wsk4j.rundown.RundownProtection}. It is for the registrar, the
 * registration service and providers; programs have no use for it, so it is exported to the
 * provider only. All methods may be called from any thread.
 */
@NullMarked
package org.wsk4j.rundown;

import org.jspecify.annotations.NullMarked;
