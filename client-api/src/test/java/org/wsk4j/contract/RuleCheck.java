package org.wsk4j.contract;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that claims unknown rules, too many or none. Comes with {@link Rule}. */
final class RuleCheck implements BeforeEachCallback {
  /** The pages are read once; outside the project there are none. */
  private static final class Pages {
    static final Optional<RuleBook> BOOK = RuleBook.find().map(RuleBook::read);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Pages.BOOK.ifPresent(book -> check(book, context));
  }

  private static void check(RuleBook book, ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    String test = type.getName() + "." + context.getRequiredTestMethod().getName();
    List<String> rules = Claim.rulesOf(type, context.getRequiredTestMethod());
    List<String> problems = book.problemsOf(test, rules);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
