package org.wsk4j.client;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.NameSpaceProvider;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.OwningThread;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskClientSocketDispatch;

/**
 * The functions of a provider that belong to no socket (WSK_PROVIDER_DISPATCH).
 *
 * <p>The scheme of {@code WskSocket} holds for every function with an IRP. The IRP is looked at
 * first: where it is required and missing, the answer is INVALID_PARAMETER. A client object that is
 * missing or comes from elsewhere gives INVALID_HANDLE, and the IRP stays untouched; one that is
 * stale, because its captures were released or it was deregistered, gives INVALID_HANDLE, also in
 * the IRP (CLI-06).
 *
 * <p>Threads: every function may be called from any thread and never blocks.
 */
public interface WskProviderDispatch {
  /** {@return the version of these functions: the major number asked for, the minor not lower} */
  int version();

  /**
   * Makes a socket (WskSocket). The socket is the object of the IRP; it has to be closed.
   *
   * @param client the client object
   * @param addressFamily AF_INET or AF_INET6, see {@code AddressFamily}
   * @param socketType see {@code SocketType}
   * @param protocol see {@code Protocol}; 0 is not a default but PROTOCOL_UNREACHABLE (SOC-35)
   * @param flags exactly one of the category flags of {@code WskFlags}
   * @param socketContext an object handed to every callback of the socket, or {@code null}
   * @param dispatch the callbacks, of the table that fits the category, or {@code null} for none
   * @param owningProcess the process on whose behalf the socket is made, or {@code null} for this
   *     one
   * @param owningThread the thread likewise, or {@code null}
   * @param securityDescriptor a cached descriptor that says who may share the socket's address, or
   *     {@code null} for nobody
   * @param irp the request, required
   * @return see the scheme; NOT_SUPPORTED for a combination that is not provided; ACCESS_DENIED for
   *     a raw socket without the privilege
   */
  NtStatus socket(
      @Nullable WskClient client,
      int addressFamily,
      int socketType,
      int protocol,
      int flags,
      @Nullable Object socketContext,
      @Nullable WskClientSocketDispatch dispatch,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable SecurityDescriptor securityDescriptor,
      @Nullable Irp irp);

  /**
   * Makes a connection-oriented socket, binds it and connects it (WskSocketConnect). The socket is
   * the object of the IRP; if any step fails there is none, and nothing is left of it.
   *
   * @param client the client object
   * @param socketType SOCK_STREAM
   * @param protocol IPPROTO_TCP
   * @param localAddress the local address, which also gives the family; may be a wildcard with port
   *     0
   * @param remoteAddress the peer, of the same family
   * @param flags reserved, 0
   * @param socketContext as for {@link #socket}
   * @param dispatch the callbacks, or {@code null} for none
   * @param owningProcess as for {@link #socket}
   * @param owningThread as for {@link #socket}
   * @param securityDescriptor as for {@link #socket}
   * @param irp the request, required; may be cancelled
   * @return see the scheme; the statuses of bind and connect
   */
  NtStatus socketConnect(
      @Nullable WskClient client,
      int socketType,
      int protocol,
      @Nullable SocketAddress localAddress,
      @Nullable SocketAddress remoteAddress,
      int flags,
      @Nullable Object socketContext,
      @Nullable WskClientConnectionDispatch dispatch,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable SecurityDescriptor securityDescriptor,
      @Nullable Irp irp);

  /**
   * Performs a control operation on the client as a whole (WskControlClient).
   *
   * @param client the client object
   * @param controlCode which operation
   * @param input the input, or {@code null} where the operation has none
   * @param outputSize room for the output in native bytes; 0 if none
   * @param output where the output goes, or {@code null} where the operation has none
   * @param outputSizeReturned receives the native bytes stored or needed; required where the size
   *     is not known in advance, else may be {@code null}
   * @param irp required for WSK_TRANSPORT_LIST_CHANGE, else {@code null}
   * @param <I> the type of the input
   * @param <O> the type of the output
   * @return see the scheme; NOT_SUPPORTED for an unknown code; BUFFER_OVERFLOW for a list that does
   *     not fit
   */
  <I, O> NtStatus controlClient(
      @Nullable WskClient client,
      WskClientControlKey<I, O> controlCode,
      @Nullable I input,
      long outputSize,
      @Nullable Out<O> output,
      @Nullable LongOut outputSizeReturned,
      @Nullable Irp irp);

  /**
   * Finds the addresses of a name (WskGetAddressInfo). What needs no look-up (addresses and ports
   * as numbers, no node, {@code localhost}) is answered inside the call.
   *
   * <p>One entry for each address; type and protocol are those of the hints. With 0 as protocol an
   * entry cannot make a socket (SOC-35).
   *
   * @param client the client object
   * @param nodeName a host name or a numeric address, or {@code null}
   * @param serviceName a service name or a port number, or {@code null}; one of the two is needed
   * @param nameSpace see {@code NameSpace}; 0 means all
   * @param provider restricts the query to one provider of names, or {@code null}
   * @param hints restricts the result, or {@code null}
   * @param result receives the first entry of the list, to be given back with {@link
   *     #freeAddressInfo}; {@code null} while the request is pending and if it fails; required
   * @param owningProcess the process on whose behalf the question is asked, or {@code null}
   * @param owningThread the thread likewise; not without the process
   * @param irp the request, required; may be cancelled
   * @return see the scheme; NOT_FOUND if the name does not exist or has no address of the family;
   *     NO_MATCH if the service is unknown, or a name stands where the hints want a number;
   *     IO_TIMEOUT if the name servers are silent, UNSUCCESSFUL if they fail; NOT_SUPPORTED for
   *     families, types, name spaces and providers that there are not; INSUFFICIENT_RESOURCES if
   *     too many requests are pending (NAM-02 to NAM-42)
   */
  NtStatus getAddressInfo(
      @Nullable WskClient client,
      @Nullable String nodeName,
      @Nullable String serviceName,
      int nameSpace,
      @Nullable NameSpaceProvider provider,
      @Nullable AddressInfo hints,
      @Nullable Out<AddressInfo> result,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp);

  /**
   * Gives a list of addresses back (WskFreeAddressInfo).
   *
   * @param client the client object
   * @param addressInfo the first entry; {@code null} has no effect
   */
  void freeAddressInfo(@Nullable WskClient client, @Nullable AddressInfo addressInfo);

  /**
   * Finds the names of an address and port (WskGetNameInfo). With both NI_NUMERICHOST and
   * NI_NUMERICSERV it is answered inside the call.
   *
   * @param client the client object
   * @param socketAddress the address and port
   * @param nodeName receives the host name, or {@code null} if it is not wanted
   * @param serviceName receives the service name, likewise; one of the two is needed
   * @param flags see {@code NameInfoFlags}
   * @param owningProcess the process on whose behalf the question is asked, or {@code null}
   * @param owningThread the thread likewise; not without the process
   * @param irp the request, required; may be cancelled
   * @return see the scheme; with NI_NAMEREQD NOT_FOUND if there is no name, IO_TIMEOUT or
   *     UNSUCCESSFUL if it cannot be found out; NOT_SUPPORTED if the address is not of IPv4 or
   *     IPv6; INSUFFICIENT_RESOURCES if too many requests are pending (NAM-49 to NAM-71)
   */
  NtStatus getNameInfo(
      @Nullable WskClient client,
      @Nullable SocketAddress socketAddress,
      @Nullable Out<String> nodeName,
      @Nullable Out<String> serviceName,
      int flags,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp);
}
