package org.wsk4j.nt;

import java.util.HashMap;
import java.util.Map;

/**
 * The outcome of a call or of a request: the NTSTATUS of the Windows kernel.
 *
 * <p>There is one object per known code, so statuses are compared with {@code ==}. The two highest
 * bits of the value give the severity: success, information, warning, error. A test for success in
 * the style of {@code NT_SUCCESS} accepts success and information, so {@link #PENDING} and {@link
 * #EVENT_PENDING} pass it, and warnings such as {@link #BUFFER_OVERFLOW} do not.
 *
 * <p>Names follow the Windows names without the prefix {@code STATUS_}; {@link #toString} gives
 * name, value and meaning. Instances are immutable and safe to use from any thread.
 */
public final class NtStatus {
  private static final Map<Integer, NtStatus> KNOWN = new HashMap<>(256);

  /** 0x00000000: the request succeeded. */
  public static final NtStatus SUCCESS = define(0x00000000, "SUCCESS", "the request succeeded");

  /**
   * 0x00000000: the first of the awaited objects ended the wait; the same object as {@link
   * #SUCCESS}.
   */
  public static final NtStatus WAIT_0 = SUCCESS;

  /** 0x00000001: the second of the awaited objects ended the wait. */
  public static final NtStatus WAIT_1 =
      define(0x00000001, "WAIT_1", "the second of the awaited objects ended the wait");

  /** 0x00000102: the wait ended because its time had passed. */
  public static final NtStatus TIMEOUT =
      define(0x00000102, "TIMEOUT", "the wait ended because its time had passed");

  /** 0x00000103: the request was accepted and will complete later through its IRP. */
  public static final NtStatus PENDING =
      define(
          0x00000103,
          "PENDING",
          "the request was accepted and will complete later through its IRP");

  /** 0x00000104: the name has to be resolved again. */
  public static final NtStatus REPARSE =
      define(0x00000104, "REPARSE", "the name has to be resolved again");

  /** 0x40000012: the event has been dealt with. */
  public static final NtStatus EVENT_DONE =
      define(0x40000012, "EVENT_DONE", "the event has been dealt with");

  /** 0x40000013: the event is disabled as soon as the callback in progress has returned. */
  public static final NtStatus EVENT_PENDING =
      define(
          0x40000013,
          "EVENT_PENDING",
          "the event is disabled as soon as the callback in progress has returned");

  /** 0x80000005: the data did not fit into the buffer; what fitted may have been stored. */
  public static final NtStatus BUFFER_OVERFLOW =
      define(
          0x80000005,
          "BUFFER_OVERFLOW",
          "the data did not fit into the buffer; what fitted may have been stored");

  /** 0x80000025: the connection was disconnected before. */
  public static final NtStatus ALREADY_DISCONNECTED =
      define(0x80000025, "ALREADY_DISCONNECTED", "the connection was disconnected before");

  /** 0xC0000001: the request failed for a reason that has no status of its own. */
  public static final NtStatus UNSUCCESSFUL =
      define(
          0xC0000001,
          "UNSUCCESSFUL",
          "the request failed for a reason that has no status of its own");

  /** 0xC0000002: the function is not implemented. */
  public static final NtStatus NOT_IMPLEMENTED =
      define(0xC0000002, "NOT_IMPLEMENTED", "the function is not implemented");

  /** 0xC0000005: memory was not accessible. */
  public static final NtStatus ACCESS_VIOLATION =
      define(0xC0000005, "ACCESS_VIOLATION", "memory was not accessible");

  /** 0xC0000007: the quota of pageable memory is used up. */
  public static final NtStatus PAGEFILE_QUOTA =
      define(0xC0000007, "PAGEFILE_QUOTA", "the quota of pageable memory is used up");

  /** 0xC0000008: the object is missing, foreign, or no longer valid. */
  public static final NtStatus INVALID_HANDLE =
      define(0xC0000008, "INVALID_HANDLE", "the object is missing, foreign, or no longer valid");

  /** 0xC000000D: an argument is missing or malformed. */
  public static final NtStatus INVALID_PARAMETER =
      define(0xC000000D, "INVALID_PARAMETER", "an argument is missing or malformed");

  /** 0xC000000E: the device does not exist. */
  public static final NtStatus NO_SUCH_DEVICE =
      define(0xC000000E, "NO_SUCH_DEVICE", "the device does not exist");

  /** 0xC000000F: the file does not exist. */
  public static final NtStatus NO_SUCH_FILE =
      define(0xC000000F, "NO_SUCH_FILE", "the file does not exist");

