package dev.millrace.feed;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sockets in memory and a time that the test moves, all on the test's own thread. */
final class ManualNetwork implements Network {

    private final ManualIoEventLoop loop;
    private final Ticker time;
    private final LocalAddress venue;
    private final Runnable turn;
    private final List<LocalChannel> channels = new ArrayList<>();

    /** @param turn lets the world go on a little, this loop included, while somebody waits */
    ManualNetwork(Ticker time, LocalAddress venue, Runnable turn) {
        this.time = time;
        this.venue = venue;
        this.turn = turn;
        loop = new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), time);
    }

    /** Does what is due now; tells how much it was. */
    int run() {
        return loop.runNow();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Bootstrap bootstrap(Endpoint endpoint) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(this::channel)
                .disableResolver() // Netty's remembers each loop for ever
                // What a killed feed held goes with its heap.
                .option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false, true))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .remoteAddress(venue);
    }

    private LocalChannel channel() {
        LocalChannel channel = new LocalChannel();
        channels.add(channel);
        return channel;
    }

    /** Lets go of all sockets without telling anyone, as the death of a process does. */
    void abandon() {
        channels.forEach(channel -> channel.unsafe().closeForcibly());
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public boolean await(Future<?> done, Duration limit) {
        long endNs = nanoTime() + limit.toNanos();
        while (!done.isDone() && nanoTime() < endNs) {
            turn.run();
        }
        return done.isDone();
    }

    /** It has no thread. */
    @Override
    public boolean close(Duration limit) {
        return true;
    }
}
