package dev.millrace.benchmarks;

/** The whole numbers that a measurement was given, by place; those that are left out have their usual value. */
public final class Arguments {

    private final String[] given;

    public Arguments(String... given) {
        this.given = given.clone();
    }

    /** The one at this place. */
    public int number(int place, int usual) {
        return place < given.length ? Integer.parseInt(given[place]) : usual;
    }
}