  /** 0xC0000010: the request does not apply to this kind of object. */
  public static final NtStatus INVALID_DEVICE_REQUEST =
      define(
          0xC0000010,
          "INVALID_DEVICE_REQUEST",
          "the request does not apply to this kind of object");

  /** 0xC0000016: the owner of the request keeps it; completion stops here. */
  public static final NtStatus MORE_PROCESSING_REQUIRED =
      define(
          0xC0000016,
          "MORE_PROCESSING_REQUIRED",
          "the owner of the request keeps it; completion stops here");

  /** 0xC0000017: no memory is left. */
  public static final NtStatus NO_MEMORY = define(0xC0000017, "NO_MEMORY", "no memory is left");

  /** 0xC0000018: the address range conflicts with another. */
  public static final NtStatus CONFLICTING_ADDRESSES =
      define(0xC0000018, "CONFLICTING_ADDRESSES", "the address range conflicts with another");

  /** 0xC0000022: access was denied. */
  public static final NtStatus ACCESS_DENIED =
      define(0xC0000022, "ACCESS_DENIED", "access was denied");

  /** 0xC0000023: the buffer is too small; nothing was stored. */
  public static final NtStatus BUFFER_TOO_SMALL =
      define(0xC0000023, "BUFFER_TOO_SMALL", "the buffer is too small; nothing was stored");

  /** 0xC0000024: the object is of another type than the request needs. */
  public static final NtStatus OBJECT_TYPE_MISMATCH =
      define(
          0xC0000024,
          "OBJECT_TYPE_MISMATCH",
          "the object is of another type than the request needs");

  /** 0xC0000030: the arguments exclude each other. */
  public static final NtStatus INVALID_PARAMETER_MIX =
      define(0xC0000030, "INVALID_PARAMETER_MIX", "the arguments exclude each other");

  /** 0xC0000034: the name of the object was not found. */
  public static final NtStatus OBJECT_NAME_NOT_FOUND =
      define(0xC0000034, "OBJECT_NAME_NOT_FOUND", "the name of the object was not found");

  /** 0xC000003A: the path of the object was not found. */
  public static final NtStatus OBJECT_PATH_NOT_FOUND =
      define(0xC000003A, "OBJECT_PATH_NOT_FOUND", "the path of the object was not found");

  /** 0xC0000043: the object is in use in a way that excludes sharing. */
  public static final NtStatus SHARING_VIOLATION =
      define(
          0xC0000043, "SHARING_VIOLATION", "the object is in use in a way that excludes sharing");

  /** 0xC0000044: the quota is used up. */
  public static final NtStatus QUOTA_EXCEEDED =
      define(0xC0000044, "QUOTA_EXCEEDED", "the quota is used up");

  /** 0xC0000079: the security descriptor is malformed. */
  public static final NtStatus INVALID_SECURITY_DESCR =
      define(0xC0000079, "INVALID_SECURITY_DESCR", "the security descriptor is malformed");

  /** 0xC0000095: a number left its range. */
  public static final NtStatus INTEGER_OVERFLOW =
      define(0xC0000095, "INTEGER_OVERFLOW", "a number left its range");

  /** 0xC0000097: a system resource is used up. */
  public static final NtStatus TOO_MANY_PAGING_FILES =
      define(0xC0000097, "TOO_MANY_PAGING_FILES", "a system resource is used up");

  /** 0xC000009A: the system lacks the resources for the request. */
  public static final NtStatus INSUFFICIENT_RESOURCES =
      define(
          0xC000009A, "INSUFFICIENT_RESOURCES", "the system lacks the resources for the request");

  /** 0xC00000A1: the quota of resident memory is used up. */
  public static final NtStatus WORKING_SET_QUOTA =
      define(0xC00000A1, "WORKING_SET_QUOTA", "the quota of resident memory is used up");

  /** 0xC00000A3: the provider is not available. */
  public static final NtStatus DEVICE_NOT_READY =
      define(0xC00000A3, "DEVICE_NOT_READY", "the provider is not available");

  /** 0xC00000B0: the other end is disconnected. */
  public static final NtStatus PIPE_DISCONNECTED =
      define(0xC00000B0, "PIPE_DISCONNECTED", "the other end is disconnected");

  /** 0xC00000B5: the peer or server did not answer in time. */
  public static final NtStatus IO_TIMEOUT =
      define(0xC00000B5, "IO_TIMEOUT", "the peer or server did not answer in time");

  /** 0xC00000B6: the socket no longer functions and can only be closed. */
  public static final NtStatus FILE_FORCED_CLOSED =
      define(
          0xC00000B6,
          "FILE_FORCED_CLOSED",
          "the socket no longer functions and can only be closed");

