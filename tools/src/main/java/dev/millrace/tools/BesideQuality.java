package dev.millrace.tools;

import dev.millrace.market.Timeframe;
import dev.millrace.quality.Certificate;
import dev.millrace.quality.CertificateException;
import dev.millrace.quality.Certificates;
import dev.millrace.quality.SymbolDay;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the certificates of one coin tell beside its quality, a line a day; of the day's finest timeframe. */
final class BesideQuality {

    private static final String HEADER =
            "certified   trades    twice  late share  clock p50 p99 ms   cadence ms, measured/expected";
    private static final String UNKNOWN = "-";

    private final Certificates certificates;
    private final List<String> lines = new ArrayList<>();

    BesideQuality(Certificates certificates) {
        this.certificates = certificates;
    }

    /** Takes the next day. */
    void add(SymbolDay day) throws IOException {
        for (Timeframe timeframe : day.timeframes()) {
            try {
                Optional<Certificate> certificate = certificates.find(day.symbol(), day.date(), timeframe);
                if (certificate.isPresent()) {
                    lines.add(day.date() + "  " + line(certificate.get()));
                    return;
                }
            } catch (CertificateException e) {
                lines.add(day.date() + "  " + e.getMessage() + "; see millrace quality verify");
                return;
            }
        }
        lines.add(day.date() + "  no certificate yet");
    }

    private static String line(Certificate certificate) {
        if (certificate.value("trades").isEmpty()) {
            return "written before this was told; millrace quality certify writes it anew";
        }
        StringBuilder cadences = new StringBuilder();
        for (Map.Entry<String, String> cadence : certificate.cadences().entrySet()) {
            cadences.append(cadences.isEmpty() ? "" : ", ")
                    .append(cadence.getKey())
                    .append(' ')
                    .append(cadence.getValue());
        }
        return String.format(
                Locale.ROOT,
                "%-9s %-6s %-11s %-18s %s",
                told(certificate, "trades"),
                told(certificate, "duplicates"),
                certificate
                        .value("late_share")
                        .map(share -> String.format(Locale.ROOT, "%.6f", Double.parseDouble(share)))
                        .orElse(UNKNOWN),
                told(certificate, "offset_p50_ms") + ' ' + told(certificate, "offset_p99_ms"),
                cadences.isEmpty() ? UNKNOWN : cadences);
    }

    private static String told(Certificate certificate, String name) {
        return certificate.value(name).orElse(UNKNOWN);
    }

    void print(PrintWriter out) {
        out.println(HEADER);
        lines.forEach(out::println);
    }
}
