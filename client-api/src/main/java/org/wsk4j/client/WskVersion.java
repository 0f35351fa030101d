package org.wsk4j.client;

/** Versions of the WSK interface: a major and a minor number in one 16-bit value. */
public final class WskVersion {
  /** Version 1.0, the one that programs ask for. */
  public static final int V1_0 = 0x0100;

  private WskVersion() {}

  /**
   * Makes a version (MAKE_WSK_VERSION).
   *
   * @param major the major number; its low 8 bits count
   * @param minor the minor number; its low 8 bits count (REG-20)
   * @return the version, 0 to 0xFFFF, with the major number in the high byte
   */
  public static int make(int major, int minor) {
    return (major & 0xFF) << 8 | (minor & 0xFF);
  }

  /**
   * {@return the major number of a version, 0 to 255 (WSK_MAJOR_VERSION)}
   *
   * @param version the version
   */
  public static int major(int version) {
    return version >>> 8 & 0xFF;
  }

  /**
   * {@return the minor number of a version, 0 to 255 (WSK_MINOR_VERSION)}
   *
   * @param version the version
   */
  public static int minor(int version) {
    return version & 0xFF;
  }

  /**
   * {@return a version as people write it, such as {@code 1.0}}
   *
   * @param version the version
   */
  public static String toString(int version) {
    return major(version) + "." + minor(version);
  }
}