  /** 0xC00000BB: the request is not supported. */
  public static final NtStatus NOT_SUPPORTED =
      define(0xC00000BB, "NOT_SUPPORTED", "the request is not supported");

  /** 0xC00000BC: nobody listens at the remote address. */
  public static final NtStatus REMOTE_NOT_LISTENING =
      define(0xC00000BC, "REMOTE_NOT_LISTENING", "nobody listens at the remote address");

  /** 0xC00000BE: the network path was not found. */
  public static final NtStatus BAD_NETWORK_PATH =
      define(0xC00000BE, "BAD_NETWORK_PATH", "the network path was not found");

  /** 0xC00000BF: the network is busy. */
  public static final NtStatus NETWORK_BUSY =
      define(0xC00000BF, "NETWORK_BUSY", "the network is busy");

  /** 0xC00000C3: the network gave an answer that makes no sense. */
  public static final NtStatus INVALID_NETWORK_RESPONSE =
      define(
          0xC00000C3, "INVALID_NETWORK_RESPONSE", "the network gave an answer that makes no sense");

  /** 0xC00000C4: an unexpected network error occurred. */
  public static final NtStatus UNEXPECTED_NETWORK_ERROR =
      define(0xC00000C4, "UNEXPECTED_NETWORK_ERROR", "an unexpected network error occurred");

  /** 0xC00000D0: the request was not accepted. */
  public static final NtStatus REQUEST_NOT_ACCEPTED =
      define(0xC00000D0, "REQUEST_NOT_ACCEPTED", "the request was not accepted");

  /** 0xC00000D8: the request would have to wait and must not. */
  public static final NtStatus CANT_WAIT =
      define(0xC00000D8, "CANT_WAIT", "the request would have to wait and must not");

  /** 0xC00000E5: an internal error occurred. */
  public static final NtStatus INTERNAL_ERROR =
      define(0xC00000E5, "INTERNAL_ERROR", "an internal error occurred");

  /** 0xC000011F: too many descriptors are open. */
  public static final NtStatus TOO_MANY_OPENED_FILES =
      define(0xC000011F, "TOO_MANY_OPENED_FILES", "too many descriptors are open");

  /** 0xC0000120: the request was cancelled. */
  public static final NtStatus CANCELLED =
      define(0xC0000120, "CANCELLED", "the request was cancelled");

  /** 0xC0000128: the file is closed. */
  public static final NtStatus FILE_CLOSED =
      define(0xC0000128, "FILE_CLOSED", "the file is closed");

  /** 0xC000012D: the limit of committed memory is reached. */
  public static final NtStatus COMMITMENT_LIMIT =
      define(0xC000012D, "COMMITMENT_LIMIT", "the limit of committed memory is reached");

  /** 0xC000013B: the local side disconnected. */
  public static final NtStatus LOCAL_DISCONNECT =
      define(0xC000013B, "LOCAL_DISCONNECT", "the local side disconnected");

  /** 0xC000013C: the remote side disconnected. */
  public static final NtStatus REMOTE_DISCONNECT =
      define(0xC000013C, "REMOTE_DISCONNECT", "the remote side disconnected");

  /** 0xC000013D: the remote side lacks resources. */
  public static final NtStatus REMOTE_RESOURCES =
      define(0xC000013D, "REMOTE_RESOURCES", "the remote side lacks resources");

  /** 0xC000013E: the link failed. */
  public static final NtStatus LINK_FAILED = define(0xC000013E, "LINK_FAILED", "the link failed");

  /** 0xC000013F: the link timed out. */
  public static final NtStatus LINK_TIMEOUT =
      define(0xC000013F, "LINK_TIMEOUT", "the link timed out");

  /** 0xC0000140: the connection is not valid. */
  public static final NtStatus INVALID_CONNECTION =
      define(0xC0000140, "INVALID_CONNECTION", "the connection is not valid");

  /** 0xC0000141: the address is not valid. */
  public static final NtStatus INVALID_ADDRESS =
      define(0xC0000141, "INVALID_ADDRESS", "the address is not valid");

  /** 0xC000003E: the data is damaged. */
  public static final NtStatus DATA_ERROR = define(0xC000003E, "DATA_ERROR", "the data is damaged");

  /** 0xC0000184: the object is not in the state that the request needs. */
  public static final NtStatus INVALID_DEVICE_STATE =
      define(
          0xC0000184,
          "INVALID_DEVICE_STATE",
          "the object is not in the state that the request needs");

