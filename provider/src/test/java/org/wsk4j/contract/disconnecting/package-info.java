/** DSC rules: the ends of a connection. */
@NullMarked
package org.wsk4j.contract.disconnecting;

import org.jspecify.annotations.NullMarked;
