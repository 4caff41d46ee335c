package dev.millrace.market;

/** The three ways in which the venue shows a book. */
public enum BookView {
    /** {@code l2Book}: 20 levels a side. */
    SLOW("slow"),
    /** {@code l2Book} with {@code fast}: 5 levels a side. */
    FAST("fast"),
    /** {@code bbo}: the best level of each side. */
    BBO("bbo");

    private final String label;

    BookView(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
