package org.wsk4j.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rules of the contract that a test proves: it asserts each of them, and would fail if the rule
 * were broken. On a class it holds for all test methods. A test claims at most {@value #LIMIT}
 * rules, those of its method and its class together.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(RuleCheck.class)
public @interface Rule {
  /** How many rules one test may claim. */
  int LIMIT = 5;

  /** {@return the IDs of the rules, such as {@code REG-01}} */
  String[] value();
}
