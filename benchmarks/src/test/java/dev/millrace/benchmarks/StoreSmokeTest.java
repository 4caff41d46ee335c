package dev.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.benchmarks.load.Visibility;
import dev.millrace.lake.LakeBytes;
import dev.millrace.lake.LakeMonth;
import dev.millrace.lake.LakeRate;
import dev.millrace.lake.LakeReaders;
import dev.millrace.store.BarsReading;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mains that measure tables and lake, with a handful of rows: none may rot unnoticed. Their figures mean nothing. */
class StoreSmokeTest {

    @Test
    @Tag("stress")
    @Tag("stress-daemon")
    void shouldReadBarsFromTablesAndMemory() throws IOException, SQLException, InterruptedException {
        BarsReading.main(new String[] {"3", "4", "4"});
        String page = Files.readString(Results.page("bars-reading.md"));
        assertTrue(page.contains("| in order | `bars` | "), page);
        assertTrue(page.contains("| from memory | "), page);
    }

    @Test
    void shouldWriteAPartitionBesideABareWriter() throws IOException {
        LakeRate.main(new String[] {"1000", "2"});
        assertTrue(Files.readString(Results.page("lake-rate.md")).contains("| bare writer, neither | "));
    }

    @Test
    void shouldSayWhatATickTakes() throws IOException, SQLException {
        LakeBytes.main(new String[] {"1000"});
        assertTrue(Files.readString(Results.page("lake-bytes.md")).contains("trade_id | "));
    }

    @Test
    void shouldReadWhileItIsWritten() throws IOException, SQLException, InterruptedException {
        LakeReaders.main(new String[] {"1", "2"});
        assertTrue(
                Files.readString(Results.page("lake-readers.md")).contains("| a reader that opens each file once | "));
    }

    @Test
    void shouldReadAMonth() throws IOException, SQLException {
        LakeMonth.main(new String[] {"2", "1", "2", "100", "3"});
        assertTrue(Files.readString(Results.page("lake-month.md")).contains("a year of 2 symbols | 8,640 | "));
    }

    @Test
    void shouldSeeWhatIsWritten() throws IOException, SQLException, InterruptedException {
        Visibility.main(new String[] {"1", "500"});
        assertTrue(Files.readString(Results.page("visibility.md")).contains("| messages | "));
    }
}
