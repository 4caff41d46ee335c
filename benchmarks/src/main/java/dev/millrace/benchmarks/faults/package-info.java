/**
 * The daemon through every fault of the local exchange, over real sockets, and whether it kept its promises. Start at
 * {@link dev.millrace.benchmarks.faults.FaultRun}.
 */
package dev.millrace.benchmarks.faults;
