/**
 * The order of packages, and the budgets of classes and methods.
 *
 * <ul>
 *   <li>{@link org.wsk4j.arch.PackageRows}: packages in rows, of which each knows only those before
 *   <li>{@link org.wsk4j.arch.SourceBudget}, {@link org.wsk4j.arch.MethodBudget}: how long classes
 *       and methods may be
 * </ul>
 */
@NullMarked
package org.wsk4j.arch;

import org.jspecify.annotations.NullMarked;
