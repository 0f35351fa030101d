package org.wsk4j.provider.resolve;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms of a host name: as name servers take it, and completed by the domains to search. */
final class HostName {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int LAST_ASCII = 0x7F;

  private HostName() {}

  /**
   * {@return the name as servers know it, or {@code null} if no server could know it}
   *
   * @param international whether other characters than those of ASCII are encoded
   */
  static @Nullable String encode(String name, boolean international) {
    String encoded = name;
    if (name.chars().anyMatch(c -> c > LAST_ASCII)) {
      if (!international) {
        return null;
      }
      try {
        encoded = IDN.toASCII(name);
      } catch (IllegalArgumentException none) {
        return null;
      }
    }
    return isName(encoded) ? encoded : null;
  }

  /** {@return whether name servers could know the name: its labels, of ASCII, are not too long} */
  static boolean isName(String name) {
    String relative = withoutDot(name);
    boolean fits =
        relative.length() <= LONGEST_NAME && relative.chars().allMatch(c -> c <= LAST_ASCII);
    for (String label : relative.split("\\.", -1)) {
      fits &= !label.isEmpty() && label.length() <= LONGEST_LABEL;
    }
    return fits;
  }

  static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /**
   * {@return the absolute names that are asked for, one after the other}
   *
   * @param domains what may complete the name
   * @param dots a name with so many dots is tried as it is first, else last
   */
  static List<String> candidates(String name, List<String> domains, int dots) {
    if (name.endsWith(".")) {
      return List.of(name);
    }
    List<String> all = new ArrayList<>();
    for (String domain : domains) {
      String full = name + "." + withoutDot(domain);
      if (isName(full)) {
        all.add(full + ".");
      }
    }
    boolean first = name.chars().filter(c -> c == '.').count() >= dots;
    all.add(first ? 0 : all.size(), name + ".");
    return all;
  }

  /** {@return whether the name means this machine, wherever it is asked (RFC 6761)} */
  static boolean isLocalhost(String name) {
    String plain = withoutDot(name).toLowerCase(Locale.ROOT);
    return plain.equals("localhost") || plain.endsWith(".localhost");
  }

  /** {@return the first label of a host of the domain; other names as they are} */
  static String inDomain(String name, @Nullable String domain) {
    int dot = name.indexOf('.');
    boolean inside =
        domain != null && dot > 0 && name.substring(dot + 1).equalsIgnoreCase(withoutDot(domain));
    return inside ? name.substring(0, dot) : name;
  }
}
