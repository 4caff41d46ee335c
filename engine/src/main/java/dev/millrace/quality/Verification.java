package dev.millrace.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compares certificates with the rows that are there now.
 *
 * @param sound certificates whose rows are what they were
 * @param problems a line for each other, naming the file
 * @param evidence how many have what left to check them by
 */
public record Verification(long sound, List<String> problems, Map<Evidence, Long> evidence) {

    /**
     * Reads every certificate and its rows.
     *
     * @param oldest first record that the journal holds
     */
    public static Verification of(Certificates certificates, QualityTables tables, long oldest) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<Evidence, Long> evidence = new EnumMap<>(Evidence.class);
        long sound = 0;
        Optional<SymbolDay> day = Optional.empty();
        OptionalLong firstTrade = OptionalLong.empty();
        for (Path file : certificates.files()) {
            try {
                Certificate certificate = certificates.read(file);
                day = day.filter(read -> isOf(certificate, read));
                if (day.isEmpty()) {
                    day = Optional.of(tables.day(certificate.symbol(), certificate.date(), Long.MAX_VALUE));
                    firstTrade = tables.firstRecord(certificate.symbol(), certificate.date());
                }
                compare(certificate, day.get(), certificates);
                evidence.merge(day.get().evidence(certificate.timeframe(), firstTrade, oldest), 1L, Long::sum);
                sound++;
            } catch (CertificateException e) {
                problems.add(file + ": " + e.getMessage());
            } catch (RuntimeException e) {
                problems.add(file + ": its rows cannot be read: " + e.getMessage());
            }
        }
        return new Verification(sound, problems, evidence);
    }

    private static boolean isOf(Certificate certificate, SymbolDay day) {
        return certificate.symbol().equals(day.symbol()) && certificate.date().equals(day.date());
    }

    private static void compare(Certificate certificate, SymbolDay day, Certificates certificates)
            throws CertificateException {
        Provenance now = day.provenance(certificate.timeframe()).orElse(new Provenance(0, 0, 0, ""));
        if (!now.digest().equals(certificate.digest())) {
            throw new CertificateException("its " + certificate.ownRows() + " rows are not those of now (" + now.rows()
                    + "), in " + certificates.rows(day.symbol(), day.date())
                    + " or the tables; where the day was made again on purpose, run millrace quality certify");
        }
    }
}
