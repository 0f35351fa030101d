/** NAM rules: addresses of names and names of addresses, with a name server on loopback. */
@NullMarked
package org.wsk4j.contract.names;

import org.jspecify.annotations.NullMarked;
