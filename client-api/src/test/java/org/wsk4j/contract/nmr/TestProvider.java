package org.wsk4j.contract.nmr;

import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nmr.NmrProviderHandle;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nmr.NpiProviderAttachClient;
import org.wsk4j.nmr.NpiProviderCharacteristics;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** A provider that accepts every client unless told otherwise. */
final class TestProvider extends TestModule {
  NpiProviderAttachClient onClient = this::accept;
  final Out<NmrProviderHandle> handle = new Out<>();

  TestProvider(World world, String name, NpiId npi) {
    super(world, name, npi);
  }

  NpiProviderCharacteristics characteristics() {
    return NpiProviderCharacteristics.of(
        this::asked, this::detached, hasCleanup ? this::cleanedUp : null, instance);
  }

  private NtStatus asked(
      NmrBindingHandle binding,
      Object providerContext,
      NpiRegistrationInstance client,
      Object clientContext,
      Object clientDispatch,
      Out<Object> bindingContextOut,
      Out<Object> dispatchOut) {
    journal.add(name + ".attach", binding, providerContext, client, clientContext, clientDispatch);
    return onClient.attachClient(
        binding,
        providerContext,
        client,
        clientContext,
        clientDispatch,
        bindingContextOut,
        dispatchOut);
  }

  /** Accepts with a binding context of its own and the dispatch table that is set. */
  NtStatus accept(
      NmrBindingHandle binding,
      Object providerContext,
      NpiRegistrationInstance client,
      Object clientContext,
      Object clientDispatch,
      Out<Object> bindingContextOut,
      Out<Object> dispatchOut) {
    String bindingContext = nextBindingContext();
    bindingContextOut.set(bindingContext);
    dispatchOut.set(dispatch);
    attached(new Attachment(binding, bindingContext, clientContext, clientDispatch));
    return NtStatus.SUCCESS;
  }

  /** Answers every client with the same failure. */
  void refuses(NtStatus answer) {
    onClient = (binding, own, client, context, table, contextOut, tableOut) -> answer;
  }

  @Override
  NtStatus register() {
    return world.nmr.registerProvider(characteristics(), context, handle);
  }

  @Override
  NtStatus deregister() {
    return world.nmr.deregisterProvider(handle.get());
  }

  @Override
  NtStatus awaitDeregistered() {
    return world.nmr.waitForProviderDeregisterComplete(handle.get());
  }

  @Override
  void detachComplete(NmrBindingHandle binding) {
    world.nmr.providerDetachClientComplete(binding);
  }

  @Override
  boolean isRegistered() {
    return handle.get() != null;
  }
}
