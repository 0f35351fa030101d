package org.wsk4j.control;

/**
 * How the number of an ioctl is composed: a direction, a family of codes, and a number in it
 * (IOC-01).
 */
public final class IoControlCodes {
  /** Direction: neither input nor output. */
  public static final int IOC_VOID = 0x20000000;

  /** Direction: output. */
  public static final int IOC_OUT = 0x40000000;

  /** Direction: input. */
  public static final int IOC_IN = 0x80000000;

  /** Directions: input and output. */
  public static final int IOC_INOUT = 0xC0000000;

  /** Family: codes taken over from Unix. */
  public static final int IOC_UNIX = 0x00000000;

  /** Family: codes of Winsock. */
  public static final int IOC_WS2 = 0x08000000;

  /** Family: codes of a protocol. */
  public static final int IOC_PROTOCOL = 0x10000000;

  /** Family: codes of a vendor. */
  public static final int IOC_VENDOR = 0x18000000;

  /** Family: codes of WSK. */
  public static final int IOC_WSK = 0x0F000000;

  /** Masks the size of the parameter in codes taken over from Unix. */
  public static final int IOCPARM_MASK = 0x0000007F;

  private IoControlCodes() {}

  /**
   * Composes a code of Winsock or WSK (_WSAIO and its kin).
   *
   * @param direction one of the directions
   * @param family one of the families
   * @param number the number in the family
   * @return the code, to be read without sign
   */
  public static int compose(int direction, int family, int number) {
    return direction | family | number;
  }

  /**
   * Composes a code taken over from Unix (_IO, _IOR, _IOW).
   *
   * @param direction one of the directions
   * @param parameterSize the size of the parameter in bytes; its low 7 bits count
   * @param group the letter of the group
   * @param number the number in the group
   * @return the code, to be read without sign
   */
  public static int composeUnix(int direction, int parameterSize, char group, int number) {
    return direction | (parameterSize & IOCPARM_MASK) << 16 | group << 8 | number;
  }
}
