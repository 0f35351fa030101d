/** Tests of how requests wait and complete. */
@NullMarked
package org.wsk4j.provider.completion;

import org.jspecify.annotations.NullMarked;
