package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Channel;
import dev.millrace.market.Instrument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules one by one; that they hold together is shown against Jackson. */
class HyperliquidDecoderTest {

    private static final String TRADE =
            "{'coin':'BTC','side':'B','px':'64907.0','sz':'0.00009','time':1785462125804,'hash':'0x14','tid':7}";

    private final Fixture fixture = new Fixture();

    @Test
    void shouldReadATradeExactly() {
        decode("{'channel':'trades','data':[" + TRADE + "]}");

        assertEquals(1, fixture.frame.trades.count);
        assertEquals("BTC", fixture.symbols.name(fixture.frame.trades.symbol[0]));
        assertEquals(6_490_700_000_000L, fixture.frame.trades.price[0]);
        assertEquals(9_000L, fixture.frame.trades.size[0]);
        assertEquals(8, fixture.frame.trades.sizeScale[0]);
        assertEquals(1_785_462_125_804L, fixture.frame.trades.timeMs[0]);
        assertEquals(7L, fixture.frame.trades.tid[0]);
        assertTrue(fixture.frame.trades.buy[0]);
        assertEquals(1_785_462_125_804L, fixture.frame.maxExchangeTimeMs());
    }

    @Test
    void shouldRefuseOneTradeAndKeepItsNeighbours() {
        decode("{'channel':'trades','data':[" + TRADE + "," + TRADE.replace("'B'", "'C'") + "," + TRADE + "]}");

        assertEquals(2, fixture.frame.trades.count);
        assertEquals(1, fixture.frame.refused);
        assertEquals(1, fixture.refused(RefusalReason.SIDE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'px':'64907.0'         |                        | MISSING
            'px':'64907.0'         | 'px':null              | NULL
            'px':'64907.0'         | 'px':true              | WRONG_TYPE
            'px':'64907.0'         | 'px':['64907.0']       | WRONG_TYPE
            'px':'64907.0'         | 'px':'1','px':'1'      | DUPLICATE
            'px':'64907.0'         | 'px':''                | EMPTY
            'px':'64907.0'         | 'px':'6,4'             | NUMBER
            'px':'64907.0'         | 'px':'1e5'             | EXPONENT
            'px':'64907.0'         | 'px':1e5               | EXPONENT
            'px':'64907.0'         | 'px':'0.123456789'     | DECIMALS
            'px':'64907.0'         | 'px':'92233720368.6'   | OVERFLOW
            'px':'64907.0'         | 'px':'0.0'             | PRICE
            'px':'64907.0'         | 'px':'-1.0'            | PRICE
            'sz':'0.00009'         | 'sz':0                 | SIZE
            'sz':'0.00009'         | 'sz':'100000000000'    | OVERFLOW
            'side':'B'             | 'side':'b'             | SIDE
            'side':'B'             | 'side':1               | WRONG_TYPE
            'time':1785462125804   | 'time':0               | TIME
            'time':1785462125804   | 'time':9007199254740992 | TIME
            'time':1785462125804   | 'time':1785462125804.5 | DECIMALS
            'tid':7                | 'tid':-7               | NEGATIVE
            'tid':7                | 'tid':9223372036854775808 | OVERFLOW
            'coin':'BTC'           | 'coin':''              | COIN
            'coin':'BTC'           | 'coin':'B\\n'          | COIN
            """, quoteCharacter = '~')
    void shouldRefuseATradeForItsReason(String field, String replacement, RefusalReason reason) {
        String without = TRADE.replace(field, replacement == null ? "'other':0" : replacement);
        decode("{'channel':'trades','data':[" + without + "]}");

        assertEquals(Channel.TRADES, fixture.frame.channel);
        assertEquals(0, fixture.frame.trades.count);
        assertEquals(1, fixture.frame.refused);
        assertEquals(1, fixture.refused(reason), reason.name());
    }

    @Test
    void shouldScaleSizesByTheInstrumentWhateverStandsFirst() {
        String huge = "{'sz':'200000000000.25','px':'0.00000011','coin':'kPEPE','side':'A','time':1,'tid':0}";
        decode("{'channel':'trades','data':[" + huge + "," + huge.replace(".25", ".12345") + "]}");

        assertEquals(1, fixture.frame.trades.count);
        assertEquals(2_000_000_000_002_500L, fixture.frame.trades.size[0]);
        assertEquals(4, fixture.frame.trades.sizeScale[0]);
        assertEquals(1, fixture.refused(RefusalReason.DECIMALS));
    }

    @Test
    void shouldTakeUpMetadataThatComesAfterTheSymbol() {
        String frame = "{'channel':'l2Book','data':{'levels':[[{'px':'2','sz':'1.5','n':1}],[]],'time':1,'coin':'X'}}";
        decode(frame);
        assertEquals(150_000_000L, fixture.frame.book.bids.size[0]);
        fixture.instruments.update(List.of(new Instrument("X", 0, 2, false, false, 0, false, 1)));
        decode(frame);
        assertEquals(15_000L, fixture.frame.book.bids.size[0]);
        assertEquals(4, fixture.frame.book.bids.sizeScale);
    }

    @Test
    void shouldTellFastBooksFromSlowOnes() {
        String book = "{'channel':'l2Book','data':{'coin':'BTC','time':5,'levels':[[],[]]FAST}}";
        decode(book.replace("FAST", ",'fast':true"));
        assertTrue(fixture.frame.book.valid && fixture.frame.book.fast);
        decode(book.replace("FAST", ""));
        assertTrue(fixture.frame.book.valid);
        assertFalse(fixture.frame.book.fast);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [2,1]   | [3,4]   |
            []      | [3]     |
            [1,2]   | [3]     | UNSORTED
            [1,1]   | [3]     | UNSORTED
            [1]     | [4,3]   | UNSORTED
            [3]     | [3]     | CROSSED
            [4]     | [3]     | CROSSED
            [2]     | 7       | WRONG_TYPE
            [2]     | [3],[4] | WRONG_TYPE
            """)
    void shouldAcceptOnlyBooksInOrder(String bids, String asks, RefusalReason reason) {
        String levels = (bids + "," + asks).replaceAll("(?<=[\\[,])([1-4])(?=[],])", "{'px':'$1','sz':'1','n':1}");
        decode("{'channel':'l2Book','data':{'coin':'BTC','time':5,'levels':[" + levels + "]}}");

        assertEquals(reason == null, fixture.frame.book.valid);
        assertEquals(reason == null, fixture.frame.hasExchangeTime());
        assertEquals(reason == null ? 0 : 1, fixture.frame.refused);
        if (reason != null) {
            assertEquals(1, fixture.refused(reason));
        }
    }

    @Test
    void shouldReadABboWithoutABid() {
        decode("{'channel':'bbo','data':{'coin':'BTC','time':5,'bbo':[null,{'px':'1','sz':'1','n':1}]}}");

        assertTrue(fixture.frame.bbo.valid);
        assertEquals(0, fixture.frame.bbo.bids.count);
        assertEquals(1, fixture.frame.bbo.asks.count);
    }

    @Test
    void shouldUnderstandAcknowledgementsByMeaning() {
        decode("{'data':{'subscription':{'fast':true,'mantissa':null,'coin':'BTC','type':'l2Book','nSigFigs':null},"
                + "'method':'unsubscribe'},'channel':'subscriptionResponse'}");
        assertTrue(fixture.frame.ack.valid && fixture.frame.ack.fast);
        assertFalse(fixture.frame.ack.subscribe);
        assertEquals(Channel.L2_BOOK, fixture.frame.ack.channel);
        assertEquals("BTC", fixture.symbols.name(fixture.frame.ack.symbol));

        decode("{'channel':'subscriptionResponse','data':{'method':'subscribe','subscription':"
                + "{'type':'candle','interval':'1d','coin':'BTC'}}}");
        assertEquals("1d", fixture.frame.ack.interval);
        assertFalse(fixture.frame.ack.fast);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Websocket connection established.",
                "null",
                "[]",
                "{}",
                "{'channel':null}",
                "{'channel':'pong','channel':'pong'}",
                "{'channel':'pong'} x",
                "{'channel':'pong'",
                "{'channel':'trades','data':[}",
                "{'channel':'trades','data':[],'data':[]}",
            })
    void shouldCallItNotAMessage(String text) {
        decode(text);

        assertEquals(Channel.NOT_A_MESSAGE, fixture.frame.channel);
        assertEquals(1, fixture.frames(Channel.NOT_A_MESSAGE));
    }

    @Test
    void shouldSurviveAMillionBrackets() {
        decode("{'channel':'x','data':" + "[".repeat(1_000_000));

        assertEquals(Channel.NOT_A_MESSAGE, fixture.frame.channel);
    }

    @Test
    void shouldCountNothingOfAFrameThatBreaksOff() {
        decode("{'channel':'trades','data':[" + TRADE.replace("'B'", "'C'") + ",");

        assertEquals(0, fixture.frame.trades.count);
        assertEquals(0, fixture.frame.refused);
        assertEquals(0, fixture.refused(RefusalReason.SIDE));
    }

    @Test
    void shouldCountUnknownKeysAndChannels() {
        decode("{'channel':'webData3','data':{'px':1},'new':[{}]}");

        assertEquals(Channel.UNKNOWN, fixture.frame.channel);
        assertEquals(1, fixture.frames(Channel.UNKNOWN));
        assertEquals(1, fixture.counters.value("codec.unknown-keys"));
    }

    @Test
    void shouldForgetTheFrameBefore() {
        decode("{'channel':'trades','data':[" + TRADE + "]}");
        decode("{'channel':'pong'}");

        assertEquals(Channel.PONG, fixture.frame.channel);
        assertEquals(0, fixture.frame.trades.count);
        assertFalse(fixture.frame.hasExchangeTime());
    }

    @Test
    void shouldDecodeEscapesInNamesKeysAndNumbers() {
        String escaped = TRADE.replace("'BTC'", "'\\u0042T\\u0043'")
                .replace("'px'", "'\\u0070x'")
                .replace("64907.0", "6490\\u0037.0");
        decode("{'channel':'tr\\u0061des','data':[" + TRADE + "," + escaped + "]}");

        assertEquals(2, fixture.frame.trades.count);
        assertEquals(fixture.frame.trades.symbol[0], fixture.frame.trades.symbol[1]);
        assertEquals(fixture.frame.trades.price[0], fixture.frame.trades.price[1]);
    }

    private void decode(String text) {
        fixture.decode(text.replace('\'', '"'));
    }
}
