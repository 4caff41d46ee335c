package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.HyperliquidConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection in a time that moves by hand, to a venue that accepts it and says nothing. */
class ConnectionTest {

    private final MockTicker time = Ticker.newMockTicker();
    private final ManualIoEventLoop venue =
            new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), time);
    private final LocalAddress address = new LocalAddress(ConnectionTest.class);
    private final ManualNetwork network = new ManualNetwork(time, address, this::turn);

    @Test
    void shouldEndWithTheReasonWhenWhoOwnsItThrows() {
        listen();
        List<String> losses = new ArrayList<>();
        FeedParts parts = parts();
        Connection connection = new Connection(1, parts, List.of(), new Connection.Owner() {
            @Override
            public void onConnected(Connection connected) {
                // It never is.
            }

            @Override
            public void onTick(Connection current) {
                throw new IllegalStateException("a bug of the owner");
            }

            @Override
            public void onLost(Connection gone, String reason) {
                losses.add(reason);
            }
        });
        connection.open(network.bootstrap(parts.endpoint()));
        for (int ms = 0; ms < 100; ms++) {
            time.advance(1, TimeUnit.MILLISECONDS);
            turn();
        }
        assertEquals(List.of("a bug of the owner"), losses);
    }

    private void listen() {
        var unused = new ServerBootstrap()
                .group(venue)
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        // It says nothing.
                    }
                })
                .bind(address);
        turn();
    }

    private FeedParts parts() {
        FeedSetup setup = new FeedSetup(URI.create("ws://venue.test/ws"));
        FeedCounters counters = new FeedCounters(setup.counters);
        URI rest = URI.create("http://venue.test");
        Endpoint endpoint = Endpoint.of(new HyperliquidConfig("testnet", setup.url, rest, Optional.empty()));
        Intake intake = new Intake(new RecordingSink(), counters, network, bug -> {
            throw new AssertionError(bug);
        });
        return new FeedParts(
                setup.config(),
                endpoint,
                new VenueBudget(setup.limits),
                setup.clockNs::incrementAndGet,
                network,
                intake,
                counters);
    }

    private void turn() {
        while (network.run() + venue.runNow() > 0) {
            // What was done may have given the other side something to do.
        }
    }
}
