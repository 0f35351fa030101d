/** Addresses, protocols and control information. */
@NullMarked
package org.wsk4j.net;

import org.jspecify.annotations.NullMarked;
