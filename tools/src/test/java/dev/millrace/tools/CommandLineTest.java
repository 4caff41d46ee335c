package dev.millrace.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user types and what comes of it: exit codes, one line for each fault, nothing half-written. */
class CommandLineTest {

    private static final long START_MS = 1_790_294_400_000L;
    private static final int TRADES = 40;

    @TempDir
    Path dir;

    private Path frames;
    private Path journal;

    @BeforeEach
    void recordAMinute() throws IOException {
        frames = Files.write(dir.resolve("frames.txt"), lines(), UTF_8);
        journal = dir.resolve("journal");
    }

    /** An ack, then a trade every two seconds, each received 100 ms after it happened. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(START_MS * 1_000_000 + "\t{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"subscribe\","
                + "\"subscription\":{\"type\":\"trades\",\"coin\":\"BTC\"}}}");
        for (int i = 0; i < TRADES; i++) {
            long ms = START_MS + i * 2_000L;
            lines.add((ms + 100) * 1_000_000
                    + "\t{\"channel\":\"trades\",\"data\":[{\"coin\":\"BTC\",\"side\":\"B\",\"px\":\"100.5\",\"sz\":\"0.25\","
                    + "\"time\":" + ms + ",\"hash\":\"0x0\",\"tid\":" + (1_000 + i)
                    + ",\"users\":[\"0x1\",\"0x2\"]}]}");
        }
        return lines;
    }

    private void imported() {
        CommandRun run = CommandRun.of("journal", "import", frames.toString(), "--journal", journal.toString());
        assertEquals(0, run.code(), run.err());
        assertEquals("41 frames imported, sequences 1 to 45\n", run.out());
    }

    /** Changes a byte of the trade with this number where it lies in the journal. */
    private void damage(int trade) throws IOException {
        Path cycle;
        try (Stream<Path> files = Files.list(journal)) {
            cycle = files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
        try (FileChannel file = FileChannel.open(cycle, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
            file.read(bytes, 0);
            int at = new String(bytes.array(), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .indexOf("\"tid\":" + (1_000 + trade));
            assertTrue(at > 0, "the trade lies in the first MiB");
            file.write(ByteBuffer.wrap(new byte[] {'\''}), at);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldGiveBackTheFramesThatWereImported() throws IOException {
        imported();
        CommandRun verify = CommandRun.of("journal", "verify", journal.toString());
        assertEquals(0, verify.code(), verify.err());
        assertTrue(verify.out().startsWith("sound: 45 records, last sequence 45, "), verify.out());
        Path exported = dir.resolve("out.txt");
        CommandRun export = CommandRun.of("journal", "export", "--to", exported.toString(), journal.toString());
        assertEquals(0, export.code(), export.err());
        assertEquals(
                lines().stream()
                        .map(line -> line.substring(line.indexOf('\t') + 1))
                        .toList(),
                Files.readAllLines(exported));
        CommandRun meta = CommandRun.of(
                "journal", "export", "--meta", "--to", exported.toString(), "--journal", journal.toString());
        assertEquals(0, meta.code(), meta.err());
        String first = lines().get(0);
        assertEquals(
                "3 " + START_MS + "000000 import/1 frame" + first.substring(first.indexOf('\t')),
                Files.readAllLines(exported).get(0));
        CommandRun ls = CommandRun.of("journal", "ls", "--journal", journal.toString());
        assertTrue(ls.out().contains("frame 41, lifecycle 3, session 1"), ls.out());
        assertEquals(List.of("frames.txt", "journal", "out.txt"), names());
    }

    @Test
    void shouldReplayIntoTheColumnsOfTheContract() throws IOException {
        imported();
        Path csv = dir.resolve("bars.csv");
        CommandRun run = CommandRun.of("replay", "--journal", journal.toString(), "--bars-csv", csv.toString());
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("45 records in ") && run.out().contains(": 40 trades accepted, "), run.out());
        List<String> rows = Files.readAllLines(csv);
        assertEquals(
                "symbol,timeframe,start_ms,open,high,low,close,volume,buy_volume,vwap,trade_count,complete,revision",
                rows.get(0));
        assertTrue(
                rows.contains("BTC,1m," + START_MS + ",100.5,100.5,100.5,100.5,7.5,7.5,100.5,30,false,0"),
                () -> String.join("\n", rows));
        assertEquals(List.of("bars.csv", "frames.txt", "journal"), names());
    }

    @Test
    void shouldRefuseDamageWithCodeThreeUnlessAskedToSkipIt() throws IOException {
        imported();
        damage(5);
        damage(6);
        damage(20);
        Path csv = dir.resolve("bars.csv");
        String[] replay = {"replay", "--journal", journal.toString(), "--bars-csv", csv.toString()};
        for (CommandRun run : List.of(CommandRun.of("journal", "verify", journal.toString()), CommandRun.of(replay))) {
            assertEquals(3, run.code(), run.err());
            assertTrue(run.err().contains(".cq4, record 9: CRC32C is "), run.err());
            assertEquals(1, run.errLines().size(), run.err());
        }
        assertFalse(Files.exists(csv), "no bars of half a journal");
        CommandRun skipping = CommandRun.of(
                Stream.concat(Stream.of(replay), Stream.of("--skip-damaged")).toArray(String[]::new));
        assertEquals(0, skipping.code(), skipping.err());
        assertEquals(
                "3 damaged records were skipped; the bars they may have touched are not complete\n", skipping.err());
        assertTrue(skipping.out().startsWith("42 records in "), skipping.out());
        assertEquals(List.of("bars.csv", "frames.txt", "journal"), names());
    }

    @Test
    void shouldCallNoBarCompleteThatASkippedRecordMayHaveTouched() throws IOException {
        imported();
        Path csv = dir.resolve("bars.csv");
        assertEquals(
                0,
                CommandRun.of("replay", journal.toString(), "--bars-csv", csv.toString())
                        .code());
        String whole = complete(csv, 40);
        assertTrue(whole.endsWith(",true,0"), whole);
        damage(20);
        CommandRun.of("replay", journal.toString(), "--bars-csv", csv.toString(), "--skip-damaged");
        assertTrue(complete(csv, 38).contains(",false,"), "just before");
        assertTrue(complete(csv, 60).endsWith(",true,0"), "long after");
    }

    private static String complete(Path csv, int second) throws IOException {
        String start = "BTC,1s," + (START_MS + second * 1_000L) + ",";
        return Files.readAllLines(csv).stream()
                .filter(row -> row.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    /** The old recording is the journal's last session, so its last record is older than its first. */
    @Test
    void shouldLookForATimeBehindWhichAnOlderRecordingWasImported() throws IOException {
        imported();
        Path old = Files.writeString(dir.resolve("old.txt"), "1000000000\t{\"channel\":\"pong\"}\n");
        CommandRun.of("journal", "import", old.toString(), "--journal", journal.toString());
        String first = String.valueOf(START_MS);
        CommandRun found = CommandRun.of("journal", "cat", "--from", first, "--kind", "gap", journal.toString());
        assertEquals(0, found.code(), found.err());
        CommandRun outside = CommandRun.of("journal", "cat", "--from", "2030-01-01", journal.toString());
        assertEquals(2, outside.code(), outside.err());
        assertTrue(outside.err().contains("first record is of 2026-09-25T00:00:00Z, its last of 1970-"), outside.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        journal verify {dir}/none                        | 1 | no journal at {dir}/none: the folder does not exist
        journal verify {dir}                             | 1 | no journal at {dir}: the folder holds no .cq4 files
        journal ls {dir}/frames.txt                      | 1 | it is a file; name the folder
        journal ls                                       | 2 | name the journal's folder once: --journal DIR
        journal cat --kind x {dir}                       | 2 | expected one of [FRAME, REST
        journal export {dir}                             | 2 | Missing required option: '--to=FILE'
        journal import {dir}/none.txt {dir}/new          | 1 | there is no file {dir}/none.txt
        journal import {dir} {dir}/new                   | 1 | cannot read {dir}: Is a directory
        journal import {dir}/frames.txt                  | 2 | name the recordings and the journal's folder
        replay {dir}/none --bars-csv {dir}/b.csv         | 1 | no journal at {dir}/none
        replay {dir}/none --speed fast                   | 2 | --speed: speed 'fast': write 1x, 10x, 0.5x or max
        replay {dir}/none --speed 0x                     | 2 | write 1x, 10x, 0.5x or max
        demo --duration 5                                | 2 | '5' is not a duration; write 500ms, 30s
        demo --rate -5                                   | 2 | write messages a second above 0, or max
        simulate --port 99999                            | 2 | port 99999 must be 0 to 65535
        simulate --file {dir}/none                       | 1 | recording {dir}/none is not a readable file
        simulate --file {dir}/frames.txt --rate 5        | 2 | with --file use --speed
        run --config {dir}/none.conf                     | 2 | --config {dir}/none.conf: there is no such file
        run --set data.dir={dir}/frames.txt              | 2 | data.dir = {dir}/frames.txt: is a file; name a folder
        run --set feed.coin=BTC                          | 2 | unknown key feed.coin; did you mean feed.coins? (--set)
        run --set data.dir=/proc/none                    | 2 | data.dir = /proc/none: cannot be written
        """)
    void shouldSayWhatIsWrongInOneLineAndLeaveNothing(String line, int code, String words) throws IOException {
        CommandRun run = CommandRun.of(line.replace("{dir}", dir.toString()).split(" +", -1));
        assertEquals(code, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(words.replace("{dir}", dir.toString())), run.err());
        assertTrue(run.err().startsWith("millrace " + line.split(" ", -1)[0]), run.err());
        assertEquals(List.of("frames.txt"), names());
    }

    @Test
    void shouldLeaveNoFileWhereNoneCanBeWritten() throws IOException {
        imported();
        for (Path to : List.of(dir.resolve("none/x"), dir)) {
            for (CommandRun run : List.of(
                    CommandRun.of("replay", journal.toString(), "--bars-csv", to.toString()),
                    CommandRun.of("journal", "export", journal.toString(), "--to", to.toString()))) {
                assertEquals(1, run.code(), run.err());
                assertEquals(1, run.errLines().size(), run.err());
                assertTrue(run.err().contains(to.toString()), run.err());
            }
        }
        assertEquals(List.of("frames.txt", "journal"), names());
        assertFalse(Files.exists(dir.resolveSibling(dir.getFileName() + ".tmp")));
    }

    @Test
    void shouldNotImportALineThatIsNoFrame() throws IOException {
        Path bad = Files.writeString(dir.resolve("bad.txt"), lines().get(0) + "\nno time\n");
        CommandRun run = CommandRun.of("journal", "import", frames.toString(), bad.toString(), journal.toString());
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().contains(bad + ", line 2: 'no time' does not begin with a receive time"), run.err());
        assertEquals(List.of("bad.txt", "frames.txt"), names());
    }

    @Test
    void shouldRefuseTheOtherEnvironmentsData() throws IOException {
        Path data = Files.createDirectory(dir.resolve("data"));
        Files.writeString(data.resolve("environment"), "testnet\n");
        CommandRun run = CommandRun.of("run", "--set", "data.dir=" + data);
        assertEquals(2, run.code(), run.err());
        assertEquals(
                "millrace run: data.dir = " + data + ": holds data of testnet, but hyperliquid.environment is mainnet;"
                        + " name another folder for mainnet\n",
                run.err());
        try (Stream<Path> files = Files.list(data)) {
            assertEquals(1, files.count(), "nothing was added");
        }
    }
}
