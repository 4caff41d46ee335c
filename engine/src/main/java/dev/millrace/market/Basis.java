package dev.millrace.market;

/** What a bar's prices are made of. */
public enum Basis {
    /** Trades. */
    TRADE("trade"),
    /** Mid prices of books: no volume, no trade count, but a number of samples. */
    MID("mid");

    private final String label;

    Basis(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
