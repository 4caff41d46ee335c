package dev.millrace.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The streams that were told to be mute or slow, one a subscription, until they are told to be well: subscribing anew begins
 * another stream, and when that is ill too, nothing has changed. Market thread.
 */
final class IllStreams {

    /** A stream and what was told of it. */
    private record Told(Stream stream, StreamState state) {

        boolean isLike(Told other) {
            return state == other.state
                    && stream.connection == other.stream.connection
                    && stream.sameSubscription(other.stream);
        }
    }

    private final Streams streams;
    private final List<Told> told = new ArrayList<>();

    IllStreams(Streams streams) {
        this.streams = streams;
    }

    /** Whether an ill stream is to be told, since nothing like it was; it counts as told then. */
    boolean add(Stream stream) {
        Told now = new Told(stream, stream.state);
        if (told.stream().anyMatch(now::isLike)) {
            return false;
        }
        told.removeIf(before -> before.stream.sameSubscription(stream));
        told.add(now);
        return true;
    }

    /** Lets go of those that have ended being ill, and tells the stream that is well in the place of each. */
    void removeWell(Consumer<Stream> well) {
        told.removeIf(ill -> {
            Optional<Stream> live = wellInsteadOf(ill.stream);
            live.ifPresent(well);
            return live.isPresent();
        });
    }

    /** It may be well as another stream, for subscribing anew and a replacement both end the old one. */
    private Optional<Stream> wellInsteadOf(Stream ill) {
        Stream live = null;
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (stream.sameSubscription(ill)) {
                if (!stream.state.isQuiet()) {
                    return Optional.empty();
                }
                live = stream.state == StreamState.LIVE ? stream : live;
            }
        }
        return Optional.ofNullable(live);
    }
}
