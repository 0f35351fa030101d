/** EVT rules: enabling and disabling events. */
@NullMarked
package org.wsk4j.contract.event;

import org.jspecify.annotations.NullMarked;
