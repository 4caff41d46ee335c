package dev.millrace.tools;

/**
 * Where a daemon is killed: just before a line of its sources is run, found by its text, or on entry to a method of
 * Chronicle Queue.
 */
enum KillPoint {
    RANDOM_TIME("at a random time", KillPhase.ANY, "", "", 1),
    HALF_A_RECORD("within a record", KillPhase.LIFE, "journal.JournalWriter", "bytes.write(payload, 0, length);", 150),
    UNCOMMITTED("record not committed", KillPhase.LIFE, "journal.JournalWriter", "document.close();", 150),
    AFTER_APPEND("after append, before the market", KillPhase.LIFE, "pipeline.Handlers", "market.onEvent(event);", 150),
    GAP_UNWRITTEN("gap derived, not written", KillPhase.LIFE, "pipeline.GapAnnotations", "GapRecord.encode(", 1),
    MID_SNAPSHOT("mid-snapshot", KillPhase.LIFE, "state.SnapshotFile", "writeAll(file, end);", 4),
    SNAPSHOT_UNSYNCED("snapshot written, not synced", KillPhase.LIFE, "state.SnapshotFile", "file.force(true);", 4),
    BEFORE_RENAME("snapshot before its rename", KillPhase.LIFE, "state.SnapshotFile", "Files.move(temporary, file", 4),
    AFTER_RENAME("snapshot after its rename", KillPhase.LIFE, "state.SnapshotFile", "FileChannel folder =", 4),
    BEFORE_PRUNE("old snapshots not deleted", KillPhase.LIFE, "state.Snapshots", "journal.passed(folder.prune(", 4),
    READER_BEHIND("old snapshots deleted", KillPhase.LIFE, "journal.Readers", "if (sequence > before) {", 4),
    BARS_UNFLUSHED("bar log before its flush", KillPhase.LIFE, "barlog.BarLogWriter", "file.flush();", 2),
    BARS_UNSYNCED("bar log before its sync", KillPhase.LIFE, "barlog.BarLogWriter", "file.force();", 2),

    OLD_HOUR_OPEN(
            "mid-roll: old hour not ended", KillPhase.ROLL, Breakpoint.CHRONICLE + "StoreAppender", "rollCycleTo()", 1),
    NO_NEW_HOUR("mid-roll: old hour ended", KillPhase.ROLL, Breakpoint.CHRONICLE + "StoreAppender", "setCycle2()", 1),
    HALF_AN_HOUR(
            "mid-roll: new file half made",
            KillPhase.ROLL,
            Breakpoint.CHRONICLE + "SingleChronicleQueue$StoreSupplier",
            "createIndexThenUpdateHeader()",
            1),
    EMPTY_HOUR(
            "mid-roll: new hour empty", KillPhase.ROLL, Breakpoint.CHRONICLE + "SingleChronicleQueue", "onRoll()", 1),
    NEW_HOUR("after a roll", KillPhase.ROLL, "pipeline.Handlers", "market.onEvent(event);", 120),

    MID_COMPRESSION("mid-compression", KillPhase.COMPRESSION, "journal.CycleArchive", "out.close();", 1),
    UNPROVEN("compressed, not read back", KillPhase.COMPRESSION, "journal.CycleArchive", "byte[] back = digest(", 1),
    UNNAMED("compressed, before its rename", KillPhase.COMPRESSION, "journal.CycleArchive", "Files.move(temporary", 1),
    NAMED(
            "compressed, after its rename",
            KillPhase.COMPRESSION,
            "journal.Retention",
            "Files.delete(cycle.file.raw());",
            1),
    RAW_GONE("compressed, raw file deleted", KillPhase.COMPRESSION, "journal.Retention", "compressed.increment();", 1),

    BEGINNING_UNWRITTEN(
            "before a deletion", KillPhase.DELETION, "journal.Retention", "beginning.write(dir, firstLeft);", 1),
    BEFORE_DELETION(
            "beginning kept, hour not deleted",
            KillPhase.DELETION,
            "journal.Retention",
            "Files.deleteIfExists(cycle.file.compressed());",
            1),
    DELETED("hour deleted", KillPhase.DELETION, "journal.Retention", "Beginning.removeOthers(dir, firstLeft);", 1),

    JOURNAL_OPENING(
            "start: before the repair", KillPhase.LIFE, "journal.CycleRepair", "CycleSalvage.removeLeftovers(", 1),
    SNAPSHOT_READ("start: snapshot read", KillPhase.LIFE, "replay.Recovery", "market.readFrom(", 1),
    TAIL_REPLAYED("start: mid-recovery", KillPhase.LIFE, "replay.Replay", "market.onEvent(event);", 5),
    BARS_COMPARED("start: bars made again", KillPhase.LIFE, "barlog.BarLogWriter", "resumeAfter = Long.MAX_VALUE;", 1),
    RECOVERED("start: recovered", KillPhase.LIFE, "Engine", "pipeline.start(snapshots);", 1),

    STOPPING("stop: before its record", KillPhase.STOP, "CaptureSession", "boolean told = records.tell(", 1),
    LAST_SNAPSHOT("stop: before the last snapshot", KillPhase.STOP, "pipeline.Pipeline", "snapshots.stop(market);", 1),
    LAST_SYNC("stop: before the last sync", KillPhase.STOP, "journal.JournalWriter", "sync.finish();", 1),
    CLEAN_MARK("stop: before the clean mark", KillPhase.STOP, "ops.RoleLock", "Files.write(marker", 1);

    private final String label;
    private final KillPhase phase;
    private final String type;
    private final String place;
    private final int most;

    /**
     * @param type as {@link Breakpoint#at} takes it
     * @param place likewise
     * @param most times that it is passed before the kill, the last one included
     */
    KillPoint(String label, KillPhase phase, String type, String place, int most) {
        this.label = label;
        this.phase = phase;
        this.type = type;
        this.place = place;
        this.most = most;
    }

    String label() {
        return label;
    }

    KillPhase phase() {
        return phase;
    }

    int most() {
        return most;
    }

    Breakpoint breakpoint() {
        return Breakpoint.at(type, place);
    }
}
