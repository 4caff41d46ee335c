package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import java.util.List;

/** Sees what a local exchange really did, so that a client's record of it can be judged. Called on its thread. */
public interface Witness {

    /** Sees nothing. */
    Witness NONE = new Witness() {};

    /** The exchange begins to listen: the times of its faults count from here. */
    default void onStart() {}

    /** A block of a coin's market happened, whoever is told of it; in order. Not from a recording or a fixed rate. */
    default void onTrades(String coin, List<SimulatedTrade> block) {}

    /**
     * Bytes go out on a WebSocket, behind all faults: whole frames of text with their headers, or part of one. Pings and
     * closes are left out.
     *
     * @param socket its number, from 1 in the order of the handshakes
     * @param wire not to be changed
     */
    default void onSent(long socket, byte[] wire) {}

    /** A fault takes an occasion, or happens to the whole exchange. */
    default void onFault(Fault fault) {}
}
