package dev.millrace.benchmarks.load;

import dev.millrace.benchmarks.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder on a real disk for one measurement, with its workload; removed at the end. */
record Place(Path folder, Path workload, Workload content) implements AutoCloseable {

    static Place make(int messages) throws IOException {
        Path folder = Files.createTempDirectory(Results.scratch(), "load-");
        Path workload = folder.resolve("workload");
        WorkloadWriter.write(workload, messages);
        return new Place(folder, workload, Workload.open(workload));
    }

    /** As fast as the client takes it. */
    LoadRun max(int rounds) {
        return new LoadRun(workload, content.count(), rounds, "max", folder);
    }

    LoadRun atRate(int perSecond, int messages) {
        return new LoadRun(workload, messages, 1, Integer.toString(perSecond), folder);
    }

    @Override
    public void close() throws IOException {
        LoadRun.delete(folder);
    }
}
