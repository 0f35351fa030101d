/**
 * What tests of all modules share.
 *
 * <ul>
 *   <li>{@link org.wsk4j.testing.LeakScope}: fails a test that leaves something behind
 *   <li>{@link org.wsk4j.testing.TestScope}: what a test asks for, so that its end is watched
 *   <li>{@link org.wsk4j.testing.LeakCheck}: one thing to look for; other modules add theirs
 *   <li>{@link org.wsk4j.testing.TestProvider}: completes requests, and does nothing else
 *   <li>{@link org.wsk4j.testing.FakeWskProvider}, {@link org.wsk4j.testing.FakeWskClient}, {@link
 *       org.wsk4j.testing.FakeSocket}: a provider without a network, for tests of registration
 *   <li>{@link org.wsk4j.testing.Background}: what may block, beside the test
 *   <li>{@link org.wsk4j.testing.LogCapture}: what a class logs
 * </ul>
 *
 * <p>Threads: a scope belongs to its test, which may use it from any thread.
 */
@NullMarked
package org.wsk4j.testing;

import org.jspecify.annotations.NullMarked;
