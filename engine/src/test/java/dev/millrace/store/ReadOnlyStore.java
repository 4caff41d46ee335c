package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeException;
import dev.millrace.lake.LakeWriter;
import java.nio.file.Path;

/** A program: tables and a lake that are to be made on a disk that is mounted read-only, with and without their folders. */
final class ReadOnlyStore {

    private ReadOnlyStore() {}

    /** Takes the folder that the disk is mounted on; it holds a folder {@code there}. */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Path tables = folder.resolve("there/millrace.duckdb");
        assertEquals(
                "cannot write the tables in " + tables
                        + ": no permission, or a disk that is mounted read-only; set data.database to a place that this"
                        + " user may write",
                refusedTables(tables));
        Path deeper = folder.resolve("new/millrace.duckdb");
        assertEquals(
                "cannot write the tables in " + deeper + ": " + folder.resolve("new")
                        + ": Read-only file system; set data.database to a place that this user may write",
                refusedTables(deeper));
        Path lake = folder.resolve("there");
        assertEquals(
                "cannot write the lake " + lake
                        + ": no permission, or a disk that is mounted read-only; set data.lake to a folder that this user"
                        + " may write",
                refusedLake(lake));
        Path missing = folder.resolve("lake");
        assertEquals(
                "cannot write the lake " + missing + ": " + missing
                        + ": Read-only file system; set data.lake to a folder that this user may write",
                refusedLake(missing));
    }

    private static String refusedTables(Path file) {
        return assertThrows(
                        StoreException.class,
                        () -> Database.open(
                                file,
                                file.resolveSibling("lake"),
                                file.resolveSibling("spill"),
                                SomeTables.CONFIG,
                                "test"))
                .getMessage();
    }

    private static String refusedLake(Path folder) {
        return assertThrows(LakeException.class, () -> new LakeWriter(folder, Compression.ZSTD, "test"))
                .getMessage();
    }
}
