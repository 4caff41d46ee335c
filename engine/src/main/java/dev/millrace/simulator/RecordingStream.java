package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Plays a recording to one socket, byte for byte: the frames that the client subscribed to, in recorded order. It begins
 * once no subscription has come for a moment; after the last frame the socket is closed, unless the recording loops.
 */
final class RecordingStream implements FrameStream {

    private static final int BATCH_BYTES = 1 << 17;
    private static final int BATCHES_PER_TURN = 16;

    private final Session session;
    private final Exchange exchange;
    private final Recording recording;
    private final Map<Subscription, Tally.Row> subscribed = new HashMap<>();
    private RecordedFrames frames;
    private RecordedFrame next;
    private Future<?> pending;
    private boolean running;
    private long firstNs;
    private long beganNs;
    private long sentThisTime;

    RecordingStream(Session session, Exchange exchange, Recording recording) {
        this.session = session;
        this.exchange = exchange;
        this.recording = recording;
    }

    @Override
    public void add(Topic topic) {
        subscribed.put(topic.subscription(), session.row(topic.subscription()));
        if (!running) {
            wake(Exchange.SETTLE_MS * 1_000_000L, this::begin);
        }
    }

    @Override
    public void remove(Topic topic) {
        subscribed.remove(topic.subscription());
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
        if (pending != null) {
            pending.cancel(false);
        }
        try {
            if (frames != null) {
                frames.close();
            }
        } catch (IOException e) {
            exchange.report("the recording could not be closed", e);
        }
        frames = null;
    }

    private void wake(long delayNs, Runnable task) {
        if (pending != null) {
            pending.cancel(false);
        }
        pending = session.loop().schedule(task, delayNs, TimeUnit.NANOSECONDS);
    }

    private void begin() {
        running = true;
        exchange.streamBegan();
        rewind();
        pump();
    }

    private void rewind() {
        firstNs = 0;
        sentThisTime = 0;
    }

    private void pump() {
        try {
            for (int i = 0; i < BATCHES_PER_TURN && running && session.isWritable(); i++) {
                if (!sendBatch()) {
                    return;
                }
            }
        } catch (IOException e) {
            exchange.report("the recording could not be read", e);
            session.fail(e.getMessage());
            return;
        }
        if (running && session.isWritable()) {
            wake(0, this::pump);
        }
    }

    /** False when there is nothing more to send now. */
    private boolean sendBatch() throws IOException {
        ByteBuf batch = session.buffer(BATCH_BYTES);
        long waitNs;
        try {
            waitNs = fill(batch);
        } catch (IOException e) {
            batch.release();
            throw e;
        }
        if (batch.isReadable()) {
            session.writeAndFlush(batch);
        } else {
            batch.release();
        }
        if (next == null && frames == null) {
            return atEnd();
        }
        if (waitNs > 0) {
            wake(waitNs, this::pump);
        }
        return waitNs <= 0;
    }

    /** How long to wait for the frame that did not go into the batch; 0 when it is full or the recording ended. */
    private long fill(ByteBuf batch) throws IOException {
        while (batch.writerIndex() < BATCH_BYTES && load()) {
            long waitNs = waitNs();
            if (waitNs > 0) {
                return waitNs;
            }
            append(batch);
            next = null;
        }
        return 0;
    }

    /** Makes {@link #next} the next frame; false at the end of the recording. */
    private boolean load() throws IOException {
        if (frames == null) {
            frames = recording.source().open();
        }
        if (next == null) {
            Optional<RecordedFrame> read = frames.next();
            if (read.isEmpty()) {
                frames.close();
                frames = null;
                return false;
            }
            next = read.get();
        }
        return true;
    }

    private boolean atEnd() {
        if (!recording.loop()) {
            running = false;
            session.end();
            return false;
        }
        boolean idle = sentThisTime == 0;
        rewind();
        if (idle) {
            running = false;
        }
        return !idle;
    }

    private long waitNs() {
        long receiveNs = next.receiveNs();
        if (!recording.paced() || receiveNs == 0) {
            return 0;
        }
        if (firstNs == 0) {
            firstNs = receiveNs;
            beganNs = System.nanoTime();
        }
        return beganNs + (long) ((receiveNs - firstNs) / recording.speed()) - System.nanoTime();
    }

    private void append(ByteBuf batch) {
        Optional<FrameRoute> route = FrameRoute.of(next.bytes());
        Tally.Row row = route.isEmpty() ? null : subscribed.get(route.get().subscription());
        if (row != null) {
            batch.writeBytes(Wire.header(next.bytes().length)).writeBytes(next.bytes());
            row.add(next.bytes().length, route.get().trades());
            sentThisTime++;
        }
    }
}
