package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Feeds a socket from the {@link FrameBlock}: at a rate, or whenever it takes bytes. It begins once no subscription has
 * come for a moment, so that what a client subscribes to in one go starts together.
 */
final class BlockStream implements FrameStream {

    private static final int BATCH_BYTES = 1 << 17;
    private static final int LARGEST_FRAME = 1 << 16;
    /** Then other tasks of the event loop have their turn. */
    private static final int BATCHES_PER_TURN = 16;

    private final Session session;
    private final Exchange exchange;
    private final FrameBlock block;
    private final Pace pace;
    private final Set<Subscription> subscribed = new HashSet<>();
    /** Whose snapshots go out right before the stream. */
    private final List<Topic> waiting = new ArrayList<>();

    private int[] selected = {};
    private Tally.Row[] rows = {};
    private Future<?> pending;
    private boolean running;
    private boolean queued;
    private int position;
    private long round;
    private long sent;
    private long beganNs;
    private long beganMs;

    BlockStream(Session session, Exchange exchange) {
        this.session = session;
        this.exchange = exchange;
        this.block = exchange.block();
        this.pace = exchange.config().pace();
    }

    @Override
    public void add(Topic topic) {
        if (!topic.aggregated()) {
            subscribed.add(topic.subscription());
            select();
        }
        if (isJoining()) {
            waiting.add(topic);
        } else {
            session.sendSnapshot(topic, exchange.elapsedMs());
        }
        if (!running) {
            cancelPending();
            pending = session.loop().schedule(this::begin, Exchange.SETTLE_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether another socket is far ahead: at MAX pace the market moves on by thousands of frames before this one begins. */
    private boolean isJoining() {
        return !running && pace.kind() == Pace.Kind.MAX && exchange.streamPosition() > 0;
    }

    @Override
    public void remove(Topic topic) {
        waiting.remove(topic);
        subscribed.remove(topic.subscription());
        select();
    }

    @Override
    public void onWritable() {
        if (running) {
            pump();
        }
    }

    @Override
    public void close() {
        running = false;
        cancelPending();
    }

    private void cancelPending() {
        if (pending != null) {
            pending.cancel(false);
        }
    }

    private void select() {
        List<Subscription> topics = block.topics();
        rows = new Tally.Row[topics.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = subscribed.contains(topics.get(i)) ? session.row(topics.get(i)) : null;
        }
        int count = 0;
        int[] frames = new int[FrameBlock.FRAMES];
        for (int i = 0; i < FrameBlock.FRAMES; i++) {
            if (rows[block.topic(i)] != null) {
                frames[count++] = i;
            }
        }
        selected = Arrays.copyOf(frames, count);
        resume();
    }

    /** Goes on where the exchange's stream is, so that exchange time never runs back, on a second socket either. */
    private void resume() {
        round = exchange.streamPosition() / FrameBlock.FRAMES;
        int found = Arrays.binarySearch(selected, (int) (exchange.streamPosition() % FrameBlock.FRAMES));
        position = found < 0 ? -found - 1 : found;
        if (position == selected.length) {
            position = 0;
            round++;
        }
    }

    private void begin() {
        running = true;
        resume();
        beganNs = exchange.nowNs();
        beganMs = exchange.elapsedMs();
        exchange.streamBegan();
        waiting.forEach(this::sendSnapshotHere);
        waiting.clear();
        if (pace.kind() == Pace.Kind.MAX) {
            pump();
        } else {
            pending = session.loop().scheduleAtFixedRate(this::pump, 0, 1, TimeUnit.MILLISECONDS);
        }
    }

    /** Of trades the last that the stream held before the place where this socket begins, so that nothing lies between. */
    private void sendSnapshotHere(Topic topic) {
        FrameBlock.Snapshot trades = topic.channel() == Channel.TRADES
                ? block.tradesBefore(
                        topic.subscription(),
                        exchange.streamPosition(),
                        exchange.config().market().startMs())
                : FrameBlock.Snapshot.NONE;
        if (trades.count() == 0) {
            session.sendSnapshot(topic, exchange.elapsedMs());
        } else {
            session.send(topic, trades.text().getBytes(StandardCharsets.US_ASCII), trades.count());
        }
    }

    private void pump() {
        queued = false;
        for (int i = 0; i < BATCHES_PER_TURN && running && due() > 0 && session.isWritable(); i++) {
            session.writeAndFlush(batch(due()));
        }
        if (pace.kind() == Pace.Kind.MAX && running && due() > 0 && session.isWritable() && !queued) {
            queued = true;
            session.loop().execute(this::pump);
        }
    }

    /** Frames that may be sent now; at a rate those that are late count too. */
    private long due() {
        if (selected.length == 0) {
            return 0;
        }
        if (pace.kind() == Pace.Kind.MAX) {
            return Long.MAX_VALUE;
        }
        return (long) ((exchange.nowNs() - beganNs) / 1e9 * pace.perSecond()) - sent;
    }

    private ByteBuf batch(long most) {
        ByteBuf batch = session.buffer(BATCH_BYTES + LARGEST_FRAME);
        long startMs = exchange.config().market().startMs();
        for (long frames = 0; frames < most && batch.writerIndex() < BATCH_BYTES; frames++) {
            int frame = selected[position];
            block.write(frame, startMs + elapsedMs(), round, batch);
            rows[block.topic(frame)].add(block.payload(frame), block.trades(frame));
            if (++position == selected.length) {
                position = 0;
                round++;
            }
            sent++;
        }
        exchange.advanceStream(position(), elapsedMs());
        return batch;
    }

    /** Exchange time of the next frame, from the start: at MAX pace by its place, at a rate by what was sent. */
    private long elapsedMs() {
        if (pace.kind() == Pace.Kind.MAX) {
            return position();
        }
        return exchange.realTime() ? exchange.elapsedMs() : beganMs + (long) (sent * 1_000 / pace.perSecond());
    }

    private long position() {
        return round * FrameBlock.FRAMES + selected[position];
    }
}
