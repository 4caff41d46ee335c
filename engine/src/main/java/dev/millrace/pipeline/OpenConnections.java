package dev.millrace.pipeline;

import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * The connections that the journal shows as connected and neither as lost nor as ended with their session: after a kill
 * the next session writes what became of them. Market thread.
 */
final class OpenConnections implements StatePart {

    private long[] sources = new long[8];
    private int count;

    void onLifecycle(Lifecycle what, MarketEvent event) {
        if (what == Lifecycle.STOPPING) {
            count = 0;
        } else if (what == Lifecycle.CONNECTED) {
            remove(event.source());
            add(event.source());
        } else if (what == Lifecycle.LOST) {
            remove(event.source());
        }
    }

    /** Their sources, the longest open first (cold). */
    long[] sources() {
        return Arrays.copyOf(sources, count);
    }

    private void add(long source) {
        if (count == sources.length) {
            sources = Arrays.copyOf(sources, count * 2);
        }
        sources[count++] = source;
    }

    private void remove(long source) {
        int connection = Source.connection(source);
        for (int i = 0; i < count; i++) {
            if (Source.connection(sources[i]) == connection) {
                System.arraycopy(sources, i + 1, sources, i, --count - i);
                return;
            }
        }
    }

    @Override
    public String stateTag() {
        return "CONN";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeInt(count);
        out.writeLongs(sources, 0, count);
    }

    @Override
    public void readFrom(StateReader in) {
        count = in.count(Long.BYTES);
        sources = new long[Math.max(count, sources.length)];
        in.readLongs(sources, 0, count);
    }
}
