/** SEC rules: cached security descriptors, and whom a socket lets share its address. */
@NullMarked
package org.wsk4j.contract.security;

import org.jspecify.annotations.NullMarked;
