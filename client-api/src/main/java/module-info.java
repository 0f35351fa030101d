/**
 * Winsock Kernel (WSK) sockets: all that a program written against them sees.
 *
 * <p>Read {@code org.wsk4j.nt}, {@code irp}, {@code buffer}, {@code socket}, {@code connection} and
 * {@code registration}, in this order, to know the contract. A provider is found at run time.
 */
@SuppressWarnings("module") // the provider is an automatic module, not visible from here
module org.wsk4j.client {
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports org.wsk4j.nt;
  exports org.wsk4j.buffer;
  exports org.wsk4j.irp;
  exports org.wsk4j.net;
  exports org.wsk4j.nmr;
  exports org.wsk4j.security;
  exports org.wsk4j.control;
  exports org.wsk4j.socket;
  exports org.wsk4j.connection;
  exports org.wsk4j.datagram;
  exports org.wsk4j.tls;
  exports org.wsk4j.listen;
  exports org.wsk4j.stream;
  exports org.wsk4j.client;
  exports org.wsk4j.spi;
  exports org.wsk4j.registration;
  exports org.wsk4j.rundown to
      org.wsk4j.provider;

  uses org.wsk4j.spi.WskExtensionModule;
  uses org.wsk4j.spi.WskProviderModule;
}
