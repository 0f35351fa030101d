package org.wsk4j.provider.memory;

/**
 * An indication that a client may keep and release. A list is released by claiming all of its
 * elements first; if one cannot be claimed, the others are given back, so all or none are released
 * (OPB-29, OPC-24).
 *
 * <p>Threads: any.
 */
public interface Releasable {
  /**
   * First step of a release: takes the element from all others who might release it.
   *
   * @param owner the account of the socket through which it is released
   * @return whether it could be taken
   */
  boolean claim(RetainAccount owner);

  /** Takes the first step back. */
  void unclaim();

  /** Second step of a release: frees the memory. */
  void freeClaimed();
}
