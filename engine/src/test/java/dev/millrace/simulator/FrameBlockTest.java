package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.Channel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
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
}
