package dev.millrace.journal;

/** Chronicle gave nothing of a cycle that holds records by its bytes. */
final class UnseenCycleException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final int cycle;

    UnseenCycleException(int cycle) {
        super("Chronicle finds no record in cycle " + cycle + ", which holds some");
        this.cycle = cycle;
    }

    int cycle() {
        return cycle;
    }
}
