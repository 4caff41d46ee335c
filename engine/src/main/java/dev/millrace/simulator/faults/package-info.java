/**
 * The grammar of the local exchange's faults: what there is, with which parameters, and when it acts. Nothing here
 * touches a socket; {@code simulator} acts on it. Start reading at {@link dev.millrace.simulator.faults.Fault}.
 */
package dev.millrace.simulator.faults;
