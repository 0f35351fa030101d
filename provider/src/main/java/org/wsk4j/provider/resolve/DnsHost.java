package org.wsk4j.provider.resolve;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * A host that name servers know: for each name that may be meant the addresses of all wanted
 * families are asked for at the same time, until a name has one.
 *
 * <p>A name that does not exist leads to the next one, a failure ends the search; addresses of one
 * family count, whatever became of the other.
 *
 * <p>Threads: that of names.
 */
final class DnsHost {
  private final Sources sources;
  private final Work work;
  private final List<Boolean> families;
  private final Consumer<Answer<Host>> end;

  /** The answers for one name, in the order of the families. */
  private List<@Nullable Answer<DnsRecords<InetAddress>>> answers = new ArrayList<>();

  private int missing;

  /** Prepares a search; of families, {@code true} means IPv6, in the order that is preferred. */
  DnsHost(Sources sources, Work work, List<Boolean> families, Consumer<Answer<Host>> end) {
    this.sources = sources;
    this.work = work;
    this.families = families;
    this.end = end;
  }

  void find(List<String> names) {
    String name = names.get(0);
    missing = families.size();
    answers = new ArrayList<>();
    families.forEach(family -> answers.add(null));
    for (int i = 0; i < families.size(); i++) {
      int place = i;
      DnsLookup.addresses(
          sources,
          name,
          families.get(i),
          work,
          answer -> {
            answers.set(place, answer);
            if (--missing == 0) {
              conclude(names);
            }
          });
    }
  }

  private void conclude(List<String> names) {
    List<InetAddress> addresses = new ArrayList<>();
    String canonicalName = null;
    NtStatus failure = NtStatus.NOT_FOUND;
    for (Answer<DnsRecords<InetAddress>> answer : answers) {
      DnsRecords<InetAddress> records = answer != null ? answer.value() : null;
      if (records != null) {
        addresses.addAll(records.values());
        canonicalName = canonicalName != null ? canonicalName : records.owner();
      } else if (answer != null && answer.status() != NtStatus.NOT_FOUND) {
        failure = answer.status();
      }
    }
    if (canonicalName != null) {
      String fullName = HostName.withoutDot(names.get(0));
      end.accept(Answer.found(new Host(addresses, HostName.withoutDot(canonicalName), fullName)));
    } else if (failure == NtStatus.NOT_FOUND && names.size() > 1) {
      find(names.subList(1, names.size()));
    } else {
      end.accept(Answer.failed(failure));
    }
  }
}
