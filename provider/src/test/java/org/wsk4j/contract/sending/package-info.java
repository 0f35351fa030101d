/** SND rules. */
@NullMarked
package org.wsk4j.contract.sending;

import org.jspecify.annotations.NullMarked;
