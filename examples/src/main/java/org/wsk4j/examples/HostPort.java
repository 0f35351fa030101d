package org.wsk4j.examples;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A host and a port: {@code localhost:7007}, {@code 127.0.0.1:7007}, {@code [::1]:7007}.
 *
 * @param host a name or a numeric address, without brackets
 * @param port 1 to 65535
 */
record HostPort(String host, int port) {

  /** Reads the form that people write. */
  static final class Converter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      int colon = text.lastIndexOf(':');
      String host = colon < 0 ? "" : text.substring(0, colon);
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      if (host.isEmpty() || !bracketed && host.indexOf(':') >= 0) {
        throw new TypeConversionException(
            "'" + text + "' is no HOST:PORT; write localhost:7007, 127.0.0.1:7007 or [::1]:7007");
      }
      String bare = bracketed ? host.substring(1, host.length() - 1) : host;
      return new HostPort(bare, port(text.substring(colon + 1)));
    }

    private static int port(String digits) {
      int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
      if (port < 1 || port > 65_535) {
        throw new TypeConversionException("'" + digits + "' is no port; write 1 to 65535");
      }
      return port;
    }
  }

  /**
   * Finds the addresses of the host, in the order in which they should be tried.
   *
   * @throws ToolException if the name is not known
   */
  List<InetSocketAddress> resolve() throws ToolException {
    return resolve(host).stream().map(found -> new InetSocketAddress(found, port)).toList();
  }

  /**
   * Finds a local address to listen at.
   *
   * @param address a numeric address or a name
   * @param port the port, or 0
   * @throws ToolException if the name is not known
   */
  static InetSocketAddress listenAddress(String address, int port) throws ToolException {
    return new InetSocketAddress(resolve(address).get(0), port);
  }

  private static List<InetAddress> resolve(String host) throws ToolException {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException unknown) {
      throw new ToolException(
          "The name " + host + " is not known here. Check it, or give a numeric address.");
    }
  }
}
