package org.wsk4j.contract.nmr;

import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nmr.NmrClientHandle;
import org.wsk4j.nmr.NpiClientAttachProvider;
import org.wsk4j.nmr.NpiClientCharacteristics;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** A client that attaches to every provider unless told otherwise. */
final class TestClient extends TestModule {
  NpiClientAttachProvider onOffer = (binding, clientContext, provider) -> attach(binding);
  final Out<NmrClientHandle> handle = new Out<>();

  TestClient(World world, String name, NpiId npi) {
    super(world, name, npi);
  }

  NpiClientCharacteristics characteristics() {
    return NpiClientCharacteristics.of(
        this::offered, this::detached, hasCleanup ? this::cleanedUp : null, instance);
  }

  private NtStatus offered(
      NmrBindingHandle binding, Object clientContext, NpiRegistrationInstance provider) {
    journal.add(name + ".offer", binding, clientContext, provider);
    return onOffer.attachProvider(binding, clientContext, provider);
  }

  /** Attaches with a binding context of its own and the dispatch table that is set. */
  NtStatus attach(NmrBindingHandle binding) {
    String bindingContext = nextBindingContext();
    Out<Object> providerContext = new Out<>();
    Out<Object> providerDispatch = new Out<>();
    journal.add(name + ".attaching", binding);
    NtStatus status =
        world.nmr.clientAttachProvider(
            binding, bindingContext, dispatch, providerContext, providerDispatch);
    journal.add(name + ".attached", status);
    if (status == NtStatus.SUCCESS) {
      attached(
          new Attachment(binding, bindingContext, providerContext.get(), providerDispatch.get()));
    }
    return status;
  }

  @Override
  NtStatus register() {
    return world.nmr.registerClient(characteristics(), context, handle);
  }

  @Override
  NtStatus deregister() {
    return world.nmr.deregisterClient(handle.get());
  }

  @Override
  NtStatus awaitDeregistered() {
    return world.nmr.waitForClientDeregisterComplete(handle.get());
  }

  @Override
  void detachComplete(NmrBindingHandle binding) {
    world.nmr.clientDetachProviderComplete(binding);
  }

  @Override
  boolean isRegistered() {
    return handle.get() != null;
  }
}
