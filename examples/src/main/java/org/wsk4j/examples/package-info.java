/**
 * Programs written against WSK: the echo server in three forms, a client, a load, servers of
 * datagrams, and the command line that runs them. They compile against the client API alone; the
 * provider is found at run time.
 *
 * <p>By the question that a file answers:
 *
 * <ul>
 *   <li>What is the least that a server needs? {@link org.wsk4j.examples.SmallestEcho}
 *   <li>How does a program begin and end? {@code WskProgram}
 *   <li>How is an IRP used again and again? {@code Request}
 *   <li>How do I serve with callbacks? {@code EventEchoServer}. Without copying, and with bounded
 *       memory? {@code EventEchoConnection}
 *   <li>How do I serve with requests alone? {@code IrpEchoServer}, {@code IrpEchoConnection}
 *   <li>How does a connection end? {@code EchoConnection}. And a server? {@code EchoServer}
 *   <li>How is a connection secured? {@code TlsSettings}
 *   <li>How do I use a socket the simple way? {@code StreamCopy}
 *   <li>How do I keep a window of sends in flight? {@code VerifiedTransfer}
 *   <li>How do I run many connections from one thread? {@code ConnectionStorm}, {@code
 *       StormConnection}
 *   <li>How do I serve datagrams, and end that? {@code DatagramServer}. Without copying? {@code
 *       UdpEchoServer}. Without waiting, and with a bound? {@code DatagramSends}
 *   <li>How do I use two sockets together? {@code DnsForwarder}, which leaves it to {@code
 *       DnsQueries} what waits for an answer, and how long
 *   <li>How do I use a raw socket? {@code Ping}, whose messages are {@code EchoRequest}
 * </ul>
 *
 * <p>{@link org.wsk4j.examples.Main} is the command line; what ends in {@code Command} is one of
 * its tools. {@code Advice} turns statuses into sentences.
 *
 * <p>Threads: commands, {@code WskProgram} and {@code StreamCopy} wait, on ordinary threads. All
 * else runs in callbacks and completion routines, where nothing waits.
 */
@NullMarked
package org.wsk4j.examples;

import org.jspecify.annotations.NullMarked;
