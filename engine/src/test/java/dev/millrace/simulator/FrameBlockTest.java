package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameBlockTest {

    private static final long START = 1_790_232_000_000L;

    private final FrameBlock block = new FrameBlock(MarketModel.of(2, START), Mix.standard());

    @Test
    void shouldHoldTheStandardMixForTradesSlowBooksAndMids() {
        Map<Channel, Integer> frames = new EnumMap<>(Channel.class);
        long bytes = 0;
        int total = 0;
        for (int i = 0; i < FrameBlock.FRAMES; i++) {
            var subscription = block.topics().get(block.topic(i));
            boolean standard = subscription.channel() == Channel.TRADES
                    || subscription.channel() == Channel.ALL_MIDS
                    || (subscription.channel() == Channel.L2_BOOK && !subscription.fast());
            if (standard) {
                frames.merge(subscription.channel(), 1, Integer::sum);
                bytes += block.payload(i);
                total++;
            }
        }
        assertEquals(70, 100.0 * frames.get(Channel.TRADES) / total, 1);
        assertEquals(29, 100.0 * frames.get(Channel.L2_BOOK) / total, 1);
        assertEquals(1, 100.0 * frames.get(Channel.ALL_MIDS) / total, 0.3);
        assertEquals(915, (double) bytes / total, 30);
    }

    /** Whatever the round, a frame stays well-formed, keeps its length and carries the time it was given. */
    @Test
    void shouldStayWellFormedInLaterRounds() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < 2_000; i++) {
            long timeMs = START + 86_400_000L * i;
            ByteBuf buffer = Unpooled.buffer();
            block.write(i, timeMs, i * 1_000_003L, buffer);
            int header = Wire.header(block.payload(i)).length;
            assertEquals(header + block.payload(i), buffer.readableBytes());
            JsonNode frame = json.readTree(buffer.toString(header, block.payload(i), StandardCharsets.UTF_8));
            for (JsonNode time : frame.findValues("time")) {
                assertEquals(timeMs, time.longValue());
            }
            for (JsonNode tid : frame.findValues("tid")) {
                assertTrue(tid.longValue() >= 0 && tid.longValue() < 1L << 50, frame::toString);
            }
            assertEquals(block.trades(i), frame.findValues("tid").size());
        }
    }

    /** What a socket that comes later is shown first ends where its stream begins. */
    @Test
    void shouldTellTheLastTradesBeforeAPlaceInTheStream() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Subscription stream = Subscription.trades("BTC");
        assertEquals(0, block.tradesBefore(stream, 0, START).count());
        for (long position : new long[] {500, 5_000, FrameBlock.FRAMES + 3L, 5L * FrameBlock.FRAMES}) {
            FrameBlock.Snapshot snapshot = block.tradesBefore(stream, position, START);
            List<JsonNode> told = new ArrayList<>();
            json.readTree(snapshot.text()).get("data").forEach(told::add);
            List<JsonNode> all = new ArrayList<>();
            for (long at = Math.max(0, position - 20_000); at < position; at++) {
                int frame = (int) (at % FrameBlock.FRAMES);
                if (block.topics().get(block.topic(frame)).equals(stream)) {
                    json.readTree(text(frame, START + at, at / FrameBlock.FRAMES))
                            .get("data")
                            .forEach(all::add);
                }
            }
            assertEquals(snapshot.count(), told.size());
            assertTrue(told.size() >= Math.min(all.size(), CoinMarket.SNAPSHOT_TRADES), () -> "at " + position);
            assertEquals(all.subList(all.size() - told.size(), all.size()), told, () -> "at " + position);
        }
    }

    private String text(int frame, long timeMs, long round) {
        ByteBuf buffer = Unpooled.buffer();
        block.write(frame, timeMs, round, buffer);
        int header = Wire.header(block.payload(frame)).length;
        return buffer.toString(header, block.payload(frame), StandardCharsets.UTF_8);
    }
}
