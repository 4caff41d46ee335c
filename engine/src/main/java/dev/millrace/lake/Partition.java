package dev.millrace.lake;

import dev.millrace.tables.Dataset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * One file of the lake: {@code <dataset>/symbol=<percent-encoded>/date=<YYYY-MM-DD>/<dataset>.parquet}.
 *
 * @param dataset what its rows are
 * @param symbol wire name, see {@link SymbolFolder}
 * @param date UTC day of the years 0000 to 9999
 */
public record Partition(Dataset dataset, String symbol, LocalDate date) implements Comparable<Partition> {

    private static final String SYMBOL = "symbol=";
    private static final String DATE = "date=";
    private static final String ENDING = ".parquet";
    private static final Comparator<Partition> ORDER = Comparator.comparing(Partition::dataset)
            .thenComparing(Partition::symbol)
            .thenComparing(Partition::date);

    /** @throws IllegalArgumentException when the symbol or the day cannot be the name of a folder */
    public Partition {
        Objects.requireNonNull(dataset, "dataset");
        SymbolFolder.encode(symbol);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            throw new IllegalArgumentException("day " + date + " is outside the years 0000 to 9999");
        }
    }

    /** Where it lies, relative to the lake. */
    public Path path() {
        return Path.of(dataset.label(), SYMBOL + SymbolFolder.encode(symbol), DATE + date, dataset.label() + ENDING);
    }

    /** The partition of a path relative to the lake; empty for any path that {@link #path} never gives. */
    public static Optional<Partition> of(Path path) {
        if (path.getNameCount() != 4) {
            return Optional.empty();
        }
        Optional<Dataset> dataset = Dataset.of(path.getName(0).toString());
        Optional<String> symbol = after(SYMBOL, path.getName(1)).flatMap(SymbolFolder::decode);
        Optional<LocalDate> date = after(DATE, path.getName(2)).flatMap(Partition::day);
        if (dataset.isEmpty() || symbol.isEmpty() || date.isEmpty()) {
            return Optional.empty();
        }
        Partition partition = new Partition(dataset.get(), symbol.get(), date.get());
        return partition.path().equals(path) ? Optional.of(partition) : Optional.empty();
    }

    private static Optional<String> after(String prefix, Path name) {
        String text = name.toString();
        return text.startsWith(prefix) ? Optional.of(text.substring(prefix.length())) : Optional.empty();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            return date.getYear() >= 0 && date.getYear() <= 9999 ? Optional.of(date) : Optional.empty();
        } catch (DateTimeParseException ignored) { // no day: not the name of a partition
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Partition other) {
        return ORDER.compare(this, other);
    }

    /** {@code tick_data BTC 2026-11-23}. */
    @Override
    public String toString() {
        return dataset + " " + symbol + " " + date;
    }
}
