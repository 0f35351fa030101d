/**
 * Which rule of the contract ({@code docs/contract}) is proved by which test.
 *
 * <p>Tests claim rules with {@link org.wsk4j.contract.Rule}; {@code RuleCheck} fails a test whose
 * claims are wrong; {@link org.wsk4j.contract.ClaimListener} writes down the claims of the tests
 * that ran; {@link org.wsk4j.contract.CoverageReport} merges them at the end of the build.
 */
@NullMarked
package org.wsk4j.contract;

import org.jspecify.annotations.NullMarked;
