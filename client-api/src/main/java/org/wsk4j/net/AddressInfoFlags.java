package org.wsk4j.net;

/** What a question for addresses asks for (AI_XXX), the flags of {@link AddressInfo}. */
public final class AddressInfoFlags {
  /** The addresses are to be bound: without a node name, wildcards. */
  public static final int PASSIVE = 0x00000001;

  /** The first entry gets the canonical name. */
  public static final int CANONNAME = 0x00000002;

  /** The node name is a numeric address; nothing is looked up. */
  public static final int NUMERICHOST = 0x00000004;

  /** The service name is a port number; nothing is looked up. */
  public static final int NUMERICSERV = 0x00000008;

  /** Ask DNS alone. */
  public static final int DNS_ONLY = 0x00000010;

  /** With {@link #V4MAPPED}: IPv6 addresses and mapped IPv4 addresses. */
  public static final int ALL = 0x00000100;

  /** Only families of which this machine has an address. */
  public static final int ADDRCONFIG = 0x00000400;

  /** If there is no IPv6 address, give IPv4 addresses in mapped form. */
  public static final int V4MAPPED = 0x00000800;

  /** Answers of name spaces without authority are welcome too. */
  public static final int NON_AUTHORITATIVE = 0x00004000;

  /** Answers have to come over a secure channel; NOT_SUPPORTED. */
  public static final int SECURE = 0x00008000;

  /** The names are those that a provider of names prefers. */
  public static final int RETURN_PREFERRED_NAMES = 0x00010000;

  /** The first entry gets the fully qualified name. */
  public static final int FQDN = 0x00020000;

  /** The name is that of a file server. */
  public static final int FILESERVER = 0x00040000;

  /** International names are taken as they are. */
  public static final int DISABLE_IDN_ENCODING = 0x00080000;

  private AddressInfoFlags() {}
}
