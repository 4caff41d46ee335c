package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What could be read of a reply.
 *
 * @param told what it tells
 * @param odd a sentence for each row that was left out, or figure that is empty, because it is not what the venue documents
 */
public record Understood<T>(T told, List<String> odd) {

    public Understood {
        odd = List.copyOf(odd);
    }

    /** Reads one part of a reply. */
    @FunctionalInterface
    interface Part<T> {
        T read() throws IOException;
    }

    /** Reads one row of a list. */
    @FunctionalInterface
    interface Row<T> {
        T read(MetadataReply element) throws IOException;
    }

    /** Empty, and noted, where it is not what it should be. */
    static <T> Optional<T> part(Part<T> part, List<String> odd) {
        try {
            return Optional.of(part.read());
        } catch (IOException e) {
            odd.add(e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Rows that are what they should be; the others are noted.
     *
     * @throws IOException when it is no list
     */
    static <T> List<T> rows(MetadataReply list, Row<T> row, List<String> odd) throws IOException {
        List<T> rows = new ArrayList<>();
        for (MetadataReply element : list.elements()) {
            part(() -> row.read(element), odd).ifPresent(rows::add);
        }
        return rows;
    }

    /** A reply that is one list. */
    static <T> Understood<List<T>> list(MetadataReply list, Row<T> row) throws IOException {
        List<String> odd = new ArrayList<>();
        List<T> rows = rows(list, row, odd);
        return new Understood<>(rows, odd);
    }
}
