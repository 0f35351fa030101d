/**
 * The order of packages and the budgets of classes and methods, held by tests in each module.
 *
 * <ul>
 *   <li>{@link org.wsk4j.arch.PackageOrder}: a package knows only those before it
 *   <li>{@link org.wsk4j.arch.Sources}: how long classes and methods are
 * </ul>
 */
@NullMarked
package org.wsk4j.arch;

import org.jspecify.annotations.NullMarked;
