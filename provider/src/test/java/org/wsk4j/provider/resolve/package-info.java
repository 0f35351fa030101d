/** Parts of name resolution on their own. */
@NullMarked
package org.wsk4j.provider.resolve;

import org.jspecify.annotations.NullMarked;
