/** CON rules: binding and connecting. */
@NullMarked
package org.wsk4j.contract.connecting;

import org.jspecify.annotations.NullMarked;
