package org.wsk4j.provider.core;

import org.jspecify.annotations.Nullable;
import org.wsk4j.security.SecurityContext;
import org.wsk4j.security.SecurityDescriptor;

/**
 * What decides where the sharing table leaves it to an access check: whom the first socket grants,
 * and who the second one is.
 *
 * @param descriptor whom a socket grants to share its address
 * @param context who made the socket, or {@code null} if it binds nothing by itself
 */
public record AddressAccess(SecurityDescriptor descriptor, @Nullable SecurityContext context) {
  /** What a socket has that was given nothing: it grants nobody, and is nobody. */
  public static final AddressAccess NONE =
      new AddressAccess(SecurityDescriptor.grantingNobody(), null);

  /**
   * Replaces the descriptor.
   *
   * @param other the other descriptor
   * @return the same with it
   */
  public AddressAccess with(SecurityDescriptor other) {
    return new AddressAccess(other, context);
  }

  /** Whether a second socket may share the address of this one; its own descriptor is nothing. */
  boolean admits(AddressAccess second) {
    SecurityContext who = second.context();
    return who != null && descriptor.grants(who);
  }
}
