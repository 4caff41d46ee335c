package dev.millrace.benchmarks.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What every client is told.
 *
 * @param wsPort of the sender's WebSocket, on 127.0.0.1
 * @param restPort of what stands for the venue's REST service
 * @param folder for the client's files, empty
 * @param trades that will come
 * @param books that will come
 * @param stamped whether each callback's moment is kept
 * @param extra settings of the daemon, {@code key=value}
 */
record ClientArguments(
        int wsPort, int restPort, Path folder, int trades, int books, boolean stamped, List<String> extra) {

    static ClientArguments parse(String[] args) {
        return new ClientArguments(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Path.of(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                Boolean.parseBoolean(args[5]),
                List.of(args).subList(6, args.length));
    }

    List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                Integer.toString(wsPort),
                Integer.toString(restPort),
                folder.toString(),
                Integer.toString(trades),
                Integer.toString(books),
                Boolean.toString(stamped)));
        words.addAll(extra);
        return words;
    }
}
