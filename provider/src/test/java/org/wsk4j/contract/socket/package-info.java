/** SOC rules: what sockets can be made. */
@NullMarked
package org.wsk4j.contract.socket;

import org.jspecify.annotations.NullMarked;
