package dev.millrace.journal;

import dev.millrace.market.RecordKind;

/** The name of a kind's byte in listings, known or not. */
final class KindLabel {

    private KindLabel() {}

    static String of(byte code) {
        RecordKind kind = RecordKind.ofCode(code);
        return kind == null ? "kind-" + (code & 0xFF) : kind.label();
    }
}
