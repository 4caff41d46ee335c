/**
 * The load rig: a sender, a client and the main that compares, a process each. The sender is an open loop, {@link
 * dev.millrace.benchmarks.load.LoadSender}; clients are the daemon, a user's plain client and bare ones that do a part of
 * the work. Start reading with {@link dev.millrace.benchmarks.load.AgainstPlainClient}.
 */
package dev.millrace.benchmarks.load;
