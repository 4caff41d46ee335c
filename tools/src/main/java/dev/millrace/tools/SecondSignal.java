package dev.millrace.tools;

import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Once the JVM is shutting down it takes no notice of another SIGTERM or Ctrl-C; from here on either ends the process at
 * once, with the shell's code for a death by that signal. By reflection, because the compiler warns of every mention of
 * {@code sun.misc.Signal} and the JDK has nothing else.
 */
final class SecondSignal {

    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);
    private static final int DIED_OF_SIGNAL = 128;

    private SecondSignal() {}

    /** Where the JVM leaves its signals to others ({@code -Xrs}), a second one does what the system does with it. */
    static void endsAtOnce() {
        NUMBERS.forEach((name, number) -> {
            try {
                handle(name, number);
            } catch (ReflectiveOperationException e) {
                System.err.println("millrace: a second SIG" + name + " will not be noticed: " + e.getCause());
            }
        });
    }

    private static void handle(String name, int number) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object end = Proxy.newProxyInstance(
                SecondSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    System.err.println("millrace: SIG" + name + " while stopping: ended at once, as by a kill; what was"
                            + " recorded is safe and the next start recovers");
                    Runtime.getRuntime().halt(DIED_OF_SIGNAL + number);
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), end);
    }
}
