package org.wsk4j.contract.nmr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nmr.NpiModuleId;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.NtStatus;

/** A module under test; its public members may be changed before it registers. */
abstract class TestModule {
  /** What a module keeps of an attachment, as it saw it. */
  record Attachment(
      NmrBindingHandle binding, Object own, Object peerContext, Object peerDispatch) {}

  final World world;
  final String name;
  final Journal journal;

  NpiRegistrationInstance instance;
  Object context;
  Object dispatch;
  boolean hasCleanup = true;
  Function<Object, NtStatus> onDetach = bindingContext -> NtStatus.SUCCESS;
  Consumer<Object> onCleanup = bindingContext -> {};

  private final List<Attachment> attachments = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger bindings = new AtomicInteger();

  TestModule(World world, String name, NpiId npi) {
    this.world = world;
    this.name = name;
    this.journal = world.journal;
    instance = NpiRegistrationInstance.of(npi, NpiModuleId.random(), name + " characteristics");
    context = name + " context";
    dispatch = name + " dispatch";
  }

  abstract NtStatus register();

  abstract NtStatus deregister();

  abstract NtStatus awaitDeregistered();

  abstract void detachComplete(NmrBindingHandle binding);

  abstract boolean isRegistered();

  /** A binding context that no other binding has. */
  final String nextBindingContext() {
    return name + " binding " + bindings.incrementAndGet();
  }

  final void attached(Attachment attachment) {
    attachments.add(attachment);
  }

  final List<Attachment> attachments() {
    synchronized (attachments) {
      return List.copyOf(attachments);
    }
  }

  final Attachment attachment() {
    List<Attachment> all = attachments();
    if (all.size() != 1) {
      throw new AssertionError(name + " has " + all.size() + " attachments");
    }
    return all.get(0);
  }

  final NmrBindingHandle binding() {
    return attachment().binding();
  }

  final void detachComplete() {
    detachComplete(binding());
  }

  final NtStatus detached(Object bindingContext) {
    journal.add(name + ".detach", bindingContext);
    return onDetach.apply(bindingContext);
  }

  final void cleanedUp(Object bindingContext) {
    journal.add(name + ".cleanup", bindingContext);
    onCleanup.accept(bindingContext);
  }

  /** Answers each call to let go with PENDING. */
  final void detachesLater() {
    onDetach = bindingContext -> NtStatus.PENDING;
  }
}
