package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.collections.Int2ObjectHashMap;

/** The streams of now, in the order of their first acknowledgement, and those of each symbol. Market thread. */
final class Streams {

    private static final List<Stream> NO_STREAMS = new ArrayList<>(0);

    private final List<Stream> all = new ArrayList<>();
    private final Int2ObjectHashMap<List<Stream>> bySymbol = new Int2ObjectHashMap<>();

    int size() {
        return all.size();
    }

    Stream get(int index) {
        return all.get(index);
    }

    /** Those of one symbol; mids are of symbol 0. Not to be changed. */
    List<Stream> of(int symbol) {
        List<Stream> known = bySymbol.get(symbol);
        return known == null ? NO_STREAMS : known;
    }

    /**
     * Null when it is not subscribed.
     *
     * @param detail as {@link Stream#detail}; null is nobody's
     */
    Stream find(int connection, StreamKind asked, int symbol, String detail) {
        List<Stream> some = of(symbol);
        for (int i = 0; i < some.size(); i++) {
            Stream stream = some.get(i);
            if (stream.connection == connection && stream.asked == asked && stream.detail.equals(detail)) {
                return stream;
            }
        }
        return null;
    }

    /** Whether any connection has the subscription of this one. */
    boolean isSubscribed(Stream like) {
        List<Stream> some = of(like.symbol);
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i).sameSubscription(like)) {
                return true;
            }
        }
        return false;
    }

    void add(Stream stream) {
        all.add(stream);
        bySymbol.computeIfAbsent(stream.symbol, symbol -> new ArrayList<>()).add(stream);
    }

    void removeIf(Predicate<Stream> which) {
        all.removeIf(which);
        bySymbol.values().forEach(some -> some.removeIf(which));
    }

    void writeTo(StateWriter out) {
        out.writeInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).writeTo(out);
        }
    }

    void readFrom(StateReader in) {
        for (int left = in.count(Cadence.WINDOW * Integer.BYTES); left > 0; left--) {
            add(Stream.readFrom(in));
        }
    }
}
