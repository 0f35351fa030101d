package org.wsk4j.provider.resolve;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * Answers questions for addresses and names.
 *
 * <p>What is wrong, and what needs no look-up (addresses and ports as numbers, no host, {@code
 * localhost}), is answered inside the call; for the rest the call answers PENDING. A request that
 * is cancelled completes on the thread that cancels it.
 *
 * <p>Threads: any; nothing here waits but {@link #close}.
 */
public final class Names {
  private static final Logger LOG = LoggerFactory.getLogger(Names.class);

  private final NameSettings settings;
  private final Supplier<LocalFamilies> families;

  // Made with the first look-up, guarded by this.
  private @Nullable MultiThreadIoEventLoopGroup group;
  private @Nullable NameQueue queue;

  /**
   * Makes the answerer.
   *
   * @param settings how names are found
   * @param families tells which families this machine has, when that matters
   */
  public Names(NameSettings settings, Supplier<LocalFamilies> families) {
    this.settings = settings;
    this.families = families;
  }

  /**
   * Finds addresses.
   *
   * @param question what is asked
   * @param result where the first entry of the list goes
   * @param irp the request, begun
   * @param ended runs when the request was completed
   * @return what the call has to return
   */
  public NtStatus addresses(
      AddressQuestion question, @Nullable Out<AddressInfo> result, Irp irp, Runnable ended) {
    NtStatus judged = result == null ? NtStatus.INVALID_PARAMETER : question.check();
    Out<AddressInfo> place = result != null ? result : new Out<>();
    place.set(null);
    return ask(judged, new NameRequest<>(irp, new AddressSearch(question), place::set, ended));
  }

  /**
   * Finds names.
   *
   * @param address the address and port
   * @param node where the name of the host goes, or {@code null} if it is not wanted
   * @param service where the name of the service goes, likewise
   * @param flags see {@link org.wsk4j.net.NameInfoFlags}
   * @param irp the request, begun
   * @param ended runs when the request was completed
   * @return what the call has to return
   */
  public NtStatus names(
      @Nullable SocketAddress address,
      @Nullable Out<String> node,
      @Nullable Out<String> service,
      int flags,
      Irp irp,
      Runnable ended) {
    NameQuestion question = new NameQuestion(address, flags, node != null, service != null);
    store(new NamePair(null, null), node, service);
    InetSocketAddress internet =
        address instanceof InetSocketAddress inet ? inet : new InetSocketAddress(0);
    NameRequest<NamePair> request =
        new NameRequest<>(
            irp, new NameSearch(question, internet), pair -> store(pair, node, service), ended);
    return ask(question.check(), request);
  }

  private static void store(
      NamePair pair, @Nullable Out<String> node, @Nullable Out<String> service) {
    if (node != null) {
      node.set(pair.node());
    }
    if (service != null) {
      service.set(pair.service());
    }
  }

  private <T> NtStatus ask(NtStatus judged, NameRequest<T> request) {
    if (judged != NtStatus.SUCCESS) {
      return request.endInCall(Answer.failed(judged));
    }
    Answer<T> now = request.atOnce();
    if (now != null) {
      return request.endInCall(now);
    }
    NameQueue ready = queue();
    return ready != null && ready.submit(request)
        ? NtStatus.PENDING
        : request.endInCall(Answer.failed(NtStatus.INSUFFICIENT_RESOURCES));
  }

  private synchronized @Nullable NameQueue queue() {
    if (queue == null) {
      try {
        queue = newQueue();
      } catch (IllegalStateException shortOfDescriptors) {
        LOG.error("No event loop for names", shortOfDescriptors);
      }
    }
    return queue;
  }

  private NameQueue newQueue() {
    MultiThreadIoEventLoopGroup made =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("wsk4j-names", true), NioIoHandler.newFactory());
    group = made;
    EventLoop loop = made.next();
    DnsClient client = new DnsClient(loop, settings.dns().timeoutMillis());
    return new NameQueue(loop, settings.limits(), new Sources(settings, families, client));
  }

  /**
   * Ends the thread of names; there must be no requests any more.
   *
   * @param deadline how long to wait
   * @return whether it has ended within that time
   * @throws IllegalStateException if this thread must not wait
   */
  public boolean close(Duration deadline) {
    DispatchLevel.requirePassive("Ending the thread of names");
    MultiThreadIoEventLoopGroup running;
    synchronized (this) {
      running = group;
      group = null;
      queue = null;
    }
    if (running == null) {
      return true;
    }
    running.shutdownGracefully(0, deadline.toMillis(), TimeUnit.MILLISECONDS);
    return running.terminationFuture().awaitUninterruptibly(deadline.toMillis());
  }
}
