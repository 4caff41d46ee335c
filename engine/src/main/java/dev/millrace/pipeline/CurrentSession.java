package dev.millrace.pipeline;

import dev.millrace.config.SessionHeader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.StateException;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/** The last session header passed, as it stands in the journal: where the settings come from. Market thread. */
final class CurrentSession implements StatePart {

    private byte[] payload = {};

    /** Whether there was one. */
    boolean isBegun() {
        return payload.length > 0;
    }

    SessionHeader begin(MarketEvent event) {
        payload = Arrays.copyOf(event.bytes(), event.length());
        return header();
    }

    SessionHeader header() {
        return SessionHeader.parse(payload, payload.length);
    }

    @Override
    public String stateTag() {
        return "SESS";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeBytes(payload, payload.length);
    }

    @Override
    public void readFrom(StateReader in) {
        payload = in.readBytes();
        if (!isBegun()) {
            throw new StateException("section " + stateTag() + " holds no session header");
        }
    }
}
