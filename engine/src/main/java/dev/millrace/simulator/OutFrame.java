package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A frame on its way to a socket with faults.
 *
 * @param payload the text
 * @param wire what goes out for it, headers included
 * @param subscription of a data frame; empty for acknowledgements, errors, pongs and the greeting
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are nobody else's
record OutFrame(byte[] payload, byte[] wire, Optional<Subscription> subscription) {

    private static final String ACK = "{\"channel\":\"subscriptionResponse\"";

    static OutFrame of(byte[] payload) {
        return new OutFrame(payload, framed(payload), FrameRoute.of(payload).map(FrameRoute::subscription));
    }

    String text() {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    boolean isAck() {
        return subscription.isEmpty() && text().startsWith(ACK);
    }

    OutFrame with(UnaryOperator<String> change) {
        byte[] changed = change.apply(text()).getBytes(StandardCharsets.ISO_8859_1);
        return new OutFrame(changed, framed(changed), subscription);
    }

    OutFrame withWire(byte[] newWire) {
        return new OutFrame(payload, newWire, subscription);
    }

    private static byte[] framed(byte[] payload) {
        byte[] header = Wire.header(payload.length);
        byte[] wire = new byte[header.length + payload.length];
        System.arraycopy(header, 0, wire, 0, header.length);
        System.arraycopy(payload, 0, wire, header.length, payload.length);
        return wire;
    }
}
