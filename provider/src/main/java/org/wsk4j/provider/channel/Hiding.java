package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a listener keeps connections from its client while they are inspected.
 *
 * @param loops gives the loop on which the next of them lives, then and as a socket
 * @param prepare sets the options of its channel
 * @param endAborts whether a peer that ends its side and has sent nothing counts as gone
 */
record Hiding(Supplier<EventLoop> loops, Consumer<Channel> prepare, boolean endAborts) {}
