/** RCV and REL rules: data by requests and by events, and what the client keeps of it. */
@NullMarked
package org.wsk4j.contract.receiving;

import org.jspecify.annotations.NullMarked;
