/** The order of packages and the budgets of classes and methods. */
@NullMarked
package org.wsk4j.arch;

import org.jspecify.annotations.NullMarked;
