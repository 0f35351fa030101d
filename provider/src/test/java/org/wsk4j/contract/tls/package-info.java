/** TLS as an extension of connection-oriented sockets. */
@NullMarked
package org.wsk4j.contract.tls;

import org.jspecify.annotations.NullMarked;
