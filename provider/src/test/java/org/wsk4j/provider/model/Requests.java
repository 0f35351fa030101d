package org.wsk4j.provider.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * The requests of one socket that are not over, and the IRPs that can be used again.
 *
 * <p>Threads: any.
 */
final class Requests {
  private final Journal journal;
  private final Queue<Irp> idle = new ConcurrentLinkedQueue<>();
  private final Set<Request> outstanding = new LinkedHashSet<>();
  private int made;

  Requests(Journal journal) {
    this.journal = journal;
  }

  Journal journal() {
    return journal;
  }

  /** {@return a new request, noted as an operation} */
  synchronized Request begin(Request.Kind kind, String what) {
    Irp used = idle.poll();
    Irp irp = used == null ? Irp.allocate() : used.reuse(NtStatus.SUCCESS);
    String name = what + " #" + ++made;
    Request request = new Request(kind, name, this, irp);
    outstanding.add(request);
    journal.operation(name);
    return request;
  }

  synchronized void completed(Request request) {
    outstanding.remove(request);
  }

  /** The call has returned and the request has completed: nobody needs the IRP any more. */
  void over(Irp irp) {
    idle.add(irp);
  }

  /** {@return those whose completion routine has not ended} */
  synchronized List<Request> outstanding() {
    return new ArrayList<>(outstanding);
  }

  /** {@return those whose call has returned PENDING and that have not completed} */
  List<Request> pending() {
    return outstanding().stream().filter(Request::isPending).toList();
  }

  /** {@return one that can be cancelled, if there is one} */
  @Nullable Request cancellable(Dice dice) {
    List<Request> all = outstanding().stream().filter(Requests::isCancellable).toList();
    return all.isEmpty() ? null : dice.pick(all);
  }

  private static boolean isCancellable(Request request) {
    return switch (request.kind()) {
      case ACCEPT, CONNECT, SEND, RECEIVE, DISCONNECT -> !request.isCancelRequested();
      default -> false;
    };
  }
}