  /** 0xC0000206: the size of the buffer is wrong for the request. */
  public static final NtStatus INVALID_BUFFER_SIZE =
      define(0xC0000206, "INVALID_BUFFER_SIZE", "the size of the buffer is wrong for the request");

  /** 0xC0000207: the address cannot be used here. */
  public static final NtStatus INVALID_ADDRESS_COMPONENT =
      define(0xC0000207, "INVALID_ADDRESS_COMPONENT", "the address cannot be used here");

  /** 0xC0000208: a wildcard is not allowed in this address. */
  public static final NtStatus INVALID_ADDRESS_WILDCARD =
      define(0xC0000208, "INVALID_ADDRESS_WILDCARD", "a wildcard is not allowed in this address");

  /** 0xC0000209: no more addresses can be registered. */
  public static final NtStatus TOO_MANY_ADDRESSES =
      define(0xC0000209, "TOO_MANY_ADDRESSES", "no more addresses can be registered");

  /** 0xC000020A: the address is in use by another socket. */
  public static final NtStatus ADDRESS_ALREADY_EXISTS =
      define(0xC000020A, "ADDRESS_ALREADY_EXISTS", "the address is in use by another socket");

  /** 0xC000020B: the address was closed. */
  public static final NtStatus ADDRESS_CLOSED =
      define(0xC000020B, "ADDRESS_CLOSED", "the address was closed");

  /** 0xC000020C: the connection is disconnected. */
  public static final NtStatus CONNECTION_DISCONNECTED =
      define(0xC000020C, "CONNECTION_DISCONNECTED", "the connection is disconnected");

  /** 0xC000020D: the peer reset the connection. */
  public static final NtStatus CONNECTION_RESET =
      define(0xC000020D, "CONNECTION_RESET", "the peer reset the connection");

  /** 0xC000020F: the transaction was aborted. */
  public static final NtStatus TRANSACTION_ABORTED =
      define(0xC000020F, "TRANSACTION_ABORTED", "the transaction was aborted");

  /** 0xC000021B: the client did not accept the data. */
  public static final NtStatus DATA_NOT_ACCEPTED =
      define(0xC000021B, "DATA_NOT_ACCEPTED", "the client did not accept the data");

  /** 0xC0000225: the name or object was not found. */
  public static final NtStatus NOT_FOUND =
      define(0xC0000225, "NOT_FOUND", "the name or object was not found");

  /** 0xC000022D: the request has to be made again. */
  public static final NtStatus RETRY =
      define(0xC000022D, "RETRY", "the request has to be made again");

  /** 0xC0000236: the peer refused the connection. */
  public static final NtStatus CONNECTION_REFUSED =
      define(0xC0000236, "CONNECTION_REFUSED", "the peer refused the connection");

  /** 0xC0000237: the peer disconnected gracefully. */
  public static final NtStatus GRACEFUL_DISCONNECT =
      define(0xC0000237, "GRACEFUL_DISCONNECT", "the peer disconnected gracefully");

  /** 0xC0000238: the socket has an address already. */
  public static final NtStatus ADDRESS_ALREADY_ASSOCIATED =
      define(0xC0000238, "ADDRESS_ALREADY_ASSOCIATED", "the socket has an address already");

  /** 0xC0000239: the socket has no address. */
  public static final NtStatus ADDRESS_NOT_ASSOCIATED =
      define(0xC0000239, "ADDRESS_NOT_ASSOCIATED", "the socket has no address");

  /** 0xC000023A: there is no such connection. */
  public static final NtStatus CONNECTION_INVALID =
      define(0xC000023A, "CONNECTION_INVALID", "there is no such connection");

  /** 0xC000023B: the socket is connected already. */
  public static final NtStatus CONNECTION_ACTIVE =
      define(0xC000023B, "CONNECTION_ACTIVE", "the socket is connected already");

  /** 0xC000023C: the network cannot be reached. */
  public static final NtStatus NETWORK_UNREACHABLE =
      define(0xC000023C, "NETWORK_UNREACHABLE", "the network cannot be reached");

  /** 0xC000023D: the host cannot be reached. */
  public static final NtStatus HOST_UNREACHABLE =
      define(0xC000023D, "HOST_UNREACHABLE", "the host cannot be reached");

  /** 0xC000023E: the protocol is not available. */
  public static final NtStatus PROTOCOL_UNREACHABLE =
      define(0xC000023E, "PROTOCOL_UNREACHABLE", "the protocol is not available");

