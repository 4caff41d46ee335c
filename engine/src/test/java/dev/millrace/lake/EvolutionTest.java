package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import dev.millrace.tables.SchemaVersions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an older schema version read together with new ones; a newer version is refused. */
class EvolutionTest {

    private static final Partition OLD = new Partition(Dataset.TICK_DATA, "BTC", LocalDate.of(2026, 11, 21));
    private static final Partition NEW = new Partition(Dataset.TICK_DATA, "BTC", LocalDate.of(2026, 11, 22));
    private static final Schema ONE = Dataset.TICK_DATA.schema();
    private static final Schema TWO = SchemaVersions.with(ONE, "venue", ColumnType.TEXT);

    @TempDir
    Path folder;

    @Test
    void shouldReadAColumnThatCameLaterAsNull() throws SQLException {
        write(OLD, ONE, new RandomRows(1, ONE, OLD).rows(50));
        List<Row> rows = new RandomRows(2, TWO, NEW).rows(50);
        write(NEW, TWO, rows);
        try (PartitionReader old = PartitionReader.open(folder.resolve(OLD.path()), TWO)) {
            assertEquals(1, old.facts().schemaVersion());
            for (int left = 50; left > 0; left--) {
                old.next();
                assertEquals("null", old.row().show(TWO.column("venue")));
            }
            assertFalse(old.next());
        }
        assertEquals(ListCursor.texts(rows), ListCursor.texts(PartitionReader.open(folder.resolve(NEW.path()), TWO)));
        try (DuckDb database = new DuckDb(folder, Dataset.TICK_DATA)) {
            assertEquals("100", database.value("SELECT count(*) FROM lake"));
            assertEquals("50", database.value("SELECT count(*) FROM lake WHERE venue IS NULL AND date = '2026-11-21'"));
        }
    }

    @Test
    void shouldKeepTheDigestWhenAnOldPartitionIsWrittenAnew() {
        List<Row> rows = new RandomRows(1, ONE, OLD).rows(50);
        PartitionFacts before = write(OLD, ONE, rows);
        try (PartitionReader old = PartitionReader.open(folder.resolve(OLD.path()), TWO);
                PartitionWriter writer = writer(OLD, TWO)) {
            while (old.next()) {
                writer.write(old.row());
            }
            PartitionFacts after = writer.finish(SequenceRange.NONE);
            writer.publish();
            assertEquals(2, after.schemaVersion());
            assertEquals(before.digest(), after.digest());
        }
        assertEquals(
                before.digest(),
                PartitionCheck.run(folder.resolve(OLD.path()), OLD, TWO).digest());
    }

    @Test
    void shouldRefuseANewerVersion() {
        write(NEW, TWO, new RandomRows(2, TWO, NEW).rows(5));
        LakeException e = assertThrows(LakeException.class, () -> new Lake(folder).read(NEW));
        assertEquals(
                folder.resolve(NEW.path())
                        + ": its columns are of version 2; this program reads up to 1: use a newer one",
                e.getMessage());
    }

    @Test
    void shouldRefuseAnOldFileWithoutAColumnOfItsVersion() {
        Schema without = SchemaVersions.without(ONE, "journal_seq");
        write(OLD, without, new RandomRows(1, without, OLD).rows(5));
        LakeException e = assertThrows(LakeDamagedException.class, () -> new Lake(folder).read(OLD));
        assertEquals(folder.resolve(OLD.path()) + ": it has no column journal_seq", e.getMessage());
    }

    private PartitionFacts write(Partition partition, Schema schema, List<Row> rows) {
        try (PartitionWriter writer = writer(partition, schema)) {
            rows.forEach(writer::write);
            PartitionFacts facts = writer.finish(SequenceRange.NONE);
            writer.publish();
            return facts;
        }
    }

    private PartitionWriter writer(Partition partition, Schema schema) {
        return PartitionWriter.create(folder, partition, schema, Room.Wish.FOR_GOOD, Compression.ZSTD, "test 1");
    }
}
