package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Decimals;
import dev.millrace.market.Timeframe;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BarsCsvTest {

    private final BarsCsv csv = new BarsCsv();

    private static Bar bar(String symbol, String timeframe, long startMs, int revision) {
        Bar bar = new Bar();
        bar.symbolName = symbol;
        bar.timeframe = Timeframe.parse(timeframe);
        bar.basis = Basis.TRADE;
        bar.startMs = startMs;
        bar.revision = revision;
        bar.complete = true;
        bar.open = Decimals.parse("105055");
        bar.high = Decimals.parse("105055.5");
        bar.low = Decimals.parse("0.00011");
        bar.close = Decimals.parse("105050");
        bar.volume.add(Decimals.parse("3"));
        bar.quoteVolume.addProduct(Decimals.ONE, Decimals.parse("2"));
        bar.buyVolume.add(Decimals.parse("1.50"));
        bar.count = 2;
        return bar;
    }

    private static Bar empty(String symbol, long startMs, long price) {
        Bar bar = bar(symbol, "1m", startMs, 0);
        bar.open = price;
        bar.high = price;
        bar.low = price;
        bar.close = price;
        bar.volume.clear();
        bar.quoteVolume.clear();
        bar.buyVolume.clear();
        bar.count = 0;
        return bar;
    }

    @Test
    void shouldWriteTheLastRevisionOfEachBarBySymbolLengthAndStart() throws IOException {
        csv.onBar(bar("ETH", "1h", 0, 0));
        csv.onBar(bar("ETH", "5m", 300_000, 0));
        csv.onBar(bar("ETH", "5m", 0, 0));
        csv.onBar(bar("BTC", "1d", 0, 0));
        csv.onBarRevised(bar("ETH", "5m", 0, 1));
        Bar open = bar("ETH", "5m", 600_000, 0);
        open.complete = false;
        csv.onOpenBar(open);
        Bar mid = bar("AAA", "1m", 0, 0);
        mid.basis = Basis.MID;
        csv.onBar(mid);
        csv.onBar(empty("kPEPE", 60_000, Decimals.parse("0.1")));
        csv.onBar(empty("kPEPE", 120_000, Decimals.NULL_PRICE));
        csv.onBar(empty("A,\"B", 0, Decimals.NULL_PRICE));

        StringBuilder out = new StringBuilder();
        csv.write(out);
        String values = "105055,105055.5,0.00011,105050,3,1.5,0.666666666667,2,";
        assertEquals(
                "symbol,timeframe,start_ms,open,high,low,close,volume,buy_volume,vwap,trade_count,complete,revision\n"
                        + "\"A,\"\"B\",1m,0,,,,,0,0,,0,true,0\n"
                        + "BTC,1d,0," + values + "true,0\n"
                        + "ETH,5m,0," + values + "true,1\n"
                        + "ETH,5m,300000," + values + "true,0\n"
                        + "ETH,5m,600000," + values + "false,0\n"
                        + "ETH,1h,0," + values + "true,0\n"
                        + "kPEPE,1m,60000,0.1,0.1,0.1,0.1,0,0,,0,true,0\n"
                        + "kPEPE,1m,120000,,,,,0,0,,0,true,0\n",
                out.toString());
    }
}