  /** 0xC000023F: nobody listens at the remote port. */
  public static final NtStatus PORT_UNREACHABLE =
      define(0xC000023F, "PORT_UNREACHABLE", "nobody listens at the remote port");

  /** 0xC0000240: the request was aborted. */
  public static final NtStatus REQUEST_ABORTED =
      define(0xC0000240, "REQUEST_ABORTED", "the request was aborted");

  /** 0xC0000241: the local side aborted the connection. */
  public static final NtStatus CONNECTION_ABORTED =
      define(0xC0000241, "CONNECTION_ABORTED", "the local side aborted the connection");

  /** 0xC0000246: the limit of connections is reached. */
  public static final NtStatus CONNECTION_COUNT_LIMIT =
      define(0xC0000246, "CONNECTION_COUNT_LIMIT", "the limit of connections is reached");

  /** 0xC0000272: nothing matched. */
  public static final NtStatus NO_MATCH = define(0xC0000272, "NO_MATCH", "nothing matched");

  /** 0xC00002B9: the interface or its version is not offered. */
  public static final NtStatus NOINTERFACE =
      define(0xC00002B9, "NOINTERFACE", "the interface or its version is not offered");

  /** 0xC00002C5: the data is misaligned. */
  public static final NtStatus DATATYPE_MISALIGNMENT_ERROR =
      define(0xC00002C5, "DATATYPE_MISALIGNMENT_ERROR", "the data is misaligned");

  /** 0xC0000350: the host is down. */
  public static final NtStatus HOST_DOWN = define(0xC0000350, "HOST_DOWN", "the host is down");

  /** 0xC0000718: it is registered already. */
  public static final NtStatus ALREADY_REGISTERED =
      define(0xC0000718, "ALREADY_REGISTERED", "it is registered already");

  /** 0xC000A012: the hop limit was exceeded on the way. */
  public static final NtStatus HOPLIMIT_EXCEEDED =
      define(0xC000A012, "HOPLIMIT_EXCEEDED", "the hop limit was exceeded on the way");

  /** 0xC000A013: the protocol is not supported. */
  public static final NtStatus PROTOCOL_NOT_SUPPORTED =
      define(0xC000A013, "PROTOCOL_NOT_SUPPORTED", "the protocol is not supported");

  /** 0xC0230011: the network adapter is not ready. */
  public static final NtStatus NDIS_ADAPTER_NOT_READY =
      define(0xC0230011, "NDIS_ADAPTER_NOT_READY", "the network adapter is not ready");

  /** 0x000000FF: it is complete already. */
  public static final NtStatus ALREADY_COMPLETE =
      define(0x000000FF, "ALREADY_COMPLETE", "it is complete already");

  private final int value;
  private final String name;
  private final String meaning;

  private NtStatus(int value, String name, String meaning) {
    this.value = value;
    this.name = name;
    this.meaning = meaning;
  }

  private static NtStatus define(int value, String name, String meaning) {
    NtStatus status = new NtStatus(value, name, meaning);
    if (KNOWN.put(value, status) != null) {
      throw new AssertionError("two statuses share the value " + hex(value));
    }
    return status;
  }

  /**
   * Finds the status of a value.
   *
   * @param value a 32-bit status value
   * @return the constant of that value, or an unnamed status where the value is not known; unnamed
   *     statuses of one value are equal, but not identical
   */
  public static NtStatus of(int value) {
    NtStatus known = KNOWN.get(value);
    return known != null ? known : new NtStatus(value, "UNNAMED", "a status without a name here");
  }

  /** {@return the 32-bit value} */
  public int value() {
    return value;
  }

  /** {@return the Windows name without {@code STATUS_}, or {@code UNNAMED}} */
  public String name() {
    return name;
  }

  /** {@return what the status says, as a phrase for people} */
  public String meaning() {
    return meaning;
  }

  /** {@return whether the NT_SUCCESS test holds: severity success or information} */
  public boolean isSuccess() {
    return value >= 0;
  }

  /** {@return whether the severity is information} */
  public boolean isInformation() {
    return value >>> 30 == 1;
  }

  /** {@return whether the severity is warning} */
  public boolean isWarning() {
    return value >>> 30 == 2;
  }

  /** {@return whether the severity is error} */
  public boolean isError() {
    return value >>> 30 == 3;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NtStatus that && that.value == value;
  }

  @Override
  public int hashCode() {
    return value;
  }

  /** {@return name, value and meaning, for logs and messages} */
  @Override
  public String toString() {
    return "STATUS_" + name + " (" + hex(value) + "): " + meaning;
  }

  private static String hex(int value) {
    return String.format("0x%08X", value);
  }
}
