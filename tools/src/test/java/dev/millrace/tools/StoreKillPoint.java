package dev.millrace.tools;

/**
 * Where a daemon is killed that fills tables and lake: just before a line of its sources is run, found by its text, or on
 * entry to a method.
 */
enum StoreKillPoint {
    RANDOM_TIME("at a random time", StoreKillPhase.ANY, "", "", 1),

    UNSYNCED("flush: journal not synced", StoreKillPhase.LIFE, "store.Flusher", "beforeCommit.run();", 8),
    HALF_A_BATCH(
            "flush: ticks appended, bars not",
            StoreKillPhase.LIFE,
            "store.BatchWriter",
            "merge(batch.of(staged.table), staged);",
            8),
    STAGED("flush: bars staged", StoreKillPhase.LIFE, "store.BatchWriter", "statement.execute(Migrations.sql(", 8),
    BEFORE_COMMIT("flush: before the commit", StoreKillPhase.LIFE, "store.BatchWriter", "connection.commit();", 8),
    AFTER_COMMIT(
            "flush: after the commit", StoreKillPhase.LIFE, "store.BatchWriter", "position = new Position(batch.", 8),
    READER_BEHIND(
            "flush: the journal's reader not told", StoreKillPhase.LIFE, "store.Flusher", "committed.accept(batch.", 8),

    HALF_A_FILE("lake: mid-file", StoreKillPhase.LIFE, "lake.PartitionWriter", "parquet.write(row);", 150),
    UNSEALED("lake: before the checksum", StoreKillPhase.LIFE, "lake.PartitionWriter", "FileChecksum.seal(", 3),
    UNFORCED("lake: before fsync", StoreKillPhase.LIFE, "lake.PartitionWriter", "channel.force(true);", 3),
    NOT_READ_BACK("lake: after fsync, not read back", StoreKillPhase.LIFE, "lake.PartitionWriter", "readBack();", 3),
    BEFORE_RENAME("lake: before rename", StoreKillPhase.LIFE, "lake.PartitionWriter", "LakeFiles.publish(", 3),
    AFTER_RENAME("lake: after rename", StoreKillPhase.LIFE, "lake.LakeFiles", "force(file.getParent());", 3),
    MERGING("lake: late rows, before the merge", StoreKillPhase.LIFE, "lake.LakeWriter", "new MergedRows(", 2),
    UNNOTED("lake: written, not noted", StoreKillPhase.LIFE, "store.Roller", "HotDay.Side.HOT, facts)", 1),
    FILE_READ("lake: before the verification", StoreKillPhase.LIFE, "store.Roller", "lake.lake().verify(", 1),
    BEFORE_FLIP("flip: before", StoreKillPhase.LIFE, "store.Roller", "flusher.call(owner -> flip(", 2),
    HALF_A_FLIP("flip: side set, rows not deleted", StoreKillPhase.LIFE, "store.Partitions", "delete(connection,", 2),
    FLIP_UNCOMMITTED("flip: before the commit", StoreKillPhase.LIFE, "store.Partitions", "connection.commit();", 2),
    FLIPPED("flip: after the commit", StoreKillPhase.LIFE, "store.Roller", "flips.increment();", 2),
    HALF_IN_ORDER("order: half copied", StoreKillPhase.LIFE, "store.BarsInOrder", "slices.next().copy(owner);", 3),
    ORDER_UNCOMMITTED(
            "order: first table dropped, not committed",
            StoreKillPhase.LIFE,
            "store.BarsInOrder",
            "statement.execute(\"ALTER TABLE \"",
            1),

    NO_SCHEMA("migration: before", StoreKillPhase.NO_TABLES, "store.Migrations", "statement.execute(statements)", 1),
    SCHEMA_UNNOTED(
            "migration: tables made, version not noted",
            StoreKillPhase.NO_TABLES,
            "store.Migrations",
            "note(connection, version",
            1),
    SCHEMA_UNCOMMITTED(
            "migration: before the commit", StoreKillPhase.NO_TABLES, "store.Migrations", "connection.commit();", 1),
    MADE_ANEW(
            "tables made anew: half caught up",
            StoreKillPhase.NO_TABLES,
            "store.BatchWriter",
            "connection.commit();",
            2),

    REBUILD_REPLAYED(
            "rebuild: replayed, nothing replaced", StoreKillPhase.REBUILD, "store.DayRebuild", "stage.clear();", 1),
    REBUILD_UNCOMMITTED(
            "rebuild: before the tables' commit", StoreKillPhase.REBUILD, "store.DayRebuild", "owner.commit();", 1),
    REBUILD_FILES_OLD(
            "rebuild: tables replaced, files not", StoreKillPhase.REBUILD, "store.DayRebuild", "replaceFile(one);", 1),
    REBUILD_BEFORE_RENAME(
            "rebuild: before rename", StoreKillPhase.REBUILD, "lake.PartitionWriter", "LakeFiles.publish(", 1),
    REBUILD_AFTER_RENAME(
            "rebuild: after rename, before the flip",
            StoreKillPhase.REBUILD,
            "store.DayRebuild",
            "Partitions.flip(owner,",
            1),
    REBUILD_HALF_A_FLIP(
            "rebuild: before the flip's commit", StoreKillPhase.REBUILD, "store.Partitions", "connection.commit();", 1),
    REBUILT_A_DAY(
            "rebuild: a day replaced, not read again",
            StoreKillPhase.REBUILD,
            "store.DayRebuild",
            "return done(all, outdated);",
            1),

    AT_POSITION("start: at the position", StoreKillPhase.LIFE, "StoreRole", "lake = rolling;", 1),
    STOPPING("stop: before the last flush", StoreKillPhase.STOP, "StoreRole", "flusher.finish();", 1),
    CLOSING("stop: before the database closes", StoreKillPhase.STOP, "store.Database", "close()", 1);

    private final String label;
    private final StoreKillPhase phase;
    private final String type;
    private final String place;
    private final int most;

    /**
     * @param type as {@link Breakpoint#at} takes it
     * @param place likewise
     * @param most times that it is passed before the kill, the last one included
     */
    StoreKillPoint(String label, StoreKillPhase phase, String type, String place, int most) {
        this.label = label;
        this.phase = phase;
        this.type = type;
        this.place = place;
        this.most = most;
    }

    String label() {
        return label;
    }

    StoreKillPhase phase() {
        return phase;
    }

    int most() {
        return most;
    }

    Breakpoint breakpoint() {
        return Breakpoint.at(type, place);
    }
}
