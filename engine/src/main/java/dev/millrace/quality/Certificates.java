package dev.millrace.quality;

import dev.millrace.lake.Partition;
import dev.millrace.market.Timeframe;
import dev.millrace.tables.Dataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificates of a lake, {@code _certificates/symbol=…/date=…/<timeframe>.txt}; each file is whole or not there. For one
 * thread.
 */
public final class Certificates {

    private static final String ENDING = ".txt";

    private final Path lake;
    private final Path folder;

    public Certificates(Path lake) {
        this.lake = lake;
        folder = lake.resolve("_certificates");
    }

    /** Writes it instead of the one that is there; it is on the disk when this returns. */
    public void write(Certificate certificate) throws IOException {
        Path file = file(
                certificate.symbol(),
                certificate.date(),
                certificate.timeframe().label());
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer text = ByteBuffer.wrap(certificate.text().getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** All that there are, in order of their paths. */
    public List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
        }
    }

    /** @throws CertificateException when it is damaged, or lies in another's place */
    Certificate read(Path file) throws IOException, CertificateException {
        Certificate certificate = Certificate.parse(Files.readString(file));
        Path place = file(
                certificate.symbol(),
                certificate.date(),
                certificate.timeframe().label());
        if (!place.equals(file)) {
            throw new CertificateException("it belongs to " + place);
        }
        return certificate;
    }

    /** The one of a day; empty where there is none. */
    public Optional<Certificate> find(String symbol, LocalDate date, Timeframe timeframe)
            throws IOException, CertificateException {
        Path file = file(symbol, date, timeframe.label());
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /**
     * Whether there is one of each of these timeframes that is not pending. One that is damaged counts: verifying names it.
     *
     * @param last whether one that is pending counts as well, since nothing more will be known
     */
    boolean areSettled(String symbol, LocalDate date, Collection<String> timeframes, boolean last) throws IOException {
        for (String timeframe : timeframes) {
            Path file = file(symbol, date, timeframe);
            try {
                if (!Files.exists(file)
                        || (!last && Certificate.parse(Files.readString(file)).isPending())) {
                    return false;
                }
            } catch (CertificateException ignored) {
                // It stays as evidence of what happened to it.
            }
        }
        return true;
    }

    private Path file(String symbol, LocalDate date, String timeframe) {
        Path partition = new Partition(Dataset.OHLCV, symbol, date).path();
        return folder.resolve(partition.subpath(1, partition.getNameCount() - 1))
                .resolve(timeframe + ENDING);
    }

    /** Where the rows of a day lie once it is in the lake. */
    Path rows(String symbol, LocalDate date) {
        return lake.resolve(new Partition(Dataset.OHLCV, symbol, date).path());
    }
}
