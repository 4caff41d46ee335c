package dev.millrace.simulator;

/**
 * A recorded message.
 *
 * @param receiveNs when it was received, ns since 1970; 0 where the recording does not say
 * @param bytes the frame's payload as received
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record RecordedFrame(long receiveNs, byte[] bytes) {}
