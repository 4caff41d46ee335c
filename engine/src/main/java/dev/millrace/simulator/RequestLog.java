package dev.millrace.simulator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last REST requests in memory and, where asked for, all in a file; written on the event loop, read anywhere. */
final class RequestLog implements AutoCloseable {

    private static final int KEPT = 100_000;

    private final Deque<LoggedRequest> requests = new ArrayDeque<>();
    private final Optional<BufferedWriter> file;

    RequestLog(Optional<Path> path) throws IOException {
        file = path.isPresent() ? Optional.of(Files.newBufferedWriter(path.get())) : Optional.empty();
        write(LoggedRequest.HEADER);
    }

    synchronized void add(LoggedRequest request) throws IOException {
        requests.add(request);
        if (requests.size() > KEPT) {
            requests.remove();
        }
        write(request.line());
    }

    synchronized List<LoggedRequest> requests() {
        return List.copyOf(requests);
    }

    private void write(String line) throws IOException {
        if (file.isPresent()) {
            file.get().write(line);
            file.get().newLine();
            file.get().flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
