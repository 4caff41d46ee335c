package dev.millrace.simulator;

/**
 * A request that a local exchange got over REST.
 *
 * @param timeNs by the exchange's clock, since it began to listen
 * @param type of an {@code /info} request, {@code fng}, or empty for what could not be read
 * @param coin asked for; empty for none
 * @param weight charged
 * @param status replied; 0 when the reply was withheld
 */
public record LoggedRequest(long timeNs, String type, String coin, int weight, int status) {

    static final String HEADER = "time_ns,type,coin,weight,status";

    String line() {
        return timeNs + "," + plain(type) + ',' + plain(coin) + ',' + weight + ',' + status;
    }

    private static String plain(String text) {
        return text.replaceAll("[\",\\r\\n]", "_");
    }
}
