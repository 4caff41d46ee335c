package dev.millrace.barlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a bar log: {@code 2026-11-22.bars}, and {@code 2026-11-22.sha256} once the day is sealed. */
final class DayLayout {

    static final long DAY_MS = 86_400_000L;

    private static final String LOG = ".bars";
    private static final String SEAL = ".sha256";
    private static final String DAMAGED = ".damaged";

    private DayLayout() {}

    /** The UTC day since 1970 of a bar's start. */
    static long dayOf(long startMs) {
        return Math.floorDiv(startMs, DAY_MS);
    }

    static String name(long day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    static Path log(Path dir, long day) {
        return dir.resolve(name(day) + LOG);
    }

    static Path seal(Path dir, long day) {
        return dir.resolve(name(day) + SEAL);
    }

    /** A log as it was before recovery cut it. */
    static Path damagedCopy(Path log) {
        return log.resolveSibling(log.getFileName() + DAMAGED);
    }

    /** The days that have a log, ascending; none when there is no such folder. */
    static SortedMap<Long, Path> days(Path dir) {
        SortedMap<Long, Path> days = new TreeMap<>();
        if (!Files.isDirectory(dir)) {
            return days;
        }
        try (Stream<Path> files = Files.list(dir)) {
            files.filter(file -> file.getFileName().toString().endsWith(LOG))
                    .forEach(file -> days.put(dayOf(file), file));
        } catch (IOException e) {
            throw new BarLogException("cannot list the bar log " + dir + ": " + e.getMessage(), e);
        }
        return days;
    }

    private static long dayOf(Path file) {
        String name = file.getFileName().toString();
        try {
            return LocalDate.parse(name.substring(0, name.length() - LOG.length()))
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw new BarLogException(file + " is no day of a bar log; a name such as 2026-11-22.bars is", e);
        }
    }
}
