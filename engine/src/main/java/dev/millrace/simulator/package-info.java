/**
 * The local exchange: a seeded market served as Hyperliquid serves it, over WebSocket and {@code POST /info}, and
 * Fear and Greed, on one port. It reads and writes JSON by itself, not with the engine's codec, so that a fault there cannot cancel out here.
 *
 * <p>Everything runs on one event-loop thread ({@code simulator}); only counters are read from other threads. A socket
 * is fed by one of three streams: the shared market in real time, a block of pre-written frames at a given rate or as
 * fast as the socket drains, or a recording. What goes wrong on purpose is said in {@code simulator.faults} and done in four
 * places: {@code Doorkeeper} at the handshake, {@code FaultyWire} on a socket's frames (not in the pipeline where there
 * are no such faults), {@code Exchange} to the market and the port, {@code ReplyFault} on REST replies. All time is
 * measured with the clock of {@code Conduct}. Start reading at {@link dev.millrace.simulator.Simulator}; for frames
 * without sockets at {@link dev.millrace.simulator.SimulatedMarket}.
 */
package dev.millrace.simulator;
