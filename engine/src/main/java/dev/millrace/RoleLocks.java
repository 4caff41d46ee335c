package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.handover.Successor;
import dev.millrace.ops.DataDirectory;
import dev.millrace.ops.RoleLock;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The roles that a process takes in its data directory, all of them before it writes anything there. */
final class RoleLocks {

    private final DataDirectory data;
    private final List<Role> wanted;
    private final OpenParts open;
    private final Map<Role, RoleLock> held = new EnumMap<>(Role.class);

    /** @param open closes them in the end */
    RoleLocks(EngineConfig config, OpenParts open) {
        data = DataDirectory.open(config.data().dir(), config.hyperliquid().environment());
        wanted = Stream.of(Role.values()).filter(config.roles()::contains).toList();
        this.open = open;
    }

    /** @throws dev.millrace.ops.AlreadyRunningException when another process has one of them */
    void take() {
        wanted.forEach(this::take);
    }

    /** Those that the running daemon does not have: whoever has one refuses the handover before anything is released. */
    void takeBeside(Successor successor) {
        wanted.stream().filter(role -> !successor.follows(role)).forEach(this::take);
    }

    /** The others, as that one lets go of them. */
    void takeAfter(Successor successor) throws InterruptedException {
        for (Role role : wanted) {
            if (successor.follows(role)) {
                held.put(role, open.add(successor.lock(data, role.label())));
            }
        }
    }

    private void take(Role role) {
        held.put(role, open.add(data.lock(role.label(), Clock.systemUTC())));
    }

    RoleLock of(Role role) {
        return held.get(role);
    }

    /** After a start that wrote nothing: removes what the locks made. */
    void withdraw() {
        data.withdraw(held.values());
    }
}
