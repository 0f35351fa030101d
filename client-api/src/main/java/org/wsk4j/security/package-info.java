/** Security descriptors and the principals they name. */
@NullMarked
package org.wsk4j.security;

import org.jspecify.annotations.NullMarked;
